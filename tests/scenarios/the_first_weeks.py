"""The first round's set-up and its first two weeks, chapter by chapter."""

from eocif.rules import framework
from tests.scenarios.play import Cast
from tests.scenarios.scenes import (
    DIGEST,
    PROVIDER,
    TOLD,
    doris_joins,
    everyone_has_the_app,
    first_message,
    leads_sections,
    picks,
    the_group_is_chosen,
)

IN_THE_GROUP = ("amina", "tom", "ruth", "peter", "kasia", "des", "grace", "sunil")
LEFT = "You are no longer in this review group."


def the_review_is_set_up(cast: Cast) -> None:
    everyone_has_the_app(cast)
    (amina,) = cast("amina")
    amina.says("start a review")
    amina.presses("Save and go on", provider=PROVIDER)
    scope = {"section_1": "1,2", "section_2": "", "section_3": "13,14"}
    amina.presses("Save and go on", **scope, section_4="", section_5="22,23")
    read = amina.presses("Save and show the dates", pace="2")
    assert "Monday 30 November 2026 to Monday 14 December 2026" in read
    assert "Monday 7 December 2026 to Monday 21 December 2026" in read
    assert "Monday 14 December 2026 to Wednesday 30 December 2026" in read
    amina.presses("Save and go on")
    the_group_is_chosen(amina)
    doris_joins(amina)
    amina.presses("Go on to area leads")
    leads_sections(amina, lead_1="Tom", lead_3="Kasia")
    amina.presses("Start the review")
    cast.hears()
    cast.time.goes_to("2026-11-29 20:00")
    assert cast.hears() == {}


# --- the first week ---------------------------------------------------------------------------


def everyone_is_asked_on_monday(cast: Cast) -> None:
    cast.time.goes_to("2026-11-30 09:00")
    assert cast.hears() == {key: [TOLD] for key in IN_THE_GROUP}
    des, tom = cast("des", "tom")
    assert "2 areas to do: about 8 minutes in all." in des.reads()
    assert "Round closes at 5pm on Monday 14 December 2026." in des.reads()
    assert "Only the lead, Amina Yusuf, then sees your name." in des.reads()
    assert "Answers to record for Doris Whitfield" in tom.reads()
    assert "Communication needs: Large print. Prefers the phone, mornings." in tom.reads()
    assert "Doris" not in des.reads()


def des_answers_at_once(cast: Cast) -> None:
    (des,) = cast("des")
    read = des.presses("Start with area 1")
    assert "Section 1: Leadership" in read
    assert "Areas of practice: strategic influence of the community" in read
    assert "Area 1 has 7 statements. Most people take about 5 minutes." in read
    assert framework.edition().area(1).indicators[0].text in read
    assert all(level.definition in read for level in framework.edition().levels)
    assert "This asks about people who do not use services now but need to, or will." in read
    assert "Please do not name or describe someone who could be recognised." in read
    levels = des.every("progressing", level_1a="excelling", level_1b="achieving")
    read = des.presses("Save levels and go on to words", **levels)
    assert "Your levels are saved. Every statement is rated." in read
    assert "Where are we now?" in read
    assert (
        "You chose Excelling for 1a. What evidence shows how this is leading to improvement?"
    ) in read
    assert (
        "You chose Achieving for 1b. Are there any major omissions? If so, what are they?" in read
    )
    read = des.presses(
        "Save and add more evidence", where_now="Porters have not seen the strategy.",
        source="survey", kind="quantitative", evidence="72 of 90 have not heard of it.",
    )  # fmt: skip
    assert "72 of 90 have not heard of it." in read
    read = des.presses("Save my view", source="story", kind="qualitative", evidence="A lost visit.")
    assert "Area 1 is answered. Thank you." in read
    assert "Survey, in numbers" in read
    assert "Someone’s story, in words" in read
    des.presses("Next: area 2")
    des.presses("Save levels and go on to words", **des.every("insufficient_progress"))
    read = des.presses("Save my view")
    assert "You have answered everything for this week. Thank you." in read


def ruth_stops_half_way(cast: Cast) -> None:
    (ruth,) = cast("ruth")
    ruth.answers(2, "achieving")
    ruth.presses("Start with area 1")
    some = {"level_1a": "progressing", "level_1b": "progressing", "level_1c": "achieving"}
    read = ruth.presses("Save levels and stop here", **some)
    assert "3 of 7 rated, the rest can wait." in read
    assert "Carry on with area 1" in ruth.sees_buttons()
    ruth.leaves_and_comes_back()
    assert "3 of 7 rated, the rest can wait." in ruth.reads()
    ruth.presses("Carry on with area 1")
    assert ruth.sees_filled_in() == some


def tom_records_for_doris(cast: Cast) -> None:
    (tom,) = cast("tom")
    tom.says("my areas")
    read = tom.presses("Record answers for area 1")
    assert "You are recording answers for Doris Whitfield." in read
    assert "Confidential: you type this answer, so you see it." in read
    tom.presses("Save levels and go on to words", **tom.every("progressing"))
    read = tom.presses("Save their view", where_now="Nobody asked me before.")
    assert "Area 1 is answered. Thank you." in read
    tom.presses("Next: area 2")
    tom.presses("Save levels and go on to words", **tom.every("dont_know"))
    read = tom.presses("Save their view")
    assert "You have recorded everything for them. Thank you." in read
    tom.presses("Back to my areas")
    assert "Answers to record" not in tom.reads()
    tom.presses("See all my areas")


