"""Bigrams of text, and the documents that hold all bigrams of a query."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from linli.journal.writes import Write
from linli.search.models import Gram

_BREAK = re.compile(r"[\W_]+")
_INSERT = "INSERT INTO search_gram (shard, gram, document) VALUES (%s, %s, %s) ON CONFLICT (gram, document) DO NOTHING"
_DELETE = "DELETE FROM search_gram WHERE document = %s"
MOST = 600
"""At most this many different bigrams of one document are kept: about 600 characters of text."""


def grams(text: str) -> list[str]:
    """The different bigrams of the text in their order, in lower case and full-width forms folded; a single
    character stands alone.
    """
    found: dict[str, None] = {}
    for word in _BREAK.split(unicodedata.normalize("NFKC", text).lower()):
        pairs = [word[i : i + 2] for i in range(len(word) - 1)] or ([word] if word else [])
        found.update(dict.fromkeys(pairs))
    return list(found)


def index(shard: str, document: UUID, text: str) -> list[Write]:
    """The statements that enter a document anew."""
    return [(_DELETE, (document,)), *((_INSERT, (shard, gram, document)) for gram in grams(text)[:MOST])]


def matching(query: str) -> QuerySet[Gram, Any]:
    """The documents that hold every bigram of the query, as a subquery of ids; a single character matches any
    bigram with it.
    """
    wanted = grams(query)
    if len(wanted) == 1 and len(wanted[0]) == 1:
        return Gram.objects.filter(gram__contains=wanted[0]).values("document").distinct()
    held = Gram.objects.filter(gram__in=wanted).values("document").annotate(n=Count("gram"))
    return held.filter(n=len(wanted)).values("document")
