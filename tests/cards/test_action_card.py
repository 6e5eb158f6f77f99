"""One action, as its owner, its leads and their deputies see it; and its history."""

from dataclasses import replace

import pytest

from cards.action_card import action
from cards.action_history import DID
from cards.submissions import parse
from cards.time_shapes import ActionAccept, ActionEdit, ActionNew, ActionShow, ActionsShow
from eocif.action_summaries import ActionLine, ActionSummary
from eocif.rules.actions import Event
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, press, read, texts
from tests.cards.samples_actions import (
    AS_LEAD,
    ASKED,
    BACK_WITH_LEAD,
    DONE,
    EVERYTHING,
    FINISHED,
    GONE,
    HISTORY,
    MANY,
    MINE,
    OVERDUE,
    OWN,
    TITLE,
    TO_ACCEPT,
    TO_ANSWER,
    UNDATED,
    UNOWNED,
    entry,
    one_action_cards,
    summary_of,
)
from tests.cards.samples_answering import USER

CARRIED = summary_of(replace(MINE, is_carried=True))


def titles(summary: ActionSummary) -> list[str]:
    """The buttons, in order, less those that only unfold something."""
    shown = actions(action(summary).content)
    return [each["title"] for each in shown if each["type"] == "Action.Execute"]


def after(card: Card, label: str) -> str:
    """What stands right after a label."""
    shown = texts(card)
    return shown[shown.index(label) + 1]


# --- what it says ---------------------------------------------------------------------------


@pytest.mark.covers("R37")
def test_the_owner_reads_what_by_when_how_it_is_measured_and_for_which_area() -> None:
    card = action(OWN).content
    shown = texts(card)
    assert shown[0] == "Action for area 13"
    assert {TITLE, "Under way.", "Due on Thursday 1 April 2027."} <= {*shown}
    assert after(card, "Owner") == "You"
    assert after(card, "How we will measure it") == (
        "Half of those we ask tell us that they were heard."
    )
    assert after(card, "Area lead") == "Tom Okafor"


@pytest.mark.covers("R38", "R40")
def test_tags_stand_by_name() -> None:
    shown = texts(action(OWN).content)
    start = shown.index("Tags")
    assert shown[start + 1 : start + 3] == [
        "Starting with what matters most to people", "Unpaid carers",
    ]  # fmt: skip
    assert after(action(replace(OWN, line=replace(MINE, tags=()))).content, "Tags") == "None"


def test_a_day_that_has_passed_is_said_without_alarm() -> None:
    shown = texts(action(summary_of(OVERDUE, *EVERYTHING)).content)
    start = shown.index("This was due on Wednesday 3 March 2027, 12 days ago.")
    assert shown[start + 1] == "Tell us if the date needs to change."


def test_a_lead_reads_of_the_same_day_without_being_told_to_tell() -> None:
    shown = texts(action(summary_of(replace(OVERDUE, is_mine=False), *AS_LEAD)).content)
    assert "This was due on Wednesday 3 March 2027, 12 days ago." in shown
    assert "Tell us if the date needs to change." not in shown


def test_an_action_without_owner_and_deadline_says_so() -> None:
    card = action(summary_of(UNOWNED, *AS_LEAD, measure="", lead_name="")).content
    assert "Nobody owns this yet." in texts(card)
    assert after(card, "Owner") == "Nobody yet"
    assert after(card, "How we will measure it") == "Not said yet"
    assert after(card, "Area lead") == "Not named"
    assert "Due on" not in read(card)


def test_of_an_owner_without_teams_the_lead_hears() -> None:
    card = action(summary_of(UNDATED, *AS_LEAD)).content
    assert after(card, "Owner") == "Doris Whitfield (without Teams)"
    assert "Reminders of it go to the area’s lead." in texts(card)
    assert "Reminders of it go to the area’s lead." not in texts(action(OWN).content)


