"""What proves a vote: the roll's and the rule's hash, each ballot's salted leaf, signed roots, the decision's hash, receipts.

Nothing is signed here: the key lives on another floor.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from linli.rules.chain import SALT_BYTES, canonical, hasher, merkle_levels, merkle_path, merkle_root
from linli.rules.compact import compact
from linli.rules.text import T
from linli.rules.votes.ballots import CHANNELS, CHOICES, INVALID, Ballot
from linli.rules.votes.law import Matter, Rule, Share
from linli.rules.votes.roll import Unit, roll_of
from linli.rules.votes.tally import Tally, tally

HASH = "sha256"
ROOT_FORMAT, RECEIPT_FORMAT = "linli-vote-root-1", "linli-vote-receipt-1"
Json = dict[str, Any]
_sha256 = hasher(HASH)


class Cast(NamedTuple):
    """A ballot as its leaf holds it: its number (the first is 1, none is left out), under which owner's or unit's id, the choice, the
    channel, when (ISO 8601 with offset, as it was written down), and a salt of 16 bytes of its own.
    """

    n: int
    owner: str
    choice: str
    channel: str
    cast_at: str
    salt: bytes

    def leaf(self, use: str) -> bytes:
        """The bytes of its leaf in the vote ``use``: canonical JSON. Raises: ValueError for what has no such form."""
        leaf = [use, self.n, self.owner, self.choice, self.channel, self.cast_at, self.salt.hex()]
        text = compact(leaf)
        # Texts and whole numbers are canonical so, but for control characters, among them one that canonical refuses.
        return canonical(leaf) if "\\u" in text else text.encode()


class SignedRoot(NamedTuple):
    """The root over the first ``size`` ballots at the end of a day (ISO), signed (Ed25519) over ``root_message``."""

    day: str
    size: int
    root: bytes
    signature: bytes
    public_key: bytes

    def told(self) -> Json:
        """As vote.json and a receipt hold it; bytes in hex."""
        return {
            "day": self.day, "size": self.size, "root": self.root.hex(), "signature": self.signature.hex(),
            "public_key": self.public_key.hex(),
        }  # fmt: skip


class Objection(NamedTuple):
    """An objection to a ballot: its number, how it was ruled (``invalid``: the ballot counts as invalid; any other word: it stands)."""

    ballot: int
    ruled: str
    reason: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """The books of the vote's fund: the book's id, its chart (``fund``, ``service``), and in the order of the journal the vouchers and
    authorities as ``Voucher.told(number)`` and ``Authority.told()`` give them, each with ``happened`` (µs UTC) besides. An authority
    that changes stands there again.
    """

    book: str
    chart: str
    lines: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that was decided: ``use`` is its case's id, ``number`` the official one, ``day`` that of the decision, ``cost_cents`` what
    was voted on in cents. The units are those of the roll, in any order.
    """

    use: str
    number: str
    title: T
    matter: Matter
    day: date
    place: str
    units: Sequence[Unit]
    ballots: Sequence[Cast]
    rule: Rule
    _: KW_ONLY
    roots: Sequence[SignedRoot] = ()
    cost_cents: int | None = None
    objections: Sequence[Objection] = ()
    books: Accounts | None = None


def root_message(use: str, day: str, size: int, root: bytes) -> bytes:
    """What the signature of a day's root covers; ``day`` is ISO."""
    return canonical({"format": ROOT_FORMAT, "use": use, "day": day, "size": size, "root": root.hex()})


def root_of_leaves(leaves: Sequence[bytes]) -> bytes:
    """The Merkle root over the leaves (``Cast.leaf``) in the order of their numbers."""
    return merkle_root(HASH, leaves)


def rule_told(rule: Rule) -> Json:
    """The whole rule as data: what is published before a vote opens."""
    of = ("area", "heads")
    asked = rule.participation
    return {
        "law": rule.law, "article": rule.article, "clause": rule.clause, "valid_from": rule.valid_from.isoformat(),
        "participation": {name: _share(s) for name, s in zip(of, asked, strict=True)} if asked else None,
        "approval": {name: _share(s) for name, s in zip(of, rule.approval, strict=True)},
        "of": "all" if rule.of_all else "taking part",
    }  # fmt: skip


def _share(share: Share) -> list[str | int]:
    return [share.op, share.part, share.whole]


def rule_hash(rule: Rule) -> str:
    """The hash of the rule (hex), published before a vote opens."""
    return _sha256(canonical(rule_told(rule))).hex()


