"""``python -m tools.reference`` writes every generated page; ``--check`` writes nothing and names the stale ones."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Some commands learn only from the installed programmes what they can do; their help starts Django.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")

from tools.reference.pages import ROOT, pages, stale


def main(options: list[str]) -> int:
    """0 when every page is as it should be, 1 when ``--check`` found stale ones."""
    found = stale()
    if "--check" in options:
        for path in found:
            print(f"{path} is stale: run `make docs`", file=sys.stderr)
        return 1 if found else 0
    made = pages()
    for path in found:
        _put(ROOT / path, made.get(path))
    print(
        f"docs: {len(made)} pages, {len(found)} written anew"
        if found
        else f"docs: {len(made)} pages, all as they were"
    )
    return 0


def _put(path: Path, text: str | None) -> None:
    """Write a page; a page that nothing makes any more is removed."""
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
