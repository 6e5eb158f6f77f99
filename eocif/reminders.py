"""The remind button: those who have not answered, and who records for people without Teams."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from eocif import audit, deliveries, messages, prompts, rounds
from eocif.access import Access, areas_of, enter
from eocif.models import Person
from eocif.oversight import visible, who_owes
from eocif.people import Actor, known
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day, next_sending_time
from eocif.rules.due import may_be_reminded
from eocif.summaries import Reminded

# A reminder for the next morning lets that morning's own message, which says more, go first.
_AFTER_THE_TICK = timedelta(minutes=5)
_PRESSED_AGAIN = timedelta(minutes=1)  # a double tap, or Teams sending the same press once more


def remind(session: Session, *, actor: Actor, review_id: int, now: datetime) -> Reminded:
    """Remind those who have not answered: once in two working days, in working hours.

    A reminder lists all that its person owes in the review, not only the presser's areas. Someone
    who already gets something that day gets theirs on the next working morning.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.REMIND, lock=True)
    people = _to_remind(session, access, now)
    ids = [known(person.id) for person in people]
    nudged = deliveries.last_nudge(session, person_ids=ids)
    busy = deliveries.unasked_days(session, person_ids=ids, now=now)
    areas = [
        area for area in areas_of(session, review_id=review_id) if rounds.takes_answers(area, now)
    ]
    owed = prompts.owed_by_person(session, review=access.review, areas=areas)
    done: dict[str, list[str]] = {"reminded": [], "too_recent": [], "cannot": []}
    for person in people:
        person_id = known(person.id)
        if person.unreachable:
            done["cannot"].append(person.name)
        elif not may_be_reminded(now, last := nudged.get(person_id)):
            is_same_press = last is not None and last > now - _PRESSED_AGAIN
            done["reminded" if is_same_press else "too_recent"].append(person.name)
        else:
            _nudge(session, access, person_id, owed.get(person_id, []), now, busy)
            done["reminded"].append(person.name)
    audit.record(
        session, "reminded", tenant_id=actor.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, people=len(done["reminded"]),
    )  # fmt: skip
    return Reminded(tuple(done["reminded"]), tuple(done["too_recent"]), tuple(done["cannot"]))


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
    busy: dict[int, set[date]],
) -> None:  # fmt: skip
    due = next_sending_time(now)
    while london_day(due) in busy.get(person_id, ()):
        due = messages.next_morning(due)
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
