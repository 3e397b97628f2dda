"""What a table to be imported may hold: its columns, each a field, with the titles by which a sheet's column is known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal as Number
from decimal import InvalidOperation

from linli.forms.shapes.geometry import Geometry
from linli.forms.sheet import Cell
from linli.rules import fields as f
from linli.rules.money import Money
from linli.rules.text import T
from linli.rules.worktime import day_start

DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
MOMENTS = tuple(f"{day} {hour}" for day in DAYS for hour in ("%H:%M:%S", "%H:%M")) + DAYS
_SEPARATORS = re.compile(r"[、,，;；/|\n]+")
_COMMAS = re.compile(r"[,，]")
_MONEY = re.compile(
    r"-?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]{1,40})(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?"
)
NO_MONEY = T("请填写金额（元），如 12,345.67", "Expected an amount in yuan such as 12,345.67")
NEGATIVE = T("金额不能是负数", "An amount of money cannot be negative")
TOO_FINE = T("金额最多两位小数，如 12345.67", "An amount has at most two decimals, such as 12345.67")
_NOT_SAID = re.compile(r"[\s/·|]+")


@dataclass(frozen=True, slots=True)
class Moment(f.Field):
    """A moment in China's civil time, unless an offset is written with it; a day alone is its first moment. In µs UTC."""

    def clean(self, raw: object) -> int:
        """µs UTC."""
        try:
            when = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip())
        except ValueError:
            text = T(
                "请填写日期和时间，如 2024-04-28 09:30:00",
                "Expected a date and time such as 2024-04-28 09:30:00",
            )
            raise f.Invalid(text) from None
        if when.tzinfo is not None:
            return _micros(when - datetime.fromisoformat("1970-01-01T00:00:00+00:00"))
        return day_start(when.date()) + _micros(when - datetime.combine(when.date(), datetime.min.time()))


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Decimal(f.Field):
    """A number with at most ``digits`` decimals, such as a longitude; its canonical form is text."""

    _: KW_ONLY
    at_least: Number = Number(0)
    at_most: Number = Number(0)
    digits: int = 7

    def clean(self, raw: object) -> str:
        """The number as plain text, rounded to ``digits``."""
        expected = T("应为 {a} 至 {b} 之间的数", "Expected a number between {a} and {b}")
        wrong = f.Invalid(expected.format(a=self.at_least, b=self.at_most))
        try:
            number = Number(str(raw).strip())
        except InvalidOperation:
            raise wrong from None
        if not number.is_finite() or not self.at_least <= number <= self.at_most:
            raise wrong
        return f"{round(number, self.digits).normalize():f}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field, one example, and other titles that people give it. One whose field is needed can be left out
    where the column of the field ``unless`` is there.
    """

    field: f.Field
    example: str = ""
    also: tuple[str, ...] = ()
    unless: str = ""

    @property
    def title(self) -> str:
        """Both titles, as an example file's first row shows them."""
        return f"{self.field.title.zh} {self.field.title.en}"

    def names(self) -> set[str]:
        """Every title by which the column is known, as ``known_as`` writes them."""
        own = self.field
        return {known_as(n) for n in (own.key, own.title.zh, own.title.en, self.title, *self.also)}


def known_as(title: str) -> str:
    """What two writings of one title share: no spaces, no case, no full-width forms."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", title)).casefold()


def raw(cell: Cell, field: f.Field, formats: tuple[str, ...]) -> object:
    """The cell as an answer to the field: a spreadsheet's 2549.0 is the text 2549, its date a date, a title its option.

    Raises: Invalid for what is no amount of money, a negative one, or one in fractions of a cent.
    """
    if isinstance(cell, Geometry):
        return cell
    if isinstance(field, Moment):
        return _moment(cell, (*formats, *MOMENTS))
    if isinstance(field, f.Day):
        return _day(cell, (*formats, *DAYS, *MOMENTS))
    text = _text(cell)
    if isinstance(field, Money):
        return _yuan(text)
    if isinstance(field, f.Choice):
        found = [
            _option(part, field)
            for part in (_SEPARATORS.split(text) if field.many else [text])
            if part.strip()
        ]
        return found if field.many else found[0]
    if isinstance(field, f.Flag):
        return {"是": "true", "否": "false", "yes": "true", "no": "false"}.get(
            text.strip().lower(), text.strip().lower()
        )
    return text


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    return str(cell)


def _yuan(text: str) -> str:
    """Money is yuan, whatever kind of cell holds it; of a number its shortest decimal text counts."""
    written = text.strip().lstrip("¥￥").removesuffix("元").strip()
    if not _MONEY.fullmatch(written):
        raise f.Invalid(NO_MONEY)
    number = Number(_COMMAS.sub("", written))
    if number < 0:
        raise f.Invalid(NEGATIVE)
    if int(number.normalize().as_tuple().exponent) < -2:
        raise f.Invalid(TOO_FINE)
    return f"{number:.2f}"


def _option(text: str, field: f.Choice) -> str:
    """The key of the option that is named by its key or by one of its titles; else the text itself."""
    named = known_as(text)
    names = {o.key: {known_as(n) for n in (o.key, o.title.zh, o.title.en)} for o in field.options}
    return next((key for key, known in names.items() if named in known), text.strip())


def _moment(cell: Cell, formats: tuple[str, ...]) -> object:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - civil time has no zone
    text = _text(cell).strip()
    found = _parsed(text, formats)
    return text if found is None else found


def _day(cell: Cell, formats: tuple[str, ...]) -> object:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = _text(cell).strip()
    found = _parsed(text, formats)
    return text if found is None else found.date().isoformat()


def _parsed(text: str, formats: tuple[str, ...]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - civil time has no zone
        except ValueError:
            continue
    return None
