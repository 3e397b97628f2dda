"""How the staff's pages of the fund write money, area, units and days, and a law in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linli.cases.models import Case
from linli.rules.books.chart import DEVELOPER
from linli.rules.money import yuan
from linli.rules.place import Level
from linli.rules.text import T
from linli.territory.regions import path_title, place_title, titles

LAWS = {"民法典": "Civil Code", "物权法": "Property Law"}
BUILDING = int(Level.BUILDING)
DEVELOPERS = T("建设单位", "The developer")


def text(said: str) -> T:
    """The same in both languages: a number, a code, what somebody wrote."""
    return T(said, said) if said.strip() else T("—", "—")


def amount(cents: int) -> T:
    """An amount with its unit, as in a sentence."""
    return T(f"{yuan(cents)} 元", f"{'-' if cents < 0 else ''}¥{yuan(abs(cents))}")


def area(hundredths: int) -> T:
    """An area of 0.01 m² in whole and hundredths of m²; exact."""
    said = f"{hundredths // 100:,}.{hundredths % 100:02d}"
    return T(f"{said} 平方米", f"{said} m²")


def law(source: str) -> T:
    """Where a rule stands: 民法典 278(2)."""
    name, _, rest = source.partition(" ")
    return T(source, f"{LAWS.get(name, name)} {rest}".strip())


def scope(case: Case, entrance: str) -> T:
    """Who pays for a use: the compound, a building, or one entrance of it."""
    place = path_title(case.place)
    return T("{p} {e} 单元", "{p}, entrance {e}").format(p=place, e=entrance) if entrance else place


@dataclass(frozen=True, slots=True)
class Where:
    """The names of the buildings in which units lie."""

    named: dict[str, T]

    def __call__(self, unit: str) -> T:
        """A unit as its neighbours call it: 1号楼 1-101."""
        if unit == DEVELOPER:
            return DEVELOPERS
        code, _, rest = unit.partition("-")
        title = self.named.get(code) or text(code[Level.COMMUNITY :] or code)
        return T(f"{title.zh} {rest}".strip(), f"{title.en} {rest}".strip())


def doors(units: Iterable[str]) -> Where:
    """The names of the buildings of these units, by one query."""
    codes = {u.partition("-")[0] for u in units} - {DEVELOPER, ""}
    return Where(dict(titles(c for c in codes if len(c) == BUILDING)))


def door(unit: str) -> str:
    """A unit as a form takes it: B0001-1-101."""
    return unit[Level.COMMUNITY :]


def community(case: Case) -> T:
    """The community of a case."""
    return place_title(case.place[: Level.COMMUNITY])
