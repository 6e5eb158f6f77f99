"""What a review adapts, and everything that is asked because of it or no longer asked."""

from datetime import datetime

import pytest

from eocif import forms, set_up, set_up_local, set_up_steps
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotNow, NotYours
from eocif.local_edition import edition_of, not_applicable_of
from eocif.models import AuditEvent, Rating, Review
from eocif.rules.local_words import LONGEST_LINE, LONGEST_TEXT
from eocif.set_up_summaries import LocalHelpStep, NotProvidedStep
from eocif.summaries import Feedback
from tests import builders
from tests.adapting import (
    AREA_13,
    NO_PALS,
    NOON,
    ROOM,
    add,
    begin,
    check,
    codes,
    local,
    not_provided,
    progress,
    remove,
    review_of,
    save_help,
    show,
)
from tests.builders import World


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft of area 13 alone: eight statements, three of them about PALS."""
    return builders.drafted(database, now, scope=AREA_13)


# --- local statements -------------------------------------------------------------------------


@pytest.mark.covers("R60")
def test_a_local_statement_is_asked_after_the_frameworks_and_marked(
    world: World, now: datetime
) -> None:
    assert add(world, now, plain="A place to sit.") == "Local statement L1"
    (line,) = local(world, now).lines
    assert (line.statement.text, line.area, line.is_asked) == (ROOM, 13, True)
    assert [each.code for each in check(world, now).local] == ["L1"]
    assert check(world, now).statements == 9
    begin(world, now)
    form = world.form("kasia", 13, NOON)
    assert [each.code for each in form.statements][-2:] == ["13h", "L1"]
    assert form.area.indicators[-1].is_local
    world.rate("kasia", 13, dict.fromkeys(codes(world)[:-1], "achieving"), NOON)
    assert not world.form("kasia", 13, NOON).answered
    world.rate("kasia", 13, {"L1": "excelling"}, NOON)
    form = world.form("kasia", 13, NOON)
    assert form.answered
    assert form.called_for["excelling"] == ("L1",)
    assert [(each.rated, each.statements) for each in progress(world, "kasia", 13)] == [(9, 9)]


def test_a_press_that_arrives_twice_adds_one_statement(world: World, now: datetime) -> None:
    assert [add(world, now) for _ in range(2)] == ["Local statement L1"] * 2
    assert add(world, now, nonce="nonce-02") == "Local statement L2"
    assert len(local(world, now).lines) == 2


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"text": ""}, {"text": "Type the statement."}),
        ({"area": ""}, {"area": "Choose the area that it is asked with."}),
        ({"area": "5"}, {"area": "Choose the area that it is asked with."}),
        ({"text": "x" * (LONGEST_TEXT + 2), "plain": "y" * (LONGEST_LINE + 1)}, {
            "text": "The statement is too long. Cut 2 characters. What you typed is still here.",
            "plain": "The line of help is too long. Cut 1 character. What you typed is still "
            "here.",
        }),
    ],
)  # fmt: skip
def test_a_statement_that_cannot_be_taken_says_why(
    given: dict[str, str], problems: dict[str, str], world: World, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, now, **given)
    assert {each.field: each.sentence for each in refused.value.problems} == problems
    assert local(world, now).lines == ()


def test_there_is_an_end_to_local_statements(world: World, now: datetime) -> None:
    for count in range(set_up_local.MOST_STATEMENTS):
        add(world, now, nonce=f"nonce-{count:03}")
    with pytest.raises(Invalid) as refused:
        add(world, now, nonce="nonce-one-more")
    (problem,) = refused.value.problems
    assert problem.sentence == "A review can have 20 local statements. Remove one first."
    assert add(world, now, nonce="nonce-019") == "Local statement L20"
    remove(world, "L7", now)
    assert add(world, now, nonce="nonce-one-more") == "Local statement L21"


def test_a_removed_statement_is_not_asked_and_removing_twice_is_harmless(
    world: World, now: datetime
) -> None:
    add(world, now)
    before = len(world.rows(AuditEvent))
    for _ in range(2):
        remove(world, "L1", now)
    assert local(world, now).lines == ()
    assert len(world.rows(AuditEvent)) == before + 1
    begin(world, now)
    assert "L1" not in codes(world)


def test_a_statement_whose_area_left_the_scope_is_not_asked_and_that_is_said(
    world: World, now: datetime
) -> None:
    add(world, now)
    review = review_of(world)
    with world.database.transaction() as session:
        stored = set_up.scope_of(session, session.get_one(Review, review.id))
    world.on_review(set_up.save_scope, posted={"1": "2"}, shown=builders.digests(stored), now=now)
    assert not local(world, now).lines[0].is_asked
    told = check(world, now)
    assert "Local statement L1 will not be asked: area 13 is not in scope." in told.warnings
    assert told.local == ()


# --- a service that is not provided -----------------------------------------------------------


@pytest.mark.covers("R09")
@pytest.mark.covers("R63")
def test_without_pals_nobody_is_asked_about_it_and_the_reason_is_kept(
    world: World, now: datetime
) -> None:
    assert not_provided(world, now) == Feedback()
    assert [(each.short, why) for each, why in check(world, now).not_applicable] == [
        (code, NO_PALS) for code in ("13a", "13b", "13c")
    ]
    assert check(world, now).statements == 5
    begin(world, now)
    assert codes(world) == ["13d", "13e", "13f", "13g", "13h"]
    world.rate("kasia", 13, "achieving", NOON)
    assert world.form("kasia", 13, NOON).answered
    assert world.rate("kasia", 13, {"13a": "excelling"}, NOON) == Feedback()
    assert "13a" not in {row.code for row in world.rows(Rating)}


def test_what_does_not_apply_is_told_by_area(world: World, now: datetime) -> None:
    not_provided(world, now)
    review = review_of(world)
    found = [(each.name, each.text[:12], why) for each, why in not_applicable_of(review, 13)]
    assert found[0] == ("Area 13a", "The provider", NO_PALS)
    assert len(not_applicable_of(review)) == len(found) == 3
    assert not_applicable_of(review, 12) == ()


def test_a_reason_is_needed_and_can_be_changed_and_taken_back(world: World, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        not_provided(world, now, "")
    assert refused.value.problems[0].sentence == ("Say why PALS is not provided. It is printed.")
    not_provided(world, now)
    assert not_provided(world, now, "") == Feedback()
    assert not_provided(world, now, "We share one.") == Feedback()
    step: NotProvidedStep = show(world, "not_provided", now, service="PALS")
    assert step.service.reason == "We share one."
    assert step.service.full == "Patient Advice and Liaison Service (PALS)"
    for _ in range(2):
        assert not_provided(world, now, "", is_provided=True) == Feedback()
    assert local(world, now).services[0].reason == ""
    assert check(world, now).statements == 8


def test_a_reason_that_is_too_long_comes_back_whole(world: World, now: datetime) -> None:
    reason = "x" * (LONGEST_LINE + 5)
    said = not_provided(world, now, reason)
    assert said.typed == {"reason": reason}
    assert said.problems["reason"].startswith("The reason is too long. Cut 5 characters.")
    assert local(world, now).services[0].reason == ""


def test_two_reasons_at_once_are_both_shown(world: World, now: datetime) -> None:
    both_saw = show(world, "not_provided", now, service="PALS").shown
    not_provided(world, now, "We share one.", shown=both_saw)
    said = not_provided(world, now, "We have none.", shown=both_saw)
    assert [(each.stored, each.typed) for each in said.differs] == [
        ("We share one.", "We have none.")
    ]


def test_a_service_that_no_statement_names_is_not_found(world: World, now: datetime) -> None:
    with pytest.raises(NotFound):
        not_provided(world, now, service="Teleportation")
    with pytest.raises(NotFound):
        show(world, "not_provided", now, service="")


# --- lines of help and short titles -----------------------------------------------------------


@pytest.mark.covers("R62")
def test_help_and_titles_can_be_local_and_the_official_text_cannot(
    world: World, now: datetime
) -> None:
    official = edition_of(review_of(world)).area(13)
    said = save_help(world, now, title="Advice and ideas", help_13d="Our ideas box.", text_13d="x")
    assert said == Feedback()
    begin(world, now)
    area = world.form("kasia", 13, NOON).area
    assert (area.label, area.label_is_local) == ("Advice and ideas", True)
    helped = {each.code: each for each in area.indicators}["13d"]
    assert (helped.plain, helped.help_is_local) == ("Our ideas box.", True)
    assert [(each.code, each.text) for each in area.indicators] == [
        (each.code, each.text) for each in official.indicators
    ]


def test_none_brings_our_words_back_and_empty_keeps_what_is_there(
    world: World, now: datetime
) -> None:
    save_help(world, now, title="Advice and ideas", help_13d="Our ideas box.")
    assert check(world, now).changed_words == 2
    save_help(world, now, title="", help_13d="None")
    step: LocalHelpStep = show(world, "local_help", now, area=13)
    assert (step.values["title"], step.values["help_13d"]) == ("Advice and ideas", "")
    assert check(world, now).changed_words == 1
    save_help(world, now, title="none")
    assert check(world, now).changed_words == 0


def test_local_words_that_cannot_be_taken_come_back_and_the_others_are_saved(
    world: World, now: datetime
) -> None:
    long = "x" * (LONGEST_LINE + 1)
    said = save_help(world, now, title="**Advice**", help_13d=long, help_13e="Fine.")
    assert said.typed == {"title": "**Advice**", "help_13d": long}
    assert said.problems == {
        "title": "The short title must begin with a letter or a number.",
        "help_13d": "The line of help is too long. Cut 1 character. What you typed is still here.",
    }
    assert show(world, "local_help", now, area=13).values["help_13e"] == "Fine."


def test_two_editors_of_help_are_merged(world: World, now: datetime) -> None:
    both_saw = show(world, "local_help", now, area=13).shown
    save_help(world, now, shown=both_saw, help_13d="Theirs")
    said = save_help(world, now, shown=both_saw, help_13d="Mine", help_13e="Mine too")
    assert [(each.label, each.stored) for each in said.differs] == [("Help with 13d", "Theirs")]
    assert show(world, "local_help", now, area=13).values["help_13e"] == "Mine too"


def test_an_area_that_is_not_there_is_not_found(world: World, now: datetime) -> None:
    with pytest.raises(NotFound):
        show(world, "local_help", now, area=99)


def test_nothing_local_changes_once_the_review_has_started(world: World, now: datetime) -> None:
    shown = {"reason": forms.digest("")}
    begin(world, now)
    with pytest.raises(NotNow):
        add(world, now)
    with pytest.raises(NotNow):
        remove(world, "L1", now)
    with pytest.raises(NotNow):
        show(world, "local", now)
    with pytest.raises(NotNow):
        world.on_review(
            set_up_local.save_not_provided, service="PALS", reason="None", shown=shown,
            is_provided=False, now=now,
        )  # fmt: skip


def test_only_the_reviews_lead_decides_what_is_local(world: World, now: datetime) -> None:
    with pytest.raises(NotYours):
        world.on_review(set_up_local.remove_statement, "tom", code="L1", now=now)
    with pytest.raises(NotYours):
        world.on_review(set_up_steps.show, "tom", step="local_statement", now=now)


def test_the_trail_names_what_changed_and_never_the_words(world: World, now: datetime) -> None:
    add(world, now, text="Canary one")
    not_provided(world, now, "Canary two")
    save_help(world, now, title="Canary three")
    details = [row.detail for row in world.rows(AuditEvent) if row.event == "set-up changed"]
    assert details[-3:] == [
        {"fields": ["local statement"]}, {"fields": ["reason"]}, {"fields": ["title"]},
    ]  # fmt: skip
    assert "Canary" not in str([row.detail for row in world.rows(AuditEvent)])
