"""The remind button: those who have not answered, and who records for people without Teams."""

from datetime import datetime, timedelta
from enum import Enum, auto

from sqlmodel import Session

from eocif import audit, deliveries, habits, messages, prompts, rounds
from eocif.access import Access, areas_of, enter
from eocif.models import Person
from eocif.oversight import visible, who_owes
from eocif.people import Actor, known
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.due import may_be_reminded
from eocif.rules.habits import Wish, is_away, next_free_time
from eocif.summaries import Reminded

# A reminder for the next morning lets that morning's own message, which says more, go first.
_AFTER_THE_TICK = timedelta(minutes=5)
_PRESSED_AGAIN = timedelta(minutes=1)  # a double tap, or Teams sending the same press once more


def remind(session: Session, *, actor: Actor, review_id: int, now: datetime) -> Reminded:
    """Remind those who have not answered: once in two working days, in working hours.

    A reminder lists all that its person owes in the review, not only the presser's areas. Someone
    who already gets something that day gets theirs on the next working morning, and who wants to
    hear once a week on their day of it. Who is away is not reminded.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.REMIND, lock=True)
    people = _to_remind(session, access, now)
    ids = [known(person.id) for person in people]
    nudged = deliveries.last_nudge(session, person_ids=ids)
    busy = deliveries.unasked_days(session, person_ids=ids, now=now)
    wishes = habits.wishes_of(session, ids)
    areas = [
        area for area in areas_of(session, review_id=review_id) if rounds.takes_answers(area, now)
    ]
    owed = prompts.owed_by_person(session, review=access.review, areas=areas)
    done: dict[_Group, list[Person]] = {group: [] for group in _Group}
    for person in people:
        person_id = known(person.id)
        wish, last = wishes[person_id], nudged.get(person_id)
        group = _why_not(person, wish, last, now)
        if group is None:
            due = next_free_time(wish, now, busy=busy.get(person_id, ()))
            _nudge(session, access, person_id, owed.get(person_id, []), now, due)
            waits = wish.is_weekly and london_day(due) > london_day(now)
            group = _Group.WEEKLY if waits else _Group.REMINDED
        done[group].append(person)
    names = {group: tuple(each.name for each in found) for group, found in done.items()}
    audit.record(
        session, "reminded", tenant_id=actor.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, people=len(names[_Group.REMINDED] + names[_Group.WEEKLY]),
    )  # fmt: skip
    away = [(each.name, wishes[known(each.id)].away_until) for each in done[_Group.AWAY]]
    return Reminded(
        names[_Group.REMINDED], names[_Group.TOO_RECENT], names[_Group.CANNOT],
        names[_Group.WEEKLY], tuple((name, until) for name, until in away if until is not None),
    )  # fmt: skip


class _Group(Enum):
    """What becomes of someone's reminder."""

    REMINDED = auto()
    TOO_RECENT = auto()
    CANNOT = auto()
    WEEKLY = auto()
    AWAY = auto()


def _why_not(person: Person, wish: Wish, last: datetime | None, now: datetime) -> _Group | None:
    """Why someone gets no reminder from this press, or nothing where they get one.

    `last` is when they had one, or will have.
    """
    if person.unreachable:
        return _Group.CANNOT
    if is_away(wish, london_day(now)):
        return _Group.AWAY
    if may_be_reminded(now, last):
        return None
    if wish.is_weekly and last is not None and last > now:
        return _Group.WEEKLY
    is_same_press = last is not None and last > now - _PRESSED_AGAIN
    return _Group.REMINDED if is_same_press else _Group.TOO_RECENT


def _to_remind(session: Session, access: Access, now: datetime) -> list[Person]:
    """Who owes answers, and for people without Teams who records them; never who presses."""
    open_areas = visible(access, areas_of(session, review_id=access.review_id), now)
    found: dict[int, Person] = {}
    for each in who_owes(session, access, open_areas):
        asked = (each.person,) if each.person.entra_id is not None else each.led_by
        found |= {known(person.id): person for person in asked}
    found.pop(access.actor.person_id, None)
    return sorted(found.values(), key=lambda person: person.name)


def _nudge(
    session: Session, access: Access, person_id: int, owed: list[int], now: datetime,
    due: datetime,
) -> None:  # fmt: skip
    if due > now:
        due += _AFTER_THE_TICK
    deliveries.to_person(
        session, kind="nudge", person_id=person_id, tenant_id=access.review.tenant_id,
        subject=f"review:{access.review_id}", slot=f"day:{london_day(now)}", now=now, due=due,
        review_id=access.review_id, areas=owed, review=access.review_id,
    )  # fmt: skip
    # Someone may be typing on an older message: it follows on the morning after.
    messages.point_to_newer(
        session, review_id=access.review_id, person_id=person_id, now=now,
        due=messages.next_morning(due),
    )  # fmt: skip
