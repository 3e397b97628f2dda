"""打印过的分色图: which sheets of labels were printed by whom, beside the looks at masked fields."""

from __future__ import annotations

from uuid import UUID

from linli.faces.web.parts import Column, Moment, Row, Table
from linli.faces.web.reader import communities
from linli.faces.web.staff import scope
from linli.people.persons import masked
from linli.rules.labels import LABELS
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.printing import Print, prints
from linli.territory.regions import path_title


def table(region: str, by: UUID | None, since: int, until: int | None) -> Table | None:
    """The latest sheets of a region, or of one person wherever he printed; None where there is none. Times are µs UTC."""
    within = [c for c in communities() if c.startswith(region) or region.startswith(c)]
    rows = [p for p in prints(within, by=by, since=since, until=until) if p.place.startswith(region)]
    if not rows:
        return None
    people = masked(p.by for p in rows if p.by)
    heads = [
        Column(T("时间", "When"), fit="keep"),
        Column(T("谁打印的", "Who printed")),
        Column(T("地点", "Where")),
        Column(T("标签", "Labels"), fit="much"),
        Column(T("文件", "File"), fit="keep"),
    ]

    def line(p: Print) -> Row:
        roles = installed.roles()
        who = scope.name_of(people.get(p.by)) if p.by else ""
        role = roles[p.role].title if p.role in roles else T(p.role, p.role)
        said = T("{who} {role}", "{who} {role}").format(who=who, role=role)
        return Row((Moment(p.at), said, path_title(p.place), _labels(p), p.form.upper()))

    return Table(T("打印过的分色管理图", "Colour maps printed"), heads, [line(p) for p in rows])


def _labels(sheet: Print) -> T:
    if set(sheet.labels) >= set(LABELS):
        return T("全部标签", "all labels")
    named = [LABELS[k] for k in sheet.labels if k in LABELS]
    return T("、".join(t.zh for t in named), ", ".join(t.en for t in named))
