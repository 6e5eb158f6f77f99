"""Sign-off and its dates, and areas that are opened again."""

from datetime import date, datetime, timedelta

import pytest

from eocif import audit, drafts, reviews, sign_off
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotNow, NotYours
from eocif.models import AuditEvent, Conclusion, Delivery, Draft, Member, Review
from eocif.rules.dates import at
from tests import after_the_close, builders, to_the_end
from tests.after_the_close import NEXT_MORNING, written
from tests.builders import MONDAY, SMALL, World, codes
from tests.to_the_end import (
    CONCLUDED_AT,
    CONCLUDING_AT,
    SIGNED_OFF_AT,
    conclude,
    ended,
    respond,
    sign,
)

TODAY, IN_THREE_YEARS = date(2027, 1, 27), date(2030, 1, 27)
LATER = at(date(2027, 3, 2), 10)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3, all there is, are concluded."""
    return to_the_end.concluded(database, now)


def _review(world: World) -> Review:
    return world.rows(Review, Review.id == world.review_id)[0]


def _refused(world: World, **typed: str) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        sign(world, **typed)
    assert _review(world).state == "collecting"
    return [(each.field, each.sentence) for each in refused.value.problems]


def _events(world: World, event: str) -> list[AuditEvent]:
    return world.rows(AuditEvent, AuditEvent.event == event)


def _reopen(
    world: World, area: int = 2, reason: str = "A new report.", who: str = "amina",
    now: datetime = LATER,
) -> date | None:  # fmt: skip
    return world.on_review(sign_off.reopen, who, number=area, reason=reason, now=now)


# --- signing off ------------------------------------------------------------------------------


@pytest.mark.covers("R17")
def test_every_area_in_scope_is_concluded_or_set_aside_with_a_reason(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluding(database, now, scope={"1": "1,2,3,4"}, areas=(2, 3))
    conclude(world, 2)
    assert _refused(world) == [
        ("", "Areas 1 and 4 are waiting for a draft."), ("", "Area 3 is not concluded yet."),
    ]  # fmt: skip
    conclude(world, 3)
    world.on_review(drafts.set_aside, number=1, reason="Too few took part.", now=CONCLUDED_AT)
    assert _refused(world) == [("", "Area 4 is waiting for a draft.")]
    world.on_review(drafts.set_aside, number=4, reason="Too few took part.", now=CONCLUDED_AT)
    sign(world)
    assert _review(world).state == "signed_off"


def test_sign_off_fixes_the_baseline_and_the_next_assessment(world: World) -> None:
    sign(world)
    review = _review(world)
    assert (review.baseline_on, review.reassess_on) == (TODAY, IN_THREE_YEARS)
    assert (review.signed_off_by, review.reassess_because) == (
        world.actors["amina"].person_id, "",
    )  # fmt: skip
    [event] = _events(world, "review signed off")
    assert event.detail == {
        "baseline": "2027-01-27", "reassess": "2030-01-27", "reason_given": False,
    }  # fmt: skip


def test_the_baseline_is_the_day_in_london(world: World) -> None:
    sign(world, datetime.fromisoformat("2027-06-30T23:30:00+00:00"))
    assert _review(world).baseline_on == date(2027, 7, 1)


def test_sooner_takes_a_reason_and_later_is_refused(world: World) -> None:
    assert _refused(world, reassess_on="2030-01-28")[0][0] == "reassess_on"
    assert _refused(world, reassess_on="1 March 2029")[0][0] == "reassess_because"
    assert _refused(world, reassess_on="soon", reassess_because="x" * 2_001) == [
        ("reassess_on", "We could not read this date. Type it like 18 February 2028."),
        (
            "reassess_because",
            "“Your reason” is 1 character too long. The most is 2,000. "
            "All of it is still here. Cut it and save again.",
        ),
    ]
    sign(world, reassess_on="1 March 2029", reassess_because="A merger is planned.")
    review = _review(world)
    assert (review.reassess_on, review.reassess_because) == (
        date(2029, 3, 1), "A merger is planned.",
    )  # fmt: skip


def test_only_the_lead_signs_off_and_once(world: World) -> None:
    for who in ("tom", "grace", "joan"):
        with pytest.raises(NotYours):
            world.on_review(
                sign_off.sign_off, who, reassess_on="", reassess_because="", now=SIGNED_OFF_AT
            )
    sign(world)
    with pytest.raises(NotNow) as refused:
        sign(world, LATER)
    assert refused.value.happened == "This review has been signed off."
    assert _review(world).baseline_on == TODAY


def test_what_was_waiting_to_go_out_is_dropped_and_messages_say_so(world: World) -> None:
    world.send(CONCLUDED_AT)
    [message] = world.rows(Delivery, Delivery.id == world.unasked("grace")[-1].id)
    with world.database.transaction() as session:
        session.add(
            Delivery(
                tenant_id=message.tenant_id, kind="nudge", recipient=message.recipient,
                subject=message.subject, slot="late", person_id=message.person_id,
                review_id=world.review_id, created_at=CONCLUDED_AT, next_at=SIGNED_OFF_AT,
            )
        )  # fmt: skip
    sign(world)
    assert world.rows(Delivery, Delivery.kind == "nudge")[0].state == "cancelled"
    updates = world.rows(Delivery, Delivery.kind == "update", Delivery.state == "queued")
    assert world.actors["grace"].person_id in {row.person_id for row in updates}


def test_the_last_look_counts_what_the_worksheet_holds(database: Database, now: datetime) -> None:
    world = to_the_end.concluding(database, now, scope={"1": "1,2,3"}, areas=(2, 3))
    respond(world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.",
            reply_kind="stands")  # fmt: skip
    respond(world, "grace", 2, "concern", CONCLUDING_AT, comment="Nor at weekends.",
            reply="We asked.", reply_kind="answered")  # fmt: skip
    written(world, 2, CONCLUDING_AT, who="tom", level_2a="achieving", reason_2a="A new policy.")
    conclude(world, 2)
    conclude(world, 3)
    step = world.on_review(sign_off.step, now=SIGNED_OFF_AT)
    assert step.standing == ("Area 1 is waiting for a draft.",)
    assert (step.concluded, step.set_aside, step.not_agreed, step.set_by_lead) == (2, 0, 2, 1)
    assert step.concerns_standing == 1
    assert (step.baseline_on, step.latest) == (TODAY, IN_THREE_YEARS)
    assert step.values == {"reassess_on": "2030-01-27", "reassess_because": ""}
    with pytest.raises(NotYours):
        world.on_review(sign_off.step, "tom", now=SIGNED_OFF_AT)


# --- opening an area again ------------------------------------------------------------------


def test_an_area_is_opened_again_with_a_reason_and_its_draft_is_kept(world: World) -> None:
    for reason, sentence in (("", "Say why this area"), ("x" * 2_001, "“Your reason” is 1")):
        with pytest.raises(Invalid) as refused:
            _reopen(world, reason=reason)
        assert refused.value.problems[0].field == "reason"
        assert refused.value.problems[0].sentence.startswith(sentence)
    before = world.rows(Draft)[0].fields
    assert _reopen(world) is None
    area = world.area(2)
    assert (area.state, area.since, area.round) == ("drafting", LATER, 2)
    assert (area.concluded_at, area.concluded_by, ended(world, 2)) == (None, None, {})
    assert world.rows(Draft)[0].fields == before
    assert world.area(3).state == "concluded"
    assert len(ended(world, 3)) == len(codes(3))


def test_what_it_was_before_is_kept_for_every_later_report(world: World) -> None:
    sign(world)
    _reopen(world, 3)
    assert world.area(3).reopened == [
        {
            "at": LATER.isoformat(), "by": world.actors["amina"].person_id,
            "because": "A new report.", "levels": dict.fromkeys(codes(3), "achieving"),
            "round": 2, "set_aside_because": "", "baseline_on": "2027-01-27",
        }
    ]  # fmt: skip
    again = LATER + timedelta(days=30)
    _conclude_again(world, 3, LATER)
    _reopen(world, 3, "And another report.", now=again)
    assert [each["because"] for each in world.area(3).reopened] == [
        "A new report.", "And another report.",
    ]  # fmt: skip
    assert world.area(3).reopened[1]["round"] == 3


def _conclude_again(world: World, area: int, now: datetime) -> None:
    after_the_close.sent(world, area, now, who="tom")
    closes = world.area(area).closes_on
    assert closes is not None
    world.tick(at(closes, 17, 15))
    conclude(world, area, now=at(closes + timedelta(days=1), 10))


def test_a_signed_off_review_runs_again_and_its_next_sign_off_makes_a_new_baseline(
    world: World,
) -> None:
    sign(world)
    _reopen(world, 3)
    review = _review(world)
    assert (review.state, review.baseline_on, review.reassess_on, review.signed_off_by) == (
        "collecting", None, None, None,
    )  # fmt: skip
    assert len(_events(world, "review reopened")) == 1
    assert _refused(world) == [("", "Area 3 is waiting for a draft.")]
    _conclude_again(world, 3, LATER)
    assert world.area(3).round == 3
    sign(world, at(date(2027, 3, 18), 10))
    assert _review(world).baseline_on == date(2027, 3, 18)


def test_a_draft_may_go_round_twice_after_each_opening(world: World) -> None:
    _reopen(world, 3)
    now = LATER
    for round_ in (3, 4):
        after_the_close.sent(world, 3, now, who="tom", where_now=f"The text of round {round_}.")
        assert world.area(3).round == round_
        closes = world.area(3).closes_on
        assert closes is not None
        world.tick(at(closes, 17, 15))
        now = at(closes + timedelta(days=1), 10)
    with pytest.raises(NotNow) as refused:
        after_the_close.sent(world, 3, now, who="tom", where_now="Once more.")
    assert "went round already" in refused.value.happened


def test_the_same_press_come_again_opens_once(world: World) -> None:
    _reopen(world)
    assert _reopen(world) is None
    assert (len(world.area(2).reopened), len(_events(world, "area reopened"))) == (1, 1)
    with pytest.raises(NotNow) as refused:
        _reopen(world, reason="Another reason.")
    assert "open already" in refused.value.happened


def test_only_the_reviews_lead_opens_an_area_again(world: World) -> None:
    for who in ("tom", "grace", "joan"):
        with pytest.raises(NotYours):
            _reopen(world, who=who)
        with pytest.raises(NotYours):
            world.on_review(sign_off.reopening, who, number=2, now=LATER)
    with pytest.raises(NotFound):
        _reopen(world, area=9)


def test_the_question_why_shows_the_areas_section_and_only_where_it_can_be_opened(
    world: World,
) -> None:
    summary = world.on_review(sign_off.reopening, number=2, now=LATER)
    assert (summary.section, [each.area.number for each in summary.areas]) == (1, [2, 3])
    _reopen(world)
    with pytest.raises(NotNow):
        world.on_review(sign_off.reopening, number=2, now=LATER)


def test_an_area_set_aside_after_its_round_closed_goes_back_to_its_draft(
    database: Database, now: datetime
) -> None:
    world = after_the_close.in_round_2(database, now)
    world.on_review(drafts.set_aside, number=2, reason="Too few took part.", now=NEXT_MORNING)
    _reopen(world, now=CONCLUDING_AT)
    area = world.area(2)
    assert (area.state, area.round, area.set_aside_because) == ("drafting", 2, "")
    entry = area.reopened[0]
    assert (entry["levels"], entry["set_aside_because"]) == ({}, "Too few took part.")


def test_an_area_whose_first_round_never_closed_gets_a_round_with_new_dates(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    noon = at(MONDAY, 12)
    world.rate("grace", 2, "achieving", noon)
    world.on_review(drafts.set_aside, number=2, reason="Too few took part.", now=noon)
    next_week = MONDAY + timedelta(days=7)
    assert _reopen(world, now=at(MONDAY, 13)) == next_week
    assert _reopen(world, now=at(MONDAY, 13)) == next_week  # the same press, come again
    area = world.area(2)
    assert (area.state, area.round, area.opened_at) == ("waiting", 1, None)
    assert (area.opens_on, area.closes_on) == (next_week, date(2027, 2, 1))
    world.live(at(next_week, 9))
    assert world.area(2).state == "round_1"
    assert world.form("grace", 2, at(next_week, 10)).choices == dict.fromkeys(codes(2), "achieving")


def test_a_round_that_was_held_open_or_closing_early_starts_afresh(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    with world.database.transaction() as session:
        area = world.area(2)
        area.early_on, area.is_held_open = MONDAY, True
        session.merge(area)
    world.on_review(drafts.set_aside, number=2, reason="Too few took part.", now=at(MONDAY, 12))
    _reopen(world, now=at(MONDAY, 13))
    assert (world.area(2).early_on, world.area(2).is_held_open) == (None, False)


def test_the_trail_says_who_opened_what_again_without_the_reason(world: World) -> None:
    _reopen(world, reason="Zwetschgendatschi")
    [event] = _events(world, "area reopened")
    assert event.detail == {"was": "concluded", "to": "drafting", "round": 2}
    assert event.actor == audit.pseudonym(world.actors["amina"].person_id)
    assert "Zwetschgendatschi" not in repr(world.rows(AuditEvent))


# --- last time's review ---------------------------------------------------------------------


def test_a_new_review_is_set_beside_the_latest_one_signed_off_like_it(
    world: World, now: datetime
) -> None:
    sign(world)
    assert _started_after(world, LATER).before_id == world.review_id


@pytest.mark.parametrize("changes", [{"division": "Surgery"}, {"rating_unit": "area"}])
def test_reviews_of_another_division_or_rating_unit_are_not_compared(
    world: World, changes: dict[str, str]
) -> None:
    sign(world)
    assert _started_after(world, LATER, **changes).before_id is None


def test_a_review_that_is_not_signed_off_is_not_compared(world: World) -> None:
    assert _started_after(world, LATER).before_id is None


def _started_after(world: World, now: datetime, **changes: str) -> Review:
    new = world.do(reviews.start_set_up, nonce="7" * 16, now=now)
    joan = world.actors["joan"]
    with world.database.transaction() as session:
        session.add(
            Member(
                tenant_id=joan.tenant_id, review_id=new, joined_at=now,
                person_id=joan.person_id, perspectives=["healthwatch"],
            )
        )  # fmt: skip
        row = session.get_one(Review, new)
        for field, value in changes.items():
            setattr(row, field, value)
    world.do(reviews.start, review_id=new, now=now)
    return world.rows(Review, Review.id == new)[0]


def test_conclusions_of_other_areas_are_untouched(world: World) -> None:
    _reopen(world)
    assert {row.area_id for row in world.rows(Conclusion)} == {world.area(3).id}
