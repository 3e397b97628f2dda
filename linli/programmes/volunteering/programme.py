"""志愿服务: its case types together."""

from __future__ import annotations

from linli.programmes.volunteering import rules
from linli.programmes.volunteering.certificate import CERTIFICATE
from linli.programmes.volunteering.helping import HELP
from linli.programmes.volunteering.serving import SERVICE
from linli.programmes.volunteering.team import TEAM
from linli.rules.programme import Programme
from linli.rules.text import T

PROGRAMME = Programme(
    "volunteering",
    T("志愿服务", "Volunteering"),
    T(
        "邻居帮邻居：求助有人接，服务有记录，工时经确认。",
        "Neighbours help neighbours: every request is taken, every service recorded, every hour confirmed.",
    ),
    case_types=(HELP, SERVICE, TEAM, CERTIFICATE),
    refusals=rules.REFUSALS,
)
