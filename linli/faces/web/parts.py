"""What the partials of templates/linli/parts take: plain frozen values, so that a page says what it shows.

Every ``Words`` is a bilingual text or a text that somebody wrote. Times are µs UTC. Shares are in thousandths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

from linli.rules.text import T

Words = T | str
Tone = Literal["", "late", "soon", "new"]


@dataclass(frozen=True, slots=True)
class Left:
    """The time left or overdue in words; ``tone`` says whether it presses."""

    phrase: T
    tone: Tone = ""
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case as a thin bar: ``share`` thousandths are used; ``why`` says why it stands still."""

    title: T
    left: Left
    share: int
    _: KW_ONLY
    paused: bool = False
    why: Words | None = None

    @property
    def width(self) -> int:
        """The length of the bar, 0 to 1000."""
        return max(0, min(1000, self.share))


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and what it shows; without words a screen reader says that it is a photo."""

    thumb: str
    url: str
    caption: Words | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a case's story. ``recorded`` is given where it was written down much later than it happened."""

    title: Words
    at: int | None = None
    _: KW_ONLY
    state: Literal["past", "now", "next", "quietly"] = "past"
    who: Words | None = None
    text: Words | None = None
    photos: Sequence[Photo] = ()
    left: Left | None = None
    recorded: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The next step as a button."""

    title: Words
    url: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list: a row on a desk, a card in a hand. ``state`` has a ``title`` and a ``kind``."""

    url: str
    title: Words
    state: Any
    _: KW_ONLY
    key: str = ""
    number: str = ""
    place: Words | None = None
    who: Words | None = None
    left: Left | None = None
    at: int | None = None
    next: Next | None = None
    asks: Words | None = None

    @property
    def overdue(self) -> bool:
        """Whether its time is over."""
        return self.left is not None and self.left.tone == "late"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the way to what it counts. ``value`` is written already, by who knows the unit."""

    title: Words
    value: str | int
    url: str
    _: KW_ONLY
    unit: Words = ""
    how: Words | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far something is towards a share that a rule asks for: ``part`` of ``whole``, the mark at ``goal``."""

    title: Words
    part: int
    whole: int
    goal: tuple[int, int]
    unit: Words
    note: Words | None = None

    @property
    def width(self) -> int:
        """The length of the bar, 0 to 1000."""
        return self.part * 1000 // self.whole if self.whole else 0

    @property
    def mark(self) -> int:
        """Where the mark stands, 0 to 1000; rounded up, so that a bar at the mark has reached it."""
        return -(-self.goal[0] * 1000 // self.goal[1])

    @property
    def met(self) -> bool:
        """Whether the share is reached, in exact integers."""
        return self.part * self.goal[1] >= self.whole * self.goal[0] > 0

    @property
    def per_cent(self) -> int:
        """Rounded down: what is shown as reached is reached."""
        return self.part * 100 // self.whole if self.whole else 0


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter; ``url`` is the page with the filter turned over; ``more`` where counting stopped at ``count``."""

    title: Words
    url: str
    on: bool = False
    count: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Chips:
    """The filters of one kind."""

    title: Words
    chips: Sequence[Chip]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``url`` sorts by it, ``order`` says how it is sorted now."""

    title: Words
    _: KW_ONLY
    url: str = ""
    order: Literal["", "ascending", "descending"] = ""
    fit: Literal["", "right", "keep", "much"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; the first cell heads it and links to ``url``. A cell is words, a number, a state, a Moment, a Left …"""

    cells: Sequence[Any]
    _: KW_ONLY
    url: str = ""
    key: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A dense table; ``pick`` is the name under which chosen rows are sent, empty where nothing can be chosen."""

    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Row]
    _: KW_ONLY
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in a table's cell; ``ends`` where it is a time limit."""

    us: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """Ways to the neighbouring pages; empty where there is none. ``says`` tells what is seen: 第 51–100 件."""

    says: Words
    first: str = ""
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a form: the id of the field, what it is called, what to do."""

    field: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen; options with the same ``group`` stand together in a list."""

    key: str
    title: Words
    help: Words | None = None
    on: bool = False
    group: Words | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo that has been received already and is sent again by its id."""

    id: str
    thumb: str


Kind = Literal[
    "text", "long", "choice", "select", "many", "number", "date", "moment", "flag",
    "photos", "place", "person", "unit", "units", "contact", "case", "table", "money",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Input:
    """One question of a form as the partials of templates/linli/fields show it. Anything with these names will do.

    ``value`` is what stands in the field: text, a key, a mapping of name and phone for a contact; ``options`` carry
    what is chosen themselves. ``source`` is the address that answers a search for a place, person or unit with options;
    ``upload`` the one that takes a photo at once. ``rows`` and ``blank`` are the questions of a table.
    """

    name: str
    title: Words
    kind: Kind
    _: KW_ONLY
    value: Any = ""
    help: Words | None = None
    error: Words | None = None
    required: bool = True
    personal: bool = False
    options: Sequence[Option] = ()
    at_least: int | None = None
    at_most: int | None = None
    lines: int = 4
    unit: Words | None = None
    autocomplete: str = "off"
    inputmode: str = ""
    source: str = ""
    upload: str = ""
    uploads: Sequence[Upload] = ()
    known: Words | None = None
    asked_by: str = ""
    asked_values: Sequence[str] = ()
    rows: Sequence[Sequence[Input]] = ()
    blank: Sequence[Input] = ()

    @property
    def id(self) -> str:
        """The id of the element that takes the focus."""
        return f"f-{self.name}"


@dataclass(frozen=True, slots=True)
class Form:
    """A next step as a form that opens in place, for ``parts/nextstep.html``; ``stern`` where it gives something up."""

    key: str
    title: T
    url: str
    fields: Sequence[Input]
    hidden: Sequence[tuple[str, str]]
    says: Words | None = None
    stern: bool = False
