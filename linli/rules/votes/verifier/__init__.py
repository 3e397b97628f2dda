"""``verify_vote.py``: what goes into every bundle of a vote so that anyone can check it; written in parts (rules/standalone)."""

from __future__ import annotations

from functools import cache

from linli.rules.standalone import joined

SAID = """Verify a vote of Linli 邻里: its roll, ballots, rule, signed roots, result, shares and books, or one ballot's receipt.

    python verify_vote.py bundle.zip       or, inside the unpacked folder:  python verify_vote.py
    python verify_vote.py --receipt receipt.json [bundle.zip]
    … --key <64 hex digits of the public key, from a notice that was put up>

Python 3.11 or later and its standard library, nothing else; no network. Everything is recomputed here. Exit 0: everything
holds. Exit 1: faults, each named. Exit 2: this is no bundle and no receipt.
"""


@cache
def script() -> bytes:
    """The program as one file (UTF-8)."""
    return joined(
        SAID, (f"{__name__}.{part}" for part in ("tree", "counting", "money", "checking", "command"))
    )
