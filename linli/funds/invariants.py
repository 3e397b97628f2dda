"""What the database refuses of the books, as conditions in SQL that SQLite and PostgreSQL share: code, words, when.

A code is stable and stands at the beginning of the database's message. ``NEW`` and ``OLD`` are the rows of the trigger.
"""

# ruff: noqa: S608 - every part of these texts stands in this file or in the chart.

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from linli.rules.books.chart import BANK, CHARTS, DEBIT, Account

Condition = str


class Rule(NamedTuple):
    """One thing that is refused: its code, what it says, the condition under which it refuses."""

    code: str
    says: str
    when: Condition

    @property
    def message(self) -> str:
        """What the database says."""
        return f"{self.code}: {self.says}"


class Dialect(NamedTuple):
    """What the two databases say differently, each a function of column expressions."""

    contains: Callable[[str, str], Condition]
    uuid: Callable[[str], str]
    is_hash: Callable[[str], Condition]
    not_whole: Callable[[str], Condition]
    outside: Condition
    """That a statement comes from no trigger, where the database can tell."""


def _hyphened(column: str) -> str:
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return " || '-' || ".join(f"substr({column}, {at}, {n})" for at, n in parts)


# SQLite keeps a UUID as 32 hex digits, and whatever number it is given: half a cent as well.
SQLITE = Dialect(
    contains=lambda text, part: f"instr({text}, {part}) > 0",
    uuid=_hyphened,
    is_hash=lambda c: f"(length({c}) = 64 AND {c} NOT GLOB '*[^0-9a-f]*')",
    not_whole=lambda c: f"typeof({c}) <> 'integer'",
    outside="",
)
POSTGRESQL = Dialect(
    contains=lambda text, part: f"position({part} in {text}) > 0",
    uuid=lambda c: f"{c}::text",
    is_hash=lambda c: f"({c} ~ '^[0-9a-f]{{64}}$')",
    not_whole=lambda _: "FALSE",
    outside="pg_trigger_depth() < 2",
)

# A reversal sends out no more than its voucher brought in: it is its exact negation.
_LEAVES = "NEW.reverses IS NULL AND s.leaves > 0 AND"
_AUTHORITY = "SELECT 1 FROM funds_authority a WHERE a.id = NEW.authority"
_REVERSED = "NEW.reverses IS NOT NULL AND"
_OLDER = "SELECT 1 FROM funds_voucher r WHERE r.book = NEW.book AND r.number = NEW.reverses"


def _paid(authority: str) -> str:
    """The cents that left the bank under an authority, what came back by reversals taken off."""
    return (
        "(SELECT COALESCE(-SUM(l.cents), 0) FROM funds_voucher v JOIN funds_leg l ON l.voucher = v.id"
        f" WHERE v.authority = {authority} AND l.account = '{BANK}')"
    )


def _codes(accounts: list[Account]) -> str:
    return ", ".join(f"'{a.code}'" for a in accounts)


def _by_chart(test: Callable[[list[Account]], Condition]) -> Condition:
    """A condition on the accounts of the chart that belongs to the kind of the book ``k``; no other kind is known."""
    each = (f"WHEN '{kind}' THEN {test(list(chart.values()))}" for kind, chart in CHARTS.items())
    return f"CASE k.kind {' '.join(each)} ELSE TRUE END"


def _held(accounts: list[Account]) -> str:
    return _codes([a for a in accounts if a.held]) or "''"


def _wrong_side(accounts: list[Account]) -> Condition:
    floored = [a for a in accounts if a.floored and a.code != BANK]
    debits, credits_ = ([a for a in floored if (a.side == DEBIT) == debit] for debit in (True, False))
    sides = ((debits, "<"), (credits_, ">"))
    tests = [f"(l.account IN ({_codes(some)}) AND l.cents {sign} 0)" for some, sign in sides if some]
    return f"({' OR '.join(tests)})" if tests else "FALSE"


