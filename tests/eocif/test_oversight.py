"""What leads see, and how they remind. Never what anyone said."""

from datetime import date, datetime, timedelta

import pytest

from eocif import greetings, oversight, people, reminders, review_groups, reviews, weeks
from eocif.database import Database
from eocif.errors import NotYours
from eocif.models import Person
from eocif.rules.dates import at
from eocif.summaries import Outstanding, Place
from tests import builders
from tests.builders import MONDAY, World

NOON, TUESDAY = at(MONDAY, 12), MONDAY + timedelta(days=1)
REMINDED = ("Grace Adeyemi", "Kasia Nowak", "Tom Okafor")
SCOPE = {"1": "2,3", "2": "5"}  # areas 2 and 3 are Tom's, area 5 is Kasia's


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    opened = builders.opened(database, now, scope=SCOPE)
    for who in ("ruth", "peter", "kasia", "sunil", "amina"):
        for number in (2, 3, 5):
            opened.rate(who, number, "achieving", NOON)
    opened.rate("grace", 2, "achieving", NOON)
    return opened


def _outstanding(world: World, who: str = "amina", by: str = "area") -> Outstanding:
    return world.on_review(oversight.outstanding, who, by=by, now=NOON)


# --- outstanding ----------------------------------------------------------------------------


def test_the_lead_sees_by_area_who_has_not_answered(world: World) -> None:
    seen = _outstanding(world)
    assert [(each.area.number, each.answered, each.members) for each in seen.areas] == [
        (2, 6, 9), (3, 5, 9), (5, 5, 9),
    ]  # fmt: skip
    assert [each.name for each in seen.areas[0].waiting_for] == [
        "Des Barrett", "Doris Whitfield", "Tom Okafor",
    ]  # fmt: skip
    assert seen.areas[0].closes_on == date(2027, 1, 25)


def test_the_lead_sees_by_person_what_they_owe_and_who_can_be_reminded(world: World) -> None:
    owed = {each.person.name: each for each in _outstanding(world, by="person").people}
    assert {name: each.areas for name, each in owed.items()} == {
        "Des Barrett": (2, 3, 5), "Doris Whitfield": (2, 3, 5), "Grace Adeyemi": (3, 5),
        "Tom Okafor": (2, 3, 5),
    }  # fmt: skip
    doris = owed["Doris Whitfield"]
    assert (doris.person.recorders, doris.person.is_yours) == (("Tom Okafor", "Kasia Nowak"), False)
    assert not doris.may_remind
    assert owed["Tom Okafor"].may_remind


def test_an_area_lead_sees_only_their_own_areas(world: World) -> None:
    assert [each.area.number for each in _outstanding(world, "kasia").areas] == [5]
    owed = {each.person.name: each.areas for each in _outstanding(world, "kasia").people}
    assert owed["Grace Adeyemi"] == (5,)
    doris = _outstanding(world, "kasia").areas[0].waiting_for[1]
    assert (doris.name, doris.recorders, doris.is_yours) == ("Doris Whitfield", (), True)


@pytest.mark.parametrize("who", ["grace", "joan"])
def test_who_leads_nothing_sees_nobody(who: str, world: World) -> None:
    with pytest.raises(NotYours):
        _outstanding(world, who)
    with pytest.raises(NotYours):
        world.on_review(reminders.remind, who, now=NOON)


def test_someone_whom_messages_do_not_reach_is_said_to_be(world: World) -> None:
    world.do(people.goodbye, "des", now=NOON)
    owed = {each.person.name: each.person.note for each in _outstanding(world).people}
    assert owed["Des Barrett"] == "They removed the app from their Teams."


# --- reminding ------------------------------------------------------------------------------


