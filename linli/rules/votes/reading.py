"""A roll and ballots as they are written in a table (CSV), read into what is counted; every fault names its row and column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import attrgetter
from typing import Any, cast

from linli.rules.votes.ballots import CHANNEL_AT, CHANNELS, CHOICE_AT, CHOICES, Ballots, Overtaken
from linli.rules.votes.roll import STATUSES, Listed, Making, Roll, area_of, owners_of
from linli.rules.votes.tables import Block, blocks_of, joined
from linli.rules.votes.tally import READINGS, SILENCE_AGREES, Result, Sums, Tally
from linli.rules.votes.wording import Unfit, quoted

ROLL_COLUMNS = ("unit", "area", "owners", "status")
BALLOT_COLUMNS = ("owner", "choice", "channel", "cast_at")
STATUS = {status: status for status in STATUSES}
"""Words that come a million times are kept once."""
ZONE = attrgetter("tzinfo")


class _Areas(dict[str, int]):
    """The areas of the texts that were met."""

    def __missing__(self, text: str) -> int:
        found = self[text] = area_of(text.strip())
        return found


def roll_from(lines: Iterable[str]) -> Roll:
    """The roll of a table with ``unit``, ``area``, ``owners`` (ids joined by ;) and ``status``. Raises: Unfit."""
    making, areas, rows = Making(), _Areas(), list[Sequence[int]]()
    for block in blocks_of(lines, ROLL_COLUMNS):
        ids, said, owners, statuses = block.columns
        ids, owners, found = (
            [*map(str.strip, ids)],
            [*map(str.strip, owners)],
            [*map(areas.__getitem__, said)],
        )
        known = [*map(STATUS.get, statuses)]
        if None in known:
            known = [STATUS.get(status.strip()) for status in statuses]
        if "" in ids or None in known or 0 in found:
            _refuse_unit(block)
        sets = [owners_of(o) if ";" in o or not o else o for o in owners]
        making.take(Listed(ids, found, sets, owners, cast(list[str], known)))
        rows.append(block.rows)
    return making.made(reduce(joined, rows, ()))


def _refuse_unit(block: Block) -> None:
    """Name the first row of which no unit can be made. Raises: Unfit."""
    for row, cells in zip(block.rows, zip(*block.columns, strict=True), strict=True):
        unit, area, _, status = map(str.strip, cells)
        if not unit:
            raise Unfit("no-unit", "found an empty cell, expected the unit’s id", row, "unit")
        if status not in STATUS:
            raise _unknown("bad-status", status, STATUSES, row, "status")
        if not area_of(area):
            wanted = "an area in m² above zero with at most two decimals, such as 89.50"
            raise Unfit("bad-area", f"found {quoted(area)}, expected {wanted}", row, "area")


def ballots_from(lines: Iterable[str]) -> Ballots:
    """The ballots of a table with ``owner``, ``choice``, ``channel`` and ``cast_at``. It is read while they are counted, and so is
    Unfit raised then.
    """
    found = Ballots()
    found.more = _pieces(lines, found)
    return found


def _pieces(lines: Iterable[str], found: Ballots) -> Iterator[None]:
    """Put the ballots into their columns, a piece at a time. Raises: Unfit, once those before the fault are there."""
    for block in blocks_of(lines, BALLOT_COLUMNS):
        owners, choices, channels, written = block.columns
        try:
            chosen, ways = (
                bytes(map(CHOICE_AT.__getitem__, choices)),
                bytes(map(CHANNEL_AT.__getitem__, channels)),
            )
            if not all(map(ZONE, map(datetime.fromisoformat, written))):
                raise ValueError
        except (KeyError, ValueError):
            fault = _one_by_one(found, block)
            yield
            if fault:
                raise fault from None
        else:
            found.rows = joined(found.rows, block.rows)
            found.owners += map(str.strip, owners)
            found.choices += chosen
            found.channels += ways
            found.written += written
            yield


def _one_by_one(found: Ballots, block: Block) -> Unfit | None:
    """The same for a block with blanks around cells, or with a fault, before which it ends."""
    rows, fault = list[int](), None
    for row, cells in zip(block.rows, zip(*block.columns, strict=True), strict=True):
        owner, choice, channel, written = map(str.strip, cells)
        try:
            _legible(row, choice, channel, written)
        except Unfit as wrong:
            fault = wrong
            break
        rows.append(row)
        found.owners.append(owner)
        found.choices.append(CHOICE_AT[choice])
        found.channels.append(CHANNEL_AT[channel])
        found.written.append(written)
    found.rows = joined(found.rows, rows)
    return fault


def _legible(row: int, choice: str, channel: str, written: str) -> None:
    """Raises: Unfit, naming what of a row cannot be read."""
    if choice not in CHOICE_AT:
        raise _unknown("bad-choice", choice, CHOICES, row, "choice")
    if channel not in CHANNEL_AT:
        raise _unknown("bad-channel", channel, CHANNELS, row, "channel")
    try:
        zone = datetime.fromisoformat(written).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        wanted = "an instant with its offset such as 2024-04-28T09:30:00+08:00"
        raise Unfit("bad-time", f"found {quoted(written)}, expected {wanted}", row, "cast_at")


def _unknown(code: str, found: str, known: Sequence[str], row: int, column: str) -> Unfit:
    return Unfit(code, f"found {quoted(found)}, expected one of {', '.join(known)}", row, column)


def told(given: Tally, deemed: bool = False) -> dict[str, Any]:
    """A tally as the command line tells it; ``deemed`` adds what deemed consent would make of it."""
    return _told(given, _superseded(given.superseded), deemed)


def told_json(given: Tally, deemed: bool = False) -> str:
    """The same as JSON. The superseded ballots, of which there may be a million, are written as they stand."""
    of, rows, text = given.superseded.ballots, given.superseded.ballots.rows, json.encoder.encode_basestring
    superseded = ", ".join(
        f'{{"row": {rows[at]}, "owner": {text(of.owners[at])}, "choice": "{CHOICES[of.choices[at]]}", '
        f'"channel": "{CHANNELS[of.channels[at]]}", "cast_at": {text(of.written[at])}, "by_row": {rows[by]}}}'
        for at, by in zip(*given.superseded.places, strict=True)
    )
    whole = json.dumps(_told(given, [], deemed), ensure_ascii=False)
    return whole.replace('"superseded": []', f'"superseded": [{superseded}]', 1)


def _told(given: Tally, superseded: list[dict[str, Any]], deemed: bool) -> dict[str, Any]:
    result = given.result
    answer = {
        "matter": given.matter,
        "rule": {
            "law": given.rule.law,
            "article": given.rule.article,
            "valid_from": given.rule.valid_from.isoformat(),
        },
        **_outcome(result),
        "steps": [
            {
                "clause": f"{s.clause} {s.title.en}",
                "left": s.left,
                "op": s.op,
                "right": s.right,
                "holds": s.holds,
            }
            for s in result.steps
        ],
        "superseded": superseded,
        "flags": [{"code": f.code, "about": f.about, "message": f.message.en} for f in given.flags],
        "robustness": {
            "same_under_all": given.robust,
            "readings": [{"name": name, "passed": given.readings[name].passed} for name in READINGS],
        },
    }
    return {**answer, "deemed": _outcome(given.readings[SILENCE_AGREES])} if deemed else answer


def _superseded(given: Overtaken) -> list[dict[str, Any]]:
    of, rows = given.ballots, given.ballots.rows
    return [
        {
            "row": rows[at], "owner": of.owners[at], "choice": CHOICES[of.choices[at]], "channel": CHANNELS[of.channels[at]],
            "cast_at": of.written[at], "by_row": rows[by],
        }
        for at, by in zip(*given.places, strict=True)
    ]  # fmt: skip


def _outcome(result: Result) -> dict[str, Any]:
    return {
        "area": _sums(result.area),
        "heads": _sums(result.heads),
        "participation_met": result.participation_met,
        "approval_met": result.approval_met,
        "passed": result.passed,
    }


def _sums(sums: Sums) -> Mapping[str, int]:
    return {"total": sums.total, "taking_part": sums.taking_part, "agreeing": sums.agreeing}
