"""A vote before it is counted, as its helpers need it: how far it is, where to knock next, which papers wait. No choice is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from linli.cases.models import Case
from linli.faces.web.parts import Column, Gauge, Row, Table
from linli.funds.reading import titles_on
from linli.people.persons import masked
from linli.programmes.maintenance_fund.counting import roll_units
from linli.programmes.maintenance_fund.homes import in_scope, units
from linli.programmes.maintenance_fund.pages.staffwords import DEVELOPERS, Where, area, doors
from linli.programmes.maintenance_fund.pages.vote import Progress, by_building, seats
from linli.programmes.maintenance_fund.words import BALLOT, DIFFERS, OWNER, PAPER, UNIT
from linli.rules.text import T
from linli.rules.votes.law import Share, rule_of
from linli.rules.votes.roll import Unit
from linli.rules.worktime import civil_day

AREA, HEADS = T("参与表决的面积", "Area taking part"), T("参与表决的人数", "Heads taking part")
HUNDREDTHS, VOTES = T("（0.01 平方米）", "(in 0.01 m²)"), T("人", "heads")
STATUSES: Mapping[str, T] = {
    "sold": T("已售已交付", "Sold and delivered"),
    "unsold": T("未售", "Unsold"),
    "undelivered": T("已售未交付", "Sold, not delivered"),
}


def gauges(case: Case, facts: Mapping[str, Any], done: Progress) -> list[Gauge]:
    """Area and heads against the share that the law asks to take part; none before the roll is frozen."""
    if not facts.get("closes_at"):
        return []
    rule = rule_of(facts["matter"], civil_day(int(facts["closes_at"])), case.place)
    if rule.participation is None:
        return []
    by_area, by_heads = rule.participation
    return [_area(by_area, done), _heads(by_heads, done)]


def missing(share: Share, part: int, whole: int) -> int:
    """How much more it takes to reach the share."""
    return max(0, -(-share.part * whole // share.whole) - part)


def _area(share: Share, done: Progress) -> Gauge:
    said = T("{b} 中的 {a}", "{a} of {b}").format(a=area(done.area_in), b=area(done.area))
    more = missing(share, done.area_in, done.area)
    lacks = T("{s}，还差 {m}", "{s}, {m} missing").format(s=said, m=area(more))
    return Gauge(
        AREA, done.area_in, done.area, (share.part, share.whole), HUNDREDTHS, lacks if more else said
    )


def _heads(share: Share, done: Progress) -> Gauge:
    more = missing(share, done.heads_in, done.heads)
    lacks = T("还差 {m} 人", "{m} missing").format(m=more) if more else None
    return Gauge(HEADS, done.heads_in, done.heads, (share.part, share.whole), VOTES, lacks)


def buildings(case: UUID) -> Table:
    """The buildings of the scope, the largest missing area first."""
    rows = by_building(case)
    named, here = doors(b.code for b in rows), reverse("staff-fund-use", args=[case])
    columns = [
        Column(T("楼栋", "Building"), fit="much"),
        Column(T("还没投票的套数", "Units without a ballot"), fit="right"),
        Column(T("已投 / 全部", "Voted / all"), fit="right"),
        Column(T("还差的面积（平方米）", "Area missing (m²)"), fit="right"),
        Column(T("参与面积", "Area taking part"), fit="right"),
    ]
    made = [
        Row(
            (
                named(b.code),
                b.units - b.units_in,
                f"{b.units_in:,} / {b.units:,}",
                metres(b.area - b.area_in),
                f"{b.area_in * 100 // b.area}%",
            ),
            url=f"{here}?building={b.code}#doors" if b.units > b.units_in else "",
        )
        for b in rows
    ]
    return Table(T("各楼参与情况，缺口大的在前", "Buildings, the largest gap first"), columns, made)


def metres(hundredths: int) -> str:
    """An area in m² without its unit."""
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


@dataclass(frozen=True, slots=True)
class Silent:
    """A unit whose head has given no ballot; ``waits``: a paper ballot of it is still to be checked or settled."""

    unit: str
    area: int
    status: str
    waits: bool


def silent(case: UUID) -> list[Silent]:
    """The units without a ballot, by unit."""
    found = seats(case, UNIT.key, BALLOT.key, PAPER.key, DIFFERS.key)
    given = {int(s.head) for s in found[BALLOT.key]}
    waiting = {int(s.head) for kind in (PAPER, DIFFERS) for s in found[kind.key]}
    return [
        Silent(unit, size, status, head in waiting)
        for unit, size, status, head in units(found[UNIT.key])
        if head not in given
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper ballot that waits: its head's number, its units in words, the unit that a form takes, since when, its form here."""

    head: int
    title: T
    unit: str
    since: int
    url: str


