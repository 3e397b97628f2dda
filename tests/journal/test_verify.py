"""Whatever is changed behind the door is found and named: in an entry, in its content, in a head, in a stream."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from linli.journal.append import entries, head_of
from linli.journal.faults import Fault
from linli.journal.models import Entry as Row
from linli.journal.verify import Walk
from linli.rules.chain import canonical
from linli.rules.ids import new_id
from tests.journal.tampering import faults, loosen, run, set_column, told, undone, words

pytestmark = pytest.mark.django_db
HASHED = (
    "id", "stream", "kind", "shard", "seq", "action", "actor", "role", "happened", "recorded", "definition",
    "effect", "digests", "prev", "hash", "hash_name", "key", "request",
)  # fmt: skip


@pytest.fixture
def case() -> UUID:
    return told()[1]


def test_a_journal_as_it_was_written_has_no_fault(case: UUID) -> None:
    walk = Walk()
    assert list(walk.faults()) == []
    assert (walk.entries, walk.cases) == (Row.objects.count(), 1)


def test_one_stream_can_be_verified_alone(case: UUID) -> None:
    walk = Walk(case)
    assert list(walk.faults()) == []
    assert walk.entries == 3
    assert [f.what for f in Walk(new_id()).faults()] == ["there is no entry of this stream, or no head"]


def test_every_column_of_an_entry_is_hashed() -> None:
    assert {f.column for f in Row._meta.concrete_fields} == set(HASHED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.integers(0, 2), st.sampled_from(HASHED), st.integers(0, 10**6), st.integers(1, 255))
def test_any_changed_byte_of_any_column_is_found(
    case: UUID, number: int, column: str, at: int, flip: int
) -> None:
    entry = entries(case)[number]
    with undone():
        loosen()
        try:
            set_column(entry, column, flipped(stored(entry.id, column), at, flip))
        except (DataError, IntegrityError, UnicodeDecodeError):
            assume(
                False
            )  # the database itself refuses a number that is taken, PostgreSQL bytes that are no UTF-8
        found = faults()
    assert found
    if column not in ("stream", "shard", "seq"):
        assert (str(case), number + 1) in {(f.case, f.seq) for f in found}


def stored(entry: UUID, column: str) -> object:
    """The value as the driver gives it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM journal_entry WHERE id = %s",
            [entry.hex if connection.vendor == "sqlite" else entry],
        )
        return cursor.fetchone()[0]


def flipped(value: object, at: int, flip: int) -> object:
    """The value with one byte changed; an empty one gets a byte."""
    if value is None:
        return new_id()
    if isinstance(value, UUID):
        return UUID(bytes=_flipped(value.bytes, at, flip))
    if isinstance(value, int):
        return value ^ (flip << 8 * (at % 3))
    if isinstance(value, str):
        return bytearray(_flipped(value.encode(), at, flip))
    return _flipped(bytes(value), at, flip)  # type: ignore[call-overload]


def _flipped(raw: bytes, at: int, flip: int) -> bytes:
    changed = bytearray(raw or b"\0")
    changed[at % len(changed)] ^= flip
    return bytes(changed)


def test_a_changed_column_names_its_entry(case: UUID) -> None:
    loosen()
    run("UPDATE journal_entry SET role = 'street' WHERE stream = %s AND seq = 2", case)
    what = "the entry was changed after it was written: its columns do not give its hash"
    assert faults() == [Fault(str(case), 2, what)]


def test_an_entry_hashed_anew_no_longer_carries_the_next(case: UUID) -> None:
    loosen()
    run("UPDATE journal_entry SET hash = %s WHERE stream = %s AND seq = 1", b"\1" * 32, case)
    assert "2: it does not hold on to the entry before it" in words()


def test_blanks_between_the_digests_are_a_change(case: UUID) -> None:
    """JSON that says the same in other bytes is not what was written."""
    loosen()
    run("UPDATE journal_entry SET digests = replace(digests, ',', ', ') WHERE stream = %s AND seq = 1", case)
    assert "column digests: it is not a list of digests as Linli writes them" in words()


def test_the_last_entry_removed_is_missed_by_the_head(case: UUID) -> None:
    loosen()
    run("DELETE FROM journal_entry WHERE stream = %s AND seq = 3", case)
    assert f"{case} 3: entries 3 to 3 are missing: the head knows 3" in words()


