"""A book as the text of another program: beancount's own ``bean-check`` then confirms what Linli says of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from linli.rules.books.chart import BANK, CHARTS
from linli.rules.books.voucher import KINDS, Voucher

_ROOTS: Mapping[str, str] = {
    "1": "Assets", "2": "Liabilities", "3": "Equity", "4": "Income", "5": "Expenses",
}  # fmt: skip
_UNFIT = re.compile(r"[^A-Za-z0-9-]")


def export(
    title: str, kind: str, vouchers: Sequence[tuple[int, Voucher]], *, until: str | None = None
) -> str:
    """The book with all its vouchers (number, voucher), in the order of their numbers, as beancount text: accounts, one
    transaction for each voucher, and what stands on every account at each year's end and at the end.

    Args:
        title: the book's, for the heading.
        kind: of its chart.
        until: the ISO day at whose end the last balances are stated; without it that of the last voucher.
    """
    days = [v.day for _, v in vouchers]
    end = max([*days, until] if until else days, default="1970-01-01")
    names = _names(kind, {(leg.account, leg.holder) for _, v in vouchers for leg in v.legs})
    start = min(days, default=end)
    lines = [
        f'option "title" "{_quoted(title)}"',
        'option "operating_currency" "CNY"',
        "",
        *(f"{start} open {name} CNY" for name in sorted(names.values())),
        "",
        *(line for number, v in vouchers for line in _transaction(number, v, names)),
        *_balances(vouchers, names, end),
    ]
    return "\n".join(lines) + "\n"


def _names(kind: str, spots: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The name of every account of a holder, each its own: a holder whom beancount could not spell gets a number besides."""
    chart, found, taken = CHARTS[kind], dict[tuple[str, str], str](), set[str]()
    for code, holder in sorted(spots):
        root = "Assets:Bank" if code == BANK else f"{_ROOTS[code[0]]}:{_word(chart[code].title.en)}"
        name = f"{root}:{_fit(holder)}" if holder else root
        if name in taken:
            name = f"{name}-{len(taken)}"
        taken.add(name)
        found[code, holder] = name
    return found


def _word(english: str) -> str:
    """An account's English title as one word: ``Maintenance fund of homes`` → ``Maintenance-fund-of-homes``."""
    return "-".join(_UNFIT.sub("", part) for part in english.split())


def _fit(holder: str) -> str:
    """A part of an account's name begins with a capital or a digit and holds letters, digits and hyphens."""
    word = _UNFIT.sub("-", holder)
    return word if word[0].isdigit() or word[0].isupper() else f"H-{word}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _transaction(number: int, v: Voucher, names: Mapping[tuple[str, str], str]) -> Iterator[str]:
    kind = KINDS[v.kind].zh if v.kind in KINDS else v.kind
    links = f"^v{number}" + (f" ^v{v.reverses}" if v.reverses else "")
    yield f'{v.day} * "{_quoted(kind)}" "{_quoted(v.memo)}" {links}'
    yield f"  voucher: {number}"
    yield f'  kind: "{_quoted(v.kind)}"'
    if v.authority:
        yield f'  authority: "{v.authority}"'
    if v.reverses:
        yield f"  reverses: {v.reverses}"
    for account, holder, cents in v.legs:
        yield f"  {names[account, holder]}  {yuan(cents)} CNY"
    yield ""


def yuan(cents: int) -> str:
    """Cents as a decimal number of yuan."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _balances(
    vouchers: Sequence[tuple[int, Voucher]], names: Mapping[tuple[str, str], str], end: str
) -> Iterator[str]:
    """What stands at the end of each year in which a voucher lies, and at the end; beancount states it of the next morning.
    To the cent: left to itself it would let half a unit of the last digit pass.
    """
    years = sorted({v.day[:4] for _, v in vouchers})
    ends = sorted({*(f"{y}-12-31" for y in years if f"{y}-12-31" < end), end})
    stands, waiting = dict.fromkeys(names, 0), sorted(vouchers, key=lambda x: x[1].day)
    at = 0
    for day in ends:
        while at < len(waiting) and waiting[at][1].day <= day:
            for account, holder, cents in waiting[at][1].legs:
                stands[account, holder] += cents
            at += 1
        morning = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        for spot, name in names.items():
            yield f"{morning} balance {name}  {yuan(stands[spot])} ~ 0.00 CNY"
