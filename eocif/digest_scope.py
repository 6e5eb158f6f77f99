"""What someone reads of in a review's digest, and what of it they may be shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from eocif import rounds
from eocif.access import Access, areas_of
from eocif.models import ReviewArea
from eocif.rules.authorisation import Act, Role, is_allowed
from eocif.rules.progress import ReviewState
from eocif.rules.visibility import Fact, Viewer, digest_may_show


@dataclass(frozen=True)
class Scope:
    """What a reader reads of: the whole review, or as an area lead their own areas."""

    access: Access
    areas: tuple[ReviewArea, ...]
    is_part: bool
    since: datetime
    now: datetime

    @property
    def runs(self) -> bool:
        """Whether the review still collects and concludes."""
        return self.access.review.state == ReviewState.COLLECTING

    @property
    def numbers(self) -> frozenset[int]:
        """The areas' numbers."""
        return frozenset(area.number for area in self.areas)

    def may(self, act: Act) -> bool:
        """Whether the reader may do this now."""
        return is_allowed(act, self.access.roles, ReviewState(self.access.review.state))

    def shows(self, fact: Fact, area: ReviewArea) -> bool:
        """Whether the reader may be shown this of an area; an area lead is one of theirs alone."""
        review = self.access.review
        is_theirs = area.lead_id == self.access.actor.person_id
        roles = self.access.roles - (frozenset() if is_theirs else {Role.AREA_LEAD})
        return digest_may_show(
            fact, Viewer(roles), rounds.state_for_seeing(area),
            area_leads_see_names=review.area_leads_see_names,
        )  # fmt: skip


def scope_of(session: Session, *, access: Access, since: datetime, now: datetime) -> Scope:
    """All areas for the lead and for digest readers; else those that the reader leads."""
    areas = areas_of(session, review_id=access.review_id)
    is_part = not access.roles & {Role.LEAD, Role.READER}
    mine = [area for area in areas if not is_part or area.lead_id == access.actor.person_id]
    return Scope(access, tuple(mine), is_part, since, now)
