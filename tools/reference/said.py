"""What the parts of a definition are called in words: who, fields, spans, parameters, rules."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterable

from linli.rules import fields as f
from linli.rules.definition import Definition
from linli.rules.parameters import P, Until, Version
from linli.rules.place import Level
from linli.rules.programme import Kind
from linli.rules.text import T
from linli.rules.who import Who
from linli.rules.worktime import parse_span

KINDS: dict[Kind, T] = {
    Kind.OPEN: T("在办", "open"),
    Kind.WAITING: T("等待", "waiting"),
    Kind.STANDING: T("常设", "standing"),
    Kind.DONE: T("办结", "done"),
    Kind.REFUSED: T("不予办理", "refused"),
    Kind.VOID: T("作废", "void"),
}
LEVELS: dict[Level, T] = {
    Level.PROVINCE: T("省", "province"),
    Level.CITY: T("市", "city"),
    Level.COUNTY: T("区县", "county"),
    Level.STREET: T("街道", "street"),
    Level.COMMUNITY: T("社区", "community"),
    Level.GRID: T("网格", "grid"),
    Level.BUILDING: T("楼栋", "building"),
}
FIELD_KINDS: dict[str, T] = {
    "Text": T("文字", "text"),
    "Choice": T("选择", "choice"),
    "Integer": T("整数", "whole number"),
    "Money": T("金额", "amount"),
    "Flag": T("是否", "yes or no"),
    "Day": T("日期", "date"),
    "When": T("日期和钟点", "date and time"),
    "Place": T("地点", "place"),
    "Photos": T("照片", "photos"),
    "Contact": T("联系人", "contact"),
    "Person": T("人员", "person"),
    "Units": T("单位", "units"),
    "CaseRef": T("另一事项", "another case"),
    "Table": T("表格", "table"),
}


class Say:
    """Says things in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.comma = "、" if lang == "zh" else ", "
        self.stop = "；" if lang == "zh" else "; "

    def __call__(self, text: T | None) -> str:
        """A text in this language; nothing for none."""
        return text.in_(self.lang) if text else ""

    def words(self, zh: str, en: str) -> str:
        """The words of this language."""
        return zh if self.lang == "zh" else en

    def list(self, items: Iterable[str]) -> str:
        """Items side by side."""
        return self.comma.join(items)

    def aside(self, text: str) -> str:
        """Text in brackets; nothing for none."""
        return (f"（{text}）" if self.lang == "zh" else f" ({text})") if text else ""

    def who(self, who: Iterable[Who]) -> str:
        """Roles and relations by their titles."""
        return self.list(self(w.title) for w in who)

    def states(self, d: Definition, keys: Iterable[str]) -> str:
        """States by their titles."""
        return self.list(self(d.states[k].title) for k in keys)

    def actions(self, d: Definition, keys: Iterable[str]) -> str:
        """Actions by their titles."""
        return " · ".join(self(d.actions[k].title) for k in keys)

    def yes(self, value: bool) -> str:
        """A mark for yes, nothing for no."""
        return self.words("是", "yes") if value else ""

    def kind(self, field: f.Field) -> str:
        """What kind of answer a field takes, with its limits. Raises: ValueError for a kind without words."""
        name = type(field).__name__
        if name not in FIELD_KINDS:
            raise ValueError(
                f"tools/reference/said.py: FIELD_KINDS has no words for the kind of field {name!r}"
            )
        return self(FIELD_KINDS[name]) + self.aside(self._limits(field))

    def _limits(self, field: f.Field) -> str:
        if isinstance(field, f.Choice):
            many = self.words("可多选：", "several of: ") if field.many else ""
            return many + self.stop.join(self(o.title) for o in field.options)
        if isinstance(field, f.Integer):
            return f"{field.at_least}–{field.at_most}{' ' + self(field.unit) if field.unit else ''}"
        if isinstance(field, f.Place):
            return self.words("至少到", "at least a ") + self(LEVELS[field.or_above or field.level])
        if isinstance(field, f.Table):
            return self.list(self(c.title) for c in field.columns)
        if isinstance(field, f.Units):
            return self.words("可多个", "several") if field.many else self.words("一个", "one")
        most = getattr(field, "at_most", None)
        counted = self.words("字", "characters") if isinstance(field, f.Text) else ""
        return self.words(f"至多 {most} {counted}", f"at most {most} {counted}").strip() if most else ""

    def value(self, value: object, picks: dict[str, str]) -> str:
        """A parameter's value: a span in words, a mapping picked from by a field, else as written."""
        if isinstance(value, dict) and "default" in value:
            rest = [f"{picks.get(k, k)} {self.value(v, {})}" for k, v in value.items() if k != "default"]
            return self.stop.join([self.value(value["default"], {}), *rest])
        if isinstance(value, bool):
            return self.words("是", "yes") if value else self.words("否", "no")
        try:
            return self(parse_span(str(value)).text())
        except ValueError:
            return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)

    def version(self, version: Version, picks: dict[str, str]) -> tuple[str, str, str]:
        """The value of a version, its law, and the days and place for which it holds."""
        number = f"第 {version.article} 条" if self.lang == "zh" else f"art. {version.article}"
        clause = f"第 {version.clause} 款" if self.lang == "zh" else f"cl. {version.clause}"
        law = [version.law, number if version.article else "", clause if version.clause else ""]
        end = version.ends.isoformat() if version.ends else ""
        held = f"{version.starts.isoformat()} –{' ' + end if end else ''}"
        note = self.half(version.note)
        return (
            self.value(version.value, picks) + self.aside(note),
            " ".join(part for part in law if part),
            held + (f" · {version.place}" if version.place else ""),
        )

    def half(self, text: str) -> str:
        """This language's half of ``中文 / English``; a text without halves as it is."""
        zh, slash, en = text.partition(" / ")
        return (zh if self.lang == "zh" else en) if slash else text

    def span(self, d: Definition, wish: P | Until) -> str:
        """A time that a parameter gives, as in force at last where no place says otherwise; or the day that an answer names."""
        if isinstance(wish, Until):
            named = self(d.fields[wish.field].title)
            return self.words(f"到“{named}”为止", f"until “{named}”")
        latest = max(d.parameters.versions[wish.name], key=lambda v: (not v.place, v.starts))
        value = latest.value
        if isinstance(value, dict) and "default" in value:
            by = self(d.fields[wish.by].title).lower() if wish.by else ""
            return self.value(value["default"], {}) + self.aside(self.words(f"按{by}", f"by {by}"))
        return self.value(value, {})

    def picks(self, d: Definition, by: str | None) -> dict[str, str]:
        """The titles of the options of the field that picks from a parameter's values."""
        field = d.fields.get(by or "")
        return {o.key: self(o.title) for o in field.options} if isinstance(field, f.Choice) else {}

    def rule(self, function: Callable[..., object]) -> str:
        """A rule by its name; in English with its first sentence."""
        name = f"`{function.__module__.rpartition('.')[2]}.{function.__name__}`"
        first = (inspect.getdoc(function) or "").partition("\n\n")[0].replace("\n", " ")
        return name if self.lang == "zh" or not first else f"{name}: {first}"


def codes_of(function: Callable[..., object] | None, seen: frozenset[str] = frozenset()) -> list[str]:
    """The refusal codes that a guard can give, itself or through the functions of its module that it calls."""
    if function is None or function.__name__ in seen:
        return []
    source = inspect.getsource(function)
    found = re.findall(r"Refusal\(\s*\"([\w-]+)\"", source)
    known = getattr(function, "__globals__", {})
    for name in re.findall(r"\b(\w+)\(", source):
        called = known.get(name)
        if inspect.isfunction(called) and called.__module__ == function.__module__:
            found += codes_of(called, seen | {function.__name__})
    return list(dict.fromkeys(found))
