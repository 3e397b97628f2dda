"""The plots of the demonstration's demands. stories.yaml tells each in words such as ``sent lift`` or ``confirmed 5 @26``;
here stands what each word does: who acts, by which action, with which of the story's texts, how many hours after the beat before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

REPORTER, NOBODY, GRID = "reporter", "nobody", "grid"
"""Who acts besides the staff by user name: the resident himself, somebody without an account, the grid member of the place."""
NEIGHBOUR = "neighbour "
"""Another resident, by how many numbers further on the list."""
Texts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Beat:
    """One act of a story, ``after`` so many hours, or ``workdays`` where it waits for a time to pass. Names of pictures under
    photo fields are drawn before the act.
    """

    by: str
    action: str
    after: float = 1
    answers: Mapping[str, Any] = field(default_factory=dict)
    workdays: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """One demand on its way: its texts, its beats. ``days`` count from the first day of the past, or back from today."""

    key: str
    days: float
    texts: Texts
    beats: tuple[Beat, ...]


def read(part: str) -> list[Story]:
    """The stories of a part of stories.yaml. Raises: ValueError naming the story and the word that nobody knows."""
    path = Path(__file__).with_name("stories.yaml")
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))[part]
    return [_story(part, number, row) for number, row in enumerate(rows, 1)]


def _story(part: str, number: int, row: dict[str, Any]) -> Story:
    return story(str(row.get("id", f"{part}-{number}")), row)


def story(key: str, texts: Texts) -> Story:
    """A story of these texts. Raises: ValueError naming it and the word of its plot that nobody knows."""
    beats = tuple(_beat(word, texts, f"story {key}") for word in texts["plot"])
    return Story(key, texts.get("days", 0), texts, beats)


def _beat(text: str, row: Texts, where: str) -> Beat:
    """``name argument … @hours``."""
    said, _, hours = text.partition("@")
    name, *rest = said.split()
    if name not in WORDS:
        raise ValueError(f"{where}: {name!r} is no word of a plot; known are {', '.join(WORDS)}")
    beat = WORDS[name](rest, row)
    return replace(beat, after=float(hours)) if hours.strip() else beat


def _photos(row: Texts, key: str) -> dict[str, Any]:
    return {key: list(row[key])} if row.get(key) else {}


def _opening(by: str, action: str, *, more: bool = False) -> Callable[[list[str], Texts], Beat]:
    def made(rest: list[str], row: Texts) -> Beat:
        people = {"people": int(rest[0])} if more else {}
        return Beat(by, action, 0, {**people, **_photos(row, "photos")})

    return made


def _answer(row: Texts) -> dict[str, Any]:
    return {"outcome": row.get("outcome", "solved"), "answer": row["answer"], **_photos(row, "after")}


def _handled(rest: list[str], row: Texts) -> Beat:
    return Beat(rest[0], "handle", 7, _answer(row))


def _confirmed(rest: list[str], row: Texts) -> Beat:
    said: dict[str, Any] = {"verdict": row.get("verdict", "solved")}
    if rest:
        said["score"] = int(rest[0])
    return Beat(REPORTER, "confirm", 20, {**said, "word": row["word"]} if row.get("word") and rest else said)


def _sent(rest: list[str], row: Texts) -> Beat:
    return Beat("community1", "dispatch", 1, {"units": rest, "instruction": row["wanted"]})


def _rated(rest: list[str], row: Texts) -> Beat:
    return Beat(
        REPORTER, "rate", 30, {"score": int(rest[0]), **({"word": row["word"]} if row.get("word") else {})}
    )


def _plain(
    by: str, action: str, after: float = 1, *texts: str, **fixed: Any
) -> Callable[[list[str], Texts], Beat]:
    """A word whose answers are texts of the story under the same names; ``by`` empty: the unit that the word names."""

    def made(rest: list[str], row: Texts) -> Beat:
        return Beat(by or rest[0], action, after, {**{t: row[t] for t in texts if t in row}, **fixed})

    return made


def _checked(how: str) -> Callable[[list[str], Texts], Beat]:
    usual = {"visit": "到现场看过，和答复一致。", "phone": "给反映人打了电话，情况属实。"}[how]
    return lambda _, row: Beat("community2", "verify", 4, {"how": how, "check_note": row.get("check", usual)})


COME_AGAIN = "居民又来问进展，把办到哪一步、还要几天当面说了。"
WORDS: dict[str, Callable[[list[str], Texts], Beat]] = {
    "received": _opening("window1", "receive", more=True),
    "reported": _opening(REPORTER, "report"),
    "unnamed": _opening(NOBODY, "report"),
    "visited": _opening(GRID, "note_on_visit"),
    "filed": _plain(GRID, "file"),
    "again": _plain("window2", "attend", 3, people=1, note=COME_AGAIN),
    "settled": lambda _, row: Beat(GRID, "settle", 2, _answer(row)),
    "told": lambda _, row: Beat("community1", "settle", 2, {**_answer(row), "outcome": "explained"}),
    "sent": _sent,
    "accepted": _plain("", "accept"),
    "assisted": lambda rest, row: Beat(rest[0], "feed_back", 5, {"note": row["assist"]}),
    "handled": _handled,
    "checked": _checked("visit"),
    "called": _checked("phone"),
    "confirmed": _confirmed,
    "silent": lambda *_: Beat("community3", "close_silent", workdays=6),
    "rated": _rated,
    "urged": _plain(REPORTER, "urge", 30),
    "added": _plain(REPORTER, "add", 20, "note"),
    "noted": lambda rest, row: Beat(rest[0], "note", 5, {"note": row["progress"]}),
    "rejected": _plain(REPORTER, "reject", 6, "why_not"),
    "reworked": _plain("community2", "rework", 5, "reason"),
    "reopened": lambda _, row: Beat(REPORTER, "reopen", 40, {"reason": row["reopen"]}),
    "withdrawn": _plain(REPORTER, "withdraw", 6, "why"),
    "supported": lambda rest, _: Beat(f"{NEIGHBOUR}{rest[0]}", "support", 4),
    "merged": lambda _, row: Beat(GRID, "merge", 3, {"into": row["into"]}),
    "recategorised": lambda rest, _: Beat(GRID, "recategorise", 1, {"category": rest[0]}),
    "escalated": _plain("community1", "escalate", 8, "reason"),
    "transferred": _plain("community1", "transfer", 4, "whose", "reason"),
    "void": _plain(GRID, "void", 2, "reason"),
    "voided": _plain("community1", "void.approve", 3),
    "returned": _plain("", "return", 4, "reason", "whose"),
    "declined": lambda _, row: Beat("community1", "return.decline", 3, {"approval_note": row["decline"]}),
    "extend": lambda rest, row: Beat(rest[0], "extend", 4, {"days": rest[1], "reason": row["reason"]}),
    "extended": _plain("community1", "extend.approve", 3),
    "postpone": lambda rest, row: Beat(
        rest[0], "postpone", 4, {"reason": row["reason"], "until": row["until"]}
    ),
    "postponed": _plain("street1", "postpone.approve", 6),
    "resumed": _plain("community1", "resume", 24 * 12),
    "exclude": lambda _, row: Beat("community3", "exclude", 6, {"reason": row["excluded"]}),
    "excluded": _plain("street1", "exclude.approve", 6),
}
