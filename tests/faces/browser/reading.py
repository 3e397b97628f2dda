"""A page's source as the walk reads it: what it is called, where it leads, what it says in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

CHINESE = re.compile(r"[㐀-鿿]")
# What stands inside these is the house's own word, never what somebody wrote.
OWN = frozenset(
    {"title", "button", "nav", "th", "legend", "summary", "dt", "h1", "h2", "h3", "label", "caption"}
)
ALONE = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
SILENT = frozenset({"script", "style", "template", "svg"})


@dataclass
class Read:
    """What was found in one page."""

    lang: str = ""
    title: str = ""
    headings: int = 0
    links: list[str] = field(default_factory=list)
    said: list[tuple[frozenset[str], str]] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.read.lang = given.get("lang") or ""
        self.read.headings += tag == "h1"
        if tag == "a" and given.get("href"):
            self.read.links.append(str(given["href"]))
        told = [given.get(name) for name in ("aria-label", "placeholder", "title", "alt")]
        self.read.attributes += [text for text in told if text and not given.get("lang")]
        if tag not in ALONE:
            self.open.append((tag, given.get("lang")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = frozenset(tag for tag, _ in self.open)
        text = " ".join(data.split())
        if not text or inside & SILENT or any(lang for tag, lang in self.open if tag != "html"):
            return
        if "title" in inside:
            self.read.title += text
        self.read.said.append((inside, text))


def read(html: str) -> Read:
    """Read one page."""
    reader = _Reader()
    reader.feed(html)
    return reader.read
