"""The floor of persons, units, duties and sign-in."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the tables of this floor and the check of its keys."""

    name = "linli.people"
    label = "people"

    def ready(self) -> None:
        """Starts the start-up check of the keys."""
        from linli.people import checks  # noqa: F401
