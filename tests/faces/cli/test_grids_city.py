"""``linli grids city``: every community on its own, the same plans on one process and on two, and one that fails stops nobody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.config.command.root import cli
from linli.faces.cli.cityfiles import Community
from linli.faces.cli.cityplans import Wish, broken, grids_for, planned

Json = dict[str, Any]
WISH = Wish(400, Fraction(1, 4), False, 0)


def building(place: str, number: int, households: Any = 100, **more: Any) -> Json:
    """The buildings of a community stand in rows of four, 50 m apart; the next community is 2 km away."""
    at = [112.5 + 0.02 * int(place) + number % 4 * 5e-4, 37.8 + number // 4 * 4e-4]
    said = {"id": f"{number:02d}", "households": households, "community": place, **more}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": said}


def community(name: str, count: int = 12, **more: Any) -> list[Json]:
    return [building(name, n, **more) for n in range(count)]


def collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def written(path: Path, features: list[Json]) -> Path:
    path.write_text(json.dumps(collection(features), ensure_ascii=False), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["grids", "city", *map(str, arguments)])


def told(done: Result) -> Json:
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def timeless(answer: Json) -> Json:
    """The answer without what a clock says."""
    kept = [{k: v for k, v in c.items() if k != "seconds"} for c in answer["communities"]]
    figures = {k: v for k, v in answer["summary"].items() if "seconds" not in k}
    return {"communities": kept, "failed": answer["failed"], "summary": figures}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Three communities of 12, 8 and 15 buildings; their buildings have the same ids."""
    features = [*community("1"), *community("2", 8), *community("3", 15)]
    return written(tmp_path / "city.geojson", features)


def test_a_city_is_planned_community_by_community(city: Path) -> None:
    done = run(city, "--json")
    assert done.exit_code == 0, done.output
    answer = told(done)
    assert [(c["community"], len(c["grids"])) for c in answer["communities"]] == [
        ("1", 3),
        ("2", 2),
        ("3", 4),
    ]
    figures = answer["summary"]
    assert (figures["communities"], figures["buildings"], figures["grids"]) == (3, 35, 9)
    assert figures["connected"] is True
    assert (figures["within_tolerance"], figures["larger_tolerance"]) == (3, 0)


def test_one_worker_and_two_plan_the_same(city: Path) -> None:
    one, two = (told(run(city, "--workers", n, "--json")) for n in (1, 2))
    assert timeless(one) == timeless(two)


def test_progress_is_told_on_stderr_only(city: Path) -> None:
    done = run(city, "--json")
    assert done.stdout.count("\n") == 1
    assert "planning" not in done.stdout
    assert "3/3" in done.stderr


def test_a_person_reads_what_came_of_it(city: Path) -> None:
    done = run(city)
    assert "3 of 3 communities planned: 35 buildings, 3,500 households, 9 grids" in done.stdout
    assert "every grid hangs together" in done.stdout


def test_a_community_that_fails_is_named_and_the_others_are_planned(tmp_path: Path) -> None:
    silent = [building("2", n, households=0) for n in range(6)]
    features = [*community("1"), *silent, *community("3"), building("3", 12, households="many")]
    out = tmp_path / "planned.geojson"
    done = run(written(tmp_path / "city.geojson", features), "--out", out, "--json")
    assert done.exit_code == 1
    answer = told(done)
    assert [c["community"] for c in answer["communities"]] == ["1"]
    assert [(f["community"], f["code"]) for f in answer["failed"]] == [
        ("2", "no-households"),
        ("3", "bad-households"),
    ]
    assert "linli: 2: no household in any building" in done.stderr
    assert "linli: 2 of 3 communities could not be planned" in done.stderr
    grids = [f["properties"].get("grid") for f in json.loads(out.read_text("utf-8"))["features"]]
    assert all(grids[:12])
    assert not any(grids[12:])


