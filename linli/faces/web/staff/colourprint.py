"""分色管理图 on paper: the same plan, or the same doors, on a sheet of A3 as PDF or SVG.

A sheet of labels is confidential: it says for which role it was printed and that it is not to be posted, and printing it is
an entry.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from linli.faces.web.moments import civil
from linli.faces.web.paper.frame import Fit, Room, fitted, framed, north, paragraph, rule, ruler
from linli.faces.web.paper.ink import GREY, PALE, WHITE, Area, Leaf, Words, box
from linli.faces.web.paper.pdf import pdf
from linli.faces.web.paper.svg import svg
from linli.faces.web.reader import words
from linli.faces.web.staff.colourask import Ask
from linli.faces.web.staff.colourmap import Block, Drawing, House
from linli.faces.web.staff.elevation import Cell, Elevation
from linli.faces.web.staff.labelmarks import Mark
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.labels import BY_KEY, LABELS
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory import access
from linli.territory.colouring import ALL, ANY, NONE, SEVERAL, Tally
from linli.territory.printing import printed
from linli.territory.regions import titles

FORMS = ("pdf", "svg")
TYPES = {"pdf": "application/pdf", "svg": "image/svg+xml; charset=utf-8"}
SECRET = T("内部资料", "Confidential")
NOT_POSTED = T(
    "供{role}使用。含住户标签，不得张贴、拍照外传，用后收好或销毁。每打印一次都有记录。",
    "For the use of: {role}. It shows labels of households: not for the notice board, not to be photographed or passed on,"
    " to be locked away or destroyed after use. Every print is recorded.",
)
NORTH = T("北", "N")


def file(
    request: HttpRequest,
    form: str,
    ask: Ask,
    actor: Actor,
    total: Tally,
    plan: Drawing | None,
    doors: Elevation | None,
    at: int,
) -> HttpResponse:
    """The sheet as a file, entered as printed. Raises: Http404 for another form, and where there is nothing to draw."""
    if form not in FORMS or not ask.sight or (plan is None and doors is None):
        raise Http404
    role = role_of(actor, ask)
    leaf = colour_leaf(ask, role, total, plan, doors, at)
    if request.method == "GET":
        printed(ask.part, ask.shown, form, by=actor, role=role, at=at, key=f"printed/{new_id()}")
    return answer(leaf, form, f"colours-{ask.part}")


def answer(leaf: Leaf, form: str, name: str) -> HttpResponse:
    """A sheet as a file that the browser shows or saves."""
    content = pdf(leaf) if form == "pdf" else svg(leaf).encode()
    response = HttpResponse(content, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return response


def role_of(actor: Actor, ask: Ask) -> str:
    """The first role in which he reads labels in the part that is printed."""
    building = next(iter(ask.sight))
    return access.role_at(actor, building, ask.day, access.SOME_LABEL_READERS) or ""


def language() -> str:
    """The language of the page, ``zh`` or ``en``."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def colour_leaf(
    ask: Ask, role: str, total: Tally, plan: Drawing | None, doors: Elevation | None, at: int
) -> Leaf:
    """The sheet in the page's language."""
    title = T("{p}分色管理图", "{p}: households by label").format(p=_place(ask))
    under = T("{g}；{l}；数据日期 {d}", "{g}; {l}; as of {d}").format(
        g=_grids(ask), l=LABELS.get(ask.label) or T("全部标签", "all labels"), d=f"{ask.day:%Y-%m-%d}"
    )
    source = T(
        "来源：邻里住户名册和社区自有图形，{t}。每一户在每个标签下只算一次。",
        "Source: the roll of households and the community’s own plan in Linli, {t}. A household counts once under each label.",
    ).format(t=f"{civil(at):%Y-%m-%d %H:%M}")
    leaf, room, side = framed(words(title), words(under), words(source), language())
    y = _legend(leaf, side, ask, total)
    if plan is not None:
        _plan(leaf, plan, room, side)
    if doors is not None:
        _doors(leaf, doors, room)
    _secret(leaf, side, y, role)
    return leaf


