from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eocif import reviews, set_up, set_up_steps
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotNow, NotYours
from eocif.models import AuditEvent, Delivery, Review, ReviewArea
from eocif.rules.dates import at
from eocif.rules.set_up import LONGEST_TYPED
from eocif.set_up_summaries import (
    CheckStep,
    DetailsStep,
    GroupStep,
    LeadsStep,
    MemberStep,
    PaceStep,
    PerspectiveStep,
    RosterStep,
    ScopeStep,
    WithoutTeamsStep,
)
from eocif.summaries import Feedback
from tests import builders
from tests.builders import World


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft with all areas in scope and a whole group."""
    return builders.drafted(database, now)


def _review(world: World) -> Review:
    return world.rows(Review)[0]


def _show(world: World, step: str, now: datetime, **more: Any) -> Any:
    return world.on_review(set_up_steps.show, step=step, now=now, **more)


def _save(world: World, step: str, posted: dict[str, str], now: datetime, **more: Any) -> Feedback:
    """Save a step on a card that is fresh, unless `shown` says what an older one showed."""
    use_case = {
        "details": set_up.save_details, "scope": set_up.save_scope, "pace": set_up.save_pace,
        "leads": set_up.save_leads,
    }[step]  # fmt: skip
    if step == "pace":
        more.setdefault("clear", "")
    shown = more.pop("shown", None) or _shown(world, step, now)
    return world.on_review(use_case, posted=posted, shown=shown, now=now, **more)


def _shown(world: World, step: str, now: datetime) -> dict[str, str]:
    prefix = {"scope": "section_", "leads": "lead_"}.get(step, "")
    shown = _show(world, step, now).shown
    return {field.removeprefix(prefix): mark for field, mark in shown.items()}


# --- starting -------------------------------------------------------------------------------


def test_a_press_that_arrives_twice_makes_one_review(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    made = [world.do(reviews.start_set_up, nonce="same" * 4, now=now) for _ in range(2)]
    assert made[0] == made[1]
    assert len(world.rows(Review)) == 1
    assert len(world.rows(ReviewArea)) == 23


def test_leaving_and_coming_back_resumes_the_draft(world: World, now: datetime) -> None:
    assert world.do(reviews.start_set_up, nonce="another" * 2, now=now) == world.review_id
    assert _show(world, "details", now).values["provider"] == world.sample.provider


def test_an_old_press_after_the_start_finds_its_own_review(world: World, now: datetime) -> None:
    world.on_review(reviews.start, now=now)
    assert world.do(reviews.start_set_up, nonce="0" * 16, now=now) == world.review_id
    second = world.do(reviews.start_set_up, nonce="1" * 16, now=now)
    assert second != world.review_id
    assert world.do(reviews.start_set_up, nonce="0" * 16, now=now) == world.review_id


def test_the_same_nonce_from_another_person_is_another_review(world: World, now: datetime) -> None:
    assert world.do(reviews.start_set_up, "tom", nonce="0" * 16, now=now) != world.review_id


def test_a_guest_may_not_start_a_review(database: Database, now: datetime) -> None:
    world = builders.meet(database, now)
    with pytest.raises(NotYours) as refused:
        world.do(reviews.start_set_up, "sunil", nonce="0" * 16, now=now)
    assert refused.value.sentence == (
        "You cannot start a review here. Nothing was changed. "
        "Ask your experience of care lead to start one."
    )


def test_a_new_draft_begins_with_the_provider_known_and_the_next_monday(
    world: World, now: datetime
) -> None:
    second = world.do(reviews.start_set_up, "ruth", nonce="2" * 16, now=now)
    step = world.do(set_up_steps.show, "ruth", review_id=second, step="details", now=now)
    assert step.values["provider"] == world.sample.provider
    assert step.values["title"] == "Experience of care review 2027"
    pace = world.do(set_up_steps.show, "ruth", review_id=second, step="pace", now=now)
    assert pace.values["start_on"] == "2027-01-11"


def test_a_first_day_is_never_a_bank_holiday(database: Database) -> None:
    easter = datetime(2027, 3, 24, 10, tzinfo=UTC)  # Easter Monday is 29 March 2027
    world = builders.meet(database, easter)
    world.review_id = world.do(reviews.start_set_up, nonce="0" * 16, now=easter)
    assert _review(world).start_on == date(2027, 3, 30)


# --- step 1 ---------------------------------------------------------------------------------


def test_details_are_saved_as_they_come(world: World, now: datetime) -> None:
    posted = {"title": "Autumn review", "forum": "Quality Committee", "see_names": "yes"}
    assert _save(world, "details", posted, now) == Feedback()
    review = _review(world)
    assert (review.title, review.forum) == ("Autumn review", "Quality Committee")
    assert review.area_leads_see_names


def test_an_empty_field_never_erases_and_none_does(world: World, now: datetime) -> None:
    _save(world, "details", {"division": "Surgery"}, now)
    _save(world, "details", {"division": "", "see_names": "no"}, now)
    assert _review(world).division == "Surgery"
    _save(world, "details", {"division": "None"}, now)
    assert _review(world).division == ""


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"title": "none"}, "Name of the review is needed. Your earlier words are kept."),
        ({"forum": "x" * 203}, "Forum it reports to is too long. Cut 3 characters. What you typed "
         "is still here."),
        ({"see_names": "perhaps"}, "Choose yes or no."),
        ({"colour": "red"}, "This card does not have that question."),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_taken_stays_on_the_card_and_the_others_are_saved(
    posted: dict[str, str], sentence: str, world: World, now: datetime
) -> None:
    said = _save(world, "details", {**posted, "segment": "Segment 2, May 2026"}, now)
    assert said.is_problem
    assert (said.problems, said.typed) == (dict.fromkeys(posted, sentence), posted)
    assert _review(world).segment == "Segment 2, May 2026"
    assert _review(world).title == "Experience of care review 2027"


def test_two_editors_are_merged_field_by_field(world: World, now: datetime) -> None:
    both_saw = _shown(world, "details", now)
    _save(world, "details", {"title": "Tom's title", "forum": "Board"}, now, shown=both_saw)
    said = _save(
        world, "details", {"title": "Amina's title", "division": "Medicine"}, now, shown=both_saw
    )
    review = _review(world)
    assert (review.title, review.forum, review.division) == ("Tom's title", "Board", "Medicine")
    [differs] = said.differs
    assert (differs.label, differs.stored, differs.typed) == (
        "Name of the review", "Tom's title", "Amina's title",
    )  # fmt: skip
    assert said.typed == {"title": "Amina's title"}
    assert _save(world, "details", {"title": "Amina's title"}, now) == Feedback()
    assert _review(world).title == "Amina's title"


# --- step 2 ---------------------------------------------------------------------------------


def _numbers(world: World) -> list[int]:
    return [row.number for row in world.rows(ReviewArea)]


@pytest.mark.covers("R61")
def test_scope_can_be_limited_to_sections_and_areas(world: World, now: datetime) -> None:
    said = _save(world, "scope", {"1": "3, 1", "4": "18"}, now)
    assert said == Feedback()
    assert sorted(_numbers(world)) == [1, 3, 18]
    step = _show(world, "scope", now)
    assert step.chosen == {1, 3, 18}
    assert _show(world, "check", now).scope == (
        "areas 1 and 3 of section 1 (Leadership); area 18 of section 4 (Analysing feedback)"
    )
    _save(world, "scope", {"1": "1,2,3,4"}, now)
    assert sorted(_numbers(world)) == [1, 2, 3, 4]
    assert _show(world, "check", now).scope == "section 1 (Leadership)"


def test_the_order_of_ticks_does_not_matter(world: World, now: datetime) -> None:
    before = [row.id for row in world.rows(ReviewArea)]
    everything = {"1": "4,3,2,1", "2": "9,8,7,6,5", "3": "10,12,11,13,14", "4": "15,16,17,18"}
    _save(world, "scope", {**everything, "5": "19,20,21,22,23"}, now)
    assert [row.id for row in world.rows(ReviewArea)] == before


@pytest.mark.parametrize("posted", [{}, {"1": "99,²,"}, {"7": "1"}])
def test_a_scope_without_an_area_is_refused(
    posted: dict[str, str], world: World, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        _save(world, "scope", posted, now)
    assert refused.value.problems[0].sentence == (
        "No area is chosen. Choose at least one. Your earlier choice is kept."
    )
    assert len(_numbers(world)) == 23


def test_two_editors_cannot_leave_nothing_in_scope_together(world: World, now: datetime) -> None:
    both_saw = _shown(world, "scope", now)
    _save(world, "scope", {"5": "19,20,21,22,23"}, now, shown=both_saw)
    others = {"1": "1,2,3,4", "2": "5,6,7,8,9", "3": "10,11,12,13,14", "4": "15,16,17,18"}
    with pytest.raises(Invalid):
        _save(world, "scope", others, now, shown=both_saw)
    assert sorted(_numbers(world)) == [19, 20, 21, 22, 23]


def test_a_section_that_both_changed_is_shown_not_overwritten(world: World, now: datetime) -> None:
    both_saw = _shown(world, "scope", now)
    _save(world, "scope", {"1": "1"}, now, shown=both_saw)
    said = _save(world, "scope", {"1": "2"}, now, shown=both_saw)
    assert [(each.field, each.stored, each.typed) for each in said.differs] == [
        ("section_1", "1", "2")
    ]
    assert said.typed == {"section_1": "2"}


# --- step 3 ---------------------------------------------------------------------------------


def test_pace_and_dates_are_saved_as_typed(world: World, now: datetime) -> None:
    posted = {"start_on": "18 January 2027", "pace": "8", "answer_days": "5"}
    assert _save(world, "pace", posted, now) == Feedback()
    step = _show(world, "pace", now)
    assert step.values == {
        "start_on": "2027-01-18", "pace": "8", "answer_days": "5", "finish_by": "",
    }  # fmt: skip
    assert [len(row.areas) for row in step.timetable] == [8, 8, 7]
    assert (step.timetable[-1].opens_on, step.timetable[-1].closes_on) == (
        date(2027, 2, 1), date(2027, 2, 8),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("pace", "0", "Type a whole number of areas a week from 1 to 23."),
        ("pace", "five", "Type a whole number of areas a week from 1 to 23."),
        ("pace", "²", "Type a whole number of areas a week from 1 to 23."),
        ("answer_days", "61", "Type a whole number of working days from 1 to 60."),
        ("start_on", "soon", "We could not read this date. Type it like 18 February 2028."),
        ("start_on", "6 January 2027", "Wednesday 6 January 2027 has passed or is too late today. "
         "Choose Thursday 7 January 2027 or later."),
        ("finish_by", "1/1/2020", "Wednesday 1 January 2020 has passed or is too late today. "
         "Choose Thursday 7 January 2027 or later."),
        ("start_on", "31/12/9999", "Friday 31 December 9999 is too far ahead. "
         "Choose Sunday 7 January 2029 or sooner."),
    ],
)  # fmt: skip
def test_a_pace_or_date_that_cannot_be_is_said_and_the_others_are_saved(
    field: str, typed: str, sentence: str, world: World, now: datetime
) -> None:
    other = "answer_days" if field == "pace" else "pace"
    said = _save(world, "pace", {field: typed, other: "7"}, now)
    assert said.problems == {field: sentence}
    assert said.typed == {field: typed}
    assert getattr(_review(world), other) == 7


def test_a_pace_that_cannot_finish_says_what_would(world: World, now: datetime) -> None:
    said = _save(world, "pace", {"finish_by": "1 February 2027", "pace": "4"}, now)
    assert said.notice == (
        "At 4 areas a week the first round ends on Monday 1 March 2027. "
        "Ask for 12 areas a week, or finish later than Monday 1 February 2027."
    )
    assert said.problems == {"finish_by": said.notice}
    assert said.typed == {"finish_by": "1 February 2027", "pace": "4"}
    assert (_review(world).pace, _review(world).finish_by) == (5, None)
    hopeless = _save(world, "pace", {"finish_by": "12 January 2027"}, now)
    assert hopeless.notice.endswith(
        "No pace can finish by Tuesday 12 January 2027. Choose a later day."
    )


def test_the_last_day_can_be_taken_away_again(world: World, now: datetime) -> None:
    _save(world, "pace", {"finish_by": "1 March 2027"}, now)
    assert _review(world).finish_by == date(2027, 3, 1)
    _save(world, "pace", {"finish_by": "1 March 2027"}, now, clear="finish_by")
    assert _review(world).finish_by is None
    changes = [row.detail for row in world.rows(AuditEvent) if row.event == "set-up changed"]
    assert changes[-1] == {"fields": ["finish_by"]}
    _save(world, "pace", {}, now, clear="finish_by")
    assert len([row for row in world.rows(AuditEvent) if row.event == "set-up changed"]) == len(
        changes
    )


# --- step 5 ---------------------------------------------------------------------------------


def test_area_leads_are_named_by_section(world: World, now: datetime) -> None:
    kasia = world.actors["kasia"].person_id
    step = _show(world, "leads", now)
    assert step.leads == {1: world.actors["tom"].person_id, 2: kasia, 3: 0, 4: 0, 5: 0}
    assert (step.mixed, len(step.sections)) == (frozenset(), 5)
    _save(world, "leads", {"1": "0", "3": str(kasia)}, now)
    assert _show(world, "leads", now).leads == {1: 0, 2: kasia, 3: kasia, 4: 0, 5: 0}


def test_leads_change_while_a_review_runs_and_messages_follow(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now)
    moment = at(builders.MONDAY, 11)
    _save(world, "leads", {"1": str(world.actors["kasia"].person_id)}, moment)
    assert _show(world, "leads", moment).leads[1] == world.actors["kasia"].person_id
    followed = {row.person_id for row in world.rows(Delivery, Delivery.kind == "update")}
    assert world.actors["tom"].person_id in followed
    world.on_review(reviews.cancel, reason="", now=moment)
    with pytest.raises(NotNow):
        _save(world, "leads", {"1": "0"}, moment, shown={"1": ""})


def test_only_members_who_use_teams_and_are_not_guests_may_lead(
    world: World, now: datetime
) -> None:
    names = {each.name for each in _show(world, "leads", now).candidates}
    assert names.isdisjoint({"Sunil Rao", "Doris Whitfield", "Joan Pettifer"})
    for refused in (str(world.actors["sunil"].person_id), "²", "9" * 5000):
        said = _save(world, "leads", {"1": refused}, now)
        assert said.problems == {
            "lead_1": "This person is not in the review group any more. Choose someone else."
        }
        assert said.typed == {"lead_1": refused[:LONGEST_TYPED]}


def test_a_section_with_several_leads_shows_none(world: World, now: datetime) -> None:
    with world.database.transaction() as session:
        row = session.get_one(ReviewArea, 1)
        row.lead_id = None
        session.add(row)
    step = _show(world, "leads", now)
    assert (step.leads[1], step.mixed) == (0, frozenset({1}))


# --- every step -----------------------------------------------------------------------------


def test_every_step_shows_what_is_stored(world: World, now: datetime) -> None:
    shown = {
        "details": DetailsStep, "scope": ScopeStep, "pace": PaceStep, "group": GroupStep,
        "without_teams": WithoutTeamsStep, "leads": LeadsStep, "check": CheckStep,
    }  # fmt: skip
    for step, kind in shown.items():
        assert type(_show(world, step, now)) is kind
    assert type(_show(world, "perspective", now, perspective_key="healthwatch")) is PerspectiveStep
    assert type(_show(world, "roster", now, perspective_key="healthwatch")) is RosterStep
    assert type(_show(world, "member", now, member_id=world.members["tom"])) is MemberStep
    with pytest.raises(NotFound):
        _show(world, "perspective", now, perspective_key="cats")
    with pytest.raises(NotFound):
        _show(world, "member", now, member_id=2**80)


def test_a_pace_step_without_a_first_day_has_no_timetable(world: World, now: datetime) -> None:
    with world.database.transaction() as session:
        row = session.get_one(Review, world.review_id)
        row.start_on = None
        session.add(row)
    step = _show(world, "pace", now)
    assert (step.timetable, step.values["start_on"]) == ((), "")
    assert "Choose the first day." in _show(world, "check", now).blockers


@pytest.mark.covers("R12")
def test_the_check_shows_what_will_happen_before_anyone_is_asked(
    world: World, now: datetime
) -> None:
    step = _show(world, "check", now)
    assert [each.key for each in step.missing] == [
        "voluntary_and_community", "icb_and_partners", "volunteers",
    ]  # fmt: skip
    assert (step.members, step.without_teams) == (9, ("Doris Whitfield",))
    assert (step.statements, step.scope) == (86, "All 23 areas")
    assert step.timetable[0].opens_on == builders.MONDAY
    assert (step.minutes_a_week, step.minutes_in_all) == (20, 72)
    assert (step.blockers, step.warnings) == ((), ())


def test_a_passed_first_day_is_said_when_someone_comes_back(world: World, now: datetime) -> None:
    step = _show(world, "check", now + timedelta(days=30))
    assert step.blockers == ("The first day has passed. Choose a later one.",)
