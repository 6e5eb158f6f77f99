"""A draft is written step by step, by one lead or several, and goes round when it is complete."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from eocif import area_work, drafts
from eocif.database import Database
from eocif.drafting import open_draft
from eocif.errors import EocifError, Invalid, NotNow, NotYours
from eocif.models import AuditEvent, Delivery, Draft, Rating, Response, Review
from eocif.rules.dates import at
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests import after_the_close, builders
from tests.after_the_close import ANSWERED_AT, NEXT_MORNING, written
from tests.builders import World

NOON = at(date(2027, 1, 14), 12)
ROUND_2_CLOSED = at(date(2027, 1, 25), 17, 15)
AFTER_ROUND_2 = at(date(2027, 1, 26), 10)
WORDS = {"where_now": "Here.", "what_good": "There.", "what_do": "Go."}
TALK_FIRST = dict.fromkeys(
    ("amina", "tom", "ruth", "kasia", "des", "peter", "sunil", "grace"), "achieving"
) | {"doris": "insufficient_progress"}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 (close) and 3 (agreed) wait for Tom to draft them."""
    return after_the_close.drafting(database, now)


def _work(world: World, who: str = "tom", number: int = 2, now: datetime = NOON) -> Any:
    return world.on_review(area_work.area_work, who, number=number, now=now)


def _save(
    world: World, fields: Mapping[str, str], who: str = "tom", number: int = 2, *,
    shown: Mapping[str, str] | None = None, now: datetime = NOON, levels: bool = False,
) -> Feedback:  # fmt: skip
    """Someone saves a step on a card fresh from the server, or on one that showed `shown`."""
    seen = _work(world, who, number, now).draft.shown if shown is None else shown
    use_case, name = (drafts.save_levels, "fields") if levels else (drafts.save_words, "words")
    return world.on_review(use_case, who, number=number, shown=seen, now=now, **{name: fields})


def _levels(world: World, fields: Mapping[str, str], **more: Any) -> Feedback:
    return _save(world, fields, levels=True, **more)


def _row(world: World, number: int = 2) -> Draft:
    return world.rows(Draft, Draft.area_id == world.area(number).id)[0]


def _send(world: World, who: str = "tom", number: int = 2, now: datetime = NOON) -> date | None:
    return world.on_review(drafts.send, who, number=number, now=now)


def _needed(world: World, **more: Any) -> list[str]:
    with pytest.raises(Invalid) as refused:
        _send(world, **more)
    return [each.sentence for each in refused.value.problems]


def _events(world: World, event: str) -> list[AuditEvent]:
    return world.rows(AuditEvent, AuditEvent.event == event)


def _clear(world: World, *what: str, who: str = "tom", now: datetime = NOON) -> Feedback:
    return world.on_review(drafts.clear, who, number=2, what=what, now=now)


# --- writing --------------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_a_draft_is_kept_step_by_step(world: World) -> None:
    assert _save(world, {"where_now": "Here.", "draws_on": "healthwatch,clinical_leaders"}) == (
        Feedback()
    )
    assert _levels(world, {"level_2a": "achieving", "reason_2a": "Most do."}) == Feedback()
    assert _row(world).fields == {
        "where_now": "Here.", "draws_on": "clinical_leaders,healthwatch",
        "level_2a": "achieving", "reason_2a": "Most do.",
    }  # fmt: skip
    assert (_row(world).updated_by, _row(world).updated_at) == (
        world.actors["tom"].person_id, NOON,
    )  # fmt: skip


def test_an_empty_input_never_erases(world: World) -> None:
    _save(world, WORDS)
    _save(world, {**dict.fromkeys(WORDS, ""), "gap": "A gap."})
    assert _row(world).fields == {**WORDS, "gap": "A gap."}


def test_a_press_that_comes_again_changes_nothing(world: World) -> None:
    shown = _work(world).draft.shown
    for minutes in (0, 5):
        later = NOON + timedelta(minutes=minutes)
        assert _save(world, WORDS, shown=shown, now=later) == Feedback()
    assert _row(world).updated_at == NOON
    assert len(_events(world, "draft saved")) == 1


def test_fields_of_other_areas_and_steps_are_passed_over(world: World) -> None:
    _save(world, {"where_now": "Here.", "level_2a": "achieving", "kept": "!"})
    _levels(world, {"level_3a": "achieving", "where_now": "There.", "level_2b": "progressing"})
    assert _row(world).fields == {"where_now": "Here.", "level_2b": "progressing"}


