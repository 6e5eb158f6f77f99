"""Counts and lists in words."""

import pytest

from eocif.rules.phrases import areas, listed, many


def test_a_noun_follows_its_number() -> None:
    assert many(1, "area") == "1 area"
    assert many(0, "area") == "0 areas"
    assert many(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["1"], "1"), (["1", "2"], "1 and 2"), (["1", "2", "5"], "1, 2 and 5")],
)
def test_a_list_ends_with_and(items: list[str], said: str) -> None:
    assert listed(items) == said
    assert listed(items, "or") == said.replace("and", "or")


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "Area 3"),
        ([2, 1], "Areas 1 and 2"),
        ([1, 2, 3, 4, 5], "Areas 1 to 5"),
        ([9, 1, 2, 3, 7, 3], "Areas 1 to 3, 7 and 9"),
        ([1, 2, 4, 5], "Areas 1, 2, 4 and 5"),
    ],
)
def test_three_areas_in_a_row_or_more_are_a_span(numbers: list[int], said: str) -> None:
    assert areas(numbers) == said
    assert areas(numbers, opening=False) == said[0].lower() + said[1:]
