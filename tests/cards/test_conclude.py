"""What members said of a draft, answered one by one, and how an area is concluded."""

from dataclasses import replace

import pytest

from cards.conclude import concerns, conclude
from cards.submissions import OutstandingShow, parse
from cards.worksheet_shapes import ConcludeFinish, ConcludeReply, DraftShow
from eocif.rules.merging import digest
from eocif.rules.spread import EVERYONE
from tests.cards.harness import Card, actions, inputs, press, read, size, texts
from tests.cards.samples_lead_steps import NO_REPLY
from tests.cards.samples_lead_work import (
    ALL_ANSWERED,
    CHANGED,
    CONCLUDED,
    CONCLUDING,
    EMOJI,
    LONG,
    STAFF,
    TOO_LONG,
    WITH_GROUP,
    drafted,
    many_replied,
    work,
)
from tests.cards.samples_short import LEAD


def titles(card: Card) -> list[str]:
    return [action["title"] for action in actions(card)]


# --- how members answered -------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_no_answer_is_told_apart_from_agreement_and_by_name() -> None:
    shown = texts(concerns(CONCLUDING).content)
    start = shown.index("Agree")
    assert shown[start : start + 8] == [
        *("Agree", "6", "Agree, and comment", "1", "Raised a concern", "2", "Did not respond", "3"),
    ]
    assert "Did not respond: Tom Okafor, Joan Pettifer and Sunil Rao." in shown
    assert "Did not respond: " not in read(concerns(ALL_ANSWERED).content)


def test_while_members_answer_only_who_has_not_is_told() -> None:
    shown = concerns(WITH_GROUP).content
    assert (
        "9 of 12 people have answered. Members can answer until 5pm on Friday 12 February 2027. "
        "You see what they said when the round has closed."
    ) in texts(shown)
    assert "Not answered yet: Tom Okafor, Joan Pettifer and Sunil Rao." in texts(shown)
    assert "Agree" not in texts(shown)
    sent = press(shown, "See who has not answered")
    assert parse(sent["verb"], sent["data"]) == OutstandingShow(review=7)
    undated = read(concerns(replace(WITH_GROUP, closes_on=None)).content)
    assert "9 of 12 people have answered. You see what they said" in undated


# --- each concern and comment ---------------------------------------------------------------


@pytest.mark.covers("R33")
def test_every_concern_and_comment_stands_with_its_group_and_the_leads_answer() -> None:
    shown = texts(concerns(CONCLUDING).content)
    assert f"Agrees, with a comment: {STAFF}" in shown
    place = shown.index("Too rosy.")
    assert shown[place - 1 : place + 2] == [
        *("A concern: Other perspectives", "Too rosy.", "Your answer: We took out the word “all”."),
    ]
    assert shown[shown.index("Six languages will not be enough.") + 1] == "You let this stand."
    assert "What each person said last is printed" in read(concerns(CONCLUDING).content)


def test_the_first_concern_that_waits_stands_first_with_a_box_for_the_answer() -> None:
    shown = concerns(CONCLUDING).content
    place = texts(shown).index("This leaves out people at home.")
    assert texts(shown)[place + 1].startswith("Your answer to this concern")
    sent = press(shown, "Answer this concern", reply="We added them.")
    assert parse(sent["verb"], sent["data"]) == ConcludeReply(
        review=7, area=13, response=22, reply="We added them.", kind="answered",
        shown={"reply": digest("")},
    )  # fmt: skip


def test_a_concern_may_be_let_stand() -> None:
    sent = press(concerns(CONCLUDING).content, "Let it stand")
    posted = parse(sent["verb"], sent["data"])
    assert isinstance(posted, ConcludeReply)
    assert (posted.response, posted.kind) == (22, "stands")


def test_a_comment_may_be_answered_and_need_not_be_let_stand() -> None:
    opened = press(concerns(CONCLUDING).content, "Write an answer")
    assert parse(opened["verb"], opened["data"]) == DraftShow(
        review=7, area=13, step="concerns", response=21
    )
    shown = concerns(CONCLUDING, response=21).content
    assert "Your answer to this comment (up to 2,000 characters)" in texts(shown)
    assert "Let it stand" not in titles(shown)


def test_an_answer_that_was_given_can_be_changed() -> None:
    shown = concerns(CONCLUDING, response=23).content
    assert inputs(shown)["reply"]["value"] == "We took out the word “all”."
    sent = press(shown, "Answer this concern")
    posted = parse(sent["verb"], sent["data"])
    assert isinstance(posted, ConcludeReply)
    assert posted.shown == {"reply": digest("We took out the word “all”.")}


def test_a_refused_answer_comes_back_at_its_own_concern() -> None:
    refused = replace(NO_REPLY, typed={"response": "23", "reply": "Half an answer"})
    shown = concerns(CONCLUDING, refused).content
    place = texts(shown).index("Too rosy.")
    assert texts(shown)[place + 1] == "Write your answer, or let the concern stand."
    assert inputs(shown)["reply"]["value"] == "Half an answer"


def test_an_answer_that_no_box_holds_stands_below_to_copy() -> None:
    shown = concerns(CONCLUDING, NO_REPLY, for_user=LEAD).content
    assert any(text.startswith(TOO_LONG[:2000]) for text in texts(shown))


def test_a_name_stands_beside_a_concern_only_where_the_reader_may_see_it() -> None:
    first = CONCLUDING.responses.replies[1]
    named = replace(first, utterance=replace(first.utterance, name="Kasia Nowak"))
    responses = replace(CONCLUDING.responses, replies=(named,))
    shown = read(concerns(replace(CONCLUDING, responses=responses)).content)
    assert "A concern: People using services and unpaid carers (Kasia Nowak)" in shown
    assert "Kasia Nowak" not in read(concerns(CONCLUDING).content)