def test_one_that_collects_data_says_what_was_looked_at_first() -> None:
    label = "Collects new data. Looked at first"
    told = replace(OWN, collects_data=True, looked_at="The staff survey.")
    assert after(action(told).content, label) == "The staff survey."
    assert after(action(replace(told, looked_at="")).content, label) == "Not said yet"
    assert label not in texts(action(OWN).content)


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (BACK_WITH_LEAD, "Not theirs, because: I have left the ward."),
        (TO_ANSWER, "Date asked for: Friday 30 April 2027"),
        (TO_ANSWER, "The reason: The printer is late."),
        (FINISHED, "What changed for people: People are asked in their first week."),
        (FINISHED, "Its deadline was Thursday 1 April 2027."),
        (GONE, "Withdrawn, because: The ward has closed."),
        (replace(OWN, for_whom="Ruth Hollis"), "You stand in for Ruth Hollis."),
        (BACK_WITH_LEAD, "Its owner said “not mine”. It needs another owner."),
        (TO_ACCEPT, "Please say whether you will do this."),
        (replace(BACK_WITH_LEAD, owner_left=True), "Its owner has left the review group."),
        (CARRIED, "Under way. It goes on in the next review."),
        (CARRIED, "Its deadline was Thursday 1 April 2027."),
    ],
)
def test_what_was_said_of_it_stands_in_its_own_words(summary: ActionSummary, sentence: str) -> None:
    assert sentence in texts(action(summary).content)


@pytest.mark.covers("R36")
def test_what_the_worksheet_says_is_folded_beside_it() -> None:
    card = action(TO_ACCEPT).content
    assert after(card, "What the worksheet says we will do") == "We ask people at home."
    assert "What the worksheet says we will do" not in texts(action(OWN).content)


@pytest.mark.parametrize("name", list(one_action_cards()))
def test_a_preview_never_holds_words_or_names(name: str) -> None:
    face = one_action_cards()[name]
    assert face.preview.startswith("An action for area ")
    assert face.preview.removeprefix("An action for area ").isdecimal()


def test_words_that_could_not_be_taken_wait_to_be_copied() -> None:
    shown = texts(action(replace(OWN, kept={"note": "Far too long."})).content)
    start = shown.index("Kept for you to copy")
    assert shown[start + 2 : start + 4] == ["Your note", "Far too long."]


# --- what can be done -----------------------------------------------------------------------


def test_who_is_asked_accepts_or_says_not_mine_first() -> None:
    assert titles(TO_ACCEPT) == [
        *("I will do this", "Not mine", "Add a note or evidence", "It is done"),
        *("Ask for another date", "See my actions"),
    ]
    pressed = press(action(TO_ACCEPT).content, "I will do this")
    assert parse(pressed["verb"], pressed["data"]) == ActionAccept(action=2)


def test_once_accepted_not_mine_comes_last() -> None:
    assert titles(replace(OWN, history=())) == [
        *("Add a note or evidence", "It is done", "Ask for another date", "Not mine"),
        "See my actions",
    ]


def test_a_lead_answers_about_the_date_first_and_goes_on_to_all_actions() -> None:
    assert titles(replace(TO_ANSWER, history=())) == [
        *("Answer about the date", "Add a note or evidence", "It is done", "Change this action"),
        *("Withdraw it", "Write another for this area", "See all actions", "See my actions"),
    ]
    card = action(TO_ANSWER).content
    for title, wanted in (
        ("Answer about the date", ActionShow(action=8, view="answer_date")),
        ("Change this action", ActionEdit(action=8)),
        ("Write another for this area", ActionNew(review=7, area=9)),
        ("See all actions", ActionsShow(by="all", review=7)),
        ("See my actions", ActionsShow(by="mine")),
    ):
        pressed = press(card, title)
        assert parse(pressed["verb"], pressed["data"]) == wanted


def test_what_came_back_needs_another_owner() -> None:
    assert titles(BACK_WITH_LEAD)[:2] == ["Find another owner", "Add a note or evidence"]
    assert "Change this action" not in titles(BACK_WITH_LEAD)


@pytest.mark.parametrize(
    ("line", "title"), [(UNOWNED, "Choose its owner"), (UNDATED, "Choose its deadline")]
)
def test_what_it_lacks_is_the_leads_first_button(line: ActionLine, title: str) -> None:
    card = action(summary_of(line, *AS_LEAD)).content
    assert titles(summary_of(line, *AS_LEAD))[0] == title
    assert parse("action.edit", press(card, title)["data"]) == ActionEdit(action=line.id)


def test_a_lead_answers_for_someone_without_teams_in_their_name() -> None:
    theirs = summary_of(replace(UNDATED, waits="accept"), "accept", "refuse", *AS_LEAD)
    assert titles(theirs)[:2] == ["They will do this", "They say it is not theirs"]


