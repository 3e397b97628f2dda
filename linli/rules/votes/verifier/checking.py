"""The checks of a bundle: the roll, the rule, each ballot's leaf, the signed roots, the result, the decision, the shares, the books."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from linli.rules.standalone.bundles import NoBundle, Wrong, guarded, object_of
from linli.rules.standalone.hashes import Json, canonical
from linli.rules.standalone.signature import signed
from linli.rules.votes.verifier.counting import (
    BALLOT_COLUMNS,
    CHANNELS,
    CHOICES,
    DEVELOPER,
    ROLL_COLUMNS,
    Given,
    Home,
    homes,
    outcome,
    result_of,
    robustness,
    table,
)
from linli.rules.votes.verifier.money import HASH, SHARE_COLUMNS, book_faults, shared_out
from linli.rules.votes.verifier.tree import (
    Levels,
    leaf_begin,
    leaf_hash,
    levels_over,
    root_over,
    sha256,
)

FORMAT, ROOT_FORMAT, VOTE = "linli-vote-1", "linli-vote-root-1", "vote.json"
NEEDED = {
    "audit": ("roll.csv", "ballots.csv"),
    "owners": ("roll.csv", "ballots.csv"),
    "public": ("leaves.txt",),
}
ALL_MEMBERS = (VOTE, "roll.csv", "ballots.csv", "leaves.txt", "shares.csv", "books.jsonl")
LAWS: dict[tuple[str, str, str, str], Json] = {
    ("民法典", "278", "2", "2021-01-01"): {
        "participation": {"area": [">=", 2, 3], "heads": [">=", 2, 3]}, "of": "taking part",
        "use-fund": [">", 1, 2], "raise-fund": [">=", 3, 4], "general": [">", 1, 2],
    },
    ("物权法", "76", "2", "2007-10-01"): {
        "participation": None, "of": "all", "use-fund": [">=", 2, 3], "raise-fund": [">=", 2, 3], "general": [">", 1, 2],
    },
}  # fmt: skip
"""The nation's law as this program knows it."""


WORDS = {word: word for word in (*CHOICES, *CHANNELS)}
"""Words that come a million times are kept once."""


def vote_of(members: dict[str, bytes]) -> Json:
    """vote.json, if the bundle is one and complete. Raises: NoBundle."""
    vote = object_of(members.get(VOTE, b""), VOTE)
    if vote.get("format") != FORMAT:
        raise NoBundle(f"{VOTE}: the format is {vote.get('format')!r}, not {FORMAT!r}")
    needed = NEEDED.get(str(vote.get("kind")))
    if needed is None:
        raise NoBundle(f"{VOTE}: {vote.get('kind')!r} is no kind of bundle")
    missing = [name for name in needed if name not in members]
    if missing:
        raise NoBundle(f"{', '.join(missing)} is missing")
    return vote


def faults(members: dict[str, bytes], key: str | None = None) -> list[str]:
    """Everything that does not hold, in plain words. ``key`` is the public key that the roots must be signed with.

    Raises: NoBundle.
    """
    vote = vote_of(members)
    found = guarded("the rule", lambda: rule_faults(vote))
    leaves: list[bytes] = []
    if vote["kind"] == "public":
        found += guarded("leaves.txt", lambda: _listed_faults(members, leaves))
        found += guarded("the totals", lambda: _totals_faults(vote))
    else:
        found += guarded("the rows", lambda: _row_faults(vote, members, leaves))
    found += guarded("the roots", lambda: _tree_faults(vote, leaves, key))
    found += guarded("the decision", lambda: _decision_faults(vote))
    return found + guarded("the money", lambda: _money_faults(vote, members))


def rule_faults(vote: Json) -> Iterator[str]:
    """The rule is the one whose hash was published; where it names the nation's law, it is that."""
    rule = vote["rule"]
    if sha256(canonical(rule)).hex() != vote["rule_sha256"]:
        yield "the rule does not give its hash; it was changed"
    if vote["day"] < rule["valid_from"]:
        yield f"the rule is in force from {rule['valid_from']}; the decision is of {vote['day']}"
    law = law_of(vote)
    if any(rule["law"] == name for name, *_ in LAWS) and law and {**rule, **law} != rule:
        yield f"the rule is not what {rule['law']} {rule['article']} asks of {vote['matter']}: {differing(rule, {**rule, **law})}"


def law_of(vote: Json) -> Json:
    """What the nation's law asked on the day of the decision; empty for a day or matter that it does not know."""
    known = [
        (source, asks) for source, asks in LAWS.items() if source[3] <= vote["day"] and vote["matter"] in asks
    ]
    if not known:
        return {}
    source, asks = max(known, key=lambda k: k[0][3])
    share = asks[vote["matter"]]
    return {
        **dict(zip(("law", "article", "clause", "valid_from"), source, strict=True)),
        "participation": asks["participation"], "approval": {"area": share, "heads": share}, "of": asks["of"],
    }  # fmt: skip


