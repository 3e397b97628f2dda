"""The chain: canonical bytes (RFC 8785), salted digests, entry hashes, Merkle trees (RFC 6962, 2.1). All pure.

An entry's hash covers its header; the header holds the hash before it and a digest of each part of the content.
The digest covers a salt of its own, so that an erased part cannot be guessed back from it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import rfc8785

from linli.rules.compact import compact

FORMAT = "linli-entry-1"
ANCHOR_FORMAT = "linli-anchor-1"
HASHES = ("sha256", "sm3")
SALT_BYTES = 16
START = b""  # what stands before the first entry of a stream

# Where the standard library's JSON may part from RFC 8785: floats, integers beyond 2^53, keys outside the basic
# plane; and NUL, which RFC 8785 knows and PostgreSQL does not.
_NUMBER = re.compile(r"[:\[,]-?(?:\d+[.eE]|9\d{15}|\d{17})")
_FLOAT = re.compile(rb"[:\[,]-?\d+[.eE]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class NotCanonical(ValueError):
    """The value has no canonical form, or one that a database would not keep."""


def canonical(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """The canonical JSON of a mapping or list (RFC 8785): equal values, equal bytes.

    Raises: NotCanonical, naming the place, for integers beyond ±(2^53-1), NaN, keys that are no text, NUL or half a
    surrogate pair in a text, and for what JSON does not know (a date, a UUID, a set).
    """
    plain: Any = value if type(value) is dict or type(value) is list else _plain(value)
    try:
        text = compact(plain)
        if _agreed(text) and json.loads(text) == plain:
            return text.encode()
    except (TypeError, ValueError, RecursionError):
        pass  # the library and then the search for the culprit say what is wrong
    return _by_the_library(plain)


def _plain(value: Mapping[str, Any] | Sequence[Any]) -> dict[str, Any] | list[Any]:
    return dict(value) if isinstance(value, Mapping) else list(value)


def _agreed(text: str) -> bool:
    return not (_NUMBER.search(text) or "\\u0000" in text or (not text.isascii() and _ASTRAL.search(text)))


def _by_the_library(plain: dict[str, Any] | list[Any]) -> bytes:
    _refuse(plain)
    return rfc8785.dumps(plain)


def _refuse(plain: object) -> None:
    for where, what in _faults(plain, ""):
        raise NotCanonical(f"{where or 'the value'}: {what}")


def _faults(value: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if "\0" in value:
            yield where, "a text must not hold NUL (character 0); remove it"
        elif any("\ud800" <= c <= "\udfff" for c in value):
            yield where, "a text must not hold half a surrogate pair; it is not valid Unicode"
    elif isinstance(value, int):
        if abs(value) >= 2**53:
            yield (
                where,
                f"{value} is beyond ±(2^53-1), which JSON numbers hold exactly (RFC 8785); give it as text",
            )
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield where, "not a number; JSON knows finite numbers only"
    elif isinstance(value, dict):
        for key, inner in value.items():
            at = f"{where}.{key}" if where else str(key)
            if not isinstance(key, str):
                yield at, f"a key must be text, not {type(key).__name__}"
            else:
                yield from _faults(key, f"{at} (the key)")
            yield from _faults(inner, at)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _faults(inner, f"{where}[{index}]")
    elif value is not None:
        yield where, f"{type(value).__name__} has no JSON form; give text or an integer"


def has_float(text: bytes) -> bool:
    """Whether canonical JSON holds a number that is no integer."""
    if not _FLOAT.search(text):
        return False
    found: list[str] = []
    json.loads(text, parse_float=found.append)
    return bool(found)


def hasher(name: str) -> Callable[[bytes], bytes]:
    """The hash function called ``sha256`` or ``sm3`` (GB/T 32905-2016).

    Raises: ValueError for another name, or for sm3 where this Python's OpenSSL lacks it.
    """
    if name == "sha256":
        return _sha256
    if name != "sm3":
        raise ValueError(f"hash {name!r} is not known; use one of {', '.join(HASHES)}")
    if "sm3" not in hashlib.algorithms_available:
        raise ValueError(
            "hash 'sm3' needs an OpenSSL with SM3 (1.1.1 or later, built with it); use sha256, or another Python"
        )
    return _sm3


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


class Header(NamedTuple):
    """Everything an entry's hash covers. Times are µs UTC, ``digests`` hex texts in the order of the parts."""

    hash_name: str
    stream: UUID
    kind: str
    shard: str
    seq: int
    id: UUID
    action: str
    actor: UUID | None
    role: str
    happened: int
    recorded: int
    definition: str
    effect: Mapping[str, Any]
    digests: Sequence[str]
    key: str
    request: bytes
    prev: bytes


