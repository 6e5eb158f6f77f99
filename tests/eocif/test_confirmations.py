"""Answering a draft: levels changed, agreement, comments, concerns, and what is kept."""

from datetime import date, datetime, timedelta

import pytest

from eocif import confirmations, forms, review_groups, reviews, voices
from eocif.database import Database
from eocif.errors import NotFound, NotYours
from eocif.models import AuditEvent, Rating, Response, ReviewArea
from eocif.rules.answers import KEPT_FOR_YOU
from eocif.rules.dates import at
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests import after_the_close
from tests.after_the_close import NEXT_MORNING
from tests.builders import SMALL, World
from tests.confirming import CLOSES_ON, TUESDAY, change, form, respond

CONCERN = "The wards at night are not in it."


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """The drafts of areas 2 and 3 are with the group until Monday 25 January."""
    return after_the_close.in_round_2(database, now)


def _row(world: World, who: str, area: int = 2) -> Response:
    [row] = world.rows(
        Response,
        Response.member_id == world.members[who],
        Response.area_id == world.area(area).id,
    )
    return row


# --- reading --------------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_members_read_the_draft_as_it_went_round_beside_their_own_levels(world: World) -> None:
    card = form(world, "des", 2, TUESDAY)
    assert (card.state, card.round, card.closes_on) == ("open", 2, CLOSES_ON)
    assert card.words == {
        "where_now": "The draft of area 2: where_now.",
        "what_good": "The draft of area 2: what_good.",
        "what_do": "The draft of area 2: what_do.",
        "gap": "The gap of area 2.",
    }
    assert card.proposed == dict.fromkeys(("2a", "2b", "2c"), "not_agreed")
    assert card.own == dict.fromkeys(("2a", "2b", "2c"), "progressing")
    assert card.draws_on == ("Everyone else", "People with lived experience")
    assert (card.answer, card.answered, card.left) == ("", False, ())
    assert card.minutes == 2


def test_a_reason_stands_only_where_the_lead_departs_from_the_rule(world: World) -> None:
    assert form(world, "des", 2, TUESDAY).reasons == {}  # not agreed, as the rule says
    assert form(world, "des", 3, TUESDAY).proposed == {"3a": "achieving", "3b": "achieving"}


def test_a_levels_reason_is_shown_where_the_lead_chose_another(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    after_the_close.sent(world, 3, NEXT_MORNING, level_3a="progressing", reason_3a="Too early.")
    card = form(world, "des", 3, NEXT_MORNING)
    assert (card.proposed["3a"], card.reasons) == ("progressing", {"3a": "Too early."})


def test_the_spread_is_that_of_the_round_before_until_this_one_closes(world: World) -> None:
    before = form(world, "grace", 2, TUESDAY).result
    assert (before.round, before.people) == (1, 9)
    change(world, "des", 2, {"2a": "excelling"}, TUESDAY)
    assert form(world, "grace", 2, TUESDAY).result == before
    assert form(world, "des", 2, TUESDAY).own["2a"] == "excelling"


def test_others_words_come_without_names_and_ones_own_are_not_among_them(world: World) -> None:
    for who in ("des", "tom", "amina"):  # also to who leads the area, and to the lead
        texts = [each.text for each in form(world, who, 2, TUESDAY).utterances]
        assert f"{who} says this of area 2." not in texts
        assert len(texts) == 8
        assert {each.name for each in form(world, who, 2, TUESDAY).utterances} == {""}


def test_hidden_words_are_hidden_on_a_members_card(world: World) -> None:
    member = world.members["des"]
    world.on_review(
        voices.hide, number=2, key=f"{member}:where_now", words="des", reason="It names him.",
        now=TUESDAY,
    )  # fmt: skip
    texts = [each.text for each in form(world, "grace", 2, TUESDAY).utterances]
    assert "[words hidden] says this of area 2." in texts


def test_the_rest_of_a_message_are_its_other_drafts(world: World) -> None:
    place = confirmations.Place(world.review_id, (2, 3), 2)
    card = world.do(confirmations.confirm_form, "des", place=place, now=TUESDAY)
    assert (card.position, card.left) == (1, (3,))
    respond(world, "des", 3, "agree", TUESDAY)
    assert world.do(confirmations.confirm_form, "des", place=place, now=TUESDAY).left == ()


def test_how_many_have_answered_counts_who_is_in_the_group(world: World) -> None:
    for who in ("des", "grace"):
        respond(world, who, 2, "agree", TUESDAY)
    change(world, "ruth", 2, {"2a": "excelling"}, TUESDAY)  # levels alone are no answer
    assert form(world, "tom", 2, TUESDAY).answered_by_how_many == 2
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=TUESDAY)
    assert form(world, "tom", 2, TUESDAY).answered_by_how_many == 1


