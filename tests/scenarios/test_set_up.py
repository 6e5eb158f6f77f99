"""Setting up a review, as its lead lives it."""

import pytest

from eocif.sample import load
from tests.scenarios.play import Cast, HeldBack, Person
from tests.scenarios.scenes import (
    PROVIDER,
    a_review_is_ready,
    doris_joins,
    everyone_has_the_app,
    leads_sections,
    names_function,
    picks,
    the_group_is_chosen,
)

AMINA, RUTH = (load().person(key).entra_id for key in ("amina", "ruth"))
TWO_LEADS = pytest.mark.parametrize("leads", [(AMINA, RUTH)])


@pytest.fixture
def amina(cast: Cast) -> Person:
    """The lead, with the first step of a new review before her."""
    everyone_has_the_app(cast)
    (lead,) = cast("amina")
    lead.says("Could I start a review, please?")
    return lead


@pytest.mark.covers("R11")
@pytest.mark.covers("R12")
def test_a_lead_sets_up_a_review_step_by_step(amina: Person) -> None:
    assert "Step 1 of 6: about the review" in amina.reads()
    read = amina.presses("Save and go on", provider=PROVIDER, forum="Quality committee")
    assert "All 23 areas are in scope. If that is right, go on." in read
    read = amina.presses("Save and go on")
    assert "The first message goes out on Monday 30 November 2026." in read
    assert "Nobody is in the group yet." in amina.presses("Save and go on")
    the_group_is_chosen(amina)
    assert "Added to the group." in doris_joins(amina)
    read = amina.reads()
    assert "9 people in the group so far. 3 perspectives have nobody yet." in read
    assert "Grace Adeyemi, Doris Whitfield" in read or "Doris Whitfield, Grace Adeyemi" in read
    assert "Ruth Hollis" in read
    amina.presses("Go on to area leads")
    read = leads_sections(amina, lead_1="Tom", lead_3="Kasia")
    assert "Everything is ready. Nothing goes out before you start." in read
    assert (
        "Nobody speaks yet for: Voluntary and community, Care board and partners, Volunteers."
    ) in read
    assert "86 statements" in read
    assert "You see names once a round closes. Area leads do not. Other members never do." in read
    assert "Doris Whitfield. Area leads are asked to record their answers." in read
    read = amina.presses("Start the review")
    assert "Your review has started" in read
    assert "On Monday 30 November 2026 each member gets a message with areas 1 to 5." in read


@pytest.mark.covers("R61")
def test_what_is_left_out_of_scope_is_said_and_never_asked(cast: Cast) -> None:
    amina = a_review_is_ready(cast, scope="2,3")
    assert "5 statements" in amina.reads()
    amina.presses("Start the review")
    amina.says("review")
    assert "In scope" in amina.reads()
    assert "areas 2 and 3 of section 1 (Leadership)" in amina.reads()
    cast.time.goes_to("2026-11-30 09:00")
    (des,) = cast("des")
    assert "2 areas to do: about 5 minutes in all." in des.reads()
    assert "Area 1:" not in des.reads()


