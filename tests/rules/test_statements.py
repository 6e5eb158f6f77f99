"""What is rated: each statement of an area, or the area as a whole."""

import pytest

from eocif.rules import framework
from eocif.rules.adaptation import Adaptation, LocalStatement, adapted
from eocif.rules.framework import edition
from eocif.rules.statements import (
    BY_AREA,
    BY_INDICATOR,
    Statement,
    asked,
    minutes,
    name_of,
    statements,
)

EDITION = edition()
LOCAL = adapted(EDITION, Adaptation(statements=(LocalStatement("L1", 5, "A quiet room."),)))


def test_by_indicator_every_statement_gets_a_level() -> None:
    assert asked(EDITION.areas, BY_INDICATOR) == 86
    first, second = statements(EDITION.area(16), BY_INDICATOR)
    assert (first.code, first.name, first.short) == ("16a", "Area 16a", "16a")
    assert second.text == EDITION.indicator("16b").text
    assert not first.is_whole_area


def test_by_area_there_are_23_levels_and_none_is_computed() -> None:
    assert asked(EDITION.areas, BY_AREA) == 23
    (whole,) = statements(EDITION.area(16), BY_AREA)
    assert whole == Statement("16", "Area 16", "")
    assert whole.is_whole_area
    assert whole.short == "area 16"


@pytest.mark.covers("R60")
def test_a_local_statement_is_rated_under_a_name_that_is_not_national() -> None:
    official, local = statements(LOCAL.area(5), BY_INDICATOR)
    assert (official.is_local, local.is_local) == (False, True)
    assert (local.code, local.name, local.short) == (
        "L1", "Local statement L1", "local statement L1",
    )  # fmt: skip
    assert statements(LOCAL.area(5), BY_AREA) == (Statement("5", "Area 5", ""),)


@pytest.mark.parametrize(
    ("code", "name"), [("13a", "Area 13a"), ("13", "Area 13"), ("L12", "Local statement L12")]
)
def test_a_code_is_read_by_its_name(code: str, name: str) -> None:
    assert name_of(code) == name


def test_an_area_as_a_whole_takes_no_longer_than_its_statements_one_by_one() -> None:
    for area in EDITION.areas:
        assert minutes(area, BY_INDICATOR) == framework.minutes(area)
        assert 2 <= minutes(area, BY_AREA) <= minutes(area, BY_INDICATOR)
    assert minutes(EDITION.area(13), BY_AREA) == 3
    assert minutes(LOCAL.area(5), BY_AREA) == 2
