"""The floor on which a case is acted upon: one door, its projections, its clock."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers the tables of this floor."""

    name = "linli.cases"
    label = "cases"
