"""The sample world, built the way people build it: through use cases alone.

`World` holds an open database, who is who, and one review. Its methods say what happens; each
press is a transaction of its own, as in life, except where a whole set-up is made at once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, select

from eocif import (
    deliveries,
    forms,
    gathering,
    maturing,
    people,
    prompts,
    review_groups,
    reviews,
    rounds,
    set_up,
    views,
)
from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Member, Person, ReviewArea, SQLModel
from eocif.people import Actor, RosterPerson, Seen
from eocif.rules import framework
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif.sample import Sample, load
from eocif.summaries import AreaForm, Feedback, Place
from tests.kept import kept

T = TypeVar("T")
Row = TypeVar("Row", bound=SQLModel)

SERVICE = "https://smba.trafficmanager.net/uk/"
MONDAY = date(2027, 1, 11)  # the sample review's first day
SMALL = {"1": "2,3"}  # a scope of two areas, five statements, all led by Tom
NO_EVIDENCE = Offered()
LATECOMERS = frozenset({"joan"})  # in the team, but not in the group at first
AREA_LEADS = {"1": "tom", "2": "kasia"}  # by section; Amina leads the others


@dataclass
class World:
    """A database with the sample's people, and the review that Amina runs."""

    database: Database
    sample: Sample
    actors: dict[str, Actor]
    review_id: int = 0
    members: dict[str, int] = field(default_factory=dict)

    # --- what happens -----------------------------------------------------------------

    def do(self, use_case: Callable[..., T], who: str = "amina", **arguments: Any) -> T:
        """Someone uses a use case, in a transaction of its own."""
        return self.database.now(use_case, actor=self.actors[who], **arguments)

    def on_review(self, use_case: Callable[..., T], who: str = "amina", **arguments: Any) -> T:
        """The same, on the sample review."""
        return self.do(use_case, who, review_id=self.review_id, **arguments)

    def tick(self, now: datetime) -> list[int]:
        """What the scheduler does when it wakes: all of `jobs.tick`. The areas closed."""
        closed = self.database.now(rounds.close_due, now=now)
        self.database.now(rounds.open_due, now=now)
        self.database.now(maturing.mature, now=now)
        for review_id in self.database.now(prompts.running, now=now):
            self.database.now(prompts.queue_weekly, review_id=review_id, now=now)
        for review_id in self.database.now(prompts.with_news, now=now):
            self.database.now(prompts.queue_news, review_id=review_id, now=now)
        self.database.now(gathering.gather_all, now=now)
        return closed

    def send(self, now: datetime) -> list[Delivery]:
        """Every due message arrives, in order; what arrived."""
        with self.database.transaction() as session:
            due = session.exec(
                select(Delivery)
                .where(Delivery.state == DeliveryState.QUEUED, Delivery.next_at <= now)
                .order_by(Delivery.id)  # type: ignore[arg-type]  # a column on the class
            ).all()
            for row in due:
                row.state, row.settled_at = DeliveryState.SENT, now
                row.activity_id, row.conversation_id = f"activity-{row.id}", f"chat-{row.recipient}"
                session.add(row)
        return list(due)

    def live(self, now: datetime) -> list[Delivery]:
        """A tick, and then everything due arrives; the prompts and reminders among it."""
        self.tick(now)
        return [row for row in self.send(now) if row.kind in deliveries.UNASKED]

    # --- answering ---------------------------------------------------------------------

    def place(self, area: int, *, areas: Iterable[int] = (), for_: str = "") -> Place:
        """A place in a message; `for_` is whose answers a lead records."""
        member_id = self.members[for_] if for_ else 0
        return Place(self.review_id, tuple(areas) or (area,), area, member_id)

    def rate(
        self, who: str, area: int, choices: str | Mapping[str, str], now: datetime, *,
        for_: str = "",
    ) -> Feedback:  # fmt: skip
        """Give levels on a card fresh from the server: one for all statements, or by code."""
        form = self.form(who, area, now, for_=for_)
        if isinstance(choices, str):
            choices = dict.fromkeys((each.code for each in form.statements), choices)
        shown = form.shown
        return self.do(
            views.save_levels, who, place=self.place(area, for_=for_), levels=choices,
            shown={key.removeprefix("level_"): mark for key, mark in shown.items()}, now=now,
        )  # fmt: skip

    def write(
        self, who: str, area: int, now: datetime, *, for_: str = "", offered: Offered = NO_EVIDENCE,
        **words: str,
    ) -> Feedback:  # fmt: skip
        """Give words on a card fresh from the server."""
        shown = self.form(who, area, now, for_=for_).shown
        return self.do(
            views.save_words, who, place=self.place(area, for_=for_), words=words,
            offered=offered, shown=shown, now=now,
        )  # fmt: skip

    def form(self, who: str, area: int, now: datetime, *, for_: str = "") -> AreaForm:
        """The card of an area."""
        return self.do(forms.area_form, who, place=self.place(area, for_=for_), now=now)

    def answer_all(self, area: int, now: datetime, *, but: Iterable[str] = ()) -> None:
        """Everyone in the group answers an area; Tom records for Doris where he leads it."""
        for who in self.members.keys() - set(but):
            recorder = who if who in self.actors else "tom"
            self.rate(recorder, area, "achieving", now, for_="" if recorder == who else who)

    # --- looking ------------------------------------------------------------------------

    def rows(self, table: type[Row], *conditions: Any) -> list[Row]:
        """Rows of a table, in the order they were made where they have an id."""
        order = [table.id] if hasattr(table, "id") else []
        with Session(self.database.engine) as session:
            return list(session.exec(select(table).where(*conditions).order_by(*order)))

    def area(self, number: int) -> ReviewArea:
        """An area of the review."""
        mine = (ReviewArea.review_id == self.review_id, ReviewArea.number == number)
        return self.rows(ReviewArea, *mine)[0]

    def unasked(self, who: str) -> list[Delivery]:
        """The prompts and reminders to someone, oldest first, whatever became of them."""
        rows = self.rows(Delivery, Delivery.person_id == self.actors[who].person_id)
        return [row for row in rows if row.kind in deliveries.UNASKED]


