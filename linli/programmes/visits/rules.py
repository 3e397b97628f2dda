"""What decides after a visit: whether something was promised, and whether to come again."""

from __future__ import annotations

from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T

REFUSALS = {
    "nothing-heard": T("见到了人，请写下了解到的情况", "Somebody was met; please write down what was heard")
}


def somebody_said_something(s: Situation) -> Refusal | None:
    """A visit that met somebody says what was heard."""
    if s.answers.get("met") == "somebody" and not s.answers.get("asked"):
        return Refusal("nothing-heard", fields={"asked": REFUSALS["nothing-heard"]})
    return None


def what_remains(s: Situation) -> str:
    """A promise is to be kept; a door that stayed closed is to be visited again."""
    if s.answers.get("promised"):
        return "promised"
    return "again" if s.answers.get("met") == "nobody" else "done"


def met_somebody(s: Situation) -> bool:
    """Whether somebody was met."""
    return s.answers.get("met") == "somebody"


def promised(s: Situation) -> bool:
    """Whether something was promised."""
    return bool(s.answers.get("promised"))
