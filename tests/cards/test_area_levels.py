"""Step 1: every official statement of an area with its choice, kept apart from our words."""

import pytest

from cards.area_levels import levels
from cards.submissions import AreaLevels, parse
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.summaries import Differs, Feedback, Place
from tests.cards.harness import Card, actions, inputs, press, read, size, texts
from tests.cards.samples_answering import EIGHT, THREE, USER, for_doris, form

CHOICES = {
    "insufficient_progress": "Insufficient progress",
    "progressing": "Progressing",
    "achieving": "Achieving",
    "excelling": "Excelling",
    "dont_know": "I don't know enough to rate this",
    "not_applicable": "Not applicable",
}


def choices(card: Card, code: str) -> dict[str, str]:
    """What can be chosen for a statement."""
    return {each["value"]: each["title"] for each in inputs(card)[f"level_{code}"]["choices"]}


@pytest.mark.covers("R18")
def test_a_card_says_which_area_of_which_section_and_how_long_it_takes() -> None:
    whole = texts(levels(form(13)).content)
    assert whole[:4] == [
        "Area 13: Advice service and wider evidence",
        "Experience of care review 2027 · Northmoor and Elmsworth NHS Foundation Trust · Medicine",
        "Step 1 of 2: levels. Area 2 of 4 this week.",
        "Section 3: Collecting feedback",
    ]
    assert whole[4].startswith("Areas of practice: qualitative and quantitative feedback, from")
    assert whole[5:7] == [
        "Area 13 has 8 statements. Most people take about 5 minutes. "
        "You can stop and come back: each step is saved.",
        "Round closes at 5pm on Friday 8 January 2027.",
    ]
    assert "The short titles of areas are ours. They are not part of the framework." in read(
        levels(form(13)).content
    )


@pytest.mark.covers("R18")
@pytest.mark.parametrize("number", range(1, 24))
def test_every_statement_stands_whole_under_its_code_with_its_choice(number: int) -> None:
    card = levels(form(number)).content
    whole = texts(card)
    for each in edition().area(number).indicators:
        start = whole.index(f"Area {each.code}")
        bullets = [f"• {bullet}" for bullet in each.bullets]
        assert whole[start + 1 : start + 2 + len(bullets)] == [each.text, *bullets]
        assert inputs(card)[f"level_{each.code}"]["label"] == (
            f"Area {each.code}: which level fits best?"
        )


@pytest.mark.covers("R66")
def test_our_plain_line_example_and_meanings_are_marked_as_ours() -> None:
    whole = texts(levels(form(1)).content)
    first = edition().indicator("1a")
    start = whole.index(f"In plain English (our words): {first.plain}")
    assert whole[start + 1 : start + 4] == [
        "Help with 1a",
        "These are our words, not the framework's.",
        f"For example: {first.example}",
    ]
    assert "co-produced: made together with people as equal partners, from start to finish" in whole
    assert "In our plain lines, “we” means the organisation that this review is about." in whole


@pytest.mark.covers("R24")
@pytest.mark.parametrize(("number", "codes"), [(1, 2), (11, 1), (13, 0)])
def test_statements_about_future_users_say_whom_they_ask_about(number: int, codes: int) -> None:
    line = "This asks about people who do not use services now but need to, or will."
    assert texts(levels(form(number)).content).count(line) == codes


@pytest.mark.covers("R07")
def test_the_four_definitions_are_there_wherever_a_level_is_asked_for() -> None:
    whole = read(levels(form(5)).content)
    for level in edition().levels:
        assert f"{level.name}: {level.definition}" in whole


@pytest.mark.covers("R20")
def test_a_choice_is_a_level_lowest_first_or_not_knowing_or_not_applicable() -> None:
    found = choices(levels(form(5)).content, "5a")
    assert list(found.items()) == list(CHOICES.items())


@pytest.mark.covers("R09")
def test_where_pals_is_not_provided_that_can_be_said() -> None:
    card = levels(form(13)).content
    for code in ("13a", "13b", "13c"):
        assert choices(card, code)["not_applicable"] == (
            "Not applicable: PALS is not provided here"
        )
    assert choices(card, "13d")["not_applicable"] == "Not applicable"


