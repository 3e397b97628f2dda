"""The volunteers from January to April 2024: seven teams, 113 services, of which 43 came out of what residents asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from linli.programmes.volunteering.demo.stage import MINUTE, Crew, Outing, Stage, office
from linli.rules.worktime import DAY, HOUR, civil_day, day_start

BEGINS = date(2024, 1, 2)
FESTIVAL = (date(2024, 2, 9), date(2024, 2, 18))
"""The week of the Spring Festival: nobody goes out by plan."""
LAST_ASKED = date(2024, 4, 18)
ELDERS = 200
"""From this number on residents asked in the past."""
BY_PHONE, LATE, ILL = 3, 11, 7
"""Every so many requests came by telephone; every so many were taken late; of one the volunteer fell ill and another was found."""
FORGOTTEN = (date(2024, 1, 27), date(2024, 3, 12))
"""The days whose services were recorded late."""


def play(stage: Stage) -> None:
    """Put the months on the timetable."""
    for row in stage.texts["teams"]:
        _team(stage, row)
    for row in stage.texts["regular"]:
        for day in _days(row):
            _regular(stage, row, day)
    asked = list(_asked(stage.texts["asked"]))
    stage.chance.shuffle(asked)
    span = (LAST_ASKED - BEGINS).days - 10
    for number, (need, words, word) in enumerate(asked):
        day = BEGINS + timedelta(days=10 + span * number // len(asked))
        _request(stage, number, {"need": need, "words": words, "word": word}, day)
    _others(stage, len(asked))


civil = civil_day


def at(day: date, hour: float) -> int:
    """A time of a day in µs UTC."""
    return day_start(day) + round(hour * 60) * MINUTE


def _team(stage: Stage, row: Mapping[str, Any]) -> None:
    day = BEGINS + timedelta(days=int(row["made"]))
    stage.put(office(at(day, 9.5)), lambda then: establish(stage, row, then))
    for order, number in enumerate(row["members"]):
        later = at(day, 16) + order * 7 * MINUTE
        stage.put(later, partial(joins, stage, str(row["id"]), number, order))


def establish(stage: Stage, row: Mapping[str, Any], then: int) -> None:
    """The community founds a team."""
    areas = [{"area": stage.community + a} for a in row.get("areas", ())]
    scope = {"scope": "some", "areas": areas} if areas else {"scope": "all"}
    told = {k: row[k] for k in ("name", "kinds", "skills", "times", "about")}
    answers = {"where": stage.community, **told, **scope, "captain": stage.contact(int(row["captain"]))}
    made = stage.act(("team", stage.community), "establish", stage.staff("community1", then), then, answers)
    stage.crews[str(row["id"])] = Crew(made.case, int(row["captain"]), [], row["skills"])


def joins(stage: Stage, team: str, number: int, order: int, then: int) -> None:
    """Every third asks himself and is admitted; the others signed a sheet that the captain enters."""
    crew = stage.crews[team]
    times = next(row["times"] for row in stage.texts["teams"] if row["id"] == team)
    offers = [s for i, s in enumerate(crew.skills) if i == 0 or (order + i) % 3]
    said = {"offers": offers, "free": times[: 1 + order % len(times)], "age": "adult"}
    if order % 3 == 0:
        said["word"] = stage.texts["offers"][order % len(stage.texts["offers"])]
        stage.act(crew.case, "join", stage.resident(number, then), then, said)
        captain = stage.resident(crew.captain, then)
        stage.act(crew.case, "admit", captain, then + MINUTE, {"applicant": stage.id(number)})
    else:
        answers = {**said, "person": stage.contact(number)}
        stage.act(crew.case, "enrol", stage.resident(crew.captain, then), then, answers)
    crew.members.append(number)


def _days(row: Mapping[str, Any]) -> Iterator[date]:
    """The days of a regular service, the festival left out."""
    day, found = BEGINS + timedelta(days=int(row["first"])), 0
    while found < int(row["n"]):
        if not FESTIVAL[0] <= day < FESTIVAL[1]:
            found += 1
            yield day
        day += timedelta(days=int(row["every"]))


def _regular(stage: Stage, row: Mapping[str, Any], day: date) -> None:
    starts = at(day, float(row["hour"]))
    stage.put(starts - 3 * DAY + 2 * HOUR, lambda then: _plans(stage, row, starts, then))


def plan_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The plan of a regular service."""
    plan = {k: row[k] for k in ("title", "skill", "minutes", "capacity", "venue")}
    return {**plan, "open_to_all": True} if row.get("open") else plan


