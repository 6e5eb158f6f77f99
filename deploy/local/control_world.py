"""Control API, changing the world: the app, the team, the clock, faults and signing keys."""

from datetime import datetime
from typing import Any

from aiohttp import web
from pydantic import model_validator

from deploy.local.activities import Activity
from deploy.local.control import About, Ask, Wrong, asked, person_in_teams
from deploy.local.directory import Person
from deploy.local.faults import Fault
from deploy.local.signing import SigningKey
from deploy.local.stand_in import STAND_IN, StandIn, base_url


def routes() -> list[web.RouteDef]:
    """Everything that changes the world."""
    return [
        web.post("/control/install", install),
        web.post("/control/uninstall", uninstall),
        web.post("/control/block", block),
        web.post("/control/unblock", unblock),
        web.post("/control/team/add", team_add),
        web.post("/control/team/remove", team_remove),
        web.post("/control/advance", advance),
        web.get("/control/clock", clock),
        web.post("/control/faults", add_fault),
        web.get("/control/faults", list_faults),
        web.delete("/control/faults", clear_faults),
        web.post("/control/rotate-keys", rotate_keys),
    ]


class Whose(Ask):
    """For whom: a person's key, or the team (then `person` may say who does it)."""

    person: str = ""
    team: bool = False

    @model_validator(mode="after")
    def _names_someone(self) -> "Whose":
        if not (self.person or self.team):
            raise ValueError("name a person, or the team")
        return self


async def install(request: web.Request) -> web.Response:
    """Install the app; the bot gets the events that Teams sends. Answers `{"statuses"}`."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Whose)
    who = _doer(stand_in, ask)
    state, scene = stand_in.world.state, stand_in.scene(request)
    if ask.team:
        chat, state.team_installed = stand_in.world.channel, True
    else:
        chat, _ = stand_in.world.chat_with(who)
        state.installed.add(who.key)
        state.removed.discard(who.key)
    told = [scene.added(who, chat), scene.installation(who, chat, "add")]
    return await _tell(stand_in, told)


async def uninstall(request: web.Request) -> web.Response:
    """Take the app away again, for a person (also where their team has it) or the team."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Whose)
    who = _doer(stand_in, ask)
    state, scene = stand_in.world.state, stand_in.scene(request)
    if ask.team:
        chat, state.team_installed = stand_in.world.channel, False
        told = [scene.taken_out(who, chat), scene.installation(who, chat, "remove")]
    else:
        chat, _ = stand_in.world.chat_with(who)
        state.installed.discard(who.key)
        state.removed.add(who.key)
        told = [scene.installation(who, chat, "remove")]
    return await _tell(stand_in, told)


def _doer(stand_in: StandIn, ask: Whose) -> Person:
    """Who does it: the person named, else the team's first member."""
    return person_in_teams(stand_in, ask.person or stand_in.world.state.members[0])


async def _tell(stand_in: StandIn, activities: list[Activity]) -> web.Response:
    """Send the bot each event in turn."""
    statuses = [(await stand_in.bot.send(one)).status for one in activities]
    stand_in.world.changed()
    return web.json_response({"statuses": statuses})


async def block(request: web.Request) -> web.Response:
    """The person blocks the bot: it can no longer write to them. Teams sends no event."""
    stand_in, ask = request.app[STAND_IN], await asked(request, About)
    stand_in.world.state.blocked.add(person_in_teams(stand_in, ask.person).key)
    return web.json_response({})


async def unblock(request: web.Request) -> web.Response:
    """The person lets the bot write again."""
    stand_in, ask = request.app[STAND_IN], await asked(request, About)
    stand_in.world.state.blocked.discard(person_in_teams(stand_in, ask.person).key)
    return web.json_response({})


async def team_add(request: web.Request) -> web.Response:
    """Someone joins the team; a bot that is in the team hears of it."""
    return await _team_event(request, joins=True)


async def team_remove(request: web.Request) -> web.Response:
    """Someone leaves the team; a bot that is in the team hears of it."""
    return await _team_event(request, joins=False)


async def _team_event(request: web.Request, *, joins: bool) -> web.Response:
    stand_in, ask = request.app[STAND_IN], await asked(request, About)
    person = person_in_teams(stand_in, ask.person)
    members = stand_in.world.state.members
    if joins == (person.key in members):
        raise Wrong(409, f"{person.name} is {'already' if joins else 'not'} in the team.")
    doer = person_in_teams(stand_in, members[0]) if members else person
    (members.append if joins else members.remove)(person.key)
    scene, chat = stand_in.scene(request), stand_in.world.channel
    event = scene.added if joins else scene.taken_out
    heard = [event(doer, chat, person)] if stand_in.world.state.team_installed else []
    return await _tell(stand_in, heard)


class Advance(Ask):
    """What the bot's clock takes: a duration to move by, or an instant to move to."""

    advance: str | None = None
    set: str | None = None
    jump: bool = False


async def advance(request: web.Request) -> web.Response:
    """Move the bot's clock; answers what the bot answered."""
    stand_in, ask = request.app[STAND_IN], await asked(request, Advance)
    if stand_in.busy.locked():
        raise Wrong(409, "The clock is being moved already. Wait until it has stopped.")
    async with stand_in.busy:
        return await _move(stand_in, ask.model_dump(exclude_defaults=True))


async def clock(request: web.Request) -> web.Response:
    """The bot's time, `{"now"}`; asked of the bot once, then kept."""
    stand_in = request.app[STAND_IN]
    if stand_in.world.offset is None and not stand_in.busy.locked():
        async with stand_in.busy:
            return await _move(stand_in, {"advance": "PT0S"})
    return web.json_response({"now": stand_in.world.now().isoformat()})


async def _move(stand_in: StandIn, change: dict[str, Any]) -> web.Response:
    """Pass the change on. What arrives meanwhile is stamped with the time at the end."""
    world = stand_in.world
    world.moving = True
    world.changed()
    now: datetime | None = None
    try:
        answer = await stand_in.bot.clock(change)
        if answer.fine:
            now = datetime.fromisoformat(answer.body["now"])
    finally:
        world.stop_moving(now)
        world.changed()
    if not answer.fine:
        problem = {502: "The bot is not running.", 504: "The bot took too long."}
        sentence = problem.get(answer.status, "The bot did not move its clock.")
        raise Wrong(502, sentence, bot_status=answer.status, body=answer.body)
    return web.json_response(answer.body)


async def add_fault(request: web.Request) -> web.Response:
    """Queue a fault for the next connector calls that match it."""
    stand_in = request.app[STAND_IN]
    stand_in.faults.waiting.append(await asked(request, Fault))
    return web.json_response({"waiting": len(stand_in.faults.waiting)})


async def list_faults(request: web.Request) -> web.Response:
    """The faults that still wait."""
    waiting = request.app[STAND_IN].faults.waiting
    return web.json_response([fault.model_dump() for fault in waiting])


async def clear_faults(request: web.Request) -> web.Response:
    """No more faults."""
    request.app[STAND_IN].faults.waiting.clear()
    return web.json_response({})


async def rotate_keys(request: web.Request) -> web.Response:
    """Sign with a new key from now on; the old one is no longer announced."""
    bot = request.app[STAND_IN].bot
    bot.key = SigningKey()
    return web.json_response({"kid": bot.key.key_id, "keys": f"{base_url(request)}/keys"})
