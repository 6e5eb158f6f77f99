"""What is local to a review: its own statements, lines of help, short titles, missing services.

PR1209 lets an organisation adapt the framework; its own words stay as they are. Everything here is
fixed once the review has started, so that everyone answers the same.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from eocif import reviews
from eocif.access import Access, areas_of, enter
from eocif.errors import FieldProblem, Invalid, NotFound
from eocif.local_edition import adaptation_of, edition_of
from eocif.models import Review
from eocif.people import Actor, known
from eocif.rules import adaptation, framework
from eocif.rules.adaptation import Adaptation
from eocif.rules.authorisation import Act
from eocif.rules.framework import Area, Edition
from eocif.rules.local_words import LONGEST_LINE, LONGEST_TEXT, name_problem, too_long
from eocif.rules.set_up import NONE
from eocif.rules.statements import name_of, statement
from eocif.set_up_saving import digests, merged, saved
from eocif.set_up_summaries import (
    LocalHelpStep,
    LocalLine,
    LocalStatementStep,
    LocalStep,
    NotProvidedStep,
    Service,
)
from eocif.summaries import Feedback

MOST_STATEMENTS = 20  # local ones in a review: more would be a questionnaire of its own

# --- local statements -------------------------------------------------------------------------


def add_statement(
    session: Session, *, actor: Actor, review_id: int, nonce: str, area: str, text: str,
    plain: str, now: datetime,
) -> str:  # fmt: skip
    """Add a statement to an area in scope; how people read its code. Its nonce adds it once."""
    access = _enter(session, actor, review_id)
    held = adaptation_of(access.review)
    if before := _added_with(held, nonce):
        return before
    found = [
        ("area", _area_problem(session, access, area)),
        ("text", too_long("The statement", text, LONGEST_TEXT) if text else "Type the statement."),
        ("plain", too_long("The line of help", plain, LONGEST_LINE)),
        ("", _FULL if len(held.added) >= MOST_STATEMENTS else None),
    ]
    if problems := [FieldProblem(field, sentence) for field, sentence in found if sentence]:
        raise Invalid(*problems)
    new = adaptation.with_statement(held, area=int(area), text=text, plain=plain, nonce=nonce)
    _keep(session, access, new, ["local statement"], now)
    return _added_with(new, nonce)


def _added_with(held: Adaptation, nonce: str) -> str:
    return next((name_of(each.code) for each in held.statements if each.nonce == nonce), "")


_FULL = f"A review can have {MOST_STATEMENTS} local statements. Remove one first."


def _area_problem(session: Session, access: Access, area: str) -> str | None:
    inside = {str(row.number) for row in areas_of(session, review_id=access.review_id)}
    return None if area in inside else "Choose the area that it is asked with."


def remove_statement(
    session: Session, *, actor: Actor, review_id: int, code: str, now: datetime
) -> None:
    """Take a local statement out. Taking it out again changes nothing."""
    access = _enter(session, actor, review_id)
    held = adaptation_of(access.review)
    new = adaptation.without_statement(held, code)
    _keep(session, access, new, ["local statement"] if new != held else [], now)


# --- lines of help and short titles -----------------------------------------------------------


def save_help(
    session: Session, *, actor: Actor, review_id: int, number: int, posted: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Save an area's local title and lines of help; “none” brings ours back."""
    access = _enter(session, actor, review_id)
    held, area = adaptation_of(access.review), _official(access.review, number)
    labels = _labels(area)
    posted = {field: text for field, text in posted.items() if field in labels}
    feedback, good = merged(_help_of(held, area), posted, shown, _help_problem, labels)
    values = {field: "" if text.lower() == NONE else text for field, text in good.items()}
    titles = {str(number): text for field, text in values.items() if field == "title"}
    lines = {
        field.removeprefix(_HELP): text for field, text in values.items() if field != "title"
    }  # fmt: skip
    new = replace(
        held, labels=adaptation.changed(held.labels, titles),
        help=adaptation.changed(held.help, lines),
    )  # fmt: skip
    _keep(session, access, new, good, now)
    return feedback


_HELP = "help_"


def _labels(area: Area) -> dict[str, str]:
    """Every input of an area's form by id, with what it is called."""
    lines = {f"{_HELP}{each.code}": f"Help with {each.code}" for each in area.indicators}
    return {"title": f"Short title of area {area.number}", **lines}


