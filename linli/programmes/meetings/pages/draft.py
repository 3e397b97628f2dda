"""A first draft of the minutes, from what was entered in the session: nobody types twice what is known."""

from __future__ import annotations

from linli.faces.web.moments import written
from linli.programmes.meetings.pages import reading
from linli.rules.worktime import civil_day

NUMBERS = "一二三四五六七八九十"


def minutes(found: reading.Meeting) -> str:
    """The draft in Chinese, as minutes are written: who met, what was heard, how it was decided."""
    facts, day = found.facts, civil_day(found.starts)
    lines = [
        f"{written(day).zh}，{found.body}召开{found.case.title}。"
        f"应到成员{facts.get('due', 0)}人，实到{facts.get('came', 0)}人，符合议事规则规定的人数。"
    ]
    lines += [f"{_numbered(n)}、{_item(item)}" for n, item in enumerate(found.items)]
    return "\n".join(lines)


def _numbered(n: int) -> str:
    if n < len(NUMBERS):
        return NUMBERS[n]
    return f"{NUMBERS[(n + 1) // 10 - 1] if n >= 19 else ''}十{NUMBERS[n % 10] if n % 10 < 9 else ''}"


def _item(item: reading.Item) -> str:
    if item.did == "heard":
        return f"会议听取了“{item.title}”" + (f"（{item.presenter}）。" if item.presenter else "。")
    if item.result is None:
        return f"“{item.title}”暂缓审议。"
    r, way = item.result, reading.WAYS[item.way].zh
    ended = "予以通过" if r.passed else "未获通过"
    made = f"，形成《{item.resolution['title']}》（{item.resolution['mark']}）" if item.resolution else ""
    return f"会议审议了“{item.title}”。{way}：同意{r.agree}票，反对{r.against}票，弃权{r.abstain}票，{ended}{made}。"
