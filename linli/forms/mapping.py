"""A map: the small file that says which column of a sheet is which field of a table.

source: 市长信箱                       # where the records come from; two sources may number alike
columns: {matter: 留言详情, reported: 留言时间}
constants: {category: other}            # what every row says
dates: ["%d.%m.%Y %H:%M"]               # how dates are written, beside the usual ways
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from linli.forms.sheet import Unusable

_PARTS = ("source", "columns", "constants", "dates")


@dataclass(frozen=True, slots=True)
class Map:
    """Which column of a sheet holds which field, what every row says, and how dates are written."""

    name: str = ""
    source: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()


def load(path: Path) -> Map:
    """The map in a file. Raises: Unusable naming what is wrong with it."""
    try:
        said = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: it cannot be read as YAML ({' '.join(str(error).split())})") from error
    if not isinstance(said, dict):
        raise Unusable(f"{path}: expected {', '.join(_PARTS)}")
    strange = [str(k) for k in said if k not in _PARTS]
    if strange:
        raise Unusable(f"{path}: {strange[0]!r} is not known; expected {', '.join(_PARTS)}")
    columns, constants = _texts(path, said, "columns"), _texts(path, said, "constants")
    return Map(path.name, str(said.get("source") or ""), columns, constants, _dates(path, said.get("dates")))


def _texts(path: Path, said: Mapping[str, object], part: str) -> dict[str, str]:
    pairs = said.get(part) or {}
    if not isinstance(pairs, dict) or any(isinstance(v, dict | list) or v is None for v in pairs.values()):
        raise Unusable(f"{path}: {part}: expected lines such as `field: text`")
    return {str(k): str(v) for k, v in pairs.items()}


def _dates(path: Path, said: object) -> tuple[str, ...]:
    found = [said] if isinstance(said, str) else said or []
    if not isinstance(found, list) or not all(isinstance(d, str) and "%" in d for d in found):
        raise Unusable(f'{path}: dates: expected a list such as ["%Y/%m/%d %H:%M:%S"]')
    return tuple(found)
