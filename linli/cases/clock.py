"""The clock: enters what became due — reminders, overdue stages, climbing — through the same door as everybody."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import Q

from linli.cases import uncovered
from linli.cases.act import act
from linli.cases.advance import Row
from linli.cases.calendars import current_calendar
from linli.cases.loading import lock_case
from linli.cases.models import Case, Lease
from linli.cases.uploads import drop_unclaimed
from linli.journal import anchor
from linli.rules.actor import THE_CLOCK
from linli.rules.deadlines import due_steps
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, civil_day

log = logging.getLogger(__name__)
LEASE = 60_000_000
"""How long a lease holds, in µs; it is renewed at every round."""
UNCLAIMED = DAY
"""How long a photo that no act names is kept, in µs: somebody who writes for a whole day loses none."""
MINUTE = HOUR // 60
"""So often the clock looks which communities are to be counted anew; with some left it goes on in the next round."""
_ACTIONS = {
    ("remind", "stage"): "clock.remind",
    ("overdue", "stage"): "clock.overdue",
    ("overdue", "total"): "clock.overdue_total",
    ("climb", "stage"): "clock.climb",
    ("reckon", "stage"): "clock.reckon",
    ("reckon", "total"): "clock.reckon_total",
}
_BATCH, _MOST_STEPS = 500, 12


def tick(now: int) -> int:
    """Enter everything that is due at ``now`` (µs UTC) on every case that goes on. Returns how many entries were made."""
    return sum(_wake(case, now) for case in _due(now))


def _due(now: int) -> Iterator[UUID]:
    """The cases with something to do, from the oldest on; one that stays where it is does not keep the others waiting."""
    woken = Q()
    while True:
        waiting = Case.objects.filter(woken, wake__lte=now).order_by("wake", "id")
        batch = list(waiting.values_list("wake", "id")[:_BATCH])
        yield from (case for _, case in batch)
        if len(batch) < _BATCH:
            return
        wake, case = batch[-1]
        woken = Q(wake__gt=wake) | Q(wake=wake, id__gt=case)


def reckon(now: int) -> int:
    """Reckon provisional deadlines anew under the calendar in force. Returns how many entries were made."""
    provisional = Case.objects.filter(live=True, clock__contains='"prov":true')
    return sum(_wake(case, now) for case in provisional.values_list("id", flat=True))


def _wake(case: UUID, now: int) -> int:
    """Do the steps of one case; a fault of one case is in the log and does not keep the others waiting."""
    try:
        return _steps(case, now)
    except Exception as fault:  # whatever it is, other deadlines do not wait for it
        log.error("the clock passes over case %s: %s", case, type(fault).__name__)
        return 0


def _steps(case: UUID, now: int) -> int:
    """One step after the other, since a step can bring the next; under the case's lock, so that nobody acts between
    the look and the step.
    """
    with transaction.atomic():
        for made in range(_MOST_STEPS):
            locked = lock_case(case)
            if locked is None or not _step(locked[1], now):
                return made
    return _MOST_STEPS


def _step(row: Row, now: int) -> bool:
    """Enter the first thing that is due on the case; False when there is none."""
    steps = due_steps(dict(row.clock), now, current_calendar()) if row.wake <= now or row.live else []
    action = (steps[0][1] if steps[0][0] == "timer" else _ACTIONS[steps[0][:2]]) if steps else ""
    if action not in installed[row.type].actions:
        return False
    happened = max(steps[0][2], row.opened)
    try:
        act(
            row.id,
            action,
            THE_CLOCK,
            {},
            key=f"clock/{row.id}/{row.seq + 1}/{action}",
            happened=happened,
            recorded=now,
        )
    except Refused:
        return False
    return True


def hold_lease(holder: str, now: int) -> bool:
    """Take or renew the one lease; False while another process holds it."""
    with transaction.atomic():
        lease, _ = Lease.objects.select_for_update().get_or_create(
            name="clock", defaults={"holder": holder, "until": 0}
        )
        if lease.holder != holder and lease.until > now:
            return False
        lease.holder, lease.until = holder, now + LEASE
        lease.save()
        return True


def release_lease(holder: str) -> None:
    """Give the lease back, so that the next clock need not wait until it runs out."""
    Lease.objects.filter(name="clock", holder=holder).update(until=0)


class Rounds:
    """What the holder of the lease does, round after round."""

    def __init__(self) -> None:
        self.anchored: date | None = None
        self.calendar, self.swept, self.counted = "", 0, 0

    def go(self, now: int) -> int:
        """One round at ``now`` (µs UTC). Returns how many entries were made."""
        made = 0
        calendar = current_calendar().version
        if self.calendar != calendar:
            made, self.calendar = reckon(now), calendar
        made += tick(now)
        if now - self.swept >= HOUR:
            self.swept = now
            drop_unclaimed(now - UNCLAIMED)
        if now - self.counted >= MINUTE:
            self.counted = 0 if uncovered.sweep(now) else now
        if self.anchored != civil_day(now):
            self.anchored = civil_day(now)
            anchor_day(now)
        return made


def once(holder: str, now: int) -> int | None:
    """One round at ``now`` (µs UTC) under the lease. Returns how many entries were made; None while another clock runs."""
    if not hold_lease(holder, now):
        return None
    try:
        return Rounds().go(now)
    finally:
        release_lease(holder)


def run(holder: str, every: float, going: Callable[[], bool], report: Callable[[int], None]) -> None:
    """A round every ``every`` seconds while ``going()``; only the holder of the lease does it. A database that is away
    is in the log, and the next round tries again.
    """
    rounds = Rounds()
    while going():
        close_old_connections()
        now = time.time_ns() // 1000
        try:
            made = rounds.go(now) if hold_lease(holder, now) else 0
        except DatabaseError as fault:
            log.error("a round of the clock failed: %s", type(fault).__name__)
            made = 0
        if made:
            report(made)
        time.sleep(every)


def anchor_day(now: int) -> bool:
    """Sign the heads for the day of ``now`` (µs UTC), if that is not done yet. What stands in the way is in the log, and
    the clock goes on: deadlines do not wait for a fault of the journal.
    """
    try:
        return anchor.due(now) and anchor.make(now)[1]
    except (anchor.Broken, ImproperlyConfigured) as wrong:
        log.error("the day is not anchored: %s", wrong)
        return False
