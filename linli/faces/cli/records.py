"""Commands about what is recorded: rebuilding the projections, the clock."""

from __future__ import annotations

import os
import socket
import sys
import time

import click

from linli.faces.cli.frame import FAILED, answer, as_json, failed, start_with_journal, watched


@click.command()
@click.option("--check", is_flag=True, help="Compare only; write nothing.")
@as_json
def rebuild(check: bool, json_: bool) -> None:
    """Rebuild every projection from the journal, or compare them with it."""
    start_with_journal()
    from linli.cases import rebuild as rebuilding

    with watched("journal → projections") as bar:
        task = bar.add_task("", total=None)
        step = lambda done, of: bar.update(task, completed=done, total=of)  # noqa: E731
        if not check:
            count = rebuilding.rebuild(step)
            bar.stop()
            answer({"ok": True, "cases": count}, json_, lambda: [f"{count} cases rebuilt"])
            return
        found = list(rebuilding.check(step))
    told = [{"case": str(d.case), "what": d.what} for d in found]
    answer(
        {"ok": not found, "differences": told},
        json_,
        lambda: [f"{d['case']}: {d['what']}" for d in told] or ["no difference"],
    )
    sys.exit(FAILED if found else 0)


@click.command()
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    help="Seconds between two rounds.",
)
@click.option("--once", is_flag=True, help="One round, then end.")
def clock(every: float, once: bool) -> None:
    """Enter what becomes due: reminders, overdue stages, climbing. Only one clock runs; the others wait."""
    start_with_journal()
    from linli.cases import clock as keeping

    holder = f"{socket.gethostname()}/{os.getpid()}"
    if once:
        made = keeping.once(holder, time.time_ns() // 1000)
        if made is None:
            failed("another clock runs here and does this round; end it first, or leave it to it")
        click.echo(f"{made} entries")
        return
    parent = os.getppid()
    keeping.run(
        holder, every, lambda: os.getppid() == parent, lambda made: click.echo(f"clock: {made} entries")
    )
