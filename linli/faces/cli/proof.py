"""Commands about proof: verifying the journal, anchoring it, handing a case out as a bundle that verifies by itself."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from linli.faces.cli.frame import FAILED, answer, as_json, failed, start_with_journal, unusable, watched

if TYPE_CHECKING:
    from linli.journal.faults import Fault
    from linli.rules.chain import Anchor


@click.group()
def journal() -> None:
    """Verify the journal, or sign it for the day."""


@journal.command("verifier")
def verifier_() -> None:
    """The program that verifies a bundle, for whoever does not trust the one that lies in it."""
    from linli.journal.bundle import script

    click.echo(script(), nl=False)


@journal.command()
@click.option("--case", "case", help="One case alone, by id or number.")
@click.option(
    "--every-anchor", is_flag=True, help="Recompute the roots of all anchors, not of the last alone."
)
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    multiple=True,
    help="An anchor that was printed or handed out; may be given several times.",
)
@as_json
def verify(case: str | None, every_anchor: bool, against: tuple[Path, ...], json_: bool) -> None:
    """Hash every entry and its content again, and compare with chain, heads and anchors."""
    start_with_journal()
    from django.core.exceptions import ImproperlyConfigured

    from linli.journal.verify import Walk

    kept = tuple(_anchor_in(path) for path in against)
    stream = _stream(case) if case else None
    walk = Walk(stream, every_anchor=every_anchor, against=kept)
    try:
        with watched("journal") as bar:
            task = bar.add_task("", total=None)
            walk.progress = lambda done, of: bar.update(task, completed=done, total=of or None)
            found = [*_unprotected(), *walk.faults()]
    except ImproperlyConfigured as missing:
        unusable(str(missing))
    told = {
        "ok": not found,
        "entries": walk.entries,
        "cases": walk.cases,
        "faults": [f._asdict() for f in found],
    }
    answer(told, json_, lambda: [*map(_line, found), _sum(walk.entries, walk.cases, len(found))])
    sys.exit(FAILED if found else 0)


def _unprotected() -> list[Fault]:
    """The triggers that do not stand: somebody may have taken them out in order to change what they protect."""
    from linli.journal.faults import Fault
    from linli.journal.triggers import missing

    return [
        Fault("triggers", None, f"{name} does not stand: the database refuses no change")
        for name in missing()
    ]


def _line(fault: Fault) -> str:
    return f"{fault.case}{'' if fault.seq is None else f' entry {fault.seq}'}: {fault.what}"


def _sum(entries: int, cases: int, faults: int) -> str:
    found = "no fault" if not faults else "1 fault" if faults == 1 else f"{faults} faults"
    return f"{entries} entries, {cases} cases: {found}"


def _anchor_in(path: Path) -> Anchor:
    from linli.journal.printed import NotAnAnchor, read

    try:
        return read(path.read_text("utf-8"))
    except OSError as error:
        unusable(f"--against {path}: {error.strerror}")
    except (NotAnAnchor, UnicodeDecodeError) as wrong:
        unusable(f"--against {path}: {wrong}")


@journal.command()
@as_json
def anchor(json_: bool) -> None:
    """Sign the Merkle root over all heads, once a day; print it and hand it out."""
    start_with_journal()
    from django.core.exceptions import ImproperlyConfigured

    from linli.journal import anchor as anchoring
    from linli.journal import printed

    try:
        made, new = anchoring.make(time.time_ns() // 1000)
    except anchoring.Broken as broken:
        failed(str(broken))
    except ImproperlyConfigured as missing:
        unusable(str(missing))
    said = "signed just now" if new else f"{made.day} was anchored already; the day keeps this anchor"
    answer({"new": new, "anchor": printed.as_json(made)}, json_, lambda: [*printed.lines(made), "", said])


@click.command()
@click.argument("case")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--personal", is_flag=True, help="Put the personal parts in, opened. Hand it to nobody without need."
)
@as_json
def bundle(case: str, file: Path, personal: bool, json_: bool) -> None:
    """Write CASE (id or number) into FILE, a zip that verifies by itself with the script inside."""
    start_with_journal()
    from django.core.exceptions import ImproperlyConfigured

    from linli.journal import bundle as bundling
    from linli.journal import bundle_verify

    stream = _stream(case)
    try:
        files = bundling.members(stream, personal=personal)
        bundling.write(file, files)
    except (ImproperlyConfigured, bundling.NothingThere) as unfit:
        unusable(str(unfit))
    except ValueError as broken:
        failed(f"{stream} cannot be read ({broken}); run: linli journal verify --case {stream}")
    except FileExistsError:
        unusable(f"{file} is there already; name another file")
    except OSError as error:
        unusable(f"{file}: {error.strerror}")
    faults = list(bundle_verify.faults(files))
    told = {"case": str(stream), "file": str(file), "ok": not faults, "faults": faults}
    lines = [
        *faults,
        *([] if faults else bundle_verify.summary(files)),
        f"{file}: python verify.py inside checks it",
    ]
    answer(told, json_, lambda: lines)
    sys.exit(FAILED if faults else 0)


def _stream(text: str) -> UUID:
    """The case of that id or number."""
    from linli.cases.lookup import NotOne, stream

    try:
        return stream(text)
    except NotOne as wrong:
        unusable(str(wrong))
