"""Fields as questions of a page's form, and what was typed as raw answers with the photos received."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as field_
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from linli.cases import uploads
from linli.cases.refusals import refused
from linli.faces.web.parts import Input, Option, Upload
from linli.faces.web.reader import actor_of, holder_of, now
from linli.faces.web.resident.attempts import Attempts
from linli.forms.answers import answer, flat
from linli.forms.questions import chances, kind
from linli.rules import fields as f
from linli.rules.ids import new_id
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


@dataclass(frozen=True, slots=True)
class Asked(Input):
    """A question of one form among several on a page: ``prefix`` keeps the ids of their elements apart."""

    prefix: str = field_(default="", kw_only=True)

    @property
    def id(self) -> str:
        """The id of the element that takes the focus."""
        return f"f-{self.prefix}{self.name}"


def answers(request: HttpRequest, asked: Iterable[f.Field], key: str) -> tuple[dict[str, Any], dict[str, T]]:
    """What was typed, by field key, photos received and turned into ids; and what is wrong with the photos."""
    given: dict[str, Any] = {}
    wrong: dict[str, T] = {}
    for field in asked:
        try:
            value = (
                _photos(request, field, key)
                if isinstance(field, f.Photos)
                else answer(field, request.POST.getlist)
            )
        except Refused as refusal:
            wrong[field.key] = refusal.reason
            value = uploads.held(request.POST.getlist(field.key), holder_of(request))
        if not f.empty(value):
            given[field.key] = value
    return given, wrong


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
) -> list[Input]:
    """The questions with what stands in them and what is wrong. ``place`` is where the case is, or would be opened."""
    return [_input(field, given.get(field.key), wrong.get(field.key), place, prefix) for field in asked]


def _input(field: f.Field, value: Any, error: T | None, place: str, prefix: str) -> Input:
    options = _options(field, value, place)
    shared: dict[str, Any] = {
        "help": field.help,
        "error": error,
        "required": field.required,
        "personal": field.personal,
        "options": options,
    }
    if field.asked_if:
        shared |= {"asked_by": field.asked_if.field, "asked_values": field.asked_if.values}
    made = Asked(field.key, field.title, kind(field), **shared, **_details(field, value, options))
    return replace(made, prefix=prefix)


def _options(field: f.Field, value: Any, place: str) -> list[Option]:
    chosen = [str(v) for v in (value if isinstance(value, list) else [value]) if v is not None]
    return [
        Option(c.key, c.title, help=c.help, on=c.key in chosen, group=c.group)
        for c in chances(field, place, civil_day(now()))
    ]


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
        return {"value": value or "", "unit": field.unit}
    return {"value": value or ""}


def typed(post: QueryDict, name: str) -> str:
    """One plain value of a form, without the characters that no database keeps."""
    return str(post.get(name, "")).replace("\0", "").strip()


def key(post: QueryDict, kind: str) -> str:
    """The key that a form carries, so that sent twice it is done once; a fresh one where there is none that can be kept.

    It always begins with the form's kind: nobody takes a key that the clock or an erasure will need, to keep it from acting.
    """
    given = typed(post, "key")
    if not _KEY.fullmatch(given):
        return f"{kind}/{new_id()}"
    return given if given.startswith(f"{kind}/") else f"{kind}/{given}"
