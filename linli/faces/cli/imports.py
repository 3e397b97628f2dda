"""``linli import``: what others keep in spreadsheets, row by row through the same door as everything else."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linli.faces.cli.frame import (
    JSON_HELP,
    UNUSABLE,
    answer,
    failed,
    start,
    start_storing,
    unusable,
    watched,
)
from linli.faces.cli.nation import regions
from linli.rules.datum import NAMES, Datum

if TYPE_CHECKING:
    from linli.forms.matching import Matched
    from linli.forms.tables import Doubt, Table
    from linli.forms.taking import Outcome, Step

DATUM_HELP = "In which datum the coordinates are, whatever the file says; WGS 84 where nobody says."
SHOWN = 20
"""At most so many faults are printed; the rest are counted, and all of them stand in --json and in the .bad file."""


class Tables(click.Group):
    """A command for the regions, and one for each table that the house or a programme knows."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, the regions first."""
        start()
        from linli.forms.tables import known

        return ["regions", *known.tables]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name == "regions":
            return regions
        start()
        from linli.forms.tables import known

        table = known.tables.get(cmd_name)
        return _command(table) if table else None


@click.group(name="import", cls=Tables)
def import_() -> None:
    """Take in tables (.xlsx, .csv) and shapes (.geojson, .gpkg).

    A bad row is reported with its number, column and reason, and nothing of the file is taken; with --accept-good the
    good rows are taken and the bad ones written beside the file. The same file a second time adds nothing.
    """


def _command(table: Table) -> click.Command:
    """The command of one table: the same options for all, its columns in its help."""
    path = click.Path(dir_okay=False, path_type=Path)
    params: list[click.Parameter] = [
        click.Argument(["file"], type=path, required=False),
        click.Option(["--map", "map_"], type=path, help="Which column is which field, in a small YAML file."),
        click.Option(["--check"], is_flag=True, help="Say what would be taken, and take nothing."),
        click.Option(
            ["--accept-good"],
            is_flag=True,
            help="Take the good rows; write the bad ones to NAME.bad.xlsx or .csv.",
        ),
        click.Option(["--example"], type=path, help="Write a table with every column and one row, and end."),
    ]
    if table.place:
        params.append(
            click.Option(["--community"], default="", help="The community of rows that name no place.")
        )
    if table.shape:
        params += [
            click.Option(
                ["--datum"], type=click.Choice([d.value for d in Datum]), default=None, help=DATUM_HELP
            ),
            click.Option(["--layer"], default="", help="The layer of a GeoPackage that has several."),
        ]
    params.append(click.Option(["--json", "json_"], is_flag=True, help=JSON_HELP))
    columns = ", ".join(
        f"{c.field.title.zh} {c.field.title.en}{'*' if c.field.required else ''}" for c in table.columns
    )
    help_ = f"{table.title.zh} {table.title.en}. Columns (* needed), by either title: {columns}."
    return click.Command(table.key, params=params, callback=lambda **given: _run(table, **given), help=help_)


def _run(
    table: Table,
    file: Path | None,
    *,
    map_: Path | None,
    check: bool,
    accept_good: bool,
    example: Path | None,
    json_: bool,
    community: str = "",
    datum: str | None = None,
    layer: str = "",
) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from linli.forms import writing
    from linli.forms.sheet import Unusable

    try:
        if example is not None:
            writing.example(table, example)
            answer(
                {"example": str(example)},
                json_,
                lambda: [f"{example}: every column of {table.key}, and one row"],
            )
            return
        if file is None:
            unusable(
                f"FILE is missing: linli import {table.key} FILE.xlsx, or --example FILE.xlsx for a table to fill in"
            )
        start_storing()
        matched = _matched(table, file, map_, community, datum or "", layer)
        _take(matched, check, accept_good, json_)
    except (Unusable, ImproperlyConfigured) as wrong:
        unusable(str(wrong))
    except DatabaseError as fault:
        failed(f"nothing was taken, the database failed: {str(fault).partition(chr(10))[0]}")


def _matched(table: Table, file: Path, map_: Path | None, community: str, datum: str, layer: str) -> Matched:
    """The file with its columns known, and on stderr what of it is not taken."""
    from linli.forms import mapping, reading
    from linli.forms.matching import match

    sheet = reading.read(file, layer, shapes=bool(table.shape))
    matched = match(table, sheet, mapping.load(map_) if map_ else None, community, datum)
    _say_what_is_left(matched)
    if datum and sheet.datum and datum != sheet.datum:
        said = NAMES.get(sheet.datum, sheet.datum)  # type: ignore[call-overload]
        click.echo(f"linli: {file}: it says {said} of itself; --datum {datum} is followed", err=True)
    return matched


