"""Plans of grids: made, changed by hand, measured, planned again around what is kept, accepted from a day on; and who may."""

import json
from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from linli.faces.web.reader import now
from linli.faces.web.staff import placefiles, plancompare
from linli.faces.web.staff import plan as plan_page
from linli.faces.web.staff import plans as plans_page
from linli.journal.models import Entry
from linli.rules.partition.reading import problem_of
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import buildings, households, plans
from linli.territory.barriers import BarrierLine
from linli.territory.buildings import BuildingRow
from linli.territory.importing import Entering
from linli.territory.models import GridPlan
from linli.territory.outlines import grids_by_building
from tests.cases.community import COMMUNITY, Town, town
from tests.faces.staff.desk import seen, text

HOUSES = 9


def _ring(i: int) -> tuple[tuple[float, float], ...]:
    x, y = 112.56 + 0.001 * (i % 3), 37.788 + 0.001 * (i // 3)
    return ((x, y), (x + 0.0006, y), (x + 0.0006, y + 0.0002), (x, y + 0.0002), (x, y))


@pytest.fixture
def cast(db: None) -> Town:
    made = town()
    rows = [
        BuildingRow(
            f"{COMMUNITY}B{i + 1:04d}",
            T(f"{i + 1}号楼", f"Building {i + 1}"),
            T("甲苑", "Court A"),
            6,
            3,
            _ring(i),
        )
        for i in range(HOUSES)
    ]
    buildings.load(rows)
    doors = [households.HouseholdRow(r.code, "1", str(n)) for r in rows for n in range(1, 11)]
    households.load(doors)
    return made


def _make(cast: Town, **given: str) -> GridPlan:
    answer = seen(
        cast.cast["community"], plans_page.plans, {"grids": "3", "tolerance": "0.25", "way": "best", **given}
    )
    assert answer.status_code == 302, text(answer)
    return GridPlan.objects.get()


def _page(cast: Town, plan: GridPlan, data: dict[str, str] | None = None, who: str = "community") -> Any:
    return seen(cast.cast[who], plan_page.plan, data, number=plan.pk)


def test_the_planner_answers_with_a_proof(cast: Town) -> None:
    plan = _make(cast)
    drafted = plans.drafted_of(plan)
    assert drafted.objective == drafted.bound
    assert sorted(
        len([b for b in drafted.grid_of.values() if b == g]) for g in set(drafted.grid_of.values())
    ) == [3, 3, 3]
    page = text(_page(cast, plan))
    assert "没有总路程更短的划分" in page
    assert page.count(' data-building="') == HOUSES


def test_what_cannot_be_planned_is_said_and_nothing_is_kept(cast: Town) -> None:
    for given, said in (
        ({"grids": "10"}, "网格比楼栋还多"),
        ({"grids": "x"}, "请填写网格数"),
        ({"tolerance": "9"}, "请填写网格数"),
    ):
        answer = seen(cast.cast["community"], plans_page.plans, {"grids": "3", "tolerance": "0.25", **given})
        assert answer.status_code == 422
        assert said in text(answer)
    assert not GridPlan.objects.exists()


def test_moving_a_building_is_measured_at_once_and_kept_only_when_asked(cast: Town) -> None:
    plan = _make(cast)
    before = plans.drafted_of(plan).grid_of
    first = sorted(before)[0]
    other = next(g for g in sorted(set(before.values())) if g != before[first])
    moved = {f"b-{b}": str(int(g[-3:])) for b, g in before.items()} | {f"b-{first}": str(int(other[-3:]))}
    page = text(_page(cast, plan, {**moved, "do": "measure"}))
    assert "手工改过" in page
    assert "应在 23–37 户之间" in page or "40" in page
    plan.refresh_from_db()
    assert plans.drafted_of(plan).grid_of == before
    _page(cast, plan, {**moved, "do": "save", "name": "试试"})
    plan.refresh_from_db()
    assert plans.drafted_of(plan).grid_of[first] == other
    assert plans.drafted_of(plan).objective is None
    assert "试试" in text(seen(cast.cast["community"], plans_page.plans))


def test_locked_grids_stay(cast: Town) -> None:
    plan = _make(cast)
    before = plans.drafted_of(plan).grid_of
    _page(cast, plan, {"do": "replan", "lock": "1"})
    plan.refresh_from_db()
    after = plans.drafted_of(plan).grid_of
    kept = {b for b, g in before.items() if g.endswith("001")}
    assert {b for b, g in after.items() if g.endswith("001")} == kept


def test_an_accepted_plan_holds_from_its_day_and_is_in_the_journal(cast: Town) -> None:
    plan = _make(cast)
    today = civil_day(now())
    past = grids_by_building(COMMUNITY, today)
    day = today + timedelta(days=7)
    answer = _page(cast, plan, {"do": "accept", "day": day.isoformat(), "key": "accept-1"})
    assert answer.status_code == 302, text(answer)
    assert grids_by_building(COMMUNITY, today) == past
    assert grids_by_building(COMMUNITY, day) == plans.drafted_of(plan).grid_of
    entry = Entry.objects.filter(action="divided", actor=cast.cast["community"].person).get()
    assert json.loads(entry.effect)["grids"] == plans.drafted_of(plan).grid_of
    assert "已采用" in text(_page(cast, plan))
    with pytest.raises(PermissionDenied):
        _page(cast, plan, {"do": "save"})


def test_a_division_does_not_begin_in_the_past_nor_before_a_later_one(cast: Town) -> None:
    plan = _make(cast)
    answer = _page(cast, plan, {"do": "accept", "day": "2020-01-01", "key": "k1"})
    assert answer.status_code == 422
    assert "不能早于今天" in text(answer)
    assert _page(cast, plan, {"do": "accept", "day": "soon", "key": "k2"}).status_code == 422
    day = civil_day(now()) + timedelta(days=30)
    _page(cast, plan, {"do": "accept", "day": day.isoformat(), "key": "k3"})
    GridPlan.objects.exclude(pk=plan.pk).delete()
    seen(cast.cast["community"], plans_page.plans, {"grids": "2", "way": "best", "tolerance": "0.25"})
    second = GridPlan.objects.exclude(pk=plan.pk).get()
    soon = civil_day(now()) + timedelta(days=1)
    assert "已有另一次划分" in text(
        _page(cast, second, {"do": "accept", "day": soon.isoformat(), "key": "k4"})
    )


def test_a_new_building_is_missing_from_an_old_plan_only_until_it_is_placed(cast: Town) -> None:
    plan = _make(cast)
    code = f"{COMMUNITY}B0099"
    buildings.load([BuildingRow(code, T("新楼", "New"), T("乙苑", "Court B"), 6, 3)])
    day = civil_day(now()) + timedelta(days=2)
    answer = _page(cast, plan, {"do": "accept", "day": day.isoformat(), "key": "k9"})
    assert answer.status_code == 422
    assert "每栋楼都要划入一个网格" in text(answer)


def test_the_fewest_moves_from_what_is(cast: Town) -> None:
    plan = _make(cast)
    day = civil_day(now())
    _page(cast, plan, {"do": "accept", "day": day.isoformat(), "key": "k10"})
    GridPlan.objects.all().delete()
    again = _make(cast, way="nearest")
    assert dict(plans.drafted_of(again).grid_of) == grids_by_building(COMMUNITY, day)
    GridPlan.objects.all().delete()
    same = _make(cast, way="present")
    assert dict(plans.drafted_of(same).grid_of) == grids_by_building(COMMUNITY, day)


@pytest.mark.parametrize("who", ["grid", "property", "next_grid", "window"])
def test_others_neither_look_nor_plan(cast: Town, who: str) -> None:
    plan = _make(cast)
    with pytest.raises(PermissionDenied):
        seen(cast.cast[who], plans_page.plans)
    with pytest.raises(PermissionDenied):
        _page(cast, plan, who=who)
    with pytest.raises(PermissionDenied):
        _page(cast, plan, {"do": "drop"}, who=who)


def test_places_are_taken_away_as_files_that_the_planner_takes(cast: Town) -> None:
    reader = cast.cast["community"]
    answer = seen(reader, placefiles.place_file, what="buildings", ending="geojson")
    given = json.loads(answer.content)
    problem = problem_of(given, 3, Fraction(1, 4), None, False, 0)
    assert [h.households for h in problem.houses] == [10] * HOUSES
    assert "attachment" in answer["Content-Disposition"]
    for what, ending in (("grids", "gpkg"), ("barriers", "xlsx"), ("grids", "geojson")):
        assert seen(reader, placefiles.place_file, what=what, ending=ending).content
    for what, ending in (("households", "geojson"), ("grids", "exe")):
        with pytest.raises(Http404):
            seen(reader, placefiles.place_file, what=what, ending=ending)
    with pytest.raises(PermissionDenied):
        seen(
            cast.cast["elsewhere"],
            placefiles.place_file,
            query=f"?community={COMMUNITY}",
            what="grids",
            ending="gpkg",
        )


def test_a_plan_is_thrown_away(cast: Town) -> None:
    plan = _make(cast)
    assert _page(cast, plan, {"do": "drop"}).status_code == 302
    assert not GridPlan.objects.exists()


def _compared(cast: Town, a: str, b: str, who: str = "community") -> str:
    return text(seen(cast.cast[who], plancompare.compare, query=f"?a={a}&b={b}&community={COMMUNITY}"))


def test_two_plans_are_compared_by_who_lies_with_whom(cast: Town) -> None:
    """Numbers of grids mean nothing between two plans: what counts is which buildings lie together."""
    plan = _make(cast)
    grid_of = plans.drafted_of(plan).grid_of
    codes = sorted(set(grid_of.values()))
    turned = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    same = _kept(cast, plan, {b: turned[g] for b, g in grid_of.items()})
    assert "两种划分完全相同" in _compared(cast, str(plan.pk), str(same.pk))
    moved = dict(grid_of)
    moved[f"{COMMUNITY}B0001"] = next(g for g in codes if g != grid_of[f"{COMMUNITY}B0001"])
    other = _kept(cast, plan, moved)
    page = _compared(cast, str(plan.pk), str(other.pk))
    assert "两边有 1 栋楼不在同一网格，共 10 户" in page
    assert page.count("plan-house") == 2 * HOUSES
    assert page.count(' apart"') == 2
    assert "20–40" in page


def _kept(cast: Town, plan: GridPlan, grid_of: dict[str, str]) -> GridPlan:
    drafted = plans.by_hand(plans.drafted_of(plan), grid_of)
    return plans.keep(COMMUNITY, "", plans.asked_of(plan), drafted, by=cast.cast["community"], at=now())


def test_the_present_division_and_an_earlier_one_can_be_compared(cast: Town) -> None:
    plan = _make(cast)
    plans.accept(plan, civil_day(now()), by=cast.cast["community"], at=now(), key="plan/k")
    page = _compared(cast, "present", str(plan.pk))
    assert "两种划分完全相同" in page
    assert page.count("现有划分") >= 1
    with pytest.raises(Http404):
        _compared(cast, "present", "no-such-plan")
    with pytest.raises(PermissionDenied):
        _compared(cast, "present", str(plan.pk), who="resident")


def test_a_barrier_drawn_by_mistake_is_taken_away_and_stays_on_record(cast: Town) -> None:
    entering = Entering(now())
    line = BarrierLine(
        uuid5(NAMESPACE_URL, "wall"), COMMUNITY, "wall", "旧围墙", ((112.5605, 37.78), (112.5605, 37.80))
    )
    entering.barrier(line)
    entering.close("00")
    page = text(seen(cast.cast["community"], plans_page.plans))
    assert "围墙 · 旧围墙" in page
    sent = {"clear": str(line.id), "key": "barrier/k1"}
    for _ in range(2):
        assert seen(cast.cast["community"], plans_page.plans, sent).status_code == 302
    assert "旧围墙" not in text(seen(cast.cast["community"], plans_page.plans))
    entry = Entry.objects.get(action="barrier-cleared")
    assert json.loads(entry.effect) == {"community": COMMUNITY, "barrier": str(line.id)}
    with pytest.raises(PermissionDenied):
        seen(cast.cast["grid"], plans_page.plans, sent)
