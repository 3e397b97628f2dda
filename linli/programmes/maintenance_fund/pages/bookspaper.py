"""A statement on A4: its title, the account and the period on every sheet, the head of the table, and which sheet of how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linli.cases.ledger import Amount
from linli.faces.web.paper.frame import wrapped
from linli.faces.web.paper.ink import GREY, PALE, Leaf, Line, Words
from linli.programmes.maintenance_fund.pages.booksstatements import Cell, Col, Statement
from linli.rules.money import yuan
from linli.rules.text import T

A4 = (595.28, 841.89)
ACROSS = (A4[1], A4[0])
MANY = 6
"""A table of more columns lies across."""
MARGIN, HEAD, FOOT, SIZE, STEP, GAP = 40.0, 76.0, 34.0, 8.5, 11.0, 6.0
RIGHT = ("money", "metres", "number")


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on every sheet besides the table: the account, the number, when it was made, the language."""

    account: T
    number: str
    made: str
    lang: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table in lines of its cells; ``strong``: a sum, or a row that heads others."""

    cells: list[list[str]]
    strong: bool = False
    ruled: bool = False

    @property
    def height(self) -> float:
        return STEP * max([len(c) for c in self.cells] or [1]) + 4


def leaves(statement: Statement, paper: Paper) -> list[Leaf]:
    """The sheets of a statement; one that has no row is a sheet all the same."""
    size = ACROSS if len(statement.columns) > MANY else A4
    edges = _edges(statement.columns, size[0])
    head = _line([c.title for c in statement.columns], statement.columns, edges, paper.lang, strong=True)
    pages = list(
        _paged(_lines(statement, edges, paper.lang), size[1] - 2 * MARGIN - HEAD - FOOT - head.height)
    )
    return [
        _leaf(statement, paper, size, edges, head, lines, n, len(pages)) for n, lines in enumerate(pages, 1)
    ]


def _edges(columns: Sequence[Col], width: float) -> list[tuple[float, float]]:
    """The left and the right edge of each column."""
    whole, at = sum(c.width for c in columns), MARGIN
    found = []
    for column in columns:
        wide = (width - 2 * MARGIN) * column.width / whole
        found.append((at, at + wide - GAP))
        at += wide
    return found


def _lines(statement: Statement, edges: list[tuple[float, float]], lang: str) -> Iterator[_Line]:
    for n, row in enumerate(statement.rows):
        yield _line(row, statement.columns, edges, lang, strong=n in statement.heads)
    for n, row in enumerate(statement.totals):
        yield _line(row, statement.columns, edges, lang, strong=True, ruled=not n)


def _line(
    row: Sequence[Cell],
    columns: Sequence[Col],
    edges: list[tuple[float, float]],
    lang: str,
    *,
    strong: bool = False,
    ruled: bool = False,
) -> _Line:
    cells = []
    for value, column, (left, right) in zip(row, columns, edges, strict=True):
        said = written(value, lang)
        whole = column.kind in RIGHT and not isinstance(value, T)
        cells.append([said] if whole or not said else wrapped(said, SIZE, right - left) or [""])
    return _Line(cells, strong, ruled)


def written(value: Cell, lang: str) -> str:
    """A cell as text; amounts and areas with thousands separators and two decimals."""
    if value is None:
        return ""
    if isinstance(value, Amount):
        return yuan(value.cents)
    return value.in_(lang) if isinstance(value, T) else str(value)


def _paged(lines: Iterator[_Line], room: float) -> Iterator[list[_Line]]:
    page: list[_Line] = []
    used = 0.0
    for line in lines:
        if page and used + line.height > room:
            yield page
            page, used = [], 0.0
        page.append(line)
        used += line.height
    yield page


def _leaf(
    statement: Statement,
    paper: Paper,
    size: tuple[float, float],
    edges: list[tuple[float, float]],
    head: _Line,
    lines: list[_Line],
    n: int,
    of: int,
) -> Leaf:
    lang = paper.lang
    leaf = Leaf(f"{statement.title.in_(lang)} {paper.number}", "zh" if lang.startswith("zh") else "en", size)
    width = size[0]
    leaf.put(Words((MARGIN, MARGIN + 16), statement.title.in_(lang), 15, bold=True))
    under = T("{a} {n} · {p}", "{a} {n} · {p}").format(a=paper.account, n=paper.number, p=statement.period)
    leaf.put(Words((MARGIN, MARGIN + 36), under.in_(lang), 9.5))
    unit = T("金额单位：元", "Amounts in yuan (¥)")
    leaf.put(Words((width - MARGIN, MARGIN + 36), unit.in_(lang), 8.5, GREY, anchor="end"))
    y = _put(leaf, head, statement.columns, edges, MARGIN + HEAD - 16)
    leaf.put(Line(((MARGIN, y - 9), (width - MARGIN, y - 9)), GREY, 0.8))
    for line in lines:
        if line.ruled:
            leaf.put(Line(((MARGIN, y - 9), (width - MARGIN, y - 9)), GREY, 0.8))
        y = _put(leaf, line, statement.columns, edges, y)
        leaf.put(Line(((MARGIN, y - 9), (width - MARGIN, y - 9)), PALE, 0.3))
    _foot(leaf, statement, paper, size, (n, of))
    return leaf


def _put(
    leaf: Leaf, line: _Line, columns: Sequence[Col], edges: list[tuple[float, float]], y: float
) -> float:
    """One row, its first base line at ``y``; where the next would stand."""
    for texts, column, (left, right) in zip(line.cells, columns, edges, strict=True):
        to_right = column.kind in RIGHT
        for i, text in enumerate(texts):
            if text:
                at = (right if to_right else left, y + i * STEP)
                leaf.put(Words(at, text, SIZE, anchor="end" if to_right else "start", bold=line.strong))
    return y + line.height


def _foot(
    leaf: Leaf, statement: Statement, paper: Paper, size: tuple[float, float], page: tuple[int, int]
) -> None:
    width, y = size[0], size[1] - MARGIN
    n, of = page
    says = T(f"第 {n} 页，共 {of} 页", f"Page {n} of {of}").in_(paper.lang)
    proof = statement.differs or statement.agrees
    if proof and n == of:
        leaf.put(Words((MARGIN, y - 14), proof.in_(paper.lang), 9))
    made = T("邻里账簿，制表 {t}", "From the books of Linli, made {t}").format(t=paper.made)
    leaf.put(Words((MARGIN, y), made.in_(paper.lang), 8, GREY))
    leaf.put(Words((width - MARGIN, y), says, 8, GREY, anchor="end"))
