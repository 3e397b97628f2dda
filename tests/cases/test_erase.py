"""Erasing a person removes what names him, everywhere; what happened stays, and the journal verifies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from linli.cases import erasures, rebuild, uploads
from linli.cases.erase import Done, erase
from linli.cases.models import Case, SavedView, Upload
from linli.journal import bundle, bundle_verify, cipher, erasing
from linli.journal.append import contents, entries, lock
from linli.journal.models import Content, Entry
from linli.journal.writes import flush
from linli.people import assigning, keys, persons
from linli.people.models import Account, Message, Person
from linli.people.outbox import put
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.check import check
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import colouring, households, moving
from linli.territory.households import HouseholdRow
from tests.cases.community import COMMUNITY, HOME, Town
from tests.cases.test_pictures import made
from tests.journal.tampering import CONTACT, DEMAND, RECEIVED, START, faults, loosen, told, visitor, words

pytestmark = pytest.mark.django_db
LATER = START + 1000
LAW = T("业主大会规则第二十条", "Rules of owners’ assemblies, article 20")
Story = tuple[Town, UUID, UUID]


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    monkeypatch.setattr(erasures, "path", lambda: tmp_path / "keys" / "erased.jsonl")


@pytest.fixture
def story() -> Story:
    """The town, a case that a visitor reported at the window, and the visitor."""
    cast, case = told()
    return cast, case, visitor(case)


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A law bids to keep what persons said in the case type."""
    definition = installed[DEMAND[0]]
    kept = replace(definition, case_type=replace(definition.case_type, keeps=LAW))
    monkeypatch.setitem(installed._definitions, DEMAND[0], kept)
    yield


def gone(person: UUID, key: str = "e/1", at: int = LATER, *, reason: str = "", rest: bool = False) -> Done:
    return erase(person, by=THE_SYSTEM, at=at, key=key, reason=reason, rest=rest)


def test_nothing_that_names_him_is_left(story: Story) -> None:
    _, case, person = story
    done = gone(person)
    assert (done.parts, done.streams, done.again) == (2, 2, False)
    assert not Content.objects.filter(person=person).exists()
    row = Person.objects.get(id=person)
    assert (row.mask, row.name_sealed, row.phone_sealed, row.name_hash, row.phone_hash) == (
        "",
        "",
        "",
        None,
        None,
    )
    assert persons.find_by_phone(CONTACT["phone"]) is None
    assert all(c.person is None for parts in contents(e.id for e in entries(case)).values() for c in parts)


def everything() -> str:
    """Every value of every table as a text, what is sealed opened with the keys of the house."""
    told_ = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            told_ += [opened(str(value)) for row in cursor.fetchall() for value in row]
    return "\n".join(told_)


def opened(text: str) -> str:
    for unseal in (cipher.open_, lambda sealed: keys.unseal(sealed).encode()):
        if text.startswith(cipher.MARK):
            with suppress(cipher.Unopenable, keys.KeyUnfit):
                return unseal(text).decode()
    return text


def test_no_table_names_him_in_clear_or_sealed(story: Story) -> None:
    """Also a table that somebody adds later: whatever holds a name must be emptied here."""
    _, case, person = story
    put(phone=CONTACT["phone"], text=f"{CONTACT['name']}，您好", purpose="messages", person=person, at=START)
    at_work = Actor(story[0].cast["community"].person, (Grant("community", COMMUNITY),))
    reason = f"请{CONTACT['name']}补充情况"
    persons.open_(person, "phone", reason, at_work, START + 5, place=HOME, case=case, key="open")
    before = everything()
    assert CONTACT["name"] in before and CONTACT["phone"] in before
    gone(person)
    after = everything()
    assert CONTACT["name"] not in after and CONTACT["phone"] not in after


def test_the_journal_still_verifies_and_replays(story: Story) -> None:
    gone(story[2])
    assert faults() == []
    assert list(rebuild.check()) == []


