"""How often one address may do something that could be guessed, or that fills the house: counted in the shared cache."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from linli.people.keys import keyed_hash


@dataclass(frozen=True, slots=True)
class Attempts:
    """At most ``most`` of something within ``seconds`` from one network address; addresses are kept as keyed hashes."""

    name: str
    most: int
    seconds: int

    def over(self, request: HttpRequest) -> bool:
        """Whether there were too many."""
        return int(cache.get(self._key(request), 0)) >= self.most

    def count(self, request: HttpRequest) -> None:
        """One more."""
        key = self._key(request)
        if not cache.add(key, 1, self.seconds):
            cache.incr(key)

    def _key(self, request: HttpRequest) -> str:
        address = get_adapter().get_client_ip(request)
        return f"{self.name}/{keyed_hash('address', str(address))[:32]}"