def differing(stated: Any, found: Any, where: str = "") -> str:
    """The first place where two values differ, and both; empty where they are equal."""
    if isinstance(stated, dict) and isinstance(found, dict):
        pairs = [(f"{where}.{k}" if where else k, stated.get(k), found.get(k)) for k in {**stated, **found}]
    elif isinstance(stated, list) and isinstance(found, list) and len(stated) == len(found):
        pairs = [(f"{where}[{i}]", a, b) for i, (a, b) in enumerate(zip(stated, found, strict=True))]
    else:
        same = type(stated) is type(found) and stated == found
        return "" if same else f"{where} is stated as {_brief(stated)}, recomputed {_brief(found)}"
    return next((told for place, a, b in pairs if (told := differing(a, b, place))), "")


def _brief(value: Any) -> str:
    if isinstance(value, list | dict):
        return f"{len(value)} items"
    return json.dumps(value, ensure_ascii=False)


# --- rows ---


def _row_faults(vote: Json, members: dict[str, bytes], leaves: list[bytes]) -> Iterator[str]:
    owners = vote["kind"] == "owners"
    named = "labelled_sha256" if owners else "sha256"
    if sha256(members["roll.csv"]).hex() != vote["roll"][named]:
        yield "roll.csv does not give the roll’s hash; it was changed"
    given: list[Given] = []
    yield from _ballot_faults(vote, members["ballots.csv"], leaves, given)
    roll = homes(members["roll.csv"])
    if [h.unit for h in roll] != sorted({h.unit for h in roll}) or len(roll) != vote["roll"]["units"]:
        yield f"roll.csv: {len(roll)} units, not {vote['roll']['units']} in their order, each once"
    if not owners and sha256(labelled(roll)).hex() != vote["roll"]["labelled_sha256"]:
        yield "the roll with labels for its owners, as the owners have it, is not this roll"
    ruled = {o["ballot"] for o in vote["objections"] if o["ruled"] == "invalid"}
    for n in sorted(o["ballot"] for o in vote["objections"] if not 1 <= o["ballot"] <= len(given)):
        yield f"objections: there is no ballot {n}"
    counted = [b._replace(choice="invalid") if b.row - 1 in ruled else b for b in given] if ruled else given
    yield from _result_faults("result", vote["result"], roll, counted, vote)
    if vote["as_cast"] is not None:
        yield from _result_faults("as_cast", vote["as_cast"], roll, given, vote)


def _result_faults(
    name: str, stated: Json, roll: list[Home], given: list[Given], vote: Json
) -> Iterator[str]:
    found = result_of(roll, given, vote["matter"], vote["rule"])
    if found != stated or canonical({**found, "superseded": 0}) != canonical({**stated, "superseded": 0}):
        yield f"the {name} is not what the rows give: {differing(stated, found)}"


def _ballot_faults(vote: Json, raw: bytes, leaves: list[bytes], given: list[Given]) -> Iterator[str]:
    owners, begin = vote["kind"] == "owners", leaf_begin(vote["use"])
    columns = (*BALLOT_COLUMNS, "leaf") if owners else BALLOT_COLUMNS
    for n, row in enumerate(table(raw, "ballots.csv", columns), 1):
        number, owner, choice, channel, cast_at, salt = row[:6]
        if number != str(n):
            yield f"ballots.csv row {n + 1}: ballot {number} stands where {n} should; one is missing, added or moved"
        at = datetime.fromisoformat(cast_at)
        if choice not in WORDS or channel not in WORDS or at.tzinfo is None:
            raise Wrong(
                f"ballots.csv row {n + 1}: {choice!r} {channel!r} {cast_at!r} is no choice on a channel at an instant"
            )
        said = (owner, choice, channel, cast_at, salt)
        leaf = leaf_hash(begin, n, said) if salt or not owners else bytes.fromhex(row[6])
        if owners and leaf.hex() != row[6]:
            yield f"ballot {n} does not give its leaf; it was changed"
        leaves.append(leaf)
        given.append(Given(n + 1, owner, WORDS[choice], WORDS[channel], at, cast_at))


class _Lines(list[str]):
    """What csv writes to."""

    write = list.append


def labelled(roll: list[Home]) -> bytes:
    """The roll as the owners have it: a label for each person, in the order in which they stand on it."""
    label = "o"
    while any(home.unit.startswith(label) for home in roll):
        label += "o"
    labels, lines = {DEVELOPER: DEVELOPER}, _Lines()
    for _, _, owners, _ in roll:
        for person in owners:
            if person not in labels:
                labels[person] = f"{label}{len(labels)}"
    rows = csv.writer(lines, lineterminator="\n")
    rows.writerow(ROLL_COLUMNS)
    for unit, area, owners, status in roll:
        names = [labels[person] for person in owners]
        shown = ";".join(sorted(names)) if len(names) > 1 else "".join(names)
        rows.writerow((unit, f"{area // 100}.{area % 100:02d}", shown, status))
    return "".join(lines).encode()


# --- what is published ---


