"""Key files: made on first use, whole or not at all, readable by their owner only. They belong in no backup."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


class KeyUnfit(ImproperlyConfigured):
    """A key file does not hold a key."""


def read_or_make(path: Path) -> bytes:
    """The 32 bytes of the key file at ``path``; a missing one is made with mode 0600 and flushed to the disk.

    Two processes that make it at once end with the same key. Raises: KeyUnfit for a file that holds no 32 bytes.
    """
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyUnfit(
            f"{path} holds {len(key)} bytes; a key has {KEY_BYTES}. Put back the file that was made with this database."
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    mine = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(mine, path)  # fails where another process was first; its key is the key
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
