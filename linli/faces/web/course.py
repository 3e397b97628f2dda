"""来龙去脉 on a page: the stages from a demand to its end, in the order of time, each with what was decided in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from linli.cases.course import Stage, course
from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.faces.web.reader import actor_for, is_staff
from linli.faces.web.ways import posted_at
from linli.rules.programme import State
from linli.rules.text import T

FOLDED = 3
"""So many cases of one type in a row stand open; more are folded into one."""


@dataclass(frozen=True, slots=True)
class Card:
    """One case of the picture, or a number of those that the reader does not see."""

    title: T
    url: str
    state: State | None
    at: int
    here: bool
    stones: tuple[tuple[T, int], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """Cases of one type in a row: five demands, one topic, two meetings."""

    title: T
    cards: list[Card]
    hidden: int

    @property
    def folded(self) -> bool:
        """Whether they are shown one by one only when somebody asks."""
        return len(self.cards) > FOLDED and not any(c.here for c in self.cards)


def lanes(request: HttpRequest, case: Case) -> list[Lane]:
    """The picture of a case as the reader may see it, row by row; empty where it stands alone."""
    staff = is_staff(actor_for(request, case.id))
    found: list[Lane] = []
    keys: list[str] = []
    for stage in course(case, actor_for(request, case.id)):
        if not keys or keys[-1] != stage.definition.key:
            keys.append(stage.definition.key)
            found.append(Lane(stage.definition.case_type.title, [], 0))
        last = found[-1]
        if stage.case is None:
            found[-1] = Lane(last.title, last.cards, last.hidden + stage.hidden)
        else:
            last.cards.append(_card(stage, stage.case, staff))
    return found


def _card(stage: Stage, case: Case, staff: bool) -> Card:
    url = "" if stage.here else reverse("case", args=[case.id]) if staff else posted_at(case)
    stones = tuple((m.action.title, m.at) for m in stage.milestones)
    return Card(title_of(case), url, stage.definition.states[case.state], stage.at, stage.here, stones)


def drawn(request: HttpRequest, case: Case) -> SafeString:
    """The picture as finished HTML; nothing where the case stands alone."""
    rows = lanes(request, case)
    if not rows:
        return mark_safe("")
    return mark_safe(render_to_string("linli/parts/course.html", {"lanes": rows}, request))  # noqa: S308 - our own template
