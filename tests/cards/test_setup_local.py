"""Local statements, help and titles beside the framework's words; services that are missing."""

import pytest

from cards.local_shapes import LocalAdd, LocalHelp, LocalRemove, NotProvided
from cards.submissions import SetupShow, parse
from eocif.rules.adaptation import adapted
from tests.cards.harness import actions, button, inputs, press, read, texts
from tests.cards.samples_local import (
    AREAS,
    BAD_TITLE,
    LOCAL,
    NO_PALS,
    NO_STATEMENT,
    NONCE,
    ROOM,
    all_cards,
)
from tests.cards.samples_setup import EDITION

CARDS = all_cards()


def opened(action: dict[str, object]) -> tuple[str, int, str]:
    """Where a button of the set-up leads: the step, its area, its service."""
    shown = parse(str(action["verb"]), action["data"])  # type: ignore[arg-type]
    assert isinstance(shown, SetupShow)
    return shown.step, shown.area, shown.service


# --- everything local -------------------------------------------------------------------------


@pytest.mark.covers("R60")
def test_each_local_statement_stands_with_its_area_and_can_be_removed() -> None:
    card = CARDS["local"].content
    said = texts(card)
    start = said.index("Local statement L1")
    assert said[start + 1 : start + 3] == [ROOM, "Asked with area 13."]
    assert "Not asked: area 2 is not in scope." in said
    assert "Area L1" not in read(card)
    removals = [each for each in actions(card) if each.get("verb") == "setup.local_remove"]
    parsed = [parse(each["verb"], each["data"]) for each in removals]
    assert all(isinstance(each, LocalRemove) for each in parsed)
    assert [getattr(each, "code", "") for each in parsed] == ["L1", "L2"]
    assert [each["tooltip"] for each in removals] == [
        "Removes local statement L1", "Removes local statement L2",
    ]  # fmt: skip


@pytest.mark.covers("R62")
def test_it_says_that_the_frameworks_words_stay() -> None:
    said = texts(CARDS["local nothing"].content)
    assert "The framework lets you add to it. Its own words cannot be changed." in said
    assert said[said.index("Local statements") + 1] == "None so far."
    assert "Changed so far:" not in said


def test_a_missing_service_says_what_is_not_asked_and_why() -> None:
    card = CARDS["local"].content
    said = texts(card)
    assert (
        "Patient Advice and Liaison Service (PALS) is not provided: 13a, 13b and 13c are not asked."
    ) in said
    assert f"Reason: {NO_PALS}" in said
    assert opened(button(card, "Change this")) == ("not_provided", 0, "PALS")
    other = CARDS["local nothing"].content
    assert "Patient Advice and Liaison Service (PALS): 13a, 13b and 13c are asked." in texts(other)
    assert opened(button(other, "We have no PALS")) == ("not_provided", 0, "PALS")


def test_areas_with_local_words_are_named_and_any_area_can_be_opened() -> None:
    card = CARDS["local"].content
    said = texts(card)
    start = said.index("Changed so far:")
    assert said[start + 1] == "Area 13: Advice and ideas (local title)"
    assert said[start + 2] == "Area whose words you want to change"
    sent = press(card, "Open this area’s words", area="13")
    assert opened(sent) == ("local_help", 13, "")
    nothing = texts(CARDS["local without areas"].content)
    assert "No area is in scope yet." in nothing
    assert "area" not in inputs(CARDS["local without areas"].content)


def test_it_leads_back_to_the_check_and_to_a_new_statement() -> None:
    card = CARDS["local"].content
    assert opened(button(card, "Back to the check"))[0] == "check"
    assert opened(button(card, "Add a local statement"))[0] == "local_statement"


# --- a local statement ------------------------------------------------------------------------


def test_a_statement_is_posted_with_its_area_help_and_nonce() -> None:
    card = CARDS["local statement"].content
    sent = press(card, "Add this statement", area="13", text=ROOM, plain="A place to sit.")
    added = parse(sent["verb"], sent["data"])
    assert added == LocalAdd(review=7, nonce=NONCE, area="13", text=ROOM, plain="A place to sit.")
    assert opened(button(card, "Add nothing"))[0] == "local"
    titles = [each["title"] for each in inputs(card)["area"]["choices"]]
    assert len(titles) == len(AREAS)
    assert "Area 13: Advice and ideas (local title)" in titles


