"""The proof of a vote as a bundle, and what each reader gets: the auditor everything, the owners the rows without ids of persons,
everybody hashes and totals.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from linli.rules.apportionment import apportion
from linli.rules.chain import hasher
from linli.rules.votes.ballots import Ballot
from linli.rules.votes.evidence import (
    HASH,
    Accounts,
    Cast,
    Json,
    Objection,
    SignedRoot,
    Vote,
    as_ballots,
    ballots_root,
    decided,
    decision,
    on_roll,
    outcome,
    receipt,
    roll_csv,
    roll_hash,
    root_message,
    root_of_leaves,
    rule_hash,
    rule_told,
    ruled_invalid,
    table,
)
from linli.rules.votes.reading import told
from linli.rules.votes.roll import DEVELOPER, Unit, roll_of
from linli.rules.votes.tally import Tally, tally
from linli.rules.votes.verifier import script
from linli.rules.votes.wording import Unfit

__all__ = [
    "Accounts", "Cast", "Kind", "Objection", "SignedRoot", "Vote", "ballots_root", "decision", "members", "outcome", "receipt",
    "roll_csv", "roll_hash", "root_message", "root_of_leaves", "rule_hash", "rule_told",
]  # fmt: skip
FORMAT, SCRIPT = "linli-vote-1", "verify_vote.py"
Kind = Literal["audit", "owners", "public"]
Labels = Mapping[str, str]
_sha256 = hasher(HASH)


def labels_of(units: Sequence[Unit]) -> Labels:
    """A label for each person in the order in which they stand on the roll; no unit's id begins like one."""
    label = "o"
    while any(unit.id.startswith(label) for unit in units):
        label += "o"
    found = {DEVELOPER: DEVELOPER}
    for unit in units:
        for owner in unit.owners:
            found.setdefault(owner, f"{label}{len(found)}")
    return found


def labelled(units: Sequence[Unit], labels: Labels) -> list[Unit]:
    """The units with labels for their owners."""
    sets = [tuple(sorted(labels[owner] for owner in unit.owners)) for unit in units]
    return [unit._replace(owners=s, written=";".join(s)) for unit, s in zip(units, sets, strict=True)]


def members(kind: Kind, vote: Vote) -> dict[str, bytes]:
    """The files of a bundle by name, with the program that checks them: ``audit`` holds everything, ``owners`` the rows without ids of
    persons, ``public`` hashes and totals.

    Raises: Unfit where the ballots cannot be counted; ValueError for what no bundle could hold.
    """
    units = on_roll(vote.units)
    labels = labels_of(units)
    named, shown = (labels, labelled(units, labels)) if kind == "owners" else ({}, units)
    leaves = [ballot.leaf(vote.use) for ballot in vote.ballots]
    counted = _counted(vote, shown, named, ruled_invalid(vote.objections))
    about = {**_about(vote, units, labels, leaves, counted.result.passed), "kind": kind}
    found = {"leaves.txt": _hashes(leaves)} if kind == "public" else _rows(vote, shown, named, leaves)
    if kind == "public":
        about |= {**_totals(counted), "objections": len(vote.objections)}
    else:
        as_cast = _as_cast(vote, shown, named) if vote.objections else None
        about |= {
            "result": told(counted),
            "objections": [o._asdict() for o in vote.objections],
            "as_cast": as_cast,
        }
    if vote.books:
        found["books.jsonl"] = _books(vote.books, summed=kind == "public")
    return {"vote.json": _text(about), **found, SCRIPT: script()}


def _hashes(leaves: Sequence[bytes]) -> bytes:
    """The hash of each leaf in a line, so that an owner finds the own one."""
    return b"".join(_sha256(b"\0" + leaf).hex().encode() + b"\n" for leaf in leaves)


def _rows(vote: Vote, units: Sequence[Unit], labels: Labels, leaves: Sequence[bytes]) -> dict[str, bytes]:
    """Every row; with labels for persons where there are any."""
    if labels:
        ballots = _owners_ballots(vote.ballots, labels, leaves)
    else:
        ballots = table(BALLOTS, ((*b[:5], b.salt.hex()) for b in vote.ballots))
    found = {"roll.csv": roll_csv(units), "ballots.csv": ballots}
    return found if vote.cost_cents is None else {**found, "shares.csv": _shares(vote.cost_cents, units)}


