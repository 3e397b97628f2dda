"""Barriers that were drawn by mistake, or that are gone, taken away again: an entry on the community's register says who did it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from linli.rules.actor import Actor
from linli.territory.models import Barrier
from linli.territory.plans import planner
from linli.territory.register import By, asked, done, enter, head_of


def clear(barrier: UUID, community: str, *, by: Actor, at: int, key: str) -> None:
    """Take a barrier away; plans made so far stay as they are. Nothing where it is gone already. ``at`` is µs UTC.

    Raises: Refused ``not-your-plan``, ``key-reused``.
    """
    who = By(by.person, planner(by, community), at, key, asked(clear=str(barrier)))
    with transaction.atomic():
        if done(community, who):
            return
        head = head_of(community)
        gone, _ = Barrier.objects.filter(id=barrier, community=community).delete()
        if gone:
            enter(head, community, "barrier-cleared", {"barrier": str(barrier)}, who)
