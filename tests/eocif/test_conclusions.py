"""How an area ends: concerns answered or let stand, a level or “not agreed” for each statement."""

from datetime import datetime

import pytest

from eocif import conclusions
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotNow, NotYours
from eocif.models import AuditEvent, Conclusion, Delivery, Draft, Rating, Response
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests import after_the_close, to_the_end
from tests.after_the_close import NEXT_MORNING, written
from tests.builders import World, codes
from tests.to_the_end import CONCLUDED_AT, CONCLUDING_AT, conclude, ended, respond

CANARY = "Zwetschgendatschi"
FAR = dict.fromkeys(("amina", "ruth", "kasia", "des", "peter", "doris", "grace"), "achieving") | {
    "tom": "achieving", "sunil": "insufficient_progress",
}  # fmt: skip


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Round 2 has closed. Area 2 is close, area 3 is agreed."""
    return to_the_end.concluding(database, now)


def _reply(
    world: World, response_id: int, reply: str, who: str = "tom", **more: object
) -> Feedback:
    wanted = {"number": 2, "kind": "answered", "now": CONCLUDING_AT, **more}
    return world.on_review(conclusions.reply, who, response_id=response_id, reply=reply, **wanted)


def _change(world: World, who: str, code: str, choice: str) -> None:
    """A member changes a rating in round 2."""
    area = world.area(int(code[:-1]))
    with world.database.transaction() as session:
        session.add(
            Rating(
                area_id=area.id or 0, member_id=world.members[who], round=2, code=code,
                tenant_id=area.tenant_id, choice=choice, updated_at=NEXT_MORNING,
            )
        )  # fmt: skip


def _needed(world: World, area: int) -> list[str]:
    with pytest.raises(Invalid) as refused:
        conclude(world, area)
    assert world.area(area).state == "concluding"
    return [each.sentence for each in refused.value.problems]


# --- concluding -----------------------------------------------------------------------------


@pytest.mark.covers("R28")
def test_each_statement_ends_with_a_level_or_not_agreed_by_whom_and_when(world: World) -> None:
    conclude(world, 2)
    conclude(world, 3)
    assert {
        code: (row.level, row.origin) for code, row in ended(world, 3).items()
    } == dict.fromkeys(codes(3), ("achieving", "agreed"))
    assert {
        code: (row.level, row.origin) for code, row in ended(world, 2).items()
    } == dict.fromkeys(codes(2), ("", "not_agreed"))
    tom = world.actors["tom"].person_id
    for row in world.rows(Conclusion):
        assert (row.confirmed_by, row.confirmed_at) == (tom, CONCLUDED_AT)
    area = world.area(2)
    assert (area.state, area.concluded_by, area.concluded_at, area.since) == (
        "concluded", tom, CONCLUDED_AT, CONCLUDED_AT,
    )  # fmt: skip


@pytest.mark.covers("R33")
def test_a_difference_that_remains_is_recorded_with_the_rules_verdict(world: World) -> None:
    response = respond(world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.")
    _reply(world, response, "", kind="stands")
    conclude(world, 2)
    assert {row.verdict for row in ended(world, 2).values()} == {"close"}
    [kept] = world.rows(Response)
    assert (kept.comment, kept.reply_kind) == ("Not on nights.", "stands")
    assert len(world.rows(Rating, Rating.area_id == world.area(2).id)) == 27


@pytest.mark.covers("R34")
def test_a_level_that_the_rule_does_not_give_is_the_leads_and_has_a_reason(world: World) -> None:
    written(world, 2, CONCLUDING_AT, who="tom", level_2a="achieving", reason_2a="A new policy.")
    conclude(world, 2)
    row = ended(world, 2)["2a"]
    assert (row.level, row.origin, row.reason) == ("achieving", "lead", "A new policy.")


def test_not_agreed_where_people_agree_needs_a_reason_and_keeps_it(world: World) -> None:
    written(world, 3, CONCLUDING_AT, who="tom", level_3a="not_agreed", reason_3a="A late report.")
    conclude(world, 3)
    row = ended(world, 3)["3a"]
    assert (row.level, row.origin, row.reason) == ("", "not_agreed", "A late report.")
    assert ended(world, 3)["3b"].reason == ""  # agreed: what was typed earlier is not printed


def test_a_far_view_must_be_heard_before_concluding(database: Database, now: datetime) -> None:
    world = to_the_end.concluding(database, now, choices=FAR)
    for code in codes(2):
        written(world, 2, CONCLUDING_AT, who="tom", **{f"level_{code}": "achieving"})
    conclude(world, 2)
    row = ended(world, 2)["2b"]
    assert (row.level, row.origin, row.verdict) == ("achieving", "agreed", "talk_first")
    assert (row.heard, row.reason) == ("heard of 2b.", "")


def test_the_verdict_is_that_of_round_2(world: World) -> None:
    for who in ("des", "sunil", "doris"):
        _change(world, who, "2a", "achieving")
    written(world, 2, CONCLUDING_AT, who="tom", level_2a="achieving")
    conclude(world, 2)
    rows = ended(world, 2)
    assert (rows["2a"].level, rows["2a"].origin, rows["2a"].verdict) == (
        "achieving", "agreed", "agreed",
    )  # fmt: skip
    assert rows["2b"].verdict == "close"


def test_what_nobody_rated_ends_as_not_applicable(world: World) -> None:
    for who in world.members:
        _change(world, who, "3a", "not_applicable" if who == "des" else "dont_know")
    conclude(world, 3)
    row = ended(world, 3)["3a"]
    assert (row.level, row.origin) == ("", "not_applicable")
    assert conclusions.levels(ended(world, 3)) == {"3a": "not_applicable", "3b": "achieving"}


def test_all_that_an_area_still_needs_is_said_at_once_and_nothing_is_concluded(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluding(database, now)
    respond(world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.")
    with world.database.transaction() as session:
        draft = world.rows(Draft, Draft.area_id == world.area(2).id)[0]
        draft.fields = {**draft.fields, "level_2a": "achieving", "reason_2a": "", "what_do": ""}
        session.merge(draft)
    assert _needed(world, 2) == [
        "Write an answer to “What will we do to get from where we are now to what good looks "
        "like?”.",
        "Give a reason for 2a: the rule does not give the level you chose.",
        "Answer 1 concern, or let it stand.",
    ]
    assert world.rows(Conclusion) == []


def test_the_same_press_come_again_concludes_once(world: World) -> None:
    conclude(world, 3)
    conclude(world, 3, who="amina", now=NEXT_MORNING)
    assert world.area(3).concluded_by == world.actors["tom"].person_id
    assert len(_events(world, "area concluded")) == 1


def test_an_area_cannot_be_concluded_before_the_group_has_answered_its_draft(
    database: Database, now: datetime
) -> None:
    world = after_the_close.in_round_2(database, now)
    with pytest.raises(NotNow) as refused:
        conclude(world, 2, now=NEXT_MORNING)
    assert refused.value.happened == "Area 2 cannot be concluded now."


@pytest.mark.parametrize("who", ["grace", "kasia", "joan"])
def test_only_the_areas_lead_and_the_reviews_conclude_it(world: World, who: str) -> None:
    response = respond(world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.")
    with pytest.raises(NotYours):
        conclude(world, 2, who=who)
    with pytest.raises(NotYours):
        _reply(world, response, "We heard it.", who=who)
    assert world.area(2).state == "concluding"


def test_messages_that_show_the_area_follow_on_the_next_working_morning(world: World) -> None:
    world.send(CONCLUDED_AT)
    conclude(world, 3)
    waiting = world.rows(Delivery, Delivery.kind == "update", Delivery.state == "queued")
    assert {row.params["review"] for row in waiting} == {world.review_id}


def test_the_trail_says_what_was_done_in_counts_and_no_words(world: World) -> None:
    response = respond(world, "des", 2, "concern", CONCLUDING_AT, comment=CANARY)
    _reply(world, response, f"{CANARY} indeed.")
    written(world, 2, CONCLUDING_AT, who="tom", level_2a="achieving", reason_2a=CANARY)
    conclude(world, 2)
    [replied], [ended_] = _events(world, "concern replied to"), _events(world, "area concluded")
    assert (replied.subject, replied.detail) == (
        f"area:2 response:{response}",
        {"kind": "answered"},
    )
    assert ended_.detail == {"round": 2, "origins": {"lead": 1, "not_agreed": 2}}
    assert CANARY not in repr(world.rows(AuditEvent))


def _events(world: World, event: str) -> list[AuditEvent]:
    return world.rows(AuditEvent, AuditEvent.event == event)


# --- concerns and comments ------------------------------------------------------------------


@pytest.fixture
def concern(world: World) -> int:
    """Des raised a concern about area 2's draft."""
    return respond(world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.")


def test_every_concern_is_answered_or_let_stand_before_the_area_is_concluded(
    world: World, concern: int
) -> None:
    grace = respond(world, "grace", 2, "concern", CONCLUDING_AT, comment="Nor at weekends.")
    assert _needed(world, 2) == ["Answer 2 concerns, or let them stand."]
    said = _reply(world, concern, "We asked the night team.")
    assert said.notice == "Saved. It stands in the worksheet beside what they said."
    assert _needed(world, 2) == ["Answer 1 concern, or let it stand."]
    _reply(world, grace, "", kind="stands")
    conclude(world, 2)
    rows = world.rows(Response)
    assert [(row.reply, row.reply_kind) for row in rows] == [
        ("We asked the night team.", "answered"), ("", "stands"),
    ]  # fmt: skip
    assert {row.replied_by for row in rows} == {world.actors["tom"].person_id}


def test_a_concern_about_an_earlier_draft_counts_until_its_author_answers_a_later_one(
    world: World, concern: int
) -> None:
    with world.database.transaction() as session:
        area = world.area(2)
        area.round = 3
        session.merge(area)
    assert _needed(world, 2) == ["Answer 1 concern, or let it stand."]
    respond(world, "des", 2, "agree", CONCLUDING_AT)
    conclude(world, 2)


def test_an_answer_without_words_is_refused_and_says_what_else_can_be_done(
    world: World, concern: int
) -> None:
    with pytest.raises(Invalid) as refused:
        _reply(world, concern, "")
    [problem] = refused.value.problems
    assert (problem.field, problem.sentence) == (
        "reply", "Write your answer, or let the concern stand.",
    )  # fmt: skip


def test_an_answer_that_is_too_long_is_not_saved(world: World, concern: int) -> None:
    with pytest.raises(Invalid) as refused:
        _reply(world, concern, "x" * 2_001)
    assert "1 character too long" in refused.value.problems[0].sentence
    assert world.rows(Response)[0].reply == ""


def test_letting_a_concern_stand_does_not_erase_what_was_answered(
    world: World, concern: int
) -> None:
    _reply(world, concern, "We asked the night team.")
    for _press in range(2):
        _reply(world, concern, "", kind="stands")
    assert len(_events(world, "concern replied to")) == 2
    row = world.rows(Response)[0]
    assert (row.reply, row.reply_kind) == ("We asked the night team.", "stands")


def test_a_comment_may_be_answered_too(world: World) -> None:
    comment = respond(world, "ruth", 2, "agree_with_comment", CONCLUDING_AT, comment="Well put.")
    _reply(world, comment, "Thank you.")
    assert world.rows(Response)[0].reply == "Thank you."


def test_the_same_answer_come_again_changes_nothing_even_after_the_end(
    world: World, concern: int
) -> None:
    for _press in range(2):
        _reply(world, concern, "We asked the night team.")
    conclude(world, 2)
    said = _reply(world, concern, "We asked the night team.")
    assert said == Feedback("Saved. It stands in the worksheet beside what they said.")
    assert len(_events(world, "concern replied to")) == 1
    with pytest.raises(NotNow):
        _reply(world, concern, "On second thoughts, no.")


def test_another_leads_answer_is_shown_and_not_overwritten(world: World, concern: int) -> None:
    _reply(world, concern, "Tom asked the night team.")
    said = _reply(world, concern, "Amina did not.", who="amina")
    assert said.is_problem
    [differs] = said.differs
    assert (differs.field, differs.stored, differs.typed) == (
        "reply", "Tom asked the night team.", "Amina did not.",
    )  # fmt: skip
    assert said.typed == {"reply": "Amina did not.", "response": str(concern)}
    stale = _reply(world, concern, "", who="amina", kind="stands")
    assert stale.differs
    shown = {"reply": digest("Tom asked the night team.")}
    _reply(world, concern, "Amina did not.", who="amina", shown=shown)
    assert world.rows(Response)[0].reply == "Amina did not."


def test_an_author_may_change_their_own_answer_from_an_older_card(
    world: World, concern: int
) -> None:
    _reply(world, concern, "We asked the night team.")
    _reply(world, concern, "We asked both night teams.")
    assert world.rows(Response)[0].reply == "We asked both night teams."


def test_only_words_about_this_areas_draft_can_be_answered(world: World, concern: int) -> None:
    silent = respond(world, "peter", 2, "agree", CONCLUDING_AT)
    for response_id, number in ((silent, 2), (concern, 3), (99, 2)):
        with pytest.raises(NotFound):
            _reply(world, response_id, "Thank you.", number=number)
