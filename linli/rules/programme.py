"""The vocabulary in which a programme is defined: frozen values without a framework, checked whole at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from linli.rules.books.booking import Booking
from linli.rules.fields import Field
from linli.rules.parameters import P, Parameters, Until
from linli.rules.place import Level
from linli.rules.text import T
from linli.rules.who import Relation, Role, Who
from linli.rules.wishes import Next, Wish

if TYPE_CHECKING:
    from linli.rules.refusal import Refusal
    from linli.rules.situation import Situation

    Guard = Callable[[Situation], Refusal | None]
    Measure = Callable[[Situation], dict[str, int]]
    Number = Callable[[Situation], int]
    Test = Callable[[Situation], bool]
    Choose = Callable[[Situation], str]

__all__ = [
    "ACTOR", "BEARER", "CAME_OUT", "HEARS", "ME", "OF", "OPENING", "STAY", "Action", "Approval", "Begins", "CaseType", "Climb",
    "Counter", "Does", "Fills", "Happening", "Indicator", "Kind", "Leaves", "Moves", "Next", "Numbering", "Programme", "React",
    "Repeat", "State", "Takes", "To",
]  # fmt: skip

STAY = "="
"""The target of an action that moves no state."""
CAME_OUT = "came_out_of"
"""The relation of a case to the one it came out of."""
HEARS = "@hears"
"""The action of a reaction that is the linked case's own way to take in what became of it (``CaseType.hears``)."""
OPENING: tuple[str, ...] = ()
"""The source of an action that opens a case."""


