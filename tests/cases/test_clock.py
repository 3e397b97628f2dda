"""The clock on cases: each step once, at its own time, however late or often the clock comes round."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from linli.cases import clock, uploads
from linli.cases.advance import Row
from linli.cases.calendars import current_calendar, overrides_file
from linli.cases.clock import Rounds, hold_lease, tick
from linli.cases.models import Case, Count, Upload
from linli.cases.rebuild import check
from linli.journal.append import entries
from linli.rules.deadlines import wake
from linli.rules.ids import new_id
from linli.rules.worktime import DAY, HOUR, clock_text, day_start, worked
from tests.cases.community import COMMUNITY, HOME, Town, town

pytestmark = pytest.mark.django_db
MINUTE = 60_000_000
MONDAY = day_start(date(2026, 3, 2))
START = MONDAY + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
STEPS = ["clock.overdue 2026-03-02 15:30", "clock.climb 2026-03-03 18:00", "clock.climb 2026-03-04 18:00"]


def report(cast: Town, at: int = START, **more: Any) -> UUID:
    """A demand that must be filed within four working hours: until half past three."""
    return cast.act(DEMAND, "resident", "report", at, {**REPORT, **more}).case


def told(case: UUID) -> list[str]:
    """What the clock entered, each with the time at which it happened."""
    return [f"{e.action} {clock_text(e.happened)}" for e in entries(case) if e.action.startswith("clock.")]


def run(case: UUID, name: str = "stage") -> dict[str, Any]:
    """The clock as the projection has it."""
    return dict(json.loads(Case.objects.get(id=case).clock)[name])


def counted(case: UUID) -> dict[str, int]:
    """What the deadlines of the case add to the figures."""
    found: dict[str, int] = {}
    for row in Count.objects.filter(case=case, counter__contains="stage."):
        found[row.counter] = found.get(row.counter, 0) + row.amount
    return {k: n for k, n in found.items() if n}


def handling(cast: Town, at: int) -> UUID:
    """A demand that a unit has accepted: two working days to handle it."""
    case = report(cast, at)
    cast.act(case, "grid", "file", at + 1)
    cast.act(case, "community", "dispatch", at + 2, {"units": ["property"]})
    cast.act(case, "property", "accept", at + 3)
    return case


def test_overdue_work_climbs_at_the_right_working_time() -> None:
    cast = town()
    case = report(cast)
    tick(MONDAY + 15 * HOUR + 30 * MINUTE)
    assert told(case) == ["clock.remind 2026-03-02 11:00"]
    tick(MONDAY + 15 * HOUR + 30 * MINUTE + 1)
    assert told(case)[1:] == STEPS[:1]
    tick(MONDAY + 42 * HOUR)
    assert told(case)[1:] == STEPS[:2]
    tick(MONDAY + 66 * HOUR)
    assert told(case)[1:] == STEPS


def test_a_clock_that_was_off_for_days_enters_the_same_in_one_round() -> None:
    """Every step bears its own time, in order; only the reminder, which would come too late, is left out."""
    cast = town()
    case = report(cast)
    for hour in range(9, 24 * 9, 3):
        tick(MONDAY + hour * HOUR)
    again = report(cast, START + 14 * DAY)
    tick(START + 60 * DAY)
    steps = [e for e in entries(again) if e.action.startswith("clock.")]
    assert [f"{e.action} {clock_text(e.happened - 14 * DAY)}" for e in steps[:3]] == told(case)[1:4] == STEPS
    assert [e.action for e in steps[3:]] == ["clock.overdue_total"]
    assert [e.happened for e in steps] == sorted(e.happened for e in steps)
    assert all(e.recorded == START + 60 * DAY for e in steps)
    assert not list(check())


def test_a_second_round_adds_nothing() -> None:
    cast = town()
    case = report(cast)
    now = START + 5 * DAY
    assert tick(now) == 3
    before = told(case)
    assert (tick(now), tick(now + 1), told(case)) == (0, 0, before)
    assert counted(case) == {"late.stage.reported": 1}


def test_reminders_wait_for_business_hours() -> None:
    """A clock that comes back at night reminds nobody; in the morning it does, if there is still time."""
    cast = town()
    case = report(cast, MONDAY + 16 * HOUR + 30 * MINUTE, category="noise")
    assert clock_text(run(case)["remind"]) == "2026-03-03 09:00"
    early = report(cast, MONDAY + 14 * HOUR + 31 * MINUTE)
    assert clock_text(run(early)["remind"]) == "2026-03-02 16:31"
    assert tick(MONDAY + 22 * HOUR) == 0
    assert tick(MONDAY + DAY + 8 * HOUR + 30 * MINUTE) == 1
    assert (told(early), told(case)) == (["clock.remind 2026-03-02 16:31"], [])
    assert tick(MONDAY + DAY + 9 * HOUR) == 1


def test_who_cannot_move_on_does_not_keep_others_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """More cases than a batch holds wait for the morning; the one behind them is overdue now."""
    cast = town()
    monkeypatch.setattr(clock, "_BATCH", 2)
    for _ in range(5):
        report(cast, MONDAY + 14 * HOUR + 31 * MINUTE)
    late = report(cast, MONDAY + 11 * HOUR + 30 * MINUTE, category="fire")
    assert clock_text(run(late)["due"]) == "2026-03-02 15:00"
    behind = report(cast, MONDAY + 16 * HOUR + 50 * MINUTE, category="fire")
    tick(MONDAY + 22 * HOUR)
    assert told(late) == ["clock.overdue 2026-03-02 15:00"]
    assert told(behind) == ["clock.overdue 2026-03-02 17:50"]


def test_a_fault_at_one_case_is_logged_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cast = town()
    broken, sound = report(cast), report(cast)
    real = clock._step

    def step(row: Row, now: int) -> bool:
        if row.id == broken:
            raise KeyError("a thing that nobody foresaw")
        return real(row, now)

    monkeypatch.setattr(clock, "_step", step)
    with caplog.at_level(logging.ERROR):
        assert tick(START + 5 * DAY) == 3
    assert told(broken) == [] and told(sound) == STEPS
    assert str(broken) in caplog.text and "KeyError" in caplog.text


def test_a_pause_stops_the_stage_and_never_the_whole() -> None:
    """Postponed for nine days: the unit gets its working time back, the case its deadline as it was."""
    cast = town()
    case = handling(cast, START)
    stage, total = run(case), run(case, "total")
    asked, held, resumed = START + HOUR, START + 3 * HOUR, START + 9 * DAY
    cast.act(case, "community", "postpone", asked, {"reason": "等材料", "until": "2026-03-11"})
    assert run(case)["due"] == stage["due"]
    cast.act(case, "street", "postpone.approve", held)
    assert Case.objects.get(id=case).wake == total["due"]
    assert tick(START + 8 * DAY) == 0
    cast.act(case, "property", "resume", resumed)
    lost = worked(held, resumed, current_calendar())
    assert worked(stage["due"], run(case)["due"], current_calendar()) == lost > 0
    assert run(case, "total") == total
    assert not list(check())


def test_an_overdue_stage_that_was_paused_climbs_on() -> None:
    """A postponement rests the climbing; it goes on from the level that it had reached."""
    cast = town()
    case = handling(cast, START)
    tick(START + 3 * DAY)
    climbed = Case.objects.get(id=case).climbed
    assert climbed == 1
    cast.act(
        case, "community", "postpone", START + 3 * DAY + HOUR, {"reason": "等材料", "until": "2026-03-11"}
    )
    cast.act(case, "street", "postpone.approve", START + 3 * DAY + 2 * HOUR)
    assert tick(START + 7 * DAY) == 0
    cast.act(case, "property", "resume", START + 7 * DAY)
    tick(START + 8 * DAY + 10 * HOUR)
    assert Case.objects.get(id=case).climbed == 2
    assert counted(case)["late.stage.handling"] == 1


def test_an_extension_asks_the_next_level_only_when_it_is_missed_too() -> None:
    cast = town()
    case = handling(cast, START)
    tick(START + 3 * DAY)
    cast.act(case, "property", "extend", START + 3 * DAY + 1, {"days": 2, "reason": "等材料"})
    cast.act(case, "street", "extend.approve", START + 3 * DAY + 2)
    longer = run(case)["due"]
    assert clock_text(longer) == "2026-03-06 18:00"
    tick(longer - 1)
    assert Case.objects.get(id=case).climbed == 1
    tick(longer + 3 * DAY)
    assert Case.objects.get(id=case).climbed >= 2
    assert counted(case)["late.stage.handling"] == 1


def test_word_that_comes_late_of_work_done_in_time_takes_the_miss_back() -> None:
    """A phone without a network: what happened in time counts as in time, and the entry of the clock stays."""
    cast = town()
    case = report(cast)
    tick(START + DAY)
    assert counted(case) == {"late.stage.reported": 1}
    cast.act(case, "grid", "file", START + HOUR)
    assert counted(case) == {"on_time.stage.reported": 1}
    assert [e.action for e in entries(case)] == ["report", "clock.overdue", "file"]
    assert not list(check())


def test_an_extension_after_the_miss_takes_nothing_back() -> None:
    cast = town()
    case = handling(cast, START)
    tick(START + 3 * DAY)
    cast.act(case, "property", "extend", START + 3 * DAY + 1, {"days": 9, "reason": "等材料"})
    cast.act(case, "street", "extend.approve", START + 3 * DAY + 2)
    said = {"outcome": "explained", "answer": "好"}
    cast.act(case, "property", "handle", START + 3 * DAY + 3, said)
    assert counted(case)["late.stage.handling"] == 1
    assert "on_time.stage.handling" not in counted(case)


def test_beginning_a_stage_anew_is_no_deadline_met() -> None:
    """Correcting the category twice and filing in time counts once."""
    cast = town()
    case = report(cast)
    for number, category in enumerate(("water", "fire"), 1):
        cast.act(case, "grid", "recategorise", START + number, {"category": category})
    assert counted(case) == {}
    assert run(case)["span"] == "1 working hours"
    cast.act(case, "grid", "file", START + 9)
    assert counted(case) == {"on_time.stage.reported": 1}


def test_one_holds_the_lease_until_it_runs_out() -> None:
    assert hold_lease("one", START)
    assert not hold_lease("two", START + 1)
    assert hold_lease("one", START + clock.LEASE - 1)
    assert not hold_lease("two", START + clock.LEASE)
    assert hold_lease("two", START + 2 * clock.LEASE - 1)
    assert not hold_lease("one", START + 2 * clock.LEASE)


@pytest.fixture
def published() -> Iterator[Path]:
    """The deployment's own calendar file, empty at first, gone afterwards."""
    path = overrides_file()
    yield path
    path.unlink(missing_ok=True)


