"""The form of an action: whom to ask, by when, tags by heading, and nothing typed is lost."""

from dataclasses import replace

import pytest

from cards.action_form import MOST_EARLIER, MOST_OWNERS, form
from cards.submissions import parse
from cards.time_shapes import ActionSave, ActionShow, ActionsShow
from eocif.rules.tags import HEADINGS
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, button, inputs, press, read, texts
from tests.cards.samples_actions import (
    BAD_TAGS,
    MOVED,
    NONCE,
    PASSED,
    SOON,
    TITLE,
    TYPED,
    VALUES,
    action_form,
    line,
    written_cards,
)
from tests.cards.samples_lead_work import LONG, TOO_LONG

NEW, CHANGE = action_form(), action_form(1)


def held(card: Card) -> dict[str, str]:
    """What the inputs hold, as far as they hold anything."""
    return {name: str(each["value"]) for name, each in inputs(card).items() if "value" in each}


def saved(card: Card, **typed: str) -> ActionSave:
    """What a press on “Save this action” asks for."""
    pressed = press(card, "Save this action", **typed)
    posted = parse(pressed["verb"], pressed["data"])
    assert isinstance(posted, ActionSave)
    return posted


# --- the area -------------------------------------------------------------------------------


@pytest.mark.covers("R36")
def test_an_action_is_written_beside_what_the_worksheet_says_will_be_done() -> None:
    shown = texts(form(NEW).content)
    start = shown.index("Area 13: Advice service and wider evidence")
    assert shown[start + 1 : start + 5] == [
        "What the worksheet says we will do:",
        "We ask people at home.",
        "Actions that this area has already (1)",
        "• Meet the carers’ group",
    ]
    assert saved(form(NEW).content, title="Ask.").area == 13


def test_where_the_area_is_not_known_it_is_asked_for() -> None:
    card = form(NEW, is_area_known=False).content
    assert "We ask people at home." not in texts(card)
    assert inputs(card)["area"]["isRequired"] is True
    assert "value" not in inputs(card)["area"]
    assert saved(card, area="5", title="Ask.").area == 5


def test_an_area_without_words_or_actions_has_no_empty_lines() -> None:
    shown = read(form(action_form(what_do="", earlier=())).content)
    assert "What the worksheet says" not in shown
    assert "has already" not in shown


def test_many_actions_of_an_area_are_cut_with_a_sentence() -> None:
    earlier = tuple(line(n) for n in range(MOST_EARLIER + 3))
    shown = texts(form(replace(NEW, earlier=earlier)).content)
    assert "And 3 more, in the list of actions." in shown
    assert shown.count(f"• {TITLE}") == MOST_EARLIER


# --- whose, by when, measured how -----------------------------------------------------------


@pytest.mark.covers("R37", "R39")
def test_a_new_action_says_who_by_when_and_how_it_is_measured() -> None:
    posted = saved(
        form(NEW).content, title="Ask.", owner="14", deadline=SOON.isoformat(), measure="Count.",
        tags_1="nqb_1a,nqb_1c", tags_4="staff", collects_data="yes", looked_at="The survey.",
    )  # fmt: skip
    assert posted == ActionSave(
        review=7, action=0, area=13, nonce=NONCE, shown=dict(NEW.shown), title="Ask.", owner="14",
        deadline=SOON.isoformat(), measure="Count.", tags=("nqb_1a", "nqb_1c", "staff"),
        collects_data="yes", looked_at="The survey.",
    )  # fmt: skip


def test_an_owner_is_chosen_from_the_list_or_typed() -> None:
    card = form(NEW).content
    names = [each["title"] for each in inputs(card)["owner"]["choices"]]
    assert names == ["Nobody yet", "Amina Yusuf", "Doris Whitfield", "Ruth Hollis"]
    assert saved(card, title="Ask.", owner_name="Jo Li").owner_name == "Jo Li"
    assert "Reminders for someone without Teams go to the area’s lead." in texts(card)


def test_a_very_long_list_of_owners_is_cut_with_a_sentence_and_keeps_the_one_chosen() -> None:
    crowd = tuple((n, f"Person {n:03}") for n in range(310))
    many = action_form(1, owners=crowd, values=VALUES | {"owner": "305"})
    card = form(many).content
    assert len(inputs(card)["owner"]["choices"]) == MOST_OWNERS + 2
    assert held(card)["owner"] == "305"
    assert "The list holds the first 200 people. Add others to the review group first." in (
        texts(card)
    )
    assert "The list holds" not in read(form(CHANGE).content)


def test_the_first_day_is_today_but_a_deadline_that_passed_may_stay() -> None:
    assert inputs(form(NEW).content)["deadline"]["min"] == "2027-03-15"
    assert inputs(form(NEW).content)["deadline"]["max"] == "2032-03-15"
    late = action_form(1, values=VALUES | {"deadline": PASSED.isoformat()})
    assert inputs(form(late).content)["deadline"]["min"] == PASSED.isoformat()


