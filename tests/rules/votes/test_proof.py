"""A vote is proved: three bundles that verify by the program inside them, and that hold no more than their readers may see."""

from __future__ import annotations

import ast
import csv
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.faces.cli.votes import fund
from linli.faces.cli.votes import vote as command
from linli.rules.books.chart import CHARTS, CREDIT, DEBIT
from linli.rules.books.voucher import KINDS
from linli.rules.chain import merkle_levels, merkle_root
from linli.rules.standalone.bundles import Wrong
from linli.rules.text import T
from linli.rules.votes.law import MATTERS, Matter, rule_of
from linli.rules.votes.proof import Cast, Kind, Vote, decision, members, outcome, roll_hash, rule_hash
from linli.rules.votes.reading import told
from linli.rules.votes.roll import STATUSES, Unit
from linli.rules.votes.verifier import checking, counting, money, script, tree
from linli.rules.votes.verifier.command import summary
from linli.rules.votes.wording import Unfit
from tests.rules.votes.deciding import (
    COST,
    PUBLIC_KEY,
    UNITS,
    Files,
    audit,
    cast,
    objected,
    salt_of,
    vote,
    with_books,
)

KINDS_OF_BUNDLE: tuple[Kind, ...] = ("audit", "owners", "public")


@pytest.mark.parametrize("kind", KINDS_OF_BUNDLE)
@pytest.mark.parametrize(
    "decided", [vote(), with_books(vote()), with_books(objected()), vote(cost_cents=None)]
)
def test_every_bundle_verifies(decided: Vote, kind: Kind) -> None:
    files = members(kind, decided)
    assert checking.faults(files) == []
    assert checking.faults(files, PUBLIC_KEY.hex()) == []
    said = "\n".join(summary(files))
    assert decision(decided) in said and "A false roll is not detected" in said
    assert "A receipt can show" in said and PUBLIC_KEY.hex() in said


def test_what_the_command_counts_is_what_the_bundle_says(tmp_path: Path) -> None:
    files = audit()
    paths = {name: tmp_path / name for name in ("roll.csv", "ballots.csv")}
    for name, path in paths.items():
        path.write_bytes(files[name])
    options = ["--roll", str(paths["roll.csv"]), "--json"]
    more = ["--ballots", str(paths["ballots.csv"]), "--matter", "use-fund", "--date", "2024-04-28"]
    done = CliRunner().invoke(command, ["tally", *options, *more])
    assert json.loads(done.stdout) == json.loads(files["vote.json"])["result"]
    done = CliRunner().invoke(fund, ["apportion", *options, "--cost", "123.45"])
    shares = list(csv.reader(files["shares.csv"].decode().splitlines()))[1:]
    assert [[s["unit"], str(s["cents"]), s["payer"]] for s in json.loads(done.stdout)["shares"]] == shares
    assert sum(int(cents) for _, cents, _ in shares) == COST


def test_what_is_published_before_the_vote_is_what_the_bundle_holds() -> None:
    decided, about = vote(), json.loads(audit()["vote.json"])
    assert about["roll"]["sha256"] == roll_hash(UNITS) == roll_hash(UNITS[::-1])
    assert about["rule_sha256"] == rule_hash(decided.rule)
    assert about["decision"] == decision(decided)
    assert about["ballots"]["n"] == 8


def test_an_upheld_objection_counts_and_both_results_stand() -> None:
    decided, about = objected(), json.loads(audit(objected())["vote.json"])
    assert about["result"]["heads"]["taking_part"] == about["as_cast"]["heads"]["taking_part"] - 1
    assert about["result"] == told(outcome(decided))
    assert about["as_cast"] == told(outcome(decided, ())) == told(outcome(vote()))
    assert decision(decided) == about["decision"]


PERSONS = {owner for unit in UNITS for owner in unit.owners}


def _shown(files: Files) -> str:
    return "\n".join(content.decode() for name, content in files.items() if name != "verify_vote.py")


def test_the_owners_bundle_names_no_person() -> None:
    files = members("owners", with_books(objected()))
    shown = _shown(files)
    assert [person for person in PERSONS if person in shown] == []
    rows = list(csv.reader(files["roll.csv"].decode().splitlines()))[1:]
    assert [row[0] for row in rows] == sorted(unit.id for unit in UNITS)
    whole = audit(objected())
    salts = {n: salt_of(n).hex() in shown for n in range(1, 9)}
    assert [n for n, there in salts.items() if not there] == [3, 5]
    about, all_ = json.loads(files["vote.json"]), json.loads(whole["vote.json"])
    assert {**about["result"], "superseded": 0, "flags": 0} == {**all_["result"], "superseded": 0, "flags": 0}
    assert "2 ballots were given under a person’s id" in "\n".join(summary(files))


