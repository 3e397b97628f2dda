"""The hall in which the fund's pages are read: the court with deposits, its people signed in, its clock the pages' clock."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from linli.people import accounts
from tests.faces.browser.reading import CHINESE, OWN, Read
from tests.programmes.fund.court import Court, court

ALL_AGREE = {"a": "agree", "b": "agree", "d": "agree"}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DEPOSITS = {
    "B0001-1-101": "5000.00",
    "B0001-1-102": "4000.00",
    "B0001-1-201": "6000.00",
    "B0001-1-202": "500.00",
}


def hall() -> Court:
    """The court with an account and deposits; nothing is remembered of another one."""
    cache.clear()
    made = court()
    made.account(DEPOSITS)
    return made


def clock(monkeypatch: pytest.MonkeyPatch, it: Court) -> Court:
    """Pages are read at the court's time."""
    time = SimpleNamespace(time_ns=lambda: it.at * 1000)
    monkeypatch.setattr("linli.faces.web.reader.time", time)
    return it


def lasting(language: str, it: Court | None = None, who: str = "") -> Client:
    """A browser in a language, of nobody or of one of the cast."""
    client = Client()
    client.cookies["django_language"] = LANGUAGES[language]
    if it and who:
        phone = phone_of(who)
        account = accounts.for_phone(phone, 1)
        accounts.confirm_phone(account, phone, 1)
        assert account.person_id == it.cast[who].person
        client.force_login(account, backend=BACKEND)
    return client


def text(answer: Any) -> str:
    """What the page says."""
    said: str = answer.content.decode()
    return said


def phone_of(who: str) -> str:
    """The phone under which the court registered somebody."""
    return f"1991{sum(ord(c) * 37**i for i, c in enumerate(who)) % 10**7:07d}"


def unnamed(it: Court, said: str) -> None:
    """Nobody's name, phone or id, and no door stands there."""
    for name in ("a", "b", "c", "d"):
        assert it.owner_id(name) not in said
        assert f"演示{name}" not in said and phone_of(name) not in said
    for door in ("1-101", "1-102", "1-201", "1-202", "1-301"):
        assert f"B0001-{door}" not in said and f"1单元 {door[2:]}" not in said


def english(page: Read) -> list[str]:
    """Chinese of the house's own in headings, buttons, labels and attributes of an English page."""
    headed = [said for inside, said in page.said if inside & OWN] + page.attributes
    return [said for said in headed if CHINESE.search(said) and "康宁街社区" not in said and said != "中文"]
