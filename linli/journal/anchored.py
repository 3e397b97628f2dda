"""The anchors against the journal: their signatures, their chain, their leaves and their roots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from linli.journal import leaves
from linli.journal.anchor import anchors, public_key, signed_well
from linli.journal.faults import ANCHORS, Fault, name_of
from linli.journal.writes import fetch
from linli.rules import chain
from linli.rules.chain import Anchor
from linli.rules.merkle import Growing

_CHANGED = (
    "SELECT l.stream, l.seq, l.day, e.hash FROM journal_leaf l LEFT JOIN journal_head h ON h.stream = l.stream"
    " LEFT JOIN journal_entry e ON e.shard = h.shard AND e.stream = l.stream AND e.seq = l.seq"
    " WHERE (e.hash IS NULL OR e.hash <> l.hash)"
)
_STRAY = (
    "SELECT DISTINCT l.day FROM journal_leaf l WHERE NOT EXISTS"
    " (SELECT 1 FROM journal_anchor a WHERE a.day = l.day)"
)


def faults(
    stream: UUID | None, every: bool, against: Iterable[Anchor], using: str = DEFAULT_DB_ALIAS
) -> Iterator[Fault]:
    """What the anchors find: of one stream its leaves alone, else everything. Roots of all anchors where ``every``."""
    yield from _leaf_faults(stream, using)
    if stream:
        return
    there = anchors()
    yield from _chain_faults(there)
    for anchor in there if every else there[-1:]:
        yield from _root_faults(anchor, using)
    yield from _handed_out(there, against)
    for (day,) in fetch(_STRAY, using=using):
        yield Fault(ANCHORS, None, f"there are leaves of {day}, but no anchor")


def _leaf_faults(stream: UUID | None, using: str) -> Iterator[Fault]:
    """Entries that an anchor saw and that are no longer there, or are others."""
    only = (" AND l.stream = %s", (stream,)) if stream else ("", ())
    for where, seq, day, found in fetch(
        _CHANGED + only[0] + " ORDER BY l.stream, l.seq", only[1], using=using
    ):
        what = "is missing" if found is None else "is another one now"
        yield Fault(name_of(where), seq, f"entry {seq}, which the anchor of {day} saw as the last, {what}")


def _chain_faults(there: list[Anchor]) -> Iterator[Fault]:
    before: Anchor | None = None
    for anchor in there:
        yield from (Fault(ANCHORS, None, f"the anchor of {anchor.day} {w}") for w in _wrong(anchor, before))
        before = anchor
    ours = public_key()
    if before and ours and before.public_key != ours:
        yield Fault(ANCHORS, None, f"the anchor of {before.day} is signed by another key than anchor.key")


def _wrong(anchor: Anchor, before: Anchor | None) -> Iterator[str]:
    if not signed_well(anchor):
        yield "does not bear its signature: it was changed, or signed by somebody else"
    if anchor.prev != (chain.anchor_hash(before) if before else chain.START):
        yield f"does not hold on to {'the anchor of ' + before.day if before else 'being the first'}"
    if before and anchor.public_key != before.public_key:
        yield f"is signed by another key than that of {before.day}"


def _root_faults(anchor: Anchor, using: str) -> Iterator[Fault]:
    try:
        tree, entries = Growing(anchor.hash_name), 0
    except ValueError as unknown:
        yield Fault(ANCHORS, None, f"the anchor of {anchor.day}: {unknown}")
        return
    for leaf in leaves.as_of(anchor.day, using):
        tree.add(chain.leaf_bytes(*leaf))
        entries += leaf.seq
    if (tree.size, entries) != (anchor.heads, anchor.entries):
        seen = f"{anchor.heads} streams and {anchor.entries} entries"
        yield Fault(
            ANCHORS, None, f"the anchor of {anchor.day} saw {seen}; its leaves hold {tree.size} and {entries}"
        )
    if tree.end()[0] != anchor.root:
        yield Fault(ANCHORS, None, f"the leaves of the anchor of {anchor.day} do not give its root")


def _handed_out(there: list[Anchor], against: Iterable[Anchor]) -> Iterator[Fault]:
    """Anchors kept elsewhere: whoever can change the whole database cannot change these."""
    days = {a.day: a for a in there}
    for kept in against:
        if not signed_well(kept):
            yield Fault(ANCHORS, None, f"the anchor of {kept.day} that was handed in bears no good signature")
        if kept.day not in days:
            yield Fault(ANCHORS, None, f"the anchor of {kept.day} that was handed in is not in the journal")
        elif days[kept.day] != kept:
            yield Fault(ANCHORS, None, f"the anchor of {kept.day} in the journal is not the one handed in")
