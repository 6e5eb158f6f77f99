"""When something is due to be remembered (PURE). Days are London days.

Each thing has *slots*: days on which its people hear of it, named so that a database can refuse
the same one twice. A slot that falls on no working day comes before it. Only the latest slot that
has come is ever due: after an outage one reminder is sent, not three.
Numbers are those of the software's own timetable (README, “What time does”).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from eocif.rules.working_days import (
    on_or_before,
    working_days_after,
    working_days_before,
    working_days_between,
)

ACTION_BEFORE = (10, 2)  # working days
OVERDUE_EVERY = 5  # working days, without end
# Working days overdue, and how many of the leads (the area's, then the review's) hear of it then.
# Once only: their digests go on saying it every week.
ACTION_ESCALATES = {10: 1, 15: 2}
LEAD_WORK_ESCALATES = {10: 2}
ROUND_BEFORE = 2
PAPERS_BEFORE = 5
REASSESS_MONTHS = (12, 6, 3, 1)
EDITION_MONTHS = (6, 3)
SIGN_OFF_EVERY = 10
_HALF_A_MONTH = timedelta(days=15)


class Kind(StrEnum):
    """What a reminder is about; the most urgent first where several share one message."""

    ROUND = "round"  # answers are missing, and the round's end comes
    ACTION = "action"  # to its owner, or whoever hears of it instead
    ACTION_NEW = "action_new"  # someone is asked to own it
    ACTION_SAID = "action_said"  # to the lead: “not mine”, or another date is asked for
    DRAFT = "draft"  # an area waits for its lead, to draft it or to conclude it
    SIGN_OFF = "sign_off"
    PAPERS = "papers"  # a forum's papers close soon
    REASSESS = "reassess"
    EDITION = "edition"  # the framework's own review


NO_TEAMS, UNREACHABLE, UNOWNED, OVERDUE = "no_teams", "unreachable", "unowned", "overdue"
"""Why somebody hears of what is not theirs."""


@dataclass(frozen=True)
class Slot:
    """A day to remember something. `escalates`: 1 also to the area's lead, 2 to the review's."""

    on: date
    name: str
    is_deadline: bool = False
    escalates: int = 0


# --- which slot is due --------------------------------------------------------------------


def latest(slots: Iterable[Slot], *, since: date, today: date) -> Slot | None:
    """The slot that is due today, if one has come since the thing became what it is.

    Days up to `since` have passed before anyone could be told; the deadline itself never has.
    """
    come = [each for each in slots if each.on <= today and (each.on > since or each.is_deadline)]
    return max(come, key=_last, default=None)


def come_from(slots: Iterable[Slot], *, first: date, today: date) -> Slot | None:
    """The same where nothing says since when: `first` is the first day not looked at yet."""
    return max((each for each in slots if first <= each.on <= today), key=_last, default=None)


def is_of(slot: str, deadline: date) -> bool:
    """Whether a slot, by its name, belongs to this deadline, or to one that was moved since."""
    return slot.startswith(f"{deadline} ")


def _last(slot: Slot) -> tuple[date, bool]:
    return slot.on, slot.is_deadline


def following(slots: Iterable[Slot], *, today: date) -> date | None:
    """The next day on which a slot comes; None when there is none left."""
    return min((each.on for each in slots if each.on > today), default=None)


# --- the slots of each thing --------------------------------------------------------------


def of_action(deadline: date, *, today: date) -> tuple[Slot, ...]:
    """10 and 2 working days before, on the day, then every 5 working days while it is overdue.

    As far ahead as the next one after `today`. At 10 working days overdue also to the area's lead,
    at 15 to the review's lead.
    """
    before = [Slot(working_days_before(deadline, n), f"{deadline} before {n}")
              for n in ACTION_BEFORE]  # fmt: skip
    day = on_or_before(deadline)
    on_the_day = Slot(day, f"{deadline} on the day", is_deadline=True)
    return (*before, on_the_day, *_overdue(deadline, ACTION_ESCALATES, today))


def _overdue(day: date, escalates: Mapping[int, int], today: date) -> Iterator[Slot]:
    late, n = day, 0
    while late <= today or not n:
        late, n = working_days_after(late, OVERDUE_EVERY), n + OVERDUE_EVERY
        yield Slot(late, f"{day} overdue {n}", escalates=escalates.get(n, 0))


def of_round(opens_on: date, closes_on: date) -> tuple[Slot, ...]:
    """At half time, 2 working days before, and on the closing morning.

    In a short round only those after its first day, when everyone is asked anyway.
    """
    half = working_days_after(opens_on, working_days_between(opens_on, closes_on) // 2)
    before = (
        Slot(half, f"{closes_on} half time"),
        Slot(working_days_before(closes_on, ROUND_BEFORE), f"{closes_on} before {ROUND_BEFORE}"),
    )
    day = Slot(on_or_before(closes_on), f"{closes_on} on the day", is_deadline=True)
    return (*(each for each in before if each.on > opens_on), day)


def of_lead_work(due_on: date, *, today: date) -> tuple[Slot, ...]:
    """A draft or a conclusion: on the day, then every 5 working days; at 10 also to the lead."""
    on_the_day = Slot(on_or_before(due_on), f"{due_on} on the day", is_deadline=True)
    return (on_the_day, *_overdue(due_on, LEAD_WORK_ESCALATES, today))


def of_sign_off(ready_on: date, *, today: date) -> tuple[Slot, ...]:
    """The working day after the last area ended, then every 10 working days."""
    slots: list[Slot] = []
    day = working_days_after(ready_on, 1)
    while not slots or day <= today:
        slots.append(Slot(day, f"{ready_on} ready {day}"))
        day = working_days_after(day, SIGN_OFF_EVERY)
    return (*slots, Slot(day, f"{ready_on} ready {day}"))


def papers_close(meets_on: date, papers_days: int) -> date:
    """The day on which a forum's papers close."""
    return working_days_before(meets_on, papers_days)


