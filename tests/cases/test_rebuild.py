"""Whatever is changed behind the journal's back is found, named with its case, and made good by a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import F

from linli.cases.clock import tick
from linli.cases.models import Case, Count, Link, Notice, Numbering, Seat, Tally
from linli.cases.rebuild import check, rebuild
from linli.journal.writes import flush
from linli.rules.ids import new_id
from linli.rules.worktime import DAY, HOUR, day_start
from linli.search.grams import forget, matching
from tests.cases.community import COMMUNITY, HOME, Town, town

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
CONTACT = {"name": "测试访客", "phone": "19900001111"}
TABLES = (Case, Seat, Tally, Count, Link, Notice, Numbering)


def lived(cast: Town) -> UUID:
    """A case with every projection: two reporters' worth of people, a link, notices, figures; late."""
    main = cast.act(DEMAND, "resident", "report", START, REPORT).case
    case = cast.act(DEMAND, "window", "receive", START, {**REPORT, "people": 2, "reporter": CONTACT}).case
    cast.act(case, "resident2", "support", START + 1)
    cast.act(case, "grid", "merge", START + 2, {"into": str(main)})
    tick(START + 3 * DAY)
    cast.act(case, "grid", "release", START + 3 * DAY + 1)
    cast.act(case, "grid", "void", START + 3 * DAY + 2, {"reason": "重复"})
    cast.act(case, "community", "void.decline", START + 3 * DAY + 3, {"approval_note": "不重复"})
    return case


def everything() -> dict[str, list[dict[str, Any]]]:
    """All projections as they stand, without the database's own ids."""
    found = {}
    for model in TABLES:
        rows = [
            {k: v for k, v in r.items() if k != "id" or model is Case}
            for r in model._default_manager.values()
        ]
        found[model.__name__] = sorted(rows, key=repr)
    return found


def nothing(rows: Any) -> None:
    rows.delete()


FORGERIES: dict[str, tuple[Callable[[UUID], Any], str]] = {
    "a state": (lambda c: Case.objects.filter(id=c).update(state="closed"), "column state"),
    "a deadline": (lambda c: Case.objects.filter(id=c).update(due=F("due") + 1), "column due"),
    "the words": (lambda c: Case.objects.filter(id=c).update(facts='{"matter":"好"}'), "column facts"),
    "the grid": (lambda c: Case.objects.filter(id=c).update(grid=COMMUNITY + "009"), "column grid"),
    "a number": (lambda c: Case.objects.filter(id=c).update(number="LL-2026-0009"), "column number"),
    "no number": (lambda c: Case.objects.filter(id=c).update(number="x"), "column number"),
    "lateness": (lambda c: Case.objects.filter(id=c).update(late=True), "column late"),
    "a seat taken": (lambda c: _seat(c), "seats"),
    "a seat gone": (lambda c: nothing(Seat.objects.filter(case=c)), "seats"),
    "a tally": (lambda c: Tally.objects.filter(case=c, kind="supporter").update(total=99), "tally"),
    "an amount": (lambda c: Count.objects.filter(case=c, counter="received").update(amount=9), "counts"),
    "a count's day": (lambda c: Count.objects.filter(case=c).update(happened=F("happened") - DAY), "counts"),
    "a count's place": (lambda c: Count.objects.filter(case=c).update(place=COMMUNITY), "counts’ places"),
    "a count's grid": (lambda c: Count.objects.filter(case=c).update(grid=None), "counts’ places"),
    "a count gone": (lambda c: nothing(Count.objects.filter(case=c, counter="reported")), "counts"),
    "a notice gone": (lambda c: nothing(Notice.objects.filter(case=c)), "notices"),
    "a notice's time": (lambda c: Notice.objects.filter(case=c).update(happened=0), "notices"),
    "a link": (
        lambda c: Link.objects.create(shard=COMMUNITY, source=c, target=c, relation="x", seq=1),
        "links",
    ),
    "the whole row": (lambda c: nothing(Case.objects.filter(id=c)), "the case row is missing"),
    "the words sought": (lambda c: _forgotten(c), "search"),
    "the series": (
        lambda c: Numbering.objects.update(last=7),
        "the series demand/2026 of 140105006002 stands at 7, not 2",
    ),
}


def _seat(case: UUID) -> None:
    Seat.objects.create(shard=COMMUNITY, case=case, kind="handler", head=str(new_id()), happened=1, seq=1)


def _forgotten(case: UUID) -> None:
    with transaction.atomic():
        flush(forget(case))


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_is_named_and_made_good(what: str) -> None:
    case = lived(town())
    assert not list(check())
    before = everything()
    forge, named = FORGERIES[what]
    forge(case)
    found = list(check())
    assert named in {d.what for d in found}
    assert what == "the series" or {d.case for d in found if d.what == named} == {case}
    assert rebuild() == 2
    assert not list(check())
    assert everything() == before
    assert matching("楼道灯").count() == 2


@pytest.mark.parametrize("model", [Case, Seat, Tally, Count, Link, Notice])
def test_rows_of_a_case_that_never_was_are_found(model: Any) -> None:
    """A copied row under a new id belongs to no entry; nothing else is wrong, and a rebuild takes it away."""
    case = lived(town())
    stranger, column = new_id(), {Case: "id", Link: "source"}.get(model, "case")
    if model is Link:
        Link.objects.create(shard=COMMUNITY, source=stranger, target=case, relation="merged_into", seq=1)
    else:
        row = model._default_manager.filter(**{column: case}).values().first()
        copied = {k: v for k, v in row.items() if k not in ("id", "city", "county", "street", "community")}
        more = {"number": "LL-2025-0001"} if model is Case else {}
        model._default_manager.create(**{**copied, column: stranger, **more})
    found = [d for d in check() if d.case == stranger]
    assert f"{model._meta.model_name} without entries" in {d.what for d in found}
    rebuild()
    assert not list(check())


def test_a_rebuild_of_a_sound_house_changes_nothing() -> None:
    lived(town())
    before, seen = everything(), list[tuple[int, int]]()
    assert rebuild(lambda done, of: seen.append((done, of))) == 2
    assert everything() == before and seen == [(1, 2), (2, 2)]
    assert list(check(lambda done, of: seen.append((done, of)))) == [] and len(seen) == 4
