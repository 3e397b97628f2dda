"""Which programmes are installed. ``linli.config.programmes`` fills it at start; every floor reads it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linli.rules.definition import Definition
from linli.rules.programme import CAME_OUT, Programme
from linli.rules.roles import STAFF_ROLES
from linli.rules.who import Role


class Registry:
    """The installed programmes and their case types by key."""

    def __init__(self) -> None:
        self._definitions: dict[str, Definition] = {}
        self.programmes: dict[str, Programme] = {}
        self.staff: frozenset[str] = frozenset(r.key for r in STAFF_ROLES)
        """The keys of the roles of those who work: the house's, and every role that a programme brings."""
        self.descent: frozenset[str] = frozenset({CAME_OUT})
        """The relations by which a case stands below another: it came out of it, or an act of it began it."""

    def install(self, definitions: Iterable[Definition]) -> None:
        """Add the case types of one programme. Raises ValueError when a key is taken."""
        for definition in definitions:
            if definition.key in self._definitions:
                raise ValueError(f"case type {definition.key!r} is defined by two programmes")
            self._definitions[definition.key] = definition
            self.programmes[definition.programme.key] = definition.programme
            self.staff |= {r.key for r in definition.programme.roles}
            self.descent |= {b.relation for a in definition.actions.values() for b in a.begins}

    def __getitem__(self, key: str) -> Definition:
        return self._definitions[key]

    def get(self, key: str) -> Definition | None:
        """The case type of that key, or None."""
        return self._definitions.get(key)

    def __iter__(self) -> Iterator[Definition]:
        return iter(self._definitions.values())

    def __contains__(self, key: object) -> bool:
        return key in self._definitions

    def of(self, programme: str) -> list[Definition]:
        """The case types of one programme."""
        return [d for d in self if d.programme.key == programme]

    def roles(self) -> dict[str, Role]:
        """Every role known: the house's and those of programmes."""
        from linli.rules.roles import HOUSE_ROLES

        return {r.key: r for r in (*HOUSE_ROLES, *(r for p in self.programmes.values() for r in p.roles))}


installed = Registry()
