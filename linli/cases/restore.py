"""Restoring a backup: the same entries again, proven, and nobody back who was erased since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Q

from linli.cases import backup, erasures
from linli.cases.erase import erase
from linli.cases.erasures import Erasure
from linli.cases.models import Upload
from linli.journal import cipher, dump, triggers
from linli.journal.faults import Fault
from linli.journal.verify import Walk
from linli.journal.writes import fetch
from linli.people import assigning, keys
from linli.people.models import Duty, Person
from linli.rules.actor import THE_SYSTEM
from linli.rules.refusal import Refused
from linli.rules.worktime import civil_day

NEEDED = {"database", "entries", "files", "heads", "keys", "made", "migrations", "streams"}
REASON = "恢复备份后重新删除 erased again after a restore"


class Unfit(ValueError):
    """The backup cannot be restored here; nothing was written."""


class NotRestored(Exception):
    """What was restored is not what the backup says; the home must not be used."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. ``refused`` are persons of the list who could not be erased again, each with the reason."""

    manifest: dict[str, Any]
    erased: tuple[UUID, ...]
    refused: tuple[tuple[UUID, str], ...]
    faults: tuple[Fault, ...]


def restore(
    file: Path, at: int, progress: backup.Progress, *, force: bool = False, lists: Iterable[Path] = ()
) -> Restored:
    """Put the backup in place of what is there. ``lists`` are further lists of erasures. ``at`` is µs UTC.

    Raises: Unfit, NotAList; NotRestored; OSError.
    """
    try:
        archive = ZipFile(file)
    except BadZipFile as wrong:
        raise Unfit(f"{file}: {wrong}") from wrong
    with archive:
        manifest = _manifest(archive, file)
        _fits(manifest, force)
        to_erase = _to_erase(archive, lists)
        migrations = [(app, name) for app, _, name in (m.partition(".") for m in manifest["migrations"])]
        try:
            dump.load(archive, migrations, lambda done, of: progress("database", done, of))
        except dump.OtherSchema as other:
            raise Unfit(str(other)) from other
        _photos(archive, progress)
    _is_the_same(manifest)
    Session.objects.all().delete()
    faults = tuple(Walk(progress=lambda done, of: progress("journal", done, of)).faults())
    erased, refused_ = _erase_again(to_erase, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Restored(manifest, erased, refused_, faults)


def _manifest(archive: ZipFile, file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(archive.read(backup.MANIFEST))
    except (KeyError, ValueError):
        raise Unfit(f"{file}: no {backup.MANIFEST} is in it; it is no backup of Linli") from None
    if found.get("format") != backup.FORMAT:
        raise Unfit(f"{file}: the format is {found.get('format')!r}, expected {backup.FORMAT!r}")
    lacks = NEEDED - set(found)
    if lacks:
        raise Unfit(f"{file}: {backup.MANIFEST} says nothing of {', '.join(sorted(lacks))}")
    damaged = archive.testzip()
    if damaged:
        raise Unfit(f"{file}: {damaged} in it is damaged")
    return found


def _fits(manifest: dict[str, Any], force: bool) -> None:
    if manifest["database"] != connection.vendor:
        raise Unfit(
            f"the backup is of {manifest['database']}, LINLI_DB names {connection.vendor}; name a database of its kind"
        )
    if not force and _in_use():
        raise Unfit(
            f"{settings.LINLI_HOME} and its database are in use; name an empty LINLI_HOME and LINLI_DB, or say --force"
        )
    for name in manifest["keys"]:
        if not keys.path_of(name).exists():
            raise Unfit(f"{keys.path_of(name)} is missing; put the keys back first, they are in no backup")
    if manifest["keys"] != _keys_there():
        raise Unfit(f"the keys in {cipher.key_path().parent} are not those under which the backup was sealed")


def _keys_there() -> dict[str, str]:
    return {
        cipher.key_path().name: cipher.Cipher(cipher.key_path()).fingerprint(backup.FORMAT.encode()).hex(),
        keys.LOOKUP: keys.keyed_hash("backup", backup.FORMAT),
    }


def _in_use() -> bool:
    tables = connection.introspection.table_names()
    held = "journal_entry" in tables and bool(fetch("SELECT 1 FROM journal_entry LIMIT 1"))
    return held or any(backup.photos())


def _to_erase(archive: ZipFile, lists: Iterable[Path]) -> list[Erasure]:
    """Everybody who was ever erased: of the list beside the keys, of those given, of the backup, of what is there now."""
    if "people_person" in connection.introspection.table_names():
        erasures.remember(erasures.done())
    found = {e.person: e for e in erasures.read()}
    for file in lists:
        if not file.exists():
            raise Unfit(f"{file}: there is no such list of erasures")
        found |= {e.person: e for e in erasures.read(file)}
    if backup.LIST in archive.namelist():
        found |= {e.person: e for e in erasures.parse(archive.read(backup.LIST).decode(), backup.LIST)}
    return list(found.values())


def _photos(archive: ZipFile, progress: backup.Progress) -> None:
    """The files as they were; a file that no row names is of another time and goes."""
    names = [n for n in archive.namelist() if backup.UPLOAD.fullmatch(n.removeprefix(backup.UPLOADS))]
    for number, name in enumerate(names, 1):
        path = Path(settings.MEDIA_ROOT) / name.removeprefix(backup.UPLOADS)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(archive.read(name))
        path.chmod(0o600)
        progress("photos", number, len(names))
    known = {i.hex for i in Upload.objects.values_list("id", flat=True)}
    for path in list(backup.photos()):
        if path.stem not in known:
            path.unlink()


def _is_the_same(manifest: dict[str, Any]) -> None:
    gone = triggers.missing()
    if gone:
        raise NotRestored(
            f"the journal of the backup is not protected: the triggers {', '.join(gone)} are missing"
        )
    root, streams, entries = backup.heads()
    if (root, streams, entries) != (manifest["heads"], manifest["streams"], manifest["entries"]):
        raise NotRestored(
            f"the backup says {manifest['streams']} streams with {manifest['entries']} entries and another root;"
            f" {streams} with {entries} are there"
        )


def _erase_again(listed: Iterable[Erasure], at: int) -> tuple[tuple[UUID, ...], tuple[tuple[UUID, str], ...]]:
    wanted = {e.person: e for e in listed}
    there = Person.objects.filter(id__in=wanted, erased=None).order_by("id").values_list("id", flat=True)
    done, refused_ = list[UUID](), list[tuple[UUID, str]]()
    for person in list(there):
        try:
            _end_duties(person, at)
            erase(person, by=THE_SYSTEM, at=at, key=f"erase/{person}", reason=REASON, rest=True)
            done.append(person)
        except Refused as wrong:
            refused_.append((person, wrong.reason.en))
    erasures.remember(wanted.values())
    return tuple(done), tuple(refused_)


def _end_duties(person: UUID, at: int) -> None:
    """Duties that had ended before the person was erased, and run in the older backup."""
    yesterday = civil_day(at) - timedelta(days=1)
    running = Q(ends__isnull=True) | Q(ends__gt=yesterday)
    for duty in Duty.objects.filter(running, person=person, starts__lte=yesterday):
        key = f"erase/{person}/{duty.id}"
        assigning.end(duty.id, yesterday, by=THE_SYSTEM, at=at, key=key)