def test_a_statement_that_was_refused_keeps_what_was_typed() -> None:
    card = CARDS["local statement refused"].content
    said = texts(card)
    for field, label in (("area", "Area that it is asked with"),
                         ("text", "The statement (up to 600 characters)")):  # fmt: skip
        assert said[said.index(label) - 1] == NO_STATEMENT.problems[field]
    assert inputs(card)["plain"]["value"] == "A place to sit."


# --- an area's own words ----------------------------------------------------------------------


@pytest.mark.covers("R62")
def test_every_statement_stands_whole_with_our_line_and_room_for_a_local_one() -> None:
    card = CARDS["local help"].content
    said = texts(card)
    assert "Ours: Advice service and wider evidence" in said
    for each in EDITION.area(13).indicators:
        start = said.index(f"Area {each.code}")
        assert said[start + 1 : start + 4] == [
            each.text,
            f"Ours: {each.plain}",
            f"Your line of help with {each.code} (up to 400 characters)",
        ]
    assert "To bring our words back, type “none”." not in said


def test_local_words_are_filled_in_and_posted_by_their_ids() -> None:
    card = CARDS["local help given"].content
    assert "To bring our words back, type “none”." in texts(card)
    assert inputs(card)["title"]["value"] == "Advice and ideas"
    sent = press(card, "Save these words", help_13e="Ours is red.")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, LocalHelp)
    assert saved.area == 13
    assert saved.fields == {
        "title": "Advice and ideas", "help_13d": "Our box.", "help_13e": "Ours is red.",
    }  # fmt: skip
    assert set(saved.shown) == {"title", *(f"help_13{letter}" for letter in "abcdefgh")}


def test_words_that_were_refused_or_changed_elsewhere_are_still_there() -> None:
    refused = CARDS["local help refused"].content
    said = texts(refused)
    label = "Your short title (up to 70 characters)"
    assert said[said.index(label) - 1] == BAD_TITLE.problems["title"]
    assert inputs(refused)["title"]["value"] == "*Advice*"
    moved = CARDS["local help moved"].content
    assert "Stored now: Theirs" in texts(moved)
    assert inputs(moved)["help_13d"]["value"] == "Mine"


def test_a_card_about_one_area_refreshes_to_that_area() -> None:
    data = CARDS["local help"].content["refresh"]["action"]["data"]
    assert opened({"verb": "setup.show", "data": data}) == ("local_help", 13, "")
    data = CARDS["not provided"].content["refresh"]["action"]["data"]
    assert opened({"verb": "setup.show", "data": data}) == ("not_provided", 0, "PALS")


# --- a missing service ------------------------------------------------------------------------


@pytest.mark.covers("R09")
def test_the_statements_that_would_not_apply_stand_there_whole() -> None:
    card = CARDS["not provided"].content
    said = texts(card)
    for code in ("13a", "13b", "13c"):
        assert f"{code}: {EDITION.indicator(code).text}" in said
    sent = press(card, "Save this reason", reason=NO_PALS)
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, NotProvided)
    assert (saved.service, saved.reason, saved.provided) == ("PALS", NO_PALS, False)
    assert set(saved.shown) == {"reason"}
    assert "We do have PALS" not in said


def test_a_service_can_be_said_to_be_there_after_all() -> None:
    card = CARDS["not provided any more"].content
    assert inputs(card)["reason"]["value"] == NO_PALS
    undone = button(card, "We do have PALS")
    saved = parse(undone["verb"], undone["data"])
    assert isinstance(saved, NotProvided)
    assert saved.provided
    assert undone["associatedInputs"] == "none"


def test_no_card_lets_anyone_type_over_the_frameworks_words() -> None:
    official = {each.text for area in EDITION.areas for each in area.indicators}
    for face in CARDS.values():
        assert official.isdisjoint(
            str(field.get("value")) for field in inputs(face.content).values()
        )
    assert adapted(EDITION, LOCAL).levels == EDITION.levels
