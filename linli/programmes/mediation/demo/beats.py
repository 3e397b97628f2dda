"""How a mediation goes: the acts of a story in their order, each with who does it and when. What a story does not tell is not done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Story = Mapping[str, Any]
LEAD, MEDIATOR, HELPER, APPLICANT, RESPONDENT = "lead", "mediator", "helper", "applicant", "respondent"
EVENING = 20
"""Residents act in the evening; the staff in working hours (hour 0)."""
STEPS = {"medium": 8, "high": 4}
"""After how many days somebody looks in again, where it is not a small matter."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One act: by whom, so many days after the one before at an hour of the day (0: in working hours, ``wait`` of them later).
    ``name`` is where a story may stop, the action where it is not told.
    """

    by: str
    action: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    days: float = 0
    hour: float = 0
    wait: float = 2
    name: str = ""

    @property
    def stop(self) -> str:
        """The word by which a story says that it goes so far."""
        return self.name or self.action


def read(part: str) -> Any:
    """One of the files of stories beside this one."""
    return yaml.safe_load(Path(__file__).with_name(f"{part}.yaml").read_text(encoding="utf-8"))


def beats(story: Story) -> list[Beat]:
    """The acts of a story up to where it stops."""
    told: list[Beat] = []
    for beat in _all(story):
        told.append(beat)
        if beat.stop == story.get("stop"):
            break
    return told


def _all(story: Story) -> Iterator[Beat]:
    plot = str(story.get("plot", ""))
    yield from _opened(story)
    if plot == "refused":
        yield Beat(LEAD, "refuse_case", {k: story[k] for k in ("ground", "where_to")}, wait=5, name=plot)
        return
    yield Beat(LEAD, "accept", _risk(story), wait=5)
    if plot == "withdrawn":
        yield Beat(APPLICANT, "withdraw", {"why_withdrawn": story["why"]}, days=1, hour=EVENING, name=plot)
        return
    yield from _team(story)
    if plot == "declined":
        yield Beat(RESPONDENT, "decline_mediation", {"why_declined": story["why"]}, days=1, hour=EVENING)
        return
    yield from _talks(story)
    if plot in ("referred", "unsettled"):
        yield _ended(story, plot)
        return
    yield from _agreed(story)
    yield from _afterwards(story)


def _risk(story: Story) -> dict[str, Any]:
    risk = story.get("risk", "low")
    return {"risk": risk, **({"reported_to": ["police", "street"]} if risk == "high" else {})}


def _opened(story: Story) -> Iterator[Beat]:
    said = {k: story[k] for k in ("kind", "about", "wanted")}
    if story.get("by", "resident") != "resident":
        yield Beat(story["by"], "register", {**said, **_risk(story)})
        return
    yield Beat(APPLICANT, "apply", {**said, "danger": bool(story.get("danger"))}, hour=-1)


def _team(story: Story) -> Iterator[Beat]:
    yield Beat(LEAD, "assign", {"mediator": story.get("mediator", 1)}, wait=4)
    if story.get("stop") == "object_to_mediator":
        yield Beat(
            RESPONDENT,
            "object_to_mediator",
            {"which": "chief", "objection": "他和对方走得近。"},
            hour=EVENING,
        )
        return
    yield Beat(MEDIATOR, "take_on", {"no_conflict": True}, wait=4)
    if story.get("helper"):
        yield Beat(
            LEAD, "add_mediator", {"mediator": story["helper"], "although": "请来帮助说明规定。"}, wait=1
        )
        yield Beat(HELPER, "join", {"no_conflict": True}, wait=2)


def _sitting(story: Story, first: bool) -> Iterator[Beat]:
    near = {"minutes": 90, "venue": "社区邻里调解室"}
    yield Beat(MEDIATOR, "schedule_sitting", {**near, "sitting": "+3"}, wait=1, name="" if first else "again")
    absent = bool(first and story.get("absent"))
    said = {
        "came": ["applicant"]
        if absent
        else ["applicant", "respondent", *(["helpers"] if story.get("helper") else [])],
        "record": "被申请人临时加班没有来，听申请人把经过讲了一遍。"
        if absent
        else story.get("record", "双方把经过讲了一遍。"),
        "outcome": "absent" if absent else "continue" if story.get("second") else "near",
    }
    yield Beat(MEDIATOR, "hold_sitting", said, days=3, hour=20.5)


def _talks(story: Story) -> Iterator[Beat]:
    if "sitting_in" in story and not story.get("second"):
        yield Beat(
            MEDIATOR,
            "schedule_sitting",
            {"minutes": 90, "venue": "社区邻里调解室", "sitting": story["sitting_in"]},
            wait=1,
        )
        return
    yield from _sitting(story, first=True)
    if story.get("absent"):
        yield from _sitting(story, first=False)
    if "sitting_in" in story:
        venue = {"minutes": 60, "venue": "司法所调解室", "sitting": story["sitting_in"]}
        yield Beat(MEDIATOR, "schedule_sitting", venue, days=1, wait=1, name="schedule_second")


def _ended(story: Story, plot: str) -> Beat:
    if plot == "referred":
        said = {"to_whom": "court" if story["kind"] == "family" else "arbitration"}
        return Beat(
            LEAD,
            "refer",
            {**said, "where_to": story["where_to"], "reason_inside": story["reason"]},
            days=1,
            name=plot,
        )
    told = {"why_ended": story["why"], "where_to": story["where_to"]}
    return Beat(MEDIATOR, "end_unsettled", told, days=1, name=plot)


def _agreed(story: Story) -> Iterator[Beat]:
    oral = story.get("plot") == "oral"
    said = {k: story[k] for k in ("facts", "agreement", "terms")}
    yield Beat(MEDIATOR, "agree", {**said, "form": "oral" if oral else "written"}, days=1)
    if oral:
        return
    yield Beat(APPLICANT, "sign", {"read": True}, hour=19.2, name="sign_first")
    if story.get("risk") == "high":
        yield Beat(MEDIATOR, "record_signature", {"whose": RESPONDENT, "signed_sheet": ["sheet"]}, days=1)
    else:
        yield Beat(RESPONDENT, "sign", {"read": True}, hour=20.4)
    yield Beat(MEDIATOR, "take_effect", days=1)
    if story.get("extra") == "court":
        asked = {"court": "小店区人民法院", "asked_on": "+0", "application": ["sheet"]}
        yield Beat(MEDIATOR, "record_application", asked, days=2)
        ruled = {
            "court": "小店区人民法院",
            "ruling_number": f"（2024）晋0105民特{10 + int(story.get('day', 0))}号",
        }
        yield Beat(MEDIATOR, "confirmed", ruled, days=9)


def _afterwards(story: Story) -> Iterator[Beat]:
    if story.get("keep") or story.get("stop") in ("take_effect", "record_application"):
        return
    if "undone" in story:
        yield Beat(APPLICANT, "breach", {"undone": story["undone"]}, days=11, hour=EVENING)
        return
    last = max(term["by"] for term in story["terms"])
    yield Beat(MEDIATOR, "perform", {"performed": story["performed"]}, days=max(0, last - 2))
    wait = STEPS.get(str(story.get("risk")), 10)
    yield Beat(
        MEDIATOR, "follow_up", _heard(story, calm=story.get("stop") != "tense"), days=wait, name=_name(story)
    )
    if story.get("relapse"):
        yield from _relapse(story)


def _name(story: Story) -> str:
    return "tense" if story.get("stop") == "tense" else ""


def _heard(story: Story, calm: bool) -> dict[str, Any]:
    return {
        "way": "visit",
        "heard": story.get("heard", "双方都说好了。"),
        "found": "calm" if calm else "tense",
    }


def _relapse(story: Story) -> Iterator[Beat]:
    yield Beat(APPLICANT, "relapse", {"flared": story["flared"]}, days=5, hour=EVENING)
    if story["relapse"] == "referred":
        yield _ended(story, "referred")
        return
    yield from _sitting({**story, "record": story["flared"]}, first=False)
    yield from _agreed(
        {**story, "agreement": story["again"], "terms": [{"who": "respondent", "what": "彻底疏通", "by": 5}]}
    )
    yield Beat(MEDIATOR, "perform", {"performed": "专业公司疏通完，放水看过。"}, days=4)
    yield Beat(MEDIATOR, "follow_up", _heard(story, calm=True), days=10, name="again")
