"""A certificate of hours: what a volunteer has confirmed in a period, with a number that anybody can check."""

from __future__ import annotations

from linli.programmes.volunteering import words as w
from linli.programmes.volunteering.words import HOLDER
from linli.rules.fields import Day, Integer, Person, Place, Table, Text
from linli.rules.programme import OPENING, Action, CaseType, Counter, Kind, Numbering, State, Takes
from linli.rules.roles import ADMIN, COMMUNITY, SYSTEM
from linli.rules.text import T

READERS = (HOLDER, *w.READERS)
LINES = Table(
    "lines",
    T("服务明细", "The services"),
    columns=(
        Day("day", T("日期", "Day")),
        Text("title", T("服务", "Service"), at_most=60),
        Text("team", T("服务队", "Team"), at_most=60),
        Integer("minutes", T("时长", "Time"), unit=T("分钟", "minutes")),
    ),
    at_least=1,
    at_most=500,
    seen_by=READERS,
)
VOLUNTEER = Person("volunteer", T("志愿者", "Volunteer"), role="resident", seen_by=READERS)

CERTIFICATE = CaseType(
    "certificate",
    T("志愿服务记录证明", "Certificate of volunteer service"),
    place="where",
    summary="period",
    fields=(
        Place("where", T("哪个社区", "Which community")),
        Text("period", T("期间", "Period"), at_most=40),
        VOLUNTEER,
        Day("first", T("从", "From")),
        Day("last", T("到", "To")),
        Integer("minutes", T("已确认时长", "Confirmed time"), unit=T("分钟", "minutes")),
        Integer("times", T("服务次数", "Services"), unit=T("次", "services")),
        LINES,
    ),
    states=(
        State(
            "issued",
            T("有效", "Valid"),
            Kind.STANDING,
            says=T("证明已经出具。", "The certificate was issued."),
        ),
        State(
            "revoked",
            T("已作废", "Revoked"),
            Kind.VOID,
            says=T("证明已作废，可以重新出具。", "It was revoked; a new one can be issued."),
        ),
    ),
    actions=(
        Action(
            "issue",
            T("出具证明", "Issue the certificate"),
            OPENING,
            "issued",
            who=(SYSTEM,),
            seats=(Takes(HOLDER, "volunteer"),),
            says=T("证明出具了。", "The certificate was issued."),
        ),
        Action(
            "revoke",
            T("作废证明", "Revoke the certificate"),
            "issued",
            "revoked",
            who=(COMMUNITY,),
            not_by=(HOLDER,),
            asks=(w.REASON,),
            reads=(HOLDER,),
            tells=lambda s: [seat.head for seat in s.seats.get(HOLDER.key, ())],
            says=T("证明作废了。", "The certificate was revoked."),
        ),
    ),
    relations=(HOLDER,),
    seen_by=(*w.READERS, ADMIN, HOLDER),
    counters=(
        Counter("certificates", T("出具证明", "Certificates issued"), T("份", "certificates"), of="issue"),
    ),
    number=Numbering("ZM"),
)
