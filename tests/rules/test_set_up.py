"""What the set-up's lines may hold: each problem as the sentence a person reads."""

import pytest

from eocif.rules.set_up import LONGEST_LINE, LONGEST_TYPED, details_problem


@pytest.mark.parametrize(
    ("length", "sentence"),
    [
        (LONGEST_LINE, None),
        (
            LONGEST_LINE + 5,
            "Provider is too long. Cut 5 characters. What you typed is still here.",
        ),
        (LONGEST_TYPED + 1, "Provider is far too long. Only its first 3,000 characters fit."),
    ],
)
def test_a_long_line_says_what_to_cut_and_what_is_kept(length: int, sentence: str | None) -> None:
    assert details_problem("provider", "x" * length) == sentence
