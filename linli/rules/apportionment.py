"""A cost shared out to the cent, in proportion to area: the largest remainders are rounded up, and the shares sum to the cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

COST = re.compile(r"([0-9]+)(?:\.([0-9]{1,2}))?")


def cents_of(text: str) -> int:
    """An amount of money in cents, as it is written: 12345.67. Raises: ValueError for anything else, and for nothing."""
    found = COST.fullmatch(text.strip())
    cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else 0
    if cents <= 0:
        raise ValueError(
            f"{text!r} is not an amount above zero with at most two decimals; write such as 12345.67"
        )
    return cents


def apportion(cents: int, weights: Sequence[int], names: Sequence[str]) -> list[int]:
    """The share of each, in their order: ``cents`` in proportion to ``weights`` (whole numbers above zero, such as 0.01 m²), rounded
    down, and the cents that are left to the largest remainders, of equal ones to the lesser name by code points.

    Raises: ValueError where there is nobody to share, a weight is not above zero, or an amount is below zero.
    """
    total = sum(weights)
    if not weights or min(weights) <= 0 or cents < 0:
        raise ValueError(
            "shares need an amount that is not below zero and at least one weight, each above zero"
        )
    shares = [cents * w // total for w in weights]
    left = cents - sum(shares)
    order = sorted(range(len(weights)), key=lambda i: (-(cents * weights[i] % total), names[i]))
    for i in order[:left]:
        shares[i] += 1
    return shares
