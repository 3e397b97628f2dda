"""By which words a case is called among others."""

from __future__ import annotations

from linli.cases.models import Case
from linli.rules.registry import installed
from linli.rules.text import T


def title_of(case: Case) -> T:
    """What it is about; a door alone says little, so what happened there stands before it: 入户走访 2-301."""
    case_type = installed[case.type].case_type
    if not case_type.of_door:
        return T(case.title or case.number, case.title or case.number)
    return T(f"{case_type.title.zh} {case.title}", f"{case_type.title.en} {case.title}")
