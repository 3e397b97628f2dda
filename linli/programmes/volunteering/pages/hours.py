"""Whose hours are confirmed: what a volunteer served, service by service; and the certificate that is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linli.cases.act import act
from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.receipt import Receipt
from linli.people.keys import keyed_hash
from linli.programmes.volunteering.certificate import CERTIFICATE
from linli.programmes.volunteering.serving import SERVICE
from linli.programmes.volunteering.team import TEAM
from linli.programmes.volunteering.words import MINUTES_MEASURE, SERVED
from linli.rules.actor import THE_SYSTEM
from linli.rules.text import T

CONFIRMED = "confirmed"
CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One service in which somebody served; ``counts`` once it is confirmed."""

    case: UUID
    day: str
    title: str
    team: str
    minutes: int
    counts: bool


def served(person: UUID, community: str, first: str = "", last: str = "9") -> list[Line]:
    """What somebody served in a community on the days from ``first`` to ``last`` (ISO, both included), the earliest first."""
    seats = dict(Seat.objects.filter(kind=SERVED.key, head=str(person)).values_list("case", "measures"))
    rows = list(Case.objects.filter(id__in=list(seats), type=SERVICE.key, community=community))
    told = [(c, f) for c, f in ((c, facts_of(c)) for c in rows) if first <= f["starts"][:10] <= last]
    teams = team_names(f["team"] for _, f in told)
    lines = [
        Line(
            c.id,
            f["starts"][:10],
            c.title,
            teams.get(f["team"], ""),
            int(json.loads(seats[c.id]).get(MINUTES_MEASURE, 0)),
            c.state == CONFIRMED,
        )
        for c, f in told
    ]
    return sorted(lines, key=lambda x: (x.day, x.case.hex))


def confirmed(lines: Iterable[Line]) -> list[Line]:
    """Those whose hours count."""
    return [line for line in lines if line.counts]


def team_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of teams by the ids of their cases."""
    rows = Case.objects.filter(id__in={UUID(i) for i in ids}, type=TEAM.key)
    return {str(c.id): c.title for c in rows}


def span(minutes: int) -> T:
    """A time in hours and minutes: 12 小时 30 分."""
    hours, rest = divmod(minutes, 60)
    zh = "".join(
        (
            f"{hours} 小时" if hours or not rest else "",
            f" {rest} 分" if hours and rest else f"{rest} 分" if rest else "",
        )
    )
    en = " ".join(
        part for part in (f"{hours} h" if hours or not rest else "", f"{rest} min" if rest else "") if part
    )
    return T(zh, en)


def issue(person: UUID, community: str, first: date, last: date, *, key: str, at: int) -> Receipt | None:
    """Make a certificate of the confirmed hours of a period; None where there are none. Raises: Refused."""
    lines = confirmed(served(person, community, first.isoformat(), last.isoformat()))
    if not lines:
        return None
    answers = {
        "where": community,
        "period": f"{first.isoformat()} 至 {last.isoformat()}",
        "volunteer": str(person),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "minutes": sum(line.minutes for line in lines),
        "times": len(lines),
        "lines": [
            {"day": x.day, "title": x.title, "team": x.team or "—", "minutes": x.minutes} for x in lines
        ],
    }
    return act((CERTIFICATE.key, community), "issue", THE_SYSTEM, answers, key=key, happened=at, recorded=at)


def code_of(certificate: UUID) -> str:
    """The check code that stands on the certificate: nobody makes one without the house's key."""
    return keyed_hash("volunteer certificate", certificate.hex)[:CODE_LENGTH].upper()
