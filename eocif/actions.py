"""What people do with actions: made and changed by leads, answered and moved by their owners.

Each press locks the review and the action, so that one which comes again finds what it did and
changes nothing more. Words that cannot be taken are kept beside the action for who typed them.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from eocif import action_saving, audit
from eocif.access import area_of, areas_of, enter
from eocif.action_access import Acting, goes_on, open_action
from eocif.action_events import Detail, answer_owner, tell_lead
from eocif.action_saving import Posted
from eocif.action_steps import not_taken, take, was
from eocif.errors import FieldProblem, Invalid, NoSuchAction, NotNow
from eocif.models import Review
from eocif.people import Actor, known
from eocif.rules import actions as rules
from eocif.rules.action_moves import Move
from eocif.rules.actions import Event, Status
from eocif.rules.answers import link_problem
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.links import checked_link
from eocif.rules.merging import digest
from eocif.rules.set_up import typed_date
from eocif.rules.text import too_long
from eocif.summaries import Feedback
from eocif.time_models import Action

# --- made and changed by leads ----------------------------------------------------------------


def save(
    session: Session, *, actor: Actor, review_id: int, action_id: int, area: int, nonce: str,
    posted: Mapping[str, str], owner_name: str, because: str, shown: Mapping[str, str],
    now: datetime,
) -> tuple[int, Feedback]:  # fmt: skip
    """Make an action (`action_id` 0) or change one; its id, 0 where it could not be made yet.

    `posted` and `shown` are by input id. `nonce` makes a second press harmless: what would make
    the action again changes it instead. Raises Invalid where a new one names no area.
    """
    form = Posted(posted, owner_name, because, shown)
    if action_id:
        return _change(session, actor, review_id, action_id, form, now)
    access = enter(
        session, actor=actor, review_id=review_id, act=Act.LEAD_ACTIONS, area=area or None,
        lock=True,
    )  # fmt: skip
    own = f"{actor.person_id}:{nonce}"  # nobody else's press can be taken for theirs
    made = select(Action.id).where(Action.review_id == review_id, Action.nonce == own)
    if again := session.exec(made).first():
        return _change(session, actor, review_id, again, form, now)
    if not area:
        raise Invalid(FieldProblem("area", "Choose the area that this action is about."))
    area = area_of(session, review_id=review_id, number=area).number
    row = action_saving.blank(access, area, own, now)
    return action_saving.take(session, access, row, form, now)


def _change(
    session: Session, actor: Actor, review_id: int, action_id: int, form: Posted, now: datetime
) -> tuple[int, Feedback]:
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    if at.action.review_id != review_id:
        raise NoSuchAction
    at.check(Move.EDIT)
    return action_saving.take(session, at.access, at.action, form, now)


# --- answered by owners -----------------------------------------------------------------------


def accept(session: Session, *, actor: Actor, action_id: int, now: datetime) -> Feedback:
    """“I will do this.” Also after “not mine”."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    said = Feedback("This action is accepted. We will remind you before its deadline.")
    if at.is_open and at.standing.is_accepted:
        return said
    at.check(Move.ACCEPT)
    at.action.accepted_at, at.action.refused_because = now, ""
    take(session, at, Event.ACCEPTED, now)
    return said


