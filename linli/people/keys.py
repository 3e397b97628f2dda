"""The two keys of this floor: ``person.key`` seals (AES-256-GCM), ``lookup.key`` makes keyed hashes (HMAC-SHA256).

They lie in ``LINLI_HOME/keys``, are made on first use, readable by their owner only, and belong in no backup. A database
with sealed data and without its keys is refused: a new key would silently make two halves that cannot read each other.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from linli.journal.cipher import Cipher, Unopenable
from linli.journal.keyfile import read_or_make

SEALING, LOOKUP = "person.key", "lookup.key"


class KeyMissing(ImproperlyConfigured):
    """The database holds what only a missing key can open or find."""


class KeyUnfit(ImproperlyConfigured):
    """Something sealed does not open with the key that lies there: it is another database's key, or the data were altered."""


def path_of(name: str) -> Path:
    """Where the key file of that name lies."""
    return Path(settings.LINLI_HOME) / "keys" / name


def seal(text: str) -> str:
    """The text sealed; the empty text stays empty. Raises: KeyMissing."""
    return _cipher(path_of(SEALING)).seal(text.encode()) if text else ""


def unseal(sealed: str) -> str:
    """The text again. Raises: KeyMissing, KeyUnfit."""
    if not sealed:
        return ""
    path = path_of(SEALING)
    try:
        return _cipher(path).open_(sealed).decode()
    except Unopenable as wrong:
        raise KeyUnfit(
            f"{path} does not open what the database holds; put back the key file made with it"
        ) from wrong


def keyed_hash(purpose: str, text: str) -> str:
    """64 hex digits by which equal texts of one purpose are found without standing anywhere in clear. Raises: KeyMissing."""
    return hmac.new(_lookup(path_of(LOOKUP)), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _cipher(path: Path) -> Cipher:
    refuse_new_key(path)
    return Cipher(path)


@lru_cache(maxsize=8)
def _lookup(path: Path) -> bytes:
    refuse_new_key(path)
    return read_or_make(path)


def refuse_new_key(path: Path) -> None:
    """Raises: KeyMissing, where the key file is missing and the database holds data made with it."""
    held = 0 if path.exists() else _held(path.name)
    if held:
        raise KeyMissing(
            f"{path} is missing, but the database holds {held} persons sealed or hashed with it. Put the key file back from"
            " where it is kept (keys are in no backup); a new key would leave these data closed for ever."
        )


def _held(name: str) -> int:
    from linli.people.models import Person

    empty = (
        {"name_hash": None, "phone_hash": None} if name == LOOKUP else {"name_sealed": "", "phone_sealed": ""}
    )
    return Person.objects.exclude(**empty).count()
