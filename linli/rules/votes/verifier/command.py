"""What the program does when it is started, and what it says."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from itertools import islice

from linli.rules.standalone.bundles import NoBundle, Place, answered, guarded, object_of, option, read
from linli.rules.standalone.hashes import SHA256, Json, root_of_path
from linli.rules.votes.verifier.checking import (
    ALL_MEMBERS,
    VOTE,
    faults,
    law_of,
    root_faults,
    vote_of,
)
from linli.rules.votes.verifier.counting import BALLOT_COLUMNS, table
from linli.rules.votes.verifier.tree import leaf_begin, leaf_hash

RECEIPT_FORMAT = "linli-vote-receipt-1"
SAID = ("owner", "choice", "channel", "cast_at", "salt")
LIMITS = (
    "Limits 局限:",
    "  A false roll is not detected: compare units, areas and owners with the register. 名册造假查不出来，请与登记簿核对。",
    "  A receipt can show somebody else how its owner voted. 回执能向他人证明投了什么票。",
)


def receipt_faults(receipt: Json, members: dict[str, bytes] | None, key: str | None) -> Iterator[str]:
    """What does not hold of a receipt; with a bundle, also whether the ballot is in it."""
    ballot, proof = receipt["ballot"], receipt["proof"]
    leaf = leaf_hash(leaf_begin(receipt["use"]), ballot["n"], [ballot[name] for name in SAID])
    if leaf.hex() != receipt["leaf"]:
        yield "the ballot does not give its leaf; the receipt was changed"
    if proof is None and key:
        yield "the receipt holds no signed root, so that nothing is signed with the key"
    if proof:
        where = f"the root of {proof['day']}"
        yield from (f"{where} {fault}" for fault in root_faults(receipt["use"], proof, key))
        path = [bytes.fromhex(node) for node in proof["path"]]
        root = root_of_path(SHA256, leaf, proof["index"], proof["size"], path)
        if proof["index"] != ballot["n"] - 1 or root is None or root.hex() != proof["root"]:
            yield f"the path does not lead from the ballot to {where}"
    if members is not None:
        yield from _not_in(receipt, leaf, members)


def _not_in(receipt: Json, leaf: bytes, members: dict[str, bytes]) -> Iterator[str]:
    """Whether the bundle holds the ballot where the receipt says."""
    vote, n = vote_of(members), receipt["ballot"]["n"]
    if vote["use"] != receipt["use"]:
        yield "the bundle is of another vote"
    elif vote["kind"] == "public":
        lines = members["leaves.txt"].split()
        if not 1 <= n <= len(lines) or lines[n - 1] != leaf.hex().encode():
            yield f"leaves.txt does not hold the ballot’s hash in line {n}"
    else:
        name, owners = "ballots.csv", vote["kind"] == "owners"
        rows = table(members[name], name, (*BALLOT_COLUMNS, "leaf") if owners else BALLOT_COLUMNS)
        row = next(islice(rows, n - 1, n), []) if n > 0 else []
        if leaf_hash(leaf_begin(vote["use"]), n, row[1:6]) != leaf and row[6:] != [leaf.hex()]:
            yield f"{name} does not hold the ballot under {n}"


def receipt_told(receipt: Json) -> list[str]:
    """What a receipt that holds says."""
    ballot, proof = receipt["ballot"], receipt["proof"]
    told = [
        f"{receipt['number']}: ballot {ballot['n']}, {ballot['choice']}, {ballot['channel']}, {ballot['cast_at']}"
    ]
    if proof is None:
        return [
            *told,
            "NOT YET SIGNED: no signed root covers it yet; ask for the receipt again after the day’s root",
        ]
    told.append(
        f"it is in the tree of {proof['size']} ballots whose root {proof['root']} was signed on {proof['day']}"
    )
    return [
        *told,
        f"signed with {proof['public_key']}; compare root and key with the notice board, or give --key",
    ]


def summary(members: dict[str, bytes]) -> list[str]:
    """What was verified of a bundle without faults, and what that does not say."""
    vote = vote_of(members)
    result, roots = vote["result"], vote["roots"]
    passed = "passed 通过" if result["passed"] else "not passed 未通过"
    robust = (
        "the same under all readings"
        if result["robustness"]["same_under_all"]
        else "another reading decides otherwise"
    )
    told = [f"{vote['number']} {vote['title']['zh']} {vote['title']['en']}: {passed}; {robust}"]
    told += [
        f"  {'✓' if s['holds'] else '✗'} {s['clause']}: {s['left']:,} {s['op']} {s['right']:,}"
        for s in result["steps"]
    ]
    told.append(f"{vote['roll']['units']} units, roll {vote['roll']['sha256']}")
    told.append(
        f"{vote['ballots']['n']} ballots, root {vote['ballots']['root']}; decision {vote['decision']}"
    )
    told += _said_of_kind(vote, members)
    if not roots:
        return [*told, "NOT SIGNED: no root is signed; whoever made this could have made it anew", *LIMITS]
    if roots[-1]["size"] < vote["ballots"]["n"]:
        told.append(
            f"NOT SIGNED: ballots {roots[-1]['size'] + 1} to {vote['ballots']['n']} are newer than the last root"
        )
    keys = sorted({root["public_key"] for root in roots})
    return [
        *told,
        f"roots signed with {', '.join(keys)}; compare with what was handed out, or give --key",
        *LIMITS,
    ]


def _said_of_kind(vote: Json, members: dict[str, bytes]) -> Iterator[str]:
    rule, law = vote["rule"], law_of(vote)
    if rule["law"] != law.get("law"):
        yield f"RULE: {rule['law']} {rule['article']} is not the nation’s law that this program knows; read it in {VOTE}"
    if vote["books"]:
        yield f"{vote['books']['vouchers']} vouchers of the book {vote['books']['book']}"
    if vote["kind"] == "public":
        yield "PUBLIC: hashes and totals; that the totals come from these ballots, the auditor’s bundle shows"
    if vote["kind"] == "owners":
        taken = len(re.findall(rb",,[0-9a-f]{64}$", members["ballots.csv"], re.MULTILINE))
        yield "OWNERS: persons have labels; the roll’s own hash can be recomputed from the auditor’s bundle"
        yield f"OWNERS: {taken} ballots were given under a person’s id; their leaves are taken as they stand"


def verified(arguments: list[str], at: Callable[[str], Place], here: Place) -> tuple[list[str], list[str]]:
    """The faults of what the command line names, and what to say where there are none. Raises: NoBundle."""
    key, path = option("--key", arguments), option("--receipt", arguments)
    if path is None:
        members = read(at(arguments[0]) if arguments else here, ALL_MEMBERS)
        found = faults(members, key)
        return found, [] if found else summary(members)
    members_ = read(at(arguments[0]), ALL_MEMBERS) if arguments else None
    try:
        receipt = object_of(at(path).read_bytes(), path)
    except OSError as wrong:
        raise NoBundle(f"{path}: {wrong}") from wrong
    if receipt.get("format") != RECEIPT_FORMAT:
        raise NoBundle(f"{path}: the format is {receipt.get('format')!r}, not {RECEIPT_FORMAT!r}")
    found = guarded("the receipt", lambda: receipt_faults(receipt, members_, key))
    return found, [] if found else [*receipt_told(receipt), *LIMITS]


def main(
    arguments: list[str],
    at: Callable[[str], Place],
    here: Place,
    say: Callable[[str], object],
    warn: Callable[[str], object],
) -> int:
    """Verify what the command line names; 0, 1 or 2. ``at`` makes a path of a text, ``here`` is the program's folder."""
    gc.disable()  # a million ballots hold no cycles
    gc.disable()  # a million ballots hold no cycles
    return answered(lambda: verified([*arguments], at, here), say, warn)
