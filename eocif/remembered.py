"""Reminders as they stand when they are shown: what has been done meanwhile is over.

The row says of what, when and to whom; everything else is read anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from eocif import habits, owed, reviews, rounds, worksheets
from eocif.action_access import LIVE, carried
from eocif.hearers import ALL, Audience, audience
from eocif.local_edition import edition_of
from eocif.models import Person, Review, ReviewArea
from eocif.people import Actor, known
from eocif.review_clocks import followed
from eocif.rules import framework, reminding
from eocif.rules.actions import OPEN, Event
from eocif.rules.dates import london_day
from eocif.rules.phrases import listed
from eocif.rules.progress import ReviewState
from eocif.rules.reminding import NO_TEAMS, OVERDUE, Kind
from eocif.summaries import ReviewHead
from eocif.time_models import Action, ActionEvent, Meeting, Reminder
from eocif.time_summaries import Remembered

AWAY = "away"
_ANSWERED = "answered"  # begins the slot of a lead's answer to an owner
Table = TypeVar("Table", Review, ReviewArea, Action, ActionEvent, Meeting, Person)


def remembered(
    session: Session, rows: Sequence[Reminder], *, actor: Actor, now: datetime
) -> tuple[Remembered, ...]:
    """Each of someone's reminders as it stands now, in the order of the rows.

    Read in a few queries of each table, however many there are; where there are none, in none.
    """
    if not rows:
        return ()
    held = _hold(session, rows, now)
    return tuple(_made(_Row(held, row, actor.person_id)) for row in rows)


# --- what they are about ------------------------------------------------------------------


@dataclass(frozen=True)
class _Held:
    """What rows are about, by id. `open` are a review's open areas with who owes an answer."""

    today: date
    heads: Mapping[int, ReviewHead]
    reviews: Mapping[int, Review]
    areas: Mapping[int, ReviewArea]
    actions: Mapping[int, Action]
    meetings: Mapping[int, Meeting]
    open: Sequence[tuple[ReviewArea, Sequence[Person]]]
    told: Audience
    names: Mapping[int, str]
    carried: frozenset[int]
    followed: frozenset[int]
    away: frozenset[int]  # of those for whom somebody stands in
    unready: frozenset[int]  # reviews with something that stands in the way of sign-off
    answers: Mapping[int, ActionEvent]  # of leads, to owners who asked for another date


def _hold(session: Session, rows: Iterable[Reminder], now: datetime) -> _Held:
    rows = list(rows)
    found = _by_id(session, Review, {row.review_id for row in rows})
    areas = _by_id(session, ReviewArea, _numbers(rows, "area"))
    actions = _by_id(session, Action, _numbers(rows, "action"))
    asked = _asked(session, {row.review_id for row in rows if row.kind == Kind.ROUND}, now)
    owing = owed.by_area(session, areas=asked)
    told = audience(
        session, reviews=found.values(), areas=[*areas.values(), *asked],
        actions=[*actions.values()],
    )  # fmt: skip
    whose = {row.owner_id for row in actions.values()} | {row.lead_id for row in areas.values()}
    people = _by_id(session, Person, {each for each in whose if each})
    return _Held(
        london_day(now), {key: reviews.head(session, each) for key, each in found.items()}, found,
        areas, actions, _by_id(session, Meeting, _numbers(rows, "meeting")),
        [(area, owing[known(area.id)]) for area in asked], told,
        {key: person.name for key, person in people.items()},
        carried(session, list(actions)), followed(session, [*found.values()]),
        _away(session, rows, london_day(now)), _unready(session, rows, found),
        _by_id(session, ActionEvent, _answers(rows)),
    )  # fmt: skip


def _numbers(rows: Iterable[Reminder], what: str) -> set[int]:
    return {_number(row) for row in rows if row.subject.startswith(f"{what}:")}


def _number(row: Reminder) -> int:
    return int(row.subject.partition(":")[2])


def _answers(rows: Iterable[Reminder]) -> set[int]:
    """The ids of the lines of history that answers are."""
    return {_last_number(row) for row in rows if _is_answer(row)}


def _is_answer(row: Reminder) -> bool:
    return row.kind == Kind.ACTION and row.slot.startswith(_ANSWERED)


def _last_number(row: Reminder) -> int:
    return int(row.slot.rpartition(" ")[2])


def _by_id(session: Session, table: type[Table], ids: Iterable[int]) -> dict[int, Table]:
    wanted = set(ids)
    rows = session.exec(select(table).where(col(table.id).in_(wanted))) if wanted else ()
    return {known(row.id): row for row in rows}


