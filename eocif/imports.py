"""Answers that come back in an Excel form, recorded on behalf of who gave them.

All of a form is looked at before any of it is saved, and all of it is saved or nothing. Saving is
what a press on a card does: the same use cases, as the area's lead. An empty cell never erases, and
a form that comes in twice changes nothing the second time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from eocif import audit, confirmations, forms, rounds, views
from eocif.access import areas_of
from eocif.errors import EocifError, NotFound
from eocif.import_checks import AreaAnswers, by_sheet, understood
from eocif.local_edition import edition_of, statements_of
from eocif.models import Member, Person, Rating, Response, Review, ReviewArea, View
from eocif.packs import mark_of, recorder, review_of, without_teams
from eocif.people import Actor, known
from eocif.reports.filled_form import FilledForm, NotAForm, read
from eocif.review_groups import member_of
from eocif.rules.answers import Offered
from eocif.rules.phrases import many
from eocif.rules.progress import ReviewState
from eocif.summaries import Feedback, Place

NO_EVIDENCE = Offered()
_CHANGED = (
    "another answer was saved after this form was made. Empty this cell to keep that answer, or "
    "make a new form."
)


class NotImported(EocifError):
    """A form with mistakes: `problems` name each by its sheet and cell."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        are = "is" if len(problems) == 1 else "are"
        super().__init__(
            f"Nothing was imported. There {are} {many(len(problems), 'thing')} to put right. "
            + " ".join(problems)
        )


@dataclass(frozen=True)
class Imported:
    """What was recorded, and for whom. `unfinished`: areas that still need an answer."""

    review_id: int
    name: str
    areas: tuple[int, ...]
    unfinished: tuple[int, ...]


@dataclass(frozen=True)
class _Whose:
    """Whose form it is."""

    review: Review
    member: Member
    person: Person


@dataclass(frozen=True)
class _Sheet:
    """One sheet's answers, with the row of its area and who records them."""

    said: AreaAnswers
    area: ReviewArea
    actor: Actor
    place: Place


def import_answers(session: Session, *, content: bytes, now: datetime) -> Imported:
    """Record what a form says. Raises NotAForm, NotYours or NotImported; then nothing is kept."""
    form = read(content)
    whose = _whose(session, form)
    sheets = list(_sheets(session, whose, form))
    problems = [f"{name}: this sheet is missing." for name in form.lost]
    for sheet in sheets:
        problems += _closed(sheet, now) or [*sheet.said.problems, *_newer(session, sheet, form)]
    if problems:
        raise NotImported(problems)
    unfinished = [sheet.area.number for sheet in sheets if not _save(session, sheet, now)]
    if sheets:
        _note(session, whose, sheets, now)
    numbers = tuple(sheet.area.number for sheet in sheets)
    return Imported(form.review, whose.person.name, numbers, tuple(unfinished))


# --- whose form it is -----------------------------------------------------------------------


def _whose(session: Session, form: FilledForm) -> _Whose:
    try:
        review = review_of(session, form.review)
        member = member_of(session, review_id=form.review, member_id=form.member)
    except NotFound:
        raise _elsewhere() from None
    if review.edition != form.edition:
        raise NotAForm("This form is for another edition of the framework.")
    person = session.get_one(Person, member.person_id)
    if form.mark != mark_of(review, member, person):
        raise _elsewhere()
    without_teams(session, member)
    if review.state != ReviewState.COLLECTING:
        raise NotAForm("This review takes no answers now.")
    return _Whose(review, member, person)


def _elsewhere() -> NotAForm:
    return NotAForm("This form does not belong to a person in a review here.")


def _sheets(session: Session, whose: _Whose, form: FilledForm) -> Iterator[_Sheet]:
    """The sheets where something was filled in."""
    areas = {row.number: row for row in areas_of(session, review_id=form.review)}
    edition = edition_of(whose.review)
    for cells in by_sheet(form.cells):
        area = areas.get(cells[0].place.area)
        if area is None:
            raise NotAForm("The hidden sheet of this form was changed.")
        codes = tuple(each.code for each in statements_of(whose.review, area.number))
        yield _Sheet(
            understood(cells, edition, codes), area,
            recorder(session, review=whose.review, area=area, member=whose.member),
            Place(form.review, (area.number,), area.number, known(whose.member.id)),
        )  # fmt: skip


