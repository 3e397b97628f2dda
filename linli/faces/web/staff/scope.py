"""Of which places a page of the staff may speak to this reader, and which of them he chose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from linli.cases.lists import day
from linli.faces.web.parts import Chip, Chips
from linli.faces.web.reader import communities
from linli.people.contact import Masked
from linli.rules.actor import Actor
from linli.rules.place import level_of
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import titles

ERASED = T("资料已删除", "Data erased")
UNNAMED = T("未留姓名", "No name given")


def regions(actor: Actor, roles: Iterable[str] | None = None) -> tuple[str, ...]:
    """The regions in which he holds one of the roles; without them, one of all in which people work."""
    wanted = sorted(set(installed.staff if roles is None else roles) & actor.roles)
    return actor.regions(*wanted) if wanted else ()


def reaches(actor: Actor, place: str, roles: Iterable[str] | None = None) -> bool:
    """Whether the place lies in one of his regions, or holds one of them."""
    return any(place.startswith(r) or r.startswith(place) for r in regions(actor, roles))


def within(actor: Actor, roles: Iterable[str] | None = None) -> list[str]:
    """The communities with buildings that lie in one of his regions, or hold one of them."""
    return [c for c in communities() if reaches(actor, c, roles)]


def community(request: HttpRequest, actor: Actor, roles: Iterable[str] | None = None) -> str:
    """The community that the page is about: the one asked for, else the first of his; empty where he has none.

    Raises: PermissionDenied for a community that is not his.
    """
    own, asked = within(actor, roles), request.GET.get("community", "")
    if asked and asked not in own:
        raise PermissionDenied
    return asked or (own[0] if own else "")


def community_chips(actor: Actor, here: str, address: str, roles: Iterable[str] | None = None) -> list[Chips]:
    """The communities to choose from as chips; nothing where there is only one."""
    own = within(actor, roles)
    if len(own) < 2:
        return []
    named = titles(own)
    chips = [Chip(named[c], f"{address}?community={c}", c == here) for c in own]
    return [Chips(T("社区", "Community"), chips)]


def day_of(request: HttpRequest, now: int) -> tuple[date, bool]:
    """The day asked for as ``day=2026-03-02``, else today; and whether what was asked for is no date."""
    asked = request.GET.get("day", "").strip()
    try:
        return (day(asked) if asked else civil_day(now)), False
    except ValueError:
        return civil_day(now), True


def is_place(code: str) -> bool:
    """Whether a text has the form of a place's code."""
    try:
        return level_of(code) is not None
    except ValueError:
        return False


def name_of(shown: Masked | None) -> T | str:
    """A person's masked name and phone in one line."""
    if shown is None or shown.erased:
        return ERASED
    return " ".join(p for p in (shown.name, shown.phone) if p) or UNNAMED
