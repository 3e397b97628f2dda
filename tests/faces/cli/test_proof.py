"""The commands of proof and keeping: what they print, and with which status they end."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from pytest_django import Settings

from linli.cases import erasures
from linli.cases.models import Case
from linli.config.command.root import cli
from linli.journal import bundle_verify
from linli.rules.ids import new_id
from tests.journal.tampering import loosen, run, told, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> UUID:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    monkeypatch.setattr(erasures, "path", lambda: tmp_path / "erased.jsonl")
    return told()[1]


def linli(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def said(*arguments: object, status: int = 0) -> dict[str, Any]:
    """The one JSON object on stdout."""
    done = linli(*arguments, "--json")
    assert done.exit_code == status, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def refused(*arguments: object, status: int = 2) -> str:
    """The one line on stderr."""
    done = linli(*arguments)
    assert (done.exit_code, done.stdout) == (status, ""), done.output
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_verify_counts_what_it_walked(case: UUID) -> None:
    told_ = said("journal", "verify")
    assert set(told_) == {"ok", "entries", "cases", "faults"}
    assert (told_["ok"], told_["cases"], told_["faults"]) == (True, 1, [])
    assert said("journal", "verify", "--case", case)["entries"] == 3
    assert "1 cases: no fault" in linli("journal", "verify").stdout


def test_verify_names_a_fault_and_ends_with_1(case: UUID) -> None:
    loosen()
    run("UPDATE journal_entry SET role = 'street' WHERE stream = %s AND seq = 2", case)
    found = said("journal", "verify", status=1)
    named = [f for f in found["faults"] if f["case"] != "triggers"]
    assert found["ok"] is False and [(f["case"], f["seq"]) for f in named] == [(str(case), 2)]
    assert set(named[0]) == {"case", "seq", "what"}


def test_triggers_that_were_taken_out_are_a_fault(case: UUID) -> None:
    loosen()
    found = said("journal", "verify", status=1)
    assert "journal_entry_no_update does not stand" in " ".join(f["what"] for f in found["faults"])


def test_an_anchor_is_made_once_a_day_and_read_back(case: UUID, tmp_path: Path) -> None:
    first = said("journal", "anchor")
    assert first["new"] is True
    assert said("journal", "anchor") == {"new": False, "anchor": first["anchor"]}
    printed = linli("journal", "anchor").stdout
    assert "was anchored already" in printed and first["anchor"]["root"] in printed
    for number, text in enumerate((printed, json.dumps(first), json.dumps(first["anchor"]))):
        kept = tmp_path / f"anchor-{number}"
        kept.write_text(text, encoding="utf-8")
        assert said("journal", "verify", "--against", kept)["ok"] is True
    other = tmp_path / "other"
    other.write_text(json.dumps({**first["anchor"], "root": "00" * 32}), encoding="utf-8")
    assert said("journal", "verify", "--against", other, status=1)["faults"][0]["case"] == "anchors"


def test_what_cannot_be_read_is_refused_in_one_line(case: UUID, tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("nothing of it")
    assert "no line 'day' is in it" in refused("journal", "verify", "--against", text)
    assert "No such file" in refused("journal", "verify", "--against", tmp_path / "missing")
    assert "is no case" in refused("journal", "verify", "--case", "X-1")
    assert "is no case" in refused("bundle", new_id(), tmp_path / "b.zip")
    assert "is no case" in refused("bundle", "X-1", tmp_path / "b.zip")
    assert "is no person’s id" in refused("erase", "王小明")
    assert "no-such-person" in refused("erase", new_id())
    assert "at most 200" in refused("erase", new_id(), "--reason", "x" * 201)
    assert "is there already" in refused("bundle", case, text)
    assert "is there already" in refused("backup", text)
    assert "No such file" in refused("backup", tmp_path / "missing" / "b.zip")
    assert "not a zip file" in refused("restore", text)


def test_nothing_is_signed_over_a_broken_journal(case: UUID) -> None:
    said("journal", "anchor")
    loosen()
    run("UPDATE journal_anchor SET day = '2020-01-01'")
    run("UPDATE journal_leaf SET day = '2020-01-01'")
    run("DELETE FROM journal_head WHERE stream = %s", case)
    assert "is gone; run: linli journal verify" in refused("journal", "anchor", status=1)


def test_a_bundle_by_number_verifies(case: UUID, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    number = Case.objects.get(id=case).number
    told_ = said("bundle", number, file)
    assert (told_["ok"], told_["case"]) == (True, str(case))
    assert bundle_verify.main([str(file)], Path, tmp_path, print, print) == 0
    assert zipfile.ZipFile(file).read("verify.py") == linli("journal", "verifier").stdout.encode()
    assert "personal parts left out: 1" in linli("bundle", case, tmp_path / "c.zip").stdout


def test_a_bundle_of_a_broken_case_is_written_and_says_so(case: UUID, tmp_path: Path) -> None:
    loosen()
    run("UPDATE journal_entry SET role = 'street' WHERE stream = %s AND seq = 2", case)
    told_ = said("bundle", case, tmp_path / "b.zip", status=1)
    assert told_["ok"] is False and "entry 2" in told_["faults"][0]


def test_a_case_that_cannot_be_read_is_said_in_one_line(case: UUID, tmp_path: Path) -> None:
    loosen()
    run("UPDATE journal_entry SET effect = 'no json' WHERE stream = %s AND seq = 2", case)
    assert "run: linli journal verify --case" in refused("bundle", case, tmp_path / "b.zip", status=1)
    assert said("journal", "verify", "--case", case, status=1)["entries"] == 3


def test_without_its_key_nothing_sealed_is_verified(case: UUID, tmp_path: Path, settings: Settings) -> None:
    settings.LINLI_HOME = tmp_path
    assert "content.key is missing" in refused("journal", "verify")
    assert "content.key is missing" in refused("bundle", case, tmp_path / "b.zip", "--personal")


def test_a_number_of_two_communities_asks_for_the_id(case: UUID) -> None:
    first = Case.objects.get(id=case)
    Case.objects.create(
        id=new_id(), shard="140105006003", type=first.type, version="", number=first.number, place="140105006003",
        state=first.state, live=True, title="", facts="{}", clock="{}", opened=0, since=0, touched=0, seq=1,
    )  # fmt: skip
    line = refused("journal", "verify", "--case", first.number)
    assert str(case) in line and "140105006003" in line


def test_erase_says_what_it_did_and_finds_nothing_the_second_time(case: UUID) -> None:
    person = visitor(case)
    first = said("erase", person, "--reason", "本人要求")
    assert (first["parts"], first["streams"], first["kept"], first["again"]) == (2, 2, [], False)
    assert said("erase", person)["again"] is True
    assert "erased already" in linli("erase", person).stdout
    assert said("journal", "verify")["ok"] is True


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_restored_by_command(case: UUID, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    kept = said("backup", file)
    assert (kept["bytes"], kept["database"]) == (file.stat().st_size, connection.vendor)
    said("erase", visitor(case))
    assert "are in use" in refused("restore", file)
    done = said("restore", file, "--force")
    assert (done["ok"], done["entries"], len(done["erased_again"])) == (True, kept["entries"], 1)
    lines = linli("restore", file, "--force").stdout
    assert "journal: no fault" in lines and "erased again: 1 persons" in lines
