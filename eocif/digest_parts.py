"""A review's digest for one reader, part by part.

The lead reads of the whole review, an area lead of their areas. Who only reads the digest gets
numbers: no name of anyone who has not answered, no perspective of one or two people.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from eocif import action_views, deliveries, owed, results, reviews, rounds, turnouts, weeks
from eocif.access import Access
from eocif.action_summaries import ActionLine
from eocif.digest_dates import next_dates
from eocif.digest_drafts import with_leads
from eocif.digest_scope import Scope, scope_of
from eocif.local_edition import edition_of, perspectives_of
from eocif.models import Delivery, DeliveryState, Member, ReviewArea
from eocif.oversight import outstanding
from eocif.people import Actor, known
from eocif.rules import digests
from eocif.rules.actions import OPEN
from eocif.rules.authorisation import Act, Role
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.perspectives import Perspective
from eocif.rules.progress import AREA_STATES, AreaState
from eocif.rules.visibility import Fact
from eocif.summaries import AreaTask
from eocif.time_models import Action
from eocif.time_summaries import Outstanding, ReviewDigest, SectionProgress
from eocif.worksheets import standing

_WITH_GAPS = (AreaState.DRAFTING, AreaState.ROUND_2, AreaState.CONCLUDING)
_WAITS = ("refused", "owner", "deadline", "date")  # of an action, for its lead


def review_digest(
    session: Session, *, access: Access, since: datetime, now: datetime
) -> ReviewDigest:
    """A review's week. `since` is when it begins."""
    scope = scope_of(session, access=access, since=since, now=now)
    today = london_day(now)
    lines = _actions(session, scope)
    open_areas, may_remind = _outstanding(session, scope)
    return ReviewDigest(
        head=reviews.head(session, access.review), since=london_day(since), until=today,
        is_part=scope.is_part, moved=_moved(session, scope), sections=_sections(scope),
        outstanding=open_areas, silent=_silent(session, scope),
        waits_for_you=_lead_tasks(scope), may_sign_off=_may_sign_off(session, scope),
        due_soon=tuple(each for each in lines if _is_soon(each, today)),
        overdue=tuple(each for each in lines if each.days_overdue),
        actions_waiting=_waiting(scope, lines), gaps=_gaps(session, scope),
        undelivered=_undelivered(session, scope),
        next_dates=next_dates(session, review=access.review, areas=scope.areas, now=now),
        may_remind=may_remind, tasks_without_teams=_to_record(session, scope),
        led=tuple(sorted(scope.numbers)) if scope.is_part else (),
        may_extend=scope.may(Act.CHANGE_ROUND), may_see_actions=scope.may(Act.LEAD_ACTIONS),
        with_leads=with_leads(session, scope),
    )  # fmt: skip


# --- what moved, and how far it is --------------------------------------------------------


def _moved(session: Session, scope: Scope) -> tuple[str, ...]:
    became: dict[str, list[int]] = defaultdict(list)
    for area in scope.areas:
        if area.since is not None and area.since > scope.since:
            became[_became(area, scope.since)].append(area.number)
    return (
        *_milestones(scope),
        *digests.moved(became),
        *_moved_actions(session, scope),
    )


def _became(area: ReviewArea, since: datetime) -> str:
    """Its state; a draft that it went back to is told as such."""
    last = area.reopened[-1]["at"] if area.reopened else ""
    again = area.state == AreaState.DRAFTING and last and datetime.fromisoformat(last) > since
    return digests.REOPENED if again else area.state


def _milestones(scope: Scope) -> list[str]:
    review = scope.access.review
    signed_off = review.baseline_on is not None and review.baseline_on >= london_day(scope.since)
    return ["The review was signed off."] if signed_off else []


def _moved_actions(session: Session, scope: Scope) -> list[str]:
    mine = (Action.review_id == scope.access.review_id, col(Action.area).in_(scope.numbers))
    settled = session.exec(select(Action.status).where(*mine, col(Action.settled_at) > scope.since))
    is_new = (col(Action.created_at) > scope.since, col(Action.copied_from).is_(None))
    added = session.exec(select(Action.id).where(*mine, *is_new))
    return digests.moved_actions(settled, added=len(added.all()))


def _sections(scope: Scope) -> tuple[SectionProgress, ...]:
    edition = edition_of(scope.access.review)
    found = []
    for section in edition.sections:
        inside = {each.number for each in section.areas}
        states = [AREA_STATES[AreaState(a.state)] for a in scope.areas if a.number in inside]
        if states:
            found.append(SectionProgress(section, Counter(states), len(states)))
    return tuple(found)


# --- who has not answered -----------------------------------------------------------------


def _outstanding(session: Session, scope: Scope) -> tuple[tuple[Outstanding, ...], bool]:
    """The open areas that wait for someone, and whether anybody can be reminded now."""
    if not scope.runs:
        return (), False
    named, may_remind = _named(session, scope)
    edition = edition_of(scope.access.review)
    taken = turnouts.turnouts(session, review_id=scope.access.review_id)
    found = []
    for area in scope.areas:
        turnout, day = taken[area.number], rounds.closes_on(area)
        is_open = rounds.takes_answers(area, scope.now) and scope.shows(Fact.HOW_MANY, area)
        if is_open and day and turnout.answered < turnout.members:
            names = named.get(area.number, ())
            found.append(
                Outstanding(edition.area(area.number), area.round, day, turnout.answered,
                            turnout.members, names)
            )  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.closes_on, each.area.number))), may_remind


