"""The first round's last weeks: closing days, reminders, Christmas, and its end."""

from tests.scenarios.play import Cast, Person
from tests.scenarios.scenes import DIGEST, TOLD, first_message

ONE_THING = "Experience of care review: 1 thing waits for you"
TWO_THINGS = "Experience of care review: 2 things wait for you"
DIGESTS = {key: [DIGEST] for key in ("amina", "tom", "kasia")}  # on Mondays, to who leads

# --- the third week ---------------------------------------------------------------------------


def the_closing_day(cast: Cast) -> None:
    des, kasia, peter, amina = cast("des", "kasia", "peter", "amina")
    first = {each.key: first_message(each) for each in (des, kasia)}
    cast.time.goes_to("2026-12-14 09:00")
    reached = ("amina", "tom", "peter", "kasia", "des", "grace", "joan")
    assert cast.hears() == {key: [TOLD, *DIGESTS.get(key, ())] for key in reached}
    assert "5 areas to do" in peter.reads()
    amina.says("review")
    assert "Sunil Rao: They have blocked the app in Teams." in amina.reads()
    cast.time.goes_to("2026-12-14 16:59")
    kasia.opens_area(1, first["kasia"])
    kasia.presses("Change my answer", on=first["kasia"])
    read = kasia.presses("Save levels and stop here", on=first["kasia"], level_1a="excelling")
    assert "Area 1a\nExcelling" in read
    peter.presses("Start with area 1")
    des.opens_area(1, first["des"])
    des.presses("Change my words", on=first["des"])
    cast.time.goes_to("2026-12-14 17:05")
    peter.presses("Save levels and go on to words", **peter.every("progressing"))
    read = peter.presses("Save my view", where_now="We are late, but we are here.")
    assert "Area 1 is answered. Thank you." in read
    assert "We are late, but we are here." in read
    cast.time.goes_to("2026-12-14 17:20")
    late = "The new strategy went to every porter today."
    read = des.presses("Save my view", on=first["des"], where_now=late)
    assert (
        "This round closed on Monday 14 December 2026. Your earlier answer is kept. "
        "Ask your lead if you need to change it. "
        "What you just sent is not part of your answer, but we kept it for you to copy."
    ) in read
    assert "Kept for you to copy" in read
    assert late in read
    assert "Porters have not seen the strategy." in read


def the_morning_after(cast: Cast) -> None:
    des, grace = cast("des", "grace")
    first = first_message(grace)
    cast.time.goes_to("2026-12-14 22:00")
    grace.leaves()
    assert "Area 1: Strategy, plan and partnership\nAnswered." in grace.reads(first)
    assert cast.hears("des", "peter", "kasia") == {}
    cast.time.goes_to("2026-12-15 09:00")
    assert "Area 1: Strategy, plan and partnership\nThis round has closed." in grace.reads(first)
    read = des.presses("See my answer to area 1", on=first_message(des))
    assert "Kept for you to copy" in read
    heard = cast.hears("des", "peter", "kasia", "grace", "joan", "tom")
    assert set(heard) == {"tom"}  # one message says that two areas wait for him to draft
    assert len(heard["tom"]) == 1


def the_lead_reminds(cast: Cast) -> None:
    amina, des, joan, grace = cast("amina", "des", "joan", "grace")
    for number in (22, 23):
        des.answers(number, "achieving")
    joan.uninstalls()
    cast.time.goes_to("2026-12-16 10:00")
    amina.says("outstanding")
    cast.hears()
    read = amina.reads()
    assert "You see who has not answered. You never see what anyone said." in read
    assert "You can remind 4 people now." in read
    assert (
        "Waiting for Amina Yusuf, Grace Adeyemi, Kasia Nowak, Peter Marsh and Tom Okafor." in read
    )
    assert "Our messages do not reach Joan Pettifer and Sunil Rao." in read
    tablet, who = amina.has_another_device(), amina.newest()
    read = amina.presses("Remind those who have not answered")
    assert "We are reminding\nGrace Adeyemi, Kasia Nowak, Peter Marsh and Tom Okafor" in read
    assert "We could not remind\nJoan Pettifer and Sunil Rao" in read
    assert cast.hears() == {key: [TOLD] for key in ("tom", "peter", "kasia", "grace")}
    assert "Your lead asks you to answer, if you can." in grace.reads()
    cast.time.goes_to("2026-12-17 10:00")
    read = tablet.presses("Remind those who have not answered")
    assert "We did not remind anyone this time." in read
    assert "Reminded already\nGrace Adeyemi, Kasia Nowak, Peter Marsh and Tom Okafor" in read
    amina.presses("Who has not answered", on=who)
    assert "There is nobody to remind now." in amina.reads(who)
    owing = ("amina", "tom", "peter", "kasia", "grace")
    assert cast.hears() == {key: [TOLD] for key in owing}  # it was due this morning
    assert "Areas 13 and 14 close at 5pm on Monday 21 December 2026." in grace.reads()


