"""The installation's own file of one-off bank holidays, and all that goes by it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import UnsafeSettings, settings_from
from eocif.__main__ import main
from eocif.bank_holidays import BadBankHolidays, read
from eocif.database import Database
from eocif.rules import digests, habits, reminding
from eocif.rules.dates import at, in_working_hours, next_sending_time
from eocif.rules.due import timetable
from eocif.rules.working_days import (
    ENGLAND_AND_WALES,
    Calendar,
    is_working_day,
    observe,
    on_or_after,
    on_or_before,
    working_days_after,
    working_days_before,
    working_days_between,
)
from eocif.settings import BANK_HOLIDAYS, calendar
from tests import builders
from tests.builders import MONDAY, SMALL

FRIDAY = date(2027, 5, 7)
MAY_DAY = date(2027, 5, 3)


@pytest.fixture(autouse=True)
def _by_rule_again() -> Iterator[None]:
    yield
    observe(ENGLAND_AND_WALES)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "one-off.toml"


def _refused(file: Path, text: str) -> str:
    file.write_text(text, "utf-8")
    with pytest.raises(BadBankHolidays) as refused:
        read(file)
    return str(refused.value).removeprefix(f"{file}").removeprefix(": ")


# --- the file -------------------------------------------------------------------------


def test_days_are_added_and_removed_with_or_without_a_note(file: Path) -> None:
    file.write_text(
        'added = [2027-06-11, { day = 2027-05-07, note = "May Day, moved" }]\n'
        "removed = [{ day = 2027-05-03 }]\n"
    )
    assert read(file) == Calendar(
        frozenset({date(2027, 6, 11), FRIDAY}), frozenset({MAY_DAY})
    )  # fmt: skip


def test_an_empty_file_changes_nothing(file: Path) -> None:
    file.write_text("# None this year.\n")
    assert read(file) == ENGLAND_AND_WALES


def test_days_that_the_rule_knows_already_are_taken(file: Path) -> None:
    file.write_text("added = [2027-05-03]\nremoved = [2027-05-04]\n")
    assert read(file).is_working_day(date(2027, 5, 4))


_A_DATE = "must be a date like 2027-05-07, without quotes."
_A_NOTE = "must hold a day and, if you like, a note in quotes."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "added = [2027-02-30]",
            " is not TOML that we can read: Invalid date or datetime (at line 1, column 10).",
        ),
        ("extra = [2027-05-07]", "“extra” is not a key here: use added and removed."),
        ("added = 2027-05-07", "“added” must be a list of dates in square brackets."),
        ('removed = [2027-05-03, "2027-05-04"]', f"entry 2 of “removed” {_A_DATE}"),
        ("added = [2027-05-07T00:00:00]", f"entry 1 of “added” {_A_DATE}"),
        ('added = [{ note = "When?" }]', f"entry 1 of “added” {_A_DATE}"),
        ("added = [{ day = 2027-05-07, why = 1 }]", f"entry 1 of “added” {_A_NOTE}"),
        ("added = [{ day = 2027-05-07, note = 1 }]", f"entry 1 of “added” {_A_NOTE}"),
        (
            "added = [2027-05-08]",
            "entry 1 of “added” is Saturday 8 May 2027: nobody works at a weekend anyway.",
        ),
        (
            "added = [2027-05-07]\nremoved = [2027-05-07]",
            "Friday 7 May 2027 is both in added and in removed.",
        ),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_line_or_the_key(
    file: Path, text: str, sentence: str
) -> None:
    assert _refused(file, text) == sentence


def test_a_file_that_cannot_be_read_says_so(file: Path) -> None:
    with pytest.raises(BadBankHolidays, match=r"We could not read .*: No such file or directory\."):
        read(file)
    file.write_bytes(b"added = [] # \xff")
    with pytest.raises(BadBankHolidays, match=r"is not a text file in UTF-8\."):
        read(file)


# --- the start ------------------------------------------------------------------------


def test_where_no_file_is_named_the_calendar_by_rule_holds() -> None:
    assert calendar({}) == calendar({BANK_HOLIDAYS: " "}) == ENGLAND_AND_WALES


def test_the_bot_reads_it_at_the_start_and_a_mistake_stops_it(file: Path) -> None:
    local = {"EOCIF_LOCAL": "1", BANK_HOLIDAYS: str(file)}
    file.write_text("added = [2027-05-07]")
    assert not settings_from(local).calendar.is_working_day(FRIDAY)
    file.write_text("add = []")
    with pytest.raises(UnsafeSettings) as refused:
        settings_from(local)
    assert str(refused.value) == (
        f"EOCIF_BANK_HOLIDAYS: {file}: “add” is not a key here: use added and removed."
    )


def test_the_command_line_goes_by_it_and_a_mistake_is_its_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verdict, environ = ["verdict", "0,2,9,1"], {BANK_HOLIDAYS: str(file)}
    file.write_text("added = [2027-05-07]")
    assert main(verdict, environ) == 0
    assert not is_working_day(FRIDAY)
    file.write_text("added = [")
    assert main(verdict, environ) == 2
    told = capsys.readouterr()
    assert told.err == (
        f"EOCIF_BANK_HOLIDAYS: {file} is not TOML that we can read: "
        "Invalid value (at end of document).\n"
    )


# --- what goes by it ------------------------------------------------------------------


def test_every_question_about_working_days_goes_by_what_is_observed() -> None:
    thursday, monday = FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=3)
    assert observe(Calendar(frozenset({FRIDAY}), frozenset({MAY_DAY}))) == ENGLAND_AND_WALES
    assert is_working_day(MAY_DAY)
    assert (on_or_before(FRIDAY), on_or_after(FRIDAY)) == (thursday, monday)
    assert working_days_before(monday, 1) == thursday
    assert working_days_after(thursday, 1) == monday
    assert working_days_between(thursday, monday) == 1
    assert not in_working_hours(at(FRIDAY, 10))
    assert next_sending_time(at(FRIDAY, 10)) == at(monday, 9)
    assert in_working_hours(at(FRIDAY, 10), ENGLAND_AND_WALES)


def test_a_one_off_holiday_moves_what_someone_hears_of_their_own() -> None:
    asked = {"today": FRIDAY, "is_deadline": False}
    assert habits.when(habits.DEFAULT, **asked) == FRIDAY
    observe(Calendar(frozenset({FRIDAY})))
    assert habits.when(habits.DEFAULT, **asked) == FRIDAY + timedelta(days=3)
    monday = at(FRIDAY + timedelta(days=3), 9)
    assert habits.next_sending_time(habits.DEFAULT, at(FRIDAY, 10)) == monday


def test_a_one_off_holiday_moves_a_prompt_to_the_next_working_day(
    database: Database, now: datetime
) -> None:
    observe(Calendar(frozenset({MONDAY})))
    world = builders.started(database, now, scope={**SMALL, "2": "5"})
    assert world.live(at(MONDAY, 9)) == []
    tuesday = MONDAY + timedelta(days=1)
    assert {row.kind for row in world.live(at(tuesday, 9))} == {"prompt"}
    assert world.area(2).opens_on == tuesday


def test_a_one_off_holiday_moves_a_deadlines_reminder_to_the_day_before() -> None:
    plain = reminding.of_action(FRIDAY, today=FRIDAY)
    observe(Calendar(frozenset({FRIDAY})))
    moved = reminding.of_action(FRIDAY, today=FRIDAY)
    assert [slot.on for slot in plain if slot.is_deadline] == [FRIDAY]
    assert [slot.on for slot in moved if slot.is_deadline] == [FRIDAY - timedelta(days=1)]


def test_a_one_off_holiday_moves_a_digest_to_the_next_working_day() -> None:
    assert digests.due_in(MONDAY, weekday=0, hour=9) == at(MONDAY, 9)
    observe(Calendar(frozenset({MONDAY})))
    assert digests.due_in(MONDAY, weekday=0, hour=9) == at(MONDAY + timedelta(days=1), 9)


def test_rounds_are_a_day_longer_over_a_one_off_holiday() -> None:
    asked = {"start_on": MONDAY, "pace": 5, "answer_days": 5}
    assert timetable([2], **asked)[0].closes_on == date(2027, 1, 18)
    observe(Calendar(frozenset({date(2027, 1, 13)})))
    assert timetable([2], **asked)[0].closes_on == date(2027, 1, 19)
