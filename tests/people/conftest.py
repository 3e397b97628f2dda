"""What the tests of the people floor share: who gives duties, and a person at a time."""

from collections.abc import Callable, Iterator
from itertools import count
from uuid import UUID

import pytest
from django.core.cache import cache

from linli.people.kinds import RESIDENT
from linli.people.persons import register
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.ids import new_id
from linli.rules.roles import ADMIN

COMMUNITY = "140105006002"
GRID = COMMUNITY + "003"
BUILDING = COMMUNITY + "B0007"
NOON = 1_714_276_800_000_000  # 2024-04-28 12:00 in China

Person = Callable[..., UUID]


@pytest.fixture
def person(db: None) -> Person:
    """Registers somebody; every call somebody new unless a phone is repeated."""
    numbers = count(1)

    def made(name: str = "王小明", phone: str | None = None, kind: str = RESIDENT) -> UUID:
        key = f"person/{next(numbers)}"
        return register(name=name, phone=phone, kind=kind, at=NOON, by=THE_SYSTEM, key=key)

    return made


@pytest.fixture
def admin() -> Actor:
    """An administrator of the community."""
    return Actor(new_id(), (Grant(ADMIN.key, COMMUNITY),))


@pytest.fixture(autouse=True)
def _no_attempts_counted(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test starts with fresh rate limits."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
        cache.clear()
    yield
