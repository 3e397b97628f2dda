"""Persons: one phone is one person, masks by default, every change an entry."""

from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from linli.journal.append import contents, entries
from linli.people.contact import Masked
from linli.people.kinds import RESIDENT, STAFF
from linli.people.models import Person as Row
from linli.people.persons import change, find_by_name, find_by_phone, masked, register
from linli.rules.actor import THE_SYSTEM
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from tests.people.conftest import NOON, Person

PHONE = "13812345678"


def _actions(person: UUID) -> list[str]:
    return [e.action for e in entries(person)]


def test_the_same_phone_is_the_same_person(person: Person) -> None:
    first = person("王小明", PHONE)
    assert person("王小明", "+86 138-1234-5678") == first
    assert _actions(first) == ["registered", "met-again"]
    assert Row.objects.count() == 1


def test_a_missing_name_is_filled_in_and_a_known_one_kept(person: Person) -> None:
    first = person("", PHONE)
    assert masked([first])[first] == Masked("", "138****5678")
    person("李红", PHONE)
    person("张三", PHONE)
    assert masked([first])[first].name == "李**"
    assert find_by_name("张三") == []


def test_two_people_of_one_name_without_phones_stay_two(person: Person) -> None:
    both = {person("王小明"), person("王小明")}
    assert len(both) == 2
    assert set(find_by_name("王 小明")) == both


def test_found_by_exact_phone_and_full_name_alone(person: Person) -> None:
    wang = person("王小明", PHONE)
    assert find_by_phone("138 1234 5678") == wang
    assert find_by_phone("13812345679") is None
    assert find_by_name("王小明") == [wang]
    assert find_by_name("王小") == []


def test_masks_take_one_query(person: Person, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    known = [person("王小明", PHONE), person("欧阳修", "13912345678"), person("John Smith")]
    with django_assert_num_queries(1):
        shown = masked([*known, new_id()])
    assert [shown[i] for i in known] == [
        Masked("王**", "138****5678"),
        Masked("欧**", "139****5678"),
        Masked("J**", ""),
    ]
    assert len(shown) == 3


def test_the_entry_tells_who_registered_whom_and_seals_what_was_said(person: Person) -> None:
    wang = person("王小明", PHONE)
    entry = entries(wang)[0]
    assert (entry.kind, entry.shard, entry.role, entry.happened) == ("person", "0" * 12, "system", NOON)
    assert entry.effect == {"id": str(wang), "kind": RESIDENT}
    parts = contents([entry.id])[entry.id]
    assert [(p.person, p.content) for p in parts] == [(wang, {"name": "王小明", "phone": PHONE})]


def test_a_retry_gives_the_same_person_and_another_request_is_refused(db: None) -> None:
    def call(name: str) -> UUID:
        return register(name=name, kind=RESIDENT, at=NOON, by=THE_SYSTEM, key="one")

    assert call("王小明") == call("王小明")
    assert Row.objects.count() == 1
    with pytest.raises(Refused, match="key-reused"):
        call("王大明")


def test_a_name_or_a_phone_is_corrected(person: Person) -> None:
    wang = person("王小明", PHONE)
    change(wang, name="王晓明", at=NOON, by=THE_SYSTEM, key="c1")
    change(wang, phone="13712345678", at=NOON, by=THE_SYSTEM, key="c2")
    assert find_by_name("王晓明") == [wang] == [find_by_phone("13712345678")]
    assert find_by_name("王小明") == [] and find_by_phone(PHONE) is None
    change(wang, phone="", at=NOON, by=THE_SYSTEM, key="c3")
    assert masked([wang])[wang] == Masked("王**", "")
    assert _actions(wang) == ["registered", "changed", "changed", "changed"]


def test_a_phone_belongs_to_one_person(person: Person) -> None:
    person("王小明", PHONE)
    other = person("李红")
    with pytest.raises(Refused) as refusal:
        change(other, phone=PHONE, at=NOON, by=THE_SYSTEM, key="c")
    assert refusal.value.code == "phone-taken" and "phone" in refusal.value.fields


@pytest.mark.parametrize(("name", "phone", "code"), [("", None, "bad-name"), ("王小明", "123", "bad-phone")])
def test_nobody_is_registered_without_a_name_or_a_good_phone(
    db: None, name: str, phone: str | None, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        register(name=name, phone=phone, kind=STAFF, at=NOON, by=THE_SYSTEM, key="k")
    assert Row.objects.count() == 0


def test_an_unknown_kind_is_an_error_of_the_programmer(db: None) -> None:
    with pytest.raises(ValueError, match="no kind of person"):
        register(name="王小明", kind="hero", at=NOON, by=THE_SYSTEM, key="k")


def test_the_tables_hold_no_clear_text(person: Person) -> None:
    person("王小明", PHONE)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = " ".join(
                    bytes(v).decode(errors="replace") if isinstance(v, memoryview) else str(v) for v in row
                )
                assert "王小明" not in text and PHONE not in text, table
