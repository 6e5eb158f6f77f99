"""Who is in a review group, and from which perspective each speaks."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import audit, deliveries, messages, rounds
from eocif.access import Access, areas_of, enter, is_id
from eocif.database import insert_once
from eocif.errors import FieldProblem, Invalid, NotFound
from eocif.local_edition import perspective_of, perspectives_of
from eocif.models import Member, Person, Rating, Review, ReviewArea
from eocif.people import Actor, known, team_people
from eocif.rules.authorisation import Act
from eocif.rules.perspectives import NAMED_FUNCTIONS
from eocif.rules.set_up import LONGEST_LINE, NONE
from eocif.rules.text import length, one_line, too_long
from eocif.summaries import Feedback, GroupMember

_FUNCTIONS = dict(NAMED_FUNCTIONS)


def active(session: Session, *, review_id: int) -> list[Member]:
    """The members who have not been removed, in the order they joined."""
    wanted = select(Member).where(Member.review_id == review_id, col(Member.removed_at).is_(None))
    return list(session.exec(wanted.order_by(col(Member.id))))


def listing(session: Session, *, review_id: int) -> tuple[GroupMember, ...]:
    """The group as its lead sees it."""
    rows = session.exec(
        select(Member, Person)
        .join(Person, col(Person.id) == col(Member.person_id))
        .where(Member.review_id == review_id, col(Member.removed_at).is_(None))
        .order_by(col(Person.name))
    )
    review = session.get_one(Review, review_id)
    return tuple(described(review, member, person) for member, person in rows)


def may_lead(session: Session, *, review_id: int) -> list[Person]:
    """Who may lead areas: members who use Teams and are not guests, by name."""
    rows = session.exec(
        select(Person)
        .join(Member, col(Member.person_id) == col(Person.id))
        .where(
            Member.review_id == review_id,
            col(Member.removed_at).is_(None),
            col(Person.entra_id).is_not(None),
            col(Person.is_guest).is_(False),
        )
        .order_by(col(Person.name))
    )
    return list(rows)


def described(review: Review, member: Member, person: Person) -> GroupMember:
    """One member as their lead sees them."""
    return GroupMember(
        member_id=known(member.id), name=person.name,
        perspectives=tuple(perspective_of(review, key) for key in member.perspectives),
        named_function=_FUNCTIONS.get(member.named_function, ""),
        has_teams=person.entra_id is not None, is_guest=person.is_guest and bool(person.entra_id),
        communication_needs=person.communication_needs, unreachable=person.unreachable,
    )  # fmt: skip


def add_people(
    session: Session, *, actor: Actor, review_id: int, perspective_key: str,
    entra_ids: Iterable[str], now: datetime,
) -> Feedback:  # fmt: skip
    """Add people picked from the directory. Those we have never met are named as a problem."""
    access = _change(session, actor, review_id, perspective_key)
    wanted = list(dict.fromkeys(entra_ids))
    if not wanted:
        raise Invalid(FieldProblem("people", "Nobody is chosen. Pick at least one person."))
    found = session.exec(
        select(Person).where(Person.tenant_id == actor.tenant_id, col(Person.entra_id).in_(wanted))
    ).all()
    for person in found:
        _join(session, access, person, perspective_key, now)
    unknown = [each for each in wanted if each not in {person.entra_id for person in found}]
    if not unknown:
        return Feedback("Added to the group.")
    sentence = (
        f"{_people(len(unknown))} you picked cannot get messages from this app yet. "
        "Add them to your team in Teams, then pick them again. Everyone else is saved."
    )
    return Feedback(
        sentence, True, problems={"people": sentence}, typed={"people": ",".join(unknown)}
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def tick_people(
    session: Session, *, actor: Actor, review_id: int, perspective_key: str,
    offered: Iterable[int], picked: Iterable[int], now: datetime,
) -> None:  # fmt: skip
    """Take a page of the team's roster as it was ticked: who was unticked leaves."""
    access = _change(session, actor, review_id, perspective_key)
    inside = {
        known(person.id): person for person in team_people(session, tenant_id=actor.tenant_id)
    }
    chosen = set(picked) & inside.keys()
    for person_id in sorted(chosen):
        _join(session, access, inside[person_id], perspective_key, now)
    for person_id in sorted((set(offered) & inside.keys()) - chosen):
        _leave_perspective(session, access, person_id, perspective_key, now)