def _place(ask: Ask) -> T:
    """康宁街社区康宁苑3号楼: the community, and the part of it."""
    said = titles([ask.community, ask.part])
    whole, part = said[ask.community], said[ask.part]
    return whole if ask.part == ask.community else T(f"{whole.zh}{part.zh}", f"{whole.en}, {part.en}")


def _grids(ask: Ask) -> T:
    """The grids of the sheet by name."""
    codes = sorted({ask.grids[b] for b in ask.sight if b in ask.grids})
    said = titles(codes)
    return T("、".join(said[c].zh for c in codes), ", ".join(said[c].en for c in codes))


def _legend(leaf: Leaf, side: Room, ask: Ask, total: Tally) -> float:
    y = side.y + 12
    leaf.put(Words((side.x, y), words(T("图例", "Legend")), 14, bold=True))
    leaf.put(Words((side.right, y), words(T("户", "Households")), 10, GREY, anchor="end"))
    for key in ask.shown:
        y += 27
        mark(leaf, Mark(key, side.x + 12, y - 4, 9.5, 0), Fit((0, 0), (0, 0), 1))
        leaf.put(Words((side.x + 32, y), words(LABELS[key]), 12))
        leaf.put(Words((side.right, y), str(total.of(key)), 12, anchor="end", bold=True))
    y += 12
    rule(leaf, side, y)
    for what, said in _sums(ask):
        y += 19
        leaf.put(Words((side.x, y), words(said), 11, GREY))
        leaf.put(Words((side.right, y), str(total.of(what)), 11, anchor="end"))
    return y + 26


def _sums(ask: Ask) -> list[tuple[str, T]]:
    """The sum that leaves nobody out; for one label alone there is only the whole."""
    if ask.label:
        return [(ALL, T("全部住户", "All households"))]
    return [
        (ANY, T("有标签的", "With a label")),
        (SEVERAL, T("　其中两个以上的", "  of these with two or more")),
        (NONE, T("没有标签的", "Without a label")),
        (ALL, T("全部住户", "All households")),
    ]


def _secret(leaf: Leaf, side: Room, y: float, role: str) -> None:
    roles = installed.roles()
    title = roles[role].title if role in roles else T(role, role)
    inner = Room(side.x + 10, y, side.width - 20, 0)
    end = paragraph(leaf, inner, y + 18, words(SECRET), 15, bold=True)
    end = paragraph(leaf, inner, end + 2, words(NOT_POSTED.format(role=title)), 10.5)
    leaf.put(Area(box(side.x, y - 4, side.width, end - y), stroke="#b91c1c", width=1.4))


def _plan(leaf: Leaf, plan: Drawing, room: Room, side: Room) -> None:
    fit = fitted(plan.window, Room(room.x + 6, room.y + 6, room.width - 12, room.height - 12))
    own = [g for g in plan.grids if g.own]
    for grid in own:
        outline(leaf, grid, fit)
    for house in plan.houses:
        if inside(house.ring, plan):
            _house(leaf, house, fit)
    for grid in own:
        named(leaf, grid, fit)
    compass(leaf, side, fit)


def compass(leaf: Leaf, side: Room, fit: Fit) -> None:
    """North and the scale, at the foot of the legend's column."""
    north(leaf, side.x + 14, side.bottom - 92, words(NORTH))
    ruler(leaf, side.x, side.bottom - 24, fit.scale, side.width - 30)


def inside(ring: tuple[tuple[float, float], ...], plan: Drawing) -> bool:
    """Whether a shape lies wholly in the part that is shown."""
    left, top, width, height = plan.window
    return all(left <= x <= left + width and top <= y <= top + height for x, y in ring)


def outline(leaf: Leaf, grid: Block, fit: Fit, fill: str = "") -> None:
    """The line around a grid."""
    leaf.put(Area(fit.ring(grid.ring), fill=fill, stroke="#0f766e", width=1.2, dash=(5, 3)))


