"""The words of mediation: who is who in a dispute, the kinds of disputes, and the fields that several forms share."""

from __future__ import annotations

from linli.rules.fields import AskedIf, Choice, Contact, Flag, Option, Photos, Place, Text
from linli.rules.place import Level
from linli.rules.roles import COMMUNITY, GRID_MEMBER
from linli.rules.text import T
from linli.rules.who import Relation, Role

MEDIATOR = Role("mediator", T("调解员", "Mediator"))
MEDIATION_LEAD = Role("mediation_lead", T("调委会主任", "Head of the mediation committee"))

PARTY = Relation("party", T("当事人", "Party"))
APPLICANT = Relation("applicant_side", T("申请人", "Applicant"))
RESPONDENT = Relation("respondent_side", T("被申请人", "Respondent"))
REGISTRAR = Relation("registrar", T("登记人", "Who registered it"))
ASSIGNED = Relation("assigned", T("受指派的调解员", "Assigned mediator"))
TAKEN_ON = Relation("taken_on", T("承办调解员", "Mediator in charge"))
STOOD_ASIDE = Relation("stood_aside", T("已回避的调解员", "Mediator who stood aside"))
SIGNED = Relation("signed", T("已签字的当事人", "Party that has signed"))
CONFIRMING = Relation(
    "confirming_party", T("申请司法确认的当事人", "Party that asks for judicial confirmation")
)

INSIDE = (PARTY, ASSIGNED, MEDIATION_LEAD)
"""Who reads what the parties agreed and what was said when they sat together."""
TOLD = (APPLICANT, REGISTRAR, ASSIGNED, MEDIATION_LEAD)
"""Who reads what one side told: the other side does not."""
MEDIATING = (ASSIGNED, MEDIATION_LEAD)
"""Who reads the mediators’ own notes."""

KIND_TITLES: dict[str, T] = {
    "neighbours": T("邻里纠纷", "Between neighbours"),
    "noise": T("噪声扰民纠纷", "Noise"),
    "water": T("漏水损失纠纷", "Damage by leaking water"),
    "family": T("婚姻家庭纠纷", "Family"),
    "care": T("赡养抚养纠纷", "Support of parents and children"),
    "property_service": T("物业服务纠纷", "Property service"),
    "parking": T("停车纠纷", "Parking"),
    "tenancy": T("房屋租赁纠纷", "Tenancy"),
    "building": T("房屋宅基地纠纷", "Land and buildings"),
    "labour": T("劳动争议", "Labour"),
    "debt": T("债务纠纷", "Debt"),
    "damages": T("损害赔偿纠纷", "Damages"),
    "medical": T("医疗纠纷", "Medical care"),
    "other": T("其他民间纠纷", "Another civil dispute"),
}
KINDS = tuple(Option(key, title) for key, title in KIND_TITLES.items())
RISKS = (
    Option("low", T("一般", "Low")),
    Option("medium", T("较大，可能升级", "Medium: it may grow")),
    Option("high", T("重大，可能伤人或有人轻生", "High: somebody may be harmed")),
)
SIDES = (
    Option("applicant", T("申请人一方", "The applicant’s side")),
    Option("respondent", T("被申请人一方", "The respondent’s side")),
)
HIGH = AskedIf("risk", ("high",))

KIND = Choice("kind", T("纠纷类型", "Kind of dispute"), KINDS)
RISK = Choice(
    "risk",
    T("风险等级", "Risk"),
    RISKS,
    seen_by=(REGISTRAR, *MEDIATING),
    help=T(
        "有动手、扬言报复、轻生迹象的，一律按“重大”。",
        "Blows, threats or talk of suicide are always “high”.",
    ),
)
REPORTED_TO = Choice(
    "reported_to",
    T("已报告给", "Reported to"),
    (
        Option("police", T("派出所", "Police station")),
        Option("street", T("街道综治中心", "The street office’s public-order centre")),
        Option("party", T("社区党组织", "The community’s party branch")),
        Option("emergency", T("120 急救", "Ambulance (120)")),
    ),
    many=True,
    asked_if=HIGH,
    seen_by=(REGISTRAR, *MEDIATING),
    help=T(
        "重大风险要先电话报告，再登记。", "A high risk is reported by telephone first and entered afterwards."
    ),
)
WHERE = Place(
    "where",
    T("纠纷在哪里", "Where the dispute is"),
    level=Level.BUILDING,
    or_above=Level.COMMUNITY,
)
ABOUT = Text(
    "about",
    T("事情经过", "What happened"),
    personal=True,
    seen_by=TOLD,
    at_most=3000,
    lines=6,
    help=T(
        "只有您、登记人、调解员和调委会主任看得到，对方看不到。",
        "Only you, whoever enters it, the mediators and the head of the committee read it; the other side does not.",
    ),
)
WANTED = Text(
    "wanted",
    T("希望怎样解决", "What would settle it"),
    personal=True,
    seen_by=(*TOLD, PARTY),
    at_most=600,
    lines=3,
    help=T("受理后对方也看得到这一项。", "Once the case is accepted the other side reads this too."),
)
RESPONDENT_CONTACT = Contact(
    "respondent",
    T("被申请人", "The other side"),
    phone_required=False,
    seen_by=(PARTY, REGISTRAR, *MEDIATING),
    help=T(
        "单位写负责人。受理以前我们不会联系对方。",
        "Of a firm, name who answers for it. Nobody is contacted before the case is accepted.",
    ),
)
APPLICANT_CONTACT = Contact(
    "applicant",
    T("申请人", "The applicant"),
    phone_required=False,
    seen_by=(PARTY, REGISTRAR, *MEDIATING),
)
OTHER_HOME = Place(
    "other_home",
    T("对方住哪栋楼", "The other side’s building"),
    required=False,
    level=Level.BUILDING,
    seen_by=TOLD,
    help=T("与纠纷地点同一栋的不用填。", "Leave it out where it is the same building."),
)
PAPERS = Photos("papers", T("材料照片", "Photos of papers"), required=False, seen_by=TOLD)
DANGER = Flag(
    "danger",
    T("有人可能受到伤害", "Somebody may be harmed"),
    required=False,
    seen_by=TOLD,
    help=T("正在发生危险请先打 110。", "If it is happening now, call 110 first."),
)
HEADING = Text(
    "heading",
    T("案由", "Heading"),
    required=False,
    at_most=20,
    help=T(
        "不写姓名、门牌、单位；不填就用纠纷类型。",
        "No names, doors or firms; left out, the kind of dispute stands there.",
    ),
)
REASON = Text("reason", T("理由", "Reason"), at_most=600, lines=2)
REASON_INSIDE = Text(
    "reason_inside", T("理由", "Reason"), at_most=600, lines=2, personal=True, seen_by=INSIDE
)
SIGHT_OF_FINDINGS = (GRID_MEMBER, COMMUNITY, MEDIATION_LEAD)