def test_the_public_bundle_holds_no_unit_owner_choice_or_salt() -> None:
    files = members("public", with_books(objected()))
    assert set(files) == {"vote.json", "leaves.txt", "books.jsonl", "verify_vote.py"}
    shown = _shown(files)
    assert "单元" not in shown and not [person for person in PERSONS if person in shown]
    assert not [n for n in range(1, 9) if salt_of(n).hex() in shown]
    assert (
        re.findall(
            r"\b(?:agree|against|abstain|invalid|paper|online)\b", shown.replace("invalid-takes-part", "")
        )
        == []
    )
    assert re.findall(r"2024-04-2\d[T ]", shown) == [] and "签名" not in shown and "工程款" not in shown
    assert len(files["leaves.txt"].split()) == 8


def test_the_program_is_one_file_of_the_standard_library() -> None:
    nodes = ast.parse(script()).body
    tops, names = set(), Counter[str]()
    for node in ast.walk(ast.Module(nodes, [])):
        if isinstance(node, ast.Import):
            tops |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            tops.add((node.module or "").partition(".")[0])
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] += 1
        elif isinstance(node, ast.Assign):
            names.update(n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name))
    assert tops and tops <= set(sys.stdlib_module_names)
    assert [name for name, n in names.items() if n > 1 and name not in {"Json"}] == []


def _run(*arguments: object) -> tuple[int, str, str]:
    line = [sys.executable, "-I", "-S", *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", cwd="/", check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_program_inside_verifies_alone(tmp_path: Path) -> None:
    path, folder = tmp_path / "bundle.zip", tmp_path / "unpacked"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in audit().items():
            archive.writestr(name, content)
        archive.extractall(folder)
    program = folder / "verify_vote.py"
    for given_ in ([], [path], [folder, "--key", PUBLIC_KEY.hex()]):
        code, said, wrong = _run(program, *given_)
        assert (code, wrong) == (0, "") and said.endswith("OK 无误\n")
        assert "passed 通过" in said and "局限" in said
    (folder / "ballots.csv").write_bytes(audit()["ballots.csv"].replace(b"abstain", b"agree"))
    code, said, wrong = _run(program)
    assert code == 1 and "FAULT the ballots do not give the root" in said and said.endswith("FAULTY\n")
    code, said, wrong = _run(program, tmp_path / "none.zip")
    assert (code, said) == (2, "") and wrong.startswith("no bundle: ") and wrong.count("\n") == 1


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"units": [*UNITS, Unit(" x", 1, ("p",), "p", "sold")]}, "no table can hold"),
        ({"units": [*UNITS, Unit("x", 1, ("p;q",), "p;q", "sold")]}, "semicolon"),
        ({"ballots": cast(("单元101", "yes", "online", "20T10:00"))}, "ballot 1: expected"),
        ({"ballots": [b._replace(n=5) for b in cast(("单元101", "agree", "online", "20T10:00"))]}, "ballot 1: expected"),
        ({"ballots": [b._replace(salt=b"1") for b in cast(("单元101", "agree", "online", "20T10:00"))]}, "16 bytes"),
    ],
)  # fmt: skip
def test_what_no_bundle_could_hold_is_refused(bad: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        members("audit", vote(**bad, roots=()))


def test_the_program_knows_the_charts_and_the_law() -> None:
    sides = {DEBIT: "debit", CREDIT: "credit"}
    for name, chart in CHARTS.items():
        known = {
            code: " ".join(w for w in (sides[a.side] if a.floored else "", "held" if a.held else "") if w)
            for code, a in chart.items()
        }
        assert known == money.ACCOUNTS[name]
    assert set(KINDS) == money.VOUCHER_KINDS
    for matter in MATTERS:
        for day in (date(2010, 1, 1), date(2021, 1, 1), date(2024, 4, 28)):
            files = members("audit", vote(matter=matter, day=day, rule=rule_of(matter, day)))
            assert checking.faults(files) == []


def test_a_rule_of_another_law_is_said_and_not_judged() -> None:
    rule = replace(rule_of("use-fund", date(2024, 4, 28)), law="本小区管理规约", article="12", clause="")
    files = members("audit", vote(rule=rule))
    assert checking.faults(files) == []
    assert "RULE: 本小区管理规约 12 is not the nation’s law" in "\n".join(summary(files))


def test_unsigned_ballots_are_said() -> None:
    files = members("audit", vote(roots=()))
    assert checking.faults(files) == [] and "NOT SIGNED: no root" in "\n".join(summary(files))
    assert checking.faults(files, PUBLIC_KEY.hex()) == [
        "no root is signed, so that nothing is signed with the key"
    ]
    files = members("audit", vote(roots=vote().roots[:2]))
    assert "ballots 5 to 8 are newer" in "\n".join(summary(files))


@given(st.lists(st.binary(min_size=1, max_size=3), max_size=40))
def test_the_root_over_the_first_leaves_is_that_of_a_tree_of_them(leaves: list[bytes]) -> None:
    levels = tree.levels_over([tree.sha256(b"\0" + leaf) for leaf in leaves])
    for size in range(len(leaves) + 1):
        assert tree.root_over(levels, size) == merkle_root("sha256", leaves[:size])
    assert levels == merkle_levels("sha256", leaves)


IDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)