def test_the_card_of_round_1_still_shows_what_was_said_then(world: World) -> None:
    change(world, "des", 2, {"2a": "excelling"}, TUESDAY)
    card = world.form("des", 2, TUESDAY)
    assert (card.state, card.closes_on) == ("closed", date(2027, 1, 13))
    assert card.choices["2a"] == "progressing"
    said = world.rate("des", 2, {"2b": "achieving"}, TUESDAY)
    assert said.notice.startswith("This round closed on Wednesday 13 January 2027.")


# --- levels ---------------------------------------------------------------------------------


def test_only_changed_levels_are_stored_and_the_earlier_ones_stand(world: World) -> None:
    choices = {"2a": "achieving", "2b": "progressing"}
    assert change(world, "des", 2, choices, TUESDAY) == Feedback()
    rows = world.rows(Rating, Rating.round == 2)
    assert [(row.code, row.choice) for row in rows] == [("2a", "achieving")]
    assert form(world, "des", 2, TUESDAY).own == {
        "2a": "achieving", "2b": "progressing", "2c": "progressing",
    }  # fmt: skip
    assert world.form("des", 2, TUESDAY).choices["2a"] == "progressing"


def test_a_level_can_go_back_to_what_it_was(world: World) -> None:
    for level in ("achieving", "progressing"):
        change(world, "des", 2, {"2a": level}, TUESDAY)
    assert form(world, "des", 2, TUESDAY).own["2a"] == "progressing"


def test_a_choice_that_no_card_offers_is_said_and_the_others_are_saved(world: World) -> None:
    said = change(world, "des", 2, {"2a": "brilliant", "2b": "achieving", "9z": "x"}, TUESDAY)
    sentence = "We could not read the choice for 2a. Choose one from the list."
    assert (said.problems, said.typed) == ({"level_2a": sentence}, {"level_2a": "brilliant"})
    assert form(world, "des", 2, TUESDAY).own["2b"] == "achieving"


def test_a_level_that_moved_since_it_was_shown_is_not_overwritten(world: World) -> None:
    stale = form(world, "des", 2, TUESDAY).shown
    change(world, "des", 2, {"2a": "achieving"}, TUESDAY)
    said = world.do(
        confirmations.save_levels, "des", place=world.place(2), now=TUESDAY, shown=stale,
        fields={"level_2a": "excelling"},
    )  # fmt: skip
    [differs] = said.differs
    assert (differs.field, differs.label, differs.stored) == ("level_2a", "Area 2a", "achieving")
    assert (said.is_problem, said.typed) == (True, {"level_2a": "excelling"})
    assert form(world, "des", 2, TUESDAY).own["2a"] == "achieving"


def test_who_did_not_take_part_in_round_1_may_give_levels_in_round_2(world: World) -> None:
    joan = [world.sample.person("joan").entra_id]
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=joan, now=TUESDAY
    )
    card = form(world, "joan", 2, TUESDAY)
    assert (card.state, card.own) == ("open", {})
    change(world, "joan", 2, {"2a": "excelling"}, TUESDAY)
    assert form(world, "joan", 2, TUESDAY).own == {"2a": "excelling"}


# --- the answer -----------------------------------------------------------------------------


def test_who_agrees_says_nothing_more(world: World) -> None:
    assert respond(world, "des", 2, "agree", TUESDAY) == Feedback()
    card = form(world, "des", 2, TUESDAY)
    assert (card.answer, card.comment, card.answered) == ("agree", "", True)


@pytest.mark.covers("R31")
@pytest.mark.parametrize("answer", ["agree_with_comment", "concern"])
def test_a_comment_needs_words_and_a_concern_its_reason(answer: str, world: World) -> None:
    said = respond(world, "des", 2, answer, TUESDAY)
    assert said.problems.keys() == {"comment"}
    assert (said.is_problem, said.typed) == (True, {"answer": answer})
    assert not form(world, "des", 2, TUESDAY).answered
    assert respond(world, "des", 2, answer, TUESDAY, comment=CONCERN) == Feedback()
    card = form(world, "des", 2, TUESDAY)
    assert (card.answer, card.comment) == (answer, CONCERN)


def test_an_answer_that_no_card_offers_loses_no_word(world: World) -> None:
    said = respond(world, "des", 2, "perhaps", TUESDAY, comment=CONCERN)
    assert said.problems == {"answer": "Choose one of the three answers."}
    assert said.typed == {"answer": "perhaps", "comment": CONCERN}
    card = form(world, "des", 2, TUESDAY)
    assert (card.answered, card.kept) == (False, {"comment": CONCERN})


def test_who_agrees_and_writes_something_agrees_with_a_comment(world: World) -> None:
    sentence = "You wrote a comment, so we saved this as agreeing with a comment."
    for _press in range(2):
        said = world.do(
            confirmations.save_answer, "des", place=world.place(2), answer="agree",
            comment="Well put.", shown={}, now=TUESDAY,
        )  # fmt: skip
        assert said == Feedback(sentence)
    card = form(world, "des", 2, TUESDAY)
    assert (card.answer, card.comment) == ("agree_with_comment", "Well put.")


