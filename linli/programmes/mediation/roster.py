"""调解员名册: who mediates, in which matters, for whom; a standing file for each."""

from __future__ import annotations

from linli.programmes.mediation.words import KINDS, MEDIATION_LEAD, MEDIATOR, REASON
from linli.rules.fields import Choice, Day, Option, Person, Place, Text
from linli.rules.place import Level
from linli.rules.programme import OPENING, STAY, Action, CaseType, Kind, Numbering, State
from linli.rules.roles import AUDITOR, COMMUNITY, GRID_MEMBER, LEADER, STREET
from linli.rules.text import T

KEEPERS = (MEDIATION_LEAD, COMMUNITY)
ORGANISATIONS = (
    Option("neighbours", T("邻里调解室", "Neighbour mediation room")),
    Option("justice", T("司法所", "Justice office")),
    Option("law", T("律师事务所", "Law firm")),
    Option("notary", T("公证处", "Notary office")),
    Option("police", T("派出所", "Police station")),
    Option("community", T("社区居委会", "Community committee")),
)
NAME = Text(
    "name",
    T("对外称呼", "Known to the parties as"),
    at_most=20,
    help=T(
        "如“王调解员”；全名在账号里，封存保存。",
        "Such as “Mediator Wang”; the full name is kept sealed with the account.",
    ),
)
COMPETENCES = Choice("competences", T("擅长调解", "Mediates"), KINDS, many=True)
ORGANISATION = Choice("organisation", T("来自", "Comes from"), ORGANISATIONS)
LIVES = Place(
    "lives",
    T("住哪栋楼", "Lives in"),
    required=False,
    level=Level.BUILDING,
    seen_by=KEEPERS,
    help=T("同一栋楼的纠纷不指派给他。", "Disputes of the same building are not assigned to him."),
)
CERTIFICATE = Text(
    "certificate", T("聘书或证号", "Letter or number of appointment"), required=False, at_most=40
)

MEDIATOR_FILE = CaseType(
    "mediator_file",
    T("调解员名册", "Mediator’s file"),
    place="where",
    summary="name",
    category="organisation",
    fields=(
        Place("where", T("哪个社区", "Community"), level=Level.COMMUNITY),
        NAME,
        Person("person", T("账号", "Account"), role=MEDIATOR.key),
        ORGANISATION,
        COMPETENCES,
        LIVES,
        CERTIFICATE,
    ),
    columns=("organisation", "competences"),
    states=(
        State("active", T("在册", "Active"), Kind.STANDING),
        State("suspended", T("暂停", "Suspended"), Kind.STANDING),
        State("left", T("已离任", "Left"), Kind.DONE),
    ),
    actions=(
        Action("enrol", T("聘任入册", "Enrol"), OPENING, "active", who=KEEPERS),
        Action(
            "change",
            T("更新信息", "Change"),
            ("active", "suspended"),
            STAY,
            who=KEEPERS,
            asks=(NAME, ORGANISATION, COMPETENCES, LIVES, CERTIFICATE),
        ),
        Action(
            "suspend",
            T("暂停", "Suspend"),
            "active",
            "suspended",
            who=KEEPERS,
            asks=(REASON, Day("until", T("预计到哪天", "Expected until"), required=False)),
        ),
        Action(
            "reinstate",
            T("恢复", "Reinstate"),
            "suspended",
            "active",
            who=KEEPERS,
            forgets=("until", "reason"),
        ),
        Action("leave", T("离任", "Leave"), ("active", "suspended"), "left", who=KEEPERS, asks=(REASON,)),
    ),
    seen_by=(MEDIATOR, MEDIATION_LEAD, COMMUNITY, GRID_MEMBER, STREET, LEADER, AUDITOR),
    number=Numbering("TJY"),
)
