"""A backup: the database of one moment and the sealed photos in one file. The keys are never in it.

Without the keys nobody reads a personal part of it, and nobody restores it: they are kept elsewhere, with the list of
erasures that lies beside them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.db import connection

import linli
from linli.cases import erasures
from linli.journal import cipher, dump, leaves
from linli.journal.snapshot import snapshot
from linli.people import keys
from linli.rules import chain
from linli.rules.merkle import Growing

FORMAT = "linli-backup-1"
MANIFEST, LIST, UPLOADS = "manifest.json", "erased.jsonl", "uploads/"
UPLOAD = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}\.(original|shown|small)")
Progress = Callable[[str, int, int], None]


def backup(file: Path, at: int, progress: Progress) -> dict[str, Any]:
    """Write the backup, readable by its owner only, whole or not at all; gives its manifest. ``at`` is µs UTC.

    Others go on working meanwhile. Raises: OSError (FileExistsError where the file is there already), NotAList, KeyMissing.
    """
    part = file.with_name(file.name + ".part")
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        erasures.remember(erasures.done())
        part.touch(mode=0o600)
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            manifest = _write(archive, at, progress)
        _flushed(part)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        file.unlink(missing_ok=True)
        raise
    return manifest


def _write(archive: ZipFile, at: int, progress: Progress) -> dict[str, Any]:
    with snapshot():
        dump.dump(archive, lambda done, of: progress("database", done, of))
        manifest = _manifest(at)
    # Photos are on the disk before a row names them: whatever the moment's rows name is there now.
    files = list(photos())
    for number, path in enumerate(files, 1):
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        archive.write(path, UPLOADS + name, compress_type=ZIP_STORED)  # sealed bytes do not shrink
        progress("photos", number, len(files))
    if erasures.path().exists():
        archive.write(erasures.path(), LIST)
    manifest["files"] = len(files)
    archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
    return manifest


def _manifest(at: int) -> dict[str, Any]:
    root, streams, entries = heads()
    return {
        "format": FORMAT,
        "version": linli.__version__,
        "database": connection.vendor,
        "made": at,
        "streams": streams,
        "entries": entries,
        "heads": root,
        "keys": fingerprints(),
        "migrations": [f"{app}.{name}" for app, name in dump.migrations()],
    }


def heads() -> tuple[str, int, int]:
    """The Merkle root over all heads in hex, how many they are, and how many entries they end."""
    tree, entries = Growing("sha256"), 0
    for head in leaves.heads():
        tree.add(chain.leaf_bytes(*head))
        entries += head.seq
    return tree.end()[0].hex(), tree.size, entries


def fingerprints() -> dict[str, str]:
    """By which keys the data are sealed, told without telling the keys. Raises: KeyMissing."""
    return {
        cipher.key_path().name: cipher.fingerprint(FORMAT.encode()).hex(),
        keys.LOOKUP: keys.keyed_hash("backup", FORMAT),
    }


def photos() -> Iterator[Path]:
    """The files of all photos, sealed as they are."""
    folder = Path(settings.MEDIA_ROOT)
    found = (p for p in sorted(folder.rglob("*")) if p.is_file()) if folder.exists() else iter(())
    return (p for p in found if UPLOAD.fullmatch(p.relative_to(folder).as_posix()))


def _flushed(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
