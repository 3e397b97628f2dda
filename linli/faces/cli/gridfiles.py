"""What the commands that plan grids share: their options, and reading and writing their files."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from linli.faces.cli.frame import unusable

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


SHARE = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,12})?")
"""A share as people write it: an exponent would ask for a number of any length."""


def tolerance_of(_: click.Context, __: click.Parameter, value: str) -> Fraction:
    """A share of the mean as it is written: 0.25."""
    if not SHARE.fullmatch(value):
        unusable(f"--tolerance: {value[:40]!r} is not a share; write such as 0.25")
    share = Fraction(value)
    if share < 0:
        unusable(f"--tolerance: {value} is below zero; write a share of the mean such as 0.25")
    return share


tolerance_option = click.option(
    "--tolerance", default="0.25", show_default=True, callback=tolerance_of,
    help="How far a grid’s households may be from the mean, as a share of it.",
)  # fmt: skip
barriers_option = click.option(
    "--barriers", type=EXISTING, help="Lines that neighbours may not lie across (GeoJSON)."
)
keep_option = click.option(
    "--keep-compounds", is_flag=True, help="Cut as few compounds as possible; only then count metres."
)
seed_option = click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The same seed gives the same plan."
)


def read(path: Path) -> Any:
    """The JSON of a file; ends with one line where it is none."""
    try:
        return parsed(path)
    except ValueError as error:
        unusable(str(error))


def parsed(path: Path) -> Any:
    """The JSON of a file. Raises: ValueError with the file and the place where it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        where = f"{path}: line {error.lineno}, column {error.colno}"
        raise ValueError(f"{where}: not JSON: {error.msg}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as UTF-8: {error}") from error
    except RecursionError as error:
        raise ValueError(f"{path}: its lists lie too deep in one another") from error


def write(path: Path, value: Any) -> None:
    """Write JSON; ends with one line where that cannot be."""
    try:
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        unusable(f"{path}: cannot be written: {error.strerror}")
