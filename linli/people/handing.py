"""A person's contact for another act about the same person: from the registry to the door, past nobody's eyes."""

from __future__ import annotations

from uuid import UUID

from linli.people.keys import unseal
from linli.people.models import Person


def contact_of(person: UUID) -> dict[str, str]:
    """Name and phone as an answer of a contact field takes them; empty where either is unknown, or was erased.

    For code alone: what a person is to read goes through opening.py, which asks a reason and is an entry.
    """
    columns = ("name_sealed", "phone_sealed")
    found = Person.objects.filter(id=person, erased=None).values_list(*columns).first()
    name, phone = (unseal(sealed) for sealed in found) if found else ("", "")
    return {"name": name, "phone": phone} if name and phone else {}
