"""The list of perspectives changes to fit a provider, and no answer is ever lost by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from eocif import oversight, review_groups, reviews, set_up_perspectives, set_up_steps, turnouts
from eocif.database import Database
from eocif.errors import Invalid, NotFound, NotYours
from eocif.local_edition import perspective_of, perspectives_of
from eocif.models import AuditEvent, Member, Rating, Review
from eocif.rules.dates import at
from eocif.rules.perspectives import PERSPECTIVES, UnknownPerspective
from eocif.set_up_summaries import GroupStep, MemberStep, PerspectiveChangeStep, PerspectivesStep
from eocif.summaries import Feedback
from tests import builders
from tests.builders import MONDAY, SMALL, World

NOON = at(MONDAY, 12)
NONCE = "nonce-01"


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A draft of areas 2 and 3, with a whole group."""
    return builders.drafted(database, now, scope=SMALL)


@pytest.fixture
def running(world: World, now: datetime) -> World:
    """The same on its first Monday, when areas 2 and 3 are open."""
    world.on_review(reviews.start, now=now)
    world.live(at(MONDAY, 9))
    return world


def review_of(world: World) -> Review:
    return world.rows(Review)[0]


def show(world: World, step: str, **more: Any) -> Any:
    return world.on_review(set_up_steps.show, step=step, now=NOON, **more)


def add(world: World, name: str, voice: str = "lived_experience", nonce: str = NONCE) -> None:
    world.on_review(
        set_up_perspectives.add_perspective, nonce=nonce, name=name, voice=voice, now=NOON
    )


def change(
    world: World, key: str, *, shown: Mapping[str, str] | None = None, **posted: str
) -> Feedback:
    fresh = show(world, "perspective_change", perspective_key=key).shown
    return world.on_review(
        set_up_perspectives.change_perspective, key=key, posted=posted, shown=shown or fresh,
        now=NOON,
    )  # fmt: skip


def offer(world: World, key: str, *, again: bool) -> None:
    world.on_review(set_up_perspectives.offer_perspective, key=key, offer=again, now=NOON)


def names(world: World) -> list[str]:
    return [each.name for each in perspectives_of(review_of(world))]


def in_the_group(world: World, key: str) -> list[str]:
    group: GroupStep = show(world, "group")
    return [each.name for each in group.members if key in {p.key for p in each.perspectives}]


# --- adding -----------------------------------------------------------------------------------


@pytest.mark.covers("R13")
def test_a_perspective_can_be_added_while_answers_are_collected(running: World) -> None:
    for _ in range(2):
        add(running, "Friends of the hospice")
    assert names(running)[len(PERSPECTIVES) :] == ["Friends of the hospice"]
    group: GroupStep = show(running, "group")
    assert [each.key for each in group.missing][-1] == "local_1"
    joan = running.sample.person("joan").entra_id
    running.on_review(
        review_groups.add_people, perspective_key="local_1", entra_ids=[joan], now=NOON
    )
    assert in_the_group(running, "local_1") == ["Joan Pettifer"]
    running.rate("joan", 3, "achieving", NOON)
    taken = running.database.now(turnouts.turnouts, review_id=running.review_id)[3]
    assert (taken.perspectives, taken.lived_experience) == (1, 1)


@pytest.mark.parametrize(
    ("name", "voice", "problems"),
    [
        ("", "neither", {"name": "Type a name for this perspective."}),
        ("Volunteers", "", {
            "name": "There is already a perspective with this name. Choose another name.",
            "voice": "Choose whose voice this perspective is.",
        }),
    ],
)  # fmt: skip
def test_a_perspective_that_cannot_be_taken_says_why(
    name: str, voice: str, problems: dict[str, str], world: World
) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, name, voice)
    assert {each.field: each.sentence for each in refused.value.problems} == problems
    assert names(world) == [each.name for each in PERSPECTIVES]


def test_there_is_an_end_to_added_perspectives(world: World) -> None:
    for count in range(set_up_perspectives.MOST_ADDED):
        add(world, f"Group {count}", nonce=f"nonce-{count:02}")
    with pytest.raises(Invalid) as refused:
        add(world, "Group 11", nonce="nonce-11")
    assert refused.value.problems[0].sentence == (
        "A review can add 10 perspectives. Rename one instead."
    )


