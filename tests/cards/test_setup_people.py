"""Step 4: the team's list in pages, one member, and someone who takes part without Teams."""

import pytest

from cards.setup_people import member, roster, without_teams
from cards.submissions import SetupMember, SetupRemove, SetupRoster, SetupWithoutTeams, parse
from eocif.rules.perspectives import NAMED_FUNCTIONS, PERSPECTIVES
from eocif.set_up_summaries import MemberStep, WithoutTeamsStep
from eocif.summaries import Feedback
from tests.cards.harness import actions, button, inputs, parts, press, read, texts
from tests.cards.samples_setup import HEAD, NONCE, RUTH, all_cards, roster_step

CARDS = all_cards()


# --- the team's list ------------------------------------------------------------------------------


def test_a_page_shows_who_is_ticked() -> None:
    card = CARDS["roster"].content
    assert inputs(card)["picked"]["value"] == "8"
    said = texts(card)
    assert "Tick who speaks for: Local Healthwatch." in said
    assert "Sunil Rao (guest)" in said
    assert "Page 2 of 3. Each page is saved as you go." in said


def test_turning_a_page_saves_its_ticks() -> None:
    card = CARDS["roster"].content
    pages = {
        "Save and finish choosing": 0,
        "Save and show the next page": 3,
        "Save and show the page before": 1,
    }
    for title, page in pages.items():
        sent = press(card, title, picked="1,9")
        saved = parse(sent["verb"], sent["data"])
        assert isinstance(saved, SetupRoster)
        assert (saved.perspective, saved.page, saved.go_page) == ("healthwatch", 2, page)
        assert (saved.picked, saved.offered) == ((1, 9), (1, 8, 9))


def test_one_page_is_not_counted() -> None:
    card = CARDS["roster of one page"].content
    assert [action["title"] for action in actions(card)] == ["Save and finish choosing"]
    assert "Page" not in read(card)


def test_the_first_and_last_page_turn_one_way() -> None:
    first = [action["title"] for action in actions(roster(roster_step(1, 2)).content)]
    last = [action["title"] for action in actions(roster(roster_step(2, 2)).content)]
    assert first[1:] == ["Save and show the next page"]
    assert last[1:] == ["Save and show the page before"]


def test_ticks_that_were_not_saved_survive() -> None:
    card = roster(roster_step(), Feedback(typed={"picked": "1"})).content
    assert inputs(card)["picked"]["value"] == "1"


def test_without_a_list_there_is_a_way_back() -> None:
    card = CARDS["roster empty"].content
    assert "We do not have the team’s list yet. Add this app to your team." in texts(card)
    back = button(card, "Back to this perspective")
    assert back["data"] == {"review": 7, "step": "perspective", "perspective": "healthwatch"}


def test_nobody_ticked_is_nobody_chosen() -> None:
    step = roster_step(people=roster_step().people[:1])
    assert "value" not in inputs(roster(step).content)["picked"]


# --- one member -----------------------------------------------------------------------------------


def test_a_members_perspectives_function_and_needs_are_there() -> None:
    fields = inputs(CARDS["member"].content)
    assert fields["speaks_from"]["value"] == "executive_lead"
    assert fields["also"]["value"] == "clinical_leaders"
    assert "value" not in fields["named_function"]
    assert len(fields["speaks_from"]["choices"]) == len(PERSPECTIVES) == 10
    *named, none = fields["named_function"]["choices"]
    assert len(named) == len(NAMED_FUNCTIONS) == 10
    assert none == {"title": "No named function", "value": "none"}
    with_function = inputs(CARDS["member with a function"].content)
    assert with_function["named_function"]["value"] == "experience_of_care"


def test_other_perspectives_are_folded_while_there_are_none() -> None:
    hidden = [each["id"] for each in parts(CARDS["member with a function"].content)
              if each.get("isVisible") is False]  # fmt: skip
    assert hidden == ["also_fold"]
    assert not [each for each in parts(CARDS["member"].content) if each.get("isVisible") is False]


