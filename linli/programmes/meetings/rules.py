"""Why something is refused in a body, a meeting, or a task: every code with its sentence; and what all rules share."""

from __future__ import annotations

from typing import Any

from linli.programmes.meetings import words as w
from linli.rules.refusal import Refusal
from linli.rules.situation import Seat, Situation
from linli.rules.text import T
from linli.rules.who import Relation
from linli.rules.worktime import civil_day

REFUSALS = {
    "term-backwards": T("任期的止日要晚于起日", "The term must end after it begins"),
    "rule-not-allowed": T(
        "这类机构的{what}只能选：{may}", "For a body of this kind, the {what} may only be: {may}"
    ),
    "no-vote-no-chair": T(
        "主持人要从有表决权的成员中产生，请先把他列为成员",
        "Only a voting member can chair; admit him as one first",
    ),
    "no-alternate": T("这个人不是候补成员，不能递补", "This person is no alternate and cannot move up"),
    "meetings-open": T(
        "还有 {n} 次会议没有办完，请先开完或取消",
        "{n} meetings are not finished; hold them or cancel them first",
    ),
    "no-chair": T(
        "机构还没有主持人，请先“确定主持人”", "The body has no chair; appoint one before convening"
    ),
    "no-members": T(
        "会议那一天，任期内没有一位有表决权的成员，请先核对成员和任期",
        "On that day no voting member is within his term; check members and terms first",
    ),
    "term-over": T(
        "会议那一天机构任期已满（{day}），请先换届",
        "The body’s term is over on that day ({day}); renew it first",
    ),
    "in-the-past": T("开会时间要晚于现在", "The meeting must lie in the future"),
    "notice-too-short": T(
        "离开会只有 {left} 天，应提前 {need} 天通知；确有急事，请写明紧急召开的理由",
        "{left} days are left and {need} days’ notice is due; if it is urgent, say why",
    ),
    "secret-needs-room": T(
        "视频会议发不了选票：无记名投票的议程请改为现场会议，或换一种表决方式",
        "No slips can be handed out by video: meet in the room, or vote in another way",
    ),
    "no-video": T("这次会议没有视频会场，请选“到会”或请假", "There is no video room; come, or be excused"),
    "video-only": T("这次会议只有视频会场，请选“视频参会”", "This meeting is by video only; join by video"),
    "sign-in-later": T("还没到签到时间，{at} 开始签到", "Signing in begins at {at}"),
    "nobody-named": T("请勾选到场的人，或填其他到场人数", "Tick who is there, or say how many others are"),
    "open-later": T("{at} 以后才能宣布开会", "The session can be opened from {at} on"),
    "no-quorum": T(
        "到会 {present} 人，应到 {members} 人，不足法定人数（{rule}：须 {said}）；人到齐再开，或记为流会",
        "{present} of {members} members are present: no quorum ({rule}: {said} must hold); wait, or record that it lapsed",
    ),
    "quorate": T(
        "到会 {present} 人已够法定人数（应到 {members} 人），可以开会，不能记为流会",
        "{present} of {members} members make the quorum; open the session instead",
    ),
    "not-started": T(
        "还没到开会时间，到时人数不足才能记为流会", "It is not time yet; it can lapse from its beginning on"
    ),
    "no-such-item": T("议程没有第 {n} 项，共 {all} 项", "There is no item {n}; the agenda has {all}"),
    "item-done": T("第 {n} 项已经办过了：{what}", "Item {n} has been dealt with: {what}"),
    "not-for-vote": T("第 {n} 项是听取事项，不表决", "Item {n} is to be heard, not voted on"),
    "not-to-hear": T("第 {n} 项要付表决，不能只听取", "Item {n} is to be voted on, not only heard"),
    "agenda-kept": T(
        "第 {n} 项已经办过，改议程时要原样保留", "Item {n} has been dealt with; leave it as it stands"
    ),
    "tellers-first": T(
        "无记名投票先要推定计票人和监票人", "A secret ballot needs a teller and a scrutineer first"
    ),
    "tellers-differ": T("计票人和监票人要是两个人", "Teller and scrutineer must be two persons"),
    "scrutineer-votes": T(
        "监票人要从到会的有表决权的成员中推定", "The scrutineer must be a voting member who is present"
    ),
    "other-way": T("这一项用的是{way}，不能这样办", "This item is decided by: {way}"),
    "not-present": T("还没有签到，不能表决；请先签到", "Not signed in, so there is no vote; sign in first"),
    "no-ballots": T("还没有一个人表决", "Nobody has voted yet"),
    "too-many-hands": T(
        "合计 {sum} 票，多于到会有表决权的 {present} 人，请重新点数",
        "{sum} votes are more than the {present} voting members present; count again",
    ),
    "slips-do-not-add-up": T(
        "发出 {issued}、收回 {returned}、各项合计 {sum}、到会 {present}：收回不多于发出，发出不多于到会，合计等于收回；"
        "收回多于发出的，表决作废重投",
        "Issued {issued}, returned {returned}, sum {sum}, present {present}: returned ≤ issued ≤ present, and the sum equals what was"
        " returned; more slips than issued void the ballot",
    ),
    "count-first": T("要等计票人先录入", "The teller enters his count first"),
    "counts-differ": T(
        "两人数的不一样。计票人：{first}；监票人：{second}。请当场重新点票",
        "The counts differ. Teller: {first}; scrutineer: {second}. Count the slips again together",
    ),
    "items-open": T(
        "议程还有没办的：第 {items} 项；请办完，或记为暂缓",
        "Items {items} are still open; deal with them or defer them",
    ),
    "not-passed": T("第 {n} 项没有表决通过，不能形成决议", "Item {n} was not passed; there is no resolution"),
    "adopted-already": T("第 {n} 项已经有决议了", "Item {n} has its resolution already"),
    "privacy-unchecked": T(
        "请先核对公开的文字里没有住址、电话、病情等个人信息，并打勾",
        "Check that the text holds no addresses, phone numbers or illnesses, and tick the box",
    ),
    "nothing-to-publish": T(
        "没有可公开的内容：没有决议，也没有填公开的纪要",
        "There is nothing to publish: no resolution, and no public minutes were given",
    ),
    "due-in-the-past": T("完成期限要在今天以后", "The day by which it is to be done must lie ahead"),
    "which-meeting": T("请写明是哪次会议定的", "Say which meeting decided it"),
}


