"""What every command promises: exit status 2 and one line on stderr where something cannot be used, and no traceback."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linli.cases import clock
from linli.config.command.root import cli
from linli.territory import regions
from linli.territory.regions import RegionRow

YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")


def linli(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def line(*arguments: str, status: int = 2) -> str:
    """The one line on stderr, with nothing on stdout."""
    done = linli(*arguments)
    assert (done.exit_code, done.stdout) == (status, ""), done.output
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("nothing",), "No such command 'nothing'"),
        (("brief", "all", "--region", "14"), "Missing option '--from'"),
        (("serve", "--port", "99999"), "99999 is not in the range"),
        (("clock", "--every", "0"), "--every"),
        (("restore", "/nowhere/backup.zip"), "does not exist"),
        (("brief", "all", "--region", "14", "--from", "2024-02-30", "--to", "2024-03-01"), "--from: '2024-02-30'"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_understood_is_answered_with_one_line(given: tuple[str, ...], says: str) -> None:
    assert says in line(*given)


def test_without_a_command_the_commands_are_shown() -> None:
    assert "brief" in linli().output


def test_a_port_on_which_somebody_listens_is_not_shared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"127.0.0.1:{port} cannot be served" in line("serve", "--port", str(port))


@pytest.mark.django_db
class TestBrief:
    """``linli brief``."""

    def test_a_place_that_nobody_knows_has_no_figures(self) -> None:
        assert "no place 990000 is known" in line("brief", "all", "--region", "990000", *YEAR)

    def test_a_programme_that_is_not_installed_is_named(self) -> None:
        regions.load([RegionRow("99", "甲省")])
        assert "known are" in line("brief", "nothing", "--region", "99", *YEAR)

    def test_a_share_of_nothing_has_no_value(self) -> None:
        regions.load([RegionRow("99", "甲省")])
        assert "None" not in linli("brief", "all", "--region", "99", *YEAR).stdout
        told = json.loads(linli("brief", "all", "--region", "99", *YEAR, "--json").stdout)
        assert {f["value"] for f in told["figures"]} == {0, None}

    def test_any_day_of_the_calendar_can_be_asked_for(self) -> None:
        regions.load([RegionRow("99", "甲省")])
        done = linli("brief", "all", "--region", "99", "--from", "0001-01-01", "--to", "9999-12-31")
        assert done.exit_code == 0


@pytest.mark.django_db
def test_a_single_round_leaves_the_lease_as_it_found_it() -> None:
    """While another clock runs it does nothing and says so; afterwards the next one need not wait."""
    assert linli("clock", "--once").stdout == "0 entries\n"
    assert clock.hold_lease("another", 4_000_000_000_000_000)
    assert "another clock runs here" in line("clock", "--once", status=1)


@pytest.mark.django_db
def test_progress_leaves_no_empty_line_where_the_work_fails(tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_bytes(b"")
    assert "is there already" in line("backup", str(there))
