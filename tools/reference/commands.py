"""One page of all commands, each as its own ``--help`` says."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tools.reference import markdown

WIDTH = 96


def helps(command: click.Command, name: str, above: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """The name and help of a command and of all below it."""
    context = click.Context(
        command, info_name=name, parent=above, terminal_width=WIDTH, max_content_width=WIDTH
    )
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None and not found.hidden:
                yield from helps(found, below, context)


def page(root: click.Command) -> str:
    """The page of all commands."""
    lines = [
        "# 命令 / Commands",
        "",
        "`linli 命令 --help` 给出同样的说明。退出码：0 办成；1 未办成；2 给的内容不能用（标准错误上一行说明是什么、应是什么）。"
        "带 `--json` 时，标准输出只有一个 JSON 对象。",
        "",
        "`linli COMMAND --help` says the same. Exit status: 0 done; 1 failed; 2 what was given cannot be used, with one line"
        " on stderr that says what was found and what is expected. With `--json`, stdout is one JSON object and nothing"
        " else.",
        "",
    ]
    for path, text in helps(root, "linli"):
        lines += [f"## {path}", "", "```text", *text.rstrip().splitlines(), "```", ""]
    return markdown.page(lines)
