"""``linli vote tally`` and ``linli fund apportion``: the contract of the commands, on files as others write them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.faces.cli.votes import fund, vote

ROLL = "unit,area,owners,status\n101,90.00,甲,sold\n102,90.5,乙;丙,sold\n103,100,,unsold\n104,80,丁,undelivered\n"
BALLOTS = (
    "owner,choice,channel,cast_at\n甲,agree,online,2024-04-20T10:00:00+08:00\n丙,agree,paper,2024-04-20T02:00:00Z\n"
    "103,agree,paper,2024-04-21T02:00:00+00:00\n101,against,online,2024-04-20T01:59:59Z\n"
)


def _files(folder: Path, roll: str | bytes = ROLL, ballots: str | bytes = BALLOTS) -> list[str]:
    told = []
    for name, text in (("roll", roll), ("ballots", ballots)):
        path = folder / f"{name}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        told += [f"--{name}", str(path)]
    return told


def _tally(folder: Path, *more: str, roll: str | bytes = ROLL, ballots: str | bytes = BALLOTS) -> Result:
    options = more if "--date" in more else (*more, "--date", "2024-04-28")
    options = options if "--matter" in options else (*options, "--matter", "use-fund")
    return CliRunner().invoke(vote, ["tally", *_files(folder, roll, ballots), *options, "--json"])


def _told(done: Result) -> dict[str, Any]:
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_the_answer_holds_what_the_contract_says(tmp_path: Path) -> None:
    told = _told(_tally(tmp_path))
    assert list(told) == [
        "matter", "rule", "area", "heads", "participation_met", "approval_met", "passed", "steps", "superseded", "flags", "robustness",
    ]  # fmt: skip
    assert told["rule"] == {"law": "民法典", "article": "278", "valid_from": "2021-01-01"}
    assert told["area"] == {"total": 36050, "taking_part": 36050, "agreeing": 36050}
    assert told["heads"] == {"total": 3, "taking_part": 3, "agreeing": 3}
    steps = [(s["left"], s["op"], s["right"], s["holds"]) for s in told["steps"]]
    assert steps == [
        (108150, ">=", 72100, True),
        (9, ">=", 6, True),
        (72100, ">", 36050, True),
        (6, ">", 3, True),
    ]
    assert all("278(2)" in s["clause"] for s in told["steps"])
    assert told["superseded"] == [
        {"row": 5, "owner": "101", "choice": "against", "channel": "online", "cast_at": "2024-04-20T01:59:59Z", "by_row": 2}
    ]  # fmt: skip
    names = ["base", "invalid-takes-part", "silence-agrees", "one-head-per-unit"]
    assert told["robustness"] == {
        "same_under_all": True, "readings": [{"name": n, "passed": True} for n in names],
    }  # fmt: skip


def test_deemed_consent_changes_nothing_and_stands_apart(tmp_path: Path) -> None:
    few = "owner,choice,channel,cast_at\n"
    plain = _told(_tally(tmp_path, ballots=few))
    shown = _told(_tally(tmp_path, "--allow-deemed-consent", ballots=few))
    deemed = shown.pop("deemed")
    assert shown == plain
    assert not plain["passed"]
    assert deemed == {
        "area": {"total": 36050, "taking_part": 36050, "agreeing": 36050},
        "heads": {"total": 3, "taking_part": 3, "agreeing": 3},
        "participation_met": True, "approval_met": True, "passed": True,
    }  # fmt: skip


def test_the_law_of_its_day_judges_a_decision(tmp_path: Path) -> None:
    told = _told(_tally(tmp_path, "--date", "2020-12-31"))
    assert told["participation_met"] is None
    assert told["rule"] == {"law": "物权法", "article": "76", "valid_from": "2007-10-01"}
    assert [s["op"] for s in told["steps"]] == [">=", ">="]
    done = _tally(tmp_path, "--date", "2007-09-30")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "2007-10-01" in done.stderr


def test_files_as_others_write_them(tmp_path: Path) -> None:
    """A byte order mark, other line ends, unknown columns, empty rows, blanks around cells."""
    roll = b"\xef\xbb\xbfnote,status , unit,area,owners\r\nx,sold, 1 ,10,a ; b\r\n\r\n,unsold,2,10.1,\r\n"
    ballots = "owner,choice,channel,cast_at,proxy\n a ,agree,paper,2024-04-20T10:00+08:00,某人\n\n"
    told = _told(_tally(tmp_path, roll=roll, ballots=ballots))
    assert (told["area"]["total"], told["heads"]) == (2010, {"total": 2, "taking_part": 1, "agreeing": 1})


HEAD = "unit,area,owners,status\n"
NO_AREAS = ("0", "0.00", "-3", "1.234", "abc", "", "1e3", "９", "1.")
INSTANT = "expected an instant with its offset"


@pytest.mark.parametrize(
    ("roll", "says"),
    [
        (HEAD, "the roll holds no unit"),
        ("", "no column 'unit'"),
        ("unit,area,status\n1,1,sold\n", "no column 'owners'"),
        ("unit,unit,area,owners,status\n", "two columns 'unit'"),
        (HEAD + "1,9,a,sold\n1,9,b,sold\n", "row 3, column unit: the unit '1' stands on the roll twice"),
        (HEAD + ",9,a,sold\n", "row 2, column unit: found an empty cell"),
        (HEAD + "1,9,,sold\n", "row 2, column owners: the sold unit '1' has no owner"),
        (HEAD + "1,9, ; ,sold\n", "row 2, column owners: the sold unit '1' has no owner"),
        (HEAD + "1,9,a,rented\n", "row 2, column status: found 'rented', expected one of sold, unsold, undelivered"),
        *[(HEAD + f"1,{area},a,sold\n", "row 2, column area: found") for area in NO_AREAS],
        (HEAD + "1,9,a,sold\na,9,b,sold\n", "row 3, column unit: the id 'a' is a unit’s and an owner’s"),
        (HEAD + "1,9,a,sold\nb,9,b,unsold\n", "the id 'b' is a unit’s and an owner’s"),
        (HEAD + "1,9,developer,sold\n", "row 2, column owners: found 'developer' as owner of a sold unit"),
        (HEAD + "1,9,a,sold,b\n", "row 2: found 5 cells, expected 4"),
        (HEAD + '1,9,"a,sold\n', "not a table of comma-separated values"),
        (HEAD.encode() + "1,9,王,sold\n".encode("gb18030"), "cannot be read as UTF-8"),
    ],
)  # fmt: skip
def test_a_roll_that_cannot_be_used_is_refused_in_one_line(
    roll: str | bytes, says: str, tmp_path: Path
) -> None:
    done = _tally(tmp_path, roll=roll)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "roll.csv: " in done.stderr
    assert says in done.stderr


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("戊,agree,online,2024-04-20T10:00:00+08:00", "row 2, column owner: the roll knows no owner and no unit '戊'"),
        ("甲,yes,online,2024-04-20T10:00:00+08:00", "row 2, column choice: found 'yes'"),
        ("甲,agree,fax,2024-04-20T10:00:00+08:00", "row 2, column channel: found 'fax'"),
        ("甲,agree,online,2024-04-20T10:00:00", f"row 2, column cast_at: found '2024-04-20T10:00:00', {INSTANT}"),
        ("甲,agree,online,yesterday", "row 2, column cast_at: found 'yesterday'"),
        ("甲,agree,online,2024-04-20T10:00Z\n甲,against,online,2024-04-20T18:00+08:00", "row 3, column cast_at: against at the same"),
    ],
)  # fmt: skip
def test_ballots_that_cannot_be_counted_are_refused_in_one_line(row: str, says: str, tmp_path: Path) -> None:
    done = _tally(tmp_path, ballots=f"owner,choice,channel,cast_at\n{row}\n")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "ballots.csv: " in done.stderr
    assert says in done.stderr


def test_a_split_vote_is_refused(tmp_path: Path) -> None:
    roll = HEAD + "1,9,a,sold\n2,9,a,sold\n"
    ballots = (
        "owner,choice,channel,cast_at\n1,agree,online,2024-04-20T10:00Z\n2,against,paper,2024-04-21T10:00Z\n"
    )
    done = _tally(tmp_path, roll=roll, ballots=ballots)
    assert done.exit_code == 2
    assert "belong to one head" in done.stderr


def test_a_person_reads_the_steps(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        vote, ["tally", *_files(tmp_path), "--matter", "raise-fund", "--date", "2024-04-28"]
    )
    assert done.exit_code == 0
    assert "✓ 民法典 278(2) Area agreeing: 144,200 >= 108,150" in done.stdout
    assert "passed; the same under all readings" in done.stdout


def _apportioned(folder: Path, cost: str, roll: str = ROLL) -> Result:
    path = folder / "roll.csv"
    path.write_text(roll, encoding="utf-8")
    return CliRunner().invoke(fund, ["apportion", "--roll", str(path), "--cost", cost, "--json"])


def test_a_cost_is_shared_out_in_the_rolls_order(tmp_path: Path) -> None:
    told = _told(_apportioned(tmp_path, "100.00"))
    assert told["total_cents"] == 10000
    assert [(s["unit"], s["payer"]) for s in told["shares"]] == [
        ("101", "甲"), ("102", "乙;丙"), ("103", "developer"), ("104", "developer"),
    ]  # fmt: skip
    assert [s["cents"] for s in told["shares"]] == [2497, 2510, 2774, 2219]


@pytest.mark.parametrize("cost", ["0", "-5", "1.001", "abc"])
def test_a_cost_that_is_none_is_refused(cost: str, tmp_path: Path) -> None:
    done = _apportioned(tmp_path, cost)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--cost" in done.stderr


def test_neither_needs_a_database_nor_the_framework(tmp_path: Path) -> None:
    files = _files(tmp_path)
    told = ["--matter", "general", "--date", "2024-04-28", "--json"]
    line = [sys.executable, "-X", "importtime", "-m", "linli", "vote", "tally", *files, *told]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert json.loads(done.stdout)["passed"] is True
    assert "django" not in done.stderr
