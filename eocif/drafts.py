"""An area's draft: written step by step, kept, cleared, sent round; and setting an area aside.

Each step is saved as it goes. What cannot be taken (too long, or sent while the draft is with the
group) is kept beside the draft and comes back on its card. Where two leads write, fields are merged
one by one, and what both changed is shown, never overwritten in silence.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlmodel import Session

from eocif import audit, messages, rounds
from eocif.access import area_of, enter
from eocif.drafting import OPEN, Drafting, cannot_write, may_send_again, open_draft
from eocif.errors import FieldProblem, Invalid, NotNow
from eocif.local_edition import perspectives_of
from eocif.people import Actor
from eocif.rules import drafting
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.ending import setting_aside_problem
from eocif.rules.merging import Merged, merge
from eocif.rules.progress import AreaState, may_move_area
from eocif.summaries import Differs, Feedback
from eocif.views import LONGEST_KEPT

# --- writing ------------------------------------------------------------------------------


def save_words(
    session: Session, *, actor: Actor, review_id: int, number: int, words: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """The words step: three answers, the perspectives drawn on, and a sentence on the gap."""
    at = open_draft(session, actor=actor, review_id=review_id, number=number, now=now)
    posted = {field: words[field] for field in drafting.OF_WORDS if words.get(field)}
    if drawn := posted.get("draws_on"):
        posted["draws_on"] = drafting.in_order(drawn, perspectives_of(at.access.review))
    return _save(session, at, posted, shown, now)


def save_levels(
    session: Session, *, actor: Actor, review_id: int, number: int, fields: Mapping[str, str],
    shown: Mapping[str, str], now: datetime,
) -> Feedback:  # fmt: skip
    """The levels step, as far as it is filled. A level left as the rule filled it in stays so."""
    at = open_draft(session, actor=actor, review_id=review_id, number=number, now=now)
    wanted = drafting.of_levels(at.statements)
    posted = {field: fields[field] for field in wanted if fields.get(field)}
    return _save(session, at, posted, shown, now)


def _save(
    session: Session, at: Drafting, posted: Mapping[str, str], shown: Mapping[str, str],
    now: datetime,
) -> Feedback:  # fmt: skip
    merged = merge(at.values, posted, shown)
    if at.area.state not in OPEN:
        return _keep_for_later(session, at, merged, now)
    problems = _problems(at, merged.saved)
    good = {field: value for field, value in merged.saved.items() if field not in problems}
    unsettled = {*problems, *(each.field for each in merged.differs)}
    kept = {
        field: text
        for field, text in at.row.kept.items()
        if field not in posted or field in unsettled
    }
    too_long = {field: posted[field] for field in problems if drafting.is_text(field)}
    _write(session, at, {**at.row.fields, **good}, {**kept, **too_long}, now)
    if good:
        _note(session, at, "draft saved", now, fields=sorted(good))
    return _feedback(at, merged, problems, posted)


def _problems(at: Drafting, saved: Mapping[str, str]) -> dict[str, str]:
    took_part = [each.key for each in at.result.contributed]
    found = {
        field: drafting.problem(field, value, label=at.label(field), perspectives=took_part)
        for field, value in saved.items()
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def _write(
    session: Session, at: Drafting, fields: Mapping[str, str], kept: Mapping[str, str],
    now: datetime,
) -> None:  # fmt: skip
    if (dict(fields), dict(kept)) == (at.row.fields, at.row.kept):
        return
    at.row.fields = dict(fields)
    at.row.kept = {field: text[:LONGEST_KEPT] for field, text in kept.items()}
    at.row.updated_by, at.row.updated_at = at.access.actor.person_id, now
    session.add(at.row)
    session.flush()


def _feedback(
    at: Drafting, merged: Merged, problems: Mapping[str, str], posted: Mapping[str, str]
) -> Feedback:
    differs = tuple(
        Differs(each.field, at.label(each.field), each.stored, each.posted)
        for each in merged.differs
    )
    typed = {field: posted[field] for field in (*problems, *(each.field for each in differs))}
    return Feedback("", bool(problems or differs), problems, typed, differs)


def _keep_for_later(session: Session, at: Drafting, merged: Merged, now: datetime) -> Feedback:
    new = {**merged.saved, **{each.field: each.posted for each in merged.differs}}
    _write(session, at, at.row.fields, {**at.row.kept, **new}, now)
    also = " What you just sent is not part of it. We kept it beside the draft." if new else ""
    return Feedback(f"{cannot_write(at.area)}{also}", True)


def clear(
    session: Session, *, actor: Actor, review_id: int, number: int, what: Iterable[str],
    now: datetime,
) -> Feedback:  # fmt: skip
    """Empty fields of a draft, and what was kept beside it for them."""
    at = open_draft(session, actor=actor, review_id=review_id, number=number, now=now)
    if at.area.state not in OPEN:
        return Feedback(cannot_write(at.area), True)
    wanted = set(what) & set(at.names)
    if not wanted:
        raise Invalid(FieldProblem("what", "Nothing is chosen. Choose what to clear."))
    fields, kept = (
        {field: value for field, value in held.items() if field not in wanted}
        for held in (at.row.fields, at.row.kept)
    )
    _write(session, at, fields, kept, now)
    _note(session, at, "draft cleared", now, fields=sorted(wanted))
    return Feedback("We cleared what you chose. The rest of the draft is kept.")


# --- sending it round ---------------------------------------------------------------------


def send(
    session: Session, *, actor: Actor, review_id: int, number: int, now: datetime
) -> date | None:
    """Send a draft to the group; the day on which they have answered it.

    It opens at once for who looks, and is asked about in the next weekly message. Raises Invalid
    with all that it still needs. Sending one that is with the group already changes nothing.
    """
    at = open_draft(session, actor=actor, review_id=review_id, number=number, now=now)
    area = at.area
    if area.state == AreaState.ROUND_2:
        return rounds.closes_on(area)
    _check_sending(at)
    first_day = at.access.review.start_on or london_day(now)
    days = at.access.review.confirm_days
    area.opens_on, area.closes_on = drafting.goes_round(first_day, confirm_days=days, now=now)
    area.round, area.early_on, area.is_held_open = area.round + 1, None, False
    rounds.move(area, AreaState.ROUND_2, now)
    at.row.sent = at.values
    session.add_all((area, at.row))
    session.flush()
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    closes = area.closes_on.isoformat()
    _note(session, at, "draft sent", now, round=area.round, closes_on=closes)
    return area.closes_on


def _check_sending(at: Drafting) -> None:
    if at.area.state not in OPEN:
        raise NotNow(cannot_write(at.area), kept="The draft is kept.")
    if at.area.state == AreaState.CONCLUDING and not may_send_again(at.area, at.row):
        raise NotNow(
            "This draft went round already. Only one that has changed can go round once more.",
            kept="The draft is kept.",
            next_step="Change it first, or conclude the area.",
        )
    needed = drafting.standing(at.values, at.result, kept=at.row.kept)
    if needed:
        raise Invalid(*(FieldProblem("", sentence) for sentence in needed))


# --- setting an area aside ----------------------------------------------------------------


def set_aside(
    session: Session, *, actor: Actor, review_id: int, number: int, reason: str, now: datetime
) -> None:
    """Set an area aside, with the lead's reason: nothing more is asked, everything is kept."""
    access = enter(session, actor=actor, review_id=review_id, act=Act.SET_ASIDE, lock=True)
    area = area_of(session, review_id=review_id, number=number, lock=True)
    if area.state == AreaState.SET_ASIDE:
        return
    if not may_move_area(AreaState(area.state), AreaState.SET_ASIDE):
        raise NotNow(
            f"Area {number} is concluded, so it cannot be set aside.",
            kept="Its levels and words are kept.",
            next_step="Open it again first, if something has changed.",
        )
    if problem := setting_aside_problem(reason):
        raise Invalid(FieldProblem("reason", problem))
    was = area.state
    area.set_aside_because = reason
    rounds.move(area, AreaState.SET_ASIDE, now)
    access.review.look_on = london_day(now)  # it may have been the last
    session.add_all((area, access.review))
    session.flush()
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    audit.record(
        session, "area set aside", tenant_id=area.tenant_id, now=now,
        who=access.actor.person_id, review_id=review_id, subject=f"area:{number}", was=was,
    )  # fmt: skip


def _note(session: Session, at: Drafting, event: str, now: datetime, **detail: object) -> None:
    audit.record(
        session, event, tenant_id=at.area.tenant_id, now=now, who=at.access.actor.person_id,
        review_id=at.area.review_id, subject=f"area:{at.area.number}", **detail,
    )  # fmt: skip