def _asked(session: Session, review_ids: Iterable[int], now: datetime) -> list[ReviewArea]:
    rows = session.exec(
        select(ReviewArea)
        .where(col(ReviewArea.review_id).in_(review_ids), col(ReviewArea.state).in_(rounds.AFTER))
        .order_by(col(ReviewArea.number))
    )
    return [area for area in rows if rounds.takes_answers(area, now)]


def _away(session: Session, rows: Iterable[Reminder], today: date) -> frozenset[int]:
    whose = {each for row in rows if (each := row.params.get("for_person"))}
    return frozenset(habits.away(session, whose, on=today)) if whose else frozenset()


def _unready(
    session: Session, rows: Iterable[Reminder], found: Mapping[int, Review]
) -> frozenset[int]:
    asked = {row.review_id for row in rows if row.kind == Kind.SIGN_OFF}
    return frozenset(each for each in asked if worksheets.standing(session, found[each]))


# --- one of them --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """A reminder with what it is about, for its reader."""

    held: _Held
    row: Reminder
    me: int

    @property
    def review(self) -> Review:
        return self.held.reviews[self.row.review_id]

    @property
    def is_lead(self) -> bool:
        return self.review.lead_id == self.me

    @property
    def stands_in_for(self) -> int | None:
        """Who is away, where that is why the reader hears of it."""
        return None if "why_me" in self.row.params else self.row.params.get("for_person")

    def made(self, due_on: date | None, *, is_over: bool) -> Remembered:
        return Remembered(
            Kind(self.row.kind), self.row.subject, self.held.heads[self.row.review_id], due_on,
            is_over, is_today=due_on == self.held.today,
        )  # fmt: skip


def _made(at: _Row) -> Remembered:
    """How it stands; who stood in for someone has nothing to do once they are back."""
    found = _MADE[Kind(at.row.kind)](at)
    is_back = at.stands_in_for is not None and at.stands_in_for not in at.held.away
    return replace(found, is_over=True) if is_back else found


def _round(at: _Row) -> Remembered:
    """What closes on the reminder's day: the reader's own answers, and those they record."""
    closing = [
        (area, people)
        for area, people in at.held.open
        if area.review_id == at.review.id and rounds.closes_on(area) == at.row.due_on
    ]
    own = [area for area, people in closing if any(each.id == at.me for each in people)]
    absent = {
        known(area.id): [each.name for each in people if each.entra_id is None]
        for area, people in closing
        if at.held.told.leads(area, at.review)[0] == at.me
    }
    areas = [area for area, _ in closing if area in own or absent.get(known(area.id))]
    is_over = at.review.state != ReviewState.COLLECTING or not areas
    made = replace(
        at.made(at.row.due_on, is_over=is_over),
        areas=tuple(edition_of(at.review).area(area.number) for area in areas),
    )
    if own or not areas:
        return made
    names = dict.fromkeys(name for names in absent.values() for name in names)
    return replace(made, why_me=NO_TEAMS, for_whom=listed([*names]))


def _action(at: _Row) -> Remembered:
    action = at.held.actions[_number(at.row)]
    why = _why_me(at, action)
    is_moved = not (action.deadline and reminding.is_of(at.row.slot, action.deadline))
    is_other = is_moved and not _is_answer(at.row)
    made = _of_action(at, action, is_over=why is None or is_other)
    return replace(
        made, why_me=why or "", for_whom=_owner(at, action) if why else "",
        state="" if action.accepted_at else "accept", answer=_answer(at, action),
    )  # fmt: skip


def _answer(at: _Row, action: Action) -> str:
    """What a lead said of the date that an owner asked for, while it still holds."""
    line = at.held.answers.get(_last_number(at.row)) if _is_answer(at.row) else None
    if line is None:
        return ""
    if line.kind == Event.DATE_REFUSED:
        return "kept"
    is_as_agreed = action.deadline and line.detail.get("to") == action.deadline.isoformat()
    return "agreed" if is_as_agreed else ""


def _why_me(at: _Row, action: Action) -> str | None:
    """Why the reader hears of it: "" where it is theirs, None where it does not concern them."""
    if at.me == action.owner_id and not action.refused_because:
        return ""  # also where messages did not reach them before
    is_escalated = at.row.params.get("why_me") == OVERDUE
    hearers = at.held.told.of_action(action, at.review, escalates=ALL if is_escalated else 0)
    why = {each.person_id: each.why for each in hearers}
    if at.stands_in_for is not None:
        return AWAY if why.get(at.stands_in_for) == "" else None
    return why.get(at.me)


