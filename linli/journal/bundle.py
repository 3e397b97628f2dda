"""A bundle: one case in one file that verifies without Linli, without a network, by a script that lies inside.

Personal parts are left out unless asked for; their salted digests stay in the entries, so that the chain holds. Ids of
persons stay too: from them alone nobody is known.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from linli.journal import anchor as anchoring
from linli.journal import bundle_verify, leaves, printed
from linli.journal.append import Entry, entries
from linli.journal.bundle_page import page
from linli.journal.erasing import erased_parts
from linli.journal.reading import clear, raw_contents
from linli.journal.snapshot import snapshot
from linli.journal.writes import fetch
from linli.rules import chain
from linli.rules.chain import Anchor
from linli.rules.merkle import Growing
from linli.rules.registry import installed
from linli.rules.standalone import joined
from linli.rules.text import T

SAID = """Verify a bundle: one case of Linli 邻里, with its entries, their content and the signed anchor above them.

    python verify.py bundle.zip       or, inside the unpacked folder:  python verify.py
    python verify.py bundle.zip --key <64 hex digits of the public key, from an anchor that was handed out>

Python 3.11 or later and its standard library, nothing else; no network. Exit 0: everything holds. Exit 1: faults, each
named. Exit 2: this is no bundle. The page index.html is for reading and proves nothing; what this program says does.
"""
_BEFORE = "SELECT COUNT(DISTINCT stream) FROM journal_leaf WHERE stream < %s AND day <= %s"
Json = dict[str, Any]


class NothingThere(ValueError):
    """The stream has no entry, or is no case."""


def members(case: UUID, *, personal: bool = False) -> dict[str, bytes]:
    """The files of a case's bundle by name. ``personal`` opens the personal parts and puts them in.

    Raises: NothingThere; Unopenable and KeyMissing with ``personal``.
    """
    with snapshot():
        stored = entries(case)
        if not stored or stored[0].kind != "case":
            raise NothingThere(f"{case} is no case with entries")
        contents = _contents(stored, personal)
        about = {**_about(case, stored), **_absent(stored, contents), **_proof(case)}
    effects = {e.id: chain.canonical(e.effect).decode() for e in stored}
    return {
        "case.json": _text(about, indent=2),
        "entries.jsonl": b"".join(_text(_entry(e, effects[e.id])) for e in stored),
        "contents.jsonl": b"".join(_text(part) for part in contents),
        "index.html": page(about, stored, contents).encode(),
        "verify.py": script(),
    }


@cache
def script() -> bytes:
    """The program that verifies a bundle, as one file (UTF-8)."""
    return joined(SAID, (bundle_verify.__name__,))


def write(path: Path, files: Mapping[str, bytes]) -> None:
    """The bundle as a new zip file, readable by its owner only: it holds what people said. Raises: OSError."""
    path.touch(mode=0o600, exist_ok=False)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def _text(value: Json, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode() + b"\n"


def _about(case: UUID, stored: Sequence[Entry]) -> Json:
    first = stored[0].effect
    definition = installed.get(str(first.get("type")))
    title = definition.case_type.title if definition else T("事项", "Case")
    return {
        "format": bundle_verify.FORMAT,
        "case": str(case),
        "number": str(first.get("number", "")),
        "type": str(first.get("type", "")),
        "title": {"zh": title.zh, "en": title.en},
        "entries": len(stored),
    }


def _entry(e: Entry, effect: str) -> Json:
    return {
        **{
            name: getattr(e, name)
            for name in ("kind", "shard", "seq", "action", "role", "happened", "recorded")
        },
        **{name: getattr(e, name) for name in ("definition", "hash_name", "key")},
        **{name: str(getattr(e, name)) for name in ("id", "stream")},
        **{name: bytes(getattr(e, name)).hex() for name in ("request", "prev", "hash")},
        "actor": str(e.actor) if e.actor else None,
        "digests": list(e.digests),
        "effect": effect,
    }


def _contents(stored: Sequence[Entry], personal: bool) -> list[Json]:
    return [
        {
            "entry": str(entry),
            "part": part,
            "person": str(person) if person else None,
            "salt": bytes(salt).hex(),
            "body": clear(body).decode(),
        }
        for entry, part, person, salt, body in raw_contents(e.id for e in stored)
        if personal or person is None
    ]


def _absent(stored: Sequence[Entry], contents: Sequence[Json]) -> Json:
    """The parts that are not in the bundle, by reason; a part missing without a reason is for the verifier to find."""
    inside = {(part["entry"], part["part"]) for part in contents}
    there = {(str(row[0]), row[1]) for row in raw_contents(e.id for e in stored)}
    wanted = [(str(e.id), number) for e in stored for number in range(len(e.digests))]
    missing = [part for part in wanted if part not in there]
    erased = erased_parts() if missing else set()
    return {
        "left_out": [part for part in wanted if part in there - inside],
        "erased": [part for part in missing if (part[0].replace("-", ""), part[1]) in erased],
    }


def _proof(case: UUID) -> Json:
    """The last anchor, what it saw of the case, and the audit path between them."""
    anchor = anchoring.last()
    nothing: Json = {"anchor": None, "leaf": None, "index": 0, "size": 0, "path": []}
    return nothing if anchor is None else _path(case, anchor) or nothing


def _path(case: UUID, anchor: Anchor) -> Json | None:
    index = fetch(_BEFORE, (case, anchor.day))[0][0]
    tree, mine = Growing(anchor.hash_name, index), None
    for leaf in leaves.as_of(anchor.day):
        tree.add(chain.leaf_bytes(*leaf))
        mine = leaf if leaf.stream == case else mine
    if mine is None:
        return None
    return {
        "anchor": printed.as_json(anchor),
        "leaf": {"stream": str(case), "seq": mine.seq, "hash": bytes(mine.hash).hex()},
        "index": index,
        "size": tree.size,
        "path": [node.hex() for node in tree.end()[1]],
    }
