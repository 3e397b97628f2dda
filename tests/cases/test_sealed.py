"""Personal answers that are no contact: sealed at rest, read by whom the definition names, gone when the person is erased."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from linli.cases.models import Case
from linli.cases.rebuild import check
from linli.cases.story import case_page
from linli.journal.append import contents, entries
from linli.rules.check import check as check_definition
from linli.rules.definition import Definition, define
from linli.rules.fields import Text
from linli.rules.registry import installed
from linli.rules.roles import COMMUNITY
from linli.rules.text import T
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY as PLACE
from tests.cases.community import HOME, Town, town

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
ILLNESS = Text(
    "illness", T("病情", "Illness"), required=False, personal=True, seen_by=(COMMUNITY,), at_most=200
)
SAID = "膝关节术后三个月"
REPORT = {"matter": "想请人帮助买菜", "category": "care", "where": HOME, "illness": SAID}


def _with(field: Text) -> Definition:
    """Demands, asking one thing more."""
    plain = installed["demand"]
    programme = plain.programme
    types = tuple(
        replace(t, fields=(*t.fields, field)) if t.key == "demand" else t for t in programme.case_types
    )
    made = define(replace(programme, case_types=types), plain.parameters)
    return next(d for d in made if d.key == "demand")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Town:
    cast = town()
    monkeypatch.setitem(installed._definitions, "demand", _with(ILLNESS))
    return cast


def _told(cast: Town, who: str, case: UUID) -> set[str]:
    page = case_page(case, cast.cast[who], START)
    return {str(v) for _, v in page.facts} | {str(v) for s in page.steps for _, v in s.answers}


def test_it_is_sealed_and_read_by_whom_the_definition_names(asked: Town) -> None:
    """Neither the row nor the content holds it in clear; the community reads it, the window does not."""
    case = asked.act(("demand", PLACE), "resident", "report", START, REPORT).case
    assert SAID not in Case.objects.get(id=case).facts
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM journal_content")
        assert all(SAID not in body and json.dumps(SAID)[1:-1] not in body for (body,) in cursor.fetchall())
    assert SAID in _told(asked, "community", case)
    assert SAID not in _told(asked, "window", case)
    assert list(check()) == []


@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("resident", {}),
        ("window", {"reporter": {"name": "测试来访", "phone": "19900007777"}, "people": 1}),
    ],
)
def test_it_belongs_to_whom_it_is_about(asked: Town, who: str, more: dict[str, object]) -> None:
    """The person named in the form, else who reports."""
    action = "report" if who == "resident" else "receive"
    case = asked.act(("demand", PLACE), who, action, START, {**REPORT, **more}).case
    parts = contents([e.id for e in entries(case)])[entries(case)[0].id]
    mine = next(p for p in parts if "illness" in p.content)
    named = next((p.person for p in parts if "reporter" in p.content), None)
    assert mine.person == (named or asked.cast[who].person)


def test_a_sealed_answer_that_nobody_may_read_is_no_definition() -> None:
    with pytest.raises(ValueError, match="illness: personal, but seen_by names nobody"):
        check_definition(_with(replace(ILLNESS, seen_by=())))
