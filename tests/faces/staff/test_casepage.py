"""What stands beside a case: what waits for approval, the same matter, linked cases, what comes out of it."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import Http404

from linli.cases.models import Case, Link
from linli.faces.web.staff import casepage, new
from linli.rules.programme import CAME_OUT
from linli.rules.refusal import Refused
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces.staff.desk import seen

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 11, 16)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "三楼楼道灯不亮已经一周", "category": "power", "where": HOME}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are read an hour after the first report."""
    for module in (casepage, new):
        monkeypatch.setattr(module, "now", lambda: START + HOUR)


def _reported(cast: Town, matter: str = REPORT["matter"], at: int = START) -> UUID:
    return cast.act(DEMAND, "resident", "report", at, {**REPORT, "matter": matter}).case


def test_what_waits_for_approval_is_said_with_its_reason() -> None:
    """Who asked, why, and the decision as the first step of whoever may take it."""
    cast = town()
    case = _reported(cast)
    cast.act(case, "grid", "void", START, {"reason": "重复登记，前一件已在办"})
    page = seen(cast.cast["community"], casepage.case, case=case).content.decode()
    assert "等待审批：作废" in page
    assert page.index("重复登记，前一件已在办") < page.index("step-void.approve")
    assert page.index("step-void.approve") < page.index("step-settle")


def test_the_same_matter_is_shown_with_the_way_to_join_it() -> None:
    """The link fills the other's number into the form and opens it; nothing else stands there."""
    cast = town()
    first, second = _reported(cast), _reported(cast, "三楼楼道灯不亮，一周没人修", START + 1)
    page = seen(cast.cast["grid"], casepage.case, case=second).content.decode()
    number = Case.objects.get(id=first).number
    assert f"?step=merge&amp;into={number}#step-merge" in page
    meant = seen(cast.cast["grid"], casepage.case, query=f"?step=merge&into={number}", case=second)
    assert f'value="{number}"' in meant.content.decode()


def test_a_merged_case_is_called_so_from_both_sides() -> None:
    cast = town()
    first, second = _reported(cast), _reported(cast, "三楼楼道灯不亮，一周没人修", START + 1)
    cast.act(second, "grid", "merge", START + 2, {"into": Case.objects.get(id=first).number})
    assert "并案到本件" in seen(cast.cast["grid"], casepage.case, case=first).content.decode()
    assert "相关事项" in seen(cast.cast["grid"], casepage.case, case=second).content.decode()


def test_a_case_can_come_out_of_another() -> None:
    """The form knows the place; the new case keeps the link, and both pages show it."""
    cast = town()
    case = _reported(cast)
    assert f"?from={case}" in seen(cast.cast["grid"], casepage.case, case=case).content.decode()
    form: dict[str, Any] = {"type_": "demand", "action": "note_on_visit"}
    asked = seen(cast.cast["grid"], new.new_case, query=f"?from={case}", **form).content.decode()
    assert "三楼楼道灯不亮已经一周" in asked
    assert "1号楼" in asked
    said = {"matter": "楼道扶手也松了", "category": "building", "where": HOME, "key": "k"}
    sent = seen(cast.cast["grid"], new.new_case, said, query=f"?from={case}", **form)
    assert sent.status_code == 302
    made = Case.objects.get(title="楼道扶手也松了")
    assert Link.objects.filter(source=made.id, target=case, relation=CAME_OUT).exists()
    assert "由此产生" in seen(cast.cast["grid"], casepage.case, case=case).content.decode()
    assert "由此而来" in seen(cast.cast["grid"], casepage.case, case=made.id).content.decode()


def test_nothing_comes_out_of_a_case_that_one_does_not_see() -> None:
    """Neither through the page nor through the door."""
    cast = town()
    case = _reported(cast)
    form: dict[str, Any] = {"type_": "demand", "action": "note_on_visit"}
    assert seen(cast.cast["grid"], new.new_case, query=f"?from={case}", **form).status_code == 200
    for unknown in ("00000000-0000-0000-0000-000000000000", "x"):
        with pytest.raises(Http404):
            seen(cast.cast["grid"], new.new_case, query=f"?from={unknown}", **form)
    with pytest.raises(Refused) as refusal:
        cast.act(DEMAND, "resident2", "report", START, REPORT, origins=[(case, CAME_OUT)])
    assert refusal.value.code == "no-such-case"


def test_out_of_like_demands_a_topic_is_opened_in_two_clicks() -> None:
    """The first leads to a form that is filled in as far as can be, the second sends it; all of the demands are linked."""
    cast = town()
    first, second, third = (
        _reported(cast, text, START + n)
        for n, text in enumerate(("三楼楼道灯不亮，一周没人修", "三楼楼道灯不亮已经一周了", REPORT["matter"]))
    )
    page = seen(cast.cast["community"], casepage.case, case=third).content.decode()
    address = next(
        a for a in re.findall(r'href="(/staff/new/topic/open/[^"]+)"', page) if a.count("from=") == 3
    )
    form: dict[str, Any] = {"type_": "topic", "action": "open"}
    query = html.unescape(address.partition("?")[2])
    filled = seen(cast.cast["community"], new.new_case, query=f"?{query}", **form).content.decode()
    assert f'value="{REPORT["matter"]}"' in filled
    facilitator = str(cast.cast["facilitator"].person)
    said = {
        "topic": REPORT["matter"],
        "background": "灯坏了一周",
        "category": "safety",
        "where": HOME,
        "facilitator": facilitator,
    }
    sent = seen(cast.cast["community"], new.new_case, said, query=f"?{query}", **form)
    assert sent.status_code == 302
    topic = Case.objects.get(type="topic")
    linked = Link.objects.filter(source=topic.id, relation=CAME_OUT).values_list("target", flat=True)
    assert set(linked) == {first, second, third}


def test_a_topic_does_not_come_out_of_what_one_does_not_see_or_of_too_much() -> None:
    cast = town()
    case = _reported(cast)
    form: dict[str, Any] = {"type_": "topic", "action": "open"}
    for query in (
        f"?from={case}&from=00000000-0000-0000-0000-000000000000",
        "?" + "&".join(f"from={uuid4()}" for _ in range(60)),
    ):
        with pytest.raises(Http404):
            seen(cast.cast["community"], new.new_case, query=query, **form)
