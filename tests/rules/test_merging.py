from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.merging import Difference, Merged, digest, merge

FIELDS = st.sampled_from(["now", "good", "do", "1a"])
VALUES = st.sampled_from(["", "first", "second", "third", "é"])
CARDS = st.dictionaries(FIELDS, VALUES)
NOTHING = Merged({}, ())


def _shown(values: dict[str, str]) -> dict[str, str]:
    return {field: digest(value) for field, value in values.items()}


def test_a_digest_is_short_and_nothing_is_nothing() -> None:
    assert digest(None) == digest("") == "36e9d246"
    assert digest("We ask people") != digest("We ask people.")
    assert len(digest("é" * 2000)) == 8


def test_a_new_answer_is_saved() -> None:
    assert merge({}, {"now": "first"}, {"now": digest("")}) == Merged({"now": "first"}, ())


def test_a_changed_answer_is_saved_where_nothing_else_changed() -> None:
    merged = merge({"now": "first"}, {"now": "second"}, _shown({"now": "first"}))
    assert merged == Merged({"now": "second"}, ())


def test_an_empty_or_missing_input_never_erases() -> None:
    stored = {"now": "first", "good": "second"}
    assert merge(stored, {"now": ""}, _shown(stored)) == NOTHING


def test_a_stale_card_does_not_put_old_words_back() -> None:
    merged = merge({"now": "newer"}, {"now": "older"}, _shown({"now": "older"}))
    assert merged == NOTHING


def test_the_same_change_made_twice_is_no_difference() -> None:
    merged = merge({"now": "second"}, {"now": "second"}, _shown({"now": "first"}))
    assert merged == NOTHING


def test_two_different_changes_are_shown_and_not_saved() -> None:
    merged = merge({"now": "theirs"}, {"now": "mine"}, _shown({"now": "first"}))
    assert merged == Merged({}, (Difference("now", "theirs", "mine"),))


def test_a_withdrawn_answer_is_a_change_too() -> None:
    merged = merge({}, {"now": "mine"}, _shown({"now": "first"}))
    assert merged == Merged({}, (Difference("now", "", "mine"),))


def test_a_card_without_digests_counts_as_shown_empty() -> None:
    merged = merge({"now": "kept"}, {"now": "mine", "good": "new"}, {})
    assert merged == Merged({"good": "new"}, (Difference("now", "kept", "mine"),))


def test_one_fields_difference_does_not_hold_up_another() -> None:
    stored, posted = {"now": "theirs", "1a": "achieving"}, {"now": "mine", "1a": "excelling"}
    merged = merge(stored, posted, _shown({"now": "first", "1a": "achieving"}))
    assert merged == Merged({"1a": "excelling"}, (Difference("now", "theirs", "mine"),))


@given(CARDS, CARDS, CARDS)
def test_posting_the_same_again_saves_nothing_more(
    stored: dict[str, str], posted: dict[str, str], shown: dict[str, str]
) -> None:
    first = merge(stored, posted, _shown(shown))
    again = merge({**stored, **first.saved}, posted, _shown(shown))
    assert again == Merged({}, first.differs)


@given(CARDS, CARDS, CARDS)
def test_pressing_again_on_the_refreshed_card_settles_every_difference(
    stored: dict[str, str], posted: dict[str, str], shown: dict[str, str]
) -> None:
    first = merge(stored, posted, _shown(shown))
    now = {**stored, **first.saved}
    second = merge(now, {each.field: each.posted for each in first.differs}, _shown(now))
    assert second == Merged({each.field: each.posted for each in first.differs}, ())


@given(CARDS, CARDS, CARDS)
def test_nothing_is_erased_and_only_posted_words_are_written(
    stored: dict[str, str], posted: dict[str, str], shown: dict[str, str]
) -> None:
    merged = merge(stored, posted, _shown(shown))
    assert all(merged.saved.values())
    assert merged.saved.items() <= posted.items()
    assert not merged.saved.keys() & {each.field for each in merged.differs}


@given(CARDS, CARDS)
def test_a_fresh_card_never_differs(stored: dict[str, str], posted: dict[str, str]) -> None:
    assert merge(stored, posted, _shown(stored)).differs == ()


@given(CARDS, CARDS)
def test_an_untouched_card_changes_nothing(stored: dict[str, str], shown: dict[str, str]) -> None:
    assert merge(stored, shown, _shown(shown)) == NOTHING
