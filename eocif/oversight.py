"""What leads see: who still owes what, and a review at a glance.

Never what anyone said. Who has not answered is named only to the lead and the area leads.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from eocif import deliveries, habits, owed, review_groups, reviews, rounds
from eocif.access import Access, areas_of, enter, name_of
from eocif.local_edition import edition_of, perspectives_of, rule_of
from eocif.models import Member, Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.rules import phrases
from eocif.rules.authorisation import Act, Role, is_allowed
from eocif.rules.dates import london_day
from eocif.rules.due import may_be_reminded
from eocif.rules.progress import AREA_STATES, AreaState, ReviewState
from eocif.rules.scope import scope_in_words
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.summaries import (
    AreaDates,
    Outstanding,
    OutstandingArea,
    OutstandingPerson,
    PersonName,
    ReviewStatus,
    ReviewSummary,
)
from eocif.turnouts import turnouts


@dataclass(frozen=True)
class Owing:
    """A member who still owes answers, and who leads the areas they owe."""

    person: Person
    areas: tuple[int, ...]
    led_by: tuple[Person, ...]


def outstanding(
    session: Session, *, actor: Actor, review_id: int, by: str, now: datetime
) -> Outstanding:
    """Open areas and people, with who has not answered; an area lead sees their own areas."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SEE_OUTSTANDING)
    open_areas = visible(access, areas_of(session, review_id=review_id), now)
    owing = who_owes(session, access, open_areas)
    edition = edition_of(access.review)
    taken = turnouts(session, review_id=review_id)
    by_area = tuple(
        OutstandingArea(
            edition.area(area.number), rounds.closes_on(area) or london_day(now),
            taken[area.number].answered, taken[area.number].members,
            tuple(
                _named(actor, each.person, _leaders(session, access.review, [area]))
                for each in owing
                if area.number in each.areas
            ),
            area.round,
        )
        for area in open_areas
    )  # fmt: skip
    return Outstanding(
        reviews.head(session, access.review), by, by_area, _people(session, actor, owing, now)
    )


def visible(access: Access, areas: list[ReviewArea], now: datetime) -> list[ReviewArea]:
    """The open areas whose turnout someone may see by name: all for the lead, else their own."""
    viewer, names = Viewer(access.roles), access.review.area_leads_see_names
    all_of_them = Role.LEAD in access.roles
    return [
        area
        for area in areas
        if rounds.takes_answers(area, now)
        and (all_of_them or area.lead_id == access.actor.person_id)
        and may_see(
            Fact.WHO_HAS_ANSWERED, viewer, AreaState(area.state), area_leads_see_names=names
        )
    ]


def who_owes(session: Session, access: Access, areas: list[ReviewArea]) -> list[Owing]:
    """The members who have not answered all of these areas, by name."""
    rows = session.exec(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(Member.review_id == access.review_id, col(Member.removed_at).is_(None))
        .order_by(col(Person.name))
    ).all()
    theirs = owed.given(
        session, review_id=access.review_id, member_ids=[known(member.id) for member, _ in rows]
    )
    found = []
    for member, person in rows:
        missing = [area for area in areas if theirs[known(member.id)].owes(area)]
        if missing:
            leaders = _leaders(session, access.review, missing)
            found.append(Owing(person, tuple(area.number for area in missing), leaders))
    return found


def _leaders(session: Session, review: Review, areas: list[ReviewArea]) -> tuple[Person, ...]:
    ids = dict.fromkeys(area.lead_id or review.lead_id for area in areas)
    return tuple(session.get_one(Person, person_id) for person_id in ids)


def _named(actor: Actor, person: Person, leaders: tuple[Person, ...]) -> PersonName:
    if person.entra_id is not None:
        note = person.unreachable or ("guest" if person.is_guest else "")
        return PersonName(known(person.id), person.name, note)
    others = tuple(each.name for each in leaders if each.id != actor.person_id)
    return PersonName(
        known(person.id), person.name, recorders=others, is_yours=len(others) < len(leaders)
    )


def _people(
    session: Session, actor: Actor, owing: list[Owing], now: datetime
) -> tuple[OutstandingPerson, ...]:
    ids = [known(each.person.id) for each in owing]
    reminded = deliveries.last_nudge(session, person_ids=ids)
    away = habits.away(session, ids, on=london_day(now))
    return tuple(
        OutstandingPerson(
            _named(actor, each.person, each.led_by), each.areas,
            _past_day(reminded.get(known(each.person.id)), now),
            each.person.entra_id is not None
            and known(each.person.id) != actor.person_id  # nobody reminds themselves
            and not each.person.unreachable
            and known(each.person.id) not in away
            and may_be_reminded(now, reminded.get(known(each.person.id))),
            away.get(known(each.person.id)),
        )
        for each in owing
    )  # fmt: skip


def _past_day(instant: datetime | None, now: datetime) -> date | None:
    return london_day(instant) if instant and instant <= now else None


# --- the review at a glance -----------------------------------------------------------


