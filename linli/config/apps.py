"""Fills the registry when Django starts."""

from __future__ import annotations

from django.apps import AppConfig


class LinliConfig(AppConfig):
    """The composition root: reads the programmes."""

    name = "linli.config"
    label = "linli_config"

    def ready(self) -> None:
        """Install the programmes; a faulty definition stops the start with its place named."""
        from linli.config.programmes import install

        install()
