"""Barriers that were drawn by mistake, or that are gone, taken away again: an entry on the community's register says who did it."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction

from linli.journal.append import Head, NewEntry, append, find, lock
from linli.journal.cipher import fingerprint
from linli.journal.writes import flush
from linli.rules.actor import Actor
from linli.territory.entries import DEFINITION, REGISTER
from linli.territory.importing import stream_of
from linli.territory.models import Barrier
from linli.territory.plans import may_plan
from linli.territory.refusals import refused


def clear(barrier: UUID, community: str, *, by: Actor, at: int, key: str) -> bool:
    """Take a barrier away; plans made so far stay as they are. False: it is gone already. ``at`` is µs UTC.

    Raises: Refused ``not-your-plan``, ``key-reused``.
    """
    role = may_plan(by, community)
    if role is None:
        raise refused("not-your-plan")
    request = fingerprint(json.dumps({"clear": str(barrier)}).encode())
    with transaction.atomic():
        done = find(community, key)
        if done is not None:
            if bytes(done.request) != request:
                raise refused("key-reused")
            return True
        head = lock(stream_of(community)) or Head(stream=stream_of(community), kind=REGISTER, shard=community)
        gone, _ = Barrier.objects.filter(id=barrier, community=community).delete()
        if not gone:
            return False
        new = NewEntry(
            action="barrier-cleared", actor=by.person, role=role, happened=at, recorded=at, definition=DEFINITION,
            effect={"community": community, "barrier": str(barrier)}, parts=[], key=key, request=request,
        )  # fmt: skip
        _, writes = append(head, new)
        flush(writes)
    return True
