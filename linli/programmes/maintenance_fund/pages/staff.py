"""The pages of the fund for the staff: what waits, a use from draft to settled account, the books of each account."""

from __future__ import annotations

from django.urls import URLPattern

from linli.faces.web.ways import Way, offer
from linli.programmes.maintenance_fund.pages import (
    audit,
    books,
    booksbank,
    bookscheck,
    booksdoor,
    booksfiles,
    booksvouchers,
    staffdoor,
    stafflist,
    staffsheet,
    staffuse,
)
from linli.rules.text import T

offer("staff", Way("staff-fund", T("资金", "Fund"), "landmark", roles=staffdoor.OFFERED), after="cases")

urls: list[URLPattern] = [
    *stafflist.urls,
    *staffuse.urls,
    *staffsheet.urls,
    *audit.urls,
    *books.urls,
    *booksdoor.urls,
    *booksfiles.urls,
    *booksvouchers.urls,
    *booksbank.urls,
    *bookscheck.urls,
]
