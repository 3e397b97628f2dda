"""How a topic is voted on and what it comes to: who may vote, what fits the number of those who came, the comparison that decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from linli.programmes.deliberation.ballots import PLACES
from linli.programmes.deliberation.words import ABSTAIN, INVITED, NONE, OPTION_KEYS, RANKING, VOTED
from linli.rules.deciding import Shows, decided, points, quorate, ranking, winner
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.signup import CAME, PLACE
from linli.rules.situation import Earlier, Other, Situation
from linli.rules.text import T

REFUSALS = {
    "no-rule-chosen": T(
        "还没有定表决规则：请先“定表决规则”，再开始表决",
        "How it is decided has not been chosen: choose the rule first, then put it to the vote",
    ),
    "no-options": T(
        "方案不够：至少要有 {n} 个方案，请先“列出方案”",
        "There are too few options: at least {n} are needed; put up the options first",
    ),
    "not-in-session": T(
        "会还没有开，或者已经散了：会议进行中才能表决",
        "The meeting has not begun or is over: a vote takes place while it is in session",
    ),
    "no-quorum": T(
        "到会 {came} 人，受邀和报名的 {asked} 人，不够（{says}），不能表决；请等人到齐，或者“流会改期”",
        "{came} came of {asked} who were invited or signed up, which is too few ({says}); wait, or adjourn the meeting",
    ),
    "not-present": T(
        "只有到会签到的人可以表决；您在会场的话，请先签到或请工作人员登记",
        "Only who was checked in can vote; if you are in the room, check in first or ask to be recorded",
    ),
    "no-such-option": T("没有这个方案，请从列出的方案里选", "There is no such option; choose one of those put up"),
    "ranked-twice": T("同一个方案只能排一个名次", "Each option can have one place only"),
    "place-left-out": T("名次要从第一名依次排，中间不能空", "Places follow each other from the first on, without a gap"),
    "other-rule": T(
        "这件议题说好按“{rule}”定，不能这样投，请用另一种方式",
        "This topic is decided by “{rule}”; use the way of voting that belongs to it",
    ),
    "more-than-came": T(
        "加起来有 {cast} 票，到会的只有 {came} 人，请核对人数",
        "{cast} votes, but only {came} came; please check the numbers",
    ),
    "nobody-voted": T("还没有人表决，不能宣布结果", "Nobody has voted yet; there is no outcome to announce"),
}  # fmt: skip


def _meeting(s: Situation) -> Other | None:
    return s.named.get("meeting")


def came(s: Situation) -> int:
    """How many residents came to the meeting: the base of every share. Units that attend as guests have no vote."""
    meeting = _meeting(s)
    return len(meeting.seats.get(CAME.key, ())) if meeting else 0


def asked_to_come(s: Situation) -> int:
    """How many were invited or have a place, each once."""
    meeting = _meeting(s)
    seats = meeting.seats if meeting else {}
    return len({seat.head for kind in (INVITED.key, PLACE.key) for seat in seats.get(kind, ())})


def options(s: Situation) -> tuple[str, ...]:
    """The keys of the options that are put up, in their order."""
    return OPTION_KEYS[: len(s.fact("options") or ())]


def ranks(s: Situation) -> bool:
    """Whether the rule is a ranking."""
    return bool(s.fact("rule") == RANKING)


def ready_to_vote(s: Situation) -> Refusal | None:
    """The rule and the options stand before anybody votes, the meeting is in session, and enough have come."""
    fewest = 2 if ranks(s) else 1
    if not s.fact("rule"):
        return Refusal("no-rule-chosen")
    if len(options(s)) < fewest:
        return Refusal("no-options", {"n": fewest})
    if refusal := _in_session(s):
        return refusal
    share = s.value(p("quorum"))
    enough = quorate(came(s), max(asked_to_come(s), 1), (int(share[0]), int(share[1])))
    if enough.passed:
        return None
    return Refusal("no-quorum", {"came": came(s), "asked": asked_to_come(s), "says": enough.says})


def _in_session(s: Situation) -> Refusal | None:
    meeting = _meeting(s)
    return None if meeting and meeting.state == "in_session" else Refusal("not-in-session")


def opens(s: Situation) -> Mapping[str, object]:
    """From which entry on votes belong to this round; what a former meeting said is no longer the outcome."""
    assert s.case is not None
    empty = {"result": "", "chosen": "", "counts": {}, "left": 0, "op": "", "right": 0}
    return {**empty, "voting_from": s.case.seq + 1, "round": int(s.fact("round") or 0) + 1}


def may_choose(s: Situation) -> Refusal | None:
    """Who came chooses one of the options, or none."""
    if ranks(s):
        return _other_rule(s)
    known = s.answers.get("choice") in (*options(s), NONE, ABSTAIN)
    return _present(s) or (None if known else Refusal("no-such-option")) or _fits(s, _one_more(s))


def may_rank(s: Situation) -> Refusal | None:
    """Who came ranks the options, the best first."""
    if not ranks(s):
        return _other_rule(s)
    return _present(s) or _sound(s, [s.answers.get(k) for k in PLACES]) or _fits(s, _one_more(s))


def _other_rule(s: Situation) -> Refusal:
    from linli.rules.deciding import TITLES

    return Refusal("other-rule", {"rule": TITLES[str(s.fact("rule"))]})


def _present(s: Situation) -> Refusal | None:
    meeting = _meeting(s)
    here = meeting is not None and meeting.has(CAME.key, s.actor.person)
    return None if here else Refusal("not-present")


def _sound(s: Situation, places: list[object]) -> Refusal | None:
    """A slip names each option once, from the first place on."""
    named = [str(o) for o in places if o]
    if [o for o in places[: len(named)] if not o]:
        return Refusal("place-left-out")
    if len(set(named)) < len(named):
        return Refusal("ranked-twice")
    return Refusal("no-such-option") if set(named) - set(options(s)) else None


def _by_phone(s: Situation) -> int:
    return s.tally.get(VOTED.key, {}).get("n", 0)


def _one_more(s: Situation) -> int:
    """How many votes there are with the actor's: one changed is not one more."""
    return _by_phone(s) + (0 if VOTED.key in s.mine else 1)