def test_a_comment_typed_beside_a_stored_agreement_goes_with_it(world: World) -> None:
    respond(world, "des", 2, "agree", TUESDAY)
    assert respond(world, "des", 2, "", TUESDAY, comment="Well put.") == Feedback()
    assert form(world, "des", 2, TUESDAY).answer == "agree_with_comment"


def test_who_agrees_after_a_concern_keeps_its_words_for_themselves(world: World) -> None:
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    said = respond(world, "des", 2, "agree", TUESDAY)
    assert said == Feedback(
        "The earlier comment is not part of this answer any more. We kept it for you to copy."
    )
    for _press in range(2):
        card = form(world, "des", 2, TUESDAY)
        assert (card.answer, card.comment, card.kept) == ("agree", "", {"comment": CONCERN})
        respond(world, "des", 2, "agree", TUESDAY)
    respond(world, "des", 2, "concern", TUESDAY, comment="Another.")
    assert form(world, "des", 2, TUESDAY).kept == {}


def test_words_over_the_limit_are_kept_whole_and_come_back(world: World) -> None:
    long = "é" * 2012
    said = respond(world, "des", 2, "concern", TUESDAY, comment=long)
    assert said.problems == {
        "comment": "“Comment or concern” is 12 characters too long. The most is 2,000. "
        "All of it is still here. Cut it and save again."
    }
    assert said.typed == {"answer": "concern", "comment": long}
    card = form(world, "des", 2, TUESDAY)
    assert (card.answered, card.kept) == (False, {"comment": long})
    respond(world, "des", 2, "concern", TUESDAY, comment=long[:2000])
    card = form(world, "des", 2, TUESDAY)
    assert (card.comment, card.kept) == (long[:2000], {})


def test_an_empty_box_never_erases(world: World) -> None:
    respond(world, "des", 2, "agree_with_comment", TUESDAY, comment="Well put.")
    assert respond(world, "des", 2, "concern", TUESDAY) == Feedback()
    card = form(world, "des", 2, TUESDAY)
    assert (card.answer, card.comment) == ("concern", "Well put.")


def test_an_answer_can_be_changed_and_a_press_that_comes_again_changes_nothing(
    world: World,
) -> None:
    respond(world, "des", 2, "agree", TUESDAY)
    later = TUESDAY + timedelta(hours=1)
    for _press in range(3):
        world.do(
            confirmations.save_answer, "des", place=world.place(2), answer="concern",
            comment=CONCERN, shown={"answer": digest("agree"), "comment": digest("")}, now=later,
        )  # fmt: skip
    row = _row(world, "des")
    assert (row.answer, row.comment, row.updated_at) == ("concern", CONCERN, later)
    assert len(world.rows(AuditEvent, AuditEvent.event == "draft answered")) == 2


def test_a_stale_card_overwrites_neither_answer_nor_comment(world: World) -> None:
    stale = form(world, "des", 2, TUESDAY).shown
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    said = world.do(
        confirmations.save_answer, "des", place=world.place(2), answer="agree_with_comment",
        comment="Well put.", shown=stale, now=TUESDAY,
    )  # fmt: skip
    assert [(each.label, each.stored, each.typed) for each in said.differs] == [
        ("Answer to the draft", "concern", "agree_with_comment"),
        ("Comment or concern", CONCERN, "Well put."),
    ]
    assert said.typed == {"answer": "agree_with_comment", "comment": "Well put."}
    card = form(world, "des", 2, TUESDAY)
    assert (card.answer, card.comment) == ("concern", CONCERN)
    respond(world, "des", 2, "agree_with_comment", TUESDAY, comment="Well put.")
    assert form(world, "des", 2, TUESDAY).comment == "Well put."


def test_where_only_the_answer_moved_its_comment_comes_back_with_it(world: World) -> None:
    stale = form(world, "des", 2, TUESDAY).shown
    respond(world, "des", 2, "agree", TUESDAY)
    said = world.do(
        confirmations.save_answer, "des", place=world.place(2), answer="concern",
        comment=CONCERN, shown=stale, now=TUESDAY,
    )  # fmt: skip
    assert [each.field for each in said.differs] == ["answer"]
    assert said.typed == {"answer": "concern", "comment": CONCERN}
    assert form(world, "des", 2, TUESDAY).comment == ""


def test_the_trail_holds_no_word_and_no_answer(world: World) -> None:
    change(world, "des", 2, {"2a": "excelling"}, TUESDAY)
    respond(world, "des", 2, "concern", TUESDAY, comment=CONCERN)
    [changed, answered] = world.rows(AuditEvent)[-2:]
    assert (changed.event, changed.detail) == (
        "levels changed", {"on_behalf": False, "round": 2, "changed": 1},
    )  # fmt: skip
    assert (answered.event, answered.detail) == (
        "draft answered", {"on_behalf": False, "round": 2},
    )  # fmt: skip
    trail = repr(world.rows(AuditEvent))
    assert not any(word in trail for word in ("wards", "concern", "excelling"))


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
    row = _row(world, "doris")
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
    assert _row(world, "doris").given_by == world.actors["amina"].person_id
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