def test_a_second_lead_is_shown_the_firsts_words_and_chooses(world: World) -> None:
    shown = _work(world, "amina").draft.shown
    _save(world, {"where_now": "Tom's words.", "what_do": "Tom's plan."})
    said = _save(world, {"where_now": "Amina's words.", "gap": "A gap."}, "amina", shown=shown)
    assert [(each.field, each.label, each.stored, each.typed) for each in said.differs] == [
        ("where_now", "Where are we now?", "Tom's words.", "Amina's words.")
    ]
    assert (said.is_problem, said.typed) == (True, {"where_now": "Amina's words."})
    assert _row(world).fields == {
        "where_now": "Tom's words.", "what_do": "Tom's plan.", "gap": "A gap.",
    }  # fmt: skip
    assert _save(world, {"where_now": "Amina's words."}, "amina") == Feedback()
    assert _row(world).fields["where_now"] == "Amina's words."


def test_too_long_words_are_kept_whole_until_they_fit(world: World) -> None:
    _save(world, {"where_now": "Before."})
    said = _save(world, {"where_now": "x" * 2001, "what_do": "Go."})
    assert list(said.problems) == ["where_now"] == list(said.typed)
    assert _row(world).fields == {"where_now": "Before.", "what_do": "Go."}
    assert _row(world).kept == {"where_now": "x" * 2001}
    _save(world, {"what_good": "There."})
    assert _row(world).kept == {"where_now": "x" * 2001}
    _save(world, {"where_now": "x" * 2000})
    assert (_row(world).kept, len(_row(world).fields["where_now"])) == ({}, 2000)


def test_what_was_kept_goes_with_words_that_need_no_change(world: World) -> None:
    _save(world, {"where_now": "Before."})
    _save(world, {"where_now": "x" * 2001})
    _save(world, {"where_now": "Before."})
    assert _row(world).kept == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level_2a", "dont_know"),
        ("level_2a", "best"),
        ("draws_on", "clinical_leaders,volunteers"),  # no volunteer took part
    ],
)
def test_a_choice_that_no_card_offers_is_not_taken(world: World, field: str, value: str) -> None:
    said = _save(world, {field: value}, levels=field.startswith("level_"))
    assert (list(said.problems), _row(world).fields, _row(world).kept) == ([field], {}, {})


def test_a_level_that_was_agreed_is_left_to_the_rule_until_the_lead_chooses_another(
    world: World,
) -> None:
    assert _work(world, number=3).draft.values["level_3a"] == "achieving"
    _levels(world, {"level_3a": "achieving", "level_3b": "excelling"}, number=3)
    assert _row(world, 3).fields == {"level_3b": "excelling"}
    _levels(world, {"level_3b": "achieving"}, number=3)
    assert _row(world, 3).fields == {"level_3b": "achieving"}


def test_fields_are_cleared_by_their_own_button(world: World) -> None:
    _save(world, {**WORDS, "gap": "A gap."})
    _save(world, {"gap": "x" * 2001})
    for _press in range(2):
        assert not _clear(world, "gap", "what_do", "kept").is_problem
    assert _row(world).fields == {"where_now": "Here.", "what_good": "There."}
    assert _row(world).kept == {}
    with pytest.raises(Invalid):
        _clear(world, "state")


@pytest.mark.parametrize("who", ["kasia", "grace"])
def test_only_an_areas_lead_and_the_reviews_lead_draft_it(world: World, who: str) -> None:
    for use_case, more in (
        (drafts.save_words, {"words": WORDS, "shown": {}}),
        (drafts.save_levels, {"fields": {}, "shown": {}}),
        (drafts.clear, {"what": ("gap",)}),
        (drafts.send, {}),
    ):
        with pytest.raises(NotYours):
            world.on_review(use_case, who, number=2, now=NOON, **more)  # type: ignore[operator]


@pytest.mark.covers("R21")
def test_nothing_is_drafted_before_the_round_has_closed(database: Database, now: datetime) -> None:
    world = after_the_close.answered(database, now)
    with pytest.raises(NotNow):
        _save(world, WORDS, shown={}, now=ANSWERED_AT)
    assert world.rows(Draft) == []


# --- what it needs --------------------------------------------------------------------------


def test_an_incomplete_draft_does_not_go_round_and_says_all_that_it_needs(world: World) -> None:
    assert _needed(world) == list(_work(world).standing)
    assert _needed(world)[-1] == "Choose a level, or “not agreed”, for 2a, 2b and 2c."
    assert world.area(2).state == "drafting"
    assert len(_work(world, number=3).standing) == 4


@pytest.mark.covers("R34")
def test_a_level_where_the_rule_gives_none_does_not_go_round_without_a_reason(
    world: World,
) -> None:
    written(world, 2, NOON)
    _levels(world, {"level_2a": "achieving"})
    _clear(world, "reason_2a")
    assert _needed(world) == ["Give a reason for 2a: your choice is not what the rule says."]
    _levels(world, {"reason_2a": "Most do."})
    assert _send(world) is not None


