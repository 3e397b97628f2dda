"""The grids and a grid's card: who works there, what is counted, how it was before; the plain sheet that may be posted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation

from linli.cases.clock import tick
from linli.cases.homes import REACHED
from linli.faces.web.reader import now
from linli.faces.web.staff import cases, gridcard, grids, newduty, newunit
from linli.forms.questions import chances
from linli.journal.models import Entry
from linli.people import assigning, persons
from linli.people.models import Unit
from linli.people.units import found_unit
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.fields import Units
from linli.rules.labels import LABELS
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day, day_start
from linli.territory import buildings
from linli.territory import households as roll
from linli.territory.gridhistory import periods
from linli.territory.households import HouseholdRow
from linli.territory.models import Building, Division, Grid
from linli.territory.printing import PRINTED
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town
from tests.faces.staff.desk import seen, text
from tests.faces.staff.test_colours import drawn, leads_to

pytestmark = pytest.mark.django_db
GRID, SECOND, NEXT = COMMUNITY + "001", COMMUNITY + "002", COMMUNITY + "B0002"
AT = day_start(FOUNDED)
MOVED = date(2024, 5, 1)


@pytest.fixture
def cast() -> Town:
    made = town()
    drawn()
    roll.load([HouseholdRow(HOME, "2", d) for d in ("101", "102", "301", "302")])
    return made


@pytest.fixture
def admin(cast: Town) -> Actor:
    return Actor(cast.cast["street"].person, (Grant("admin", COMMUNITY[:9]),))


def person(name: str, phone: str) -> UUID:
    return persons.register(name=name, phone=phone, kind="resident", at=AT, by=THE_SYSTEM, key=f"p/{phone}")


def gives(who: UUID, role: str, region: str, **more: date | UUID | None) -> UUID:
    given = {"starts": FOUNDED, **more}
    key = f"d/{who}/{role}/{region}/{given['starts']}"
    return assigning.assign(person=who, role=role, region=region, by=THE_SYSTEM, at=AT, key=key, **given)  # type: ignore[arg-type]


def told(page: str, title: str) -> tuple[int, str]:
    """A number of the card by its word, and where it leads."""
    found = re.search(
        rf'<li><span>{title}</span> <(?:a class="number[^"]*" href="([^"]*)"|b class="number")>([\d,]+)', page
    )
    assert found, title
    return int(found[2].replace(",", "")), unescape(found[1] or "")


def test_the_card_names_who_is_in_charge_who_stands_in_and_who_comes_next(cast: Town) -> None:
    today, who = civil_day(now()), cast.cast["grid"].person
    assert who
    held = gives(who, "grid_member", GRID, ends=today + timedelta(30))
    after = gives(person("赵后来", "13900001111"), "grid_member", GRID, starts=today + timedelta(31))
    other = person("钱代班", "13900002222")
    assigning.substitute(held, other, today, today + timedelta(3), by=THE_SYSTEM, at=AT, key="s")
    assigning.substitute(
        held, other, today + timedelta(9), today + timedelta(12), by=THE_SYSTEM, at=AT, key="t"
    )
    page = text(seen(cast.cast["community"], gridcard.card, code=GRID))
    charge = page[page.index('id="charge"') : page.index('id="short"')]
    assert [w in charge for w in ("测**", "赵**", "钱**")] == [True] * 3
    assert all(
        w in charge for w in ("今天代班", "将代班", "接任", "网格员", "今天至", f"/{held}/", f"/{after}/")
    )
    assert "赵后来" not in page
    past = text(seen(cast.cast["community"], gridcard.card, code=GRID, query="?day=2019-12-31"))
    assert "今天代班" not in past


def test_forces_stand_by_kind_and_only_where_they_work(cast: Town) -> None:
    unit = found_unit(
        name=T("甲苑党支部", "Court A branch"),
        kind="party_branch",
        region=COMMUNITY,
        by=THE_SYSTEM,
        at=AT,
        key="u",
    )
    gives(person("孙支委", "13900003333"), "body_member", GRID, unit=unit)
    gives(person("李双报", "13900004444"), "registered_party", GRID)
    gives(person("周楼长", "13900005555"), "building_captain", HOME)
    page = text(seen(cast.cast["community"], gridcard.card, code=GRID))
    forces = page[page.index('id="forces"') : page.index('id="visits"')]
    assert all(w in forces for w in ("甲苑党支部", "孙**", "李**", "周**", "property单位", "没有登记"))
    assert "还没有的：甲苑2号楼" in forces
    buildings.divide(COMMUNITY, MOVED, {HOME: GRID, NEXT: SECOND}, {SECOND: T("第二网格", "Grid 2")})
    second = text(seen(cast.cast["community"], gridcard.card, code=SECOND))
    assert "甲苑党支部" not in second
    assert "周**" not in second


def test_a_force_has_no_power(cast: Town) -> None:
    """Somebody who is only a member or a party member who reports sees no page of the staff."""
    who = person("李双报", "13900004444")
    for role in ("registered_party", "body_member"):
        actor = Actor(who, (Grant(role, COMMUNITY),))
        with pytest.raises(PermissionDenied):
            seen(actor, grids.grids)


def test_every_number_of_the_card_leads_to_what_it_counts(cast: Town) -> None:
    at, reader = now(), cast.cast["community"]
    said = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
    cast.act(("demand", COMMUNITY), "resident", "report", at - 1, said)
    cast.act(("demand", COMMUNITY), "resident", "report", 1_600_000_000_000_000, said)
    for door, ago in (("2-101", 1), ("2-102", 60), ("2-301", 200)):
        visit = {"where": HOME, "door": door, "occasion": "regular", "met": "somebody", "asked": "都好"}
        cast.act(("visit", COMMUNITY), "grid", "record", at - ago * DAY, visit)
    roll.label(f"{HOME}-2-301", "party", FOUNDED, by=THE_SYSTEM, at=AT, key="l")
    tick(at)
    page = text(seen(reader, gridcard.card, code=GRID))
    assert told(page, "楼栋") == (2, "#buildings")
    assert told(page, "院落") == (1, "#buildings")
    homes, url = told(page, "在册住户")
    assert homes == leads_to(reader, url) == 4
    reach = {key: told(page, title.zh) for key, title in REACHED.items()}
    assert {key: n for key, (n, _) in reach.items()} == dict.fromkeys(REACHED, 1)
    assert all(leads_to(reader, url) == n for n, url in reach.values())
    assert sum(n for n, _ in reach.values()) == homes
    for title in ("在办事项", "超时事项"):
        n, url = told(page, title)
        listed = text(seen(reader, cases.cases, query=f"?{urlsplit(url).query}"))
        assert f"共 {n} 件" in listed, title
    party = re.search(r'href="([^"]*label=party)">(\d+)', page)
    assert party
    assert leads_to(reader, party[1]) == int(party[2]) == 1


def test_neither_a_void_visit_nor_a_closed_door_counts(cast: Town) -> None:
    closed = {"where": HOME, "door": "2-102", "occasion": "regular", "met": "nobody"}
    cast.act(("visit", COMMUNITY), "grid", "record", now() - DAY, closed)
    visit = {"where": HOME, "door": "2-101", "occasion": "regular", "met": "somebody", "asked": "都好"}
    case = cast.act(("visit", COMMUNITY), "grid", "record", now() - DAY, visit).case
    page = text(seen(cast.cast["grid"], gridcard.card, code=GRID))
    assert told(page, REACHED["30"].zh)[0] == 1
    asked = cast.act(case, "grid", "void", now() - 2, {"reason": "登记错了"}).case
    cast.act(asked, "community", "void.approve", now() - 1, {})
    page = text(seen(cast.cast["grid"], gridcard.card, code=GRID))
    assert told(page, REACHED["never"].zh)[0] == 4


def test_who_does_not_see_the_roll_sees_numbers_and_no_list(cast: Town) -> None:
    roll.label(f"{HOME}-2-301", "party", FOUNDED, by=THE_SYSTEM, at=AT, key="l")
    page = text(seen(cast.cast["property"], gridcard.card, code=GRID))
    assert told(page, "在册住户") == (4, "")
    for word in (REACHED["never"].zh, 'id="labels"', "label=party", "2-301"):
        assert word not in page


def test_a_building_without_a_roll_is_counted_as_it_was_told(cast: Town) -> None:
    Building.objects.filter(code=NEXT).update(households=57)
    page = text(seen(cast.cast["community"], gridcard.card, code=GRID))
    assert told(page, "另有报来的户数") == (57, "#buildings")
    assert "报 57" in page
    assert ">61</a> 户" in text(seen(cast.cast["community"], grids.grids))


def test_the_history_says_since_when_and_what_it_was_before(cast: Town) -> None:
    names = {GRID: T("第一网格", "Grid 1"), SECOND: T("第二网格", "Grid 2")}
    buildings.divide(COMMUNITY, MOVED, {HOME: GRID, NEXT: SECOND}, names)
    later, first = periods(GRID)
    assert (later.starts, later.ends, later.buildings) == (MOVED, None, (HOME,))
    assert (first.starts, first.ends, first.buildings) == (FOUNDED, MOVED - timedelta(1), (HOME, NEXT))
    assert later.left == ((NEXT, SECOND),)
    assert periods(SECOND)[0].came == ((NEXT, GRID),)
    page = text(seen(cast.cast["community"], gridcard.card, code=GRID))
    assert "甲苑2号楼划出（归第二网格）" in page
    assert told(page, "楼栋")[0] == 1
    before = text(seen(cast.cast["community"], gridcard.card, code=GRID, query="?day=2024-04-30"))
    assert told(before, "楼栋")[0] == 2
    assert "在办事项、标签和走访只看今天的" in before
    assert "超时事项" not in before
    assert "1 个网格" in text(seen(cast.cast["community"], grids.grids, query="?day=2024-04-30"))
    assert "2 个网格" in text(seen(cast.cast["community"], grids.grids))


def test_grids_of_others_and_grids_that_are_none(cast: Town) -> None:
    for code in ("140105006003001", "140106001001001"):
        with pytest.raises(PermissionDenied):
            seen(cast.cast["community"], gridcard.card, code=code)
    with pytest.raises(PermissionDenied):
        seen(cast.cast["elsewhere"], gridcard.card, code=GRID)
    with pytest.raises(PermissionDenied):
        seen(cast.cast["community"], grids.grids, query="?community=140105006003")
    for code in (COMMUNITY + "009", COMMUNITY, HOME, "x" * 15):
        with pytest.raises((Http404, PermissionDenied)):
            seen(cast.cast["community"], gridcard.card, code=code)


def test_an_empty_community_an_undivided_one_and_a_day_that_is_none(cast: Town) -> None:
    assert "您的职责范围里没有楼栋" in text(seen(cast.cast["elsewhere"], grids.grids))
    Division.objects.all().delete()
    Grid.objects.all().delete()
    page = text(seen(cast.cast["community"], grids.grids))
    assert "这一天没有划分网格" in page
    assert "甲苑1号楼" in page[page.index("不属任何网格的楼") :]
    assert "请填写日期" in text(seen(cast.cast["community"], grids.grids, query="?day=yesterday"))


def test_a_grid_without_a_member_is_told(cast: Town) -> None:
    assert "没有网格员" in text(seen(cast.cast["community"], grids.grids))
    gives(person("王网格", "13900006666"), "grid_member", GRID)
    page = text(seen(cast.cast["community"], grids.grids))
    assert "没有网格员" not in page
    assert "王**" in page


def test_both_pages_speak_english(cast: Town) -> None:
    with translation.override("en"):
        card = text(seen(cast.cast["community"], gridcard.card, code=GRID))
        every = text(seen(cast.cast["community"], grids.grids))
    assert "How it was divided" in card
    assert "Building captains" in card
    assert "No grid member" in every


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_the_plain_sheet_shows_no_household_and_may_be_posted(cast: Town, form: str) -> None:
    roll.label(f"{HOME}-2-301", "party", FOUNDED, by=THE_SYSTEM, at=AT, key="l")
    answer = seen(cast.cast["property"], grids.paper, query=f"?format={form}")
    if form == "pdf":
        assert answer.content.startswith(b"%PDF-")
        return
    root = ElementTree.fromstring(text(answer))
    said = "".join(e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "康宁街社区网格图" in said
    assert "第一网格" in said
    assert "1 个网格，2 栋楼" in said
    assert [t.zh for t in LABELS.values() if t.zh in said] == []
    assert "内部资料" not in said
    assert not Entry.objects.filter(action=PRINTED).exists()
    with pytest.raises(Http404):
        seen(cast.cast["property"], grids.paper, query="?format=docx")


def test_an_administrator_enters_a_body_and_its_members(cast: Town, admin: Actor) -> None:
    form = {"name_zh": "甲苑物管会", "kind": "management_committee", "region": GRID, "key": "u"}
    for _ in range(2):
        assert seen(admin, newunit.new_unit, form).status_code == 302
    unit = Unit.objects.get(kind="management_committee")
    assert unit.name_en == "甲苑物管会"
    member = {
        "role": "body_member",
        "region": GRID,
        "phone": "13900007777",
        "name": "吴委员",
        "starts": "2026-03-02",
        "key": "d",
    }
    assert seen(admin, newduty.new_duty, member).status_code == 422
    assert seen(admin, newduty.new_duty, {**member, "unit": str(unit.id)}).status_code == 302
    assert "吴**" in text(seen(cast.cast["community"], gridcard.card, code=GRID))
    for wrong in ({"name_zh": ""}, {"kind": "nothing"}, {"region": "99"}, {"contact": "12"}):
        page = seen(admin, newunit.new_unit, {**form, **wrong, "key": f"k{wrong}"})
        assert page.status_code == 422, wrong
    with pytest.raises(PermissionDenied):
        seen(cast.cast["community"], newunit.new_unit)


def test_nothing_is_sent_to_a_body(cast: Town) -> None:
    body = found_unit(
        name=T("大党委", "Joint committee"),
        kind="party_committee",
        region=COMMUNITY,
        by=THE_SYSTEM,
        at=AT,
        key="u",
    )
    offered = {c.key for c in chances(Units("units", T("责任单位", "Units")), HOME, civil_day(now()))}
    assert str(cast.units["property"]) in offered
    assert str(body) not in offered
