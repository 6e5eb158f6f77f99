"""A review that fits its provider: its own rule, statements, words and perspectives."""

import pytest

from eocif.sample import load
from tests.scenarios.play import Cast, Device, Person
from tests.scenarios.scenes import (
    BUT_A_FEW,
    PROVIDER,
    a_review_has_begun,
    everyone_has_the_app,
    leads_sections,
    picks,
    the_group_is_chosen,
)

ROOM = "Every ward has a quiet room."
NO_PALS = "People come to the manager."


@pytest.fixture
def amina(cast: Cast) -> Person:
    """The lead, with the check of a review of area 13 before her."""
    everyone_has_the_app(cast)
    (lead,) = cast("amina")
    lead.says("start a review")
    lead.presses("Save and go on", provider=PROVIDER)
    others = {f"section_{number}": "" for number in (1, 2, 4, 5)}
    lead.presses("Save and go on", section_3="13", **others)
    lead.presses("Save and go on")
    the_group_is_chosen(lead, BUT_A_FEW)
    lead.presses("Go on to area leads")
    leads_sections(lead)
    return lead


def adds(lead: Person, **typed: str) -> str:
    """From the check or the local card: add a local statement."""
    if "Add or change local words" in lead.sees_buttons():
        lead.presses("Add or change local words")
    lead.presses("Add a local statement")
    return lead.presses("Add this statement", **typed)


@pytest.mark.covers("R60")
@pytest.mark.covers("R62")
@pytest.mark.covers("R63")
def test_a_provider_without_pals_adds_a_statement_of_its_own(cast: Cast, amina: Person) -> None:
    assert "8 statements" in amina.reads()
    assert "Local statement L1 is added." in adds(amina, area="13", text=ROOM, plain="A place.")
    amina.presses("We have no PALS")
    read = amina.presses("Save this reason", reason=NO_PALS)
    assert "is not provided: 13a, 13b and 13c are not asked." in read
    amina.presses("Open this area’s words", area="13")
    assert "The provider can provide evidence that practice has changed" in amina.reads()
    read = amina.presses("Save these words", title="Advice and rooms", help_13d="The red box.")
    assert "Area 13: Advice and rooms (local title)" in read
    read = amina.presses("Back to the check")
    assert "6 statements" in read
    assert "Local statements\nL1" in read
    assert f"Not asked: 13a, 13b and 13c\n{NO_PALS}" in read
    amina.presses("Start the review")
    cast.time.goes_to("2026-11-30 09:00")
    (des,) = cast("des")
    read = des.presses("Start with area 13")
    assert "Area 13: Advice and rooms (local title)" in read
    assert "In plain English (local words): The red box." in read
    assert f"Local statement L1\n{ROOM}" in read
    assert "Area 13a" not in read
    read = des.presses("Save levels and go on to words", **des.every("excelling"))
    assert "You chose Excelling for 13d, 13e, 13f, 13g, 13h and local statement L1." in read
    assert "Every statement is rated." in read


def test_an_area_can_be_rated_as_a_whole(cast: Cast, amina: Person) -> None:
    amina.presses("Change how agreement is decided")
    read = amina.presses(
        "Save and go to the check", rating_unit="area", agreement_rule="four_fifths",
        least_people="4", confirm_days="7",
    )  # fmt: skip
    assert "1 level, one for each area as a whole" in read
    assert "When at least 4 in 5 chose the same level." in read
    assert "An area can be agreed only if 4 people from 3 perspectives rate it" in read
    assert "7 working days to answer the draft" in read
    amina.presses("Start the review")
    cast.time.goes_to("2026-11-30 09:00")
    (des,) = cast("des")
    assert "To do: one level, about 3 minutes." in des.reads()
    read = des.presses("Start with area 13")
    assert "You choose one level for the whole area." in read
    assert des.fields() == ["level_13"]
    read = des.presses("Save the level and go on to words", level_13="achieving")
    assert "Your level is saved." in read
    assert "You chose Achieving for area 13." in read
    assert "Area 13 is answered. Thank you." in des.presses("Save my view")


