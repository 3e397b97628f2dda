"""10,000 sign-ups to one popular session from 200 clients at once: never over capacity, the order kept, and how long a client waits.

Each client signs up one resident after the other. As with ``linli serve``, four threads work and take what comes in the order in
which it came; a client's time includes his waiting in that line. Beside it, in the same run and through the same line, one client
alone, so that the ratio says what the crowd costs. Afterwards the journal is asked whether the promises held.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from uuid import UUID, uuid4

CLIENTS, EACH, CAPACITY, PARTY = 200, 50, 400, (1, 2, 1, 3)
ALONE = 1_000
WORKERS = 4
NOW = 1_772_416_800_000_000
DAY = 86_400_000_000


def main() -> None:
    """Print one table for the database that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from tests.cases.community import town

    cast = town()
    session = _session(cast)
    with ThreadPoolExecutor(WORKERS) as server:
        alone = _one_after_the_other(_session(cast), server)
        took, whole = _crowd(session, server)
    _print(connection.vendor, alone, took, whole, _kept(session))


def _session(cast: object) -> UUID:
    """A session whose sign-up is open."""
    from linli.rules.when import when_of
    from tests.cases.community import HOME, Town

    assert isinstance(cast, Town)
    event = {
        "where": HOME,
        "title": "科普电影巡展",
        "kind": "science",
        "about": "人人都想看的一场",
        "whom": "everybody",
        "venues": [{"venue": "一号馆", "address": "示范路 1 号", "access": "step_free", "seats": CAPACITY}],
        "begins_on": "2026-03-02",
        "ends_on": "2026-06-30",
    }
    named = cast.act(("event_programme", HOME), "organiser", "announce", NOW, event).case
    planned = {
        "where": HOME,
        "event": str(named),
        "title": "星空",
        "venue": "一号馆",
        "starts": when_of(NOW + 10 * DAY),
        "minutes": 90,
        "capacity": CAPACITY,
    }
    return cast.act(("event_session", HOME), "organiser", "plan", NOW + 1, planned).case


def _sign_up(session: UUID, person: UUID, persons: int, at: int) -> None:
    from linli.cases.act import act
    from linli.rules.actor import EVERYWHERE, Actor, Grant

    actor = Actor(person, (Grant("resident", EVERYWHERE),))
    answers = {"persons": persons, "of_age": True}
    act(session, "sign_up", actor, answers, key=f"bench/{person}", happened=at, recorded=at)


def _served(session: UUID, person: UUID, persons: int, at: int) -> None:
    """One request as a worker of the server does it; of its connection the worker keeps what the settings let it keep."""
    from django.db import close_old_connections

    close_old_connections()
    _sign_up(session, person, persons, at)
    close_old_connections()


def _one_after_the_other(session: UUID, server: Executor) -> float:
    """Sign-ups a second of one client alone."""
    begun = time.perf_counter()
    for number in range(ALONE):
        party = PARTY[number % len(PARTY)]
        server.submit(_served, session, uuid4(), party, NOW + 2 + number).result()
    return ALONE / (time.perf_counter() - begun)


def _crowd(session: UUID, server: Executor) -> tuple[list[float], float]:
    """The seconds that each sign-up took as its client saw it, and those of all together."""
    took, begin = list[float](), threading.Barrier(CLIENTS + 1)
    threads = [
        threading.Thread(target=_client, args=(session, n, server, took, begin), daemon=True)
        for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    begin.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return took, time.perf_counter() - begun


def _client(
    session: UUID, number: int, server: Executor, took: list[float], begin: threading.Barrier
) -> None:
    begin.wait()
    for turn in range(EACH):
        started = time.perf_counter()
        server.submit(_served, session, uuid4(), PARTY[(number + turn) % len(PARTY)], NOW + 2).result()
        took.append(time.perf_counter() - started)


def _kept(session: UUID) -> list[tuple[str, bool]]:
    """What was promised, as the journal and the projections tell it."""
    from linli.cases.models import Seat, Tally
    from linli.journal.append import entries

    stored = entries(session)
    over, waiting, overtaken, taken = False, False, False, 0
    for entry in stored:
        for op in entry.effect.get("seats", ()):
            if op["kind"] == "place_taken":
                taken += op["m"]["persons"]
                over |= taken > CAPACITY
                overtaken |= waiting
            waiting |= op["kind"] == "queued"
    line = list(
        Seat.objects.filter(case=session, kind="queued").order_by("rank").values_list("seq", flat=True)
    )
    said = Tally.objects.get(case=session, kind="place_taken", measure="persons").total
    everybody = Seat.objects.filter(case=session, kind__in=("place_taken", "queued")).count()
    return [
        ("never more places taken than there are, at any entry", not over and said == taken <= CAPACITY),
        ("nobody got a place after somebody had to wait", not overtaken),
        ("the waiting list is in the order of the journal", line == sorted(line)),
        ("every sign-up is there once", everybody == CLIENTS * EACH),
    ]


def _print(
    name: str, alone: float, took: Sequence[float], whole: float, kept: list[tuple[str, bool]]
) -> None:
    waits = statistics.quantiles(took, n=100)
    through = len(took) / whole
    lines = [
        f"{len(took):,} sign-ups to one session of {CAPACITY} places from {CLIENTS} clients · {name}",
        f"  one client alone    {alone:8.0f} sign-ups/s",
        f"  {CLIENTS} clients         {through:8.0f} sign-ups/s, {WORKERS} at work at a time",
        f"  ratio               {through / alone:8.2f}",
        f"  a client waits      median {waits[49] * 1000:.0f} ms, p95 {waits[94] * 1000:.0f} ms, longest {max(took) * 1000:.0f} ms",
        *(f"  {'kept' if held else 'BROKEN':<8}{what}" for what, held in kept),
    ]
    sys.stdout.write("\n".join(lines) + "\n\n")
    if not all(held for _, held in kept):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
