"""The legal services of the demonstration: a past of four months whose counters are pinned by a test, and work in every state around
the day of building. Everything goes through the one door, in the order of time.
"""

from __future__ import annotations

from linli.cases.playing import Timetable
from linli.programmes.legal_services.demo.meetings import Meetings
from linli.programmes.legal_services.demo.offices import Offices
from linli.programmes.legal_services.demo.questions import Questions
from linli.programmes.legal_services.demo.stage import People, Stage
from linli.programmes.legal_services.demo.visits import Visits


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the partners, their sessions, the questions and the visits on the timetable."""
    stage = Stage(people, community, seed, now, table)
    Offices(stage).play()
    Meetings(stage).play()
    Questions(stage).play()
    Visits(stage).play()