@pytest.mark.parametrize(("holidays", "workdays", "later"), [("04", "", True), ("", "03", False)])
def test_provisional_deadlines_are_reckoned_anew_when_the_year_is_published(
    published: Path, monkeypatch: pytest.MonkeyPatch, holidays: str, workdays: str, later: bool
) -> None:
    """The year after the last known one: a holiday moves the deadline back, a make-up day moves it on."""
    monkeypatch.setattr(clock, "drop_unclaimed", lambda before: 0)
    monkeypatch.setattr(clock, "anchor_day", lambda now: False)
    cast = town()
    year = max(current_calendar().published) + 1
    filed = day_start(date(year - 1, 12, 30)) + 9 * HOUR
    case = report(cast, filed)
    before, rounds = run(case, "total"), Rounds()
    assert before["prov"] and rounds.go(filed) == 0
    days = {"holidays": holidays, "workdays": workdays}
    lines = [f"{name}: [{year}-01-{day}]" for name, day in days.items() if day]
    published.write_text("\n".join([f"years: [{year}]", *lines]), encoding="utf-8")
    sought = rounds.go(filed + 1)
    after = run(case, "total")
    assert sought == len(told(case)) == (1 if not run(case)["prov"] else 2)
    assert not after["prov"] and after["cal"] == current_calendar().version
    assert (after["due"] > before["due"]) is later and after["due"] != before["due"]
    assert Case.objects.get(id=case).total_due == after["due"]
    assert rounds.go(filed + 2) == Rounds().go(filed + 3) == 0
    assert not list(check())


def test_photos_that_no_act_names_are_dropped_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "anchor_day", lambda now: False)
    made = [START, START + 2 * HOUR]
    for at in made:
        Upload.objects.create(
            id=new_id(), holder="s:x", format="JPEG", width=1, height=1, size=1, digest="", made=at
        )
    rounds = Rounds()
    rounds.go(START + HOUR)
    assert Upload.objects.count() == 2
    rounds.go(START + clock.UNCLAIMED + HOUR)
    assert list(Upload.objects.values_list("made", flat=True)) == made[1:]
    rounds.go(START + clock.UNCLAIMED + 3 * HOUR)
    assert not Upload.objects.exists() and uploads.waiting("s:x") == 0


def test_the_projection_wakes_when_its_clock_does() -> None:
    cast = town()
    case = handling(cast, START)
    row = Case.objects.get(id=case)
    assert row.wake == wake(json.loads(row.clock))
    assert Path(settings.LINLI_HOME).exists()
