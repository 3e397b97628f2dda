"""``flush`` empties a test database, and no other: a journal is never emptied."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core import mail
from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from linli.journal import triggers


class Command(Flush):
    """Django's command behind two bolts: a test run must be on, and the database be one that it made."""

    help = "Empties a test database. Any other database is refused: it holds a journal."

    def handle(self, **options: Any) -> None:
        """Take the triggers out, empty the tables and put the triggers back, in one transaction."""
        using = options["database"]
        if not _is_test(connections[using]):
            raise CommandError(
                "flush is refused: this is no test database, and a journal is never emptied. "
                "To begin anew, point LINLI_HOME or LINLI_DB somewhere else."
            )
        with transaction.atomic(using):
            triggers.remove(using)
            super().handle(**options)
            triggers.install(using)


def _is_test(connection: BaseDatabaseWrapper) -> bool:
    name = str(connection.settings_dict["NAME"])
    made_by_a_test = PurePath(name).name.startswith(("test_", "test-")) or "memory" in name
    return made_by_a_test and hasattr(mail, "outbox")
