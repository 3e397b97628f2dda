"""A case is called by what it is about; a door by what happened there."""

from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.rules.registry import installed


def test_a_matter_is_its_own_title_and_a_door_is_not() -> None:
    for definition in installed:
        told = title_of(Case(type=definition.key, title="2-301", number="N-1"))
        assert "2-301" in told.zh
        assert (told.zh != "2-301") == definition.case_type.of_door


def test_where_nothing_is_left_to_say_the_number_stands() -> None:
    plain = next(d for d in installed if not d.case_type.of_door)
    assert title_of(Case(type=plain.key, title="", number="N-1")).en == "N-1"
