"""The pieces that cards share say what happened, keep what was typed, and mark what is ours."""

from dataclasses import replace
from datetime import date

import pytest

from cards.actions import Execute, card
from cards.elements import Element, heading
from cards.inputs import TextInput
from cards.pieces import (
    TOO_LONG_FOR_A_BOX,
    about,
    area_heading,
    asked,
    closing,
    definitions,
    feedback,
    filled,
    place_data,
    practice,
    privacy,
    rated_so_far,
    review_line,
    section_title,
    stack,
    typed_that_fits,
)
from eocif.rules.framework import edition
from eocif.rules.statements import BY_AREA
from eocif.summaries import SILENT, Differs, Feedback, Place, Privacy
from tests.cards.harness import Card, parts, texts
from tests.cards.samples_answering import FRIDAY, HEAD, HOSTILE


def shown(*elements: Element) -> list[str]:
    """What a person reads of these elements."""
    return texts(drawn(*elements))[1:]


def drawn(*elements: Element) -> Card:
    """These elements under a heading."""
    return card([heading("A card"), *elements])


def test_a_card_with_no_news_has_no_banner() -> None:
    assert feedback(SILENT) == []
    assert feedback(Feedback(typed={"where_now": "Mine"})) == []


def test_good_news_stands_in_a_banner() -> None:
    assert shown(*feedback(Feedback("Your levels are saved."))) == [
        "Done",
        "Your levels are saved.",
    ]


def test_a_problem_is_said_once_though_the_notice_repeats_it() -> None:
    said = Feedback("The link is odd. Nothing was saved.", True, {"link": "The link is odd."})
    assert shown(*feedback(said)) == ["Please check", "The link is odd. Nothing was saved."]


def test_every_problem_is_listed_even_without_a_notice() -> None:
    said = Feedback(problems={"link": "The link is odd.", "kind": "Choose a kind."})
    assert shown(*feedback(said)) == ["Please check", "The link is odd.", "Choose a kind."]


def test_what_differs_shows_both_versions_and_what_to_do() -> None:
    said = Feedback(
        differs=(
            Differs("where_now", "Where are we now?", "", "Mine"),
            Differs("what_do", "What will we do?", "Theirs", HOSTILE),
        )
    )
    assert shown(*feedback(said)) == [
        "Please check",
        "Something changed after this card was shown. Both versions are here.",
        "Where are we now?",
        "Stored now: nothing",
        "You typed: Mine",
        "What will we do?",
        "Stored now: Theirs",
        f"You typed: {HOSTILE}",
        "Press save again to keep yours.",
    ]


def test_a_problem_stands_right_above_its_input_which_stays_filled() -> None:
    said = Feedback(problems={"link": "The link is odd."}, typed={"link": "http://x"})
    value = filled(said, "link", {"link": "stored"})
    question = TextInput("link", label="A link", value=value)
    assert shown(*asked(said, question)) == ["The link is odd.", "A link", "http://x"]
    assert asked(SILENT, question) == [question]


def test_an_input_holds_what_was_typed_or_else_what_is_stored() -> None:
    typed = Feedback(typed={"a": "typed"})
    assert filled(typed, "a", {"a": "stored"}) == "typed"
    assert filled(typed, "b", {"b": "stored"}) == "stored"
    assert filled(typed, "c", {"c": ""}) is None


def test_buttons_stand_below_each_other() -> None:
    buttons = [Execute(title, verb="help.show") for title in ("One thing", "Another thing")]
    sets = [node for node in parts(drawn(*stack(buttons))) if node.get("type") == "ActionSet"]
    assert [len(each["actions"]) for each in sets] == [1, 1]


def test_the_review_is_named_by_what_its_lead_wrote() -> None:
    assert shown(review_line(replace(HEAD, division=""))) == [
        "Experience of care review 2027 · Northmoor and Elmsworth NHS Foundation Trust"
    ]
    unnamed = replace(HEAD, title="", provider="", division="")
    assert shown(review_line(unnamed)) == ["A new review"]


