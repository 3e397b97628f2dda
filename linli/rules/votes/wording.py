"""What of a roll or of ballots cannot be used, said so that somebody can mend it: the row, the column, what stands there."""

from __future__ import annotations

SHOWN = 60
"""So much of what stands in a cell is repeated."""


class Unfit(ValueError):
    """A roll or ballots of which no count can be made.

    ``row`` is counted as a spreadsheet counts it: the header is row 1; 0 where it is about the whole. ``code`` is stable:
    ``empty``, ``not-csv``, ``no-column``,
    ``too-wide``, ``no-unit``, ``repeated``, ``no-owner``, ``bad-status``, ``bad-area``, ``owner-is-unit``,
    ``developer-sold``, ``bad-choice``, ``bad-channel``, ``bad-time``, ``unknown-owner``, ``contradiction``, ``split-vote``.
    """

    def __init__(self, code: str, message: str, row: int = 0, column: str = "") -> None:
        place = f"row {row}" if row else ""
        where = ", ".join(w for w in (place, f"column {column}" if column else "") if w)
        super().__init__(f"{where}: {message}" if where else message)
        self.code, self.row, self.column = code, row, column


def quoted(text: str) -> str:
    """A cell as it is repeated in a message."""
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")