def _on_paper(s: Situation) -> int:
    """Hands and slips."""
    hands = sum(int(row["n"]) for row in s.fact("hands") or ())
    slips = len(s.fact("slips") or ())
    return hands + int(s.fact("against") or 0) + int(s.fact("abstained") or 0) + slips


def _fits(s: Situation, by_phone: int) -> Refusal | None:
    """No more votes than people who came."""
    cast = by_phone + _on_paper(s)
    return Refusal("more-than-came", {"cast": cast, "came": came(s)}) if cast > came(s) else None


def hands_fit(s: Situation) -> Refusal | None:
    """Hands are for the options that there are, each in one row, and no more of them than people."""
    if ranks(s):
        return _other_rule(s)
    rows = [str(row["option"]) for row in s.answers["hands"]]
    if set(rows) - set(options(s)):
        return Refusal("no-such-option")
    return Refusal("ranked-twice") if len(set(rows)) < len(rows) else _fits(s, _by_phone(s))


def slips_fit(s: Situation) -> Refusal | None:
    """Every slip is sound, and there are no more of them than people."""
    if not ranks(s):
        return _other_rule(s)
    wrong = (_sound(s, _places_of(row)) for row in s.answers["slips"])
    return next((w for w in wrong if w), None) or _fits(s, _by_phone(s))


def _places_of(row: Mapping[str, Any]) -> list[object]:
    return [row.get(f"slip_{key}") for key in PLACES]


def this_round(s: Situation) -> range:
    """The entries since the vote was opened; none before it is."""
    start = int(s.fact("voting_from") or 0)
    return range(start, s.case.seq + 1) if s.case and start else range(0)


def countable(s: Situation) -> Refusal | None:
    """Something was voted, by no more than came."""
    if not _by_phone(s) + _on_paper(s):
        return Refusal("nobody-voted")
    return _fits(s, _by_phone(s))


def _last_words(s: Situation) -> list[Earlier]:
    """What each has voted by phone; who changed his mind counts with his last word."""
    return list({e.actor: e for e in sorted(s.told, key=lambda e: e.seq)}.values())


def outcome(s: Situation) -> Mapping[str, object]:
    """The outcome with the two whole numbers that were compared."""
    found = _ranked(s) if ranks(s) else _chosen(s)
    names = [str(row["name"]) for row in s.fact("options") or ()]
    chosen = str(found["chosen"])
    title = names[options(s).index(chosen)] if chosen else ""
    cast = _by_phone(s) + _on_paper(s)
    return {
        **found,
        "chosen_name": title,
        "result": "adopted" if chosen else "undecided",
        "base": came(s),
        "cast": cast,
    }


def _chosen(s: Situation) -> dict[str, object]:
    votes = Counter[str](str(e.answers["choice"]) for e in _last_words(s))
    for row in s.fact("hands") or ():
        votes[str(row["option"])] += int(row["n"])
    votes[NONE] += int(s.fact("against") or 0)
    votes[ABSTAIN] += int(s.fact("abstained") or 0)
    best = max(options(s), key=lambda o: votes[o])
    against = sum(votes[o] for o in (*options(s), NONE) if o != best)
    found = decided(s.fact("rule"), Shows(votes[best], against, votes[ABSTAIN]), of=came(s))
    compared = {"left": found.left, "op": found.op, "right": found.right}
    counts = {key: votes[key] for key in (*options(s), NONE, ABSTAIN)}
    return {"chosen": best if found.passed else "", "best": best, "counts": counts, **compared}


def _ranked(s: Situation) -> dict[str, object]:
    slips = [[e.answers.get(key) for key in PLACES] for e in _last_words(s)]
    slips += [_places_of(row) for row in s.fact("slips") or ()]
    given = [points(options(s), [str(o) for o in slip if o]) for slip in slips]
    ranked = ranking(options(s), given)
    (best, most), (_, next_) = ranked[0], ranked[1]
    compared = {"left": most, "op": ">" if most > next_ else "=", "right": next_}
    return {"chosen": winner(ranked), "best": best, "counts": dict(ranked), **compared}


def where_it_goes(s: Situation) -> str:
    """Decided, or back for another meeting."""
    return "decided" if adopted(s) else "raised"


def adopted(s: Situation) -> bool:
    """Whether the meeting decided."""
    return bool(s.fact("result") == "adopted")


def not_adopted(s: Situation) -> bool:
    """Whether it came to no decision: a tie, no consensus, too few."""
    return not adopted(s)
