"""Tickets: a short code to be said aloud and a QR code that holds it. Both are derived from the session and the person by a key of
the house: they hold nothing personal, nobody can make one, and none is kept anywhere.

The gate's list holds digests of the codes, so that a phone that is lost gives none away in clear. A ticket is worth what the
session's seats say when it is shown: a code of who gave up his place, or waits, is a true code and no entry.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

import segno
from django.utils.safestring import SafeString, mark_safe

from linli.people.keys import keyed_hash

PURPOSE = "event-ticket"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that is taken for another, on paper or by ear."""
LENGTH = 8
QR = "LINLI1"
"""How the text of a ticket's QR code begins; then the session's id and the code follow."""
_QR = re.compile(rf"{QR}/([0-9a-f]{{32}})/([{LETTERS}]{{{LENGTH}}})")


@lru_cache(maxsize=50_000)
def code_of(case: UUID, head: str) -> str:
    """The code of somebody's ticket for a session. ``head`` is the person's id. Kept, for every scan goes through all tickets."""
    number = int(keyed_hash(PURPOSE, f"{case}/{head}"), 16)
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        signs.append(LETTERS[place])
    return "".join(signs)


def spoken(code: str) -> str:
    """The code in two halves: K7M2 9QXD."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def digest_of(case: UUID, code: str) -> str:
    """By what the gate's list knows a code, in 32 hex digits."""
    return hashlib.sha256(f"{case.hex}/{code}".encode()).hexdigest()[:32]


def typed(text: str) -> tuple[UUID | None, str]:
    """The session (None where only a code was typed) and the code of what was scanned or typed, as far as it is one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _QR.fullmatch(plain)
    if found:
        return UUID(hex=found[1]), found[2]
    return None, re.sub(r"[^0-9A-Z]", "", plain.upper())


def holder_of(case: UUID, heads: Iterable[str], digest: str) -> str:
    """Whose ticket it is, among the holders of seats; empty for nobody's."""
    return next((h for h in heads if digest_of(case, code_of(case, h)) == digest), "")


def drawn(case: UUID, code: str) -> SafeString:
    """The QR code as a drawing."""
    made = segno.make(f"{QR}/{case.hex}/{code}", error="m", micro=False)
    svg = made.svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 -- drawn by segno from the text, which it encodes as modules
