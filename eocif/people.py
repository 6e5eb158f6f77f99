"""Who is known: people as activities and rosters name them, and the teams the app is in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from eocif import audit, deliveries
from eocif.models import Person, Team, TeamMember
from eocif.rules.text import one_line

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Seen:
    """A person as a checked activity names them. `conversation_id` is set in a personal chat."""

    tenant_id: str
    entra_id: str
    teams_id: str
    name: str
    service_url: str
    conversation_id: str = ""


@dataclass(frozen=True)
class Actor:
    """Who is asking. `is_listed` is whether the installation names them as a lead of reviews."""

    tenant_id: str
    person_id: int
    name: str
    teams_id: str
    may_start: bool
    is_listed: bool
    leads_are_shared: bool = False

    @property
    def first_name(self) -> str:
        """How a card greets them."""
        return self.name.split(" ")[0]


@dataclass(frozen=True)
class RosterPerson:
    """A person as a team's roster names them."""

    entra_id: str
    teams_id: str
    name: str
    is_guest: bool


def recognise(session: Session, *, seen: Seen, leads: frozenset[str], now: datetime) -> Actor:
    """The person behind an activity, with their addresses brought up to date.

    Someone who writes to us can be reached again: what did not arrive this week is tried again.
    Where `leads` names nobody, anyone who is not a guest may start a review; who is not in a
    roster yet counts as a guest.
    """
    person = _person(session, seen.tenant_id, seen.entra_id)
    was_unreachable = bool(person.unreachable)
    person.teams_id, person.name = seen.teams_id, one_line(seen.name, _LONGEST_NAME) or person.name
    if seen.conversation_id:
        person.conversation_id, person.service_url = seen.conversation_id, seen.service_url
        person.unreachable = ""
    session.add(person)
    session.flush()
    if was_unreachable and not person.unreachable:
        deliveries.try_again(session, person_id=known(person.id), now=now)
    return _actor(person, leads)


def actor_of(session: Session, *, person_id: int, leads: frozenset[str]) -> Actor:
    """A known person as the one for whom a card is made."""
    return _actor(session.get_one(Person, person_id), leads)


def _actor(person: Person, leads: frozenset[str]) -> Actor:
    listed = person.entra_id in leads
    return Actor(
        tenant_id=person.tenant_id, person_id=known(person.id), name=person.name,
        teams_id=person.teams_id, is_listed=listed,
        may_start=not person.is_guest and (listed or not leads), leads_are_shared=len(leads) > 1,
    )  # fmt: skip


def welcome(session: Session, *, actor: Actor, slot: str, now: datetime) -> None:
    """The app was installed for a person: greet them once for each installation."""
    audit.record(session, "installed", tenant_id=actor.tenant_id, now=now, who=actor.person_id)
    deliveries.to_person(
        session, kind="welcome", person_id=actor.person_id, tenant_id=actor.tenant_id,
        subject="installation", slot=slot, now=now, card="welcome",
    )  # fmt: skip


def goodbye(session: Session, *, actor: Actor, now: datetime) -> None:
    """The app was removed by a person: stop writing until they act."""
    person = session.get_one(Person, actor.person_id)
    person.unreachable = "They removed the app from their Teams."
    session.add(person)
    audit.record(session, "uninstalled", tenant_id=actor.tenant_id, now=now, who=actor.person_id)


def team_installed(
    session: Session, *, tenant_id: str, conversation_id: str, name: str, service_url: str,
    slot: str, now: datetime,
) -> None:  # fmt: skip
    """The app was added to a team, or its members changed: remember it and read its roster."""
    team = _team(session, tenant_id, conversation_id) or Team(
        tenant_id=tenant_id, conversation_id=conversation_id
    )
    team.name, team.service_url, team.removed_at = (
        one_line(name, _LONGEST_NAME) or team.name,
        service_url,
        None,
    )
    session.add(team)
    session.flush()
    audit.record(
        session, "roster asked for", tenant_id=tenant_id, now=now, subject=f"team:{team.id}"
    )
    deliveries.roster_of(session, team=team, slot=slot, now=now)


def team_removed(session: Session, *, tenant_id: str, conversation_id: str, now: datetime) -> None:
    """The app was removed from a team. People keep their reviews and personal chats."""
    team = _team(session, tenant_id, conversation_id)
    if team is None:
        return
    team.removed_at = now
    session.add(team)
    session.exec(delete(TeamMember).where(col(TeamMember.team_id) == team.id))
    audit.record(
        session, "removed from team", tenant_id=tenant_id, now=now, subject=f"team:{team.id}"
    )


def store_roster(session: Session, *, team_id: int, people: Iterable[RosterPerson]) -> None:
    """Keep a whole roster: who is in the team now, their addresses, and who is a guest.

    Of a team that the app has left meanwhile nothing is kept.
    """
    team = session.get_one(Team, team_id)
    if team.removed_at is not None:
        return
    session.exec(delete(TeamMember).where(col(TeamMember.team_id) == team_id))
    for entry in {entry.entra_id: entry for entry in people if entry.entra_id}.values():
        person = _person(session, team.tenant_id, entry.entra_id)
        person.name = one_line(entry.name, _LONGEST_NAME)
        person.teams_id = entry.teams_id
        person.is_guest = entry.is_guest
        person.service_url = person.service_url or team.service_url
        session.add(person)
        session.flush()
        session.add(
            TeamMember(team_id=team_id, person_id=known(person.id), tenant_id=team.tenant_id)
        )


def team_people(session: Session, *, tenant_id: str) -> list[Person]:
    """Everyone in the rosters of the tenant's teams, by name."""
    inside = select(TeamMember.person_id).where(TeamMember.tenant_id == tenant_id)
    return list(
        session.exec(select(Person).where(col(Person.id).in_(inside)).order_by(col(Person.name)))
    )


def known(row_id: int | None) -> int:
    """A flushed row's id."""
    if row_id is None:
        raise ValueError("the row has not been flushed")
    return row_id


def _person(session: Session, tenant_id: str, entra_id: str) -> Person:
    wanted = select(Person).where(Person.tenant_id == tenant_id, Person.entra_id == entra_id)
    return session.exec(wanted).first() or Person(tenant_id=tenant_id, entra_id=entra_id)


def _team(session: Session, tenant_id: str, conversation_id: str) -> Team | None:
    return session.exec(
        select(Team).where(Team.tenant_id == tenant_id, Team.conversation_id == conversation_id)
    ).first()
