"""What a vote asks: by phone, by hands, on slips. A choice is sealed until the outcome is told; an audit alone reads whose it was."""

from __future__ import annotations

from linli.programmes.deliberation.words import (
    ABSTAIN,
    CONVENERS,
    MOST_OPTIONS,
    NONE,
    OPTION_KEYS,
    OPTION_NAMES,
    STAFF,
)
from linli.rules.fields import Choice, Integer, Option, Table, Text
from linli.rules.roles import AUDITOR
from linli.rules.text import T

VOTING = ("voting",)
MOST_PEOPLE = 300
"""A community's meeting hall holds no more."""

OPTIONS = Table(
    "options",
    T("方案", "Options"),
    (
        Text("name", T("方案名称", "Name"), at_most=40),
        Text(
            "says", T("怎么做、花多少钱、谁出", "What is done, what it costs, who pays"), at_most=600, lines=2
        ),
    ),
    at_least=1,
    at_most=MOST_OPTIONS,
    public=True,
    help=T(
        "最多五个；第一行是方案一。表决只认序号，开始以后不再改。",
        "Five at most; the first row is option 1. A vote names the number, and none changes once it has begun.",
    ),
)

CHOICE = Choice(
    "choice",
    T("您选哪一个方案", "Which option do you choose"),
    (
        *OPTION_NAMES,
        Option(NONE, T("都不同意", "None of them")),
        Option(ABSTAIN, T("弃权", "I abstain")),
    ),
    personal=True,
    seen_by=(AUDITOR,),
    sealed_in=VOTING,
)

PLACES = ("first", "second", "third", "fourth", "fifth")
_ZH = "一二三四五"
RANKS = tuple(
    Choice(
        key,
        T(f"第{zh}", f"{key.capitalize()} place"),
        OPTION_NAMES,
        required=key == PLACES[0],
        personal=True,
        seen_by=(AUDITOR,),
        sealed_in=VOTING,
    )
    for key, zh in zip(PLACES, _ZH, strict=True)
)

HANDS = Table(
    "hands",
    T("每个方案举手的人数", "Hands for each option"),
    (
        Choice("option", T("方案", "Option"), OPTION_NAMES),
        Integer("n", T("举手人数", "Hands"), at_most=MOST_PEOPLE, unit=T("人", "people")),
    ),
    at_least=1,
    at_most=MOST_OPTIONS,
    seen_by=STAFF,
    help=T(
        "每个人只举一次手；已用手机投的不再举。", "Everybody raises a hand once; who voted by phone does not."
    ),
)
AGAINST = Integer(
    "against",
    T("都不同意的人数", "Hands for none of them"),
    at_most=MOST_PEOPLE,
    unit=T("人", "people"),
    seen_by=STAFF,
)
ABSTAINED = Integer(
    "abstained", T("弃权的人数", "Abstentions"), at_most=MOST_PEOPLE, unit=T("人", "people"), seen_by=STAFF
)

SLIPS = Table(
    "slips",
    T("选票", "Slips"),
    tuple(
        Choice(
            f"slip_{key}", T(f"第{zh}", f"{key.capitalize()} place"), OPTION_NAMES, required=key == PLACES[0]
        )
        for key, zh in zip(PLACES, _ZH, strict=True)
    ),
    at_least=1,
    at_most=MOST_PEOPLE,
    seen_by=(*CONVENERS, AUDITOR),
    sealed_in=VOTING,
    help=T(
        "一行一张，从第一名填起；再录一次就以后一次为准。",
        "One row for each slip, the first place first; entered again, the later entry counts.",
    ),
)
assert len(PLACES) == len(OPTION_KEYS)
