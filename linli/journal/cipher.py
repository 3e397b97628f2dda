"""Sealing of personal parts: AES-256-GCM under ``LINLI_HOME/keys/content.key``, a random nonce for each text.

Whoever holds the database without the key reads no personal part. With random nonces one key is good for 2^32 texts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from linli.journal.keyfile import read_or_make

MARK = "enc:"
_NONCE = 12


class Unopenable(ValueError):
    """A sealed text that this key does not open: it was altered, or sealed under another key."""


class KeyMissing(ImproperlyConfigured):
    """The journal holds sealed parts, but the key that opens them is not there."""


class Cipher:
    """Seals and opens under the key file at ``path``, which is made when it is missing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        key = read_or_make(path)
        self._aes = AESGCM(key)
        self._mac = hmac.new(key, b"linli fingerprint", hashlib.sha256).digest()

    def seal(self, clear: bytes) -> str:
        """``enc:`` and base64 of nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE)
        return MARK + base64.b64encode(nonce + self._aes.encrypt(nonce, clear, None)).decode("ascii")

    def open_(self, sealed: str) -> bytes:
        """What was sealed. Raises: Unopenable."""
        try:
            raw = base64.b64decode(sealed.removeprefix(MARK), validate=True)
            return self._aes.decrypt(raw[:_NONCE], raw[_NONCE:], None)
        except (InvalidTag, binascii.Error, ValueError) as wrong:
            raise Unopenable(
                f"{self._path} does not open this text: it was altered, or sealed under another key"
            ) from wrong

    def fingerprint(self, data: bytes) -> bytes:
        """32 bytes by which equal data are known without the data being guessable from them (HMAC-SHA256)."""
        return hmac.digest(self._mac, data, "sha256")


def key_path() -> Path:
    """Where the key of the personal parts lies."""
    return Path(settings.LINLI_HOME) / "keys" / "content.key"


def seal(clear: bytes) -> str:
    """Seal a personal part. Raises: KeyMissing."""
    return _cipher(settings.LINLI_HOME).seal(clear)


def open_(sealed: str) -> bytes:
    """Open a personal part. Raises: Unopenable, KeyMissing."""
    return _cipher(settings.LINLI_HOME).open_(sealed)


def fingerprint(data: bytes) -> bytes:
    """A digest for requests, which hold personal data and outlive their erasure: keyed, so that nobody tries names."""
    return _cipher(settings.LINLI_HOME).fingerprint(data)


@lru_cache(maxsize=8)
def _cipher(home: Path) -> Cipher:
    path = key_path()
    if not path.exists() and _sealed_parts():
        raise KeyMissing(
            f"{path} is missing, but the journal holds personal parts sealed with it. Put the key file back from"
            " where it is kept (keys are in no backup); a new key would leave these parts closed for ever."
        )
    return Cipher(path)


def _sealed_parts() -> bool:
    from linli.journal.models import Content

    return Content.objects.filter(person__isnull=False).exists()
