"""The planner of grids: seconds and proven gaps of communities, a whole city, and a large area against other libraries.

``LINLI_BENCH_COMMUNITIES`` (default 40) says how large the city is; ``LINLI_REAL_DATA`` names the folder with the large area
(``buildings/arkansas.geojson``: 2,294 units with their neighbours). Every table says processor time beside the clock's.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from bench import partitioners
from bench.city import city, collection, community
from bench.partitioners import Area, Method, Result

COMMUNITIES = int(os.environ.get("LINLI_BENCH_COMMUNITIES", "40"))
REAL = os.environ.get("LINLI_REAL_DATA", "")
SIZE = 400
SMALL, SMALL_PARTS = 300, 10
PARTS = (20, 50, 100)
EVEN = Fraction(1, 20)
SINGLE = ((33, False), (80, False), (80, True), (120, False), (120, True), (150, False), (150, True))

REFERENCE: tuple[str, Method] = ("METIS, contiguous k-way", partitioners.metis)
LARGE_METHODS: tuple[tuple[str, Method], ...] = (
    REFERENCE,
    ("METIS, cheapest of 50 seeds", partitioners.metis_best),
    ("METIS, recursive", partitioners.metis_recursive),
    ("gerrychain, first plan", partitioners.gerrychain),
    ("Linli", partitioners.ours),
)
SMALL_METHODS: tuple[tuple[str, Method], ...] = (
    *LARGE_METHODS,
    ("gerrychain, cheapest of 200", partitioners.recom),
    ("spopt, max-p (floor only)", partitioners.max_p),
    ("spopt, SKATER (unbounded)", partitioners.skater),
    ("spopt, k-means (unbounded)", partitioners.region_k_means),
    ("spopt, p-median (ceiling only)", partitioners.p_median),
)


def main() -> None:
    """Print the tables."""
    for table in (_singles, _city, _areas):
        for line in table():
            print(line, flush=True)
        print(flush=True)


def _singles() -> Iterator[str]:
    yield f"one community into grids of {SIZE} households, with a proof · linli grids plan"
    for count, walled in SINGLE:
        made, lines = community("0001", count, random.Random(count), barrier=walled)
        grids = 10 if count == 33 else round(sum(f["properties"]["households"] for f in made) / SIZE)
        with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
            answer, cpu, wall, _ = _linli(
                Path(folder), "plan", collection(made), collection(lines), "--grids", str(grids)
            )
        behind = "barrier" if walled else "open"
        kept = f"within {100 * answer['tolerance']:g} %"
        yield (
            f"  {count:>4} buildings, {behind:<8} {grids:>3} grids  {cpu:7.1f} s of processor  {wall:7.1f} s"
            f"  gap {100 * answer['gap']:6.3f} %  {kept}"
        )


def _city() -> Iterator[str]:
    yield f"a city of {COMMUNITIES:,} communities on two processes · linli grids city"
    buildings, barriers = city(COMMUNITIES)
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        answer, cpu, wall, status = _linli(Path(folder), "city", buildings, barriers, "--size", str(SIZE))
    told = answer["summary"]
    slowest = max(answer["communities"], key=lambda c: c["seconds"])
    yield f"  {told['buildings']:,} buildings, {told['households']:,} households, {told['grids']:,} grids; exit status {status}"
    yield f"  {cpu:9.1f} s of processor, {cpu / COMMUNITIES:6.2f} a community; {wall:9.1f} s, {wall / COMMUNITIES:6.2f} a community"
    yield f"  slowest    {slowest['seconds']:.1f} s: {slowest['community']} with {len(slowest['grids'])} grids"
    yield f"  connected  {told['connected']}, {told['planned']:,} planned, {told['failed']} failed"
    yield (
        f"  tolerance  {told['within_tolerance']:,} within 25 %, {told['larger_tolerance']:,} needed a larger one, "
        f"at most {100 * told['largest_tolerance']:g} %"
    )
    yield f"  gap        median {100 * told['median_gap']:.3f} %, worst {100 * told['worst_gap']:.2f} %"


def _linli(
    folder: Path, command: str, buildings: Any, barriers: Any, *options: str
) -> tuple[Any, float, float, int]:
    """The answer of the command line, seconds of processor (its workers' too), seconds, and the exit status."""
    given, walls = folder / "buildings.geojson", folder / "barriers.geojson"
    given.write_text(json.dumps(buildings), encoding="utf-8")
    walls.write_text(json.dumps(barriers), encoding="utf-8")
    line = (sys.executable, "-m", "linli", "grids", command, str(given), "--barriers", str(walls), *options)
    begun, before = time.perf_counter(), os.times()
    done = subprocess.run([*line, "--json"], stdout=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - begun, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return json.loads(done.stdout), cpu, wall, done.returncode


def _areas() -> Iterator[str]:
    file = Path(REAL) / "buildings" / "arkansas.geojson"
    if not REAL or not file.is_file():
        yield "a large area against other libraries: skipped, LINLI_REAL_DATA names no folder with buildings/arkansas.geojson"
        return
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    yield from _compared(area_of(features, SMALL_PARTS, SMALL), SMALL_METHODS)
    for parts in PARTS:
        yield from _compared(area_of(features, parts), LARGE_METHODS)


def area_of(features: Sequence[Any], parts: int, most: int = 0) -> Area:
    """The units of the file, or the first so many around the first one, at 5 %."""
    number = {f["properties"]["id"]: n for n, f in enumerate(features)}
    near = [[number[i] for i in f["properties"]["neighbors"]] for f in features]
    units = [0]
    known = {0}
    for unit in units:
        fresh = [v for v in near[unit] if v not in known][: (most or len(features)) - len(units)]
        known.update(fresh)
        units += fresh
    place = {unit: n for n, unit in enumerate(units)}
    edges = {(place[a], place[b]) for a in units for b in near[a] if b in place and place[a] < place[b]}
    return Area(
        tuple((float(x), float(y)) for x, y in (features[u]["geometry"]["coordinates"] for u in units)),
        tuple(features[u]["properties"]["households"] for u in units),
        tuple(sorted(edges)),
        parts,
        EVEN,
    )


def _compared(area: Area, methods: Sequence[tuple[str, Method]]) -> Iterator[str]:
    yield f"{len(area.points):,} units into {area.parts} parts at {100 * float(area.tolerance):g} % · against METIS"
    yield f"  {'':<32}{'connected':>11}{'deviation':>11}{'cost':>10}{'× METIS':>9}{'processor':>11}{'clock':>9}"
    reference: Result | None = None
    for name, method in methods:
        found = partitioners.tried(method, area)
        if isinstance(found, str):
            yield f"  {name:<32}{found}"
            continue
        reference = reference or found
        whole = f"{found.connected}/{found.parts}"
        yield (
            f"  {name:<32}{whole:>11}{100 * found.deviation:>9.2f} %{found.cost / 1e9:>8.2f} G"
            f"{found.cost / reference.cost:>9.3f}{found.cpu:>9.1f} s{found.wall:>7.1f} s"
        )


if __name__ == "__main__":
    main()