def _listed_faults(members: dict[str, bytes], leaves: list[bytes]) -> Iterator[str]:
    for n, line in enumerate(members["leaves.txt"].decode().split(), 1):
        if not HASH.fullmatch(line):
            yield f"leaves.txt line {n}: {line!r} is no hash"
        leaves.append(bytes.fromhex(line))


def _totals_faults(vote: Json) -> Iterator[str]:
    stated, passed = vote["result"], dict[str, bool]()
    for reading in vote["readings"]:
        told, steps = outcome(vote["rule"], reading["area"], reading["heads"])
        passed[reading["name"]] = told["passed"]
        for sums in (reading["area"], reading["heads"]):
            if not 0 <= sums["agreeing"] <= sums["taking_part"] <= sums["total"]:
                yield f"the totals of {reading['name']} do not fit into one another"
        if reading["name"] == "base":
            found = {**told, "steps": steps, "matter": vote["matter"]}
            if said := differing({name: stated.get(name) for name in found}, found):
                yield f"the result is not what the totals give: {said}"
    if said := differing(stated["robustness"], robustness(passed)):
        yield f"the result is not what the totals give: {said}"


# --- roots, decision, money ---


def _tree_faults(vote: Json, leaves: list[bytes], key: str | None) -> Iterator[str]:
    ballots, levels, before = vote["ballots"], levels_over(leaves), ("", 0)
    if len(leaves) != ballots["n"]:
        yield f"{len(leaves)} ballots are in it, not {ballots['n']}"
    if levels[-1][0].hex() != ballots["root"]:
        yield "the ballots do not give the root; one was changed, removed, added or moved"
    if key and not vote["roots"]:
        yield "no root is signed, so that nothing is signed with the key"
    for root in vote["roots"]:
        where = f"the root of {root['day']}"
        yield from (f"{where} {fault}" for fault in root_faults(vote["use"], root, key))
        if (root["day"], root["size"]) < before or root["size"] < before[1]:
            yield f"{where} does not follow on the one before it"
        if not _holds(levels, root):
            yield f"{where} is not over these ballots {before[1] + 1} to {root['size']} and those before"
        before = (root["day"], root["size"])


def _holds(levels: Levels, root: Json) -> bool:
    return int(root["size"]) <= len(levels[0]) and root_over(levels, root["size"]).hex() == str(root["root"])


def root_faults(use: str, root: Json, key: str | None) -> Iterator[str]:
    """What is wrong with a signed root in itself."""
    message = canonical(
        {"format": ROOT_FORMAT, "use": use, "day": root["day"], "size": root["size"], "root": root["root"]}
    )
    if not signed(bytes.fromhex(root["public_key"]), message, bytes.fromhex(root["signature"])):
        yield "does not bear its signature"
    if key and root["public_key"] != key.lower():
        yield f"is signed with another key: {root['public_key']}"


def _decision_faults(vote: Json) -> Iterator[str]:
    decided = {
        "use": vote["use"], "roll": vote["roll"]["sha256"], "rule": vote["rule_sha256"], "root": vote["ballots"]["root"],
        "ballots": vote["ballots"]["n"], "passed": vote["result"]["passed"], "day": vote["day"], "cost_cents": vote["cost_cents"],
    }  # fmt: skip
    if sha256(canonical(decided)).hex() != vote["decision"]:
        yield "the decision’s hash is not that of the roll, the rule, the ballots, the outcome, the day and the cost"


def _money_faults(vote: Json, members: dict[str, bytes]) -> Iterator[str]:
    if ("shares.csv" in members) != (vote["cost_cents"] is not None and vote["kind"] != "public"):
        yield "shares.csv: the shares of a cost belong to a vote with a cost"
    elif "shares.csv" in members:
        yield from _share_faults(vote, members)
    if ("books.jsonl" in members) != (vote["books"] is not None):
        yield "books.jsonl: what vote.json says of the books and what is there differ"
    elif "books.jsonl" in members:
        raw = members["books.jsonl"].split(b"\n")
        lines = [object_of(line, f"books.jsonl line {n}") for n, line in enumerate(raw, 1) if line]
        yield from book_faults(vote, lines, vote["use"])


def _share_faults(vote: Json, members: dict[str, bytes]) -> Iterator[str]:
    roll = homes(members["roll.csv"])
    cents = shared_out(vote["cost_cents"], [h.area for h in roll])
    rows = list(table(members["shares.csv"], "shares.csv", SHARE_COLUMNS))
    if len(rows) != len(roll):
        yield f"shares.csv: {len(rows)} shares, not one of each of {len(roll)} units"
    for row, (home, share, (unit, stated, payer)) in enumerate(zip(roll, cents, rows, strict=False), 2):
        pays = ";".join(home.owners) if home.status == "sold" else DEVELOPER
        if (unit, stated, payer) != (home.unit, str(share), pays):
            yield f"shares.csv row {row}: {unit!r} {stated} {payer!r}; recomputed {home.unit!r} {share} {pays!r}"
