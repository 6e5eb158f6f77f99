"""Step 3 shows real dates, and keeps wrong input where it can be put right."""

from cards.setup_pace import pace
from cards.submissions import SetupPace, parse
from tests.cards.harness import actions, inputs, press, texts
from tests.cards.samples_setup import all_cards, pace_step, timetable

CARDS = all_cards()


def test_stored_values_are_in_their_fields() -> None:
    fields = inputs(CARDS["pace"].content)
    assert fields["start_on"]["type"] == "Input.Date"
    assert fields["start_on"]["value"] == "2027-01-11"
    assert fields["pace"]["value"] == "5"
    assert fields["answer_days"]["value"] == "10"
    assert "value" not in fields["finish_by"]
    assert fields["pace"]["label"] == "Areas a week, from 1 to 23"
    assert fields["answer_days"]["label"] == "Working days to answer, from 1 to 60"


def test_the_calendar_begins_at_the_earliest_day() -> None:
    field = inputs(CARDS["pace"].content)["start_on"]
    assert field["min"] == "2027-01-04"
    assert field["errorMessage"] == "Choose Monday 4 January 2027 or later."


def test_a_day_that_has_passed_does_not_hold_back_the_buttons() -> None:
    field = inputs(CARDS["pace in the past"].content)["start_on"]
    assert field["value"] == "2027-01-01"
    assert "min" not in field
    assert "Friday 1 January 2027 has passed or is too late today." in texts(
        CARDS["pace in the past"].content
    )


def test_what_is_no_date_and_no_number_stays_to_be_put_right() -> None:
    card = CARDS["pace without a date"].content
    fields = inputs(card)
    assert fields["start_on"]["type"] == "Input.Text"
    assert fields["start_on"]["value"] == "31 February"
    assert fields["start_on"]["label"] == "First day, like 18 February 2028"
    assert fields["pace"]["value"] == "lots"
    said = texts(card)
    assert (
        said[said.index("First day, like 18 February 2028") - 1] == "We could not read this date."
    )


def test_the_dates_are_real_and_in_full() -> None:
    said = texts(CARDS["pace"].content)
    assert (
        "The first message goes out on Monday 11 January 2027. "
        "The first round ends at 5pm on Monday 22 February 2027."
    ) in said
    first = said.index("Areas 1 to 5")
    assert said[first + 1] == "Monday 11 January 2027 to Monday 25 January 2027"
    assert "Show every date" in said


def test_a_short_timetable_is_not_folded() -> None:
    said = texts(CARDS["pace fast"].content)
    assert "Areas 1 to 23" in said
    assert "Show every date" not in said


def test_areas_out_of_scope_leave_gaps_in_the_timetable() -> None:
    said = texts(pace(pace_step(timetable(5, {1, 2, 5, 6, 7, 12}))).content)
    assert "Areas 1, 2 and 5 to 7" in said
    assert "Area 12" in said


def test_without_a_first_day_there_are_no_dates() -> None:
    assert "There are no dates yet." in texts(CARDS["pace without a day"].content)


def test_a_press_brings_what_was_typed_as_typed() -> None:
    sent = press(CARDS["pace"].content, "Save and show the dates", pace="five")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupPace)
    assert (saved.start_on, saved.pace, saved.answer_days) == ("2027-01-11", "five", "10")
    assert (saved.go, saved.clear) == ("stay", "")


def test_a_last_day_has_its_own_button_to_remove_it() -> None:
    card = CARDS["pace slow"].content
    assert inputs(card)["finish_by"]["value"] == "2027-12-24"
    sent = press(card, "Remove the last day")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupPace)
    assert saved.clear == "finish_by"
    titles = [action["title"] for action in actions(CARDS["pace"].content)]
    assert "Remove the last day" not in titles
