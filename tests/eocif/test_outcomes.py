"""What became of what someone said, for them and for who records for them."""

from datetime import date, datetime

import pytest

from eocif import area_work, outcomes, review_groups, sign_off
from eocif.database import Database
from eocif.errors import NotFound, NotNow, NotYours
from eocif.models import Hidden, Rating, Review, View
from eocif.round_summaries import Outcome
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif.summaries import Place
from tests import after_the_close, to_the_end
from tests.after_the_close import ANSWERED_AT, NEXT_MORNING, sent, written
from tests.builders import World, codes
from tests.to_the_end import CONCLUDED_AT, CONCLUDING_AT, SIGNED_OFF_AT, conclude, respond

DES_SAID = "des says this of area 2."


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Area 2 is close and concluding; Des and Grace said something of its draft."""
    world = to_the_end.concluding(database, now)
    respond(
        world, "des", 2, "concern", CONCLUDING_AT, comment="Not on nights.",
        reply="We asked the night team.", reply_kind="answered",
    )  # fmt: skip
    respond(world, "grace", 2, "agree_with_comment", CONCLUDING_AT, comment="Grace’s own words.")
    return world


def _outcome(world: World, who: str, area: int = 2, *, for_: str = "") -> Outcome:
    member_id = world.members[for_] if for_ else 0
    place = Place(world.review_id, (2, 3), area, member_id)
    return world.do(outcomes.outcome, who, place=place, now=CONCLUDED_AT)


@pytest.mark.covers("R70")
def test_a_member_sees_what_was_agreed_beside_what_they_said(world: World) -> None:
    written(world, 2, CONCLUDING_AT, who="tom", level_2a="achieving", reason_2a="A new policy.")
    conclude(world, 2)
    seen = _outcome(world, "des")
    assert [(each.statement.code, each.level, each.origin, each.own) for each in seen.lines] == [
        ("2a", "achieving", "lead", "progressing"),
        ("2b", "", "not_agreed", "progressing"),
        ("2c", "", "not_agreed", "progressing"),
    ]
    assert seen.lines[0].reason == "A new policy."
    assert seen.words["where_now"] == "The draft of area 2: where_now."
    assert (seen.concluded_on, seen.concluded_by) == (date(2027, 1, 26), "Tom Okafor")
    assert (seen.area.number, seen.section.number, seen.for_name) == (2, 1, "")


@pytest.mark.covers("R70")
def test_they_see_the_answer_to_their_own_concern_and_nobody_elses_words(world: World) -> None:
    conclude(world, 2)
    seen = _outcome(world, "des")
    [reply] = seen.replies
    assert (reply.utterance.text, reply.answer) == ("Not on nights.", "concern")
    assert (reply.reply, reply.reply_kind) == ("We asked the night team.", "answered")
    for words in ("Grace’s own words.", "grace says", "tom says"):
        assert words not in repr(seen)


@pytest.mark.covers("R70")
def test_words_of_theirs_that_were_hidden_come_with_the_reason(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now)
    for text in ("A survey of wards.", "A letter that names a patient."):
        offered = Offered(text[:9], "survey", "qualitative", text, "")
        world.write("des", 2, ANSWERED_AT, offered=offered)
    world.live(at(after_the_close.CLOSED_ON, 17, 15))
    sent(world, 2, NEXT_MORNING)
    world.tick(at(to_the_end.SENT_ROUND, 17, 15))
    _hide(world, "where_now", words="des")
    _hide(world, "evidence_2")
    conclude(world, 2)
    seen = _outcome(world, "des")
    assert [(each.field, each.text, each.hidden_because) for each in seen.hidden] == [
        ("where_now", "des", ("It names someone.",)),
        ("evidence", "A letter that names a patient.", ("It names someone.",)),
    ]
    assert [(each.id, each.source, each.kind, each.text) for each in seen.evidence] == [
        (1, "Survey", "qualitative", "A survey of wards.")
    ]
    grace = _outcome(world, "grace")
    assert (grace.hidden, grace.evidence) == ((), ())


def _hide(world: World, what: str, words: str = "") -> None:
    area = world.area(2)
    with world.database.transaction() as session:
        session.add(
            Hidden(
                tenant_id=area.tenant_id, area_id=area.id or 0, member_id=world.members["des"],
                what=what, words=words, reason="It names someone.",
                hidden_by=world.actors["tom"].person_id, hidden_at=NEXT_MORNING,
            )
        )  # fmt: skip


def test_their_own_level_is_the_one_of_the_latest_round(world: World) -> None:
    area = world.area(2)
    with world.database.transaction() as session:
        session.add(
            Rating(
                area_id=area.id or 0, member_id=world.members["des"], round=2, code="2b",
                tenant_id=area.tenant_id, choice="excelling", updated_at=NEXT_MORNING,
            )
        )  # fmt: skip
    conclude(world, 2)
    assert [each.own for each in _outcome(world, "des").lines] == [
        "progressing", "excelling", "progressing",
    ]  # fmt: skip


def test_nothing_is_said_of_an_area_before_it_is_concluded_or_once_it_is_open_again(
    world: World,
) -> None:
    with pytest.raises(NotNow) as refused:
        _outcome(world, "des")
    assert refused.value.happened == "Area 2 is not concluded."
    conclude(world, 2)
    world.on_review(sign_off.reopen, number=2, reason="A new report.", now=SIGNED_OFF_AT)
    with pytest.raises(NotNow):
        _outcome(world, "des")


# --- who --------------------------------------------------------------------------------------


def test_who_has_left_the_group_sees_it_where_they_took_part(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluding(database, now)
    with world.database.transaction() as session:
        for row in world.rows(Rating, Rating.member_id == world.members["peter"]):
            session.delete(row)
    _silence(world, "peter")
    for who in ("des", "peter"):
        world.on_review(
            review_groups.remove_member, member_id=world.members[who], now=CONCLUDING_AT
        )
    conclude(world, 2)
    assert _outcome(world, "des").lines[0].own == "progressing"
    with pytest.raises(NotYours) as refused:
        _outcome(world, "peter")
    assert "you did not answer this area" in refused.value.happened


def _silence(world: World, who: str) -> None:
    """As if they had never written anything."""
    with world.database.transaction() as session:
        for row in world.rows(View, View.member_id == world.members[who]):
            row.where_now = ""
            session.merge(row)


def test_a_member_who_took_no_part_sees_what_was_agreed(world: World) -> None:
    with world.database.transaction() as session:
        for row in world.rows(Rating, Rating.member_id == world.members["peter"]):
            session.delete(row)
    conclude(world, 2)
    assert {each.own for each in _outcome(world, "peter").lines} == {""}


def test_who_recorded_for_someone_without_teams_sees_it_for_them(world: World) -> None:
    conclude(world, 2)
    seen = _outcome(world, "tom", for_="doris")
    assert seen.for_name == "Doris Whitfield"
    assert {each.own for each in seen.lines} == {"progressing"}


def test_who_answered_a_later_draft_is_told_that_the_earlier_words_do_not_stay(
    world: World,
) -> None:
    with world.database.transaction() as session:
        area = session.merge(world.area(2))
        area.round = 3
    respond(world, "des", 2, "agree", CONCLUDING_AT)
    conclude(world, 2)
    [earlier] = _outcome(world, "des").replies
    assert (earlier.utterance.text, earlier.stays) == ("Not on nights.", False)
    [comment] = _outcome(world, "grace").replies
    assert comment.stays


@pytest.mark.covers("R14")
def test_the_lead_who_recorded_is_asked_to_tell_who_has_no_teams(world: World) -> None:
    def told(who: str) -> list[str]:
        work = world.on_review(area_work.area_work, who, number=2, now=CONCLUDED_AT)
        return [each.name for each in work.to_tell]

    assert told("tom") == []
    conclude(world, 2)
    assert (told("tom"), told("amina")) == (["Doris Whitfield"], ["Doris Whitfield"])
    _recorded_by(world, "amina")
    assert told("tom") == []


def test_it_is_shown_for_nobody_else(world: World) -> None:
    conclude(world, 2)
    for who, for_ in (("tom", "grace"), ("kasia", "doris"), ("grace", "doris")):
        with pytest.raises(NotYours):
            _outcome(world, who, for_=for_)
    with pytest.raises(NotYours):
        _outcome(world, "joan")
    with pytest.raises(NotFound):
        _outcome(world, "des", area=9)


def test_an_area_lead_who_did_not_record_needs_leave_to_see_names(world: World) -> None:
    conclude(world, 2)
    _recorded_by(world, "amina")
    with pytest.raises(NotYours):
        _outcome(world, "tom", for_="doris")
    assert _outcome(world, "amina", for_="doris").for_name == "Doris Whitfield"
    with world.database.transaction() as session:
        session.get_one(Review, world.review_id).area_leads_see_names = True
    assert _outcome(world, "tom", for_="doris").for_name == "Doris Whitfield"


def _recorded_by(world: World, who: str) -> None:
    with world.database.transaction() as session:
        for row in world.rows(View, View.member_id == world.members["doris"]):
            row.given_by = world.actors[who].person_id
            session.merge(row)


def test_it_stays_to_be_seen_after_sign_off(world: World) -> None:
    for area in (2, 3):
        conclude(world, area)
    to_the_end.sign(world)
    assert {each.level for each in _outcome(world, "des", area=3).lines} == {"achieving"}
    assert len(_outcome(world, "tom", area=3, for_="doris").lines) == len(codes(3))
