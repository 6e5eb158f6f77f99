"""What a member may answer to a draft."""

from datetime import date

import pytest

from eocif.rules.progress import AreaState
from eocif.rules.responses import (
    kept_problems,
    meant,
    minutes,
    no_answer_now,
    response_problems,
)


@pytest.mark.parametrize(
    ("answer", "comment", "meaning"),
    [
        ("agree", "", "agree"),
        ("agree", "Well put.", "agree_with_comment"),
        ("concern", "Not yet.", "concern"),
        ("", "Not yet.", ""),
    ],
)
def test_who_agrees_and_writes_something_agrees_with_a_comment(
    answer: str, comment: str, meaning: str
) -> None:
    assert meant(answer, comment) == meaning


@pytest.mark.parametrize(
    ("answer", "comment", "problems"),
    [
        ("agree", "", set()),
        ("agree_with_comment", "Well put.", set()),
        ("concern", "Not yet.", set()),
        ("agree_with_comment", "", {"comment"}),
        ("concern", "", {"comment"}),
        ("", "", {"answer"}),
        ("", "x" * 2001, {"answer", "comment"}),
        ("concern", "x" * 2001, {"comment"}),
    ],
)
def test_a_comment_needs_words_and_a_concern_its_reason(
    answer: str, comment: str, problems: set[str]
) -> None:
    assert response_problems(answer, comment).keys() == problems


def test_only_words_that_are_too_long_wait_in_their_box() -> None:
    assert kept_problems({"comment": "Set apart.", "level_2a": "achieving"}) == {}
    assert kept_problems({}) == {}
    assert kept_problems({"comment": "x" * 2001}).keys() == {"comment"}


@pytest.mark.parametrize("state", [AreaState.WAITING, AreaState.ROUND_1, AreaState.DRAFTING])
def test_before_there_is_a_draft_we_say_that_we_will_write(state: AreaState) -> None:
    assert no_answer_now(state, None) == (
        "The draft of this area is not ready yet. We will write to you when it is."
    )


def test_afterwards_we_say_when_the_round_closed() -> None:
    said = no_answer_now(AreaState.CONCLUDING, date(2027, 1, 25))
    assert said.startswith("This round closed on Monday 25 January 2027.")
    assert no_answer_now(AreaState.SET_ASIDE, None).startswith("This area was set aside.")


@pytest.mark.parametrize(("statements", "most_take"), [(1, 2), (3, 2), (4, 3), (8, 4)])
def test_a_draft_takes_two_minutes_and_a_quarter_for_each_statement(
    statements: int, most_take: int
) -> None:
    assert minutes(statements) == most_take