def header_bytes(header: Header, effect: bytes | None = None) -> bytes:
    """The canonical bytes of the header; ``effect``, where the caller has its canonical bytes, is not encoded again.

    Raises: NotCanonical.
    """
    text = compact(
        {
            "format": FORMAT,
            "hash": header.hash_name,
            "stream": str(header.stream),
            "kind": header.kind,
            "shard": header.shard,
            "seq": header.seq,
            "id": str(header.id),
            "action": header.action,
            "actor": str(header.actor) if header.actor else None,
            "role": header.role,
            "happened": header.happened,
            "recorded": header.recorded,
            "definition": header.definition,
            "effect": None,
            "digests": header.digests,
            "key": header.key,
            "request": header.request.hex(),
            "prev": header.prev.hex(),
        }
    )
    if not _agreed(text):
        _refuse(json.loads(text))
    # An unescaped quote cannot stand inside a text, so the first match is the field itself.
    before, _, after = text.partition('"effect":null')
    return b'%b"effect":%b%b' % (_utf8(before), effect or canonical(header.effect), _utf8(after))


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as wrong:
        raise NotCanonical(
            "the header: a text must not hold half a surrogate pair; it is not valid Unicode"
        ) from wrong


def entry_hash(header: Header, effect: bytes | None = None) -> bytes:
    """The hash of an entry: of its header's canonical bytes, the previous hash being one of its fields."""
    return hasher(header.hash_name)(header_bytes(header, effect))


def part_digest(hash_name: str, salt: bytes, person: UUID | None, body: bytes) -> bytes:
    """The digest of one part: H(salt ‖ ``{"content":body,"person":id or null}``), ``body`` being canonical.

    Raises: ValueError for a salt that is not 16 bytes long: only a fixed length says where the salt ends.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    whose = f'"{person}"' if person else "null"
    return hasher(hash_name)(b'%b{"content":%b,"person":%b}' % (salt, body, whose.encode()))


class Anchor(NamedTuple):
    """What is signed once a day: the Merkle root over the last entry of every stream, chained to the day before.

    ``day`` is ISO, ``made`` µs UTC; ``entries`` counts all entries of all streams, ``prev`` is the hash of the anchor
    before. The signature (Ed25519, RFC 8032) is over ``anchor_bytes``.
    """

    day: str
    root: bytes
    heads: int
    entries: int
    hash_name: str
    prev: bytes
    public_key: bytes
    made: int
    signature: bytes = b""


def anchor_told(anchor: Anchor) -> dict[str, Any]:
    """What an anchor says, without its signature: bytes in hex, ``made`` in µs UTC."""
    return {
        "day": anchor.day,
        "root": anchor.root.hex(),
        "heads": anchor.heads,
        "entries": anchor.entries,
        "hash": anchor.hash_name,
        "prev": anchor.prev.hex(),
        "public_key": anchor.public_key.hex(),
        "made": anchor.made,
    }


def anchor_bytes(anchor: Anchor) -> bytes:
    """What the signature of an anchor covers: everything but itself, in canonical form."""
    return canonical({"format": ANCHOR_FORMAT, **anchor_told(anchor)})


def anchor_hash(anchor: Anchor) -> bytes:
    """The hash by which the next anchor holds on to this one: of what is signed and of the signature."""
    return hasher(anchor.hash_name)(anchor_bytes(anchor) + anchor.signature)


def leaf_bytes(stream: UUID, seq: int, hash_: bytes) -> bytes:
    """What an anchor holds of one stream: its id, the number and the hash of its last entry."""
    return canonical({"stream": str(stream), "seq": seq, "hash": hash_.hex()})


def merkle_levels(hash_name: str, leaves: Sequence[bytes]) -> list[list[bytes]]:
    """The tree over ``leaves``, from the leaf hashes up to the root alone; no leaf gives the hash of nothing."""
    h = hasher(hash_name)
    level = [h(b"\0" + leaf) for leaf in leaves] or [h(b"")]
    levels = [level]
    while len(level) > 1:
        pairs = [h(b"\1" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + level[-1:] if len(level) % 2 else pairs
        levels.append(level)
    return levels


def merkle_root(hash_name: str, leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of ``leaves`` (RFC 6962, 2.1), of any hash."""
    return merkle_levels(hash_name, leaves)[-1][0]


def merkle_path(levels: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The audit path of the leaf at ``index`` (RFC 6962, 2.1.1): what to hash it with, from the bottom up."""
    path = []
    for level in levels[:-1]:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        index //= 2
    return path


def root_of_path(hash_name: str, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's audit path leads to in a tree of ``size`` leaves; None for a path that does not fit."""
    h = hasher(hash_name)
    node, rest = h(b"\0" + leaf), list(path)
    last = size - 1
    if not 0 <= index <= last:
        return None
    while last:
        if index % 2 or index < last:
            if not rest:
                return None
            beside = rest.pop(0)
            node = h(b"\1" + beside + node) if index % 2 else h(b"\1" + node + beside)
        index, last = index // 2, last // 2
    return None if rest else node
