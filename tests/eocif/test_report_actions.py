"""The plan in every report: each version holds what it may, and the plan itself all of it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from eocif import exports, files
from eocif.database import Database
from eocif.errors import NotYours
from eocif.files import Wanted
from eocif.models import Review, ReviewArea
from eocif.report_summaries import ActionReport
from eocif.rules.actions import Event
from eocif.rules.visibility import Version
from tests import builders, planned
from tests.builders import World
from tests.planned import CHANGED_ON, SETTLED_ON
from tests.reported import MADE_AT, report_of
from tests.reports.reading import everything, opened
from tests.to_the_end import signed_off

ONLY_SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
IN_FULL = {Version.GROUP, Version.BOARD, Version.LEAD, Version.PLAN}
ALL, WITH_DAYS = set(Version), IN_FULL | {Version.ICB}

# Planted words, and the versions that may hold them.
CANARIES = {
    "Vanillekipferl as a title": ALL,
    "Vanillekipferl before a conclusion": ALL,
    "Saturday 23 January 2027": WITH_DAYS,
    "Vanillekipferl as a measure": IN_FULL,
    "Vanillekipferl looked at": IN_FULL,
    "Vanillekipferl withdrawn": IN_FULL,
    "Vanillekipferl for people": IN_FULL,
    "Vanillekipferl as a note": IN_FULL,
    "Vanillekipferl as evidence": IN_FULL,
    "Vanillekipferl why later": IN_FULL,
    "Owen Without": IN_FULL,
    "Vanillekipferl not mine": set(),
    "Vanillekipferl too long": set(),
    "Vanillekipferl wants another date": set(),
}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are concluded, with four actions, of which the first has a history."""
    world = signed_off(database, now)
    owner = planned.person(world, "Owen Without")
    first = planned.put(
        world, 3, "Vanillekipferl as a title", owner_id=owner, deadline=date(2027, 1, 23),
        status="under_way", measure="Vanillekipferl as a measure", collects_data=True,
        looked_at="Vanillekipferl looked at", tags=["nqb_2a", "unpaid_carers"],
        refused_because="Vanillekipferl not mine", wanted_because="Vanillekipferl wants another",
        kept={"title": "Vanillekipferl too long"}, wanted_on=date(2027, 9, 1),
    )  # fmt: skip
    planned.note(world, first, Event.NOTE, "Vanillekipferl as a note")
    planned.note(world, first, Event.EVIDENCE, "Vanillekipferl as evidence", link="https://e.org/a")
    planned.note(world, first, Event.DATE_ASKED, "Vanillekipferl wants another date")
    planned.note(world, first, Event.REFUSED, "Vanillekipferl not mine")
    moved = {"from": "2027-01-15", "to": "2027-01-23"}
    planned.note(world, first, Event.DEADLINE, "Vanillekipferl why later", **moved)
    planned.note(world, first, Event.DEADLINE, "first", **{"from": None, "to": "2027-01-15"})
    settled = {"settled_at": datetime.fromisoformat("2027-01-26T10:00:00+00:00")}
    planned.put(world, 2, "Was done", status="done", changed="Vanillekipferl for people",
                deadline=date(2027, 1, 20), **settled)  # fmt: skip
    planned.put(world, 2, "Was withdrawn", status="withdrawn", because="Vanillekipferl withdrawn",
                **settled)  # fmt: skip
    planned.put(world, 2, "Vanillekipferl before a conclusion", deadline=date(2027, 6, 1),
                copied_from=first)  # fmt: skip
    return world


def by_title(world: World, version: Version) -> dict[str, ActionReport]:
    return {each.title: each for each in report_of(world, version).actions}


# --- what each version holds --------------------------------------------------------------


