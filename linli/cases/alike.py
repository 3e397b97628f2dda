"""What may be the same matter: open or recent cases of one type around a place whose words are alike."""

from __future__ import annotations

from dataclasses import dataclass

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.rules.definition import Definition
from linli.rules.likeness import ALIKE, likeness
from linli.rules.place import Level, level_of, shard
from linli.rules.programme import Kind
from linli.rules.worktime import DAY

RECENT = 30 * DAY
"""How far back one looks, in µs."""
_READ = 2000


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that may be about the same, and how alike its words are, in thousandths."""

    case: Case
    share: int


def alike(definition: Definition, place: str, text: str, now: int, most: int = 3) -> list[Alike]:
    """The most alike cases of the community in the last 30 days, best first; those of the same building count more.

    Void and refused ones are left out. The result holds whole cases: a face shows strangers only what is public.
    """
    key = definition.case_type.alike
    if key is None or not text.strip():
        return []
    void = [k for k, s in definition.states.items() if s.kind in (Kind.VOID, Kind.REFUSED)]
    recent = Case.objects.filter(community=shard(place), type=definition.key, opened__gt=now - RECENT)
    rows = recent.exclude(state__in=void).order_by("-opened", "-id")[:_READ]
    at = place if level_of(place) is Level.BUILDING else None
    found = [Alike(c, likeness(text, str(facts_of(c).get(key, "")), c.place == at)) for c in rows]
    near = [a for a in found if a.share >= ALIKE]
    return sorted(near, key=lambda a: (-a.share, -a.case.opened, a.case.id.hex))[:most]