def _any(test: Condition, name: str) -> str:
    return f"MAX(CASE WHEN {test} THEN 1 ELSE 0 END) AS {name}"


def sums(of: Dialect) -> str:
    """One pass over the legs of a voucher, as the row ``s`` that its rules read: its plan is the same whatever the tables hold."""
    elsewhere = "l.book <> NEW.book OR l.number <> NEW.number OR l.day <> NEW.day OR l.shard <> NEW.shard"
    columns = (
        "COUNT(*) AS legs, COALESCE(SUM(l.cents), 0) AS total",
        f"COALESCE(-SUM(CASE WHEN l.account = '{BANK}' THEN l.cents ELSE 0 END), 0) AS leaves",
        _any(elsewhere, "elsewhere"),
        _any(f"l.cents = 0 OR {of.not_whole('l.cents')}", "zero"),
        _any(_by_chart(lambda a: f"l.account NOT IN ({_codes(a)})"), "unknown"),
        _any(_by_chart(lambda a: f"l.holder = '' AND l.account IN ({_held(a)})"), "missing"),
        _any(_by_chart(lambda a: f"l.holder <> '' AND l.account NOT IN ({_held(a)})"), "needless"),
    )
    return f"SELECT {', '.join(columns)} FROM funds_leg l JOIN funds_book k ON k.id = NEW.book WHERE l.voucher = NEW.id"


def voucher_rules(of: Dialect) -> list[Rule]:
    """Where a voucher belongs: asked before its legs are read."""
    numbered = """'"number":' || NEW.number || ',"reverses":' || COALESCE(NEW.reverses, 0) || '}'"""
    in_book = f"""'"vouchers":{{"book":"' || {of.uuid("NEW.book")} || '"'"""
    told = f"{of.contains('e.effect', in_book)} AND {of.contains('e.effect', numbered)}"
    entry = 'e.id = NEW.entry AND e.stream = NEW."case" AND e.seq = NEW.seq AND e.happened = NEW.happened'
    return [
        Rule("voucher/no-such-book", "there is no such book in this community",
             "NOT EXISTS (SELECT 1 FROM funds_book k WHERE k.id = NEW.book AND k.shard = NEW.shard)"),
        Rule("voucher/number-gap", "a voucher bears the number after the last one of its book",
             "NOT EXISTS (SELECT 1 FROM funds_book k WHERE k.id = NEW.book AND k.last = NEW.number - 1)"),
        Rule("voucher/no-entry", "no entry of its case tells this voucher",
             f"NOT EXISTS (SELECT 1 FROM journal_entry e WHERE {entry} AND {told})"),
    ]  # fmt: skip


def leg_sum_rules(of: Dialect) -> list[Rule]:
    """What a voucher must be before it moves a balance, by the row ``s``."""
    return [
        Rule("voucher/too-few-legs", "a voucher has two legs or more", "s.legs < 2"),
        Rule("voucher/legs-elsewhere", "a leg names another book, number or day than its voucher", "s.elsewhere = 1"),
        Rule("voucher/zero-leg", "a leg moves nothing, or no whole cents", "s.zero = 1"),
        Rule("voucher/unbalanced", "debits and credits differ", "s.total <> 0"),
        Rule("voucher/unknown-account", "an account is not in the chart of this book", "s.unknown = 1"),
        Rule("voucher/holder-missing", "an account that is kept for each holder names none", "s.missing = 1"),
        Rule("voucher/holder-needless", "an account that has no holders names one", "s.needless = 1"),
        *_reversing(),
        *_gate(of),
    ]  # fmt: skip


