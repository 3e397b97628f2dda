"""The office in which the fund’s staff pages are read: the court with deposits, its staff signed in, what a page says."""

from __future__ import annotations

import io
import re
import time
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from linli.people import accounts, assigning, persons
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.worktime import DAY
from tests.cases.community import COMMUNITY
from tests.programmes.fund.court import START, Court, court
from tests.programmes.fund.hall import BACKEND, DEPOSITS

WATCHERS = ("auditor", "leader")
READERS = ("committee", "housing", "community", "street", *WATCHERS)
OTHERS = ("property", "grid", "a", "resident")
CHOICES = ("agree", "against", "abstain", "同意", "弃权", "For<", "Against")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HEADED = re.compile(r"<(h[1-3]|button|title|th|dt|summary|label|caption)\b[^>]*>(.*?)</\1>", re.S)
SAID = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"')
OWN_WORDS = (
    "甲公司",
    "乙公司",
    "电梯更新 甲苑",
    "电梯更新",
    "甲苑",
    "1号楼",
    "开工",
    "完工",
    "中文",
    "演示",
    "测试",
    "邻里",
    "红叶",
)
"""Names that somebody gave in Chinese, and how the way to the other language is called: they stand on English pages too."""


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Court:
    """A court with an account, the clock of its pages standing where the court's does."""
    made = court()
    made.account(DEPOSITS)
    monkeypatch.setattr(staffdoor, "now", lambda: made.at)
    return made


def _watcher(it: Court, name: str) -> Actor:
    phone = f"1992{sum(map(ord, name)):07d}"
    person = persons.register(
        name=f"演示{name}", phone=phone, kind="staff", at=START - DAY, by=THE_SYSTEM, key=f"w/{name}"
    )
    return it.cast.setdefault(name, Actor(person, (Grant(name, COMMUNITY),)))


def signed_in(it: Court, name: str, language: str = "zh-hans") -> Client:
    """The browser of one of the cast, signed in with a second factor, with his duties of today."""
    actor = it.cast.get(name) or _watcher(it, name)
    assert actor.person
    for grant in actor.grants:
        if grant.role not in ("resident", "public"):
            assigning.assign(
                person=actor.person, role=grant.role, region=grant.region, unit=grant.unit, starts=date(2020, 1, 1),
                by=THE_SYSTEM, at=START, key=f"duty/{name}/{grant.role}",
            )  # fmt: skip
    account = accounts.give_account(
        actor.person, f"t-{name.lower()}", "nobody-signs-in-so", by=THE_SYSTEM, at=START, key=f"acc/{name}"
    )
    client = Client()
    client.force_login(account, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    client.cookies["django_language"] = language
    return client


def text(answer: Any) -> str:
    """What a page says."""
    found: str = answer.content.decode()
    return found


def main(page: str) -> str:
    """The page without its frame."""
    return page[page.index('<main id="main"') : page.index("</main>")]


def use_page(client: Client, use: UUID, query: str = "") -> str:
    answer = client.get(f"/staff/fund/use/{use}/{query}")
    assert answer.status_code == 200
    return text(answer)


def english(page: str) -> None:
    """Headings, buttons and attributes hold no Chinese but what somebody wrote."""
    said = [re.sub(r"<[^>]+>", "", part) for _, part in HEADED.findall(page)] + SAID.findall(page)
    for one in said:
        for word in OWN_WORDS:
            one = one.replace(word, "")
        assert not CHINESE.search(one), one


def sheet(answer: Any) -> list[list[Any]]:
    """The rows of a workbook’s first sheet."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


def stage(page: str) -> str:
    """The stage at which a use stands."""
    found = re.search(r'<li class="(?:now|stopped)".*?stage-title">([^<]*)', page, re.S)
    return found[1] if found else ""
