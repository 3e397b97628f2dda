"""What decides about a question: which partner may have it, when silence closes it, what may be published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from linli.programmes.legal_services import words as w
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Other, Situation
from linli.rules.worktime import civil_day, due, parse_span

NOT_PUBLIC = ("checking", "published")
_TELLS_WHO = re.compile(
    r"(?<!\d)(?:1\d{10}|\d{17}[\dXx]|0\d{2,3}-\d{7,8})(?!\d)|\d+\s*(?:号楼|单元|室)|\d+-\d+-\d{3,4}"
)
"""Telephone and identity numbers, buildings and doors."""


def limit_named(s: Situation) -> Refusal | None:
    """A time limit that has passed is another matter than one that ends soon."""
    day = s.answers.get("limit_day")
    if day and str(day) < civil_day(s.happened).isoformat():
        return Refusal("limit-passed", fields={})
    return None


def suitable(offer: str, s: Situation) -> Refusal | None:
    """The partner offers it and did not return it before."""
    partner = s.named.get("partner")
    assert partner is not None
    name = str(partner.facts.get("name") or partner.number)
    if offer not in partner.facts.get("offers", ()):
        return Refusal("not-offered", {"name": name})
    gave_back = {seat.head for seat in s.seats.get(w.RETURNED.key, ())}
    return Refusal("returned-it", {"name": name}) if gave_back & set(_units(partner)) else None


def advises(s: Situation) -> Refusal | None:
    """The partner gives legal advice and did not return this very question."""
    return suitable(w.CONSULTATION, s)


def visits_homes(s: Situation) -> Refusal | None:
    """The partner goes to people’s homes and did not return this very request."""
    return suitable(w.HOME_VISITS, s)


def moves_on(s: Situation) -> Refusal | None:
    """Another partner means one who does not have it already."""
    return _has_it(s) or advises(s)


def visits_on(s: Situation) -> Refusal | None:
    """The same for a visit."""
    return _has_it(s) or visits_homes(s)


def _has_it(s: Situation) -> Refusal | None:
    partner, now = s.named.get("partner"), {seat.head for seat in s.seats.get(w.PARTNER.key, ())}
    return Refusal("has-it-already") if partner and now & set(_units(partner)) else None


def _units(partner: Other) -> list[str]:
    return [str(u) for u in partner.facts.get("units", ())]


def to_partner(s: Situation) -> Iterator[tuple[str, int, dict[str, int]]]:
    """The unit of the partner that is named."""
    if partner := s.named.get("partner"):
        for unit in _units(partner):
            yield unit, 0, {}


def answered(s: Situation) -> Mapping[str, object]:
    """Until when the asker may come back, and how often he was answered."""
    end = due(s.happened, parse_span(str(s.value(p("ask_back_within")))), s.calendar).at
    return {"silent_at": end, "answers": int(s.fact("answers") or 0) + 1}


def reported(_: Situation) -> Mapping[str, object]:
    """What the case out of which the question came is told; what was asked and answered is sealed."""
    return {"report": "法律问题已由法律服务机构答复本人"}


def first_answer(s: Situation) -> bool:
    """Whether it is the first answer to this question."""
    return not (s.case and s.case.facts.get("answers"))


def may_ask_back(s: Situation) -> Refusal | None:
    """After so many answers in writing people should sit together."""
    most = int(s.value(p("ask_back_at_most")))
    return Refusal("asked-enough", {"n": most}) if int(s.fact("answers") or 0) > most else None


def had_his_time(s: Situation) -> Refusal | None:
    """Silence closes a question only when the time to come back is over."""
    end = int(s.fact("silent_at"))
    return Refusal("still-time", {"day": civil_day(end - 1).isoformat()}) if s.happened < end else None


def publishable(s: Situation) -> Refusal | None:
    """Only with the asker’s consent, and with nothing in it that tells who it was."""
    if not s.fact("may_publish"):
        return Refusal("no-consent")
    said = "\n".join(
        str(s.answers.get(key) or "") for key in ("public_title", "public_question", "public_answer")
    )
    found = _TELLS_WHO.search(said)
    return Refusal("tells-who", {"what": found[0]}) if found else None


def still_agreed(s: Situation) -> Refusal | None:
    """The consent may have been taken back while it was being checked."""
    return None if s.fact("may_publish") else Refusal("no-consent")


def agreed(s: Situation) -> bool:
    """Whether who asks agrees that it may be published."""
    return bool(s.answers.get("may_publish"))


def off_the_page(s: Situation) -> str:
    """A consent taken back closes what was published or is to be; elsewhere it moves nothing."""
    assert s.case is not None
    return "closed" if s.case.state in NOT_PUBLIC else s.case.state


def publications(s: Situation) -> int:
    """+1 when a question is published, −1 when it is taken off the page again."""
    assert s.case is not None
    return (
        -1
        if s.case.state == "published"
        else 1
        if s.case.state == "checking" and s.role == "community"
        else 0
    )


def scored(s: Situation) -> bool:
    """Whether points were given: silence is not satisfaction."""
    return isinstance(s.answers.get("score"), int)


def satisfied(s: Situation) -> bool:
    """Four or five points."""
    return scored(s) and int(s.answers["score"]) >= 4
