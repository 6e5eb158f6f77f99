"""Round 2 for a member: the draft, with the ways to answer it."""

from dataclasses import replace

import pytest
import textstat

from cards.confirm import draft
from cards.confirm_draft import SILENCE
from cards.submissions import parse
from cards.worksheet_shapes import ConfirmAnswer, ConfirmShow
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.spread import EVERYONE, GroupSpread, Spread
from eocif.rules.statements import BY_AREA
from eocif.summaries import Feedback, HiddenWords, Place
from tests.cards.harness import Card, actions, button, lint, press, read, size, texts
from tests.cards.samples_answering import HOSTILE, USER
from tests.cards.samples_members import (
    BY_THE_AREA,
    DRAWS_ON,
    EMOJI,
    WORDS,
    all_cards,
    confirm_for_doris,
    confirm_form,
    hostile_form,
    local_form,
    result,
    these,
)

AGREE = "I agree with this wording"


def titles(card: Card) -> list[str]:
    """The buttons that are pressed, in order; what unfolds is none of them."""
    return [each["title"] for each in actions(card) if each["type"] == "Action.Execute"]


# --- the draft ------------------------------------------------------------------------


def test_a_draft_shows_the_wording_then_the_levels_then_the_answers_to_press() -> None:
    shown = texts(draft(confirm_form()).content)
    start = shown.index("The draft")
    assert shown[start : start + 17] == [
        "The draft",
        "Where are we now?",
        WORDS["where_now"],
        "What would good look like?",
        WORDS["what_good"],
        "What will we do to get from where we are now to what good looks like?",
        WORDS["what_do"],
        "How views differ",
        WORDS["gap"],
        f"It draws on people from: {'; '.join(DRAWS_ON)}",
        "Levels proposed, and yours",
        "5a: Achieving. You chose progressing.",
        AGREE,
        "I agree, with a comment",
        "I want to raise a concern",
        "Change my levels",
        "Read what others said",
    ]


def test_a_draft_says_what_is_asked_how_long_it_takes_and_until_when() -> None:
    shown = texts(draft(confirm_form(13)).content)
    assert shown[0] == "Area 13: Advice service and wider evidence"
    assert shown[2:5] == [
        "Round 2: the draft. Area 2 of 3 this week.",
        "Read the draft, then say what you think. Most people take about 4 minutes. "
        "You can stop and come back: each step is saved.",
        "Round closes at 5pm on Friday 8 January 2027, or sooner if everyone has answered.",
    ]
    undated = read(draft(confirm_form(closes_on=None)).content)
    assert "Round closes" not in undated


@pytest.mark.covers("R31")
def test_no_answer_is_never_called_agreement() -> None:
    assert SILENCE in texts(draft(confirm_form()).content)
    assert "Reports then say that you did not respond, never that you agreed." in SILENCE


@pytest.mark.covers("R31")
def test_agreeing_takes_one_press_on_the_draft() -> None:
    pressed = press(draft(confirm_form()).content, AGREE)
    assert parse(pressed["verb"], pressed["data"]) == ConfirmAnswer(
        review=7,
        areas=(4, 5, 6),
        area=5,
        answer="agree",
        shown={"answer": digest(""), "comment": digest("")},
    )


@pytest.mark.parametrize("number", range(1, 24))
def test_on_a_phone_agreeing_stands_above_the_details_of_every_area(number: int) -> None:
    shown = texts(draft(confirm_form(number)).content)
    assert shown.index(AGREE) < shown.index("How people rated it")
    assert sum(len(text) for text in shown[: shown.index(AGREE)]) < 1_600


@pytest.mark.covers("R31")
@pytest.mark.parametrize(
    ("title", "step", "answer"),
    [
        ("I agree, with a comment", "answer", "agree_with_comment"),
        ("I want to raise a concern", "answer", "concern"),
        ("Change my levels", "levels", ""),
        ("Read what others said", "voices", ""),
        ("Answer the draft of area 5", "answer", ""),
    ],
)
def test_every_other_way_opens_its_own_step(title: str, step: str, answer: str) -> None:
    pressed = press(draft(confirm_form()).content, title)
    assert parse(pressed["verb"], pressed["data"]) == ConfirmShow(
        review=7, areas=(4, 5, 6), area=5, step=step, answer=answer
    )


def test_where_nobody_wrote_there_is_nothing_to_read() -> None:
    assert "Read what others said" not in titles(draft(confirm_form(utterances=())).content)


def test_a_long_answer_is_folded_after_its_beginning_and_loses_nothing() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    shown = texts(draft(confirm_form(words={**WORDS, "what_good": text})).content)
    start = shown.index("What would good look like?")
    beginning, unfold, rest = shown[start + 1 : start + 4]
    assert unfold == "Read the rest"
    assert len(beginning) < 510
    assert beginning.removesuffix(" …") + rest.removeprefix("…") == text


def test_a_long_answer_without_spaces_is_folded_too() -> None:
    shown = texts(draft(confirm_form(words={**WORDS, "what_do": "x" * 701})).content)
    assert f"{'x' * 500} …" in shown
    assert f"… {'x' * 201}" in shown


