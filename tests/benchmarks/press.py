"""An authenticated press that saves an answer, beside the least that such a press could cost."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from sqlmodel import col, func, select

from eocif.models import AuditEvent, Rating
from eocif.rules.dates import at
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.merging import digest
from tests.benchmarks import crowd, servers
from tests.benchmarks.figures import Findings, Ratio, milliseconds, percentile
from tests.benchmarks.served import Served
from tests.bot.authority import Authority
from tests.bot.house import SERVICE, pressed
from tests.builders import MONDAY, World, codes

MEMBERS = 40
AREA = 4  # five statements
ROUNDS = 5
PRESSES = 80  # in each round, for each server
A_SECOND = 20  # presses started, whatever has been answered
WARM_UP = 20
MOST = 20.0  # what is measured and a little; not what we want, which is AIM
AIM = "reach 2.7, aim 1.6"


@dataclass
class Measured:
    """One server's presses: how long each took, and its processor time in all."""

    seconds: list[float] = field(default_factory=list)
    used: float = 0.0

    @property
    def each(self) -> float:
        """Processor seconds for a press."""
        return self.used / len(self.seconds)


@dataclass
class Caller:
    """Presses as Teams sends them, all with the one token that Teams uses until it expires."""

    world: World
    http: aiohttp.ClientSession
    token: str
    messages: dict[str, tuple[str, str]]

    def body(self, number: int, area: int) -> dict[str, Any]:
        """The nth press: person after person; each time round all their levels change."""
        who, turn = number % MEMBERS, number // MEMBERS
        now, before = _level(turn), _level(turn - 1) if turn else ""
        data: dict[str, Any] = {"review": self.world.review_id, "areas": "1,2,3,4,5", "area": area}
        data |= {f"level_{code}": now for code in codes(area)}
        data["shown"] = {f"level_{code}": digest(before) for code in codes(area)}
        chat, message = self.messages[crowd.entra_id(who)]
        raw = pressed("", "area.levels", data, message=message)
        raw["from"] = {
            "id": crowd.teams_id(who), "name": crowd.name(who), "aadObjectId": crowd.entra_id(who),
        }  # fmt: skip
        return raw | {"conversation": {**raw["conversation"], "id": chat}}

    async def press(self, url: str, number: int, area: int = AREA) -> float:
        """One press; the seconds until its answer had come."""
        body, headers = self.body(number, area), {"Authorization": f"Bearer {self.token}"}
        began = time.perf_counter()
        async with self.http.post(f"{url}/api/messages", json=body, headers=headers) as answer:
            text, took = await answer.text(), time.perf_counter() - began
            assert answer.status == 200, text
        return took

    async def round(self, server: Served, first: int, measured: Measured) -> None:
        """Presses at an even pace, without waiting for answers to the ones before."""
        used, under_way = server.used(), []
        for number in range(first, first + PRESSES):
            under_way.append(asyncio.create_task(self.press(server.url, number)))
            await asyncio.sleep(1 / A_SECOND)
        measured.seconds += await asyncio.gather(*under_way)
        measured.used += server.used() - used


def _level(turn: int) -> str:
    return LEVEL_KEYS[turn % len(LEVEL_KEYS)]


async def run() -> Findings:
    """Both servers, turn about, in the same minute on the same machine."""
    authority = Authority()
    async with authority.server, aiohttp.ClientSession() as http:
        with TemporaryDirectory() as folder:
            return await _compare(Path(folder), authority, http)


async def _compare(folder: Path, authority: Authority, http: aiohttp.ClientSession) -> Findings:
    world = _world(folder)
    caller = Caller(world, http, authority.token(SERVICE), _messages(world))
    url = world.database.engine.url.render_as_string(hide_password=False)
    key = authority.public_jwk("first")
    ours, least = Measured(), Measured()
    with (
        Served(servers.bot, url, authority.url) as bot,
        Served(servers.floor, str(folder / "floor.db"), key) as floor,
    ):
        for number in range(WARM_UP):
            await asyncio.gather(*(caller.press(each.url, number, 5) for each in (bot, floor)))
        for turn in range(ROUNDS):
            await caller.round(floor, turn * PRESSES, least)
            await caller.round(bot, turn * PRESSES, ours)
    _check_saved(world)
    world.database.close()
    return _findings(ours, least)


def _world(folder: Path) -> World:
    """Monday, 10am: areas 1 to 5 are open, all were asked, and all have answered three of them."""
    [world] = crowd.started(crowd.opened(folder / "eocif.db"), groups=1, members=MEMBERS)
    world.live(at(MONDAY, 9))
    crowd.answer(world, (1, 2, 3))
    return world


def _messages(world: World) -> dict[str, tuple[str, str]]:
    """Each member's weekly message: its chat and its id."""
    newest = {who: world.unasked(who)[-1] for who in world.actors}
    return {who: (each.conversation_id, each.activity_id) for who, each in newest.items()}


def _check_saved(world: World) -> None:
    """Every press was stored: an answer that is quick because it is lost counts for nothing."""
    last = _level(ROUNDS * PRESSES // MEMBERS - 1)
    rows = world.rows(Rating, Rating.choice == last, col(Rating.code).in_(codes(AREA)))
    assert len(rows) == MEMBERS * len(codes(AREA))
    saved = (
        select(func.count())
        .select_from(AuditEvent)
        .where(
            AuditEvent.event == "answer saved",
            col(AuditEvent.subject).startswith(f"area:{AREA} "),
        )
    )
    with world.database.transaction() as session:
        assert session.exec(saved).one() == ROUNDS * PRESSES


def _findings(ours: Measured, least: Measured) -> Findings:
    found = Findings(
        f"A press that saves five levels, {MEMBERS} members, {A_SECOND} a second, "
        f"{len(ours.seconds)} presses"
    )
    for who, measured in (("the bot", ours), ("the floor", least)):
        found.add(f"{who}: processor time a press", milliseconds(measured.each))
        for share in (0.5, 0.99):
            wall = milliseconds(percentile(measured.seconds, share))
            found.add(f"{who}: until the answer, p{share * 100:.0f}", wall)
    found.ratios.append(
        Ratio("processor time, bot / floor", ours.each / least.each, most=MOST, aim=AIM)
    )
    return found
