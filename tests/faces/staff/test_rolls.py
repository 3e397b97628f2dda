"""The rolls: who is responsible, who lives where, who opened what; each for those who may see it, every change an entry."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from linli.faces.web.reader import now
from linli.faces.web.staff import (
    building,
    duties,
    duty,
    household,
    households,
    newduty,
    opened,
    rolls,
    units,
)
from linli.journal.append import entries
from linli.people import assigning
from linli.people.duties import actor_of, responsible
from linli.people.models import Duty, Opened, Person, Substitution
from linli.people.opening import open_
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.worktime import civil_day, day_start
from linli.territory import households as roll
from linli.territory.entries import stream_of
from linli.territory.households import HouseholdRow
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
GRID = COMMUNITY + "001"
FLAT = f"{HOME}-2-301"
AT = day_start(FOUNDED)


@pytest.fixture
def cast() -> Town:
    made = town()
    roll.load(
        [HouseholdRow(HOME, "2", "301"), HouseholdRow(HOME, "2", "302"), HouseholdRow(HOME, "10", "101")]
    )
    return made


@pytest.fixture
def admin(cast: Town) -> Actor:
    return Actor(cast.cast["street"].person, (Grant("admin", COMMUNITY[:9]),))


def _who(cast: Town, name: str) -> UUID:
    person = cast.cast[name].person
    assert person
    return person


def _held(cast: Town, name: str = "grid", role: str = "grid_member", region: str = GRID) -> UUID:
    who = _who(cast, name)
    return assigning.assign(
        person=who, role=role, region=region, starts=FOUNDED, by=THE_SYSTEM, at=AT, key=f"held/{name}/{role}"
    )


def test_the_rolls_lead_to_what_is_the_readers(cast: Town) -> None:
    assert "住户" in text(seen(cast.cast["community"], rolls.rolls))
    assert "每个门后住着谁" not in text(seen(cast.cast["property"], rolls.rolls))


# Duties


def test_who_was_responsible_is_said_for_a_place_and_a_day(cast: Town) -> None:
    _held(cast)
    page = text(seen(cast.cast["community"], duties.duties, query=f"?place={HOME}&day=2026-03-02"))
    assert page.count("测**") >= 2
    before = text(seen(cast.cast["community"], duties.duties, query=f"?place={HOME}&day=2019-12-31"))
    assert "这一天没有人负责这里" in before


def test_a_grid_without_a_member_is_named(cast: Town) -> None:
    assert "第一网格没有网格员" in text(seen(cast.cast["community"], duties.duties))
    _held(cast)
    assert "第一网格没有网格员" not in text(seen(cast.cast["community"], duties.duties))


def test_a_day_that_is_none_is_told_at_its_field(cast: Town) -> None:
    assert "请填写日期" in text(seen(cast.cast["community"], duties.duties, query="?day=yesterday"))


def test_another_communitys_duties_are_not_shown(cast: Town) -> None:
    with pytest.raises(PermissionDenied):
        seen(cast.cast["community"], duties.duties, query="?community=140105006003")
    with pytest.raises(PermissionDenied):
        seen(cast.cast["community"], duties.duties, query="?place=140106001001")


def test_an_administrator_lends_recalls_and_ends_a_duty(cast: Town, admin: Actor) -> None:
    held, today = _held(cast), civil_day(now())
    lent = {
        "do": "substitute",
        "key": "k1",
        "person": str(_who(cast, "community")),
        "starts": today.isoformat(),
        "ends": (today + timedelta(days=5)).isoformat(),
    }
    for _ in range(2):
        assert seen(admin, duty.duty, lent, duty=held).status_code == 302
    assert [r.person for r in responsible(HOME, today, "grid_member", GRID)] == [_who(cast, "community")]
    standing = str(Substitution.objects.get().id)
    back = {"do": "recall", "key": "k2", "substitution": standing, "last_day": today.isoformat()}
    assert seen(admin, duty.duty, back, duty=held).status_code == 302
    over = {"do": "end", "key": "k3", "last_day": (today + timedelta(days=9)).isoformat()}
    assert seen(admin, duty.duty, over, duty=held).status_code == 302
    page = text(seen(cast.cast["community"], duty.duty, duty=held))
    assert all(t in page for t in ("给予职责", "安排代班", "收回代班", "定下结束日期"))


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"do": "end", "last_day": ""}, "请填写日期"),
        ({"do": "end", "last_day": "2019-01-01"}, "结束日期不能早于开始日期"),
        ({"do": "substitute", "person": "", "starts": "2026-01-01", "ends": "2026-01-02"}, "请选一个人"),
    ],
)
def test_what_is_wrong_stands_at_its_field(cast: Town, admin: Actor, form: dict[str, str], says: str) -> None:
    page = seen(admin, duty.duty, form, duty=_held(cast))
    assert page.status_code == 422
    assert says in text(page)
    assert 'aria-invalid="true"' in text(page)


def test_nobody_else_changes_duties(cast: Town) -> None:
    held = _held(cast)
    refused = seen(cast.cast["community"], duty.duty, {"do": "end", "last_day": "2030-01-01"}, duty=held)
    assert refused.status_code == 422
    assert "只有本区域或上级区域的管理员可以办理" in text(refused)
    assert "安排代班" not in text(seen(cast.cast["community"], duty.duty, duty=held))
    with pytest.raises(PermissionDenied):
        seen(cast.cast["community"], newduty.new_duty)


def test_a_duty_is_given_to_somebody_new_or_not_at_all(cast: Town, admin: Actor) -> None:
    form = {
        "role": "clerk",
        "region": COMMUNITY,
        "phone": "19912345678",
        "name": "新来的人",
        "starts": "2026-03-02",
        "key": "new",
    }
    before = Person.objects.count()
    wrong = seen(admin, newduty.new_duty, {**form, "region": "99"})
    assert wrong.status_code == 422
    assert Person.objects.count() == before
    assert "新来的人" in text(wrong)
    for _ in range(2):
        assert seen(admin, newduty.new_duty, form).status_code == 302
    given = Duty.objects.get(role="clerk")
    assert actor_of(given.person_id, date(2026, 3, 2)).holds("clerk", HOME)


@pytest.mark.parametrize("role", ["system", "importer", "clock", "resident", "public", "nothing"])
def test_roles_of_the_house_itself_are_not_given(cast: Town, admin: Actor, role: str) -> None:
    form = {"role": role, "region": COMMUNITY, "person": str(_who(cast, "grid")), "starts": "2026-03-02"}
    assert seen(admin, newduty.new_duty, form).status_code == 422


# Households


def _enter(cast: Town) -> UUID:
    """Somebody lives in the flat, which carries a label."""
    who = _who(cast, "resident")
    roll.move_in(FLAT, who, FOUNDED, by=THE_SYSTEM, at=AT, key="in")
    roll.label(FLAT, "subsistence", FOUNDED, by=THE_SYSTEM, at=AT, key="label")
    return who


@pytest.mark.parametrize("who", ["community", "grid"])
def test_grid_member_and_community_see_labels(cast: Town, who: str) -> None:
    _enter(cast)
    for page in (
        seen(cast.cast[who], household.household, code=FLAT),
        seen(cast.cast[who], building.building, code=HOME),
        seen(cast.cast[who], households.households, query="?label=subsistence"),
    ):
        assert 'class="tag label subsistence"' in text(page)


@pytest.mark.parametrize(
    ("who", "note"),
    [("street", "标签只给本网格的网格员和社区看"), ("window", "其余标签只给本网格的网格员和社区看")],
)
def test_street_and_window_see_the_roll_without_what_is_not_theirs(cast: Town, who: str, note: str) -> None:
    _enter(cast)
    for page in (
        seen(cast.cast[who], household.household, code=FLAT),
        seen(cast.cast[who], building.building, code=HOME),
        seen(cast.cast[who], households.households),
    ):
        assert note in text(page)
        assert "低保" not in text(page)
    with pytest.raises(Http404):
        seen(cast.cast[who], households.households, query="?label=subsistence")


@pytest.mark.parametrize("who", ["property", "next_grid", "elsewhere"])
def test_units_and_neighbours_see_no_household(cast: Town, who: str) -> None:
    _enter(cast)
    with pytest.raises(PermissionDenied):
        seen(cast.cast[who], household.household, code=FLAT)
    with pytest.raises(PermissionDenied):
        seen(cast.cast[who], household.household_contact, {"field": "phone"}, code=FLAT)
    if who == "property":
        assert "未登记" not in text(seen(cast.cast[who], building.building, code=HOME))
        with pytest.raises(PermissionDenied):
            seen(cast.cast[who], households.households)


def test_the_roll_is_changed_on_its_page_and_nowhere_without_an_entry(cast: Town) -> None:
    keeper = cast.cast["grid"]
    steps = [
        {"do": "move_in", "name": "张新民", "phone": "19955556666", "day": "2026-03-02"},
        {"do": "label", "label": "tenant", "day": "2026-03-02"},
        {"do": "end_label", "label": "tenant", "day": "2026-03-09"},
    ]
    for number, form in enumerate(steps):
        answer = seen(keeper, household.household, {**form, "key": f"k{number}"}, code=FLAT)
        assert answer.status_code == 302, text(answer)
    person = roll.members_of(FLAT)[0].what
    left = {"do": "move_out", "person": str(person), "day": "2026-04-01", "key": "out"}
    assert seen(keeper, household.household, left, code=FLAT).status_code == 302
    done = [e.action for e in entries(stream_of(FLAT))]
    assert done == ["moved-in", "labelled", "label-ended", "moved-out"]


def test_a_change_that_is_refused_keeps_what_was_typed(cast: Town) -> None:
    form = {"do": "move_in", "name": "张新民", "phone": "12", "day": "2026-03-02", "key": "k"}
    page = seen(cast.cast["grid"], household.household, form, code=FLAT)
    assert page.status_code == 422
    assert "张新民" in text(page)
    other = seen(cast.cast["window"], household.household, {**form, "phone": "19955556666"}, code=FLAT)
    assert other.status_code == 422
    assert not entries(stream_of(FLAT))
    assert Person.objects.filter(mask="张**").count() == 0


def test_a_member_opens_with_a_reason(cast: Town) -> None:
    who = _enter(cast)
    form = {"person": str(who), "field": "name", "reason": "核对户籍信息", "key": "o"}
    page = seen(cast.cast["grid"], household.household_contact, form, code=FLAT)
    assert "测试resident" in text(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert Opened.objects.get().place == HOME
    assert "测试resident" not in text(seen(cast.cast["grid"], household.household, code=FLAT))


def test_the_checks_lead_to_the_pages_of_coverage(cast: Town) -> None:
    """The number of each stands on the way to its list, which is one place for all pages."""
    _enter(cast)
    page = text(seen(cast.cast["community"], households.households))
    for key, n in (("empty", 2), ("unvisited", 3), ("twice", 0), ("nowhere", 0)):
        assert f"check={key}" in page
        assert page.split(f"check={key}")[1].split('class="count">')[1].startswith(f"{n}<")
    assert "check=nowhere" not in text(seen(cast.cast["grid"], households.households))


def test_doors_stand_in_the_order_of_the_stairs(cast: Town) -> None:
    assert [d.entrance for d in roll.doors(HOME, FOUNDED)] == ["2", "2", "10"]


# Units, and who opened what


def test_a_unit_shows_what_it_serves_and_how_much_is_open(cast: Town) -> None:
    report = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
    at = now() - 10
    case = cast.act(("demand", COMMUNITY), "resident", "report", at, report).case
    cast.act(case, "grid", "file", at + 1)
    cast.act(case, "community", "dispatch", at + 2, {"units": ["property"]})
    unit = cast.units["property"]
    assert "property单位" in text(seen(cast.cast["community"], units.units))
    assert units.open_cases(unit, cast.cast["community"]).count() == 1
    page = text(seen(cast.cast["community"], units.unit, unit=unit))
    assert "楼道灯不亮" in page
    with pytest.raises(Http404):
        seen(cast.cast["community"], units.unit, unit=UUID(int=1))


def _look(cast: Town, by: str, reason: str, at: int) -> None:
    who = cast.cast[by]
    open_(_who(cast, "resident"), "name", reason, who, at, place=HOME, grid=GRID)


def test_reasons_are_for_the_auditor_and_for_who_gave_them(cast: Town) -> None:
    _look(cast, "community", "核对低保材料", AT)
    auditor = Actor(_who(cast, "street"), (Grant("auditor", COMMUNITY[:9]),))
    assert "核对低保材料" in text(seen(auditor, opened.opened))
    assert "核对低保材料" in text(seen(cast.cast["community"], opened.opened))
    colleague = text(seen(cast.cast["community2"], opened.opened))
    assert "核对低保材料" not in colleague
    assert "仅审计人员可见" in colleague
    assert "没有查看记录" in text(seen(cast.cast["grid"], opened.opened))
    assert "测试resident" not in text(seen(auditor, opened.opened))


def test_the_log_pages_and_narrows(cast: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "ROWS", 2)
    for number in range(5):
        _look(cast, "community", f"第{number}次回访", AT + number // 2)
    seen_, query = [], ""
    for _ in range(5):
        page = text(seen(cast.cast["community"], opened.opened, query=f"?before={query}" if query else ""))
        seen_ += [n for n in range(5) if f"第{n}次回访" in page]
        if 'rel="next"' not in page:
            break
        query = page.split('href="?before=')[1].split('"')[0]
    assert sorted(seen_) == [0, 1, 2, 3, 4]
    later = (FOUNDED + timedelta(days=1)).isoformat()
    assert "没有查看记录" in text(seen(cast.cast["community"], opened.opened, query=f"?from={later}"))
    with pytest.raises(PermissionDenied):
        seen(cast.cast["community"], opened.opened, query="?region=1401")
    with pytest.raises(Http404):
        seen(cast.cast["community"], opened.opened, query="?before=x-y")
