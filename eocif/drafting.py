"""An area's draft as it stands: opened by its lead, what it still needs, what its cards show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from eocif import conclusions, results, rounds
from eocif.access import Access, area_of, enter, name_of
from eocif.database import insert_once
from eocif.errors import NotNow
from eocif.local_edition import statements_of
from eocif.models import Draft, Review, ReviewArea
from eocif.people import Actor, known
from eocif.round_summaries import AreaResult, DraftSummary
from eocif.rules import drafting
from eocif.rules.authorisation import Act
from eocif.rules.progress import AreaState, may_go_round
from eocif.rules.statements import Statement

OPEN = rounds.FOR_LEAD
"""The states of an area in which its draft can be written."""


@dataclass(frozen=True)
class Drafting:
    """A draft opened by someone who may write it, with what it is judged by."""

    access: Access
    area: ReviewArea
    row: Draft
    result: AreaResult

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What gets a level."""
        return statements_of(self.access.review, self.area.number)

    @property
    def values(self) -> dict[str, str]:
        """The draft's fields, with agreed levels filled in."""
        return drafting.prefilled(self.row.fields, self.result)

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of its fields."""
        return names_of(self.access.review, self.area)

    def label(self, field: str) -> str:
        """A field as people read it."""
        return drafting.label(field, self.statements)


def names_of(review: Review, area: ReviewArea) -> tuple[str, ...]:
    """The ids of an area's fields, of the words step and then of the levels step."""
    return (*drafting.OF_WORDS, *drafting.of_levels(statements_of(review, area.number)))


# --- opening it ---------------------------------------------------------------------------


def open_draft(
    session: Session, *, actor: Actor, review_id: int, number: int, now: datetime
) -> Drafting:
    """An area's draft, locked, for its lead or the review's. NotNow before its round has closed."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.DRAFT, area=number, lock=True)
    area = area_of(session, review_id=review_id, number=number, lock=True)
    if not results.closed_round(area):
        raise NotNow(
            f"Area {number} is not ready for a draft.",
            kept="Nobody sees an answer before the first round closes.",
            next_step="Type “review” to see every area's dates.",
        )
    insert_once(
        session, Draft(area_id=known(area.id), tenant_id=access.review.tenant_id, updated_at=now)
    )
    row = session.exec(select(Draft).where(Draft.area_id == area.id).with_for_update()).one()
    result = results.area_result(session, review=access.review, area=area, round=area.round)
    return Drafting(access, area, row, result)


_CANNOT_WRITE: Mapping[str, str] = {
    AreaState.ROUND_2: "This draft is with the group now. You can change it when the round closes.",
    AreaState.CONCLUDED: "This area is concluded, so its draft cannot be changed.",
    AreaState.SET_ASIDE: "This area was set aside, so its draft cannot be changed.",
}


def cannot_write(area: ReviewArea) -> str:
    """Why a draft cannot be written now, as a sentence."""
    return _CANNOT_WRITE[area.state]


# --- what it needs, what it shows ---------------------------------------------------------


def standing(
    session: Session, *, area: ReviewArea, row: Draft | None, result: AreaResult
) -> tuple[str, ...]:
    """What an area needs before its next step: going round, or being concluded.

    Empty where it is ready, and where the next step is not its lead's.
    """
    if area.state not in OPEN:
        return ()
    fields, kept = (row.fields, row.kept) if row else ({}, {})
    concluding = area.state == AreaState.CONCLUDING
    waiting = conclusions.unanswered(session, area) if concluding else 0
    values = drafting.prefilled(fields, result)
    return drafting.standing(values, result, kept=kept, unanswered=waiting)


def may_send_again(area: ReviewArea, row: Draft | None) -> bool:
    """Whether a draft that went round may go round once more: changed, and only once."""
    return (
        row is not None
        and area.state == AreaState.CONCLUDING
        and may_go_round(area.round, area.reopened)
        and drafting.is_changed(row.fields, row.sent)
    )


def summary(
    session: Session, *, review: Review, area: ReviewArea, row: Draft | None, result: AreaResult
) -> DraftSummary:
    """A draft as its lead's cards show it; an empty one where nothing is written yet."""
    fields = row.fields if row else {}
    values = drafting.prefilled(fields, result)
    return DraftSummary(
        fields=dict(fields), values=values, kept=dict(row.kept) if row else {},
        shown=drafting.digests(values, names_of(review, area)),
        changed_by=name_of(session, row.updated_by) if row and row.updated_by else "",
        changed_at=row.updated_at if row and row.updated_by else None,
        not_cited=drafting.not_cited(values.get("draws_on", ""), result.contributed),
    )  # fmt: skip
