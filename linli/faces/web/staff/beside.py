"""What stands beside a case: requests that wait for approval, perhaps the same matter, linked cases, what can come out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from linli.cases.alike import alike
from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.story import CasePage, Related
from linli.cases.titles import title_of
from linli.faces.web import parts
from linli.faces.web.staff.told import step_told
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.fields import CaseRef
from linli.rules.machine import allows
from linli.rules.programme import Action
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import titles

CAME_FROM = T("由此而来", "Came out of")
WITH_ALIKE = T("{t}（连同类似的 {n} 件）", "{t}, with {n} that are alike")
CLUSTER = 9
"""So many cases that are alike are gathered with one."""
LED_TO = T("由此产生", "Led to")


@dataclass(frozen=True, slots=True)
class Other:
    """A case beside this one, and what the relation is called, where there is one."""

    relation: T | None
    line: parts.CaseLine


@dataclass(frozen=True, slots=True)
class Offer:
    """A case that can come out of this one."""

    title: T
    url: str


def waiting(page: CasePage) -> list[tuple[T, parts.Step]]:
    """What was asked for and is not decided: the action's title, and the entry that asks with its reasons."""
    asked = {s.seq: s for s in page.steps}
    found = [(page.definition.actions[p.head].title, asked.get(p.measures["seq"])) for p in page.pending]
    return [(title, step_told(step)) for title, step in found if step]


def cluster(page: CasePage, at: int) -> list[Case]:
    """Cases that may be about the same and are not linked yet, the most alike first."""
    case, key = page.case, page.definition.case_type.alike
    words = str(facts_of(case).get(key or "", ""))
    linked = {r.case.id for r in page.related} | {case.id}
    found = alike(page.definition, case.place, words, at, most=CLUSTER + len(linked))
    return [a.case for a in found if a.case.id not in linked][:CLUSTER]


def same(page: CasePage, found: list[Case]) -> list[Other]:
    """The first of them, each with the way to join this one to it, where that is possible."""
    places, join = titles(c.place for c in found), joining(page)
    return [Other(None, _line(c, page.definition, places[c.place], _join(page, c, join))) for c in found[:3]]


def joining(page: CasePage) -> tuple[Action, CaseRef] | None:
    """The action by which this case is joined to another, and the field that names the other."""
    for action in page.actions:
        for field in action.asks:
            if isinstance(field, CaseRef) and any(f == field.key for _, f in action.links):
                return action, field
    return None


def _join(page: CasePage, other: Case, join: tuple[Action, CaseRef] | None) -> parts.Next | None:
    if join is None or not other.live:
        return None
    action, field = join
    query = urlencode({"step": action.key, field.key: other.number})
    url = f"{reverse('case', args=[page.case.id])}?{query}#step-{action.key}"
    return parts.Next(action.title, url)


def meant(page: CasePage, action: Action, query: Mapping[str, str]) -> dict[str, str]:
    """What an address fills into a form beforehand: numbers of cases, nothing that anybody said."""
    if query.get("step") != action.key:
        return {}
    return {f.key: query[f.key] for f in action.asks if isinstance(f, CaseRef) and f.key in query}


def related(page: CasePage) -> list[Other]:
    """The linked cases with the name of the link."""
    places = titles(r.case.place for r in page.related)
    return [
        Other(_relation(page, r), _line(r.case, installed[r.case.type], places[r.case.place]))
        for r in page.related
    ]


def _relation(page: CasePage, link: Related) -> T:
    """A link is called as the act that made it; where it ends here, as seen from the other side."""
    if link.relation in installed.descent:
        return CAME_FROM if link.outward else LED_TO
    definition = page.definition if link.outward else installed[link.case.type]
    made_by = (a.title for a in definition.actions.values() if any(k == link.relation for k, _ in a.links))
    title = next(made_by, T(link.relation, link.relation))
    if link.outward:
        return title
    return T(f"{title.zh}到本件", f"{title.en}: into this one")


def _line(case: Case, definition: Definition, place: T, step: parts.Next | None = None) -> parts.CaseLine:
    url = reverse("case", args=[case.id])
    state = definition.states[case.state]
    return parts.CaseLine(
        url, title_of(case), state, number=case.number, place=place, at=case.opened, next=step
    )


def offers(page: CasePage, actor: Actor, alike_: list[Case]) -> list[Offer]:
    """What the reader can enter as coming out of this case; what gathers several, also out of it together with those that are alike."""
    case, found = page.case, []
    for definition in installed:
        action = definition.actions.get(definition.case_type.raised)
        if action is None or not any(allows(w, actor, case.place, case.grid, {}) for w in action.who):
            continue
        found.append(Offer(definition.case_type.title, out_of(definition, action, [case])))
        if definition.case_type.gathers and alike_:
            both = WITH_ALIKE.format(t=definition.case_type.title, n=len(alike_))
            found.append(Offer(both, out_of(definition, action, [case, *alike_])))
    return found


def out_of(definition: Definition, action: Action, cases: Iterable[Case]) -> str:
    """The address of the form by which a case of this type comes out of these."""
    query = urlencode({"from": [str(c.id) for c in cases]}, doseq=True)
    return f"{reverse('new-case', args=[definition.key, action.key])}?{query}"
