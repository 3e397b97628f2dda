"""The addresses of the spreadsheets."""

from __future__ import annotations

from linli.faces.sheets import ledger

urlpatterns = [*ledger.urls]
