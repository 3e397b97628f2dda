"""The kinds of fields a programme can ask for. ``clean`` turns an answer into its one canonical form or says
what is wrong.

Canonical forms are JSON values (text, integer, truth, list, mapping): they go into the journal as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from uuid import UUID

from linli.rules.place import Level, level_of
from linli.rules.text import T
from linli.rules.who import Relation, Who

type_ = type


class Invalid(Exception):
    """An answer that a field does not take; ``text`` says what is wrong and what is expected."""

    def __init__(self, text: T) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class AskedIf:
    """Ask a field only where another field of the same form has one of these values."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether the other answer makes this field asked for."""
        given = answers.get(self.field)
        return any(v in self.values for v in given) if isinstance(given, list) else given in self.values


@dataclass(frozen=True, slots=True)
class Field:
    """What every field has.

    ``personal`` content is sealed and erasable; ``seen_by`` narrows who sees the value (empty: whoever sees the
    case); ``sealed_in`` names states in which nobody sees it; ``public`` lets it appear on public pages. What is not ``kept``
    stands in its entry alone and does not become a fact of the case: a table of thousands of rows, of which a register is made.
    ``about``: whose a personal answer is, where it is not of him who gives it: of the first who holds a seat of that relation.
    """

    key: str
    title: T
    _: KW_ONLY
    required: bool = True
    personal: bool = False
    public: bool = False
    help: T | None = None
    seen_by: tuple[Who, ...] = ()
    sealed_in: tuple[str, ...] = ()
    asked_if: AskedIf | None = None
    kept: bool = True
    about: Relation | None = None

    def clean(self, raw: object) -> object:
        """The canonical form of ``raw``, which is never empty here. Raises: Invalid."""
        raise NotImplementedError(type_(self).__name__)


def empty(raw: object) -> bool:
    """Whether an answer says nothing."""
    return raw is None or raw in ([], {}) or (isinstance(raw, str) and not raw.strip())


_NOT_KEPT = {"Cc", "Cs"}  # control characters, and halves of surrogate pairs, which no database keeps


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise Invalid(T("请填写文字", "Expected text"))
    clean = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).strip()
    if any(unicodedata.category(c) in _NOT_KEPT and c not in "\n\t" for c in clean):
        raise Invalid(
            T("文字中有不能保存的控制字符，请删去", "The text holds a control character; please remove it")
        )
    return clean


def quoted(raw: object) -> str:
    """The beginning of an answer, such as an error message repeats it: always text that can be written out."""
    return str(raw)[:40].encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class Text(Field):
    """Words; lengths count characters. ``lines`` above 1 asks for a larger box."""

    _: KW_ONLY
    at_least: int = 1
    at_most: int = 200
    lines: int = 1

    def clean(self, raw: object) -> str:
        """Text in NFC, trimmed."""
        text = _text(raw)
        if not self.at_least <= len(text) <= self.at_most:
            values = {"n": len(text), "low": self.at_least, "high": self.at_most}
            raise Invalid(
                T(
                    "现有 {n} 个字，应在 {low} 至 {high} 个字之间",
                    "{n} characters; between {low} and {high} are expected",
                ).format(**values)
            )
        return text


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    key: str
    title: T


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of the options, or several where ``many``."""

    options: tuple[Option, ...] = ()
    _: KW_ONLY
    many: bool = False

    def clean(self, raw: object) -> object:
        """An option's key, or the list of keys in the order of the options."""
        keys = [o.key for o in self.options]
        given = raw if isinstance(raw, list) else [raw]
        for item in given:
            if item not in keys:
                raise Invalid(T("“{v}”不在可选项中", "“{v}” is not among the options").format(v=quoted(item)))
        if not self.many and len(given) > 1:
            raise Invalid(T("只能选一项", "Only one can be chosen"))
        return [k for k in keys if k in given] if self.many else given[0]

    def title_of(self, key: object) -> T:
        """The title of one option; an option that no longer exists shows its key."""
        return next((o.title for o in self.options if o.key == key), T(str(key), str(key)))


