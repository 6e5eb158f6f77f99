"""Answering a draft too late, too early, once more, and for someone without Teams."""

from datetime import datetime

import pytest

from eocif import confirmations, forms, review_groups, reviews
from eocif.database import Database
from eocif.errors import NotFound, NotYours
from eocif.models import AuditEvent, Response, ReviewArea
from eocif.rules.answers import KEPT_FOR_YOU
from eocif.rules.dates import at
from tests import after_the_close
from tests.after_the_close import NEXT_MORNING
from tests.builders import SMALL, World
from tests.confirming import CLOSES_ON, TUESDAY, change, form, respond, stored

CONCERN = "The wards at night are not in it."


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """The drafts of areas 2 and 3 are with the group until Monday 25 January."""
    return after_the_close.in_round_2(database, now)


# --- too late, too early, not theirs --------------------------------------------------------


def test_a_press_counts_until_a_quarter_past_five_and_later_ones_are_a_note(world: World) -> None:
    respond(world, "des", 2, "agree", at(CLOSES_ON, 17, 14))
    late = at(CLOSES_ON, 17, 20)
    for tick in (False, True):
        said = respond(world, "grace", 2, "concern", late, comment=CONCERN)
        assert (said.is_problem, said.notice) == (
            True,
            "This round closed on Monday 25 January 2027. Your earlier answer is kept. "
            f"Ask your lead if you need to change it. {KEPT_FOR_YOU}",
        )
        change(world, "grace", 2, {"2a": "excelling"}, late)
        card = form(world, "grace", 2, late)
        assert (card.state, card.answered, card.own["2a"]) == ("closed", False, "achieving")
        assert card.kept == {"answer": "concern", "comment": CONCERN, "level_2a": "excelling"}
        if not tick:
            world.tick(late)
    assert form(world, "des", 2, late).answer == "agree"


def test_what_is_stored_already_needs_no_second_copy(world: World) -> None:
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    late = at(CLOSES_ON, 17, 20)
    said = respond(world, "des", 2, "concern", late, comment=CONCERN)
    assert said.is_problem
    assert not said.notice.endswith(KEPT_FOR_YOU)
    assert form(world, "des", 2, late).kept == {}


def test_before_there_is_a_draft_nothing_of_it_is_shown(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    after_the_close.written(world, 2, NEXT_MORNING)
    for who in ("des", "tom", "amina"):
        card = form(world, who, 2, NEXT_MORNING)
        assert card.state == "not open yet"
        assert (set(card.words.values()), card.proposed, card.draws_on) == ({""}, {}, ())
        assert (card.result.statements, card.utterances) == ((), ())
    said = respond(world, "des", 2, "agree", NEXT_MORNING)
    assert said.notice.startswith("The draft of this area is not ready yet.")
    after_the_close.sent(world, 2, NEXT_MORNING)
    card = form(world, "des", 2, NEXT_MORNING)
    assert (card.state, card.answered, card.kept) == ("open", False, {"answer": "agree"})
    respond(world, "des", 2, "agree", NEXT_MORNING)
    assert form(world, "des", 2, NEXT_MORNING).kept == {}


def test_who_has_left_sees_their_own_answer_and_no_draft(world: World) -> None:
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=TUESDAY)
    card = form(world, "des", 2, TUESDAY)
    assert (card.state, card.comment, card.own["2a"]) == ("left the group", CONCERN, "progressing")
    assert (set(card.words.values()), card.utterances, card.result.statements) == ({""}, (), ())
    said = respond(world, "des", 2, "agree", TUESDAY)
    assert said.notice.startswith("You are no longer in this review group.")


def test_a_cancelled_review_and_an_area_set_aside_say_so(world: World) -> None:
    with world.database.transaction() as session:
        row = session.get_one(ReviewArea, world.area(3).id)
        row.state = "set_aside"
        session.add(row)
    assert form(world, "des", 3, TUESDAY).state == "set aside"
    said = respond(world, "des", 3, "agree", TUESDAY)
    assert said.notice.startswith("This area was set aside.")
    world.on_review(reviews.cancel, reason="", now=TUESDAY)
    assert form(world, "des", 2, TUESDAY).state == "cancelled"
    assert respond(world, "des", 2, "agree", TUESDAY).notice.startswith("This review was cancelled")


def test_after_sign_off_nothing_can_be_changed(world: World) -> None:
    with world.database.transaction() as session:
        review = session.get_one(reviews.Review, world.review_id)
        review.state = "signed_off"
        session.add(review)
    said = respond(world, "des", 2, "agree", TUESDAY)
    assert said.notice.startswith("This review has been signed off.")
    assert world.rate("des", 2, "excelling", TUESDAY).notice.startswith(
        "This review has been signed off."
    )