# --- what stands in the way -----------------------------------------------------------------


def _closed(sheet: _Sheet, now: datetime) -> list[str]:
    said, area = sheet.said, sheet.area
    is_open = rounds.is_open(area, now) if said.round == 1 else rounds.is_confirming(area, now)
    if is_open and said.round == area.round:
        return []
    return [f"{said.sheet}: its round has closed, so we cannot take its answers."]


def _newer(session: Session, sheet: _Sheet, form: FilledForm) -> Iterator[str]:
    """Where the form would overwrite what was saved since it was made, which it cannot know of."""
    since = _saved_since(session, sheet, form.made_at)
    for name, text in _posted(sheet.said).items():
        if since.get(name) not in (None, "", text):
            yield sheet.said.at(name, _CHANGED)


def _posted(said: AreaAnswers) -> dict[str, str]:
    levels = {f"level_{code}": choice for code, choice in said.levels.items()}
    response = {"answer": said.answer, "comment": said.comment}
    return levels | said.words | {name: text for name, text in response.items() if text}


def _saved_since(session: Session, sheet: _Sheet, made_at: datetime) -> dict[str, str]:
    said, area_id, member_id = sheet.said, sheet.area.id, sheet.place.member_id
    ratings = session.exec(
        select(Rating).where(
            Rating.area_id == area_id, Rating.member_id == member_id, Rating.round == said.round
        )
    )
    found = {f"level_{row.code}": row.choice for row in ratings if row.updated_at > made_at}
    view = session.exec(
        select(View).where(View.area_id == area_id, View.member_id == member_id)
    ).first()
    if said.round == 1 and view and view.updated_at > made_at:
        found |= {name: getattr(view, name) for name in said.words}
    response = session.exec(
        select(Response).where(
            Response.area_id == area_id, Response.member_id == member_id,
            Response.round == said.round,
        )
    ).first()  # fmt: skip
    if response and response.updated_at > made_at:
        found |= {"answer": response.answer, "comment": response.comment}
    return found


# --- saving ---------------------------------------------------------------------------------


def _save(session: Session, sheet: _Sheet, now: datetime) -> bool:
    """Save a sheet's answers; whether the area is answered now."""
    who: dict[str, Any] = {"actor": sheet.actor, "place": sheet.place, "now": now}
    save = _save_view if sheet.said.round == 1 else _save_response
    for feedback in save(session, sheet.said, who):
        if feedback.is_problem:
            # Only what happens in this very moment, such as a press of someone else's, comes here.
            raise NotImported([f"{sheet.said.sheet}: {_CHANGED}"])
    show = forms.area_form if sheet.said.round == 1 else confirmations.confirm_form
    return show(session, **who).answered


def _save_view(session: Session, said: AreaAnswers, who: dict[str, Any]) -> Iterator[Feedback]:
    shown = forms.area_form(session, **who).shown
    by_code = {code: shown[f"level_{code}"] for code in said.levels}
    yield views.save_levels(session, levels=said.levels, shown=by_code, **who)
    for number, offered in enumerate(said.evidence or [NO_EVIDENCE]):
        words = {} if number else said.words
        yield views.save_words(session, words=words, offered=offered, shown=shown, **who)


def _save_response(session: Session, said: AreaAnswers, who: dict[str, Any]) -> Iterator[Feedback]:
    shown = confirmations.confirm_form(session, **who).shown
    levels = {f"level_{code}": choice for code, choice in said.levels.items()}
    yield confirmations.save_levels(session, fields=levels, shown=shown, **who)
    if said.answer:
        yield confirmations.save_answer(
            session, answer=said.answer, comment=said.comment, shown=shown, **who
        )


def _note(session: Session, whose: _Whose, sheets: list[_Sheet], now: datetime) -> None:
    audit.record(
        session, "answers imported", tenant_id=whose.review.tenant_id, now=now,
        review_id=whose.review.id, subject=f"member:{whose.member.id}",
        areas=[sheet.area.number for sheet in sheets],
        rounds=[sheet.said.round for sheet in sheets],
    )  # fmt: skip
