"""What stands in a weekly digest, for its lead, an area's lead, and someone who only reads it."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from eocif import digests, sign_off
from eocif.database import Database
from eocif.errors import NotFound, NotYours
from eocif.models import Delivery, Review, ReviewArea
from eocif.rules.dates import at
from eocif.time_models import Action, Meeting
from eocif.time_summaries import ReviewDigest
from tests import after_the_close, builders, confirming, to_the_end
from tests.after_the_close import CLOSED_ON, NEXT_MORNING
from tests.builders import MONDAY, World

SECOND_MONDAY = at(MONDAY + timedelta(days=7), 9)
TWO = {"1": "1,2"}


@pytest.fixture
def kind() -> str:
    """What a digest says is the same on both; when it is queued is told in `test_digests_due`."""
    return "sqlite"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 1 and 2 are open since Monday 11 January; Grace and Kasia have answered area 1."""
    world = builders.opened(database, now, scope=TWO)
    for who in ("grace", "kasia"):
        world.rate(who, 1, "achieving", at(MONDAY, 11))
    return world


def of(world: World, who: str = "amina", now: datetime = SECOND_MONDAY) -> ReviewDigest:
    """Someone's digest of the sample review."""
    return world.do(digests.digest, who, review_id=world.review_id, now=now).review


def let_read(world: World, *who: str) -> None:
    """Amina names digest readers."""
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        review.digest_readers = [world.actors[each].person_id for each in who]
        session.add(review)


