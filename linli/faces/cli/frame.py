"""What the commands share: starting Django, one JSON object on stdout, one line on stderr, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

UNUSABLE = 2
FAILED = 1
JSON_HELP = "Print one JSON object on stdout and nothing else."
as_json = click.option("--json", "json_", is_flag=True, help=JSON_HELP)


def start() -> None:
    """Start Django; a setting that cannot be used ends the command with its reason."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        unusable(str(error))


def start_with_journal() -> None:
    """Start Django, and end with exit code 2 where the database does not answer or holds no journal yet."""
    start()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, connection

    try:
        tables = connection.introspection.table_names()
    except (ImproperlyConfigured, OperationalError) as error:
        unusable(f"the database does not answer: {str(error).strip().splitlines()[0]}")
    if "journal_head" not in tables:
        unusable("the database that LINLI_HOME or LINLI_DB names holds no journal yet; linli serve makes one")


def start_storing() -> None:
    """Start Django with a database to write to: an empty one gets its tables first."""
    start()
    from django.core.management import call_command
    from django.db import OperationalError, connection

    try:
        known = connection.introspection.table_names()
    except OperationalError as error:
        failed(f"the database does not answer: {' '.join(str(error).split())}")
    if "journal_entry" not in known:
        click.echo("linli: preparing the database", err=True)
        call_command("migrate", verbosity=0)


def unusable(line: str) -> NoReturn:
    """End with exit code 2 and one clear line on stderr."""
    click.echo(f"linli: {line}", err=True)
    sys.exit(UNUSABLE)


def failed(line: str) -> NoReturn:
    """End with exit code 1 and one clear line on stderr."""
    click.echo(f"linli: {line}", err=True)
    sys.exit(FAILED)


def answer(value: dict[str, Any], json_: bool, lines: Callable[[], list[str]]) -> None:
    """Print the answer: as JSON, or as lines for a person."""
    click.echo(json.dumps(value, ensure_ascii=False) if json_ else "\n".join(lines()))


def progress(title: str) -> Progress:
    """A progress bar on stderr."""
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


@contextmanager
def watched(title: str) -> Iterator[Progress]:
    """A progress bar on stderr that leaves no trace where the work fails: the one line there is the reason."""
    with progress(title) as bar:
        try:
            yield bar
        except BaseException:
            bar.live.transient = True
            bar.console.quiet = not bar.console.is_interactive  # in a file it would leave an empty line
            raise


def day(_: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """A date option, YYYY-MM-DD."""
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a civil day has no zone
    except ValueError:
        unusable(f"{parameter.opts[0]}: {value!r} is not a date; write such as 2024-04-28")
