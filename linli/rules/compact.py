"""JSON with sorted keys and no blanks: equal values give equal text. What is canonical beyond that, chain.py decides."""

from __future__ import annotations

import json
from json import encoder
from typing import Any


def _unknown(value: object) -> Any:
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")


# ``JSONEncoder.encode`` sets up the C encoder anew for every text; here it is set up once. Where there is none (another
# Python than CPython), the class does the same more slowly.
_once = getattr(encoder, "c_make_encoder", None)
_chunks = _once and _once(None, _unknown, encoder.encode_basestring, None, ":", ",", True, False, False)
_plainly = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def compact(value: Any) -> str:
    """The text of a JSON value. Raises: TypeError, ValueError for NaN and infinities, RecursionError for a circle."""
    return "".join(_chunks(value, 0)) if _chunks else _plainly(value)
