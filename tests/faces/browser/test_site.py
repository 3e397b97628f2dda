"""Every page of the site as people of every role meet it: nothing is missing or broken, in both languages, on phone and desk."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import linli
from tests.faces.browser.looking import Look, look_at
from tests.faces.browser.people import EVERYBODY, NOBODY, RESIDENT, Site
from tests.faces.browser.reading import CHINESE, OWN, read
from tests.faces.browser.walk import Visit, Walk, crawl, routes

MASKED = re.compile(r"[㐀-鿿]{1,2}\*\*")
SENTENCE = ("。", "！", "？")
PAIR = re.compile(r'(?:\bT\(|{%\s*t )\s*"([^"{]+)",?\s*"([^"]*)"')
# Nobody comes to these by a link; each says where else it is looked at.
ELSEWHERE = {
    "upload": "takes a photo: tests/cases and the report with photos",
    "report-sent": "follows a report: test_resident.py",
    "worker": "a script: test_offline.py",
    "join": "takes a POST: tests/faces/resident",
    "choose": "takes a POST: tests/faces/web",
    "file-small": "an image inside a page, which fails the walk if it does not load",
    "open-map-data": "fetched by the open map, which fails the walk if it does not load",
    "map-data": "fetched by the staff's map, which fails the walk if it does not load",
    "case-contact": "takes a POST with a reason: tests/faces/staff",
    "household-contact": "takes a POST with a reason: tests/faces/staff",
    "settings-agree": "takes a POST: tests/faces/staff",
    "settings-sign-out": "takes a POST: tests/faces/staff",
    "account_confirm_login_code": "the second step of signing in, which the walk takes",
    "mfa_authenticate": "the second step of signing in, which the walk takes",
    "account_logout": "ends what the others need: test_resident.py",
    "mfa_download_recovery_codes": "a file: tests/people",
    "mfa_generate_recovery_codes": "makes new codes: tests/people",
    "mfa_login_webauthn": "answers a script with JSON: tests/people",
    "mfa_reauthenticate": "asked for before a change of one's own factors: tests/people",
    "mfa_reauthenticate_webauthn": "needs a passkey: tests/people",
    "mfa_remove_webauthn": "needs a passkey: tests/people",
    "mfa_edit_webauthn": "needs a passkey: tests/people",
    "openid_connect_login": "leads to an organisation's own site",
    "openid_connect_callback": "comes from an organisation's own site",
    "search": "takes a POST: tests/faces/staff",
    "batch": "takes a POST: tests/faces/staff",
    "staff-fund-door": "takes a POST: tests/programmes/fund",
    "event-gate-worker": "a script: tests/programmes/public_events/test_gate.py",
    "event-gate-list": "answers the gate's script with JSON: tests/programmes/public_events/test_gate.py",
    "event-gate-in": "takes a POST: tests/programmes/public_events/test_gate.py",
    "calendar-person": "a feed under a secret name: tests/cases/test_happening.py",
    "council-minutes": "a PDF: tests/programmes/deliberation",
    "mediation-mine": "a party's own page, under a confidential id: tests/programmes/mediation",
    "staff-law-give": "takes a POST: tests/programmes/legal_services",
    "volunteer-certificate": "a resident's own paper: tests/programmes/volunteering",
    "keep-view": "takes a POST: tests/faces/staff",
    "change-view": "takes a POST: tests/faces/staff",
    "columns": "takes a POST: tests/faces/staff",
    "mfa_activate_totp": "asks for the password first, and there the walk ends: tests/people",
    "mfa_deactivate_totp": "asks for the password first, and there the walk ends: tests/people",
    "mfa_add_webauthn": "asks for the password first, and there the walk ends: tests/people",
    "style": "the guide, drawn and looked at by tests/faces/web",
    "style-page": "the guide, drawn and looked at by tests/faces/web",
    "style-trouble": "the guide, drawn and looked at by tests/faces/web",
}


@pytest.fixture(scope="session")
def walks(site: Site, browser: Browser) -> dict[str, Walk]:
    """Everybody's walk through the site, in Chinese."""
    done: dict[str, Walk] = {}
    for who in EVERYBODY:
        context = site.enter(browser, who)
        site.speak(context, "zh")
        done[who] = crawl(context, site, who, {v.route for w in done.values() for v in w.visits})
        context.close()
    return done


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who or "nobody")
def test_every_link_leads_somewhere(who: str, walks: dict[str, Walk]) -> None:
    assert walks[who].wrong == []
    assert len(walks[who].visits) > 3


