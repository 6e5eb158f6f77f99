"""A draft is written step by step, by one lead or several, and kept."""

from datetime import datetime, timedelta

import pytest

from eocif import drafts
from eocif.database import Database
from eocif.drafting import open_draft
from eocif.errors import EocifError, Invalid, NotNow, NotYours
from eocif.models import AuditEvent, Delivery, Draft
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests import after_the_close, desk
from tests.after_the_close import ANSWERED_AT, written
from tests.builders import World
from tests.desk import NOON, WORDS

TALK_FIRST = dict.fromkeys(
    ("amina", "tom", "ruth", "kasia", "des", "peter", "sunil", "grace"), "achieving"
) | {"doris": "insufficient_progress"}


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 (close) and 3 (agreed) wait for Tom to draft them."""
    return after_the_close.drafting(database, now)


# --- writing --------------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_a_draft_is_kept_step_by_step(world: World) -> None:
    assert desk.save(world, {"where_now": "Here.", "draws_on": "healthwatch,clinical_leaders"}) == (
        Feedback()
    )
    assert desk.save_levels(world, {"level_2a": "achieving", "reason_2a": "Most do."}) == Feedback()
    assert desk.row(world).fields == {
        "where_now": "Here.", "draws_on": "clinical_leaders,healthwatch",
        "level_2a": "achieving", "reason_2a": "Most do.",
    }  # fmt: skip
    assert (desk.row(world).updated_by, desk.row(world).updated_at) == (
        world.actors["tom"].person_id, NOON,
    )  # fmt: skip


def test_an_empty_input_never_erases(world: World) -> None:
    desk.save(world, WORDS)
    desk.save(world, {**dict.fromkeys(WORDS, ""), "gap": "A gap."})
    assert desk.row(world).fields == {**WORDS, "gap": "A gap."}


def test_a_press_that_comes_again_changes_nothing(world: World) -> None:
    shown = desk.work(world).draft.shown
    for minutes in (0, 5):
        later = NOON + timedelta(minutes=minutes)
        assert desk.save(world, WORDS, shown=shown, now=later) == Feedback()
    assert desk.row(world).updated_at == NOON
    assert len(desk.events(world, "draft saved")) == 1


def test_fields_of_other_areas_and_steps_are_passed_over(world: World) -> None:
    desk.save(world, {"where_now": "Here.", "level_2a": "achieving", "kept": "!"})
    desk.save_levels(
        world, {"level_3a": "achieving", "where_now": "There.", "level_2b": "progressing"}
    )
    assert desk.row(world).fields == {"where_now": "Here.", "level_2b": "progressing"}


def test_a_second_lead_is_shown_the_firsts_words_and_chooses(world: World) -> None:
    shown = desk.work(world, "amina").draft.shown
    desk.save(world, {"where_now": "Tom's words.", "what_do": "Tom's plan."})
    said = desk.save(world, {"where_now": "Amina's words.", "gap": "A gap."}, "amina", shown=shown)
    assert [(each.field, each.label, each.stored, each.typed) for each in said.differs] == [
        ("where_now", "Where are we now?", "Tom's words.", "Amina's words.")
    ]
    assert (said.is_problem, said.typed) == (True, {"where_now": "Amina's words."})
    assert desk.row(world).fields == {
        "where_now": "Tom's words.", "what_do": "Tom's plan.", "gap": "A gap.",
    }  # fmt: skip
    assert desk.save(world, {"where_now": "Amina's words."}, "amina") == Feedback()
    assert desk.row(world).fields["where_now"] == "Amina's words."


def test_too_long_words_are_kept_whole_until_they_fit(world: World) -> None:
    desk.save(world, {"where_now": "Before."})
    said = desk.save(world, {"where_now": "x" * 2001, "what_do": "Go."})
    assert list(said.problems) == ["where_now"] == list(said.typed)
    assert desk.row(world).fields == {"where_now": "Before.", "what_do": "Go."}
    assert desk.row(world).kept == {"where_now": "x" * 2001}
    desk.save(world, {"what_good": "There."})
    assert desk.row(world).kept == {"where_now": "x" * 2001}
    desk.save(world, {"where_now": "x" * 2000})
    assert (desk.row(world).kept, len(desk.row(world).fields["where_now"])) == ({}, 2000)


def test_what_was_kept_goes_with_words_that_need_no_change(world: World) -> None:
    desk.save(world, {"where_now": "Before."})
    desk.save(world, {"where_now": "x" * 2001})
    desk.save(world, {"where_now": "Before."})
    assert desk.row(world).kept == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level_2a", "dont_know"),
        ("level_2a", "best"),
        ("draws_on", "clinical_leaders,volunteers"),  # no volunteer took part
    ],
)
def test_a_choice_that_no_card_offers_is_not_taken(world: World, field: str, value: str) -> None:
    said = desk.save(world, {field: value}, levels=field.startswith("level_"))
    assert (list(said.problems), desk.row(world).fields, desk.row(world).kept) == ([field], {}, {})


def test_a_level_that_was_agreed_is_left_to_the_rule_until_the_lead_chooses_another(
    world: World,
) -> None:
    assert desk.work(world, number=3).draft.values["level_3a"] == "achieving"
    desk.save_levels(world, {"level_3a": "achieving", "level_3b": "excelling"}, number=3)
    assert desk.row(world, 3).fields == {"level_3b": "excelling"}
    desk.save_levels(world, {"level_3b": "achieving"}, number=3)
    assert desk.row(world, 3).fields == {"level_3b": "achieving"}


def test_fields_are_cleared_by_their_own_button(world: World) -> None:
    desk.save(world, {**WORDS, "gap": "A gap."})
    desk.save(world, {"gap": "x" * 2001})
    for _press in range(2):
        assert not desk.clear(world, "gap", "what_do", "kept").is_problem
    assert desk.row(world).fields == {"where_now": "Here.", "what_good": "There."}
    assert desk.row(world).kept == {}
    with pytest.raises(Invalid):
        desk.clear(world, "state")


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
        desk.save(world, WORDS, shown={}, now=ANSWERED_AT)
    assert world.rows(Draft) == []


# --- what it needs --------------------------------------------------------------------------


def test_an_incomplete_draft_does_not_go_round_and_says_all_that_it_needs(world: World) -> None:
    assert desk.needed(world) == list(desk.work(world).standing)
    assert desk.needed(world)[-1] == "Choose a level, or “not agreed”, for 2a, 2b and 2c."
    assert world.area(2).state == "drafting"
    assert len(desk.work(world, number=3).standing) == 4


@pytest.mark.covers("R34")
def test_a_level_where_the_rule_gives_none_does_not_go_round_without_a_reason(
    world: World,
) -> None:
    written(world, 2, NOON)
    desk.save_levels(world, {"level_2a": "achieving"})
    desk.clear(world, "reason_2a")
    assert desk.needed(world) == [
        "Give a reason for 2a: the rule does not give the level you chose."
    ]
    desk.save_levels(world, {"reason_2a": "Most do."})
    assert desk.send(world) is not None


def test_a_far_view_is_heard_before_a_draft_goes_round(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now, choices=TALK_FIRST)
    assert "level_2a" not in desk.work(world).draft.values
    written(world, 2, NOON, **dict.fromkeys(("level_2a", "level_2b", "level_2c"), "achieving"))
    desk.clear(world, "heard_2b")
    assert desk.needed(world) == [
        "Say what was heard about 2b: someone is two or more levels away."
    ]


def test_words_that_were_not_saved_hold_a_draft_back(world: World) -> None:
    written(world, 2, NOON)
    desk.save(world, {"gap": "x" * 2001})
    assert desk.needed(world) == ["Something is not saved yet: “The gap between perspectives”."]


# --- the trail ------------------------------------------------------------------------------


def test_the_trail_tells_each_change_of_a_draft_and_no_words(world: World) -> None:
    canary = "Zwetschgendatschi"
    desk.save(world, {"where_now": canary, "gap": canary + "x" * 2000})
    desk.clear(world, "where_now")
    written(world, 2, NOON, what_do=canary)
    desk.send(world)
    world.on_review(drafts.set_aside, number=2, reason=canary, now=NOON)
    assert desk.events(world, "draft saved")[0].detail == {"fields": ["where_now"]}
    assert desk.events(world, "draft cleared")[0].detail == {"fields": ["where_now"]}
    assert canary not in repr(world.rows(AuditEvent)) + repr(world.rows(Delivery))


def test_a_draft_is_opened_once_however_many_look(world: World) -> None:
    for who in ("tom", "amina"):
        world.on_review(open_draft, who, number=2, now=NOON)
    assert len(world.rows(Draft)) == 1
    assert desk.work(world).draft.changed_by == ""
    assert desk.work(world).draft.shown["where_now"] == digest("")


def test_refusals_hold_no_words_of_a_person(world: World) -> None:
    canary = "Zwetschgendatschi"
    desk.save(world, {"where_now": canary})
    for call in (lambda: desk.send(world), lambda: desk.clear(world, canary)):
        with pytest.raises(EocifError) as refused:
            call()
        assert canary not in refused.value.sentence
