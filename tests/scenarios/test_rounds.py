"""Rounds, reminders and who can be reached: shorter plays than the whole first round."""

import pytest

from tests.cards import harness
from tests.scenarios.manners import we_kept_our_manners
from tests.scenarios.play import Cast
from tests.scenarios.scenes import DIGEST, TOLD, a_review_has_begun, a_review_is_ready, picks

ON_BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True)
ASKED = ("amina", "tom", "ruth", "peter", "kasia", "des", "grace", "sunil")


@ON_BOTH
def test_a_round_from_the_first_message_to_its_close(cast: Cast) -> None:
    amina = a_review_has_begun(cast, scope="3")
    tom, des, grace = cast("tom", "des", "grace")
    assert cast.hears(*ASKED)["grace"] == [TOLD]
    for each in cast(*ASKED):
        assert "Area 3 is answered. Thank you." in each.answers(3, "progressing")
    amina.says("outstanding")
    assert "Who has not answered yet" in amina.reads()
    assert "8 of 9 have answered." in amina.reads()
    assert "Waiting for" not in amina.reads()
    tom.presses("Record answers for area 3")
    tom.presses("Save levels and go on to words", **tom.every("dont_know"))
    assert "9 people have answered this area so far." in tom.presses("Save their view")
    amina.says("outstanding")
    assert "Everyone has answered everything that is open." in amina.reads()
    amina.says("review")
    assert "Tuesday 1 December 2026: Area 3 closes at 5pm." in amina.reads()
    cast.time.goes_to("2026-12-01 16:59")
    grace.presses("See my answer to area 3")
    grace.presses("Change my answer")
    cast.time.goes_to("2026-12-01 17:05")
    read = grace.presses("Save levels and stop here", level_3a="excelling")
    assert "Area 3a\nExcelling" in read
    cast.time.goes_to("2026-12-01 17:20")
    read = grace.presses("See my answer to area 3")
    assert "This round closed at 5pm on Tuesday 1 December 2026." in read
    assert "Area 3a\nExcelling" in read
    cast.hears()
    cast.time.goes_to("2026-12-02 09:00")
    assert "This round has closed." in des.reads()
    told = "Experience of care review: an area is ready for you to draft"
    assert cast.hears() == {"tom": [told]}
    we_kept_our_manners(cast)


def test_a_reminder_on_the_day_of_a_message_waits_for_the_next_morning(cast: Cast) -> None:
    amina = a_review_has_begun(cast, scope="3")
    cast.hears()
    amina.says("outstanding")
    read = amina.presses("Remind those who have not answered")
    assert "Someone who had a message from us today gets theirs on the next working day." in read
    (des, grace) = cast("des", "grace")
    grace.answers(3, "progressing")
    assert cast.hears("des", "grace") == {}
    cast.time.goes_to("2026-12-01 08:59")
    assert cast.hears("des", "grace") == {}
    cast.time.goes_to("2026-12-01 09:10")
    assert cast.hears("des", "grace") == {"des": [TOLD]}
    assert "Your lead asks you to answer, if you can." in des.reads()
    we_kept_our_manners(cast)


def test_a_reminder_outside_working_hours_waits_for_the_next_working_morning(cast: Cast) -> None:
    amina = a_review_has_begun(cast, scope="3")
    cast.time.goes_to("2026-12-04 18:00")
    cast.hears()
    amina.says("outstanding")
    amina.presses("Remind those who have not answered")
    cast.time.goes_to("2026-12-06 23:00")
    assert cast.hears("des", "grace") == {}
    cast.time.goes_to("2026-12-07 12:00")
    assert cast.hears("des", "grace") == {"des": [TOLD], "grace": [TOLD]}
    we_kept_our_manners(cast)


def test_after_an_outage_of_three_days_people_get_one_message(cast: Cast) -> None:
    amina = a_review_is_ready(cast, scope="1,2,3", pace="1")
    amina.presses("Start the review")
    cast.hears()
    cast.time.begins("2026-12-09 11:00")
    besides = {key: [DIGEST] for key in ("amina", "tom")}  # who leads
    assert cast.hears() == {key: [TOLD, *besides.get(key, ())] for key in ASKED}
    (des,) = cast("des")
    assert "2 areas to do" in des.reads()
    cast.time.goes_to("2026-12-09 20:00")
    assert cast.hears() == {}
    cast.time.goes_to("2026-12-13 20:00")  # on Thursday area 1 has two working days left
    assert cast.hears() == {key: [TOLD] for key in ASKED}
    assert "A reminder\nArea 1 closes at 5pm on Monday 14 December 2026." in des.reads()
    we_kept_our_manners(cast)


def test_a_weekend_start_moves_to_monday_and_a_bank_holiday_to_the_day_after(cast: Cast) -> None:
    amina = a_review_is_ready(cast, scope="2,3", pace="1", start_on="2026-12-21")
    assert "Monday 21 December 2026 to Thursday 7 January 2027" in amina.reads()
    assert "Tuesday 29 December 2026 to Wednesday 13 January 2027" in amina.reads()


def test_who_writes_again_after_blocking_gets_what_did_not_arrive(cast: Cast) -> None:
    amina = a_review_is_ready(cast, scope="3")
    amina.presses("Start the review")
    (des,) = cast("des")
    des.blocks_the_bot()
    cast.time.goes_to("2026-11-30 09:00")
    assert "des" not in cast.hears()
    amina.says("review")
    assert "Des Barrett: They have blocked the app in Teams." in amina.reads()
    des.stage.have("unblock", person="des")
    cast.time.goes_to("2026-12-01 10:00")
    des.says("help")
    assert sorted(des.hears()) == [TOLD, "Help: what you can type"]
    cast.hears()
    amina.says("review")
    assert "Des Barrett: They" not in amina.reads()
    we_kept_our_manners(cast)


def test_a_channel_reads_counts_only(cast: Cast) -> None:
    a_review_has_begun(cast, scope="3")
    des, kasia = cast("des", "kasia")
    des.answers(3, "excelling")
    kasia.says("status", conversation="channel")
    posts = des.stage.look("chat?person=des&conversation=channel")["messages"]
    read = harness.read(posts[-1]["card"])
    assert "Answers in\n1 of 9" in read
    assert "You see counts only here. Names and answers never show in a channel." in read
    assert "Des" not in read
    assert "Excelling" not in read


def test_who_is_in_two_reviews_gets_their_messages_on_two_days(cast: Cast) -> None:
    amina = a_review_is_ready(cast, scope="3")
    amina.presses("Start the review")
    ruth, des = cast("ruth", "des")
    ruth.says("start a review")
    ruth.presses("Save and go on", title="The second review")
    ruth.presses("Save and go on", section_1="2")
    ruth.presses("Save and go on")
    picks(ruth, "service_leads_and_staff", ["des"])
    ruth.presses("Go on to area leads")
    ruth.presses("Save and go on")
    assert "Your review has started" in ruth.presses("Start the review")
    cast.hears()
    cast.time.goes_to("2026-11-30 16:00")
    assert cast.hears("des") == {"des": [TOLD]}
    cast.time.goes_to("2026-12-01 09:00")
    assert cast.hears("des") == {"des": [TOLD]}
    assert "The second review" in des.reads()
    cast.time.goes_to("2026-12-04 16:00")
    assert cast.hears("des") == {}
    we_kept_our_manners(cast)