def _files(world: World, version: Version) -> Iterator[tuple[str, str]]:
    for format in [kind for kind, each in exports.WRITERS if each == version]:
        content = world.database.now(
            exports.make, review_id=world.review_id, format=format, version=version, now=MADE_AT
        ).content
        if format == "docx":
            yield format, everything(opened(content))
        elif format == "xlsx":
            sheets = load_workbook(BytesIO(content)).worksheets
            yield format, "\n".join(str(v) for sheet in sheets for row in sheet.values for v in row)
        else:
            yield format, content.decode()


@ONLY_SQLITE
@pytest.mark.parametrize("version", Version)
def test_no_file_holds_more_of_an_action_than_its_version_may(
    world: World, version: Version
) -> None:
    report = repr(report_of(world, version))
    allowed = {words for words, versions in CANARIES.items() if version in versions}
    iso = {"Saturday 23 January 2027": "datetime.date(2027, 1, 23)"}
    assert {words for words in CANARIES if iso.get(words, words) in report} == allowed
    for format, text in _files(world, version):
        assert {words for words in CANARIES if words in text} <= allowed, format


@ONLY_SQLITE
@pytest.mark.covers("R41")
@pytest.mark.parametrize("format", ["docx", "xlsx", "csv", "json"])
def test_the_plan_holds_everything_that_is_known_of_an_action_in_every_format(
    world: World, format: str
) -> None:
    text = dict(_files(world, Version.PLAN))[format]
    wanted = {words for words, versions in CANARIES.items() if Version.PLAN in versions}
    day = {"docx": "Saturday 23 January 2027"}.get(format, "2027-01-23")
    for words in (wanted - {"Saturday 23 January 2027"}) | {day}:
        assert words in text, words
    if format != "docx":
        assert "2027-01-15" in text or "Friday 15 January 2027" in text
    for words in ("Gathering feedback all the time", "Unpaid carers", "Paid roles for lived"):
        assert words in text, words


def test_the_public_gets_a_title_a_month_and_a_status(world: World) -> None:
    action = by_title(world, Version.PUBLIC)["Vanillekipferl as a title"]
    assert (action.month, action.status, action.area.number) == ("2027-01", "under_way", 3)
    assert (action.deadline, action.days_overdue, action.owner, action.tags) == (None, 0, "", ())
    assert (action.measure, action.notes, action.moved, action.settled_on) == ("", (), (), None)
    assert report_of(world, Version.PUBLIC).principles == ()


def test_the_care_board_gets_the_day_besides_and_no_name(world: World) -> None:
    action = by_title(world, Version.ICB)["Vanillekipferl as a title"]
    assert (action.deadline, action.days_overdue) == (date(2027, 1, 23), 4)
    assert (action.owner, action.measure, action.tags, action.moved) == ("", "", (), ())


# --- one action ---------------------------------------------------------------------------


@pytest.mark.covers("R39")
@pytest.mark.covers("R71")
def test_an_action_is_told_with_its_owner_its_measure_and_what_was_looked_at(world: World) -> None:
    action = by_title(world, Version.PLAN)["Vanillekipferl as a title"]
    assert (action.number, action.owner, action.section.number) == (1, "Owen Without", 1)
    assert action.measure == "Vanillekipferl as a measure"
    assert (action.collects_data, action.looked_at) == (True, "Vanillekipferl looked at")
    assert [tag.key for tag in action.tags] == ["nqb_2a", "unpaid_carers"]
    assert not action.is_carried_over


def test_notes_evidence_and_changed_deadlines_are_told_by_whom_and_when(world: World) -> None:
    action = by_title(world, Version.BOARD)["Vanillekipferl as a title"]
    assert [(each.on, each.by, each.kind, each.text, each.link) for each in action.notes] == [
        (CHANGED_ON, "Tom Okafor", "note", "Vanillekipferl as a note", ""),
        (CHANGED_ON, "Tom Okafor", "evidence", "Vanillekipferl as evidence", "https://e.org/a"),
    ]
    (moved,) = action.moved
    assert (moved.before, moved.after) == (date(2027, 1, 15), date(2027, 1, 23))
    assert (moved.on, moved.by, moved.because) == (
        CHANGED_ON, "Tom Okafor", "Vanillekipferl why later",
    )  # fmt: skip


