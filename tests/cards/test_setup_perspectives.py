"""The list of perspectives: renamed, added, taken off, with another voice; nobody's answer lost."""

import pytest

from cards.local_shapes import PerspectiveAdd, PerspectiveChange, PerspectiveOffer
from cards.review import members
from cards.setup_perspectives import VOICES
from cards.submissions import SetupShow, parse
from eocif.rules.perspectives import PERSPECTIVES, Voice
from eocif.summaries import ReviewSummary
from tests.cards.harness import actions, button, inputs, press, read, texts
from tests.cards.samples_local import EVERY, EXECUTIVE, HOLDER, NO_NAME, NONCE, OFFERED, all_cards
from tests.cards.samples_setup import HEAD

CARDS = all_cards()


def test_every_perspective_stands_with_its_voice_and_can_be_changed() -> None:
    card = CARDS["perspectives"].content
    said = texts(card)
    for each in PERSPECTIVES:
        assert said[said.index(each.name) + 1] == f"Voice: {VOICES[each.voice]}"
    opened = [each for each in actions(card) if each["title"] == "Change"]
    assert [each["data"]["perspective"] for each in opened] == [each.key for each in PERSPECTIVES]
    assert len({each["tooltip"] for each in opened}) == len(PERSPECTIVES)
    assert {each["data"]["step"] for each in opened} == {"perspective_change"}
    assert set(VOICES) == set(Voice)


def test_what_was_taken_off_stands_last_and_can_be_put_back() -> None:
    said = texts(CARDS["perspectives changed"].content)
    assert said.index("No longer on the list") < said.index(EXECUTIVE.name)
    assert said.index("Friends of the hospice") < said.index("No longer on the list")
    assert "No longer on the list" not in texts(CARDS["perspectives"].content)
    back = button(CARDS["perspective taken off"].content, "Put it back on the list")
    assert parse(back["verb"], back["data"]) == PerspectiveOffer(
        review=7, perspective="executive_lead", offer=True
    )
    assert "It is not on the list now." in texts(CARDS["perspective taken off"].content)


def test_the_list_is_reached_from_the_group_and_leads_back_there() -> None:
    action = button(CARDS["group with local perspectives"].content, "Change the perspectives")
    shown = parse(action["verb"], action["data"])
    assert isinstance(shown, SetupShow)
    assert shown.step == "perspectives"
    assert button(CARDS["perspectives"].content, "Back to the group")["data"]["step"] == "group"
    add = button(CARDS["perspectives"].content, "Add a perspective")
    assert add["data"]["step"] == "perspective_add"


# --- one perspective --------------------------------------------------------------------------


@pytest.mark.covers("R13")
def test_a_name_and_a_voice_are_posted_with_what_was_shown() -> None:
    card = CARDS["perspective to change"].content
    sent = press(card, "Save this perspective", name="Governors", voice="lived_experience")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, PerspectiveChange)
    assert (saved.perspective, saved.name, saved.voice) == (
        "non_executives_and_governors", "Governors", "lived_experience",
    )  # fmt: skip
    assert set(saved.shown) == {"name", "voice"}
    gone = button(card, "Take it off the list")
    assert gone["associatedInputs"] == "none"
    offer = parse(gone["verb"], gone["data"])
    assert isinstance(offer, PerspectiveOffer)
    assert not offer.offer


def test_a_renamed_perspective_says_what_our_list_calls_it() -> None:
    said = texts(CARDS["perspective to change"].content)
    assert (
        "On our list it is called: Non-executive directors, governors and foundation trust members"
    ) in said
    for name in ("perspective of the list", "perspective of ours"):
        assert "On our list it is called" not in read(CARDS[name].content)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("perspective to change", "2 people in the group hold it."),
        ("perspective of the list", "1 person in the group holds it."),
        ("perspective of ours", "Nobody in the group holds it."),
    ],
)
def test_it_says_how_many_people_it_is_about(name: str, sentence: str) -> None:
    assert sentence in texts(CARDS[name].content)


def test_whose_voice_it_is_can_only_be_read_once_the_review_runs() -> None:
    card = CARDS["perspective while it runs"].content
    assert "voice" not in inputs(card)
    assert "Voice: Neither of the two. This was fixed when the review started." in texts(card)
    sent = press(card, "Save this perspective", name="Governors")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, PerspectiveChange)
    assert (saved.name, saved.voice) == ("Governors", "")


# --- one more ---------------------------------------------------------------------------------


def test_a_new_perspective_is_posted_with_its_voice_and_nonce() -> None:
    sent = press(
        CARDS["perspective to add"].content, "Add this perspective", name="Friends", voice="neither"
    )
    assert parse(sent["verb"], sent["data"]) == PerspectiveAdd(
        review=7, nonce=NONCE, name="Friends", voice="neither"
    )


@pytest.mark.parametrize("name", ["perspective to add refused", "perspective of ours"])
def test_what_was_refused_stays_below_its_reason(name: str) -> None:
    card = CARDS[name].content
    said = texts(card)
    assert said[said.index("Its name (up to 70 characters)") - 1] == NO_NAME.problems["name"]
    assert inputs(card)["voice"]["value"] == "lived_experience"


# --- the group with a list of its own ---------------------------------------------------------


@pytest.mark.covers("R13")
def test_the_group_shows_the_reviews_own_list_and_whoever_holds_another() -> None:
    said = texts(CARDS["group with local perspectives"].content)
    assert "Trustees" in said
    assert "Non-executives and governors" not in said
    assert said[said.index("Friends of the hospice") + 1] == "Lena Fox (also)"
    start = said.index("Executive lead")
    assert said[start + 1 : start + 3] == ["Lena Fox", "No longer on your list"]
    assert said.count("No longer on your list") == 1


def test_people_can_be_added_to_an_added_perspective_and_not_to_a_removed_one() -> None:
    added = CARDS["people of a local perspective"].content
    line = "Your review added this one. It is not on the framework’s list."
    assert line in texts(added)
    assert "people" in inputs(added)
    gone = CARDS["people of a perspective taken off"].content
    assert "people" not in inputs(gone)
    assert (
        "This perspective is no longer on your list. Those who speak from it still do."
    ) in texts(gone)
    assert button(gone, "Change")["data"]["member"] == HOLDER.member_id


def test_the_review_lists_its_members_by_its_own_list() -> None:
    summary = ReviewSummary(
        HEAD, "", "", "", True, False, (), (HOLDER,), (), (), perspectives=OFFERED
    )
    said = texts(members(summary).content)
    assert said.index("Executive director lead for experience of care or quality") < said.index(
        "Lena Fox. Also: Friends of the hospice."
    )
    missing = said[said.index("Perspectives that nobody holds") :]
    assert "Trustees" in missing
    assert "Friends of the hospice" not in missing
    assert len([each for each in EVERY if each.name in missing]) == len(OFFERED) - 1
