"""Laws of a count: it equals one made by other means, and order, readings and more consent do what everybody expects of them."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.rules.votes.ballots import Ballot
from linli.rules.votes.law import MATTERS, Matter
from linli.rules.votes.roll import DEVELOPER, SOLD, STATUSES, Roll, Unit, roll_of
from linli.rules.votes.tally import BASE, HEAD_PER_UNIT, READINGS, SILENCE_AGREES, Tally, tally
from linli.rules.votes.wording import Unfit

NEW, OLD = date(2024, 4, 28), date(2015, 6, 1)
NOON = datetime(2024, 4, 20, 12, tzinfo=timezone(timedelta(hours=8)))
PEOPLE = ("甲", "乙", "丙", "丁")


@st.composite
def rolls(draw: st.DrawFn) -> Roll:
    count = draw(st.integers(1, 8))
    units = []
    for n in range(1, count + 1):
        status = draw(st.sampled_from((SOLD, SOLD, SOLD, *STATUSES)))
        owners = draw(st.frozensets(st.sampled_from(PEOPLE), min_size=1, max_size=2))
        units.append(
            Unit(
                f"u{n}", draw(st.integers(1, 20000)), tuple(sorted(owners)), ";".join(sorted(owners)), status
            )
        )
    return roll_of(units)


@st.composite
def votes(draw: st.DrawFn) -> tuple[Roll, list[Ballot]]:
    """A roll, and at most one ballot for each head, given under a unit's id."""
    roll = draw(rolls())
    ballots = []
    for head in sorted(set(roll.head_of.values())):
        choice = draw(st.sampled_from(("agree", "agree", "against", "abstain", "invalid", "")))
        if choice:
            unit = next(u for u in roll.units if roll.head_of[u.id] == head)
            ballots.append(
                Ballot(head + 2, unit.id, choice, draw(st.sampled_from(("online", "paper"))), NOON, "noon")
            )
    return roll, ballots


matters = st.sampled_from(list(MATTERS))
days = st.sampled_from((NEW, OLD))


def _head_of(unit: Unit, per_unit: bool) -> object:
    if unit.status != SOLD:
        return DEVELOPER
    return unit.id if per_unit else unit.owners


def by_fractions(roll: Roll, choice_of: dict[str, str], matter: Matter, day: date, reading: str) -> bool:
    """The decision once more, from the units alone and with fractions: what each unit says decides for its head."""
    heads: dict[object, list[Unit]] = {}
    for unit in roll.units:
        heads.setdefault(_head_of(unit, reading == HEAD_PER_UNIT), []).append(unit)
    total_area = Fraction(sum(u.area for u in roll.units), 100)
    part_area, part_heads, yes_area, yes_heads = Fraction(0), 0, Fraction(0), 0
    for units in heads.values():
        said = choice_of.get(units[0].id, "")
        takes = said in {"agree", "against", "abstain"} or (
            said == "invalid" and reading == "invalid-takes-part"
        )
        agrees = said == "agree"
        if reading == SILENCE_AGREES and not said:
            takes = agrees = True
        area = Fraction(sum(u.area for u in units), 100)
        part_area, part_heads = part_area + takes * area, part_heads + takes
        yes_area, yes_heads = yes_area + agrees * area, yes_heads + agrees
    if not part_heads:
        return False
    shares = (Fraction(yes_area) / part_area, Fraction(yes_heads, part_heads))
    if day == OLD:
        shares = (yes_area / total_area, Fraction(yes_heads, len(heads)))
        return all(s > Fraction(1, 2) if matter == "general" else s >= Fraction(2, 3) for s in shares)
    took = part_area / total_area >= Fraction(2, 3) and Fraction(part_heads, len(heads)) >= Fraction(2, 3)
    agreed = all(s >= Fraction(3, 4) if matter == "raise-fund" else s > Fraction(1, 2) for s in shares)
    return took and agreed