def _help_problem(field: str, text: str) -> str | None:
    if text.lower() == NONE:
        return None
    if field == "title":
        return name_problem("The short title", text)
    return too_long("The line of help", text, LONGEST_LINE)


def _help_of(held: Adaptation, area: Area) -> dict[str, str]:
    lines = dict(held.help)
    help_ = {f"{_HELP}{each.code}": lines.get(each.code, "") for each in area.indicators}
    return {"title": dict(held.labels).get(str(area.number), ""), **help_}


# --- services that are not provided -----------------------------------------------------------


def save_not_provided(
    session: Session, *, actor: Actor, review_id: int, service: str, reason: str,
    shown: Mapping[str, str], is_provided: bool, now: datetime,
) -> Feedback:  # fmt: skip
    """Say that a service is not provided, and why; or, with `is_provided`, that it is."""
    access = _enter(session, actor, review_id)
    held, edition = adaptation_of(access.review), _edition(access.review)
    stored = {"reason": _service(held, edition, service).reason}
    if is_provided:
        new = adaptation.without(held, edition, service, "")
        _keep(session, access, new, ["reason"] if stored["reason"] else [], now)
        return Feedback()
    if not reason and not stored["reason"]:
        raise Invalid(FieldProblem("reason", f"Say why {service} is not provided. It is printed."))
    feedback, good = merged(stored, {"reason": reason}, shown, _reason_problem, _REASON)
    if good:
        held = adaptation.without(held, edition, service, good["reason"])
    _keep(session, access, held, good, now)
    return feedback


_REASON = {"reason": "Why it is not provided"}


def _reason_problem(_field: str, text: str) -> str | None:
    return too_long("The reason", text, LONGEST_LINE)


def _service(held: Adaptation, edition: Edition, name: str) -> Service:
    """A service as the review has it. Raises NotFound where the edition names none such."""
    codes, reasons = adaptation.codes_of(edition, name), dict(held.not_applicable)
    if not codes:
        raise NotFound
    found = tuple(statement(edition.indicator(code)) for code in codes)
    return Service(
        name, adaptation.service_in_full(edition, name), found, reasons.get(codes[0], "")
    )


# --- what the cards show ----------------------------------------------------------------------


def local_step(session: Session, review: Review, now: datetime) -> LocalStep:
    """Everything local to the review so far."""
    held, edition = adaptation_of(review), _edition(review)
    areas = _in_scope(session, review)
    inside = {area.number for area in areas}
    lines = tuple(
        LocalLine(statement(adaptation.indicator(each)), each.plain, each.area, each.area in inside)
        for each in held.added
    )
    services = tuple(_service(held, edition, name) for name in adaptation.services(edition))
    return LocalStep(reviews.head(session, review), lines, services, areas)


def local_statement_step(session: Session, review: Review, now: datetime) -> LocalStatementStep:
    """A form for one more local statement."""
    head = reviews.head(session, review)
    return LocalStatementStep(head, _in_scope(session, review), secrets.token_hex(8))


def local_help_step(session: Session, review: Review, number: int) -> LocalHelpStep:
    """A form for one area's local words."""
    area = _official(review, number)
    values = _help_of(adaptation_of(review), area)
    return LocalHelpStep(reviews.head(session, review), area, values, digests(values))


def not_provided_step(session: Session, review: Review, name: str) -> NotProvidedStep:
    """A form for one service."""
    service = _service(adaptation_of(review), _edition(review), name)
    shown = digests({"reason": service.reason})
    return NotProvidedStep(reviews.head(session, review), service, shown)


def _in_scope(session: Session, review: Review) -> tuple[Area, ...]:
    edition = edition_of(review)
    rows = areas_of(session, review_id=known(review.id))
    return tuple(edition.area(row.number) for row in rows)


def _edition(review: Review) -> Edition:
    """As it is published: what does not apply here is in it."""
    return framework.edition(review.edition)


def _official(review: Review, number: int) -> Area:
    try:
        return _edition(review).area(number)
    except framework.NotInEdition as unknown:
        raise NotFound from unknown


def _enter(session: Session, actor: Actor, review_id: int) -> Access:
    return enter(session, actor=actor, review_id=review_id, act=Act.SET_UP, lock=True)


def _keep(
    session: Session, access: Access, new: Adaptation, fields: Iterable[str], now: datetime
) -> None:
    access.review.adaptation = adaptation.written(new)
    saved(session, access, fields, now)
