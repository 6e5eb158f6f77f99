"""The cards with which a member answers a draft: the step asked for, or the one that fits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cards import confirm
from cards.face import Face
from eocif import confirmations
from eocif.people import Actor
from eocif.round_summaries import ConfirmForm
from eocif.rules.responses import kept_problems
from eocif.summaries import SILENT, Feedback, Place

_STEPS: Mapping[str, Callable[..., Face]] = {
    "draft": confirm.draft,
    "levels": confirm.levels,
    "answer": confirm.answer,
    "voices": confirm.voices,
    "saved": confirm.saved,
    "closed": confirm.closed,
}


def one_draft(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int,
    areas: tuple[int, ...] = (), member: int = 0, step: str = "auto", field: str = "where_now",
    page: int = 1, answer: str = "", said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """A draft as one member may answer it."""
    place = Place(review, tuple(areas), area, member)
    form = confirmations.confirm_form(session, actor=actor, place=place, now=now)
    which = _step(form, step)
    if which == "answer" and said == SILENT:
        said = _unfinished(form)
    more: Mapping[str, dict[str, Any]] = {
        "voices": {"field": field, "page": page}, "answer": {"chosen": answer},
    }  # fmt: skip
    return _STEPS[which](form, said, for_user=actor.teams_id, **more.get(which, {}))


def _step(form: ConfirmForm, asked: str) -> str:
    if form.state != "open":
        return "closed"
    if asked != "auto":
        return asked
    return "saved" if form.answered else "draft"


def _unfinished(form: ConfirmForm) -> Feedback:
    """Words that could not be taken last time wait in their input, with what is wrong."""
    problems = kept_problems(form.kept)
    typed = {field: form.kept[field] for field in problems}
    return Feedback(is_problem=bool(problems), problems=problems, typed=typed)


BY_NAME: Mapping[str, Callable[..., Face]] = {"confirm": one_draft}