def test_what_a_draft_leaves_out_is_said() -> None:
    bare = draft(confirm_form(words={}, draws_on=(), proposed={})).content
    shown = texts(bare)
    assert shown.count("Nothing is written here.") == 3
    assert "How views differ" not in shown
    assert not any(text.startswith("It draws on") for text in shown)
    few = texts(draft(confirm_form(draws_on=(EVERYONE,))).content)
    assert "It draws on people who took part." in few
    assert "5a: Not applicable. You chose progressing." in shown


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ("achieving", "5a: Achieving. You chose the same."),
        ("insufficient_progress", "5a: Achieving. You chose insufficient progress."),
        ("dont_know", "5a: Achieving. You did not know enough to rate it."),
        ("not_applicable", "5a: Achieving. You said that it does not apply."),
        ("", "5a: Achieving. You have not rated it."),
    ],
)
def test_the_proposed_level_stands_beside_the_readers_own(own: str, sentence: str) -> None:
    assert sentence in texts(draft(confirm_form(own={"5a": own})).content)


def test_each_statement_has_its_text_both_levels_and_everyone_in_one_line() -> None:
    shown = texts(draft(confirm_form(13)).content)
    start = shown.index("Area 13c")
    assert shown[start : start + 5] == [
        "Area 13c",
        edition().indicator("13c").text,
        "Proposed: not agreed. You did not know enough to rate it.",
        "All: 2 insufficient progress, 2 progressing, 2 achieving, 5 excelling. "
        "1 did not know enough.",
        "The middle view of people with lived experience is three levels below that of staff "
        "and leaders.",
    ]


@pytest.mark.covers("R29")
def test_the_spread_by_perspective_is_folded_under_one_button() -> None:
    card = draft(confirm_form(13)).content
    fold = button(card, "See the numbers by perspective")
    assert fold["type"] == "Action.ToggleVisibility"
    shown = texts(card)
    start = shown.index("See the numbers by perspective")
    assert shown[start + 1] == "Clinical leaders from all professions (3 people)"
    lines = shown[start + 2].splitlines()
    assert lines[:3] == [
        "13a: 3 achieving.",
        "13b: 3 achieving.",
        "13c: 3 excelling.",
    ]


def test_where_all_are_one_group_nothing_is_folded() -> None:
    all_in_one = replace(
        result(these(5)),
        statements=tuple(replace(each, groups=()) for each in result(these(5)).statements),
    )
    shown = read(draft(confirm_form(result=all_in_one)).content)
    assert "by perspective" not in shown.partition("How people rated it")[2].partition("Area 5a")[0]


def test_a_statement_that_many_could_not_judge_says_so() -> None:
    (one,) = result(these(5)).statements
    spread = Spread((0, 1, 1, 0), dont_know=4, not_applicable=1, unanswered=2)
    unsure = replace(result(these(5)), statements=(replace(one, spread=spread, gap=None),))
    shown = texts(draft(confirm_form(result=unsure)).content)
    assert (
        "All: 1 progressing, 1 achieving. 4 did not know enough. "
        "1 said not applicable. 2 left it open."
    ) in shown
    assert "Many people could not judge this." in shown
    assert not any("middle view" in text for text in shown)


def test_a_changed_draft_says_what_they_said_of_the_one_before_and_how_many_moved() -> None:
    again = confirm_form(
        13, round=3, earlier="It leaves us out.", result=result(these(13), number_of_round=2)
    )
    shown = texts(draft(again).content)
    assert "Round 3: the draft. Area 2 of 3 this week." in shown
    assert "You said of the draft before this one: It leaves us out." in shown
    assert "3 of 12 changed level since round 1." in shown
    assert "This draft goes round once more. Read the draft" in read(draft(again).content)
    bare_answer = draft(confirm_form(round=3, earlier="agree"))
    assert f"You said of the draft before this one: {AGREE}" in texts(bare_answer.content)


def test_whoevers_words_were_hidden_reads_it_beside_the_draft_with_the_reason() -> None:
    hidden = (HiddenWords("Mrs Patel", "It names a person."),)
    shown = texts(draft(confirm_form(hidden=hidden)).content)
    start = shown.index("Some of your words are hidden: they could tell who somebody is.")
    assert shown[start + 1 : start + 3] == ["Mrs Patel", "The reason: It names a person."]


def test_the_leads_reason_stands_with_its_statement() -> None:
    shown = texts(draft(confirm_form(reasons={"5a": "Most of us agree by now."})).content)
    assert "Why the lead proposes this: Most of us agree by now." in shown


def test_what_the_lead_heard_from_those_far_away_stands_with_its_statement() -> None:
    shown = texts(draft(confirm_form(heard={"5a": "Nights are not covered."})).content)
    assert "What was heard from those far away: Nights are not covered." in shown


