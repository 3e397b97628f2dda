"""What every test gets: the marker of the tests that store, Hypothesis without a clock, a page of a real browser."""

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.browser"]

# Whatever reaches the database does so through one of pytest-django's fixtures or through the marker.
STORING_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "admin_client"}

# A deadline would assert a timing; a run that differs from the last one could not be repeated.
settings.register_profile(
    "linli", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("linli")


def stores(item: pytest.Item) -> bool:
    """Whether the test uses the database, so that it has to hold on both."""
    fixtures: set[str] = set(getattr(item, "fixturenames", ()))
    if issubclass(getattr(item, "cls", None) or object, TransactionTestCase):
        return True
    return item.get_closest_marker("django_db") is not None or bool(STORING_FIXTURES & fixtures)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark before ``-m`` chooses and before xdist groups."""
    for item in items:
        if stores(item):
            item.add_marker("storing")
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_report_header() -> str:
    """Which database this run is about."""
    return f"database: {connection.vendor}"
