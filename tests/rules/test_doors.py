"""A case type of a household says when somebody was met there; else coverage would count closed doors."""

from dataclasses import replace

import pytest

from linli.rules.check import check
from linli.rules.definition import Definition
from linli.rules.parameters import Parameters, Version
from linli.rules.registry import installed

OF_DOORS = [d for d in installed if d.case_type.of_door]


@pytest.mark.parametrize("definition", OF_DOORS, ids=lambda d: d.key)
def test_what_is_of_a_door_names_the_counter_of_those_met(definition: Definition) -> None:
    check(definition)
    for reached, of_door, fault in (
        ("", True, "of_door and reached need each other"),
        (definition.case_type.reached, False, "of_door and reached need each other"),
        ("nothing", True, "reached: 'nothing' is no counter"),
    ):
        case_type = replace(definition.case_type, reached=reached, of_door=of_door)
        with pytest.raises(ValueError, match=fault):
            check(replace(definition, case_type=case_type))


@pytest.mark.parametrize("definition", OF_DOORS, ids=lambda d: d.key)
@pytest.mark.parametrize(
    ("value", "fault"), [("9 working days", "is not in days"), ("often", "cannot perform")]
)
def test_how_often_a_household_is_met_is_said_in_days(definition: Definition, value: str, fault: str) -> None:
    wish = definition.case_type.reach_within
    assert wish
    version = replace(definition.parameters.versions[wish.name][0], value=value)
    assert isinstance(version, Version)
    parameters = Parameters({**definition.parameters.versions, wish.name: (version,)})
    with pytest.raises(ValueError, match=fault):
        check(replace(definition, parameters=parameters))
