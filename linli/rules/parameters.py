"""Dated numbers with their law: every amount, deadline and threshold that can change without a change of code.

A parameter file is YAML: name → list of versions, each with ``from`` (a date), optional ``to``, ``place`` (a code
prefix, the nearest wins), ``law``, ``article``, ``clause``, ``note`` and ``value``. A value may be a mapping that is
picked from by a field's value, with ``default``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from linli.rules.refusal import refused

_KNOWN = {"from", "to", "place", "law", "article", "clause", "note", "value"}


@dataclass(frozen=True, slots=True)
class P:
    """A reference to a parameter; ``by`` names the field whose value picks from a mapping."""

    name: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Until:
    """A deadline that a fact of the case names: the end of its day, or its hour. Nothing runs where the fact is missing."""

    field: str


def p(name: str, by: str | None = None) -> P:
    """Refer to the parameter ``name`` of the programme's parameters.yaml."""
    return P(name, by)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a parameter, in force from ``starts`` to ``ends`` (both included; None: still in force)."""

    value: Any
    starts: date
    ends: date | None = None
    place: str = ""
    law: str = ""
    article: str = ""
    clause: str = ""
    note: str = ""

    def holds(self, day: date, place: str) -> bool:
        """Whether this version is in force on ``day`` at ``place``."""
        return self.starts <= day and (self.ends is None or day <= self.ends) and place.startswith(self.place)


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters of one programme."""

    versions: Mapping[str, tuple[Version, ...]]

    def version(self, name: str, day: date, place: str = "") -> Version:
        """The version in force on ``day`` at ``place``; the nearest place wins, then the latest start.

        Raises:
            Refused: ``no-rule`` when none is in force: a date without a rule is an error, never a default.
        """
        held = [v for v in self.versions.get(name, ()) if v.holds(day, place)]
        if not held:
            raise refused("no-rule", name=f"{name} {day.isoformat()}")
        return max(held, key=lambda v: (len(v.place), v.starts))

    def value(self, name: str, day: date, place: str = "", pick: object = None) -> Any:
        """The value in force; a mapping answers with the item ``pick``, else with its ``default``."""
        value = self.version(name, day, place).value
        if isinstance(value, dict) and "default" in value:
            return value.get(pick, value["default"]) if isinstance(pick, str) else value["default"]
        return value


def load_parameters(text: str, source: str) -> Parameters:
    """Read a parameters.yaml.

    Raises:
        ValueError: naming ``source``, the parameter and the version, and what is expected.
    """
    try:
        raw = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"{source}: not readable as YAML: {error}") from error
    if not isinstance(raw, dict):
        raise ValueError(f"{source}: expected a mapping of parameter names")
    return Parameters({str(name): _versions(rows, f"{source}: {name}") for name, rows in raw.items()})


def _versions(rows: object, where: str) -> tuple[Version, ...]:
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"{where}: expected a list of dated versions")
    return tuple(_version(row, f"{where}[{i}]") for i, row in enumerate(rows))


def _version(row: object, where: str) -> Version:
    if not isinstance(row, dict) or "value" not in row or not isinstance(row.get("from"), date):
        raise ValueError(f"{where}: a version needs `from` (a date) and `value`")
    unknown = set(row) - _KNOWN
    if unknown:
        raise ValueError(
            f"{where}: unknown {', '.join(sorted(map(str, unknown)))}; known are {', '.join(sorted(_KNOWN))}"
        )
    words = {k: str(row.get(k, "")) for k in ("place", "law", "article", "clause", "note")}
    return Version(row["value"], row["from"], row.get("to"), **words)
