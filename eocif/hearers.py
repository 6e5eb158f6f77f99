"""Who hears of what is due: the people whose it is, or the leads in their place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eocif.models import Person, Review, ReviewArea
from eocif.people import known
from eocif.rules.reminding import NO_TEAMS, UNREACHABLE, Hearer, hearers
from eocif.time_models import Action

ALL = 2  # of the leads: as far as anything escalates


@dataclass(frozen=True)
class Audience:
    """Who leads what, and whom messages do not reach.

    `areas` are by review and number, `cannot` says by person why messages do not reach them.
    """

    areas: Mapping[tuple[int, int], ReviewArea]
    cannot: Mapping[int, str]

    def of_action(self, action: Action, review: Review, escalates: int) -> tuple[Hearer, ...]:
        """Its owner; its area's lead where nobody owns it, or messages do not reach its owner."""
        owner = None if action.refused_because else action.owner_id
        area = self.areas.get((action.review_id, action.area))
        return hearers(
            owner, cannot=self.cannot.get(owner or 0, ""), leads=self.leads(area, review),
            escalates=escalates,
        )  # fmt: skip

    def of_draft(self, area: ReviewArea, review: Review, escalates: int) -> tuple[Hearer, ...]:
        """The area's lead, and later the review's lead too."""
        lead = area.lead_id or review.lead_id
        leads = (review.lead_id, review.lead_id)
        cannot = self.cannot.get(lead, "")
        return hearers(lead, cannot=cannot, leads=leads, escalates=escalates)

    def leads(self, area: ReviewArea | None, review: Review) -> tuple[int, int]:
        """Who leads an area, as far as messages reach them, and who leads the review."""
        lead = (area.lead_id if area else None) or review.lead_id
        return (review.lead_id if lead in self.cannot else lead), review.lead_id


def audience(
    session: Session, *, reviews: Iterable[Review], areas: Iterable[ReviewArea] = (),
    actions: Sequence[Action] = (),
) -> Audience:  # fmt: skip
    """All that is to be known of whom these concern, in two queries however many there are."""
    of_actions = session.exec(
        select(ReviewArea).where(col(ReviewArea.review_id).in_({row.review_id for row in actions}))
    ).all()
    concerned = {
        *(row.lead_id for row in reviews),
        *(row.lead_id for row in (*areas, *of_actions)),
        *(row.owner_id for row in actions),
    }
    by_number = {(area.review_id, area.number): area for area in of_actions}
    return Audience(by_number, _cannot(session, concerned - {None}))


def _cannot(session: Session, person_ids: Iterable[int | None]) -> dict[int, str]:
    rows = session.exec(
        select(Person.id, Person.entra_id, Person.unreachable).where(col(Person.id).in_(person_ids))
    )
    return {
        known(person_id): UNREACHABLE if entra_id else NO_TEAMS
        for person_id, entra_id, unreachable in rows
        if entra_id is None or unreachable
    }
