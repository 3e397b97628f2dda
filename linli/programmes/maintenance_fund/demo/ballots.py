"""Who votes how in the votes of the demonstration: each way makes a result of its own, whatever the homes' areas are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linli.programmes.maintenance_fund.homes import Head
from linli.programmes.maintenance_fund.words import ABSTAIN, AGAINST, AGREE
from linli.rules.books.chart import DEVELOPER

GREAT = 8
"""Who owns so many homes is a great owner."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One head's ballot: what it says, whether on paper, and what the second reader reads where the paper is not done with."""

    head: Head
    choice: str
    paper: bool = False
    proxy: bool = False
    read: str | None = None
    """What the second reader reads; None: as the first, empty: nobody has read it a second time yet."""


def broad(heads: Sequence[Head], first: str) -> list[Ballot]:
    """Nearly everybody takes part, and most agree."""
    found = []
    for n, head in enumerate(heads):
        if first in head.owners:
            found.append(Ballot(head, AGREE))
        elif n % 8 != 7:
            choice = AGAINST if n % 9 == 4 else ABSTAIN if n % 23 == 11 else AGREE
            found.append(Ballot(head, choice, paper=n % 9 == 2, proxy=n == 11))
    return found


def heavy(heads: Sequence[Head], first: str) -> list[Ballot]:
    """The many agree; the few who own most of the area do not."""
    found = []
    for n, head in enumerate(heads):
        if len(head.units) >= GREAT:
            found.append(Ballot(head, AGAINST))
        elif n % 10 != 6:
            found.append(Ballot(head, AGREE, paper=n % 16 == 4))
    return found


def close(heads: Sequence[Head], first: str) -> list[Ballot]:
    """One head more agrees than not, and the last who agrees did so on paper: without that ballot it does not pass."""
    taking = [head for n, head in enumerate(heads) if n % 7 != 5]
    taking = sorted(taking[: len(taking) - 1 + len(taking) % 2], key=lambda h: (-h.area, h.number))
    agreeing = len(taking) // 2 + 1
    last = agreeing - 1
    return [Ballot(h, AGREE if n < agreeing else AGAINST, paper=n == last) for n, h in enumerate(taking)]


def partly(heads: Sequence[Head], first: str) -> list[Ballot]:
    """Three of five have voted; one paper waits for the second reader, another was read differently; the first resident is silent."""
    others = [h for h in heads if first not in h.owners]
    found = [
        Ballot(h, AGAINST if n % 8 == 3 else AGREE, paper=n % 14 == 2)
        for n, h in enumerate(others)
        if n % 5 in (0, 2, 3)
    ]
    silent = [h for n, h in enumerate(others) if n % 5 == 1]
    waiting = Ballot(silent[0], AGREE, paper=True, read="")
    return [*found, waiting, Ballot(silent[1], AGREE, paper=True, read=AGAINST)]


WAYS: dict[str, Callable[[Sequence[Head], str], list[Ballot]]] = {
    "broad": broad,
    "heavy": heavy,
    "close": close,
    "partly": partly,
}


def of(way: str, heads: Sequence[Head], first: str) -> list[Ballot]:
    """The ballots of that way; the developer gives none."""
    return WAYS[way]([h for h in heads if h.owners != (DEVELOPER,)], first)
