"""The rows of the books against what the entries of a case say: what is missing, changed, or told by nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from linli.funds.models import Authority, Book, Owner, Title, Voucher
from linli.funds.project import day_before, named
from linli.funds.reading import legs_of
from linli.journal.append import Entry, entries
from linli.journal.models import Entry as Stored
from linli.journal.models import Head

Rows = Mapping[Any, Any]


def differences(case: UUID, stored: Sequence[Entry] | None = None) -> Iterator[str]:
    """Every difference between the books' rows of a case and its entries (read here, if not given), in words."""
    told = entries(case) if stored is None else stored
    yield from _compared("book", _books(told), _book_rows(case))
    yield from _compared("authority", _authorities(told), _authority_rows(case))
    yield from _compared("voucher", _vouchers(told), _voucher_rows(case))
    yield from _compared("title", _titles(told), rows := _title_rows(told))
    yield from _misplaced(rows)


def with_books() -> set[UUID]:
    """The cases that have something in the books."""
    found = set(Book.objects.values_list("id", flat=True))
    found |= set(Authority.objects.values_list("id", flat=True))
    return found | set(Voucher.objects.values_list("case", flat=True).distinct())


def _compared(what: str, told: Rows, rows: Rows) -> Iterator[str]:
    for key in sorted(told.keys() | rows.keys(), key=str):
        name = f"{what} {' '.join(map(str, key)) if isinstance(key, tuple) else key}"
        if key not in rows:
            yield f"{name} is missing"
        elif key not in told:
            yield f"{name} is told by no entry"
        elif rows[key] != told[key]:
            yield f"{name} is not as it was told"


def _books(told: Sequence[Entry]) -> Rows:
    return {
        UUID(e.effect["book"]["id"]): (e.shard, e.effect["book"]["kind"], *named(e.effect))
        for e in told
        if e.effect.get("book")
    }


def _book_rows(case: UUID) -> Rows:
    rows = Book.objects.filter(id=case).values_list("id", "shard", "kind", "title", "place")
    return {id_: tuple(rest) for id_, *rest in rows}


def _authorities(told: Sequence[Entry]) -> Rows:
    found = {}
    for e in told:
        if a := e.effect.get("authority"):
            what = (a["kind"], a["decision"], a["limit"], a["opens"], a["objections"])
            found[UUID(a["id"])] = (e.shard, UUID(a["book"]), *what, e.id, e.seq)
    return found


def _authority_rows(case: UUID) -> Rows:
    columns = ("id", "shard", "book", "kind", "decision", "limit", "opens", "objections", "entry", "seq")
    return {id_: tuple(rest) for id_, *rest in Authority.objects.filter(id=case).values_list(*columns)}


def _vouchers(told: Sequence[Entry]) -> Rows:
    found = {}
    for e in told:
        given = e.effect.get("vouchers") or {}
        for v in given.get("vouchers", ()):
            authority = UUID(v["authority"]) if v["authority"] else None
            what = (v["kind"], v["day"], v["memo"], authority, v["reverses"] or None)
            legs = [tuple(leg) for leg in v["legs"]]
            found[UUID(given["book"]), v["number"]] = (*what, e.shard, e.seq, e.id, e.happened, legs)
    return found


def _voucher_rows(case: UUID) -> Rows:
    columns = ("kind", "day", "memo", "authority", "reverses", "shard", "seq", "entry", "happened")
    rows = Voucher.objects.filter(case=case).values_list("id", "book", "number", *columns)
    return {(book, n): (*rest, [tuple(leg) for leg in legs_of(id_)]) for id_, book, n, *rest in rows}


class _Row(NamedTuple):
    """A title as it was told."""

    shard: str
    area: int
    status: str
    owners: tuple[str, ...]
    since: str


def _titles(told: Sequence[Entry]) -> Rows:
    """By book, unit and entry; what is told twice in one entry is a list of two."""
    found: dict[Any, list[_Row]] = {}
    for e in told:
        given = e.effect.get("titles") or {}
        for unit, area, status, owners, since in given.get("rows", ()):
            key = (UUID(given["book"]), unit, e.id)
            found.setdefault(key, []).append(_Row(e.shard, area, status, tuple(owners), since))
    return {key: sorted(rows) for key, rows in found.items()}


def _title_rows(told: Sequence[Entry]) -> Rows:
    titles = list(Title.objects.filter(entry__in=[e.id for e in told]))
    found: dict[Any, list[_Row]] = {}
    for t in titles:
        owners = tuple(t.owners.split(";")) if t.owners else ()
        found.setdefault((t.book, t.unit, t.entry), []).append(
            _Row(t.shard, t.area, t.status, owners, t.since)
        )
    return {key: sorted(rows) for key, rows in found.items()}


def _misplaced(rows: Rows) -> Iterator[str]:
    """Titles that do not end the day before the next one begins, or are not found by their owners."""
    units = {(book, unit) for book, unit, _ in rows}
    books = {book for book, _ in units}
    chains: dict[tuple[UUID, str], list[Title]] = {}
    for t in Title.objects.filter(book__in=books, unit__in={unit for _, unit in units}):
        chains.setdefault((t.book, t.unit), []).append(t)
    for spot in sorted(units, key=str):
        chain = sorted(chains[spot], key=lambda t: (t.since, t.until or "9", t.id.int))
        following: list[str | None] = [t.since for t in chain[1:]]
        for title, after in zip(chain, [*following, None], strict=True):
            if title.until != (day_before(after) if after else None):
                yield f"title {spot[0]} {spot[1]} since {title.since} ends on {title.until}"
    yield from _owners([t for spot in units for t in chains[spot]])


def _owners(titles: Sequence[Title]) -> Iterator[str]:
    named_: dict[UUID, set[str]] = {t.id: set(t.owners.split(";")) if t.owners else set() for t in titles}
    found: dict[UUID, set[str]] = {t.id: set() for t in titles}
    for owner, of in Owner.objects.filter(title__in=list(found)).values_list("owner", "title"):
        found[of].add(owner)
    for title in titles:
        if named_[title.id] != found[title.id]:
            yield f"title {title.book} {title.unit} since {title.since} is not found by its owners"


def orphans() -> Iterator[tuple[UUID, str]]:
    """Rows that name a case, or an entry, which the journal does not know: (the case or the row, what it is)."""
    known = Head.objects.filter(kind="case").values("stream")
    for model, column in ((Book, "id"), (Authority, "id"), (Voucher, "case")):
        rows = model._default_manager.exclude(**{f"{column}__in": known}).values_list(column, flat=True)
        for orphan in sorted(set(rows)):
            yield orphan, f"{model._meta.model_name} without entries"
    for title in Title.objects.exclude(entry__in=Stored.objects.values("id")).values_list("id", flat=True):
        yield title, "title without an entry"
    for title in sorted(
        set(Owner.objects.exclude(title__in=Title.objects.values("id")).values_list("title", flat=True))
    ):
        yield title, "owner without a title"
