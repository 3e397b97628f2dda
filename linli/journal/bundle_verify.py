#!/usr/bin/env python3
"""Verify a bundle: one case of Linli 邻里, with its entries, their content and the signed anchor above them.

    python verify.py bundle.zip       or, inside the unpacked folder:  python verify.py
    python verify.py bundle.zip --key <64 hex digits of the public key, from an anchor that was handed out>

Python 3.11 or later and its standard library, nothing else; no network. Exit 0: everything holds. Exit 1: faults, each
named. Exit 2: this is no bundle. The page index.html is for reading and proves nothing; what this program says does.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FORMAT = "linli-bundle-1"
MEMBERS = ("case.json", "entries.jsonl", "contents.jsonl")
MOST_BYTES = 1 << 29
OK, FAULTY, UNUSABLE = 0, 1, 2
Json = dict[str, Any]
Parts = dict[tuple[str, int], Json]


class NoBundle(Exception):
    """What was given is no bundle; says why."""


# --- reading -------------------------------------------------------------------------------------------------------


def read(path: Path) -> dict[str, bytes]:
    """The members of a bundle, from the file or from the folder into which it was unpacked. Raises: NoBundle."""
    try:
        return _from_folder(path) if path.is_dir() else _from_zip(path)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as wrong:
        raise NoBundle(f"{path}: {wrong}") from wrong


def _from_folder(path: Path) -> dict[str, bytes]:
    return {name: (path / name).read_bytes() for name in MEMBERS}


def _from_zip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for name in MEMBERS:
            if names.count(name) != 1:
                raise NoBundle(f"{path}: {names.count(name)} times {name} is in it, not once")
            if archive.getinfo(name).file_size > MOST_BYTES:
                raise NoBundle(f"{path}: {name} is larger than {MOST_BYTES} bytes")
        return {name: archive.read(name) for name in MEMBERS}


def _json(text: bytes | str, where: str) -> Json:
    try:
        found = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as wrong:
        raise NoBundle(f"{where}: {wrong}") from wrong
    if not isinstance(found, dict):
        raise NoBundle(f"{where}: an object is expected")
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _lines(raw: bytes, name: str) -> list[Json]:
    return [_json(line, f"{name} line {n}") for n, line in enumerate(raw.split(b"\n"), 1) if line.strip()]


# --- hashes --------------------------------------------------------------------------------------------------------


def hash_by(name: str, data: bytes) -> bytes:
    """SHA-256 or SM3. Raises: ValueError for another name, or where this Python has no SM3."""
    if name not in ("sha256", "sm3"):
        raise ValueError(f"the hash {name!r} is not known")
    return hashlib.new(name, data).digest()


def canonical(value: object) -> str:
    """Canonical JSON (RFC 8785) of what a header holds: texts, integers, null."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


HEADER = (
    "stream", "kind", "shard", "seq", "id", "action", "actor", "role", "happened", "recorded", "definition", "digests",
    "key", "request", "prev",
)  # fmt: skip


def entry_hash(entry: Json) -> str:
    """The hash of an entry from its columns. Its effect is hashed as the text that it is."""
    header = {name: entry[name] for name in HEADER}
    text = canonical({**header, "format": "linli-entry-1", "hash": entry["hash_name"], "effect": None})
    before, _, after = text.partition('"effect":null')
    whole = f'{before}"effect":{entry["effect"]}{after}'
    return hash_by(entry["hash_name"], whole.encode()).hex()


def part_digest(hash_name: str, part: Json) -> str:
    """The digest of one part of content, which covers a salt of its own."""
    salt = bytes.fromhex(part["salt"])
    if len(salt) != 16:
        raise ValueError("a salt has 16 bytes")
    whose = canonical(part["person"])
    return hash_by(hash_name, salt + f'{{"content":{part["body"]},"person":{whose}}}'.encode()).hex()


