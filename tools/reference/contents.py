"""The contents of the reference: every programme and case type in a line."""

from __future__ import annotations

from linli.rules.registry import Registry
from tools.reference import markdown
from tools.reference.said import Say


def page(registry: Registry, lang: str, ending: str) -> str:
    """The page that lists the programmes; ``ending`` is that of the pages it links to."""
    say = Say(lang)
    other = ("README.md", "English") if lang == "zh" else ("README.zh.md", "中文")
    rows = [
        [
            f"[{say(p.title)}]({key}{ending})",
            say(p.says),
            say.list(f"{say(d.case_type.title)} `{d.key}`" for d in registry.of(key)),
        ]
        for key, p in registry.programmes.items()
    ]
    head = [
        say.words("专项", "Programme"),
        say.words("做什么", "What it is"),
        say.words("事项类型", "Case types"),
    ]
    more = {
        "permissions" + ending: say.words("谁可以办什么", "who may do what"),
        "import" + ending: say.words("导入", "imports"),
        "refusals.md": say.words("不予办理的代码", "refusal codes"),
        "commands.md": say.words("命令", "commands"),
    }
    return markdown.page(
        [
            f"# {say.words('专项', 'Programmes')}",
            "",
            f"[{other[1]}]({other[0]})",
            "",
            *markdown.table(head, rows),
            say.words("另见：", "See also: ")
            + say.list(f"[{title}](../{path})" for path, title in more.items()),
        ]
    )
