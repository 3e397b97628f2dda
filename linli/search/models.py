"""The index: one row per bigram of a case's own words; no personal data is ever indexed."""

from __future__ import annotations

from django.db import models


class Gram(models.Model):
    """A bigram of a document. ``shard`` is the community’s code."""

    shard = models.CharField(max_length=12)
    gram = models.CharField(max_length=2)
    document = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "document"], name="gram_once")]
        indexes = [models.Index(fields=["document"], name="gram_document")]
