"""The page of a bundle: the case as a person reads it, in both languages, without a script and without a network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from linli.journal.records import Entry
from linli.rules.definition import Definition
from linli.rules.fields import Choice, Field, Flag, Photos
from linli.rules.registry import installed

Json = Mapping[str, Any]
_CHINA = timedelta(hours=8)
_STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2521}"
    "h1{font-size:1.4rem}ol{padding:0;list-style:none}li{border-top:1px solid #ccd5d0;padding:.8rem 0}"
    "dl{display:grid;grid-template-columns:14rem 1fr;gap:.2rem 1rem;margin:.4rem 0}dt{color:#4a5a52}dd{margin:0;"
    "white-space:pre-wrap;overflow-wrap:anywhere}code{overflow-wrap:anywhere;font-size:.8rem;color:#4a5a52}"
)


def page(about: Json, stored: Sequence[Entry], contents: Sequence[Json]) -> str:
    """The HTML of index.html."""
    definition = installed.get(about["type"])
    said: dict[str, list[Json]] = {}
    for part in contents:
        said.setdefault(part["entry"], []).append(part)
    title = f"{about['title']['zh']} {about['title']['en']} {about['number']}"
    steps = "\n".join(_step(e, said.get(str(e.id), []), definition) for e in stored)
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p>{escape(_note(about))}</p><ol>\n{steps}\n</ol></body></html>\n"
    )


def _note(about: Json) -> str:
    anchor = about["anchor"]
    day = f"锚 anchor {anchor['day']} · {anchor['public_key']}" if anchor else "尚无签名锚 not anchored"
    absent = len(about["left_out"]) + len(about["erased"])
    return (
        "此页仅供阅读，不作凭证；请运行 verify.py 核验。 This page is for reading and proves nothing: run verify.py."
        f" · {day} · 未附的个人信息 personal parts not here: {absent}"
    )


def _step(entry: Entry, parts: Sequence[Json], definition: Definition | None) -> str:
    told = [line for part in parts for line in _lines(json.loads(part["body"]), definition)]
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in told)
    when = f"{_time(entry.happened)} · 记入 recorded {_time(entry.recorded)}"
    head = f"{entry.seq}. {_action(entry, definition)} → {_state(entry, definition)} · {_role(entry, definition)} · {when}"
    return f"<li><strong>{escape(head)}</strong><dl>{rows}</dl><code>{bytes(entry.hash).hex()}</code></li>"


def _lines(body: Json, definition: Definition | None) -> list[tuple[str, str]]:
    fields = definition.fields if definition else {}
    answers = body.get("answers", body)
    return [_line(key, value, fields.get(key)) for key, value in answers.items()]


def _line(key: str, value: object, field: Field | None) -> tuple[str, str]:
    return (f"{field.title.zh} {field.title.en}" if field else key), _value(value, field)


def _value(value: object, field: Field | None) -> str:
    if isinstance(field, Choice):
        titles = [field.title_of(key) for key in (value if isinstance(value, list) else [value])]
        return "；".join(f"{t.zh} {t.en}" for t in titles)
    if isinstance(field, Flag):
        return "是 yes" if value else "否 no"
    if isinstance(field, Photos) and isinstance(value, list):
        return f"{len(value)} 张照片 photos"
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list):
        return "；".join(_value(item, None) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _mapping(value: Mapping[str, object]) -> str:
    if set(value) == {"person"}:
        return f"（个人信息未附，编号 personal, not here; id {value['person']}）"
    return " · ".join(_value(inner, None) for inner in value.values())


def _action(entry: Entry, definition: Definition | None) -> str:
    action = definition.actions.get(entry.action) if definition else None
    return f"{action.title.zh} {action.title.en}" if action else entry.action


def _state(entry: Entry, definition: Definition | None) -> str:
    key = str(entry.effect.get("state", ""))
    state = definition.states.get(key) if definition else None
    return f"{state.title.zh} {state.title.en}" if state else key


def _role(entry: Entry, definition: Definition | None) -> str:
    relations = definition.case_type.relations if definition else ()
    named = installed.roles().get(entry.role) or next((r for r in relations if r.key == entry.role), None)
    return f"{named.title.zh} {named.title.en}" if named else entry.role


def _time(at: int) -> str:
    """Minutes in China; µs UTC in."""
    return (datetime.fromtimestamp(at // 1_000_000, UTC) + _CHINA).strftime("%Y-%m-%d %H:%M")