def _reversing() -> list[Rule]:
    legs = "(SELECT COUNT(*) FROM funds_leg l WHERE l.voucher = {})"
    matched = (
        "(SELECT COUNT(*) FROM funds_leg l WHERE l.voucher = NEW.id AND -l.cents = (SELECT o.cents FROM funds_leg o"
        " WHERE o.voucher = r.id AND o.line = l.line AND o.account = l.account AND o.holder = l.holder))"
    )
    exact = (
        f"COALESCE({_text('r.authority')}, '') = COALESCE({_text('NEW.authority')}, '')"
        f" AND {legs.format('r.id')} = {matched} AND s.legs = {matched}"
    )
    return [
        Rule("voucher/reverses-nothing", "a reversal, and no other voucher, names the one that it takes back",
             "(NEW.kind = 'reversal') <> (NEW.reverses IS NOT NULL)"),
        Rule("reversal/no-such-voucher", "the voucher to take back is not in this book",
             f"{_REVERSED} NOT EXISTS ({_OLDER} AND r.number < NEW.number)"),
        Rule("reversal/of-a-reversal", "a reversal is not taken back; enter the voucher anew",
             f"{_REVERSED} EXISTS ({_OLDER} AND r.reverses IS NOT NULL)"),
        Rule("reversal/twice", "the voucher was taken back before",
             f"{_REVERSED} EXISTS (SELECT 1 FROM funds_voucher r WHERE r.book = NEW.book"
             " AND r.reverses = NEW.reverses AND r.id <> NEW.id)"),
        Rule("reversal/not-exact", "a reversal is leg by leg the opposite, under the same authority",
             f"{_REVERSED} NOT EXISTS ({_OLDER} AND {exact})"),
    ]  # fmt: skip


def _text(column: str) -> str:
    return f"CAST({column} AS TEXT)"


def _gate(of: Dialect) -> list[Rule]:
    return [
        Rule("gate/no-authority", "nothing authorises this payment", f"{_LEAVES} NOT EXISTS ({_AUTHORITY})"),
        Rule("gate/wrong-book", "the authority is for another book",
             f"{_LEAVES} EXISTS ({_AUTHORITY} AND a.book <> NEW.book)"),
        Rule("gate/no-decision", "the authority bears no hash of a decision",
             f"{_LEAVES} EXISTS ({_AUTHORITY} AND NOT {of.is_hash('a.decision')})"),
        Rule("gate/publicity-running", "the time of publicity has not ended",
             f"{_LEAVES} EXISTS ({_AUTHORITY} AND a.opens > NEW.happened)"),
        Rule("gate/objections-open", "objections are not closed",
             f"{_LEAVES} EXISTS ({_AUTHORITY} AND a.objections <> 0)"),
        Rule("gate/over-limit", "more would be paid than was approved",
             f'{_LEAVES} EXISTS ({_AUTHORITY} AND a."limit" < {_paid("NEW.authority")})'),
        # Else a deposit under an authority would widen it, and what is paid back by a firm be paid out again.
        Rule("gate/money-comes-in", "money that comes in is under no authority, but in a reversal",
             "NEW.reverses IS NULL AND NEW.authority IS NOT NULL AND s.leaves < 0"),
    ]  # fmt: skip


def floors() -> str:
    """One pass over what the voucher left on the accounts that it moved, as the row ``s``."""
    stands = (
        "SELECT x.account, (SELECT b.cents FROM funds_balance b WHERE b.book = x.book AND b.account = x.account"
        " AND b.holder = x.holder) AS cents FROM funds_leg x WHERE x.voucher = NEW.id"
    )
    columns = (
        _any(f"l.account = '{BANK}' AND l.cents < 0", "overdrawn"),
        _any(_by_chart(_wrong_side), "wrong"),
    )
    return f"SELECT {', '.join(columns)} FROM ({stands}) l JOIN funds_book k ON k.id = NEW.book"


def floor_rules() -> list[Rule]:
    """What no balance may be once the voucher has moved it. What holds for each holder holds for their sum."""
    return [
        Rule("floor/bank-overdrawn", "the bank holds less than leaves it", "s.overdrawn = 1"),
        Rule("floor/wrong-side", "an account of a holder would stand below zero", "s.wrong = 1"),
    ]


