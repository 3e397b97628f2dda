"""The colour map: what it shows is what the lists count, on the screen, door by door and on paper."""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import translation

from linli.faces.web.staff import colours, households, opened
from linli.faces.web.staff.elevation import elevation
from linli.journal.models import Entry
from linli.journal.verify import Walk
from linli.rules.actor import THE_SYSTEM, Actor
from linli.rules.labels import LABELS
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory import buildings
from linli.territory import households as roll
from linli.territory.buildings import BuildingRow
from linli.territory.households import Door, HouseholdRow
from linli.territory.models import Building
from linli.territory.printing import PRINTED
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
NEXT, GRID = COMMUNITY + "B0002", COMMUNITY + "001"
AT = day_start(FOUNDED)
RING = ((112.56, 37.788), (112.5606, 37.788), (112.5606, 37.7882), (112.56, 37.7882), (112.56, 37.788))
MARKED = (("301", "party"), ("301", "tenant"), ("302", "party"), ("101", "subsistence"))
NUMBER = re.compile(r'<a class="number" href="([^"]+)">\s*([\d,]+)')


def drawn(ring: Sequence[tuple[float, float]] = RING) -> None:
    """The two buildings of the town stand one behind the other."""
    row = BuildingRow(HOME, T("1号楼", "Building 1"), T("甲苑", "Court A"), 6, 3, tuple(ring))
    north = tuple((x, y + 0.001) for x, y in ring)
    buildings.load([row, replace(row, code=NEXT, name=T("2号楼", "Building 2"), outline=north)])


@pytest.fixture
def cast() -> Town:
    made = town()
    drawn()
    roll.load([HouseholdRow(HOME, "2", d) for d in ("101", "102", "301", "302")])
    roll.load([HouseholdRow(NEXT, "1", "101"), HouseholdRow(NEXT, "1", "地下室")])
    for number, (door, key) in enumerate(MARKED):
        roll.label(f"{HOME}-2-{door}", key, FOUNDED, by=THE_SYSTEM, at=AT, key=f"l{number}")
    roll.label(f"{NEXT}-1-101", "party", FOUNDED, by=THE_SYSTEM, at=AT, key="north")
    return made


def leads_to(actor: Actor, url: str) -> int:
    """How many households the list behind a number has."""
    page = text(seen(actor, households.households, query=f"?{urlsplit(unescape(url)).query}"))
    found = re.search(r'<h2 id="found">.*?<span class="quiet number">([\d,]+)</span>', page)
    assert found, url
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize("query", ["", f"?grid={GRID}", f"?building={HOME}", "?label=party"])
@pytest.mark.parametrize("who", ["community", "grid", "window"])
def test_every_number_leads_to_exactly_what_it_counts(cast: Town, who: str, query: str) -> None:
    if who == "window" and "party" in query:
        query = "?label=tenant"
    page = text(seen(cast.cast[who], colours.colours, query=query))
    numbers = NUMBER.findall(page)
    assert len(numbers) >= 5
    assert [(u, n) for u, n in numbers if leads_to(cast.cast[who], u) != int(n)] == []


def test_nobody_is_missed_and_nobody_counts_twice(cast: Town) -> None:
    page = text(seen(cast.cast["community"], colours.colours))
    said = {parse_qs(urlsplit(unescape(u)).query)["label"][0]: int(n) for u, n in NUMBER.findall(page)[::-1]}
    assert (said["party"], said["tenant"], said["subsistence"], said["minor"]) == (3, 1, 1, 0)
    assert (said["any"], said["several"], said["none"], said["all"]) == (4, 1, 2, 6)
    assert "各标签合计 5" in page
    assert said["any"] + said["none"] == said["all"]


def test_a_mark_says_its_label_by_colour_shape_sign_and_word(cast: Town) -> None:
    page = text(seen(cast.cast["community"], colours.colours))
    plan = page[page.index('class="colour-plan') : page.index("</svg></div>")]
    assert plan.count('class="label party"') == 2
    assert "党</text>" in plan
    assert 'aria-label="甲苑1号楼：低保 1 户、党员 2 户、租户 1 户"' in plan
    one = text(seen(cast.cast["community"], colours.colours, query="?label=tenant"))
    plan = one[one.index('class="colour-plan') : one.index("</svg></div>")]
    assert "党</text>" not in plan
    assert "tinted" in plan


def test_the_doors_stand_as_in_the_building_with_a_stripe_for_each_label(cast: Town) -> None:
    page = text(seen(cast.cast["community"], colours.colours, query=f"?building={HOME}"))
    floors = re.findall(r'<th scope="row">(\d)层', page)
    assert floors == ["3", "1"]
    flat = page[page.index(f"{HOME}-2-301/") :][:600]
    assert [k for k in ("party", "tenant") if f'class="stripe label {k}"' in flat] == ["party", "tenant"]
    loose = text(seen(cast.cast["community"], colours.colours, query=f"?building={NEXT}"))
    assert "门牌看不出楼层的" in loose
    assert f"{NEXT}-1-地下室/" in loose or "%E5%9C%B0" in loose


def test_no_door_is_left_out_of_an_elevation() -> None:
    doors = [
        Door(f"x-{e}-{d}", e, d, 0, ()) for e, d in (("1", "101"), ("1", "0101"), ("1", "甲"), ("2", "1102"))
    ]
    found = elevation(doors, ())
    cells = [c for floor in found.floors for c in floor.cells if c]
    assert {c.code for c in (*cells, *found.loose)} == {d.code for d in doors}
    assert [f.title.zh for f in found.floors] == ["11层", "1层"]
    assert found.columns == 2


