"""The day's message: what each person is to remember today, in one message.

Reminders wait until the working day on which their person wants to hear of them. They go along with
the message that their person gets today anyway, if it has not gone yet, or in one of their own.
Whoever has had today's message hears tomorrow: a deadline's day is no reason for a second one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlmodel import Session, col, select

from eocif import deliveries, habits, messages, people, prompts, standing_in, taking
from eocif.access import areas_of
from eocif.models import Delivery, DeliveryState, Review
from eocif.people import Actor, known
from eocif.remembered import remembered
from eocif.rules.dates import day_in_words, in_working_hours, london_day, opens_at
from eocif.rules.habits import DEFAULT, Wish, is_away, next_sending_time, when
from eocif.rules.reminding import Kind
from eocif.summaries import Place
from eocif.time_models import Reminder
from eocif.time_summaries import Remembered, RemindersCard

MOST_SHOWN = 200  # on one card
_FIRST_THING, _A_MINUTE = timedelta(minutes=15), timedelta(minutes=1)
NOT_OWED = "nothing is owed any more"
_HAD_TODAYS = "today's message had gone already"
_NEWER = "a later one says the same"
_NOT_LISTED: frozenset[str] = frozenset()  # a reminder is for its person, not for all named leads
_URGENCY = tuple(Kind)

_Unfinished = Callable[[int], dict[int, list[int]]]


def whom(session: Session, *, now: datetime) -> list[int]:
    """Who hears of something now, had they no message today; the rest learns why it waits."""
    if not in_working_hours(now):
        return []
    standing_in.pass_on(session, now=now)
    ready = _ready(session, _waiting(session), now)
    for person_id in deliveries.gone_today(session, person_ids=list(ready), now=now):
        taking.wait_because(ready.pop(person_id), _HAD_TODAYS)
    return sorted(ready)


def gather(session: Session, *, person_ids: Collection[int], now: datetime) -> int:
    """Bring what is due to these people; how many reminders were settled.

    A few people at once, so that presses do not wait for long.
    """
    ready = _ready(session, _waiting(session, person_ids), now)
    unfinished = cache(partial(_unfinished, session, now))  # once for a review, whoever hears of it
    return sum(_for_one(session, each, ready[each], unfinished, now) for each in sorted(ready))


def gather_all(session: Session, *, now: datetime) -> int:
    """The same for everyone who hears of something now."""
    return gather(session, person_ids=whom(session, now=now), now=now)


def take_along(session: Session, delivery: Delivery, *, now: datetime) -> None:
    """A message is about to go: whatever its person is to hear today goes along."""
    person_id = known(delivery.person_id)
    waiting = _waiting(session, [person_id], lock=True)
    rows = _ready(session, waiting, now).get(person_id, [])
    if rows:
        taking.take(session, rows, by=delivery, now=now)


def still_owed(
    session: Session, delivery: Delivery, *, actor: Actor, now: datetime
) -> tuple[Remembered, ...]:
    """What a message carries along that is owed still; the rest is dropped, and it lists the rest.

    The most urgent first.
    """
    pairs = _owed(session, taking.carried(session, delivery), actor, now)
    taking.list_on(session, delivery)
    return _in_order(item for _, item in pairs)


def card(session: Session, *, actor: Actor, ids: Sequence[int], now: datetime) -> RemindersCard:
    """Someone's reminders as they stand now, done ones too. Ids that are not theirs are ignored."""
    rows = session.exec(
        select(Reminder)
        .where(col(Reminder.id).in_(ids), Reminder.person_id == actor.person_id)
        .order_by(col(Reminder.id))
        .limit(MOST_SHOWN)
    ).all()
    items = remembered(session, rows, actor=actor, now=now)
    return RemindersCard(actor.first_name, _in_order(items), tuple(known(row.id) for row in rows))


def gone_along(session: Session, *, actor: Actor, place: Place) -> tuple[int, ...]:
    """The ids of the reminders that went along with someone's weekly message."""
    latest = session.exec(
        select(Delivery)
        .where(
            Delivery.person_id == actor.person_id, Delivery.review_id == place.review_id,
            col(Delivery.kind).in_(deliveries.UNASKED), Delivery.state == DeliveryState.SENT,
        )
        .order_by(col(Delivery.id).desc())
    ).first()  # fmt: skip
    if latest is None or tuple(latest.params["areas"]) != place.areas:
        return ()
    return tuple(latest.params.get("also", ()))


def _in_order(items: Iterable[Remembered]) -> tuple[Remembered, ...]:
    def urgency(item: Remembered) -> tuple[bool, int, date]:
        return item.is_over, _URGENCY.index(item.kind), item.due_on or date.max

    return tuple(sorted(items, key=urgency))


# --- who hears of what today ----------------------------------------------------------


def _waiting(
    session: Session, person_ids: Collection[int] | None = None, *, lock: bool = False
) -> list[Reminder]:
    wanted = select(Reminder).where(Reminder.state == taking.WAITING)
    if person_ids is not None:
        wanted = wanted.where(col(Reminder.person_id).in_(person_ids))
    rows = wanted.with_for_update() if lock else wanted
    return list(session.exec(rows.order_by(col(Reminder.id))))


