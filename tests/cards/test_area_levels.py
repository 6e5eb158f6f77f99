"""Step 1: every official statement of an area with its choice, kept apart from our words."""

import pytest

from cards.area_levels import levels
from cards.submissions import AreaLevels, parse
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.statements import BY_AREA
from eocif.summaries import Differs, Feedback, Place
from tests.cards.harness import Card, actions, inputs, press, read, size, texts
from tests.cards.samples_answering import (
    EIGHT,
    LOCAL,
    LOCAL_HELP,
    THREE,
    USER,
    for_doris,
    form,
)

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


# --- one level for the area as a whole, and local words ----------------------------------------


def test_an_area_rated_as_a_whole_shows_every_statement_and_asks_for_one_level() -> None:
    card = levels(form(1, unit=BY_AREA)).content
    said = texts(card)
    for each in edition().area(1).indicators:
        assert f"{each.code}: {each.text}" in said
        assert all(f"• {bullet}" in said for bullet in each.bullets)
    assert list(inputs(card)) == ["level_1"]
    assert inputs(card)["level_1"]["label"] == "Area 1 as a whole: which level fits best?"
    assert list(choices(card, "1").items()) == list(CHOICES.items())
    assert "Area 1 has 7 statements. You choose one level for the whole area." in read(card)
    assert "Most people take about 3 minutes." in read(card)


@pytest.mark.covers("R07")
def test_an_area_as_a_whole_has_the_official_definitions_and_none_for_a_single_statement() -> None:
    whole = read(levels(form(1, unit=BY_AREA)).content)
    for level in edition().levels:
        assert f"{level.name}: {level.definition}" in whole
    assert "this is how each reads for a single statement" not in whole


@pytest.mark.covers("R24")
@pytest.mark.covers("R66")
def test_the_plain_lines_of_an_area_as_a_whole_are_folded_away_together() -> None:
    said = texts(levels(form(1, unit=BY_AREA)).content)
    start = said.index("Area 1 in plain English")
    plain = [
        f"{i.code}: In plain English (our words): {i.plain}" for i in edition().area(1).indicators
    ]
    assert [line for line in said[start:] if line in plain] == plain
    assert (
        said.count("This asks about people who do not use services now but need to, or will.") == 2
    )


def test_the_level_of_an_area_as_a_whole_is_posted_under_its_number() -> None:
    card = levels(form(13, ["achieving"], unit=BY_AREA)).content
    assert "The area has its level." in texts(card)
    sent = press(card, "Save the level and go on to words", level_13="excelling")
    posted = parse(sent["verb"], sent["data"])
    assert isinstance(posted, AreaLevels)
    assert (posted.levels, posted.shown) == (
        {"13": "excelling"}, {"level_13": digest("achieving")},
    )  # fmt: skip
    assert press(card, "Save the level and stop here")["data"]["go"] == "stop"


@pytest.mark.covers("R60")
def test_a_local_statement_is_marked_and_never_looks_like_a_national_one() -> None:
    card = levels(form(13, local=LOCAL)).content
    said = texts(card)
    start = said.index("Local statement L1")
    assert said[start + 1 : start + 4] == [
        "Every ward has a quiet room.",
        "This statement was added locally. It is not part of the framework.",
        f"In plain English (local words): {LOCAL_HELP}",
    ]
    assert inputs(card)["level_L1"]["label"] == "Local statement L1: which level fits best?"
    assert "Area L1" not in read(card)
    whole = texts(levels(form(13, unit=BY_AREA, local=LOCAL)).content)
    assert "Local statement L1: Every ward has a quiet room." in whole


@pytest.mark.covers("R62")
def test_local_help_and_a_local_title_say_that_they_are_local() -> None:
    said = texts(levels(form(13, local=LOCAL)).content)
    assert said[0] == "Area 13: Advice and the drop-in (local title)"
    assert f"In plain English (local words): {LOCAL_HELP}" in said
    assert "In plain English (our words): " in "".join(said)


@pytest.mark.covers("R09")
def test_what_does_not_apply_here_is_not_asked() -> None:
    card = levels(form(13, local=LOCAL)).content
    assert {"level_13a", "level_13b", "level_13c"}.isdisjoint(inputs(card))
    assert "Area 13 has 7 statements." in read(card)
