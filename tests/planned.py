"""Actions put into a world as they are stored, with a history."""

from datetime import date, datetime
from typing import Any

from eocif.models import Person
from eocif.people import known
from eocif.rules.actions import Event
from eocif.rules.dates import at
from eocif.time_models import Action, ActionEvent
from tests.builders import World

MADE_ON, CHANGED_ON, SETTLED_ON = date(2027, 1, 12), date(2027, 1, 20), date(2027, 1, 26)


def person(world: World, name: str) -> int:
    """Somebody outside the group and without Teams; their id."""
    with world.database.transaction() as session:
        row = Person(tenant_id=world.sample.tenant_id, name=name)
        session.add(row)
        session.flush()
        return known(row.id)


def put(world: World, area: int, title: str, *, review_id: int = 0, **more: Any) -> int:
    """An action, as its lead wrote it; its id."""
    amina = world.actors["amina"].person_id
    with world.database.transaction() as session:
        row = Action(
            **{
                "tenant_id": world.sample.tenant_id, "review_id": review_id or world.review_id,
                "area": area, "nonce": title[:60], "title": title, "created_by": amina,
                "created_at": at(MADE_ON, 10), "since": MADE_ON,
            }
            | more
        )  # fmt: skip
        session.add(row)
        session.flush()
        return known(row.id)


def note(
    world: World, action_id: int, kind: Event, text: str = "", *, who: str = "tom",
    now: datetime | None = None, link: str = "", **detail: Any,
) -> None:  # fmt: skip
    """A line of an action's history."""
    with world.database.transaction() as session:
        session.add(
            ActionEvent(
                tenant_id=world.sample.tenant_id, action_id=action_id, nonce=f"{kind} {text}",
                at=now or at(CHANGED_ON, 10), by=world.actors[who].person_id, kind=kind,
                text=text, link=link, detail=detail,
            )
        )  # fmt: skip
