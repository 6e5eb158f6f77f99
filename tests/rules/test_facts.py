"""What reports say besides the worksheet: which fields there are, and what they may hold."""

import pytest

from eocif.rules.facts import ATTACHED, HEADINGS, LABELS, PREDECESSOR, ids, in_words, problem


@pytest.mark.covers("R58")
def test_the_headings_are_those_of_the_2018_edition() -> None:
    assert HEADINGS == (
        "Leadership", "Organisational culture", "Collecting feedback",
        "Analysis and triangulation", "Reporting",
    )  # fmt: skip
    assert list(PREDECESSOR.values()) == list(HEADINGS)
    assert set(PREDECESSOR) < set(LABELS)


def test_words_have_a_limit_and_are_told_by_how_much_they_are_over() -> None:
    assert problem("predecessor_1", "Strong.", ()) is None
    assert problem("predecessor_1", "x" * 2_002, ()) == (
        "“Leadership” is 2 characters too long. The most is 2,000. "
        "All of it is still here. Cut it and save again."
    )
    assert problem("safety_reference", "x" * 3_001, ()) == (
        "“Safety measures” is far too long. Its first 3,000 characters are here."
    )


def test_only_reviews_of_the_list_can_be_attached() -> None:
    assert problem(ATTACHED, "none", ()) is None
    assert problem(ATTACHED, "4,7", (4, 7, 9)) is None
    for value in ("4,8", "x", "-4", "٤", "9" * 5_000):
        sentence = problem(ATTACHED, value, (4, 7))
        assert sentence == "One of these reviews cannot be attached. Choose from the list."


def test_a_list_of_reviews_is_stored_in_order_and_once() -> None:
    assert in_words(ids("7,4,7")) == "4,7"
    assert in_words(ids("none")) == in_words(ids("")) == "none"
