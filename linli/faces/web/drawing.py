"""Icons: Lucide's line drawings, set into the page, with our own class for size and colour.

An icon never speaks alone: it is hidden from screen readers, and the word stands beside it.
"""

from __future__ import annotations

import re
from functools import cache

from django.template import TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

_OPENING = re.compile(r"<svg[^>]*>")

STATE_ICONS = {
    "open": "circle-dot",
    "waiting": "hourglass",
    "standing": "landmark",
    "done": "circle-check",
    "refused": "circle-slash",
    "void": "circle-minus",
    "overdue": "alarm-clock",
}


@cache
def icon(name: str, extra: str = "") -> SafeString:
    """The drawing ``name`` as inline SVG. Raises: TemplateSyntaxError where the set has none of that name."""
    try:
        drawn = lucide(name, size=None)
    except IconDoesNotExist:
        raise TemplateSyntaxError(
            f"icon {name!r}: the icon set has no such drawing; see the names at lucide.dev/icons"
        ) from None
    classes = f"icon {extra}".strip()
    opening = f'<svg class="{classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    text = _OPENING.sub(opening, drawn, count=1)
    return mark_safe(re.sub(r">\s+<", "><", text).replace(" />", "/>").strip())  # noqa: S308 -- drawings of an installed package
