"""The floor of the owners' money."""

from __future__ import annotations

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Registers the tables of this floor and the triggers that guard them."""

    name = "linli.funds"
    label = "funds"

    def ready(self) -> None:
        """Joins the guards of this floor to those that are asked after at every start."""
        from linli.funds.triggers import GUARDS
        from linli.journal.triggers import JOINED

        if GUARDS not in JOINED:
            JOINED.append(GUARDS)
