"""Every command in one group; a command loads only what it needs, so that pure ones start fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("linli.config.command.serving", "serve"),
    "demo": ("linli.config.command.serving", "demo"),
    "account": ("linli.faces.cli.accounts", "account"),
    "grids": ("linli.faces.cli.grids", "grids"),
    "vote": ("linli.faces.cli.votes", "vote"),
    "fund": ("linli.faces.cli.votes", "fund"),
    "brief": ("linli.faces.cli.briefs", "brief"),
    "clock": ("linli.faces.cli.records", "clock"),
    "rebuild": ("linli.faces.cli.records", "rebuild"),
    "journal": ("linli.faces.cli.proof", "journal"),
    "import": ("linli.faces.cli.imports", "import_"),
    "export": ("linli.faces.cli.exports", "export"),
    "bundle": ("linli.faces.cli.proof", "bundle"),
    "erase": ("linli.faces.cli.keeping", "erase"),
    "backup": ("linli.faces.cli.keeping", "backup"),
    "restore": ("linli.faces.cli.keeping", "restore"),
}


class Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in their order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the line up to the command."""
        with _in_one_line():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the rest of the line, and run it."""
        with _in_one_line():
            return super().invoke(ctx)


class NotUnderstood(click.ClickException):
    """A command line that cannot be understood, told in one line like any other input that cannot be used."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line on stderr."""
        click.echo(f"linli: {self.message}", file=file, err=True)


@contextmanager
def _in_one_line() -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        said = " ".join(error.format_message().split())
        path = error.ctx.command_path if error.ctx else "linli"
        raise NotUnderstood(f"{said.rstrip('.')}; {path} --help tells what is expected") from error


@click.command(cls=Lazy)
@click.version_option(package_name="linli")
def cli() -> None:
    """Linli 邻里 runs the programmes of a neighbourhood, a street, a county and a city."""
