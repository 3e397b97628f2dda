"""The books as they stand, each row told by an entry. Written as SQL text by project.py alone; the triggers judge every voucher.

Money is whole cents, a debit above zero. Days are ISO texts, times µs UTC. ``shard`` is the community of the book.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Book(models.Model):
    """A book: the maintenance fund of a project, or a year of property service. Its id is that of the case that opened it;
    ``last`` is the number of its last voucher. Locking this row is locking the book.
    """

    id = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=17)
    last = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["place"], name="book_place")]


class Title(models.Model):
    """Who owns a home from which day to which: the exclusive area in 0.01 m², the owners joined by ``;``. A title that was
    replaced from its own first day on ends the day before it: it is kept, and was in force on no day.
    """

    id = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    book = models.UUIDField()
    unit = models.CharField(max_length=40)
    area = models.BigIntegerField()
    status = models.CharField(max_length=12)
    owners = models.TextField(default="")
    since = models.CharField(max_length=10)
    until = models.CharField(max_length=10, null=True)
    entry = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "unit"], condition=Q(until__isnull=True), name="title_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["book", "unit", "since"], name="title_of_unit"),
            models.Index(fields=["entry"], name="title_of_entry"),
        ]


class Owner(models.Model):
    """One of the owners of a title: by it his homes are found."""

    pk = models.CompositePrimaryKey("owner", "title")
    shard = models.CharField(max_length=12)
    owner = models.CharField(max_length=64)
    title = models.UUIDField()


class Authority(models.Model):
    """By what money may leave the bank of a book: the case ``id`` that holds it, the decision's hash (hex), up to how many
    cents in all, from when on, how many objections are open. ``entry`` and ``seq`` name the entry that told it last.
    """

    id = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    book = models.UUIDField()
    kind = models.CharField(max_length=12)
    decision = models.CharField(max_length=64)
    limit = models.BigIntegerField()
    opens = models.BigIntegerField()
    objections = models.IntegerField(default=0)
    entry = models.UUIDField()
    seq = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["book"], name="authority_of_book")]


class Voucher(models.Model):
    """A voucher, told by the entry ``seq`` of ``case``. ``reverses`` is the number of the voucher that it takes back."""

    id = models.UUIDField(primary_key=True)
    shard = models.CharField(max_length=12)
    book = models.UUIDField()
    number = models.IntegerField()
    kind = models.CharField(max_length=16)
    day = models.CharField(max_length=10)
    memo = models.CharField(max_length=200)
    case = models.UUIDField()
    seq = models.IntegerField()
    entry = models.UUIDField()
    happened = models.BigIntegerField()
    authority = models.UUIDField(null=True)
    reverses = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="voucher_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["book", "reverses"], condition=Q(reverses__isnull=False), name="voucher_reversing"
            ),
            models.Index(fields=["case", "number"], name="voucher_of_case"),
            models.Index(
                fields=["authority"], condition=Q(authority__isnull=False), name="voucher_of_authority"
            ),
        ]


class Leg(models.Model):
    """One line of a voucher, which must stand by the commit; number and day are the voucher's."""

    pk = models.CompositePrimaryKey("voucher_id", "line")
    voucher = models.ForeignKey(
        Voucher, models.DO_NOTHING, db_column="voucher", db_index=False, related_name="legs"
    )
    line = models.IntegerField()
    shard = models.CharField(max_length=12)
    book = models.UUIDField()
    number = models.IntegerField()
    day = models.CharField(max_length=10)
    account = models.CharField(max_length=8)
    holder = models.CharField(max_length=40)
    cents = models.BigIntegerField()

    class Meta:
        # All that a statement sums stands in the index: it is read alone.
        indexes = [
            models.Index(fields=["book", "account", "holder", "number", "day", "cents"], name="leg_of_holder")
        ]


class Balance(models.Model):
    """What stands on an account of a holder after the voucher ``number``; written by the voucher's trigger."""

    pk = models.CompositePrimaryKey("book", "account", "holder")
    shard = models.CharField(max_length=12)
    book = models.UUIDField()
    account = models.CharField(max_length=8)
    holder = models.CharField(max_length=40)
    cents = models.BigIntegerField()
    number = models.IntegerField()
