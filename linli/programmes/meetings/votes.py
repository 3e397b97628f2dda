"""How items are dealt with and how each way of voting comes to its result, in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.programmes.meetings import words as w
from linli.programmes.meetings.roll import VOTE_HERE, is_quorate, members, present
from linli.programmes.meetings.rules import heads, named_in, refuse, seats
from linli.rules.deciding import Shows, decided
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T

Found = dict[str, object]
SLIPS = ("issued", "returned", w.AGREE, w.AGAINST, w.ABSTAIN, "invalid")
"""What a teller counts; the teller's own come under ``told_`` and stay unread until the scrutineer has counted."""
HEARD, VOTED, DEFERRED = "heard", "voted", "deferred"
DID = {
    HEARD: T("已听取", "heard"),
    VOTED: T("已表决", "voted on"),
    DEFERRED: T("已暂缓", "deferred"),
}


def agenda(s: Situation) -> list[Mapping[str, Any]]:
    """The items in their order; the first is number 1."""
    return list(s.fact("agenda") or ())


def done(s: Situation) -> dict[str, Any]:
    """What was done with items so far, by their number as text."""
    return dict((s.case.facts.get("items") if s.case else None) or {})


def _open_item(s: Situation) -> Refusal | None:
    n, rows = int(s.answers["item"]), agenda(s)
    if n > len(rows):
        return refuse("no-such-item", "item", n=n, all=len(rows))
    known = done(s).get(str(n))
    return refuse("item-done", "item", n=n, what=DID[known["did"]]) if known else None


def _item(s: Situation) -> Mapping[str, Any]:
    return agenda(s)[int(s.answers["item"]) - 1]


def may_hear(s: Situation) -> Refusal | None:
    """An item to be heard, once."""
    if found := _open_item(s):
        return found
    return refuse("not-to-hear", "item", n=s.answers["item"]) if _item(s)["kind"] != w.HEAR else None


def may_put(s: Situation) -> Refusal | None:
    """An item to be voted on, once, while there is a quorum; for a secret ballot with its tellers."""
    if found := _open_item(s):
        return found
    if _item(s)["kind"] != w.VOTE:
        return refuse("not-for-vote", "item", n=s.answers["item"])
    if _item(s)["way"] == w.SECRET and not (seats(s, w.TELLER) and seats(s, w.SCRUTINEER)):
        return Refusal("tellers-first")
    return is_quorate(s)


def may_defer(s: Situation) -> Refusal | None:
    """An item that nothing was done with yet."""
    return _open_item(s)


def heard(s: Situation) -> Found:
    """The item was heard."""
    return {
        "items": {
            **done(s),
            str(s.answers["item"]): {"did": HEARD, "at": s.happened, "by": s.answers["presenter"]},
        }
    }


def deferred(s: Situation) -> Found:
    """The item waits for another meeting."""
    return {"items": {**done(s), str(s.answers["item"]): {"did": DEFERRED, "at": s.happened}}}


def put(s: Situation) -> Found:
    """Which item is being voted on, in which way."""
    return {"current": int(s.answers["item"]), "way": _item(s)["way"]}


def tellers(s: Situation) -> Refusal | None:
    """Two persons, and the scrutineer is a voting member who is present."""
    scrutineer = named_in(s, "scrutineer")
    if scrutineer == named_in(s, "teller"):
        return refuse("tellers-differ", "scrutineer")
    return None if scrutineer in _voting_here(s) else refuse("scrutineer-votes", "scrutineer")


def _voting_here(s: Situation) -> set[str]:
    return {seat.head for seat in seats(s, w.PRESENT) if seat.measures.get(VOTE_HERE)}


def _by(s: Situation, way: str) -> Refusal | None:
    now = str(s.fact("way"))
    title = next(o.title for o in w.WAYS if o.key == now)
    return None if now == way else Refusal("other-way", {"way": title})


def may_vote(s: Situation) -> Refusal | None:
    """In a named vote, who is present."""
    held = s.mine.get(w.PRESENT.key)
    here = held is not None and bool(held.measures.get(VOTE_HERE))
    return _by(s, w.NAMED) or (None if here else Refusal("not-present"))


def may_be_read(s: Situation) -> Refusal | None:
    """In a named vote, the voice of somebody who is present with a vote."""
    return _by(s, w.NAMED) or (
        None if named_in(s, "voter") in _voting_here(s) else refuse("not-present", "voter")
    )


def may_end(s: Situation) -> Refusal | None:
    """A named vote in which somebody has voted."""
    return _by(s, w.NAMED) or (None if seats(s, w.BALLOT) else Refusal("no-ballots"))


def standing(s: Situation) -> list[int]:
    """The numbers of the entries in which those now counted have voted."""
    return [seat.seq for seat in seats(s, w.BALLOT)]