@dataclass(frozen=True, slots=True)
class Integer(Field):
    """A whole number in ``unit``."""

    _: KW_ONLY
    at_least: int = 0
    at_most: int = 1_000_000_000
    unit: T | None = None

    def clean(self, raw: object) -> int:
        """The number; text in digits is taken."""
        if isinstance(raw, str) and re.fullmatch(r"[+-]?\d{1,18}", raw.strip()):
            raw = int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise Invalid(T("请填写整数", "Expected a whole number"))
        if not self.at_least <= raw <= self.at_most:
            raise Invalid(
                T("应在 {low} 至 {high} 之间", "Expected between {low} and {high}").format(
                    low=self.at_least, high=self.at_most
                )
            )
        return raw


@dataclass(frozen=True, slots=True)
class Flag(Field):
    """Yes or no; not ticked is an answer only where the field is not required."""

    def clean(self, raw: object) -> bool:
        """True or False; ``on``, ``1`` and ``true`` of forms are True."""
        if isinstance(raw, bool):
            return raw
        if raw in ("on", "1", "true", "0", "false", "off"):
            return raw in ("on", "1", "true")
        raise Invalid(T("请选择是或否", "Expected yes or no"))


@dataclass(frozen=True, slots=True)
class Day(Field):
    """A civil day, ``YYYY-MM-DD``."""

    def clean(self, raw: object) -> str:
        """The day in ISO form."""
        try:
            return date.fromisoformat(_text(raw)).isoformat()
        except ValueError:
            raise Invalid(T("请填写日期，如 2024-04-28", "Expected a date such as 2024-04-28")) from None


@dataclass(frozen=True, slots=True)
class Place(Field):
    """A place by its code, at least as deep as ``level``."""

    _: KW_ONLY
    level: Level = Level.COMMUNITY
    or_above: Level | None = None

    def clean(self, raw: object) -> str:
        """The code. Whether it exists is asked of the territory when the act is taken."""
        code = _text(raw).upper()
        try:
            found = level_of(code)
        except ValueError:
            raise Invalid(
                T("“{v}”不是地点代码", "“{v}” is not the code of a place").format(v=quoted(code))
            ) from None
        if found < (self.or_above or self.level) or found > Level.BUILDING:
            raise Invalid(T("请选到更具体的地点", "Please choose a more exact place"))
        return code


def _uuid(raw: object) -> str:
    try:
        return str(UUID(str(raw)))
    except ValueError:
        raise Invalid(T("“{v}”不是有效的编号", "“{v}” is not a valid id").format(v=quoted(raw))) from None


@dataclass(frozen=True, slots=True)
class Photos(Field):
    """Pictures by the ids of their uploads."""

    _: KW_ONLY
    at_least: int = 0
    at_most: int = 9

    def clean(self, raw: object) -> list[str]:
        """The ids, each once, in the order given."""
        given = raw if isinstance(raw, list) else [raw]
        ids = list(dict.fromkeys(_uuid(item) for item in given))
        if not self.at_least <= len(ids) <= self.at_most:
            raise Invalid(
                T("照片应在 {a} 至 {b} 张之间", "Between {a} and {b} photos are expected").format(
                    a=self.at_least, b=self.at_most
                )
            )
        return ids


_PHONE = re.compile(r"(?:\+?86)?(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})")


@dataclass(frozen=True, slots=True)
class Contact(Field):
    """A person to be reached: a mapping of ``name`` and ``phone``. Always personal.

    Where the flag named by ``hidden_by`` was answered with yes, only ``hidden_to`` see who it is.
    """

    _: KW_ONLY
    personal: bool = True
    phone_required: bool = True
    hidden_by: str = ""
    hidden_to: tuple[Who, ...] = ()

    def clean(self, raw: object) -> dict[str, str]:
        """Name and phone with separators removed, and the id of the person whom the door has registered."""
        if not isinstance(raw, Mapping):
            raise Invalid(T("请填写姓名和电话", "Expected a name and a phone number"))
        name, phone = _text(raw.get("name") or ""), re.sub(r"[\s-]", "", _text(raw.get("phone") or ""))
        if not name or len(name) > 60:
            raise Invalid(T("请填写姓名（60 字以内）", "Please give a name of at most 60 characters"))
        known = {"person": _uuid(raw["person"])} if raw.get("person") else {}
        if not phone and not self.phone_required:
            return {"name": name, **known}
        match = _PHONE.fullmatch(phone)
        if not match:
            raise Invalid(
                T(
                    "请填写能打通的电话，如 138 开头的 11 位手机号",
                    "Please give a phone number, such as 11 digits beginning with 1",
                )
            )
        return {"name": name, "phone": match[1], **known}


