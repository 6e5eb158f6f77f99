"""All that a report reads, in a number of queries that does not grow with the review.

What of it a version may show is asked of `eocif.rules.visibility.report_may_show`, through `may`
for an area and `may_always` for what belongs to no area; nowhere else is it decided.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from eocif import conclusions, results, rounds, voices
from eocif.access import areas_of
from eocif.local_edition import edition_of
from eocif.models import AuditEvent, Conclusion, Draft, Member, Person, Response, Review, ReviewArea
from eocif.models import View as Answer
from eocif.people import known
from eocif.results import TakingPart, closed_round
from eocif.round_summaries import AreaResult, Utterance
from eocif.rules.framework import Edition
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Version, report_may_show

OPENED, SENT, CLOSED = "round opened", "draft sent", "round closed"
EXTENDED, EARLY = "round extended", "round closes early"
_EVENTS = (OPENED, SENT, CLOSED, EXTENDED, EARLY)


@dataclass(frozen=True)
class Rows:
    """What is stored of a review, for one version of a report.

    By area number: `results`, `taking`, `said`. By area id: `conclusions`, `drafts`, `responses`
    (of closed rounds, oldest first), `answered` (who gave all levels in round 1) and `recorded`
    (whose answer someone typed for them). `names` is by person id.
    """

    version: Version
    review: Review
    edition: Edition
    areas: tuple[ReviewArea, ...]
    members: Mapping[int, Member]
    names: Mapping[int, str]
    results: Mapping[int, AreaResult]
    taking: Mapping[int, TakingPart]
    said: Mapping[int, tuple[Utterance, ...]]
    conclusions: Mapping[int, Mapping[str, Conclusion]]
    drafts: Mapping[int, Draft]
    responses: Mapping[int, list[Response]]
    answered: Mapping[int, set[int]]
    recorded: Mapping[int, set[int]]
    events: tuple[AuditEvent, ...]

    def may(self, fact: Fact, area: ReviewArea) -> bool:
        """Whether this version may show this fact about an area, as its state is now."""
        return report_may_show(fact, self.version, rounds.state_for_seeing(area))

    def may_always(self, fact: Fact) -> bool:
        """The same of what belongs to the review and to no area's answers."""
        return report_may_show(fact, self.version, AreaState.CONCLUDED)

    def name(self, person_id: int | None) -> str:
        """A name of someone who answers for the review, where this version shows those."""
        is_shown = person_id is not None and self.may_always(Fact.LEADS_NAMES)
        return self.names[person_id] if is_shown and person_id else ""


def read(session: Session, *, review_id: int, version: Version) -> Rows:
    """Read a review for one version of its reports."""
    review = session.get_one(Review, review_id)
    areas = areas_of(session, review_id=review_id)
    ids = {known(area.id): area for area in areas}
    members = _members(session, review_id)
    ended = conclusions.of_review(session, review_id=review_id)
    answered, recorded = _answers(session, ids)
    drafts = session.exec(select(Draft).where(col(Draft.area_id).in_(ids)))
    return Rows(
        version=version, review=review, edition=edition_of(review), areas=tuple(areas),
        members=members, names=_names(session, review, areas, members, ended),
        results=results.results(session, review=review, areas=areas),
        taking=results.taking_part(session, review=review, areas=areas),
        said=voices.for_report(session, review=review, areas=areas, version=version),
        conclusions=ended, drafts={row.area_id: row for row in drafts},
        responses=_responses(session, ids), answered=answered, recorded=recorded,
        events=_events(session, review_id),
    )  # fmt: skip


def _members(session: Session, review_id: int) -> dict[int, Member]:
    rows = session.exec(
        select(Member).where(Member.review_id == review_id).order_by(col(Member.id))
    )
    return {known(row.id): row for row in rows}


def _names(
    session: Session, review: Review, areas: Iterable[ReviewArea], members: Mapping[int, Member],
    ended: Mapping[int, Mapping[str, Conclusion]],
) -> dict[int, str]:  # fmt: skip
    wanted = {review.lead_id, review.signed_off_by, *(area.concluded_by for area in areas)}
    wanted |= {member.person_id for member in members.values()}
    wanted |= {row.confirmed_by for by_code in ended.values() for row in by_code.values()}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted - {None})))
    return {known(person_id): name for person_id, name in rows}


def _responses(session: Session, areas: Mapping[int, ReviewArea]) -> dict[int, list[Response]]:
    rows = session.exec(
        select(Response)
        .where(col(Response.area_id).in_(areas), Response.answer != "")
        .order_by(col(Response.round), col(Response.id))
    )
    found: dict[int, list[Response]] = defaultdict(list)
    for row in rows:
        if row.round <= closed_round(areas[row.area_id]):
            found[row.area_id].append(row)
    return found


def _answers(
    session: Session, areas: Mapping[int, ReviewArea]
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    rows = session.exec(
        select(Answer.area_id, Answer.member_id, Answer.answered_at, Answer.given_by)
        .where(col(Answer.area_id).in_(areas))
    )  # fmt: skip
    answered: dict[int, set[int]] = defaultdict(set)
    recorded: dict[int, set[int]] = defaultdict(set)
    for area_id, member_id, answered_at, given_by in rows:
        if answered_at is not None:
            answered[area_id].add(member_id)
        if given_by is not None:
            recorded[area_id].add(member_id)
    return answered, recorded


def _events(session: Session, review_id: int) -> tuple[AuditEvent, ...]:
    """What happened to rounds: the trail's other events are not read."""
    rows = session.exec(
        select(AuditEvent)
        .where(AuditEvent.review_id == review_id, col(AuditEvent.event).in_(_EVENTS))
        .order_by(col(AuditEvent.id))
    )
    return tuple(rows)
