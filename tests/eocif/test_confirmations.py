"""Answering a draft: levels changed, agreement, comments, concerns, and what is kept."""

from datetime import date, datetime, timedelta

import pytest

from eocif import confirmations, review_groups, voices
from eocif.database import Database
from eocif.models import AuditEvent, Rating
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests import after_the_close
from tests.after_the_close import NEXT_MORNING
from tests.builders import World
from tests.confirming import CLOSES_ON, TUESDAY, change, form, respond, stored

CONCERN = "The wards at night are not in it."


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """The drafts of areas 2 and 3 are with the group until Monday 25 January."""
    return after_the_close.in_round_2(database, now)


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


def test_what_was_heard_from_those_far_away_is_shown_where_their_level_is_not_the_one_proposed(
    database: Database, now: datetime
) -> None:
    far = dict.fromkeys(after_the_close.MIXED, "achieving") | {"grace": "insufficient_progress"}
    world = after_the_close.drafting(database, now, choices=far)
    heard = {"level_2a": "achieving", "heard_2a": "Nights are not covered."}
    after_the_close.sent(world, 2, NEXT_MORNING, **heard, level_2b="progressing")
    assert form(world, "grace", 2, NEXT_MORNING).heard == {"2a": "Nights are not covered."}


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
    row = stored(world, "des")
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
