"""Fills the registries when Django starts: the programmes, and the tables that can be imported."""

from __future__ import annotations

from django.apps import AppConfig


class LinliConfig(AppConfig):
    """The composition root: reads the programmes."""

    name = "linli.config"
    label = "linli_config"

    def ready(self) -> None:
        """Install the programmes; a faulty definition stops the start with its place named."""
        from linli.config.programmes import install, optional
        from linli.forms.house import HOUSE_TABLES
        from linli.forms.tables import known

        install()
        known.add(HOUSE_TABLES)
        for module in optional("importers"):
            known.add(module.TABLES)
