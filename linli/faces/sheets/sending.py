"""A workbook as an answer: written to a file that is gone once it is sent, under a name that says what and when."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import FileResponse

from linli.faces.sheets.book import Head, write
from linli.faces.sheets.cells import Cell, china
from linli.rules.text import T

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 4_000_000
"""Files up to so many bytes are held in memory while they are written."""


def sent(
    title: T,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Cell]],
    about: Iterable[tuple[str, Cell]],
    lang: str,
    at: int,
) -> FileResponse:
    """The answer that carries the workbook; ``at`` is when it was made, µs UTC."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write(file, title, heads, rows, about, lang)
    file.seek(0)
    name = T("{t}-{day}.xlsx", "{t}-{day}.xlsx").format(t=title, day=f"{china(at):%Y%m%d-%H%M}")
    answer = FileResponse(file, content_type=KIND)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name.in_(lang))}"
    answer["Cache-Control"] = "no-store, private"
    return answer
