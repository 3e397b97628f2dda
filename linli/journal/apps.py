"""The floor of the journal: entries, their content, the heads of streams, anchors."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Registers the tables of this floor."""

    name = "linli.journal"
    label = "journal"
