"""Anchors: what the head no longer tells, the anchor does; what the anchor in the database no longer tells, the printed one does."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest
from pytest_django import Settings

from linli.cases.clock import anchor_day
from linli.journal import anchor, bundle, bundle_verify, printed
from linli.journal.append import entries
from linli.journal.models import Anchor as Row
from linli.journal.models import Head, Leaf
from linli.journal.writes import Write
from linli.rules.chain import Anchor
from linli.rules.worktime import DAY
from tests.cases.community import Town
from tests.journal.tampering import START, faults, loosen, run, told, words

pytestmark = pytest.mark.django_db
Told = tuple[Town, UUID]


@pytest.fixture
def story() -> Told:
    return told()


def test_a_day_has_one_anchor(story: Told) -> None:
    first, new = anchor.make(START)
    again, anew = anchor.make(START + 1)
    assert (new, anew, again) == (True, False, first)
    assert (first.heads, Leaf.objects.count()) == (Head.objects.count(), Head.objects.count())
    assert faults() == []


def test_the_next_anchor_holds_on_to_the_first_and_keeps_what_moved(story: Told) -> None:
    cast, case = story
    first, _ = anchor.make(START)
    cast.act(case, "community", "note", START + 5, {"note": "又看过"})
    second, _ = anchor.make(START + DAY)
    assert second.prev and second.entries == first.entries + 1
    assert [leaf.stream for leaf in Leaf.objects.filter(day=second.day)] == [case]
    assert faults(every_anchor=True) == []


def cut(case: UUID) -> None:
    """Remove the last entry with all that knows of it but the anchors."""
    loosen()
    last = entries(case)[-1]
    before = entries(case)[-2]
    run("DELETE FROM journal_content WHERE entry = %s", last.id)
    run("DELETE FROM journal_entry WHERE id = %s", last.id)
    run("UPDATE journal_head SET seq = %s, hash = %s WHERE stream = %s", before.seq, before.hash, case)


def test_an_entry_removed_with_its_head_is_missed_by_the_anchor(story: Told) -> None:
    _, case = story
    day = anchor.make(START)[0].day
    cut(case)
    assert words() == f"{case} 3: entry 3, which the anchor of {day} saw as the last, is missing"


def test_nothing_is_signed_over_a_journal_that_lost_something(story: Told) -> None:
    _, case = story
    anchor.make(START)
    cut(case)
    with pytest.raises(anchor.Broken, match=str(case)):
        anchor.make(START + DAY)
    assert anchor_day(START + DAY) is False


def test_a_case_removed_whole_is_missed_by_the_anchor(story: Told) -> None:
    _, case = story
    anchor.make(START)
    loosen()
    for table, column in (("entry", "stream"), ("head", "stream")):
        run(f"DELETE FROM journal_{table} WHERE {column} = %s", case)
    assert f"{case} 3: entry 3, which the anchor of" in words()
    with pytest.raises(anchor.Broken, match="is gone"):
        anchor.make(START + DAY)


def test_whoever_removes_the_anchor_too_is_found_against_the_printed_one(story: Told) -> None:
    _, case = story
    kept = printed.read("\n".join(printed.lines(anchor.make(START)[0])))
    cut(case)
    run("DELETE FROM journal_leaf")
    run("DELETE FROM journal_anchor")
    assert faults() == []
    assert (
        words(against=(kept,))
        == f"anchors None: the anchor of {kept.day} that was handed in is not in the journal"
    )
    anchor.make(START)
    assert "in the journal is not the one handed in" in words(against=(kept,))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("root = %s", "does not bear its signature"),
        ("signature = %s", "does not bear its signature"),
        ("public_key = %s", "does not bear its signature"),
        ("prev = %s", "does not hold on to being the first"),
    ],
)
def test_a_changed_anchor_is_named(story: Told, change: str, says: str) -> None:
    anchor.make(START)
    loosen()
    run(f"UPDATE journal_anchor SET {change}", b"\3" * 32)
    assert says in words()


@pytest.mark.parametrize("change", ["heads = heads + 1", "entries = entries - 1", "made = made + 1"])
def test_changed_figures_of_an_anchor_are_named(story: Told, change: str) -> None:
    anchor.make(START)
    loosen()
    run(f"UPDATE journal_anchor SET {change}")
    assert "does not bear its signature" in words()


def test_a_removed_anchor_is_missed_by_the_next(story: Told) -> None:
    first = anchor.make(START)[0]
    anchor.make(START + DAY)
    loosen()
    run("DELETE FROM journal_anchor WHERE day = %s", first.day)
    found = words()
    assert "does not hold on to being the first" in found
    assert f"there are leaves of {first.day}, but no anchor" in found


def test_a_removed_leaf_leaves_another_root(story: Told) -> None:
    _, case = story
    anchor.make(START)
    loosen()
    run("DELETE FROM journal_leaf WHERE stream = %s", case)
    found = words()
    assert "do not give its root" in found and "its leaves hold" in found


def test_an_older_root_is_recomputed_when_asked(story: Told) -> None:
    cast, case = story
    first = anchor.make(START)[0]
    cast.act(case, "community", "note", START + 5, {"note": "又看过"})
    anchor.make(START + DAY)
    loosen()
    run("DELETE FROM journal_leaf WHERE stream = %s AND day = %s", case, first.day)
    assert f"the leaves of the anchor of {first.day} do not give its root" in words(every_anchor=True)


def test_an_anchor_under_another_key_is_named(story: Told) -> None:
    anchor.make(START)
    path = anchor.key_path()
    key = path.read_bytes()
    try:
        path.write_bytes(b"\7" * 32)
        assert "is signed by another key than anchor.key" in words()
        anchor.make(START + DAY)
        assert "is signed by another key than that of" in words()
        path.unlink()
        with pytest.raises(anchor.KeyMissing):
            anchor.make(START + 2 * DAY)
    finally:
        path.write_bytes(key)


def test_a_printed_anchor_is_read_back(story: Told) -> None:
    made = anchor.make(START)[0]
    assert printed.read("\n".join(printed.lines(made))) == made
    with pytest.raises(printed.NotAnAnchor, match="day"):
        printed.read("nothing of it")
    with pytest.raises(printed.NotAnAnchor):
        printed.read("{}")


def test_the_clock_anchors_a_day_once(story: Told) -> None:
    assert anchor_day(START) is True
    assert anchor_day(START + 1) is False
    assert Row.objects.count() == 1
    assert isinstance(anchor.last(), Anchor)


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="this Python's OpenSSL has no SM3")
def test_everything_holds_with_sm3(settings: Settings) -> None:
    settings.LINLI_HASH = "sm3"
    _, case = told()
    made, _ = anchor.make(START)
    assert made.hash_name == "sm3" and faults(every_anchor=True) == []
    assert list(bundle_verify.faults(bundle.members(case))) == []


def test_an_anchor_made_by_another_process_meanwhile_is_the_day_s(
    story: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = anchor._signed
    there: list[Anchor] = []

    def slow(day: str, at: int, before: Anchor | None) -> tuple[Anchor, list[Write]]:
        monkeypatch.setattr(anchor, "_signed", signed)
        there.append(anchor.make(at + 1)[0])
        return signed(day, at, before)

    monkeypatch.setattr(anchor, "_signed", slow)
    assert anchor.make(START) == (there[0], False)
    assert Row.objects.count() == 1 and faults() == []
