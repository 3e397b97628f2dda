"""Meetings and resolutions: bodies, their meetings, and the tasks that come of them."""

from __future__ import annotations

from linli.programmes.meetings import words as w
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.body import BODY
from linli.programmes.meetings.rules import REFUSALS
from linli.programmes.meetings.task import RESOLUTION_TASK
from linli.rules.programme import Programme
from linli.rules.text import T

PROGRAMME = Programme(
    "meetings",
    T("会议与决议", "Meetings and resolutions"),
    T(
        "谁来开、听了什么、怎样表决、定了什么、办到哪一步，都有据可查。",
        "Who met, what was heard, how it was decided, and how far what was decided has come: all of it on record.",
    ),
    case_types=(BODY, ASSEMBLY, RESOLUTION_TASK),
    refusals=REFUSALS,
    roles=(w.SECRETARY,),
)
