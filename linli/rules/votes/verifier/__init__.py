"""``verify_vote.py``: what goes into every bundle of a vote so that anyone can check it. It is written in small modules and handed
out as one file, which needs Python's standard library and nothing of Linli.

The modules touch no file and no console themselves: the last lines of the program give them both.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files

PARTS = ("signature", "tree", "counting", "money", "checking", "command")
HEAD = '''#!/usr/bin/env python3
"""Verify a vote of Linli 邻里: its roll, ballots, rule, signed roots, result, shares and books, or one ballot's receipt.

    python verify_vote.py bundle.zip       or, inside the unpacked folder:  python verify_vote.py
    python verify_vote.py --receipt receipt.json [bundle.zip]
    … --key <64 hex digits of the public key, from a notice that was put up>

Python 3.11 or later and its standard library, nothing else; no network. Everything is recomputed here. Exit 0: everything
holds. Exit 1: faults, each named. Exit 2: this is no bundle and no receipt.
"""
'''
DOOR = """
if __name__ == "__main__":
    import sys
    from pathlib import Path

    for stream in (sys.stdout, sys.stderr):  # a console that knows no Chinese still gets its answer
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    sys.exit(main(sys.argv[1:], Path, Path(__file__).resolve().parent, sys.stdout.write, sys.stderr.write))
"""


@cache
def script() -> bytes:
    """The program as one file (UTF-8)."""
    imports, bodies = dict[str, set[str]](), list[str]()
    for name in PARTS:
        bodies.append(_body(files(__package__).joinpath(f"{name}.py").read_text(encoding="utf-8"), imports))
    plain = [f"import {name}" for name in sorted(imports.pop(""))]
    taken = [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(imports.items())]
    future, *rest = sorted(taken, key=lambda line: "__future__" not in line)
    return "\n".join((HEAD, future, "", *plain, *rest, *bodies, DOOR)).encode()


def _body(text: str, imports: dict[str, set[str]]) -> str:
    """A module's text under its title, without what it imports: that is collected, and the other modules are in the same file."""
    lines, (title, *nodes) = text.splitlines(), ast.parse(text).body
    gone = set(range(title.end_lineno or 0))
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            gone |= set(range(node.lineno - 1, node.end_lineno or 0))
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            if not module.startswith("linli."):
                imports.setdefault(module, set()).update(alias.name for alias in node.names)
    kept = "\n".join(line for n, line in enumerate(lines) if n not in gone).strip("\n")
    told = ast.get_docstring(ast.parse(text)) or ""
    return f"\n\n# --- {told}\n\n\n{kept}\n"