def of_papers(meets_on: date, papers_days: int) -> tuple[Slot, ...]:
    """5 working days before papers close, and on the day they do."""
    closes = papers_close(meets_on, papers_days)
    return (
        Slot(working_days_before(closes, PAPERS_BEFORE), f"{closes} before {PAPERS_BEFORE}"),
        Slot(closes, f"{closes} on the day", is_deadline=True),
    )


def of_reassessment(day: date) -> tuple[Slot, ...]:
    """12, 6, 3 and 1 months before, and on the day."""
    return _months_before(day, REASSESS_MONTHS)


def of_edition(day: date) -> tuple[Slot, ...]:
    """6 and 3 months before the framework's own review, and on the day."""
    return _months_before(day, EDITION_MONTHS)


def _months_before(day: date, months: Iterable[int]) -> tuple[Slot, ...]:
    before = [
        Slot(on_or_before(day - relativedelta(months=n)), f"{day} {n} months before")
        for n in months
    ]
    return (*before, Slot(on_or_before(day), f"{day} on the day", is_deadline=True))


# --- how it stands ------------------------------------------------------------------------


def days_overdue(deadline: date, today: date) -> int:
    """How many calendar days a deadline has passed by; 0 where it has not."""
    return max((today - deadline) // timedelta(days=1), 0)


def months_until(day: date, today: date) -> int:
    """How many months are left, to the nearest: a reminder may come some days early or late."""
    left = relativedelta(day + _HALF_A_MONTH, today)
    return max(left.years * 12 + left.months, 0)


# --- who hears of it ----------------------------------------------------------------------


@dataclass(frozen=True)
class Hearer:
    """Who hears of something, and why where it is not theirs: "" or one of the words above."""

    person_id: int
    why: str = ""


def hearers(
    owner: int | None, *, cannot: str = "", leads: Sequence[int], escalates: int = 0
) -> tuple[Hearer, ...]:
    """Who hears of a slot, nobody twice: its owner, or an area's lead in their place.

    `cannot` says why messages do not reach the owner, in a word from above. `leads` are the area's
    and then the review's, and `escalates` says how many of them hear of it as well.
    """
    if owner is None:
        first = Hearer(leads[0], UNOWNED)
    else:
        first = Hearer(leads[0], cannot) if cannot else Hearer(owner)
    found = {first.person_id: first}
    for lead in leads[:escalates]:
        found.setdefault(lead, Hearer(lead, OVERDUE))
    return tuple(found.values())