def number(s: Situation, name: str, pick: object = None) -> Any:
    """A parameter in force on the day of the act at its place; ``pick`` chooses from a mapping."""
    return s.definition.parameters.value(name, civil_day(s.happened), s.place, pick)


def named_in(s: Situation, field: str) -> str:
    """The id of the person whom a field names; empty for nobody."""
    given = s.answers.get(field)
    return str((given.get("person") if isinstance(given, dict) else given) or "")


def seats(s: Situation, relation: Relation) -> tuple[Seat, ...]:
    """The seats of a relation that the action reads whole."""
    return s.seats.get(relation.key, ())


def heads(s: Situation, *relations: Relation) -> set[str]:
    """Who holds a seat of one of the relations."""
    return {seat.head for r in relations for seat in seats(s, r)}


def chosen(s: Situation) -> list[str]:
    """The ids of those who were ticked."""
    return [str(p) for p in s.answers.get("persons") or ()]


def refuse(code: str, field: str, **values: object) -> Refusal:
    """A refusal that also stands at the field it is about."""
    return Refusal(code, values, {field: REFUSALS[code].format(**values)})


def due_ahead(s: Situation) -> Refusal | None:
    """A task's day lies ahead."""
    day = s.answers.get(w.DUE_DAY.key)
    late = day is not None and str(day) < civil_day(s.happened).isoformat()
    return refuse("due-in-the-past", w.DUE_DAY.key) if late else None
