"""``linli account``: the first administrator of a new house, and whoever else works in it before there are pages to add him."""

from __future__ import annotations

import secrets
import time
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import click

from linli.faces.cli.frame import answer, as_json, start_storing, unusable

if TYPE_CHECKING:
    from linli.rules.refusal import Refused

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


@click.command()
@click.argument("username")
@click.option("--name", prompt=True, help="Full name; asked for where it is not given.")
@click.option("--phone", default="", help="Mobile number: the same number is the same person.")
@click.option("--role", default="admin", show_default=True, help="Key of the duty to give.")
@click.option("--region", required=True, help="Code of the place for which the duty is given.")
@click.option("--unit", default="", help="Id of the unit, for unit staff.")
@as_json
def account(username: str, name: str, phone: str, role: str, region: str, unit: str, json_: bool) -> None:
    """Give USERNAME a duty and a password that is shown once.

    The second factor is set up at the first sign-in. For a user name that there is already, its holder gets a new password,
    and the duty if he has not got it; his name and number stay.
    """
    start_storing()
    from django.db import transaction

    from linli.rules.refusal import Refused

    _known(region)
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    try:
        with transaction.atomic():
            person = _holder(username) or _person(name, phone)
            _account(person, username, password)
            _duty(person, role, region, UUID(unit) if unit else None)
    except Refused as refusal:
        unusable(_why(refusal))
    except ValueError:
        unusable(f"--unit: {unit!r} is no id")
    told = {"username": username, "password": password, "role": role, "region": region}
    lines = [
        f"{username}  {password}",
        "The password is shown this once; the second factor is set up at the first sign-in.",
    ]
    answer(told, json_, lambda: lines)


def _known(region: str) -> None:
    """End where nobody knows the region: a duty for it would reach nothing."""
    from linli.rules.place import level_of
    from linli.territory.regions import exists

    try:
        known = exists(region)
        level_of(region)
    except ValueError as error:
        unusable(f"--region: {error}")
    if not known:
        unusable(f"--region: {region!r} is no region that is known here; linli import regions brings them")


def _why(refusal: Refused) -> str:
    return f"{refusal.code}: {refusal.reason.en}"


def _now() -> int:
    return time.time_ns() // 1000


def _holder(username: str) -> UUID | None:
    """Who signs in under the name already."""
    from linli.people.models import Account

    return Account.objects.filter(username=username).values_list("person", flat=True).first()


def _person(name: str, phone: str) -> UUID:
    from linli.people import persons
    from linli.rules.actor import THE_SYSTEM
    from linli.rules.ids import new_id

    key = f"account/{new_id()}"
    return persons.register(name=name, phone=phone or None, kind="staff", at=_now(), by=THE_SYSTEM, key=key)


def _account(person: UUID, username: str, password: str) -> None:
    from linli.people.accounts import give_account
    from linli.rules.actor import THE_SYSTEM
    from linli.rules.ids import new_id

    key = f"account/{new_id()}"
    give_account(person, username, password, by=THE_SYSTEM, at=_now(), key=key)


def _duty(person: UUID, role: str, region: str, unit: UUID | None) -> None:
    from linli.people import assigning
    from linli.rules.actor import THE_SYSTEM
    from linli.rules.ids import new_id
    from linli.rules.refusal import Refused
    from linli.rules.worktime import civil_day

    at = _now()
    today: date = civil_day(at)
    try:
        assigning.assign(
            person=person,
            role=role,
            region=region,
            starts=today,
            unit=unit,
            by=THE_SYSTEM,
            at=at,
            key=f"duty/{new_id()}",
        )
    except Refused as refusal:
        if refusal.code != "duty-overlaps":
            raise
