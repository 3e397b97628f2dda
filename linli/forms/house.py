"""The tables of the house itself; a programme's own stand in its ``importers.py``."""

from __future__ import annotations

from linli.forms.places import BUILDINGS, HOUSEHOLDS
from linli.forms.residents import PEOPLE

HOUSE_TABLES = (BUILDINGS, HOUSEHOLDS, PEOPLE)
