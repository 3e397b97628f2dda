"""What is wrong with a journal, in plain words: the checks of one entry and of its content, on rows as they are stored."""

from __future__ import annotations

import base64
import re
from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from linli.journal.cipher import MARK, Unopenable
from linli.journal.reading import clear
from linli.rules import chain

Row = Sequence[Any]
"""A row of ``reading.ENTRY_COLUMNS`` as the driver gives it."""
PartRow = Sequence[Any]
"""(part, person, salt, body) as the driver gives it."""
ANCHORS = "anchors"
_ID = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DIGESTS = re.compile(r'\[(?:"[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*)?\]')


class Fault(NamedTuple):
    """One thing that is not as it was written. ``case`` is the stream's id, or "anchors"; ``seq`` the entry, if it is about one."""

    case: str
    seq: int | None
    what: str


def id_of(stored: object) -> UUID:
    """An id from its stored form. Raises: ValueError for any other way to write it."""
    if isinstance(stored, UUID):
        return stored
    if isinstance(stored, str) and _ID.fullmatch(stored):
        return UUID(int=int(stored, 16))
    raise ValueError("it is not an id as Linli writes them")


def name_of(stored: object) -> str:
    """A stream's id for a fault, whatever stands there."""
    try:
        return str(id_of(stored))
    except ValueError:
        return ascii(stored)


def digests_of(text: object) -> list[str]:
    """The digests of the parts. Raises: ValueError for any other way to write them: JSON has several, one was hashed."""
    if not isinstance(text, str) or not _DIGESTS.fullmatch(text):
        raise ValueError("it is not a list of digests as Linli writes them")
    return _DIGEST.findall(text)


def header_of(row: Row) -> chain.Header:
    """The header of a stored entry, without its effect. Raises: ValueError, naming the column that cannot be read."""
    ids: dict[str, UUID | None] = {}
    for name, at in (("id", 0), ("stream", 1), ("actor", 6)):
        try:
            ids[name] = None if at == 6 and row[at] is None else id_of(row[at])
        except ValueError as wrong:
            raise ValueError(f"column {name}: {wrong}") from None
    for name, at, wanted in _TYPES:
        if not isinstance(row[at], wanted):
            raise ValueError(f"column {name}: it holds {type(row[at]).__name__}, not {wanted.__name__}")
    try:
        digests = digests_of(row[12])
    except ValueError as wrong:
        raise ValueError(f"column digests: {wrong}") from None
    assert ids["id"] is not None and ids["stream"] is not None
    return chain.Header(
        hash_name=row[15], stream=ids["stream"], kind=row[2], shard=row[3], seq=row[4], id=ids["id"],
        action=row[5], actor=ids["actor"], role=row[7], happened=row[8], recorded=row[9], definition=row[10],
        effect={}, digests=digests, key=row[16], request=row[17], prev=row[13],
    )  # fmt: skip


_TYPES: tuple[tuple[str, int, type], ...] = (
    ("kind", 2, str), ("shard", 3, str), ("seq", 4, int), ("action", 5, str), ("role", 7, str),
    ("happened", 8, int), ("recorded", 9, int), ("definition", 10, str), ("effect", 11, str),
    ("prev", 13, bytes), ("hash", 14, bytes), ("hash_name", 15, str), ("key", 16, str), ("request", 17, bytes),
)  # fmt: skip


def entry_fault(row: Row) -> str | None:
    """What is wrong with an entry by itself: its columns do not give its hash."""
    try:
        right = chain.entry_hash(header_of(row), row[11].encode())
    except ValueError as wrong:
        return f"the entry was changed after it was written: {_ascii(str(wrong))}"
    if right != row[14]:
        return "the entry was changed after it was written: its columns do not give its hash"
    return None


def part_faults(row: Row, parts: Sequence[PartRow], erased: Container[tuple[str, int]]) -> Iterator[str]:
    """What is wrong with the content of an entry, part by part. Raises: KeyMissing.

    ``erased`` holds (hex of the entry's id, part) of all that entries ``erased`` name. The part of facts of a case (its
    first) is nobody's to erase.
    """
    try:
        digests = digests_of(row[12])
    except ValueError:
        return  # the entry itself is at fault, and named
    entry = getattr(row[0], "hex", row[0])
    there = {part[0]: part for part in parts}
    for number, digest in enumerate(digests):
        named = (entry, number) in erased
        part = there.pop(number, None)
        if part is None:
            if not named or (row[2] == "case" and number == 0):
                yield _missing(number, named)
        elif named:
            yield f"content part {number} is said to be erased, but is still there"
        elif wrong := part_fault(row[15], part, digest):
            yield f"content part {number} {wrong}"
    for number in there:
        yield f"content part {number} was added: the entry knows nothing of it"


def _missing(number: int, named: bool) -> str:
    if named:
        return f"content part {number} is missing: facts of a case cannot be erased, though an entry says so"
    return f"content part {number} is missing, and no entry “erased” explains it"


def part_fault(hash_name: str, part: PartRow, digest: str) -> str | None:
    """What is wrong with one part: it does not give its digest."""
    _number, person, salt, body = part
    try:
        whose = None if person is None else id_of(person)
        if (whose is not None) != body.startswith(MARK):
            return "does not stand as it should: a person’s part sealed, facts in clear"
        if whose is not None and not _one_form(body):
            return "was changed: its sealed text is written in another form"
        if chain.part_digest(hash_name, bytes(salt), whose, clear(body)).hex() != digest:
            return "was changed: it does not give its digest"
    except Unopenable:
        return "does not open: it was changed, or sealed under another key"
    except (AttributeError, TypeError, ValueError) as wrong:
        return f"was changed: {_ascii(str(wrong))}"
    return None


def _one_form(sealed: str) -> bool:
    """Base64 can say the same bytes in several ways; only one of them was written."""
    text = sealed.removeprefix(MARK)
    try:
        return base64.b64encode(base64.b64decode(text, validate=True)).decode() == text
    except ValueError:
        return False


def _ascii(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()