@given(IDS, st.integers(1, 10**9), IDS)
def test_a_leaf_is_canonical_json(use: str, n: int, owner: str) -> None:
    ballot = Cast(n, owner, "agree", "paper", "2024-04-20T10:00:00+08:00", salt_of(n))
    found = tree.leaf_hash(
        tree.leaf_begin(use), n, [owner, ballot.choice, ballot.channel, ballot.cast_at, ballot.salt.hex()]
    )
    assert found == tree.sha256(b"\0" + ballot.leaf(use))


@st.composite
def votes(draw: st.DrawFn) -> Vote:
    """A small vote with everything that may come together: shared units, the developer, ballots under any id, several of one head."""
    people, units = ("甲", "乙", "丙", "丁"), []
    for n in range(1, draw(st.integers(1, 6)) + 1):
        owners = tuple(sorted(draw(st.frozensets(st.sampled_from(people), min_size=1, max_size=2))))
        status = draw(st.sampled_from(("sold", "sold", "sold", *STATUSES)))
        units.append(Unit(f"o{n}", draw(st.integers(1, 20000)), owners, ";".join(owners), status))
    ids = [u.id for u in units] + sorted({o for u in units for o in u.owners})
    said = st.tuples(
        st.sampled_from(ids),
        st.sampled_from(("agree", "agree", "against", "abstain", "invalid")),
        st.sampled_from(("online", "paper")),
        st.builds(lambda day, minute: f"{day}T10:{minute:02d}", st.integers(20, 25), st.integers(0, 59)),
    )
    matter: Matter = draw(st.sampled_from(list(MATTERS)))
    day = draw(st.sampled_from((date(2024, 4, 28), date(2015, 6, 1))))
    cost = draw(st.none() | st.integers(1, 10**7))
    ballots = cast(*draw(st.lists(said, max_size=8)))
    return vote(
        units=units, ballots=ballots, matter=matter, day=day, rule=rule_of(matter, day), cost_cents=cost, roots=(),
        title=T("表决", "Vote"),
    )  # fmt: skip


@settings(max_examples=150)
@given(votes())
def test_the_program_counts_as_the_house_does(decided: Vote) -> None:
    try:
        wanted = told(outcome(decided))
    except Unfit as wrong:
        assert wrong.code in {"split-vote", "contradiction"}
        with pytest.raises(Wrong):
            _recounted(decided)
        return
    assert _recounted(decided) == wanted
    for kind in KINDS_OF_BUNDLE:
        assert checking.faults(members(kind, decided)) == []


def _recounted(decided: Vote) -> Any:
    units = sorted(decided.units, key=lambda u: u.id)
    homes = [counting.Home(u.id, u.area, u.owners, u.status) for u in units]
    given_ = [
        counting.Given(b.n + 1, b.owner, b.choice, b.channel, datetime.fromisoformat(b.cast_at), b.cast_at)
        for b in decided.ballots
    ]  # fmt: skip
    asked = json.loads(members("audit", replace(decided, ballots=()))["vote.json"])["rule"]
    return counting.result_of(homes, given_, decided.matter, asked)
