"""A resident without an account reports, follows with his code, and nobody else sees it. No script is used."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from linli.cases.models import Case, Seat, Upload
from linli.people import accounts
from linli.rules.text import T
from linli.territory import buildings, regions

COMMUNITY = "140105006002"
BUILDING = f"{COMMUNITY}B0003"
MATTER = "三层楼道灯不亮，已经三天了，老人看不清。"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place() -> None:
    regions.load([regions.RegionRow(COMMUNITY, "康宁街社区", "Kangning Street")])
    ring = ((112.56, 37.78), (112.57, 37.78), (112.57, 37.79), (112.56, 37.78))
    buildings.load(
        [buildings.BuildingRow(BUILDING, T("3号楼", "Building 3"), T("康宁苑", "Kangning Court"), 6, 3, ring)]
    )


def photo() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "JPEG")
    file.seek(0)
    file.name = "a name that says nothing.txt"
    return file


def carried(html: str) -> dict[str, list[str]]:
    """What the report's own form would send back."""
    form = html[html.index("data-draft=") :]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: [v for n, v in pairs if n == name] for name, _ in pairs}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def walk(client: Client, category: str = "power", **last: str) -> Any:
    """The three steps; the answer to the last."""
    page = text(client.get(f"/report/?at={BUILDING}"))
    page = text(client.post("/report/", {**carried(page), "matter": MATTER, "category": category}))
    page = text(client.post("/report/", {**carried(page), "where": BUILDING, "photos": photo()}))
    client.last = {**carried(page), **last}  # type: ignore[attr-defined]
    return client.post("/report/", client.last)  # type: ignore[attr-defined]


def reached(client: Client) -> tuple[str, str, str]:
    """Number, code and address from the receipt."""
    page = text(client.get("/report/sent/"))
    number, code = re.findall(r'code-big number">(.*?)<', page)
    found = re.search(r"/mine/[0-9a-f-]+/", page)
    assert found
    return number, code, found[0]


def test_three_steps_make_a_case_with_a_photo() -> None:
    client = Client()
    assert walk(client, **{"reporter-name": "张三", "reporter-phone": "13800000001"}).status_code == 302
    case = Case.objects.get()
    assert (case.place, case.category) == (BUILDING, "power")
    assert Upload.objects.get().case == case.id


def test_sent_again_it_is_the_same_case_and_the_same_code() -> None:
    client = Client()
    walk(client)
    first = reached(client)
    assert client.post("/report/", client.last).status_code == 302  # type: ignore[attr-defined]
    assert reached(client) == first
    assert Case.objects.count() == 1


def test_the_code_opens_it_for_another_browser_and_nothing_else_does() -> None:
    client, other = Client(), Client()
    walk(client)
    number, code, url = reached(client)
    image = f"/file/{Upload.objects.get().id}/"
    assert [other.get(u).status_code for u in (url, image)] == [404, 404]
    assert other.post("/track/", {"number": number, "code": "AAAAAAAAAA"}).status_code == 422
    assert other.post("/track/", {"number": number, "code": code.lower()}).headers["Location"] == url
    assert MATTER in text(other.get(url))
    shown = other.get(image)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "Content-Disposition" in shown


def test_the_code_stands_nowhere_in_the_database() -> None:
    client = Client()
    walk(client)
    _, code, _ = reached(client)
    assert all(code not in head for head in Seat.objects.values_list("head", flat=True))


def test_what_is_missing_leads_to_its_step_with_everything_typed() -> None:
    page = text(Client().post("/report/", {"step": "1", "matter": MATTER}))
    assert "f-category-wrong" in page and MATTER in page


def test_a_file_that_is_no_photo_is_refused_at_its_field() -> None:
    file = BytesIO(b"#!/bin/sh")
    file.name = "photo.jpg"
    answer = Client().post(
        "/report/", {"step": "2", "matter": MATTER, "category": "power", "where": BUILDING, "photos": file}
    )
    assert answer.status_code == 422
    assert "这个文件不是照片" in text(answer)


def test_urging_moves_nothing_and_twice_with_one_key_is_once() -> None:
    client = Client()
    walk(client)
    _, _, url = reached(client)
    case = Case.objects.get()
    sent = {"action": "urge", "seen": str(case.seq), "key": "act/once"}
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    case.refresh_from_db()
    assert case.seq == 2


