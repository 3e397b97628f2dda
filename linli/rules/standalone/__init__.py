"""Programs that are handed out to whoever doubts: each is one file that needs Python's standard library and nothing of Linli.

They are written as small modules like everything else; ``joined`` makes one file of them. What every such program needs stands here:
signatures, hashes, bundles as they are read, and the last lines, which alone touch files and a console.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from importlib.resources import files

DOOR = """
if __name__ == "__main__":
    import sys
    from pathlib import Path

    for stream in (sys.stdout, sys.stderr):  # a console that knows no Chinese still gets its answer
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    sys.exit(main(sys.argv[1:], Path, Path(__file__).resolve().parent, sys.stdout.write, sys.stderr.write))
"""
COMMON = tuple(f"{__name__}.{part}" for part in ("signature", "hashes", "bundles"))
"""The parts that every program begins with."""


def joined(said: str, parts: Iterable[str]) -> bytes:
    """The program as one file (UTF-8): what it says of itself, then the modules of these names in their order. The last of them has a
    ``main(arguments, at, here, say, warn)`` that gives the exit status.
    """
    imports, bodies = dict[str, set[str]](), list[str]()
    for part in (*COMMON, *parts):
        package, _, name = part.rpartition(".")
        bodies.append(_body(files(package).joinpath(f"{name}.py").read_text(encoding="utf-8"), imports))
    plain = [f"import {name}" for name in sorted(imports.pop("", ()))]
    taken = [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(imports.items())]
    future, *rest = sorted(taken, key=lambda line: "__future__" not in line)
    head = f'#!/usr/bin/env python3\n"""{said}"""\n'
    return "\n".join((head, future, "", *plain, *rest, *bodies, DOOR)).encode()


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