def add_without_teams(
    session: Session, *, actor: Actor, review_id: int, nonce: str, name: str,
    perspective_key: str, needs: str, now: datetime,
) -> None:  # fmt: skip
    """Add someone who takes part without Teams; the nonce makes a second press harmless."""
    problems = []
    if not name:
        problems.append(FieldProblem("name", "Type the person's name."))
    if length(name) > LONGEST_LINE:
        problems.append(FieldProblem("name", f"Cut the name to {LONGEST_LINE} characters."))
    access = _enter(session, actor, review_id)
    if perspective_key not in _offered(access.review):
        problems.append(FieldProblem("perspective", "Choose the perspective they speak from."))
    problems += _needs_problems(needs)
    if problems:
        raise Invalid(*problems)
    # Their nonce stands where a Teams address would, so that it is unique in the tenant.
    address = f"without-teams:{review_id}:{nonce}"
    if _at(session, actor.tenant_id, address) is not None:
        return
    person = Person(
        tenant_id=actor.tenant_id, name=one_line(name, LONGEST_LINE), teams_id=address,
        communication_needs=needs, is_guest=False,
    )  # fmt: skip
    session.add(person)
    session.flush()
    _join(session, access, person, perspective_key, now)


def _needs_problems(needs: str) -> list[FieldProblem]:
    problem = too_long("Communication needs", needs)
    return [FieldProblem("needs", problem)] if problem else []


def _at(session: Session, tenant_id: str, address: str) -> Person | None:
    return session.exec(
        select(Person).where(Person.tenant_id == tenant_id, Person.teams_id == address)
    ).first()


def change_member(
    session: Session, *, actor: Actor, review_id: int, member_id: int, speaks_from: str,
    also: Iterable[str], named_function: str, needs: str, now: datetime,
) -> None:  # fmt: skip
    """Set a member's perspectives, named function and communication needs."""
    access = _enter(session, actor, review_id)
    member = member_of(session, review_id=review_id, member_id=member_id)
    # What somebody holds stays theirs to keep, also where it is no longer offered.
    may_hold = _offered(access.review) | set(member.perspectives)
    _check_perspective(speaks_from, may_hold)
    if named_function and named_function not in {*_FUNCTIONS, NONE}:
        raise Invalid(FieldProblem("named_function", "Choose one of the named functions."))
    if problems := _needs_problems(needs):
        raise Invalid(*problems)
    if member.perspectives[:1] != [speaks_from] and _is_counted(session, member):
        raise Invalid(FieldProblem("speaks_from", _COUNTED))
    person = session.get_one(Person, member.person_id)
    others = [key for key in dict.fromkeys(also) if key in may_hold and key != speaks_from]
    member.perspectives = [speaks_from, *others]
    chosen = "" if named_function == NONE else named_function or member.named_function
    member.named_function = chosen
    # An emptied box does not arrive, so the word “none” empties.
    given = "" if needs.lower() == NONE else needs or person.communication_needs
    person.communication_needs = given
    session.add(member)
    session.add(person)
    _note(session, access, "member changed", member, now)


_COUNTED = (
    "They have answered in a round that has closed. The perspective they speak from stays, "
    "because results are counted by it."
)


def _is_counted(session: Session, member: Member) -> bool:
    """Whether a closed round holds their ratings: a verdict counts them by perspective."""
    rated = (
        select(Rating.area_id)
        .join(ReviewArea, col(ReviewArea.id) == col(Rating.area_id))
        .where(Rating.member_id == member.id, col(ReviewArea.closed_at).is_not(None))
    )
    return session.exec(rated).first() is not None


