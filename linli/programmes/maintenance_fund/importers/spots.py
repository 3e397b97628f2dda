"""What the tables of the fund have in common: how a row names its account and its home, and how the rows of a file are entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from linli.cases.act import act
from linli.cases.models import Case
from linli.forms import places
from linli.forms.columns import Column
from linli.forms.sheet import Unusable
from linli.forms.tables import Row, Survey, Values, Wrong
from linli.journal.cipher import fingerprint
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.rules.actor import THE_IMPORTER
from linli.rules.fields import Text
from linli.rules.refusal import Refused
from linli.rules.text import T

NO_ACCOUNT = T("没有这样的在管账户，请先开户", "There is no such account that is open; open it first")
WHICH_ONE = T(
    "这里有几个账户，请填账户编号，如 ZH-2026-0001",
    "There are several accounts; give the number of one, such as ZH-2026-0001",
)
NO_HOME = T(
    "请填房屋代码，如 B0003-2-301，或楼栋、单元、房号",
    "Expected a home’s code such as B0003-2-301, or building, unit and room",
)
TWICE = T("与第 {n} 行重复", "Row {n} says the same")
LATER = T("日期在今天以后", "The day lies after today")
WHICH = (
    Column(
        Text("account", T("资金账户", "Account"), required=False, at_most=40),
        "ZH-2026-0001",
        ("账户编号", "专户编号"),
    ),
    places.COMMUNITY_COLUMN,
    Column(Text("home", T("房屋", "Home"), required=False, at_most=40), "B0003-2-301", ("房屋代码",)),
    *(
        replace(c, field=replace(c.field, required=False), example="")
        for c in (places.BUILDING_COLUMN, places.UNIT_COLUMN, places.ROOM_COLUMN)
    ),
)
"""The columns by which a row names its account and its home."""


class Spot(NamedTuple):
    """What a row is about: its account, and the home by its whole code."""

    account: UUID
    home: str


def home_code(values: Values) -> str:
    """The whole code of the home that a row names in one cell or in three; empty where it names none."""
    parts = str(values["home"]).split("-") if "home" in values else []
    said = dict(zip(("building", "unit", "room"), parts, strict=True)) if len(parts) == 3 else {}
    return "-".join(places.door_of({**values, **said}) or ())


def named_by(values: Values) -> str:
    """The column in which a row names its home."""
    return "room" if "room" in values and "home" not in values else "home"


class Finder:
    """Finds the accounts and homes of rows; each account is looked up once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], list[tuple[UUID, str]]] = {}

    def spot(self, values: Values) -> Spot | Wrong:
        """Account and home of a row, or what is wrong with how it names them."""
        home = home_code(values)
        number = str(values.get("account", "")).upper()
        found = self._accounts(number, str(values.get("community", home[:12])))
        if len(found) != 1:
            return {"account": WHICH_ONE if found else NO_ACCOUNT}
        account, place = found[0]
        # A row that names its account needs no community beside it.
        home = home or home_code({"community": place, **values})
        return Spot(account, home) if home.startswith(place) else {named_by(values): NO_HOME}

    def _accounts(self, number: str, community: str) -> list[tuple[UUID, str]]:
        if (number, community) not in self._found:
            rows = Case.objects.filter(type=ACCOUNT.key, state="open")
            rows = rows.filter(number=number) if number else rows
            rows = rows.filter(shard=community) if community else rows
            some = rows.values_list("id", "place")[:2] if number or community else ()
            self._found[number, community] = list(some)
        return self._found[number, community]


def surveyed(rows: Iterable[Row], look: Callable[[Spot, Row], Wrong]) -> Survey:
    """Every row with its account and home put in, or what is wrong with it."""
    finder, wrong, good = Finder(), dict[int, Wrong](), list[Row]()
    for row in rows:
        spot = finder.spot(row.values)
        if not isinstance(spot, Spot):
            wrong[row.number] = spot
        elif fault := look(spot, row):
            wrong[row.number] = fault
        else:
            good.append(replace(row, values={**row.values, "account": str(spot.account), "home": spot.home}))
    return Survey(good, wrong)


def enter(
    account: UUID, do: str, answers: Mapping[str, Any], keys: Sequence[str], file: str, at: int
) -> None:
    """The one act of a file in an account, under a key made of the file's hash and of its rows that are new.

    Raises: Unusable for what the door refuses.
    """
    key = f"import/{do}/{fingerprint('/'.join((file, *keys)).encode()).hex()[:40]}"
    try:
        act(account, do, THE_IMPORTER, answers, key=key, happened=at, recorded=at)
    except Refused as refusal:
        more = "; ".join(f"{field}: {text.en}" for field, text in refusal.fields.items())
        raise Unusable(f"nothing was taken: {refusal.reason.en}{f' ({more})' if more else ''}") from refusal
