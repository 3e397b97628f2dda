"""Laws of the matching: it does not depend on the order of the teams, and nobody is suggested who cannot."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from linli.programmes.volunteering.matching import (
    ALL_TIMES,
    Member,
    Team,
    Wanted,
    mask,
    rank,
    serves,
    suiting,
    unmask,
)
from linli.programmes.volunteering.words import SKILLS, TIMES

KEYS = [o.key for o in SKILLS]
GRIDS = ["g1", "g2", "g3"]
skills = st.frozensets(st.sampled_from(KEYS), max_size=5)
times = st.frozensets(st.sampled_from(sorted(ALL_TIMES)))
members = st.lists(st.builds(Member, skills, times), max_size=4).map(tuple)
grids = st.none() | st.frozensets(st.sampled_from(GRIDS), min_size=1)
teams = st.lists(
    st.builds(
        Team, st.uuids().map(str), st.sampled_from(["甲队", "乙队", "丙队"]), skills, times, grids, members,
        st.integers(0, 9), st.booleans(),
    ),
    max_size=8,
    unique_by=lambda t: t.key,
)  # fmt: skip
wanted = st.builds(Wanted, st.sampled_from(KEYS), times, st.none() | st.sampled_from(GRIDS))


@given(teams, wanted, st.randoms(use_true_random=False))
def test_the_order_of_the_teams_does_not_matter(
    some: list[Team], want: Wanted, chance: random.Random
) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert [s.team.key for s in rank(some, want)] == [s.team.key for s in rank(shuffled, want)]


@given(teams, wanted)
def test_nobody_is_suggested_who_cannot(some: list[Team], want: Wanted) -> None:
    found = rank(some, want)
    for suggestion in found:
        team = suggestion.team
        assert want.skill in team.skills and not team.rests and serves(team.grids, want.grid)
        assert suggestion.why and all(w.zh and w.en for w in suggestion.why)
    fit = [t for t in some if want.skill in t.skills and not t.rests and serves(t.grids, want.grid)]
    assert len(found) == len(fit)


@given(teams, wanted)
def test_who_has_somebody_free_stands_before_who_has_nobody_at_all(some: list[Team], want: Wanted) -> None:
    suits = [bool(s.free or s.team.times & (want.times or ALL_TIMES)) for s in rank(some, want)]
    assert suits == sorted(suits, reverse=True)


@given(skills, times)
def test_what_somebody_can_is_kept_as_bits(can: frozenset[str], free: frozenset[str]) -> None:
    assert unmask(SKILLS, mask(SKILLS, can)) == can
    assert unmask(TIMES, mask(TIMES, free)) == free


def test_when_it_suits() -> None:
    from datetime import date

    day = date(2026, 3, 2)
    assert suiting(None, "", True) == frozenset()
    assert suiting(None, "evening", True) == {"evening"}
    assert suiting(day, "am", True) == {"weekday_am"}
    assert suiting(day, "", True) == {"weekday_am", "weekday_pm", "evening"}
    assert suiting(day, "am", False) == {"weekend"}
