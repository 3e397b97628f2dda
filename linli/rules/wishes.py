"""What an action wishes to see before it decides, beyond what every decision sees. The door reads it under the case's lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from linli.rules.who import Relation

if TYPE_CHECKING:
    from linli.rules.situation import Situation

    Heads = Callable[[Situation], Iterable[str]]
    Seqs = Callable[[Situation], Iterable[int]]


@dataclass(frozen=True, slots=True)
class Next:
    """The first ``n`` seats of a relation by (rank, happened, key)."""

    relation: Relation
    n: int = 1


@dataclass(frozen=True, slots=True)
class These:
    """The seats of some heads of a relation: where a kind has thousands, nobody reads them all to judge of one. ``heads`` gives them
    by the answers; among them are those of whom the action takes or leaves a seat of this relation by name.
    """

    relation: Relation
    heads: Heads


@dataclass(frozen=True, slots=True)
class Told:
    """The case's own earlier entries of these actions with what was said in them, the sealed parts opened: ballots to be counted.

    ``only`` names the numbers of the entries that are read; without it all are.
    """

    actions: tuple[str, ...]
    _: KW_ONLY
    only: Seqs | None = None


@dataclass(frozen=True, slots=True)
class OfBook:
    """The books of the case, locked: its own, or of the case that the fact ``fact`` names. ``titles``: who owns what on the day
    of the act (or on the day that ``day`` gives); ``vouchers``: the numbers of those that are read whole.
    """

    fact: str = ""
    _: KW_ONLY
    titles: bool = False
    day: Callable[[Situation], str] | None = None
    vouchers: Seqs | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The case that an answer or a fact names (``field``), as it stands: a team, a partner, a session. ``seats`` are the relations
    of which its seats are read whole, for who is its captain decides here. It stands in ``situation.named[field]``, where there is one.
    """

    field: str
    _: KW_ONLY
    seats: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """The cases that stand in the relation to this one, such as the tasks that came out of it: ``situation.linked[relation]``."""

    relation: str


@dataclass(frozen=True, slots=True)
class Held:
    """How many live cases of a type there are in which the actor, or the person whom the answer ``whose`` names, holds a seat of the
    relation: ``situation.held[relation.key]``. This case does not count. It is read without a lock on the others.
    """

    relation: Relation
    type: str
    _: KW_ONLY
    states: tuple[str, ...] = ()
    whose: str = ""


Wish = Relation | Next | These | Told | OfBook | Named | Linked | Held