def _ready(
    session: Session, waiting: Sequence[Reminder], now: datetime
) -> dict[int, list[Reminder]]:
    """By person, what they want to hear of today; the rest learns why it waits."""
    who = {row.person_id for row in waiting}
    wishes, snoozed = habits.wishes_of(session, who), habits.snoozed(session, who)
    ready: dict[int, list[Reminder]] = defaultdict(list)
    for row in waiting:
        until = snoozed.get((row.person_id, row.subject))
        if why := _why_not(row, wishes.get(row.person_id, DEFAULT), until, now):
            taking.wait_because([row], why)
        else:
            ready[row.person_id].append(row)
    return dict(ready)


def _why_not(row: Reminder, wish: Wish, until: date | None, now: datetime) -> str:
    """Why a reminder does not go today, in words; empty where it may."""
    today = london_day(now)
    if is_away(wish, today):
        return "they are away"
    if london_day(next_sending_time(wish, now, is_deadline=row.is_deadline)) > today:
        return "their hours are over for today"
    if when(wish, today=today, is_deadline=row.is_deadline, snoozed_until=until) <= today:
        return ""
    if until is not None and until > today:
        return f"they asked not to hear of it before {day_in_words(until)}"
    return "they want one message a week"


# --- one person's message ---------------------------------------------------------------


def _for_one(
    session: Session, person_id: int, rows: Sequence[Reminder], unfinished: _Unfinished,
    now: datetime,
) -> int:  # fmt: skip
    """Settle one person's reminders of today; another replica may have done so meanwhile."""
    ids = [row.id for row in rows]
    rows = [row for row in _waiting(session, [person_id], lock=True) if row.id in ids]
    today = deliveries.still_to_go(session, person_id=person_id, now=now)
    if today is None and deliveries.gone_today(session, person_ids=[person_id], now=now):
        return 0
    if today is not None:
        return taking.take(session, rows, by=today, now=now)
    return _in_its_own(session, person_id, rows, unfinished, now)


def _in_its_own(
    session: Session, person_id: int, rows: Sequence[Reminder], unfinished: _Unfinished,
    now: datetime,
) -> int:  # fmt: skip
    actor = people.actor_of(session, person_id=person_id, leads=_NOT_LISTED)
    pairs = _owed(session, rows, actor, now)
    if not pairs:
        return len(rows)
    review = _closing_first([item for _, item in pairs])
    params: dict[str, Any] = {"card": "reminders"}
    if review is not None:
        params = {"review": review, "areas": unfinished(review).get(person_id, [])}
    deliveries.to_person(
        session, kind="reminder", person_id=person_id, tenant_id=actor.tenant_id, subject="day",
        slot=f"day:{london_day(now)}", review_id=review, now=now,
        is_deadline=any(row.is_deadline for row, _ in pairs), **params,
    )  # fmt: skip
    queued = deliveries.still_to_go(session, person_id=person_id, now=now)
    if queued is None:
        return len(rows) - len(pairs)
    taking.take(session, [row for row, _ in pairs], by=queued, now=now)
    if review is not None:
        messages.point_to_newer(
            session, review_id=review, person_id=person_id, now=now,
            due=_once_it_went(queued, now),
        )  # fmt: skip
    return len(rows)


def _once_it_went(queued: Delivery, now: datetime) -> datetime:
    """When the message before becomes a pointer: first thing, or on the next working morning.

    In between, someone may be typing on it.
    """
    goes_first_thing = queued.next_at <= now < opens_at(london_day(now)) + _FIRST_THING
    return now + _A_MINUTE if goes_first_thing else messages.next_morning(queued.next_at)


def _owed(
    session: Session, rows: Sequence[Reminder], actor: Actor, now: datetime
) -> list[tuple[Reminder, Remembered]]:
    """What is owed still, with how it stands; what is over is dropped.

    Of several dates of one thing that is owed only the latest, which says it all.
    """
    newest: dict[tuple[str, str, str], tuple[Reminder, Remembered]] = {}
    for row, item in zip(rows, remembered(session, rows, actor=actor, now=now), strict=True):
        if item.is_over:
            taking.drop([row], why=NOT_OWED, now=now)
            continue
        if older := newest.get(thing := _thing(row)):
            taking.drop([older[0]], why=_NEWER, now=now)
        newest[thing] = row, item
    return list(newest.values())


def _thing(row: Reminder) -> tuple[str, str, str]:
    """What a reminder is about: of rounds that close on different days, each is one."""
    kind = Kind.ACTION if row.kind == Kind.ACTION_NEW else row.kind
    return kind, row.subject, str(row.due_on) if kind == Kind.ROUND else ""


def _closing_first(items: Iterable[Remembered]) -> int | None:
    """The review whose round closes first: its areas are what the message shows."""
    rounds = [item for item in items if item.kind is Kind.ROUND]
    return min(rounds, key=lambda item: item.due_on or date.max).head.id if rounds else None


def _unfinished(session: Session, now: datetime, review_id: int) -> dict[int, list[int]]:
    """By person, all that they owe in a review: the message takes over from the one before."""
    review = session.get_one(Review, review_id)
    areas = prompts.to_ask_about(areas_of(session, review_id=review_id), now)
    return prompts.owed_by_person(session, review=review, areas=areas)