def _plans(stage: Stage, row: Mapping[str, Any], starts: int, then: int) -> None:
    crew = stage.crews[str(row["team"])]
    outing = stage.planned(crew, then, starts, plan_of(row))
    for number in goers(stage, crew, int(row["come"])):
        stage.put(
            then + stage.chance.randrange(30, 40 * 60) * MINUTE, partial(stage.signs_up, outing, number)
        )
    over = starts + int(row["minutes"]) * MINUTE
    late = 4 * DAY if civil_day(starts) in FORGOTTEN else 0
    stage.put(over + late + stage.chance.randrange(20, 300) * MINUTE, lambda t: _recorded(stage, outing, t))


def goers(stage: Stage, crew: Crew, most: int) -> list[int]:
    """Who goes: some of the members, and every other time the captain."""
    n = min(len(crew.members), stage.chance.randrange(max(most - 1, 1), most + 1))
    going = stage.chance.sample(crew.members, n)
    return [*going[:-1], crew.captain] if n > 1 and stage.chance.random() < 0.5 else going


def _recorded(stage: Stage, outing: Outing, then: int) -> None:
    """The hours are certified by the captain, or by the community where he served himself."""
    stage.recorded(outing, then)
    own = outing.crew.captain in outing.go
    later = office(then + 2 * HOUR) if own else then + stage.chance.randrange(20, 200) * MINUTE
    stage.put(later, lambda t: certified(stage, outing, t))


def certified(stage: Stage, outing: Outing, then: int) -> None:
    """Somebody who did not serve certifies the hours."""
    own = outing.crew.captain in outing.go
    by = stage.staff("community2", then) if own else stage.resident(outing.crew.captain, then)
    stage.act(outing.case, "certify", by, then)