def remove_member(
    session: Session, *, actor: Actor, review_id: int, member_id: int, now: datetime
) -> tuple[int, ...]:
    """Take someone out of the group: they stop being asked, and their answers stay.

    The areas that they led go back to the review's lead: their numbers are returned.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.CHANGE_GROUP, lock=True)
    member = member_of(session, review_id=review_id, member_id=member_id)
    if member.removed_at is not None:
        return ()
    member.removed_at = now
    session.add(member)
    session.flush()
    led = _stop_asking(session, access, member, now)
    rounds.look_again_without(session, review_id=review_id, member_id=member_id, now=now)
    _note(session, access, "member removed", member, now)
    return led


def member_of(session: Session, *, review_id: int, member_id: int) -> Member:
    """A member of a review by id. Raises NotFound for another review's."""
    member = session.get(Member, member_id) if is_id(member_id) else None
    if member is None or member.review_id != review_id:
        raise NotFound
    return member


def _stop_asking(
    session: Session, access: Access, member: Member, now: datetime
) -> tuple[int, ...]:
    deliveries.drop_waiting(
        session, review_id=access.review_id, now=now, person_ids=[member.person_id]
    )
    messages.follow(session, review_id=access.review_id, now=now, person_id=member.person_id)
    # Who is out of the group leads no areas: they go back to the review's lead.
    led = [
        area
        for area in areas_of(session, review_id=access.review_id)
        if area.lead_id == member.person_id
    ]
    for area in led:
        area.lead_id = None
        session.add(area)
    return tuple(area.number for area in led)


def _change(session: Session, actor: Actor, review_id: int, perspective_key: str) -> Access:
    access = _enter(session, actor, review_id)
    _check_perspective(perspective_key, _offered(access.review))
    return access


def _enter(session: Session, actor: Actor, review_id: int) -> Access:
    return enter(session, actor=actor, review_id=review_id, act=Act.CHANGE_GROUP, lock=True)


def _offered(review: Review) -> set[str]:
    return {each.key for each in perspectives_of(review)}


def _check_perspective(key: str, allowed: set[str]) -> None:
    if key not in allowed:
        raise Invalid(FieldProblem("perspective", "Choose one of the perspectives on the list."))


def _join(session: Session, access: Access, person: Person, key: str, now: datetime) -> None:
    row = Member(
        tenant_id=access.review.tenant_id, review_id=access.review_id,
        person_id=known(person.id), perspectives=[key], joined_at=now,
    )  # fmt: skip
    joined = insert_once(session, row)
    member = session.exec(
        select(Member).where(
            Member.review_id == access.review_id, Member.person_id == known(person.id)
        )
    ).one()
    if not joined:
        if member.removed_at is None and key in member.perspectives:
            return
        came_back = member.removed_at is not None
        if came_back:
            deliveries.ask_again(session, review_id=access.review_id, person_id=known(person.id))
        fresh = came_back and not _is_counted(session, member)
        held = [] if fresh else [each for each in member.perspectives if each != key]
        member.perspectives = [*held, key]
        member.removed_at = None
        session.add(member)
        session.flush()
    rounds.look_again_without(
        session, review_id=access.review_id, member_id=known(member.id), now=now
    )
    _note(session, access, "member added", member, now)


def _leave_perspective(
    session: Session, access: Access, person_id: int, key: str, now: datetime
) -> None:
    member = session.exec(
        select(Member).where(
            Member.review_id == access.review_id, Member.person_id == person_id,
            col(Member.removed_at).is_(None),
        )
    ).first()  # fmt: skip
    if member is None or key not in member.perspectives:
        return
    if member.perspectives == [key]:
        remove_member(
            session, actor=access.actor, review_id=access.review_id,
            member_id=known(member.id), now=now,
        )  # fmt: skip
        return
    if member.perspectives[0] == key and _is_counted(session, member):
        return
    member.perspectives = [held for held in member.perspectives if held != key]
    session.add(member)
    _note(session, access, "member changed", member, now)


def _note(session: Session, access: Access, event: str, member: Member, now: datetime) -> None:
    audit.record(
        session, event, tenant_id=access.review.tenant_id, now=now, who=access.actor.person_id,
        review_id=access.review_id, subject=f"member:{member.id}", perspectives=member.perspectives,
    )  # fmt: skip
