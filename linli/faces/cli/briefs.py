"""``linli brief``: the figures of a programme over a region and a time, each with the address of its entries."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import click

from linli.faces.cli.frame import answer, as_json, day, start_with_journal, unusable


@click.command()
@click.argument("programme")
@click.option("--region", required=True, help="Code of the region; everything below it counts.")
@click.option("--from", "from_", required=True, callback=day, help="First day, YYYY-MM-DD.")
@click.option("--to", required=True, callback=day, help="Last day, included.")
@as_json
def brief(programme: str, region: str, from_: date, to: date, json_: bool) -> None:
    """Count the figures of PROGRAMME (or all)."""
    start_with_journal()
    from linli.rules.place import level_of
    from linli.rules.registry import installed
    from linli.territory.regions import known

    try:
        level_of(region)
    except ValueError as error:
        unusable(f"--region: {error}")
    if not known(region):
        unusable(f"--region: no place {region} is known here; linli import regions takes in the country’s")
    if programme != "all" and programme not in installed.programmes:
        unusable(f"{programme!r} is no programme; known are {', '.join(installed.programmes)} and all")
    if to < from_:
        unusable(f"--to {to} lies before --from {from_}")
    found = [
        f for d in installed if programme in ("all", d.programme.key) for f in _figures(d, region, from_, to)
    ]
    answer({"figures": found}, json_, lambda: [_line(f) for f in found])


def _line(figure: dict[str, Any]) -> str:
    """A figure for a person; a share of nothing has no value."""
    value = "—" if figure["value"] is None else f"{figure['value']} {figure['unit']}"
    return f"{figure['title']}\t{value}"


def _figures(definition: Any, region: str, from_: date, to: date) -> list[dict[str, Any]]:
    from linli.cases.figures import figures, shares
    from linli.rules.worktime import DAY, day_start

    begin, end = day_start(from_), day_start(to) + DAY
    told = [
        {
            "programme": definition.programme.key,
            "counter": f.counter.key,
            "title": f.counter.title.zh,
            "unit": f.counter.unit.zh,
            "value": f.value,
            "entries_url": _address(definition.key, f.counter.key, region, from_, to),
        }
        for f in figures(definition, region, begin, end)
    ]
    for share in shares(definition, region, begin, end):
        told.append(
            {
                "programme": definition.programme.key,
                "counter": share.indicator.key,
                "title": share.indicator.title.zh,
                "unit": "‰",
                "value": share.per_mille,
                "numerator": share.numerator,
                "denominator": share.denominator,
                "value_after_exclusions": share.per_mille_after,
                "formula": share.indicator.formula.zh,
                "entries_url": _address(definition.key, share.indicator.key, region, from_, to),
            }
        )
    return told


def _address(type_: str, counter: str, region: str, from_: date, to: date) -> str:
    return f"/staff/figures/{type_}/{counter}/?" + urlencode({"region": region, "from": from_, "to": to})
