"""Words that identify someone leave a text, however the text spells them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.rules.hiding import (
    ALL_HIDDEN,
    HIDDEN,
    hide,
    hide_link,
    holds,
    holds_in_link,
)
from eocif.rules.text import clean

_SPELLINGS = [
    ("Mrs Marsh waited.", "Mrs Marsh"),
    ("mrs MARSH waited.", "Mrs Marsh"),
    ("Mrs  Marsh waited.", "mrs marsh"),
    ("Mrs\nMarsh waited.", "Mrs Marsh"),
    ("Mrs\u00a0Marsh waited.", "Mrs Marsh"),
    ("José waited.", "Jose\u0301"),
    ("Jose\u0301 waited.", "José"),
    ("Jose waited.", "José"),
    ("José waited.", "JOSE"),
    ("O’Brien waited.", "O'Brien"),
    ("O'Brien waited.", "o´brien"),
    ("Ann‑Marie waited.", "Ann-Marie"),
    ("Weiß waited.", "WEISS"),
    ("İpek waited.", "ipek"),
    ("\uff2d\uff41\uff52\uff53\uff48 waited.", "Marsh"),
    ("Mar\u200dsh waited.", "Marsh"),
    ("\ufb01nn waited.", "Finn"),
]


@pytest.mark.parametrize(("text", "words"), _SPELLINGS)
def test_words_are_hidden_in_whatever_spelling_they_stand(text: str, words: str) -> None:
    assert holds(text, words)
    assert hide(text, [words]) == f"{HIDDEN} waited."


def test_every_place_where_they_stand_is_hidden() -> None:
    assert hide("Sam, sam and SAM.", ["Sam"]) == f"{HIDDEN}, {HIDDEN} and {HIDDEN}."


def test_part_of_a_longer_word_is_left_whole_so_that_it_gives_nothing_away() -> None:
    assert hide("Sam was the same: samples, 7 beds, 77 days.", ["Sam", "7"]) == (
        f"{HIDDEN} was the same: samples, {HIDDEN} beds, 77 days."
    )
    assert not holds("It was the same.", "Sam")


def test_a_possessive_or_a_bracket_ends_a_word() -> None:
    assert hide("(Sam's) ward", ["sam"]) == f"({HIDDEN}'s) ward"


@pytest.mark.parametrize(
    ("text", "words"), [("護士王小明很好", "王小明"), ("والأستاذ كريم", "أستاذ")]
)
def test_where_words_are_not_set_apart_any_run_is_hidden(text: str, words: str) -> None:
    assert words not in hide(text, [words])
    assert HIDDEN in hide(text, [words])


def test_an_accent_goes_with_its_letter() -> None:
    assert hide("Ward X\u0301!", ["ward x"]) == f"{HIDDEN}!"
    assert hide("Ward X\u0301", ["ward x"]) == HIDDEN


def test_words_that_overlap_or_touch_are_hidden_as_one() -> None:
    assert hide("Mrs Ann Marsh waited.", ["mrs ann", "Ann Marsh"]) == f"{HIDDEN} waited."
    assert hide("甲乙丙", ["甲", "乙"]) == f"{HIDDEN}丙"


def test_what_is_shown_instead_is_not_searched_itself() -> None:
    assert hide("Sam hid.", ["Sam", "hidden", "words"]) == f"{HIDDEN} hid."


def test_without_words_the_whole_text_is_hidden() -> None:
    assert hide("Sam waited.", ["Sam", ""]) == ALL_HIDDEN
    assert hide("", [""]) == ALL_HIDDEN


def test_where_nothing_is_hidden_the_text_stays_as_it_is() -> None:
    assert hide("Sam  waited.", []) == "Sam  waited."
    assert hide("Sam waited.", ["Tom"]) == "Sam waited."


@pytest.mark.parametrize("words", ["", "\u0301", "¨", "\u200d"])
def test_words_with_nothing_to_see_stand_nowhere(words: str) -> None:
    assert not holds("Sam ¨ waited\u0301.", words)


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/sam-lee/story",
        "https://example.org/Sam_Lee.pdf",
        "https://example.org/?who=sam%20lee",
        "https://example.org/sam+lee",
    ],
)
def test_a_link_that_names_hidden_words_is_not_shown(link: str) -> None:
    assert holds_in_link(link, "Sam Lee")
    assert hide_link(link, ["Sam Lee"]) == ""


def test_a_link_goes_with_a_text_that_is_hidden_and_else_stays() -> None:
    link = "https://example.org/same"
    assert hide_link(link, [""]) == ""
    assert hide_link(link, ["Sam"]) == link
    assert hide_link(link, []) == link


_NAMES = st.sampled_from(["José Núñez", "O’Brien", "Weiß", "Łukasz", "Anne‑Marie", "王小明", "ÅSA"])
_FORMS = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@given(_NAMES, _FORMS, _FORMS, st.booleans(), st.text(max_size=40))
def test_no_case_or_composition_of_hidden_words_is_left(
    name: str, one: str, other: str, big: bool, around: str
) -> None:
    written = unicodedata.normalize(one, name.upper() if big else name)
    text = clean(f"{around} {written}, {around}")
    shown = hide(text, [clean(unicodedata.normalize(other, name))])
    assert not holds(shown, name)
    assert HIDDEN in shown
