"""The checks of a definition, a plain list of functions; each yields what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from linli.rules.definition import Definition
from linli.rules.fields import AskedIf, CaseRef, Choice, Contact, Day, Field, Flag
from linli.rules.parameters import P, Until
from linli.rules.programme import HEARS, STAY, Action, Begins, Does, Fills, To
from linli.rules.roles import CLOCK, HOUSE_ROLES, SYSTEM
from linli.rules.when import When
from linli.rules.who import Role
from linli.rules.worktime import parse_span


def check(definition: Definition) -> None:
    """Raises ValueError with every fault found, each with its place."""
    where = f"{definition.programme.key}/{definition.key}"
    faults = [f"{where}: {fault}" for rule in CHECKS for fault in rule(definition)]
    if faults:
        raise ValueError("\n".join(faults))


def _states_known(d: Definition) -> Iterator[str]:
    for action in d.actions.values():
        targets = [t for t in action.targets if t != STAY]
        for key in (*action.sources, *targets):
            if key not in d.states:
                yield f"action {action.key}: unknown state {key!r}"
        if action.opens and STAY in action.targets:
            yield f"action {action.key}: an opening action needs a target state"
        if isinstance(action.to, To) and len(set(action.to.targets)) < len(action.to.targets):
            yield f"action {action.key}: a target is listed twice"


def _reachable(d: Definition) -> Iterator[str]:
    reached = {t for a in d.openings for t in a.targets}
    if not reached:
        yield "no action opens a case"
    while True:
        more = {
            t for a in d.actions.values() if reached & set(a.sources) for t in a.targets if t != STAY
        } - reached
        if not more:
            break
        reached |= more
    for key in d.states:
        if key not in reached:
            yield f"state {key}: no action leads to it"


def _no_dead_end(d: Definition) -> Iterator[str]:
    for key, state in d.states.items():
        leaves = [a for a in d.actions.values() if key in a.sources and set(a.targets) - {STAY, key}]
        if state.kind.live and not leaves:
            yield f"state {key}: is {state.kind.value}, but no action leads out of it"
        if state.kind.live and not state.turn:
            yield f"state {key}: is {state.kind.value}, but it is nobody’s turn"
        if not state.kind.live and state.turn:
            yield f"state {key}: is {state.kind.value}, yet it is somebody’s turn"


def _roles_known(d: Definition) -> Iterator[str]:
    known = {r.key for r in (*HOUSE_ROLES, *d.programme.roles)}
    lines = [(f"action {a.key}", a.who) for a in d.actions.values()] + [("seen_by", d.case_type.seen_by)]
    lines += [(f"state {s.key}", s.turn) for s in d.states.values()]
    for place, who in lines:
        if place.startswith("action") and not who:
            yield f"{place}: nobody may do it"
        for item in who:
            if isinstance(item, Role) and item.key not in known:
                yield f"{place}: unknown role {item.key!r}"


def _fields_sound(d: Definition) -> Iterator[str]:
    for action in d.actions.values():
        keys = [f.key for f in action.asks]
        asked = {f.key: f for f in ((*d.case_type.fields, *action.asks) if action.opens else action.asks)}
        if len(set(keys)) < len(keys):
            yield f"action {action.key}: asks a field twice"
        for field in action.asks:
            yield from _condition(f"action {action.key}", field, asked)
        for rule in action.seats:
            if (
                not isinstance(rule, Fills)
                and not rule.head.startswith("@")
                and rule.head not in ("", *asked)
            ):
                yield f"action {action.key}: a seat’s head {rule.head!r} is not asked"
        if action.at and CLOCK not in action.who:
            yield f"action {action.key}: the clock is to do it at {action.at!r}, but it is not among who may"
        if action.extends and action.extends not in asked:
            yield f"action {action.key}: extends by {action.extends!r}, which is not asked"
    for contact in (f for f in d.case_type.fields if isinstance(f, Contact)):
        if bool(contact.hidden_by) is not bool(contact.hidden_to):
            yield f"field {contact.key}: hidden_by and hidden_to need each other"
        elif contact.hidden_by and not isinstance(d.fields.get(contact.hidden_by), Flag):
            yield f"field {contact.key}: hidden by {contact.hidden_by!r}, which is no flag"
    for need in (d.case_type.place, d.case_type.summary):
        if need not in d.fields:
            yield f"field {need!r} is named as place or summary, but there is none"


def _condition(where: str, field: Field, asked: dict[str, Field]) -> Iterator[str]:
    if not isinstance(field.asked_if, AskedIf):
        return
    other = asked.get(field.asked_if.field)
    if other is None:
        yield f"{where}: {field.key} depends on {field.asked_if.field!r}, which is not asked"
    elif isinstance(other, Choice) and set(field.asked_if.values) - {o.key for o in other.options}:
        yield f"{where}: {field.key} depends on a value that {other.key} does not have"


def _references(d: Definition) -> Iterator[tuple[str, P]]:
    for action in d.actions.values():
        if isinstance(action.within, P):
            yield f"action {action.key}: within", action.within
    if d.case_type.total:
        yield "total", d.case_type.total
    if d.case_type.reach_within:
        yield "reach within", d.case_type.reach_within
    if climb := d.case_type.climb:
        yield "climb every", climb.every
        yield "climb remind", climb.remind


def _deadlines_performable(d: Definition) -> Iterator[str]:
    for where, wish in _references(d):
        versions = d.parameters.versions.get(wish.name)
        if not versions:
            yield f"{where}: parameter {wish.name!r} is not in parameters.yaml"
            continue
        for version in versions:
            values = version.value.values() if isinstance(version.value, dict) else (version.value,)
            for value in values:
                try:
                    parse_span(str(value))
                except ValueError as error:
                    yield f"{where}: parameter {wish.name}: the clock cannot perform {value!r}: {error}"
        if wish.by and wish.by not in d.fields:
            yield f"{where}: picked by {wish.by!r}, which is no field"
    for action in d.actions.values():
        if isinstance(action.within, Until) and not isinstance(d.fields.get(action.within.field), Day | When):
            yield f"action {action.key}: within: {action.within.field!r} is no day and no time"


def _counters_count(d: Definition) -> Iterator[str]:
    for counter in d.case_type.counters:
        for key in counter.actions or ("",):
            if key not in d.actions:
                yield f"counter {counter.key}: counts {key!r}, which is no action"
        if isinstance(counter.amount, str) and counter.amount not in d.fields:
            yield f"counter {counter.key}: amount {counter.amount!r} is no field"
    for indicator in d.case_type.indicators:
        for key in (*indicator.numerator, *indicator.denominator):
            if key not in d.counters:
                yield f"indicator {indicator.key}: {key!r} is no counter"


def _reactions_known(d: Definition) -> Iterator[str]:
    for action in d.actions.values():
        if action.approval and (action.opens or action.does is not Does.PLAIN):
            yield f"action {action.key}: cannot wait for approval"


def _raised_by_opening(d: Definition) -> Iterator[str]:
    key = d.case_type.raised
    if key and key not in {a.key for a in d.openings}:
        yield f"raised: {key!r} is no action that opens a case"
    if d.case_type.gathers and not key:
        yield "gathers: it comes out of several cases, but raised names no action"


def _one_deadline_per_state(d: Definition) -> Iterator[str]:
    for key in d.states:
        timed: list[Action] = [a for a in d.actions.values() if a.within and key in a.sources]
        if len({a.within for a in timed}) > 1:
            yield f"state {key}: two deadlines ({', '.join(a.key for a in timed)})"


def _references_stand(d: Definition) -> Iterator[str]:
    for field in d.fields.values():
        for state in field.states if isinstance(field, CaseRef) and not field.type else ():
            if state not in d.states:
                yield f"field {field.key}: {state!r} is no state"


def _sealed_is_seen(d: Definition) -> Iterator[str]:
    """A contact opens with a reason; any other sealed answer is read by whom the definition names, or by nobody."""
    for field in d.fields.values():
        if field.personal and not isinstance(field, Contact) and not field.seen_by:
            yield f"field {field.key}: personal, but seen_by names nobody who may read it"


def _door_is_reached(d: Definition) -> Iterator[str]:
    """What is of a household says when somebody of it was met: else coverage would count closed doors."""
    reached = d.case_type.reached
    if d.case_type.of_door != bool(reached):
        yield "of_door and reached need each other"
    elif reached and reached not in d.counters:
        yield f"reached: {reached!r} is no counter"
    if (wish := d.case_type.reach_within) and wish.name in d.parameters.versions:
        for version in d.parameters.versions[wish.name]:
            values = version.value.values() if isinstance(version.value, dict) else (version.value,)
            if any(str(v).split()[1:] not in (["days"], ["day"]) for v in values):
                yield f"reach within: parameter {wish.name} is not in days"


def _keeps_something(d: Definition) -> Iterator[str]:
    if d.case_type.keeps and not any(f.personal for f in d.fields.values()):
        yield "keeps: a law bids to keep personal parts, but no field is personal"


def _stories_told(d: Definition) -> Iterator[str]:
    """What a case hears, shows on its chain and stands by in a calendar is among its own actions, facts and states."""
    case_type = d.case_type
    if case_type.hears and case_type.hears not in d.actions:
        yield f"hears: {case_type.hears!r} is no action"
    elif case_type.hears and SYSTEM not in d.actions[case_type.hears].who:
        yield f"hears: the system may not do {case_type.hears!r}"
    for key in case_type.milestones:
        if key not in d.actions:
            yield f"milestones: {key!r} is no action"
    if case_type.open_where and not isinstance(d.fields.get(case_type.open_where), Flag):
        yield f"open_where: {case_type.open_where!r} is no flag"
    for key in case_type.posted:
        if key not in d.states:
            yield f"posted: {key!r} is no state"
    if happens := case_type.happens:
        if not isinstance(d.fields.get(happens.starts), When):
            yield f"happens: {happens.starts!r} is no moment"
        for key in (happens.minutes, happens.where):
            if key and key not in d.fields:
                yield f"happens: {key!r} is no field"
        if isinstance(happens.public, str) and not isinstance(d.fields.get(happens.public), Flag):
            yield f"happens: public where {happens.public!r}, which is no flag"
        for state in happens.called_off:
            if state not in d.states:
                yield f"happens: called off in {state!r}, which is no state"
        if not happens.public and not happens.concerned:
            yield "happens: neither public nor of concern to anybody"


def _turn_is_seen(d: Definition) -> Iterator[str]:
    """Whose turn it is, and to whom overdue work climbs, sees the case: else it would stand on a list of his and not open."""
    seen = {w.key for w in d.case_type.seen_by}
    for state in d.states.values():
        yield from (
            f"state {state.key}: {w.key!r} has the turn and does not see the case"
            for w in state.turn
            if w.key not in seen
        )
    climbing = d.case_type.climb.roles if d.case_type.climb else ()
    yield from (f"climb: {r.key!r} does not see the case" for r in climbing if r.key not in seen)


CHECKS: tuple[Callable[[Definition], Iterator[str]], ...] = (
    _states_known,
    _reachable,
    _no_dead_end,
    _roles_known,
    _fields_sound,
    _deadlines_performable,
    _counters_count,
    _reactions_known,
    _raised_by_opening,
    _one_deadline_per_state,
    _references_stand,
    _sealed_is_seen,
    _keeps_something,
    _door_is_reached,
    _stories_told,
    _turn_is_seen,
)


def check_together(definitions: Iterable[Definition]) -> None:
    """What one definition says of others: the cases that its acts begin, what they do to linked ones. Raises ValueError with
    every fault found.
    """
    known = {d.key: d for d in definitions}
    actions = {key for d in known.values() for key in (*d.actions, HEARS)}
    faults = [
        f"{d.programme.key}/{d.key}: action {a.key}: reacts with {react.action!r}, which is no action"
        for d in known.values()
        for a in d.actions.values()
        for react in a.reacts
        if react.action not in actions
    ]
    faults += [
        f"{d.programme.key}/{d.key}: action {a.key}: {fault}"
        for d in known.values()
        for a in d.actions.values()
        for begins in a.begins
        if (fault := _begun(known.get(begins.type), begins))
    ]
    if faults:
        raise ValueError("\n".join(faults))


def _begun(other: Definition | None, begins: Begins) -> str:
    if other is None:
        return f"begins {begins.type!r}, which is no case type"
    action = other.actions.get(begins.action)
    if action is None or not action.opens:
        return f"begins {begins.type} with {begins.action!r}, which opens none"
    return (
        ""
        if SYSTEM in action.who
        else f"begins {begins.type} with {begins.action!r}, which the system may not do"
    )
