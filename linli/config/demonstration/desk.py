"""What lies on the desks of the demonstration: who stands in for whom today, who opened which field and why, saved lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from linli.cases.lists import Filters
from linli.cases.models import Case, Seat
from linli.cases.saved import keep_view
from linli.config.demonstration.cast import Cast
from linli.config.demonstration.places import COMMUNITY
from linli.people import assigning, persons
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import DAY, HOUR, civil_day

STANDS_IN = (
    ("grid03", "grid04", -2, 5),
    ("window1", "window2", -20, -12),
    ("community2", "community3", -45, -41),
)
"""Whose duty, who stands in, from which day to which, counted from today: one is in force now."""
LOOKS = (
    ("grid", "phone", "居民没接电话，核对一下登记的号码"),
    ("community1", "name", "上门前核对反映人姓名"),
    ("community1", "phone", "回访处理结果是否满意"),
    ("window1", "phone", "通知来窗口取材料"),
    ("community2", "phone", "核实现场时间，约反映人在场"),
    ("street1", "name", "上报件核对是不是同一位反映人"),
    ("grid", "phone", "再次上门前约时间"),
    ("community3", "phone", "到期没有回音，打电话确认"),
)
"""Who opened which field of a reporter, and the reason that he gave."""
VIEWS = (
    ("window1", "水暖电，等着办的", Filters(categories=("water", "heating", "power"))),
    ("window1", "超时的", Filters(show="late")),
    ("window1", "近来办结的", Filters(show="ended", order="newest")),
    ("community1", "轮到我的，最急的在前", Filters(show="mine", order="due")),
    ("community1", "第一网格在办的", Filters(region=f"{COMMUNITY}001")),
    ("street1", "消防和房屋，超时的", Filters(show="late", categories=("fire", "building"))),
)
LIST = "cases"


def stand_in(cast: Cast, now: int) -> None:
    """Name the stand-ins; ``now`` is µs UTC."""
    today = civil_day(now)
    for name, other, first, last in STANDS_IN:
        starts, ends = today + timedelta(days=first), today + timedelta(days=last)
        cast.changes += [starts, ends + timedelta(days=1)]
        assigning.substitute(
            cast.duties[name], cast.staff[other], starts, ends,
            by=THE_SYSTEM, at=now + (first - 1) * DAY, key=f"demo/stand-in/{name}",
        )  # fmt: skip
    cast.changes.sort()


def lay_out(cast: Cast, now: int) -> None:
    """Open fields of reporters for good reasons, and keep lists under names. After everything was played."""
    for number, (case, reporter) in enumerate(_reported(len(LOOKS))):
        who, field, why = LOOKS[number]
        name = who if who != "grid" else f"grid{int((case.grid or '')[12:]):02d}"
        at = min(case.touched + HOUR, now)
        persons.open_(
            reporter, field, why, cast.actor(name, civil_day(at)), at,
            place=case.place, grid=case.grid, case=case.id, key=f"demo/look/{number}",
        )  # fmt: skip
    for who, title, filters in VIEWS:
        keep_view(cast.staff[who], LIST, title, filters.query(), "", now)


def _reported(most: int) -> Sequence[tuple[Case, UUID]]:
    """The latest cases of a building with somebody who reported them, each with him."""
    seats = Seat.objects.filter(kind="reporter").values_list("case", "head")
    heads = {case: UUID(head) for case, head in seats}
    rows = Case.objects.filter(id__in=list(heads), grid__isnull=False).order_by("-opened")[: 2 * most : 2]
    return [(case, heads[case.id]) for case in rows]