def root_of(hash_name: str, leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The Merkle root to which the audit path of a leaf leads (RFC 6962, 2.1.1); None if the path does not fit."""
    node, rest, last = hash_by(hash_name, b"\0" + leaf), list(path), size - 1
    if not 0 <= index <= last:
        return None
    while last:
        if index % 2 or index < last:
            if not rest:
                return None
            beside = rest.pop(0)
            pair = beside + node if index % 2 else node + beside
            node = hash_by(hash_name, b"\1" + pair)
        index, last = index // 2, last // 2
    return None if rest else node


# --- Ed25519 (RFC 8032, 5.1), verification only -----------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]
BASE_Y = 4 * pow(5, P - 2, P) % P


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return x if x & 1 == sign else P - x


def _point(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    y, sign = number & (2**255 - 1), number >> 255
    x = _x_of(y, sign) if len(raw) == 32 and y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, p: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while factor:
        found = _add(found, p) if factor & 1 else found
        p, factor = _add(p, p), factor >> 1
    return found


def signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature is the key's over the message."""
    key, r = _point(public_key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    base_x = _x_of(BASE_Y, 0)
    assert base_x is not None
    left, right = _times(s, (base_x, BASE_Y, 1, base_x * BASE_Y % P)), _add(r, _times(k, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- the checks -------------------------------------------------------------------------------------------------------


def faults(members: dict[str, bytes], key: str | None = None) -> Iterator[str]:
    """Everything that does not hold, in plain words. ``key`` is the public key that the anchor must be signed with.

    Raises: NoBundle.
    """
    case = _json(members["case.json"], "case.json")
    if case.get("format") != FORMAT:
        raise NoBundle(f"case.json: the format is {case.get('format')!r}, not {FORMAT!r}")
    entries = _lines(members["entries.jsonl"], "entries.jsonl")
    contents = _lines(members["contents.jsonl"], "contents.jsonl")
    yield from _guarded("the entries", lambda: list(_entry_faults(case, entries)))
    yield from _guarded("the content", lambda: list(_content_faults(case, entries, contents)))
    yield from _guarded("the anchor", lambda: list(_anchor_faults(case, entries, key)))


def _guarded(what: str, check: Callable[[], list[str]]) -> list[str]:
    """A column that is missing or of another kind is a fault like any other."""
    try:
        return check()
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as wrong:
        return [f"{what} cannot be read: {type(wrong).__name__}: {wrong}"]


def _entry_faults(case: Json, entries: list[Json]) -> Iterator[str]:
    before = ""
    for number, entry in enumerate(entries, 1):
        if entry["seq"] != number or type(entry["seq"]) is not int:
            yield f"entry {number}: it bears the number {entry['seq']}; one is missing, added or moved"
        if entry["stream"] != case["case"] or entry["kind"] != "case":
            yield f"entry {number}: it belongs to another stream"
        if entry["prev"] != before:
            yield f"entry {number}: it does not hold on to the entry before it"
        if entry_hash(entry) != entry["hash"]:
            yield f"entry {number}: its columns do not give its hash; it was changed"
        before = entry["hash"]
    if len(entries) != case["entries"] or not entries:
        yield f"{len(entries)} entries are in it, not {case['entries']}"
    first = json.loads(entries[0]["effect"]) if entries else {}
    for name in ("number", "type"):
        if first.get(name) != case[name]:
            yield f"case.json says the {name} {case[name]!r}; the first entry says {first.get(name)!r}"


def _content_faults(case: Json, entries: list[Json], contents: list[Json]) -> Iterator[str]:
    parts: Parts = {(part["entry"], part["part"]): part for part in contents}
    if len(parts) != len(contents):
        yield "a content part stands in it twice"
    absent = {(entry, part) for why in ("left_out", "erased") for entry, part in case[why]}
    for entry in entries:
        for number, digest in enumerate(entry["digests"]):
            where = f"entry {entry['seq']}: content part {number}"
            part = parts.pop((entry["id"], number), None)
            if part is None:
                if number == 0 or (entry["id"], number) not in absent:
                    yield f"{where} is missing"
            elif part_digest(entry["hash_name"], part) != digest:
                yield f"{where} does not give its digest; it was changed"
    for entry_id, number in parts:
        yield f"content part {number} of {entry_id} belongs to no entry of this case"


def _anchor_faults(case: Json, entries: list[Json], key: str | None) -> Iterator[str]:
    anchor = case["anchor"]
    if anchor is None:
        if key:
            yield "no anchor is in it, so that nothing is signed with the key"
        return
    if key and anchor["public_key"] != key.lower():
        yield f"the anchor is signed with another key: {anchor['public_key']}"
    body = {name: value for name, value in anchor.items() if name != "signature"}
    message = canonical({**body, "format": "linli-anchor-1"}).encode()
    if not signed(bytes.fromhex(anchor["public_key"]), message, bytes.fromhex(anchor["signature"])):
        yield f"the anchor of {anchor['day']} does not bear its signature"
    leaf = case["leaf"]
    if leaf["stream"] != case["case"] or not 1 <= leaf["seq"] <= len(entries):
        yield f"the anchor of {anchor['day']} saw {leaf['seq']} entries; {len(entries)} are in it"
    elif entries[leaf["seq"] - 1]["hash"] != leaf["hash"]:
        yield f"entry {leaf['seq']} is not the one that the anchor of {anchor['day']} saw"
    path = [bytes.fromhex(node) for node in case["path"]]
    if case["size"] != anchor["heads"]:
        yield f"the path is of a tree of {case['size']} leaves; the anchor has {anchor['heads']}"
    root = root_of(anchor["hash"], canonical(leaf).encode(), case["index"], case["size"], path)
    if root is None or root.hex() != anchor["root"]:
        yield f"the path does not lead to the root of the anchor of {anchor['day']}"


# --- saying it --------------------------------------------------------------------------------------------------------


def summary(members: dict[str, bytes]) -> list[str]:
    """What was verified and what it does not say."""
    case = _json(members["case.json"], "case.json")
    told = [f"{case['type']} {case['number']} ({case['case']}): {case['entries']} entries"]
    if case["left_out"]:
        told.append(f"personal parts left out: {len(case['left_out'])}; their digests are in the entries")
    if case["erased"]:
        told.append(f"personal parts said to have been erased: {len(case['erased'])}")
    if case["anchor"] is None:
        return [
            *told,
            "NOT ANCHORED: no signed anchor covers it; the chain alone shows no removed last entries",
        ]
    anchor, seq = case["anchor"], case["leaf"]["seq"]
    told.append(f"entries 1 to {seq} stand under the anchor of {anchor['day']}")
    if seq < case["entries"]:
        told.append(f"entries {seq + 1} to {case['entries']} are newer than the anchor")
    return [
        *told,
        f"signed with {anchor['public_key']}; compare with an anchor that was handed out, or give --key",
    ]


def main(arguments: list[str]) -> int:
    """Verify what the command line names; 0, 1 or 2."""
    for stream in (sys.stdout, sys.stderr):  # a console that knows no Chinese still gets its answer
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    key = None
    if "--key" in arguments:
        at = arguments.index("--key")
        key = "".join(arguments[at + 1 : at + 2])
        arguments = arguments[:at] + arguments[at + 2 :]
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        members = read(path)
        found = list(faults(members, key))
        told = [] if found else summary(members)
    except (NoBundle, KeyError, TypeError) as wrong:
        sys.stderr.write(f"no bundle: {wrong}\n")
        return UNUSABLE
    for line in found or told:
        sys.stdout.write(f"FAULT {line}\n" if found else f"{line}\n")
    sys.stdout.write(f"{len(found)} 处有问题 FAULTY\n" if found else "OK 无误\n")
    return FAULTY if found else OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
