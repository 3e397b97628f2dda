"""``linli vote`` and ``linli fund``: a vote counted and a cost shared out from files. No database is needed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from linli.faces.cli.frame import answer, as_json, day, unusable
from linli.rules.votes.law import MATTERS, Matter, first_day, rule_of

if TYPE_CHECKING:
    from linli.rules.votes.roll import Roll
    from linli.rules.votes.tally import Tally

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
ROLL = "CSV with unit, area (m²), owners (ids joined by ;) and status (sold, unsold, undelivered)."
roll_option = click.option("--roll", type=EXISTING, required=True, help=ROLL)


@click.group()
def vote() -> None:
    """Count a vote of owners."""


@vote.command("tally")
@roll_option
@click.option(
    "--ballots", type=EXISTING, required=True,
    help="CSV with owner (an owner’s or a unit’s id), choice (agree, against, abstain, invalid), channel (online, paper) and cast_at.",
)  # fmt: skip
@click.option(
    "--matter",
    type=click.Choice(list(MATTERS)),
    required=True,
    help="What is decided.",
)
@click.option("--date", "on", required=True, callback=day, help="The day of the decision, YYYY-MM-DD.")
@click.option(
    "--allow-deemed-consent",
    is_flag=True,
    help="Show besides what the vote would be if silence were consent.",
)
@as_json
def tally_(
    roll: Path, ballots: Path, matter: Matter, on: date, allow_deemed_consent: bool, json_: bool
) -> None:
    """Count a vote by the law of its day: every step with its clause and both sides, and whether another reading decides otherwise.

    Ends with 0 whether the vote passed or not.
    """
    from linli.rules.refusal import Refused
    from linli.rules.votes.reading import ballots_from, told_json
    from linli.rules.votes.tally import tally

    try:
        rule = rule_of(matter, on)
    except Refused:
        unusable(f"--date: no rule for votes is known for {on}; the first is in force from {first_day()}")
    with at_a_stretch():
        units = read_roll(roll)
        with opened(ballots) as lines:
            found = tally(units, ballots_from(lines), matter, on, rule)
    click.echo(told_json(found, allow_deemed_consent) if json_ else "\n".join(told_lines(found)))


@vote.command("verifier")
def verifier_() -> None:
    """The program that recounts a vote from its bundle, for whoever does not trust the one that lies in it."""
    from linli.rules.votes.verifier import script

    click.echo(script(), nl=False)


@click.group()
def fund() -> None:
    """Share out what is paid from the maintenance fund."""


@fund.command("apportion")
@roll_option
@click.option("--cost", required=True, help="The amount in yuan, with at most two decimals.")
@as_json
def apportion_(roll: Path, cost: str, json_: bool) -> None:
    """Share a cost out to the units of a roll by their exclusive area, to the cent: the shares sum exactly to the cost."""
    from linli.rules.apportionment import apportion, cents_of

    try:
        cents = cents_of(cost)
    except ValueError as wrong:
        unusable(f"--cost: {wrong}")
    units = read_roll(roll).units
    shares = apportion(cents, [u.area for u in units], [u.id for u in units])
    told = [{"unit": u.id, "cents": n, "payer": u.payer} for u, n in zip(units, shares, strict=True)]
    answer(
        {"shares": told, "total_cents": cents},
        json_,
        lambda: [
            f"{u.id}  {n // 100:>9,}.{n % 100:02d}  {u.payer}" for u, n in zip(units, shares, strict=True)
        ],
    )


def read_roll(path: Path) -> Roll:
    """The roll of a file; ends with one line where it is none."""
    from linli.rules.votes.reading import roll_from

    with opened(path) as lines:
        return roll_from(lines)


@contextmanager
def at_a_stretch() -> Iterator[None]:
    """A million ballots hold no cycles: looking for some over and over takes as long as counting them."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # and so does looking for some once, at the end: what was made is old by now
        gc.unfreeze()
        gc.enable()


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A table of a file; whatever is wrong with it ends the command with one line that names the place."""
    from linli.rules.votes.wording import Unfit

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
    except Unfit as wrong:
        unusable(f"{path}: {wrong}")
    except UnicodeDecodeError as error:
        unusable(f"{path}: cannot be read as UTF-8: {error}; save it as CSV UTF-8")
    except OSError as error:
        unusable(f"{path}: cannot be read: {error.strerror}")


def told_lines(found: Tally) -> list[str]:
    """A tally for a person at a terminal."""
    steps = [
        f"{'✓' if s.holds else '✗'} {s.clause} {s.title.en}: {s.left:,} {s.op} {s.right:,}"
        for s in found.result.steps
    ]
    outcome = "passed" if found.result.passed else "not passed"
    other = [name for name, r in found.readings.items() if r.passed != found.result.passed]
    robust = "the same under all readings" if not other else f"decided otherwise by: {', '.join(other)}"
    flags = [f"! {f.code} {f.about}: {f.message.en}" for f in found.flags]
    return [
        *steps,
        f"{outcome}; {robust}",
        *([f"{len(found.superseded)} ballots superseded"] if found.superseded else []),
        *flags,
    ]
