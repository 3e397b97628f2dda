"""Which case somebody means on the command line: by id, or by its official number."""

from __future__ import annotations

from uuid import UUID

from linli.cases.models import Case

SHOWN = 5


class NotOne(ValueError):
    """The text names no case, or several."""


def stream(text: str) -> UUID:
    """The case of that id or number. An id is taken as it is: the journal is asked, also where the case's row is gone.

    Raises: NotOne, which lists the cases where a number stands in several communities.
    """
    try:
        return UUID(text)
    except ValueError:
        found = list(Case.objects.filter(number=text.strip().upper()).order_by("shard", "id")[: SHOWN + 1])
    if not found:
        raise NotOne(f"{text!r} is no case; give its id or its official number")
    if len(found) > 1:
        each = ", ".join(f"{c.id} ({c.community})" for c in found[:SHOWN])
        raise NotOne(f"{text!r} is the number of several cases; give the id of one: {each}")
    return found[0].id
