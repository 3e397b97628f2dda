"""Requests that cannot be read: too large is said as such, anything else as unreadable. The pages stand beside the templates."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
MOST_BYTES = 120 * 1024 * 1024
"""So much one form may bring: nine photos of the largest size, and what is typed around them."""


class Bounded(FileUploadHandler):
    """Refuses a form that is too large before its first byte is read; the handlers after it take the files."""

    def handle_raw_input(
        self, input_data: Any, meta: dict[str, str], content_length: int, boundary: str, encoding: Any = None
    ) -> None:
        """Raises: RequestDataTooBig."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"a form of {content_length} bytes, at most {MOST_BYTES} are taken")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands it on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keeps nothing."""


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that Django refused to read."""
    status = 413 if isinstance(exception, TOO_MUCH) else 400
    return render(request, f"{status}.html", status=status)