def test_half_filled_is_shown_as_stored_and_the_rest_can_wait() -> None:
    card = levels(form(13, THREE)).content
    assert "3 of 8 rated, the rest can wait." in texts(card)
    held = {name: field.get("value") for name, field in inputs(card).items()}
    assert held["level_13a"] == "progressing"
    assert held["level_13c"] == "dont_know"
    assert held["level_13d"] is None
    assert not any(field.get("isRequired") for field in inputs(card).values())
    assert "Every statement is rated." in texts(levels(form(13, EIGHT)).content)


def test_each_button_posts_the_levels_the_place_and_what_was_shown() -> None:
    card = levels(form(5, ["progressing"])).content
    titles = [action["title"] for action in actions(card) if action["type"] == "Action.Execute"]
    assert titles == ["Save levels and go on to words", "Save levels and stop here"]
    on = press(card, titles[0], level_5a="excelling")
    shape = parse(on["verb"], on["data"])
    assert isinstance(shape, AreaLevels)
    assert (shape.place.areas, shape.area, shape.go) == ((4, 5, 6, 7), 5, "words")
    assert shape.levels == {"5a": "excelling"}
    assert shape.shown == {"level_5a": digest("progressing")}
    assert press(card, titles[1])["data"]["go"] == "stop"


def test_a_level_that_was_not_saved_stays_chosen_below_its_problem() -> None:
    sentence = "We could not read the choice for 5a. Choose one from the list."
    said = Feedback(problems={"level_5a": sentence}, typed={"level_5a": "achieving"})
    card = levels(form(5, ["progressing"]), said).content
    whole = texts(card)
    assert whole.count(sentence) == 2
    assert whole[whole.index("Area 5a: which level fits best?") - 1] == sentence
    assert inputs(card)["level_5a"]["value"] == "achieving"


def test_levels_that_differ_are_shown_by_their_names() -> None:
    differs = (Differs("level_5a", "Area 5a", "progressing", "dont_know"),)
    whole = texts(levels(form(5, ["progressing"]), Feedback(differs=differs)).content)
    assert "Stored now: Progressing" in whole
    assert "You typed: I don't know enough to rate this" in whole
    assert "Press save again to keep yours." in whole


def test_the_one_area_of_a_message_and_an_open_end_are_not_counted_out() -> None:
    one = form(5, closes_on=None, place=Place(7, (5,), 5))
    whole = texts(levels(one).content)
    assert "Step 1 of 2: levels." in whole
    assert "Area 5 has 1 statement. Most people take about 2 minutes." in read(levels(one).content)
    assert not any("closes at" in line for line in whole)


def test_recording_for_someone_names_them_and_carries_the_member() -> None:
    card = levels(for_doris(6)).content
    assert texts(card)[0] == "You are recording answers for Doris Whitfield."
    assert "you type this answer, so you see it" in read(card)
    posted = press(card, "Save levels and stop here")["data"]
    assert (posted["member"], posted["areas"]) == (31, [6, 7])


def test_the_longest_area_fits_and_renews_itself() -> None:
    face = levels(form(13), for_user=USER)
    assert size(face.content) < 25 * 1024
    assert face.content["refresh"]["action"]["data"] == {
        "review": 7,
        "areas": [4, 13, 6, 7],
        "area": 13,
        "step": "levels",
    }
    assert face.preview == "Area 13, step 1 of 2: levels"
    assert face.has_inputs


def test_a_long_card_can_be_saved_half_way_down() -> None:
    shown = texts(levels(form(13)).content)
    half_way = shown.index("Save so far and stop here")
    assert shown.index("Area 13d") < half_way < shown.index("Area 13e")
    pressed = press(levels(form(13)).content, "Save so far and stop here", level_13a="achieving")
    posted = parse(pressed["verb"], pressed["data"])
    assert isinstance(posted, AreaLevels)
    assert (posted.levels, posted.go) == ({"13a": "achieving"}, "stop")
    assert "Save so far and stop here" not in texts(levels(form(5)).content)
