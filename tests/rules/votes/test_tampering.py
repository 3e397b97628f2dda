"""Whatever is changed in a bundle is found, and the place is named; so is a changed receipt."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.rules.standalone.bundles import NoBundle, guarded
from linli.rules.votes.proof import Cast, Vote, members, receipt
from linli.rules.votes.verifier import checking, script
from linli.rules.votes.verifier.command import main, receipt_faults
from tests.rules.votes.deciding import (
    BALLOTS,
    COST,
    KEY,
    OPENS,
    PUBLIC_KEY,
    USE,
    Files,
    audit,
    changed,
    salt_of,
    vote,
    with_books,
    with_told,
)

WHOLE = audit()
LINES = WHOLE["ballots.csv"].decode().splitlines(keepends=True)
OTHER = "00" * 32


def wrong(files: Files) -> str:
    return "\n".join(checking.faults(files))


def _ballots(*lines: str) -> Files:
    return {**WHOLE, "ballots.csv": "".join(lines).encode()}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (changed(WHOLE, "roll.csv", "90.00", "90.01"), "roll.csv does not give the roll’s hash"),
        (changed(WHOLE, "roll.csv", "person-a", "person-x"), "roll.csv does not give the roll’s hash"),
        (changed(WHOLE, "roll.csv", "undelivered", "sold"), "the result is not what the rows give: area.agreeing"),
        (changed(WHOLE, "roll.csv", "undelivered", "rented"), "roll.csv row 6: '单元104, 东', '80.00', 'rented'"),
        (changed(WHOLE, "ballots.csv", "abstain", "agree"), "the result is not what the rows give: area.agreeing"),
        (changed(WHOLE, "ballots.csv", "abstain", "against"), "the ballots do not give the root"),
        (changed(WHOLE, "ballots.csv", "abstain", "yes"), "ballots.csv row 8: 'yes' 'online'"),
        (changed(WHOLE, "ballots.csv", "20:15:00", "20:16:00"), "the root of 2024-04-25 is not over these ballots 6 to 8"),
        (changed(WHOLE, "ballots.csv", salt_of(4).hex(), "00" * 16), "the root of 2024-04-21 is not over these ballots 3 to 4"),
        (_ballots(*LINES[:3], LINES[4], LINES[3], *LINES[5:]), "ballots.csv row 4: ballot 4 stands where 3 should"),
        (_ballots(*LINES[:3], *LINES[4:]), "ballots.csv row 4: ballot 4 stands where 3 should"),
        (_ballots(*LINES[:-1]), "7 ballots are in it, not 8"),
        (_ballots(*LINES, f"9,单元101,agree,paper,2024-04-26T10:00:00+08:00,{'11' * 16}\n"), "9 ballots are in it, not 8"),
        (_ballots("n,owner\n", *LINES[1:]), "ballots.csv row 1: the columns are n,owner"),
        (with_told(WHOLE, "rule.approval.area", [">", 1, 3]), "the rule does not give its hash"),
        (with_told(WHOLE, "rule.approval.area", [">", 1, 3]), "the rule is not what 民法典 278 asks of use-fund"),
        (with_told(WHOLE, "rule_sha256", OTHER), "the rule does not give its hash"),
        (with_told(WHOLE, "result.passed", False), "the decision’s hash is not that of"),
        (with_told(WHOLE, "result.passed", False), "the result is not what the rows give: passed is stated as false, recomputed true"),
        (with_told(WHOLE, "result.steps.0.left", 1), "steps[0].left is stated as 1"),
        (with_told(WHOLE, "result.robustness.readings.1.passed", 1), "robustness.readings[1].passed is stated as 1, recomputed true"),
        (with_told(WHOLE, "result.superseded", []), "superseded is stated as 0 items, recomputed 2 items"),
        (with_told(WHOLE, "decision", OTHER), "the decision’s hash is not that of"),
        (with_told(WHOLE, "decision", OTHER), f"authority {USE}: it bears the decision"),
        (with_told(WHOLE, "day", "2024-04-29"), "the decision’s hash is not that of"),
        (with_told(WHOLE, "day", "2020-04-29"), "the rule is in force from 2021-01-01"),
        (with_told(WHOLE, "cost_cents", COST + 1), "the decision’s hash is not that of"),
        (with_told(WHOLE, "cost_cents", COST + 1), "shares.csv row 2"),
        (with_told(WHOLE, "use", "another"), "the root of 2024-04-20 does not bear its signature"),
        (with_told(WHOLE, "roll.units", 8), "roll.csv: 7 units, not 8"),
        (with_told(WHOLE, "roll.labelled_sha256", OTHER), "the roll with labels for its owners"),
        (with_told(WHOLE, "ballots.root", OTHER), "the ballots do not give the root"),
        (with_told(WHOLE, "ballots.n", 7), "8 ballots are in it, not 7"),
        (with_told(WHOLE, "roots.1.signature", "00" * 64), "the root of 2024-04-21 does not bear its signature"),
        (with_told(WHOLE, "roots.1.public_key", OTHER), "the root of 2024-04-21 does not bear its signature"),
        (with_told(WHOLE, "roots.1.day", "2024-04-19"), "the root of 2024-04-19 does not follow on the one before it"),
        (with_told(WHOLE, "roots.1.size", 3), "the root of 2024-04-21 is not over these ballots 3 to 3"),
        (with_told(WHOLE, "roots.3.size", 9), "the root of 2024-04-25 is not over these ballots 6 to 9"),
        (with_told(WHOLE, "roots", 5), "the roots cannot be read: TypeError"),
        (with_told(WHOLE, "objections", [{"ballot": 1, "ruled": "invalid", "reason": ""}]), "the result is not what the rows give"),
        (with_told(WHOLE, "objections", [{"ballot": 9, "ruled": "stands", "reason": ""}]), "there is no ballot 9"),
        (changed(WHOLE, "shares.csv", "单元101,", "单元101,1"), "shares.csv row 3: '单元101'"),
        (changed(WHOLE, "shares.csv", "person-a", "developer"), "shares.csv row 3"),
        ({**WHOLE, "shares.csv": WHOLE["shares.csv"][:-24]}, "shares.csv: 6 shares, not one of each of 7 units"),
        ({k: v for k, v in WHOLE.items() if k != "shares.csv"}, "shares.csv: the shares of a cost"),
        ({k: v for k, v in WHOLE.items() if k != "books.jsonl"}, "books.jsonl: what vote.json says"),
    ],
)  # fmt: skip
def test_a_change_is_found_and_named(files: Files, says: str) -> None:
    assert says in wrong(files)


def _book(at: int, **changes: Any) -> Files:
    """The books with a line changed: 0 is the authority, then four vouchers."""
    lines = [json.loads(line) for line in WHOLE["books.jsonl"].splitlines()]
    lines[at] |= changes
    return _lines(lines)


def _lines(lines: list[dict[str, Any]]) -> Files:
    return {**WHOLE, "books.jsonl": "".join(json.dumps(line) + "\n" for line in lines).encode()}


BOOK_LINES = [json.loads(line) for line in WHOLE["books.jsonl"].splitlines()]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (_book(1, legs=[["1001", "", 50000], ["3001", "单元101", -49999]]), "voucher 1: its legs sum to 1 cents"),
        (_book(1, legs=[["1001", "", "5"], ["3001", "单元101", -5]]), "the money cannot be read: ValueError: '5' is no whole number"),
        (_book(1, legs=[["1001", "", 50000], ["3001", "", -50000]]), "voucher 1: account 3001 is kept for each holder"),
        (_book(1, legs=[["1001", "单元101", 50000], ["3001", "单元101", -50000]]), "voucher 1: account 1001 is kept for nobody"),
        (_book(1, legs=[["1001", "", 9000], ["3001", "单元101", -9000]]), "voucher 2: account 1001  falls 3000 cents below zero"),
        (_book(1, legs=[["1001", "", 50000], ["9999", "", -50000]]), "voucher 1: the chart knows no account '9999'"),
        (_book(1, legs=[]), "voucher 1: it has fewer than two legs"),
        (_book(1, kind="gift"), "voucher 1: 'gift' is no kind of voucher"),
        (_book(2, number=7), "voucher 7: it should bear the number 2"),
        (_lines([*BOOK_LINES[:2], *BOOK_LINES[3:]]), "voucher 3: it should bear the number 2"),
        (_lines(BOOK_LINES[:-1]), "3 vouchers are in it, not 4"),
        (_book(3, legs=[["5001", "", -11000], ["1001", "", 11000]]), "voucher 3: it is not the exact negation of voucher 2"),
        (_book(3, authority=""), "voucher 3: it is not the exact negation of voucher 2"),
        (_book(3, reverses=9), "voucher 3: it reverses voucher 9, which is not before it"),
        (_book(3, reverses=0), "voucher 3: only a reversal takes another voucher back"),
        (_book(4, **{k: v for k, v in BOOK_LINES[3].items() if k != "number"}), "voucher 2, which is already reversed"),
        (_lines([*BOOK_LINES[:3], {**BOOK_LINES[4], "number": 3}]), "24000 cents were paid under authority"),
        (_book(2, authority=""), "voucher 2: 12000 cents leave the bank under no authority"),
        (_book(2, authority="another"), "voucher 2: 12000 cents leave the bank under another, which was not given before"),
        (_book(2, happened=OPENS - 1), "voucher 2: 12000 cents leave the bank before authority"),
        (_book(0, objections=1), "voucher 2: 12000 cents leave the bank while 1 objections are open"),
        (_book(0, book="another"), f"voucher 2: authority {USE} is for another book"),
        (_book(0, limit=11999), "voucher 2: 12000 cents were paid under authority"),
        (_book(0, limit=COST + 1), f"its limit is {COST + 1} cents; the vote was on {COST}"),
        (_book(0, decision=OTHER), "it bears the decision 0000"),
        (_book(0, decision="00"), "'00' is no hash of a decision"),
        (_book(0, opens=1_714_200_000_000_000), "it opens before the day of the decision, 2024-04-28"),
        (_lines([{}]), "books.jsonl line 1: it is neither a voucher nor an authority"),
        (with_told(WHOLE, "books.chart", "none"), "the money cannot be read: KeyError"),
    ],
)  # fmt: skip
def test_a_change_of_the_books_is_found_and_named(files: Files, says: str) -> None:
    assert says in wrong(files)


def test_a_vote_that_did_not_pass_opens_no_gate() -> None:
    against = [b._replace(choice="against") for b in BALLOTS]
    assert "it rests on this vote, which did not pass" in wrong(audit(with_books(vote(ballots=against))))


def test_a_cleaner_forgery_still_fails_at_the_signed_root() -> None:
    """Everything is made anew over other ballots, but nobody has the key."""
    other: list[Cast] = [*BALLOTS[:6], BALLOTS[6]._replace(choice="agree"), BALLOTS[7]]
    forged = members("audit", replace(vote(ballots=other), roots=vote().roots))
    assert checking.faults(forged) == [
        "the root of 2024-04-25 is not over these ballots 6 to 8 and those before"
    ]
    forged = members("audit", vote(ballots=other))
    assert "is signed with another key" in "\n".join(checking.faults(forged, OTHER))


OWNERS, PUBLIC = (members(kind, with_books(vote())) for kind in ("owners", "public"))


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (changed(OWNERS, "ballots.csv", "abstain", "against"), "ballot 7 does not give its leaf"),
        (changed(OWNERS, "ballots.csv", "5,o", "5,x"), "the roll knows no owner and no unit"),
        (changed(OWNERS, "roll.csv", "o1", "o9"), "roll.csv does not give the roll’s hash"),
        (changed(OWNERS, "roll.csv", "90.50", "90.51"), "the result is not what the rows give"),
    ],
)  # fmt: skip
def test_a_change_of_what_the_owners_have_is_found(files: Files, says: str) -> None:
    assert says in wrong(files)


LEAVES = PUBLIC["leaves.txt"].decode().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({**PUBLIC, "leaves.txt": "".join(LEAVES[1:]).encode()}, "7 ballots are in it, not 8"),
        ({**PUBLIC, "leaves.txt": "".join(LEAVES[::-1]).encode()}, "the ballots do not give the root"),
        ({**PUBLIC, "leaves.txt": b"xyz\n"}, "leaves.txt line 1: 'xyz' is no hash"),
        (with_told(PUBLIC, "readings.0.area.agreeing", 10), "the result is not what the totals give: area.agreeing"),
        (with_told(PUBLIC, "readings.0.area.agreeing", 10**9), "the totals of base do not fit into one another"),
        (with_told(PUBLIC, "readings.2.heads.agreeing", 0), "the result is not what the totals give: same_under_all is stated as true"),
        (with_told(PUBLIC, "result.passed", False), "the decision’s hash is not that of"),
        (with_told(PUBLIC, "result.heads.total", 5), "the result is not what the totals give: heads.total is stated as 5"),
        (with_told(PUBLIC, "rule.of", "all"), "the rule does not give its hash"),
        (changed(PUBLIC, "books.jsonl", "12000", "12001"), "its legs sum to 1 cents"),
    ],
)  # fmt: skip
def test_a_change_of_what_everybody_has_is_found(files: Files, says: str) -> None:
    assert says in wrong(files)


@given(st.sampled_from(["roll.csv", "ballots.csv", "shares.csv"]), st.integers(0, 10**6), st.integers(1, 255))
def test_any_changed_byte_of_the_rows_is_found(name: str, at: int, flip: int) -> None:
    raw = bytearray(WHOLE[name])
    raw[at % len(raw)] ^= flip
    if name != "roll.csv":
        rows = [list(csv.reader(t.decode("utf-8", "replace").split("\n"))) for t in (WHOLE[name], bytes(raw))]
        assume(rows[0] != rows[1])
    assert wrong({**WHOLE, name: bytes(raw)})


def test_what_is_no_bundle_is_said(tmp_path: Path) -> None:
    for name, content in (
        ("no.zip", b"no zip"),
        ("empty.json", b"{}"),
        ("list.json", b"[]"),
        ("twice.json", b'{"a": 1, "a": 1}'),
    ):
        (tmp_path / name).write_bytes(content)
        for told in ([str(tmp_path / name)], ["--receipt", str(tmp_path / name)]):
            assert main(told, Path, tmp_path, str, str) == 2
    for told in ([], ["missing"], ["--receipt"], ["--receipt", "missing"], ["--key"]):
        assert main(told, Path, tmp_path, str, str) == 2
    for files in (with_told(WHOLE, "kind", "none"), {"vote.json": WHOLE["vote.json"]}):
        with pytest.raises(NoBundle):
            checking.faults(files)


# --- receipts ---

DECIDED: Vote = vote()
LEAVES_OF_ALL = [b.leaf(USE) for b in BALLOTS]


@pytest.mark.parametrize("n", range(1, 9))
@pytest.mark.parametrize("root", DECIDED.roots)
def test_a_receipt_leads_to_the_signed_root(n: int, root: Any) -> None:
    told = receipt(USE, DECIDED.number, BALLOTS[n - 1], LEAVES_OF_ALL, root)
    assert (told["proof"] is None) == (n > root.size)
    assert list(receipt_faults(told, None, PUBLIC_KEY.hex() if told["proof"] else None)) == []
    for files in (WHOLE, OWNERS, PUBLIC):
        assert list(receipt_faults(told, files, None)) == []


def test_a_receipt_is_verified_by_the_program(tmp_path: Path) -> None:
    path, said, warned = tmp_path / "receipt.json", list[str](), list[str]()
    told = receipt(USE, DECIDED.number, BALLOTS[3], LEAVES_OF_ALL, DECIDED.roots[-1])
    path.write_text(json.dumps(told), encoding="utf-8")
    for name, content in PUBLIC.items():
        (tmp_path / name).write_bytes(content)
    for more in ([], [str(tmp_path)], ["--key", PUBLIC_KEY.hex()]):
        assert main(["--receipt", str(path), *more], Path, tmp_path, said.append, warned.append) == 0
    assert "ballot 4, agree, paper" in "".join(said) and "A receipt can show" in "".join(said)
    told = receipt(USE, DECIDED.number, BALLOTS[3])
    path.write_text(json.dumps(told), encoding="utf-8")
    assert main(["--receipt", str(path)], Path, tmp_path, said.append, warned.append) == 0
    assert "NOT YET SIGNED" in "".join(said) and not warned
    assert main(["--receipt", str(path), "--key", OTHER], Path, tmp_path, said.append, warned.append) == 1


@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        ("ballot.choice", "against", "does not give its leaf"), ("ballot.salt", "00" * 16, "does not give its leaf"),
        ("ballot.n", 2, "does not give its leaf"), ("leaf", OTHER, "does not give its leaf"),
        ("use", "x", "does not bear its signature"),
        ("proof.root", OTHER, "does not bear its signature"), ("proof.size", 7, "does not bear its signature"),
        ("proof.day", "2024-04-24", "does not bear its signature"), ("proof.index", 2, "does not lead from the ballot"),
        ("proof.path", [], "does not lead from the ballot"), ("proof.path.0", OTHER, "does not lead from the ballot"),
        ("proof.signature", "00", "does not bear its signature"), ("proof.path", 3, "the receipt cannot be read"),
    ],
)  # fmt: skip
def test_a_changed_receipt_fails(at: str, value: object, says: str) -> None:
    told = receipt(USE, DECIDED.number, BALLOTS[3], LEAVES_OF_ALL, DECIDED.roots[-1])
    altered = json.loads(with_told({"vote.json": json.dumps(told).encode()}, at, value)["vote.json"])
    found = guarded("the receipt", lambda: receipt_faults(altered, None, None))
    assert says in "\n".join(found)


def test_a_receipt_that_is_not_in_the_bundle_is_found() -> None:
    strange = receipt(USE, DECIDED.number, BALLOTS[3]._replace(salt=b"x" * 16))
    for files in (WHOLE, OWNERS, PUBLIC):
        assert "does not hold the ballot" in "".join(receipt_faults(strange, files, None))
    other = {**receipt("another", DECIDED.number, BALLOTS[3]), "proof": None}
    assert list(receipt_faults(other, PUBLIC, None)) == ["the bundle is of another vote"]


def test_no_receipt_is_given_under_a_root_of_other_leaves() -> None:
    with pytest.raises(ValueError, match="is not over these"):
        receipt(USE, "", BALLOTS[3], LEAVES_OF_ALL[::-1], DECIDED.roots[-1])
    with pytest.raises(ValueError, match="is not over these"):
        receipt(USE, "", BALLOTS[3], LEAVES_OF_ALL[:6], DECIDED.roots[-1])


def test_a_receipt_fits_into_a_qr() -> None:
    """A code of the largest size holds 2,953 bytes; a million ballots make a path of twenty hashes."""
    told = receipt(USE, DECIDED.number, BALLOTS[3], LEAVES_OF_ALL, DECIDED.roots[-1])
    told["proof"]["path"] = ["ab" * 32] * 20
    assert len(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()) < 2953
    assert KEY.public_key().public_bytes_raw() == PUBLIC_KEY and len(script()) < 100_000
