"""What somebody may try who sends more than the pages offer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.cases.clock import tick
from linli.faces.web.resident import report
from linli.faces.web.staff import cases, duties, figure, figures, new, newduty, opened
from linli.journal.append import entries
from linli.rules.actor import EVERYWHERE, THE_SYSTEM, Actor, Grant
from linli.rules.worktime import DAY, HOUR, day_start
from linli.territory.households import HouseholdRow, load, move_in
from tests.cases.community import COMMUNITY, HOME, town
from tests.faces.staff.desk import seen

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}


def test_nobody_takes_the_key_that_the_clock_will_need() -> None:
    """A report sent under the clock's next key for a case does not keep that case from being overdue."""
    cast = town()
    case = cast.act(("demand", COMMUNITY), "resident", "report", START, REPORT).case
    taken = {**REPORT, "step": "3", "key": f"clock/{case}/2/clock.overdue"}
    assert seen(cast.cast["resident2"], report.report, taken, kind="demand").status_code == 302
    assert tick(START + DAY) > 0
    assert "clock.overdue" in [e.action for e in entries(case)]


def test_an_id_that_is_none_is_told_at_its_field() -> None:
    """Whoever gives a duty with something else than an id is told so; it is no fault of the server."""
    cast = town()
    admin = Actor(cast.cast["community"].person, (Grant("admin", EVERYWHERE),))
    given = {"role": "clerk", "region": COMMUNITY, "starts": "2026-03-02", "person": "nobody"}
    assert seen(admin, newduty.new_duty, given, query=f"?community={COMMUNITY}").status_code == 422
    unit = {**given, "person": str(admin.person), "role": "unit_staff", "unit": "none"}
    assert seen(admin, newduty.new_duty, unit, query=f"?community={COMMUNITY}").status_code == 422


@pytest.mark.parametrize("end", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_calendar_are_told_and_break_nothing(end: str) -> None:
    """Every page that takes a day from the address answers."""
    leader = Actor(town().cast["street"].person, (Grant("leader", COMMUNITY[:9]),))
    pages: list[tuple[Any, dict[str, Any]]] = [
        (figures.figures, {}),
        (figure.figure, {"kind": "demand", "key": "answered"}),
        (opened.opened, {}),
        (cases.cases, {}),
        (duties.duties, {}),
    ]
    for page, names in pages:
        assert seen(leader, page, query=f"?from={end}&to={end}&day={end}", **names).status_code == 200
        assert seen(leader, page, query=f"?from=0001-01-01&to={end}", **names).status_code == 200


def test_nobody_is_named_at_a_door_where_he_never_lived() -> None:
    """By naming somebody by his id one would come to open his number: at a place of one's own, without a reason there."""
    cast = town()
    stranger, neighbour = cast.cast["resident"].person, cast.cast["resident2"].person
    assert stranger and neighbour
    load([HouseholdRow(HOME, "1", "101")])
    move_in(f"{HOME}-1-101", neighbour, date(2026, 1, 1), by=THE_SYSTEM, at=START, key="in")
    visit = {"where": HOME, "door": "1-101", "occasion": "regular", "met": "somebody", "asked": "都好"}
    for person, status in ((stranger, 422), (neighbour, 302)):
        given = {**visit, "member": str(person)}
        assert (
            seen(cast.cast["grid"], new.new_case, given, type_="visit", action="record").status_code == status
        )
