"""The tracking code of somebody who did not sign in: ten characters that are easy to read out and to type."""

from __future__ import annotations

import unicodedata

from linli.people.keys import keyed_hash

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, so that each is five bits; without 0, 1, I and O, which are taken for each other."""
LENGTH = 10


def code_for(key: str) -> str:
    """The code of the report sent under this key. It follows from the key and the house's secret: sent again after a
    broken line, the same report keeps its code. 50 bits that nobody without the secret can foresee.
    """
    number = int(keyed_hash("tracking-code", key), 16)
    signs = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        signs.append(LETTERS[rest])
    return "".join(signs)


def plain(code: str) -> str:
    """A code as it was typed, in its one form: capitals, no spaces and hyphens, and what only looks like a letter of it."""
    text = unicodedata.normalize("NFKC", code).upper()
    return "".join(c for c in text if c.isalnum())


def bearer_of(code: str) -> str:
    """The head by which the case knows who bears the code: 64 hex digits, from which the code cannot be read."""
    return keyed_hash("tracking", plain(code))
