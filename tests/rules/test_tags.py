import pytest

from eocif.rules.tags import HEADINGS, PRINCIPLES, TAGS, in_order, principles_of


@pytest.mark.covers("R38")
def test_the_boards_three_principles_have_four_five_and_four_points() -> None:
    assert [(each.principle, len(each.tags)) for each in PRINCIPLES] == [(1, 4), (2, 5), (3, 4)]


@pytest.mark.covers("R40")
def test_groups_and_kinds_of_experience_can_be_marked() -> None:
    others = {tag.key for each in HEADINGS if not each.principle for tag in each.tags}
    assert {"inequalities", "core20plus5", "unpaid_carers", "staff"} <= others
    assert {"relational", "functional", "felt"} <= others
    of_the_commissioning_page = {
        "frail_older", "mental_illness", "learning_disability", "ethnic_minority", "children",
        "lower_income", "lgbt",
    }  # fmt: skip
    assert of_the_commissioning_page <= others


def test_no_tag_stands_twice() -> None:
    assert len(TAGS) == sum(len(each.tags) for each in HEADINGS)


def test_tags_come_in_our_order_and_unknown_ones_not_at_all() -> None:
    assert [tag.key for tag in in_order({"felt", "nqb_1a", "made_up"})] == ["nqb_1a", "felt"]


def test_an_action_belongs_to_the_principles_of_its_tags() -> None:
    assert principles_of(["nqb_3d", "felt", "nqb_1a", "nqb_3a"]) == (1, 3)
    assert principles_of([]) == ()
