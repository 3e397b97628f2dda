"""The programmes that are installed: the one explicit list. Everything else finds them through the registry."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from pathlib import Path
from types import ModuleType

from linli.rules.check import check_together
from linli.rules.definition import define
from linli.rules.parameters import load_parameters
from linli.rules.registry import installed

PROGRAMMES: tuple[str, ...] = (
    "demands",
    "visits",
    "deliberation",
    "mediation",
    "legal_services",
    "volunteering",
    "maintenance_fund",
    "meetings",
    "public_events",
)


def folder(name: str) -> Path:
    """The folder of a programme."""
    return Path(__file__).resolve().parent.parent / "programmes" / name


def install() -> None:
    """Read every programme, check it whole, and put it into the registry. Raises: ValueError naming the place
    of a fault.
    """
    if installed.programmes:
        return
    for name in PROGRAMMES:
        programme = import_module(f"linli.programmes.{name}.programme").PROGRAMME
        path = folder(name) / "parameters.yaml"
        parameters = load_parameters(path.read_text(encoding="utf-8"), f"{name}/parameters.yaml")
        installed.install(define(programme, parameters))
    check_together(installed)


def optional(module: str, only: Collection[str] = ()) -> list[ModuleType]:
    """The modules or packages of this name (``commands``, ``importers``, ``demo``, ``pages``) of the programmes that have one, or of
    ``only`` these.
    """
    return [
        import_module(f"linli.programmes.{n}.{module}")
        for n in PROGRAMMES
        if not only or n in only
        if (folder(n) / f"{module}.py").exists() or (folder(n) / module / "__init__.py").exists()
    ]


def kept(name: str) -> list[Path]:
    """The folders of this name (``templates``, ``static``) that programmes keep for pages of their own."""
    return [folder(n) / name for n in PROGRAMMES if (folder(n) / name).is_dir()]
