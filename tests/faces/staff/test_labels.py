"""Every role against every label, through every page that shows labels: what the table says, and not a word more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from linli.faces.web.public import map as open_map
from linli.faces.web.staff import building, colours, gridcard, household, households
from linli.programmes.visits.pages import home as visited
from linli.programmes.visits.pages import overview
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.labels import LABELS, POPULATION, readable
from linli.rules.roles import HOUSE_ROLES
from linli.rules.worktime import day_start
from linli.territory import households as roll
from linli.territory.households import HouseholdRow
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town
from tests.faces.staff.desk import seen, text
from tests.faces.staff.test_atlas import RING
from tests.faces.staff.test_colours import drawn

pytestmark = pytest.mark.django_db
GRID, FLAT = COMMUNITY + "001", f"{HOME}-2-301"
AT = day_start(FOUNDED)


@pytest.fixture
def cast() -> Town:
    """One household that carries every label there is."""
    made = town()
    drawn(RING)
    roll.load([HouseholdRow(HOME, "2", "301"), HouseholdRow(HOME, "2", "302")])
    for key in LABELS:
        roll.label(FLAT, key, FOUNDED, by=THE_SYSTEM, at=AT, key=f"label/{key}")
    return made


def pages() -> dict[str, Callable[[Actor], HttpResponse]]:
    """Every page of the staff on which a label may stand, as somebody opens it."""
    return {
        "households": lambda a: seen(a, households.households),
        "all households": lambda a: seen(a, households.households, query="?check=empty"),
        "building": lambda a: seen(a, building.building, code=HOME),
        "household": lambda a: seen(a, household.household, code=FLAT),
        "rounds": lambda a: seen(a, overview.homes, query="?show=all"),
        "grid of the rounds": lambda a: seen(a, overview.grid, code=GRID),
        "door of the rounds": lambda a: seen(a, visited.home, code=FLAT),
        "map": lambda a: seen(a, colours.colours),
        "doors": lambda a: seen(a, colours.colours, query=f"?building={HOME}"),
        "paper": lambda a: seen(a, colours.colours, query="?format=svg"),
        "doors on paper": lambda a: seen(a, colours.colours, query=f"?building={HOME}&format=svg"),
        "card": lambda a: seen(a, gridcard.card, code=GRID),
    }


def told(page: Callable[[Actor], HttpResponse], actor: Actor) -> str:
    """What the page says, forms for what is new being left out; nothing where it is closed."""
    try:
        html = text(page(actor))
    except (PermissionDenied, Http404):
        return ""
    # A visit's form offers every label as something newly noticed: it says nothing of this household.
    # So does the heading of a force, which is no household's.
    return re.sub(r"<form.*?</form>|双报到党员", "", html, flags=re.DOTALL)


def somebody(cast: Town, role: str, region: str = COMMUNITY) -> Actor:
    """A person of the town with one duty and no other."""
    return Actor(cast.cast["street"].person, (Grant(role, region),))


def shown(html: str) -> set[str]:
    """The labels of which a page says the word or wears the colour."""
    return {label.key for label in POPULATION if label.title.zh in html or f"label {label.key}" in html}


ROUNDS = {"rounds", "grid of the rounds", "door of the rounds"}
"""Pages that are for who watches visits: the window is not among them."""


@pytest.mark.parametrize("role", [r.key for r in HOUSE_ROLES])
def test_every_page_shows_a_role_its_labels_and_no_other(cast: Town, role: str) -> None:
    actor, may = somebody(cast, role), readable(role)
    found = {name: told(page, actor) for name, page in pages().items()}
    wrong = {name: shown(html) ^ may for name, html in found.items() if html and shown(html) != may}
    # Of the households without residents the list shows those on its page: all of them here.
    assert wrong == {}
    assert {name for name, html in found.items() if may and not html} <= ROUNDS


@pytest.mark.parametrize("region", [COMMUNITY + "002", "140105006003", COMMUNITY + "B0002"])
def test_a_label_is_read_nowhere_but_where_the_duty_reaches(cast: Town, region: str) -> None:
    for role in {r.key for label in POPULATION for r in label.readers}:
        actor = somebody(cast, role, region)
        for name, page in pages().items():
            html = told(page, actor)
            # In his own building he reads a legend, in which nobody of this one is counted.
            assert FLAT not in html, (name, role)
            assert 'class="stripe' not in html, (name, role)


@pytest.mark.parametrize("label", list(LABELS))
def test_one_label_is_asked_for_by_who_may_read_it_alone(cast: Town, label: str) -> None:
    for role in HOUSE_ROLES:
        actor = somebody(cast, role.key)
        for page in (households.households, colours.colours):
            if label in readable(role.key):
                assert LABELS[label].zh in text(seen(actor, page, query=f"?label={label}"))
            else:
                assert told(partial(seen, view=page, query=f"?label={label}"), actor) == ""


def test_who_may_not_read_a_label_cannot_give_it(cast: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house may take a label away from its grid members: then they neither see it nor offer it."""
    monkeypatch.setattr("linli.territory.access.readable", lambda role: readable(role) - {"party"})
    page = text(seen(cast.cast["grid"], household.household, code=FLAT))
    assert "党员" not in page
    assert "其余标签只给本网格的网格员和社区看" in page
    ended = {"do": "end_label", "label": "party", "day": "2026-03-02", "key": "x"}
    assert seen(cast.cast["grid"], household.household, ended, code=FLAT).status_code == 422


def public_pages(cast: Town) -> Iterator[str]:
    """The public map and its data, asked for labels and not, by nobody and by the community."""
    for view in (open_map.page, open_map.data):
        for query in ("", "?label=party", f"?building={HOME}"):
            for who in ("nobody", "community"):
                yield text(seen(cast.cast[who], view, query=query))


def test_the_public_map_knows_no_household_and_no_label(cast: Town) -> None:
    for said in public_pages(cast):
        assert FLAT not in said
        assert "301" not in said
        for label in POPULATION:
            words = (label.title.zh, label.title.en, f'"{label.key}"', f"label {label.key}")
            assert [w for w in words if w in said] == []