def test_what_lies_apart_behind_a_barrier_fails_alone(city: Path, tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[112.5, 37.8002], [112.55, 37.8002]]}
    wall = written(tmp_path / "wall.geojson", [{"type": "Feature", "geometry": line, "properties": {}}])
    done = run(city, "--barriers", wall, "--size", 2000, "--json")
    assert {f["community"]: f["code"] for f in told(done)["failed"]} == {
        "1": "disconnected",
        "2": "disconnected",
    }
    assert [c["community"] for c in told(done)["communities"]] == ["3"]


def test_a_folder_of_communities_is_planned_and_written_as_one(tmp_path: Path) -> None:
    folder, out = tmp_path / "city", tmp_path / "planned"
    folder.mkdir()
    written(folder / "东里.geojson", community("1"))
    written(folder / "西里.geojson", community("2"))
    (folder / "坏.geojson").write_text("{", encoding="utf-8")
    done = run(folder, "--out", out, "--json")
    assert done.exit_code == 1
    assert [c["community"] for c in told(done)["communities"]] == ["东里", "西里"]
    assert [(f["community"], f["code"]) for f in told(done)["failed"]] == [("坏", "unreadable")]
    assert sorted(p.name for p in out.iterdir()) == ["东里.geojson", "西里.geojson"]
    planned_ = json.loads((out / "东里.geojson").read_text("utf-8"))
    assert all(f["properties"]["grid"] for f in planned_["features"])


def test_neighbours_over_the_border_are_left_out(tmp_path: Path) -> None:
    pairs = {"a": ["b", "c"], "b": ["a"], "c": ["a", "d"], "d": ["c"]}
    features = [
        building("1" if b in "ab" else "2", n, id=b, neighbors=near)
        for n, (b, near) in enumerate(pairs.items())
    ]
    answer = told(run(written(tmp_path / "city.geojson", features), "--json"))
    assert [c["adjacency"] for c in answer["communities"]] == [[["a", "b"]], [["c", "d"]]]


@pytest.mark.parametrize(
    ("features", "says"),
    [
        ([], "not a GeoJSON FeatureCollection with a feature for each building"),
        ([building("1", 0, community=None)], "feature 1, property community: found None"),
    ],
)
def test_a_file_that_is_no_city_is_answered_with_one_line(
    tmp_path: Path, features: list[Json], says: str
) -> None:
    done = run(written(tmp_path / "city.geojson", features))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr


def test_where_nothing_can_be_written_nothing_is_planned(city: Path, tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "nowhere" / "planned.geojson"):
        done = run(city, "--out", out)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(("households", "count", "grids"), [(100, 12, 3), (1, 12, 1), (900, 2, 2), (0, 3, 1)])
def test_a_community_gets_grids_for_its_households(households: int, count: int, grids: int) -> None:
    assert grids_for(collection(community("1", count, households=households)), 400) == grids


def test_a_plan_that_does_not_hold_is_found_out() -> None:
    given = collection(community("1"))
    answer = planned(Community("1", given), WISH).plan
    assert answer is not None

    def ok(plan: Mapping[str, Any], grids: int = 3) -> str:
        return broken(given, plan, grids, WISH.tolerance)

    assert ok(answer) == ""
    assert "not 4" in ok(answer, grids=4)
    assert "not every building" in ok({**answer, "grids": [{**g, "buildings": []} for g in answer["grids"]]})
    assert "does not hang together" in ok({**answer, "adjacency": []})
    lying: Mapping[str, Any] = {**answer, "grids": [{**g, "households": 1} for g in answer["grids"]]}
    assert "told are 1" in ok(lying)


def test_broken_off_it_leaves_no_process_behind(tmp_path: Path) -> None:
    """A signal to the command alone, as from a supervisor: its workers end with it, without a traceback."""
    features = [f for n in range(40) for f in community(str(n), 60, households=90)]
    line = (sys.executable, "-m", "linli", "grids", "city", str(written(tmp_path / "city.geojson", features)))
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        time.sleep(4)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=120)
    assert (running.returncode, out) == (1, b"")
    assert b"Traceback" not in err
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.killpg(running.pid, 0)
            time.sleep(0.1)
