"""The locks pin everything by hash, name no address, and hold whatever pyproject.toml asks for."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.source import ROOT

RUN, TEST = ROOT / "requirements" / "run.lock", ROOT / "requirements" / "test.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(lock: Path) -> dict[str, Version]:
    """The version of each package of a lock."""
    found = (PIN.match(line) for line in lock.read_text("utf-8").splitlines())
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in found if pin}


def unmet(asked: list[str], lock: Path) -> list[str]:
    """The requirements that a lock does not meet."""
    wanted, pinned = [Requirement(text) for text in asked], pins(lock)
    held = {r.name: pinned.get(canonicalize_name(r.name)) for r in wanted}
    return [str(r) for r in wanted if held[r.name] is None or str(held[r.name]) not in r.specifier]


@pytest.mark.parametrize("lock", [RUN, TEST], ids=["run", "test"])
def test_a_lock_names_no_address(lock: Path) -> None:
    options = re.compile(r"://|^\s*--(?!hash=sha256:)|\bfile:|^-")
    assert [line for line in lock.read_text("utf-8").splitlines() if options.search(line)] == []


@pytest.mark.parametrize("lock", [RUN, TEST], ids=["run", "test"])
def test_every_pin_has_a_hash(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", lock.read_text("utf-8"))
    assert [block for block in blocks if PIN.match(block) and "--hash=sha256:" not in block] == []


def test_the_run_lock_holds_what_linli_runs_on() -> None:
    assert unmet(project()["project"]["dependencies"] + project()["dependency-groups"]["build"], RUN) == []


def test_the_test_lock_holds_what_the_tests_need() -> None:
    assert unmet(project()["dependency-groups"]["test"], TEST) == []


def test_both_locks_agree() -> None:
    run, test = pins(RUN), pins(TEST)
    assert {name: (run[name], test[name]) for name in run.keys() & test if run[name] != test[name]} == {}