def refuse(
    session: Session, *, actor: Actor, action_id: int, reason: str, now: datetime
) -> Feedback:
    """“Not mine”: back to the area's lead with the reason. Its owner may still accept it."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    row, said = at.action, Feedback("This action goes back to its lead, with your reason.")
    if at.is_open and at.standing.is_refused and row.refused_because == reason:
        return said
    at.check(Move.REFUSE)
    if problem := rules.reason_problem(reason):
        return not_taken(session, at, {"reason": problem}, reason=reason)
    row.refused_because, row.accepted_at = reason, None
    row.wanted_on, row.wanted_because = None, ""
    event = take(session, at, Event.REFUSED, now, took=("reason",), text=reason)
    tell_lead(session, at.access.review, row, event, who=actor.person_id, now=now)
    return said


def note(
    session: Session, *, actor: Actor, action_id: int, nonce: str, note: str, evidence: str,
    link: str, now: datetime,
) -> Feedback:  # fmt: skip
    """A progress note, evidence, or both: the first one brings an action under way."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    at.check(Move.NOTE)
    if not (note or evidence or link):
        raise Invalid(FieldProblem("note", "Write a note, or add evidence."))
    problems = {
        "note": too_long("Progress note", note), "evidence": too_long("Evidence", evidence),
        "link": link_problem(link) if link else None,
    }  # fmt: skip
    typed: dict[str, str] = {}
    if problems["note"]:
        typed["note"] = note
    elif note:
        _add(session, at, Event.NOTE, nonce, now, note)
    if problems["evidence"] or problems["link"]:
        typed |= {"evidence": evidence, "link": link}
    elif evidence or link:
        _add(session, at, Event.EVIDENCE, nonce, now, evidence, link)
    if typed:
        return not_taken(session, at, problems, **typed)
    return Feedback("We added this to the action.")


def _add(
    session: Session, at: Acting, kind: Event, nonce: str, now: datetime, text: str, link: str = ""
) -> None:
    url = checked_link(link).url if link else ""
    # With its content: Teams may bring back an old card, whose nonce has been used for another.
    own = f"{nonce}:{at.access.actor.person_id}:{kind}:{digest(f'{text} {url}')}"
    if at.standing.status is Status.NOT_STARTED:
        at.action.status = Status.UNDER_WAY
    took = ("note",) if kind is Event.NOTE else ("evidence", "link")
    take(session, at, kind, now, took=took, text=text, link=url, nonce=own)


# --- another date -----------------------------------------------------------------------------


def ask_date(
    session: Session, *, actor: Actor, action_id: int, wanted_on: str, reason: str, now: datetime
) -> Feedback:
    """Ask for another date: the deadline stands until the lead agrees."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    row, wanted = at.action, typed_date(wanted_on)
    said = Feedback("We ask the lead. The deadline stays as it is until they agree.")
    if at.is_open and wanted and (row.wanted_on, row.wanted_because) == (wanted, reason):
        return said
    at.check(Move.ASK_DATE)
    day_problem = rules.wanted_problem(wanted_on, deadline=row.deadline, today=london_day(now))
    problems = {"wanted_on": day_problem, "reason": rules.reason_problem(reason)}
    if wanted is None or any(problems.values()):
        return not_taken(session, at, problems, wanted_on=wanted_on, reason=reason)
    row.wanted_on, row.wanted_because = wanted, reason
    event = take(session, at, Event.DATE_ASKED, now, took=("reason",), text=reason,
                 detail={"to": wanted.isoformat()})  # fmt: skip
    tell_lead(session, at.access.review, row, event, who=actor.person_id, now=now)
    return said


def answer_date(
    session: Session, *, actor: Actor, action_id: int, answer: str, wanted_on: str, reason: str,
    now: datetime,
) -> Feedback:  # fmt: skip
    """A lead agrees to another date, or not, with a reason. `wanted_on` is the one they saw."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    agrees, wanted = answer == "agree", at.action.wanted_on
    kind = Event.DEADLINE if agrees else Event.DATE_REFUSED
    said = Feedback("The deadline is changed." if agrees else "The deadline stays as it is.")
    if at.is_open and wanted is None and was(session, at, kind, to=wanted_on):
        return said
    at.check(Move.ANSWER_DATE)
    if wanted is None or wanted.isoformat() != wanted_on:
        raise NotNow(
            "Another date was asked for since this card was shown.", kept="Nothing was changed.",
            next_step="Look at that date first.",
        )  # fmt: skip
    problems = {
        "wanted_on": rules.deadline_problem(wanted_on, today=london_day(now)) if agrees else None,
        "reason": too_long("Reason", reason) if agrees else rules.reason_problem(reason),
    }
    if any(problems.values()):
        return not_taken(session, at, problems, reason=reason)
    event = _answer(session, at, kind, wanted, reason, now)
    answer_owner(session, at.access.review, at.action, event, now)
    return said


