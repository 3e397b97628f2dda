"""A look at all buildings of a file together: which of them are known, which codes the others get, whether the datum can be right.

A building that has no code is known again by the number that its map gives it, by its name, or by its place (see
``territory/recognising.py``); else it gets the next free code of its community. Features with one number are one building: the same
twice, or its pieces, as maps cut them at the edges of their tiles. Without a number, the same shape with the same name is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from linli.forms.places import building_code
from linli.forms.shapes.datums import datum_of, position, stated
from linli.forms.tables import Doubt, Row, Survey, Wrong
from linli.rules.datum import NAMES, Datum, Point
from linli.rules.place import BUILDING_CODE, Level
from linli.rules.text import T
from linli.territory import positions, shift
from linli.territory.buildings import community_buildings
from linli.territory.recognising import Known, Title, Told, named, placed

TAG = re.compile(r"[a-z][a-z_;: ]*")
"""What OpenStreetMap says under ``building``: what kind it is. It is no code."""
LAST = 9999
NO_MORE = T(
    "这个社区的楼栋代码已用完：请用 building 一列给出代码",
    "The community has no free code left; give codes in a column building",
)
ELSEWHERE = T(
    "与第 {n} 个要素编号相同，却在别处：请核对编号",
    "Feature {n} has the same number and lies elsewhere; check the numbers",
)
PIECED = T("由编号相同的 {n} 块拼成", "Put together from {n} pieces with one number")
STANDS = T(
    "文件中有 {n} 栋是已知的：按 {taken} 读，离已知的位置约 {before} 米；按 {datum} 读，约 {after} 米。文件多半是 {datum} 坐标",
    "{n} of its buildings are known here: read as {taken} they stand about {before} m from where they are known, read as {datum}"
    " about {after} m. Most likely the file is in {datum}",
)
COVERS = T(
    "文件中有 {n} 栋落在已知楼栋之间：按 {taken} 读，{before} 栋与已知的重合；按 {datum} 读，{after} 栋重合。文件多半是 {datum} 坐标",
    "{n} of its buildings lie among known ones: read as {taken}, {before} cover one, read as {datum}, {after} do."
    " Most likely the file is in {datum}",
)


def survey(rows: Sequence[Row]) -> Survey:
    """The rows with the code and the place (WGS 84) of each building."""
    told = [_Seen(r) for r in rows]
    wrong: dict[int, Wrong] = {}
    notes = [(r.number, "shape", n) for r in rows if "shape" in r.values for n in r.values["shape"].notes]
    notes += _put_together(told, wrong)
    doubts: list[Doubt] = []
    by_community = defaultdict(list)
    for one in told:
        by_community[one.community].append(one)
    for community, mine in by_community.items():
        sound = [s for s in mine if s.row.number not in wrong]
        doubts += _identify(community, sound, wrong)
    return Survey([s.taken() for s in told], wrong, notes, doubts)


class _Seen:
    """A row while it is looked at."""

    def __init__(self, row: Row) -> None:
        self.row, self.values = row, row.values
        self.code = building_code(row.values) or ""
        self.community = (self.code or str(row.values.get("community", "")))[: Level.COMMUNITY]
        outside = str(row.values.get("outside", ""))
        self.outside = "" if BUILDING_CODE.fullmatch(outside.upper()) else outside
        self.points: Sequence[Point] = position(row.values)

    @property
    def group(self) -> str:
        """What rows about one building have in common: its code, its number, or everything that is said of it."""
        if self.code or self.outside:
            return self.code or f"{self.community}/{self.outside}"
        return (
            f"{self.community}/{self.title}/{positions.kept(self.points) if self.points else self.row.number}"
        )

    @property
    def title(self) -> Title:
        """Its compound and its name, as far as they are said."""
        return str(self.values.get("compound_zh", "")), str(self.values.get("name_zh", ""))

    def told(self) -> Told:
        """What it is known again by."""
        return Told(self.row.number, self.code, self.outside, self.title, self.points)

    def taken(self) -> Row:
        """The row as it is to be taken."""
        said = {k: v for k, v in self.values.items() if k != "outside"}
        own = {"outside": self.outside} if self.outside else {}
        return replace(self.row, values={**said, **own, "code": self.code, "points": self.points})


def _put_together(told: Iterable[_Seen], wrong: dict[int, Wrong]) -> Iterator[tuple[int, str, T]]:
    """Areas with one code or number get one line around them, which is said; what lies elsewhere is wrong."""
    groups = defaultdict(list)
    for one in told:
        if len(one.points) > 3:
            groups[one.group].append(one)
    for first, *others in groups.values():
        pieces = [first, *(o for o in others if not positions.same(o.points, first.points))]
        if len(pieces) > 1 and (whole := positions.joined([p.points for p in pieces])):
            for one in (first, *others):
                one.points = whole
            yield first.row.number, "shape", PIECED.format(n=len(pieces))
        else:
            wrong |= {p.row.number: {"shape": ELSEWHERE.format(n=first.row.number)} for p in pieces[1:]}


def _identify(community: str, seen: Sequence[_Seen], wrong: dict[int, Wrong]) -> Iterator[Doubt]:
    known = [
        Known(b.code, b.outside, (b.compound_zh, b.name_zh), positions.of(b.outline))
        for b in community_buildings(community)
    ]
    first = {s.group: s for s in reversed(seen)}
    told = [s.told() for s in first.values()]
    sure = named(told, known)
    yield from _doubts(seen, sure, known)
    found = sure | placed(told, known, sure)
    free = _free(community, {k.code for k in known} | set(found.values()))
    in_order = sorted(first.items(), key=lambda pair: pair[1].row.number)
    codes = {group: found.get(s.row.number) or next(free, "") for group, s in in_order}
    for one in seen:
        one.code = codes[one.group]
        if not one.code:
            wrong[one.row.number] = {"building": NO_MORE}


def _free(community: str, used: set[str]) -> Iterator[str]:
    """Codes that no building has: after the last one, then those that were left between."""
    last = max((int(code[-4:]) for code in used if code.startswith(community)), default=0)
    numbers = (*range(last + 1, LAST + 1), *range(1, last))
    return (code for n in numbers if (code := f"{community}B{n:04d}") not in used)


def _doubts(seen: Sequence[_Seen], sure: Mapping[int, str], known: Sequence[Known]) -> Iterator[Doubt]:
    """Whether the rows of one datum are likely in another."""
    there = {k.code: k.points for k in known if k.points}
    by_datum = defaultdict(list)
    for s in seen:
        if s.points:
            by_datum[datum_of(s.values), stated(s.values)].append(s)
    for (datum, said), mine in by_datum.items():
        pairs = [
            (positions.middle(s.points), positions.middle(there[sure[s.row.number]]))
            for s in mine
            if sure.get(s.row.number) in there
        ]
        rest = [s.points for s in mine if s.row.number not in sure]
        likely = shift.by_known(pairs, datum) or shift.by_cover(rest, list(there.values()), datum)
        if likely:
            yield _doubt(likely, datum, said)


def _doubt(likely: shift.Likely, taken: Datum, said: bool) -> Doubt:
    text = (COVERS if likely.by_cover else STANDS).format(
        n=likely.n,
        taken=NAMES[taken],
        datum=NAMES[likely.datum],
        before=round(likely.before),
        after=round(likely.after),
    )
    return Doubt("likely-datum", text, f"--datum {likely.datum.value}", grave=not said)
