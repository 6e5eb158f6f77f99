"""Step 2: the three questions, what the levels call for, and evidence; nothing is required."""

import json
from dataclasses import replace

import pytest

from cards.area_words import words
from cards.submissions import AreaWords, parse
from eocif.rules.answers import WORDS
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.statements import BY_AREA
from eocif.summaries import SILENT, Feedback
from tests.cards.harness import Card, inputs, press, read, texts
from tests.cards.samples_answering import (
    BAD_LINK,
    EIGHT,
    EVIDENCE,
    LOCAL,
    LONG,
    STALE_WORDS,
    THREE,
    TOO_LONG,
    USER,
    VIEW,
    for_doris,
    form,
)

OPTIONAL = "(optional, up to 2,000 characters)"


def labels(card: Card) -> list[str]:
    """What the inputs ask, in order."""
    return [field["label"] for field in inputs(card).values()]


@pytest.mark.covers("R19")
def test_the_three_questions_are_asked_as_published() -> None:
    card = words(form(5)).content
    assert labels(card)[:3] == [f"{question} {OPTIONAL}" for question in edition().questions]
    assert list(inputs(card))[:3] == ["where_now", "what_good", "what_do"]
    assert "Step 2 of 2: words. Area 2 of 4 this week." in texts(card)
    assert "Section 2: Organisational culture" in texts(card)
    assert not any(field.get("isRequired") for field in inputs(card).values())


@pytest.mark.covers("R22")
@pytest.mark.covers("R23")
@pytest.mark.covers("R09")
def test_what_the_levels_call_for_is_asked_once_naming_the_letters() -> None:
    card = words(form(13, EIGHT)).content
    asked = {name: inputs(card)[name]["label"] for name in list(inputs(card))[3:6]}
    assert asked == {
        "excelling": "You chose Excelling for 13f and 13h. What evidence shows how this is leading "
        f"to improvement? {OPTIONAL}",
        "achieving": "You chose Achieving for 13e. Are there any major omissions? If so, what are "
        f"they? {OPTIONAL}",
        "not_applicable": "You chose Not applicable for 13a, 13b and 13c. Why do these not apply? "
        f"{OPTIONAL}",
    }


def test_one_statement_that_does_not_apply_is_asked_about_as_one() -> None:
    label = inputs(words(form(5, ["not_applicable"])).content)["not_applicable"]["label"]
    assert label.startswith("You chose Not applicable for 5a. Why does this not apply?")


def test_levels_that_call_for_nothing_ask_for_nothing_more() -> None:
    card = words(form(5, ["progressing"])).content
    assert set(inputs(card)) == {
        *("where_now", "what_good", "what_do"),
        *("source", "kind", "evidence", "link"),
    }
    assert "Your levels are saved. Every statement is rated." in texts(card)


@pytest.mark.covers("R25")
def test_evidence_names_its_source_and_kind_and_what_was_given_is_listed() -> None:
    card = words(form(13, THREE, evidence=EVIDENCE)).content
    sources = {each["title"] for each in inputs(card)["source"]["choices"]}
    assert sources == {name for _, name in EVIDENCE_SOURCES}
    assert [each["title"] for each in inputs(card)["kind"]["choices"]] == [
        "Qualitative: in words, such as a story or comments",
        "Quantitative: in numbers, such as a survey score",
    ]
    whole = texts(card)
    start = whole.index("Evidence given")
    assert whole[start + 1 : start + 6] == [
        "Survey, in numbers",
        "62 in 100 felt heard.",
        "Someone’s story, in words",
        "Link to www.example.org",
        "Add more evidence",
    ]
    assert "story?person=1" not in read(card)
    assert "Your levels are saved. 3 of 8 rated, the rest can wait." in whole


def test_stored_words_fill_the_inputs() -> None:
    held = inputs(words(form(5, words=VIEW)).content)
    assert held["where_now"]["value"] == VIEW["where_now"]
    assert held["what_good"]["value"] == VIEW["what_good"]
    assert "value" not in held["what_do"]


def test_each_button_saves_and_says_where_it_goes() -> None:
    card = words(form(5, ["excelling"], words=VIEW)).content
    posted = press(card, "Save my view", what_do="Ask more people.", source="fft", evidence="90%")
    assert parse(posted["verb"], posted["data"]) == AreaWords(
        review=7,
        areas=(4, 5, 6, 7),
        area=5,
        shown={
            "where_now": digest(VIEW["where_now"]),
            "what_good": digest(VIEW["what_good"]),
            "what_do": digest(""),
        },
        nonce="0123456789abcdef",
        **VIEW | {"what_do": "Ask more people."},
        source="fft",
        evidence="90%",
        go="saved",
    )
    assert press(card, "Save and add more evidence")["data"]["go"] == "more"
    assert press(card, "Back to levels")["data"]["go"] == "levels"


