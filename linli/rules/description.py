"""A definition told in one canonical text, so that its version changes when and only when it does."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


def describe(value: Any) -> Any:
    """A JSON value that says everything a definition says; functions are told by name and source."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: describe(getattr(value, f.name)) for f in fields(value) if f.name != "version"}
        return {
            "is": type(value).__name__,
            **{k: v for k, v in told.items() if v not in (None, [], {}, "", False)},
        }
    if isinstance(value, Mapping):
        return {str(k): describe(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [describe(v) for v in value]
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}#{_source(value)}"
    return value


def _source(function: Any) -> str:
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:12]


def digest(value: object) -> str:
    """Twelve hex digits that name this very definition."""
    text = json.dumps(describe(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
