"""What lists and pages ask of cases as they stand: their facts, those in which a flag holds, those that reach into a community."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q

from linli.cases.models import Case
from linli.rules.place import Level


def facts_of(case: Case) -> dict[str, Any]:
    """The facts of a case by the keys of their fields; what is sealed stands in them sealed."""
    found: dict[str, Any] = json.loads(case.facts)
    return found


def holding(flag: str) -> Q:
    """Cases in which the fact is true."""
    return Q(facts__contains=f'"{flag}":true')  # facts are canonical JSON: no spaces


def here(community: str) -> Q:
    """Cases of the community, and those of the street, county, city or province that reach into it."""
    above = [community[:level] for level in Level if level < Level.COMMUNITY]
    return Q(community=community) | Q(place__in=above)
