"""The way into one action: who is asking, what they are to it, and what they may do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from eocif.access import Access, enter, is_id
from eocif.errors import NoSuchAction, NotYours
from eocif.habits import stands_in_for
from eocif.models import Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules.action_moves import Move, Part, Standing, may, refusal
from eocif.rules.actions import OPEN, Status
from eocif.rules.authorisation import Act, Role
from eocif.rules.dates import london_day
from eocif.rules.progress import ReviewState
from eocif.time_models import Action

LIVE = (ReviewState.COLLECTING, ReviewState.SIGNED_OFF)
"""The states of a review in which its actions can be moved."""


@dataclass(frozen=True)
class Acting:
    """An action opened by someone it concerns."""

    action: Action
    access: Access
    owner: Person | None
    parts: frozenset[Part]
    standing: Standing

    @property
    def action_id(self) -> int:
        """The action's id."""
        return known(self.action.id)

    @property
    def is_open(self) -> bool:
        """Whether it can still be moved on: neither settled, nor ended with its review."""
        at = self.standing
        return at.status in OPEN and not (at.is_cancelled or at.is_carried)

    @property
    def may(self) -> frozenset[Move]:
        """What they can do now."""
        return may(self.parts, self.standing)

    def check(self, move: Move) -> None:
        """Raise NotYours or NotNow, with a sentence for the person, where they cannot do this."""
        if why := refusal(move, self.parts, self.standing):
            raise why


def open_action(
    session: Session, *, actor: Actor, action_id: int, now: datetime, lock: bool = False
) -> Acting:
    """Open an action for its owner, their deputy, or a lead of its area or review.

    With `lock` it is as it is now, and stays so. Raises NoSuchAction (also for another tenant's),
    NotYours, or NotNow before its review has started.
    """
    found = session.get(Action, action_id) if is_id(action_id) else None
    if found is None or found.tenant_id != actor.tenant_id:
        raise NoSuchAction
    access = enter(
        session, actor=actor, review_id=found.review_id, act=Act.SEE_ACTION, area=found.area,
        lock=lock,
    )  # fmt: skip
    row = session.exec(_locked(action_id)).one() if lock else found
    parts = _parts(session, access, row, now)
    if not parts:
        raise NotYours(
            "This action is for someone else.", kept="Nothing was changed.",
            next_step="Type “actions” to see yours.",
        )  # fmt: skip
    owner = session.get_one(Person, row.owner_id) if row.owner_id else None
    return Acting(row, access, owner, parts, _standing(session, access.review, row, owner))


def _locked(action_id: int) -> SelectOfScalar[Action]:
    wanted = select(Action).where(Action.id == action_id)
    return wanted.with_for_update(key_share=True).execution_options(populate_existing=True)


def _parts(session: Session, access: Access, row: Action, now: datetime) -> frozenset[Part]:
    person_id = access.actor.person_id
    found = set()
    if row.owner_id == person_id:
        found.add(Part.OWNER)
    elif row.owner_id in stands_in_for(session, person_id, london_day(now)):
        found.add(Part.DEPUTY)
    if not access.roles.isdisjoint((Role.LEAD, Role.AREA_LEAD)):
        found.add(Part.LEAD)
    return frozenset(found)


def _standing(session: Session, review: Review, row: Action, owner: Person | None) -> Standing:
    return Standing(
        Status(row.status), is_cancelled=review.state == ReviewState.CANCELLED,
        is_carried=bool(carried(session, [known(row.id)])),
        is_accepted=row.accepted_at is not None and not row.refused_because,
        is_refused=bool(row.refused_because), wants_date=row.wanted_on is not None,
        speaks_for_owner=owner is not None and owner.entra_id is None,
    )  # fmt: skip


# --- who leads, and what goes on elsewhere ----------------------------------------------------


def lead_of(session: Session, review: Review, number: int) -> int:
    """Who leads an area: its own lead, or the review's."""
    own = session.exec(
        select(ReviewArea.lead_id).where(
            ReviewArea.review_id == review.id, ReviewArea.number == number
        )
    ).first()
    return own or review.lead_id


def goes_on() -> ColumnElement[bool]:
    """Of a row of Action: whether it goes on as a copy in a later review that has started.

    From then on it is kept as it was: nobody is reminded of it, and nobody changes it.
    """
    copy, later = aliased(Action), aliased(Review)
    return exists().where(
        col(copy.copied_from) == col(Action.id), col(copy.review_id) == col(later.id),
        col(later.state).in_(LIVE),
    )  # fmt: skip


def carried(session: Session, action_ids: Collection[int]) -> frozenset[int]:
    """Which of these actions go on in a later review."""
    wanted = select(Action.id).where(col(Action.id).in_(action_ids), goes_on())
    return frozenset(known(each) for each in session.exec(wanted))
