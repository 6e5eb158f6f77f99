"""What became of an area, and of what one person said about it."""

from dataclasses import replace

import pytest

from cards.outcome import outcome
from cards.submissions import OnWeek, parse
from cards.worksheet_shapes import OutcomeShow, WorksheetShow
from eocif.rules.statements import BY_AREA
from eocif.summaries import Place
from tests.cards.harness import lint, press, read, size, texts
from tests.cards.samples_answering import HOSTILE, USER
from tests.cards.samples_worksheet import (
    ANSWERED,
    CONCERN,
    FULL,
    HEARD,
    HIDDEN,
    REASON,
    STANDING,
    STORY,
    comment,
    ended,
    hostile_outcome,
    outcome_of,
)


@pytest.mark.covers("R70")
def test_every_way_that_a_statement_can_end_stands_beside_what_they_chose() -> None:
    shown = texts(outcome(outcome_of()).content)
    start = shown.index("How each statement ended")
    assert shown[start + 1 : start + 8] == [
        "Area 13a: Progressing, agreed. You chose the same.",
        f"What was heard before: {HEARD}",
        "Area 13b: Achieving, set by the lead. You did not know enough to rate it.",
        f"The lead's reason: {REASON}",
        "Area 13c: Not agreed. You chose excelling.",
        "Area 13d: Excelling, agreed.",
        "Area 13e: Not applicable. You said that it does not apply.",
    ]


@pytest.mark.covers("R70")
def test_a_concern_stands_with_what_the_lead_answered() -> None:
    shown = texts(outcome(FULL).content)
    start = shown.index("What became of what you said")
    assert shown[start + 1 : start + 12] == [
        "What you gave counts in this result. No name stands beside it. Thank you.",
        "Your concern",
        CONCERN,
        "The lead's answer",
        ANSWERED.reply,
        "Both stay with the worksheet.",
        "Your concern",
        STANDING.utterance.text,
        "The lead's answer",
        STANDING.reply,
        "The lead let it stand. Both stay with the worksheet.",
    ]


def test_a_comment_without_an_answer_stays_with_the_worksheet() -> None:
    said = comment(2, "Thank you.", answer="agree_with_comment", reply_kind="")
    shown = texts(outcome(outcome_of(replies=(said,))).content)
    start = shown.index("Your comment")
    assert shown[start + 1 : start + 3] == ["Thank you.", "It stays with the worksheet."]


@pytest.mark.covers("R70")
def test_hidden_words_are_told_to_their_author_with_the_reason() -> None:
    shown = texts(outcome(FULL).content)
    start = shown.index("Some of your words are hidden: they could tell who somebody is.")
    assert shown[start + 1 : start + 3] == [
        "[hidden] never listens.",
        "The reason: It named a member of staff.",
    ]
    unexplained = outcome_of(hidden=(replace(HIDDEN, hidden_because=()),))
    assert "The reason:" not in read(outcome(unexplained).content)


@pytest.mark.covers("R70")
def test_evidence_that_stands_in_the_reports_is_named() -> None:
    shown = texts(outcome(FULL).content)
    start = shown.index("Your evidence is kept with this area:")
    assert shown[start + 1 : start + 4] == [
        "Someone’s story, in words",
        "Told at the October board.",
        "Link to example.org",
    ]


def test_much_evidence_is_cut_and_the_rest_is_counted() -> None:
    many = tuple(replace(STORY, id=number, text=f"Piece {number}.") for number in range(22))
    shown = texts(outcome(outcome_of(evidence=many)).content)
    assert "Piece 19." in shown
    assert "Piece 20." not in shown
    assert "2 more pieces too." in shown


def test_who_gave_nothing_is_not_thanked_for_it() -> None:
    bare = outcome_of(5, lines=tuple(replace(each, own="") for each in ended(5)))
    shown = texts(outcome(bare).content)
    assert "You gave no answer to this area." in shown
    assert not any("counts in this result" in text for text in shown)


def test_the_worksheets_words_and_who_concluded_it_are_there() -> None:
    shown = texts(outcome(outcome_of()).content)
    assert "This area was concluded on Friday 29 January 2027 by Ruth Hollis." in shown
    start = shown.index("The worksheet")
    assert shown[start + 1] == "Where are we now?"
    assert "How views differ" in shown[start:]
    unknown = outcome_of(concluded_on=None, concluded_by="")
    assert "This area was concluded." in texts(outcome(unknown).content)


def test_a_whole_area_has_one_line() -> None:
    shown = read(outcome(outcome_of(5, lines=ended(5, BY_AREA))).content)
    assert "Area 5: Progressing, agreed. You chose the same." in shown


def test_whoever_records_for_someone_is_asked_to_tell_them() -> None:
    theirs = replace(FULL, for_name="Doris Whitfield", place=Place(7, (13,), 13, 31))
    card = outcome(theirs).content
    shown = texts(card)
    assert shown[0] == (
        "You recorded answers for Doris Whitfield. Please tell them what became of them."
    )
    assert "What became of what they said" in shown
    assert "Area 13a: Progressing, agreed. They chose the same." in shown
    assert "Their concern" in shown
    assert press(card, "Back to my areas")["verb"] == "mine.show"


def test_from_an_outcome_the_worksheet_and_the_week_are_one_press_away() -> None:
    card = outcome(outcome_of(), for_user=USER).content
    whole = press(card, "See the whole worksheet")
    assert parse(whole["verb"], whole["data"]) == WorksheetShow(review=7)
    back = press(card, "Back to this week's areas")
    assert parse(back["verb"], back["data"]) == OnWeek(review=7, areas=(5, 13))
    action = card["refresh"]["action"]
    assert parse(action["verb"], action["data"]) == OutcomeShow(review=7, areas=(5, 13), area=13)


def test_what_someone_said_of_an_earlier_draft_is_not_called_kept() -> None:
    earlier = replace(STANDING, stays=False)
    shown = texts(outcome(outcome_of(replies=(earlier,))).content)
    told = "The lead let it stand. The worksheet keeps what you said of a later draft."
    assert told in shown
    assert not any("with the worksheet" in text for text in shown)


def test_an_outcome_opened_from_the_worksheet_leads_back_to_my_areas() -> None:
    card = outcome(outcome_of(place=Place(7, (), 13))).content
    assert press(card, "Back to my areas")["verb"] == "mine.show"


@pytest.mark.covers("R49")
def test_an_outcome_says_that_nothing_here_assesses_performance() -> None:
    face = outcome(outcome_of())
    assert "This does not assess performance." in read(face.content)
    assert face.preview == "Area 13: what became of what you said"


def test_the_fullest_outcome_keeps_within_what_teams_takes() -> None:
    card = outcome(hostile_outcome()).content
    assert size(card) < 80 * 1024
    assert lint(card, summary="x", words=[HOSTILE]) == []