def test_those_who_have_not_answered_are_reminded_once_in_two_working_days(world: World) -> None:
    world.do(people.goodbye, "des", now=NOON)
    friday = MONDAY + timedelta(days=4)
    done = world.on_review(reminders.remind, now=at(friday, 11))
    assert (done.reminded, done.too_recent) == (REMINDED, ())
    assert done.cannot == ("Des Barrett",)
    assert world.unasked("kasia")[1].params["areas"] == []  # she records for Doris
    assert world.unasked("grace")[1].params["areas"] == [3, 5]
    world.send(at(friday, 11))

    monday = friday + timedelta(days=3)
    again = world.on_review(reminders.remind, now=at(monday, 11))
    assert (again.reminded, again.too_recent) == ((), REMINDED)
    seen = world.on_review(oversight.outstanding, by="person", now=at(monday, 11))
    grace = next(each for each in seen.people if each.person.name == "Grace Adeyemi")
    assert (grace.reminded_on, grace.may_remind) == (friday, False)

    tuesday = world.on_review(reminders.remind, now=at(monday + timedelta(days=1), 11))
    assert tuesday.reminded == REMINDED


def test_the_same_press_arriving_twice_reminds_once_and_says_the_same(world: World) -> None:
    first, second = (
        world.on_review(reminders.remind, now=at(TUESDAY, 11, 0)) for _press in range(2)
    )
    assert first == second
    assert len(world.unasked("grace")) == 2
    later = world.on_review(reminders.remind, now=at(TUESDAY, 11, 2))
    assert (later.reminded, len(later.too_recent)) == ((), 4)


def test_nobody_reminds_themselves(world: World) -> None:
    done = world.on_review(reminders.remind, "tom", now=at(TUESDAY, 11))
    assert "Tom Okafor" not in (*done.reminded, *done.cannot)


def test_two_working_days_count_from_the_day_the_reminder_arrives(world: World) -> None:
    friday, monday = MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)
    world.on_review(reminders.remind, now=at(friday, 18))
    assert world.unasked("tom")[1].next_at == at(monday, 9, 5)
    world.send(at(monday, 9, 5))
    tuesday = world.on_review(reminders.remind, now=at(monday + timedelta(days=1), 11))
    assert tuesday.reminded == ()
    wednesday = world.on_review(reminders.remind, now=at(monday + timedelta(days=2), 11))
    assert "Tom Okafor" in wednesday.reminded


def test_an_area_lead_reminds_who_owes_their_areas_of_all_they_owe(world: World) -> None:
    world.rate("grace", 5, "achieving", NOON)
    done = world.on_review(reminders.remind, "kasia", now=at(TUESDAY, 11))
    assert done.reminded == ("Des Barrett", "Tom Okafor")
    assert world.unasked("des")[1].params["areas"] == [2, 3, 5]


# --- at a glance ----------------------------------------------------------------------------


def test_the_lead_sees_dates_turnout_and_members(world: World) -> None:
    summary = world.on_review(oversight.review_summary, now=NOON)
    assert summary.is_lead
    assert (summary.executive_lead, len(summary.members)) == ("Ruth Hollis", 9)
    assert [(each.area.number, each.state, each.lead_name) for each in summary.areas] == [
        (2, "open for answers", "Tom Okafor"),
        (3, "open for answers", "Tom Okafor"),
        (5, "open for answers", "Kasia Nowak"),
    ]
    assert [each.may_close for each in summary.areas] == [True, True, True]


def test_others_see_counts_but_neither_members_nor_what_did_not_arrive(world: World) -> None:
    for who in ("grace", "tom"):
        summary = world.on_review(oversight.review_summary, who, now=NOON)
        assert (summary.is_lead, summary.members, summary.undelivered) == (False, (), ())
        assert [each.answered for each in summary.areas] == [6, 5, 5]
    with pytest.raises(NotYours):
        world.on_review(oversight.review_summary, "joan", now=NOON)


def test_the_lead_is_told_what_did_not_arrive(world: World) -> None:
    with world.database.transaction() as session:
        row = session.get_one(builders.Delivery, world.unasked("des")[0].id)
        row.state, row.error = "failed", "They have blocked the app in Teams."
        session.add(row)
    summary = world.on_review(oversight.review_summary, now=NOON)
    assert summary.undelivered == ("Des Barrett: They have blocked the app in Teams.",)


