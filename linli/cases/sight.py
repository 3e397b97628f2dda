"""Who sees what: which cases, which fields of them. The one place where visibility is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.cases.loading import heads_of
from linli.cases.models import Case, Seat
from linli.cases.reading import holding
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.fields import Contact, Field
from linli.rules.machine import allows
from linli.rules.place import span
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.who import Relation, Role, Who

NOBODY = Q(pk__in=[])
EVERYTHING = ~NOBODY  # an empty Q would be lost beside others


def in_region(region: str) -> Q:
    """Cases placed in the region; a grid is asked by the grid that the case had on its day."""
    if not region:
        return EVERYTHING
    low, high = span(region)
    return Q(grid=region) if len(region) == 15 else Q(place__gte=low, place__lt=high)


def reach(actor: Actor, who: Iterable[Who]) -> Q:
    """The cases to which the lines of a ``who`` give the actor access: by his regions, or by a seat of his."""
    given = tuple(who)
    roles = {w.key for w in given if isinstance(w, Role)}
    found = NOBODY
    for region in actor.regions(*roles) if roles else ():
        found |= in_region(region)
    kinds, heads = [w.key for w in given if isinstance(w, Relation)], heads_of(actor)
    if kinds and heads:
        found |= Q(Exists(Seat.objects.filter(case=OuterRef("pk"), kind__in=kinds, head__in=heads)))
    return found


def cases_seen_by(actor: Actor, types: Iterable[str] = ()) -> QuerySet[Case]:
    """Every case that the actor may see, of the given types or of all."""
    chosen = [installed[t] for t in types] or list(installed)
    seen = NOBODY
    for definition in chosen:
        seen |= Q(type=definition.key) & _sees(actor, definition)
    return Case.objects.filter(seen)


def _sees(actor: Actor, definition: Definition) -> Q:
    """Residents see what a flag opens to them; everybody else by duty or relation."""
    flag, seen_by = definition.case_type.open_where, definition.case_type.seen_by
    if not flag:
        return reach(actor, seen_by)
    open_to = [w for w in seen_by if w in (RESIDENT, PUBLIC)]
    opened = reach(actor, open_to) & holding(flag)
    return reach(actor, [w for w in seen_by if w not in open_to]) | opened


def my_turn(actor: Actor) -> QuerySet[Case]:
    """The live cases in which the next step is the actor's: by the states' turns, and requests he can approve."""
    return Case.objects.filter(turn_of(actor), live=True)


def turn_of(actor: Actor) -> Q:
    """The same as a condition, of which the case being live is not a part.

    What anybody may do is nobody's turn: a resident's turn comes by his own relation to a case.
    """
    wanted, actor = NOBODY, _at_work(actor)
    for definition in installed:
        for state in definition.states.values():
            if state.turn:
                wanted |= Q(type=definition.key, state=state.key) & reach(actor, state.turn)
        wanted |= _approvals(actor, definition) | _climbed(actor, definition)
    return wanted


def _at_work(actor: Actor) -> Actor:
    """The actor with the grants of his duties alone."""
    own = tuple(g for g in actor.grants if g.role not in (PUBLIC.key, RESIDENT.key))
    return replace(actor, grants=own)


def _approvals(actor: Actor, definition: Definition) -> Q:
    found = NOBODY
    for action in definition.approvable:
        assert action.approval is not None
        waiting = Seat.objects.filter(case=OuterRef("pk"), kind="pending", head=action.key)
        found |= Q(type=definition.key) & reach(actor, action.approval.by) & Q(Exists(waiting))
    return found


def _climbed(actor: Actor, definition: Definition) -> Q:
    """Overdue work that has climbed to a role of the actor's stands on his list too."""
    climb, found = definition.case_type.climb, NOBODY
    for level, role in enumerate(climb.roles if climb else (), 1):
        found |= Q(type=definition.key, climbed__gte=level) & reach(actor, (role,))
    return found


def works_with(
    definition: Definition, actor: Actor, place: str, grid: str | None, mine: Mapping[str, object]
) -> bool:
    """Whether the actor sees the case by a duty, or for a unit that has it, and not as a resident who takes part in it."""
    at_work = _at_work(actor)
    duties = [w for w in definition.case_type.seen_by if isinstance(w, Role) or w.of == "unit"]
    return any(allows(w, at_work, place, grid, mine) for w in duties)


def sees_field(
    field: Field, actor: Actor, state: str, place: str, grid: str | None, mine: Mapping[str, object]
) -> bool:
    """Whether the actor sees the value of a field of a case that he sees."""
    if state in field.sealed_in:
        return False
    return not field.seen_by or any(allows(w, actor, place, grid, mine) for w in field.seen_by)


def sees_contact(
    field: Contact, case: Case, facts: Mapping[str, Any], actor: Actor, mine: Mapping[str, object]
) -> bool:
    """Whether the actor may know who a contact of the case is, also where the person asked to stay unnamed."""
    if not sees_field(field, actor, case.state, case.place, case.grid, mine):
        return False
    hidden = bool(field.hidden_by) and bool(facts.get(field.hidden_by))
    return not hidden or any(allows(w, actor, case.place, case.grid, mine) for w in field.hidden_to)


def sees_reporter(
    definition: Definition, case: Case, facts: Mapping[str, Any], actor: Actor, mine: Mapping[str, object]
) -> bool:
    """Whether the actor may know who reported the case: whoever may know every contact that a report names."""
    named = [f for f in definition.case_type.fields if isinstance(f, Contact)]
    return all(sees_contact(f, case, facts, actor, mine) for f in named)


def shown_facts(
    definition: Definition, case: Case, facts: Mapping[str, Any], actor: Actor, mine: Mapping[str, object]
) -> list[tuple[Field, Any]]:
    """The facts of the case that the actor may see, each with its field, in the order of the definition."""
    fields = [f for k, f in definition.fields.items() if k in facts]

    def seen(field: Field) -> bool:
        if isinstance(field, Contact):
            return sees_contact(field, case, facts, actor, mine)
        return sees_field(field, actor, case.state, case.place, case.grid, mine)

    return [(f, facts[f.key]) for f in fields if seen(f)]
