"""Projections of the journal: what is true now, rebuilt from entries at any time. Written by project.py alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr

from linli.rules.deadlines import FAR


def _level(length: int) -> models.GeneratedField:
    return models.GeneratedField(
        expression=Substr(F("place"), 1, length),
        output_field=models.CharField(max_length=length),
        db_persist=True,
    )


class Case(models.Model):
    """One case as it stands. Times are integer µs UTC; a missing deadline is the far date, never null."""

    id = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    type = models.CharField(max_length=40)
    version = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    place = models.CharField(max_length=17)
    grid = models.CharField(max_length=15, null=True)
    city = _level(4)
    county = _level(6)
    street = _level(9)
    community = _level(12)
    state = models.CharField(max_length=40)
    live = models.BooleanField()
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=40, default="")
    facts = models.TextField()
    clock = models.TextField()
    opened = models.BigIntegerField()
    since = models.BigIntegerField()
    touched = models.BigIntegerField()
    due = models.BigIntegerField(default=FAR)
    total_due = models.BigIntegerField(default=FAR)
    wake = models.BigIntegerField(default=FAR)
    late = models.BooleanField(default=False)
    climbed = models.SmallIntegerField(default=0)
    excluded = models.BooleanField(default=False)
    seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shard", "type", "number"], name="case_number_once")]
        indexes = [
            *(
                models.Index(fields=[level, "due", "id"], condition=Q(live=True), name=f"case_{level}_due")
                for level in ("city", "county", "street", "community", "grid")
            ),
            models.Index(fields=["community", "-opened", "-id"], name="case_community_opened"),
            models.Index(fields=["place", "-opened"], name="case_place_opened"),
            models.Index(fields=["wake"], name="case_wake"),
            models.Index(fields=["-opened", "-id"], name="case_opened"),
            models.Index(fields=["-opened", "-id"], condition=Q(excluded=True), name="case_excluded"),
        ]


class Seat(models.Model):
    """One head's place in one case; ``measures`` are JSON integers that the tally sums."""

    shard = models.CharField(max_length=12)
    case = models.UUIDField()
    kind = models.CharField(max_length=40)
    head = models.CharField(max_length=80)
    happened = models.BigIntegerField()
    rank = models.BigIntegerField(default=0)
    measures = models.TextField(default="{}")
    seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "head"], name="seat_once")]
        indexes = [
            models.Index(fields=["kind", "head", "case"], name="seat_of_head"),
            models.Index(fields=["case", "kind", "rank", "happened"], name="seat_in_order"),
        ]


class Tally(models.Model):
    """The sum of one measure over the seats of one kind in one case; the measure ``n`` counts heads."""

    shard = models.CharField(max_length=12)
    case = models.UUIDField()
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    total = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "measure"], name="tally_once")]


class Link(models.Model):
    """A case that came out of a case, or stands in another relation to it."""

    shard = models.CharField(max_length=12)
    source = models.UUIDField()
    target = models.UUIDField()
    relation = models.CharField(max_length=40)
    seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "relation", "target"], name="link_once")]
        indexes = [models.Index(fields=["target", "relation"], name="link_target")]


class Count(models.Model):
    """What one entry adds to one counter: a figure is the sum of these rows and opens down to their entries."""

    shard = models.CharField(max_length=12)
    case = models.UUIDField()
    seq = models.IntegerField()
    type = models.CharField(max_length=40)
    counter = models.CharField(max_length=60)
    place = models.CharField(max_length=17)
    grid = models.CharField(max_length=15, null=True)
    happened = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seq", "counter"], name="count_once")]
        indexes = [models.Index(fields=["type", "counter", "place", "happened"], name="count_place_time")]


class Notice(models.Model):
    """What somebody should know of: an entry on a case of his."""

    shard = models.CharField(max_length=12)
    person = models.UUIDField()
    case = models.UUIDField()
    seq = models.IntegerField()
    happened = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "case", "seq"], name="notice_once")]
        indexes = [models.Index(fields=["person", "-happened"], name="notice_of_person")]


class Numbering(models.Model):
    """The last official number given per place, series and year; locked while the next is given."""

    scope = models.CharField(max_length=12)
    series = models.CharField(max_length=60)
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "series"], name="numbering_once")]


class Seen(models.Model):
    """Up to when a person has seen the notices. Not a projection: nothing depends on it."""

    person = models.UUIDField(primary_key=True)
    until = models.BigIntegerField()


class SavedView(models.Model):
    """What a person keeps of a list, under an id so that no search text stands in a URL. ``kind`` says what: filters with
    a name, the words of one search, or the columns he chose; ``list`` is the page it belongs to. ``filters`` is sealed,
    because the words of a search name people.
    """

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    kind = models.CharField(max_length=12, default="")
    list = models.CharField(max_length=12, default="")
    name = models.CharField(max_length=60, default="")
    filters = models.TextField()
    made = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["person", "kind", "list"], name="view_of_person")]


class Uncovered(models.Model):
    """How many faults of one kind of coverage a community had when they were last counted (µs UTC). Nothing depends on it:
    a region above reads these sums instead of counting every household of a city.
    """

    community = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    n = models.IntegerField()
    counted = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "kind"], name="uncovered_once")]
        indexes = [models.Index(fields=["counted"], name="uncovered_stale")]


class Lease(models.Model):
    """Which process keeps the clock, until when (µs UTC)."""

    name = models.CharField(primary_key=True, max_length=20)
    holder = models.CharField(max_length=80)
    until = models.BigIntegerField()


class Upload(models.Model):
    """One photo. ``holder`` is who sent it (a person's id, or a token of his session) until a case claims it;
    ``digest`` is the keyed fingerprint of the original bytes, ``intent`` the key of the form it came with. ``made`` is µs
    UTC.
    """

    id = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12, default="")
    case = models.UUIDField(null=True)
    field = models.CharField(max_length=40, default="")
    holder = models.CharField(max_length=64)
    format = models.CharField(max_length=8)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    intent = models.CharField(max_length=80, default="")
    made = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["case"], name="upload_of_case"),
            models.Index(fields=["holder", "made"], name="upload_of_holder"),
        ]
