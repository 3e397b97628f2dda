"""Every command in one group; a command loads only what it needs, so that pure ones start fast."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("linli.config.command.serving", "serve"),
    "demo": ("linli.config.command.serving", "demo"),
    "account": ("linli.faces.cli.accounts", "account"),
    "brief": ("linli.faces.cli.briefs", "brief"),
    "clock": ("linli.faces.cli.records", "clock"),
    "rebuild": ("linli.faces.cli.records", "rebuild"),
    "journal": ("linli.faces.cli.proof", "journal"),
    "import": ("linli.faces.cli.imports", "import_"),
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


@click.command(cls=Lazy)
@click.version_option(package_name="linli")
def cli() -> None:
    """Linli 邻里 runs the programmes of a neighbourhood, a street, a county and a city."""