def _choices(s: Situation) -> dict[str, str]:
    """Who said what, the last word of each."""
    found: dict[str, str] = {}
    for entry in s.told:
        for kind, head in entry.seats:
            if kind == w.BALLOT.key:
                found[head] = str(entry.answers.get("choice"))
    return found


def ended(s: Situation) -> Found:
    """The result of a named vote; who left before it ended has voted all the same."""
    said = list(_choices(s).values())
    counted = Shows(said.count(w.AGREE), said.count(w.AGAINST), said.count(w.ABSTAIN))
    there = heads(s, w.BALLOT) | _voting_here(s)
    return result(s, counted, len(there))


def may_count_hands(s: Situation) -> Refusal | None:
    """No more hands than voting members present."""
    if found := _by(s, w.HANDS):
        return found
    shown = sum(int(s.answers[k]) for k in (w.AGREE, w.AGAINST, w.ABSTAIN))
    return refuse("too-many-hands", w.AGREE, sum=shown, present=present(s)) if shown > present(s) else None


def hands(s: Situation) -> Found:
    """The result of a show of hands; whose hand was not seen counts for nothing."""
    return result(s, _shown(s, ""), present(s))


def _shown(s: Situation, prefix: str) -> Shows:
    return Shows(*(int(s.answers[f"{prefix}{k}"]) for k in (w.AGREE, w.AGAINST, w.ABSTAIN)))


def _adds_up(s: Situation, prefix: str) -> Refusal | None:
    n = {k: int(s.answers[f"{prefix}{k}"]) for k in SLIPS}
    total, there = n[w.AGREE] + n[w.AGAINST] + n[w.ABSTAIN] + n["invalid"], present(s)
    if n["returned"] <= n["issued"] <= there and total == n["returned"]:
        return None
    values = {"issued": n["issued"], "returned": n["returned"], "sum": total, "present": there}
    return refuse("slips-do-not-add-up", f"{prefix}returned", **values)


def may_count(s: Situation) -> Refusal | None:
    """The teller's count of a secret ballot adds up."""
    return _by(s, w.SECRET) or _adds_up(s, "told_")


def may_check(s: Situation) -> Refusal | None:
    """The scrutineer's count comes second and is the same."""
    if found := _by(s, w.SECRET):
        return found
    if not seats(s, w.COUNTED):
        return Refusal("count-first")
    first, second = ([int(s.fact(f"{p}{k}") or 0) for k in SLIPS] for p in ("told_", ""))
    if first != second:
        return Refusal("counts-differ", {"first": _spelled(first), "second": _spelled(second)})
    return _adds_up(s, "")


def _spelled(n: list[int]) -> T:
    zh = ("发出", "收回", "同意", "反对", "弃权", "无效")
    en = ("issued", "returned", "for", "against", "abstained", "invalid")
    return T(
        "、".join(f"{t}{v}" for t, v in zip(zh, n, strict=True)),
        ", ".join(f"{t} {v}" for t, v in zip(en, n, strict=True)),
    )


def checked(s: Situation) -> Found:
    """The result of a secret ballot on which both agree."""
    slips = {k: int(s.answers[k]) for k in ("issued", "returned", "invalid")}
    return result(s, _shown(s, ""), present(s), slips)


def result(s: Situation, shows: Shows, there: int, more: Mapping[str, int] | None = None) -> Found:
    """The result by the rule of the body, or by two thirds where the item asks for it, with both whole numbers."""
    n, of = int(s.fact("current")), members(s)
    share, base = str(s.fact("adoption")).rsplit("_", 1)
    if agenda(s)[n - 1].get("needs") == w.TWO_THIRDS:
        share = w.TWO_THIRDS
    outcome = decided(
        "two_thirds" if share == w.TWO_THIRDS else "majority", shows, of if base == w.ALL else there
    )
    row: Found = {
        "did": VOTED,
        "at": s.happened,
        "way": s.fact("way"),
        "members": of,
        "present": there,
        "rule": f"{share}_{base}",
        w.AGREE: shows.agree,
        w.AGAINST: shows.against,
        w.ABSTAIN: shows.abstain,
        "says": outcome.says,
        "passed": outcome.passed,
        **(more or {}),
    }
    return {"items": {**done(s), str(n): row}, "passed": outcome.passed}


def passed(s: Situation) -> bool:
    """Whether the act found that something was passed."""
    return bool(s.found.get("passed"))


def fell(s: Situation) -> bool:
    """Whether the act found that something was not passed."""
    return not passed(s)


def keeps_done(s: Situation) -> Refusal | None:
    """A changed agenda leaves the items that were dealt with as they stand, and can be voted on where it meets."""
    before, after = list((s.case.facts.get("agenda") if s.case else None) or ()), agenda(s)
    for n in sorted(map(int, done(s))):
        if n > len(after) or after[n - 1] != before[n - 1]:
            return refuse("agenda-kept", "agenda", n=n)
    return None
