"""What the door answers when an act was taken."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Receipt:
    """An act that stands in the journal. ``hash`` is the entry's, in hex; ``again`` says that a retry found it
    there.
    """

    case: UUID
    number: str
    seq: int
    entry: UUID
    state: str
    hash: str
    again: bool = False