@pytest.mark.parametrize("who", ["street", "property", "elsewhere", "resident"])
def test_who_reads_no_label_here_has_no_map(cast: Town, who: str) -> None:
    query = f"?community={COMMUNITY}"
    with pytest.raises(PermissionDenied):
        seen(cast.cast[who], colours.colours, query=query)


def test_a_place_that_is_not_his_or_is_none(cast: Town) -> None:
    other = cast.cast["next_grid"]
    for query in (f"?grid={GRID}", f"?building={HOME}"):
        with pytest.raises(PermissionDenied):
            seen(other, colours.colours, query=query)
    for query in ("?grid=1", "?building=140105006003B0001", "?label=rich", "?format=docx"):
        with pytest.raises(Http404):
            seen(cast.cast["community"], colours.colours, query=query)
    assert "您的职责范围里没有楼栋" in text(seen(other, colours.colours))


def test_a_community_without_outlines_and_without_a_roll(cast: Town) -> None:
    Building.objects.update(outline="[]")
    page = text(seen(cast.cast["community"], colours.colours))
    assert "还没有楼栋的图形" in page
    with pytest.raises(Http404):
        seen(cast.cast["community"], colours.colours, query="?format=pdf")
    assert "您的职责范围里没有楼栋" in text(seen(cast.cast["elsewhere"], colours.colours))


def test_the_page_speaks_both_languages(cast: Town) -> None:
    with translation.override("en"):
        page = text(seen(cast.cast["community"], colours.colours))
        sheet = text(seen(cast.cast["community"], colours.colours, query="?format=svg"))
    for said in (page, sheet):
        assert "Party member" in said
        assert ">PM<" in said
    assert "Confidential" in sheet
    assert "For the use of: Community staff" in sheet


# Paper


def svg_of(answer: HttpResponse) -> tuple[ElementTree.Element, list[str]]:
    root = ElementTree.fromstring(text(answer))
    return root, [e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text")]


def pdf_text(content: bytes) -> str:
    """The words of a PDF of ours: Latin as it stands, Chinese by its UCS-2 codes."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        body = zlib.decompress(a85decode(stream.strip().removesuffix(b"~>")))
        for said in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", body, re.DOTALL):
            raw = re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8)]), said)
            raw = re.sub(rb"\\(.)", rb"\1", raw, flags=re.DOTALL)
            found.append(
                raw.decode("latin-1")
                if raw.isascii() and b"\0" not in raw
                else raw.decode("utf-16-be", "replace")
            )
            found.append(raw.decode("utf-16-be", "replace"))
    return "\n".join(found)


@pytest.mark.parametrize("query", ["", f"&building={HOME}", "&label=party"])
def test_the_svg_is_a_sheet_of_a3_that_stands_alone(cast: Town, query: str) -> None:
    answer = seen(cast.cast["community"], colours.colours, query=f"?format=svg{query}")
    root, said = svg_of(answer)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")
    assert not re.search(r"<style|<script|class=|href=|url\(", text(answer))
    whole = "".join(said)
    assert "康宁街社区" in whole and "分色管理图" in whole and "第一网格" in whole
    assert "数据日期" in whole and "来源：" in whole
    assert "供社区工作人员使用" in whole and "不得张贴" in whole
    if "building" not in query:
        assert (
            "北" in said and any(s.startswith("1 : ") for s in said) and any(s.endswith(" m") for s in said)
        )
    assert ("低保" in whole) is ("label" not in query)


def test_the_pdf_is_one_page_of_a3_lying_with_chinese_words(cast: Town) -> None:
    content = seen(cast.cast["community"], colours.colours, query="?format=pdf").content
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    sizes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", content)
    assert [tuple(round(float(n)) for n in size) for size in sizes] == [(1191, 842)]
    assert b"/STSong-Light" in content
    said = pdf_text(content)
    assert "低保" in said and "党员" in said


@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_paper_shows_no_label_that_is_not_its_readers(cast: Town, form: str) -> None:
    answer = seen(cast.cast["window"], colours.colours, query=f"?format={form}")
    said = pdf_text(answer.content) if form == "pdf" else text(answer)
    assert "租户" in said
    assert [t.zh for k, t in LABELS.items() if k != "tenant" and t.zh in said] == []
    assert "供窗口人员使用" in said.replace("\n", "")


def test_printing_labels_is_an_entry_and_stands_in_the_log(cast: Town) -> None:
    seen(cast.cast["grid"], colours.colours, query="?format=pdf&label=party")
    seen(cast.cast["community"], colours.colours)
    (entry,) = Entry.objects.filter(action=PRINTED)
    assert entry.actor == cast.cast["grid"].person
    assert entry.role == "grid_member"
    assert list(Walk(entry.stream).faults()) == []
    log = text(seen(cast.cast["community"], opened.opened))
    assert "打印过的分色管理图" in log and "网格员" in log and "党员" in log
    assert "打印过的分色管理图" in text(seen(cast.cast["grid"], opened.opened))
    assert "打印过的分色管理图" not in text(seen(cast.cast["window"], opened.opened))
    assert "打印过的分色管理图" not in text(seen(cast.cast["elsewhere"], opened.opened))
