"""What stands on a sheet of paper, written as SVG and as PDF."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.faces.web.paper.frame import (
    LENGTHS,
    MARGIN,
    POINT,
    Room,
    fitted,
    framed,
    length,
    proportion,
    wrapped,
)
from linli.faces.web.paper.ink import A3, Area, Leaf, Line, Words, box
from linli.faces.web.paper.pdf import CHINESE, LATIN, face, pdf, runs
from linli.faces.web.paper.svg import svg
from linli.faces.web.staff.labelmarks import APART, COLUMNS, RADII, SHAPES, Size, block, bounds, fitting
from linli.rules.labels import LABELS, POPULATION

NUMBER = st.floats(1, 900)


def leaf() -> Leaf:
    made, plan, side = framed("康宁街社区 Map “3”", "数据日期 2026-03-02", "来源 <b>&", "zh")
    made.put(Area(box(plan.x, plan.y, 50, 50), fill="#0f766e", stroke="#111111", dash=(3, 2)))
    made.put(
        Line(((side.x, side.y), (side.right, side.bottom))),
        Words((300, 300), "独", 12, anchor="middle", bold=True),
    )
    return made


def test_the_frame_keeps_its_margins() -> None:
    made, plan, side = framed("t", "u", "s", "zh")
    assert plan.x == MARGIN
    assert side.right == pytest.approx(A3[0] - MARGIN)
    assert plan.right < side.x
    assert plan.bottom < A3[1] - MARGIN
    assert made.texts == ["t", "u", "s"]


def test_svg_is_well_formed_whatever_is_written() -> None:
    made = leaf()
    made.put(Words((1, 1), "\x00<&>\"'\uffff", 9))
    root = ElementTree.fromstring(svg(made))
    assert root.get("viewBox") == f"0 0 {A3[0]:.2f} {A3[1]:.2f}"
    said = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert said[-2:] == ["独", "<&>\"'"]


def test_pdf_is_the_same_bytes_every_time_and_has_a_page_for_each_sheet() -> None:
    once = pdf(leaf())
    assert once == pdf(leaf())
    two = pdf(leaf(), leaf())
    assert len(re.findall(rb"/Type /Page\b", two)) == 2
    assert b"/Helvetica" in once and b"/STSong-Light" in once


@given(st.text(alphabet="ab3 ,“’康宁街社区、。", max_size=40))
def test_a_line_is_cut_into_fonts_without_losing_a_character(text: str) -> None:
    parts = runs(text)
    assert "".join(parts) == text
    assert all(face(a) != face(b) for a, b in pairwise(parts))
    assert all(face(p) == (CHINESE if ord(p[0]) > 0x2E80 else LATIN) for p in parts)


@given(st.text(alphabet="ab cdef康宁街，。", max_size=80), st.floats(80, 300))
def test_a_paragraph_loses_no_word_and_is_no_wider_than_its_room(text: str, width: float) -> None:
    lines = wrapped(text, 10, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    long = [sum(10 if ord(c) > 0x2E80 else 5.6 for c in line) for line in lines]
    # A word that is longer than the room, and the point that ends a line, stand out.
    assert all(
        n <= width + 20 or " " not in line
        for n, line in zip(long, lines, strict=True)
        if not re.search("[a-f]{9}", line)
    )


@given(NUMBER, NUMBER, NUMBER, NUMBER)
def test_a_plan_lies_in_the_middle_of_its_room(width: float, height: float, wide: float, high: float) -> None:
    room, window = Room(10, 20, wide, high), (-5.0, 7.0, width, height)
    fit = fitted(window, room)
    (left, top), (right, bottom) = fit.at(-5, 7), fit.at(width - 5, height + 7)
    assert left - room.x == pytest.approx(room.right - right, abs=1e-6)
    assert top - room.y == pytest.approx(room.bottom - bottom, abs=1e-6)
    assert min(left - room.x, top - room.y) == pytest.approx(0, abs=1e-6)


@given(st.floats(0.05, 20))
def test_the_scale_bar_is_a_round_length_that_fits(scale: float) -> None:
    metres = length(scale, 200)
    assert metres in LENGTHS
    assert metres * scale <= 200 or metres == LENGTHS[0]
    assert proportion(scale) == pytest.approx(1 / (scale * POINT), rel=0.06)


# Marks


def test_every_label_has_a_shape_that_is_drawn() -> None:
    assert {label.shape for label in POPULATION} == set(SHAPES)
    assert len(set(SHAPES.values())) == len(SHAPES)


COUNTS = st.lists(st.integers(1, 120), min_size=0, max_size=len(LABELS))


@given(COUNTS, st.sampled_from(RADII), st.sampled_from(COLUMNS))
def test_the_marks_of_a_building_stand_under_it_and_beside_each_other(
    counts: list[int], r: float, columns: int
) -> None:
    given_ = list(zip(LABELS, counts, strict=False))
    marks = block(given_, 50, 10, Size(r, columns))
    assert [(m.key, m.n) for m in marks] == given_
    assert all(y >= 10 for m in marks for _, y in m.ring)
    rings = [m.ring for m in marks]
    assert all(
        max(x for x, _ in a) <= min(x for x, _ in b) + 0.3 * r or a[0][1] != b[0][1]
        for a, b in pairwise(rings)
    )
    edge = bounds(marks)
    assert (edge is None) is (not marks)


def test_marks_are_as_large_as_the_plan_allows() -> None:
    counts = {"a": [("party", 3)], "b": [(k, 1) for k in LABELS]}
    near = {"a": ((0.0, 0.0), (60.0, 12.0)), "b": ((0.0, 30.0), (60.0, 42.0))}
    far = {"a": ((0.0, 0.0), (60.0, 12.0)), "b": ((0.0, 300.0), (60.0, 312.0))}
    assert fitting(counts, far).r == RADII[0]
    size = fitting({"a": counts["b"], "b": counts["b"]}, near)
    first = bounds(block(counts["b"], 30, 12, size))
    assert first
    assert first[3] + APART <= 30 or size.r == RADII[-1]
