"""A case type made ready for use: completed with the house's own actions, indexed, checked whole, and given
its version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from linli.rules.description import digest
from linli.rules.fields import Field
from linli.rules.parameters import P, Parameters, Until
from linli.rules.programme import STAY, Action, CaseType, Counter, Does, Kind, Programme, State
from linli.rules.refusal import HOUSE_CODES
from linli.rules.roles import CLOCK
from linli.rules.seating import kinds_read
from linli.rules.text import T
from linli.rules.who import Relation

PENDING = Relation("pending", T("待审批", "Waiting for approval"))
"""The seats of requests that wait for approval; the head is the action's key."""


@dataclass(frozen=True)
class Definition:
    """A case type with its programme, ready for the door. What follows from it is worked out once."""

    key: str
    case_type: CaseType
    programme: Programme
    parameters: Parameters
    states: dict[str, State]
    actions: dict[str, Action]
    fields: dict[str, Field]
    counters: dict[str, Counter]
    codes: dict[str, T]
    version: str

    @cached_property
    def openings(self) -> tuple[Action, ...]:
        """The actions that open a case."""
        return tuple(a for a in self.actions.values() if a.opens)

    @cached_property
    def unkept(self) -> frozenset[str]:
        """The keys of the fields whose answers become no fact of the case."""
        return frozenset(k for k, f in self.fields.items() if not f.kept)

    def counters_of(self, action: str) -> tuple[Counter, ...]:
        """The counters that count entries of the action."""
        return self._counted.get(action, ())

    @cached_property
    def _counted(self) -> dict[str, tuple[Counter, ...]]:
        counters = self.counters.values()
        return {key: tuple(c for c in counters if key in c.actions) for key in self.actions}

    def within(self, state: str) -> P | Until | None:
        """The time within which a case must leave the state: of the first action from it that names one."""
        return self._within.get(state)

    @cached_property
    def _within(self) -> dict[str, P | Until]:
        timed = [a for a in self.actions.values() if a.within]
        return {state: a.within for a in reversed(timed) for state in a.sources if a.within}

    @cached_property
    def approvable(self) -> tuple[Action, ...]:
        """The actions that wait for approval."""
        return tuple(a for a in self.actions.values() if a.approval)

    def kinds_for(self, action: str) -> frozenset[str]:
        """The kinds of seats an act needs whole: what it reads, the reporter to be told, open requests; for an approval
        also what the base reads.
        """
        return self._kinds[action]

    @cached_property
    def _kinds(self) -> dict[str, frozenset[str]]:
        always = {PENDING.key} if self.approvable else set()
        if self.case_type.reporter:
            always.add(self.case_type.reporter.key)
        bases = {
            a.key: self.actions[a.of] for a in self.actions.values() if a.does in (Does.APPROVE, Does.DECLINE)
        }
        return {
            key: frozenset(
                kinds_read(action)
                | (kinds_read(bases[key]) if key in bases else set())
                | self._told(action)
                | always
            )
            for key, action in self.actions.items()
        }

    def _told(self, action: Action) -> set[str]:
        """The kinds of those whom an act is about, and of those whose turn it is, who hear of a deadline."""
        about = {f.about.key for f in action.asks if f.about}
        if action.does not in (Does.REMIND, Does.OVERDUE, Does.CLIMB):
            return about
        turns = (w for s in self.states.values() for w in s.turn)
        return about | {w.key for w in turns if isinstance(w, Relation) and w.of == "person"}


def define(programme: Programme, parameters: Parameters) -> list[Definition]:
    """Every case type of a programme, complete and checked.

    Raises:
        ValueError: naming programme, case type and place of the first fault.
    """
    from linli.rules.check import check

    made = [_define(programme, case_type, parameters) for case_type in programme.case_types]
    for definition in made:
        check(definition)
    return made


def _define(programme: Programme, case_type: CaseType, parameters: Parameters) -> Definition:
    actions = (*case_type.actions, *_approvals(case_type), *_clock_actions(case_type))
    complete = replace(case_type, actions=actions)
    _once(f"{programme.key}/{case_type.key}", "action", [a.key for a in actions])
    _once(f"{programme.key}/{case_type.key}", "state", [s.key for s in case_type.states])
    return Definition(
        key=case_type.key,
        case_type=complete,
        programme=programme,
        parameters=parameters,
        states={s.key: s for s in case_type.states},
        actions={a.key: a for a in actions},
        fields=_fields(complete),
        counters={c.key: c for c in (*case_type.counters, *_deadline_counters(complete))},
        codes={**HOUSE_CODES, **programme.refusals},
        version=f"{case_type.key}@{digest(complete)}",
    )


