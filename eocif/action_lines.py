"""Actions as lists show them, for one reader: whose they are, and what waits for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from eocif.action_access import LIVE, carried
from eocif.action_summaries import ActionLine
from eocif.habits import stands_in_for
from eocif.local_edition import edition_of
from eocif.models import Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules.actions import OPEN
from eocif.rules.dates import london_day
from eocif.rules.framework import Edition
from eocif.rules.reminding import days_overdue
from eocif.rules.tags import in_order
from eocif.time_models import Action

Row = TypeVar("Row", Review, Person)


@dataclass(frozen=True)
class Led:
    """What someone leads: whole reviews, and single areas as (review, number)."""

    reviews: frozenset[int]
    areas: frozenset[tuple[int, int]]

    @property
    def ids(self) -> frozenset[int]:
        """The reviews of which they lead something."""
        return self.reviews | {review_id for review_id, _ in self.areas}

    def __bool__(self) -> bool:
        return bool(self.ids)

    def holds(self, row: Action) -> bool:
        """Whether they lead an action's area."""
        return row.review_id in self.reviews or (row.review_id, row.area) in self.areas


def led_by(session: Session, actor: Actor) -> Led:
    """What someone leads, in reviews that have started and were not cancelled."""
    live = select(Review.id).where(Review.tenant_id == actor.tenant_id, col(Review.state).in_(LIVE))
    whole = live if actor.is_listed else live.where(Review.lead_id == actor.person_id)
    single = session.exec(
        select(ReviewArea.review_id, ReviewArea.number).where(
            ReviewArea.lead_id == actor.person_id, col(ReviewArea.review_id).in_(live)
        )
    )
    reviews = frozenset(known(each) for each in session.exec(whole))
    return Led(reviews, frozenset((review_id, number) for review_id, number in single))


@dataclass(frozen=True)
class _Page:
    """What the lines of a list need, read at once. Without a `reader` it waits for its leads."""

    reviews: Mapping[int, Review]
    editions: Mapping[int, Edition]
    owners: Mapping[int, Person]
    carried: frozenset[int]
    reader: Actor | None
    led: Led | None
    theirs: frozenset[int]  # the reader, and those for whom they stand in
    today: date

    def line(self, row: Action) -> ActionLine:
        """One action as its reader sees it."""
        edition, action_id = self.editions[row.review_id], known(row.id)
        owner = self.owners.get(row.owner_id or 0)
        is_carried = action_id in self.carried
        is_open = row.status in OPEN and self.reviews[row.review_id].state in LIVE
        counts = is_open and not is_carried
        is_mine = self.reader is not None and row.owner_id == self.reader.person_id
        return ActionLine(
            id=action_id, review_id=row.review_id, section=edition.section_of(row.area),
            area=edition.area(row.area), title=row.title, owner=owner.name if owner else "",
            is_mine=is_mine, has_teams=owner is not None and owner.entra_id is not None,
            deadline=row.deadline,
            days_overdue=days_overdue(row.deadline, self.today) if counts and row.deadline else 0,
            status=row.status, tags=in_order(row.tags), is_carried=is_carried,
            waits=self._waits(row) if counts else "",
        )  # fmt: skip

    def _waits(self, row: Action) -> str:
        if self.led is None or self.led.holds(row):
            needs = {
                "refused": bool(row.refused_because), "owner": row.owner_id is None,
                "date": row.wanted_on is not None, "deadline": row.deadline is None,
            }  # fmt: skip
            if found := [name for name, is_so in needs.items() if is_so]:
                return found[0]
        is_new = row.accepted_at is None and not row.refused_because
        return "accept" if is_new and row.owner_id in self.theirs else ""


def lines(
    session: Session, rows: Iterable[Action], *, reader: Actor | None, now: datetime
) -> list[ActionLine]:
    """These actions as `reader` sees them, in the order given, in a few queries."""
    rows, today = list(rows), london_day(now)
    reviews = _by_id(session, Review, {row.review_id for row in rows})
    page = _Page(
        reviews, {number: edition_of(review) for number, review in reviews.items()},
        _by_id(session, Person, {row.owner_id for row in rows}),
        carried(session, [known(row.id) for row in rows]), reader,
        led_by(session, reader) if reader else None,
        owners_for(session, reader.person_id, today) if reader else frozenset(), today,
    )  # fmt: skip
    return [page.line(row) for row in rows]


def owners_for(session: Session, person_id: int, today: date) -> frozenset[int]:
    """Whose actions someone answers for today: their own, and those of people who are away."""
    return stands_in_for(session, person_id, today) | {person_id}


def _by_id(session: Session, table: type[Row], ids: Iterable[int | None]) -> dict[int, Row]:
    found = session.exec(select(table).where(col(table.id).in_(set(ids))))
    return {known(row.id): row for row in found}


def soonest(line: ActionLine) -> tuple[bool, date, int]:
    """How lists are ordered: the soonest due first, then those without a day, then settled ones."""
    return line.status not in OPEN, line.deadline or date.max, line.id
