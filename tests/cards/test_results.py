"""An area's results for its lead: verdicts at a glance, and one statement by group."""

import re
from dataclasses import replace

import pytest

from cards.results import glance, statement
from cards.submissions import parse
from cards.time_shapes import ActionNew, ActionsShow
from cards.worksheet_shapes import (
    DraftShow,
    OutcomeShow,
    ReopenShow,
    ResultsShow,
    VoicesShow,
    WorksheetShow,
)
from eocif.round_summaries import AreaWork
from eocif.rules.framework import edition
from eocif.summaries import Feedback, PersonName
from tests.cards.harness import Card, actions, inputs, press, read, size, texts
from tests.cards.samples_lead_steps import all_cards
from tests.cards.samples_lead_work import (
    CONCLUDED,
    CONCLUDING,
    CROWDED,
    FRESH,
    SET_ASIDE,
    WHOLE,
    WITH_GROUP,
    area_result,
    hostile,
    work,
)
from tests.cards.samples_short import HOSTILE, LEAD

WITHOUT_WORDS = 25 * 1024


def titles(card: Card) -> list[str]:
    return [action["title"] for action in actions(card)]


def after(card: Card, start: str, many: int) -> list[str]:
    shown = texts(card)
    place = shown.index(start)
    return shown[place + 1 : place + 1 + many]


# --- verdicts at a glance -------------------------------------------------------------------


@pytest.mark.covers("R29")
def test_every_statement_of_an_area_stands_on_one_card_with_its_verdict_and_numbers() -> None:
    shown = glance(FRESH).content
    assert after(shown, "Area 13a. Agreed: achieving", 1) == [
        "2 progressing, 9 achieving, 1 excelling."
    ]
    assert after(shown, "Area 13b. Talk first: achieving", 1) == [
        "2 insufficient progress, 9 achieving, 1 excelling."
    ]
    assert "Area 13c. Close: progressing or achieving" in texts(shown)
    verdicts = [text for text in texts(shown) if re.match(r"Area 13[a-h]\. ", text)]
    assert len(verdicts) == 8
    assert size(shown) < WITHOUT_WORDS


def test_a_statement_that_applies_to_nobody_says_so() -> None:
    assert after(glance(FRESH).content, "Area 13g. Not applicable", 1) == [
        "Nobody gave a level. 12 said not applicable."
    ]


def test_many_people_who_could_not_judge_are_pointed_out() -> None:
    shown = read(glance(FRESH).content)
    assert shown.count("Many people could not judge this.") == 1


@pytest.mark.covers("R32")
def test_a_gap_of_one_level_is_shown() -> None:
    lines = after(glance(FRESH).content, "3 progressing, 6 achieving, 3 excelling.", 1)
    (line,) = lines
    assert "people with lived experience is one level below" in line


def test_what_moved_since_round_1_is_shown_after_round_2_alone() -> None:
    assert "4 of 12 changed level since round 1." in read(glance(CONCLUDING).content)
    assert "changed level" not in read(glance(FRESH).content)


def test_who_took_part_and_who_was_silent_is_told_by_perspective() -> None:
    shown = texts(glance(FRESH).content)
    assert "12 of 14 people took part." in shown
    assert (
        "Took part: Clinical leaders, Executive lead, Service leads and staff, People and unpaid "
        "carers, Healthwatch and Volunteers."
    ) in shown
    silent = "In the group, but silent here: Voluntary and community and Care board and partners."
    assert silent in shown
    nobody = replace(FRESH, result=replace(FRESH.result, silent=()))
    assert "silent here" not in read(glance(nobody).content)


def test_what_each_statement_says_is_one_press_away_with_the_way_to_its_groups() -> None:
    shown = glance(FRESH).content
    plain = edition().indicator("13d").plain
    assert f"In plain English (our words): {plain}" in texts(shown)
    pressed = press(shown, "See 13d by group")
    assert parse(pressed["verb"], pressed["data"]) == ResultsShow(review=7, area=13, code="13d")


def test_an_area_rated_as_a_whole_has_one_verdict() -> None:
    shown = texts(glance(WHOLE).content)
    assert "Area 5 as a whole. Close: progressing or achieving" in shown
    assert not [text for text in shown if "Area 5a" in text]
    plain = edition().indicator("5a").plain
    assert f"5a: In plain English (our words): {plain}" in shown


@pytest.mark.covers("R08")
@pytest.mark.parametrize("name", [name for name in all_cards() if name.startswith(("res", "sta"))])
def test_no_card_of_results_has_a_mean_a_percentage_or_a_rank(name: str) -> None:
    shown = read(all_cards()[name].content)
    assert not re.search(
        r"\d\s*%|per cent|average|mean (of|level)|median|\brank|score|\d\.\d", shown
    )