def _take(matched: Matched, check: bool, accept_good: bool, json_: bool) -> None:
    from linli.forms import taking

    at = time.time_ns() // 1000
    with watched("{task.description}") as bar:
        outcome = taking.take(matched, at=at, check=check, accept_good=accept_good, step=_shown(bar))
    written = None
    if outcome.bad and accept_good and not check and not outcome.stopped:
        written = _bad_ones(matched, outcome)
    _faults(matched, outcome)
    told = _told(matched, outcome, check, written)
    answer(told, json_, lambda: [_sum(matched.sheet.path, outcome, check, written)])
    if outcome.stopped or (outcome.bad and (check or not accept_good)):
        sys.exit(UNUSABLE)


def _bad_ones(matched: Matched, outcome: Outcome) -> Path:
    from linli.forms import writing

    sheet = matched.sheet
    if sheet.shapes is not None:
        return writing.bad_features(sheet, outcome.bad, matched.constants.get(matched.table.datum, ""))
    return writing.bad_rows(sheet.path, sheet.titles, sheet.rows, outcome.bad)


def _say_what_is_left(matched: Matched) -> None:
    if matched.map.name:
        click.echo(f"linli: columns by {matched.map.name}", err=True)
    if matched.not_taken:
        click.echo(f"linli: columns that are not taken: {', '.join(matched.not_taken)}", err=True)


def _shown(bar: Any) -> Step:
    tasks: dict[str, Any] = {}

    def step(part: str, done: int, of: int) -> None:
        if part not in tasks:
            tasks[part] = bar.add_task(part, total=of)
        bar.update(tasks[part], completed=done)

    return step


def _faults(matched: Matched, outcome: Outcome) -> None:
    """On stderr: every doubt, and the first faults and notes."""
    sheet = matched.sheet
    for one in outcome.bad[:SHOWN]:
        column = f", column {one.column!r}" if one.column else ""
        found = f": found {one.found!r}" if one.found else ""
        click.echo(
            f"linli: {sheet.path}: {sheet.called(one.row)}{column}{found}: {one.expected.en}", err=True
        )
    if len(outcome.bad) > SHOWN:
        click.echo(f"linli: and {len(outcome.bad) - SHOWN} more; --json names them all", err=True)
    for one in outcome.notes[:SHOWN]:
        click.echo(f"linli: note: {sheet.path}: {sheet.called(one.row)}: {one.expected.en}", err=True)
    if len(outcome.notes) > SHOWN:
        click.echo(f"linli: and {len(outcome.notes) - SHOWN} more notes; --json has them all", err=True)
    for doubt in outcome.doubts:
        click.echo(f"linli: warning: {sheet.path}: {doubt.text.en}; {_remedy(doubt)}", err=True)


def _remedy(doubt: Doubt) -> str:
    """What to say to the command."""
    if not doubt.grave:
        return f"it was taken as it was said to be; otherwise say {doubt.remedy}"
    return f"say {doubt.remedy}, or --datum {Datum.WGS84.value} if it is so all the same"


def _told(matched: Matched, outcome: Outcome, check: bool, written: Path | None) -> dict[str, Any]:
    called = matched.sheet.called
    bad = [
        {
            "row": b.row,
            "called": called(b.row),
            "column": b.column,
            "found": b.found,
            "expected": b.expected.en,
        }
        for b in outcome.bad
    ]
    notes = [{"row": n.row, "called": called(n.row), "note": n.expected.en} for n in outcome.notes]
    warnings = [
        {"code": d.code, "text": d.text.en, "remedy": d.remedy, "refused": d.grave} for d in outcome.doubts
    ]
    counts = {"rows": outcome.rows, "good": outcome.good, "taken": outcome.taken, "already": outcome.already}
    said = {"bad": bad, "bad_file": str(written) if written else None, "notes": notes, "warnings": warnings}
    return {**counts, "check": check, **said}


def _sum(file: Path, outcome: Outcome, check: bool, written: Path | None) -> str:
    parts = [f"{outcome.rows} rows"]
    parts.append(f"{outcome.good} can be taken" if check else f"{outcome.taken} taken")
    parts.append(f"{outcome.already} there already")
    parts.append(f"{len(outcome.bad_rows)} bad")
    line = f"{file.name}: {', '.join(parts)}"
    if (outcome.bad or outcome.stopped) and not check and not outcome.taken:
        return f"{line}; nothing was taken"
    return f"{line}; the bad ones stand in {written}" if written else line
