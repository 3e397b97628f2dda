"""The population labels (分色管理) that a household can carry: one word, one colour, one sign, one shape, and who may read it.

The roll keeps which household has which. The table below is the permission, label by label: a role reads a label where its
duty reaches the household's building, and nobody else reads it anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from linli.rules.roles import CLERK, COMMUNITY, GRID_MEMBER
from linli.rules.text import T
from linli.rules.who import Role

Shape = Literal["circle", "square", "diamond", "shield", "hexagon", "house", "slant"]
AT_THE_DOOR = (GRID_MEMBER, COMMUNITY)
"""Who comes to the door and answers for those behind it: the grid member of the household's own grid, and the community."""


@dataclass(frozen=True, slots=True)
class Label:
    """One label. ``sign`` and ``shape`` say it where the colour is not seen; ``ink`` is its colour on paper; ``why`` tells
    why it is these who read it.
    """

    key: str
    title: T
    sign: T
    shape: Shape
    ink: str
    readers: tuple[Role, ...]
    why: T


POPULATION: tuple[Label, ...] = (
    Label(
        "lone_elder",
        T("独居老人", "Lives alone, old"),
        T("独", "EL"),
        "circle",
        "#c2410c",
        AT_THE_DOOR,
        T("有人独居，知道的人越少越安全", "That somebody old is alone at home is safest with few"),
    ),
    Label(
        "disabled",
        T("残疾", "Disabled"),
        T("残", "DI"),
        "square",
        "#7c3aed",
        AT_THE_DOOR,
        T("健康状况是敏感个人信息", "Health is sensitive personal information"),
    ),
    Label(
        "subsistence",
        T("低保", "Subsistence allowance"),
        T("保", "SA"),
        "diamond",
        "#a16207",
        AT_THE_DOOR,
        T("经济状况是敏感个人信息", "Means are sensitive personal information"),
    ),
    Label(
        "veteran",
        T("退役军人", "Veteran"),
        T("军", "VE"),
        "shield",
        "#4d7c0f",
        AT_THE_DOOR,
        T(
            "门上的光荣牌人人可见，全社区的名单不同",
            "The plaque at one door is seen by all; a list of every such door is something else",
        ),
    ),
    Label(
        "party",
        T("党员", "Party member"),
        T("党", "PM"),
        "hexagon",
        "#dc2626",
        AT_THE_DOOR,
        T(
            "党籍由党组织掌握，不由窗口掌握",
            "Membership is kept by the Party’s own branch, not by the window",
        ),
    ),
    Label(
        "tenant",
        T("租户", "Tenant"),
        T("租", "TE"),
        "house",
        "#1d64d8",
        (*AT_THE_DOOR, CLERK),
        T(
            "出租登记本来就在窗口办；租住不涉及健康、经济和家庭",
            "Lettings are registered at the window itself, and renting says nothing of health, means or family",
        ),
    ),
    Label(
        "minor",
        T("未成年人", "Minors"),
        T("未", "MI"),
        "slant",
        "#0e7490",
        AT_THE_DOOR,
        T("未成年人的信息受特别保护", "What concerns minors is specially protected"),
    ),
)
BY_KEY: dict[str, Label] = {label.key: label for label in POPULATION}
LABELS: dict[str, T] = {label.key: label.title for label in POPULATION}
READ_EVERY: tuple[Role, ...] = tuple(
    r for r in AT_THE_DOOR if all(r in label.readers for label in POPULATION)
)
"""Who may read whatever label there is: a field that can hold any of them is shown to these."""


def readable(role: str) -> frozenset[str]:
    """The keys of the labels that a role reads where its duty reaches."""
    return frozenset(label.key for label in POPULATION if role in {r.key for r in label.readers})
