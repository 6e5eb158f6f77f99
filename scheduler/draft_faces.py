"""The cards of an area's lead: results, people's own words, the draft and the conclusion."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import conclude as conclude_card
from cards import draft as draft_card
from cards import draft_send as draft_send_card
from cards import results as results_card
from cards import set_aside as set_aside_card
from cards import voices as voices_card
from cards.face import Face
from eocif.area_work import area_work
from eocif.people import Actor
from eocif.round_summaries import AreaWork
from eocif.rules.drafting import next_step
from eocif.rules.progress import AreaState
from eocif.rules.visibility import is_blind
from eocif.summaries import SILENT, Feedback

_STEPS: Mapping[str, Callable[..., Face]] = {
    "results": results_card.glance,
    "words": draft_card.words,
    "levels": draft_card.levels,
    "send": draft_send_card.send,
    "conclude": conclude_card.conclude,
    "set_aside": set_aside_card.set_aside,
}


def results(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int, code: str = "",
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """How an area's ratings are spread: at a glance, or one statement by group."""
    work = area_work(session, actor=actor, review_id=review, number=area, now=now)
    if code:
        return results_card.statement(work, said, code=code, for_user=actor.teams_id)
    return results_card.glance(work, said, for_user=actor.teams_id)


def voices(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int,
    field: str = "where_now", page: int = 1, hide: str = "", consent: str = "",
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """People's own words on one question; `hide` and `consent` open a form for one text."""
    work = area_work(session, actor=actor, review_id=review, number=area, now=now)
    return voices_card.voices(
        work, said, field=field, page=page, hide=hide, consent=consent, for_user=actor.teams_id
    )


def draft(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int, step: str = "auto",
    response: int = 0, page: int = 1, said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """The step asked for, or the one that fits the area; the results while its round is open."""
    work = area_work(session, actor=actor, review_id=review, number=area, now=now)
    which = _fitting(work) if step == "auto" else step
    if is_blind(AreaState(work.state)) and which != "set_aside":
        which = "results"
    if which == "concerns":
        return conclude_card.concerns(
            work, said, response=response, page=page, for_user=actor.teams_id
        )
    return _STEPS[which](work, said, for_user=actor.teams_id)


def _fitting(work: AreaWork) -> str:
    if work.state == AreaState.DRAFTING:
        written = work.draft.fields or work.draft.kept
        return (
            next_step(work.draft.values, work.result, kept=work.draft.kept)
            if written
            else "results"
        )
    if work.state == AreaState.CONCLUDING:
        waits = any(
            each.answer == "concern" and not each.reply_kind for each in work.responses.replies
        )
        return "concerns" if waits else "conclude"
    return "results"


BY_NAME: Mapping[str, Callable[..., Face]] = {
    "results": results,
    "voices": voices,
    "draft": draft,
}
