"""Every generated page by its path, and which of those that lie there are stale."""

from __future__ import annotations

from pathlib import Path

import django

from linli.config.command.root import cli
from linli.config.programmes import install
from linli.forms.tables import known
from linli.rules.registry import installed
from tools.reference import commands, contents, house, permissions, programme, refusals, tables

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = Path("docs") / "programmes"
LANGUAGES = {"zh": ".zh.md", "en": ".md"}


def pages() -> dict[str, str]:
    """Path from the root → text of every page, made from the definitions."""
    install()
    django.setup()
    definitions, roles = list(installed), installed.roles()
    made = {
        "docs/commands.md": commands.page(cli),
        "docs/refusals.md": refusals.page(installed),
        "docs/permissions.csv": permissions.table(definitions, roles),
        "docs/house.svg": house.picture(ROOT),
    }
    for lang, ending in LANGUAGES.items():
        made[f"docs/import{ending}"] = tables.page(known.tables.values(), lang, ending)
        made[f"docs/permissions{ending}"] = permissions.page(definitions, roles, lang)
        made[(PROGRAMMES / f"README{ending}").as_posix()] = contents.page(installed, lang, ending)
        for key, one in installed.programmes.items():
            made[(PROGRAMMES / f"{key}{ending}").as_posix()] = programme.page(one, installed, lang)
    return made


def stale() -> list[str]:
    """The paths of pages that are missing, differ by a byte, or that nothing makes any more."""
    made = pages()
    differ = [
        p for p, text in made.items() if not (ROOT / p).is_file() or (ROOT / p).read_bytes() != text.encode()
    ]
    there = {p.relative_to(ROOT).as_posix() for p in (ROOT / PROGRAMMES).glob("*") if p.is_file()}
    return [*differ, *sorted(there - set(made))]
