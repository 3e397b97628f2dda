"""Sessions at rest: their content stands sealed in the table, because signing in puts phone numbers and codes into it."""

from __future__ import annotations

import json
from typing import Any

from linli.people.keys import seal, unseal


class SealedSerializer:
    """JSON, sealed with the key of the people floor. A session that does not open is an empty one: one signs in again."""

    def dumps(self, obj: Any) -> bytes:
        """The session's content sealed."""
        return seal(json.dumps(obj, separators=(",", ":"))).encode("ascii")

    def loads(self, data: bytes) -> Any:
        """The session's content. Raises: KeyUnfit."""
        return json.loads(unseal(data.decode("ascii")))