def _asked(kinds: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each request that was met: its need, its words, what was said afterwards."""
    for need, row in kinds.items():
        for n in range(int(row["n"])):
            yield need, row["words"][n % len(row["words"])], row["word"][n % len(row["word"])]


def _request(stage: Stage, number: int, story: dict[str, str], day: date) -> None:
    hour = 8.2 + stage.chance.randrange(0, 100) / 10
    when = at(day, hour)
    stage.put(
        office(when) if number % BY_PHONE == 0 else when, lambda then: _asks(stage, number, story, then)
    )


def asks(stage: Stage, number: int, said: Mapping[str, Any], then: int, *, by_phone: bool) -> UUID:
    """Somebody asks for help himself, or calls the window and has it written down."""
    place = stage.home(number)
    if by_phone:
        answers = {"where": place, **said, "person": stage.contact(number)}
        return stage.act(("help_request", place), "ask_for", stage.staff("window1", then), then, answers).case
    by = stage.resident(number, then)
    return stage.act(("help_request", place), "ask", by, then, {"where": place, **said}).case


def _asks(stage: Stage, number: int, story: dict[str, str], then: int) -> None:
    when = stage.chance.choice(("today", "tomorrow", "any", "any"))
    said = {"need": story["need"], "when": when, "words": story["words"]}
    case = asks(stage, ELDERS + number, said, then, by_phone=number % BY_PHONE == 0)
    wait = 4 * DAY if number % LATE == 5 else stage.chance.randrange(10, 40) * MINUTE
    taken = office(then + wait)
    stage.put(taken, lambda t: _given(stage, number, story, case, t))


def _given(stage: Stage, number: int, story: dict[str, str], case: UUID, then: int) -> None:
    """The grid member gives it to a team, or its captain takes it; somebody of the team goes."""
    crew = stage.crews[stage.texts["asked"][story["need"]]["team"]]
    starts = next_slot(then)
    outing = {"crew": crew, "starts": starts, "minutes": stage.texts["asked"][story["need"]]["minutes"]}
    if number % 5 == 4:
        going = stage.matched(case, "take", stage.resident(crew.captain, then), then, outing)
    else:
        keeper = stage.staff(stage.keeper(stage.home(ELDERS + number), then), then)
        going = stage.matched(case, "match", keeper, then, outing)
    if number == ILL and "again" not in story:
        later = then + 70 * MINUTE
        stage.put(later, lambda t: _falls_ill(stage, number, story, case, going, t))
        return
    for who in stage.chance.sample(crew.members, 1 + number % 2):
        stage.put(then + stage.chance.randrange(5, 45) * MINUTE, partial(stage.signs_up, going, who))
    over = starts + going.minutes * MINUTE
    stage.put(
        over + stage.chance.randrange(15, 180) * MINUTE, lambda t: _helped(stage, number, story, going, t)
    )


def _falls_ill(
    stage: Stage, number: int, story: dict[str, str], case: UUID, outing: Outing, then: int
) -> None:
    """The service is called off, and the request given to the team once more."""
    stage.act(
        outing.case,
        "call_off",
        stage.resident(outing.crew.captain, then),
        then,
        {"reason": "原定的队员突然生病"},
    )
    stage.put(office(then + HOUR), lambda t: _given(stage, number, {**story, "again": "yes"}, case, t))


def next_slot(then: int) -> int:
    """The next half day on which an office works, at half past nine or three in the afternoon."""
    for hours in range(2, 200):
        slot = then + hours * HOUR
        whole = slot - slot % HOUR
        if office(whole) == whole and (whole // HOUR + 8) % 24 in (10, 15):
            return whole
    raise ValueError("no working day within a week")


def _helped(stage: Stage, number: int, story: dict[str, str], outing: Outing, then: int) -> None:
    stage.recorded(outing, then)
    score = 3 if number % 14 == 9 else stage.chance.choice((4, 5, 5, 5))
    said: dict[str, Any] = {
        "score": score,
        "word": story["word"] if score > 3 else "来晚了半小时，别的都好。",
    }
    if number % 4 == 3:
        later = office(then + 20 * HOUR)
        stage.put(later, lambda t: _asked_after(stage, outing, said, t))
    else:
        later = then + stage.chance.randrange(1, 20) * 30 * MINUTE
        stage.put(
            later,
            partial(_confirms, stage, outing, ELDERS + number, said),
        )


def _confirms(stage: Stage, outing: Outing, number: int, said: Mapping[str, Any], then: int) -> None:
    stage.act(outing.case, "confirm", stage.resident(number, then), then, said)


def _asked_after(stage: Stage, outing: Outing, said: Mapping[str, Any], then: int) -> None:
    answers = {**said, "asked_how": stage.chance.choice(("phone", "visit"))}
    stage.act(outing.case, "confirm_asked", stage.staff("community3", then), then, answers)


def _others(stage: Stage, number: int) -> None:
    """What did not become a service: done on the spot, not possible, withdrawn."""
    for order, row in enumerate(stage.texts["spot"]):
        who, when = ELDERS + number + order, office(at(date(2024, 2, 20) + timedelta(days=23 * order), 10.2))
        said = {"need": row["need"], "when": "today", "words": row["words"]}
        stage.put(when, partial(_on_the_spot, stage, who, said, row))
    row = stage.texts["impossible"]
    said = {"need": row["need"], "when": "any", "words": row["words"]}
    stage.put(
        office(at(date(2024, 3, 12), 9.3)), lambda t: _refused(stage, ELDERS + number + 2, said, row, t)
    )
    said = {"need": "errands", "when": "any", "words": "想买个暖水袋。"}
    stage.put(office(at(date(2024, 1, 24), 15.2)), lambda t: _withdrawn(stage, ELDERS + number + 3, said, t))


def _on_the_spot(stage: Stage, who: int, said: Mapping[str, Any], row: Mapping[str, Any], then: int) -> None:
    case = asks(stage, who, said, then, by_phone=True)
    keeper = stage.staff(stage.keeper(stage.home(who), then), then)
    stage.act(case, "settle", keeper, office(then + 20 * MINUTE), {"how": row["how"]})


def _refused(stage: Stage, who: int, said: Mapping[str, Any], row: Mapping[str, Any], then: int) -> None:
    case = asks(stage, who, said, then, by_phone=True)
    answers = {"why_not": row["why_not"], "instead": row["instead"]}
    stage.act(case, "not_possible", stage.staff("community1", then), then + 40 * MINUTE, answers)


def _withdrawn(stage: Stage, who: int, said: Mapping[str, Any], then: int) -> None:
    case = asks(stage, who, said, then, by_phone=False)
    stage.act(case, "withdraw", stage.resident(who, then), then + 50 * MINUTE)
