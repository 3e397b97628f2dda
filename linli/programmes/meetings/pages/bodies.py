"""A body as a page shows it: by which rules it decides, who sits in it for whom, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from linli.cases.reading import facts_of
from linli.cases.story import CasePage
from linli.faces.web.parts import Column, Row, Table
from linli.people.persons import masked
from linli.programmes.meetings import words as w
from linli.programmes.meetings.membership import SPARE, TO, VOTING
from linli.programmes.meetings.pages import reading
from linli.rules.situation import Seat
from linli.rules.text import T


def about(seen: CasePage) -> dict[str, Any]:
    """What the page of a body shows."""
    facts = facts_of(seen.case)
    rules = [
        (T("法定人数", "Quorum"), w.QUORUM.title_of(facts["quorum"])),
        (T("通过票数", "Votes needed"), w.ADOPTION.title_of(facts["adoption"])),
        (T("任期", "Term"), f"{facts['term_from']} – {facts['term_to']}"),
    ]
    if facts.get("basis"):
        rules.append((T("成立依据", "Founded by"), facts["basis"]))
    members = seen.seats.get(w.MEMBER.key, ())
    voting = sum(m.measures.get(VOTING, 0) for m in members)
    return {"rules": rules, "roll": _roll(seen, members), "voting": voting, "members": len(members)}


def _roll(seen: CasePage, members: tuple[Seat, ...]) -> Table:
    names, said = masked(UUID(m.head) for m in members), reading.capacities(seen.case.id)
    chairs = {s.head for s in seen.seats.get(w.CHAIR.key, ())}
    rows = [
        Row([names[UUID(m.head)].name, said.get(m.head, ""), _as(m, m.head in chairs), _until(m)])
        for m in members
    ]
    heads = (
        T("姓名", "Name"),
        T("代表哪一方、职务", "For whom he sits"),
        T("身份", "As what"),
        T("任期到", "Until"),
    )
    return Table(T("成员名单", "The roll"), [Column(h) for h in heads], rows)


def _as(member: Seat, chairs: bool) -> T:
    if chairs:
        return T("主持人", "Chair")
    if member.measures.get(VOTING):
        return T("成员", "Member")
    return T("候补", "Alternate") if member.measures.get(SPARE) else T("列席", "Attends")


def _until(member: Seat) -> str:
    return date.fromordinal(member.measures[TO]).isoformat() if TO in member.measures else ""
