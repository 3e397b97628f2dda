"""The residential maintenance fund: the accounts of projects, and every use from draft to settled account."""

from __future__ import annotations

from linli.programmes.maintenance_fund import rules
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.words import COMMITTEE, HOUSING
from linli.programmes.maintenance_fund.year import SERVICE_YEAR
from linli.rules.programme import Programme
from linli.rules.text import T

PROGRAMME = Programme(
    "maintenance_fund",
    T("住宅专项维修资金", "Residential maintenance fund"),
    T(
        "业主表决，公示期满，才能用钱；每一分都查得到。",
        "Owners decide, publicity ends, and only then is money spent; every cent can be followed.",
    ),
    case_types=(USE, ACCOUNT, SERVICE_YEAR),
    refusals=rules.REFUSALS,
    roles=(COMMITTEE, HOUSING),
)
