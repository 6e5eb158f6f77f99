"""Prompts sent to a connector that enforces Teams' limits: how near to the permitted rate."""

import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from sqlmodel import Session, func, select

from bot.connector import Connector
from bot.settings import LOCAL_APP_ID
from deploy.local.app import Running, start
from deploy.local.directory import Directory, Person
from deploy.local.rates import Operation, Rates
from deploy.local.refusals import Refusal
from deploy.local.settings import Settings
from deploy.local.stand_in import SERVICE
from eocif import prompts, rounds
from eocif.clock import MovableClock
from eocif.database import Database
from eocif.models import Delivery, DeliveryState
from eocif.rules.dates import at
from eocif.sample import load
from scheduler.delivery import Courier
from tests.benchmarks import crowd
from tests.benchmarks.figures import Findings, Ratio
from tests.builders import MONDAY, World

GROUPS, MEMBERS = 10, 50
PROMPTS = GROUPS * MEMBERS
A_SECOND = 40  # EOCIF_TENANT_RPS as it is by default
LATENCY = 0.05  # seconds that the connector takes for each call
LEAST = 0.85  # what is measured and a little less
NINE = at(MONDAY, 9)


class Counted(Rates):
    """Teams' limits, and how often they were run into."""

    refused = 0

    def take(self, operation: Operation, conversation: str, tenant: str) -> None:
        """Count one call, and one refusal. Raises Refusal 429."""
        try:
            super().take(operation, conversation, tenant)
        except Refusal:
            self.refused += 1
            raise


async def run() -> Findings:
    """Everyone is prompted on one Monday at 9am."""
    teams = await start(Settings(rate_scale=1, latency=LATENCY), _directory())
    limits = teams.inside.rates = Counted()
    teams.inside.world.state.team_installed = True
    try:
        with TemporaryDirectory() as folder:
            database = crowd.opened(Path(folder) / "eocif.db")
            worlds = _asked(database, teams)
            seconds, used = await _delivered(database)
            found = _findings(teams, worlds, seconds, used, limits.refused)
            database.close()
            return found
    finally:
        await teams.stop()


def _directory() -> Directory:
    numbers = range(PROMPTS)
    people = [
        Person(str(each), crowd.name(each), "", crowd.entra_id(each), crowd.teams_id(each))
        for each in numbers
    ]
    return Directory(load().tenant_id, load().provider, load().team_id, "Everyone", tuple(people))


def _asked(database: Database, teams: Running) -> list[World]:
    """Ten reviews on their first Monday; everyone's prompt is queued, and nothing else."""
    inside = teams.inside.world

    def chat(number: int) -> str:
        return inside.chat_with(inside.directory.people[number])[0].id

    worlds = crowd.started(
        database, groups=GROUPS, members=MEMBERS, chat=chat, service_url=f"{teams.url}/{SERVICE}/"
    )
    worlds[0].send(NINE)  # the reading of the roster, which is not what is measured
    database.now(rounds.open_due, now=NINE)
    for review_id in database.now(prompts.running, now=NINE):
        database.now(prompts.queue_weekly, review_id=review_id, now=NINE)
    return worlds


async def _delivered(database: Database) -> tuple[float, float]:
    """Carry all of it out; real seconds, and processor seconds with the stand-in's among them."""
    clock = MovableClock()
    clock.set(NINE)
    async with aiohttp.ClientSession() as http:
        sender = Connector(
            http, None, app_id=LOCAL_APP_ID, service_hosts=frozenset(), local=True
        )  # fmt: skip
        courier = Courier(database, sender, clock, tenant_rps=A_SECOND, leads=frozenset())
        began, used = time.perf_counter(), time.process_time()
        await courier.run_due()
        return time.perf_counter() - began, time.process_time() - used


def _findings(
    teams: Running, worlds: list[World], seconds: float, used: float, refused: int
) -> Findings:
    found = Findings(
        f"{PROMPTS} prompts to a connector with Teams' limits and {LATENCY:g} s a call"
    )
    arrived = Counter(message.chat for message in teams.inside.world.state.messages.values())
    lost, twice = PROMPTS - len(arrived), sum(arrived.values()) - len(arrived)
    assert worlds[0].database.now(_sent) == PROMPTS - lost
    permitted = PROMPTS / A_SECOND
    found.add("all delivered in", f"{seconds:.1f} s, where {permitted:.1f} s are permitted")
    found.add("processor time, the stand-in's included", f"{used:.1f} s")
    found.add("lost, delivered twice, refused with 429", f"{lost}, {twice}, {refused}")
    found.ratios += [
        Ratio("rate reached / permitted", permitted / seconds, least=LEAST, aim="aim 0.95"),
        Ratio("lost or twice / prompts", (lost + twice) / PROMPTS, most=0),
        Ratio("429 / prompts", refused / PROMPTS, most=0),
    ]
    return found


def _sent(session: Session) -> int:
    sent = select(func.count()).select_from(Delivery)
    return session.exec(
        sent.where(Delivery.kind == "prompt", Delivery.state == DeliveryState.SENT)
    ).one()
