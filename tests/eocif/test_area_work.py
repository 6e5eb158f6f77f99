"""What an area's lead sees of it, from the close of its first round on."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from eocif import area_work, drafts, review_groups
from eocif.database import Database
from eocif.errors import NotFound, NotYours
from eocif.models import Response, Review
from eocif.round_summaries import NO_RESPONSES, AreaWork
from eocif.rules.dates import at
from tests import after_the_close
from tests.after_the_close import ANSWERED_AT, NEXT_MORNING
from tests.builders import World

ROUND_2_CLOSED = at(date(2027, 1, 25), 17, 15)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 (close) and 3 (agreed) wait for Tom to draft them."""
    return after_the_close.drafting(database, now)


def _work(world: World, who: str = "tom", number: int = 2, **more: Any) -> AreaWork:
    return world.on_review(area_work.area_work, who, number=number, **{"now": NEXT_MORNING, **more})


def _answer(world: World, who: str, answer: str, comment: str = "") -> None:
    area = world.area(2)
    with world.database.transaction() as session:
        session.add(
            Response(
                tenant_id=area.tenant_id, area_id=area.id or 0, round=area.round, answer=answer,
                comment=comment, member_id=world.members[who], updated_at=NEXT_MORNING,
            )
        )  # fmt: skip


@pytest.mark.parametrize("who", ["kasia", "grace"])
def test_only_the_leads_of_an_area_see_its_work(world: World, who: str) -> None:
    with pytest.raises(NotYours):
        _work(world, who)


def test_an_area_out_of_scope_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        _work(world, "amina", 7)


def test_a_closed_area_waits_for_its_lead_with_all_that_they_need(world: World) -> None:
    work = _work(world)
    assert (work.state, work.round, work.lead_name) == ("drafting", 1, "Tom Okafor")
    assert (work.closes_on, work.due_on) == (None, date(2027, 1, 20))
    assert (work.result.round, work.first) == (1, None)
    assert len(work.utterances) == 9
    assert work.responses == NO_RESPONSES
    assert work.others_waiting == (3,)
    assert (work.sees_names, work.is_lead, work.may_send_again) == (False, False, False)
    assert (work.asks_on, work.asks_until) == (date(2027, 1, 18), date(2027, 1, 25))
    assert work.draft.not_cited == work.result.contributed


def test_who_has_left_the_group_is_not_counted_among_those_to_ask(world: World) -> None:
    assert _work(world).asks == len(world.members) == 9
    leaving = world.members["ruth"]
    world.on_review(review_groups.remove_member, member_id=leaving, now=NEXT_MORNING)
    assert (_work(world).asks, _work(world).result.asked) == (8, 9)


def test_the_reviews_lead_sees_names_and_has_no_areas_of_another_waiting(world: World) -> None:
    work = _work(world, "amina")
    assert (work.sees_names, work.is_lead, work.others_waiting) == (True, True, ())


def test_an_area_without_a_lead_of_its_own_waits_for_the_reviews(world: World) -> None:
    areas = [world.area(number) for number in (2, 3)]
    with world.database.transaction() as session:
        for area in areas:
            session.merge(area).lead_id = None
    work = _work(world, "amina")
    assert (work.lead_name, work.others_waiting) == ("Amina Yusuf", (3,))