def test_who_is_not_in_the_group_is_told_so(world: World) -> None:
    for use_case, more in (
        (confirmations.confirm_form, {}),
        (confirmations.save_levels, {"fields": {}, "shown": {}}),
        (confirmations.save_answer, {"answer": "agree", "comment": "", "shown": {}}),
    ):
        with pytest.raises(NotYours):
            world.do(use_case, "joan", place=world.place(2), now=TUESDAY, **more)
        with pytest.raises(NotFound):
            world.do(use_case, "des", place=world.place(4), now=TUESDAY, **more)


# --- once more round ------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_a_changed_draft_is_answered_anew_and_levels_last_changed_stand(world: World) -> None:
    change(world, "des", 2, {"2a": "achieving"}, TUESDAY)
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    respond(world, "grace", 2, "agree", TUESDAY)
    closed = at(CLOSES_ON, 17, 15)
    world.tick(closed)
    after_the_close.sent(world, 2, closed, what_do="Ask the night staff.")
    card = form(world, "des", 2, closed)
    assert (card.round, card.answered, card.earlier) == (3, False, CONCERN)
    assert (card.words["what_do"], card.own["2a"]) == ("Ask the night staff.", "achieving")
    assert (card.result.round, form(world, "grace", 2, closed).earlier) == (2, "agree")
    change(world, "des", 2, {"2a": "excelling"}, closed)
    respond(world, "des", 2, "agree", closed)
    assert form(world, "des", 2, closed).own["2a"] == "excelling"
    rows = world.rows(Response, Response.member_id == world.members["des"])
    assert [(row.round, row.answer) for row in rows] == [(2, "concern"), (3, "agree")]


# --- for someone without Teams --------------------------------------------------------------


@pytest.mark.covers("R14")
def test_a_response_is_recorded_marked_and_by_whom(world: World) -> None:
    change(world, "tom", 2, {"2a": "excelling"}, TUESDAY, for_="doris")
    respond(world, "tom", 2, "concern", TUESDAY, comment=CONCERN, for_="doris")
    card = form(world, "tom", 2, TUESDAY, for_="doris")
    assert (card.for_name, card.privacy.recorder) == ("Doris Whitfield", "Tom Okafor")
    assert (card.answer, card.comment, card.own["2a"]) == ("concern", CONCERN, "excelling")
    row = stored(world, "doris")
    assert row.given_by == world.actors["tom"].person_id
    assert world.rows(AuditEvent)[-1].detail == {"on_behalf": True, "round": 2}
    assert not form(world, "tom", 2, TUESDAY).answered


def test_who_records_reads_the_draft_as_the_person_would(world: World) -> None:
    others = form(world, "tom", 2, TUESDAY, for_="doris").utterances
    assert {each.name for each in others} == {""}
    assert "doris says this of area 2." not in [each.text for each in others]
    assert "tom says this of area 2." in [each.text for each in others]


def test_where_the_lead_recorded_round_1_the_areas_lead_sees_none_of_it(
    database: Database, now: datetime
) -> None:
    world = after_the_close.opened(database, now, scope=SMALL)
    world.answer_all(2, after_the_close.ANSWERED_AT, but={"doris"})
    world.rate("amina", 2, "achieving", after_the_close.ANSWERED_AT, for_="doris")
    world.tick(at(after_the_close.CLOSED_ON, 17, 15))
    after_the_close.sent(world, 2, NEXT_MORNING)
    with pytest.raises(NotYours) as refused:
        form(world, "tom", 2, NEXT_MORNING, for_="doris")
    assert refused.value.sentence == (
        "Someone else records the answers to this area for this person. "
        "Those answers are kept, and besides them only the lead can see whose they are. "
        "Ask your lead who records them."
    )
    with pytest.raises(NotYours):
        world.do(
            confirmations.save_answer, "tom", place=world.place(2, for_="doris"), answer="agree",
            comment="", shown={}, now=NEXT_MORNING,
        )  # fmt: skip
    respond(world, "amina", 2, "agree", NEXT_MORNING, for_="doris")


def test_the_lead_may_take_over_what_an_area_lead_began(world: World) -> None:
    change(world, "tom", 2, {"2a": "excelling"}, TUESDAY, for_="doris")
    respond(world, "amina", 2, "agree", TUESDAY, for_="doris")
    assert stored(world, "doris").given_by == world.actors["amina"].person_id
    events = [row.event for row in world.rows(AuditEvent)]
    assert "recording taken over" in events


def test_nobody_records_for_who_uses_teams_or_in_others_areas(world: World) -> None:
    for who, for_ in (("tom", "grace"), ("grace", "doris"), ("kasia", "doris")):
        with pytest.raises(NotYours):
            respond(world, who, 2, "agree", TUESDAY, for_=for_)


def test_digests_of_what_is_shown_are_those_of_what_is_stored(world: World) -> None:
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    shown = form(world, "des", 2, TUESDAY).shown
    assert shown["comment"] == forms.digest(CONCERN)
    assert shown["level_2a"] == forms.digest("progressing")
