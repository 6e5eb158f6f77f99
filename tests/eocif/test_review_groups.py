from datetime import UTC, datetime
from typing import Any

import pytest

from eocif import review_groups, set_up_steps
from eocif.database import Database
from eocif.errors import Invalid, NotFound
from eocif.models import AuditEvent, Delivery, Member, Person, ReviewArea
from eocif.rules.dates import at
from eocif.rules.perspectives import PERSPECTIVES
from eocif.summaries import Feedback, GroupMember
from tests import builders
from tests.builders import MONDAY, SMALL, World


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft with the sample's group but for Joan."""
    return builders.drafted(database, now, scope=SMALL)


def _group(world: World) -> dict[str, GroupMember]:
    with world.database.transaction() as session:
        listed = review_groups.listing(session, review_id=world.review_id)
    return {member.name: member for member in listed}


def _keys(world: World, name: str) -> list[str]:
    return [each.key for each in _group(world)[name].perspectives]


def _add(world: World, perspective: str, *keys: str, now: datetime) -> Feedback:
    ids = [world.sample.person(key).entra_id for key in keys]
    return world.on_review(
        review_groups.add_people, perspective_key=perspective, entra_ids=ids, now=now
    )


def _change(world: World, key: str, now: datetime, **changes: Any) -> None:
    asked = {"speaks_from": "volunteers", "also": (), "named_function": "", "needs": "", **changes}
    world.on_review(review_groups.change_member, member_id=world.members[key], now=now, **asked)


# --- adding ---------------------------------------------------------------------------------


@pytest.mark.covers("R11")
def test_a_group_is_made_from_perspectives_and_named_functions(world: World, now: datetime) -> None:
    group = _group(world)
    assert len(group) == 9
    assert all(member.perspectives for member in group.values())
    assert _keys(world, "Ruth Hollis") == ["executive_lead", "clinical_leaders"]
    assert group["Amina Yusuf"].named_function == "Experience of care"
    assert (group["Sunil Rao"].is_guest, group["Sunil Rao"].has_teams) == (True, True)
    for each in PERSPECTIVES:
        _add(world, each.key, "joan", now=now)
    assert _keys(world, "Joan Pettifer") == [each.key for each in PERSPECTIVES]


def test_picking_someone_twice_changes_nothing(world: World, now: datetime) -> None:
    events = len(world.rows(AuditEvent))
    assert _add(world, "clinical_leaders", "tom", "tom", now=now) == Feedback("Added to the group.")
    assert len(world.rows(Member)) == 9
    assert len(world.rows(AuditEvent)) == events


def test_the_first_perspective_stays_the_one_they_speak_from(world: World, now: datetime) -> None:
    _add(world, "volunteers", "tom", now=now)
    assert _keys(world, "Tom Okafor") == ["clinical_leaders", "volunteers"]


def test_people_we_have_never_met_are_named_as_a_problem_and_the_rest_is_saved(
    world: World, now: datetime
) -> None:
    joan = world.sample.person("joan").entra_id
    for unknown, said in ((["x"], "1 person"), (["x", "y"], "2 people")):
        feedback = world.on_review(
            review_groups.add_people, perspective_key="volunteers", entra_ids=[joan, *unknown],
            now=now,
        )  # fmt: skip
        assert feedback.problems == {
            "people": f"{said} you picked cannot get messages from this app yet. "
            "Add them to your team in Teams, then pick them again. Everyone else is saved."
        }
        assert feedback.typed == {"people": ",".join(unknown)}
    assert "Joan Pettifer" in _group(world)


