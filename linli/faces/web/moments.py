"""How pages say times: as people say them, with the exact time at hand. Times are µs UTC; words are in civil time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from linli.rules.text import T

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NEAR = {
    -1: T("昨天", "yesterday"),
    0: T("今天", "today"),
    1: T("明天", "tomorrow"),
    2: T("后天", "in two days"),
}
_WEEK = "一二三四五六日"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def civil(us: int) -> datetime:
    """The civil time of an instant in µs."""
    return (_EPOCH + timedelta(microseconds=us)).astimezone(timezone.get_default_timezone())


def now() -> int:
    """This instant in µs, for pages that were not given one."""
    return (timezone.now() - _EPOCH) // timedelta(microseconds=1)


def said(us: int, at: int) -> T:
    """An instant seen from ``at``: 今天 14:30, 4月2日 09:12, and with the year where it is another one."""
    then = civil(us)
    return _with_clock(day_said(then.date(), civil(at).date()), f"{then:%H:%M}")


def ends(us: int, at: int) -> T:
    """A time limit seen from ``at``. Midnight belongs to the day that ends: 4月2日 24:00, not 4月3日 00:00."""
    then = civil(us)
    if (then.hour, then.minute, then.second) != (0, 0, 0):
        return said(us, at)
    return _with_clock(day_said(then.date() - timedelta(days=1), civil(at).date()), "24:00")


def _with_clock(day: T, clock: str) -> T:
    return T(f"{day.zh} {clock}", f"{day.en} {clock}")


def day_said(day: date, today: date) -> T:
    """A civil day seen from another one: 今天, 4月2日, 2023年4月2日."""
    near = _NEAR.get((day - today).days)
    if near:
        return near
    zh, en = f"{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return T(zh, en) if day.year == today.year else T(f"{day.year}年{zh}", f"{en} {day.year}")


def weekday(day: date) -> T:
    """The day of the week: 星期二."""
    return T(f"星期{_WEEK[day.weekday()]}", _DAYS[day.weekday()])


def written(day: date) -> T:
    """A civil day as papers write it: 2024年4月2日, 2 April 2024."""
    return T(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def exact(us: int) -> T:
    """The whole of it, to the second: 2024年4月2日 星期二 09:12:05."""
    then = civil(us)
    day, named = written(then.date()), weekday(then.date())
    return T(f"{day.zh} {named.zh} {then:%H:%M:%S}", f"{named.en}, {day.en}, {then:%H:%M:%S}")
