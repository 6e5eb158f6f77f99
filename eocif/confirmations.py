"""A draft as one member answers it: levels changed, agreement, comments and concerns.

For oneself, or for someone without Teams whose answers one records. What cannot be taken is kept
for its author; a stale card is merged field by field; a press that comes again changes nothing. An
answer and its comment are one thing: where part of them moved elsewhere, neither is overwritten.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session

from eocif import audit, forms, last_time, reading, reviews, rounds, voices
from eocif.answering import (
    Answering,
    choices_of,
    draft_refusal,
    draft_round,
    for_name,
    is_theirs,
    open_answer,
    privacy_of,
    response_of,
    state_for_card,
    view_of,
)
from eocif.database import insert_once, upsert
from eocif.local_edition import edition_of, statements_of
from eocif.models import Rating, Response
from eocif.owed import still_to_confirm
from eocif.people import Actor, known
from eocif.reading import LEVEL
from eocif.round_summaries import ConfirmForm
from eocif.rules import responses
from eocif.rules.answers import CHOICES, KEPT_FOR_YOU, choice_problem
from eocif.rules.merging import Merged, digest, merge
from eocif.rules.statements import name_of
from eocif.spoken import COMMENT
from eocif.summaries import Differs, Feedback, Place
from eocif.views import LONGEST_KEPT

_CHANGED_TO_COMMENT = "You wrote a comment, so we saved this as agreeing with a comment."
_COMMENT_SET_APART = (
    "The earlier comment is not part of this answer any more. We kept it for you to copy."
)


def confirm_form(session: Session, *, actor: Actor, place: Place, now: datetime) -> ConfirmForm:
    """The draft with someone's own answer to it, or the one that they record."""
    at = _open(session, actor, place)
    response = response_of(session, at) or _new(at, now)
    edition, head = edition_of(at.review), reviews.head(session, at.review)
    area, own = edition.area(place.area), _own(session, at)
    statements = statements_of(at.review, place.area)
    draft = reading.draft_of(session, at)
    areas = place.areas or (place.area,)
    before, before_on = last_time.levels(session, review=at.review, area=at.area)
    return ConfirmForm(
        head=head, place=place, edition=edition, section=edition.section_of(area.number),
        area=area, statements=statements,
        state=state_for_card(at, draft_refusal(at, now), responses.NO_DRAFT_YET),
        round=draft_round(at.area), closes_on=rounds.closes_on(at.area),
        position=areas.index(place.area) + 1 if place.area in areas else 1,
        minutes=responses.minutes(len(statements)),
        words=draft.words, proposed=draft.proposed, reasons=draft.reasons, heard=draft.heard,
        draws_on=draft.draws_on, result=draft.result, utterances=draft.utterances,
        own={field.removeprefix(LEVEL): choice for field, choice in own.items()},
        answer=response.answer, comment=_comment(session, at, response),
        earlier=_earlier(session, at), shown=_shown(at, own, response),
        kept=dict(response.kept) if is_theirs(session, at, response.given_by) else {},
        left=still_to_confirm(session, at=at, numbers=areas, now=now),
        privacy=privacy_of(at, head.lead_name), for_name=for_name(session, at),
        answered=bool(response.answer), answered_by_how_many=draft.answered_by,
        hidden=forms.hidden_words(session, at, view_of(session, at)), before=before,
        before_on=before_on,
    )  # fmt: skip


def _open(session: Session, actor: Actor, place: Place) -> Answering:
    at = open_answer(session, actor=actor, place=place)
    view_of(session, at)  # their earlier answer is on the card: refused to who may not see it
    return at


def _new(at: Answering, now: datetime) -> Response:
    return Response(
        tenant_id=at.review.tenant_id, area_id=known(at.area.id), member_id=known(at.member.id),
        round=draft_round(at.area), given_by=at.actor.person_id if at.on_behalf else None,
        updated_at=now,
    )  # fmt: skip


def _own(session: Session, at: Answering) -> dict[str, str]:
    """Their choices as they stand, by input id."""
    chosen = choices_of(session, at, up_to=at.area.round)
    return {f"{LEVEL}{code}": chosen[code] for code in at.codes if code in chosen}


def _level_ids(at: Answering) -> tuple[str, ...]:
    return tuple(f"{LEVEL}{code}" for code in at.codes)


def _shown(at: Answering, own: Mapping[str, str], response: Response) -> dict[str, str]:
    levels = {field: digest(own.get(field)) for field in _level_ids(at)}
    return {**levels, "answer": digest(response.answer), "comment": digest(response.comment)}


def _earlier(session: Session, at: Answering) -> str:
    """What they said of the draft before this one: their words, or else which answer it was."""
    before = response_of(session, at, round=draft_round(at.area) - 1)
    return (_comment(session, at, before) or before.answer) if before else ""


def _comment(session: Session, at: Answering, response: Response) -> str:
    """What was said, without words hidden from it for who neither wrote nor typed it.

    Nothing is hidden yet while its round is open: who may take over reads what there is.
    """
    if is_theirs(session, at, response.given_by):
        return response.comment
    said = voices.of_one(
        session, review=at.review, area=at.area, roles=at.roles, person_id=at.actor.person_id,
        author=known(at.member.id),
    ).get(f"{COMMENT}_{response.round}")  # fmt: skip
    return said.text if said else response.comment


# --- saving -----------------------------------------------------------------------------


