"""Search: what stands in the words is found, in the middle too; what does not is not; and each sees only his own."""

from __future__ import annotations

import unicodedata
from datetime import date
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases.sight import cases_seen_by
from linli.journal.writes import flush
from linli.rules.ids import new_id
from linli.rules.worktime import HOUR, day_start
from linli.search.grams import MOST, forget, grams, held, index, matching
from tests.cases.community import COMMUNITY, HOME, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
letters = st.sampled_from("漏水管楼道灯AbC12ＡＢ，。 -_%'\\")
texts = st.text(letters, max_size=12)


def enter(*documents: str) -> dict[str, UUID]:
    """The ids under which the texts were entered."""
    ids = {text: new_id() for text in documents}
    with transaction.atomic():
        flush([write for text, id_ in ids.items() for write in index(COMMUNITY, id_, text)])
    return ids


def found(query: str) -> set[UUID]:
    """The documents that a query finds."""
    return {row["document"] for row in matching(query)}


class AnyTexts(TestCase):
    """The index against looking with one's own eyes."""

    @settings(max_examples=60)
    @given(st.lists(texts, min_size=1, max_size=4, unique=True), texts)
    def test_found_is_what_holds_every_pair_of_the_query(self, documents: list[str], query: str) -> None:
        ids = enter(*documents)
        wanted = grams(query)
        naive = {id_ for text, id_ in ids.items() if wanted and all(holds(text, gram) for gram in wanted)}
        assert found(query) == naive

    @settings(max_examples=60)
    @given(texts, texts, texts)
    def test_a_part_of_the_words_is_found(self, before: str, part: str, after: str) -> None:
        text = before + part + after
        id_ = enter(text)[text]
        assert (id_ in found(part)) == bool(grams(part))
        with transaction.atomic():
            flush(forget(id_))
        assert not held(id_) and not found(part)


def holds(text: str, gram: str) -> bool:
    """Whether one reads the pair, or the single character, in some word of the text."""
    words = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).lower()).split()
    return any(gram in word for word in words)


@given(texts)
def test_pairs_are_of_one_word_each_once_and_folded(text: str) -> None:
    made = grams(text)
    assert len(set(made)) == len(made)
    assert all(1 <= len(g) <= 2 and g == g.lower() and g.isalnum() for g in made)
    assert grams(text.upper()) == made
    assert set(grams(text + "。")) == set(made)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("漏水", [1, 2]),
        ("漏", [1, 2, 3]),
        ("水管漏", []),
        ("顶楼漏水", [1]),
        ("漏水 顶楼", [1]),
        ("漏 5", [3]),
        ("wifi", [4]),
        ("WiFi路由", [4]),
        ("ＷＩＦＩ", [4]),
        ("wi", [4]),
        ("5号楼", [3]),
        ("5", [3]),
        ("。，！", []),
        ("", []),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE search_gram; --", []),
        ("\x00", []),
    ],
)
def test_what_people_type(query: str, numbers: list[int]) -> None:
    said = ["顶楼漏水，三天了", "卫生间漏水！楼上不管", "5号楼 漏 电", "WiFi路由器坏了"]
    ids = enter(*said)
    assert found(query) == {ids[said[n - 1]] for n in numbers}


@pytest.mark.django_db
def test_a_long_text_keeps_its_beginning() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(2 * MOST))
    id_ = enter(text)[text]
    assert len(held(id_)) == MOST
    assert found(text[:10]) == {id_} and found(text[-10:]) == set()


@pytest.mark.django_db
def test_nobody_finds_what_he_may_not_see() -> None:
    """The words lead to the case; who sees the case is asked besides."""
    cast = town()
    said = {"matter": "卫生间漏水", "category": "water", "where": HOME}
    case = cast.act(("demand", COMMUNITY), "resident", "report", START, said).case
    assert found("漏水") == found("LL-2026-0001") == {case}
    seen = {by for by, a in cast.cast.items() if cases_seen_by(a).filter(id__in=matching("漏水")).exists()}
    assert {"resident", "community", "grid", "street"} <= seen
    assert not seen & {"resident2", "nobody", "elsewhere", "next_grid", "property", "importer"}


@pytest.mark.django_db
def test_names_and_phones_are_not_searched() -> None:
    cast = town()
    said = {
        "matter": "卫生间漏水",
        "category": "water",
        "where": HOME,
        "people": 1,
        "reporter": {"name": "欧阳测试", "phone": "19900001111"},
    }
    cast.act(("demand", COMMUNITY), "window", "receive", START, said)
    assert found("欧阳") == found("19900001111") == set()