def test_every_route_is_visited_or_says_why_not(walks: dict[str, Walk]) -> None:
    visited = {v.route for w in walks.values() for v in w.visits} | {
        n for w in walks.values() for n in w.files
    }
    assert set(routes()) - visited - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) - set(routes()) == set()


def chosen(walks: dict[str, Walk]) -> dict[str, list[str]]:
    """Who looks at what in a browser: a route by the first who reaches it, what looks different for others by them too."""
    seen: dict[str, list[str]] = {}
    known: set[str] = set()
    for who, walk in walks.items():
        for visit in walk.visits:
            if visit.status == 200 and (visit.route not in known or _differs(visit)):
                seen.setdefault(who, []).append(visit.address)
        known |= {v.route for v in walk.visits}
    return {who: list(dict.fromkeys(addresses)) for who, addresses in seen.items()}


def _differs(visit: Visit) -> bool:
    return visit.route in ("today", "case", "home") and visit.who in (
        RESIDENT,
        "community1",
        "property",
        "auditor",
    )


def look(who: str, language: str, on: str) -> Look:
    """Axe reads a page in each language and each width once; touch is a matter of phones."""
    axe = (language, on) in {("zh", "phone"), ("en", "desk")}
    return Look(who, language, on, axe=axe, touch=who in (NOBODY, RESIDENT) and on == "phone")


def ways_of_looking(who: str) -> tuple[tuple[str, str], ...]:
    """Chinese on a desk is the roomiest of the four, and what breaks there breaks in one of these; English on a phone is the narrowest,
    and matters to whoever has nothing but a phone.
    """
    both = (("zh", "phone"), ("en", "desk"))
    return (*both, ("en", "phone")) if who in (NOBODY, RESIDENT) else both


LARGE = ["/", "/report/", "/mine/", "/track/", "/open/", "/open/map/", "/accounts/login/code/"]


def test_pages_in_large_letters_and_in_the_dark(walks: dict[str, Walk], site: Site) -> None:
    own = [v.address for v in walks[RESIDENT].visits if v.route == "mine-case"]
    desk = [v.address for v in walks["community1"].visits if v.route in ("today", "cases", "case", "map")]
    looks = [
        (Look(RESIDENT, "zh", size="large", touch=True), [*LARGE, *own]),
        (Look(RESIDENT, "en", size="large", scheme="dark"), [*LARGE, *own]),
        (Look("community1", "zh", on="desk", scheme="dark"), desk),
    ]
    assert look_at(site, looks) == []


def test_pages_in_a_browser(walks: dict[str, Walk], site: Site) -> None:
    pages = chosen(walks)
    looks = [
        (look(who, language, on), addresses)
        for who, addresses in pages.items()
        for language, on in ways_of_looking(who)
    ]
    assert look_at(site, looks) == []


def test_no_chinese_is_left_on_an_english_page(walks: dict[str, Walk], site: Site, browser: Browser) -> None:
    left: dict[str, list[str]] = {}
    for who, addresses in chosen(walks).items():
        context = site.enter(browser, who)
        site.speak(context, "en")
        left |= {f"{who} {a}": own_chinese(context.request.get(a).text()) for a in addresses}
        context.close()
    assert {page: words for page, words in left.items() if words} == {}


def own_chinese(html: str) -> list[str]:
    """Chinese of the house's own on an English page: in headings, buttons and labels, in what a screen reader is told, and
    anywhere else what the house says in Chinese word for word. Names are masked, and what somebody reported is a sentence.
    """
    page, ours = read(html), catalogue()
    headed = [text for inside, text in page.said if inside & OWN] + page.attributes
    left = {text for text in headed if CHINESE.search(MASKED.sub("", text)) and not text.endswith(SENTENCE)}
    return sorted(left | {text for _, text in page.said if text in ours})


@cache
def catalogue() -> frozenset[str]:
    """Every Chinese text that has an English one beside it in the project, the demonstration's inventions left out."""
    house = Path(linli.__file__).parent
    files = [p for p in house.rglob("*") if "demo" not in str(p.relative_to(house))]
    pairs = (PAIR.findall(p.read_text("utf-8")) for p in files if p.suffix in (".py", ".html"))
    return frozenset(
        zh for found in pairs for zh, en in found if zh != en and CHINESE.search(MASKED.sub("", zh))
    )