def test_an_area_rated_as_a_whole_shows_every_statement_it_holds() -> None:
    shown = texts(draft(confirm_form(13, unit=BY_AREA)).content)
    assert "Area 13: Achieving. You chose progressing." in shown
    for each in edition().area(13).indicators:
        assert f"{each.code}: {each.text}" in shown


def test_a_local_statement_is_marked_and_its_words_are_shown_as_typed() -> None:
    card = draft(local_form()).content
    shown = texts(card)
    start = shown.index("Local statement L1")
    assert shown[start + 1 : start + 3] == [
        HOSTILE,
        "This statement was added locally. It is not part of the framework.",
    ]
    assert "Local statement L1: Achieving. You chose the same." in shown


def test_a_draft_that_is_answered_says_so_and_can_be_answered_again() -> None:
    card = draft(confirm_form(answer="concern"), Feedback("Your answer is saved.")).content
    assert texts(card)[:2] == ["Done", "Your answer is saved."]
    assert "You answered: I want to raise a concern" in texts(card)
    assert AGREE in titles(card)


def test_a_draft_takes_no_typing_and_renews_itself_for_its_person_only() -> None:
    face = draft(confirm_form(), for_user=USER)
    assert not face.has_inputs
    refresh = face.content["refresh"]
    assert refresh["userIds"] == [USER]
    assert parse(refresh["action"]["verb"], refresh["action"]["data"]) == ConfirmShow(
        review=7, areas=(4, 5, 6), area=5, step="draft"
    )
    assert "refresh" not in draft(confirm_form()).content
    assert face.preview == "Area 5: a draft to read"


def test_for_someone_without_teams_the_card_speaks_of_them_and_carries_the_member() -> None:
    card = draft(confirm_for_doris(answer="agree")).content
    shown = texts(card)
    assert shown[0] == "You are recording answers for Doris Whitfield."
    assert "They answered: They agree with this wording" in shown
    assert "5a: Achieving. They chose progressing." in shown
    assert titles(card)[:4] == [
        "They agree with this wording",
        "They agree, with a comment",
        "They want to raise a concern",
        "Change their levels",
    ]
    pressed = press(card, "They agree with this wording")
    parsed = parse(pressed["verb"], pressed["data"])
    assert isinstance(parsed, ConfirmAnswer)
    assert parsed.place == Place(7, (5, 7), 5, 31)
    assert press(card, "Back to my areas")["verb"] == "mine.show"


def test_the_privacy_line_says_who_reads_comments_and_that_they_stay() -> None:
    shown = texts(draft(confirm_form()).content)[-1]
    assert shown == (
        "Confidential: the review group sees your comment and levels by perspective, without a "
        "name. A comment stays with the worksheet, and the board may read it. "
        "Only the lead, Amina Yusuf, sees your name. "
        "Please do not name or describe someone who could be recognised."
    )
    theirs = texts(draft(confirm_for_doris()).content)[-1]
    assert "you type this answer, so you see it. The review group sees their comment" in theirs
    assert "the leads of areas see their name." in theirs


@pytest.mark.covers("R49")
def test_a_draft_says_that_nothing_here_assesses_performance() -> None:
    assert "This does not assess performance." in read(draft(confirm_form()).content)


def test_with_every_perspective_in_a_group_of_its_own_the_longest_area_still_fits() -> None:
    whole = result(these(13))
    each = Spread((1, 1, 1, 1), 1)
    names = (
        EVERYONE,
        *(f"Service leads, clinical, administrative and staff {n}" for n in "abcdefghi"),
    )
    groups = tuple(GroupSpread(name, 5, each) for name in names)
    crowded = replace(
        whole,
        statements=tuple(
            replace(one, groups=groups, moved=3, moved_of=28) for one in whole.statements
        ),
    )
    assert size(draft(confirm_form(13, result=crowded), for_user=USER).content) < 25 * 1024


def test_the_fullest_draft_keeps_within_what_teams_takes() -> None:
    assert size(draft(confirm_form(13, words=EMOJI)).content) < 80 * 1024
    card = draft(hostile_form()).content
    assert size(card) < 80 * 1024
    assert lint(card, summary="x", words=[HOSTILE]) == []


# --- all of them ----------------------------------------------------------------------


@pytest.mark.covers("R66")
def test_the_cards_of_round_2_are_easy_to_read() -> None:
    faces = [face for name, face in all_cards().items() if "hostile" not in name]
    official = {each.text for area in edition().areas for each in area.indicators}
    ours = {text for face in faces for text in texts(face.content)} - official
    joined = " ".join(sorted(text for text in ours if text.endswith((".", "?"))))
    assert textstat.automated_readability_index(joined) <= 8


def test_no_preview_says_what_anyone_chose() -> None:
    previews = {face.preview for face in all_cards().values()}
    told = ("agree", "concern", "achieving", "progressing", "Doris")
    assert not [each for each in previews for word in told if word in each]


def test_an_area_on_its_own_is_not_counted_out() -> None:
    alone = replace(BY_THE_AREA, place=Place(7, (5,), 5))
    assert "Round 2: the draft." in texts(draft(alone).content)
