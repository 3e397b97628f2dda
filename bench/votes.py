"""A vote of a whole city counted from its files, proved and checked by the program in the bundle, and a cost shared out: in seconds,
and beside what reading the same files alone takes.

``LINLI_BENCH_UNITS`` (default 500,000) units, and twice as many ballots: most heads voted twice. The plain reader takes each file
through ``csv`` and turns areas and instants into numbers, which anybody who counts has to do.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from linli.faces.cli.votes import at_a_stretch, opened, read_roll
from linli.rules.apportionment import apportion
from linli.rules.text import T
from linli.rules.votes.law import rule_of
from linli.rules.votes.proof import (
    SCRIPT,
    Cast,
    SignedRoot,
    Vote,
    members,
    root_message,
    root_of_leaves,
)
from linli.rules.votes.reading import ballots_from
from linli.rules.votes.tally import Tally, tally

UNITS = int(os.environ.get("LINLI_BENCH_UNITS", "500000"))
HOUSEHOLDS, COST = 100_000, 123_456_789
USE, DAY = "01890000-0000-7000-8000-000000000001", date(2024, 4, 28)
CHOICES = ("agree", "agree", "agree", "against", "abstain", "invalid")


def written(folder: Path) -> tuple[Path, Path]:
    """A roll and its ballots: of five units four have one owner, most others two, a few belong to the developer."""
    chance, roll, ballots = random.Random(1), folder / "roll.csv", folder / "ballots.csv"
    with roll.open("w", encoding="utf-8") as file:
        file.write("unit,area,owners,status\n")
        for n in range(UNITS):
            owners = f"p{n}" if n % 5 else f"p{n};q{n}"
            status = "sold" if n % 40 else "unsold"
            file.write(f"u{n},{chance.randint(3000, 20000) / 100:.2f},{owners},{status}\n")
    with ballots.open("w", encoding="utf-8") as file:
        file.write("owner,choice,channel,cast_at\n")
        for n in range(2 * UNITS):
            unit = n % UNITS
            choice = "agree" if unit % 40 == 0 else CHOICES[unit * 7919 % len(CHOICES)]
            at = f"2024-04-{chance.randint(10, 27)}T{chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"
            file.write(f"u{unit},{choice},{chance.choice(('online', 'paper'))},{at}:00+08:00\n")
    return roll, ballots


def counted(roll: Path, ballots: Path) -> Tally:
    """The vote, as the command counts it."""
    with at_a_stretch():
        units = read_roll(roll)
        with opened(ballots) as lines:
            return tally(units, ballots_from(lines), "use-fund", DAY)


def plainly(roll: Path, ballots: Path) -> int:
    """The files read, nothing counted."""
    with roll.open(encoding="utf-8-sig", newline="") as units:
        area = sum(int(row[1].replace(".", "")) for row in csv.reader(units) if row[1] != "area")
    with ballots.open(encoding="utf-8-sig", newline="") as lines:
        cast = [datetime.fromisoformat(row[3]) for row in csv.reader(lines) if row[3] != "cast_at"]
    return area + len(cast)


def bundle(roll: Path, ballots: Path, path: Path) -> Path:
    """The same vote as an auditor's bundle with one signed root; returns the program that is in it."""
    key, chance = Ed25519PrivateKey.generate(), random.Random(2)
    with at_a_stretch():
        with opened(ballots) as lines:
            given = [
                Cast(n, b.owner, b.choice, b.channel, b.written, chance.randbytes(16))
                for n, b in enumerate(ballots_from(lines), 1)
            ]
        root = root_of_leaves([b.leaf(USE) for b in given])
        signature = key.sign(root_message(USE, "2024-04-27", len(given), root))
        signed = SignedRoot("2024-04-27", len(given), root, signature, key.public_key().public_bytes_raw())
        vote = Vote(
            USE, "1", T("表决", "Vote"), "use-fund", DAY, "1401", read_roll(roll).units, given, rule_of("use-fund", DAY),
            roots=[signed], cost_cents=COST,
        )  # fmt: skip
        files = members("audit", vote)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    program = path.with_name(SCRIPT)
    program.write_bytes(files[SCRIPT])
    return program


def verified(program: Path, path: Path) -> float:
    """The processor's time in which the program in the bundle finds that everything holds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-I", "-S", program, path], capture_output=True, encoding="utf-8", check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds(work: Callable[[], object]) -> float:
    """The processor's time of the work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="linli-votes-") as folder:
        files, path = written(Path(folder)), Path(folder) / "bundle.zip"
        plain = min(seconds(lambda: plainly(*files)) for _ in range(3))
        whole = min(seconds(lambda: counted(*files)) for _ in range(3))
        checked = verified(bundle(*files, path), path)
    areas, names = [3000 + n * 7919 % 17001 for n in range(HOUSEHOLDS)], [f"u{n}" for n in range(HOUSEHOLDS)]
    shared = min(seconds(lambda: apportion(COST, areas, names)) for _ in range(3))
    rows = [
        ("what", "seconds", "× reading alone"),
        (f"reading {UNITS:,} units and {2 * UNITS:,} ballots", f"{plain:.2f}", "1"),
        ("the vote counted under four readings", f"{whole:.2f}", f"{whole / plain:.2f}"),
        ("its bundle verified by the program in it", f"{checked:.2f}", f"{checked / plain:.2f}"),
        (f"a cost shared out to {HOUSEHOLDS:,} households", f"{shared:.3f}", ""),
    ]
    sys.stdout.write("votes\n" + "\n".join(f"  {a:<52}{b:>9}{c:>18}" for a, b, c in rows) + "\n\n")


if __name__ == "__main__":
    main()