@pytest.mark.covers("R21")
def test_before_its_round_has_closed_there_is_nothing_to_see(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    work = _work(world, "amina", now=ANSWERED_AT)
    assert (work.state, work.utterances, work.standing) == ("round_1", (), ())
    assert (work.result.people, work.draft.values, work.due_on) == (0, {}, None)
    assert work.closes_on == date(2027, 1, 13)


def test_perspectives_that_a_draft_does_not_draw_on_are_named(world: World) -> None:
    drawn = ("clinical_leaders", "healthwatch")
    after_the_close.written(world, 2, NEXT_MORNING, draws_on=",".join(drawn))
    missed = [each.key for each in _work(world).draft.not_cited]
    assert missed == [each.key for each in _work(world).result.contributed if each.key not in drawn]


# --- with the group -------------------------------------------------------------------------


@pytest.fixture
def sent(world: World) -> World:
    """The draft of area 2 is with the group."""
    after_the_close.sent(world, 2, NEXT_MORNING, who="tom")
    return world


def test_while_a_draft_is_out_its_lead_sees_who_has_answered_and_not_what(sent: World) -> None:
    _answer(sent, "sunil", "concern", "No.")
    _answer(sent, "grace", "agree")
    work = _work(sent)
    assert (work.closes_on, work.due_on, work.asks_on) == (date(2027, 1, 25), None, None)
    said = work.responses
    assert (said.asked, said.answered, said.did_not_respond) == (9, 2, 7)
    assert (said.agree, said.agree_with_comment, said.concern, said.replies) == (0, 0, 0, ())
    assert said.waiting_for == (
        "Amina Yusuf", "Des Barrett", "Doris Whitfield", "Kasia Nowak", "Peter Marsh",
        "Ruth Hollis", "Tom Okafor",
    )  # fmt: skip
    assert work.standing == ()


@pytest.mark.covers("R31")
def test_after_its_close_answers_are_counted_and_silence_is_not_agreement(sent: World) -> None:
    _answer(sent, "sunil", "concern", "No.")
    _answer(sent, "peter", "agree_with_comment", "Add the date.")
    _answer(sent, "grace", "agree")
    sent.tick(ROUND_2_CLOSED)
    work = _work(sent)
    said = work.responses
    assert (said.agree, said.agree_with_comment, said.concern) == (1, 1, 1)
    assert said.did_not_respond == 6
    replies = {each.answer: each.utterance for each in said.replies}
    assert (replies["concern"].text, replies["concern"].name) == ("No.", "")
    assert replies["agree_with_comment"].text == "Add the date."
    assert "Answer 1 concern, or let it stand." in work.standing
    assert (work.result.round, work.first and work.first.round) == (2, 1)
    assert work.due_on == date(2027, 2, 1)


def test_an_answered_concern_stands_in_the_way_no_more(sent: World) -> None:
    _answer(sent, "sunil", "concern", "No.")
    stored = sent.rows(Response)[0]
    with sent.database.transaction() as session:
        row = session.merge(stored)
        row.reply, row.reply_kind = "We hear you.", "answered"
    sent.tick(ROUND_2_CLOSED)
    work = _work(sent)
    assert work.standing == ()
    assert [(each.reply, each.reply_kind) for each in work.responses.replies] == [
        ("We hear you.", "answered")
    ]


def test_who_leaves_is_not_waited_for_and_their_answer_still_counts(sent: World) -> None:
    _answer(sent, "sunil", "agree")
    for who in ("sunil", "des"):
        sent.on_review(review_groups.remove_member, member_id=sent.members[who], now=NEXT_MORNING)
    said = _work(sent).responses
    assert (said.asked, said.answered) == (8, 1)
    assert "Des Barrett" not in said.waiting_for


def test_words_of_an_earlier_round_stay_when_a_draft_goes_round_once_more(sent: World) -> None:
    _answer(sent, "sunil", "concern", "No.")
    sent.tick(ROUND_2_CLOSED)
    after_the_close.written(sent, 2, ROUND_2_CLOSED, what_do="Something else.")
    work = _work(sent)
    assert work.may_send_again
    sent.on_review(drafts.send, "tom", number=2, now=ROUND_2_CLOSED)
    said = _work(sent).responses
    assert (said.answered, [each.utterance.text for each in said.replies]) == (0, ["No."])


def test_a_review_rated_by_area_is_drafted_by_area(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.rating_unit = "area"
        session.add(review)
    needed = _work(world, now=NEXT_MORNING + timedelta(minutes=1)).standing
    assert needed[-1] == "Choose a level, or “not agreed”, for area 2."
