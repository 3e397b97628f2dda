"""A bundle verifies with the standard library alone, and whatever is changed in it is found."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from linli.journal import anchor, bundle, bundle_verify
from linli.journal.append import entries
from linli.journal.verify import Walk
from linli.rules.ids import new_id
from linli.rules.standalone.bundles import NoBundle
from linli.rules.standalone.signature import signed
from tests.cases.community import Town
from tests.journal.tampering import DEMAND, RECEIVED, START, loosen, run, told, undone

Files = dict[str, bytes]
stored = pytest.mark.django_db


@pytest.fixture
def story() -> tuple[Town, UUID]:
    cast, case = told()
    told(cast)
    anchor.make(START)
    cast.act(case, "community", "note", START + 9, {"note": "锚定之后"})
    return cast, case


@pytest.fixture
def files(story: tuple[Town, UUID]) -> Files:
    return bundle.members(story[1])


def wrong(files: Files) -> list[str]:
    return list(bundle_verify.faults(files))


def changed(files: Files, name: str, at: str, value: object) -> Files:
    """case.json with one value changed; ``at`` is a path of keys."""
    content = json.loads(files[name])
    inner = content
    *way, last = at.split(".")
    for key in way:
        inner = inner[key]
    inner[last] = value
    return {**files, name: json.dumps(content).encode()}


@stored
def test_a_bundle_verifies_and_says_what_is_left_out(files: Files) -> None:
    assert wrong(files) == []
    said = "\n".join(bundle_verify.summary(files))
    assert "4 entries" in said and "personal parts left out: 1" in said
    assert "entries 1 to 3 stand under the anchor" in said and "entries 4 to 4 are newer" in said
    assert "测试访客" not in str([f.decode() for f in files.values()])


@stored
def test_personal_parts_are_put_in_when_asked(story: tuple[Town, UUID]) -> None:
    files = bundle.members(story[1], personal=True)
    assert wrong(files) == [] and "测试访客" in files["contents.jsonl"].decode()
    assert "测试访客 · 19900001111" in files["index.html"].decode()


@stored
def test_a_case_without_an_anchor_says_so() -> None:
    files = bundle.members(told()[1])
    assert wrong(files) == [] and "NOT ANCHORED" in "\n".join(bundle_verify.summary(files))
    assert list(bundle_verify.faults(files, "00")) == [
        "no anchor is in it, so that nothing is signed with the key"
    ]


@stored
def test_a_case_newer_than_the_anchor_says_so(story: tuple[Town, UUID]) -> None:
    case = story[0].act(DEMAND, "window", "receive", START + 10, RECEIVED).case
    assert "NOT ANCHORED" in "\n".join(bundle_verify.summary(bundle.members(case)))


@stored
def test_only_a_case_has_a_bundle() -> None:
    with pytest.raises(bundle.NothingThere):
        bundle.members(new_id())


@stored
def test_the_page_reads_without_scripts(files: Files) -> None:
    page = files["index.html"].decode()
    assert "接待登记 Receive and record → " in page and "电力与照明" in page and "个人信息未附" in page
    assert "<script" not in page and "http://" not in page and "https://" not in page


@stored
@pytest.mark.parametrize("unpacked", [False, True])
def test_the_script_inside_verifies_alone(files: Files, tmp_path: Path, unpacked: bool) -> None:
    path = tmp_path / "bundle.zip"
    bundle.write(path, files)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    given = [] if unpacked else [path]
    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "verify.py", *given],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd="/",
    )
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.endswith("OK 无误\n")
    (tmp_path / "entries.jsonl").write_bytes(files["entries.jsonl"].replace(b'"clerk"', b'"street"'))
    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "verify.py", tmp_path],
        capture_output=True,
        encoding="utf-8",
        cwd="/",
    )
    assert done.returncode == 1 and "FAULT entry 1: its columns do not give its hash" in done.stdout


def test_the_script_needs_the_standard_library_only() -> None:
    found = set()
    for node in ast.walk(ast.parse(bundle.script())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    assert found <= set(sys.stdlib_module_names) and found


def test_what_is_no_bundle_is_said(tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"no zip")
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w"):
        pass
    for path_ in (path, empty, tmp_path, tmp_path / "missing"):
        assert bundle_verify.main([str(path_)], Path, tmp_path, print, print) == 2


@stored
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["entries.jsonl", "contents.jsonl"]), st.integers(0, 10**6), st.integers(1, 255))
def test_any_changed_byte_of_entries_and_contents_is_found(
    files: Files, name: str, at: int, flip: int
) -> None:
    raw = bytearray(files[name])
    raw[at % len(raw)] ^= flip
    altered = {**files, name: bytes(raw)}
    try:
        before, after = (bundle_verify._lines(f[name], name) for f in (files, altered))
        assume(before != after)
        assert wrong(altered)
    except NoBundle:
        pass  # it says so and ends with 2


@stored
@pytest.mark.parametrize(
    ("at", "value", "says"),
    [
        ("case", str(UUID(int=5)), "belongs to another stream"),
        ("number", "X-1", "the first entry says"),
        ("entries", 3, "4 entries are in it, not 3"),
        ("left_out", [], "content part 1 is missing"),
        ("anchor.root", "00" * 32, "does not bear its signature"),
        ("anchor.heads", 5, "does not bear its signature"),
        ("anchor.signature", "00" * 64, "does not bear its signature"),
        ("anchor.public_key", "00" * 32, "does not bear its signature"),
        ("leaf.seq", 4, "is not the one that the anchor"),
        ("leaf.seq", 9, "saw 9 entries; 4 are in it"),
        ("leaf.hash", "00" * 32, "is not the one that the anchor"),
        ("index", 0, "does not lead to the root"),
        ("size", 1, "the path is of a tree of 1 leaves"),
        ("path", [], "does not lead to the root"),
        ("path", 5, "the anchor cannot be read"),
    ],
)
def test_changes_of_the_proof_are_named(files: Files, at: str, value: object, says: str) -> None:
    assert says in "\n".join(wrong(changed(files, "case.json", at, value)))


@stored
def test_entries_removed_swapped_or_added_are_named(files: Files) -> None:
    one, two, three, four = files["entries.jsonl"].splitlines(keepends=True)
    for some in (
        (one, two, three),
        (one, three, two, four),
        (one, two, two, three, four),
        (two, three, four),
        (),
    ):
        assert wrong({**files, "entries.jsonl": b"".join(some)})


@stored
def test_facts_cannot_be_left_out(files: Files) -> None:
    left_out = json.loads(files["case.json"])["left_out"]
    first = json.loads(files["entries.jsonl"].splitlines()[0])["id"]
    less = changed({**files, "contents.jsonl": b""}, "case.json", "left_out", [*left_out, [first, 0]])
    assert "entry 1: content part 0 is missing" in wrong(less)


TAMPERED = [
    "UPDATE journal_entry SET role = 'street' WHERE stream = %s AND seq = 2",
    "UPDATE journal_entry SET happened = happened + 1 WHERE stream = %s AND seq = 1",
    "UPDATE journal_entry SET actor = NULL WHERE stream = %s AND seq = 3",
    "UPDATE journal_entry SET hash = prev WHERE stream = %s AND seq = 2",
    "UPDATE journal_entry SET effect = replace(effect, 'reported', 'filed') WHERE stream = %s AND seq = 1",
    "UPDATE journal_content SET body = '{}' WHERE part = 0 AND entry IN (SELECT id FROM journal_entry WHERE stream = %s)",
    "DELETE FROM journal_content WHERE entry IN (SELECT id FROM journal_entry WHERE stream = %s AND seq = 1)",
    "DELETE FROM journal_entry WHERE stream = %s AND seq = 2",
    "UPDATE journal_head SET kind = kind WHERE stream = %s",
]


@stored
@pytest.mark.parametrize("sql", TAMPERED)
def test_the_script_agrees_with_the_journal(story: tuple[Town, UUID], sql: str) -> None:
    _, case = story
    with undone():
        loosen()
        run(sql, case)
        at_home = {f.seq for f in Walk(case).faults()}
        outside = wrong(bundle.members(case))
    assert bool(at_home) == bool(outside)
    assert bool(at_home) == ("journal_head" not in sql)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50), st.integers(0, 63), st.integers(0, 255))
def test_signatures_are_judged_as_the_library_judges(seed: bytes, message: bytes, at: int, flip: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signature = bytearray(key.sign(message))
    signature[at] ^= flip
    public = key.public_key().public_bytes_raw()
    assert signed(public, message, bytes(signature)) == (flip == 0)
    assert not signed(public, message + b"x", key.sign(message))


def test_a_vector_of_the_standard() -> None:
    """RFC 8032, 7.1, test 2."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signed(public, bytes([0x72]), bytes.fromhex(signature))
    assert not signed(public, b"", bytes.fromhex(signature))
    assert not signed(public, bytes([0x72]), b"")


@stored
def test_the_entries_are_those_of_the_journal(story: tuple[Town, UUID], files: Files) -> None:
    told_ = [json.loads(line)["hash"] for line in files["entries.jsonl"].splitlines()]
    assert told_ == [e.hash.hex() for e in entries(story[1])]
