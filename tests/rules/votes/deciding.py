"""A decided vote with everything around it, to be proved and to be tampered with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from linli.rules.books.gate import DECISION, Authority
from linli.rules.books.voucher import DEPOSIT, PAYMENT, Leg, Voucher, reversal
from linli.rules.text import T
from linli.rules.votes.law import rule_of
from linli.rules.votes.proof import (
    Accounts,
    Cast,
    Objection,
    SignedRoot,
    Vote,
    decision,
    members,
    root_message,
    root_of_leaves,
)
from linli.rules.votes.roll import SOLD, UNDELIVERED, UNSOLD, Unit

Files = dict[str, bytes]
USE, BOOK = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-00000000000b"
DAY = date(2024, 4, 28)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = KEY.public_key().public_bytes_raw()
OPENS = 1_715_700_000_000_000  # 2024-05-14
COST = 123_45


def salt_of(n: int) -> bytes:
    return sha256(b"salt%d" % n).digest()[:16]


def cast(*said: tuple[str, str, str, str]) -> list[Cast]:
    """Ballots of owner, choice, channel and the day and time in Beijing."""
    return [
        Cast(n, owner, choice, channel, f"2024-04-{at}:00+08:00", salt_of(n))
        for n, (owner, choice, channel, at) in enumerate(said, 1)
    ]


UNITS = [
    Unit("单元102", 9050, ("person-b", "person-c"), "person-b;person-c", SOLD),
    Unit("单元101", 9000, ("person-a",), "person-a", SOLD),
    Unit("单元103", 10000, ("person-c",), "person-c", SOLD),
    Unit("单元104, 东", 8000, ("person-d",), "person-d", UNDELIVERED),
    Unit("单元105", 7000, (), "", UNSOLD),
    Unit('单元"106"', 6000, ("person-e", "person-f"), "person-e;person-f", SOLD),
    Unit("单元107", 5001, ("person-g",), "person-g", SOLD),
]
BALLOTS = cast(
    ("单元101", "against", "online", "20T10:00"),
    ("单元102", "agree", "online", "20T11:00"),
    ("person-c", "agree", "paper", "21T09:00"),
    ("单元101", "agree", "paper", "21T10:00"),
    ("person-d", "against", "online", "22T08:00"),
    ("developer", "agree", "paper", "23T08:00"),
    ('单元"106"', "abstain", "online", "24T20:15"),
    ("单元107", "agree", "online", "25T07:59"),
)


def roots_of(use: str, ballots: Sequence[Cast], sizes: dict[str, int]) -> list[SignedRoot]:
    """The root of each day over so many first ballots, signed."""
    found = []
    for day, size in sizes.items():
        root = root_of_leaves([b.leaf(use) for b in ballots[:size]])
        found.append(SignedRoot(day, size, root, KEY.sign(root_message(use, day, size, root)), PUBLIC_KEY))
    return found


def vote(**changed: Any) -> Vote:
    """The vote, or one with something changed; the roots are signed over what its ballots are."""
    whole = replace(
        Vote(
            USE, "维2024-17", T("屋面防水", "Roof waterproofing"), "use-fund", DAY, "140105001001", UNITS, BALLOTS,
            rule_of("use-fund", DAY), cost_cents=COST,
        ),
        **changed,
    )  # fmt: skip
    sizes = {"2024-04-20": 2, "2024-04-21": 4, "2024-04-22": 5, "2024-04-25": len(whole.ballots)}
    return whole if "roots" in changed else replace(whole, roots=roots_of(whole.use, whole.ballots, sizes))


def with_books(decided: Vote) -> Vote:
    """The vote with a book in which its decision is paid from, one payment being reversed and made anew."""
    authority = Authority(USE, BOOK, DECISION, decision(decided), COST, OPENS)
    deposit = Voucher(DEPOSIT, "2024-01-02", "交存", (Leg("1001", "", 50000), Leg("3001", "单元101", -50000)))
    payment = Voucher(
        PAYMENT, "2024-05-20", "工程款", (Leg("5001", "", 12000), Leg("1001", "", -12000)), authority=USE
    )
    back = reversal(payment, 2, "2024-05-21", "红字冲销")
    vouchers = [deposit, payment, back, payment]
    told = [{**v.told(n), "happened": OPENS + n * 1_000_000} for n, v in enumerate(vouchers, 1)]
    return replace(
        decided, books=Accounts(BOOK, "fund", [{**authority.told(), "happened": OPENS - 5}, *told])
    )


def objected() -> Vote:
    """The vote with two objections, of which one was upheld."""
    return vote(objections=[Objection(8, "invalid", "签名不是业主本人"), Objection(2, "stands", "查无此事")])


def audit(decided: Vote | None = None) -> Files:
    return members("audit", decided or with_books(vote()))


def changed(files: Files, name: str, old: str, new: str, count: int = 1) -> Files:
    """A file with the first of a text replaced."""
    text = files[name].decode()
    assert old in text
    return {**files, name: text.replace(old, new, count).encode()}


def with_told(files: Files, at: str, value: object) -> Files:
    """vote.json with one value changed; ``at`` is a path of keys."""
    whole = inner = json.loads(files["vote.json"])
    *way, last = at.split(".")
    for key in way:
        inner = inner[int(key) if key.isdigit() else key]
    inner[int(last) if last.isdigit() else last] = value
    return {**files, "vote.json": json.dumps(whole).encode()}
