"""Actions as people make and move them, each on a card fresh from the server."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from eocif import action_views, actions
from eocif.action_summaries import ActionFilter, ActionForm, ActionList, ActionSummary
from eocif.database import Database
from eocif.models import Review, ReviewArea
from eocif.people import known
from eocif.rules.dates import at
from eocif.summaries import Feedback
from eocif.time_models import Action, ActionEvent, Habit, Reminder
from tests import builders
from tests.builders import World
from tests.kept import kept

SCOPE = {"1": "2,3", "2": "5"}  # Tom leads areas 2 and 3, Kasia area 5
NOW = at(date(2027, 1, 12), 10)  # the review has begun, and its areas are open
TODAY, DEADLINE = date(2027, 1, 12), date(2027, 4, 1)
TITLE = "Ask people after each stay"


@kept
def begun(database: Database, now: datetime) -> World:
    """A review that has begun, without actions."""
    return builders.started(database, now, scope=SCOPE)


@kept
def planned(database: Database, now: datetime) -> World:
    """The same, with one action of area 2: Tom asked Grace to do it by `DEADLINE`."""
    world = begun(database, now)
    made(world, owner="grace")
    return world


def save(
    world: World, who: str = "tom", action: int = 0, *, area: int = 2, nonce: str = "n" * 8,
    owner_name: str = "", because: str = "", shown: Mapping[str, str] | None = None,
    now: datetime = NOW, **fields: str,
) -> tuple[int, Feedback]:  # fmt: skip
    """Send the form, filled in; with `shown`, one that showed something else."""
    if shown is None:
        shown = form(world, who, action, area=area, now=now).shown
    posted = {name: _as_id(world, text) if name == "owner" else text
              for name, text in fields.items()}  # fmt: skip
    return world.on_review(
        actions.save, who, action_id=action, area=area, nonce=nonce, posted=posted,
        owner_name=owner_name, because=because, shown=shown, now=now,
    )  # fmt: skip


def _as_id(world: World, key: str) -> str:
    return str(world.actors[key].person_id) if key in world.actors else key


def made(
    world: World, who: str = "tom", *, title: str = TITLE, deadline: str = DEADLINE.isoformat(),
    **more: Any,
) -> int:  # fmt: skip
    """An action made without a hitch; its id."""
    nonce = more.pop("nonce", f"nonce {len(world.rows(Action))}")
    number, said = save(world, who, title=title, deadline=deadline, nonce=nonce, **more)
    assert not said.is_problem, said
    return number


def form(
    world: World, who: str = "tom", action: int = 0, *, area: int = 2, now: datetime = NOW
) -> ActionForm:
    """The form as someone sees it."""
    return world.on_review(action_views.form, who, area=area, action_id=action, now=now)


def act(
    world: World, move: str, who: str = "grace", action: int = 1, *, now: datetime = NOW,
    **more: str,
) -> Feedback:  # fmt: skip
    """Someone presses a button of an action."""
    said: Feedback = world.do(getattr(actions, move), who, action_id=action, now=now, **more)
    return said


def note(world: World, who: str = "grace", action: int = 1, **more: Any) -> Feedback:
    """Someone writes a note, or adds evidence."""
    given = {"nonce": "n" * 8, "note": "", "evidence": "", "link": "", **more}
    return act(world, "note", who, action, **given)


def done(world: World, who: str = "grace", action: int = 1, **more: Any) -> Feedback:
    """It is done."""
    return act(world, "done", who, action, **{"changed": "Fewer people wait.", **more})


def show(world: World, who: str = "grace", action: int = 1, now: datetime = NOW) -> ActionSummary:
    """An action as someone sees it."""
    return world.do(action_views.show, who, action_id=action, now=now)


def listing(world: World, who: str = "tom", now: datetime = NOW, **wanted: Any) -> ActionList:
    """A list as someone sees it."""
    return world.do(action_views.listing, who, wanted=ActionFilter(**wanted), now=now)


# --- what is stored -----------------------------------------------------------------------


def row(world: World, action: int = 1) -> Action:
    """An action as it is stored."""
    return world.rows(Action, Action.id == action)[0]


def told(world: World, action: int = 1) -> list[tuple[str, str]]:
    """An action's history as it is stored, oldest first: what happened, and its words."""
    rows = world.rows(ActionEvent, ActionEvent.action_id == action)
    return [(event.kind, event.text) for event in rows]


def reminders(world: World, who: str) -> list[tuple[str, str, str]]:
    """What waits to be said to someone: kind, subject and slot."""
    rows = world.rows(Reminder, Reminder.person_id == world.actors[who].person_id)
    return [(each.kind, each.subject, each.slot) for each in rows]


def away(
    world: World, who: str, *, deputy: str, from_: date = TODAY, until: date = TODAY
) -> None:  # fmt: skip
    """Someone is away, and has named who stands in for them."""
    with world.database.transaction() as session:
        session.add(
            Habit(
                person_id=world.actors[who].person_id, tenant_id=world.actors[who].tenant_id,
                away_from=from_, away_until=until, deputy_id=world.actors[deputy].person_id,
            )
        )  # fmt: skip


def another(
    world: World, *areas: int, lead: str = "amina", state: str = "collecting", title: str = "Other"
) -> int:
    """Another review like the first, with these areas; its id."""
    first = world.rows(Review)[0].model_dump(exclude={"id"})
    own = {"nonce": f"another {len(world.rows(Review))}", "title": title, "state": state}
    with world.database.transaction() as session:
        review = Review(**first | own | {"lead_id": world.actors[lead].person_id})
        session.add(review)
        session.flush()
        review_id = known(review.id)
        for number in areas:
            session.add(ReviewArea(tenant_id=review.tenant_id, review_id=review_id, number=number))
    return review_id
