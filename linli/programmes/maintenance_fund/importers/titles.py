"""The table of homes: their areas, and who owns them since when. Names and numbers are sealed as they are taken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal as Number
from typing import Any
from uuid import UUID

from linli.forms.columns import TOO_FINE, Column, Decimal
from linli.forms.tables import Row, Survey, Table, Values, Wrong
from linli.funds import reading
from linli.journal.cipher import fingerprint
from linli.people import persons
from linli.people.contact import phone_of
from linli.people.handing import contact_of
from linli.people.kinds import RESIDENT
from linli.people.refusals import refused
from linli.programmes.maintenance_fund.importers.spots import (
    LATER,
    TWICE,
    WHICH,
    Spot,
    enter,
    named_by,
    surveyed,
)
from linli.rules.actor import THE_IMPORTER
from linli.rules.books.book import SOLD, UNDELIVERED, UNSOLD, Title
from linli.rules.fields import NEEDED, Choice, Day, Option, Text
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.models import Household

_AMONG = re.compile(r"\s*[、,，;；/\n]\s*")
NOT_THERE = T("社区里没有这套房，请先导入住户", "The community has no such home; import the households first")
TWO = T("最多写两名业主", "Two owners at most")
NO_OWNER = T("未售的房屋没有业主", "A home that is not sold has no owner")
BEFORE = T(
    "现在的权属从 {since} 起，新的要晚于它、不晚于今天",
    "The present title began on {since}; the new one has to begin later, and by today",
)
STATUS = Choice(
    "status",
    T("状态", "Status"),
    (
        Option(SOLD, T("已售", "Sold")),
        Option(UNSOLD, T("未售", "Unsold")),
        Option(UNDELIVERED, T("未交付", "Not delivered")),
    ),
)


def _personal(key: str, title: T) -> Text:
    return Text(key, title, required=False, personal=True, at_most=130)


def owners_of(values: Values) -> list[tuple[str, str, str]]:
    """(name, phone, column of the name) of each owner; one cell may hold two names, and another their phones."""
    found: list[tuple[str, str, str]] = []
    for column in ("owner", "partner"):
        names = _parts(values.get(column))
        phones = _parts(values.get(f"{column}_phone"))
        found += [(name, phone, column) for name, phone in zip(names, [*phones, "", ""], strict=False)]
    return found


def _parts(said: object) -> list[str]:
    return [part for part in _AMONG.split(str(said or "").strip()) if part]


def _check_title(values: Values) -> Wrong:
    wrong: dict[str, T] = {}
    given = owners_of(values)
    if "." in str(values["area"]) and len(str(values["area"]).partition(".")[2]) > 2:
        wrong["area"] = TOO_FINE
    if values["status"] == SOLD and not given:
        wrong["owner"] = NEEDED
    if values["status"] == UNSOLD and given:
        wrong["owner"] = NO_OWNER
    if len(given) > 2:
        wrong["owner"] = TWO
    if given and not given[0][1]:
        wrong["owner_phone"] = NEEDED
    for _, phone, column in given:
        try:
            phone_of(phone) if phone else ""
        except Refused as refusal:
            wrong[f"{column}_phone"] = refusal.fields.get("phone", refusal.reason)
    return wrong


def _survey_titles(rows: Sequence[Row]) -> Survey:
    """Every home is on the roll of households and stands once."""
    first, homes = dict[Spot, int](), dict[str, set[str]]()

    def look(spot: Spot, row: Row) -> Wrong:
        place = spot.home[:12]
        if place not in homes:
            known = Household.objects.filter(community=place)
            homes[place] = set(known.values_list("code", flat=True))
        if spot.home not in homes[place]:
            return {named_by(row.values): NOT_THERE}
        again = first.setdefault(spot, row.number)
        return {} if again == row.number else {named_by(row.values): TWICE.format(n=again)}

    return surveyed(rows, look)


class Titles:
    """Registers owners, and enters the titles of each account in one act."""

    def __init__(self, at: int) -> None:
        self.at, self.today = at, civil_day(at).isoformat()
        self._known: dict[UUID, dict[str, Title]] = {}
        self._new: dict[UUID, list[tuple[str, dict[str, Any]]]] = defaultdict(list)

    def take(self, row: Row) -> bool:
        """Keep the title for the act of its account; False where it stands there. Raises: Refused."""
        said, account = row.values, UUID(row.values["account"])
        owners = sorted(set(self._owners(said)))
        title = Title(
            said["home"], int(Number(said["area"]) * 100), said["status"], tuple(owners), said["since"]
        )
        before = self._titles(account).get(title.unit)
        if before and before._replace(owners=tuple(sorted(set(before.owners)))) == title:
            return False
        if before and title.since <= before.since:
            told = BEFORE.format(since=before.since)
            raise Refused("title-before", told, {"since": told})
        if title.since > self.today:
            raise Refused("answers", LATER, {"since": LATER})
        entered = {**title._asdict(), "home": title.unit, "owners": ";".join(owners)}
        del entered["unit"]
        self._new[account].append((row.key, entered))
        return True

    def _titles(self, account: UUID) -> dict[str, Title]:
        if account not in self._known:
            self._known[account] = {t.unit: t for t in reading.titles_on(account, self.today)}
        return self._known[account]

    def _owners(self, said: Values) -> Iterator[str]:
        """The ids of the owners. One without a phone is known again by whom he owns with."""
        given = owners_of(said)
        for name, phone, column in given:
            told = "/".join((name, phone_of(phone) if phone else f"with {phone_of(given[0][1])}"))
            key = f"import/titles/owner/{fingerprint(told.encode()).hex()[:40]}"
            try:
                yield str(self._register(name, phone, key))
            except Refused as refusal:
                columns = {"name": column, "phone": f"{column}_phone"}
                fields = {columns.get(k, k): t for k, t in refusal.fields.items()}
                raise Refused(refusal.code, refusal.reason, fields) from None

    def _register(self, name: str, phone: str, key: str) -> UUID:
        there = persons.find_by_phone(phone) if phone else None
        # Under a phone that is known with another name two people would become one.
        if there is not None and contact_of(there) and there not in persons.find_by_name(name):
            raise refused("phone-taken", field="phone")
        return persons.register(
            name=name, phone=phone or None, kind=RESIDENT, at=self.at, by=THE_IMPORTER, key=key
        )

    def close(self, digest: str) -> None:
        """Enter what is new. Raises: Unusable."""
        for account, rows in self._new.items():
            answers = {"homes": [entered for _, entered in rows]}
            enter(account, "enrol", answers, [key for key, _ in rows], digest, self.at)


TITLES = Table(
    "titles",
    T("维修资金的房屋与业主", "Homes and owners of a maintenance fund"),
    (
        *WHICH,
        Column(
            Decimal("area", T("面积", "Area"), at_least=Number("0.01"), at_most=Number(1_000_000)),
            "89.50",
            ("专有部分面积", "建筑面积", "面积（平方米）"),
        ),
        Column(STATUS, "已售"),
        Column(_personal("owner", T("业主", "Owner")), "王小明", ("业主姓名", "产权人")),
        Column(_personal("owner_phone", T("业主电话", "Owner’s phone")), "138 0000 0000", ("电话", "手机号")),
        Column(_personal("partner", T("共有人", "Co-owner")), "", ("共有人姓名",)),
        Column(_personal("partner_phone", T("共有人电话", "Co-owner’s phone"))),
        Column(Day("since", T("起始日", "Since")), "2016-05-01", ("起始日期", "从哪天起", "登记日期")),
    ),
    Titles,
    _check_title,
    survey=_survey_titles,
    place="community",
)
