"""Sessions at rest: their content stands sealed in the table, because signing in puts phone numbers and codes into it; and
ending those of one person.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from linli.people.keys import seal, unseal

if TYPE_CHECKING:
    from linli.people.models import Account
    from linli.rules.actor import Actor


class SealedSerializer:
    """JSON, sealed with the key of the people floor. A session that does not open is an empty one: one signs in again."""

    def dumps(self, obj: Any) -> bytes:
        """The session's content sealed."""
        return seal(json.dumps(obj, separators=(",", ":"))).encode("ascii")

    def loads(self, data: bytes) -> Any:
        """The session's content. Raises: KeyUnfit."""
        return json.loads(unseal(data.decode("ascii")))


def end_all(account: Account, *, keep: str | None, by: Actor, at: int, key: str) -> int:
    """Sign somebody out on every device but the one whose session is ``keep``; gives how many sessions ended.

    The table does not say whose a session is, so every live one is opened: some thousands take a second. It is an entry
    on the person's stream. ``at`` is µs UTC.
    """
    from django.contrib.auth import SESSION_KEY
    from django.contrib.sessions.models import Session

    from linli.people.entries import Change, once, write

    own = str(account.pk)
    live = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep or "")
    ending = [s.session_key for s in live.iterator() if s.get_decoded().get(SESSION_KEY) == own]
    if account.person_id is not None:
        change = Change(
            account.person_id, "signed-out-everywhere", by, at, key, {"id": str(account.id), "n": len(ending)}
        )

        def do(digest: bytes) -> UUID:
            Session.objects.filter(session_key__in=ending).delete()
            write(change, digest)
            return account.id

        once(key, {"do": "sign-out", "account": own}, do)
    return len(ending)