def save_levels(
    session: Session, *, actor: Actor, place: Place, fields: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Change levels in round 2, as far as they are given. `fields` and `shown` by input id."""
    at = _open(session, actor, place)
    row, stored = _row_to_write(session, at, now), _own(session, at)
    posted = {field: fields[field] for field in _level_ids(at) if fields.get(field)}
    if refused := draft_refusal(at, now):
        return _late(session, row, refused, posted, stored)
    problems = {
        field: choice_problem(field.removeprefix(LEVEL))
        for field, choice in posted.items()
        if choice not in CHOICES
    }
    good = {field: choice for field, choice in posted.items() if field not in problems}
    merged = merge(stored, good, shown)
    upsert(
        session, Rating, ("area_id", "member_id", "round", "code"),
        [
            _rating(at, field.removeprefix(LEVEL), choice, now)
            for field, choice in merged.saved.items()
        ],
    )  # fmt: skip
    _keep(session, row, tried=posted)
    if merged.saved:
        _note(session, at, "levels changed", now, changed=len(merged.saved))
    return _feedback(merged, problems, posted)


def _rating(at: Answering, code: str, choice: str, now: datetime) -> dict[str, object]:
    return {
        "area_id": known(at.area.id), "member_id": known(at.member.id), "round": at.area.round,
        "code": code, "tenant_id": at.review.tenant_id, "choice": choice, "updated_at": now,
    }  # fmt: skip


def save_answer(
    session: Session, *, actor: Actor, place: Place, answer: str, comment: str,
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """Agree with the draft, agree with a comment, or raise a concern with its reason."""
    at = _open(session, actor, place)
    row = _row_to_write(session, at, now)
    stored = {"answer": row.answer, "comment": row.comment}
    posted = _given(answer=responses.meant(answer, comment), comment=comment)
    if refused := draft_refusal(at, now):
        return _late(session, row, refused, posted, stored)
    merged = merge(stored, posted, shown)
    if merged.differs:
        return _feedback(merged, {}, posted)
    wanted = {**stored, **merged.saved}
    final = responses.meant(wanted["answer"], comment)
    if problems := responses.response_problems(final, wanted["comment"]):
        _keep(session, row, tried=(), more=_given(comment=comment))
        return Feedback("", True, problems, _given(answer=answer, comment=comment))
    return _take(session, at, row, final, wanted["comment"], now, typed=answer)


def _given(**fields: str) -> dict[str, str]:
    return {field: text for field, text in fields.items() if text}


def _take(
    session: Session, at: Answering, row: Response, answer: str, comment: str, now: datetime, *,
    typed: str,
) -> Feedback:  # fmt: skip
    """Store an answer that can be taken. Who only agrees says nothing more: words are set apart."""
    apart = _given(comment=comment) if answer == responses.AGREE else {}
    final, before = "" if apart else comment, (row.answer, row.comment)
    row.answer, row.comment = answer, final
    _keep(session, row, tried={"answer", *_given(comment=final)}, more=apart)
    if before != (answer, final):
        row.updated_at = now
        _note(session, at, "draft answered", now)
    if not before[0]:
        area, review_id = at.area.number, known(at.review.id)
        rounds.look_again(session, review_id=review_id, numbers=(area,), now=now)
    if apart:
        return Feedback(_COMMENT_SET_APART)
    return Feedback(_CHANGED_TO_COMMENT if typed not in ("", answer) else "")


def _row_to_write(session: Session, at: Answering, now: datetime) -> Response:
    insert_once(session, _new(at, now))
    row = response_of(session, at, lock=True)
    if row is None:
        raise AssertionError("the row was just made sure of")
    if at.on_behalf and row.given_by != at.actor.person_id:
        row.given_by = at.actor.person_id
        _note(session, at, "recording taken over", now)
    return row


def _keep(
    session: Session, row: Response, *, tried: Collection[str],
    more: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Forget what was kept of fields that are stored now, and keep what could not be taken."""
    rest = {field: text for field, text in row.kept.items() if field not in tried}
    row.kept = rest | {field: text[:LONGEST_KEPT] for field, text in (more or {}).items()}
    session.add(row)
    session.flush()


def _late(
    session: Session, row: Response, refused: str, posted: Mapping[str, str],
    stored: Mapping[str, str],
) -> Feedback:  # fmt: skip
    """Keep what is new for its author alone; what is stored already needs no second copy."""
    new = {field: text for field, text in posted.items() if text != stored.get(field)}
    _keep(session, row, tried=(), more=new)
    return Feedback(f"{refused} {KEPT_FOR_YOU}" if new else refused, True)


def _feedback(merged: Merged, problems: Mapping[str, str], posted: Mapping[str, str]) -> Feedback:
    differs = tuple(
        Differs(each.field, _label(each.field), each.stored, each.posted) for each in merged.differs
    )
    back = {*problems, *(each.field for each in differs)}
    # An answer and its comment come back together.
    back |= set() if back.isdisjoint(responses.LABELS) else {*responses.LABELS}
    typed = {field: text for field, text in posted.items() if field in back}
    return Feedback("", bool(back), problems, typed, differs)


def _label(field: str) -> str:
    return responses.LABELS.get(field) or name_of(field.removeprefix(LEVEL))


def _note(session: Session, at: Answering, event: str, now: datetime, **detail: int) -> None:
    audit.record(
        session, event, tenant_id=at.review.tenant_id, now=now, who=at.actor.person_id,
        review_id=at.review.id, subject=f"area:{at.area.number} member:{at.member.id}",
        on_behalf=at.on_behalf, round=draft_round(at.area), **detail,
    )  # fmt: skip