def _choices(roll: Roll, ballots: Sequence[Ballot]) -> dict[str, str]:
    """What each unit says: what its head said."""
    by_head = {roll.head_of[b.owner]: b.choice for b in ballots}
    return {u.id: by_head[roll.head_of[u.id]] for u in roll.units if roll.head_of[u.id] in by_head}


@given(votes(), matters, days)
def test_every_reading_equals_a_recomputation_with_fractions(
    vote: tuple[Roll, list[Ballot]], matter: Matter, day: date
) -> None:
    roll, ballots = vote
    found = tally(roll, ballots, matter, day)
    for name in READINGS:
        wanted = by_fractions(roll, _choices(roll, ballots), matter, day, name)
        assert found.readings[name].passed == wanted, name
    assert found.robust == (len({r.passed for r in found.readings.values()}) == 1)


@given(votes(), st.randoms(use_true_random=False), matters, days)
def test_the_order_of_ballots_of_different_heads_does_not_matter(
    vote: tuple[Roll, list[Ballot]], chance: random.Random, matter: Matter, day: date
) -> None:
    roll, ballots = vote
    mixed = chance.sample(ballots, len(ballots))
    assert tally(roll, mixed, matter, day).readings == tally(roll, ballots, matter, day).readings


@given(votes(), st.data(), matters, days)
def test_one_more_who_agrees_never_makes_approval_fail(
    vote: tuple[Roll, list[Ballot]], data: st.DataObject, matter: Matter, day: date
) -> None:
    """Adding an agreeing ballot never turns a pass into a failure."""
    roll, ballots = vote
    silent = sorted(set(roll.head_of.values()) - {roll.head_of[b.owner] for b in ballots})
    if not silent:
        return
    head = data.draw(st.sampled_from(silent))
    unit = next(u.id for u in roll.units if roll.head_of[u.id] == head)
    more = [*ballots, Ballot(99, unit, "agree", "online", NOON, "noon")]
    before, after = tally(roll, ballots, matter, day).result, tally(roll, more, matter, day).result
    assert after.approval_met or not before.approval_met
    assert after.passed or not before.passed


@given(votes(), matters, days)
def test_who_counts_as_a_head_never_changes_the_areas(
    vote: tuple[Roll, list[Ballot]], matter: Matter, day: date
) -> None:
    found = tally(*vote, matter, day)
    assert found.readings[HEAD_PER_UNIT].area == found.readings[BASE].area
    assert found.result.area.total == sum(u.area for u in vote[0].units)
    for result in found.readings.values():
        for sums in (result.area, result.heads):
            assert 0 <= sums.agreeing <= sums.taking_part <= sums.total


GIVEN = st.tuples(
    st.sampled_from(("agree", "against")), st.sampled_from(("online", "paper")), st.integers(0, 3)
)


@settings(max_examples=200)
@given(st.lists(GIVEN, min_size=1, max_size=6))
def test_of_several_ballots_paper_counts_and_then_the_later(given_: list[tuple[str, str, int]]) -> None:
    roll = roll_of([Unit("u1", 100, ("甲",), "甲", SOLD)])
    ballots = [
        Ballot(n, "甲", choice, channel, NOON + timedelta(minutes=m), "")
        for n, (choice, channel, m) in enumerate(given_, 2)
    ]
    at_once = {
        (channel, m): {c for c, ch, k in given_ if (ch, k) == (channel, m)} for _, channel, m in given_
    }
    if any(len(said) > 1 for said in at_once.values()):
        try:
            tally(roll, ballots, "general", NEW)
        except Unfit as wrong:
            assert wrong.code == "contradiction"
            return
        raise AssertionError("two ballots at one instant said different things")
    best = max(given_, key=lambda g: (g[1] == "paper", g[2]))
    found: Tally = tally(roll, ballots, "general", NEW)
    assert found.result.heads.agreeing == (best[0] == "agree")
    assert len(found.superseded) == len(ballots) - 1
