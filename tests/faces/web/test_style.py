"""The style guide shows every part in every state, in both languages, to everybody who may see it and to nobody else."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

import linli.faces.web
from linli.faces.web.style.views import PAGES, TROUBLE

TEMPLATES = Path(linli.faces.web.__file__).parent / "templates" / "linli"
EVERY = [*(f"/style/{name}/" for name in PAGES), *(f"/style/trouble/{name}/" for name in TROUBLE)]
CHINESE = re.compile(r"[一-鿿]+")
TAGS = re.compile(r"<[^>]+>")
# The other language is named in itself; a masked name is a name.
UNTRANSLATED = {"中文", "王"}
FIRST_PAGE = 150_000


@pytest.mark.parametrize("address", EVERY)
def test_every_page_of_the_guide_can_be_had_in_both_languages(address: str, demo: Settings) -> None:
    chinese, english = Client(), Client()
    english.cookies["django_language"] = "en"
    first, second = (c.get(address).content.decode() for c in (chinese, english))
    assert '<html lang="zh-Hans"' in first
    assert '<html lang="en"' in second
    assert set(CHINESE.findall(TAGS.sub(" ", second))) <= UNTRANSLATED


def test_there_is_no_guide_outside_a_demonstration(settings: Settings, demo: Settings) -> None:
    settings.LINLI_DEMO = False
    assert [Client().get(address).status_code for address in EVERY] == [404] * len(EVERY)


def test_the_guide_shows_every_part() -> None:
    shown = "".join(p.read_text("utf-8") for p in TEMPLATES.rglob("*.html"))
    parts = {f"linli/parts/{p.name}" for p in (TEMPLATES / "parts").glob("*.html")}
    assert {part for part in parts if part not in shown} == set()


@pytest.mark.parametrize("address", ["/style/home/", "/style/today/"])
def test_a_first_page_is_light(address: str, demo: Settings) -> None:
    html = Client().get(address).content
    files = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg))"', html.decode())
    sent = {file: len(b"".join(Client().get(file))) for file in files}
    assert len(html) + sum(sent.values()) < FIRST_PAGE, sent


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_an_error_page_needs_nothing_but_itself(template: str, demo: Settings) -> None:
    assert 'class="note-code"' in render_to_string(template)


def test_letters_and_language_are_chosen_by_post_and_remembered(demo: Settings) -> None:
    client = Client()
    answer = client.post(reverse("choose"), {"size": "large", "next": "/style/home/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/style/home/")
    client.post(reverse("choose"), {"lang": "en"})
    assert '<html lang="en" data-size="large"' in client.get("/style/home/").content.decode()


@pytest.mark.parametrize("elsewhere", ["//example.org/", "https://example.org/", "javascript:alert(1)", ""])
def test_choosing_leads_nowhere_else(elsewhere: str, demo: Settings) -> None:
    assert Client().post(reverse("choose"), {"lang": "en", "next": elsewhere}).headers["Location"] == "/"


def test_what_is_not_offered_cannot_be_chosen(demo: Settings) -> None:
    answer = Client().post(reverse("choose"), {"lang": "xx", "size": "giant"})
    assert not answer.cookies


# The error pages share one frame: one of them stands for all.
LOOKED_AT = [*(f"/style/{name}/" for name in PAGES), "/style/trouble/403/"]
LOOKS = {
    "a phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "a phone in large letters": {"viewport": {"width": 360, "height": 740}, "is_mobile": True},
    "a phone in large letters, English, dark": {
        "viewport": {"width": 360, "height": 740},
        "color_scheme": "dark",
    },
    "a desk": {"viewport": {"width": 1280, "height": 800}},
    "a desk, English, dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(look: str, browser: Browser, site: str) -> None:
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **LOOKS[look])  # type: ignore[arg-type]
    chosen = {
        "django_language": "en" if "English" in look else "zh-hans",
        "linli_size": "large" if "large" in look else "normal",
    }
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in chosen.items()])
    page, found, said = context.new_page(), {}, []
    page.on("console", lambda message: said.append(message.text))
    for address in LOOKED_AT:
        page.goto(site + address)
        faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        found[address] = [f"{f['id']}: {node['html'][:120]}" for f in faults for node in f["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[address].append("scrolls sideways")
    context.close()
    assert {address: faults for address, faults in found.items() if faults} == {}
    assert [text for text in said if "Failed to load resource" not in text] == []
