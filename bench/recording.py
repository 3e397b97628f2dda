"""Records every statement that an act executes, and executes the same statements again on the driver alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from django.db import connection

from linli.journal import writes

Statement = tuple[str, Sequence[Any]]
Transaction = list[Statement]
_BOUNDARY = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


class Recorder:
    """Statements, one list for each act."""

    def __init__(self) -> None:
        self.transactions: list[Transaction] = []

    def begin(self) -> None:
        """What follows belongs to a new act."""
        self.transactions.append([])

    def take(self, sql: str, params: Sequence[Any] | None) -> None:
        """One statement of the present act."""
        if self.transactions and not sql.startswith(_BOUNDARY):
            self.transactions[-1].append((sql, tuple(params or ())))


@contextmanager
def recording() -> Iterator[Recorder]:
    """Everything that goes to the database meanwhile, by the ORM or past it."""
    recorder = Recorder()
    replaced = {"flush": _flush(recorder), "fetch": _fetch(recorder)}
    before = {name: getattr(writes, name) for name in replaced}
    _swap(before, replaced)
    try:
        with connection.execute_wrapper(_wrapper(recorder)):
            yield recorder
    finally:
        _swap(replaced, before)


def _swap(now: dict[str, Any], then: dict[str, Any]) -> None:
    """Replace functions wherever a module imported them by name."""
    for module in [m for n, m in list(sys.modules.items()) if n.startswith("linli.")]:
        for name, function in now.items():
            if module.__dict__.get(name) is function:
                setattr(module, name, then[name])


def _flush(recorder: Recorder) -> Callable[..., None]:
    inner = writes.flush

    def flush(given: Sequence[writes.Write], using: str = "default") -> None:
        for sql, params in given:
            recorder.take(sql, params)
        inner(given, using)

    return flush


def _fetch(recorder: Recorder) -> Callable[..., list[tuple[Any, ...]]]:
    inner = writes.fetch

    def fetch(sql: str, params: Sequence[object] = (), **more: Any) -> list[tuple[Any, ...]]:
        recorder.take(sql, params)
        return inner(sql, params, **more)

    return fetch


def _wrapper(recorder: Recorder) -> Callable[..., Any]:
    def wrapper(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        recorder.take(sql, params)
        return execute(sql, params, many, context)

    return wrapper


class Bare(Protocol):
    """A database without Linli: runs one transaction, statement by statement."""

    def run(self, statements: Transaction) -> None:
        """Begin, execute, read what comes back, commit."""