def test_only_what_is_on_the_card_says_what_it_showed() -> None:
    area = form(5, ["excelling"])
    area = replace(area, shown={**area.shown, "excelling": digest(""), "achieving": digest("x")})
    shown = press(words(area).content, "Save my view")["data"]["shown"]
    assert set(shown) == {"where_now", "what_good", "what_do", "excelling"}


def test_words_that_are_too_long_stay_whole_below_the_number_to_cut() -> None:
    card = words(form(5, kept={"where_now": LONG}), TOO_LONG).content
    field = inputs(card)["where_now"]
    assert field["value"] == LONG
    assert "maxLength" not in field  # a client would cut it
    assert "maxLength" not in inputs(card)["what_do"]  # a paste would be cut without a word
    sentence = "“Where are we now?” is 999 characters too long. Please cut it."
    assert texts(card).count(sentence) == 2
    assert "Kept for you to copy" not in texts(card)  # it is in its input


def test_evidence_that_was_not_taken_stays_in_its_inputs() -> None:
    held = inputs(words(form(5), BAD_LINK).content)
    assert {name: held[name]["value"] for name in BAD_LINK.typed} == dict(BAD_LINK.typed)


def test_words_kept_from_before_are_there_to_copy() -> None:
    whole = texts(words(form(5, kept={"where_now": "Kept words", "kind": "qualitative"})).content)
    start = whole.index("Kept for you to copy")
    assert whole[start + 1 : start + 6] == [
        "We could not take these. They are not part of the answer, and nothing is lost.",
        "Where are we now?",
        "Kept words",
        "Kind of evidence",
        "Qualitative: in words, such as a story or comments",
    ]


def test_a_stale_card_shows_both_versions_and_keeps_what_was_typed() -> None:
    card = words(form(5, words={"where_now": "Theirs"}), STALE_WORDS).content
    assert inputs(card)["where_now"]["value"] == "Mine"
    assert "You typed: Mine" in texts(card)


@pytest.mark.covers("R27")
def test_the_privacy_line_stands_above_the_buttons() -> None:
    whole = texts(words(form(5)).content)
    assert whole[-3:] == ["Save my view", "Save and add more evidence", "Back to levels"]
    assert whole[-4].endswith("Please do not name or describe someone who could be recognised.")


def test_recording_for_someone_speaks_of_them() -> None:
    card = words(for_doris(6, THREE)).content
    assert texts(card)[0] == "You are recording answers for Doris Whitfield."
    assert inputs(card)["excelling"]["label"].startswith("They chose Excelling for 6b.")
    assert press(card, "Save their view")["data"]["member"] == 31


def test_the_card_renews_itself_for_its_person() -> None:
    renewed = words(form(5), for_user=USER).content["refresh"]
    assert renewed["action"]["data"]["step"] == "words"
    assert words(form(5)).preview == "Area 5, step 2 of 2: words"


def test_the_longest_answer_and_the_longest_paste_still_make_a_card_that_teams_takes() -> None:
    owls = {field: "\N{OWL}" * 2_000 for field in WORDS}
    chosen = ["excelling", "achieving", "not_applicable"]
    typed = Feedback(typed={**owls, "where_now": "\N{OWL}" * 20_000, "what_do": "b" * 20_000})
    longest = form(13, chosen, words=owls)
    for said in (SILENT, typed):
        content = words(longest, said).content
        assert len(json.dumps(content, ensure_ascii=False).encode("utf-16-le")) < 100_000


def test_what_an_area_as_a_whole_calls_for_names_the_area() -> None:
    card = words(form(13, ["excelling"], unit=BY_AREA)).content
    label = inputs(card)["excelling"]["label"]
    assert label.startswith("You chose Excelling for area 13. What evidence shows")
    assert "Your level is saved. The area has its level." in texts(card)


@pytest.mark.covers("R60")
def test_what_a_local_statement_calls_for_names_it_as_local() -> None:
    label = inputs(words(form(13, ["excelling"] * 7, local=LOCAL)).content)["excelling"]["label"]
    assert "13h, local statement L1 and local statement L2." in label
