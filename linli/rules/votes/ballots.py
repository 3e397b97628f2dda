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
    several: dict[int, list[Ballot]] = {}
    standing, named = found.standing, roll.head_named
    for ballot in ballots:
        one = named.get(ballot.owner)
        for head in _unusual(roll, ballot, found) if one is None else (one,):
            first = standing.setdefault(head, ballot)
            if first is not ballot:
                several.setdefault(head, [first]).append(ballot)
    for head, given in several.items():
        standing[head] = best = _standing(roll, given)
        found.superseded.extend([Superseded(b, best) for b in given if b is not best])
    if found.spanning:
        # Only a ballot of several heads can be superseded by the same one twice.
        return found._replace(
            superseded=sorted(set(found.superseded), key=lambda s: (s.ballot.row, s.by.row))
        )
    found.superseded.sort(key=lambda s: s.ballot.row)
    return found


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


def _standing(roll: Roll, given: list[Ballot]) -> Ballot:
    """The ballot that counts of several of one head."""
    best = given[0]
    for ballot in given[1:]:
        if ballot.choice != best.choice:
            _whole(roll, given)
            _consistent(given)
        if (ballot.channel, ballot.cast_at) > (best.channel, best.cast_at):
            best = ballot
    return best


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
