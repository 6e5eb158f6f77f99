"""What is saved is shown in words; what comes next is first; taking back asks and says what."""

from dataclasses import replace

import pytest

from cards.area_saved import clear, saved, withdraw
from cards.submissions import AreaClear, AreaShow, AreaWithdraw, OnWeek, Show, parse
from eocif.rules.statements import BY_AREA
from eocif.summaries import AreaForm, Feedback
from tests.cards.harness import Card, actions, inputs, press, read, texts
from tests.cards.samples_answering import (
    EIGHT,
    EVIDENCE,
    LOCAL,
    THREE,
    USER,
    VIEW,
    for_doris,
    form,
)

FULL = form(13, EIGHT, words=VIEW, evidence=EVIDENCE, answered_by_how_many=6)


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [action["title"] for action in actions(card)]


def test_a_full_answer_is_shown_as_stored() -> None:
    whole = texts(saved(FULL).content)
    assert whole[3:6] == [
        "Area 13 is answered. Thank you.",
        "Saved at 3.15pm on Tuesday 5 January 2027. "
        "You can change it until 5pm on Friday 8 January 2027, or sooner if everyone has answered.",
        "6 people have answered this area so far.",
    ]
    start = whole.index("Levels")
    assert whole[start + 1 : start + 3] == ["Area 13a", "Not applicable"]
    assert whole[start + 13 : start + 17] == [
        "Area 13g",
        "I don't know enough to rate this",
        "Area 13h",
        "Excelling",
    ]
    words = whole.index("Words")
    assert whole[words + 1 : words + 5] == [
        "Where are we now?",
        "We listen well on two wards.",
        "What would good look like?",
        "Every ward listens.\nEvery month.",
    ]
    assert "Link to www.example.org" in whole
    assert inputs(saved(FULL).content) == {}


def test_the_next_area_comes_first_and_changes_last() -> None:
    assert titles(saved(FULL).content) == [
        "Next: area 6",
        "Back to this week's areas",
        "Change my answer",
        "Change my words",
        "Clear something",
        "Withdraw my answer",
    ]


def test_each_button_leads_where_it_says() -> None:
    card = saved(FULL).content

    def shape(title: str) -> object:
        posted = press(card, title)
        return parse(posted["verb"], posted["data"])

    here = {"review": 7, "areas": (4, 13, 6, 7)}
    assert shape("Next: area 6") == AreaShow(area=6, **here)
    assert shape("Back to this week's areas") == OnWeek(**here)
    assert shape("Change my answer") == AreaShow(area=13, step="levels", **here)
    assert shape("Change my words") == AreaShow(area=13, step="words", **here)
    assert shape("Clear something") == AreaShow(area=13, step="clear", **here)
    assert shape("Withdraw my answer") == AreaShow(area=13, step="withdraw", **here)


@pytest.mark.covers("R20")
def test_a_half_filled_answer_is_no_fault() -> None:
    whole = texts(saved(form(13, THREE)).content)
    assert "3 of 8 rated, the rest can wait." in whole
    assert whole[whole.index("Area 13c") + 1] == "I don't know enough to rate this"
    assert whole[whole.index("Area 13d") + 1] == "Not rated yet"
    assert titles(saved(form(13, THREE)).content)[:3] == [
        "Next: area 6",
        "Carry on with area 13",
        "Back to this week's areas",
    ]


def primary(area: AreaForm) -> list[str]:
    """The buttons that stand out."""
    return [each["title"] for each in actions(saved(area).content) if "style" in each]


def test_one_button_stands_out() -> None:
    assert primary(FULL) == ["Next: area 6"]
    assert primary(form(13, THREE)) == ["Next: area 6"]
    assert primary(form(13, THREE, left=())) == ["Carry on with area 13"]
    assert primary(replace(FULL, left=())) == ["Back to this week's areas"]


def test_the_last_answer_is_thanked_for() -> None:
    thanks = "You have answered everything for this week. Thank you."
    assert thanks in texts(saved(replace(FULL, left=())).content)
    assert thanks not in texts(saved(FULL).content)
    assert thanks not in texts(saved(form(13, THREE, left=())).content)


def test_words_alone_are_saved_and_the_levels_can_wait() -> None:
    card = saved(form(13, words=VIEW)).content
    assert "Your words are saved. No statement is rated yet, and that can wait." in texts(card)
    assert "Rate the statements of area 13" in titles(card)


def test_nothing_saved_says_so_and_offers_to_begin() -> None:
    card = saved(form(13, closes_on=None)).content
    assert "Nothing is saved for area 13 yet." in texts(card)
    assert "Change my answer" not in titles(card)
    assert titles(card)[-1] == "Write some words"
    assert "You can answer until 5pm on Friday 8 January 2027, or sooner" in read(
        saved(form(13)).content
    )


def test_a_withdrawn_answer_can_be_given_again() -> None:
    card = saved(form(5, withdrawn=True)).content
    assert "The answer to area 5 is withdrawn." in texts(card)
    assert titles(card) == ["Next: area 6", "Back to this week's areas", "Answer area 5 again"]
    posted = press(card, "Answer area 5 again")
    assert posted["data"]["step"] == "levels"


