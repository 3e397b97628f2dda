"""Attachments: received before the act, sealed on the disk, claimed by the case in the act's transaction.

The original bytes are kept for evidence; what anybody sees is a copy without metadata. All files are sealed under the
journal's key. A photo that no case has claimed is seen by who sent it alone, and dropped after a while.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction

from linli.cases import loading, sight
from linli.cases.models import Case, Upload
from linli.cases.pictures import MOST_BYTES, fits, picture
from linli.journal import cipher
from linli.rules.actor import Actor
from linli.rules.fields import Photos
from linli.rules.ids import new_id
from linli.rules.refusal import refused
from linli.rules.registry import installed
from linli.rules.text import T

Copy = Literal["original", "shown", "small"]
NO_PHOTO = T(
    "有照片没有传上来，或已用在别的事项上，请重新选择照片",
    "A photo was not received, or belongs to another case; please choose the photos again",
)
COPIES: tuple[Copy, ...] = ("original", "shown", "small")
__all__ = [
    "COPIES",
    "MOST_BYTES",
    "case_of",
    "claim",
    "content",
    "drop",
    "drop_originals",
    "drop_unclaimed",
    "held",
    "photos_of",
    "read",
    "receive",
    "visible",
    "waiting",
]


def receive(data: bytes, *, holder: str, at: int, intent: str = "") -> UUID:
    """Keep a photo for ``holder``: sealed, flushed to the disk, then entered. ``at`` is µs UTC.

    ``intent`` is the key of the form it came with: sent again with the same form, it is the same photo.
    Raises: Refused ``photo-too-large``, ``photo-too-many-pixels``, ``photo-not-a-photo``, ``photo-broken``.
    """
    digest = cipher.fingerprint(data).hex()
    if again := _again(holder, intent, digest):
        return again
    found, upload = picture(data), new_id()
    bytes_of: dict[Copy, bytes] = {"original": data, "shown": found.shown, "small": found.small}
    for copy in COPIES:
        _keep(_path(upload, copy), cipher.seal(bytes_of[copy]).encode("ascii"))
    Upload.objects.create(
        id=upload,
        holder=holder,
        format=found.format,
        width=found.width,
        height=found.height,
        size=len(data),
        digest=digest,
        intent=intent,
        made=at,
    )
    return upload


class Sent(Protocol):
    """A file as it arrived: its length in bytes, where it is known, and its bytes."""

    @property
    def size(self) -> int | None:
        """As it says itself."""

    def read(self, length: int, /) -> bytes:
        """At most so many bytes."""


def read(file: Sent) -> bytes:
    """The bytes of a file; one that is too large is refused unread. Raises: Refused ``photo-too-large``."""
    fits(file.size or 0)
    data = file.read(MOST_BYTES + 1)
    fits(len(data))
    return data


def _again(holder: str, intent: str, digest: str) -> UUID | None:
    if not intent:
        return None
    there = Upload.objects.filter(holder=holder, intent=intent, digest=digest)
    return there.values_list("id", flat=True).first()


def held(ids: Iterable[str], holder: str) -> list[str]:
    """Those of the ids that are photos which the holder has sent, in the order given."""
    wanted = [i for i in dict.fromkeys(ids) if _is_id(i)]
    mine = Upload.objects.filter(id__in=wanted, holder=holder).values_list("id", flat=True)
    known = {str(i) for i in mine}
    return [i for i in wanted if i in known]


def _is_id(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def waiting(holder: str) -> int:
    """How many photos of the holder's no case has claimed yet."""
    return Upload.objects.filter(holder=holder, case=None).count()


def photos_of(fields: Iterable[object], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ids of photos in the answers, by the key of their field."""
    told = {f.key: answers.get(f.key) or [] for f in fields if isinstance(f, Photos)}
    return {key: [str(i) for i in (ids if isinstance(ids, list) else [ids])] for key, ids in told.items()}


def claim(case: UUID, photos: Mapping[str, Iterable[str]], holder: str) -> int:
    """Give the holder's photos to the case, in the transaction of the act that names them. Returns how many.

    Raises: Refused ``answers`` by the field of a photo that the holder has not sent, or that another case has: nobody
    shows a photo as his that he never took, nor the same one for two matters.
    """
    shard = Case.objects.filter(id=case).values_list("shard", flat=True).get()
    given = 0
    for field, ids in photos.items():
        named = set(ids)
        rows = Upload.objects.filter(id__in=held(named, holder))
        given += rows.filter(case=None).update(case=case, field=field, shard=shard)
        if rows.filter(case=case).count() < len(named):
            raise refused("answers", fields={field: NO_PHOTO})
    return given


def visible(upload: UUID, actor: Actor, holder: str) -> bool:
    """Whether the actor may see the photo: his own before it is sent, afterwards whoever sees the case and the field."""
    row = Upload.objects.filter(id=upload).first()
    if row is None:
        return False
    if row.case is None:
        return row.holder == holder
    case = sight.cases_seen_by(actor).filter(id=row.case).first()
    if case is None:
        return False
    field = installed[case.type].fields.get(row.field)
    mine = loading.mine(loading.load_seats(case.id, actor, set()), actor)
    return field is not None and sight.sees_field(field, actor, case.state, case.place, case.grid, mine)


def case_of(upload: UUID) -> UUID | None:
    """The case that has claimed the photo, if one has."""
    return Upload.objects.filter(id=upload).values_list("case", flat=True).first()


def content(upload: UUID, copy: Copy) -> bytes | None:
    """The bytes of one copy, opened; None where it was dropped. Raises: journal.cipher.Unopenable where it was altered."""
    path = _path(upload, copy)
    return cipher.open_(path.read_text("ascii")) if path.exists() else None


def drop(uploads: Iterable[UUID]) -> int:
    """Remove photos for good, bytes first. Returns how many rows went."""
    gone = list(uploads)
    for upload in gone:
        for copy in COPIES:
            _path(upload, copy).unlink(missing_ok=True)
    return Upload.objects.filter(id__in=gone).delete()[0]


def drop_originals(uploads: Iterable[UUID]) -> int:
    """Remove the original bytes alone; what is shown stays. Returns how many were there."""
    there = [path for path in (_path(u, "original") for u in uploads) if path.exists()]
    for path in there:
        path.unlink(missing_ok=True)
    return len(there)


def drop_unclaimed(before: int) -> int:
    """Remove what was received before that time (µs UTC) and never sent with an act. For the clock."""
    with (
        transaction.atomic()
    ):  # under the rows' locks: an act that claims one at this moment comes before or after
        waiting = Upload.objects.select_for_update().filter(case=None, made__lt=before)
        return drop(list(waiting.values_list("id", flat=True)))


def _path(upload: UUID, copy: Copy) -> Path:
    # The last digits of an id are random, so that the folders fill evenly.
    return Path(settings.MEDIA_ROOT) / upload.hex[-2:] / f"{upload.hex}.{copy}"


def _keep(path: Path, data: bytes) -> None:
    """Write the whole file or none, and return when it is on the disk, with its name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