class _Lines(list[str]):
    """What csv writes to."""

    write = list.append


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as bundles hold it: UTF-8, LF, quotes where they are needed."""
    lines = _Lines()
    written = csv.writer(lines, lineterminator="\n")
    written.writerow(columns)
    written.writerows(rows)
    return "".join(lines).encode()


def roll_csv(units: Iterable[Unit]) -> bytes:
    """The bytes of roll.csv, areas with two decimals; the units as ``on_roll`` gives them."""
    rows = ((u.id, f"{u.area // 100}.{u.area % 100:02d}", u.written, u.status) for u in units)
    return table(("unit", "area", "owners", "status"), rows)


def roll_hash(units: Sequence[Unit]) -> str:
    """The hash of the roll (hex): of the bytes of roll.csv, published before a vote opens. Raises: ValueError."""
    return _sha256(roll_csv(on_roll(units))).hex()


def on_roll(units: Sequence[Unit]) -> list[Unit]:
    """The units as roll.csv holds them: in the order of their ids, owners in order. Raises: ValueError."""
    owners = [tuple(sorted(set(u.owners))) for u in units]
    found = [u._replace(owners=o, written=";".join(o)) for u, o in zip(units, owners, strict=True)]
    for unit in found:
        if any(
            id_ != id_.strip() or not id_ or "\n" in id_ or "\r" in id_ for id_ in (unit.id, *unit.owners)
        ):
            raise ValueError(f"the unit {unit.id!r} or an owner of it has an id that no table can hold")
        if any(";" in owner for owner in unit.owners):
            raise ValueError(f"an owner’s id of {unit.id!r} holds a semicolon, which parts owners")
    return sorted(found, key=lambda u: u.id)


def as_ballots(cast: Sequence[Cast], ruled_invalid: frozenset[int] = frozenset()) -> list[Ballot]:
    """The ballots as they count, in the rows in which they stand. Raises: ValueError for what no bundle could hold."""
    found = []
    for n, b in enumerate(cast, 1):
        at = datetime.fromisoformat(b.cast_at)
        if b.n != n or b.choice not in CHOICES or b.channel not in CHANNELS or at.tzinfo is None:
            raise ValueError(
                f"ballot {n}: expected its number, a choice, a channel and an instant with offset"
            )
        if len(b.salt) != SALT_BYTES:
            raise ValueError(f"ballot {n}: a salt has {SALT_BYTES} bytes")
        choice = INVALID if n in ruled_invalid else b.choice
        found.append(Ballot(n + 1, b.owner, choice, b.channel, at, b.cast_at))
    return found


def ruled_invalid(objections: Sequence[Objection]) -> frozenset[int]:
    """The ballots that count as invalid because an objection to them was upheld."""
    return frozenset(o.ballot for o in objections if o.ruled == INVALID)


def outcome(vote: Vote, objections: Sequence[Objection] | None = None) -> Tally:
    """The vote counted with its objections, or with others (none: as it was cast). Raises: Unfit, ValueError."""
    given = vote.objections if objections is None else objections
    units, ballots = on_roll(vote.units), as_ballots(vote.ballots, ruled_invalid(given))
    return tally(roll_of(units), ballots, vote.matter, vote.day, vote.rule)


def ballots_root(vote: Vote) -> bytes:
    """The root over all ballots of the vote."""
    return root_of_leaves([ballot.leaf(vote.use) for ballot in vote.ballots])


def decision(vote: Vote) -> str:
    """The hash of the decision (hex), which an authority to pay bears. Raises: Unfit, ValueError."""
    return decided(vote, outcome(vote).result.passed, roll_hash(vote.units), ballots_root(vote))


def decided(vote: Vote, passed: bool, roll: str, root: bytes) -> str:
    """The same from what is already known: whether it passed, the roll's hash, the root over all ballots."""
    return _sha256(canonical({
        "use": vote.use, "roll": roll, "rule": rule_hash(vote.rule), "root": root.hex(), "ballots": len(vote.ballots),
        "passed": passed, "day": vote.day.isoformat(), "cost_cents": vote.cost_cents,
    })).hex()  # fmt: skip


def receipt(
    use: str, number: str, ballot: Cast, leaves: Sequence[bytes] = (), root: SignedRoot | None = None
) -> Json:
    """The receipt of a ballot, for its owner's file or QR. With a signed root, and the leaves (``Cast.leaf``) of at least its
    ``size`` first ballots, it holds the proof that the ballot is in it; before that day's end ``proof`` is null.

    Raises: ValueError where the root is not over these leaves, or not over this ballot.
    """
    leaf = ballot.leaf(use)
    told: Json = {
        "format": RECEIPT_FORMAT, "use": use, "number": number,
        "ballot": {**ballot._asdict(), "salt": ballot.salt.hex()}, "leaf": _sha256(b"\0" + leaf).hex(), "proof": None,
    }  # fmt: skip
    if root is None or ballot.n > root.size:
        return told
    levels = merkle_levels(HASH, leaves[: root.size])
    if len(levels[0]) != root.size or leaves[ballot.n - 1] != leaf or levels[-1][0] != root.root:
        raise ValueError(
            f"the root of {root.day} is not over these {len(leaves)} leaves with ballot {ballot.n}"
        )
    path = [node.hex() for node in merkle_path(levels, ballot.n - 1)]
    return {**told, "proof": {"index": ballot.n - 1, "path": path, **root.told()}}
