"""Place is a prefix: the code of each level begins with the code of the level above it."""

from __future__ import annotations

import re
from enum import IntEnum

BUILDING_CODE = re.compile(r"[0-9]{12}B[0-9]{4}")


class Level(IntEnum):
    """The levels of a place, each by the length of its code."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    STREET = 9
    COMMUNITY = 12
    GRID = 15
    BUILDING = 17


_BY_LENGTH = {int(level): level for level in Level}


def level_of(code: str) -> Level:
    """The level of a code. Raises ValueError naming the code when it is none."""
    level = _BY_LENGTH.get(len(code))
    if level is Level.BUILDING and BUILDING_CODE.fullmatch(code):
        return level
    if level is not None and level is not Level.BUILDING and code.isascii() and code.isdigit():
        return level
    raise ValueError(
        f"{code!r} is not the code of a place: 2, 4, 6, 9, 12 or 15 digits, or a community’s 12 digits, B and 4 digits"
    )


def parent(code: str) -> str | None:
    """The place directly above; None above a province. A building’s grid is a dated relation, so its parent is
    the community.
    """
    level = level_of(code)
    if level is Level.BUILDING:
        return code[: Level.COMMUNITY]
    above = [lower for lower in Level if lower < level]
    return code[: above[-1]] if above else None


def covers(region: str, place: str) -> bool:
    """Whether the place lies in the region. A grid covers itself; its buildings are known by their dated
    relation alone.
    """
    return place.startswith(region)


def shard(code: str) -> str:
    """The community’s 12 digits by which rows are spread; padded with zeros on the right above a community."""
    return code[: Level.COMMUNITY].ljust(Level.COMMUNITY, "0")


def span(code: str) -> tuple[str, str]:
    """The half-open range (low, high) of text that holds the code and every place below it, for one scan of an
    index.

    The high end has the next last digit, or A after 9: databases disagree about the place of punctuation, and none
    about digits and letters.
    """
    after = {"": "Z", "9": "A"}
    return code, code[:-1] + (after.get(code[-1:]) or str(int(code[-1]) + 1))