def test_kept_words_are_shown_apart_from_the_answer() -> None:
    whole = texts(saved(form(5, ["achieving"], kept={"link": "http://x"})).content)
    start = whole.index("Kept for you to copy")
    assert whole[start + 2 : start + 4] == ["Link", "http://x"]


def test_recording_for_someone_goes_back_to_my_areas() -> None:
    card = saved(for_doris(5, ["achieving"], left=())).content
    assert "You have recorded everything for them. Thank you." in texts(card)
    back = press(card, "Back to my areas")
    assert isinstance(parse(back["verb"], back["data"]), Show)
    assert titles(card)[1:] == [
        "Change their answer",
        "Change their words",
        "Clear something",
        "Withdraw their answer",
    ]


def test_the_card_renews_itself_for_its_person() -> None:
    face = saved(FULL, Feedback("Saved."), for_user=USER)
    assert face.content["refresh"]["action"]["data"]["step"] == "auto"
    assert texts(face.content)[:2] == ["Done", "Saved."]
    assert face.preview == "Area 13: what we have saved"


# --- clearing -----------------------------------------------------------------------------------


def test_every_stored_part_can_be_cleared() -> None:
    what = inputs(clear(FULL).content)["what"]
    assert {each["value"]: each["title"] for each in what["choices"]} == {
        "level_13a": "Area 13a: Not applicable",
        "level_13b": "Area 13b: Not applicable",
        "level_13c": "Area 13c: Not applicable",
        "level_13d": "Area 13d: Progressing",
        "level_13e": "Area 13e: Achieving",
        "level_13f": "Area 13f: Excelling",
        "level_13g": "Area 13g: I don't know enough to rate this",
        "level_13h": "Area 13h: Excelling",
        "where_now": "Words: Where are we now?",
        "what_good": "Words: What would good look like?",
        "evidence_11": "Evidence: Survey, 62 in 100 felt heard.",
        "evidence_12": "Evidence: Someone’s story, www.example.org",
    }
    assert what["isMultiSelect"] is True


def test_clearing_posts_what_was_chosen_and_keeping_posts_nothing() -> None:
    card = clear(FULL).content
    posted = press(card, "Clear these", what="level_13a,evidence_12")
    assert parse(posted["verb"], posted["data"]) == AreaClear(
        review=7, areas=(4, 13, 6, 7), area=13, what=("level_13a", "evidence_12")
    )
    keep = press(card, "Keep everything")
    assert parse(keep["verb"], keep["data"]) == AreaShow(review=7, areas=(4, 13, 6, 7), area=13)


def test_with_nothing_stored_there_is_nothing_to_clear() -> None:
    card = clear(form(5)).content
    assert "There is nothing to clear." in texts(card)
    assert titles(card) == ["Keep everything"]


# --- withdrawing ----------------------------------------------------------------------------------


def test_withdrawing_says_what_it_does_before_it_does_it() -> None:
    face = withdraw(FULL)
    assert texts(face.content)[3:] == [
        "Withdraw your answer to area 13?",
        "This deletes your levels, words and evidence for area 13.",
        "You will not be asked about this area again. "
        "You can still answer until 5pm on Friday 8 January 2027.",
        "Withdraw my answer",
        "Keep my answer",
    ]
    posted = press(face.content, "Withdraw my answer")
    assert parse(posted["verb"], posted["data"]) == AreaWithdraw(
        review=7, areas=(4, 13, 6, 7), area=13
    )
    assert press(face.content, "Keep my answer")["data"]["step"] == "auto"
    assert face.preview == "Area 13: withdraw an answer"


def test_withdrawing_for_someone_speaks_of_them() -> None:
    card = withdraw(for_doris(5, ["achieving"], closes_on=None)).content
    assert "Withdraw their answer to area 5?" in texts(card)
    assert "You will not be asked about this area again." in texts(card)
    assert press(card, "Withdraw their answer")["data"]["member"] == 31


# --- an area as a whole, and local statements -------------------------------------------------


def test_an_area_rated_as_a_whole_stands_with_its_one_level() -> None:
    card = saved(form(13, ["achieving"], unit=BY_AREA)).content
    said = texts(card)
    start = said.index("Levels")
    assert said[start + 1 : start + 3] == ["Area 13", "Achieving"]
    part = inputs(clear(form(13, ["achieving"], unit=BY_AREA)).content)["what"]["choices"]
    assert {"title": "Area 13: Achieving", "value": "level_13"} in part


def test_an_area_without_its_level_can_wait() -> None:
    card = saved(form(13, unit=BY_AREA, words=VIEW)).content
    assert "Your words are saved. The area has no level yet, and that can wait." in texts(card)
    assert "Choose a level for area 13" in titles(card)


@pytest.mark.covers("R60")
def test_a_local_statements_level_stands_under_its_own_name() -> None:
    full = form(13, ["achieving"] * 7, local=LOCAL)
    said = texts(saved(full).content)
    assert said[said.index("Local statement L1") + 1] == "Achieving"
    assert "Area L1" not in read(saved(full).content)
    offered = {x["value"]: x["title"] for x in inputs(clear(full).content)["what"]["choices"]}
    assert offered["level_L1"] == "Local statement L1: Achieving"
    kept = read(saved(form(13, local=LOCAL, kept={"level_L1": "excelling"})).content)
    assert "Local statement L1" in kept