def test_a_team_s_list_can_be_ticked_instead_of_searched(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    for _ in range(2):
        amina.presses("Save and go on")
    amina.presses("Add people", where={"perspective": "clinical_leaders"})
    read = amina.presses("Choose from the team’s list instead")
    assert "Sunil Rao (guest)" in read
    people = {each["title"]: each["value"] for each in amina.choices("picked")}
    both = f"{people['Tom Okafor']},{people['Ruth Hollis']}"
    read = amina.presses("Save and finish choosing", picked=both)
    assert "Tom Okafor" in read
    assert "Ruth Hollis" in read
    amina.presses("Choose from the team’s list instead")
    read = amina.presses("Save and finish choosing", picked=people["Tom Okafor"])
    assert "Ruth Hollis" not in read


# --- slips ----------------------------------------------------------------------------------


def test_an_over_long_name_is_kept_whole_with_the_number_to_cut(amina: Person) -> None:
    name = "Experience " * 19
    read = amina.presses("Save and go on", title=name, provider=PROVIDER)
    assert "Step 1 of 6: about the review" in read
    assert "Name of the review is too long. Cut 8 characters. What you typed is still here." in read
    assert amina.sees_filled_in()["title"] == name.strip()
    assert amina.sees_filled_in()["provider"] == PROVIDER
    assert "Step 2 of 6: what is in scope" in amina.presses("Save and go on", title=name[:11])


def test_a_scope_with_no_area_is_refused_and_the_earlier_one_stays(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    read = amina.presses("Save and go on", **{f"section_{number}": "" for number in range(1, 6)})
    assert "No area is chosen. Choose at least one. Your earlier choice is kept." in read
    assert "All 23 areas are in scope." in read
    assert "Step 3 of 6: pace and dates" in amina.presses("Save and go on", section_2="5,6")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("pace", "0", "Type a whole number of areas a week from 1 to 23."),
        ("pace", "lots", "Type a whole number of areas a week from 1 to 23."),
        ("answer_days", "61", "Type a whole number of working days from 1 to 60."),
    ],
)
def test_a_number_that_cannot_be_is_shown_back(
    amina: Person, field: str, typed: str, sentence: str
) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    amina.presses("Save and go on")
    read = amina.presses("Save and go on", **{field: typed})
    assert "Step 3 of 6: pace and dates" in read
    assert sentence in read
    assert amina.sees_filled_in()[field] == typed