def waiting(case: Case, kind: str, step: str) -> list[Waiting]:
    """The paper ballots of a kind of seat, the oldest first, each with the way to its form on this page."""
    found = seats(case.id, kind, UNIT.key)
    named = doors(s.head for s in found[UNIT.key])
    held: dict[int, list[str]] = {}
    for unit, _, _, head in units(found[UNIT.key]):
        held.setdefault(head, []).append(unit)
    here = reverse("staff-fund-use", args=[case.id])
    return [
        Waiting(
            int(s.head),
            _together(held.get(int(s.head), ()), named),
            next(iter(held.get(int(s.head), ())), ""),
            s.happened,
            f"{here}?{step}={s.head}#step-{step}",
        )
        for s in sorted(found[kind], key=lambda s: s.happened)
    ]


def _together(some: Sequence[str], named: Where) -> T:
    said = [named(u) for u in some[:4]]
    more = T("等 {n} 套", " and others, {n} units in all").format(n=len(some)) if len(some) > 4 else None
    zh, en = "、".join(t.zh for t in said), ", ".join(t.en for t in said)
    return T(zh + (more.zh if more else ""), en + (more.en if more else "")) if said else T("—", "—")


@dataclass(frozen=True, slots=True)
class Changed:
    """A home whose title is not what it was when the roll was frozen: then and now in words, and since when (ISO; empty: gone)."""

    unit: T
    before: T
    now: T
    since: str


def changed(case: Case, facts: Mapping[str, Any], day: str, names: bool) -> list[Changed]:
    """The homes of the scope whose title changed since the roll was frozen. The roll stands; a person looks at them."""
    found = seats(case.id, UNIT.key, OWNER.key)
    roll = {u.id: u for u in roll_units(found[UNIT.key], found[OWNER.key])}
    known = in_scope(titles_on(UUID(str(facts["fund"])), day), case.place, str(facts.get("entrance") or ""))
    today = {
        t.unit: (Unit(t.unit, t.area, _owners(t.status, t.owners), "", t.status), t.since) for t in known
    }
    differ = [
        u for u in sorted(roll.keys() | today.keys()) if _said(roll.get(u)) != _said(_first(today.get(u)))
    ]
    if not differ:
        return []
    named = doors(differ)
    people = _names([roll.get(u) for u in differ] + [_first(today.get(u)) for u in differ], names)
    return [
        Changed(named(u), _title(roll.get(u), people), _title(_first(today.get(u)), people), today[u][1] if u in today else "")
        for u in differ
    ]  # fmt: skip


def _owners(status: str, owners: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(owners))) if status == "sold" else ()


def _first(pair: tuple[Unit, str] | None) -> Unit | None:
    return pair[0] if pair else None


def _said(unit: Unit | None) -> tuple[object, ...]:
    return (unit.area, unit.status, unit.owners) if unit else ()


def _names(some: Iterable[Unit | None], names: bool) -> Mapping[str, str] | None:
    """The masked names by id; None where they are not the reader's."""
    if not names:
        return None
    ids = {o for u in some if u for o in u.owners}
    return {str(i): m.name for i, m in masked(UUID(o) for o in ids if _is_id(o)).items()}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _title(unit: Unit | None, people: Mapping[str, str] | None) -> T:
    if unit is None:
        return T("不在册", "Not there")
    return T("{a}，{o}", "{a}, {o}").format(a=area(unit.area), o=owners(unit.status, unit.owners, people))


def owners(status: str, ids: Sequence[str], people: Mapping[str, str] | None) -> T:
    """The owners of a home behind their masks, their number where names are not the reader's, or the developer."""
    if status != "sold":
        return T("{d}（{s}）", "{d} ({s})").format(d=DEVELOPERS, s=STATUSES.get(status, T(status, status)))
    if people is None:
        return T(f"{len(ids)} 名业主", f"{len(ids)} owner{'' if len(ids) == 1 else 's'}")
    said = [people.get(i) or "—" for i in ids]
    return T("、".join(said) or "—", ", ".join(said) or "—")
