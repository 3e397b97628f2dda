"""The clock: enters what became due — reminders, overdue stages, climbing — through the same door as everybody."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from linli.cases.act import act
from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Lease
from linli.journal import anchor
from linli.rules.actor import THE_CLOCK
from linli.rules.deadlines import due_steps
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import civil_day

log = logging.getLogger(__name__)
LEASE = 60_000_000
"""How long a lease holds, in µs; it is renewed at every round."""
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
    """Enter everything that is due at ``now`` (µs UTC) on every live case. Returns how many entries were made."""
    made, after = 0, (0, UUID(int=0))
    while True:
        due = list(
            Case.objects.filter(live=True, wake__lte=now)
            .order_by("wake", "id")
            .values_list("wake", "id")[:_BATCH]
        )
        if not due or (due[-1][0], due[-1][1]) == after:
            return made
        after = (due[-1][0], due[-1][1])
        made += sum(_wake(case, now) for _, case in due)


def _wake(case: UUID, now: int) -> int:
    """Do the steps of one case one after the other: a step can bring the next."""
    for made in range(_MOST_STEPS):
        row = Case.objects.get(id=case)
        steps = due_steps(json.loads(row.clock), now, current_calendar()) if row.live else []
        if not steps:
            return made
        name, run, happened = steps[0]
        action = _ACTIONS[name, run]
        if action not in installed[row.type].actions:
            return made
        key = f"clock/{case}/{row.seq + 1}/{action}"
        try:
            act(
                case,
                action,
                THE_CLOCK,
                {},
                key=key,
                happened=max(happened, row.opened),
                recorded=now,
                seen=row.seq,
            )
        except Refused:
            return made
    return _MOST_STEPS


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


def run(holder: str, every: float, going: Callable[[], bool], report: Callable[[int], None]) -> None:
    """Tick every ``every`` seconds while ``going()``; only the holder of the lease ticks. Each day is anchored once."""
    anchored = None
    while going():
        now = time.time_ns() // 1000
        if hold_lease(holder, now):
            made = tick(now)
            if made:
                report(made)
            if anchored != civil_day(now):
                anchored = civil_day(now)
                anchor_day(now)
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