def test_a_far_view_is_heard_before_a_draft_goes_round(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now, choices=TALK_FIRST)
    assert "level_2a" not in _work(world).draft.values
    written(world, 2, NOON, **dict.fromkeys(("level_2a", "level_2b", "level_2c"), "achieving"))
    _clear(world, "heard_2b")
    assert _needed(world) == ["Say what was heard about 2b: someone is two or more levels away."]


def test_words_that_were_not_saved_hold_a_draft_back(world: World) -> None:
    written(world, 2, NOON)
    _save(world, {"gap": "x" * 2001})
    assert _needed(world) == ["Something is not saved yet: “The gap between perspectives”."]


# --- going round ----------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_a_draft_goes_round_for_five_working_days_from_the_next_weekly_message(
    world: World,
) -> None:
    written(world, 2, NOON)
    assert _send(world) == date(2027, 1, 25)
    area = world.area(2)
    assert (area.state, area.round, area.since) == ("round_2", 2, NOON)
    assert (area.opens_on, area.closes_on) == (date(2027, 1, 18), date(2027, 1, 25))
    assert (area.early_on, area.is_held_open) == (None, False)
    assert world.area(3).state == "drafting"
    assert _events(world, "draft sent")[0].detail == {"round": 2, "closes_on": "2027-01-25"}


def test_the_reviews_own_days_to_confirm_count(world: World) -> None:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.confirm_days = 2
        session.add(review)
    written(world, 3, NOON)
    assert _send(world, number=3) == date(2027, 1, 20)


def test_what_went_round_is_remembered_as_it_was_with_agreed_levels(world: World) -> None:
    written(world, 3, NOON)
    fields = _row(world, 3).fields
    _send(world, number=3)
    assert "level_3a" not in fields
    assert _row(world, 3).sent == {**fields, "level_3a": "achieving", "level_3b": "achieving"}


def test_sending_twice_sends_once(world: World) -> None:
    written(world, 2, NOON)
    days = [_send(world), _send(world, now=NOON + timedelta(days=1))]
    assert days == [date(2027, 1, 25)] * 2
    assert (world.area(2).round, len(_events(world, "draft sent"))) == (2, 1)


def test_messages_that_show_the_area_follow(world: World) -> None:
    written(world, 2, NOON)
    _send(world)
    assert {row.next_at for row in world.rows(Delivery, Delivery.kind == "update")
            if row.state == "queued"} == {at(date(2027, 1, 15), 9)}  # fmt: skip


def test_while_it_is_with_the_group_a_draft_does_not_change_and_new_words_are_kept(
    world: World,
) -> None:
    shown = _work(world).draft.shown
    written(world, 2, NOON)
    _send(world)
    before = _row(world)
    said = _save(world, {"where_now": "Changed.", "gap": before.fields["gap"]}, shown=shown)
    assert said.is_problem
    assert "We kept it beside the draft." in said.notice
    assert (_row(world).fields, _row(world).sent) == (before.fields, before.sent)
    assert _row(world).kept == {"where_now": "Changed."}
    assert "kept" not in _save(world, {"gap": before.fields["gap"]}).notice
    assert _clear(world, "gap").is_problem
    assert _row(world).fields == before.fields


@pytest.mark.parametrize("state", ["concluded", "set_aside"])
def test_an_area_that_has_ended_keeps_its_draft_as_it_is(world: World, state: str) -> None:
    written(world, 2, NOON)
    with world.database.transaction() as session:
        area = session.get_one(type(world.area(2)), world.area(2).id)
        area.state = state
        session.add(area)
    assert _save(world, {"where_now": "Changed."}).is_problem
    with pytest.raises(NotNow):
        _send(world)
    assert _work(world).standing == ()


# --- once more ------------------------------------------------------------------------------


@pytest.fixture
def concluding(world: World) -> World:
    """Area 2 came back from the group."""
    after_the_close.sent(world, 2, NEXT_MORNING, who="tom")
    world.tick(ROUND_2_CLOSED)
    return world


def test_a_draft_that_has_not_changed_does_not_go_round_again(concluding: World) -> None:
    assert not _work(concluding).may_send_again
    with pytest.raises(NotNow):
        _send(concluding, now=AFTER_ROUND_2)


def test_a_changed_draft_goes_round_once_more_and_no_more(concluding: World) -> None:
    _save(concluding, {"what_do": "Go on."}, now=AFTER_ROUND_2)
    assert _work(concluding).may_send_again
    assert _send(concluding, now=AFTER_ROUND_2) == date(2027, 2, 8)
    assert (concluding.area(2).state, concluding.area(2).round) == ("round_2", 3)
    assert _row(concluding).sent["what_do"] == "Go on."
    concluding.tick(at(date(2027, 2, 8), 17, 15))
    later = at(date(2027, 2, 9), 10)
    _save(concluding, {"what_do": "Go on and on."}, now=later)
    assert not _work(concluding, now=later).may_send_again
    with pytest.raises(NotNow):
        _send(concluding, now=later)


