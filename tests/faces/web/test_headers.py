"""Every answer tells the browser to run nothing inline, to load nothing from elsewhere and to tell nothing elsewhere."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from linli.faces.web.headers import POLICY, headers, policy

PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": policy(),
}
# Resident, public, sign-in, a programme's own, the guide, a missing page, a refused method, a page that asks to sign in.
ADDRESSES = [
    "/", "/report/", "/track/", "/open/", "/open/map/buildings.json", "/accounts/login/", "/accounts/login/code/",
    "/accounts/signup/", "/visits/", "/today/", "/no/such/page/", "/file/", "/choose/",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_says_it(address: str) -> None:
    answer = Client().get(address)
    assert {name: answer.headers.get(name) for name in PROMISED} == PROMISED
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "private" in answer.headers["Cache-Control"] or "no-store" in answer.headers["Cache-Control"]


def test_nothing_inline_is_allowed_anywhere() -> None:
    said = {source for sources in POLICY.values() for source in sources}
    assert not said & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"}
    assert POLICY["default-src"] == ("'none'",)


def test_a_file_says_it_too(settings: Settings) -> None:
    answer = Client().get("/static/linli/css/tokens.css")
    assert b"--paper" in b"".join(answer)  # read to its end, which closes the file
    assert answer.headers["Content-Security-Policy"] == policy()
    assert "public" in answer.headers["Cache-Control"]


def answering(view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    answer = headers(view)(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    return answer


def test_what_is_stricter_stays() -> None:
    strict = "default-src 'none'; sandbox"
    answer = answering(lambda _: HttpResponse(headers={"Content-Security-Policy": strict}))
    assert answer.headers["Content-Security-Policy"] == strict


@pytest.mark.django_db
def test_a_page_that_breaks_says_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("broken")

    monkeypatch.setattr("linli.faces.web.resident.home.own_cases", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"] == policy()


def test_a_form_may_lead_to_the_organisations_that_sign_their_people_in(settings: Settings) -> None:
    app = {
        "settings": {"server_url": "https://sign.example.org/realms/street/.well-known/openid-configuration"}
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    said = answering(lambda _: HttpResponse()).headers["Content-Security-Policy"]
    assert "form-action 'self' https://sign.example.org;" in said


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites() -> None:
    client = Client()
    client.get("/report/")
    client.post("/choose/", {"lang": "en"})
    cookies = client.cookies
    assert {name: cookies[name]["samesite"] for name in cookies} == dict.fromkeys(cookies, "Lax")
    # The two that say nothing about anybody are read by our own script.
    assert {n for n in cookies if not cookies[n]["httponly"]} <= {"django_language", "linli_size"}


@pytest.mark.parametrize(("tls", "secure"), [("1", "True True 15552000"), ("", "False False 0")])
def test_over_tls_cookies_stay_there(tls: str, secure: str, tmp_path: Path) -> None:
    told = "from linli.config import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    surroundings = {**os.environ, "LINLI_TLS": tls, "LINLI_HOME": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", told], env=surroundings, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == secure
