"""Colours can be read: 4.5:1 everywhere, 7:1 in large letters, 3:1 around what can be filled in."""

import re
from pathlib import Path

import pytest

import linli.faces.web
from linli.rules.labels import POPULATION

CSS = Path(linli.faces.web.__file__).parent / "static" / "linli" / "css"
LARGE = 'html[data-size="large"]'
TEXT = ("ink", "quiet", "jade", "jade-deep", "waiting", "overdue", "done", "void")
GROUNDS = ("paper", "card", "sunk", "jade-wash")
WASHES = ("waiting", "overdue", "done", "void")


def colours(css: str, selector: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in re.finditer(re.escape(selector) + r"\s*\{([^}]*)\}", css):
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block[1]))
    return found


def schemes() -> dict[str, dict[str, str]]:
    css = re.sub(r"/\*.*?\*/", "", (CSS / "tokens.css").read_text("utf-8"), flags=re.DOTALL)
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    base, night = colours(light, ":root"), colours(dark, ":root")
    return {
        "light": base,
        "large": base | colours(light, LARGE),
        "dark": base | night,
        "large, dark": base | night | colours(dark, LARGE),
    }


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "large", "dark", "large, dark"])
def test_text_can_be_read_on_every_ground(scheme: str) -> None:
    c, least = schemes()[scheme], 7 if "large" in scheme else 4.5
    pairs = [(ink, ground) for ink in TEXT for ground in GROUNDS[:3]]
    pairs += [(ink, "jade-wash") for ink in ("ink", "jade-deep")]
    pairs += [(ink, f"{ink}-wash") for ink in WASHES]
    pairs += [("ink", f"{ink}-wash") for ink in WASHES]
    pairs += [("on-jade", "jade"), ("on-jade", "jade-deep")]
    poor = {f"{ink} on {ground}": ratio(c[ink], c[ground]) for ink, ground in pairs}
    assert {pair: r for pair, r in poor.items() if r < least} == {}


@pytest.mark.parametrize("scheme", ["light", "large", "dark", "large, dark"])
def test_the_number_of_a_grid_can_be_read_on_its_colour(scheme: str) -> None:
    c, least = schemes()[scheme], 7 if "large" in scheme else 4.5
    found = {name: ratio(c["ink"], colour) for name, colour in c.items() if name.startswith("grid-")}
    assert len(found) == 6
    assert {name: r for name, r in found.items() if r < least} == {}


@pytest.mark.parametrize("scheme", ["light", "large", "dark", "large, dark"])
def test_what_can_be_filled_in_has_an_edge(scheme: str) -> None:
    c = schemes()[scheme]
    assert {g: ratio(c["edge"], c[g]) for g in GROUNDS[:3] if ratio(c["edge"], c[g]) < 3} == {}


def label_colours(scheme: str) -> dict[str, str]:
    """The colour of each label by its key, as the stylesheet of the labels says which is whose."""
    css, c = (CSS / "parts.css").read_text("utf-8"), schemes()[scheme]
    return {
        label.key: c[re.findall(rf"\.label\.{label.key} {{ --mark: var\(--([\w-]+)\)", css)[0]]
        for label in POPULATION
    }


@pytest.mark.parametrize("scheme", ["light", "large", "dark", "large, dark"])
def test_a_label_is_told_from_its_ground_and_bears_its_sign(scheme: str) -> None:
    c, least = schemes()[scheme], 7 if "large" in scheme else 4.5
    found = label_colours(scheme)
    assert len(set(found.values())) == len(POPULATION)
    assert {k: g for k, ink in found.items() for g in GROUNDS if ratio(ink, c[g]) < 3} == {}
    assert {
        k: ratio(ink, c["on-label"]) for k, ink in found.items() if ratio(ink, c["on-label"]) < least
    } == {}


def test_on_paper_a_label_has_the_colour_of_the_page() -> None:
    assert label_colours("light") == {label.key: label.ink for label in POPULATION}


def test_colours_are_named_once() -> None:
    loose = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", path.read_text("utf-8"))
        for path in CSS.glob("*.css")
        if path.name not in ("tokens.css", "print.css")
    }
    assert {name: found for name, found in loose.items() if found} == {}
