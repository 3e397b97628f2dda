"""Money as a field: typed in yuan, kept in whole cents."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass

from linli.rules.fields import Field, Invalid
from linli.rules.text import T

_YUAN = re.compile(r"([0-9]{1,13}|[0-9]{1,3}(?:[,，][0-9]{3}){1,4})(?:\.([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class Money(Field):
    """An amount in yuan. Its canonical form is whole cents, between ``at_least`` and ``at_most`` cents."""

    _: KW_ONLY
    at_least: int = 1
    at_most: int = 100_000_000_000

    def clean(self, raw: object) -> int:
        """The cents. Text is yuan with at most two decimals (12,345.67 is taken); an integer is cents already."""
        cents = raw if isinstance(raw, int) and not isinstance(raw, bool) else _cents(raw)
        if not self.at_least <= cents <= self.at_most:
            said = T("应在 {low} 至 {high} 元之间", "Expected between {low} and {high} yuan")
            raise Invalid(said.format(low=yuan(self.at_least), high=yuan(self.at_most)))
        return cents


def _cents(raw: object) -> int:
    found = _YUAN.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if not found:
        raise Invalid(
            T("请填写金额（元），最多两位小数，如 12345.67", "Expected an amount in yuan such as 12345.67")
        )
    return int(found[1].replace(",", "").replace("，", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


def yuan(cents: int) -> str:
    """Cents as yuan: 1,234.50."""
    sign, whole = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"
