"""The addresses of the spreadsheets."""

from __future__ import annotations

from linli.faces.sheets import coverage, ledger

urlpatterns = [*ledger.urls, *coverage.urls]
