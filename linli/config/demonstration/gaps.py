"""What coverage finds missing in the demonstration, so that nobody looks at an empty page: a door without a building, somebody
on two rolls, and a grid whose member left yesterday.
"""

from __future__ import annotations

from datetime import timedelta

from linli.config.demonstration.cast import Cast
from linli.config.demonstration.places import COMMUNITY
from linli.people import assigning
from linli.rules import roles
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import civil_day
from linli.territory import entries, households
from linli.territory.households import HouseholdRow
from linli.territory.models import Household, HouseholdMember

UNKNOWN = HouseholdRow(f"{COMMUNITY}B0034", "1", "101")
"""A door of a house that nobody has entered yet."""
MOVES, TO = "grid10", f"{COMMUNITY}009"
TWICE = 41
"""The number of the resident who is on two rolls."""
_IN = "INSERT INTO territory_householdmember (household, person, starts, ends) VALUES (%s, %s, %s, NULL)"


def leave(cast: Cast, now: int) -> int:
    """Leave the gaps as they stand at ``now`` (µs UTC), after everything was played. Returns how many."""
    households.load([UNKNOWN])
    _on_two_rolls(cast, now)
    _without_a_member(cast, now)
    return 3


def _on_two_rolls(cast: Cast, now: int) -> None:
    """As an old table brought it: moving in by hand would have been refused."""
    person, day = cast.residents[TWICE], civil_day(now) - timedelta(days=30)
    lived = HouseholdMember.objects.values("household")
    home = Household.objects.filter(community=COMMUNITY).exclude(code__in=lived).order_by("code")[100]
    effect = {"person": str(person), "starts": day.isoformat()}
    change = entries.Change(
        home.code, "moved-in", THE_SYSTEM, roles.SYSTEM.key, now, "demo/twice", effect,
        rows=[(_IN, (home.code, person, day.isoformat()))],
    )  # fmt: skip

    def do(digest: bytes) -> None:
        entries.write(change, digest)

    entries.once(home.code, change.key, effect, do)


def _without_a_member(cast: Cast, now: int) -> None:
    """The member of the last grid helps in the one before; nobody has come in his place."""
    today = civil_day(now)
    by, at = THE_SYSTEM, now
    assigning.end(cast.duties[MOVES], today - timedelta(days=1), by=by, at=at, key="demo/left")
    assigning.assign(
        person=cast.staff[MOVES],
        role=roles.GRID_MEMBER.key,
        region=TO,
        starts=today,
        by=by,
        at=at,
        key="demo/helps",
    )