def _named(session: Session, scope: Scope) -> tuple[dict[int, tuple[str, ...]], bool]:
    """By area, who has not answered: for its leads, as their own list has it."""
    if not scope.may(Act.SEE_OUTSTANDING):
        return {}, False
    actor, review_id = scope.access.actor, scope.access.review_id
    listed = outstanding(session, actor=actor, review_id=review_id, by="area", now=scope.now)
    names = {
        row.area.number: tuple(person.name for person in row.waiting_for) for row in listed.areas
    }
    return names, any(row.may_remind for row in listed.people)


def _silent(session: Session, scope: Scope) -> tuple[Perspective, ...]:
    """Whose perspective is missing so far in the rounds that run, from their second day on."""
    today = london_day(scope.now)
    running = [
        area
        for area in scope.areas
        if rounds.takes_answers(area, scope.now) and area.opens_on and area.opens_on < today
    ]
    if not running:
        return ()
    members = session.exec(
        select(Member).where(
            Member.review_id == scope.access.review_id, col(Member.removed_at).is_(None)
        )
    ).all()
    group = Counter(member.perspectives[0] for member in members)
    ids = [known(member.id) for member in members]
    theirs = owed.given(session, review_id=scope.access.review_id, member_ids=ids)
    spoke = {
        member.perspectives[0]
        for member in members
        if not all(theirs[known(member.id)].owes(area) for area in running)
    }
    named = all(scope.shows(Fact.WHO_HAS_ANSWERED, area) for area in running)
    offered = perspectives_of(scope.access.review)
    return digests.silent(group, spoke, offered, merge=not named)


# --- what waits for the reader --------------------------------------------------------------


def _lead_tasks(scope: Scope) -> tuple[AreaTask, ...]:
    if not scope.runs:
        return ()
    return weeks.lead_tasks(scope.access.review, scope.areas, scope.access.actor.person_id)


def _to_record(session: Session, scope: Scope) -> int:
    """How many people without Teams wait for the reader to record their answers."""
    if not scope.runs:
        return 0
    review, person_id = scope.access.review, scope.access.actor.person_id
    return len(weeks.tasks(session, review=review, person_id=person_id, now=scope.now))


def _may_sign_off(session: Session, scope: Scope) -> bool:
    return scope.may(Act.SIGN_OFF) and not standing(session, scope.access.review)


# --- actions ------------------------------------------------------------------------------


def _actions(session: Session, scope: Scope) -> list[ActionLine]:
    """The open actions of the reader's areas, soonest due first; without owners to mere readers."""
    access, areas = scope.access, {area.number: area for area in scope.areas}
    lines = action_views.lines_of(
        session, review_ids=[access.review_id], reader=access.actor, now=scope.now
    )
    found = []
    for line in lines:
        area = areas.get(line.area.number)
        ended = line.status not in OPEN or line.is_carried
        if area is None or ended or not scope.shows(Fact.DEADLINES, area):
            continue
        named = scope.shows(Fact.OWNERS_NAMES, area) or line.is_mine
        found.append(line if named else replace(line, owner=""))
    return found


def _is_soon(line: ActionLine, today: date) -> bool:
    return line.deadline is not None and today <= line.deadline <= today + digests.SOON


def _waiting(scope: Scope, lines: Collection[ActionLine]) -> tuple[ActionLine, ...]:
    if not scope.may(Act.LEAD_ACTIONS):
        return ()
    return tuple(each for each in lines if each.waits in _WAITS)


# --- gaps -----------------------------------------------------------------------------------


def _gaps(session: Session, scope: Scope) -> tuple[str, ...]:
    """Statements at which lived experience and staff are two levels apart, in areas at work.

    Those concluded since are among them; before, the worksheet says it.
    """
    wanted = [
        area
        for area in scope.areas
        if (area.state in _WITH_GAPS or _has_just_ended(area, scope))
        and scope.shows(Fact.SPREAD, area)
    ]
    found = results.results(session, review=scope.access.review, areas=wanted) if wanted else {}
    return tuple(
        each.statement.short
        for number in sorted(found)
        for each in found[number].statements
        if abs(each.gap or 0) >= digests.WIDE
    )


def _has_just_ended(area: ReviewArea, scope: Scope) -> bool:
    return area.concluded_at is not None and area.concluded_at > scope.since


# --- what did not arrive ------------------------------------------------------------------


def _undelivered(session: Session, scope: Scope) -> tuple[tuple[str, str, str], ...]:
    """The reader's own digests; and for the lead, whose messages did not arrive since then."""
    own = _own_digests(session, scope.access.actor, scope.since)
    if Role.LEAD not in scope.access.roles:
        return own
    rows = deliveries.undelivered(
        session, review_id=scope.access.review_id, since=scope.since,
        but=scope.access.actor.person_id,
    )  # fmt: skip
    others = tuple((name, why, digests.what_to_do(why)) for name, why in rows)
    return (*own, *others)


def _own_digests(
    session: Session, actor: Actor, since: datetime
) -> tuple[tuple[str, str, str], ...]:
    rows = session.exec(
        select(Delivery)
        .where(
            Delivery.person_id == actor.person_id, Delivery.kind == digests.KIND,
            col(Delivery.state).in_([DeliveryState.FAILED, DeliveryState.UNKNOWN]),
            col(Delivery.settled_at) >= since,
        )
        .order_by(col(Delivery.id))
    )  # fmt: skip
    return tuple(
        (f"Your digest of {_day(row)}", row.error, "This one says all that it would have said.")
        for row in rows
    )


def _day(row: Delivery) -> str:
    return day_in_words(london_day(row.settled_at or row.next_at))
