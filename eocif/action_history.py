"""An action's history in words, newest first; of a copied one also what came before."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select

from eocif.action_summaries import HistoryLine
from eocif.models import Person, Review
from eocif.people import known
from eocif.rules.actions import LABELS, Event
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.phrases import listed
from eocif.time_models import Action, ActionEvent

_NOBODY, _NO_DAY = "nobody", "no date"
Names = Mapping[int, str]


def history(session: Session, row: Action) -> tuple[HistoryLine, ...]:
    """What happened to an action, in all the reviews that it has gone through."""
    chain = _chain(session, row)
    events = session.exec(
        select(ActionEvent)
        .where(col(ActionEvent.action_id).in_([known(each.id) for each in chain]))
        .order_by(col(ActionEvent.id).desc())
    ).all()
    names = _names(session, events)
    origins = {known(each.id): _title(session, each) for each in chain}
    return tuple(_line(event, names, origins) for event in events)


def _chain(session: Session, row: Action) -> list[Action]:
    found = [row]
    while (before := found[-1].copied_from) is not None:
        found.append(session.get_one(Action, before))
    return found


def _title(session: Session, row: Action) -> str:
    return session.get_one(Review, row.review_id).title


def _names(session: Session, events: Sequence[ActionEvent]) -> Names:
    ids = {event.by for event in events}
    for event in events:
        if event.kind == Event.OWNER:
            ids |= {event.detail["from"], event.detail["to"]}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(ids - {None})))
    return {known(person_id): name for person_id, name in rows}


def _line(event: ActionEvent, names: Names, origins: Mapping[int, str]) -> HistoryLine:
    before, after = _moved(event, names, origins)
    return HistoryLine(
        on=london_day(event.at), by=names.get(event.by or 0, ""), kind=event.kind,
        text=event.text, link=event.link, before=before, after=after,
    )  # fmt: skip


def _moved(event: ActionEvent, names: Names, origins: Mapping[int, str]) -> tuple[str, str]:
    """What it was and what it became, in words; one alone where the other says nothing."""
    detail = event.detail
    match event.kind:
        case Event.OWNER:
            return names.get(detail["from"], _NOBODY), names.get(detail["to"], _NOBODY)
        case Event.DEADLINE:
            return _day(detail["from"]), _day(detail["to"])
        case Event.DATE_ASKED | Event.DATE_REFUSED:
            return "", _day(detail["to"])
        case Event.CHANGED:
            return "", listed([LABELS[field] for field in detail["fields"]])
        case Event.COPIED:
            return origins.get(detail["from"], ""), ""
    return "", ""


def _day(value: str | None) -> str:
    return day_in_words(date.fromisoformat(value)) if value else _NO_DAY
