"""What is committed is ours, small, finished, and speaks of Linli alone."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.house.source import ROOT, name

MOST_BYTES = 1024 * 1024
LOCKS = (".lock", "package-lock.json")
# Patterns are written so that none matches its own text.
THIRD_PARTY = re.compile(
    r"\.min\.(js|css)$|\.map$|(^|/)(node_modules|vendor|third_party|dist)/|\.(woff2?|ttf|otf|whl)$"
)
LONGEST_LINE = 2000
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|HA[C]K)\b")
ELSEWHERE = {
    "a path of one machine": re.compile(r"(?<![\w.*])/(?:w[o]rk|r[o]ot|h[o]me|U[s]ers)/[\w.]"),
    "a registry": re.compile(
        r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|deb\.debian\.org|crates\.io|proxy\.golang\.org|unpkg\.com|jsdelivr\.net"
    ),
    "an issue's number": re.compile(r"\bissues?[ ]#?\d|\(#\d+\)", re.IGNORECASE),
    "a private key": re.compile(r"BEGIN [A-Z ]{0,20}PRIVATE[ ]KEY"),
}


@cache
def tracked() -> list[Path]:
    """The files that git keeps; a source archive without git cannot be asked."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout: what is committed cannot be told")
    paths = [ROOT / entry for entry in listed.stdout.split("\0") if entry]
    return [path for path in paths if path.is_file()]


@cache
def lines() -> list[tuple[str, str]]:
    """Every line of every tracked text file with its place."""
    found = []
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            text = content.decode("utf-8")
            found += [(f"{name(path)}:{number}", line) for number, line in enumerate(text.splitlines(), 1)]
    return found


def test_no_file_is_larger_than_1_mib() -> None:
    large = [path for path in tracked() if path.stat().st_size > MOST_BYTES and not path.name.endswith(LOCKS)]
    assert [name(path) for path in large] == []


def test_no_file_of_others_is_committed() -> None:
    assert [name(path) for path in tracked() if THIRD_PARTY.search(name(path))] == []


def test_no_script_or_style_sheet_is_minified() -> None:
    code = re.compile(r"\.(js|css|html|py):\d+$")
    assert [where for where, line in lines() if len(line) > LONGEST_LINE and code.search(where)] == []


def test_nothing_is_left_for_later() -> None:
    assert [where for where, line in lines() if UNFINISHED.search(line)] == []


@pytest.mark.parametrize("what", ELSEWHERE)
def test_it_speaks_of_nothing_but_itself(what: str) -> None:
    assert [where for where, line in lines() if ELSEWHERE[what].search(line)] == []
