"""How the bodies of the demonstration come to be: founded, their members admitted one by one, the chair appointed."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.programmes.meetings.body import BODY
from linli.programmes.meetings.demo.stage import SECRETARY, Name, Stage
from linli.rules.when import MINUTE, instant

STANDINGS = ("full", "alternate", "attending")


def found(stage: Stage, key: str, body: dict[str, Any]) -> None:
    """Put the founding of a body and the entry of its members on the timetable."""
    at = instant(body["founded"])
    stage.put(at, lambda then: _found(stage, key, body, then))
    members = [
        (name, standing, said) for standing in STANDINGS for name, said in body.get(standing, {}).items()
    ]
    for number, (name, standing, said) in enumerate(members, 1):
        stage.put(at + number * MINUTE, _admitting(stage, key, name, standing, said))
    chair = body["chair"]
    stage.put(at + (len(members) + 1) * MINUTE, lambda then: _chair(stage, key, chair, then))


def _found(stage: Stage, key: str, body: dict[str, Any], at: int) -> None:
    begins = date.fromisoformat(body["founded"][:10])
    where = stage.place(body["level"])
    answers = {k: body[k] for k in ("name", "kind", "quorum", "adoption", "basis")}
    answers |= {"where": where, "term_no": 1, "term_from": begins.isoformat()}
    answers["term_to"] = begins.replace(year=begins.year + body["years"]).isoformat()
    stage.known[key] = stage.act((BODY.key, where), "found", SECRETARY, at, answers).case


def _admitting(stage: Stage, key: str, name: Name, standing: str, said: str) -> Any:
    def play(at: int) -> None:
        answers = {"member": stage.contact(name), "standing": standing, "capacity": said}
        stage.act(stage.known[key], "admit", SECRETARY, at, answers)

    return play


def _chair(stage: Stage, key: str, chair: Name, at: int) -> None:
    stage.act(stage.known[key], "change_chair", SECRETARY, at, {"who": str(stage.person(chair))})