MOVE_LAST = "UPDATE funds_book SET last = NEW.number WHERE id = NEW.book"
MOVE_BALANCES = (
    "INSERT INTO funds_balance (shard, book, account, holder, cents, number)"
    " SELECT NEW.shard, NEW.book, l.account, l.holder, SUM(l.cents), NEW.number FROM funds_leg l"
    " WHERE l.voucher = NEW.id GROUP BY l.account, l.holder"
    " ON CONFLICT (book, account, holder) DO UPDATE SET cents = funds_balance.cents + excluded.cents,"
    " number = excluded.number"
)


def leg_rule(one: str) -> Rule:
    """No leg joins a voucher that stands, nor a number that was given; ``one`` names the row of the leg."""
    stands = f"v.id = {one}.voucher", f"v.book = {one}.book AND v.number = {one}.number"
    when = " OR ".join(f"(SELECT v.number FROM funds_voucher v WHERE {each}) IS NOT NULL" for each in stands)
    return Rule("leg/too-late", "the voucher stands already", when)


def authority_rules(of: Dialect) -> list[Rule]:
    """An authority is what an entry of its case tells, the newest; never another book's, never below what was paid."""
    earlier = "EXISTS (SELECT 1 FROM funds_authority a WHERE a.id = NEW.id AND {})"
    told = (
        f"""'"authority":{{"book":"' || {of.uuid("NEW.book")} || '","decision":"' || NEW.decision"""
        f""" || '","id":"' || {of.uuid("NEW.id")} || '","kind":"' || NEW.kind || '","limit":' || NEW."limit\""""
        """ || ',"objections":' || NEW.objections || ',"opens":' || NEW.opens || '}'"""
    )
    entry = f"e.id = NEW.entry AND e.stream = NEW.id AND e.seq = NEW.seq AND {of.contains('e.effect', told)}"
    # SQLite would keep a limit as bytes, which are more than any number.
    numbers = " OR ".join(of.not_whole(f"NEW.{c}") for c in ('"limit"', "opens", "objections", "seq"))
    quoted = of.contains("NEW.kind", "'\"'")
    return [
        Rule("authority/unfit", "a number of it is none, or its kind is no word", f"({numbers} OR {quoted})"),
        Rule("authority/no-entry", "no entry of its case tells this authority",
             f"NOT EXISTS (SELECT 1 FROM journal_entry e WHERE {entry})"),
        Rule("authority/no-such-book", "there is no such book in this community",
             "NOT EXISTS (SELECT 1 FROM funds_book k WHERE k.id = NEW.book AND k.shard = NEW.shard)"),
        Rule("authority/other-book", "an authority keeps its book", earlier.format("a.book <> NEW.book")),
        Rule("authority/older-entry", "a later entry told it otherwise", earlier.format("a.seq >= NEW.seq")),
        Rule("authority/under-paid", "more was paid under it than this limit", f'NEW."limit" < {_paid("NEW.id")}'),
    ]  # fmt: skip


def book_rules(of: Dialect) -> list[Rule]:
    """A new book is what an entry of its case opens, of a known kind, with no voucher."""
    told = f"""'"book":{{"id":"' || {of.uuid("NEW.id")} || '","kind":"' || NEW.kind || '"'"""
    entry = f"e.shard = NEW.shard AND e.stream = NEW.id AND {of.contains('e.effect', told)}"
    kinds = ", ".join(f"'{kind}'" for kind in CHARTS)
    return [
        Rule("book/no-entry", "no entry of its case opens this book",
             f"NOT EXISTS (SELECT 1 FROM journal_entry e WHERE {entry})"),
        Rule("book/unknown-kind", "there is no chart for this kind of book", f"NEW.kind NOT IN ({kinds})"),
        Rule("book/not-empty", "a book begins before its first voucher", "NEW.last <> 0"),
    ]  # fmt: skip


