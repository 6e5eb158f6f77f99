"""When someone goes, or comes back: what they began is finished, and nobody is forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eocif import people, review_groups, rounds, views
from eocif.database import Database
from eocif.errors import NotNow, NotYours
from eocif.models import AuditEvent, Delivery, Person, View
from eocif.people import RosterPerson
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from tests import builders
from tests.builders import MONDAY, World

NOON = at(MONDAY, 12)
SCOPE = {"1": "2,3", "2": "5"}  # led by Tom and Kasia; Amina leads the review


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    return builders.opened(database, now, scope=SCOPE)


def _remove(world: World, who: str) -> None:
    world.on_review(review_groups.remove_member, member_id=world.members[who], now=NOON)


def test_what_a_recorder_who_left_began_passes_to_who_leads_the_area_now(world: World) -> None:
    world.rate("tom", 2, {"2a": "achieving"}, NOON, for_="doris")
    with pytest.raises(NotYours):
        world.form("amina", 2, NOON, for_="doris")
    _remove(world, "tom")
    assert world.form("amina", 2, NOON, for_="doris").choices == {"2a": "achieving"}
    world.rate("amina", 2, "achieving", NOON, for_="doris")
    [view] = world.rows(View)
    assert (view.given_by, bool(view.answered_at)) == (world.actors["amina"].person_id, True)
    assert len(world.rows(AuditEvent, AuditEvent.event == "recording taken over")) == 1


def test_a_removed_members_message_says_so_on_the_next_working_morning(world: World) -> None:
    _remove(world, "des")
    [message] = world.unasked("des")
    [update] = world.rows(Delivery, Delivery.target_id == message.id)
    assert update.next_at == at(MONDAY + timedelta(days=1), 9)


def test_who_leaves_and_comes_back_before_the_message_went_still_gets_it(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=SCOPE)
    world.tick(at(MONDAY, 9))
    _remove(world, "des")
    [dropped] = world.unasked("des")
    assert dropped.state == "cancelled"
    world.on_review(
        review_groups.add_people, perspective_key="service_leads_and_staff",
        entra_ids=[world.sample.person("des").entra_id], now=NOON,
    )  # fmt: skip
    world.live(NOON)
    [again] = world.unasked("des")
    assert (again.id, again.state) == (dropped.id, "sent")


def test_a_day_that_the_lead_chose_stands_even_if_everyone_answers(world: World) -> None:
    world.answer_all(2, NOON)
    world.on_review(rounds.extend, number=2, until="29 January 2027", now=NOON)
    world.do(views.clear, "grace", place=world.place(2), what=["level_2a"], now=NOON)
    world.rate("grace", 2, "excelling", NOON)
    assert world.area(2).early_on is None


def test_an_old_card_pressed_empty_does_not_bring_a_withdrawn_answer_back(world: World) -> None:
    world.rate("grace", 2, "achieving", NOON)
    world.do(views.withdraw, "grace", place=world.place(2), now=NOON)
    world.do(
        views.save_words, "grace", place=world.place(2), words={}, offered=Offered(), shown={},
        now=NOON,
    )  # fmt: skip
    assert world.form("grace", 2, NOON).withdrawn


def test_a_forged_press_on_a_draft_writes_nothing(database: Database, now: datetime) -> None:
    world = builders.drafted(database, now, scope=SCOPE)
    with pytest.raises(NotNow):
        world.do(
            views.save_levels, "grace", place=world.place(2), levels={"2a": "achieving"},
            shown={}, now=NOON,
        )  # fmt: skip
    assert world.rows(View) == []


def test_communication_needs_and_a_named_function_can_be_emptied(world: World) -> None:
    kept = {"speaks_from": "people_and_carers", "also": (), "named_function": "none", "now": NOON}
    member = {"member_id": world.members["doris"], **kept}
    world.on_review(review_groups.change_member, needs="", **member)
    assert (
        "Large print" in world.rows(Person, Person.name == "Doris Whitfield")[0].communication_needs
    )
    world.on_review(review_groups.change_member, needs="None", **member)
    assert world.rows(Person, Person.name == "Doris Whitfield")[0].communication_needs == ""


def test_odd_characters_in_a_roster_name_do_not_stop_the_roster(world: World) -> None:
    odd = RosterPerson("a" * 8, "29:odd", "Odd\x00 Name\u202e", is_guest=False)
    world.database.now(people.store_roster, team_id=1, people=[odd])
    assert world.rows(Person, Person.teams_id == "29:odd")[0].name == "Odd Name"


def test_who_comes_back_after_the_message_went_is_asked_again(world: World) -> None:
    _remove(world, "des")
    tuesday = at(MONDAY + timedelta(days=1), 11)
    world.live(at(MONDAY + timedelta(days=1), 9))
    world.on_review(
        review_groups.add_people, perspective_key="service_leads_and_staff",
        entra_ids=[world.sample.person("des").entra_id], now=tuesday,
    )  # fmt: skip
    world.live(tuesday)
    assert [row.state for row in world.unasked("des")] == ["sent", "sent"]


def test_a_recorder_outside_the_group_still_keeps_what_they_typed_to_themselves(
    world: World,
) -> None:
    listed = replace(world.actors["joan"], is_listed=True)
    world.actors["listed"] = listed
    world.rate("listed", 2, {"2a": "achieving"}, NOON, for_="doris")
    for who in ("tom", "amina"):
        with pytest.raises(NotYours):
            world.form(who, 2, NOON, for_="doris")


def test_a_message_that_only_holds_answers_to_record_follows_too(world: World) -> None:
    for number in (2, 3, 5):
        world.rate("tom", number, "achieving", NOON)
    world.live(at(MONDAY + timedelta(days=7), 9))
    message = world.unasked("tom")[-1]
    assert message.params["areas"] == []
    world.send(at(MONDAY + timedelta(days=7), 10))
    closing = world.area(2).closes_on
    assert closing is not None
    world.tick(at(closing, 18))
    assert world.rows(Delivery, Delivery.target_id == message.id, Delivery.state == "queued")


def test_a_message_dropped_after_a_failed_try_can_still_be_queued(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=SCOPE)
    world.tick(at(MONDAY, 9))
    [prompt] = world.unasked("des")
    with database.transaction() as session:
        row = session.get_one(Delivery, prompt.id)
        row.error = "retry 503"
        session.add(row)
    _remove(world, "des")
    world.on_review(
        review_groups.add_people, perspective_key="service_leads_and_staff",
        entra_ids=[world.sample.person("des").entra_id], now=NOON,
    )  # fmt: skip
    world.live(NOON)
    assert [row.state for row in world.unasked("des")] == ["sent"]


def test_who_has_left_is_not_shown_how_many_have_answered(world: World) -> None:
    world.rate("grace", 2, "achieving", NOON)
    assert world.form("des", 2, NOON).answered_by_how_many == 1
    _remove(world, "des")
    assert world.form("des", 2, NOON).answered_by_how_many == 0