def named(leaf: Leaf, grid: Block, fit: Fit) -> None:
    """The name of a grid over its line."""
    x, y = fit.at(*grid.corner)
    leaf.put(Words((x, y - 3), words(grid.title), max(8.0, min(4.5 * fit.scale, 16)), "#0a544e", bold=True))


def _house(leaf: Leaf, house: House, fit: Fit) -> None:
    name_of(leaf, house, fit, "#f4f1ec" if house.own else WHITE)
    for found in house.marks:
        mark(leaf, found, fit)
        size = found.digits * fit.scale
        at = fit.at(found.beside, found.y)
        leaf.put(Words((at[0], at[1] + 0.36 * size), str(found.n), size))


def name_of(leaf: Leaf, house: House, fit: Fit, fill: str) -> None:
    """A building with its name."""
    ink = "#1f2933" if house.own else PALE
    leaf.put(Area(fit.ring(house.ring), fill=fill, stroke=GREY if house.own else PALE, width=0.8))
    x, y = fit.at(*house.middle)
    size = house.letters * fit.scale
    leaf.put(Words((x, y + 0.36 * size), words(house.short), size, ink, anchor="middle"))


def mark(leaf: Leaf, found: Mark, fit: Fit) -> None:
    """The mark of a label with its sign."""
    label = BY_KEY[found.key]
    leaf.put(Area(fit.ring(found.ring), fill=label.ink))
    sign, size = words(label.sign), float(words(found.letters)) * fit.scale
    x, y = fit.at(found.x, found.y)
    leaf.put(Words((x, y + 0.36 * size), sign, size, WHITE, anchor="middle", bold=True))


def _doors(leaf: Leaf, doors: Elevation, room: Room) -> None:
    """The building's doors; those whose number says no floor stand in a row under it."""
    rows = len(doors.floors) + 1 + (1 + len(doors.loose) * 60 // int(room.width - 70) if doors.loose else 0)
    wide = (room.width - 70) / max(doors.columns, 1)
    high = min((room.height - 20) / max(rows, 1), 90.0)
    x, y = room.x + 56, room.y + 12
    for stair in doors.stairs:
        leaf.put(
            Words((x + stair.doors * wide / 2, y + 18), words(stair.title), 12, anchor="middle", bold=True)
        )
        x += stair.doors * wide
    y += high * 0.5
    for floor in doors.floors:
        leaf.put(Words((room.x + 48, y + high / 2 + 4), words(floor.title), 11, GREY, anchor="end"))
        for number, cell in enumerate(floor.cells):
            if cell:
                _door(leaf, cell, Room(room.x + 56 + number * wide, y, wide, high))
        y += high
    for number, cell in enumerate(doors.loose):
        row, column = divmod(number, int((room.width - 70) // 60))
        _door(leaf, cell, Room(room.x + 56 + column * 60, y + high / 2 + row * high, 60, high))


def _door(leaf: Leaf, cell: Cell, room: Room) -> None:
    leaf.put(Area(box(room.x + 1.5, room.y + 1.5, room.width - 3, room.height - 3), stroke=PALE, width=0.7))
    leaf.put(
        Words((room.x + room.width / 2, room.y + 15), cell.door, min(11, 0.3 * room.width), anchor="middle")
    )
    if not cell.labels:
        return
    wide = (room.width - 6) / len(cell.labels)
    for number, label in enumerate(cell.labels):
        x, top, high = room.x + 3 + number * wide, room.y + 21, room.height - 25
        leaf.put(Area(box(x, top, wide - 1, high), fill=label.ink))
        size = min(13.0, 0.62 * wide, 0.8 * high)
        at = (x + wide / 2, top + high / 2 + 0.36 * size)
        leaf.put(Words(at, words(label.sign), size, WHITE, anchor="middle", bold=True))
