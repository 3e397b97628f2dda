"""The one setting of the database: what it takes, and what it says to what it does not take."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from linli.config import environment


def _database(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    monkeypatch.setenv("LINLI_DB", url)
    return environment.database()


def test_a_postgresql_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """User, password, host, port, name; options after the question mark; statements that come again are prepared."""
    found = _database(monkeypatch, "postgresql://linli:a%40b@db.example:5433/streets?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "linli",
        "a@b",
        "db.example",
        "5433",
    )
    assert found["NAME"] == "streets"
    assert found["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 3}


def test_behind_a_pooler_nothing_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _database(monkeypatch, "postgresql:///linli?prepare_threshold=none")["OPTIONS"] == {
        "prepare_threshold": None
    }


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://linli@db/linli", "'mysql' is not known"),
        ("postgresql:///linli?prepare_threshold=often", "'often' is no number"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, url: str, says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        _database(monkeypatch, url)


def _tiles(monkeypatch: pytest.MonkeyPatch, url: str, datum: str = "wgs84") -> dict[str, str] | None:
    monkeypatch.setenv("LINLI_TILES", url)
    monkeypatch.setenv("LINLI_TILES_DATUM", datum)
    return environment.tiles()


def test_an_outside_map_is_an_address_with_its_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _tiles(monkeypatch, "") is None
    found = _tiles(monkeypatch, "https://{s}.tiles.example/{z}/{x}/{y}.png", "GCJ02")
    assert found is not None
    assert (found["origin"], found["datum"]) == ("https://*.tiles.example", "gcj02")


@pytest.mark.parametrize(
    ("url", "datum", "says"),
    [
        ("https://tiles.example/{z}/{x}.png", "wgs84", "is no address of tiles"),
        ("ftp://tiles.example/{z}/{x}/{y}", "wgs84", "is no address of tiles"),
        ("https://t{s}.example/{z}/{x}/{y}", "wgs84", "only the first name"),
        ("https://tiles.example/{z}/{x}/{y}", "bd09", "'bd09' is not known"),
    ],
)
def test_an_outside_map_that_cannot_be_is_refused_at_the_start(
    url: str, datum: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        _tiles(monkeypatch, url, datum)
