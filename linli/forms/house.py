"""The tables of the house itself; a programme's own stand in its ``importers.py``."""

from __future__ import annotations

from linli.forms.barriers import BARRIERS
from linli.forms.buildings import BUILDINGS
from linli.forms.places import HOUSEHOLDS
from linli.forms.residents import PEOPLE

HOUSE_TABLES = (BUILDINGS, BARRIERS, HOUSEHOLDS, PEOPLE)