# --- the next step --------------------------------------------------------------------------


def test_a_lead_who_has_to_draft_reads_people_first_and_then_writes() -> None:
    shown = glance(FRESH).content
    assert "The round has closed. Next, you write the draft." in texts(shown)
    assert "This step is due by Friday 5 February 2027." in texts(shown)
    assert titles(shown)[:2] == ["Read people's own words", "Write the draft"]
    pressed = press(shown, "Read people's own words")
    assert parse(pressed["verb"], pressed["data"]) == VoicesShow(review=7, area=13)
    pressed = press(shown, "Write the draft")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=13, step="words")


def test_while_the_draft_is_with_the_group_the_card_says_until_when() -> None:
    shown = glance(WITH_GROUP).content
    assert "Members can answer it until 5pm on Friday 12 February 2027." in texts(shown)
    assert titles(shown)[:2] == ["See who has answered the draft", "See the draft"]
    undated = glance(replace(WITH_GROUP, closes_on=None)).content
    assert "Members can answer it" not in read(undated)


def test_when_the_group_has_answered_the_lead_reads_what_they_said_and_concludes() -> None:
    shown = titles(glance(CONCLUDING).content)
    assert shown[:3] == [
        *("See what members said of the draft", "Conclude this area", "Change the draft"),
    ]


def test_other_areas_that_wait_for_this_lead_are_named_and_the_first_can_be_opened() -> None:
    shown = glance(FRESH).content
    assert "Also waiting for you: areas 14 and 15." in texts(shown)
    pressed = press(shown, "Next: area 14")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=14, step="auto")
    assert "Also waiting" not in read(glance(work()).content)


@pytest.mark.parametrize(("is_lead", "offered"), [(True, True), (False, False)])
def test_only_the_reviews_lead_can_set_an_area_aside(is_lead: bool, offered: bool) -> None:
    for area in (FRESH, work(state="round_1")):
        shown = titles(glance(replace(area, is_lead=is_lead)).content)
        assert ("Set this area aside" in shown) is offered


def test_a_concluded_area_says_how_each_statement_ended() -> None:
    shown = glance(CONCLUDED).content
    assert "This area is concluded." in texts(shown)
    assert after(shown, "Area 13a. Agreed: achieving", 1) == ["Concluded: Achieving, agreed."]
    assert after(shown, "Area 13c. Close: progressing or achieving", 1) == [
        "Concluded: Progressing, set by the lead."
    ]
    assert after(shown, "Area 13g. Not applicable", 1) == ["Concluded: Not applicable."]
    assert "Concluded: Not agreed." in texts(shown)


def test_from_an_area_that_has_ended_the_worksheet_is_one_press_away() -> None:
    pressed = press(glance(CONCLUDED).content, "See the worksheet")
    assert parse(pressed["verb"], pressed["data"]) == WorksheetShow(review=7)


@pytest.mark.covers("R14")
def test_who_took_part_without_teams_is_to_be_told_by_the_areas_lead() -> None:
    shown = glance(replace(CONCLUDED, to_tell=(PersonName(31, "Doris Whitfield"),))).content
    asked = "Doris Whitfield took part without Teams. Please tell them the outcome."
    assert asked in texts(shown)
    pressed = press(shown, "See what became of what they said")
    assert parse(pressed["verb"], pressed["data"]) == OutcomeShow(review=7, area=13, member=31)
    assert "without Teams" not in read(glance(CONCLUDED).content)


@pytest.mark.covers("R36")
def test_beside_what_a_concluded_area_will_do_its_actions_are_written() -> None:
    done = replace(CONCLUDED, draft=replace(CONCLUDED.draft, values={"what_do": "We ask them."}))
    card = glance(done).content
    assert after(card, "What we will do", 3) == [
        "We ask them.", "Write actions for this area", "See its actions",
    ]  # fmt: skip
    write, see = press(card, "Write actions for this area"), press(card, "See its actions")
    assert parse(write["verb"], write["data"]) == ActionNew(review=7, area=13)
    assert parse(see["verb"], see["data"]) == ActionsShow(by="all", review=7, area=13)


def test_without_an_answer_of_its_own_an_area_has_no_empty_heading() -> None:
    silent = replace(CONCLUDED, draft=replace(CONCLUDED.draft, values={}))
    assert "What we will do" not in texts(glance(silent).content)
    assert "Write actions for this area" in titles(glance(silent).content)


@pytest.mark.parametrize("area", [FRESH, WITH_GROUP, CONCLUDING, SET_ASIDE])
def test_before_it_is_concluded_an_area_has_no_actions_to_write(area: AreaWork) -> None:
    assert "Write actions for this area" not in titles(glance(area).content)


