"""``linli grids plan``: the contract of the command, on files as others write them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rules.partition.town import community

LINE = [("a", 10, 0), ("b", 10, 1), ("c", 90, 2), ("d", 10, 3)]


def written(folder: Path, features: list[dict[str, Any]], name: str = "b.geojson") -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def point(id_: str, households: Any, x: float, y: float = 0.0, **more: Any) -> dict[str, Any]:
    where = {"type": "Point", "coordinates": [112.56 + x / 1000, 37.78 + y / 1000]}
    return {"type": "Feature", "geometry": where, "properties": {"id": id_, "households": households, **more}}


def linli(*options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "linli", "grids", "plan", *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def planned(*options: object) -> dict[str, Any]:
    done = linli(*options, "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_answer_holds_what_the_contract_says(tmp_path: Path) -> None:
    problem = community(33, 10)
    features = [
        point(h.id, h.households, 0) | {"geometry": {"type": "Point", "coordinates": list(h.point)}}
        for h in problem.houses
    ]
    file, out = written(tmp_path, features), tmp_path / "out.geojson"
    answer = planned(file, "--grids", 10, "--out", out)
    assert set(answer) == {
        "grids", "objective", "bound", "gap", "tolerance", "tolerance_proven", "adjacency", "seconds",
    }  # fmt: skip
    assert [set(g) for g in answer["grids"]] == [{"code", "buildings", "households", "center"}] * 10
    assert (answer["gap"], answer["tolerance"], answer["tolerance_proven"]) == (0.0, 0.25, True)
    assert sorted(b for g in answer["grids"] for b in g["buildings"]) == sorted(h.id for h in problem.houses)
    assert all(g["center"] in g["buildings"] for g in answer["grids"])
    told = {
        f["properties"]["id"]: f["properties"]["grid"] for f in json.loads(out.read_text("utf-8"))["features"]
    }
    assert told == {b: g["code"] for g in answer["grids"] for b in g["buildings"]}
    again = planned(file, "--grids", 10, "--seed", 0)
    assert again["grids"] == answer["grids"]


def test_a_tolerance_out_of_reach_is_answered_with_the_smallest(tmp_path: Path) -> None:
    near = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c"]}
    file = written(tmp_path, [point(i, w, x, neighbors=near[i]) for i, w, x in LINE])
    answer = planned(file, "--grids", 2, "--tolerance", "0.1")
    assert (answer["tolerance"], answer["tolerance_proven"]) == (0.666667, True)
    assert answer["adjacency"] == [["a", "b"], ["b", "c"], ["c", "d"]]


def test_barriers_cut_neighbours_apart_and_told_neighbours_ignore_them(tmp_path: Path) -> None:
    square = [("a", 0, 0), ("b", 1, 0), ("c", 0, 1), ("d", 1, 1)]
    wall = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "LineString", "coordinates": [[112.5605, 37.0], [112.5605, 38.0]]},
    }
    lines = written(tmp_path, [wall], "walls.geojson")
    free = written(tmp_path, [point(i, 10, x, y) for i, x, y in square])
    assert planned(free, "--grids", 2, "--barriers", lines)["adjacency"] == [["a", "c"], ["b", "d"]]
    done = linli(free, "--grids", 1, "--barriers", lines)
    assert done.returncode == 2
    assert "not next to each other" in done.stderr
    told = written(
        tmp_path, [point(i, 10, x, y, neighbors=[j for j, _, _ in square if j != i]) for i, x, y in square]
    )
    assert len(planned(told, "--grids", 2, "--barriers", lines)["adjacency"]) == 6


def test_compounds_that_are_kept_are_told(tmp_path: Path) -> None:
    features = [point(f"b{i}", 20, i, compound="AB"[i // 3]) for i in range(6)]
    answer = planned(written(tmp_path, features), "--grids", 2, "--keep-compounds")
    assert answer["compounds"] == {"cut": [], "proven": True}


def test_polygons_stand_where_their_middle_is(tmp_path: Path) -> None:
    ring = [[112.0, 37.0], [112.002, 37.0], [112.002, 37.002], [112.0, 37.002], [112.0, 37.0]]
    house = {
        "type": "Feature",
        "properties": {"id": "p", "households": 5},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    answer = planned(written(tmp_path, [house]), "--grids", 1)
    assert (answer["objective"], answer["bound"], answer["gap"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([], "no feature"),
        ([point("a", -1, 0)], "feature 1 (a), property households: found -1"),
        ([point("a", "5", 0)], "property households: found '5'"),
        ([point("", 5, 0)], "property id"),
        ([point("a", 5, 0), point("a", 5, 1)], "same id: a"),
        ([point("a", 0, 0), point("b", 0, 1)], "no household in any building: a, b"),
        ([point("a", 5, 0, neighbors=["b"]), point("b", 5, 1)], "not b"),
        ([point("a", 5, 0, neighbors=["b"]), point("b", 5, 1, neighbors=[])], "not the other way round"),
        ([point("a", 5, 0, neighbors=["x"])], "'x' is no id"),
        ([point("a", 5, 0) | {"geometry": None}], "feature 1 (a)"),
        ([point("a", 5, 0), point("b", 5, 1)], "ask for at most 2"),
    ],
)
def test_unusable_input_is_one_line_that_names_the_place(
    tmp_path: Path, features: list[dict[str, Any]], said: str
) -> None:
    done = linli(written(tmp_path, features), "--grids", 3, "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert said in last, done.stderr
    assert "Traceback" not in done.stderr


def test_options_and_files_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    file = written(tmp_path, [point("a", 5, 0)])
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    for options, said in (
        ((file, "--grids", 0), "--grids"),
        ((file, "--grids", 1, "--tolerance", "much"), "not a share"),
        ((file, "--grids", 1, "--tolerance", "-1"), "below zero"),
        ((file, "--grids", 1, "--tolerance", "1e999999999"), "not a share"),
        ((broken, "--grids", 1), "line 1, column 2: not JSON"),
        ((tmp_path / "none.geojson", "--grids", 1), "none.geojson"),
        ((file,), "--grids"),
    ):
        done = linli(*options)
        assert (done.returncode, done.stdout) == (2, ""), options
        assert said in done.stderr, options


def test_a_time_limit_is_kept_with_a_plan(tmp_path: Path) -> None:
    problem = community(90, 6)
    features = [
        point(h.id, h.households, 0) | {"geometry": {"type": "Point", "coordinates": list(h.point)}}
        for h in problem.houses
    ]
    answer = planned(written(tmp_path, features), "--grids", 6, "--time-limit", 3)
    assert answer["bound"] <= answer["objective"]
    assert len(answer["grids"]) == 6
