"""Builds the demonstration: places, people, then what every programme has to show."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from django.db import connection, transaction

from linli.cases import backup
from linli.cases.models import Case
from linli.cases.playing import Timetable
from linli.config.demonstration import cast, desk, forces, gaps, places, thought, thread
from linli.config.programmes import optional
from linli.journal import dump
from linli.people.models import Account, Duty

SEED = 20240428
RESIDENTS = 420
Report = Callable[[str], None]


def there() -> bool:
    """Whether a demonstration has been built already."""
    return Case.objects.exists()


def is_one() -> bool:
    """Whether what is there is a demonstration and nothing else: its accounts, and no staff that was added to them."""
    staff = Account.objects.filter(person_id__in=Duty.objects.values("person"))
    return staff.filter(demo=True).exists() and not staff.filter(demo=False).exists()


def take_away() -> None:
    """Take the demonstration away with everything that was entered in it, so that it can be built around another day."""
    dump.clear()
    for photo in list(backup.photos()):
        photo.unlink()


def build(report: Report, now: int | None = None, only: Collection[str] = ()) -> None:
    """Build everything as it stands now (µs UTC), or nothing. ``report`` gets a line of progress for each part; ``only`` names the
    programmes that have something to show, where not all shall.
    """
    with transaction.atomic():
        _build(report, now or time.time_ns() // 1000, only)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _build(report: Report, now: int, only: Collection[str]) -> None:
    homes = places.make(SEED)
    report(f"康宁街社区: 33 buildings, 10 grids, {homes} households (invented)")
    people = cast.make(SEED, RESIDENTS)
    report(
        f"{len(people.staff)} staff, {len(people.units)} units, {len(people.residents)} residents (invented)"
    )
    report(f"{forces.work(SEED, now)} helpers in the grids (invented)")
    desk.stand_in(people, now)
    table = Timetable()
    for module in optional("demo", only):
        module.play(people, places.COMMUNITY, SEED, now, table)
    if not only:
        thread.play(people, places.COMMUNITY, now, table)
    table.run(now)
    for part, acts in table.played.items():
        report(f"{part}: {acts} acts")
    desk.lay_out(people, now)
    report(f"a plan of the grids that would move {thought.of(people, now)} buildings")
    report(f"gaps of coverage, left on purpose: {gaps.leave(people, now)}")
