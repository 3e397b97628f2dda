"""A run is about the database that ``LINLI_DB`` names, with the guarantees that the settings promise."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_run_uses_the_database_that_was_asked_for() -> None:
    asked = os.environ.get("LINLI_DB", "").partition(":")[0] or "sqlite"
    assert connection.vendor == asked


@pytest.mark.django_db
def test_a_test_that_stores_is_marked_so(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("storing")


@pytest.mark.django_db(transaction=True)
def test_sqlite_is_a_file_that_threads_can_share() -> None:
    assert connection.vendor != "sqlite" or not connection.is_in_memory_db()  # type: ignore[attr-defined]