def a_round_closes_early(cast: Cast) -> None:
    amina, grace = cast("amina", "grace")
    amina.says("review")
    read = amina.presses("Close a round early")
    assert "No round can close early yet." in read
    assert "An area needs answers from 5 people and 3 perspectives, at least one" in read
    for each in cast("tom", "peter", "kasia", "grace"):
        each.answers(23, "progressing")
    amina.says("review")
    amina.presses("Close a round early")
    read = amina.presses("Close this round early")
    assert "Area 23 closes at 5pm on Thursday 17 December 2026." in read
    amina.presses("Change a closing day")
    which = {"area": "22"}
    read = amina.presses("Save the new closing day", until="2027-01-02", **which)
    assert "Choose a working day after today." in read
    assert amina.sees_filled_in() == {"until": "2027-01-02", **which}
    read = amina.presses("Save the new closing day", until="2027-01-05")
    assert "Area 22 now closes at 5pm on Tuesday 5 January 2027." in read
    cast.hears()
    cast.time.goes_to("2026-12-18 09:00")
    assert "Area 23: Ideas and recognition\nThis round has closed." in grace.reads()
    assert set(cast.hears()) == {"amina"}  # it waits for her to draft


# --- Christmas ----------------------------------------------------------------------------------


def christmas_is_quiet(cast: Cast) -> None:
    peter, grace = cast("peter", "grace")
    cast.time.goes_to("2026-12-21 09:00")
    owing = ("amina", "tom", "peter", "kasia", "grace")
    assert cast.hears() == {key: [TOLD, *DIGESTS.get(key, ())] for key in owing}
    assert "Area 22 closes at 5pm on Tuesday 5 January 2027." in grace.reads()
    peter.answers(22, "progressing")
    old = grace.newest()
    cast.time.goes_to("2026-12-22 09:02")
    read = grace.reads(old)
    assert "A newer message has taken over." in read
    assert "Area 13: Advice service and wider evidence\nThis round has closed." in read
    assert "1 area to do: about 2 minutes in all." in read
    half_time = "A reminder\nArea 22 closes at 5pm on Tuesday 5 January 2027."
    assert half_time in grace.reads()
    assert cast.hears() == {key: [TOLD] for key in ("amina", "tom", "kasia", "grace")}
    (kasia,) = cast("kasia")
    assert half_time not in kasia.reads()  # two areas wait for her to draft: her news says it too
    assert "Waiting for you as area lead" in kasia.reads()
    cast.time.goes_to("2026-12-28 23:00")
    assert cast.hears() == {"amina": [ONE_THING]}
    (amina,) = cast("amina")
    assert "Its draft is due today, Thursday 24 December 2026." in amina.reads()
    cast.time.goes_to("2026-12-29 09:00")
    owing = ("amina", "tom", "kasia", "grace")
    assert cast.hears() == {key: [TOLD, *DIGESTS.get(key, ())] for key in owing}
    cast.time.goes_to("2026-12-30 23:00")  # drafts are due, and one was due a week ago
    assert cast.hears() == {"tom": [ONE_THING], "kasia": [TWO_THINGS]}
    cast.time.goes_to("2027-01-03 23:00")  # on Thursday two working days are left
    assert cast.hears() == {key: [TOLD] for key in owing}
    cast.time.goes_to("2027-01-04 09:00")
    assert cast.hears() == {key: [TOLD, *DIGESTS.get(key, ())] for key in owing}


def the_review_is_cancelled(cast: Cast) -> None:
    amina, grace, des, tom = cast("amina", "grace", "des", "tom")
    grace.opens_area(22)
    typed = grace.every("progressing")
    amina.says("review")
    read = amina.presses("Cancel this review")
    assert "Everything saved so far is kept. People can still see their own answers." in read
    read = amina.presses("Cancel this review", reason="Our trust is merging.")
    assert "This review is cancelled. Nobody is asked anything more. Every answer is kept." in read
    read = grace.presses("Save levels and go on to words", **typed)
    assert (
        "This review was cancelled. Everything saved before is kept. "
        "What you just sent is not part of your answer, but we kept it for you to copy."
    ) in read
    assert "Area 22a\nProgressing" in read
    cast.hears()
    cast.time.goes_to("2027-01-05 09:00")
    over = "This review was cancelled. Nobody is asked anything more. What you saved is kept."
    for each in (des, tom):
        each.leaves()
        assert over in each.reads(_weekly(each))
    assert "Area 22: Involving people in change\nSet aside." in tom.reads(_weekly(tom))
    read = des.presses("See my answer to area 22")
    assert "This review was cancelled. You do not need to answer it." in read
    assert "What you saved is kept, as shown below." in read
    assert "Area 22a\nAchieving" in read
    cast.time.goes_to("2027-01-20 12:00")
    assert cast.hears() == {}
    grace.says("my areas")
    assert "Nothing is open for you now." in grace.reads()


def _weekly(person: Person) -> str:
    """The newest of someone's messages about areas: a digest may have come after it."""
    of_areas = [each["id"] for each in person.messages() if "Your areas" in str(each["card"])]
    return str(of_areas[-1])
