"""The list of erasures: which persons were erased, when. It lies beside the keys and outlives every backup.

A backup that is older than an erasure would bring the person back; ``restore`` reads this list and erases again. It
holds ids alone, from which nobody is known. Copy it with the keys: it is in no backup itself, for a backup's own would
be as old as the backup.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from linli.journal.writes import fetch

_DONE = "SELECT id, erased FROM people_person WHERE erased IS NOT NULL ORDER BY erased, id"


class Erasure(NamedTuple):
    """That a person was erased; ``at`` is µs UTC."""

    person: UUID
    at: int


class NotAList(ValueError):
    """The file is no list of erasures; says the line."""


def path() -> Path:
    """Where the list lies."""
    return Path(settings.LINLI_HOME) / "keys" / "erased.jsonl"


def read(file: Path | None = None) -> list[Erasure]:
    """The list, each person once, in the order of the file; none where there is no file. Raises: NotAList."""
    file = file or path()
    return parse(file.read_text("utf-8"), str(file)) if file.exists() else []


def parse(text: str, name: str) -> list[Erasure]:
    """The list from its text; ``name`` is the file's. Raises: NotAList."""
    found: dict[UUID, Erasure] = {}
    for number, line in enumerate(text.splitlines(), 1):
        try:
            told = json.loads(line)
            found.setdefault(UUID(told["person"]), Erasure(UUID(told["person"]), int(told["at"])))
        except (KeyError, TypeError, ValueError, AttributeError):
            expected = '{"person": "<id>", "at": <microseconds>}'
            raise NotAList(f"{name}, line {number}: expected such as {expected}") from None
    return list(found.values())


def done() -> Iterator[Erasure]:
    """The erasures that this database holds."""
    return (Erasure(*row) for row in fetch(_DONE, uuids=(0,)))


def remember(erasures: Iterable[Erasure]) -> int:
    """Add those that are not in the list yet and flush it to the disk. Returns how many are new. Raises: NotAList."""
    known = {e.person for e in read()}
    new = [e for e in erasures if e.person not in known]
    if not new:
        return 0
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"person": str(e.person), "at": e.at}) + "\n" for e in new)
        file.flush()
        os.fsync(file.fileno())
    return len(new)
