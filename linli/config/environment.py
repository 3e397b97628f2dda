"""What the surroundings say: environment variables and the secret key, read once at start."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TILE_DATUMS = ("wgs84", "cgcs2000", "gcj02")


def home() -> Path:
    """The folder that holds everything a deployment owns (database, keys, uploads): ``LINLI_HOME``."""
    return Path(os.environ.get("LINLI_HOME", "var")).resolve()


def flag(name: str) -> bool:
    """Whether the variable says yes: 1, true, yes or on."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def hosts() -> list[str]:
    """The names under which the site is reached: ``LINLI_HOSTS``, divided by commas."""
    return os.environ.get("LINLI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")


def secret() -> str:
    """The signing secret: ``LINLI_SECRET``, else a key file of our own, made on first use, readable by its
    owner only.
    """
    given = os.environ.get("LINLI_SECRET")
    if given:
        return given
    home().mkdir(parents=True, exist_ok=True, mode=0o700)  # what people said stands in it
    path = home() / "keys" / "secret.key"
    path.parent.mkdir(exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    value = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(value)
    return value


def database() -> dict[str, object]:
    """The one setting ``LINLI_DB``: empty for SQLite in the home folder, or ``postgresql://user:password@host:port/name``.

    Durability: an acknowledged act survives a power cut under ``synchronous=FULL`` with WAL on SQLite and under
    PostgreSQL's ``fsync=on`` and ``synchronous_commit=on``, which are its defaults.
    """
    url = os.environ.get("LINLI_DB", "").strip()
    if not url:
        return _sqlite(home() / "linli.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"LINLI_DB: {parts.scheme!r} is not known; use postgresql://user@host/name or leave it empty"
        )
    return _postgresql(url)


def tiles() -> dict[str, str] | None:
    """An outside map under our own shapes, or none: ``LINLI_TILES``, an address with {z}, {x} and {y}; ``LINLI_TILES_CREDIT``, whose
    map it is; ``LINLI_TILES_DATUM``, what it is drawn in: wgs84, cgcs2000, gcj02 (Amap, Tencent).
    """
    url = os.environ.get("LINLI_TILES", "").strip()
    if not url:
        return None
    parts, datum = urlsplit(url), os.environ.get("LINLI_TILES_DATUM", "wgs84").strip().lower()
    if parts.scheme not in {"http", "https"} or not all(part in url for part in ("{z}", "{x}", "{y}")):
        example = "https://tiles.example.org/{z}/{x}/{y}.png"
        raise ImproperlyConfigured(
            f"LINLI_TILES: {url!r} is no address of tiles; write one such as {example}"
        )
    if "{" in parts.netloc and not parts.netloc.startswith("{s}."):
        raise ImproperlyConfigured(
            f"LINLI_TILES: in {parts.netloc!r} only the first name can be {{s}}; write the host out"
        )
    if datum not in TILE_DATUMS:
        known = ", ".join(TILE_DATUMS)
        raise ImproperlyConfigured(f"LINLI_TILES_DATUM: {datum!r} is not known; write one of {known}")
    origin = f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    credit = os.environ.get("LINLI_TILES_CREDIT", "").strip()
    return {"url": url, "credit": credit, "datum": datum, "origin": origin}


def _sqlite(path: Path) -> dict[str, object]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": pragmas},
        "TEST": {"NAME": path.with_name("test-" + path.name)},
    }


def _threshold(text: str) -> int | None:
    """After how many times a statement is prepared; None for never."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text.lower() == "none":
        return None
    raise ImproperlyConfigured(f"LINLI_DB: prepare_threshold={text!r} is no number; write a number, or none")


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        # Statements that come again are prepared; behind a pooler that cannot keep them: ?prepare_threshold=none
        "OPTIONS": {**query, "prepare_threshold": _threshold(query.get("prepare_threshold", "3"))},
    }
