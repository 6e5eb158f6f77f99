"""Step 1 asks little, says limits beforehand and keeps what was typed."""

import pytest

from cards.setup_details import details
from cards.submissions import SetupDetails, parse
from eocif.summaries import Feedback
from tests.cards.harness import inputs, press, read, texts
from tests.cards.samples_setup import MOVED, TOO_LONG, all_cards, details_step

CARDS = all_cards()


def test_everything_stored_is_in_its_field() -> None:
    fields = inputs(details(details_step(forum="Quality committee")).content)
    assert fields["title"]["value"] == "Experience of care review 2027"
    assert fields["provider"]["value"] == "Northmoor NHS Trust"
    assert fields["executive_lead"]["value"] == "Ruth Hollis"
    assert fields["forum"]["value"] == "Quality committee"
    assert "value" not in fields["division"]
    assert "value" not in fields["segment"]


def test_area_leads_do_not_see_names_unless_asked() -> None:
    assert inputs(CARDS["details empty"].content)["see_names"]["value"] == "no"
    card = details(details_step(see_names="yes")).content
    assert inputs(card)["see_names"]["value"] == "yes"
    assert "You see names once a round closes. Other members never do." in texts(card)


def test_a_press_brings_every_field() -> None:
    card = CARDS["details"].content
    sent = press(card, "Save and go on", division="Children", see_names="yes")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupDetails)
    assert saved.division == "Children"
    assert saved.see_names == "yes"
    assert saved.executive_lead == "Ruth Hollis"
    assert saved.shown["title"] == "0a1b2c3d"
    assert saved.go == "next"


def test_the_limit_is_said_beforehand_and_no_client_cuts() -> None:
    card = CARDS["details"].content
    assert "Each answer can have up to 200 characters." in texts(card)
    assert not any("maxLength" in field for field in inputs(card).values())


def test_words_that_are_too_long_stay_whole_under_their_problem() -> None:
    card = CARDS["details too long"].content
    assert inputs(card)["forum"]["value"] == TOO_LONG.typed["forum"]
    said = texts(card)
    problem = TOO_LONG.problems["forum"]
    label = said.index("Forum it reports to, such as the quality committee")
    assert said[label - 1] == problem
    assert problem in said[: said.index("Step 1 of 6: about the review")]


def test_what_someone_else_changed_is_shown_beside_ones_own() -> None:
    card = CARDS["details moved"].content
    assert inputs(card)["title"]["value"] == MOVED.typed["title"]
    for line in ("Stored now: Theirs", "You typed: Mine", "Press save again to keep yours."):
        assert line in texts(card)


def test_how_to_empty_a_field_is_said_once_there_is_something_to_empty() -> None:
    line = "To empty one of these, type “none” in it."
    assert line in read(CARDS["details"].content)
    assert line not in read(CARDS["details empty"].content)


@pytest.mark.parametrize("field", ["title", "see_names"])
def test_typed_wins_over_stored(field: str) -> None:
    card = details(details_step(), Feedback(typed={field: "yes"})).content
    assert inputs(card)[field]["value"] == "yes"
