"""Lists of actions: one's own over all reviews, and all of a review for its leads."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from eocif import action_lines, action_views, conclusions, reviews
from eocif.action_summaries import ActionLine
from eocif.database import Database
from eocif.errors import NotFound, NotNow, NotYours
from eocif.models import Review
from eocif.rules.dates import at
from tests import acting, to_the_end
from tests.acting import (
    NOW,
    act,
    another,
    away,
    done,
    form,
    listing,
    made,
    save,
    show,
)
from tests.builders import World

EARLY, LATE = "2027-02-01", "2027-06-01"
OVERDUE_AT = at(date(2027, 2, 5), 10)


@pytest.fixture
def begun(database: Database, now: datetime) -> World:
    return acting.begun(database, now)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Five actions: 1 late in the year, 2 early, 3 without a day, 4 done, 5 of Kasia's area."""
    world = acting.begun(database, now)
    made(world, owner="grace", deadline=LATE, tags="felt", title="One")
    made(world, owner="des", deadline=EARLY, title="Two")
    made(world, "amina", deadline="", area=3, title="Three")
    made(world, owner="grace", deadline=EARLY, title="Four")
    done(world, "grace", 4)
    made(world, "kasia", area=5, owner="grace", deadline=EARLY, title="Five")
    return world


def _titles(world: World, who: str, now: datetime = NOW, **wanted: object) -> list[str]:
    return [line.title for line in listing(world, who, now, **wanted).lines]


# --- whose ------------------------------------------------------------------------------------


def test_mine_are_the_soonest_due_first_and_settled_ones_last(world: World) -> None:
    assert _titles(world, "grace") == ["Five", "One", "Four"]
    found = listing(world, "grace")
    assert (found.total, found.pages, found.may_see_all, found.may_add) == (3, 1, False, False)
    assert [section.number for section in found.sections] == [1, 2]
    assert found.head is not None
    assert (found.head.id, [head.id for head in found.reviews]) == (1, [1])
    assert all(line.is_mine for line in found.lines)
    assert listing(world, "ruth").head is None


def test_all_of_a_review_is_for_its_leads_each_their_areas(world: World) -> None:
    assert _titles(world, "amina", by="all") == ["Two", "Five", "One", "Three", "Four"]
    assert _titles(world, "tom", by="all") == ["Two", "One", "Three", "Four"]
    assert _titles(world, "kasia", by="all") == ["Five"]
    found = listing(world, "tom", by="all")
    assert (found.may_see_all, found.may_add, found.filter.review) == (True, True, 1)
    assert [name for _, name in found.owners] == ["Des Barrett", "Grace Adeyemi"]


def test_who_leads_nothing_gets_their_own_instead(world: World) -> None:
    found = listing(world, "grace", by="all")
    assert (found.filter.by, found.total) == ("mine", 3)


def test_a_review_that_is_not_theirs_is_refused_or_empty(world: World) -> None:
    for number in (99, 2**31):
        with pytest.raises(NotFound):
            listing(world, "tom", by="all", review=number)
        assert listing(world, "grace", review=number).lines == ()
    other = another(world, 2, lead="peter")
    with pytest.raises(NotYours):
        listing(world, "tom", by="all", review=other)


def test_mine_are_over_all_reviews_and_can_be_narrowed_to_one(world: World) -> None:
    other = another(world, 2, lead="peter")
    world.review_id = other
    made(world, "peter", owner="grace", deadline="2027-01-20", title="Elsewhere")
    assert _titles(world, "grace") == ["Elsewhere", "Five", "One", "Four"]
    found = listing(world, "grace")
    assert (found.head, [head.title for head in found.reviews][:1]) == (None, ["Other"])
    narrowed = listing(world, "grace", review=other)
    assert narrowed.head is not None
    assert ([line.title for line in narrowed.lines], narrowed.head.id) == (["Elsewhere"], other)
    assert _titles(world, "peter", by="all") == ["Elsewhere"]


def test_a_lead_of_several_reviews_sees_the_newest_unless_they_choose(world: World) -> None:
    other = another(world, 2)
    assert listing(world, "amina", by="all").filter.review == other
    assert listing(world, "amina", by="all", review=1).total == 5
    assert [head.id for head in listing(world, "amina", by="all").reviews] == [other, 1]


def test_a_deputys_list_holds_those_of_who_is_away(world: World) -> None:
    assert _titles(world, "peter") == []
    away(world, "grace", deputy="peter")
    assert _titles(world, "peter") == ["Five", "One", "Four"]
    assert _titles(world, "peter", now=NOW + timedelta(days=1)) == []


def test_before_its_review_starts_an_action_is_nobodys(world: World) -> None:
    with world.database.transaction() as session:
        session.get_one(Review, 1).state = "draft"
    assert _titles(world, "grace") == []
    with pytest.raises(NotNow):
        show(world, "grace")


# --- narrowed ---------------------------------------------------------------------------------


def test_a_list_is_narrowed_by_section_area_owner_tag_and_how_it_stands(world: World) -> None:
    grace = world.actors["grace"].person_id

    def titles(**wanted: object) -> list[str]:
        return _titles(world, "amina", now=OVERDUE_AT, by="all", **wanted)

    assert titles(section=2) == ["Five"]
    assert titles(area=3) == ["Three"]
    assert titles(owner=grace) == ["Five", "One", "Four"]
    assert titles(tag="felt") == ["One"]
    assert titles(only="overdue") == ["Two", "Five"]
    assert titles(only="open") == ["Two", "Five", "One", "Three"]
    assert titles(only="settled") == ["Four"]
    assert titles(owner=grace, only="overdue") == ["Five"]
    assert titles(tag="made_up") == []
    found = listing(world, "amina", OVERDUE_AT, by="all", tag="felt")
    assert (found.total, found.overdue, len(found.owners), len(found.sections)) == (1, 0, 2, 2)