def _action_new(at: _Row) -> Remembered:
    """To who is asked to own it; or to a lead, who asks someone without Teams."""
    action = at.held.actions[_number(at.row)]
    why = _why_me(at, action)
    waits = why in ("", NO_TEAMS) and not (action.accepted_at or action.refused_because)
    made = replace(_of_action(at, action, is_over=not waits), state="accept")
    return replace(made, why_me=NO_TEAMS, for_whom=_owner(at, action)) if why else made


def _action_said(at: _Row) -> Remembered:
    """An owner's “not mine”, or another date they ask for: to whoever leads the area now."""
    action = at.held.actions[_number(at.row)]
    area = at.held.told.areas.get((action.review_id, action.area))
    leads = {(area.lead_id if area else None) or at.review.lead_id, at.review.lead_id}
    waits = at.me in leads and bool(action.refused_because or action.wanted_on)
    state = "refused" if action.refused_because else "date"
    made = _of_action(at, action, is_over=not waits)
    return replace(made, state=state, for_whom=_owner(at, action))


def _of_action(at: _Row, action: Action, *, is_over: bool) -> Remembered:
    is_live = action.status in OPEN and at.review.state in LIVE and action.id not in at.held.carried
    made = at.made(action.deadline, is_over=is_over or not is_live)
    late = reminding.days_overdue(action.deadline, at.held.today) if action.deadline else 0
    return replace(
        made, area=edition_of(at.review).area(action.area), action_id=known(action.id),
        title=action.title, days_overdue=0 if made.is_over else late,
    )  # fmt: skip


def _owner(at: _Row, action: Action) -> str:
    return at.held.names.get(action.owner_id or 0, "")


def _draft(at: _Row) -> Remembered:
    area = at.held.areas[_number(at.row)]
    due_on, lead = rounds.draft_due_on(area), area.lead_id or at.review.lead_id
    is_mine = at.me in (lead, at.review.lead_id)
    is_other = due_on != at.row.due_on or at.stands_in_for not in (None, lead)
    is_over = at.review.state != ReviewState.COLLECTING or is_other or not is_mine
    made = at.made(due_on or at.row.due_on, is_over=is_over)
    late = 0 if is_over else reminding.days_overdue(at.row.due_on, at.held.today)
    made = replace(
        made, area=edition_of(at.review).area(area.number), state=area.state, days_overdue=late
    )
    if lead == at.me:
        return made
    why = AWAY if at.stands_in_for else at.row.params.get("why_me", "")
    return replace(made, for_whom=at.held.names.get(lead, ""), why_me=why)


def _sign_off(at: _Row) -> Remembered:
    waits = at.review.state == ReviewState.COLLECTING and at.review.id not in at.held.unready
    return at.made(None, is_over=not (waits and at.is_lead))


def _papers(at: _Row) -> Remembered:
    meeting = at.held.meetings[_number(at.row)]
    closes = reminding.papers_close(meeting.meets_on, meeting.papers_days)
    is_other = meeting.removed_at is not None or closes != at.row.due_on
    is_past = at.review.state not in LIVE or meeting.meets_on < at.held.today
    is_over = is_other or is_past or not at.is_lead
    return replace(at.made(closes, is_over=is_over), title=meeting.name)


def _reassess(at: _Row) -> Remembered:
    review = at.review
    waits = review.state == ReviewState.SIGNED_OFF and review.id not in at.held.followed
    is_over = not waits or review.reassess_on != at.row.due_on or not at.is_lead
    return _in_months(at, review.reassess_on or at.row.due_on, is_over)


def _edition(at: _Row) -> Remembered:
    day = framework.edition(at.review.edition).national_review_due
    is_over = at.review.state not in LIVE or day != at.row.due_on or not at.is_lead
    return _in_months(at, day, is_over)


def _in_months(at: _Row, day: date, is_over: bool) -> Remembered:
    left = reminding.months_until(day, at.held.today)
    return replace(at.made(day, is_over=is_over), months=left)


_MADE: Mapping[Kind, Callable[[_Row], Remembered]] = {
    Kind.ROUND: _round, Kind.ACTION: _action, Kind.ACTION_NEW: _action_new,
    Kind.ACTION_SAID: _action_said, Kind.DRAFT: _draft, Kind.SIGN_OFF: _sign_off,
    Kind.PAPERS: _papers, Kind.REASSESS: _reassess, Kind.EDITION: _edition,
}  # fmt: skip
