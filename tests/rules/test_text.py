import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.text import LIMIT, clean, length, one_line, over_by, too_long

# Odd characters, far likelier here than in text drawn at random, surrogates among them.
ODD = (
    "\r\n\t\v\0\x1b\x85 \u00a0\u00ad\u200b\u200c\u200d\u200e"
    "\u202e\u2028\u2066\ufeff\uffff\ud83d\ude00"
)
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
TEXTS = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from(ODD + FLAG + "e\u0301\u0344a"))
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("soft\vbreak\u2028and\u2029more\x85still\fpage", "soft\nbreak\nand\nmore\nstill\npage"),
        ("a\tb", "a\tb"),
        ("nul\0 bell\x07 delete\x7f c1\x9b", "nul bell delete c1"),
        ("half \ud83d of one", "half  of one"),
        ("\ufeffbyte order mark", "byte order mark"),
        ("invoice\u202egnp.exe\u202c", "invoicegnp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("not\uffff a\ufdd0 character", "not a character"),
        ("hidden\U000e0041\U000e0042 words", "hidden words"),
        ("  outer \n", "outer"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\n\n \t\n\n\n\nb", "a\n\n\nb"),
        ("", ""),
    ],
)
def test_what_comes_in_is_made_fit_to_keep(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_letters_are_composed() -> None:
    assert clean("cafe\u0301") == "caf\u00e9"
    assert clean("cafe\u200b\u0301") == "caf\u00e9"


@pytest.mark.parametrize(
    "typed",
    [
        "👩\u200d⚕️",  # a health worker: two emoji joined
        "می\u200cخواهم",  # Persian: a non-joiner inside a word
        "שלום\u200f!",  # a mark that keeps Hebrew punctuation in place
        FLAG,
        "🏴 and 🏳️\u200d🌈",
        "Llanfairpwll, Ŵyn, Siân",
    ],
)
def test_scripts_and_emoji_stay_whole(typed: str) -> None:
    assert clean(typed) == typed


@pytest.mark.parametrize("mark", ["\u0301", "\u0323\u0301", "\u0344", "\u0f73"])
def test_accents_heaped_on_a_letter_are_cut_without_holding_anyone_up(mark: str) -> None:
    heap = clean("x" + mark * 100_000 + "y")
    assert len(heap) <= 32
    assert clean(heap) == heap
    assert clean("x" + mark * 2 + "y") == unicodedata.normalize("NFC", "x" + mark * 2 + "y")


@pytest.mark.parametrize("typed", [" \n ", "\u200d\u200d", "\u200e", "\u0301", "\U000e0067"])
def test_a_text_with_nothing_to_see_is_empty(typed: str) -> None:
    assert clean(typed) == ""


def test_an_unknown_or_private_character_counts_as_seen() -> None:
    assert clean("\ue000") == "\ue000"
    assert clean("\u0378") == "\u0378"


def test_length_counts_what_is_kept() -> None:
    assert length(" café ") == 4
    assert length("cafe\u0301") == 4
    assert length("😀") == 1


@pytest.mark.parametrize(("count", "over"), [(0, 0), (LIMIT, 0), (LIMIT + 1, 1), (LIMIT + 40, 40)])
def test_a_text_too_long_says_by_how_much(count: int, over: int) -> None:
    assert over_by("x" * count) == over
    assert over_by("x" * count + "  ") == over


def test_a_field_may_have_its_own_limit() -> None:
    assert over_by("twelve chars", limit=10) == 2


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (LIMIT, None),
        (LIMIT + 1, "“Evidence” is 1 character too long. The most is 2,000. "),
        (2 * LIMIT + 1, "“Evidence” is 2,001 characters too long. The most is 2,000. "),
    ],
)
def test_what_is_too_long_is_told_by_how_much_and_that_nothing_is_lost(
    count: int, said: str | None
) -> None:
    kept = "All of it is still here. Cut it and save again."
    assert too_long("Evidence", "x" * count) == (said and said + kept)


def test_a_title_is_one_line() -> None:
    assert one_line("  Annual\n review\t of\u00a0care ") == "Annual review of care"


def test_a_title_too_long_is_cut_and_shows_it() -> None:
    assert one_line("x" * 120) == "x" * 120
    assert one_line("x" * 121) == "x" * 119 + "…"
    assert one_line("one two three", limit=9) == "one two…"


@given(TEXTS)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = clean(typed)
    assert clean(once) == once


@given(TEXTS)
def test_what_is_kept_can_be_stored_anywhere(typed: str) -> None:
    kept = clean(typed)
    kept.encode("utf-8")
    assert unicodedata.is_normalized("NFC", kept)
    assert not set(kept) & set("\0\r\v\f\x1b\x85\u202e\u2066\ufeff\ufffe\uffff")
    assert kept == kept.strip()
    assert "\n\n\n\n" not in kept


@given(TEXTS, st.integers(1, 30))
def test_a_title_is_one_line_within_its_limit_and_stays_as_it_is(typed: str, limit: int) -> None:
    title = one_line(typed, limit)
    assert len(title) <= limit
    assert len(title.splitlines()) <= 1
    assert one_line(title, limit) == title
