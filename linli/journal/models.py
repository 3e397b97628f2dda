"""Tables of the journal. They are written as SQL text, by append.py, anchor.py and erasing.py alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

KINDS = ("case", "person", "register")


class Head(models.Model):
    """The end of a stream: number and hash of its last entry. Locking this row is locking the stream."""

    stream = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8)
    shard = models.CharField(max_length=12)
    seq = models.IntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "journal_head"


class Entry(models.Model):
    """One thing that happened, never changed; times are µs UTC, ``effect`` and ``digests`` canonical JSON."""

    id = models.UUIDField(primary_key=True)
    stream = models.UUIDField()
    kind = models.CharField(max_length=8)
    shard = models.CharField(max_length=12)
    seq = models.IntegerField()
    action = models.CharField(max_length=80)
    actor = models.UUIDField(null=True)
    role = models.CharField(max_length=40)
    happened = models.BigIntegerField()
    recorded = models.BigIntegerField()
    definition = models.CharField(max_length=80)
    effect = models.TextField()
    digests = models.TextField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    hash_name = models.CharField(max_length=8)
    key = models.CharField(max_length=200)
    request = models.BinaryField()

    class Meta:
        db_table = "journal_entry"
        constraints = [
            models.UniqueConstraint(fields=["shard", "stream", "seq"], name="entry_place_once"),
            models.UniqueConstraint(fields=["shard", "key"], name="entry_key_once"),
        ]
        indexes = [models.Index(fields=["stream"], condition=Q(action="erased"), name="entry_erased")]


class Content(models.Model):
    """One part of what was said: facts (no person) in clear, a person's part sealed. Only this may be erased."""

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField()
    shard = models.CharField(max_length=12)
    part = models.SmallIntegerField()
    person = models.UUIDField(null=True)
    salt = models.BinaryField()
    body = models.TextField()

    class Meta:
        db_table = "journal_content"
        constraints = [models.UniqueConstraint(fields=["shard", "entry", "part"], name="content_place_once")]
        indexes = [
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="content_of_person")
        ]


class Anchor(models.Model):
    """The signed Merkle root over all heads of one day; ``prev`` is the hash of the anchor before it."""

    day = models.DateField(primary_key=True)
    root = models.BinaryField()
    heads = models.IntegerField()
    entries = models.BigIntegerField()
    hash_name = models.CharField(max_length=8)
    prev = models.BinaryField()
    signature = models.BinaryField()
    public_key = models.BinaryField()
    made = models.BigIntegerField()

    class Meta:
        db_table = "journal_anchor"


class Leaf(models.Model):
    """A head as an anchor saw it. A day holds the streams that changed since the anchor before; the rest earlier."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    stream = models.UUIDField()
    seq = models.IntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "journal_leaf"
        constraints = [models.UniqueConstraint(fields=["stream", "day"], name="leaf_once")]
