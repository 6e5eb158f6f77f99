"""One area as one person may answer it: what their card shows."""

import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import reviews, rounds, turnouts, voices
from eocif.answering import (
    Answering,
    choices_of,
    for_name,
    is_theirs,
    open_answer,
    privacy_of,
    refusal,
    state_for_card,
    view_of,
)
from eocif.local_edition import edition_of, statements_of
from eocif.models import Evidence, View
from eocif.owed import still_to_do
from eocif.people import Actor, known
from eocif.rules.answers import WORDS, called_for
from eocif.rules.merging import digest
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.progress import AreaState
from eocif.rules.statements import minutes
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.summaries import AreaForm, EvidenceSummary, HiddenWords, Place

_SOURCES = dict(EVIDENCE_SOURCES)


def area_form(session: Session, *, actor: Actor, place: Place, now: datetime) -> AreaForm:
    """Someone's own answer to an area, or the one they record, with all that its cards need."""
    at = open_answer(session, actor=actor, place=place)
    view = view_of(session, at)
    choices = _in_order(at, choices_of(session, at))
    words, pieces, kept = _given(session, at, view)
    edition = edition_of(at.review)
    area = edition.area(at.area.number)
    areas = place.areas or (place.area,)
    head = reviews.head(session, at.review)
    return AreaForm(
        head=head, place=place, edition=edition,
        section=edition.section_of(area.number), area=area,
        state=state_for_card(at, refusal(at, now), [AreaState.WAITING]),
        statements=statements_of(at.review, area.number),
        closes_on=rounds.first_closed_on(at.area), minutes=minutes(area, at.review.rating_unit),
        position=areas.index(place.area) + 1 if place.area in areas else 1,
        choices=choices, words=words, evidence=pieces, kept=kept,
        shown=_shown(at, choices, words),
        called_for=called_for(choices),
        left=still_to_do(session, at=at, numbers=areas, now=now),
        privacy=privacy_of(at, head.lead_name), for_name=for_name(session, at),
        nonce=secrets.token_hex(8), saved_at=view.updated_at if view else None,
        answered=bool(view and view.answered_at), withdrawn=bool(view and view.withdrawn_at),
        answered_by_how_many=_how_many(session, at),
        hidden=hidden_words(session, at, view),
    )  # fmt: skip


def hidden_words(session: Session, at: Answering, view: View | None) -> tuple[HiddenWords, ...]:
    """What a lead hid of an answer, for who gave or typed it: they are told why."""
    if view is None or not is_theirs(session, at, view.given_by):
        return ()
    return voices.told_as_hidden(session, area=at.area, member_id=known(at.member.id))


def _how_many(session: Session, at: Answering) -> int:
    """How many have answered, for who may know it; nobody else is shown a number."""
    viewer, state = Viewer(at.roles), rounds.state_for_seeing(at.area)
    names = at.review.area_leads_see_names
    if not may_see(Fact.HOW_MANY, viewer, state, area_leads_see_names=names):
        return 0
    return turnouts.answered_by(session, at.area)


def _in_order(at: Answering, choices: dict[str, str]) -> dict[str, str]:
    return {code: choices[code] for code in at.codes if code in choices}


def _shown(at: Answering, choices: dict[str, str], words: dict[str, str]) -> dict[str, str]:
    levels = {f"level_{code}": digest(choices.get(code, "")) for code in at.codes}
    return levels | {field: digest(text) for field, text in words.items()}


def _given(
    session: Session, at: Answering, view: View | None
) -> tuple[dict[str, str], tuple[EvidenceSummary, ...], dict[str, str]]:
    """Words by field, evidence, and what is kept apart, as they are stored.

    Who neither wrote nor typed them reads them as they read anyone's: nothing hidden, nothing kept.
    """
    if view is None:
        return dict.fromkeys(WORDS, ""), (), {}
    if is_theirs(session, at, view.given_by):
        words = {field: getattr(view, field) for field in WORDS}
        return words, _evidence(session, view), dict(view.kept)
    said = voices.of_one(
        session, review=at.review, area=at.area, roles=at.roles, person_id=at.actor.person_id,
        author=known(at.member.id),
    )  # fmt: skip
    texts = {what: each.text for what, each in said.items()}
    return {field: texts.get(field, "") for field in WORDS}, voices.pieces(said), {}


def _evidence(session: Session, view: View) -> tuple[EvidenceSummary, ...]:
    rows = session.exec(
        select(Evidence).where(Evidence.view_id == view.id).order_by(col(Evidence.id))
    )
    return tuple(
        EvidenceSummary(known(row.id), _SOURCES.get(row.source, ""), row.kind, row.text, row.link)
        for row in rows
    )