def act(world: World, title: str, area: int = 2, **more: object) -> int:
    """An action of the review, as it is stored."""
    given: dict[str, object] = {
        "owner_id": world.actors["grace"].person_id, "accepted_at": at(MONDAY, 9),
        "created_at": at(date(2026, 12, 1), 9), "since": date(2026, 12, 1), **more,
    }  # fmt: skip
    with world.database.transaction() as session:
        row = Action(
            tenant_id=world.sample.tenant_id, review_id=world.review_id, area=area, nonce=title,
            title=title, created_by=world.actors["amina"].person_id, **given,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id or 0


# --- progress and who has not answered ----------------------------------------------------------


@pytest.mark.covers("R69")
def test_a_lead_reads_how_far_sections_are_and_with_whom_open_areas_wait(world: World) -> None:
    found = of(world)
    assert (found.since, found.until) == (MONDAY, MONDAY + timedelta(days=7))
    assert [(row.section.number, dict(row.states), row.in_scope) for row in found.sections] == [
        (1, {"open for answers": 2}, 2)
    ]
    first, second = found.outstanding
    assert (first.area.number, first.round, first.closes_on) == (1, 1, date(2027, 1, 25))
    assert (first.answered, first.asked) == (2, 9)
    assert "Grace Adeyemi" not in first.names
    assert "Grace Adeyemi" in second.names
    assert "Doris Whitfield" in first.names
    assert found.may_remind
    assert found.may_extend


@pytest.mark.covers("R68")
def test_silent_perspectives_are_told_from_a_rounds_second_day_on(world: World) -> None:
    speaking = {world.sample.person(who).perspectives[0] for who in ("grace", "kasia")}
    held = {one.perspectives[0] for one in world.sample.people if one.key != "joan"}
    assert {each.key for each in of(world).silent} == held - speaking
    assert of(world, now=at(MONDAY, 16)).silent == ()


def test_an_area_lead_reads_their_own_part_alone(world: World, database: Database) -> None:
    with database.transaction() as session:
        area = world.area(1)
        area.lead_id = world.actors["kasia"].person_id
        session.merge(area)
    kasia, amina = of(world, "kasia"), of(world)
    assert (kasia.is_part, kasia.led) == (True, (1,))
    assert [row.area.number for row in kasia.outstanding] == [1]
    assert [row.in_scope for row in kasia.sections] == [1]
    assert not kasia.may_extend
    assert (amina.is_part, amina.led) == (False, ())


@pytest.mark.covers("R68")
def test_who_only_reads_it_gets_numbers_and_no_name(world: World) -> None:
    let_read(world, "joan")
    act(world, "Ring people back", deadline=date(2027, 1, 20))
    found = of(world, "joan")
    assert [(row.answered, row.asked, row.names) for row in found.outstanding] == [
        (2, 9, ()), (0, 9, ()),
    ]  # fmt: skip
    assert not any((found.is_part, found.may_remind, found.may_extend, found.may_see_actions))
    assert found.silent == ()  # all are of one or two people, and some of these have answered
    assert found.due_soon[0].owner == ""
    assert "Grace" not in repr(found)


def test_a_reader_who_leads_an_area_reads_names_of_that_area_alone(world: World) -> None:
    let_read(world, "tom")
    with world.database.transaction() as session:
        area = world.area(1)
        area.lead_id = world.actors["amina"].person_id
        session.merge(area)
    first, second = of(world, "tom").outstanding
    assert (first.names, first.answered) == ((), 2)
    assert "Grace Adeyemi" in second.names


@pytest.mark.parametrize("who", ["grace", "joan"])
def test_members_and_strangers_have_no_digest(world: World, who: str) -> None:
    with pytest.raises(NotYours):
        of(world, who)
    with pytest.raises(NotYours, match="There is no digest for you yet"):
        world.do(digests.digest, who, now=SECOND_MONDAY)


def test_a_digest_of_a_review_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.do(digests.digest, review_id=99, now=SECOND_MONDAY)


# --- what waits and what moved --------------------------------------------------------------


def test_what_waits_for_a_lead_and_what_moved_since(database: Database, now: datetime) -> None:
    world = after_the_close.drafting(database, now)
    tom = of(world, "tom", NEXT_MORNING)
    assert [(each.area.number, each.state) for each in tom.waits_for_you] == [
        (2, "drafting"), (3, "drafting"),
    ]  # fmt: skip
    assert tom.moved == ("The first rounds of areas 2 and 3 closed.",)
    assert of(world, now=NEXT_MORNING).waits_for_you == ()
    assert of(world, now=at(CLOSED_ON + timedelta(days=9), 9)).moved == ()


@pytest.mark.covers("R68")
def test_the_reviews_lead_alone_reads_which_drafts_wait_for_whom(
    database: Database, now: datetime
) -> None:
    world = after_the_close.drafting(database, now)
    found = of(world, now=NEXT_MORNING)
    assert [(each.name, each.state, each.numbers, each.due_on) for each in found.with_leads] == [
        ("Tom Okafor", "drafting", (2, 3), date(2027, 1, 20))
    ]
    assert found.says_something
    assert of(world, "tom", now=NEXT_MORNING).with_leads == ()
    with database.transaction() as session:
        for area in session.exec(select(ReviewArea)):
            session.add(area.sqlmodel_update({"lead_id": None}))
    assert of(world, now=NEXT_MORNING).with_leads == ()  # they are the reader's own


def test_the_round_of_a_draft_is_outstanding_too_and_its_silence_told(
    database: Database, now: datetime
) -> None:
    world = after_the_close.in_round_2(database, now)
    confirming.respond(world, "des", 2, "agree", confirming.TUESDAY)
    found = of(world, "tom", confirming.TUESDAY)
    assert [(row.area.number, row.round, row.answered) for row in found.outstanding] == [
        (2, 2, 1), (3, 2, 0),
    ]  # fmt: skip
    assert found.moved == ("The drafts of areas 2 and 3 went to the group.",)
    assert world.sample.person("des").perspectives[0] not in {each.key for each in found.silent}
    assert found.tasks_without_teams == 1


def test_once_every_area_has_ended_the_lead_alone_may_sign_off(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluded(database, now)
    assert of(world, now=to_the_end.CONCLUDED_AT).may_sign_off
    assert not of(world, "tom", to_the_end.CONCLUDED_AT).may_sign_off
    assert of(world, "tom", to_the_end.CONCLUDED_AT).moved == ("Areas 2 and 3 were concluded.",)


def test_an_area_that_was_opened_again_is_told_as_such(database: Database, now: datetime) -> None:
    world = to_the_end.concluded(database, now)
    later = at(date(2027, 1, 28), 9)
    world.on_review(sign_off.reopen, number=2, reason="A new report.", now=later)
    told = of(world, now=later).moved
    assert told == ("Area 3 was concluded.", "Area 2 was opened again.")


@pytest.mark.covers("R43")
def test_after_sign_off_it_is_about_actions_and_dates(database: Database, now: datetime) -> None:
    world = to_the_end.signed_off(database, now)
    today = at(date(2027, 2, 15), 9)
    act(world, "Late", deadline=date(2027, 2, 5))
    act(world, "Soon", deadline=date(2027, 3, 1))
    act(world, "Far", deadline=date(2027, 3, 2))
    act(world, "Nobody's", deadline=date(2027, 5, 1), owner_id=None)
    act(world, "Not mine", deadline=date(2027, 5, 2), refused_because="Ask Ruth.")
    act(
        world, "Done", deadline=date(2027, 2, 1), status="done", settled_at=at(date(2027, 2, 12), 9)
    )
    with database.transaction() as session:
        session.add(
            Meeting(
                tenant_id=world.sample.tenant_id, review_id=world.review_id, nonce="m",
                name="Quality committee", meets_on=date(2027, 3, 1),
            )
        )  # fmt: skip
    found = of(world, now=today)
    assert [(each.title, each.days_overdue) for each in found.overdue] == [("Late", 10)]
    assert [each.title for each in found.due_soon] == ["Soon"]
    assert [(each.title, each.waits) for each in found.actions_waiting] == [
        ("Nobody's", "owner"), ("Not mine", "refused"),
    ]  # fmt: skip
    assert found.moved == ("1 action is done.",)
    assert found.next_dates == (
        (date(2027, 2, 22), "Papers close for Quality committee"),
        (date(2027, 3, 1), "Quality committee meets"),
    )
    assert found.says_something
    assert (found.outstanding, found.silent, found.waits_for_you) == ((), (), ())


def test_actions_that_came_along_from_the_review_before_are_not_new(
    database: Database, now: datetime
) -> None:
    world = to_the_end.signed_off(database, now)
    today = at(date(2027, 2, 15), 9)
    before = act(world, "From the start")
    act(world, "Its copy", copied_from=before, created_at=today - timedelta(days=1))
    assert of(world, now=today).moved == ()
    act(world, "Written since", created_at=today - timedelta(days=1))
    assert of(world, now=today).moved == ("1 action is new.",)


def test_the_long_clocks_are_among_the_next_dates_in_their_last_year(
    database: Database, now: datetime
) -> None:
    world = to_the_end.signed_off(database, now)
    dates = dict(of(world, now=at(date(2027, 2, 18), 9)).next_dates)
    assert dates == {date(2028, 2, 18): "NHS England is due to review the framework"}
    dates = dict(of(world, now=at(date(2029, 3, 1), 9)).next_dates)
    assert dates == {date(2030, 1, 27): "The next assessment is due"}
    passed = of(world, now=at(date(2027, 2, 1), 9)).next_dates
    assert passed == ()


def test_a_meeting_whose_papers_have_closed_still_meets(world: World, database: Database) -> None:
    with database.transaction() as session:
        session.add(
            Meeting(
                tenant_id=world.sample.tenant_id, review_id=world.review_id, nonce="m",
                name="Board", meets_on=date(2027, 1, 20),
            )
        )  # fmt: skip
    assert of(world).next_dates == (
        (date(2027, 1, 20), "Board meets"),
        (date(2027, 1, 25), "Areas 1 and 2 close at 5pm"),
    )


# --- gaps ---------------------------------------------------------------------------------------

APART = {
    "amina": "excelling", "ruth": "excelling", "tom": "excelling", "kasia": "excelling",
    "des": "excelling", "peter": "excelling", "sunil": "progressing", "doris": "progressing",
    "grace": "progressing",
}  # fmt: skip


def test_gaps_of_two_levels_are_told_once_the_round_has_closed_to_leads(
    database: Database, now: datetime
) -> None:
    world = after_the_close.answered(database, now, choices=APART)
    let_read(world, "joan")
    assert of(world, now=at(CLOSED_ON, 17)).gaps == ()  # round 1 is blind
    world.tick(at(CLOSED_ON, 17, 15))
    told = of(world, now=NEXT_MORNING).gaps
    assert told == ("2a", "2b", "2c")
    assert of(world, "tom", NEXT_MORNING).gaps == told
    assert of(world, "joan", NEXT_MORNING).gaps == ()


# --- what did not arrive ------------------------------------------------------------------------


def not_arrived(world: World, who: str, why: str, when: datetime, kind: str = "prompt") -> None:
    with world.database.transaction() as session:
        session.add(
            Delivery(
                tenant_id=world.sample.tenant_id, kind=kind, subject=kind, slot=f"{who} {when}",
                recipient=f"person:{world.actors[who].person_id}", state="failed", error=why,
                person_id=world.actors[who].person_id, review_id=world.review_id, created_at=when,
                next_at=when, settled_at=when,
            )
        )  # fmt: skip


def test_the_lead_reads_what_did_not_arrive_since_and_what_to_do(world: World) -> None:
    added = "They have not added the app in Teams yet."
    not_arrived(world, "des", added, at(MONDAY, 9))
    not_arrived(world, "des", added, SECOND_MONDAY - timedelta(days=6))
    not_arrived(world, "tom", "Teams did not take the message.", at(MONDAY, 8, 59))
    assert of(world).undelivered == (
        ("Des Barrett", added,
         "Ask them to add the app in Teams, or ask your Teams administrator to add it for them."),
    )  # fmt: skip
    assert of(world, "tom").undelivered == ()


def test_a_digest_that_may_not_have_arrived_is_told_in_the_next_to_its_reader_and_the_lead(
    world: World,
) -> None:
    why = "We do not know whether it arrived."
    not_arrived(world, "tom", why, SECOND_MONDAY, "digest")
    now = SECOND_MONDAY + timedelta(days=7)
    [(who, reason, _)] = of(world, "tom", now).undelivered
    assert (who, reason) == ("Your digest of Monday 18 January 2027", why)
    assert of(world, now=now).undelivered == (
        ("Tom Okafor", why, "They can type “digest” at any time to see it."),
    )


# --- several reviews ----------------------------------------------------------------------------


def another(world: World, **more: object) -> int:
    """A second review of Amina's, which runs and whose one area is not open yet."""
    with world.database.transaction() as session:
        old = session.get_one(Review, world.review_id)
        row = Review(
            tenant_id=old.tenant_id, nonce="another", edition=old.edition, lead_id=old.lead_id,
            title="Another", state="collecting", created_at=at(MONDAY, 9), start_on=MONDAY,
        ).sqlmodel_update(more)  # fmt: skip
        session.add(row)
        session.flush()
        area = ReviewArea(tenant_id=old.tenant_id, review_id=row.id or 0, number=5)
        session.add(area)
        return row.id or 0


def test_the_first_review_that_says_something_is_shown_and_the_others_named(world: World) -> None:
    quiet = another(world)
    shown = world.do(digests.digest, now=SECOND_MONDAY)
    assert shown.review.head.id == world.review_id
    assert [head.id for head in shown.others] == [quiet]
    asked = world.do(digests.digest, review_id=quiet, now=SECOND_MONDAY)
    assert (asked.review.head.id, asked.review.says_something) == (quiet, False)
    assert asked.first_name == "Amina"


def test_reviews_one_leads_come_before_those_one_only_reads(world: World) -> None:
    mine = another(world, lead_id=world.actors["tom"].person_id)
    let_read(world, "tom")
    assert world.do(digests.reviews_of, "tom") == [mine, world.review_id]
    ended = another(world, nonce="ended", state="cancelled")
    assert ended not in world.do(digests.reviews_of)


def test_what_moved_reaches_back_to_the_last_digest_that_surely_arrived(world: World) -> None:
    with world.database.transaction() as session:
        session.add(
            Delivery(
                tenant_id=world.sample.tenant_id, kind="digest", recipient="x", subject="digest",
                person_id=world.actors["amina"].person_id, state="sent", created_at=at(MONDAY, 9),
                next_at=at(MONDAY, 9), settled_at=at(MONDAY, 9) - timedelta(minutes=1),
            )
        )  # fmt: skip
    later = at(MONDAY + timedelta(days=15), 9)
    assert of(world, now=later).since == MONDAY
    assert of(world, "tom", later).since == MONDAY + timedelta(days=8)
