"""Demands that were recorded elsewhere: each row is a report, its answer the handling, its check the close."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from linli.cases.act import act
from linli.forms.columns import Column, Moment
from linli.forms.tables import Row, Table, Values, Wrong
from linli.journal.append import contents, find
from linli.programmes.demands import words as w
from linli.programmes.demands.programme import DEMAND, PROGRAMME
from linli.rules.actor import THE_IMPORTER
from linli.rules.fields import NEEDED, Text
from linli.rules.place import shard
from linli.rules.refusal import Refused
from linli.rules.text import T

REPORTED = Moment("reported", T("反映时间", "Reported at"))
ANSWERED = Moment("answered", T("答复时间", "Answered at"), required=False)
NAME = Text("reporter_name", T("反映人姓名", "Reporter’s name"), required=False, personal=True, at_most=60)
PHONE = Text("reporter_phone", T("反映人电话", "Reporter’s phone"), required=False, personal=True, at_most=40)
_EXAMPLES = {
    "outside_number": "2549", "outside_user": "A00045581", "topic": "楼道灯不亮", "likes": "3", "dislikes": "0",
    "matter": "2单元3层楼道灯不亮，已经三天了。", "where": "140105006002", "category": "电力与照明",
}  # fmt: skip
_OPENING = (
    "outside_number",
    "outside_user",
    "topic",
    "likes",
    "dislikes",
    "matter",
    "where",
    "category",
    "spot",
    "hide_name",
)
_ANSWER = ("outcome", "answer")
_CHECK = ("how", "check_note")
_TOGETHER = (
    ("answered", "answer"), ("answer", "answered"), ("answer", "outcome"),
    ("reporter_name", "reporter_phone"), ("reporter_phone", "reporter_name"),
)  # fmt: skip
_USER = re.compile(r"[A-Za-z0-9_.-]+")
_NUMBERS = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]|0\d{9,11}")

NOT_ONE = T(
    "这里只收原平台的用户号；姓名、电话请对应到反映人",
    "Only the platform’s id of a user; a name or phone belongs to the reporter",
)
BEFORE = T("答复时间早于反映时间", "The answer lies before the report")
TAKEN = T(
    "这个编号的记录已导入过，内容与这一行不同",
    "A record with this number was imported before and says something else",
)


def _columns() -> tuple[Column, ...]:
    fields = [*w.IMPORTED, w.CATEGORY, replace(w.WHERE, required=True), w.SPOT, w.HIDE_NAME]
    own = [Column(f, _EXAMPLES.get(f.key, "")) for f in fields]
    answers = [replace(f, required=False) for f in (w.OUTCOME, w.ANSWER, w.HOW, w.CHECK_NOTE)]
    return (
        *own,
        Column(REPORTED, "2024-04-28 09:30:00"),
        Column(NAME, "王小明"),
        Column(PHONE, "13800000000"),
        *(Column(f, e) for f, e in zip(answers, ("已解决", "已更换灯泡。", "", ""), strict=True)),
        Column(ANSWERED, "2024-04-29 16:00:00"),
    )


def check(values: Values) -> Wrong:
    """What is wrong between the columns: an answer needs its time and outcome, a contact its name and its phone."""
    wrong: dict[str, T] = {}
    for one, other in (
        (ANSWERED.key, "answer"),
        ("answer", ANSWERED.key),
        ("answer", "outcome"),
        (NAME.key, PHONE.key),
        (PHONE.key, NAME.key),
    ):
        if one in values and other not in values:
            wrong[other] = NEEDED
    if values.get(ANSWERED.key, values[REPORTED.key]) < values[REPORTED.key]:
        wrong[ANSWERED.key] = BEFORE
    user = str(values.get("outside_user", ""))
    if user and (not _USER.fullmatch(user) or _NUMBERS.fullmatch(user)):
        wrong["outside_user"] = NOT_ONE
    return wrong


class Taking:
    """Takes rows at one moment (µs UTC). What is in the ledger already is found by its key and left as it is."""

    def __init__(self, at: int) -> None:
        self.at = at

    def take(self, row: Row) -> bool:
        """Report, answer and check as far as the row has them; False where each was there before."""
        said, reported = row.values, row.values[REPORTED.key]
        case = self._there(said, row.key, reported, "matter")
        new = case is None
        if case is None:
            target = (DEMAND.key, str(said["where"]))
            case = self._act(target, "recorded_elsewhere", _opening(said), row.key, reported)
        if "answer" not in said:
            return new
        key, at = f"{row.key}/answer", said[ANSWERED.key]
        if self._there(said, key, at, "answer"):
            return new
        self._act(case, "settle", _some(said, _ANSWER), key, at)
        if "how" in said:
            self._act(case, "verify", _some(said, _CHECK), f"{row.key}/check", at)
        return True

    def close(self, digest: str) -> None:
        """Nothing more: every row is in the journal."""

    def _act(self, target: UUID | tuple[str, str], do: str, answers: Values, key: str, at: int) -> UUID:
        return act(target, do, THE_IMPORTER, answers, key=key, happened=at, recorded=self.at).case

    @staticmethod
    def _there(said: Values, key: str, at: int, field: str) -> UUID | None:
        """The case in which this was entered before. Raises: Refused, where something else was entered under the key."""
        entry = find(shard(said["where"]), key)
        if entry is None:
            return None
        facts = contents([entry.id])[entry.id][0].content["answers"]
        if facts[field] != said[field] or entry.happened != at:
            raise Refused("key-reused", TAKEN, {field: TAKEN})
        return entry.stream


def _some(values: Values, keys: tuple[str, ...]) -> dict[str, Any]:
    return {k: values[k] for k in keys if k in values}


def _opening(values: Values) -> dict[str, Any]:
    answers = _some(values, _OPENING)
    if NAME.key in values:
        answers[w.CONTACT.key] = {"name": values[NAME.key], "phone": values[PHONE.key]}
    return answers


TABLES = (
    Table(
        PROGRAMME.key,
        PROGRAMME.title,
        _columns(),
        Taking,
        check,
        identity=(("outside_number",), (REPORTED.key, "matter", "where")),
        place="where",
        maps=Path(__file__).with_name("maps"),
    ),
)