def the_others_answer(cast: Cast) -> None:
    amina, tom, kasia, grace, sunil = cast("amina", "tom", "kasia", "grace", "sunil")
    for each in (amina, kasia, sunil):
        each.answers(1, "achieving")
        each.answers(2, "progressing")
    read = grace.answers(2, "dont_know")
    assert "Area 2 is answered. Thank you." in read
    assert "I don't know enough to rate this" in read
    assert "Excelling" not in read
    grace.answers(1, "progressing", level_1b="dont_know")
    tom.answers(2, "achieving")
    tom.answers(1, "achieving")
    tom.presses("See my answer to area 1")
    read = tom.presses("Withdraw my answer")
    assert "You will not be asked about this area again." in read
    read = tom.presses("Withdraw my answer")
    assert "Your answer to this area is withdrawn. We deleted its levels and words." in read
    cast.time.goes_to("2026-12-02 11:00")
    read = kasia.presses("See my answer to area 2")
    assert "You can change it until 5pm on Monday 14 December 2026, or sooner" in read
    assert "Change my answer" in kasia.sees_buttons()
    kasia.presses("Change my answer")
    assert kasia.sees_filled_in() == dict.fromkeys(
        ("level_2a", "level_2b", "level_2c"), "progressing"
    )
    read = kasia.presses("Save levels and stop here", level_2b="achieving")
    assert "Area 2b\nAchieving" in read
    cast.hears()


# --- the second week --------------------------------------------------------------------------


def peter_is_a_week_late(cast: Cast) -> None:
    peter, des, amina = cast("peter", "des", "amina")
    old = peter.newest()
    cast.time.goes_to("2026-12-07 09:00")
    besides = {key: [DIGEST] for key in ("amina", "tom", "kasia")}  # who leads
    assert cast.hears() == {key: [TOLD, *besides.get(key, ())] for key in IN_THE_GROUP}
    assert "2 areas to do" in des.reads()
    assert "Area 1:" not in des.reads()
    assert "4 areas to do" in peter.reads()
    assert "Areas 1 and 2 close at 5pm on Monday 14 December 2026." in peter.reads()
    assert "Areas 13 and 14 close at 5pm on Monday 21 December 2026." in peter.reads()
    read = peter.reads(old)
    assert "A newer message has taken over. The buttons below still work." in read
    read = peter.answers(2, "progressing", on=old)
    assert "Area 2 is answered. Thank you." in read
    amina.says("review")
    assert "Tuesday 8 December 2026: Area 2 closes at 5pm." in amina.reads()
    peter.leaves_and_comes_back()
    assert "3 areas to do" in peter.reads()


def a_round_closes_once_everyone_has_answered(cast: Cast) -> None:
    (des,) = cast("des")
    first = first_message(des)
    cast.time.goes_to("2026-12-08 17:30")
    des.leaves()
    assert "This round has closed." not in des.reads(first)
    assert cast.hears("des", "peter") == {}
    cast.time.goes_to("2026-12-09 09:00")
    read = des.reads(first)
    assert "This round has closed." in read
    read = des.presses("See my answer to area 2", on=first)
    assert "This round closed at 5pm on Tuesday 8 December 2026." in read
    assert "What you saved is kept, as shown below." in read
    assert cast.hears("des", "peter") == {}


def ruth_leaves_and_joan_joins(cast: Cast) -> None:
    amina, ruth, joan = cast("amina", "ruth", "joan")
    amina.says("review")
    amina.presses("Members")
    amina.presses("Change the group")
    amina.presses("Change", where={"perspective": "executive_lead"})
    read = amina.presses("Remove")
    assert "They are no longer in the group. Any answers they gave are kept." in read
    picks(amina, "volunteers", ["joan"])
    assert cast.hears("joan") == {"joan": [TOLD]}
    assert "3 areas to do" in joan.reads()
    assert "Area 2:" not in joan.reads()
    ruth.leaves_and_comes_back()
    assert LEFT in ruth.reads(first_message(ruth))
    cast.time.goes_to("2026-12-09 15:00")
    read = ruth.reads()
    assert LEFT in read
    assert "The answers you gave are kept." in read


def the_second_week_goes_on(cast: Cast) -> None:
    des, kasia, joan, sunil = cast("des", "kasia", "joan", "sunil")
    assert "Area 1 is answered. Thank you." in joan.answers(1, "progressing")
    des.presses("Start with area 13")
    assert "Not applicable: PALS is not provided here" in des.reads()
    none = dict.fromkeys(("level_13a", "level_13b", "level_13c"), "not_applicable")
    read = des.presses("Save levels and go on to words", **(des.every("achieving") | none))
    assert "You chose Not applicable for 13a, 13b and 13c. Why do these not apply?" in read
    read = des.presses("Save my view", not_applicable="Our PALS desk closed in 2024.")
    assert "Our PALS desk closed in 2024." in read
    assert "Area 13 is answered. Thank you." in read
    des.presses("Back to this week's areas")
    des.answers(14, "progressing")
    kasia.says("my areas")
    for number in (13, 14):
        kasia.presses(f"Record answers for area {number}")
        kasia.presses("Save levels and go on to words", **kasia.every("progressing"))
        kasia.presses("Save their view")
        kasia.presses("Back to my areas")
    cast.time.goes_to("2026-12-10 12:00")
    sunil.blocks_the_bot()
    cast.hears()
