"""What happens to the app in Teams, as raw activities over HTTP."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from eocif.database import Database
from eocif.models import Delivery, Person, Team, TeamMember
from scheduler.sender import NotSent, Outcome, RosterEntry, RosterPage
from tests import builders
from tests.bot.authority import Authority
from tests.bot.house import PAYLOADS, activity
from tests.bot.world import Scene, scene
from tests.scheduler.post_office import Clock, roster_pages

NAMES = sorted(path.stem for path in Path(PAYLOADS).glob("*.json"))


@pytest.fixture
async def met(
    database: Database, now: datetime, authority: Authority, http: aiohttp.ClientSession
) -> AsyncIterator[Scene]:
    """The app is in the team, and knows its people."""
    world = builders.meet(database, now)
    world.send(now)
    async with scene(world, Clock(now), authority, http) as made:
        made.office.pages = [RosterPage()]
        yield made


async def tell(at_: Scene, name: str, who: str = "", **changed: Any) -> None:
    told = await at_.house.tell(activity(name, who, **changed))
    assert (told.status, told.text) == (200, "")


def person(at_: Scene, who: str) -> Person:
    return at_.world.rows(Person, Person.id == at_.world.actors[who].person_id)[0]


@pytest.mark.parametrize("name", NAMES)
async def test_whatever_teams_sends_is_no_fault(met: Scene, name: str) -> None:
    for _ in range(2):
        assert (await met.house.tell(activity(name))).status in (200, 400)
    await met.house.deliver()


@pytest.mark.parametrize("name", ["fileConsent/invoke", "task/fetch", "x"])
@pytest.mark.parametrize("value", [None, [], {"action": 5}])
async def test_an_invoke_that_is_not_ours_is_a_400(met: Scene, name: str, value: Any) -> None:
    raw = activity("unknown_invoke", "grace") | {"name": name, "value": value}
    told = await met.house.tell(raw)
    assert (told.status, told.body) == (400, {"error": "not_supported"})


# --- for a person -----------------------------------------------------------------------------


async def test_whoever_adds_the_app_is_greeted_once(met: Scene) -> None:
    for _ in range(2):
        await tell(met, "person_conversation", "grace")
        await tell(met, "person_install", "grace")
    [welcome] = await met.sent()
    assert "Welcome" in welcome
    assert "Hello " in welcome
    [call] = met.office.of("send")
    assert call.to == "chat of 29:grace"


async def test_a_new_version_of_the_app_greets_nobody_and_parts_with_nobody(met: Scene) -> None:
    await tell(met, "person_install", "grace", action="add-upgrade")
    await tell(met, "person_uninstall", "grace", action="remove-upgrade")
    assert await met.sent() == []
    assert person(met, "grace").unreachable == ""


async def test_whoever_removes_the_app_is_not_written_to_until_they_act(met: Scene) -> None:
    await tell(met, "person_uninstall", "grace")
    assert person(met, "grace").unreachable == "They removed the app from their Teams."
    await tell(met, "person_install", "grace", id="again")
    assert person(met, "grace").unreachable == ""


async def test_an_event_that_names_nobody_changes_nothing(met: Scene) -> None:
    raw = activity("person_install", "grace")
    raw["from"] = {"id": "29:someone"}
    assert (await met.house.tell(raw)).status == 200
    assert not met.rows("welcome")


# --- for a team -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["team_install", "team_install_older", "team_installation", "team_member_added",
             "team_member_removed", "team_renamed"],
)  # fmt: skip
async def test_a_teams_events_lead_to_its_roster_being_read(met: Scene, name: str) -> None:
    entries = [RosterEntry("29:grace", met.world.sample.person("grace").entra_id, "Grace A", False)]
    met.office.pages = roster_pages(entries, size=1)
    await tell(met, name)
    await met.house.deliver()
    assert len(met.office.of("roster")) == 1
    assert [each.person_id for each in met.world.rows(TeamMember)] == [person(met, "grace").id]
    assert person(met, "grace").name == "Grace A"
    assert len(met.world.rows(Team)) == 1


async def test_two_events_that_come_together_read_the_roster_once(met: Scene) -> None:
    await tell(met, "team_install")
    await tell(met, "team_installation")
    waiting = met.world.rows(Delivery, Delivery.kind == "roster", Delivery.state == "queued")
    assert len(waiting) <= 1


async def test_a_roster_that_cannot_be_read_now_is_read_later(met: Scene) -> None:
    met.office.fails["roster"] = [NotSent(Outcome.RETRY, status=503)]
    await tell(met, "team_member_added")
    await met.house.deliver()
    met.clock.later(minutes=1)
    await met.house.deliver()
    assert len(met.office.of("roster")) == 2


async def test_a_team_that_removes_the_app_is_forgotten_but_not_its_people(met: Scene) -> None:
    await tell(met, "team_uninstall")
    assert met.world.rows(Team)[0].removed_at is not None
    assert met.world.rows(TeamMember) == []
    assert len(met.world.rows(Person)) == 9


async def test_that_the_bot_left_a_team_is_no_reason_to_read_its_roster(met: Scene) -> None:
    raw = activity("team_member_removed")
    raw["membersRemoved"] = [{"id": raw["recipient"]["id"]}]
    assert (await met.house.tell(raw)).status == 200
    await met.house.deliver()
    assert not met.office.of("roster")