def test_concerns_do_not_keep_a_changed_draft_from_going_round(concluding: World) -> None:
    area = concluding.area(2)
    with concluding.database.transaction() as session:
        session.add(
            Response(
                tenant_id=area.tenant_id, area_id=area.id or 0, round=2, answer="concern",
                comment="No.", member_id=concluding.members["des"], updated_at=NOON,
            )
        )  # fmt: skip
    _save(concluding, {"what_do": "Go on."}, now=AFTER_ROUND_2)
    assert _work(concluding).standing == ("Answer 1 concern, or let it stand.",)
    assert _send(concluding, now=AFTER_ROUND_2) is not None


def test_a_level_left_to_the_rule_follows_round_2(world: World) -> None:
    after_the_close.sent(world, 3, NEXT_MORNING, who="tom")
    area = world.area(3)
    with world.database.transaction() as session:
        session.add_all(
            Rating(
                area_id=area.id or 0, member_id=member_id, round=2, code="3a",
                tenant_id=area.tenant_id, choice="excelling", updated_at=NOON,
            )
            for member_id in world.members.values()
        )  # fmt: skip
    world.tick(ROUND_2_CLOSED)
    work = _work(world, number=3)
    assert work.draft.values["level_3a"] == "excelling"
    assert (work.standing, work.draft.is_changed_since_sent) == ((), False)


# --- setting aside --------------------------------------------------------------------------


def _set_aside(
    world: World, who: str = "amina", reason: str = "Another trust does this.",
    now: datetime = NOON,
) -> None:  # fmt: skip
    world.on_review(drafts.set_aside, who, number=2, reason=reason, now=now)


def test_an_area_is_set_aside_with_its_reason_and_keeps_what_it_had(world: World) -> None:
    written(world, 2, NOON)
    for reason in ("Another trust does this.", "Some other reason."):
        _set_aside(world, reason=reason)
    area = world.area(2)
    assert (area.state, area.since) == ("set_aside", NOON)
    assert area.set_aside_because == "Another trust does this."
    assert _row(world).fields
    assert [row.detail for row in _events(world, "area set aside")] == [{"was": "drafting"}]


@pytest.mark.parametrize("reason", ["", "x" * 2001])
def test_setting_aside_needs_a_reason(world: World, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        _set_aside(world, reason=reason)
    assert [each.field for each in refused.value.problems] == ["reason"]
    assert world.area(2).state == "drafting"


def test_only_the_reviews_lead_sets_an_area_aside(world: World) -> None:
    with pytest.raises(NotYours):
        _set_aside(world, "tom")


def test_an_area_can_be_set_aside_at_any_time_before_it_is_concluded(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=builders.SMALL)
    _set_aside(world, now=now)
    assert world.area(2).state == "set_aside"
    with world.database.transaction() as session:
        area = session.get_one(type(world.area(3)), world.area(3).id)
        area.state = "concluded"
        session.add(area)
    with pytest.raises(NotNow):
        world.on_review(drafts.set_aside, number=3, reason="Too late.", now=now)


def test_messages_that_ask_about_it_follow(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    _set_aside(world, now=ANSWERED_AT)
    updates = world.rows(Delivery, Delivery.kind == "update", Delivery.state == "queued")
    assert {row.next_at for row in updates} == {at(date(2027, 1, 13), 9)}


# --- the trail ------------------------------------------------------------------------------


def test_the_trail_tells_each_change_of_a_draft_and_no_words(world: World) -> None:
    canary = "Zwetschgendatschi"
    _save(world, {"where_now": canary, "gap": canary + "x" * 2000})
    _clear(world, "where_now")
    written(world, 2, NOON, what_do=canary)
    _send(world)
    _set_aside(world, reason=canary)
    assert _events(world, "draft saved")[0].detail == {"fields": ["where_now"]}
    assert _events(world, "draft cleared")[0].detail == {"fields": ["where_now"]}
    assert canary not in repr(world.rows(AuditEvent)) + repr(world.rows(Delivery))


def test_a_draft_is_opened_once_however_many_look(world: World) -> None:
    for who in ("tom", "amina"):
        world.on_review(open_draft, who, number=2, now=NOON)
    assert len(world.rows(Draft)) == 1
    assert _work(world).draft.changed_by == ""
    assert _work(world).draft.shown["where_now"] == digest("")


def test_refusals_hold_no_words_of_a_person(world: World) -> None:
    canary = "Zwetschgendatschi"
    _save(world, {"where_now": canary})
    for call in (lambda: _send(world), lambda: _set_aside(world, "tom", canary)):
        with pytest.raises(EocifError) as refused:
            call()
        assert canary not in refused.value.sentence
