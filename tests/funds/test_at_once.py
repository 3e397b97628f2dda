"""Two who pay the last money at the same moment, each on a connection of his own: one does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import IntegrityError, connections, transaction

from linli.funds import project
from linli.journal.writes import flush
from linli.rules.books.voucher import Voucher
from linli.rules.ids import new_id
from tests.funds.ledger import (
    FLAT,
    FLAT2,
    HUNDRED,
    NOW,
    SHARD,
    authorised,
    deposit,
    effect_of,
    funded,
    interest,
    payment,
    post,
    stands,
    told,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """The codes with which jobs were refused, in order; empty texts for those that were done."""
    start, found = threading.Barrier(len(jobs)), [""] * len(jobs)

    def work(number: int, job: Callable[[], object]) -> None:
        try:
            start.wait(30)
            job()
        except IntegrityError as refusal:
            found[number] = str(refusal).partition(":")[0].partition(" constraint")[0]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return sorted(found)


def unlocked(book: UUID, *vouchers: Voucher) -> Callable[[], None]:
    """Enters vouchers under the numbers that are next now, without asking the book for its lock: the triggers alone judge."""
    effect = effect_of(book, *vouchers)
    entry = told(new_id(), effect)

    def work() -> None:
        with transaction.atomic():
            flush(project.writes(entry.id, entry.stream, SHARD, entry.seq, NOW, effect))

    return work


def test_the_same_number() -> None:
    for _ in range(5):
        book = funded()
        found = at_once(unlocked(book, interest(1)), unlocked(book, interest(2)))
        assert found[0] == ""
        assert found[1] in {"voucher/number-gap", "leg/too-late", "duplicate key value violates unique"}
        assert stands(book).last == 2


def test_the_last_money_of_an_authority() -> None:
    for _ in range(5):
        book = funded()
        post(book, deposit(HUNDRED, FLAT2))
        authority = authorised(book, HUNDRED)
        jobs = [_paid(book, authority, flat) for flat in (FLAT, FLAT2)]
        assert at_once(*jobs) == ["", "gate/over-limit"]
        assert stands(book).total("1001") == HUNDRED


def _paid(book: UUID, authority: UUID, flat: str) -> Callable[[], None]:
    """A payment of everything as ``act`` makes it: under the lock of the book, which gives the next number."""

    def work() -> None:
        with transaction.atomic():
            post(book, payment(HUNDRED, authority, flat))

    return work


def test_an_objection_and_a_payment() -> None:
    """Either the payment was first, or the objection shuts the gate; the payment never slips past an open objection."""
    for _ in range(5):
        book = funded()
        authority = authorised(book)
        objected = lambda b=book, a=authority: authorised(b, case=a, objections=1)  # noqa: E731
        found = at_once(_paid(book, authority, FLAT), objected)
        paid = stands(book).total("1001") == 0
        assert found == (["", ""] if paid else ["", "gate/objections-open"])