# --- renaming ---------------------------------------------------------------------------------


@pytest.mark.covers("R13")
def test_a_renamed_perspective_keeps_its_people_and_their_answers(running: World) -> None:
    running.rate("grace", 3, "achieving", NOON)
    before = [(row.member_id, row.choice) for row in running.rows(Rating)]
    assert change(running, "people_and_carers", name="People’s and carers’ panel") == Feedback()
    assert "People’s and carers’ panel" in names(running)
    assert in_the_group(running, "people_and_carers") == ["Doris Whitfield", "Grace Adeyemi"]
    assert [(row.member_id, row.choice) for row in running.rows(Rating)] == before
    summary = running.on_review(oversight.review_summary, now=NOON)
    assert summary.perspectives == perspectives_of(review_of(running))


def test_the_name_on_our_list_is_no_change_of_ours(world: World) -> None:
    change(world, "healthwatch", name="Care watch")
    step: PerspectiveChangeStep = show(world, "perspective_change", perspective_key="healthwatch")
    assert (step.perspective.name, step.official) == ("Care watch", "Local Healthwatch")
    change(world, "healthwatch", name="Local Healthwatch")
    assert perspectives_of(review_of(world)) == PERSPECTIVES


def test_an_added_perspective_can_be_renamed_and_has_no_official_name(world: World) -> None:
    add(world, "Friends")
    change(world, "local_1", name="Friends of the ward")
    step: PerspectiveChangeStep = show(world, "perspective_change", perspective_key="local_1")
    assert (step.perspective.name, step.official, step.members) == ("Friends of the ward", "", 0)


def test_a_name_that_cannot_be_comes_back_and_two_names_at_once_are_shown(world: World) -> None:
    both_saw = show(world, "perspective_change", perspective_key="healthwatch").shown
    said = change(world, "healthwatch", name="Volunteers", voice="neither")
    assert said.typed == {"name": "Volunteers"}
    assert perspective_of(review_of(world), "healthwatch").voice == "neither"
    change(world, "healthwatch", name="Care watch", shown=both_saw)
    said = change(world, "healthwatch", name="People’s watch", shown=both_saw)
    assert [(each.label, each.stored) for each in said.differs] == [
        ("Name of the perspective", "Care watch")
    ]
    assert change(world, "healthwatch", name="") == Feedback()


# --- another voice ----------------------------------------------------------------------------


def test_another_voice_changes_who_counts_as_lived_experience(world: World, now: datetime) -> None:
    for key in ("people_and_carers", "healthwatch"):
        change(world, key, voice="neither")
    assert show(world, "check").warnings != ()
    change(world, "non_executives_and_governors", voice="lived_experience")
    assert show(world, "check").warnings == ()
    world.on_review(reviews.start, now=now)
    world.live(at(MONDAY, 9))
    for who in ("grace", "peter"):
        world.rate(who, 3, "achieving", NOON)
    taken = world.database.now(turnouts.turnouts, review_id=world.review_id)[3]
    assert (taken.answered, taken.lived_experience) == (2, 1)


def test_whose_voice_it_is_was_fixed_when_the_review_started(running: World) -> None:
    said = change(running, "healthwatch", name="Care watch", voice="neither")
    assert said.problems == {
        "voice": "The review has started, so whose voice this is cannot change."
    }
    assert perspective_of(review_of(running), "healthwatch").voice == "lived_experience"
    assert perspective_of(review_of(running), "healthwatch").name == "Care watch"


# --- taken off the list -----------------------------------------------------------------------


@pytest.mark.covers("R13")
@pytest.mark.covers("R63")
def test_who_speaks_from_a_removed_perspective_still_does(running: World) -> None:
    running.rate("peter", 3, "excelling", NOON)
    for _ in range(2):
        offer(running, "non_executives_and_governors", again=False)
    assert "non_executives_and_governors" not in {
        p.key for p in perspectives_of(review_of(running))
    }
    assert in_the_group(running, "non_executives_and_governors") == ["Peter Marsh"]
    assert [row.choice for row in running.rows(Rating)] == ["excelling"] * 2
    running.rate("peter", 2, "achieving", NOON)
    taken = running.database.now(turnouts.turnouts, review_id=running.review_id)
    assert (taken[2].answered, taken[3].perspectives) == (1, 1)
    step: PerspectivesStep = show(running, "perspectives")
    assert [each.key for each in step.removed] == ["non_executives_and_governors"]


