"""Bigrams of text, and the documents that hold all bigrams of a query."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from linli.journal.writes import Write, fetch
from linli.search.models import Gram

_BREAK = re.compile(r"[\W_]+")
_ROW = "(%s, %s, %s)"
_BUNCH = 16  # few different statements, so that a driver keeps them prepared
_DELETE = "DELETE FROM search_gram WHERE document = %s"
MOST = 10_000
"""At most this many different bigrams of one document are kept: all of the longest text that a case takes."""


def grams(text: str) -> list[str]:
    """The different bigrams of the text in their order, in lower case and full-width forms folded; a single
    character stands alone.
    """
    found: dict[str, None] = {}
    for word in _BREAK.split(unicodedata.normalize("NFKC", text).lower()):
        pairs = [word[i : i + 2] for i in range(len(word) - 1)] or ([word] if word else [])
        found.update(dict.fromkeys(pairs))
    return list(found)


def indexed(text: str) -> list[str]:
    """The bigrams that are kept of a text."""
    return grams(text)[:MOST]


def index(shard: str, document: UUID, text: str) -> list[Write]:
    """The statements that enter a document for the first time."""
    found = indexed(text)
    whole = len(found) - len(found) % _BUNCH
    bunches = [found[i : i + _BUNCH] for i in range(0, whole, _BUNCH)] + [[gram] for gram in found[whole:]]
    return [
        (_insert(len(some)), tuple(v for gram in some for v in (shard, gram, document))) for some in bunches
    ]


def forget(document: UUID) -> list[Write]:
    """The statements that take a document out."""
    return [(_DELETE, (document,))]


def held(document: UUID) -> set[str]:
    """The bigrams under which a document is found now."""
    return {str(gram) for (gram,) in fetch("SELECT gram FROM search_gram WHERE document = %s", (document,))}


@cache
def _insert(rows: int) -> str:
    values = ", ".join([_ROW] * rows)
    return f"INSERT INTO search_gram (shard, gram, document) VALUES {values} ON CONFLICT (gram, document) DO NOTHING"  # noqa: S608


def matching(query: str) -> QuerySet[Gram, Any]:
    """The documents that hold every bigram of the query, as a subquery of ids; a single character matches any
    bigram with it. A query without words finds nothing.
    """
    wanted = grams(query)
    pairs = [gram for gram in wanted if len(gram) == 2]
    rows = Gram.objects.all() if wanted else Gram.objects.none()
    for single in (gram for gram in wanted if len(gram) == 1):
        rows = rows.filter(document__in=Gram.objects.filter(gram__contains=single).values("document"))
    if not pairs:
        return rows.values("document").distinct()
    held = rows.filter(gram__in=pairs).values("document").annotate(n=Count("gram"))
    return held.filter(n=len(pairs)).values("document")