def test_a_channel_reads_counts_only(world: World) -> None:
    [status] = world.do(oversight.status, "joan", now=NOON)
    assert (status.in_scope, status.concluded, status.open_now) == (3, 0, 3)
    assert (status.answers, status.answers_asked_for) == (16, 27)
    assert status.closes_on == date(2027, 1, 25)
    assert not any(name in repr(status) for name in ("Grace", "Tom", "Doris"))


def test_who_runs_and_who_takes_part(world: World, now: datetime) -> None:
    draft = world.do(reviews.start_set_up, nonce="7" * 16, now=now)
    assert world.do(oversight.led_by) == [draft, world.review_id]
    assert world.do(oversight.led_by, "grace") == []
    for who, part in (("grace", [1]), ("kasia", [1]), ("joan", [])):
        assert world.do(oversight.part_of, who) == part
    listed = world.database.now(
        people.actor_of, person_id=world.actors["joan"].person_id,
        leads=frozenset({world.sample.person("joan").entra_id}),
    )  # fmt: skip
    assert world.database.now(oversight.led_by, actor=listed) == [draft, world.review_id]


# --- a member's own view --------------------------------------------------------------------


def test_my_areas_shows_everything_open_and_what_i_lead(world: World) -> None:
    mine = world.do(weeks.my_areas, "grace", now=NOON)
    [review] = mine.reviews
    assert (mine.first_name, mine.leads) == ("Grace", ())
    assert [(each.area.number, each.status) for each in review.areas] == [
        (2, "answered"), (3, "to do"), (5, "to do"),
    ]  # fmt: skip
    assert review.minutes == sum(each.minutes for each in review.areas[1:])
    assert [head.id for head in world.do(weeks.my_areas, now=NOON).leads] == [world.review_id]
    assert world.do(weeks.my_areas, "joan", now=NOON).reviews == ()


def test_a_week_says_what_is_not_open_yet_and_what_was_set_aside(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now)
    with database.transaction() as session:
        row = session.get_one(builders.ReviewArea, world.area(2).id)
        row.state = "set_aside"
        session.add(row)
    seen = world.do(weeks.week, "grace", place=Place(world.review_id, (1, 2, 6)), now=NOON)
    assert [each.status for each in seen.areas] == ["to do", "set aside", "not open yet"]


def test_a_lead_outside_the_group_owes_nothing_and_sees_their_tasks(world: World) -> None:
    member_id = world.members["amina"]
    world.on_review(review_groups.remove_member, member_id=member_id, now=NOON)
    world.on_review(review_groups.remove_member, member_id=world.members["tom"], now=NOON)
    seen = world.do(weeks.week, place=Place(world.review_id, (2, 3, 5)), now=NOON)
    assert (seen.areas, seen.minutes) == ((), 0)
    assert [[each.area.number for each in task.areas] for task in seen.tasks] == [[2, 3]]


@pytest.mark.covers("R72")
def test_help_names_the_local_lead_and_the_frameworks_contact(world: World) -> None:
    more = {"commands": ("help",), "understood": True, "channel": False}
    told = world.do(greetings.help_for, "grace", **more)
    assert (told.lead_name, told.contact) == (
        "Amina Yusuf", "england.peopleandcommunities@nhs.net",
    )  # fmt: skip
    assert world.do(greetings.help_for, "joan", **more).lead_name == ""
    assert len(world.do(greetings.welcome_for, "grace").reviews) == 1


def test_the_welcome_says_whether_someone_may_start(world: World) -> None:
    assert world.do(greetings.welcome_for, "tom").may_start
    assert not world.do(greetings.welcome_for, "sunil").may_start
    assert world.rows(Person, Person.name == "Sunil Rao")[0].is_guest