def review_summary(
    session: Session, *, actor: Actor, review_id: int, now: datetime
) -> ReviewSummary:
    """State, scope and dates; the areas' turnout, members and undelivered only for its leads."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SEE_REVIEW)
    review, is_lead = access.review, Role.LEAD in access.roles
    areas = areas_of(session, review_id=review_id)
    dates = _dates(session, review, areas, now)
    undelivered = deliveries.undelivered(session, review_id=review_id) if is_lead else []
    return ReviewSummary(
        head=reviews.head(session, review),
        scope=scope_in_words(edition_of(review), [area.number for area in areas]),
        executive_lead=review.executive_lead, forum=review.forum, is_lead=is_lead,
        is_area_lead=Role.AREA_LEAD in access.roles,
        areas=dates, next_dates=next_dates(areas, now),
        members=review_groups.listing(session, review_id=review_id) if is_lead else (),
        undelivered=tuple(f"{name}: {reason}" for name, reason in undelivered),
        perspectives=perspectives_of(review), rule=rule_of(review),
    )  # fmt: skip


def _dates(
    session: Session, review: Review, areas: list[ReviewArea], now: datetime
) -> tuple[AreaDates, ...]:
    edition = edition_of(review)
    taken = turnouts(session, review_id=known(review.id))
    names = {
        person_id: name_of(session, person_id)
        for person_id in {area.lead_id or review.lead_id for area in areas}
    }
    return tuple(
        AreaDates(
            edition.area(area.number), AREA_STATES[AreaState(area.state)], area.opens_on,
            rounds.closes_on(area), taken[area.number].answered, taken[area.number].members,
            names[area.lead_id or review.lead_id],
            rounds.takes_answers(area, now) and taken[area.number].is_enough, area.round,
        )
        for area in areas
    )  # fmt: skip


def next_dates(areas: list[ReviewArea], now: datetime) -> tuple[tuple[date, str], ...]:
    """When rounds open and close next, soonest first: a day and what happens on it."""
    found: dict[tuple[date, int, str], list[int]] = {}
    for area in areas:
        if area.state == AreaState.WAITING and area.opens_on:
            found.setdefault((area.opens_on, 1, "open"), []).append(area.number)
        if rounds.takes_answers(area, now) and (day := rounds.closes_on(area)):
            found.setdefault((day, area.round, "close at 5pm"), []).append(area.number)
    return tuple(
        (day, _happens(round_, what, numbers))
        for (day, round_, what), numbers in sorted(found.items())
    )


def _happens(round_: int, what: str, numbers: list[int]) -> str:
    if round_ == 1:
        return f"{phrases.areas(numbers)} {_agreeing(what, numbers)}"
    named = phrases.areas(numbers, opening=False)
    return f"Round {round_} of {named} {_agreeing(what, [round_])}"


def _agreeing(verb: str, numbers: list[int]) -> str:
    first, _, rest = verb.partition(" ")
    return f"{first}s {rest}".strip() if len(numbers) == 1 else verb


def status(session: Session, *, actor: Actor, now: datetime) -> tuple[ReviewStatus, ...]:
    """Counts only, of every running review of the tenant: what a channel may read."""
    running = session.exec(
        select(Review)
        .where(Review.tenant_id == actor.tenant_id, Review.state == ReviewState.COLLECTING)
        .order_by(col(Review.id))
    )
    return tuple(
        _status(session, review, now)
        for review in running
        if is_allowed(Act.SEE_STATUS, {Role.ANYONE}, ReviewState(review.state))
    )


def _status(session: Session, review: Review, now: datetime) -> ReviewStatus:
    areas = areas_of(session, review_id=known(review.id))
    taken = turnouts(session, review_id=known(review.id))
    open_now = [area for area in areas if rounds.takes_answers(area, now)]
    return ReviewStatus(
        head=reviews.head(session, review), in_scope=len(areas),
        concluded=sum(area.state == AreaState.CONCLUDED for area in areas),
        open_now=len(open_now),
        answers=sum(taken[area.number].answered for area in open_now),
        answers_asked_for=sum(taken[area.number].members for area in open_now),
        closes_on=min((day for area in open_now if (day := rounds.closes_on(area))), default=None),
    )  # fmt: skip


def led_by(session: Session, *, actor: Actor) -> list[int]:
    """The reviews that someone runs, newest first, ended ones left out."""
    wanted = select(Review.id).where(
        Review.tenant_id == actor.tenant_id,
        col(Review.state).in_([ReviewState.DRAFT, ReviewState.COLLECTING]),
    )
    if not actor.is_listed:
        wanted = wanted.where(Review.lead_id == actor.person_id)
    return [known(row) for row in session.exec(wanted.order_by(col(Review.id).desc()))]


def part_of(session: Session, *, actor: Actor) -> list[int]:
    """The running reviews in which someone leads areas or answers, newest first."""
    member = select(Member.review_id).where(
        Member.person_id == actor.person_id, col(Member.removed_at).is_(None)
    )
    leads = select(ReviewArea.review_id).where(ReviewArea.lead_id == actor.person_id)
    wanted = select(Review.id).where(
        Review.tenant_id == actor.tenant_id, Review.state == ReviewState.COLLECTING,
        or_(col(Review.id).in_(member), col(Review.id).in_(leads)),
    )  # fmt: skip
    return [known(row) for row in session.exec(wanted.order_by(col(Review.id).desc()))]


def listing(session: Session) -> list[dict[str, object]]:
    """Reviews as `python -m eocif reviews --json` prints them."""
    return [
        {
            "id": review.id, "tenant": review.tenant_id, "title": review.title,
            "provider": review.provider, "edition": review.edition, "state": review.state,
            "start_on": review.start_on.isoformat() if review.start_on else None,
            "areas": [
                {
                    "number": area.number, "state": area.state,
                    "opens_on": area.opens_on.isoformat() if area.opens_on else None,
                    "closes_on": str(rounds.closes_on(area)) if area.closes_on else None,
                }
                for area in areas_of(session, review_id=known(review.id))
            ],
            "members": len(review_groups.active(session, review_id=known(review.id))),
        }
        for review in session.exec(select(Review).order_by(col(Review.id)))
    ]  # fmt: skip
