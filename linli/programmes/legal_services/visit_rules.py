"""What decides about a visit at home: who is visited, and an appointment that lies ahead."""

from __future__ import annotations

from collections.abc import Mapping

from linli.programmes.legal_services.consultation_rules import (
    satisfied,
    scored,
    to_partner,
    visits_homes,
    visits_on,
)
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.when import instant

__all__ = [
    "appointed",
    "for_himself",
    "lies_ahead",
    "satisfied",
    "scored",
    "to_partner",
    "visits_homes",
    "visits_on",
]


def for_himself(s: Situation) -> bool:
    """Whether who asks is to be visited."""
    return s.answers.get("for_whom") == "self"


def lies_ahead(s: Situation) -> Refusal | None:
    """An appointment is made for a time that is still to come."""
    return Refusal("time-passed") if instant(str(s.answers["starts"])) <= s.happened else None


def appointed(s: Situation) -> Mapping[str, object]:
    """When the visit begins, after which it has to be recorded."""
    return {"begins_at": instant(str(s.answers["starts"]))}
