"""What a person keeps of a list: the words of a search, filters under a name, the columns he wants to see.

All of it is sealed and under ids, so that no word of a search stands in a URL or in clear.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from linli.cases.models import SavedView
from linli.people.keys import seal, unseal
from linli.rules.ids import new_id

SEARCH, VIEW, COLUMNS, CALENDAR = "search", "view", "columns", "calendar"
SEARCHES_KEPT = 50
"""So many of a person's latest searches are kept; older ones go."""
VIEWS_AT_MOST = 30
NAME_AT_MOST = 60


@dataclass(frozen=True, slots=True)
class View:
    """Filters under a name: the parts of an address; ``words`` says whether words of a search belong to them."""

    id: UUID
    name: str
    query: Mapping[str, str]
    words: bool


def _opened(row: SavedView) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unseal(row.filters))
    return found


def _sealed(**values: object) -> str:
    return seal(json.dumps(values, ensure_ascii=False))


def keep_words(person: UUID, words: str, at: int) -> UUID:
    """Keep the words of a search; the id under which they are found."""
    own = SavedView.objects.filter(person=person, kind=SEARCH)
    old = list(own.order_by("-made", "-id").values_list("id", flat=True)[SEARCHES_KEPT - 1 :])
    own.filter(id__in=old).delete()
    row = SavedView(id=new_id(), person=person, kind=SEARCH, filters=_sealed(words=words), made=at)
    row.save(force_insert=True)
    return row.id


def words_of(view: UUID, person: UUID | None) -> str | None:
    """The words of a search or of a view with one; None for what is not there or somebody else's."""
    own = SavedView.objects.filter(person=person, kind__in=(SEARCH, VIEW)) if person else None
    row = own.filter(id=view).first() if own is not None else None
    return str(_opened(row)["words"]) if row else None


def keep_view(person: UUID, list_: str, name: str, query: Mapping[str, str], words: str, at: int) -> bool:
    """Keep filters under a name, which replaces what stood under it. False where there are too many already."""
    own = SavedView.objects.filter(person=person, kind=VIEW, list=list_)
    row = own.filter(name=name).first()
    if row is None and own.count() >= VIEWS_AT_MOST:
        return False
    kept = row or SavedView(id=new_id(), person=person, kind=VIEW, list=list_, name=name)
    kept.filters, kept.made = _sealed(query=dict(query), words=words), at
    kept.save()
    return True


def views(person: UUID, list_: str) -> list[View]:
    """The views that a person keeps for a list, by name."""
    rows = SavedView.objects.filter(person=person, kind=VIEW, list=list_).order_by("name", "id")
    return [View(row.id, row.name, *_read(row)) for row in rows]


def _read(row: SavedView) -> tuple[dict[str, str], bool]:
    kept = _opened(row)
    words = bool(kept["words"])
    return {**kept["query"], **({"search": str(row.id)} if words else {})}, words


def rename_view(person: UUID, view: UUID, name: str) -> bool:
    """Give a view another name. False where it is not his, or the name stands already."""
    row = SavedView.objects.filter(id=view, person=person, kind=VIEW).first()
    if row is None:
        return False
    same = SavedView.objects.filter(person=person, kind=VIEW, list=row.list, name=name).exclude(id=view)
    return not same.exists() and bool(SavedView.objects.filter(id=view).update(name=name))


def delete_view(person: UUID, view: UUID) -> bool:
    """Remove a view. False where it is not his."""
    return bool(SavedView.objects.filter(id=view, person=person, kind=VIEW).delete()[0])


def columns_of(person: UUID | None, list_: str) -> tuple[str, ...] | None:
    """The keys of the columns he chose for a list; None where he never did."""
    row = SavedView.objects.filter(person=person, kind=COLUMNS, list=list_).first() if person else None
    return tuple(_opened(row)["columns"]) if row else None


def choose_columns(person: UUID, list_: str, keys: Iterable[str], at: int) -> None:
    """Remember the columns that he wants to see; none of them forgets the choice."""
    chosen = list(keys)
    SavedView.objects.filter(person=person, kind=COLUMNS, list=list_).delete()
    if chosen:
        kept = _sealed(columns=chosen)
        SavedView.objects.create(id=new_id(), person=person, kind=COLUMNS, list=list_, filters=kept, made=at)


def calendar_of(person: UUID) -> UUID | None:
    """The secret name of a person's calendar, where he has made one."""
    return SavedView.objects.filter(person=person, kind=CALENDAR).values_list("id", flat=True).first()


def make_calendar(person: UUID, at: int) -> UUID:
    """Give a person's calendar a new secret name, which nobody can guess; the one before leads nowhere any more."""
    SavedView.objects.filter(person=person, kind=CALENDAR).delete()
    row = SavedView(id=uuid4(), person=person, kind=CALENDAR, filters=_sealed(), made=at)
    row.save(force_insert=True)
    return row.id


def drop_calendar(person: UUID) -> None:
    """The person's calendar is open to nobody any more."""
    SavedView.objects.filter(person=person, kind=CALENDAR).delete()


def whose_calendar(name: UUID) -> UUID | None:
    """The person whose calendar bears this secret name."""
    return SavedView.objects.filter(id=name, kind=CALENDAR).values_list("person", flat=True).first()
