"""The day's reminders: one sentence, one day, one button each."""

from dataclasses import replace
from datetime import date

import pytest

from cards.reminder_rows import closing_soon
from cards.week import week
from eocif.rules.reminding import Kind
from eocif.time_summaries import Remembered
from tests.cards import samples_reminders as samples
from tests.cards.harness import Card, actions, button, inputs, press, read, texts
from tests.cards.samples_answering import HEAD, NEW_WEEK, USER, progress, week_of
from tests.cards.samples_reminders import DRAFT, LATE, ROUND, ROUNDS, TODAY, action, shown

LINE = " · ".join((HEAD.title, HEAD.provider, HEAD.division))
REVIEW, PLACE = {"review": 7}, {"review": 7, "area": 13}


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [each["title"] for each in actions(card)]


@pytest.mark.parametrize(
    ("item", "sentence", "title", "verb", "data"),
    [
        (ROUND, "Your answer is missing. You can answer until 5pm on Thursday 18 March 2027.",
         "Answer area 3", "week.show", {"review": 7, "areas": [3]}),
        (ROUNDS, "Some of your answers are missing. You can answer until 5pm on Thursday 18 March "
         "2027.", "Answer areas 1 to 3", "week.show", {"review": 7, "areas": [1, 2, 3]}),
        (samples.RECORDS, "You record answers for Doris Whitfield and Jo Bell. You can do so until "
         "5pm on Thursday 18 March 2027.", "Record the answers", "week.show",
         {"review": 7, "areas": [3]}),
        (replace(ROUND, due_on=None), "Your answer is missing. You can answer.",
         "Answer area 3", "week.show", {"review": 7, "areas": [3]}),
        (action(), "This is due on Thursday 18 March 2027.",
         "Open this action", "action.show", {"action": 4}),
        (action(is_today=True), "This is due today, Thursday 18 March 2027.",
         "Open this action", "action.show", {"action": 4}),
        (replace(samples.PAPERS, is_today=True), "Its papers close today, Thursday 18 March 2027.",
         "Get a report", "report.show", REVIEW),
        (replace(ROUND, is_today=True), "Your answer is missing. You can answer until 5pm today.",
         "Answer area 3", "week.show", {"review": 7, "areas": [3]}),
        (action(due_on=None), "It has no date yet.",
         "Open this action", "action.show", {"action": 4}),
        (LATE, "This was due on Tuesday 9 March 2027. Tell us if the date needs to change.",
         "Open this action", "action.show", {"action": 4}),
        (samples.NEW, "You are asked to own this action.",
         "Say if you will do it", "action.show", {"action": 4}),
        (action(state="accept"), "You are asked to own this action.",
         "Say if you will do it", "action.show", {"action": 4}),
        (samples.SAID, "Des Barrett asks for another date. Say if you agree.",
         "Open this action", "action.show", {"action": 4}),
        (samples.REFUSED, "Des Barrett says that this is not theirs. Choose who will own it.",
         "Open this action", "action.show", {"action": 4}),
        (DRAFT, "Its draft is due on Thursday 18 March 2027.",
         "Write the draft of area 13", "draft.show", PLACE),
        (samples.CONCLUSION, "Its conclusion was due on Tuesday 9 March 2027.",
         "Conclude area 13", "draft.show", PLACE),
        (samples.LEADS_AWAY, "Tom Okafor leads it and is away.",
         "Write the draft of area 13", "draft.show", PLACE),
        (samples.ESCALATED, "Tom Okafor leads it.", "Conclude area 13", "draft.show", PLACE),
        (samples.SIGN_OFF, "Every area has ended, so this review can be signed off.",
         "Take a last look and sign off", "signoff.show", REVIEW),
        (samples.PAPERS, "Its papers close on Thursday 18 March 2027.",
         "Get a report", "report.show", REVIEW),
        (samples.REASSESS, "The next review is due on Monday 18 March 2030.",
         "Plan the next review", "next.show", REVIEW),
        (samples.EDITION, "NHS England reviews the framework by Friday 18 February 2028.",
         "See this review's dates", "dates.show", REVIEW),
    ],
)  # fmt: skip
def test_each_thing_has_its_sentence_and_its_button(
    item: Remembered, sentence: str, title: str, verb: str, data: dict[str, object]
) -> None:
    card = shown(item).content
    assert sentence in texts(card)
    pressed = press(card, title)
    assert (pressed["verb"], pressed["data"]) == (verb, data)
    assert button(card, title)["style"] == "positive"


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("no_teams", "Des Barrett owns it and takes part without Teams. Please ask how it goes."),
        ("unreachable",
         "Des Barrett owns it, but our messages do not arrive. Please ask how it goes."),
        ("away", "Des Barrett owns it and is away. You stand in for them."),
        ("overdue", "Des Barrett owns it. You lead this work, so we tell you too."),
        ("unowned", "Nobody owns it yet. Choose who will."),
    ],
)  # fmt: skip
def test_who_hears_in_anothers_place_reads_why(why: str, sentence: str) -> None:
    card = shown(action(why_me=why, for_whom="Des Barrett", state="accept")).content
    assert sentence in texts(card)
    assert "Open this action" in titles(card)