class Kind(StrEnum):
    """What a state means. Code asks the kind and never parses a state's name. A STANDING case goes on and on, and waits for nobody: an
    account, a team, a card.
    """

    OPEN = "open"
    WAITING = "waiting"
    STANDING = "standing"
    DONE = "done"
    REFUSED = "refused"
    VOID = "void"

    @property
    def live(self) -> bool:
        """Whether somebody still has something to do."""
        return self in (Kind.OPEN, Kind.WAITING)


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand. ``turn`` says whose step is next; ``says`` is the sentence the reporter reads;
    a state that ``pauses`` stops the stage clock, never the total clock.
    """

    key: str
    title: T
    kind: Kind
    _: KW_ONLY
    turn: tuple[Who, ...] = ()
    says: T | None = None
    pauses: bool = False


@dataclass(frozen=True, slots=True)
class To:
    """A target chosen by a pure function of the situation after the act; ``targets`` lists all it may answer."""

    targets: tuple[str, ...]
    choose: Choose


class Repeat(StrEnum):
    """What a second act of the same head on the same seat does."""

    REFUSE = "refuse"
    LAST = "last"
    RANK = "rank"


ACTOR = "@actor"
BEARER = "@bearer"
ME = "@me"
OF = "@of:"


@dataclass(frozen=True, slots=True)
class Takes:
    """The act takes a seat. ``head`` is ACTOR, BEARER, ME (the actor, else the bearer), OF + a relation (the
    head by which the
    actor holds that relation, such as his unit), or the key of the answer that holds one or several ids.

    ``when`` makes it depend on the situation; ``measure`` gives the seat's integers, which the tally sums;
    ``rank`` orders precedence under RANK.
    ``alone`` makes the seat the only one of its kind: earlier ones leave.
    """

    relation: Relation
    head: str = ACTOR
    _: KW_ONLY
    repeat: Repeat = Repeat.LAST
    measure: Measure | None = None
    rank: Number | None = None
    alone: bool = False
    when: Test | None = None


@dataclass(frozen=True, slots=True)
class Leaves:
    """The act gives up a seat; with ``head`` empty all seats of the relation are given up."""

    relation: Relation
    head: str = ACTOR


@dataclass(frozen=True, slots=True)
class Fills:
    """The act takes many seats of a relation at once, each with its own integers: the lines of a roll, one owner's heads.

    ``lines`` gives (head, rank, measures) of each; measures of None give the seat up. Under RANK a seat of a higher
    (rank, happened) stays.
    """

    relation: Relation
    lines: Callable[[Situation], Iterable[tuple[str, int, dict[str, int] | None]]]
    _: KW_ONLY
    repeat: Repeat = Repeat.LAST


@dataclass(frozen=True, slots=True)
class Moves:
    """Another head that an act moves, such as a withdrawal that promotes the next in the queue; ``measures`` go with it."""

    head: str
    leaves: Relation
    takes: Relation
    measures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class React:
    """What else happens in the same transaction: ``action`` on every case linked by ``relation``.

    ``side`` is which end of the link the other case stands on: ``from`` it or ``to`` it. ``carry`` names the
    facts handed on under the same keys, where the other action asks for them. A linked case whose type has no such
    action (with HEARS: takes in nothing), or from which it is not possible, is passed over.
    """

    relation: str
    side: Literal["from", "to"]
    action: str
    carry: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begins:
    """Cases that the act opens in the same transaction, each linked to this one by ``relation``: tasks of a decision, the checks of a
    week. ``lines`` gives the answers of each; the opening ``action`` is the system's. A place left out is this case's.
    """

    type: str
    action: str
    relation: str
    lines: Callable[[Situation], Iterable[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Approval:
    """An action that first asks, and happens when somebody of ``by`` agrees; who asked cannot approve."""

    by: tuple[Who, ...]
    within: P | None = None


class Does(StrEnum):
    """What the machine does besides moving the state; everything but PLAIN is the house's own action."""

    PLAIN = "plain"
    APPROVE = "approve"
    DECLINE = "decline"
    REMIND = "remind"
    OVERDUE = "overdue"
    CLIMB = "climb"
    RECKON = "reckon"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done: from which states, to which, who, what it asks, within what working time.

    ``finds`` works out what the act writes down besides the answers (a result, a hash): it stands in the effect and becomes a
    fact. ``books`` says what it enters in the books, ``tells`` which persons hear of it besides the reporter.
    ``tally``: the guard reads the sums although the act takes no seat. ``at`` names a fact that holds an instant (µs UTC):
    when it has come, the clock does it, if nobody did before. ``discreet``: the entry is read by who made it and by those who work
    with the case, not by others who see the case (a sign-up, a choice).
    """

    key: str
    title: T
    from_: str | tuple[str, ...]
    to: str | To
    _: KW_ONLY
    who: tuple[Who, ...]
    not_by: tuple[Relation, ...] = ()
    asks: tuple[Field, ...] = ()
    within: P | Until | None = None
    guard: Guard | None = None
    reads: tuple[Wish, ...] = ()
    seats: tuple[Takes | Leaves | Fills, ...] = ()
    finds: Callable[[Situation], Mapping[str, object]] | None = None
    books: Callable[[Situation], Booking] | None = None
    tells: Callable[[Situation], Iterable[str]] | None = None
    tally: bool = False
    at: str = ""
    also: Callable[[Situation], tuple[Moves, ...]] | None = None
    links: tuple[tuple[str, str], ...] = ()
    reacts: tuple[React, ...] = ()
    begins: tuple[Begins, ...] = ()
    approval: Approval | None = None
    extends: str | None = None
    restarts: bool = False
    excludes: bool = False
    forgets: tuple[str, ...] = ()
    says: T | None = None
    quiet: bool = False
    discreet: bool = False
    many: bool = False
    does: Does = Does.PLAIN
    of: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The states from which it is possible; empty for an opening action."""
        return (self.from_,) if isinstance(self.from_, str) else self.from_

    @property
    def opens(self) -> bool:
        """Whether it opens a case."""
        return not self.sources

    @property
    def targets(self) -> tuple[str, ...]:
        """The states it may lead to; (STAY,) when it moves none."""
        return (self.to,) if isinstance(self.to, str) else self.to.targets


