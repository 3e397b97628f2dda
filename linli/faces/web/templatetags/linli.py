"""The words of Linli's templates: ``{% load linli %}``. docs/looks.md shows each with an example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.defaulttags import querystring
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from linli.cases import titles
from linli.cases.models import Case
from linli.faces.web import clocks, drawing, lang, moments, parts, ways
from linli.faces.web import course as courses
from linli.rules.text import T

register = template.Library()
_CHINESE = re.compile(r"[㐀-鿿]")
register.simple_tag(drawing.icon, name="icon")
register.simple_tag(querystring, takes_context=True, name="query")


def language() -> str:
    """The code of the language the page is written in."""
    return get_language() or "zh-hans"


def words(value: object) -> str:
    """A bilingual text in the page's language; anything else as text; nothing as nothing."""
    if value is None:
        return ""
    return value.in_(language()) if isinstance(value, T) else str(value)


@register.simple_tag
def t(zh: str, en: str, **values: object) -> str:
    """``{% t "还有 {n} 件" "{n} more" n=more %}``: both languages side by side; values are escaped."""
    return _filled(zh if language().startswith("zh") else en, values)


@register.simple_tag
def tn(n: int, zh: str, one: str, many: str, **values: object) -> str:
    """``{% tn n "{n} 件" "{n} case" "{n} cases" %}``: the same with a number, which English bends the word for."""
    text = zh if language().startswith("zh") else one if n == 1 else many
    return _filled(text, {"n": n, **values})


def _filled(text: str, values: Mapping[str, object]) -> str:
    return format_html(text, **{k: words(v) for k, v in values.items()}) if values else text


@register.filter
def tr(value: object) -> str:
    """``{{ state.title|tr }}``: a bilingual text in the page's language."""
    return words(value)


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """The attributes of ``<html>``: language, letter size and whose drafts this browser may show."""
    request: HttpRequest | None = context.get("request")
    user = getattr(request, "user", None)
    who = str(user.pk) if user is not None and user.is_authenticated else "guest"
    code = "zh-Hans" if language().startswith("zh") else "en"
    return format_html('lang="{}" data-size="{}" data-who="{}"', code, lang.size_of(request), who)


@register.simple_tag(takes_context=True)
def letters_are_large(context: Context) -> bool:
    """Whether the reader chose large letters."""
    return lang.size_of(context.get("request")) == "large"


@register.simple_tag(takes_context=True)
def nav(context: Context, face: str) -> list[ways.Shown]:
    """The ways of a face that are the reader's; the current one is the context's ``here``, else the name of the route."""
    request = context.get("request")
    match, actor = getattr(request, "resolver_match", None), getattr(request, "actor", None)
    here = context.get("here") or (match.url_name if match else "") or ""
    return ways.shown(face, here, context.get("addresses") or {}, actor.roles if actor else frozenset())


def _now(context: Context) -> int:
    given = context.get("now")
    return given if isinstance(given, int) else moments.now()


@register.simple_tag(takes_context=True)
def when(context: Context, us: int | None, ends: bool = False) -> str:
    """``{% when case.at %}``: 今天 14:30, the exact time on the element. ``ends=True`` for a time limit."""
    if us is None:
        return ""
    phrase = (moments.ends if ends else moments.said)(us, _now(context))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moments.civil(us).isoformat(timespec="seconds"),
        words(moments.exact(us)),
        words(phrase),
    )


@register.simple_tag(takes_context=True)
def left(context: Context, due: parts.Left | int | None, now: int | None = None) -> str:
    """``{% left case.left %}`` or ``{% left due now %}``: the time left or overdue, marked where it presses."""
    time_left = clocks.until(due, _now(context) if now is None else now) if isinstance(due, int) else due
    if time_left is None:
        return ""
    sign = drawing.icon("alarm-clock") if time_left.tone == "late" else ""
    return format_html('<span class="left {}">{}{}</span>', time_left.tone, sign, words(time_left.phrase))


@register.simple_tag
def masked(person: Any) -> str:
    """``{% masked person %}``: name and phone as far as everybody may see them; nobody known is said so."""
    if not person:
        return format_html('<span class="quiet">{}</span>', words(T("未留姓名", "No name given")))
    shown = [p for p in (person.name, person.phone) if p]
    return format_html(
        '<span class="masked">{}</span>', format_html_join(" ", "<span>{}</span>", ((p,) for p in shown))
    )


@register.simple_tag
def state(shown: Any, overdue: bool = False) -> str:
    """``{% state case.state case.overdue %}``: icon and word; the kind decides how it looks."""
    if shown is None:
        return ""
    kind = str(shown.kind)
    text = words(shown.title)
    if overdue:
        text = words(T("{state} · 已超时", "{state} · overdue").format(state=shown.title))
        kind = "overdue"
    return format_html(
        '<span class="badge {}">{}{}</span>', kind, drawing.icon(drawing.STATE_ICONS[kind]), text
    )


@register.simple_tag(takes_context=True)
def course(context: Context, case: Case | None) -> SafeString:
    """``{% course case %}``: from the demand to its end, as far as the reader may see it; nothing where a case stands alone."""
    request = context.get("request")
    return courses.drawn(request, case) if request is not None and case is not None else mark_safe("")


@register.simple_tag(takes_context=True)
def cell(context: Context, value: object) -> str:
    """A table's cell by what it holds: words, a number, a Moment, a Left, a state."""
    if isinstance(value, parts.Moment):
        return when(context, value.us, value.ends)
    if isinstance(value, parts.Left):
        return left(context, value)
    if hasattr(value, "kind") and hasattr(value, "title"):
        return state(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_html('<span class="number">{}</span>', value)
    said = words(value)
    if get_language() == "en" and _CHINESE.search(said) and _as_written(value):
        return format_html('<span lang="zh-Hans">{}</span>', said)
    return conditional_escape(said) or mark_safe('<span aria-hidden="true">—</span>')


def _as_written(value: object) -> bool:
    """Whether it is what somebody wrote, and no word of the house's: the same in both languages."""
    return isinstance(value, str) or (isinstance(value, T) and value.zh == value.en)


@register.filter
def grouped(value: int) -> str:
    """Digits in threes: 2,950."""
    return f"{value:,}"


@register.filter
def template_of(field: Any) -> str:
    """The partial that shows a field of this kind."""
    return f"linli/fields/{field.kind}.html"


@register.filter
def is_group(field: Any) -> bool:
    """Whether a question has several inputs, so that a legend names it and not a label."""
    return field.kind in ("choice", "many", "photos", "contact", "units", "table")


@register.filter
def described(field: Any) -> str:
    """The ids that describe a field to a screen reader: its error first, then its help, then its unit."""
    said = (("wrong", field.error), ("help", field.help), ("unit", getattr(field, "unit", None)))
    return " ".join(f"{field.id}-{part}" for part, words_ in said if words_)


@register.filter
def title_of(case: Case) -> T:
    """``{{ case|title_of|tr }}``: what a case is called among others."""
    return titles.title_of(case)


@register.filter
def at(items: Any, index: int) -> Any:
    """``{{ columns|at:forloop.counter0 }}``: the item at a position."""
    return items[index]


@register.filter
def words_of(text: str) -> list[str]:
    """``{% for name in "a b c"|words_of %}``: the words of a constant."""
    return text.split()