def test_an_owner_who_asked_for_another_date_reads_the_answer() -> None:
    card = texts(shown(samples.AGREED, samples.KEPT).content)
    assert "The lead agrees to the date you asked for." in card
    assert "You asked for another date. The lead keeps this one, and says why." in card


def test_a_lead_reads_that_an_owner_without_teams_is_to_be_asked() -> None:
    card = shown(samples.TO_ASK).content
    asked = "is named as its owner and takes part without Teams. Please ask if they will do it."
    assert f"Sam Estates {asked}" in texts(card)
    assert "Open this action" in titles(card)


def test_the_heading_and_the_preview_count_what_is_left_and_say_nothing_else() -> None:
    three = shown(*samples.THREE)
    assert texts(three.content)[0] == "3 things wait for you"
    assert three.preview == "Experience of care review: 3 things wait for you"
    one = shown(action(), replace(LATE, is_over=True))
    assert one.preview == "Experience of care review: 1 thing waits for you"
    assert shown().preview == "Experience of care review: nothing waits for you here"


def test_what_is_over_says_so_and_has_no_button() -> None:
    card = shown(replace(LATE, is_over=True), action(subject="action:9")).content
    assert "Nothing is left to do here. Thank you." in texts(card)
    assert titles(card) == ["Open this action", "Not now", "Reminders and leave"]
    assert button(card, "Open this action")["style"] == "positive"


def test_a_review_is_named_once_where_all_is_of_one_and_on_each_row_where_not() -> None:
    assert texts(shown(action(), DRAFT).content).count(LINE) == 1
    several = texts(shown(*samples.THREE).content)
    assert several.count(LINE) == 2
    assert several.index(LINE) > several.index("Put the PALS poster up on every ward")


def test_that_titles_of_areas_are_ours_stands_where_one_is_shown() -> None:
    ours = "The short titles of areas are ours. They are not part of the framework."
    assert ours in texts(shown(DRAFT).content)
    assert ours not in texts(shown(action()).content)


def test_more_than_fits_is_named_and_counted() -> None:
    card = shown(*samples.many_of(40)).content
    assert titles(card).count("Open this action") == 10
    assert "These follow when the ones above are done:" in texts(card)
    assert "Action number 30" in texts(card)
    assert "Action number 31" not in texts(card)
    assert "And 10 more." in texts(card)
    assert "more." not in read(shown(*samples.many_of(30)).content)


# --- not now --------------------------------------------------------------------------------