@dataclass(frozen=True, slots=True)
class Counter:
    """A figure that counts entries: of which actions, how much each, under which condition."""

    key: str
    title: T
    unit: T
    _: KW_ONLY
    of: str | tuple[str, ...]
    amount: str | Number | None = None
    when: Test | None = None
    headline: bool = True

    @property
    def actions(self) -> tuple[str, ...]:
        """The keys of the actions whose entries count."""
        return (self.of,) if isinstance(self.of, str) else self.of


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share of two sums of counters, shown in per cent with its formula."""

    key: str
    title: T
    _: KW_ONLY
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    formula: T


@dataclass(frozen=True, slots=True)
class Numbering:
    """Official numbers without gaps per place of ``level`` and year: ``prefix-year-0001``."""

    prefix: str
    level: Level = Level.COMMUNITY
    digits: int = 4


@dataclass(frozen=True, slots=True)
class Climb:
    """How overdue work climbs: to each role in turn, one step after ``every`` more working time."""

    roles: tuple[Role, ...]
    every: P
    remind: P


@dataclass(frozen=True, slots=True)
class Happening:
    """That a case takes place at a time, so that it stands in a calendar: ``starts`` names the fact with a moment, ``minutes`` the one
    with how long it lasts, ``where`` the one with the room. ``public``: it stands in the community's calendar, open to everybody (or
    those of which a flag of that name holds); else only in the calendars of those who have one of the ``concerned`` relations to
    it. ``called_off``: states in which it does not take place.
    """

    starts: str
    _: KW_ONLY
    minutes: str = ""
    where: str = ""
    public: bool | str = False
    concerned: tuple[Relation, ...] = ()
    called_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseType:
    """A kind of case: its fields, states, actions, clocks, counters and who may see it.

    ``fields`` are what every opening action asks. ``summary`` is the field that titles a case in lists.
    ``raised`` is the opening action by which a case of this type comes out of any other case (a visit raises a demand).
    ``of_door`` says that the summary names entrance and door behind the place (2-301): the case is one household's;
    ``reached`` is then the counter of the entries in which somebody of the household was met, for a door that stayed
    closed is not a household reached; ``reach_within`` says how often each household is to be met, in days.
    ``keeps`` names the law that bids to keep what persons said in it: erasing a person leaves these parts. ``hears`` is the action by
    which a case takes in what became of something that came out of it; ``milestones`` are the actions that stand in the picture of
    the chain from a demand to its end; ``happens`` says when it takes place. ``posted`` are the states in which it is posted for
    everybody on a page of its programme, so that its title and milestones are no secret. ``told_to`` hear its figures as sums
    alone, down to the community and not below, never the entries behind them. ``open_where`` names a flag: residents and the
    public, where they are among ``seen_by``, see only the cases of which it holds. ``reachable`` are the relations whose holders
    the staff may have to call, each with a reason. ``gathers``: it comes out of several cases at once (a topic out of like demands).
    """

    key: str
    title: T
    _: KW_ONLY
    place: str
    summary: str
    fields: tuple[Field, ...]
    states: tuple[State, ...]
    actions: tuple[Action, ...]
    seen_by: tuple[Who, ...]
    relations: tuple[Relation, ...] = ()
    counters: tuple[Counter, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    total: P | None = None
    climb: Climb | None = None
    number: Numbering | None = None
    category: str | None = None
    reporter: Relation | None = None
    columns: tuple[str, ...] = ()
    alike: str | None = None
    raised: str = ""
    of_door: bool = False
    reached: str = ""
    reach_within: P | None = None
    public: bool = False
    keeps: T | None = None
    hears: str = ""
    milestones: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    told_to: tuple[Who, ...] = ()
    open_where: str = ""
    reachable: tuple[Relation, ...] = ()
    gathers: bool = False
    happens: Happening | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """专项: one or more case types with their parameters and the codes of their own refusals."""

    key: str
    title: T
    says: T
    _: KW_ONLY
    case_types: tuple[CaseType, ...]
    refusals: dict[str, T] = field(default_factory=dict)
    roles: tuple[Role, ...] = ()
    parameters: Parameters | None = None
