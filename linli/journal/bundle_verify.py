"""The entries of a case, their content, and the signed anchor above them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from linli.rules.standalone.bundles import NoBundle, Place, answered, guarded, object_of, option, read
from linli.rules.standalone.hashes import Json, canonical, hash_by, root_of_path
from linli.rules.standalone.signature import signed

FORMAT = "linli-bundle-1"
MEMBERS = ("case.json", "entries.jsonl", "contents.jsonl")
Parts = dict[tuple[str, int], Json]
HEADER = (
    "stream", "kind", "shard", "seq", "id", "action", "actor", "role", "happened", "recorded", "definition", "digests",
    "key", "request", "prev",
)  # fmt: skip


def entry_hash(entry: Json) -> str:
    """The hash of an entry from its columns. Its effect is hashed as the text that it is."""
    header = {name: entry[name] for name in HEADER}
    text = canonical(
        {**header, "format": "linli-entry-1", "hash": entry["hash_name"], "effect": None}
    ).decode()
    before, _, after = text.partition('"effect":null')
    whole = f'{before}"effect":{entry["effect"]}{after}'
    return hash_by(entry["hash_name"], whole.encode()).hex()


def part_digest(hash_name: str, part: Json) -> str:
    """The digest of one part of content, which covers a salt of its own."""
    salt = bytes.fromhex(part["salt"])
    if len(salt) != 16:
        raise ValueError("a salt has 16 bytes")
    whose = canonical(part["person"]).decode()
    return hash_by(hash_name, salt + f'{{"content":{part["body"]},"person":{whose}}}'.encode()).hex()


def _lines(raw: bytes, name: str) -> list[Json]:
    return [object_of(line, f"{name} line {n}") for n, line in enumerate(raw.split(b"\n"), 1) if line.strip()]


def faults(members: dict[str, bytes], key: str | None = None) -> Iterator[str]:
    """Everything that does not hold, in plain words. ``key`` is the public key that the anchor must be signed with.

    Raises: NoBundle.
    """
    case = object_of(members["case.json"], "case.json")
    if case.get("format") != FORMAT:
        raise NoBundle(f"case.json: the format is {case.get('format')!r}, not {FORMAT!r}")
    entries = _lines(members["entries.jsonl"], "entries.jsonl")
    contents = _lines(members["contents.jsonl"], "contents.jsonl")
    yield from guarded("the entries", lambda: _entry_faults(case, entries))
    yield from guarded("the content", lambda: _content_faults(case, entries, contents))
    yield from guarded("the anchor", lambda: _anchor_faults(case, entries, key))


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
    message = canonical({**body, "format": "linli-anchor-1"})
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
    start = hash_by(anchor["hash"], b"\0" + canonical(leaf))
    root = root_of_path(anchor["hash"], start, case["index"], case["size"], path)
    if root is None or root.hex() != anchor["root"]:
        yield f"the path does not lead to the root of the anchor of {anchor['day']}"


def summary(members: dict[str, bytes]) -> list[str]:
    """What was verified and what it does not say."""
    case = object_of(members["case.json"], "case.json")
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


def verified(arguments: list[str], at: Callable[[str], Place], here: Place) -> tuple[list[str], list[str]]:
    """The faults of what the command line names, and what to say where there are none. Raises: NoBundle."""
    key = option("--key", arguments)
    members = read(at(arguments[0]) if arguments else here, MEMBERS)
    if missing := [name for name in MEMBERS if name not in members]:
        raise NoBundle(f"{', '.join(missing)} is missing")
    found = list(faults(members, key))
    return found, [] if found else summary(members)


def main(
    arguments: list[str],
    at: Callable[[str], Place],
    here: Place,
    say: Callable[[str], object],
    warn: Callable[[str], object],
) -> int:
    """Verify what the command line names; 0, 1 or 2. ``at`` makes a path of a text, ``here`` is the program's folder."""
    return answered(lambda: verified([*arguments], at, here), say, warn)
