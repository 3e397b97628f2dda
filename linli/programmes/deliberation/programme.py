"""Deliberation: ideas, topics, meetings and the tasks of their decisions."""

from __future__ import annotations

from linli.programmes.deliberation import rules
from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.ideas import IDEA
from linli.programmes.deliberation.tasks import TASK
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.programmes.deliberation.words import FACILITATOR
from linli.rules.programme import Programme
from linli.rules.text import T

PROGRAMME = Programme(
    "deliberation",
    T("居民议事协商", "Deliberation"),
    T(
        "居民的金点子成为议题，一起商量着定；定了的有人办，办了的告诉大家。",
        "Residents’ ideas become topics that are talked over and decided together; what is decided is done, and everybody hears of it.",
    ),
    case_types=(IDEA, TOPIC_TYPE, COUNCIL, TASK),
    refusals=rules.REFUSALS,
    roles=(FACILITATOR,),
)