def codes(area: int) -> tuple[str, ...]:
    """The codes of an area's indicators."""
    return tuple(each.code for each in framework.edition().area(area).indicators)


# --- building -------------------------------------------------------------------------------


def meet(database: Database, now: datetime) -> World:
    """The app is added to the team, its roster read, and everyone with Teams has written once."""
    sample = load()
    with database.transaction() as session:
        people.team_installed(
            session, tenant_id=sample.tenant_id, conversation_id=sample.team_id,
            name=sample.team_name, service_url=SERVICE, slot="first", now=now,
        )  # fmt: skip
        roster = [
            RosterPerson(one.entra_id, one.teams_id, one.name, one.guest)
            for one in sample.people
            if one.has_teams
        ]
        people.store_roster(session, team_id=1, people=roster)
        actors = {
            one.key: people.recognise(
                session, leads=frozenset(), now=now,
                seen=seen(sample.tenant_id, one.entra_id, one.teams_id, one.name),
            )
            for one in sample.people
            if one.has_teams
        }  # fmt: skip
    return World(database, sample, actors)


def seen(tenant_id: str, entra_id: str, teams_id: str, name: str) -> Seen:
    """Someone writing in their personal chat."""
    return Seen(tenant_id, entra_id, teams_id, name, SERVICE, f"chat of {teams_id}")


@kept
def drafted(database: Database, now: datetime, *, scope: Mapping[str, str] | None = None) -> World:
    """A review set up and ready to start. `scope`: area numbers by section, all by default."""
    world = meet(database, now)
    with database.transaction() as session:
        amina = world.actors["amina"]
        world.review_id = reviews.start_set_up(session, actor=amina, nonce="0" * 16, now=now)
        _fill_in(session, world, scope, now)
        for one in world.sample.people:
            if one.key not in LATECOMERS:
                _add(session, world, one.key, now)
        _name_leads(session, world, now)
    learn_members(world)
    return world


def _fill_in(
    session: Session, world: World, scope: Mapping[str, str] | None, now: datetime
) -> None:
    step: dict[str, Any] = {
        "actor": world.actors["amina"], "review_id": world.review_id, "now": now,
    }  # fmt: skip
    set_up.save_details(
        session, posted={"provider": world.sample.provider, "executive_lead": "Ruth Hollis"},
        shown={}, **step,
    )  # fmt: skip
    review = session.get_one(reviews.Review, world.review_id)
    if scope is not None:
        stored = set_up.scope_of(session, review)
        set_up.save_scope(session, posted=scope, shown=digests(stored), **step)
    set_up.save_pace(
        session, posted={"start_on": MONDAY.isoformat()}, clear="",
        shown=digests(set_up.pace_of(review)), **step,
    )  # fmt: skip


def digests(stored: Mapping[str, str]) -> dict[str, str]:
    """What a card that shows these values carries."""
    return {key: forms.digest(value) for key, value in stored.items()}


def _add(session: Session, world: World, key: str, now: datetime) -> None:
    one, who = world.sample.person(key), world.actors["amina"]
    more: dict[str, Any] = {"actor": who, "review_id": world.review_id, "now": now}
    if one.has_teams:
        review_groups.add_people(
            session, perspective_key=one.perspectives[0], entra_ids=[one.entra_id], **more
        )
    else:
        review_groups.add_without_teams(
            session, nonce=key * 3, name=one.name, perspective_key=one.perspectives[0],
            needs=one.needs, **more,
        )  # fmt: skip
    joined = session.exec(select(Member).join(Person).where(Person.name == one.name)).one()
    review_groups.change_member(
        session, member_id=people.known(joined.id), speaks_from=one.perspectives[0],
        also=one.perspectives[1:], named_function=one.named_function, needs="", **more,
    )  # fmt: skip


def _name_leads(session: Session, world: World, now: datetime) -> None:
    stored = set_up.leads_of(session, session.get_one(reviews.Review, world.review_id))
    wanted = {
        section: str(world.actors[key].person_id)
        for section, key in AREA_LEADS.items()
        if section in stored
    }
    set_up.save_leads(
        session, actor=world.actors["amina"], review_id=world.review_id, posted=wanted,
        shown=digests(stored), now=now,
    )  # fmt: skip


def learn_members(world: World) -> None:
    """Note the ids of the review's members, by the sample's keys."""
    with Session(world.database.engine) as session:
        rows = session.exec(
            select(Person.name, Member.id).join(Member).where(Member.review_id == world.review_id)
        ).all()
    by_name = {one.name: one.key for one in world.sample.people}
    world.members = {by_name[name]: people.known(row) for name, row in rows if name in by_name}


@kept
def started(database: Database, now: datetime, *, scope: Mapping[str, str] | None = None) -> World:
    """A review that has been started, before its first day."""
    world = drafted(database, now, scope=scope)
    world.on_review(reviews.start, now=now)
    return world


@kept
def opened(database: Database, now: datetime, *, scope: Mapping[str, str] | None = None) -> World:
    """A review on its first Monday at 9am: the first areas are open and everyone is asked."""
    world = started(database, now, scope=scope)
    world.live(at(MONDAY, 9))
    return world
