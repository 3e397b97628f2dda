"""By which words a case is called among others."""

from __future__ import annotations

from linli.cases.models import Case
from linli.rules.definition import Definition
from linli.rules.fields import Choice
from linli.rules.registry import installed
from linli.rules.text import T


def title_of(case: Case) -> T:
    """What it is about; a door alone says little, so what happened there stands before it: 入户走访 2-301."""
    definition = installed[case.type]
    case_type, summary = definition.case_type, definition.fields[definition.case_type.summary]
    if isinstance(summary, Choice) and case.title:
        return summary.title_of(case.title)
    if own := _of_category(definition, case.title):
        return own
    if not case_type.of_door:
        return T(case.title or case.number, case.title or case.number)
    return T(f"{case_type.title.zh} {case.title}", f"{case_type.title.en} {case.title}")


def _of_category(definition: Definition, title: str) -> T | None:
    """A title that is but the name of its category is told in both languages."""
    field = definition.fields.get(definition.case_type.category or "")
    if not isinstance(field, Choice):
        return None
    return next((o.title for o in field.options if o.title.zh == title), None)
