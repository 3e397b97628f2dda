"""The page of the tables that can be imported: every column with what it takes, an example, and a map."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from linli.forms.columns import Column, Decimal, Moment
from linli.forms.shapes.field import Shape
from linli.forms.tables import Table
from linli.rules import fields as f
from linli.rules.money import Money
from linli.rules.text import T
from tools.reference import markdown
from tools.reference.said import Say

KINDS: dict[type[f.Field], T] = {
    f.Text: T("文字，至多 {most} 字", "text of at most {most} characters"),
    f.Integer: T("整数，{least} 至 {most}", "a whole number from {least} to {most}"),
    f.Choice: T("选项", "one of the options"),
    f.Flag: T("是或否", "yes or no"),
    f.Day: T("日期", "a date"),
    f.Place: T("地点代码", "the code of a place"),
    Moment: T("日期和时间", "a date and time"),
    Shape: T("图形：点或面；表格里写 WKT", "a shape: a point or an area; in a spreadsheet its WKT"),
    Money: T("金额（元），最多两位小数", "an amount in yuan with at most two decimals"),
    Decimal: T("小数，{least} 至 {most}", "a number from {least} to {most}"),
}
LINES = T("图形：线；表格里写 WKT", "a shape: a line; in a spreadsheet its WKT")
PROSE = Path(__file__).with_name("prose")
"""What a page says before its tables, in both languages."""
KNOWN_MAPS = T(
    "知道列名、不必另写对应表的：", "Tables of these maps are known by their titles and need no map: "
)


def page(tables: Iterable[Table], lang: str, ending: str) -> str:
    """The whole page in one language; ``ending`` is that of its files."""
    say = Say(lang)
    lines = [*(PROSE / f"import{ending}").read_text("utf-8").splitlines(), ""]
    for table in tables:
        lines += _table(table, say)
    return markdown.page(lines)


def _table(table: Table, say: Say) -> list[str]:
    head = [
        say.words(*pair)
        for pair in (("列", "Column"), ("字段", "Field"), ("填什么", "What it takes"), ("例", "Example"))
    ]
    rows = [[_titles(c), f"`{c.field.key}`", _takes(c, table, say), c.example] for c in table.columns]
    told = [f"## {say(table.title)} `{table.key}`", "", *markdown.table(head, rows)]
    if table.maps:
        names = say.list(f"`{m.name}`" for m in sorted(table.maps.glob("*.yaml")))
        told += [f"{say(KNOWN_MAPS)}{names}", ""]
    return told


def _titles(column: Column) -> str:
    return " / ".join([column.field.title.zh, column.field.title.en, *column.also])


def _takes(column: Column, table: Table, say: Say) -> str:
    field = column.field
    most, least = getattr(field, "at_most", ""), getattr(field, "at_least", "")
    kind = say(KINDS[type(field)].format(most=most, least=least))
    if isinstance(field, Shape) and field.line:
        kind = say(LINES)
    if isinstance(field, f.Choice):
        kind = " / ".join(say(o.title) for o in field.options)
    if field.required:
        kind += say.words("；必填", "; needed")
    if column.unless:
        kind += say.words("，有图形时可不填", " where there is no shape")
    if field.key == table.place:
        kind += say.words(
            "；没有这一列时取 `--community`", "; from `--community` where there is no such column"
        )
    return kind + (say.words("；密封保存", "; sealed") if field.personal else "")
