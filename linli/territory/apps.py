"""The floor that knows places."""

from __future__ import annotations

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Registers the tables of this floor."""

    name = "linli.territory"
    label = "territory"
