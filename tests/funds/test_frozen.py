"""What stands in the books is neither changed nor removed nor slipped in, on both databases; each way is a test."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from linli.funds.models import Authority, Balance, Book, Leg, Owner, Title, Voucher
from linli.funds.triggers import TABLES
from linli.journal import triggers
from linli.journal.writes import fetch
from linli.rules.ids import new_id
from linli.rules.worktime import DAY as ONE_DAY
from tests.funds.ledger import (
    DAY,
    DECISION,
    FLAT,
    FLAT2,
    HUNDRED,
    NOW,
    SHARD,
    authorised,
    deposit,
    effect_of,
    enter,
    funded,
    interest,
    opened,
    payment,
    post,
    refused,
    run,
    stands,
    told,
)  # fmt: skip

pytestmark = pytest.mark.django_db
MODELS = (Authority, Balance, Book, Leg, Owner, Title, Voucher)


def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def lived() -> tuple[UUID, UUID]:
    """A book with a row in every table, and its authority."""
    book = funded()
    authority = authorised(book)
    post(book, payment(10_00, authority))
    rows = [[FLAT, 90_00, "sold", ["somebody"], "2020-01-01"], [FLAT2, 80_00, "unsold", [], "2020-01-01"]]
    enter(new_id(), {"titles": {"book": str(book), "rows": rows}})
    return book, authority


def test_nothing_is_removed() -> None:
    lived()
    for model in MODELS:
        assert refused(lambda m=model: m._default_manager.all()._raw_delete("default")) == "books/frozen"  # type: ignore[misc]


def test_no_table_is_emptied() -> None:
    lived()
    if on_sqlite():
        return
    connection.check_constraints()  # a deferred one that waits would refuse it first
    for table in TABLES:
        assert refused(lambda t=table: run(f"TRUNCATE {t} CASCADE")) == "books/frozen"  # type: ignore[misc]


CHANGES = {
    "a leg's cents": ("UPDATE funds_leg SET cents = cents + 1", "books/frozen"),
    "a leg's holder": (f"UPDATE funds_leg SET holder = '{FLAT2}' WHERE holder <> ''", "books/frozen"),
    "a voucher's day": ("UPDATE funds_voucher SET day = '2020-01-01'", "books/frozen"),
    "a voucher's authority": ("UPDATE funds_voucher SET authority = NULL", "books/frozen"),
    "an owner": ("UPDATE funds_owner SET owner = 'me'", "books/frozen"),
    "a balance": ("UPDATE funds_balance SET cents = cents - 1 WHERE account = '3001'", "balance/only-by-vouchers"),
    "a balance's voucher": ("UPDATE funds_balance SET number = number + 1", "balance/only-by-vouchers"),
    "a balance's holder": (f"UPDATE funds_balance SET holder = '{FLAT2}' WHERE holder <> ''", "balance/only-by-vouchers"),
    "the last number": ("UPDATE funds_book SET last = last + 1", "book/only-by-vouchers"),
    "the last number back": ("UPDATE funds_book SET last = last - 1", "book/only-by-vouchers"),
    "a book's kind": ("UPDATE funds_book SET kind = 'service'", "book/only-by-vouchers"),
    "a book's place": (f"UPDATE funds_book SET place = '{SHARD[:6]}'", "book/only-by-vouchers"),
    "an authority's limit": ('UPDATE funds_authority SET "limit" = "limit" + 1', "authority/no-entry"),
    "an authority's objections": ("UPDATE funds_authority SET objections = objections - 1", "authority/no-entry"),
    "an authority's publicity": ("UPDATE funds_authority SET opens = 0", "authority/no-entry"),
    "an authority told anew": ("UPDATE funds_authority SET seq = seq", "authority/older-entry"),
    "a title's area": ("UPDATE funds_title SET area = area + 1", "title/frozen"),
    "a title's owners": ("UPDATE funds_title SET owners = 'me'", "title/frozen"),
    "a title's first day": ("UPDATE funds_title SET since = '2019-01-01'", "title/frozen"),
    "a title that begins again": ("UPDATE funds_title SET until = NULL", "title/frozen"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_is_changed(what: str) -> None:
    lived()
    sql, code = CHANGES[what]
    assert refused(lambda: run(sql)) == code


def test_a_leg_is_not_added_later() -> None:
    book, _ = lived()
    ((voucher,),) = fetch("SELECT id FROM funds_voucher WHERE number = 1", uuids=(0,))
    insert = (
        "INSERT INTO funds_leg (voucher, line, shard, book, number, day, account, holder, cents)"
        " VALUES (%s, %s, %s, %s, %s, %s, '1001', '', 5)"
    )
    assert refused(lambda: run(insert, voucher, 3, SHARD, book, 1, DAY)) == "leg/too-late"
    assert refused(lambda: run(insert, voucher, 3, SHARD, book, 99, DAY)) == "leg/too-late"
    assert refused(lambda: run(insert, new_id(), 1, SHARD, book, 1, DAY)) == "leg/too-late"


@pytest.mark.django_db(transaction=True)
def test_legs_without_a_voucher_do_not_survive_the_commit() -> None:
    book = funded()
    insert = (
        "INSERT INTO funds_leg (voucher, line, shard, book, number, day, account, holder, cents)"
        " VALUES (%s, 1, %s, %s, 2, %s, '1001', '', 5)"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        run(insert, new_id(), SHARD, book, DAY)
    assert Leg.objects.count() == 2


def test_a_leg_of_another_book_or_day_is_not_slipped_under() -> None:
    book, other = funded(), funded()
    effect = effect_of(book, interest(5))
    for column, value in (("book", other), ("number", 3), ("day", "2020-01-01"), ("shard", "140105006003")):
        assert refused(lambda c=column, v=value: _slipped(book, effect, c, v)) == "voucher/legs-elsewhere"  # type: ignore[misc]


def _slipped(book: UUID, effect: dict[str, object], column: str, value: object) -> None:
    from linli.funds import project
    from linli.journal.writes import flush

    entry = told(new_id(), effect)
    (sql, params), voucher = project.writes(entry.id, entry.stream, SHARD, 1, NOW, effect)
    at = ("voucher", "shard", "book", "number", "day").index(column)
    flush([(sql, (*params[:at], value, *params[at + 1 :])), voucher])


def test_a_balance_is_not_slipped_in() -> None:
    book, _ = lived()
    insert = (
        "INTO funds_balance (shard, book, account, holder, cents, number) VALUES (%s, %s, %s, %s, %s, %s)"
    )
    ways = ("INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE") if on_sqlite() else ("INSERT",)
    for way in ways:
        for holder, cents, number in (
            (FLAT2, -500, 2),
            (FLAT2, -500, 3),
            (FLAT, 10_00, 2),
            (FLAT, -HUNDRED, 1),
        ):
            args = (f"{way} {insert}", SHARD, book, "3001", holder, cents, number)
            assert refused(lambda a=args: run(*a)) == "balance/only-by-vouchers"  # type: ignore[misc]
    assert stands(book).balances == {("1001", ""): 90_00, ("3001", FLAT): -90_00}


def test_nothing_is_replaced() -> None:
    """``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` take rows away without asking a DELETE trigger, by key or by rowid."""
    book, _ = lived()
    if not on_sqlite():
        return
    for table in TABLES:
        before = fetch(f"SELECT * FROM {table} ORDER BY rowid")
        code = refused(lambda t=table: run(f"INSERT OR REPLACE INTO {t} SELECT * FROM {t}"))  # type: ignore[misc]
        assert code.endswith(
            ("/frozen", "/only-by-vouchers", "/older-entry", "/too-late", "/not-empty", "/not-ended")
        )
        assert fetch(f"SELECT * FROM {table} ORDER BY rowid") == before
        moved = f"UPDATE OR REPLACE {table} SET rowid = (SELECT MAX(rowid) FROM {table}) + 1"
        assert refused(lambda m=moved: run(m)) == "books/frozen"  # type: ignore[misc]
    insert = "INSERT OR REPLACE INTO funds_book (rowid, id, shard, kind, title, place, last) VALUES (1, %s, %s, 'fund', '', %s, 0)"
    fresh = new_id()
    told(fresh, {"book": {"id": str(fresh), "kind": "fund", "title": "", "place": SHARD}})
    assert refused(lambda: run(insert, fresh, SHARD, SHARD)) == "books/frozen"
    assert Book.objects.filter(id=book).exists()


def test_an_outer_conflict_clause_does_not_switch_the_rules_off() -> None:
    book = funded()
    if not on_sqlite():
        return
    from linli.funds import project
    from linli.journal.writes import flush

    for way in ("INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR FAIL", "INSERT OR ROLLBACK"):
        entry = told(new_id(), effect := effect_of(book, payment(5)))
        writes = project.writes(entry.id, entry.stream, SHARD, 1, NOW, effect)
        changed = [(sql.replace("INSERT", way, 1), params) for sql, params in writes]
        assert refused(lambda w=changed: flush(w)) == "gate/no-authority"  # type: ignore[misc]
        good = told(new_id(), effect := effect_of(book, interest(5)))
        writes = project.writes(good.id, good.stream, SHARD, 1, NOW, effect)
        with transaction.atomic():
            flush([(sql.replace("INSERT", way, 1), params) for sql, params in writes])
    assert stands(book).total("1001") == HUNDRED + 20


def test_an_authority_is_what_its_case_tells() -> None:
    book, authority = lived()
    given = {
        "book": str(book), "decision": DECISION, "id": str(authority), "kind": "decision", "limit": 500_00,
        "objections": 0, "opens": NOW,
    }  # fmt: skip
    raised = told(authority, {"authority": given})
    change = 'UPDATE funds_authority SET "limit" = %s, entry = %s, seq = %s WHERE id = %s'
    assert refused(lambda: run(change, 600_00, raised.id, raised.seq, authority)) == "authority/no-entry"
    assert refused(lambda: run(change, 500_00, raised.id, 9, authority)) == "authority/no-entry"
    stranger = told(new_id(), {"authority": given})
    assert refused(lambda: run(change, 500_00, stranger.id, 1, authority)) == "authority/no-entry"
    run(change, 500_00, raised.id, raised.seq, authority)
    first = fetch("SELECT id FROM journal_entry WHERE stream = %s AND seq = 1", (authority,), uuids=(0,))[0][
        0
    ]
    assert refused(lambda: run(change, HUNDRED, first, 1, authority)) == "authority/older-entry"


def test_an_authority_is_made_of_numbers() -> None:
    """Bytes are more than any number to SQLite: a limit of bytes would let everything pass."""
    book, case = funded(), new_id()
    given = {
        "book": str(book), "decision": DECISION, "id": str(case), "kind": "decision", "limit": 5, "objections": 0, "opens": NOW,
    }  # fmt: skip
    entry = told(case, {"authority": given})
    if not on_sqlite():
        return
    insert = (
        'INSERT INTO funds_authority (id, shard, book, kind, decision, "limit", opens, objections, entry, seq)'
        " VALUES (%s, %s, %s, %s, %s, %s, %s, 0, %s, 1)"
    )
    for kind, limit in (("decision", b"5"), ("decision", 5.5), ('decision","limit":5,"x":"', 5)):
        args = (insert, case, SHARD, book, kind, DECISION, limit, NOW, entry.id)
        assert refused(lambda a=args: run(*a)) == "authority/unfit"  # type: ignore[misc]
    run(insert, case, SHARD, book, "decision", DECISION, 5, NOW, entry.id)


def test_an_authority_falls_no_lower_than_what_was_paid_and_keeps_its_book() -> None:
    book, authority = lived()
    assert refused(lambda: authorised(book, 9_99, case=authority)) == "authority/under-paid"
    authorised(book, 10_00, case=authority)
    assert refused(lambda: authorised(funded(), case=authority)) == "authority/other-book"
    assert refused(lambda: authorised(new_id())) == "authority/no-such-book"


def test_a_book_is_opened_by_an_entry_of_its_case() -> None:
    insert = "INSERT INTO funds_book (id, shard, kind, title, place, last) VALUES (%s, %s, %s, '', %s, %s)"
    case = new_id()
    assert refused(lambda: run(insert, case, SHARD, "fund", SHARD, 0)) == "book/no-entry"
    told(case, {"book": {"id": str(case), "kind": "fund", "title": "", "place": SHARD}})
    assert refused(lambda: run(insert, case, SHARD, "service", SHARD, 0)) == "book/no-entry"
    assert refused(lambda: run(insert, case, SHARD, "fund", SHARD, 3)) == "book/not-empty"
    assert refused(lambda: opened("pocket")) == "book/unknown-kind"
    run(insert, case, SHARD, "fund", SHARD, 0)


def test_a_title_follows_a_title() -> None:
    book, _ = lived()
    insert = (
        "INSERT INTO funds_title (id, shard, book, unit, area, status, owners, since, entry)"
        " VALUES (%s, %s, %s, %s, 1, 'sold', 'me', '2026-01-01', %s)"
    )
    entry = fetch("SELECT entry FROM funds_title", uuids=(0,))[0][0]
    assert refused(lambda: run(insert, new_id(), SHARD, book, FLAT, entry)) == "title/not-ended"
    assert refused(lambda: run(insert, new_id(), SHARD, funded(), FLAT, entry)) == "title/no-entry"
    title = Title.objects.get(unit=FLAT).id
    grab = "INSERT INTO funds_owner (owner, title, shard) VALUES ('me', %s, %s)"
    assert refused(lambda: run(grab, title, SHARD)) == "owner/not-named"


def test_every_trigger_is_asked_after() -> None:
    assert triggers.missing() == []
    with transaction.atomic():
        where = "" if on_sqlite() else " ON funds_voucher"
        run(f"DROP TRIGGER funds_voucher_no_wrong{where}")
        assert triggers.missing() == ["funds_voucher_no_wrong"]
        transaction.set_rollback(True)


def test_publicity_is_judged_by_when_the_payment_was_entered() -> None:
    book = funded()
    authority = authorised(book, opens=NOW + ONE_DAY)
    assert refused(lambda: post(book, payment(1, authority), at=NOW)) == "gate/publicity-running"
    post(book, payment(1, authority), at=NOW + ONE_DAY)
    assert deposit(1).paid == -1
