"""The roles of the house. A programme may add its own."""

from __future__ import annotations

from linli.rules.text import T
from linli.rules.who import Role

PUBLIC = Role("public", T("公众", "Public"))
RESIDENT = Role("resident", T("居民", "Resident"))
BUILDING_CAPTAIN = Role("building_captain", T("楼栋长", "Building captain"))
GRID_MEMBER = Role("grid_member", T("网格员", "Grid member"))
CLERK = Role("clerk", T("窗口人员", "Window clerk"))
COMMUNITY = Role("community", T("社区工作人员", "Community staff"))
STREET = Role("street", T("街道工作人员", "Street staff"))
COUNTY = Role("county", T("区县工作人员", "County staff"))
CITY = Role("city", T("市级工作人员", "City staff"))
UNIT_STAFF = Role("unit_staff", T("责任单位人员", "Unit staff"))
LEADER = Role("leader", T("负责人", "Leader"))
AUDITOR = Role("auditor", T("审计人员", "Auditor"))
ADMIN = Role("admin", T("管理员", "Administrator"))
IMPORTER = Role("importer", T("导入", "Importer"))
CLOCK = Role("clock", T("时钟", "Clock"))
SYSTEM = Role("system", T("系统", "System"))
REGISTERED_PARTY = Role("registered_party", T("双报到党员", "Party member reporting to the community"))
BODY_MEMBER = Role("body_member", T("成员", "Member of a body"))
"""What somebody is in a grid without working in Linli: it lets him see and do nothing, and stands on the grid's card."""

HOUSE_ROLES: tuple[Role, ...] = (
    PUBLIC,
    RESIDENT,
    BUILDING_CAPTAIN,
    GRID_MEMBER,
    CLERK,
    COMMUNITY,
    STREET,
    COUNTY,
    CITY,
    UNIT_STAFF,
    LEADER,
    AUDITOR,
    ADMIN,
    IMPORTER,
    CLOCK,
    SYSTEM,
    REGISTERED_PARTY,
    BODY_MEMBER,
)
FORCE_ROLES: tuple[Role, ...] = (REGISTERED_PARTY, BODY_MEMBER)
STAFF_ROLES: tuple[Role, ...] = HOUSE_ROLES[2:13]