@dataclass(frozen=True, slots=True)
class Person(Field):
    """Somebody by id: who holds ``role`` at the case's place, who holds a seat of the relation ``of``, or else who lives there;
    several where ``many``.
    """

    _: KW_ONLY
    role: str = ""
    of: Relation | None = None
    many: bool = False

    def clean(self, raw: object) -> object:
        """The person's id, or where ``many`` the ids, each once."""
        if not self.many:
            return _uuid(raw)
        return list(
            dict.fromkeys(
                _uuid(item) for item in (raw if isinstance(raw, list) else [raw]) if not empty(item)
            )
        )


@dataclass(frozen=True, slots=True)
class Units(Field):
    """One responsible unit, or several where ``many``; the first leads."""

    _: KW_ONLY
    many: bool = False

    def clean(self, raw: object) -> list[str]:
        """The units' ids, each once, the lead first."""
        ids = list(
            dict.fromkeys(
                _uuid(item) for item in (raw if isinstance(raw, list) else [raw]) if not empty(item)
            )
        )
        if len(ids) > 1 and not self.many:
            raise Invalid(T("只能选一个单位", "Only one unit can be chosen"))
        return ids


@dataclass(frozen=True, slots=True)
class CaseRef(Field):
    """Another case by its id or official number, of the same type unless ``type`` names another; ``states`` are those in which
    it must stand (empty: any).
    """

    _: KW_ONLY
    states: tuple[str, ...] = ()
    type: str = ""

    def clean(self, raw: object) -> str:
        """The id or number as given; the door looks it up."""
        return _text(raw)


@dataclass(frozen=True, slots=True)
class Table(Field):
    """Rows of the same columns (repeating group)."""

    columns: tuple[Field, ...] = ()
    _: KW_ONLY
    at_least: int = 0
    at_most: int = 200

    def clean(self, raw: object) -> list[dict[str, object]]:
        """The rows, each cleaned; an error names the row and the column."""
        rows = (
            [r for r in raw if isinstance(r, Mapping) and any(not empty(v) for v in r.values())]
            if isinstance(raw, list)
            else []
        )
        if not self.at_least <= len(rows) <= self.at_most:
            raise Invalid(
                T("应有 {a} 至 {b} 行", "Between {a} and {b} rows are expected").format(
                    a=self.at_least, b=self.at_most
                )
            )
        return [self._row(number, row) for number, row in enumerate(rows, 1)]

    def _row(self, number: int, row: Mapping[str, object]) -> dict[str, object]:
        cleaned, wrong = clean_answers(self.columns, row)
        for column in self.columns:
            if column.key in wrong:
                text = T("第 {n} 行“{c}”：{e}", "Row {n}, “{c}”: {e}")
                raise Invalid(text.format(n=number, c=column.title, e=wrong[column.key]))
        return cleaned


NEEDED = T("这一项要填写", "This is needed")
UNKNOWN = T("没有这一项", "There is no such field")


def clean_answers(
    fields: tuple[Field, ...], raw: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, T]]:
    """All answers in canonical form, and what is wrong by field key. A key that no field asks for is wrong."""
    cleaned: dict[str, object] = {}
    wrong: dict[str, T] = {key: UNKNOWN for key in raw if key not in {f.key for f in fields}}
    for field in fields:
        if field.asked_if and not field.asked_if.holds({**raw, **cleaned}):
            continue
        value = raw.get(field.key)
        if empty(value):
            if field.required:
                wrong[field.key] = NEEDED
            continue
        try:
            cleaned[field.key] = field.clean(value)
        except Invalid as error:
            wrong[field.key] = error.text
    return cleaned, wrong
