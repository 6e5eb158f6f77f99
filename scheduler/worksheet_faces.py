"""The cards of an area's outcome, the worksheet, sign-off and what reports say besides."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import facts as facts_card
from cards import outcome as outcome_card
from cards import reopen as reopen_card
from cards import sign_off as sign_off_card
from cards import worksheet as worksheet_card
from cards.face import Face
from eocif import outcomes, report_facts, sign_off, worksheets
from eocif.people import Actor
from eocif.summaries import SILENT, Feedback, Place


def outcome(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int,
    areas: tuple[int, ...] = (), member: int = 0, said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """What became of an area, and of what someone said."""
    place = Place(review, tuple(areas), area, member)
    summary = outcomes.outcome(session, actor=actor, place=place, now=now)
    return outcome_card.outcome(summary, said, for_user=actor.teams_id)


def worksheet(
    session: Session, *, actor: Actor, now: datetime, review: int, section: int = 0,
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """The worksheet as it stands."""
    summary = worksheets.worksheet(session, actor=actor, review_id=review, section=section, now=now)
    return worksheet_card.worksheet(summary, said, for_user=actor.teams_id)


def last_look(
    session: Session, *, actor: Actor, now: datetime, review: int, said: Feedback = SILENT
) -> Face:
    """The last look before sign-off."""
    step = sign_off.step(session, actor=actor, review_id=review, now=now)
    return sign_off_card.sign_off(step, said, for_user=actor.teams_id)


def reopen(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int,
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """Why an area is to be opened again."""
    summary = sign_off.reopening(session, actor=actor, review_id=review, number=area, now=now)
    return reopen_card.reopen(summary, said, area=area, for_user=actor.teams_id)


def facts(
    session: Session, *, actor: Actor, now: datetime, review: int, said: Feedback = SILENT
) -> Face:
    """What reports say besides the worksheet."""
    summary = report_facts.facts(session, actor=actor, review_id=review, now=now)
    return facts_card.facts(summary, said, for_user=actor.teams_id)


BY_NAME: Mapping[str, Callable[..., Face]] = {
    "outcome": outcome,
    "worksheet": worksheet,
    "sign_off": last_look,
    "reopen": reopen,
    "facts": facts,
}
