"""The tables of the house itself."""

from __future__ import annotations

from linli.forms.tables import Table

HOUSE_TABLES: tuple[Table, ...] = ()
