"""Commands about what is kept and what is not: erasing a person, backing up, restoring."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from linli.faces.cli.frame import (
    FAILED,
    answer,
    as_json,
    failed,
    start,
    start_with_journal,
    unusable,
    watched,
)

if TYPE_CHECKING:
    from linli.cases.backup import Progress
    from linli.cases.erase import Done


@click.command()
@click.argument("person")
@click.option(
    "--reason", default="", help="Entered and never erased: name nobody in it (at most 200 characters)."
)
@click.option("--rest", is_flag=True, help="Where a law bids to keep something, erase everything else.")
@as_json
def erase(person: str, reason: str, rest: bool, json_: bool) -> None:
    """Erase PERSON (an id): name, phone, account and every personal part; the journal still verifies."""
    start_with_journal()
    from linli.cases import erase as erasing
    from linli.rules.actor import THE_SYSTEM
    from linli.rules.refusal import Refused

    try:
        who = UUID(person)
    except ValueError:
        unusable(f"{person!r} is no person’s id; expected such as 01890c3e-0000-7000-8000-000000000000")
    if len(reason) > 200:
        unusable(f"--reason: {len(reason)} characters; at most 200 are expected")
    now = time.time_ns() // 1000
    try:
        done = erasing.erase(who, by=THE_SYSTEM, at=now, key=f"erase/{who}", reason=reason, rest=rest)
    except Refused as refused:
        stop = unusable if refused.code == "no-such-person" else failed
        stop(f"{refused.code}: {refused.reason.zh} {refused.reason.en}")
    answer(_told(done), json_, lambda: _lines(done))


def _told(done: Done) -> dict[str, Any]:
    kept = [{"case": str(k.case), "number": k.number, "law": k.law.zh} for k in done.kept]
    return {
        "person": str(done.person),
        "again": done.again,
        "parts": done.parts,
        "streams": done.streams,
        "photos": done.photos,
        "kept": kept,
    }


def _lines(done: Done) -> list[str]:
    if done.again:
        return [f"{done.person} was erased already; nothing was left to erase"]
    return [
        f"{done.person}: {done.parts} personal parts in {done.streams} streams erased, originals of {done.photos} photos dropped",
        *(f"kept: {k.number} ({k.law.zh} {k.law.en})" for k in done.kept),
        "the list of erasures beside the keys knows it; copy it with the keys",
    ]


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup(file: Path, json_: bool) -> None:
    """Write the database and the photos of this moment into FILE. The keys are not in it: keep them elsewhere."""
    start_with_journal()
    from linli.cases import backup as backing
    from linli.cases.erasures import NotAList

    with _plainly(file, (NotAList,)), _bars() as report:
        manifest = backing.backup(file, time.time_ns() // 1000, report)
    told = {"file": str(file), "bytes": file.stat().st_size, **manifest}
    del told["migrations"]
    lines = [
        f"{file}: {manifest['entries']} entries of {manifest['streams']} streams, {manifest['files']} files of photos",
        f"root over all heads: {manifest['heads']}",
        "the keys are not in it: copy LINLI_HOME/keys to another place",
    ]
    answer(told, json_, lambda: lines)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Put it in place of what is there, which is lost.")
@click.option(
    "--erasures",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A list of erasures (erased.jsonl) kept elsewhere; the one beside the keys is read anyway.",
)
@as_json
def restore(file: Path, force: bool, erasures: tuple[Path, ...], json_: bool) -> None:
    """Restore FILE into an empty home, verify it, and erase again who was erased since. Stop the server first."""
    start()
    from linli.cases import restore as restoring
    from linli.cases.erasures import NotAList

    try:
        with _plainly(file, (restoring.Unfit, NotAList)), _bars() as report:
            done = restoring.restore(file, time.time_ns() // 1000, report, force=force, lists=erasures)
    except restoring.NotRestored as wrong:
        failed(str(wrong))
    told = {
        "ok": not done.faults and not done.refused,
        "entries": done.manifest["entries"],
        "files": done.manifest["files"],
        "made": done.manifest["made"],
        "erased_again": [str(p) for p in done.erased],
        "not_erased": [{"person": str(p), "why": why} for p, why in done.refused],
        "faults": [f._asdict() for f in done.faults],
    }
    lines = [
        f"{told['entries']} entries and {told['files']} files of photos are back; the heads are those of the backup",
        f"journal: {len(done.faults)} faults" if done.faults else "journal: no fault",
        f"erased again: {len(done.erased)} persons",
        *(f"NOT erased again: {p}: {why}" for p, why in done.refused),
        "everybody signs in anew",
    ]
    answer(told, json_, lambda: lines)
    sys.exit(0 if told["ok"] else FAILED)


@contextmanager
def _bars() -> Iterator[Progress]:
    """A bar for each part of the work."""
    with watched("{task.description}") as bar:
        tasks: dict[str, Any] = {}

        def report(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of or None)

        yield report


@contextmanager
def _plainly(file: Path, unfit: tuple[type[Exception], ...]) -> Iterator[None]:
    """What makes the input unusable, as one line."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        yield
    except unfit as wrong:
        unusable(str(wrong))
    except ImproperlyConfigured as missing:
        unusable(str(missing))
    except FileExistsError as there:
        unusable(f"{there.filename or file} is there already; name another file")
    except OSError as error:
        unusable(f"{error.filename or file}: {error.strerror}")