def test_a_first_day_in_the_past_is_refused_by_teams_and_by_the_bot(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    amina.presses("Save and go on")
    with pytest.raises(HeldBack, match="Choose Thursday 26 November 2026 or later"):
        amina.presses("Save and go on", start_on="2026-11-25")
    phone = amina.has_another_device()
    read = phone.presses("Save and go on", start_on="2026-11-25")
    assert (
        "Wednesday 25 November 2026 has passed or is too late today. "
        "Choose Thursday 26 November 2026 or later."
    ) in read
    assert phone.sees_filled_in()["start_on"] == "2026-11-25"
    read = phone.presses("Save and go on", start_on="next Monday")
    assert "We could not read this date. Type it like 18 February 2028." in read
    assert phone.sees_filled_in()["start_on"] == "next Monday"
    read = phone.presses("Save and show the dates", start_on="7 December 2026")
    assert "The first message goes out on Monday 7 December 2026." in read


def test_a_pace_that_cannot_finish_says_which_would(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    amina.presses("Save and go on")
    read = amina.presses("Save and go on", pace="2", finish_by="2027-01-29")
    assert "At 2 areas a week the first round ends on Monday 1 March 2027." in read
    assert "Ask for 4 areas a week, or finish later than Friday 29 January 2027." in read
    assert amina.sees_filled_in()["pace"] == "2"
    assert amina.sees_filled_in()["finish_by"] == "2027-01-29"
    assert "Step 4 of 6: the review group" in amina.presses("Save and go on", pace="4")


def test_an_empty_group_cannot_start_and_one_gap_can(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    for _ in range(2):
        amina.presses("Save and go on")
    amina.presses("Go on to area leads")
    read = amina.presses("Save and go on")
    assert "Nobody is in the review group. Add at least one person." in read
    assert "Start the review" not in amina.sees_buttons()
    amina.presses("Change the group")
    with pytest.raises(AssertionError, match="Nobody is chosen"):
        _press_for_nobody(amina)
    amina.presses("Back to the group")
    picks(amina, "named_functions", ["amina"])
    amina.says("review")
    assert "Someone speaks for a named function, but which one is not set." in amina.reads()
    amina.presses("Change the group")
    names_function(amina, "experience_of_care")
    amina.says("review")
    read = amina.reads()
    assert "Start the review" in amina.sees_buttons()
    assert "Your group is too small for that so far." in read
    assert "You can start all the same, and add people later." in read


def _press_for_nobody(lead: Person) -> None:
    lead.presses("Add people", where={"perspective": "volunteers"})
    read = lead.presses("Add these people")
    raise AssertionError(read)


def test_a_name_is_needed_for_someone_without_teams(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    for _ in range(2):
        amina.presses("Save and go on")
    amina.presses("Add someone without Teams")
    read = amina.presses("Add this person", needs="Large print. Prefers the phone.")
    assert "Type the person's name." in read
    assert "Choose the perspective they speak from." in read
    assert amina.sees_filled_in()["needs"] == "Large print. Prefers the phone."


# --- back and forth ---------------------------------------------------------------------------


def test_going_back_loses_nothing(amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    amina.presses("Save and go on", section_1="1")
    read = amina.presses("Back", pace="7")
    assert "Step 2 of 6: what is in scope" in read
    assert amina.sees_filled_in()["section_1"] == "1"
    amina.presses("Back", section_1="1,2")
    assert amina.sees_filled_in()["provider"] == PROVIDER
    amina.presses("Save and go on")
    assert amina.sees_filled_in()["section_1"] == "1,2"
    amina.presses("Save and go on")
    assert amina.sees_filled_in()["pace"] == "7"


def test_leaving_and_coming_back_resumes(cast: Cast, amina: Person) -> None:
    amina.presses("Save and go on", provider=PROVIDER)
    read = amina.presses("Save and finish later", section_1="1,2,3")
    assert "Saved. Type “review” when you want to carry on." in read
    amina.leaves_and_comes_back()
    cast.time.goes_to("2026-11-27 14:00")
    amina.says("review")
    assert "Step 6 of 6: check and start" in amina.reads()
    assert "Nobody is in the review group. Add at least one person." in amina.reads()
    amina.presses("Change the scope")
    assert amina.sees_filled_in()["section_1"] == "1,2,3"
    amina.says("start a review")
    assert amina.sees_filled_in()["provider"] == PROVIDER


@TWO_LEADS
def test_two_people_who_edit_the_same_set_up_lose_nothing(cast: Cast, amina: Person) -> None:
    (ruth,) = cast("ruth")
    ruth.says("review")
    ruth.presses("Change the details")
    amina.presses("Save and finish later", provider=PROVIDER, forum="Quality committee")
    read = ruth.presses("Save and go on", executive_lead="Ruth Hollis", forum="Trust board")
    assert "Something changed after this card was shown. Both versions are here." in read
    assert "Stored now: Quality committee" in read
    assert "You typed: Trust board" in read
    assert ruth.sees_filled_in()["provider"] == PROVIDER
    assert ruth.sees_filled_in()["executive_lead"] == "Ruth Hollis"
    assert ruth.sees_filled_in()["forum"] == "Trust board"
    assert "Step 2 of 6: what is in scope" in ruth.presses("Save and go on")
    amina.says("start a review")
    assert amina.sees_filled_in()["forum"] == "Trust board"
    assert amina.sees_filled_in()["executive_lead"] == "Ruth Hollis"


@TWO_LEADS
def test_who_is_not_listed_as_a_lead_cannot_start_a_review(cast: Cast, amina: Person) -> None:
    (des,) = cast("des")
    des.says("start a review")
    assert "You cannot start a review here. Nothing was changed." in des.reads()
    assert "Ask your experience of care lead to start one." in des.reads()


def test_a_guest_cannot_start_a_review(cast: Cast, amina: Person) -> None:
    (sunil,) = cast("sunil")
    sunil.says("start a review")
    assert "You cannot start a review here. Nothing was changed." in sunil.reads()


def test_in_a_channel_the_answer_comes_to_one_s_own_chat(cast: Cast, amina: Person) -> None:
    (tom,) = cast("tom")
    cast.hears()
    tom.says("start a review", conversation="channel")
    assert "Step 1 of 6: about the review" in tom.reads()
    posts = tom.stage.look("chat?person=des&conversation=channel")["messages"]
    assert "We have answered you in your own chat with this app." in str(posts[-1]["card"])