def _once(where: str, what: str, keys: list[str]) -> None:
    twice = {k for k in keys if keys.count(k) > 1}
    if twice:
        raise ValueError(f"{where}: {what} {', '.join(sorted(twice))} is defined twice")


def _fields(case_type: CaseType) -> dict[str, Field]:
    found: dict[str, Field] = {f.key: f for f in case_type.fields}
    for action in case_type.actions:
        for field in action.asks:
            found.setdefault(field.key, field)
    return found


def _approvals(case_type: CaseType) -> Iterable[Action]:
    """``x.approve`` and ``x.decline`` for every action ``x`` that waits for approval."""
    from linli.rules.fields import Text

    live = tuple(s.key for s in case_type.states if s.kind.live)
    note = Text("approval_note", T("审批意见", "Opinion"), required=False, at_most=1000, lines=2)
    why = Text("approval_note", T("不同意的理由", "Reason for declining"), at_most=1000, lines=2)
    for base in case_type.actions:
        if base.approval:
            yield Action(
                f"{base.key}.approve",
                T(f"同意{base.title.zh}", f"Approve: {base.title.en.lower()}"),
                base.sources,
                base.to,
                who=base.approval.by,
                asks=(note,),
                does=Does.APPROVE,
                of=base.key,
            )
            yield Action(
                f"{base.key}.decline",
                T(f"不同意{base.title.zh}", f"Decline: {base.title.en.lower()}"),
                tuple(dict.fromkeys((*live, *base.sources))),
                STAY,
                who=base.approval.by,
                asks=(why,),
                does=Does.DECLINE,
                of=base.key,
            )


_CLOCK = (
    ("clock.remind", T("临期提醒", "Reminder before the deadline"), Does.REMIND, "stage"),
    ("clock.overdue", T("本环节超时", "This stage is overdue"), Does.OVERDUE, "stage"),
    ("clock.overdue_total", T("全程超时", "The whole case is overdue"), Does.OVERDUE, "total"),
    ("clock.climb", T("超时上报一级", "Overdue work climbs one level"), Does.CLIMB, "stage"),
    ("clock.reckon", T("重算本环节期限", "The stage’s deadline is reckoned anew"), Does.RECKON, "stage"),
    ("clock.reckon_total", T("重算全程期限", "The whole deadline is reckoned anew"), Does.RECKON, "total"),
)


def _clock_actions(case_type: CaseType) -> Iterable[Action]:
    """What the clock enters on a live case; nobody else may."""
    live = tuple(s.key for s in case_type.states if s.kind.live)
    if case_type.total is None and not any(a.within for a in case_type.actions):
        return
    for key, title, does, of in _CLOCK:
        yield Action(key, title, live, STAY, who=(CLOCK,), does=does, of=of, quiet=does is Does.RECKON)


def _deadline_counters(case_type: CaseType) -> Iterable[Counter]:
    """On time and late, for every state with a deadline and for the whole case; counted by the clock, not by
    actions.
    """
    unit = T("件", "cases")
    timed = [s for s in case_type.states if any(a.within and s.key in a.sources for a in case_type.actions)]
    for state in timed:
        zh, en = state.title.zh, state.title.en.lower()
        yield Counter(
            f"on_time.stage.{state.key}",
            T(f"{zh}环节按期", f"“{en}” left on time"),
            unit,
            of=(),
            headline=False,
        )
        yield Counter(
            f"late.stage.{state.key}", T(f"{zh}环节超时", f"“{en}” overdue"), unit, of=(), headline=False
        )
    if case_type.total:
        yield Counter("on_time.total", T("全程按期", "Ended on time"), unit, of=(), headline=False)
        yield Counter("late.total", T("全程超时", "Overdue as a whole"), unit, of=(), headline=False)


def live_states(definition: Definition) -> tuple[str, ...]:
    """The states in which somebody still has something to do."""
    return tuple(k for k, s in definition.states.items() if s.kind.live)


def done_states(definition: Definition) -> tuple[str, ...]:
    """The states in which the case came to its proper end."""
    return tuple(k for k, s in definition.states.items() if s.kind is Kind.DONE)
