"""``linli serve`` and ``linli demo``."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import click

from linli.faces.cli.frame import start, unusable


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port on 127.0.0.1 unless --host says otherwise.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--demo",
    "demo_",
    is_flag=True,
    help="Build the demonstration community if there is none, and show its codes.",
)
def serve(port: int, host: str, demo_: bool) -> None:
    """Bring the database up to date, start the clock and serve the pages."""
    if demo_:
        os.environ["LINLI_DEMO"] = "1"
    _free(host, port)
    _prepare()
    if demo_:
        _build_if_absent()
        _accounts(f"http://{host}:{port}")
    clock = subprocess.Popen([sys.executable, "-m", "linli", "clock"])
    try:
        _serve(host, port)
    finally:
        clock.terminate()


@click.command()
@click.option(
    "--fresh",
    is_flag=True,
    help="Build it anew around today; what was entered in it is lost. Stop the server first.",
)
@click.option("--only", multiple=True, help="Show only this programme (a folder's name); may be repeated.")
def demo(fresh: bool, only: tuple[str, ...]) -> None:
    """Build the demonstration community if there is none; what is there stays, unless it is to be made --fresh."""
    os.environ["LINLI_DEMO"] = "1"
    _prepare()
    _known(only)
    if fresh:
        _take_away()
    _build_if_absent(only)


def _known(only: tuple[str, ...]) -> None:
    from linli.config.programmes import PROGRAMMES

    for name in only:
        if name not in PROGRAMMES:
            unusable(f"--only {name}: there is no such programme; expected one of {', '.join(PROGRAMMES)}")


def _free(host: str, port: int) -> None:
    """End with exit code 2 where somebody listens already: the server would share the port with another house of ours."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as taken:
        unusable(
            f"{host}:{port} cannot be served: {taken.strerror}; name another with --port (make run PORT=…)"
        )


def _prepare() -> None:
    """Start, migrate, check that the triggers stand, collect the static files."""
    start()
    from django.core.management import call_command
    from django.db import OperationalError

    from linli.journal.triggers import missing

    click.echo("linli: bringing the database up to date")
    try:
        call_command("migrate", verbosity=0)
    except OperationalError as error:
        unusable(f"the database does not answer: {' '.join(str(error).split())}")
    gone = missing()
    if gone:
        unusable(
            f"the journal is not protected: the triggers {', '.join(gone)} are missing;"
            " restore the database from a backup"
        )
    call_command("collectstatic", verbosity=0, interactive=False)


def _take_away() -> None:
    from linli.config.demonstration.build import is_one, take_away, there

    if not there():
        return
    if not is_one():
        unusable("what is there is not the demonstration, or others work in it too; name another LINLI_HOME")
    click.echo("linli: taking the demonstration away that is there")
    take_away()


def _build_if_absent(only: tuple[str, ...] = ()) -> None:
    from linli.config.demonstration.build import build, there

    if there():
        click.echo(
            "linli: the demonstration is there already and stays as it is; linli demo --fresh builds it anew"
        )
        return
    click.echo("linli: building the demonstration community, all of it invented …")
    build(lambda line: click.echo(f"  {line}"), only=only)


def _accounts(address: str) -> None:
    from linli.people.signin.demo import PASSWORD, accounts, phones

    click.echo(
        f"\n  {address}\n\n  Staff (password {PASSWORD}; the sign-in page shows the code of the second factor):"
    )
    for name, duties in accounts():
        told = ", ".join(f"{title.zh} {title.en} · {region}" for title, region in duties)
        click.echo(f"    {name:<12} {told}")
    click.echo(f"  Residents (the sign-in page shows the code): {', '.join(phones())}\n")


def _serve(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "linli.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
    )
    server.serve()