def test_an_area_shows_its_number_with_our_short_title() -> None:
    ours = edition().area(9)
    assert shown(area_heading(ours)) == ["Area 9: Clear, accessible information"]
    local = replace(ours, label="Signs and letters", label_is_local=True)
    assert shown(area_heading(local)) == ["Area 9: Signs and letters (local title)"]


@pytest.mark.covers("R06")
def test_a_sections_areas_of_practice_are_shown_as_published() -> None:
    section = edition().sections[3]
    assert shown(section_title(section), practice(section)) == [
        "Section 4: Analysing feedback",
        "Areas of practice: quantitative and qualitative analysis; quality assurance; governance; "
        "delivering improvement; action and service redesign.",
    ]


@pytest.mark.covers("R07")
def test_the_four_levels_are_folded_with_full_definitions_and_ours_marked() -> None:
    read = shown(definitions(edition()))
    assert read[0] == "What the four levels mean"
    for level in edition().levels:
        assert f"{level.name}: {level.definition}" in read
    ours = next(line for line in read if "In our words" in line)
    assert read.index(ours) == 6
    assert read[7] == "Insufficient progress: there is little or no sign of it yet."
    whole = shown(definitions(edition(), whole_area=True))
    assert whole == read[: read.index(ours)]


@pytest.mark.covers("R27")
def test_privacy_says_who_sees_names_and_words_and_what_not_to_write() -> None:
    assert shown(privacy(Privacy("Amina Yusuf", area_leads_see_names=False))) == [
        "Confidential: nobody else sees your answer before the round closes. "
        "Then the review group sees your words and levels by perspective, without a name. "
        "Only the lead, Amina Yusuf, then sees your name. "
        "Please do not name or describe someone who could be recognised."
    ]
    (line,) = shown(privacy(Privacy("Amina Yusuf", area_leads_see_names=True)))
    assert "The lead, Amina Yusuf, and the leads of areas then see your name." in line


def test_privacy_tells_who_records_that_they_see_the_answer() -> None:
    (line,) = shown(privacy(Privacy("Amina Yusuf", False, recorder="Tom Okafor")))
    assert line.startswith("Confidential: you type this answer, so you see it.")
    assert "Only the lead, Amina Yusuf, then sees their name." in line


def test_a_button_says_where_the_person_is_and_leaves_out_what_is_empty() -> None:
    assert place_data(Place(7, ())) == {"review": 7}
    assert place_data(Place(7, (5, 6), 5, 31), 5, go="stop") == {
        "review": 7,
        "areas": [5, 6],
        "area": 5,
        "member": 31,
        "go": "stop",
    }


def test_dates_amounts_and_progress_are_said_in_words() -> None:
    assert closing(FRIDAY) == "5pm on Friday 8 January 2027"
    assert closing(date(2028, 2, 18)) == "5pm on Friday 18 February 2028"
    assert about(1, 2) == "1 statement, about 2 minutes"
    assert rated_so_far(3, 8) == "3 of 8 rated, the rest can wait."
    assert rated_so_far(8, 8) == "Every statement is rated."
    assert about(1, 3, BY_AREA) == "one level, about 3 minutes"
    assert rated_so_far(0, 1, BY_AREA) == "The area has no level yet."
    assert rated_so_far(1, 1, BY_AREA) == "The area has its level."


def test_an_input_holds_all_of_what_was_typed_or_says_where_it_stands() -> None:
    said = Feedback(typed={"where_now": "a" * 2_000, "what_good": "\N{OWL}" * 20_000})
    fits = typed_that_fits(said)
    assert fits.typed == {"where_now": "a" * 2_000}
    assert fits.problems == {"what_good": TOO_LONG_FOR_A_BOX}
    assert typed_that_fits(fits) == fits


@pytest.mark.parametrize(
    ("area_leads", "who"),
    [
        (False, "such as Amina Yusuf, then see your name."),
        (True, "such as Amina Yusuf, and the leads of areas then see your name."),
    ],
)
def test_where_several_people_lead_every_review_the_line_says_so(
    area_leads: bool, who: str
) -> None:
    (line,) = shown(privacy(Privacy("Amina Yusuf", area_leads, leads_are_shared=True)))
    assert f"The leads of reviews here, {who}" in line
