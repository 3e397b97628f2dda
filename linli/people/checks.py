"""Start-up checks: the keys of this floor are there, and they are the ones that this database was made with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from linli.people.keys import LOOKUP, SEALING, path_of, refuse_new_key, unseal


@register(Tags.database)
def keys_fit(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """One error for each key file that is missing or belongs to another database. Runs with ``check --database default``."""
    if not databases:
        return []
    try:
        for name in (SEALING, LOOKUP):
            refuse_new_key(path_of(name))
        _try_one()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="people.E001")]
    except DatabaseError:
        return []  # before the first migration there is nothing to open
    return []


def _try_one() -> None:
    from linli.people.models import Person
    from linli.people.persons import hash_of_phone

    person = Person.objects.exclude(phone_hash=None).first()
    if person is not None and hash_of_phone(unseal(person.phone_sealed)) != person.phone_hash:
        raise ImproperlyConfigured(
            f"{path_of(LOOKUP)} is not the key that this database was made with; put back its own"
        )
