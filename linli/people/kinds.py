"""The kinds of persons and of units."""

from __future__ import annotations

from linli.rules.text import T

RESIDENT, STAFF, UNIT_STAFF = "resident", "staff", "unit staff"
KINDS: dict[str, T] = {
    RESIDENT: T("居民", "Resident"),
    STAFF: T("工作人员", "Staff"),
    UNIT_STAFF: T("责任单位人员", "Unit staff"),
}
RESIDENTS = (RESIDENT,)

UNIT_KINDS: dict[str, T] = {
    "property": T("物业", "Property"),
    "water": T("供水", "Water"),
    "heating": T("供热", "Heating"),
    "power": T("供电", "Power"),
    "gas": T("燃气", "Gas"),
    "lift": T("电梯维保", "Lift maintenance"),
    "cleaning": T("环卫", "Cleaning"),
    "police": T("公安", "Police"),
    "law": T("律师事务所", "Law firm"),
    "notary": T("公证处", "Notary office"),
    "justice": T("司法局、司法所", "Justice bureau"),
    "office": T("政府部门", "Public office"),
    "party_committee": T("社区大党委", "Joint Party committee"),
    "party_branch": T("小区党支部", "Party branch of the compound"),
    "management_committee": T("物管会", "Property-management committee"),
    "owners_committee": T("业委会", "Owners’ committee"),
}
"""The kinds of units that have a word of their own; any other stands as it was written."""
BODY_KINDS = ("party_committee", "party_branch", "management_committee", "owners_committee")
"""Bodies that work in a place but handle no case: nothing is sent to them."""
