"""Who may act: a role at a place, or a relation to the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from linli.rules.text import T


@dataclass(frozen=True, slots=True)
class Role:
    """A duty that a person holds for a region; it reaches every case placed in that region."""

    key: str
    title: T


@dataclass(frozen=True, slots=True)
class Relation:
    """What somebody is to one case, kept as seats of that kind.

    ``of`` says whose name the seat bears: a person, a unit (all its staff then have the relation), or the bearer of
    a secret code (a reporter who did not sign in).
    """

    key: str
    title: T
    of: Literal["person", "unit", "bearer"] = "person"


Who = Role | Relation
