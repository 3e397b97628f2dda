"""A backup comes back byte for byte, holds no key, and brings nobody back who was erased."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings

from linli.cases import backup, erasures, rebuild, uploads
from linli.cases.erase import erase
from linli.cases.models import Case, Upload
from linli.cases.restore import NotRestored, Restored, Unfit, restore
from linli.journal import anchor, cipher, dump, triggers
from linli.journal.append import entries
from linli.journal.models import Content
from linli.people import assigning, keys
from linli.people.models import Duty, Person
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import DAY, civil_day
from tests.cases.community import COMMUNITY, HOME, Town
from tests.cases.test_pictures import made
from tests.journal.tampering import CONTACT, DEMAND, RECEIVED, START, faults, told, visitor

pytestmark = pytest.mark.django_db(transaction=True)
Story = tuple[Town, UUID]
LATER = START + 2 * DAY


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos and the list of erasures of their own; the keys are those of the run."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    monkeypatch.setattr(erasures, "path", lambda: tmp_path / "erased.jsonl")


@pytest.fixture
def story() -> Story:
    return told()


@pytest.fixture
def saved(story: Story, tmp_path: Path) -> Path:
    """A backup of the town with its case and an anchor."""
    anchor.make(START)
    file = tmp_path / "backup.zip"
    backup.backup(file, START, quiet)
    return file


def quiet(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


def back(file: Path, *, force: bool = True, lists: tuple[Path, ...] = ()) -> Restored:
    return restore(file, LATER, quiet, force=force, lists=lists)


def with_members(file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The backup with its files changed."""
    with ZipFile(file) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    change(members)
    other = file.with_name("changed.zip")
    with ZipFile(other, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def test_the_same_entries_come_back(story: Story, saved: Path) -> None:
    cast, case = story
    before = [e.hash for e in entries(case)]
    cast.act(case, "community", "note", START + 9, {"note": "备份之后"})
    cast.act(DEMAND, "window", "receive", START + 10, RECEIVED)
    done = back(saved)
    assert [e.hash for e in entries(case)] == before and Case.objects.count() == 1
    assert (done.faults, done.erased, done.refused) == ((), (), ())
    assert faults(every_anchor=True) == [] and list(rebuild.check()) == []
    assert triggers.missing() == []


def test_work_goes_on_after_a_restore(story: Story, saved: Path) -> None:
    """Ids that the database gives go on where they stood."""
    cast, case = story
    back(saved)
    cast.act(case, "community", "note", LATER, {"note": "恢复之后"})
    new = cast.act(DEMAND, "window", "receive", LATER, RECEIVED)
    assert new.number.endswith("0002")
    anchor.make(LATER)
    assert faults() == [] and list(rebuild.check()) == []


def test_no_key_is_in_it_and_nobody_else_reads_it(saved: Path) -> None:
    with ZipFile(saved) as archive:
        content = b"".join(archive.read(n) for n in archive.namelist())
        names = archive.namelist()
    folder = cipher.key_path().parent
    found = [p for p in folder.iterdir() if p.suffix == ".key"]
    assert found
    for path in found:
        key = path.read_bytes()
        assert key not in content and key.hex().encode() not in content
    assert not [n for n in names if "key" in n.rsplit("/", 1)[-1].split(".")]
    assert "测试访客".encode() not in content and CONTACT["phone"].encode() not in content
    assert saved.stat().st_mode & 0o077 == 0


def test_photos_come_back_and_strays_go(story: Story, tmp_path: Path) -> None:
    cast, _ = story
    holder = str(cast.cast["resident"].person)
    photo = uploads.receive(made(), holder=holder, at=START)
    said = {"matter": "楼道灯不亮", "category": "power", "where": HOME, "photos": [str(photo)]}
    case = cast.act(DEMAND, "resident", "report", START, said).case
    uploads.claim(case, {"photos": [str(photo)]}, holder)
    file = tmp_path / "backup.zip"
    manifest = backup.backup(file, START, quiet)
    assert manifest["files"] == 3
    before = uploads.content(photo, "original")
    uploads.drop([photo])
    stray = uploads.receive(made(), holder=holder, at=START)
    back(file)
    assert uploads.content(photo, "original") == before == made()
    assert uploads.content(stray, "original") is None and Upload.objects.get().id == photo


def test_who_was_erased_since_is_erased_again(story: Story, saved: Path) -> None:
    _, case = story
    person = visitor(case)
    erase(person, by=THE_SYSTEM, at=START + 5, key=f"erase/{person}")
    assert [e.person for e in erasures.read()] == [person]
    done = back(saved)
    assert (done.erased, done.refused) == ((person,), ())
    assert not Content.objects.filter(person=person).exists()
    assert Person.objects.get(id=person).erased == LATER and faults() == []


def test_a_list_that_was_kept_elsewhere_counts(story: Story, saved: Path, tmp_path: Path) -> None:
    _, case = story
    person = visitor(case)
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_text(json.dumps({"person": str(person), "at": START}) + "\n")
    assert back(saved, lists=(elsewhere,)).erased == (person,)
    assert [e.person for e in erasures.read()] == [person]
    with pytest.raises(Unfit, match="no such list"):
        back(saved, lists=(tmp_path / "missing",))


def test_the_database_that_is_replaced_is_asked_who_was_erased(story: Story, saved: Path) -> None:
    _, case = story
    person = visitor(case)
    erase(person, by=THE_SYSTEM, at=START + 5, key="e")
    erasures.path().unlink()
    assert back(saved).erased == (person,)


def test_a_duty_of_the_older_backup_does_not_bring_him_back(story: Story, tmp_path: Path) -> None:
    _, case = story
    person = visitor(case)
    duty = assigning.assign(
        person=person, role="grid_member", region=COMMUNITY + "001", starts=civil_day(START), by=THE_SYSTEM, at=START, key="d"
    )  # fmt: skip
    file = tmp_path / "backup.zip"
    backup.backup(file, START, quiet)
    erasures.remember([erasures.Erasure(person, START)])
    assert back(file).erased == (person,)
    assert Duty.objects.get(id=duty).ends is not None


def test_everybody_signs_in_anew(saved: Path, tmp_path: Path) -> None:
    Session.objects.create(session_key="s", session_data="x", expire_date=now())
    file = tmp_path / "second.zip"
    backup.backup(file, START, quiet)
    back(file)
    assert not Session.objects.exists()


def test_others_go_on_working_meanwhile(story: Story, tmp_path: Path) -> None:
    """The backup is of the moment at which it began."""
    cast, case = story
    file, acted = tmp_path / "backup.zip", list[int]()

    def act() -> None:
        acted.append(cast.act(case, "community", "note", START + 9, {"note": "正在备份"}).seq)
        connection.close()

    def meanwhile(what: str, _done: int, _of: int) -> None:
        if what == "database" and not acted:
            other = Thread(target=act)
            other.start()
            other.join()

    manifest = backup.backup(file, START, meanwhile)
    assert acted == [4] and len(entries(case)) == 4
    assert back(file).manifest == manifest
    assert len(entries(case)) == 3 and faults() == []


def test_a_home_in_use_is_not_overwritten(saved: Path) -> None:
    with pytest.raises(Unfit, match="in use"):
        back(saved, force=False)


def test_a_file_that_is_there_is_not_overwritten(saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(FileExistsError):
        backup.backup(saved, START, quiet)
    assert saved.read_bytes() == before


def test_without_its_keys_nothing_is_restored(saved: Path, tmp_path: Path, settings: Settings) -> None:
    settings.LINLI_HOME = tmp_path / "other"
    with pytest.raises(Unfit, match="put the keys back first"):
        back(saved)
    for name in (cipher.key_path().name, keys.LOOKUP):
        keys.path_of(name).parent.mkdir(parents=True, exist_ok=True)
        keys.path_of(name).write_bytes(b"\5" * 32)
    with pytest.raises(Unfit, match="are not those under which"):
        back(saved)


def test_what_is_no_backup_is_named(saved: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_text("no zip")
    with pytest.raises(Unfit, match="not a zip file"):
        back(text)
    with pytest.raises(Unfit, match="it is no backup of Linli"):
        back(with_members(saved, lambda m: m.pop(backup.MANIFEST)))
    bare = json.dumps({"format": backup.FORMAT}).encode()
    with pytest.raises(Unfit, match="says nothing of database, entries"):
        back(with_members(saved, lambda m: m.update({backup.MANIFEST: bare})))
    with pytest.raises(Unfit, match="the format is"):
        back(with_members(saved, lambda m: m.update({backup.MANIFEST: b"{}"})))


def test_the_other_kind_of_database_is_refused(saved: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[backup.MANIFEST] = members[backup.MANIFEST].replace(connection.vendor.encode(), b"another")

    with pytest.raises(Unfit, match="name a database of its kind"):
        back(with_members(saved, change))


def test_other_heads_than_the_manifest_says_are_named(saved: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[backup.MANIFEST])
        members[backup.MANIFEST] = json.dumps({**manifest, "heads": "00" * 32}).encode()

    with pytest.raises(NotRestored, match="another root"):
        back(with_members(saved, change))


def test_a_path_that_leads_out_of_the_folder_is_not_written(saved: Path, tmp_path: Path) -> None:
    bad = with_members(saved, lambda m: m.update({"uploads/../../out": b"x", "uploads/ab/../../out": b"x"}))
    back(bad)
    assert not (tmp_path / "out").exists() and not (tmp_path.parent / "out").exists()


def test_a_database_that_is_ahead_cannot_go_back(saved: Path) -> None:
    if connection.vendor == "sqlite":
        return  # the file brings its own tables
    with pytest.raises(dump.OtherSchema, match=r"cases\.0001_initial"):
        dump._to_schema([m for m in dump.migrations() if m[0] != "cases"])