def _answer(
    session: Session, at: Acting, kind: Event, wanted: date, reason: str, now: datetime
) -> int:
    row = at.action
    detail: Detail = {"to": wanted.isoformat()}
    if kind is Event.DEADLINE:
        detail = {"from": row.deadline.isoformat() if row.deadline else None, **detail}
        reason = reason or row.wanted_because
        row.deadline, row.since = wanted, london_day(now)
    row.wanted_on, row.wanted_because = None, ""
    return take(session, at, kind, now, took=("reason",), text=reason, detail=detail)


# --- how it ends ------------------------------------------------------------------------------


def done(
    session: Session, *, actor: Actor, action_id: int, changed: str, now: datetime
) -> Feedback:
    """Done, with what changed for people in a sentence."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    row, said = at.action, Feedback("This action is done. Thank you.")
    if row.status == Status.DONE and row.changed == changed:
        return said
    at.check(Move.DONE)
    if problem := rules.changed_problem(changed):
        return not_taken(session, at, {"changed": problem}, changed=changed)
    _settle(row, Status.DONE, now)
    row.changed = changed
    take(session, at, Event.DONE, now, took=("changed",), text=changed)
    return said


def withdraw(
    session: Session, *, actor: Actor, action_id: int, reason: str, now: datetime
) -> Feedback:
    """It will not be done, with the reason, which the plan shows."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    row, said = at.action, Feedback("This action is withdrawn. It stays in the plan, with why.")
    if row.status == Status.WITHDRAWN and row.because == reason:
        return said
    at.check(Move.WITHDRAW)
    if problem := rules.reason_problem(reason):
        return not_taken(session, at, {"reason": problem}, reason=reason)
    _settle(row, Status.WITHDRAWN, now)
    row.because = reason
    take(session, at, Event.WITHDRAWN, now, took=("reason",), text=reason)
    return said


def _settle(row: Action, status: Status, now: datetime) -> None:
    row.status, row.settled_at = status, now
    row.wanted_on, row.wanted_because = None, ""


def resume(
    session: Session, *, actor: Actor, action_id: int, reason: str, now: datetime
) -> Feedback:
    """Not done, or not withdrawn, after all: it is under way again."""
    at = open_action(session, actor=actor, action_id=action_id, now=now, lock=True)
    row, said = at.action, Feedback("This action is open again.")
    if at.is_open and was(session, at, Event.RESUMED, text=reason):
        return said
    at.check(Move.RESUME)
    if problem := rules.reason_problem(reason):
        return not_taken(session, at, {"reason": problem}, reason=reason)
    row.status, row.settled_at = Status.UNDER_WAY, None
    row.because, row.changed, row.since = "", "", london_day(now)
    take(session, at, Event.RESUMED, now, took=("reason",), text=reason)
    return said


# --- into the next review ---------------------------------------------------------------------


def carry_over(session: Session, *, old: Review, new: Review, who: int, now: datetime) -> int:
    """Copy a review's open actions into the next one, as they stand; how many were copied.

    For when the next one starts: its scope is fixed then. Actions of other areas stay open where
    they are, and the trail counts them. Copying again copies nothing twice.
    """
    rows = session.exec(
        select(Action)
        .where(Action.review_id == old.id, col(Action.status).in_(rules.OPEN), ~goes_on())
        .order_by(col(Action.id))
    ).all()
    numbers = {area.number for area in areas_of(session, review_id=known(new.id))}
    inside = [row for row in rows if row.area in numbers]
    copied = sum(action_saving.copy(session, row, new, who, now) for row in inside)
    audit.record(
        session, "actions carried over", tenant_id=new.tenant_id, now=now, who=who,
        review_id=new.id, copied=copied, left=len(rows) - len(inside),
    )  # fmt: skip
    return copied
