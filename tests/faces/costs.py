"""Demands that also ask for money and for rows: what pages and spreadsheets do with both, whatever programme asks for them."""

from __future__ import annotations

from dataclasses import replace

from linli.rules.definition import Definition, define
from linli.rules.fields import Choice, Day, Flag, Integer, Option, Place, Table, Text
from linli.rules.money import Money
from linli.rules.registry import installed
from linli.rules.text import T

KINDS = (Option("parts", T("材料", "Material")), Option("work", T("人工", "Labour")))
COLUMNS = (
    Text("item", T("项目", "Item"), at_most=20),
    Choice("kind", T("类别", "Kind"), KINDS, required=False),
    Integer("pieces", T("数量", "Pieces"), required=False, unit=T("件", "pieces")),
    Money("price", T("金额", "Amount"), at_most=10_000_000),
    Day("paid", T("付款日期", "Paid on"), required=False),
    Place("at", T("用在哪里", "Used at"), required=False),
)
AMOUNT = Money("amount", T("申请金额", "Amount asked for"), required=False)
COSTS = Table("costs", T("费用明细", "Costs"), COLUMNS, required=False, at_most=4)
BILLS = Table("bills", T("票据", "Bills"), (*COLUMNS[3:4], Flag("seen", T("已看", "Seen"), required=False)))


def costly() -> Definition:
    """Demands with an amount and a table of costs as facts, and a table of bills that one act asks for."""
    plain = installed["demand"]
    types = []
    for case_type in plain.programme.case_types:
        if case_type.key == "demand":
            actions = tuple(
                replace(a, asks=(*a.asks, BILLS)) if a.key == "attend" else a for a in case_type.actions
            )
            fields, columns = (*case_type.fields, AMOUNT, COSTS), (*case_type.columns, "amount", "costs")
            case_type = replace(case_type, fields=fields, actions=actions, columns=columns)
        types.append(case_type)
    made = define(replace(plain.programme, case_types=tuple(types)), plain.parameters)
    return next(d for d in made if d.key == "demand")
