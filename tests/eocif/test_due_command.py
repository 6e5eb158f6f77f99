"""`python -m eocif due`, as an administrator types it and as a script reads it."""

import json
from datetime import date, datetime, timedelta

import pytest

from eocif import due_command, local_clock
from eocif.__main__ import main
from eocif.clock import system_clock
from eocif.commands import Refused
from eocif.database import Database
from eocif.rules.dates import at
from tests import builders, reminded
from tests.builders import MONDAY, SMALL, World
from tests.living import becomes

TUESDAY = MONDAY + timedelta(days=1)
Said = pytest.CaptureFixture[str]


@pytest.fixture
def kind() -> str:
    """What a database does differently is tested where the messages are foreseen."""
    return "sqlite"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """It is Monday noon; Grace has an action, and messages do not reach Ruth."""
    world = builders.opened(database, now, scope=SMALL)
    reminded.act(world, date(2027, 1, 14), at(MONDAY, 11), owner="grace")
    reminded.act(world, date(2027, 1, 14), at(MONDAY, 11), owner="ruth")
    becomes(world, "ruth", unreachable="They have blocked the app in Teams.")
    is_at(world, at(MONDAY, 12))
    return world


def is_at(world: World, now: datetime) -> None:
    world.database.now(local_clock.store_offset, offset=now - system_clock())


def says(said: Said, environ: dict[str, str], *arguments: str) -> str:
    assert main(("due", *arguments), environ) == 0
    out, err = said.readouterr()
    assert not err
    return out


def test_a_line_says_when_to_whom_and_why(
    world: World, environ: dict[str, str], capsys: Said
) -> None:
    assert sorted(says(capsys, environ, "--at", "2027-01-12T17:00").splitlines()) == [
        "Tuesday 12 January 2027, 9am: reminder to Grace Adeyemi: action 1 is due on "
        "Thursday 14 January 2027: 2 working days before.",
        "Tuesday 12 January 2027, 9am: reminder to Ruth Hollis: they are asked to own action 2. "
        "It would not arrive: They have blocked the app in Teams.",
        "Tuesday 12 January 2027, 9am: reminder to Tom Okafor: action 2 is due on Thursday "
        "14 January 2027: 2 working days before (to them, because messages do not reach "
        "Ruth Hollis).",
    ]


def test_what_waits_is_said_and_nothing_is_said_plainly(
    world: World, environ: dict[str, str], capsys: Said
) -> None:
    assert "Waiting: action_new to Grace Adeyemi, “Experience of care review 2027”: they are " in (
        says(capsys, environ)
    )


def test_with_nothing_due_it_says_so(
    database: Database, environ: dict[str, str], capsys: Said
) -> None:
    assert says(capsys, environ) == "Nothing would be sent.\n"
    assert json.loads(says(capsys, environ, "--json")) == []


def test_a_script_reads_the_same(world: World, environ: dict[str, str], capsys: Said) -> None:
    rows = json.loads(says(capsys, environ, "--at", "2027-01-12", "--json"))
    grace = world.actors["grace"].person_id
    assert [row for row in rows if row["to"] == "Grace Adeyemi"] == [
        {
            "at": "2027-01-12T09:00:00+00:00", "kind": "reminder", "person": grace,
            "to": "Grace Adeyemi", "review": None, "title": "",
            "why": ["action 1 is due on Thursday 14 January 2027: 2 working days before"],
            "reminders": ["action:1 2027-01-14 before 2"], "undelivered": "",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("", at(MONDAY, 12)),
        ("2027-01-12T09:00", at(TUESDAY, 9)),
        ("2027-07-12T09:00", at(date(2027, 7, 12), 9)),  # London's, an hour ahead
        ("2027-07-12T08:00+00:00", at(date(2027, 7, 12), 9)),
        ("2027-01-12", at(TUESDAY, 23, 59)),
        ("2027-01-11T09:00", at(MONDAY, 12)),  # has passed today
    ],
)
def test_a_time_is_londons_and_a_day_alone_is_all_of_it(typed: str, until: datetime) -> None:
    assert due_command._moment(typed, at(MONDAY, 12)) == until


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("tomorrow", "We could not read that time. Write it like 2027-03-16T09:00."),
        ("0001-01-01T00:00+10:00", "We could not read that time. Write it like 2027-03-16T09:00."),
        ("2027-01-10T12:00", "We can look ahead from now until a year from now."),
        ("2028-02-01", "We can look ahead from now until a year from now."),
    ],
)
def test_a_time_we_cannot_look_at_is_refused_in_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        due_command._moment(typed, at(MONDAY, 12))
    assert str(refused.value) == why


def test_a_refusal_ends_with_2(world: World, environ: dict[str, str], capsys: Said) -> None:
    assert main(("due", "--at", "soon"), environ) == 2
    assert capsys.readouterr().err.startswith("We could not read that time.")