@pytest.mark.parametrize("area", [CONCLUDED, SET_ASIDE])
def test_only_the_reviews_lead_can_open_an_ended_area_again(area: object) -> None:
    shown = glance(area).content  # type: ignore[arg-type]
    pressed = press(shown, "Open this area again")
    assert parse(pressed["verb"], pressed["data"]) == ReopenShow(review=7, area=13)
    others = glance(replace(area, is_lead=False)).content  # type: ignore[type-var]
    assert "Open this area again" not in titles(others)
    assert "Set this area aside" not in titles(shown)


@pytest.mark.covers("R21")
@pytest.mark.parametrize("state", ["waiting", "round_1"])
def test_before_the_first_round_has_closed_the_card_shows_nothing_whatever_it_is_given(
    state: str,
) -> None:
    blind = replace(CROWDED, state=state, is_lead=False, others_waiting=())
    for shown in (glance(blind).content, statement(blind, code="13a").content):
        assert actions(shown) == []
        assert not re.search(r"achieving|progressing|excelling|took part", read(shown))


def test_the_card_renews_itself_for_the_lead_and_takes_nothing() -> None:
    shown = glance(FRESH, for_user=LEAD).content
    assert shown["refresh"]["userIds"] == [LEAD]
    assert "refresh" not in glance(FRESH).content
    assert inputs(shown) == {}


def test_what_the_last_press_did_stands_first() -> None:
    assert texts(glance(FRESH, Feedback("Your draft is saved.")).content)[1] == (
        "Your draft is saved."
    )


# --- one statement by group -----------------------------------------------------------------


@pytest.mark.covers("R29")
def test_one_statement_stands_with_its_official_words_and_each_groups_ratings() -> None:
    shown = statement(FRESH, code="13e").content
    assert edition().indicator("13e").text in texts(shown)
    plain = edition().indicator("13e").plain
    assert f"In plain English (our words): {plain}" in texts(shown)
    assert after(shown, "What they chose", 8) == [
        *("Clinical leaders from all professions (3)", "2 progressing, 1 achieving."),
        "Service leads, clinical, administrative and support staff (3)",
        "3 achieving.",
        *("People using services and unpaid carers (3)", "3 insufficient progress."),
        *("Other perspectives (3)", "1 insufficient progress, 2 progressing."),
    ]


def test_a_difference_is_called_an_honest_result() -> None:
    shown = read(statement(FRESH, code="13e").content)
    assert "People see this differently." in shown


def test_a_statements_bullets_are_part_of_its_official_words() -> None:
    first = edition().indicator("1a").bullets[0]
    shown = statement(work(1, ["aapaaaaaepaa"] * 7), code="1a").content
    assert f"• {first}" in texts(shown)


def test_after_round_2_both_rounds_are_drawn() -> None:
    (before,) = charts_of(statement(FRESH, code="13a").content)
    (now,) = charts_of(statement(CONCLUDING, code="13a").content)
    assert before == ["Round 1"]
    assert now == ["Round 2", "Round 1"]


def charts_of(card: Card) -> list[list[str]]:
    charts = [node for node in card["body"] if node["type"].startswith("Chart.")]
    return [[bar["title"] for bar in chart["data"]] for chart in charts]


def test_where_everyone_is_in_one_group_no_groups_are_shown() -> None:
    five = area_result(5, ["apape"], group=["volunteers"] * 2 + ["healthwatch"] * 3)
    small = replace(five, statements=(replace(five.statements[0], groups=()),))
    shown = statement(work(5, result=small), code="5a").content
    assert "Too few people took part to show groups." in texts(shown)
    assert "Who" not in texts(shown)


def test_from_one_statement_the_next_is_one_press_away_and_the_last_goes_back() -> None:
    pressed = press(statement(FRESH, code="13e").content, "Next: 13f")
    assert parse(pressed["verb"], pressed["data"]) == ResultsShow(review=7, area=13, code="13f")
    last = titles(statement(FRESH, code="13h").content)
    assert not [title for title in last if title.startswith("Next")]
    assert "Back to the results" in last


def test_a_statement_that_is_not_of_this_area_brings_the_area() -> None:
    assert statement(FRESH, code="99z").content == glance(FRESH).content


def test_an_area_as_a_whole_has_no_official_words_of_its_own() -> None:
    shown = texts(statement(WHOLE, code="5").content)
    assert "Area 5 as a whole" in shown
    assert edition().indicator("5a").text not in shown


def test_a_local_statement_is_shown_as_it_was_written_and_once() -> None:
    shown = statement(hostile(), code="L1").content
    assert texts(shown).count(HOSTILE) == 1
    assert f"{HOSTILE} (3)" in texts(shown)
