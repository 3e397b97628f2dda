"""Which ballot of each head counts: paper before what came online, within a channel the later; the rest stays on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from linli.rules.votes.roll import Roll
from linli.rules.votes.wording import Unfit, quoted

AGREE, AGAINST, ABSTAIN, INVALID = "agree", "against", "abstain", "invalid"
CHOICES = (AGREE, AGAINST, ABSTAIN, INVALID)
ONLINE, PAPER = "online", "paper"
CHANNELS = (ONLINE, PAPER)
"""In their order, which is that of their names too: the later one takes precedence."""


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


class Counted(NamedTuple):
    """What the ballots come to: the one that counts of each head that gave any, those superseded, and what a person should see.

    ``spanning`` are ballots under an id of several heads; ``ignored`` ballots of people who are named on the developer's units alone.
    """

    standing: dict[int, Ballot]
    superseded: list[Superseded]
    spanning: list[Ballot]
    ignored: list[Ballot]


def counted(roll: Roll, ballots: Iterable[Ballot]) -> Counted:
    """The ballots that count.

    Raises: Unfit ``unknown-owner``, ``split-vote``, ``contradiction``.
    """
    found = Counted({}, [], [], [])
    standing, owners, units = found.standing, roll.head_named, roll.head_of
    lost, differing = list[tuple[Ballot, int]](), set[int]()
    for ballot in ballots:
        one = owners.get(ballot.owner)
        if one is None:
            one = units.get(ballot.owner)
        for head in _unusual(roll, ballot, found) if one is None else (one,):
            best = standing.setdefault(head, ballot)
            if best is ballot:
                continue
            if ballot.choice != best.choice:
                differing.add(head)
            if (ballot.channel, ballot.cast_at) > (best.channel, best.cast_at):
                standing[head], best = ballot, standing[head]
            else:
                best = ballot
            lost.append((best, head))
    _settled(roll, standing, lost, differing)
    return found._replace(superseded=_superseded(standing, lost, once=not found.spanning))


def _superseded(standing: dict[int, Ballot], lost: list[tuple[Ballot, int]], once: bool) -> list[Superseded]:
    """By row; only a ballot of several heads can be superseded by the same one twice."""
    pairs = [Superseded(ballot, standing[head]) for ballot, head in lost]
    if once:
        pairs.sort(key=lambda s: s[0][0])
        return pairs
    return sorted(set(pairs), key=lambda s: (s.ballot.row, s.by.row))


def _settled(
    roll: Roll, standing: dict[int, Ballot], lost: Sequence[tuple[Ballot, int]], differing: set[int]
) -> None:
    """Heads whose ballots say different things say so one after the other, and with all their units. Raises: Unfit."""
    given: dict[int, list[Ballot]] = {head: [standing[head]] for head in sorted(differing)}
    for ballot, head in lost if given else ():
        if head in given:
            given[head].append(ballot)
    for ballots in given.values():
        ballots.sort(key=lambda b: b.row)
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
    for unit, ballot in by_unit.items():
        other = next(
            (b for b in given if b.owner in by_unit and b.owner != unit and b.choice != ballot.choice), None
        )
        if other:
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
