"""A review's actions as one version of a report shows them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from eocif.models import Person
from eocif.people import known
from eocif.report_rows import Rows
from eocif.report_summaries import ActionNote, ActionReport, MovedDeadline
from eocif.rules.actions import OPEN, SETTLED, Event, Status
from eocif.rules.dates import london_day
from eocif.rules.reminding import days_overdue
from eocif.rules.tags import PRINCIPLES, Heading, in_order
from eocif.rules.visibility import Fact
from eocif.time_models import Action, ActionEvent

_WRITTEN = (Event.NOTE, Event.EVIDENCE, Event.RESUMED)


@dataclass(frozen=True)
class _Read:
    """What is stored of a review's actions: history by action id, names by person id."""

    rows: Rows
    history: Mapping[int, Sequence[ActionEvent]]
    names: Mapping[int, str]
    today: date

    def may(self, fact: Fact) -> bool:
        return self.rows.may_always(fact)

    def name(self, person_id: int | None) -> str:
        is_shown = person_id is not None and self.may(Fact.OWNERS_NAMES)
        return self.names[person_id] if is_shown and person_id else ""


def actions(session: Session, rows: Rows, *, now: datetime) -> tuple[ActionReport, ...]:
    """Every action of the review, area by area and the soonest due first."""
    if not rows.may_always(Fact.ACTIONS):
        return ()
    found = session.exec(
        select(Action).where(Action.review_id == rows.review.id).order_by(col(Action.id))
    ).all()
    history = _history(session, found)
    read = _Read(rows, history, _names(session, found, history), london_day(now))
    numbered = ((_soonest(row), _action(read, n, row)) for n, row in enumerate(found, start=1))
    return tuple(each for _, each in sorted(numbered, key=lambda pair: pair[0]))


def principles(rows: Rows) -> tuple[Heading, ...]:
    """The National Quality Board's principles, where this version shows actions' tags."""
    return PRINCIPLES if rows.may_always(Fact.ACTION_WORDS) else ()


def _soonest(row: Action) -> tuple[int, date, int]:
    return row.area, row.deadline or date.max, known(row.id)


def _history(session: Session, found: Iterable[Action]) -> Mapping[int, Sequence[ActionEvent]]:
    """What is printed of each action's history, oldest first."""
    kinds = (*_WRITTEN, Event.DEADLINE)
    events = session.exec(
        select(ActionEvent)
        .where(
            col(ActionEvent.action_id).in_([known(row.id) for row in found]),
            col(ActionEvent.kind).in_(kinds),
        )
        .order_by(col(ActionEvent.id))
    )
    history: dict[int, list[ActionEvent]] = defaultdict(list)
    for event in events:
        history[event.action_id].append(event)
    return history


def _names(
    session: Session, found: Iterable[Action], history: Mapping[int, Iterable[ActionEvent]]
) -> Mapping[int, str]:
    wanted = {row.owner_id for row in found}
    wanted |= {event.by for events in history.values() for event in events}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted - {None})))
    return {known(person_id): name for person_id, name in rows}


# --- one action ---------------------------------------------------------------------------


def _action(read: _Read, number: int, row: Action) -> ActionReport:
    """An action with what this version shows of it."""
    due, edition = row.deadline, read.rows.edition
    shown: dict[str, Any] = _words(read, row) if read.may(Fact.ACTION_WORDS) else {}
    if read.may(Fact.DEADLINES) and due:
        late = days_overdue(due, read.today) if row.status in OPEN else 0
        shown |= {"deadline": due, "days_overdue": late}
    return ActionReport(
        number=number, section=edition.section_of(row.area), area=edition.area(row.area),
        title=row.title, status=row.status, is_carried_over=row.copied_from is not None,
        month=f"{due:%Y-%m}" if due else "", owner=read.name(row.owner_id), **shown,
    )  # fmt: skip


def _words(read: _Read, row: Action) -> dict[str, Any]:
    history = read.history.get(known(row.id), ())
    settled = row.settled_at if row.status in SETTLED else None
    return {
        "measure": row.measure, "tags": in_order(row.tags), "collects_data": row.collects_data,
        "looked_at": row.looked_at,
        "because": row.because if row.status == Status.WITHDRAWN else "",
        "changed": row.changed if row.status == Status.DONE else "",
        "settled_on": london_day(settled) if settled else None,
        "notes": tuple(_note(read, each) for each in history if each.kind in _WRITTEN),
        "moved": tuple(
            _moved(read, each)
            for each in history
            if each.kind == Event.DEADLINE and each.detail.get("from")
        ),
    }  # fmt: skip


def _note(read: _Read, event: ActionEvent) -> ActionNote:
    return ActionNote(
        london_day(event.at), read.name(event.by), event.kind, event.text, event.link
    )  # fmt: skip


def _moved(read: _Read, event: ActionEvent) -> MovedDeadline:
    after = event.detail.get("to")
    return MovedDeadline(
        london_day(event.at), read.name(event.by), date.fromisoformat(event.detail["from"]),
        date.fromisoformat(after) if after else None, event.text,
    )  # fmt: skip
