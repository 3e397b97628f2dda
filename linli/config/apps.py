"""Fills the registries when Django starts: the programmes, and the tables that can be imported."""

from __future__ import annotations

import gc

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
        _spare_the_collector()


def _spare_the_collector() -> None:
    """What was loaded at start stays, and an act makes many small objects but no cycles: look for cycles less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