@ONLY_SQLITE
def test_what_was_done_or_withdrawn_and_is_not_any_more_is_not_said(world: World) -> None:
    again = {"status": "under_way", "changed": "It was done.", "because": "It was not.",
             "settled_at": MADE_AT}  # fmt: skip
    planned.put(world, 2, "Taken up again", **again)
    action = by_title(world, Version.PLAN)["Taken up again"]
    assert (action.changed, action.because, action.settled_on) == ("", "", None)


@ONLY_SQLITE
def test_a_deadline_that_was_taken_away_is_told_too(world: World) -> None:
    second = planned.put(world, 2, "No date now")
    planned.note(world, second, Event.DEADLINE, "We wait.", **{"from": "2027-02-01", "to": None})
    action = by_title(world, Version.PLAN)["No date now"]
    assert [(each.before, each.after) for each in action.moved] == [(date(2027, 2, 1), None)]
    assert (action.month, action.deadline, action.owner) == ("", None, "")


@pytest.mark.covers("R43")
def test_only_open_actions_are_past_their_deadline_counted_in_days(world: World) -> None:
    found = by_title(world, Version.BOARD)
    assert found["Vanillekipferl as a title"].days_overdue == 4
    done, withdrawn = found["Was done"], found["Was withdrawn"]
    assert (done.days_overdue, done.changed, done.settled_on) == (
        0, "Vanillekipferl for people", SETTLED_ON,
    )  # fmt: skip
    assert (withdrawn.status, withdrawn.because) == ("withdrawn", "Vanillekipferl withdrawn")


def test_actions_stand_area_by_area_the_soonest_due_first_and_keep_their_numbers(
    world: World,
) -> None:
    found = [(each.area.number, each.number) for each in report_of(world).actions]
    assert found == [(2, 2), (2, 4), (2, 3), (3, 1)]
    carried = [each.number for each in report_of(world).actions if each.is_carried_over]
    assert carried == [4]


def test_another_reviews_actions_are_not_in_it(world: World) -> None:
    with world.database.transaction() as session:
        mine = session.get_one(Review, world.review_id)
        other = Review(tenant_id=mine.tenant_id, nonce="another", edition=mine.edition,
                       lead_id=mine.lead_id, created_at=MADE_AT)  # fmt: skip
        session.add(other)
        session.flush()
        other_id = other.id or 0
    planned.put(world, 2, "Elsewhere", review_id=other_id)
    assert "Elsewhere" not in by_title(world, Version.PLAN)


@ONLY_SQLITE
def test_an_area_that_is_not_concluded_has_its_actions_in_every_report(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=builders.SMALL)
    planned.put(world, world.rows(ReviewArea)[0].number, "Planned already")
    for version in Version:
        assert by_title(world, version).keys() == {"Planned already"}


# --- who may have the plan ----------------------------------------------------------------


@ONLY_SQLITE
@pytest.mark.covers("R41")
def test_the_plan_is_for_the_reviews_lead_to_make(world: World) -> None:
    wanted = Wanted(world.review_id, "docx", "plan")
    with world.database.transaction() as session:
        files.check(session, actor=world.actors["amina"], wanted=wanted)
        for who in ("tom", "grace"):
            with pytest.raises(NotYours):
                files.check(session, actor=world.actors[who], wanted=wanted)


@ONLY_SQLITE
def test_the_plans_file_says_what_it_is(world: World) -> None:
    file = world.database.now(
        exports.make, review_id=world.review_id, format="json", version="plan", now=MADE_AT
    )
    assert file.description == "The improvement plan"
    assert file.name.endswith("improvement-plan-2027-01-27.json")
    held = json.loads(file.content)
    assert (held["version"], held["areas"], held["over_time"]) == ("plan", [], [])
    assert [each["number"] for each in held["actions"]] == [2, 4, 3, 1]
    assert held["by_principle"]["without_point"] == [2, 4, 3]
