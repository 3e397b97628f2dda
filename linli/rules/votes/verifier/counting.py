"""The vote counted once more, from the rows alone: heads, which ballot counts, the steps, the readings."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from linli.rules.standalone.bundles import Wrong
from linli.rules.standalone.hashes import Json

CHOICES, CHANNELS = ("agree", "against", "abstain", "invalid"), ("online", "paper")
STATUSES = ("sold", "unsold", "undelivered")
ROLL_COLUMNS = ("unit", "area", "owners", "status")
BALLOT_COLUMNS = ("n", "owner", "choice", "channel", "cast_at", "salt")
DEVELOPER, SILENT = "developer", "silent"
AREA = re.compile(r"([0-9]+)\.([0-9]{2})")
Head = tuple[str, ...]
"""The owners of a head in order; nobody for the developer."""
Parts = dict[str, list[int]]


class Home(NamedTuple):
    """A row of the roll: the area is in 0.01 m²."""

    unit: str
    area: int
    owners: Head
    status: str


class Given(NamedTuple):
    """A ballot as it counts: its row, under which id, what it says, how and when."""

    row: int
    owner: str
    choice: str
    channel: str
    at: datetime
    written: str


def table(raw: bytes, name: str, columns: Sequence[str]) -> Iterator[list[str]]:
    """The rows below the header, which has to be these columns. Raises: Wrong."""
    rows = csv.reader(raw.decode().split("\n"), strict=True)
    header = next(rows, [])
    if header != list(columns):
        raise Wrong(f"{name} row 1: the columns are {','.join(header)}; expected {','.join(columns)}")
    for row in rows:
        if len(row) == len(columns):
            yield row
        elif row:
            raise Wrong(f"{name} line {rows.line_num}: {len(row)} cells stand in it; expected {len(columns)}")


@cache
def homes(raw: bytes) -> list[Home]:
    """The rows of roll.csv. Raises: Wrong."""
    found = []
    for row, (unit, area, owners, status) in enumerate(table(raw, "roll.csv", ROLL_COLUMNS), 2):
        size = AREA.fullmatch(area)
        hundredths = int(size[1] + size[2]) if size else 0
        if not unit or hundredths <= 0 or status not in STATUSES:
            raise Wrong(
                f"roll.csv row {row}: {unit!r}, {area!r}, {status!r} is no unit with its area and status"
            )
        persons = tuple(sorted(set(owners.split(";")) - {""})) if ";" in owners or not owners else (owners,)
        found.append(Home(unit, hundredths, persons, status))
    return found


@dataclass
class Heads:
    """The heads of a roll, each with its area (0.01 m²) and the number of its units; who names which."""

    sums: dict[Head, list[int]] = field(default_factory=dict)
    of_unit: dict[str, Head] = field(default_factory=dict)
    of_person: dict[str, list[Head]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)


def heads_of(roll: Iterable[Home]) -> Heads:
    """Each distinct set of owners is a head; the developer is one with whatever is not sold. Raises: Wrong."""
    heads, named = Heads(), set[str]()
    sums, of_unit = heads.sums, heads.of_unit
    for unit, area, owners, status in roll:
        head = owners if status == "sold" else ()
        if status != "sold":
            named.update(owners)
        elif not head or DEVELOPER in head:
            raise Wrong(f"roll.csv: the sold unit {unit!r} has no owner, or the developer as one")
        if unit in of_unit:
            raise Wrong(f"roll.csv: the unit {unit!r} stands in it twice")
        of_unit[unit] = head
        if head in sums:
            sums[head][0] += area
            sums[head][1] += 1
        else:
            sums[head] = [area, 1]
    for head in heads.sums:
        for person in head or (DEVELOPER,):
            if person in heads.of_person:
                heads.of_person[person].append(head)
            else:
                heads.of_person[person] = [head]
    heads.waiting = named - heads.of_person.keys() if () in heads.sums else set()
    both = heads.of_unit.keys() & ({DEVELOPER, *heads.of_person} | heads.waiting)
    if both or not heads.sums:
        raise Wrong(
            f"roll.csv: {min(both)!r} is a unit and an owner" if both else "roll.csv: it holds no unit"
        )
    return heads


@dataclass
class Votes:
    """The ballot that counts of each head, those superseded (with the one that counts), and those that are flagged."""

    best: dict[Head, Given] = field(default_factory=dict)
    lost: list[tuple[Given, Given]] = field(default_factory=list)
    spanning: list[Given] = field(default_factory=list)
    ignored: list[Given] = field(default_factory=list)


def votes_of(heads: Heads, ballots: Iterable[Given]) -> Votes:
    """Paper before online, then the later; of equal ones the first. Raises: Wrong."""
    found, given = Votes(), dict[Head, list[Given]]()
    for ballot in ballots:
        head = heads.of_unit.get(ballot.owner)
        if head is None:
            _look_at(heads, ballot, found)
        for one in heads.of_person.get(ballot.owner, ()) if head is None else (head,):
            if one in given:
                given[one].append(ballot)
            else:
                given[one] = [ballot]
    for head, several in given.items():
        best = several[0]
        if len(several) > 1:
            paper = [b for b in several if b.channel == "paper"] or several
            best = max(paper, key=lambda b: b.at) if len(paper) > 1 else paper[0]
            found.lost += [(b, best) for b in several if b is not best]
            _agreeing_with_itself(heads, several)
        found.best[head] = best
    if found.spanning:  # such a ballot may be superseded by another for several heads, which is told once
        found.lost = list({(b.row, by.row): (b, by) for b, by in found.lost}.values())
    found.lost.sort(key=lambda pair: (pair[0].row, pair[1].row))
    return found


def _look_at(heads: Heads, ballot: Given, found: Votes) -> None:
    if len(heads.of_person.get(ballot.owner, ())) > 1:
        found.spanning.append(ballot)
    elif ballot.owner in heads.waiting:
        found.ignored.append(ballot)
    elif ballot.owner not in heads.of_person:
        raise Wrong(f"ballots.csv row {ballot.row}: the roll knows no owner and no unit {ballot.owner!r}")


def _agreeing_with_itself(heads: Heads, several: list[Given]) -> None:
    """One head says one thing at one instant, and one thing with all its units. Raises: Wrong."""
    if len({b.choice for b in several}) == 1:
        return
    at_once: dict[object, str] = {}
    for ballot in several:
        if at_once.setdefault((ballot.channel, ballot.at), ballot.choice) != ballot.choice:
            raise Wrong(
                f"ballots.csv row {ballot.row}: two ballots of one head at one instant say different things"
            )
    by_unit = [b for b in several if b.owner in heads.of_unit]
    saying = {choice: {b.owner for b in by_unit if b.choice == choice} for choice in CHOICES}
    for unit, last in {b.owner: b for b in by_unit}.items():
        if any(
            units - {unit} if len(units) < 3 else units
            for choice, units in saying.items()
            if choice != last.choice
        ):
            raise Wrong(f"ballots.csv row {last.row}: one head says different things with two of its units")


READINGS: dict[str, Callable[[Parts], tuple[list[int], list[int]]]] = {
    "base": lambda s: (_all(s, "agree", "against", "abstain"), s["agree"]),
    "invalid-takes-part": lambda s: (_all(s, *CHOICES), s["agree"]),
    "silence-agrees": lambda s: (_all(s, "agree", "against", "abstain", SILENT), _all(s, "agree", SILENT)),
    "one-head-per-unit": lambda s: (_all(s, "agree", "against", "abstain"), s["agree"]),
}
"""Of the parts [area, heads, units]: who takes part and who agrees under each reading."""


def _all(parts: Parts, *names: str) -> list[int]:
    return [sum(parts[name][i] for name in names) for i in range(3)]


def parts_of(heads: Heads, best: dict[Head, Given]) -> Parts:
    """The area, the heads, and the heads where each sold unit is one, of every choice and of the silent."""
    parts: Parts = {name: [0, 0, 0] for name in (*CHOICES, SILENT)}
    for head, (area, units) in heads.sums.items():
        said = parts[best[head].choice if head in best else SILENT]
        said[0] += area
        said[1] += 1
        said[2] += units if head else 1
    return parts


TITLES = ("Area taking part", "Heads taking part", "Area agreeing", "Heads agreeing")


def outcome(rule: Json, area: Json, heads: Json) -> tuple[Json, list[Json]]:
    """What the rule makes of the sums, and the steps to it, both sides multiplied out."""
    sums = (area, heads)
    asked = rule["participation"]
    of = "total" if rule["of"] == "all" else "taking_part"
    sides = (
        [(asked[k], s["taking_part"], s["total"]) for k, s in zip(("area", "heads"), sums, strict=True)]
        if asked
        else []
    )
    sides += [
        (rule["approval"][k], s["agreeing"], s[of]) for k, s in zip(("area", "heads"), sums, strict=True)
    ]
    clause = f"{rule['law']} {rule['article']}" + (f"({rule['clause']})" if rule["clause"] else "")
    steps = []
    for title, ((op, part, whole), some, every) in zip(TITLES[-len(sides) :], sides, strict=True):
        left, right = whole * some, part * every
        holds = left >= right if op == ">=" else left > right
        steps.append({"clause": f"{clause} {title}", "left": left, "op": op, "right": right, "holds": holds})
    met = all(s["holds"] for s in steps[:2]) if asked else None
    agreed = heads["taking_part"] > 0 and all(s["holds"] for s in steps[-2:])
    told = {
        "area": area,
        "heads": heads,
        "participation_met": met,
        "approval_met": agreed,
        "passed": met is not False and agreed,
    }
    return told, steps


def sums_under(parts: Parts, reading: str) -> tuple[Json, Json]:
    """All, taking part and agreeing: of area and of heads."""
    part, yes = READINGS[reading](parts)
    every = _all(parts, *CHOICES, SILENT)
    column = 2 if reading == "one-head-per-unit" else 1
    area, heads = ({"total": every[i], "taking_part": part[i], "agreeing": yes[i]} for i in (0, column))
    return area, heads


FLAGS = {
    "ballot-spans-heads": "The ballot in row {} is given under an owner’s id who shares units with different people; "
    "it counts for each.",
    "not-delivered": "The ballot in row {} does not count: the units of that person are unsold or undelivered, "
    "and the developer votes.",
    "overlapping-owners": "This owner shares units with different people: the sets of owners are not equal, "
    "and each is a head. Please check.",
}


def flags_of(heads: Heads, votes: Votes) -> list[Json]:
    """What a person should look at."""
    overlapping = sorted(person for person, several in heads.of_person.items() if len(several) > 1)
    found = [("ballot-spans-heads", b.owner, b.row) for b in votes.spanning]
    found += [("not-delivered", b.owner, b.row) for b in votes.ignored]
    found += [("overlapping-owners", person, 0) for person in overlapping]
    return [{"code": code, "about": about, "message": FLAGS[code].format(row)} for code, about, row in found]


def result_of(roll: Iterable[Home], ballots: Iterable[Given], matter: str, rule: Json) -> Json:
    """The whole result, as ``linli vote tally`` tells it. Raises: Wrong."""
    heads = heads_of(roll)
    votes = votes_of(heads, ballots)
    parts = parts_of(heads, votes.best)
    told = {name: outcome(rule, *sums_under(parts, name)) for name in READINGS}
    base, steps = told["base"]
    return {
        "matter": matter,
        "rule": {name: rule[name] for name in ("law", "article", "valid_from")},
        **base,
        "steps": steps,
        "superseded": [
            {"row": b.row, "owner": b.owner, "choice": b.choice, "channel": b.channel, "cast_at": b.written, "by_row": by.row}
            for b, by in votes.lost
        ],
        "flags": flags_of(heads, votes),
        "robustness": robustness({name: t[0]["passed"] for name, t in told.items()}),
    }  # fmt: skip


def robustness(passed: dict[str, bool]) -> Json:
    """Whether every reading decides alike."""
    readings = [{"name": name, "passed": found} for name, found in passed.items()]
    return {"same_under_all": len(set(passed.values())) == 1, "readings": readings}
