"""The table of attachments: what was received, from whom, and to which case it belongs. The bytes lie sealed in files."""

from __future__ import annotations

from django.db import models


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
