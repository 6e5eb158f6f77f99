"""What reports say besides: filled in by the lead, emptied by a word, nothing lost."""

from dataclasses import replace

import pytest

from cards.facts import facts
from cards.submissions import parse
from cards.worksheet_shapes import FactsSave
from eocif.rules.facts import HEADINGS
from eocif.summaries import Feedback
from tests.cards.harness import inputs, press, read, texts
from tests.cards.samples_lead import LEAD
from tests.cards.samples_worksheet import EMPTY, facts_of

TO_EMPTY = "To empty one of these, type “none” in it."


def test_references_and_the_five_headings_of_2018_each_have_a_box() -> None:
    card = facts(facts_of()).content
    assert {name: field["label"] for name, field in inputs(card).items()} == {
        "safety_reference": "Safety measures",
        "effectiveness_reference": "Clinical effectiveness measures",
        **{f"predecessor_{place}": title for place, title in enumerate(HEADINGS, start=1)},
        "attached": "Which reviews of divisions go with the board report? Tick all that do.",
    }
    assert "For reference only: nothing is compared with it." in texts(card)
    assert not any(field.get("isRequired") for field in inputs(card).values())


def test_what_is_stored_is_filled_in_and_posted_with_what_was_shown() -> None:
    stored = facts_of(safety_reference="See paper 12.", attached="3,4")
    card = facts(stored, for_user=LEAD).content
    assert inputs(card)["attached"]["value"] == "3,4"
    pressed = press(card, "Save for the reports", predecessor_5="Fair in 2018.")
    posted = parse(pressed["verb"], pressed["data"])
    assert posted == FactsSave(
        review=7,
        shown=dict(stored.shown),
        safety_reference="See paper 12.",
        predecessor_5="Fair in 2018.",
        attached=("3", "4"),
    )
    assert set(pressed["data"]["shown"]) == set(EMPTY)


def test_how_to_empty_a_box_is_said_once_there_is_something_to_empty() -> None:
    assert TO_EMPTY not in texts(facts(facts_of()).content)
    assert TO_EMPTY not in texts(facts(facts_of(attached="3")).content)
    assert TO_EMPTY in texts(facts(facts_of(predecessor_2="Fair.")).content)


def test_where_no_division_has_a_review_nothing_is_offered_to_attach() -> None:
    card = facts(replace(facts_of(), candidates=())).content
    assert "attached" not in inputs(card)
    assert "Reviews of divisions" not in texts(card)


def test_what_was_too_long_comes_back_in_its_box() -> None:
    said = Feedback(problems={"predecessor_1": "Too long."}, typed={"predecessor_1": "x" * 2_400})
    card = facts(facts_of(), said, for_user=LEAD).content
    assert inputs(card)["predecessor_1"]["value"] == "x" * 2_400
    shown = texts(card)
    assert shown[shown.index("Leadership") - 1] == "Too long."
    assert "refresh" not in card
    assert "refresh" in facts(facts_of(), for_user=LEAD).content


@pytest.mark.covers("R49")
def test_the_card_says_that_nothing_here_assesses_performance() -> None:
    face = facts(facts_of())
    assert "This does not assess performance." in read(face.content)
    assert press(face.content, "Back to the reports")["verb"] == "report.show"
    assert face.preview == "Experience of care review: what reports say"