def test_not_now_asks_from_which_day_on() -> None:
    card = shown(*samples.THREE).content
    later = [each["data"] for each in actions(card) if each["title"] == "Not now"]
    assert later[1] == {"ids": [31, 32, 33], "later": "action:4"}
    asked = shown(*samples.THREE, later="action:4").content
    assert inputs(asked)["until"]["min"] == "2027-03-17"
    pressed = press(asked, "Remind me from this day", until="2027-03-20")
    assert pressed["verb"] == "reminders.snooze"
    assert pressed["data"] == {"ids": [31, 32, 33], "subject": "action:4", "until": "2027-03-20"}
    assert press(asked, "Back to all reminders")["data"] == {"ids": [31, 32, 33]}


def test_what_is_over_or_unknown_cannot_be_put_off() -> None:
    for item, later in ((replace(LATE, is_over=True), "action:5"), (LATE, "action:99")):
        assert "until" not in inputs(shown(item, later=later).content)


def test_that_the_deadlines_day_is_told_anyway_stands_only_while_it_is_to_come() -> None:
    said = "On the day that it is due, we tell you in any case."
    assert said in texts(shown(action(), later="action:4").content)
    for item in (LATE, replace(LATE, due_on=None), replace(LATE, due_on=TODAY)):
        assert said not in texts(shown(item, later="action:5").content)


def test_a_day_that_cannot_be_comes_back_as_it_was_typed() -> None:
    soon = shown(action(), later="action:4", said=samples.TOO_SOON).content
    assert "Monday 15 March 2027 is too soon." in texts(soon)
    assert inputs(soon)["until"]["value"] == "2027-03-15"
    unread = shown(action(), later="action:4", said=samples.UNREADABLE).content
    assert inputs(unread)["until"]["type"] == "Input.Text"
    assert inputs(unread)["until"]["value"] == samples.UNREADABLE.typed["until"]


# --- along with a weekly message ------------------------------------------------------------


def also(*items: Remembered, **more: object) -> list[str]:
    ids = range(31, 31 + len(items))
    return texts(week(NEW_WEEK, for_user=USER, also=items, also_ids=tuple(ids)).content)


def test_a_weekly_message_has_them_below_its_areas_and_what_is_due_sooner_above() -> None:
    ends, areas = "Also waiting for you", "Area 5: Developing the organisation"
    below, above = also(action()), also(action(due_on=date(2027, 1, 7)))
    assert below.index(ends) > below.index(areas)
    assert above.index(ends) < above.index(areas)
    nothing_left = week_of(progress(5, "answered"))
    alone = texts(week(nothing_left, also=(action(),), also_ids=(31,)).content)
    assert alone.index(ends) < alone.index(areas)


def test_what_the_weekly_message_says_by_itself_has_no_row() -> None:
    led = week(samples.TOLD_LEAD, also=(ROUND, DRAFT), also_ids=(31, 32)).content
    assert "Also waiting for you" not in texts(led)
    assert "Its draft is due on Thursday 18 March 2027." not in texts(led)
    elsewhere = tuple(replace(each, head=samples.OTHER) for each in (ROUND, DRAFT))
    other = week(samples.TOLD_LEAD, also=elsewhere, also_ids=(31, 32)).content
    assert {"Answer area 3", "Its draft is due on Thursday 18 March 2027."} <= set(texts(other))
    assert "Its draft is due on Thursday 18 March 2027." in also(DRAFT)  # which it does not list


def test_the_review_of_the_weekly_message_is_not_named_again() -> None:
    assert also(action()).count(LINE) == 1


# --- rounds ---------------------------------------------------------------------------------


def test_when_rounds_close_is_said_for_each_day() -> None:
    other = replace(ROUNDS, due_on=date(2027, 3, 19))
    assert closing_soon([other, ROUND], today=samples.DUE) == (
        "Area 3 closes at 5pm today. You can still answer. "
        "Areas 1 to 3 close at 5pm on Friday 19 March 2027."
    )
    assert closing_soon([one_without_a_day()], today=TODAY) == ""


def one_without_a_day() -> Remembered:
    return samples.one(Kind.ROUND, due_on=None)
