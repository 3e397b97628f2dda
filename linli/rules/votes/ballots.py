"""Which ballot of each head counts: paper before what came online, within a channel the later; the rest stays on record.

Ballots stand in columns, not as a million objects: one is made of a row only where somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import NamedTuple, cast, overload

from linli.rules.votes.roll import Roll
from linli.rules.votes.wording import Unfit, quoted

AGREE, AGAINST, ABSTAIN, INVALID = "agree", "against", "abstain", "invalid"
CHOICES = (AGREE, AGAINST, ABSTAIN, INVALID)
ONLINE, PAPER = "online", "paper"
CHANNELS = (ONLINE, PAPER)
"""In their order: the later one takes precedence."""
CHOICE_AT, CHANNEL_AT = ({word: at for at, word in enumerate(words)} for words in (CHOICES, CHANNELS))


FORM = "--T::+:"
"""Every third character of 2024-04-28T09:30:00+08:00, from the first hyphen: instants of this form and one offset are in the order of
their texts.
"""


class Ballot(NamedTuple):
    """A ballot as it was given: its row, under which owner's or unit's id, the choice, the channel, and when (with offset)."""

    row: int
    owner: str
    choice: str
    channel: str
    cast_at: datetime
    written: str


class Superseded(NamedTuple):
    """A ballot that another takes the place of, for a head."""

    ballot: Ballot
    by: Ballot


@dataclass(slots=True)
class Ballots:
    """Ballots in columns: their rows, ids, choices and channels (as places in CHOICES and CHANNELS), and when, as it is written.

    ``instants`` are those of ballots that were not read from text. ``more`` puts a piece of what is still to be read into the columns
    each time it is asked, and raises what is wrong with it.
    """

    rows: Sequence[int] = range(0)
    owners: list[str] = field(default_factory=list)
    choices: bytearray = field(default_factory=bytearray)
    channels: bytearray = field(default_factory=bytearray)
    written: list[str] = field(default_factory=list)
    instants: list[datetime] | None = None
    more: Iterator[None] = field(default_factory=lambda: iter(()))

    def instant(self, at: int) -> datetime:
        """When the ballot at a place was given."""
        return self.instants[at] if self.instants else datetime.fromisoformat(self.written[at])

    def later(self, at: int, than: int) -> bool:
        """Whether the one was given after the other."""
        if self.instants:
            return self.instants[at] > self.instants[than]
        one, other = self.written[at], self.written[than]
        if one[19:] == other[19:] and one[4::3] == other[4::3] == FORM:
            return one > other
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)

    def __len__(self) -> int:
        return len(self.owners)

    def __getitem__(self, at: int) -> Ballot:
        choice, channel = CHOICES[self.choices[at]], CHANNELS[self.channels[at]]
        return Ballot(self.rows[at], self.owners[at], choice, channel, self.instant(at), self.written[at])

    def __iter__(self) -> Iterator[Ballot]:
        return (self[at] for piece in self.pieces() for at in piece)

    def pieces(self) -> Iterator[range]:
        """The places of the ballots, from the first, as far as they were read. Raises: Unfit."""
        begin = 0
        for _ in chain([None], self.more):
            yield range(begin, len(self.owners))
            begin = len(self.owners)


def in_columns(ballots: Iterable[Ballot]) -> Ballots:
    """The same ballots in columns."""
    given = list(ballots)
    return Ballots(
        [b.row for b in given],
        [b.owner for b in given],
        bytearray(CHOICE_AT[b.choice] for b in given),
        bytearray(CHANNEL_AT[b.channel] for b in given),
        [b.written for b in given],
        [b.cast_at for b in given],
    )


@dataclass(slots=True)
class Counted:
    """What the ballots come to: the place of the one that counts of each head (-1: none), those superseded, and what to look at.

    ``spanning`` are ballots under an id of several heads; ``ignored`` ballots of people who are named on the developer's units alone.
    ``lost`` are by their places the heads for which ballots are superseded (-1: none), ``again`` those of a ballot's further heads.
    ``differing`` are heads whose ballots say different things.
    """

    ballots: Ballots
    standing: list[int]
    spanning: list[Ballot] = field(default_factory=list)
    ignored: list[Ballot] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    again: list[tuple[int, int]] = field(default_factory=list)
    differing: set[int] = field(default_factory=set)


class Overtaken(Sequence[Superseded]):
    """The superseded ballots by their rows, each once with every other that takes its place; worked out when somebody asks."""

    def __init__(self, counted: Counted) -> None:
        self.ballots, self._counted = counted.ballots, counted

    @cached_property
    def places(self) -> tuple[Sequence[int], Sequence[int]]:
        """The places of the superseded ballots, and of those in their place."""
        lost, again, standing = self._counted.lost, self._counted.again, self._counted.standing
        if again:
            pairs = {(at, standing[head]) for at, head in (*enumerate(lost), *again) if head >= 0}
            return [at for at, _ in sorted(pairs)], [by for _, by in sorted(pairs)]
        return [at for at, head in enumerate(lost) if head >= 0], [
            standing[head] for head in lost if head >= 0
        ]

    def __len__(self) -> int:
        return len(self.places[0])

    @overload
    def __getitem__(self, at: int) -> Superseded: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Superseded]: ...
    def __getitem__(self, at: int | slice) -> Superseded | Sequence[Superseded]:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        return Superseded(self.ballots[self.places[0][at]], self.ballots[self.places[1][at]])


def counted(roll: Roll, given: Iterable[Ballot]) -> Counted:
    """The ballots that count.

    Raises: Unfit ``unknown-owner``, ``split-vote``, ``contradiction``; and what is wrong with the text that they are read from.
    """
    ballots = given if isinstance(given, Ballots) else in_columns(given)
    found = Counted(ballots, [-1] * len(roll.sizes))
    for piece in ballots.pieces():
        places, heads = _heads(roll, found, piece)
        _take(found, places, heads)
    _settled(roll, found)
    return found


def _heads(roll: Roll, found: Counted, piece: range) -> tuple[Sequence[int], Sequence[int]]:
    """The head of each ballot at these places. One that is for several heads stands there for each, one that is for none does not."""
    ids = found.ballots.owners[piece.start : piece.stop]
    heads = [*map(roll.head_of.get, ids)]
    if None not in heads:
        return piece, cast(list[int], heads)
    named = map(roll.head_named.get, ids)
    heads = [name if head is None else head for head, name in zip(heads, named, strict=True)]
    if None not in heads:
        return piece, cast(list[int], heads)
    places, each = list[int](), list[int]()
    for at, head in zip(piece, heads, strict=True):
        several = _unusual(roll, found.ballots[at], found) if head is None else (head,)
        places += [at] * len(several)
        each += several
    return places, each


def _take(found: Counted, places: Sequence[int], heads: Sequence[int]) -> None:
    """Count the ballots at these places, each for its head."""
    ballots, standing, lost, differing = found.ballots, found.standing, found.lost, found.differing
    choices, channels, later = ballots.choices, ballots.channels, ballots.later
    lost += [-1] * (len(ballots) - len(lost))
    for at, head in zip(places, heads, strict=True):
        best = standing[head]
        if best < 0:
            standing[head] = at
            continue
        if choices[at] != choices[best]:
            differing.add(head)
        worse, paper, other = at, channels[at], channels[best]
        if paper > other or (paper == other and later(at, best)):
            standing[head], worse = at, best
        if lost[worse] < 0:
            lost[worse] = head
        else:
            found.again.append((worse, head))


def _settled(roll: Roll, found: Counted) -> None:
    """Heads whose ballots say different things say so one after the other, and with all their units. Raises: Unfit."""
    given = {head: [found.standing[head]] for head in sorted(found.differing)}
    for at, head in (*enumerate(found.lost), *found.again) if given else ():
        if head in given:
            given[head].append(at)
    for places in given.values():
        ballots = [found.ballots[at] for at in sorted(places)]
        _whole(roll, ballots)
        _consistent(ballots)


def _unusual(roll: Roll, ballot: Ballot, found: Counted) -> Sequence[int]:
    """The heads of a ballot under an id that names not just one: several, or none for somebody who has no vote yet."""
    heads = roll.heads_of.get(ballot.owner, ())
    if heads:
        found.spanning.append(ballot)
    elif ballot.owner in roll.waiting:
        found.ignored.append(ballot)
    else:
        said = f"the roll knows no owner and no unit {quoted(ballot.owner)}"
        raise Unfit("unknown-owner", said, ballot.row, "owner")
    return heads


def _whole(roll: Roll, given: list[Ballot]) -> None:
    """One head votes with all its units alike."""
    by_unit: dict[str, Ballot] = {b.owner: b for b in given if b.owner in roll.head_of}
    saying: dict[str, set[str]] = {}
    for ballot in given:
        if ballot.owner in by_unit:
            saying.setdefault(ballot.choice, set()).add(ballot.owner)
    for unit, ballot in by_unit.items():
        if all(units == {unit} for choice, units in saying.items() if choice != ballot.choice):
            continue
        other = next(b for b in given if b.owner in by_unit and b.owner != unit and b.choice != ballot.choice)
        said = f"the units {quoted(other.owner)} (row {other.row}) and {quoted(unit)} belong to one head"
        wrong = f"{said}, which cannot say {other.choice} with one and {ballot.choice} with the other"
        raise Unfit("split-vote", wrong, ballot.row, "choice")


def _consistent(given: list[Ballot]) -> None:
    """Of two ballots in one channel at one instant neither is the later."""
    met: dict[tuple[str, datetime], Ballot] = {}
    for ballot in given:
        other = met.setdefault((ballot.channel, ballot.cast_at), ballot)
        if other.choice != ballot.choice:
            said = f"{ballot.choice} at the same instant on the same way as {other.choice} in row {other.row}"
            raise Unfit(
                "contradiction",
                f"{said}; which of the two counts has to be settled first",
                ballot.row,
                "cast_at",
            )