def test_rules_that_cannot_be_come_back_with_what_was_typed(amina: Person) -> None:
    amina.presses("Change how agreement is decided")
    read = amina.presses("Save and go to the check", least_people="two", agreement_rule="seventy")
    assert "Type a whole number of people from 3 to 50." in read
    assert amina.sees_filled_in()["least_people"] == "two"
    assert amina.sees_filled_in()["agreement_rule"] == "seventy"
    read = amina.presses("Save and finish later", least_people="20")
    assert "Saved. Type “review” when you want to carry on." in read
    amina.says("review")
    assert "An area can be agreed only if 20 people from 3 perspectives rate it" in amina.reads()
    assert "Your group is too small for that so far." in amina.reads()


def test_a_statement_that_was_refused_is_still_there_and_a_double_tap_adds_one(
    amina: Person,
) -> None:
    read = adds(amina, text=ROOM)
    assert "Choose the area that it is asked with." in read
    assert amina.sees_filled_in()["text"] == ROOM
    phone: Device = amina.has_another_device()
    read = phone.presses("Add this statement", times=3, area="13")
    assert read.count("Local statement L1") == 2  # in the notice and in the list
    assert "Local statement L2" not in read
    amina.says("review")
    adds(amina, area="13", text="Another one.")
    read = amina.presses("Remove", where={"code": "L1"})
    assert "The statement is removed. Nobody will be asked about it." in read
    assert ROOM not in read
    assert "Local statement L2" in read


def test_local_words_that_cannot_be_taken_come_back(amina: Person) -> None:
    amina.presses("Add or change local words")
    amina.presses("Open this area’s words", area="13")
    read = amina.presses("Save these words", title="**Advice**", help_13d="The red box.")
    assert "The short title must begin with a letter or a number." in read
    assert amina.sees_filled_in()["title"] == "**Advice**"
    amina.presses("Leave as it was")
    amina.presses("We have no PALS")
    assert "Say why PALS is not provided. It is printed." in amina.presses("Save this reason")
    amina.presses("Save this reason", reason=NO_PALS)
    amina.presses("Change this")
    read = amina.presses("We do have PALS")
    assert "Patient Advice and Liaison Service (PALS): 13a, 13b and 13c are asked." in read


# --- perspectives -----------------------------------------------------------------------------


@pytest.mark.covers("R13")
def test_the_list_of_perspectives_changes_while_answers_are_collected(cast: Cast) -> None:
    amina = a_review_has_begun(cast, scope="2,3", without=BUT_A_FEW)
    (grace,) = cast("grace")
    grace.answers(2, "achieving")
    amina.says("review")
    amina.presses("Members")
    amina.presses("Change the group")
    amina.presses("Change the perspectives")
    amina.presses("Change", where={"perspective": "people_and_carers"})
    assert "2 people in the group hold it." in amina.reads()
    assert "This was fixed when the review started." in amina.reads()
    read = amina.presses("Save this perspective", name="Our care panel")
    assert "Our care panel" in read
    amina.presses("Add a perspective")
    read = amina.presses("Add this perspective", name="Our care panel", voice="neither")
    assert "There is already a perspective with this name. Choose another name." in read
    assert amina.sees_filled_in() == {"name": "Our care panel", "voice": "neither"}
    read = amina.presses("Add this perspective", name="Friends of the ward", voice="neither")
    assert "The perspective is added." in read
    amina.presses("Change", where={"perspective": "service_leads_and_staff"})
    read = amina.presses("Take it off the list")
    assert (
        "It is off the list. Those who speak from it still do, and their answers are kept." in read
    )
    amina.presses("Back to the group")
    read = picks(amina, "local_1", ["joan"])
    assert "Friends of the ward\nJoan Pettifer" in read
    assert "Service leads and staff\nDes Barrett\nNo longer on your list" in read
    (des,) = cast("des")
    assert "Area 2 is answered. Thank you." in des.answers(2, "excelling")
    grace.leaves_and_comes_back()
    assert "Area 2 is answered." in grace.opens_area(2)
    assert load().person("joan").name in amina.reads()