def test_after_ten_wrong_codes_one_has_to_wait() -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    answers = [
        client.post("/track/", {"number": "LL-2026-0001", "code": "AAAAAAAAAA"}).status_code
        for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/report/",
        "/mine/",
        "/track/",
        "/notices/",
        "/open/",
        "/open/map/",
        "/open/verify/",
        f"/door/{BUILDING}/",
    ],
)
def test_every_page_opens_in_both_languages(url: str) -> None:
    client = Client()
    assert 'lang="zh-Hans"' in text(client.get(url))
    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in text(client.get(url))


def test_public_pages_tell_nothing_of_what_was_written() -> None:
    client = Client()
    walk(client, **{"reporter-name": "张三丰", "reporter-phone": "13800000001"})
    stranger = Client()
    listing = re.findall(r'/open/figure/[^"]+', text(stranger.get("/open/")))
    pages = [
        text(stranger.get(u.replace("&amp;", "&")))
        for u in ("/open/", "/open/map/", "/open/map/buildings.json", *listing)
    ]
    assert listing and all(
        secret not in page for page in pages for secret in ("张三丰", "楼道灯", "13800000001")
    )


def test_a_neighbour_joins_instead_of_reporting_again_once_he_has_signed_in() -> None:
    walk(Client())
    case, url = Case.objects.get(), f"/same/{Case.objects.get().id}/"
    stranger = Client()
    assert stranger.post(url).headers["Location"].startswith("/accounts/")
    account = accounts.for_phone("13800000002", 1)
    accounts.confirm_phone(account, "13800000002", 1)
    neighbour = Client()
    neighbour.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert neighbour.post(url).headers["Location"] == f"/mine/{case.id}/"
    assert Seat.objects.filter(case=case.id, head=str(account.person_id)).count() == 1
    assert neighbour.get(f"/mine/{case.id}/").status_code == 200
    assert case.number in text(neighbour.get("/mine/")) or case.title in text(neighbour.get("/mine/"))


def test_what_concerns_one_alone_is_shown_to_no_stranger_and_joined_by_nobody() -> None:
    """Whoever guesses at a building what somebody may have asked for learns nothing; the same words about a lamp are shown."""
    walk(Client(), "care", **{"reporter-name": "张三丰", "reporter-phone": "13800000001"})
    case = Case.objects.get()
    stranger, neighbour = Client(), signed_in("13800000002")
    for client in (stranger, neighbour):
        page = text(
            client.post("/report/", {"matter": MATTER, "category": "power", "where": BUILDING, "step": "2"})
        )
        assert f"/same/{case.id}/" not in page and "民生与照护" not in page[page.index("<main") :]
    neighbour.post(f"/same/{case.id}/")
    assert neighbour.get(f"/mine/{case.id}/").status_code == 404
    Case.objects.filter(id=case.id).update(facts=case.facts.replace('"care"', '"power"'), category="power")
    form = {"matter": MATTER, "category": "power", "where": BUILDING, "step": "2"}
    assert f"/same/{case.id}/" in text(stranger.post("/report/", form))


def signed_in(phone: str) -> Client:
    account = accounts.for_phone(phone, 1)
    accounts.confirm_phone(account, phone, 1)
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_what_a_phone_had_kept_is_answered_without_a_page_and_once() -> None:
    client, headers = Client(), {"Accept": "application/json"}
    kept = {
        "key": "report/of-the-phone",
        "step": "3",
        "matter": MATTER,
        "category": "power",
        "where": BUILDING,
    }
    answers = [client.post("/report/of/demand/", kept, headers=headers) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Case.objects.get().number == answers[0].json()["number"]
    unfit = client.post(
        "/report/of/demand/", {**kept, "key": "report/other", "category": ""}, headers=headers
    )
    assert (unfit.status_code, unfit.json()["reason"]) == (422, "类别：这一项要填写")


def test_the_worker_holds_ready_every_file_of_the_page_that_it_shows() -> None:
    told = text(Client().get("/worker.js"))
    assert "/static/linli/js/kept.js" in told and 'const KEPT = "/report/kept/";' in told
    assert all(Client().get(f).status_code == 200 for f in ["/report/kept/"])
