"""Who took part in an area's round so far: numbers only, of people who are in the group now.

In round 1 someone has answered once every statement has a choice; in the later rounds, once they
have said what they think of the draft.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from eocif.access import areas_of
from eocif.local_edition import every_perspective_of, rule_of
from eocif.models import Member, Response, Review, ReviewArea, View
from eocif.people import known
from eocif.rules import agreement
from eocif.rules.agreement import Settings
from eocif.rules.perspectives import Voice
from eocif.rules.progress import AreaState

WITH_DRAFT = (AreaState.ROUND_2, AreaState.CONCLUDING, AreaState.CONCLUDED)
"""The states of an area whose latest round asked for answers to its draft."""


@dataclass(frozen=True)
class Turnout:
    """How many took part in an area's round, and how different they are."""

    members: int
    answered: int
    perspectives: int
    lived_experience: int
    rule: Settings = agreement.DEFAULT

    @property
    def is_complete(self) -> bool:
        """Every active member has answered."""
        return bool(self.members) and self.answered == self.members

    @property
    def is_enough(self) -> bool:
        """Enough different people took part for the area to be judged."""
        return agreement.is_enough(
            self.answered, perspectives=self.perspectives,
            lived_experience=self.lived_experience, settings=self.rule,
        )  # fmt: skip


def turnouts(session: Session, *, review_id: int) -> dict[int, Turnout]:
    """Every area's turnout in its latest round, by the area's number."""
    members = {
        known(member.id): member
        for member in session.exec(
            select(Member).where(Member.review_id == review_id, col(Member.removed_at).is_(None))
        )
    }
    answered = _answered(session, review_id)
    review = session.get_one(Review, review_id)
    return {
        area.number: _turnout(
            review, members, [each for each in answered[known(area.id)] if each in members]
        )
        for area in areas_of(session, review_id=review_id)
    }


def _answered(session: Session, review_id: int) -> dict[int, list[int]]:
    """By area id, the members who have answered in its latest round."""
    of_review = col(ReviewArea.review_id) == review_id
    in_first = (
        select(View.area_id, View.member_id)
        .join(ReviewArea, col(ReviewArea.id) == col(View.area_id))
        .where(
            of_review, col(ReviewArea.state).not_in(WITH_DRAFT), col(View.answered_at).is_not(None)
        )
    )
    of_draft = (
        select(Response.area_id, Response.member_id)
        .join(ReviewArea, col(ReviewArea.id) == col(Response.area_id))
        .where(
            of_review, col(ReviewArea.state).in_(WITH_DRAFT),
            Response.round == ReviewArea.round, Response.answer != "",
        )
    )  # fmt: skip
    found: dict[int, list[int]] = defaultdict(list)
    for area_id, member_id in (*session.exec(in_first), *session.exec(of_draft)):
        found[area_id].append(member_id)
    return found


def _turnout(review: Review, members: dict[int, Member], answers: list[int]) -> Turnout:
    voices = {each.key: each.voice for each in every_perspective_of(review)}
    spoken = [members[member_id].perspectives[0] for member_id in answers]
    lived = [key for key in spoken if voices[key] is Voice.LIVED_EXPERIENCE]
    return Turnout(len(members), len(answers), len(set(spoken)), len(lived), rule_of(review))


def answered_by(session: Session, area: ReviewArea) -> int:
    """How many active members answered in round 1: all that a member's own card needs."""
    answers = select(func.count()).select_from(View).join(Member)
    return session.exec(
        answers.where(
            View.area_id == area.id,
            col(View.answered_at).is_not(None),
            col(Member.removed_at).is_(None),
        )
    ).one()


def confirmed_by(session: Session, area: ReviewArea) -> int:
    """How many active members have answered the draft in its latest round."""
    answers = select(func.count()).select_from(Response).join(Member)
    return session.exec(
        answers.where(
            Response.area_id == area.id,
            Response.round == area.round,
            Response.answer != "",
            col(Member.removed_at).is_(None),
        )
    ).one()
