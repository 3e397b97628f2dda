"""The kinds of persons."""

from __future__ import annotations

from linli.rules.text import T

RESIDENT, STAFF, UNIT_STAFF = "resident", "staff", "unit staff"
KINDS: dict[str, T] = {
    RESIDENT: T("居民", "Resident"),
    STAFF: T("工作人员", "Staff"),
    UNIT_STAFF: T("责任单位人员", "Unit staff"),
}
RESIDENTS = (RESIDENT,)
