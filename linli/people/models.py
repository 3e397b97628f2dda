"""Tables of the people floor. Whatever can name somebody stands sealed (AES-256-GCM) or as a keyed hash (HMAC-SHA256).

Rows are written by persons.py, duties.py, units.py, consents.py and outbox.py alone, each together with an entry.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q


class Person(models.Model):
    """Somebody known. ``mask`` is the name's first character and two stars; erasing empties every sealed column and hash."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12)
    mask = models.CharField(max_length=4, default="")
    name_sealed = models.TextField(default="")
    phone_sealed = models.TextField(default="")
    name_hash = models.CharField(max_length=64, null=True)
    phone_hash = models.CharField(max_length=64, null=True, unique=True)
    made = models.BigIntegerField()
    erased = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["name_hash"], name="person_by_name")]


class Unit(models.Model):
    """An organisation that handles work: a property company, a water company, an office. ``region`` is what it serves."""

    id = models.UUIDField(primary_key=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=17)
    contact_sealed = models.TextField(default="")
    closed = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region", "kind"], name="unit_of_region")]


class Duty(models.Model):
    """A role that a person holds for a region from ``starts`` to ``ends``, both days included; no end: until further notice."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=40)
    region = models.CharField(max_length=17)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="duties")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["region", "role", "starts"], name="duty_of_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="duty_ends_after_start"
            )
        ]


class Substitution(models.Model):
    """Who stands in for a duty's holder from ``starts`` to ``ends``, both days included."""

    id = models.UUIDField(primary_key=True)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="substitutions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="substitution_ends_after_start")
        ]


class Consent(models.Model):
    """That a person agreed to a purpose (such as messages to the phone); times are µs UTC."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40)
    given = models.BigIntegerField()
    withdrawn = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn__isnull=True), name="consent_once"
            )
        ]


class Opened(models.Model):
    """That somebody opened a masked field: the projection behind the page "who opened what". ``at`` is µs UTC."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    field = models.CharField(max_length=12)
    by = models.UUIDField()
    role = models.CharField(max_length=40)
    place = models.CharField(max_length=17)
    case = models.UUIDField(null=True)
    reason_sealed = models.TextField()
    at = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="opened_at"),
            models.Index(fields=["person", "at"], name="opened_of_person"),
            models.Index(fields=["by", "at"], name="opened_by"),
            models.Index(fields=["place", "at"], name="opened_place"),
        ]


class Message(models.Model):
    """A message on its way out; it leaves after the commit. Recipient and text stand sealed and are emptied once sent."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(null=True)
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    recipient_sealed = models.TextField()
    text_sealed = models.TextField()
    made = models.BigIntegerField()
    sent = models.BigIntegerField(null=True)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["made"], condition=Q(sent__isnull=True), name="message_waiting"),
            models.Index(fields=["person", "made"], name="message_of_person"),
        ]


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by user name; accounts are made by linli.people.accounts."""


class Account(AbstractBaseUser):
    """How a person signs in. Residents have no user name: their phone's code is the key. ``demo`` marks invented accounts.

    ``person`` is empty only between asking for a code with an unknown number and typing the code: nobody is registered
    before he has shown that the phone is his.
    """

    id = models.UUIDField(primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account", null=True)
    username = models.CharField(max_length=40, unique=True, null=True)
    phone_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    made = models.BigIntegerField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.username or str(self.id)
