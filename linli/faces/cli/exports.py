"""``linli export``: buildings, grids and barriers of a community as a file for others."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from linli.faces.cli.frame import answer, as_json, day, failed, start_with_journal, unusable
from linli.rules.datum import NAMES, Datum
from linli.rules.place import Level

WHAT = ("buildings", "grids", "barriers")


@click.command()
@click.argument("what", type=click.Choice(WHAT))
@click.argument("community")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--datum", type=click.Choice([d.value for d in Datum]), default=Datum.WGS84.value, show_default=True,
    help="In which datum the coordinates are written.",
)  # fmt: skip
@click.option(
    "--day",
    "day_",
    callback=day,
    help="The day whose grids are meant, YYYY-MM-DD; today where it is not given.",
)
@as_json
def export(what: str, community: str, file: Path, datum: str, day_: date | None, json_: bool) -> None:
    """Write buildings, grids or barriers of a community to a file.

    COMMUNITY is its 12 digits; the ending of FILE says what is written: .geojson, .gpkg, .xlsx or .csv. Nothing in it is
    personal: households are numbers. What is written can be imported again, and adds nothing.
    """
    start_with_journal()
    from linli.forms import exporting
    from linli.forms.sheet import Unusable
    from linli.rules.worktime import civil_day
    from linli.territory.regions import known

    ending = file.suffix.lower()
    if ending not in exporting.ENDINGS:
        unusable(f"{file}: {ending or 'no ending'} cannot be written; name it {', '.join(exporting.ENDINGS)}")
    if len(community) != Level.COMMUNITY or not community.isdigit() or not known(community):
        unusable(f"COMMUNITY: no community {community} is known here; expected its 12 digits")
    of = day_ or civil_day(time.time_ns() // 1000)
    try:
        made = exporting.made(what, community, ending, day=of, datum=Datum(datum))
        file.write_bytes(made.content)
    except Unusable as wrong:
        unusable(str(wrong))
    except OSError as fault:
        failed(f"{file}: {fault.strerror}")
    told = {
        "file": str(file),
        "what": what,
        "rows": made.rows,
        "without_shape": made.without_shape,
        "datum": datum,
    }
    line = f"{file}: {made.rows} {what} of {of}, {NAMES[Datum(datum)]}"
    bare = f"; {made.without_shape} of them have no shape" if made.without_shape else ""
    answer({**told, "day": of.isoformat()}, json_, lambda: [line + bare])