BOOK_MOVES = Rule(
    "book/only-by-vouchers",
    "nothing of a book changes but its last number, by the next voucher",
    "NOT (NEW.id = OLD.id AND NEW.shard = OLD.shard AND NEW.kind = OLD.kind AND NEW.title = OLD.title"
    " AND NEW.place = OLD.place AND NEW.last = OLD.last + 1"
    " AND EXISTS (SELECT 1 FROM funds_voucher v WHERE v.book = NEW.id AND v.number = NEW.last))",
)
# Of a voucher of thousands of legs only those of the holder are read, which an index on the voucher would not do.
_MOVED = (
    "(SELECT COALESCE(SUM(CASE WHEN l.voucher = (SELECT v.id FROM funds_voucher v WHERE v.book = NEW.book"
    " AND v.number = NEW.number) THEN l.cents ELSE 0 END), 0) FROM funds_leg l WHERE l.book = NEW.book"
    " AND l.account = NEW.account AND l.holder = NEW.holder AND l.number = NEW.number)"
)
_BY_LAST = "EXISTS (SELECT 1 FROM funds_book k WHERE k.id = NEW.book AND k.shard = NEW.shard AND k.last = NEW.number)"
_BEGINS = (
    f"NOT ({_BY_LAST} AND NEW.cents = {_MOVED} AND NOT EXISTS (SELECT 1 FROM funds_balance b WHERE b.book = NEW.book"
    " AND b.account = NEW.account AND b.holder = NEW.holder AND b.number >= NEW.number))"
)
_MOVES = (
    "NOT (NEW.book = OLD.book AND NEW.account = OLD.account AND NEW.holder = OLD.holder AND NEW.shard = OLD.shard"
    f" AND NEW.number > OLD.number AND {_BY_LAST} AND NEW.cents - OLD.cents = {_MOVED})"
)


def balance_rule(of: Dialect, begins: bool) -> Rule:
    """A balance begins or moves in the voucher's own trigger; where the database cannot say so, by what that would write."""
    when = of.outside or (_BEGINS if begins else _MOVES)
    return Rule(
        "balance/only-by-vouchers", "a balance moves once by each voucher, by what its legs say", when
    )


def title_rules(of: Dialect) -> list[Rule]:
    """A title is open when it is told, by an entry about the titles of its book."""
    in_book = f"""'"titles":{{"book":"' || {of.uuid("NEW.book")} || '"'"""
    entry = f"e.id = NEW.entry AND {of.contains('e.effect', in_book)}"
    return [
        Rule("title/no-entry", "no entry tells titles of this book",
             f"NOT EXISTS (SELECT 1 FROM journal_entry e WHERE {entry})"),
        Rule("title/ended", "a title begins without an end", "NEW.until IS NOT NULL"),
        Rule("title/not-ended", "the title before it has not ended", "EXISTS (SELECT 1 FROM funds_title t"
             " WHERE t.book = NEW.book AND t.unit = NEW.unit AND t.until IS NULL)"),
    ]  # fmt: skip


_KEPT = ("id", "shard", "book", "unit", "area", "status", "owners", "since", "entry")
TITLE_ENDS = Rule(
    "title/frozen",
    "nothing of a title changes but that it ends, once",
    f"NOT ({' AND '.join(f'NEW.{c} = OLD.{c}' for c in _KEPT)} AND OLD.until IS NULL AND NEW.until IS NOT NULL)",
)


def owner_rules(of: Dialect) -> list[Rule]:
    """An owner is one whom the title names."""
    named = of.contains("';' || t.owners || ';'", "';' || NEW.owner || ';'")
    return [
        Rule("owner/not-named", "the title does not name this owner",
             f"NOT EXISTS (SELECT 1 FROM funds_title t WHERE t.id = NEW.title AND t.shard = NEW.shard AND {named})"),
    ]  # fmt: skip
