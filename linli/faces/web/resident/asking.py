"""Fields as questions of a resident's form, and what he typed as raw answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as field_
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from linli.cases import uploads
from linli.faces.web.parts import Input, Option, Upload
from linli.faces.web.resident.reader import holder_of, now
from linli.rules import fields as f
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.buildings import community_buildings
from linli.territory.regions import building_title, path_title, place_title

ELSEWHERE = T("社区公共区域，或说不清是哪栋楼", "A shared area, or not sure which building")


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
            value = _answer(request, field, key)
        except Refused as refusal:
            wrong[field.key] = refusal.reason
            value = uploads.held(request.POST.getlist(field.key), holder_of(request))
        if not f.empty(value):
            given[field.key] = value
    return given, wrong


def _answer(request: HttpRequest, field: f.Field, key: str) -> object:
    post = request.POST
    if isinstance(field, f.Photos):
        return _photos(request, field, key)
    if isinstance(field, f.Contact):
        said = {part: post.get(f"{field.key}-{part}", "").strip() for part in ("name", "phone")}
        return {k: v for k, v in said.items() if v}
    if isinstance(field, f.Choice) and field.many:
        return post.getlist(field.key)
    return post.get(field.key, "")


def _photos(request: HttpRequest, field: f.Photos, key: str) -> list[str]:
    """Those sent before by their ids, and the files that came with this form (a browser without scripts sends them so)."""
    holder = holder_of(request)
    ids = uploads.held(request.POST.getlist(field.key), holder)
    for file in request.FILES.getlist(field.key):
        if len(ids) >= field.at_most:
            break
        data = (
            file.read(uploads.MOST_BYTES + 1)
            if (file.size or 0) <= uploads.MOST_BYTES
            else bytes(file.size or 0)
        )
        ids.append(str(uploads.receive(data, holder=holder, at=now(), intent=key)))
    return list(dict.fromkeys(ids))


def hidden(asked: Iterable[f.Field], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers of the other steps as hidden inputs: name and value."""
    pairs: list[tuple[str, str]] = []
    for field in asked:
        value = given.get(field.key)
        if isinstance(value, Mapping):
            pairs += [(f"{field.key}-{part}", str(v)) for part, v in value.items()]
        elif isinstance(value, list):
            pairs += [(field.key, str(v)) for v in value]
        elif not f.empty(value):
            pairs.append((field.key, str(value)))
    return pairs


def inputs(
    asked: Iterable[f.Field],
    given: Mapping[str, Any],
    wrong: Mapping[str, T],
    community: str = "",
    prefix: str = "",
) -> list[Input]:
    """The questions with what stands in them and what is wrong."""
    return [_input(field, given.get(field.key), wrong.get(field.key), community, prefix) for field in asked]


def _input(field: f.Field, value: Any, error: T | None, community: str, prefix: str) -> Input:
    shared: dict[str, Any] = {
        "help": field.help,
        "error": error,
        "required": field.required,
        "personal": field.personal,
    }
    if field.asked_if:
        shared |= {"asked_by": field.asked_if.field, "asked_values": field.asked_if.values}
    made = Asked(field.key, field.title, _kind(field), **shared, **_details(field, value, community))
    return replace(made, prefix=prefix)


def _kind(field: f.Field) -> Any:
    if isinstance(field, f.Text):
        return "long" if field.lines > 1 else "text"
    if isinstance(field, f.Choice):
        return "many" if field.many else "choice"
    kinds: dict[type, str] = {f.Photos: "photos", f.Contact: "contact", f.Flag: "flag", f.Integer: "number"}
    return kinds.get(type(field)) or {f.Place: "place", f.Day: "date"}.get(type(field), "text")


def _details(field: f.Field, value: Any, community: str) -> dict[str, Any]:
    if isinstance(field, f.Text):
        return {"value": value or "", "at_most": field.at_most, "lines": max(field.lines, 2)}
    if isinstance(field, f.Choice):
        chosen = value if isinstance(value, list) else [value]
        return {"options": [Option(o.key, o.title, on=o.key in chosen) for o in field.options]}
    if isinstance(field, f.Place):
        return _place(community, str(value or ""))
    if isinstance(field, f.Photos):
        shots = [Upload(i, reverse("file-small", args=[i])) for i in value or ()]
        return {"uploads": shots, "at_most": field.at_most, "upload": reverse("upload")}
    if isinstance(field, f.Contact):
        return {"value": value or {}, "autocomplete": "on"}
    if isinstance(field, f.Integer):
        return {"value": value or "", "unit": field.unit}
    return {"value": value or ""}


def _place(community: str, chosen: str) -> dict[str, Any]:
    """Every building of the community by compound, and the community itself for what stands in no building."""
    options = (
        [Option(community, ELSEWHERE, help=place_title(community), on=chosen == community)]
        if community
        else []
    )
    for b in community_buildings(community):
        group = T(b.compound_zh, b.compound_en or b.compound_zh) if b.compound_zh else None
        options.append(Option(b.code, building_title(b), on=b.code == chosen, group=group))
    known = path_title(chosen) if any(o.key == chosen and o.key != community for o in options) else None
    return {"options": options, "known": known}


def typed(post: QueryDict, name: str) -> str:
    """One plain value of a form."""
    return str(post.get(name, "")).strip()
