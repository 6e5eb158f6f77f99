"""All that an area's lead needs on one card: results, words, the draft, what members answered."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from eocif import drafting, last_time, outcomes, results, reviews, rounds, voices
from eocif.access import Access, area_of, areas_of, enter, name_of
from eocif.local_edition import edition_of, perspectives_of
from eocif.models import Draft, Member, Person, Response, Review, ReviewArea
from eocif.people import Actor, known
from eocif.round_summaries import (
    NO_RESPONSES,
    AreaResult,
    AreaWork,
    Reply,
    Responses,
    Utterance,
)
from eocif.rules.authorisation import Act, Role
from eocif.rules.dates import london_day
from eocif.rules.drafting import goes_round
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.spoken import COMMENT


def area_work(
    session: Session, *, actor: Actor, review_id: int, number: int, now: datetime
) -> AreaWork:
    """An area as its lead, or the review's, may see it now.

    Before its first round has closed there are no results, words or draft in it, whoever asks.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.SEE_RESULTS, area=number)
    review, area = access.review, area_of(session, review_id=review_id, number=number)
    edition = edition_of(review)
    row = session.get(Draft, area.id) if _may_see(Fact.DRAFT, access, area) else None
    result = results.area_result(session, review=review, area=area, round=area.round)
    said = voices.utterances(
        session, review=review, area=area, roles=access.roles, person_id=actor.person_id,
        member_id=(access.member.id or 0) if access.member else 0,
    )  # fmt: skip
    asks_on, asks_until = _if_sent(review, area, now)
    before, before_on = last_time.levels(session, review=review, area=area)
    return AreaWork(
        head=reviews.head(session, review), edition=edition,
        section=edition.section_of(number), area=edition.area(number), state=area.state,
        round=area.round, closes_on=_closes_on(area), due_on=rounds.draft_due_on(area),
        lead_name=name_of(session, area.lead_id or review.lead_id),
        result=result, first=_first(session, review, area, result),
        perspectives=perspectives_of(review), utterances=said,
        draft=drafting.summary(session, review=review, area=area, row=row, result=result),
        responses=_responses(session, access, area, said),
        standing=drafting.standing(session, area=area, row=row, result=result),
        may_send_again=drafting.may_send_again(area, row),
        others_waiting=_others_waiting(session, access, number),
        sees_names=_may_see(Fact.AUTHORS_NAME, access, area), is_lead=Role.LEAD in access.roles,
        asks=len(_group(session, access)), asks_on=asks_on, asks_until=asks_until,
        to_tell=outcomes.to_tell(session, access=access, area=area), before=before,
        before_on=before_on,
    )  # fmt: skip


def _may_see(fact: Fact, access: Access, area: ReviewArea) -> bool:
    return may_see(
        fact, Viewer(access.roles), rounds.state_for_seeing(area),
        area_leads_see_names=access.review.area_leads_see_names,
    )  # fmt: skip


# --- when ---------------------------------------------------------------------------------


def _closes_on(area: ReviewArea) -> date | None:
    is_open = area.state in (AreaState.ROUND_1, AreaState.ROUND_2)
    return rounds.closes_on(area) if is_open else None


def _if_sent(review: Review, area: ReviewArea, now: datetime) -> tuple[date | None, date | None]:
    if area.state not in drafting.OPEN:
        return None, None
    first_day = review.start_on or london_day(now)
    return goes_round(first_day, confirm_days=review.confirm_days, now=now)


def _first(
    session: Session, review: Review, area: ReviewArea, result: AreaResult
) -> AreaResult | None:
    if result.round <= 1:
        return None
    return results.area_result(session, review=review, area=area, round=1)


def _others_waiting(session: Session, access: Access, number: int) -> tuple[int, ...]:
    return tuple(
        area.number
        for area in areas_of(session, review_id=access.review_id)
        if area.number != number
        and area.state in drafting.OPEN
        and (area.lead_id or access.review.lead_id) == access.actor.person_id
    )


# --- what members answered ----------------------------------------------------------------


def _responses(
    session: Session, access: Access, area: ReviewArea, said: tuple[Utterance, ...]
) -> Responses:
    """Of the latest draft; words of earlier ones too, as each is answered or stays."""
    if area.round == 1:
        return NO_RESPONSES
    rows = session.exec(
        select(Response)
        .where(Response.area_id == area.id, Response.answer != "")
        .order_by(col(Response.id))
    ).all()
    latest = {row.member_id: row.answer for row in rows if row.round == area.round}
    group = _group(session, access)
    waiting = tuple(name for member_id, name in group.items() if member_id not in latest)
    closed = results.closed_round(area)
    told = Counter(latest.values()) if area.round <= closed else Counter[str]()
    return Responses(
        asked=len(group.keys() | latest.keys()), agree=told["agree"],
        agree_with_comment=told["agree_with_comment"], concern=told["concern"],
        replies=_replies(rows, said), answered=len(latest),
        waiting_for=waiting if _may_see(Fact.WHO_HAS_ANSWERED, access, area) else (),
    )  # fmt: skip


def _group(session: Session, access: Access) -> dict[int, str]:
    rows = session.exec(
        select(Member.id, Person.name)
        .join(Person)
        .where(Member.review_id == access.review_id, col(Member.removed_at).is_(None))
        .order_by(col(Person.name))
    )
    return {member_id: name for member_id, name in rows if member_id is not None}


def _replies(rows: Iterable[Response], said: tuple[Utterance, ...]) -> tuple[Reply, ...]:
    by_key = {f"{row.member_id}:{COMMENT}_{row.round}": row for row in rows}
    return tuple(
        Reply(known(row.id), each, row.answer, row.reply, row.reply_kind)
        for each in said
        if (row := by_key.get(each.key))
    )
