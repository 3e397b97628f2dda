"""The hall in which events are tried out: an event with a session, its people signed in, the clock of the pages."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from linli.cases.models import Case
from linli.people import accounts, assigning
from linli.rules.actor import THE_SYSTEM
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, FOUNDED, Town, town

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON = day_start(date(2026, 3, 12)) + 12 * HOUR
MINUTE = HOUR // 60
ABOUT = {
    "title": "科学电影走进场馆", "kind": "science", "about": "看一场科学电影。", "whom": "families",
    "partners": [{"unit": "科学教育专区", "part": "host"}],
    "venues": [{"venue": "南河自然馆", "address": "南河路 18 号", "access": "step_free", "seats": 60, "reach": "12 路"}],
}  # fmt: skip


@dataclass
class Hall:
    """The town with one event; ``at`` is the time of the next act, and of the pages."""

    town: Town
    at: int
    event: UUID

    def act(self, case: UUID, by: str, do: str, **answers: Any) -> Any:
        """One act now; the clock goes on a second."""
        self.at += 1_000_000
        return self.town.act(case, by, do, self.at, answers)

    def plan(self, starts: int, title: str = "《深海的灯》", **more: Any) -> UUID:
        """A session of the event, which begins at that time (µs UTC)."""
        self.at += 1_000_000
        asked = {"title": title, "starts": when_of(starts), "minutes": 90, "capacity": 4, **more}
        known = {"where": COMMUNITY, "event": str(self.event)}
        made: UUID = self.town.act(
            ("event_session", COMMUNITY), "organiser", "plan", self.at, {**known, **asked}
        ).case
        return made

    def person(self, who: str) -> str:
        """The id of somebody of the cast."""
        return str(self.town.cast[who].person)

    def state(self, case: UUID) -> str:
        """Where a case stands."""
        return Case.objects.get(id=case).state


def hall(at: int = NOON, **more: Any) -> Hall:
    """The town, and an event that runs for two months around that time."""
    cache.clear()
    made = town()
    days = {"begins_on": when_of(at - DAY)[:10], "ends_on": when_of(at + 60 * DAY)[:10]}
    asked = {**ABOUT, **days, "where": COMMUNITY, **more}
    event = made.act(("event_programme", COMMUNITY), "organiser", "announce", at, asked).case
    return Hall(made, at, event)


def clock(monkeypatch: pytest.MonkeyPatch, it: Hall) -> Hall:
    """Pages are read at the hall's time."""
    monkeypatch.setattr("linli.faces.web.reader.time", SimpleNamespace(time_ns=lambda: it.at * 1000))
    return it


def signed_in(it: Hall, who: str, language: str = "zh-hans") -> Client:
    """The browser of one of the cast: a resident by his phone, staff with a second factor and his duties."""
    actor, client = it.town.cast[who], Client()
    assert actor.person
    client.cookies["django_language"] = language
    roles = [g for g in actor.grants if g.role not in ("resident", "public")]
    for grant in roles:
        assigning.assign(
            person=actor.person, role=grant.role, region=grant.region, starts=FOUNDED, by=THE_SYSTEM,
            at=day_start(FOUNDED), key=f"duty/{who}/{grant.role}",
        )  # fmt: skip
    account = accounts.give_account(
        actor.person,
        f"t-{who}",
        "nobody-signs-in-so",
        by=THE_SYSTEM,
        at=day_start(FOUNDED),
        key=f"account/{who}",
    )
    client.force_login(account, backend=BACKEND)
    if roles:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
    return client


def text(answer: Any) -> str:
    """What a page says."""
    said: str = answer.content.decode()
    return said


def main(answer: Any) -> str:
    """The page without its frame."""
    page = text(answer)
    return page[page.index('<main id="main"') : page.index("</main>")]
