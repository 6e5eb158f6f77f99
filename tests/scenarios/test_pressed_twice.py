"""The same press twice, two devices, old clients: nothing is lost, and nothing happens twice."""

import pytest

from tests.scenarios.play import Cast, Person
from tests.scenarios.scenes import (
    BUT_A_FEW,
    PROVIDER,
    TOLD,
    a_review_has_begun,
    a_review_is_ready,
    everyone_has_the_app,
)

ON_BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
SHOWN_BEFORE = "Something changed after this card was shown. Both versions are here."


@pytest.fixture
def des(cast: Cast) -> Person:
    """Des, with this week's message before him: areas 2 and 3."""
    a_review_has_begun(cast, scope="2,3", without=BUT_A_FEW)
    (person,) = cast("des")
    return person


@ON_BOTH
def test_a_press_delivered_five_times_saves_once(des: Person) -> None:
    des.opens_area(2)
    read = des.presses("Save levels and go on to words", times=5, **des.every("achieving"))
    assert "Step 2 of 2: words." in read
    typed = {"source": "survey", "kind": "quantitative", "evidence": "Two in three."}
    read = des.presses("Save my view", times=5, where_now="In 2 wards.", **typed)
    assert read.count("Two in three.") == 1
    assert "Area 2 is answered. Thank you." in read
    read = des.reads()
    assert read.count("Two in three.") == 1


@ON_BOTH
def test_what_a_lead_presses_twice_happens_once_and_reads_alike(cast: Cast) -> None:
    amina = a_review_is_ready(cast, scope="2,3")
    assert "Your review has started" in amina.presses("Start the review", times=3)
    cast.time.goes_to("2026-11-30 09:00")
    cast.hears()
    cast.time.goes_to("2026-12-01 10:00")
    amina.says("outstanding")
    read = amina.presses("Remind those who have not answered", times=3)
    assert "We are reminding\nDes Barrett, Grace Adeyemi" in read
    assert cast.hears("des", "grace") == {"des": [TOLD], "grace": [TOLD]}
    amina.presses("See the review")
    amina.presses("Change a closing day")
    read = amina.presses("Save the new closing day", times=3, area="2", until="2026-12-18")
    assert "Area 2 now closes at 5pm on Friday 18 December 2026." in read
    amina.presses("Cancel this review")
    read = amina.presses("Cancel this review", times=3, reason="The trusts are merging.")
    assert "This review is cancelled. Nobody is asked anything more." in read
    assert "Please check" not in read


@ON_BOTH
def test_one_person_without_teams_is_added_once(cast: Cast) -> None:
    everyone_has_the_app(cast)
    (amina,) = cast("amina")
    amina.says("start a review")
    amina.presses("Save and go on", provider=PROVIDER)
    amina.presses("Save and go on")
    amina.presses("Save and go on")
    amina.presses("Add someone without Teams")
    new = {"name": "Doris Whitfield", "perspective": "people_and_carers"}
    read = amina.presses("Add this person", times=3, **new)
    assert "1 person in the group so far." in read


def test_a_second_tap_on_start_a_review_makes_one_review(cast: Cast) -> None:
    everyone_has_the_app(cast)
    (amina,) = cast("amina")
    amina.says("start a review")
    amina.presses("Save and go on", title="The first", provider=PROVIDER)
    amina.says("start a review")
    assert amina.sees_filled_in()["title"] == "The first"
    amina.says("my areas")
    assert amina.sees_buttons().count("Carry on with the set-up") == 1


# --- two devices ------------------------------------------------------------------------------


@ON_BOTH
def test_a_stale_card_merges_and_shows_what_differs(des: Person) -> None:
    des.opens_area(2)
    phone = des.has_another_device()
    des.presses("Save levels and stop here", level_2a="progressing")
    read = phone.presses("Save levels and stop here", level_2a="excelling", level_2b="achieving")
    assert SHOWN_BEFORE in read
    assert "Stored now: Progressing" in read
    assert "You typed: Excelling" in read
    assert phone.sees_filled_in() == {"level_2a": "excelling", "level_2b": "achieving"}
    des.leaves_and_comes_back()
    des.opens_area(2)
    assert des.sees_filled_in() == {"level_2a": "progressing", "level_2b": "achieving"}
    read = phone.presses("Save levels and stop here")
    assert "Area 2a\nExcelling" in read


def test_words_typed_on_two_devices_are_both_there_to_choose_from(des: Person) -> None:
    des.opens_area(3)
    des.presses("Save levels and go on to words", **des.every("progressing"))
    phone = des.has_another_device()
    des.presses("Save my view", where_now="Written at the desk.", what_do="Ask the porters.")
    read = phone.presses("Save my view", where_now="Written on the ward.", what_good="More of us.")
    assert SHOWN_BEFORE in read
    assert "Stored now: Written at the desk." in read
    assert phone.sees_filled_in()["where_now"] == "Written on the ward."
    assert phone.sees_filled_in()["what_do"] == "Ask the porters."
    read = phone.presses("Save my view")
    assert "Written on the ward." in read
    assert "More of us." in read
    assert "Ask the porters." in read
    assert "Written at the desk." not in read


def test_an_emptied_input_never_erases(des: Person) -> None:
    des.opens_area(3)
    des.presses("Save levels and go on to words", **des.every("progressing"))
    des.presses("Save my view", where_now="We have a plan.")
    des.presses("Change my words")
    read = des.presses("Save my view", where_now="")
    assert "We have a plan." in read
    des.presses("Clear something")
    read = des.presses("Clear these", what="where_now")
    assert "We cleared what you chose. The rest of your answer is kept." in read
    assert "We have a plan." not in read
    assert "Area 3a\nProgressing" in read


def test_the_stored_message_follows_a_saved_press(cast: Cast, des: Person) -> None:
    cast.hears()
    des.answers(2, "achieving")
    cast.time.passes(minutes=2)
    des.leaves()
    assert "1 area to do: about 2 minutes in all." in des.reads()
    assert "Area 2: Leadership development and training\nAnswered." in des.reads()
    assert cast.hears() == {}


def test_a_message_is_not_changed_while_someone_may_be_typing(cast: Cast, des: Person) -> None:
    des.opens_area(2)
    cast.time.goes_to("2026-11-30 16:00")
    assert "Step 1 of 2: levels." in des.reads()
    read = des.presses("Save levels and stop here", level_2a="achieving")
    assert "1 of 3 rated, the rest can wait." in read


# --- old clients ------------------------------------------------------------------------------


def test_an_old_client_is_answered_by_an_update_of_the_message(des: Person) -> None:
    message = des.newest()
    des.presses("Start with area 2", old_client=True)
    assert "Step 1 of 2: levels." in des.reads(message)
    read = des.presses(
        "Save levels and go on to words", old_client=True, **des.every("progressing")
    )
    assert "Your levels are saved. Every statement is rated." in read
    read = des.presses("Save my view", old_client=True, where_now="Old phone, new words.")
    assert "Area 2 is answered. Thank you." in read
    assert "Old phone, new words." in read
    assert des.newest() == message


def test_what_an_old_client_typed_is_shown_back_when_it_cannot_be_taken(des: Person) -> None:
    des.presses("Start with area 2", old_client=True)
    des.presses("Save levels and go on to words", old_client=True, **des.every("progressing"))
    link = "http://www.example.nhs.uk/report"
    read = des.presses(
        "Save my view", old_client=True, link=link, source="survey", kind="qualitative"
    )
    assert "This link does not start with https." in read
    assert des.sees_filled_in()["link"] == link
