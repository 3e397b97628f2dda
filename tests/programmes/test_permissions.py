"""The table of permissions at the real door: whoever is not in it is refused in every state, and nothing is written."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from linli.cases.act import act
from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.config.programmes import PROGRAMMES
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.definition import Definition
from linli.rules.programme import Action
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from tests.cases.community import COMMUNITY, HOME
from tests.house.source import ROOT
from tests.programmes.stage import THIS, Stage, scenarios
from tools.reference.permissions import SEE

CONTACT = {"where": HOME, "reporter": {"name": "测试来访", "phone": "19900007777"}}
"""Answers with a person in them, who must not be registered when the act is refused."""


def table() -> dict[tuple[str, str], dict[str, str]]:
    """docs/permissions.csv: (case type, action) → column → word."""
    text = (ROOT / "docs" / "permissions.csv").read_text("utf-8-sig")
    return {(row["case_type"], row["action"]): row for row in csv.DictReader(io.StringIO(text))}


def strangers(role: str) -> Iterator[Actor]:
    """People with one role who have nothing to do with the case: here, and in the community next door."""
    unit = uuid4()
    everywhere = role in (
        RESIDENT.key,
        PUBLIC.key,
    )  # a resident, and who is not signed in, holds his role everywhere
    for region in (EVERYWHERE, EVERYWHERE) if everywhere else (COMMUNITY, "140105006003"):
        yield Actor(uuid4(), (Grant(role, region, unit),))


def everything_elsewhere() -> Actor:
    """Somebody with every duty of the house in another city."""
    staff = (r for r in installed.roles() if r not in ("public", "resident", "importer", "clock", "system"))
    return Actor(uuid4(), tuple(Grant(role, "1402") for role in staff))


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def code(target: Any, action: str, actor: Actor, at: int, answers: dict[str, Any]) -> str:
    """The code with which the door refuses; the empty text when it does not."""
    try:
        act(target, action, actor, answers, key=str(uuid4()), happened=at, recorded=at)
    except Refused as refusal:
        return refusal.code
    return ""


def _opened(case: Case) -> bool:
    """Whether a case of a type that opens single cases by a flag is open to residents; others are where the table says so."""
    flag = installed[case.type].case_type.open_where
    return not flag or json.loads(case.facts).get(flag) is True


@dataclass
class Probe(Stage):
    """Plays a scenario and, in every state that is new, lets everybody try what is not theirs."""

    seen: set[tuple[str, str]] = field(default_factory=set)
    wrong: list[Any] = field(default_factory=list)
    words: dict[tuple[str, str], dict[str, str]] = field(default_factory=table)

    def step(self, step: dict[str, Any], where: str) -> None:
        super().step(step, where)
        for named in (step.get("case", THIS), *step.get("also", ()), *step.get("begins", ())):
            self._probed(named, where)

    def _probed(self, named: str, where: str) -> None:
        """A case on which the step was taken, or to which something happened with it."""
        case = self.cases.get(named)
        found = Case.objects.filter(id=case).first() if case else None
        if found and (found.type, found.state) not in self.seen:
            self.seen.add((found.type, found.state))
            before = rows()
            self._looked(found)
            self._tried(installed[found.type], found.id, found.state)
            assert self.wrong == [], f"{where}: let in, or refused with another code"
            assert rows() == before, f"{where}: something was written by who was refused"

    def _looked(self, case: Case) -> None:
        """Whoever the table lets see the case finds it where his duty reaches, and nobody else anywhere."""
        said = self.words[case.type, SEE]
        for role in installed.roles():
            here, next_door = (cases_seen_by(a).filter(id=case.id).exists() for a in strangers(role))
            word = said[role] if role not in (RESIDENT.key, PUBLIC.key) or _opened(case) else ""
            if (here, next_door) != (bool(word), word == "all"):
                self.wrong.append((case.type, SEE, role, here, next_door))

    def _tried(self, definition: Definition, case: UUID, state: str) -> None:
        for action in definition.actions.values():
            if state in action.sources:
                self._everybody(definition, action, case, {})

    def _everybody(
        self, definition: Definition, action: Action, target: Any, answers: dict[str, Any]
    ) -> None:
        said = self.words[definition.key, action.key]
        outsiders = [a for role in installed.roles() if not said[role] for a in strangers(role)]
        outsiders += [list(strangers(role))[1] for role in installed.roles() if said[role] == "here"]
        for actor in (*outsiders, everything_elsewhere()):
            got = code(target, action.key, actor, self.at, answers)
            if got != "not-yours":
                self.wrong.append((definition.key, action.key, [g.role for g in actor.grants], got))

    def opened(self) -> None:
        """Nobody opens a case that is not his to open; a person named in the answers is not kept either."""
        before = rows()
        for definition in installed.of(self.name):
            asked = {f.key for f in definition.case_type.fields}
            answers = {k: v for k, v in CONTACT.items() if k in asked}
            for action in definition.openings:
                self._everybody(definition, action, (definition.key, HOME), answers)
        assert rows() == before, "something was written by who was refused"


@pytest.mark.django_db
@pytest.mark.parametrize("name", PROGRAMMES)
def test_whoever_is_not_in_the_table_is_refused_in_every_state(name: str) -> None:
    seen: set[tuple[str, str]] = set()
    wrong: list[Any] = []
    probe = Probe(name, {"steps": []}, seen=seen, wrong=wrong)
    probe.opened()
    states = {(d.key, state) for d in installed.of(name) for state in d.states}
    for scenario in scenarios(name):
        if not states <= seen:
            Probe(name, scenario, cast=probe.cast, seen=seen, wrong=wrong).play()
    assert wrong == []
    assert states - seen == set(), "no scenario comes to these states"


@pytest.mark.django_db
@pytest.mark.parametrize("name", PROGRAMMES)
def test_an_action_that_is_not_there_is_refused_for_everybody(name: str) -> None:
    """The importer and the system hold their roles everywhere, and still there is only what the definition names."""
    probe = Probe(name, scenarios(name)[0])
    probe.play()
    for role in installed.roles():
        actor = Actor(uuid4(), (Grant(role, EVERYWHERE),))
        assert (
            code(next(iter(probe.cases.values())), "no.such.action", actor, probe.at, {}) == "unknown-action"
        )