def test_where_all_are_one_group_a_concern_is_somebodys_and_not_everyones() -> None:
    first = CONCLUDING.responses.replies[1]
    for name, told in (("", "someone in the group"), ("Kasia Nowak", "Kasia Nowak")):
        alone = replace(first, utterance=replace(first.utterance, group=EVERYONE, name=name))
        responses = replace(CONCLUDING.responses, replies=(alone,))
        shown = texts(concerns(replace(CONCLUDING, responses=responses)).content)
        assert f"A concern: {told}" in shown


def test_nothing_can_be_answered_before_the_round_closes_or_after_the_end() -> None:
    for area in (replace(WITH_GROUP, responses=CONCLUDING.responses), CONCLUDED):
        shown = concerns(area, response=22).content
        assert inputs(shown) == {}
        assert not [title for title in titles(shown) if "answer" in title and "who" not in title]


@pytest.mark.parametrize("text", ["No.", LONG, EMOJI])
def test_every_concern_of_a_crowd_is_on_some_page_whole_and_once(text: str) -> None:
    area = replace(CONCLUDING, responses=many_replied(40, text))
    seen, page, more = 0, 1, True
    while more:
        shown = concerns(area, page=page).content
        seen += texts(shown).count(text)
        assert size(shown) < 80 * 1024
        more, page = "Next page" in titles(shown), page + 1
    assert seen == 40
    assert concerns(area, page=99).content == concerns(area, page=page - 1).content
    assert "Page before" in titles(concerns(area, page=2).content)


def test_a_concern_far_back_is_opened_on_its_own_page() -> None:
    area = replace(CONCLUDING, responses=many_replied(40, LONG))
    shown = concerns(area, response=139).content
    assert "reply" in inputs(shown)
    assert "Next page" not in titles(shown)


def test_when_every_concern_is_answered_the_next_step_is_to_conclude() -> None:
    by_title = {each["title"]: each for each in actions(concerns(ALL_ANSWERED).content)}
    assert by_title["Go on to conclude"]["style"] == "positive"
    waiting = {each["title"]: each for each in actions(concerns(CONCLUDING).content)}
    assert "style" not in waiting["Go on to conclude"]


# --- concluding -----------------------------------------------------------------------------


@pytest.mark.covers("R28")
def test_each_statement_stands_with_its_final_level_and_its_verdict_after_round_2() -> None:
    shown = texts(conclude(ALL_ANSWERED).content)
    place = shown.index("Area 13a: Achieving, agreed")
    assert shown[place + 1] == "Agreed: achieving. 2 progressing, 9 achieving, 1 excelling."
    assert shown[place + 2] == "4 of 12 changed level since round 1."
    assert "Area 13d: Not agreed" in shown
    assert "Area 13g: Not applicable" in shown


def test_a_level_of_the_leads_own_says_how_it_prints_and_why() -> None:
    shown = texts(conclude(ALL_ANSWERED).content)
    place = shown.index("Area 13c: Progressing, set by the lead")
    assert "This prints as “set by the lead”, with your reason." in shown[place + 2]
    assert shown[place + 3] == "Reason: The reports stopped last year."
    heard = "Heard: Two people never found the page. We add it to the front page."
    assert heard in shown


@pytest.mark.covers("R32")
def test_a_reason_for_a_level_that_people_have_agreed_meanwhile_is_not_shown() -> None:
    left = {"level_5a": "achieving", "reason_5a": "From before.", "heard_5a": "Nobody far."}
    agreed = work(5, ["aapaaaaaepaa"])
    at = replace(agreed, state="concluding", draft=drafted(agreed.result, left))
    shown = read(conclude(at).content)
    assert "From before." not in shown
    assert "Nobody far." not in shown


def test_a_gap_stands_beside_the_final_level() -> None:
    shown = texts(conclude(ALL_ANSWERED).content)
    place = shown.index("Area 13e: Not agreed")
    assert "two levels below that of staff" in shown[place + 2]


def test_an_area_is_concluded_with_one_press_once_nothing_is_missing() -> None:
    shown = conclude(ALL_ANSWERED).content
    assert "Nothing is missing. You can conclude this area." in texts(shown)
    sent = press(shown, "Conclude this area")
    assert parse(sent["verb"], sent["data"]) == ConcludeFinish(review=7, area=13)


def test_what_is_still_needed_is_said_and_nothing_can_be_concluded_before() -> None:
    shown = conclude(CONCLUDING).content
    assert "• Answer 1 concern, or let it stand." in texts(shown)
    assert "Conclude this area" not in titles(shown)
    assert titles(shown)[:2] == ["Change the levels", "See what members said"]


def test_concerns_are_said_to_be_kept_and_printed() -> None:
    assert "What each person said last is printed" in read(conclude(ALL_ANSWERED).content)


def test_a_changed_draft_may_go_round_once_more_instead() -> None:
    title = "Send the changed draft round once more"
    opened = press(conclude(CHANGED).content, title)
    assert parse(opened["verb"], opened["data"]) == DraftShow(review=7, area=13, step="send")
    assert title not in titles(conclude(ALL_ANSWERED).content)


def test_an_area_that_has_ended_shows_how_and_offers_nothing_to_conclude() -> None:
    shown = conclude(CONCLUDED).content
    assert "How this area stands" in texts(shown)
    assert titles(shown) == ["Back to the results"]


def test_the_card_renews_itself_for_its_lead() -> None:
    renewed = conclude(ALL_ANSWERED, for_user=LEAD).content["refresh"]["action"]
    assert parse(renewed["verb"], renewed["data"]) == DraftShow(review=7, area=13, step="conclude")
