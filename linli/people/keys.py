"""The two keys of this floor: ``person.key`` seals (AES-256-GCM), ``lookup.key`` makes keyed hashes (HMAC-SHA256).

They lie in ``LINLI_HOME/keys``, are made on first use, readable by their owner only, and belong in no backup. A database
with sealed data and without its keys is refused: a new key would silently make two halves that cannot read each other.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from linli.journal.cipher import Cipher

SEALING, LOOKUP = "person.key", "lookup.key"


class KeyMissing(ImproperlyConfigured):
    """The database holds what only a missing key can open or find."""


class KeyUnfit(ImproperlyConfigured):
    """Something sealed does not open with the key that lies there: it is another deployment's key, or the data were altered."""


def path_of(name: str) -> Path:
    """Where the key file of that name lies."""
    return Path(settings.LINLI_HOME) / "keys" / name


def seal(text: str) -> str:
    """The text sealed; the empty text stays empty."""
    return _cipher(path_of(SEALING)).seal(text.encode()) if text else ""


def unseal(sealed: str) -> str:
    """The text again. Raises: KeyUnfit."""
    if not sealed:
        return ""
    try:
        return _cipher(path_of(SEALING)).open_(sealed).decode()
    except (InvalidTag, ValueError) as wrong:
        raise KeyUnfit(f"{path_of(SEALING)} does not open what the database holds; put back the key made with it") from wrong


def keyed_hash(purpose: str, text: str) -> str:
    """64 hex digits by which equal texts of one purpose are found without standing anywhere in clear."""
    return hmac.new(_lookup(path_of(LOOKUP)), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _cipher(path: Path) -> Cipher:
    refuse_new_key(path)
    return Cipher(path)


@lru_cache(maxsize=8)
def _lookup(path: Path) -> bytes:
    refuse_new_key(path)
    return _key_bytes(path)


def refuse_new_key(path: Path) -> None:
    """Raises: KeyMissing, where the key file is missing and the database holds data made with it."""
    if path.exists():
        return
    held = _held(path.name)
    if held:
        raise KeyMissing(
            f"{path} is missing, but the database holds {held} persons sealed with it. "
            "Put the key file back from where it is kept (keys are in no backup); without it these data stay closed."
        )


def _held(name: str) -> int:
    from linli.people.models import Person

    if name == LOOKUP:
        return Person.objects.exclude(name_hash=None, phone_hash=None).count()
    return Person.objects.exclude(name_sealed="", phone_sealed="").count()


def _key_bytes(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    return _read(path)


def _read(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != 32:
        raise KeyUnfit(f"{path} holds {len(key)} bytes; a key has 32")
    return key
