"""``linli account``: a new house gets its first administrator; nothing half done is left behind."""

import json

import pytest
from click.testing import CliRunner, Result

from linli.config.command.root import cli
from linli.people.duties import actor_of
from linli.people.models import Account, Duty, Person
from linli.territory import regions
from linli.territory.regions import RegionRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _region(db: None) -> None:
    regions.load([RegionRow("14", "山西省")])


def linli(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["account", *arguments], catch_exceptions=False)


def test_the_first_administrator_signs_in_with_the_password_shown_once() -> None:
    """A second call gives the same person a new password; his duty stays one."""
    passwords = []
    for _ in range(2):
        given = linli("root1", "--name", "测试管理员", "--region", "14", "--json")
        assert given.exit_code == 0
        passwords.append(json.loads(given.stdout)["password"])
    account = Account.objects.get(username="root1")
    assert [account.check_password(p) for p in passwords] == [False, True]
    assert Duty.objects.filter(person=account.person_id, role="admin", region="14").count() == 1
    assert account.person_id is not None
    duty = Duty.objects.get(person=account.person_id)
    assert actor_of(account.person_id, duty.starts).holds("admin", "140105006002")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (("--role", "nothing", "--region", "14"), "unknown-role"),
        (("--region", "1"), "'1' is not the code of a place"),
        (("--region", "99"), "'99' is no region that is known here"),
        (("--phone", "12", "--region", "14"), "bad-phone"),
        (("--role", "unit_staff", "--region", "14"), "unit-missing"),
        (("--region", "14", "--unit", "x"), "'x' is no id"),
    ],
)
def test_what_cannot_be_used_leaves_nothing_behind(wrong: tuple[str, ...], says: str) -> None:
    given = linli("root1", "--name", "测试管理员", *wrong)
    assert given.exit_code == 2
    assert says in given.stderr
    assert not given.stdout
    assert (Person.objects.count(), Account.objects.count()) == (0, 0)
