"""Nobody outside a dispute finds it: in no list, search, page, sheet, calendar or news. Sums alone are told."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from linli.cases import lists
from linli.cases.figures import may_open
from linli.cases.lists import Filters
from linli.cases.models import Case, Notice
from linli.cases.news import news
from linli.cases.sight import cases_seen_by, my_turn
from linli.journal.append import contents, entries
from linli.rules.registry import installed
from tests.cases.community import COMMUNITY, HOME
from tests.programmes.mediation.room import ABOUT, SAID, WANTED, Room, browser, whole

pytestmark = pytest.mark.django_db
OUTSIDE = (
    *("nobody", "resident3", "grid", "next_grid", "window", "community2", "street", "property", "mediator2"),
    *("elsewhere", "committee", "leader", "auditor", "admin"),
)
WALKING = ("nobody", "resident3", "grid", "community2", "mediator2", "auditor")
"""Who walks through every page: one of each sort."""
INSIDE = ("resident", "resident2", "mediator", "mediation_lead", "community")
VALUES: dict[str, tuple[Any, ...]] = {
    "kind": ("dispute",),
    "type_": ("dispute",),
    "key": ("solved", "registered"),
    "action": ("register",),
    "code": (HOME, COMMUNITY, COMMUNITY + "001"),
    "seq": (2,),
}


@pytest.fixture
def room() -> Room:
    return whole()


def routes(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every named route that is installed."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern)
        elif (
            pattern.name
            and not pattern.name.startswith(("account_", "mfa_", "socialaccount_"))
            and _concerns(pattern)
        ):
            yield pattern


def _concerns(pattern: URLPattern) -> bool:
    """Whether a dispute could show there: pages of other programmes show their own cases alone."""
    module = getattr(pattern.callback, "__module__", "")
    return not module.startswith("linli.programmes.") or ".mediation." in module


def addresses(room: Room) -> set[str]:
    """The address of every page, with the dispute's id wherever a page takes one."""
    found = set()
    for pattern in routes(get_resolver()):
        names = list(pattern.pattern.converters)
        choices = [VALUES.get(n, ()) for n in names]
        for n in range(max((len(c) for c in choices), default=1) or 1):
            values = {
                name: some[min(n, len(some) - 1)] if some else room.case
                for name, some in zip(names, choices, strict=True)
            }
            try:
                found.add(reverse(pattern.name, kwargs=values))
            except NoReverseMatch:
                continue
    return found


def says(answer: Any) -> str:
    """What a page says, also one that is a spreadsheet or comes in pieces; the address asked for left out."""
    body = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace")


def leaks(client: Client, room: Room, url: str) -> list[str]:
    """What of the dispute stands on a page."""
    answer = client.get(url)
    text = says(answer).replace(url, "")
    found = [s for s in (room.number, *SAID) if s in text]
    own = re.findall(rf"{room.case}|{room.case.hex}", text)
    return [*found, *(own if str(room.case) not in url and room.case.hex not in url else [])]


@pytest.mark.parametrize("who", WALKING)
def test_no_page_of_any_face_tells_of_it(room: Room, who: str) -> None:
    with browser(room.somebody(who)) as client:
        told = {url: found for url in sorted(addresses(room)) if (found := leaks(client, room, url))}
    assert told == {}


def test_the_same_pages_do_tell_those_who_are_inside(room: Room) -> None:
    """Else the walk through all pages would prove nothing."""
    with browser(room.somebody("mediation_lead")) as client:
        told = [url for url in addresses(room) if leaks(client, room, url)]
    assert len(told) >= 8


def test_no_list_no_turn_no_news_and_no_search_finds_it(room: Room) -> None:
    for who in OUTSIDE:
        _finds_nothing(room, who)


def _finds_nothing(room: Room, who: str) -> None:
    actor, ids = room.somebody(who), {room.case}
    assert not cases_seen_by(actor).filter(id__in=ids).exists()
    assert not my_turn(actor).filter(id__in=ids).exists()
    assert room.case not in {n.case.id for n in news(actor)}
    for words in (room.number, "漏水损失纠纷", "测试resident", "19905779952"):
        found = lists.selected(actor, Filters(show="all", words=words))
        assert not found.filter(id__in=ids).exists(), words
    with browser(actor) as client:
        answer = client.post(reverse("search"), {"q": room.number}, follow=True)
        assert f">{room.number}<" not in says(answer)


def test_whoever_is_involved_finds_it(room: Room) -> None:
    for who in INSIDE:
        assert cases_seen_by(room.somebody(who)).filter(id=room.case).exists(), who