def test_nobody_can_be_added_to_a_removed_perspective(world: World, now: datetime) -> None:
    offer(world, "volunteers", again=False)
    joan = world.sample.person("joan").entra_id
    for form in (
        lambda: world.on_review(
            review_groups.add_people, perspective_key="volunteers", entra_ids=[joan], now=now
        ),
        lambda: world.on_review(
            review_groups.add_without_teams, nonce="nonce-09", name="Jo",
            perspective_key="volunteers", needs="", now=now,
        ),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            form()
    offer(world, "volunteers", again=True)
    world.on_review(
        review_groups.add_people, perspective_key="volunteers", entra_ids=[joan], now=now
    )
    assert in_the_group(world, "volunteers") == ["Joan Pettifer"]


def test_a_member_keeps_a_removed_perspective_when_something_else_is_saved(
    world: World, now: datetime
) -> None:
    offer(world, "executive_lead", again=False)
    step: MemberStep = show(world, "member", member_id=world.members["ruth"])
    assert [each.key for each in step.perspectives][-1] == "executive_lead"
    who = {"member_id": world.members["ruth"], "named_function": "", "now": now}
    world.on_review(
        review_groups.change_member, speaks_from="executive_lead", also=["clinical_leaders"],
        needs="Large print", **who,
    )  # fmt: skip
    assert in_the_group(world, "executive_lead") == ["Ruth Hollis"]
    world.on_review(
        review_groups.change_member, speaks_from="clinical_leaders", also=[], needs="", **who
    )
    with pytest.raises(Invalid):
        world.on_review(
            review_groups.change_member, speaks_from="executive_lead", also=[], needs="", **who
        )


def test_the_perspective_a_removed_one_is_shown_with_takes_nobody_new(world: World) -> None:
    offer(world, "executive_lead", again=False)
    step = show(world, "perspective", perspective_key="executive_lead")
    assert (step.is_offered, [each.name for each in step.members]) == (False, ["Ruth Hollis"])
    assert show(world, "perspective", perspective_key="volunteers").is_offered


def test_a_list_is_never_empty(world: World) -> None:
    for each in PERSPECTIVES[1:]:
        offer(world, each.key, again=False)
    with pytest.raises(Invalid) as refused:
        offer(world, PERSPECTIVES[0].key, again=False)
    assert refused.value.problems[0].sentence == "Keep at least one perspective on the list."


# --- who may ----------------------------------------------------------------------------------


def test_a_perspective_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        offer(world, "press_office", again=False)
    with pytest.raises(NotFound):
        show(world, "perspective", perspective_key="press_office")
    with pytest.raises(UnknownPerspective):
        perspective_of(review_of(world), "press_office")


def test_only_the_reviews_lead_changes_the_list(running: World) -> None:
    with pytest.raises(NotYours):
        running.on_review(
            set_up_perspectives.offer_perspective, "tom", key="volunteers", offer=False, now=NOON
        )
    assert show(running, "perspective_add").nonce


def test_the_trail_has_keys_and_voices_and_never_names(world: World) -> None:
    add(world, "Canary friends")
    change(world, "local_1", name="Canary people")
    offer(world, "local_1", again=False)
    offer(world, "local_1", again=True)
    rows = [row for row in world.rows(AuditEvent) if row.event.startswith("perspective")]
    assert [(row.event, row.subject, row.detail) for row in rows] == [
        ("perspective added", "perspective:local_1", {"voice": "lived_experience"}),
        ("perspective changed", "perspective:local_1", {"fields": ["name"]}),
        ("perspective removed", "perspective:local_1", {}),
        ("perspective offered", "perspective:local_1", {}),
    ]
    assert len(world.rows(Member)) == 9