def test_an_entry_removed_from_the_middle_is_missed(case: UUID) -> None:
    loosen()
    run("DELETE FROM journal_entry WHERE stream = %s AND seq = 2", case)
    assert f"{case} 3: entry 2 is missing before this one" in words()


def test_two_entries_swapped_are_both_named(case: UUID) -> None:
    loosen()
    for old, new in ((2, 9), (3, 2), (9, 3)):
        run("UPDATE journal_entry SET seq = %s WHERE stream = %s AND seq = %s", new, case, old)
    named = {f.seq for f in faults() if f.case == str(case)}
    assert named == {2, 3}


def test_all_entries_of_a_case_removed_are_missed(case: UUID) -> None:
    loosen()
    run("DELETE FROM journal_entry WHERE stream = %s", case)
    found = words()
    assert f"{case} 3: the head knows 3 entries, but there is none" in found
    assert "content part 0 belongs to no entry of this id" in found


def test_a_stream_without_its_head_is_named(case: UUID) -> None:
    loosen()
    run("DELETE FROM journal_head WHERE stream = %s", case)
    assert f"{case} 3: the stream has entries, but no head" in words()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("seq = 2", "the head ends at entry 2, the stream at 3"),
        ("kind = 'person'", "the head says another kind or place"),
        ("shard = '140105006003'", "the head says another kind or place"),
    ],
)
def test_a_changed_head_is_named(case: UUID, change: str, says: str) -> None:
    loosen()
    run(f"UPDATE journal_head SET {change} WHERE stream = %s", case)
    assert says in words()


def test_a_head_with_another_hash_is_named(case: UUID) -> None:
    loosen()
    run("UPDATE journal_head SET hash = %s WHERE stream = %s", b"\2" * 32, case)
    assert "the head holds another hash than the last entry" in words()


def test_edited_facts_are_named(case: UUID) -> None:
    loosen()
    first = entries(case)[0].id
    body = canonical({"answers": {"matter": "没有这回事"}}).decode()
    run("UPDATE journal_content SET body = %s WHERE entry = %s AND part = 0", body, first)
    assert f"{case} 1: content part 0 was changed: it does not give its digest" in words()


def test_an_edited_personal_part_is_named(case: UUID) -> None:
    loosen()
    first = entries(case)[0].id
    run(
        "UPDATE journal_content SET body = substr(body, 1, 20) || 'AA' || substr(body, 23) WHERE entry = %s AND part = 1",
        first,
    )
    assert f"{case} 1: content part 1 does not open: it was changed" in words()


def test_a_personal_part_of_somebody_else_is_named(case: UUID) -> None:
    loosen()
    run("UPDATE journal_content SET person = %s WHERE entry = %s AND part = 1", new_id(), entries(case)[0].id)
    assert f"{case} 1: content part 1 was changed: it does not give its digest" in words()


@pytest.mark.parametrize("part", [0, 1])
def test_content_removed_without_an_erasure_is_named(case: UUID, part: int) -> None:
    loosen()
    run("DELETE FROM journal_content WHERE entry = %s AND part = %s", entries(case)[0].id, part)
    assert f"{case} 1: content part {part} is missing, and no entry “erased” explains it" in words()


def test_content_that_was_added_is_named(case: UUID) -> None:
    loosen()
    entry = entries(case)[1]
    columns = "id, entry, shard, part, person, salt, body"
    run(
        f"INSERT INTO journal_content ({columns}) VALUES (%s, %s, %s, 7, NULL, %s, '{{}}')",
        new_id(),
        entry.id,
        entry.shard,
        b"\0" * 16,
    )
    assert f"{case} 2: content part 7 was added: the entry knows nothing of it" in words()


def test_salts_are_covered(case: UUID) -> None:
    loosen()
    run("UPDATE journal_content SET salt = %s WHERE entry = %s AND part = 0", b"\0" * 16, entries(case)[0].id)
    assert f"{case} 1: content part 0 was changed" in words()
    run("UPDATE journal_content SET salt = %s WHERE entry = %s AND part = 0", b"\0" * 3, entries(case)[0].id)
    assert f"{case} 1: content part 0 was changed: a salt has 16 bytes, not 3" in words()


def test_other_streams_stay_without_fault(case: UUID) -> None:
    """One fault is one fault: the walk goes on and accuses nobody else."""
    loosen()
    run("UPDATE journal_entry SET happened = happened + 1 WHERE stream = %s AND seq = 1", case)
    assert {f.case for f in faults()} == {str(case)}
    head = head_of(case)
    assert head is not None and head.seq == 3
