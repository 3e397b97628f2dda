"""Fields as questions of a page's form, and what was typed as raw answers with the photos received.

A button ``add`` without a script asks for one more row of a table: the form then comes back, and nothing is done (``adds``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as field_
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from linli.cases import uploads
from linli.cases.refusals import refused
from linli.faces.web.parts import Input, Option, Upload
from linli.faces.web.reader import actor_of, holder_of, now
from linli.faces.web.resident.attempts import Attempts
from linli.forms.answers import Sent, answer, cell, flat, numbers, rows_of
from linli.forms.answers import typed as as_typed
from linli.forms.questions import YUAN, Chance, chances, kind
from linli.rules import fields as f
from linli.rules.ids import new_id
from linli.rules.money import Money
from linli.rules.place import Level
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import path_title

hidden = flat
WAITING = 60
"""Photos that one sender may have received and not yet sent."""
STRANGERS = Attempts("photo", most=300, seconds=3600)
_KEY = re.compile(r"[A-Za-z0-9/._:-]{1,80}")
_NEXT = "__n__"
"""What a script replaces with the number of a row."""
Finding = Callable[[f.Field], list[Chance]]
"""What finds the chances of a field."""


@dataclass(frozen=True, slots=True)
class Asked(Input):
    """A question of one form among several on a page: ``prefix`` keeps the ids of their elements apart.

    ``in_row``: of a row, which may stay empty as a whole; ``focus``: where somebody goes on who asked for one more.
    """

    prefix: str = field_(default="", kw_only=True)
    in_row: bool = field_(default=False, kw_only=True)
    focus: bool = field_(default=False, kw_only=True)

    @property
    def id(self) -> str:
        """The id of the element that takes the focus."""
        return f"f-{self.prefix}{self.name}"


def answers(request: HttpRequest, asked: Iterable[f.Field], key: str) -> tuple[dict[str, Any], dict[str, T]]:
    """What was typed, by field key, photos received and turned into ids; and what is wrong with the photos.

    Where one more row is asked for, the table ends with it.
    """
    given: dict[str, Any] = {}
    wrong: dict[str, T] = {}
    fields, sent = tuple(asked), {name: [str(t) for t in texts] for name, texts in request.POST.lists()}
    for field in fields:
        try:
            value = _photos(request, field, key) if isinstance(field, f.Photos) else answer(field, sent)
        except Refused as refusal:
            wrong[field.key] = refusal.reason
            value = uploads.held(request.POST.getlist(field.key), holder_of(request))
        if not f.empty(value):
            given[field.key] = value
    if table := _grown(request.POST, fields):
        given[table.key] = _one_more(table, rows_of(given.get(table.key)), sent)
    return given, wrong


def adds(post: QueryDict, asked: Iterable[f.Field]) -> bool:
    """Whether the form asks for one more row: it is to be shown again with what was typed, and nothing is to be done."""
    return _grown(post, asked) is not None


def _grown(post: QueryDict, asked: Iterable[f.Field]) -> f.Table | None:
    return next((x for x in asked if isinstance(x, f.Table) and x.key == post.get("add")), None)


def _one_more(table: f.Table, rows: list[Mapping[str, Any]], sent: Sent) -> list[Mapping[str, Any]]:
    """The rows, those that are still empty, and another one, as far as the table goes."""
    wanted = min(max(len(numbers(table, sent)), _fewest(table)) + 1, table.at_most)
    return rows + [{}] * (wanted - len(rows))


def _fewest(table: f.Table) -> int:
    return max(table.at_least, 1)


def _photos(request: HttpRequest, field: f.Photos, key: str) -> list[str]:
    """Those sent before by their ids, and the files that came with this form (a browser without scripts sends them so)."""
    ids = uploads.held(request.POST.getlist(field.key), holder_of(request))
    for file in request.FILES.getlist(field.key):
        if len(ids) >= field.at_most:
            break
        ids.append(str(receive(request, file, key)))
    return list(dict.fromkeys(ids))


def receive(request: HttpRequest, file: uploads.Sent, key: str = "") -> UUID:
    """Keep a photo for whoever sends it. Raises: Refused ``photo-…``, also where too many wait that no form has claimed.

    Somebody without an account is a new sender with every new session: of those, each address may send so many.
    """
    holder, signed_in = holder_of(request), actor_of(request).person is not None
    if uploads.waiting(holder) >= WAITING or (not signed_in and STRANGERS.over(request)):
        raise refused("photo-too-many")
    if not signed_in:
        STRANGERS.count(request)
    return uploads.receive(uploads.read(file), holder=holder, at=now(), intent=key)


def inputs(
    asked: Iterable[f.Field],
    given: Mapping[str, Any],
    wrong: Mapping[str, T],
    place: str = "",
    prefix: str = "",
    case: UUID | None = None,
) -> list[Input]:
    """The questions with what stands in them and what is wrong. ``place`` is where ``case`` is, or would be opened."""
    day = civil_day(now())
    return [
        _input(x, given.get(x.key), wrong.get(x.key), lambda f_: chances(f_, place, day, case), prefix)
        for x in asked
    ]


def _input(field: f.Field, value: Any, error: T | None, found: Finding, prefix: str) -> Input:
    if isinstance(field, f.Table):
        return _asked(field, error, prefix, **_table(field, value, error, found, prefix))
    options = _options(found(field), value)
    shown = {"options": options, "personal": field.personal, **_details(field, value, options)}
    return _asked(field, error, prefix, **shown)


def _asked(field: f.Field, error: T | None, prefix: str, **more: Any) -> Asked:
    """The question; a kind among ``more`` takes the place of the field's own."""
    if field.asked_if:
        more |= {"asked_by": field.asked_if.field, "asked_values": field.asked_if.values}
    shared = {"help": field.help, "error": error, "required": field.required, "prefix": prefix}
    return Asked(field.key, field.title, **{"kind": kind(field), **shared, **more})


