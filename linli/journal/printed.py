"""An anchor on paper: lines that a person can compare and a program can read back."""

from __future__ import annotations

import json
import re
from typing import Any

from linli.rules.chain import Anchor, anchor_told

_LINE = re.compile(r"^\s*([a-z_]+)\s+([0-9a-z:-]*)\s*$", re.MULTILINE)


class NotAnAnchor(ValueError):
    """The text holds no anchor."""


def as_json(anchor: Anchor) -> dict[str, Any]:
    """The anchor as JSON tells it: what it says, and its signature in hex."""
    return {**anchor_told(anchor), "signature": anchor.signature.hex()}


def lines(anchor: Anchor) -> list[str]:
    """The anchor as a page to print."""
    told = as_json(anchor)
    wide = max(map(len, told))
    return [
        f"邻里 Linli · 台账锚 Journal anchor · {anchor.day}",
        "",
        *(f"  {name:<{wide}}  {value}" for name, value in told.items()),
        "",
        "留存此页的人，以后可以查出当日及以前的台账是否被改动。",
        "Whoever keeps this page can tell later whether anything recorded up to then was changed.",
        "  linli journal verify --against <this text>",
    ]


def read(text: str) -> Anchor:
    """An anchor from its printed lines or its JSON. Raises: NotAnAnchor, naming what is missing."""
    try:
        told: dict[str, Any] = json.loads(text) if text.lstrip().startswith("{") else _first(text)
        told = told.get("anchor", told)
        return Anchor(
            day=str(told["day"]),
            root=bytes.fromhex(told["root"]),
            heads=int(told["heads"]),
            entries=int(told["entries"]),
            hash_name=str(told["hash"]),
            prev=bytes.fromhex(told["prev"]),
            public_key=bytes.fromhex(told["public_key"]),
            made=int(told["made"]),
            signature=bytes.fromhex(told["signature"]),
        )
    except KeyError as missing:
        raise NotAnAnchor(f"no line {missing} is in it; a printed anchor has one") from None
    except (AttributeError, TypeError, ValueError) as wrong:
        raise NotAnAnchor(f"it is not as an anchor is printed ({wrong})") from None


def _first(text: str) -> dict[str, str]:
    """The lines by name; where a name stands twice, the first."""
    return dict(reversed(_LINE.findall(text)))
