"""Made-up states and times of the style guide: everything in it is seen at 15:20 on 2 April 2024."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from linli.faces.web.parts import Left
from linli.rules.programme import Kind, State
from linli.rules.text import T

COMMUNITY = T("康宁街社区", "Kangningjie Community")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(day: int, hour: int, minute: int = 0) -> int:
    """An hour of April 2024 in civil time, as µs."""
    return (datetime(2024, 4, day, hour, minute, tzinfo=UTC) - timedelta(hours=8) - _EPOCH) // timedelta(
        microseconds=1
    )


NOW = us(2, 15, 20)

REPORTED = State("reported", T("待立案", "Reported"), Kind.OPEN)
HANDLING = State("handling", T("处理中", "In progress"), Kind.OPEN)
VERIFIED = State("verified", T("等您确认", "Waiting for you"), Kind.WAITING)
CLOSED = State("closed", T("已销号", "Closed"), Kind.DONE)
REFUSED = State("refused", T("不予受理", "Not accepted"), Kind.REFUSED)
VOID = State("void", T("已作废", "Void"), Kind.VOID)
STATES = (REPORTED, HANDLING, VERIFIED, CLOSED, REFUSED, VOID)

LATE = Left(T("已超时 3 小时", "3 hours overdue"), "late", us(2, 12, 20))
SOON = Left(T("还剩 2 小时", "2 hours left"), "soon", us(2, 17, 20))
DAY = Left(T("还剩 1 个工作日", "1 working day left"), "", us(3, 18))
WEEK = Left(T("还剩 6 个工作日", "6 working days left"), "", us(13, 0))
