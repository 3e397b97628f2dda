"""The floor that finds text."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the tables of this floor."""

    name = "linli.search"
    label = "search"
