"""The books outlive a backup, and the triggers that guard them are those that a migration put in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from linli.funds import invariants, triggers
from linli.funds.verify import verify
from linli.journal import dump
from linli.journal import triggers as guards
from linli.journal.snapshot import snapshot
from linli.rules.books import gate
from tests.funds.ledger import deposit, payment, post, refused, stands
from tests.funds.lifetime import lifetime

PUT_IN = "0002_triggers", "cbddb36988db5de1"
"""The last migration that puts the triggers in, and the digest of what it puts in."""


@pytest.mark.django_db(transaction=True)
def test_a_backup_brings_the_books_back_guarded(tmp_path: Path) -> None:
    book, _ = lifetime()
    before = stands(book)
    with snapshot(), ZipFile(tmp_path / "dump.zip", "w") as archive:
        dump.dump(archive, lambda *_: None)
    post(book, deposit(5))
    with ZipFile(tmp_path / "dump.zip") as archive:
        dump.load(archive, dump.migrations(), lambda *_: None)
    assert stands(book) == before
    assert list(verify(book)) == []
    assert guards.missing() == []
    assert refused(lambda: post(book, payment(5))) == "gate/no-authority"
    post(book, deposit(5))


def test_who_changes_a_rule_or_the_chart_writes_a_migration() -> None:
    """What stands in a database is compared at every start: a rule that no migration puts in would keep the house shut.

    Write one that calls ``linli.journal.triggers.install``, and put its name and the new digest into PUT_IN.
    """
    digest = hashlib.sha256(repr(triggers.GUARDS).encode()).hexdigest()[:16]
    assert (PUT_IN[0], digest) == PUT_IN
    folder = Path(triggers.__file__).with_name("migrations")
    named = [p.stem for p in sorted(folder.glob("0*.py")) if "triggers.install" in p.read_text("utf-8")]
    assert named[-1] == PUT_IN[0]


def test_the_gate_says_the_same_in_sql_and_in_python() -> None:
    said = {
        r.code.removeprefix("gate/") for r in invariants.leg_sum_rules(invariants.SQLITE) if "gate/" in r.code
    }
    assert said == set(gate.SHUT) | {"money-comes-in"}