def test_picking_nobody_is_said(world: World, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        _add(world, "volunteers", now=now)
    assert refused.value.sentence == (
        "Nobody is chosen. Pick at least one person. What you typed is still on the card."
    )


def test_a_perspective_that_nobody_can_have_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        _add(world, "cats", "joan", now=now)
    assert refused.value.problems[0].field == "perspective"


# --- the roster, a page at a time -----------------------------------------------------------


def _tick(world: World, picked: list[str], offered: list[str], now: datetime) -> None:
    ids = {key: actor.person_id for key, actor in world.actors.items()}
    world.on_review(
        review_groups.tick_people, perspective_key="clinical_leaders",
        offered=[ids[key] for key in offered], picked=[*(ids[key] for key in picked), 10**20],
        now=now,
    )  # fmt: skip


def test_who_is_ticked_joins_and_who_is_unticked_leaves(world: World, now: datetime) -> None:
    _tick(world, ["joan"], ["joan", "tom", "ruth", "peter"], now)
    group = _group(world)
    assert "Joan Pettifer" in group
    assert "Tom Okafor" not in group  # it was his only perspective
    assert _keys(world, "Ruth Hollis") == ["executive_lead"]  # it was her second
    assert _keys(world, "Peter Marsh") == ["non_executives_and_governors"]


def test_the_roster_comes_in_pages_with_guests_marked(world: World, now: datetime) -> None:
    def page(number: int) -> Any:
        return world.on_review(
            set_up_steps.show, step="roster", perspective_key="healthwatch", page=number, now=now
        )

    only = page(7)
    assert (only.page, only.pages, len(only.people)) == (1, 1, 9)
    assert [(each.name, each.note) for each in only.people if each.note] == [("Sunil Rao", "guest")]
    assert only.chosen == {world.actors["sunil"].person_id}
    assert page(-3) == only


# --- without Teams --------------------------------------------------------------------------


def _without(world: World, now: datetime, **changes: str) -> None:
    asked = {
        "nonce": "n" * 16, "name": "Elsie Moon", "perspective_key": "people_and_carers",
        "needs": "Easy read.", **changes,
    }  # fmt: skip
    world.on_review(review_groups.add_without_teams, now=now, **asked)


@pytest.mark.covers("R65")
def test_someone_without_teams_is_added_once_with_their_needs(world: World, now: datetime) -> None:
    for _press in range(2):
        _without(world, now)
    member = _group(world)["Elsie Moon"]
    assert (member.has_teams, member.is_guest) == (False, False)
    assert member.communication_needs == "Easy read."
    assert _group(world)["Doris Whitfield"].communication_needs == (
        "Large print. Prefers the phone, mornings."
    )
    assert len(world.rows(Person, Person.name == "Elsie Moon")) == 1


def test_two_people_without_teams_may_share_a_name(world: World, now: datetime) -> None:
    _without(world, now)
    _without(world, now, nonce="m" * 16)
    assert len(world.rows(Person, Person.name == "Elsie Moon")) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"perspective_key": ""}, "perspective"),
        ({"needs": "x" * 2001}, "needs"),
    ],
)
def test_what_is_missing_or_too_long_is_said_and_nobody_is_added(
    changes: dict[str, str], field: str, world: World, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        _without(world, now, **changes)
    assert [each.field for each in refused.value.problems] == [field]
    assert len(world.rows(Member)) == 9


# --- changing -------------------------------------------------------------------------------


def test_a_member_is_changed_and_an_empty_field_never_erases(world: World, now: datetime) -> None:
    _change(world, "doris", now, also=("volunteers", "healthwatch", "cats"))
    member = _group(world)["Doris Whitfield"]
    assert _keys(world, "Doris Whitfield") == ["volunteers", "healthwatch"]
    assert member.communication_needs == "Large print. Prefers the phone, mornings."
    _change(world, "doris", now, needs="Phone only.", named_function="pals")
    member = _group(world)["Doris Whitfield"]
    assert member.communication_needs == "Phone only."
    assert member.named_function == "Patient Advice and Liaison Service (PALS)"


def test_the_word_none_empties(world: World, now: datetime) -> None:
    _change(world, "amina", now, named_function="none")
    _change(world, "doris", now, needs="None")
    group = _group(world)
    assert group["Amina Yusuf"].named_function == ""
    assert group["Doris Whitfield"].communication_needs == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"speaks_from": ""}, "perspective"),
        ({"named_function": "juggling"}, "named_function"),
        ({"needs": "x" * 2001}, "needs"),
    ],
)
def test_a_change_that_cannot_be_is_refused_whole(
    changes: dict[str, str], field: str, world: World, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        _change(world, "tom", now, **changes)
    assert [each.field for each in refused.value.problems] == [field]
    assert _keys(world, "Tom Okafor") == ["clinical_leaders"]


# --- removing -------------------------------------------------------------------------------


def _remove(world: World, key: str, now: datetime) -> tuple[int, ...]:
    """The numbers of the areas that they led."""
    led: tuple[int, ...] = world.on_review(
        review_groups.remove_member, member_id=world.members[key], now=now
    )
    return led


def test_a_removed_member_is_not_asked_and_their_answers_stay(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    world.rate("des", 2, "progressing", at(MONDAY, 10))
    for _press in range(2):
        _remove(world, "des", at(MONDAY, 11))
    assert "Des Barrett" not in _group(world)
    assert len([row for row in world.rows(AuditEvent) if row.event == "member removed"]) == 1
    world.live(datetime(2027, 1, 18, 9, tzinfo=UTC))
    assert len(world.unasked("des")) == 1
    assert set(world.form("des", 2, at(MONDAY, 12)).choices.values()) == {"progressing"}


def test_a_prompt_that_waits_is_stopped(database: Database, now: datetime) -> None:
    world = builders.started(database, now, scope=SMALL)
    world.tick(at(MONDAY, 9))
    _remove(world, "des", at(MONDAY, 9))
    assert [row.state for row in world.unasked("des")] == ["cancelled"]
    assert {row.state for row in world.rows(Delivery, Delivery.kind == "prompt")} == {
        "queued", "cancelled",
    }  # fmt: skip


def test_who_comes_back_before_their_prompt_went_is_asked_after_all(
    database: Database, now: datetime
) -> None:
    world = builders.started(database, now, scope=SMALL)
    world.tick(at(MONDAY, 9))
    _remove(world, "des", at(MONDAY, 9))
    _add(world, "service_leads_and_staff", "des", now=at(MONDAY, 9))
    world.live(at(MONDAY, 9))
    assert [row.state for row in world.unasked("des")] == ["sent"]


def test_the_areas_of_a_removed_area_lead_go_back_to_the_lead(world: World, now: datetime) -> None:
    assert _remove(world, "tom", now) == tuple(row.number for row in world.rows(ReviewArea))
    assert {row.lead_id for row in world.rows(ReviewArea)} == {None}
    assert _remove(world, "tom", now) == ()


def test_who_comes_back_speaks_from_the_perspective_they_come_back_with(
    world: World, now: datetime
) -> None:
    _remove(world, "ruth", now)
    _add(world, "volunteers", "ruth", now=now)
    assert _keys(world, "Ruth Hollis") == ["volunteers"]
    assert len(world.rows(Member)) == 9


@pytest.mark.parametrize("member_id", [99, 0, -1, 2**80])
def test_a_member_of_no_review_or_another_is_not_found(
    member_id: int, world: World, now: datetime
) -> None:
    with pytest.raises(NotFound):
        world.on_review(review_groups.remove_member, member_id=member_id, now=now)
