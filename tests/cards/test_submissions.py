"""What a press may carry: the shapes hold for anything that is posted."""

import pytest

from cards.shapes import kept_by_id
from cards.submissions import LARGEST_ID, AreaLevels, UnknownVerb, gathered, parse


def test_inputs_are_gathered_by_the_rest_of_their_id() -> None:
    posted = {"review": 7, "area": 5, "level_5a": "achieving", "level_5b": 3, "shown": {}}
    pressed = parse("area.levels", posted)
    assert isinstance(pressed, AreaLevels)
    assert pressed.levels == {"5a": "achieving"}


def test_what_is_no_object_is_left_for_the_shape_to_refuse() -> None:
    assert gathered("not an object", "level_", into="levels") == "not an object"
    assert kept_by_id("not an object", ("title",), into="fields") == "not an object"


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("area.fly", {}),
        ("area.levels", {"review": 0, "area": 5}),
        ("area.levels", {"review": LARGEST_ID + 1, "area": 5}),
        ("week.show", {"review": 7, "areas": list(range(1, 202))}),
        ("setup.show", {"review": 7, "step": "elsewhere"}),
    ],
)
def test_what_no_card_of_ours_posts_is_refused(verb: str, data: dict[str, object]) -> None:
    with pytest.raises(UnknownVerb):
        parse(verb, data)
