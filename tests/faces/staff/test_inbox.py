"""收件: what a worker is told without asking, and what his first page offers as the next step."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from linli.cases.news import fresh, looked, news
from linli.faces.web.staff import inbox, today
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}


def _asked(cast: Town) -> UUID:
    case = cast.act(("demand", COMMUNITY), "resident", "report", START, REPORT).case
    cast.act(case, "grid", "void", START + 1, {"reason": "重复登记，前一件已在办"})
    return case


def test_who_asked_hears_what_became_of_it() -> None:
    """A request that was refused stands in the inbox of who asked, once, as new until he looked."""
    cast = town()
    case = _asked(cast)
    cast.act(case, "community", "void.decline", START + 2, {"approval_note": "两件不是同一处"})
    found = news(cast.cast["grid"])
    assert [(n.case.id, n.action.key, n.fresh) for n in found] == [(case, "void.decline", True)]
    assert fresh(cast.cast["grid"]) == 1
    assert news(cast.cast["community"]) == []
    page = text(seen(cast.cast["grid"], inbox.inbox))
    assert "楼道灯不亮" in page
    assert fresh(cast.cast["grid"]) == 0


def test_nobody_reads_news_of_a_case_that_he_no_longer_sees() -> None:
    cast = town()
    case = _asked(cast)
    cast.act(case, "community", "void.decline", START + 2, {"approval_note": "两件不是同一处"})
    elsewhere = type(cast.cast["grid"])(cast.cast["grid"].person, ())
    assert news(elsewhere) == []
    looked(elsewhere, START)


def test_today_offers_the_step_that_waits() -> None:
    """A request before the stage's own step; the resident's own matter offers the officer no step that is not his."""
    cast = town()
    case = _asked(cast)
    assert f"/staff/case/{case}/?step=void.approve#step-void.approve" in text(
        seen(cast.cast["community"], today.today)
    )
    assert f"/staff/case/{case}/?step=file#step-file" in text(seen(cast.cast["grid"], today.today))
