"""Legal services: partners and their hours, sessions, questions, visits at home."""

from __future__ import annotations

from linli.programmes.legal_services.consultation import CONSULTATION
from linli.programmes.legal_services.partner import LEGAL_PARTNER
from linli.programmes.legal_services.rules import REFUSALS
from linli.programmes.legal_services.session import LEGAL_SESSION
from linli.programmes.legal_services.visit import LEGAL_VISIT
from linli.rules.programme import Programme
from linli.rules.text import T

PROGRAMME = Programme(
    "legal_services",
    T("普法与公共法律服务", "Legal services"),
    T(
        "讲座能报名，坐诊能预约，问题限期答复，走不动的送法上门。",
        "Talks to sign up for, lawyers to book, questions answered in time, and visits to those who cannot come.",
    ),
    case_types=(CONSULTATION, LEGAL_SESSION, LEGAL_VISIT, LEGAL_PARTNER),
    refusals=REFUSALS,
)