def test_only_a_deadline_that_is_there_asks_why_it_changes() -> None:
    assert "because" in inputs(form(CHANGE).content)
    undated = action_form(1, values=VALUES | {"deadline": ""})
    assert "because" not in inputs(form(undated).content)
    assert "because" not in inputs(form(NEW).content)


# --- tags -----------------------------------------------------------------------------------


@pytest.mark.covers("R38", "R40")
def test_tags_are_ticked_under_their_headings() -> None:
    shown = inputs(form(CHANGE).content)
    for number, group in enumerate(HEADINGS, start=1):
        question = shown[f"tags_{number}"]
        assert question["label"] == group.name
        assert [each["value"] for each in question["choices"]] == [tag.key for tag in group.tags]
        assert question["isMultiSelect"] is True
    assert held(form(CHANGE).content)["tags_1"] == "nqb_1a"
    assert held(form(CHANGE).content)["tags_4"] == "unpaid_carers"
    folds = [each["title"] for each in actions(form(CHANGE).content)]
    assert "Co-production (1 ticked)" in folds
    assert "Priority programmes" in folds


def test_tags_ticked_under_several_headings_are_one_list() -> None:
    assert saved(form(CHANGE).content, tags_5="felt").tags == ("nqb_1a", "unpaid_carers", "felt")


def test_what_was_ticked_comes_back_and_what_was_unticked_does_not() -> None:
    card = form(CHANGE, replace(TYPED, typed={"nonce": NONCE, "tags_2": "nqb_2a"})).content
    assert {name for name in held(card) if name.startswith("tags_")} == {"tags_2"}
    none = form(CHANGE, replace(TYPED, typed={"nonce": NONCE, "title": "Ask."})).content
    assert not any(name.startswith("tags_") for name in held(none))


def test_a_problem_with_the_tags_stands_above_them() -> None:
    shown = texts(form(CHANGE, BAD_TAGS).content)
    assert shown.index("Choose tags from the list.", shown.index("Tags"))


# --- changing, and what was typed -----------------------------------------------------------


def test_a_change_begins_with_what_is_stored() -> None:
    card = form(CHANGE).content
    assert texts(card)[0] == "Change this action"
    stored = {name: text for name, text in VALUES.items() if name != "tags"}
    assert {name: held(card)[name] for name in stored} == stored
    data = button(card, "Save this action")["data"]
    assert data == {
        "review": 7, "action": 1, "area": 13, "shown": dict(CHANGE.shown), "nonce": NONCE,
    }  # fmt: skip
    assert "To empty what is optional, type “none” in it." in texts(card)


def test_what_was_typed_comes_back_with_what_is_wrong() -> None:
    card = form(NEW, TYPED, is_area_known=False).content
    found = held(card)
    assert (found["title"], found["owner_name"], found["area"]) == (LONG, "Jo Li", "5")
    assert (found["tags_1"], found["tags_4"]) == ("nqb_1b,nqb_1c", "staff")
    assert found["collects_data"] == "yes"
    shown = texts(card)
    place = shown.index("You typed: soon")
    assert shown[place + 1] == TYPED.problems["deadline"]
    assert button(card, "Save this action")["data"]["nonce"] == "cd" * 8


def test_both_versions_are_there_where_somebody_else_changed_it() -> None:
    card = form(CHANGE, MOVED).content
    shown = texts(card)
    assert f"Stored now: {TITLE}" in shown
    assert "You typed: Ask people at home" in shown
    assert held(card)["title"] == "Ask people at home"
    assert held(card)["because"] == "Summer."
    assert held(card)["tags_1"] == "nqb_1a"


def test_what_is_too_long_for_its_input_stands_below_to_copy() -> None:
    card = form(CHANGE, Feedback(is_problem=True, typed={"measure": TOO_LONG})).content
    assert "measure" not in held(card)
    shown = texts(card)
    assert shown[shown.index("Kept for you to copy") + 2] == "How we will measure it"


def test_words_that_were_too_long_last_time_wait_in_their_input() -> None:
    kept = action_form(1, kept={"measure": f"{LONG}!", "reason": "Not of this card."})
    card = form(kept).content
    assert held(card)["measure"] == f"{LONG}!"
    assert "“How we will measure it” is 1 character too long." in read(card)
    assert "Not of this card." not in read(card)
    typed = Feedback(is_problem=True, typed={"measure": "Short."})
    assert held(form(kept, typed).content)["measure"] == "Short."
    assert "too long" not in read(form(kept, typed).content)


def test_both_ways_back_leave_the_form() -> None:
    back = press(form(CHANGE).content, "Back to the action")
    assert parse(back["verb"], back["data"]) == ActionShow(action=1)
    away = press(form(NEW).content, "Back to the list")
    assert parse(away["verb"], away["data"]) == ActionsShow(by="all", review=7)


@pytest.mark.parametrize("name", list(written_cards()))
def test_the_form_never_renews_itself_and_its_preview_holds_no_words(name: str) -> None:
    face = written_cards()[name]
    assert "refresh" not in face.content
    assert face.preview in {
        "Write an action: experience of care review",
        "Change this action: experience of care review",
    }
