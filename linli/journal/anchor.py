"""Anchors: once a day the Merkle root over all heads, signed and chained to the day before, to be printed and handed out.

Whoever holds a printed anchor can tell later whether an entry that stood then was changed or removed, without trusting
the database or those who run it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from linli.journal import leaves
from linli.journal.keyfile import read_or_make
from linli.journal.models import Anchor as Row
from linli.journal.models import Head
from linli.journal.snapshot import snapshot
from linli.journal.writes import Write, flush
from linli.rules import chain
from linli.rules.chain import Anchor
from linli.rules.merkle import Growing
from linli.rules.worktime import civil_day

_LEAF = "INSERT INTO journal_leaf (day, stream, seq, hash) VALUES (%s, %s, %s, %s)"
_ANCHOR = (
    "INSERT INTO journal_anchor (day, root, heads, entries, hash_name, prev, signature, public_key, made)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


class Broken(Exception):
    """The journal is not a continuation of what the last anchor saw; nothing is signed over it."""


class KeyMissing(ImproperlyConfigured):
    """There are anchors, but the key that signed them is not there."""


def key_path() -> Path:
    """Where the signing key lies."""
    return Path(settings.LINLI_HOME) / "keys" / "anchor.key"


def public_key() -> bytes | None:
    """The 32 bytes of the public key; None before the first anchor."""
    return _private().public_key().public_bytes_raw() if key_path().exists() else None


def _private() -> Ed25519PrivateKey:
    if not key_path().exists() and Row.objects.exists():
        raise KeyMissing(
            f"{key_path()} is missing, but there are anchors signed with it. Put the key file back from where it is"
            " kept (keys are in no backup); anchors under another key would not follow from those handed out."
        )
    return Ed25519PrivateKey.from_private_bytes(read_or_make(key_path()))


def signed(message: bytes) -> tuple[bytes, bytes]:
    """The signature (Ed25519) of the house's key over a message, and the public key: the key of the daily anchors speaks for other
    roots too, so that a notice board needs one key. Raises: KeyMissing.
    """
    key = _private()
    return key.sign(message), key.public_key().public_bytes_raw()


def anchors() -> list[Anchor]:
    """All anchors, the oldest first."""
    return [_of_row(row) for row in Row.objects.order_by("day")]


def last() -> Anchor | None:
    """The newest anchor."""
    row = Row.objects.order_by("day").last()
    return _of_row(row) if row else None


def _of_row(row: Row) -> Anchor:
    return Anchor(
        row.day.isoformat(), bytes(row.root), row.heads, row.entries, row.hash_name, bytes(row.prev),
        bytes(row.public_key), row.made, bytes(row.signature),
    )  # fmt: skip


def signed_well(anchor: Anchor) -> bool:
    """Whether the signature is the public key's over the anchor."""
    try:
        Ed25519PublicKey.from_public_bytes(anchor.public_key).verify(
            anchor.signature, chain.anchor_bytes(anchor)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def make(at: int) -> tuple[Anchor, bool]:
    """The anchor of the civil day of ``at`` (µs UTC), and whether it was made now: a day has one.

    The heads are read in one moment, without holding up a writer; streams that grow meanwhile are the next day's.
    Raises: Broken, where a stream no longer continues what the last anchor saw; KeyMissing.
    """
    day = civil_day(at).isoformat()
    with snapshot():
        before = last()
        if before is not None and before.day >= day:
            return before, False
        made, moved = _signed(day, at, before)
    try:
        with transaction.atomic():
            newest = last()
            if newest == before:
                flush([*moved, _insert(made)])
                return made, True
    except IntegrityError:  # two processes at once: the other's anchor is the day's anchor
        newest = last()
    if newest is None or newest.day < day:
        raise Broken("the last anchor is gone since the heads were read; run: linli journal verify")
    return newest, False


def _signed(day: str, at: int, before: Anchor | None) -> tuple[Anchor, list[Write]]:
    name = getattr(settings, "LINLI_HASH", "sha256")
    tree, entries, moved = _grown(name, day, before)
    key = _private()
    body = Anchor(
        day=day,
        root=tree.end()[0],
        heads=tree.size,
        entries=entries,
        hash_name=name,
        prev=chain.anchor_hash(before) if before else chain.START,
        public_key=key.public_key().public_bytes_raw(),
        made=at,
    )
    return body._replace(signature=key.sign(chain.anchor_bytes(body))), moved


def _insert(a: Anchor) -> Write:
    row = (a.day, a.root, a.heads, a.entries, a.hash_name, a.prev, a.signature, a.public_key, a.made)
    return _ANCHOR, row


def _grown(name: str, day: str, before: Anchor | None) -> tuple[Growing, int, list[Write]]:
    """The tree over all heads, the number of entries below them, and the heads that moved as leaves of the day."""
    tree, entries, moved = Growing(name), 0, list[Write]()
    for head, known in _side_by_side(before):
        tree.add(chain.leaf_bytes(*head))
        entries += head.seq
        if known is None or known.seq < head.seq:
            moved.append((_LEAF, (day, *head)))
    return tree, entries, moved


def _side_by_side(before: Anchor | None) -> Iterator[tuple[leaves.Leaf, leaves.Leaf | None]]:
    """Each head with what the last anchor saw of its stream. Raises: Broken."""
    seen: Iterator[leaves.Leaf] = leaves.as_of(before.day) if before else iter(())
    known = next(seen, None)
    for head in leaves.heads():
        if known is not None and known.stream < head.stream:
            raise Broken(f"stream {known.stream} is gone; run: linli journal verify")
        mine = known if known is not None and known.stream == head.stream else None
        if mine is not None:
            known = next(seen, None)
            _continues(mine, head)
        yield head, mine
    if known is not None:
        raise Broken(f"stream {known.stream} is gone; run: linli journal verify")


def _continues(known: leaves.Leaf, head: leaves.Leaf) -> None:
    if head.seq < known.seq or (head.seq == known.seq and bytes(head.hash) != bytes(known.hash)):
        raise Broken(
            f"stream {head.stream}: its head (entry {head.seq}) lies before what the last anchor saw"
            f" (entry {known.seq}), or is another; run: linli journal verify"
        )


def due(at: int) -> bool:
    """Whether the civil day of ``at`` has no anchor yet and there is something to anchor."""
    newest = Row.objects.order_by("day").values_list("day", flat=True).last()
    return (newest is None or newest < civil_day(at)) and Head.objects.exists()
