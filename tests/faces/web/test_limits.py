"""How much one address may send in, and what is kept of a page that somebody of the staff has read."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from PIL import Image

from linli.cases.models import Case, Upload
from linli.faces.web import asking
from linli.faces.web.headers import headers
from linli.faces.web.resident import report
from linli.faces.web.resident.attempts import Attempts
from linli.faces.web.trouble import MOST_BYTES
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.ids import new_id
from tests.cases.community import HOME, town

REPORT = {
    "matter": "楼道灯不亮", "category": "power", "where": HOME, "step": "3",
    "reporter-name": "测试访客", "reporter-phone": "19900001111",
}  # fmt: skip


def photo(shade: int) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(file, "PNG")
    return SimpleUploadedFile("a.png", file.getvalue(), "image/png")


@pytest.mark.django_db
def test_photos_of_strangers_from_one_address_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new session makes no new sender of the same address, neither with a script nor with a plain form."""
    town()
    monkeypatch.setattr(asking, "STRANGERS", Attempts("photo", most=2, seconds=60))
    answers = [Client().post("/file/", {"photo": photo(n)}).status_code for n in range(3)]
    assert answers == [201, 201, 422]
    Client().post("/report/", {**REPORT, "step": "2", "photos": photo(9)})
    assert Upload.objects.count() == 2


@pytest.mark.django_db
def test_reports_of_strangers_from_one_address_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form comes back as it was; a phone that had kept its report is told to try later."""
    town()
    monkeypatch.setattr(report, "STRANGERS", Attempts("report", most=1, seconds=60))
    assert Client().post("/report/", REPORT).status_code == 302
    again = Client().post("/report/", REPORT)
    assert again.status_code == 429 and REPORT["reporter-name"] in again.content.decode()
    kept = Client().post("/report/", REPORT, headers={"Accept": "application/json"})
    assert kept.status_code == 429 and Case.objects.count() == 1


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_refused_unread() -> None:
    """Nothing of it is read, whatever the address."""
    body: Any = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(MOST_BYTES + 1)}
    answer = Client().generic("POST", "/file/", b"--x--", **body)
    assert answer.status_code == 413


def test_what_the_staff_reads_is_not_kept_in_the_browser() -> None:
    """Who signed out at a shared computer is not seen again by going back; a resident's form stays as it was."""

    def kept(role: str) -> str:
        request: Any = RequestFactory().get("/")
        request.actor = Actor(new_id(), (Grant(role, EVERYWHERE),))
        return headers(lambda _: HttpResponse())(request).headers["Cache-Control"]

    assert (kept("clerk"), kept("resident")) == ("private, no-store", "private, no-cache")


@pytest.mark.parametrize(("tls", "trusted"), [("1", "1"), ("", "0")])
def test_only_behind_a_proxy_is_its_word_taken_for_the_address(
    tls: str, trusted: str, tmp_path: Path
) -> None:
    """Without a proxy anybody could write the header and be a new address with every attempt. A new home is its owner's alone."""
    told = "from linli.config import settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    home = tmp_path / "new" / "home"
    env = {**os.environ, "LINLI_TLS": tls, "LINLI_HOME": str(home), "LINLI_DB": "", "LINLI_SECRET": ""}
    said = subprocess.run([sys.executable, "-c", told], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == trusted
    assert oct(home.stat().st_mode)[-3:] == "700"