def _counted(vote: Vote, units: Sequence[Unit], labels: Labels, invalid: frozenset[int]) -> Tally:
    ballots: list[Ballot] = as_ballots(vote.ballots, invalid)
    if labels:
        ballots = [b._replace(owner=labels.get(b.owner, b.owner)) for b in ballots]
    return tally(roll_of(units), ballots, vote.matter, vote.day, vote.rule)


def _as_cast(vote: Vote, units: Sequence[Unit], labels: Labels) -> Json | None:
    """The result without the objections; None where the ballots cannot be counted without them."""
    try:
        return told(_counted(vote, units, labels, frozenset()))
    except Unfit:
        return None


def _about(vote: Vote, units: Sequence[Unit], labels: Labels, leaves: Sequence[bytes], passed: bool) -> Json:
    roll, root, books = _sha256(roll_csv(units)).hex(), root_of_leaves(leaves), vote.books
    return {
        "format": FORMAT,
        "kind": "",
        "use": vote.use,
        "number": vote.number,
        "title": {"zh": vote.title.zh, "en": vote.title.en},
        "matter": vote.matter,
        "day": vote.day.isoformat(),
        "place": vote.place,
        "roll": {
            "sha256": roll,
            "units": len(units),
            "labelled_sha256": _sha256(roll_csv(labelled(units, labels))).hex(),
        },
        "rule": rule_told(vote.rule),
        "rule_sha256": rule_hash(vote.rule),
        "ballots": {"n": len(leaves), "root": root.hex()},
        "roots": [signed.told() for signed in vote.roots],
        "cost_cents": vote.cost_cents,
        "decision": decided(vote, passed, roll, root),
        "books": {"book": books.book, "chart": books.chart, "vouchers": sum("legs" in x for x in books.lines)} if books else None,
    }  # fmt: skip


def _totals(found: Tally) -> Json:
    """The result without any row of it, and the sums under each reading."""
    whole = told(found)
    flags = Counter(flag.code for flag in found.flags)
    sums = ("total", "taking_part", "agreeing")
    readings = [
        {"name": name, **{k: {s: getattr(getattr(r, k), s) for s in sums} for k in ("area", "heads")}}
        for name, r in found.readings.items()
    ]
    return {
        "result": {**whole, "superseded": len(whole["superseded"]), "flags": dict(sorted(flags.items()))},
        "readings": readings,
    }


def _text(value: Mapping[str, Any]) -> bytes:
    """An object with each of its keys in a line."""
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
    return f"{{\n{lines}\n}}\n".encode()


BALLOTS = ("n", "owner", "choice", "channel", "cast_at", "salt")


def _owners_ballots(ballots: Sequence[Cast], labels: Labels, leaves: Sequence[bytes]) -> bytes:
    """A ballot under a person's id has the person's label, and no salt by which the id could be tried out."""
    rows = (
        (b.n, labels.get(b.owner, b.owner), *b[2:5], "" if b.owner in labels and b.owner != DEVELOPER else b.salt.hex(),
         _sha256(b"\0" + leaf).hex())
        for b, leaf in zip(ballots, leaves, strict=True)
    )  # fmt: skip
    return table((*BALLOTS, "leaf"), rows)


def _shares(cents: int, units: Sequence[Unit]) -> bytes:
    shares = apportion(cents, [u.area for u in units], [u.id for u in units])
    return table(("unit", "cents", "payer"), ((u.id, n, u.payer) for u, n in zip(units, shares, strict=True)))


def _books(books: Accounts, summed: bool) -> bytes:
    lines = (_summed(line) if summed and "legs" in line else line for line in books.lines)
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def _summed(line: Mapping[str, Any]) -> Json:
    """A voucher without holders and memo: what it moves on each account."""
    sums: Counter[str] = Counter()
    for account, _, cents in line["legs"]:
        sums[account] += cents
    return {**line, "memo": "", "legs": [[account, "", cents] for account, cents in sums.items() if cents]}