def test_who_said_not_mine_reads_their_reason_as_theirs_and_can_take_it_after_all() -> None:
    mine = replace(BACK_WITH_LEAD, line=replace(MINE, waits=""), may=frozenset({"accept"}))
    said = read(action(mine).content).replace("\n", "")
    assert "Not yours, because: I have left the ward." in said
    assert titles(mine)[0] == "I will do this"


def test_who_stands_in_answers_in_the_owners_name() -> None:
    deputy = replace(TO_ACCEPT, for_whom="Ruth Hollis")
    assert titles(deputy)[:2] == ["They will do this", "They say it is not theirs"]


def test_a_lead_finds_back_to_all_actions_also_from_one_that_is_settled() -> None:
    onward = titles(replace(GONE, is_lead=True, history=()))
    assert onward == ["Take it up again", "See all actions", "See my actions"]
    assert "See all actions" not in titles(GONE)


def test_what_is_settled_can_be_taken_up_again() -> None:
    assert "Take it up again" in titles(GONE)
    assert "It is done" not in titles(FINISHED)


# --- its history ----------------------------------------------------------------------------


def test_every_kind_of_entry_has_its_words() -> None:
    assert set(DID) == set(Event)


@pytest.mark.covers("R37")
def test_the_history_is_newest_first_and_says_who_did_what() -> None:
    shown = texts(action(summary_of(DONE, history=HISTORY)).content)
    start = shown.index("What has happened so far (11 entries)") + 1
    day = "Wednesday 3 March 2027: "
    assert shown[start : start + 8] == [
        f"{day}Ruth Hollis said it is done.",
        "People at home are asked in their first week.",
        f"{day}Amina Yusuf did not agree to another date: Friday 30 April 2027.",
        "The board meets first.",
        f"{day}Ruth Hollis asked for another date: Friday 30 April 2027.",
        "The printer is late.",
        f"{day}Ruth Hollis added evidence.",
        "Twelve people told us.",
    ]
    assert "Link to example.org" in shown
    shown = texts(action(summary_of(DONE, history=HISTORY[5:])).content)
    assert f"{day}Amina Yusuf changed the owner, from Tom Okafor to Ruth Hollis." in shown
    assert f"{day}Carried this action over from the review before." in shown


def test_a_deadline_that_moved_keeps_the_old_one_and_the_reason() -> None:
    moved = summary_of(MINE, history=(HISTORY[9],))
    shown = read(action(moved).content)
    assert "changed the deadline, from Monday 1 March 2027 to Thursday 1 April 2027." in shown
    assert "Summer." in shown


def test_an_entry_of_a_kind_we_do_not_know_is_still_told() -> None:
    odd = summary_of(MINE, history=(entry("looked at it", before="Once"),))
    assert "Ruth Hollis looked at it: Once." in read(action(odd).content)


def test_a_long_history_is_read_in_pages_and_no_text_is_cut() -> None:
    long, seen, page = replace(OWN, history=MANY), 0, 1
    while True:
        card = action(long, page=page).content
        seen += sum(text.startswith("Entry ") for text in texts(card))
        if not any(each.get("title") == "Earlier entries" for each in actions(card)):
            break
        turn = press(card, "Earlier entries")
        page += 1
        assert parse(turn["verb"], turn["data"]) == ActionShow(action=1, page=page)
    assert seen == len(MANY)
    assert "What has happened so far, continued" in texts(card)
    assert press(card, "Later entries")["data"]["page"] == page - 1
    assert action(long, page=99).content == action(long, page=page).content


def test_the_card_renews_itself_for_its_reader_on_the_same_page() -> None:
    card = action(replace(OWN, history=MANY), page=2, for_user=USER).content
    assert card["refresh"]["action"]["data"] == {"action": 1, "page": 2}
    assert card["refresh"]["userIds"] == [USER]
    assert "refresh" not in action(OWN).content


def test_what_the_last_press_did_stands_at_the_top() -> None:
    assert texts(action(OWN, Feedback("Your note is kept.")).content)[:2] == [
        "Done", "Your note is kept.",
    ]  # fmt: skip


def test_another_date_that_is_asked_for_is_said_to_its_lead() -> None:
    assert "Its owner asks for another date." in texts(action(summary_of(ASKED)).content)