def _table(field: f.Table, value: Any, error: T | None, found_: Finding, prefix: str) -> dict[str, Any]:
    """The rows that were given, at least one; where something is wrong, it also stands at the very cell."""
    rows = rows_of(value)
    added = bool(rows) and not rows[-1]
    rows += [{}] * (_fewest(field) - len(rows))
    columns = [(c, found_(c)) for c in field.columns]
    made = []
    for n, row in enumerate(rows):
        wrong = f.clean_answers(field.columns, row)[1] if error and row else {}
        made.append(
            [
                _cell(cell(field, n, c), row.get(c.key), wrong.get(c.key), found, prefix)
                for c, found in columns
            ]
        )
    if added:
        made[-1][0] = replace(made[-1][0], focus=True)
    blank = [_cell(cell(field, _NEXT, c), None, None, found, prefix) for c, found in columns]
    return {"rows": made, "blank": blank, "at_most": field.at_most, "personal": field.personal}


def _cell(column: f.Field, value: Any, error: T | None, found: list[Chance], prefix: str) -> Asked:
    """A question of a row, where a list takes less room than cards."""
    options = _options(found, value)
    listed: dict[str, Any] = (
        {"kind": "select"} if options and kind(column) in ("choice", "place", "person") else {}
    )
    details = {} if isinstance(column, f.Place) else _details(column, value, options)
    return _asked(column, error, prefix, options=options, in_row=True, **listed, **details)


def _options(found: Iterable[Chance], value: Any) -> list[Option]:
    chosen = [str(v) for v in (value if isinstance(value, list) else [value]) if v is not None]
    return [Option(c.key, c.title, help=c.help, on=c.key in chosen, group=c.group) for c in found]


def _details(field: f.Field, value: Any, options: list[Option]) -> dict[str, Any]:
    if isinstance(field, f.Text):
        return {"value": value or "", "at_most": field.at_most, "lines": max(field.lines, 2)}
    if isinstance(field, f.Place):
        known = value and len(str(value)) > Level.COMMUNITY and any(o.on for o in options)
        return {"known": path_title(str(value)) if known else None}
    if isinstance(field, f.Photos):
        shots = [Upload(i, reverse("file-small", args=[i])) for i in value or ()]
        return {"uploads": shots, "at_most": field.at_most, "upload": reverse("upload")}
    if isinstance(field, f.Contact):
        return {"value": value or {}, "autocomplete": "on"}
    if isinstance(field, f.Integer):
        return {"value": "" if value is None else value, "unit": field.unit}
    if isinstance(field, Money):
        return {"value": "" if value is None else as_typed(field, value), "unit": YUAN}
    if isinstance(field, f.Flag):
        return {"value": value in (True, "on", "1", "true")}
    return {"value": value or ""}


def typed(post: QueryDict, name: str) -> str:
    """One plain value of a form, without the characters that no database keeps."""
    return str(post.get(name, "")).replace("\0", "").strip()


def back(request: HttpRequest) -> str:
    """The page of this site to which a form leads back once it is done, as it came with the address or the form; else empty."""
    given = typed(request.POST, "back") or typed(request.GET, "back")
    ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if ours else ""


def key(post: QueryDict, kind: str) -> str:
    """The key that a form carries, so that sent twice it is done once; a fresh one where there is none that can be kept.

    It always begins with the form's kind: nobody takes a key that the clock or an erasure will need, to keep it from acting.
    """
    given = typed(post, "key")
    if not _KEY.fullmatch(given):
        return f"{kind}/{new_id()}"
    return given if given.startswith(f"{kind}/") else f"{kind}/{given}"
