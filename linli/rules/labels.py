"""The population labels (分色管理) that a household can carry: one word, one colour. The roll keeps which household has which."""

from __future__ import annotations

from linli.rules.text import T

LABELS: dict[str, T] = {
    "lone_elder": T("独居老人", "Lives alone, old"),
    "disabled": T("残疾", "Disabled"),
    "subsistence": T("低保", "Subsistence allowance"),
    "veteran": T("退役军人", "Veteran"),
    "party": T("党员", "Party member"),
    "tenant": T("租户", "Tenant"),
    "minor": T("未成年人", "Minors"),
}