@pytest.mark.covers("R65")
def test_communication_needs_are_recorded_and_it_is_said_who_sees_them() -> None:
    card = CARDS["member without Teams"].content
    assert inputs(card)["needs"]["value"] == "Large print. Prefers the phone."
    said = texts(card)
    assert "Doris Whitfield (without Teams)" in said
    line = "You and the area leads see these needs. Type “none” to remove them."
    assert line in said
    assert "Communication needs (up to 2,000 characters)" in said


def test_a_press_brings_the_member_as_set() -> None:
    sent = press(CARDS["member"].content, "Save this person", also="", needs="Braille")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupMember)
    assert (saved.member, saved.speaks_from, saved.also) == (3, "executive_lead", ())
    assert saved.needs == "Braille"


def test_a_member_can_be_removed_or_left_as_they_were() -> None:
    card = CARDS["member"].content
    removal = button(card, "Remove from the group")
    removed = parse(removal["verb"], removal["data"])
    assert isinstance(removed, SetupRemove)
    assert removed.member == 3
    assert button(card, "Leave as it was")["data"] == {"review": 7, "step": "group"}
    assert "If you remove someone, the answers they gave stay." in texts(card)


def test_what_was_set_survives_a_refusal() -> None:
    fields = inputs(CARDS["member refused"].content)
    assert fields["speaks_from"]["value"] == "named_functions"
    assert fields["also"]["value"] == "healthwatch"
    assert fields["needs"]["value"] == "Braille"
    said = texts(CARDS["member refused"].content)
    label = said.index("Their function, if they speak for a named function")
    assert said[label - 1] == "Choose one of the named functions."


def test_a_problem_with_other_perspectives_is_not_folded_away() -> None:
    said = Feedback(problems={"also": "Choose again."})
    card = member(MemberStep(HEAD, RUTH, PERSPECTIVES), said).content
    assert texts(card).count("Choose again.") == 2
    assert not [each for each in parts(card) if each.get("isVisible") is False]


def test_someone_whose_perspectives_are_unknown_can_be_given_one() -> None:
    nobody = type(RUTH)(3, "Ruth Hollis", ())
    assert (
        "value" not in inputs(member(MemberStep(HEAD, nobody, PERSPECTIVES)).content)["speaks_from"]
    )


# --- without Teams --------------------------------------------------------------------------------


def test_the_form_says_who_records_the_answers() -> None:
    said = texts(CARDS["without Teams"].content)
    assert "They need no account. An area lead asks them and records their answers." in said
    assert "Every answer recorded this way is marked as such." in said
    assert "Their name (up to 200 characters)" in said


@pytest.mark.covers("R65")
def test_a_press_brings_name_perspective_and_needs() -> None:
    sent = press(
        CARDS["without Teams"].content, "Add this person",
        name="Doris Whitfield", perspective="people_and_carers", needs="Large print",
    )  # fmt: skip
    added = parse(sent["verb"], sent["data"])
    assert isinstance(added, SetupWithoutTeams)
    assert (added.name, added.perspective) == ("Doris Whitfield", "people_and_carers")
    assert (added.needs, added.nonce) == ("Large print", NONCE)


def test_a_form_without_a_name_keeps_the_rest() -> None:
    card = CARDS["without Teams refused"].content
    assert inputs(card)["perspective"]["value"] == "volunteers"
    assert inputs(card)["needs"]["value"] == "Easy read"
    said = texts(card)
    assert said[said.index("Their name (up to 200 characters)") - 1] == "Type the person's name."


def test_needs_that_are_too_long_stay_whole() -> None:
    too_long = "x" * 2_003
    said = Feedback(problems={"needs": "Cut 3 characters."}, typed={"needs": too_long})
    card = without_teams(WithoutTeamsStep(HEAD, NONCE, PERSPECTIVES), said).content
    assert inputs(card)["needs"]["value"] == too_long
    assert "maxLength" not in inputs(card)["needs"]