def test_ten_stand_on_a_page_and_pages_that_are_not_there_show_the_nearest(begun: World) -> None:
    for number in range(11):
        made(begun, owner="grace", deadline=f"2027-03-{number + 1:02}", title=f"Action {number}")
    first, last = listing(begun, "grace"), listing(begun, "grace", page=2)
    assert (len(first.lines), first.total, first.pages) == (10, 11, 2)
    assert [line.title for line in last.lines] == ["Action 10"]
    assert listing(begun, "grace", page=99).filter.page == 2
    assert listing(begun, "grace", page=-1).filter.page == 1
    assert (listing(begun, "des").pages, listing(begun, "des").filter.page) == (1, 1)


# --- each line --------------------------------------------------------------------------------


def _line(world: World, title: str, who: str = "tom", now: datetime = NOW) -> ActionLine:
    return next(each for each in listing(world, who, now, by="all").lines if each.title == title)


def test_an_open_action_is_overdue_from_the_day_after_its_deadline(world: World) -> None:
    assert _line(world, "Two", now=at(date(2027, 2, 1), 23)).days_overdue == 0
    assert _line(world, "Two", now=at(date(2027, 2, 2), 9)).days_overdue == 1
    assert _line(world, "Four", now=OVERDUE_AT).days_overdue == 0
    assert listing(world, "tom", OVERDUE_AT, by="all").overdue == 1


def test_what_waits_for_its_leads_is_said_one_thing_at_a_time(world: World) -> None:
    assert _line(world, "Three").waits == "owner"
    save(world, action=3, owner="des")
    assert _line(world, "Three").waits == "deadline"
    act(world, "ask_date", "des", 3, wanted_on=LATE, reason="A day.")
    assert _line(world, "Three").waits == "date"
    act(world, "refuse", "des", 3, reason="Not mine.")
    assert _line(world, "Three").waits == "refused"
    assert _line(world, "One").waits == ""  # it waits for Grace, who is asked
    assert listing(world, "grace").lines[0].waits == "accept"


def test_without_a_reader_lines_say_what_waits_for_leads(world: World) -> None:
    found = world.database.now(action_views.lines_of, review_ids=[1], reader=None, now=NOW)
    assert [(each.title, each.is_mine, each.waits) for each in found] == [
        ("Two", False, ""), ("Five", False, ""), ("One", False, ""), ("Three", False, "owner"),
        ("Four", False, ""),
    ]  # fmt: skip
    assert world.database.now(action_views.lines_of, review_ids=[], reader=None, now=NOW) == []


def test_someone_the_installation_names_leads_every_review(world: World) -> None:
    world.actors["ruth"] = replace(world.actors["ruth"], is_listed=True)
    assert len(_titles(world, "ruth", by="all")) == 5
    assert made(world, "ruth", area=5) == 6


# --- the form, and what it comes from ---------------------------------------------------------


def test_the_form_of_a_new_action_offers_the_areas_that_its_reader_leads(begun: World) -> None:
    for who, areas in (("amina", [2, 3, 5]), ("tom", [2, 3]), ("kasia", [5])):
        offered = form(begun, who, area=0)
        assert [area.number for area in offered.areas] == areas
        assert (offered.area.number, offered.id, offered.earlier) == (areas[0], 0, ())
        assert len(offered.nonce) == 16
    assert [area.number for area in form(begun, "amina", area=3).areas] == [3]
    assert form(begun).values == {
        "title": "", "owner": "", "deadline": "", "measure": "", "tags": "",
        "collects_data": "no", "looked_at": "",
    }  # fmt: skip
    for who, area in (("tom", 5), ("grace", 2), ("grace", 0)):
        with pytest.raises(NotYours):
            form(begun, who, area=area)
    with pytest.raises(NotFound):
        form(begun, "amina", area=9)


def test_the_form_of_an_action_holds_what_is_stored_and_its_neighbours(world: World) -> None:
    held = form(world, action=1)
    assert (held.id, held.values["title"], held.values["deadline"], held.values["tags"]) == (
        1, "One", LATE, "felt",
    )  # fmt: skip
    assert [line.title for line in held.earlier] == ["Two", "Four"]
    assert [line.title for line in form(world).earlier] == ["Two", "One", "Four"]
    world.review_id = 0
    assert form(world, action=1).head.id == 1  # an action knows its review
    world.review_id = 99
    with pytest.raises(NotFound):
        form(world, action=1)


@pytest.mark.covers("R36")
def test_a_concluded_areas_answer_to_what_will_we_do_stands_beside_it(
    database: Database, now: datetime
) -> None:
    world = to_the_end.concluding(database, now)
    when = to_the_end.CONCLUDED_AT
    made(world, "amina", owner="joan", now=when)
    assert (form(world, now=when).what_do, show(world, "tom", now=when).what_do) == ("", "")
    world.on_review(conclusions.conclude, "tom", number=2, now=when)
    assert form(world, now=when).what_do == "The draft of area 2: what_do."
    assert show(world, "tom", now=when).what_do == "The draft of area 2: what_do."
    assert show(world, "joan", now=when).what_do == ""  # not of the group
    assert form(world, area=3, now=when).what_do == ""
    world.on_review(reviews.cancel, reason="A merger.", now=when)
    assert show(world, "tom", now=when).what_do == ""  # of a cancelled review


def test_who_may_lead_in_one_tenant_leads_nothing_in_another(world: World) -> None:
    listed = replace(world.actors["amina"], is_listed=True)
    with world.database.transaction() as session:
        assert action_lines.led_by(session, listed).ids == {world.review_id}
        assert not action_lines.led_by(session, replace(listed, tenant_id="other"))
