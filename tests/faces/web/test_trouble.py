"""What cannot be read is answered with a page that says why, in both languages."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "says"), [("zh-hans", "一次送得太多了"), ("en", "That was too much at once")]
)
def test_too_much_at_once(code: str, says: str, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client = Client()
    client.cookies["django_language"] = code
    answer = client.post("/report/", {"step": "1", "matter": "很长" * 1000})
    assert answer.status_code == 413
    assert f"<h1>{says}</h1>" in answer.content.decode()


def test_a_form_without_its_token_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/report/", {"step": "1"})
    assert answer.status_code == 403
    assert "这一页放得太久了" in answer.content.decode()