def test_the_erasure_is_an_entry_that_names_the_parts(story: Story) -> None:
    _, case, person = story
    gone(person, reason="本人要求")
    entry = Entry.objects.get(stream=person, action=erasing.ERASED)
    assert [entries(case)[0].id.hex, 1] in [list(p) for p in erasing.named(entry.effect)]
    assert contents([entry.id])[entry.id][0].content == {"reason": "本人要求"}


def test_a_second_call_finds_nothing_to_do(story: Story) -> None:
    person = story[2]
    gone(person)
    before = Entry.objects.count()
    assert gone(person).again and gone(person, "e/2", LATER + 5).again
    assert Entry.objects.count() == before


def test_a_key_of_another_erasure_is_refused(story: Story) -> None:
    cast, _, person = story
    gone(person)
    other = cast.cast["resident"].person
    assert other is not None
    with pytest.raises(Refused) as refusal:
        gone(other)
    assert refusal.value.code == "key-reused"


def test_whoever_holds_a_duty_is_not_erased(story: Story) -> None:
    _, _, person = story
    assigning.assign(
        person=person, role="grid_member", region=COMMUNITY + "001", starts=civil_day(START), by=THE_SYSTEM, at=START, key="d"
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        gone(person)
    assert refusal.value.code == "person-busy"
    assert Content.objects.filter(person=person).exists()


def test_nobody_is_nobody() -> None:
    with pytest.raises(Refused) as refusal:
        gone(UUID(int=5))
    assert refusal.value.code == "no-such-person"


def test_what_a_law_bids_to_keep_is_refused_with_its_name(story: Story, law: None) -> None:
    _, case, person = story
    with pytest.raises(Refused) as refusal:
        gone(person)
    assert refusal.value.code == "kept-by-law"
    assert LAW.zh in refusal.value.reason.zh and LAW.en in refusal.value.reason.en
    assert Case.objects.get(id=case).number in refusal.value.reason.en
    assert Person.objects.get(id=person).erased is None


def test_the_rest_can_be_erased_and_the_kept_part_later(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, case, person = story
    definition = installed[DEMAND[0]]
    with monkeypatch.context() as patched:
        kept = replace(definition, case_type=replace(definition.case_type, keeps=LAW))
        patched.setitem(installed._definitions, DEMAND[0], kept)
        done = gone(person, rest=True)
    assert (done.parts, [k.case for k in done.kept], done.kept[0].law) == (1, [case], LAW)
    assert Content.objects.filter(person=person).count() == 1 and faults() == []
    assert gone(person).parts == 1
    assert not Content.objects.filter(person=person).exists() and faults() == []


def test_a_law_that_keeps_nothing_is_a_fault_of_the_definition() -> None:
    definition = installed[DEMAND[0]]
    bare = {k: f for k, f in definition.fields.items() if not f.personal}
    with pytest.raises(ValueError, match="no field is personal"):
        check(replace(definition, fields=bare, case_type=replace(definition.case_type, keeps=LAW)))


def test_a_part_goes_only_where_an_entry_names_it(story: Story) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Content.objects.filter(person=story[2]).delete()


def test_a_part_said_to_be_erased_that_is_still_there_is_a_fault(story: Story) -> None:
    _, case, person = story
    row = Content.objects.get(entry=entries(case)[0].id, person=person)
    gone(person)
    row.save(force_insert=True)
    assert f"{case} 1: content part 1 is said to be erased, but is still there" in words()


def test_facts_of_a_case_are_nobody_s_to_erase(story: Story) -> None:
    _, case, person = story
    loosen()
    head = lock(person)
    assert head is not None
    first = entries(case)[0]
    part = erasing.PersonalPart(first.id, 0, first.shard, case, "case", first.action)
    flush(erasing.erase(head, [part], by=None, role="system", at=LATER, key="forged", request=b"\1"))
    assert f"{case} 1: content part 0 is missing: facts of a case cannot be erased" in words()


def test_many_parts_are_named_in_several_entries(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    cast, _, person = story
    for number in range(4):
        cast.act(DEMAND, "window", "receive", START + number, RECEIVED)
    monkeypatch.setattr(erasing, "MOST_IN_AN_ENTRY", 2)
    done = gone(person)
    assert done.parts >= 6
    assert Entry.objects.filter(action=erasing.ERASED).count() == -(-done.parts // 2)
    assert faults() == []


def test_what_waited_for_him_goes_too(story: Story) -> None:
    _, _, person = story
    put(phone=CONTACT["phone"], text="您好", purpose="messages", person=person, at=START)
    SavedView.objects.create(id=UUID(int=1), person=person, filters="{}", made=START)
    Account.objects.create(id=UUID(int=2), person_id=person, made=START)
    gone(person)
    assert not Message.objects.exists() and not SavedView.objects.exists() and not Account.objects.exists()


def test_originals_go_and_the_shown_copies_stay(
    story: Story, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast = story[0]
    person = cast.cast["resident"].person
    assert person is not None
    sent = [uploads.receive(made(), holder=str(person), at=START) for _ in range(2)]
    said = {"matter": "楼道灯不亮", "category": "power", "where": HOME, "photos": [str(sent[0])]}
    case = cast.act(DEMAND, "resident", "report", START, said).case
    uploads.claim(case, {"photos": [str(sent[0])]}, str(person))
    with django_capture_on_commit_callbacks(execute=True):
        assert gone(person).photos == 2
    assert uploads.content(sent[0], "original") is None
    assert uploads.content(sent[0], "shown") is not None
    assert list(Upload.objects.values_list("id", flat=True)) == [sent[0]]
    assert [e.person for e in erasures.read()] == [person]


def test_the_bundle_of_his_case_says_that_a_part_was_erased(story: Story) -> None:
    _, case, person = story
    gone(person)
    files = bundle.members(case, personal=True)
    assert list(bundle_verify.faults(files)) == []
    assert "personal parts said to have been erased: 1" in "\n".join(bundle_verify.summary(files))


def test_who_registers_again_is_a_new_person(story: Story) -> None:
    cast, _, person = story
    gone(person)
    again = cast.act(DEMAND, "window", "receive", LATER, RECEIVED, key="again").case
    assert visitor(again) != person


def test_the_list_keeps_each_person_once(tmp_path: Path) -> None:
    one = erasures.Erasure(UUID(int=1), 5)
    assert (erasures.remember([one]), erasures.remember([one])) == (1, 0)
    assert erasures.read() == [one]
    assert erasures.path().stat().st_mode & 0o077 == 0
    erasures.path().write_text("nonsense\n")
    with pytest.raises(erasures.NotAList, match="line 1"):
        erasures.read()


def test_whoever_is_erased_lives_nowhere_any_more(story: Story) -> None:
    """His door is left; where nobody is left behind it, its labels end; a neighbour's door keeps its own."""
    cast, _, person = story
    day = civil_day(START)
    households.load([HouseholdRow(HOME, "1", "101"), HouseholdRow(HOME, "1", "102")])
    alone, shared = f"{HOME}-1-101", f"{HOME}-1-102"
    keeper = cast.cast["community"]
    for number, (door, who) in enumerate(((alone, person), (shared, cast.cast["resident"].person))):
        assert who is not None
        moving.move_in(door, who, day, by=keeper, at=START, key=f"in/{number}")
        moving.label(door, "subsistence", day, by=keeper, at=START, key=f"label/{number}")
    erase(person, by=THE_SYSTEM, at=LATER, key="erase")
    after = day + timedelta(days=1)
    assert households.lived_in(COMMUNITY, after) == {shared}
    sight = {alone[:17]: frozenset(households.LABELS), shared[:17]: frozenset(households.LABELS)}
    kept = {code: keys for code, keys in colouring.marks(sight, after).items() if keys}
    assert kept == {shared: ("subsistence",)}
    assert faults() == []
    assert erase(person, by=THE_SYSTEM, at=LATER + 1, key="erase").again
