"""CONTRIBUTING.md's worked example works: its blocks are taken as they stand, installed, acted out and looked at."""

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

import linli.programmes
from linli.cases.rebuild import check
from linli.faces.web.staff import casepage, new
from linli.people.models import Account
from linli.rules.definition import Definition, define
from linli.rules.parameters import load_parameters, p
from linli.rules.programme import Counter, Kind, State
from linli.rules.registry import installed
from linli.rules.roles import CLERK
from linli.rules.text import T
from tests.house.source import ROOT
from tests.house.test_languages import faults, texts
from tests.programmes import stage
from tests.programmes import test_scenarios as contracts
from tools.reference import programme

BLOCK = re.compile(
    r"^```(?:python|yaml)\n# (linli/programmes/(\w+)/\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
NAME = "lending"


def blocks() -> dict[str, str]:
    """Path inside ``linli/programmes`` → what CONTRIBUTING.md tells to write there."""
    found = BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert {name for _, name, _ in found} == {NAME}
    return {path.removeprefix("linli/programmes/"): body for path, _, body in found}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with the example's files as one who follows the text would write them."""
    for path, body in blocks().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(body, encoding="utf-8")
    return tmp_path


@pytest.fixture
def definition(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Definition]:
    """The example, installed beside the programmes that are there."""
    monkeypatch.setattr(linli.programmes, "__path__", [str(shelf), *linli.programmes.__path__])
    monkeypatch.delattr(linli.programmes, NAME, raising=False)
    for module in _modules():
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(stage, "folder", shelf.joinpath)
    others = {d.key: d for d in installed if d.programme.key != NAME}
    monkeypatch.setattr(installed, "_definitions", others)
    monkeypatch.setattr(installed, "programmes", {d.programme.key: d.programme for d in others.values()})
    importlib.invalidate_caches()
    found = importlib.import_module(f"linli.programmes.{NAME}.programme").PROGRAMME
    numbers = (shelf / NAME / "parameters.yaml").read_text("utf-8")
    installed.install(define(found, load_parameters(numbers, f"{NAME}/parameters.yaml")))
    yield installed.of(NAME)[0]
    for module in _modules():
        del sys.modules[module]
    delattr(linli.programmes, NAME)


def _modules() -> list[str]:
    """The example's modules that are loaded: also those of one who is following the text just now."""
    return [name for name in sys.modules if name.startswith(f"linli.programmes.{NAME}")]


def test_the_example_names_every_file_that_a_programme_needs() -> None:
    wanted = {"__init__.py", "programme.py", "rules.py", "parameters.yaml", "scenarios.yaml"}
    assert {path.partition("/")[2] for path in blocks()} == wanted


def test_the_example_is_written_as_the_house_writes(shelf: Path) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    for how in (["check", "--quiet", "--no-cache"], ["format", "--check", "--quiet", "--no-cache"]):
        command = [*ruff, *how, "--config", str(ROOT / "pyproject.toml"), str(shelf)]
        told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert told.returncode == 0, told.stdout + told.stderr


def test_the_example_is_in_both_languages(definition: Definition) -> None:
    told = [*texts(definition.case_type), *texts(definition.programme)]
    assert [fault for _, text in told for fault in faults(text)] == []


@pytest.mark.django_db
def test_the_scenarios_of_the_example_are_acted_out(definition: Definition) -> None:
    first, *rest = stage.scenarios(NAME)
    played = stage.Stage(NAME, first)
    played.play()
    for scenario in rest:
        stage.Stage(NAME, scenario, cast=played.cast).play()
    assert not list(check())


def test_the_scenarios_of_the_example_cover_what_they_must(definition: Definition) -> None:
    contracts.test_every_action_is_taken_in_a_scenario(definition)
    contracts.test_every_action_is_refused_in_a_scenario(definition)
    contracts.test_every_kind_of_refusal_stands_in_a_scenario(definition)
    contracts.test_the_clock_stands_in_a_scenario_where_there_are_deadlines(definition)


@pytest.mark.django_db
def test_the_example_has_pages_without_a_line_about_pages(definition: Definition) -> None:
    """A window clerk finds the form of the opening action, and on the page of the case the next step."""
    first = stage.Stage(NAME, stage.scenarios(NAME)[0])
    form = _seen(first, new.new_case, type_=definition.key, action="lend")
    assert "借什么" in form and "借用人" in form
    for number, step in enumerate(first.scenario["steps"][:3]):
        first.step(step, f"step {number}")
    page = _seen(first, casepage.case, case=first.cases[stage.THIS])
    assert "人字梯" in page and "收回" in page and "归还时怎样" in page


def _seen(played: stage.Stage, view: Any, **values: Any) -> str:
    """The page as the window clerk sees it."""
    request: Any = RequestFactory().get("/")
    request.actor, request.user, request.session = played.cast.cast["window"], Account(), {}
    request._messages = CookieStorage(request)
    return str(view(request, **values).content.decode())


def test_the_reference_has_its_pages(definition: Definition) -> None:
    for lang, title in (("zh", "# 公物借用"), ("en", "# Lending")):
        assert title in programme.page(definition.programme, installed, lang)


def test_a_definition_with_a_fault_names_its_place(definition: Definition) -> None:
    """What step 6 promises: each fault stops the start, with the place and what is wrong."""
    loan = definition.programme.case_types[0]
    lend, take_back = loan.actions
    lost = State("lost", T("丢失", "Lost"), Kind.OPEN, turn=(CLERK,))
    wrong_ones = {
        "action take_back: unknown state 'gone'": replace(
            loan, actions=(lend, replace(take_back, to="gone"))
        ),
        "state lost: no action leads to it": replace(loan, states=(*loan.states, lost)),
        "parameter 'never' is not in": replace(loan, actions=(lend, replace(take_back, within=p("never")))),
        "counts 'nothing'": replace(loan, counters=(Counter("x", T("甲", "X"), T("件", "x"), of="nothing"),)),
    }
    for told, wrong in wrong_ones.items():
        with pytest.raises(ValueError, match=f"{NAME}/loan: .*{re.escape(told)}"):
            define(replace(definition.programme, case_types=(wrong,)), definition.parameters)