def test_the_other_side_knows_nothing_before_the_case_is_accepted() -> None:
    room = Room()
    room.register()
    other = room.somebody("resident2")
    assert other.person is not None and not cases_seen_by(other).exists()
    assert not Notice.objects.filter(case=room.case, person=other.person).exists()
    room.do("mediation_lead", "accept", risk="low")
    assert cases_seen_by(other).filter(id=room.case).exists()
    assert Notice.objects.filter(case=room.case, person=other.person).exists()


def test_who_stood_aside_and_who_was_named_by_mistake_see_it_no_more() -> None:
    room = Room()
    room.register()
    room.take_on()
    room.do("mediation_lead", "correct_party", respondent={"name": "测试resident3", "phone": "19908689443"})
    assert not cases_seen_by(room.somebody("resident2")).exists()
    assert room.case not in {n.case.id for n in news(room.somebody("resident2"))}
    room.do("mediator", "recuse", tie="acquainted")
    assert not cases_seen_by(room.somebody("mediator"), ["dispute"]).exists()


def test_who_came_out_of_a_check_is_not_told_to_those_who_see_the_check(room: Room) -> None:
    """The grid member of the check reads that a finding became a dispute, and neither which nor whose."""
    grid = COMMUNITY + "001"
    found = {"kind": "water", "spot": "1号楼", "risk": "low", "what": "楼上漏水", "disposal": "mediate"}
    check = room.cast.act(
        ("dispute_check", grid), "grid", "record", room.at,
        {"where": grid, "focus": "漏水", "doors": 9, "findings": [found]},
    ).case  # fmt: skip
    said = {"where": HOME, "kind": "noise", "about": "另一件", "wanted": "安静", "risk": "low"}
    people = {
        "applicant": {"name": "甲", "phone": "19900001111"},
        "respondent": {"name": "乙", "phone": "19900002222"},
    }
    made = room.cast.act(
        ("dispute", COMMUNITY), "mediation_lead", "register", room.at, {**said, **people},
        origins=[(check, "came_out_of")],
    )  # fmt: skip
    last = entries(check)[-1]
    assert (last.action, last.effect["state"], last.effect["found"]) == ("take_up", "done", {"taken": 1})
    with browser(room.somebody("grid")) as client:
        text = says(client.get(reverse("case", args=[check])))
    assert "已登记为纠纷" in text
    assert made.number not in text and str(made.case) not in text


def test_in_the_journal_nothing_said_in_confidence_stands_in_clear(room: Room) -> None:
    said = contents([e.id for e in entries(room.case)])
    clear = [str(c.content) for parts in said.values() for c in parts if c.person is None]
    assert not [secret for secret in SAID if any(secret in text for text in clear)]
    row = Case.objects.get(id=room.case)
    assert not [secret for secret in SAID if secret in row.facts + row.title]
    assert "测试" not in row.facts + row.title


@pytest.mark.parametrize("who", ["leader", "auditor", "street", "community2", "grid", "mediator2"])
def test_sums_are_told_and_lead_nowhere(room: Room, who: str) -> None:
    """The figures page tells how many, without a way to which; the list behind a figure stays shut."""
    actor = room.somebody(who)
    with browser(actor) as client:
        page = client.get(reverse("figures"), {"region": COMMUNITY})
        behind = client.get(reverse("figure", args=["dispute", "registered"]), {"region": COMMUNITY})
    if page.status_code == 200:
        assert "登记纠纷" in says(page)
        assert reverse("figure", args=["dispute", "registered"]) not in says(page)
    assert room.number not in says(behind)
    assert not may_open(installed["dispute"], actor, COMMUNITY)


def test_the_registrar_is_told_where_it_stands_and_nothing_that_was_said(room: Room) -> None:
    """Who wrote down the application knows what was told to him, not what the parties and the mediators said later."""
    with browser(room.somebody("community")) as client:
        text = says(client.get(reverse("case", args=[room.case])))
        desk = says(client.get(reverse("mediation")))
        sheet = client.get(reverse("mediation-agreement", args=[room.case]))
        file = client.get(reverse("mediation-file", args=[room.case]))
    assert room.number in text and ABOUT in text
    assert not [s for s in SAID if s in text and s not in (ABOUT, WANTED)]
    assert "邻里调解室" not in text + desk and "王调解" not in desk
    assert (sheet.status_code, file.status_code) == (404, 302)


def test_one_side_does_not_read_what_the_other_told_in_confidence(room: Room) -> None:
    with browser(room.somebody("resident2")) as client:
        other = says(client.get(reverse("mediation-mine", args=[room.case])))
    with browser(room.somebody("resident")) as client:
        own = says(client.get(reverse("mediation-mine", args=[room.case])))
    about, wanted, record, facts, agreed, term, note, more = SAID
    assert about in own and about not in other
    assert wanted in other
    assert all(s in other and s in own for s in (record, facts, agreed, term))
    assert note not in other + own
    assert more not in other
