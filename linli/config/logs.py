"""How a fault is written to the log: where it happened and of what kind, not with what data."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

TELLING = (ImproperlyConfigured, OperationalError)
"""Faults of the surroundings, whose messages name settings, files and servers."""
_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Leaves out what a fault says of itself: a database quotes the row that it refuses, a reader the text that it cannot read."""

    def formatException(self, ei: _Fault) -> str:  # noqa: N802 - the name that logging calls
        """The places in the code, from the first cause on, each with the kind of its fault."""
        return "\n".join(part for fault in reversed(list(_causes(ei[1]))) for part in _told(fault))


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _told(fault: BaseException) -> list[str]:
    places = "".join(traceback.format_tb(fault.__traceback__)).rstrip()
    kind = f"{type(fault).__module__}.{type(fault).__qualname__}"
    return [places, f"{kind}: {fault}" if isinstance(fault, TELLING) else kind]
