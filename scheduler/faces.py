"""What each card shows: a use case's summary, turned into a face.

The one table between names of cards and how they are made, used for messages that go out and for
cards that are pressed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from cards import (
    area_closed,
    area_levels,
    area_saved,
    area_words,
    help,
    mine,
    outstanding,
    problem,
    review_forms,
    setup_check,
    setup_details,
    setup_group,
    setup_leads,
    setup_local,
    setup_pace,
    setup_people,
    setup_perspectives,
    setup_rules,
    setup_scope,
    status,
    week,
    welcome,
)
from cards import review as review_card
from cards.face import Face
from eocif import forms, gathering, greetings, oversight, set_up_steps, weeks
from eocif.people import Actor
from eocif.rules.answers import kept_problems
from eocif.summaries import SILENT, AreaForm, Feedback, Place, Problem, Reminded
from scheduler import (
    action_faces,
    confirm_faces,
    date_faces,
    digest_faces,
    draft_faces,
    file_faces,
    habit_faces,
    reminder_faces,
    worksheet_faces,
)

_SETUP: Mapping[str, Callable[..., Face]] = {
    "details": setup_details.details,
    "scope": setup_scope.scope,
    "pace": setup_pace.pace,
    "group": setup_group.group,
    "perspective": setup_group.perspective,
    "roster": setup_people.roster,
    "member": setup_people.member,
    "without_teams": setup_people.without_teams,
    "leads": setup_leads.leads,
    "check": setup_check.check,
    "started": setup_check.started,
    "rules": setup_rules.rules,
    "local": setup_local.local,
    "local_statement": setup_local.statement,
    "local_help": setup_local.local_help,
    "not_provided": setup_local.not_provided,
    "perspectives": setup_perspectives.perspectives,
    "perspective_change": setup_perspectives.change,
    "perspective_add": setup_perspectives.add,
}
_REVIEW: Mapping[str, Callable[..., Face]] = {
    "extend": review_forms.extend,
    "close": review_forms.close,
    "cancel": review_forms.cancel,
    "members": review_card.members,
}
_AREA: Mapping[str, Callable[..., Face]] = {
    "levels": area_levels.levels,
    "words": area_words.words,
    "saved": area_saved.saved,
    "clear": area_saved.clear,
    "withdraw": area_saved.withdraw,
    "closed": area_closed.closed,
}


def set_up_step(
    session: Session, *, actor: Actor, now: datetime, review: int, step: str = "details",
    perspective: str = "", member: int = 0, page: int = 1, area: int = 0, service: str = "",
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """A step of the set-up."""
    summary = set_up_steps.show(
        session, actor=actor, review_id=review, step=step, perspective_key=perspective,
        member_id=member, page=page, area=area, service=service, now=now,
    )  # fmt: skip
    return _SETUP[step](summary, said, for_user=actor.teams_id)


def this_week(
    session: Session, *, actor: Actor, now: datetime, review: int, areas: tuple[int, ...] = (),
    also: tuple[int, ...] | None = None, said: Feedback = SILENT, is_pointer: bool = False,
) -> Face:  # fmt: skip
    """The start of a weekly message, with the reminders that go along with it.

    A press does not say which these are: then they are those of the message itself.
    """
    place = Place(review, tuple(areas))
    summary = weeks.week(session, actor=actor, place=place, now=now, is_pointer=is_pointer)
    if also is None:
        also = gathering.gone_along(session, actor=actor, place=place)
    more = gathering.card(session, actor=actor, ids=also, now=now)
    return week.week(
        summary, said, for_user=actor.teams_id, also=more.items, also_ids=more.ids
    )  # fmt: skip


def one_area(
    session: Session, *, actor: Actor, now: datetime, review: int, area: int,
    areas: tuple[int, ...] = (), member: int = 0, step: str = "auto", said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """One area of a message: the step asked for, or the one that fits what is stored."""
    place = Place(review, tuple(areas), area, member)
    form = forms.area_form(session, actor=actor, place=place, now=now)
    which = _step(form, step)
    if which == "words" and not said.typed and not said.notice:
        said = _unfinished(form, said)
    return _AREA[which](form, said, for_user=actor.teams_id)


def _step(form: AreaForm, asked: str) -> str:
    if form.state != "open":
        return "closed"
    if asked != "auto":
        return asked
    has_answer = form.choices or any(form.words.values()) or form.evidence or form.withdrawn
    return "saved" if has_answer else "levels"


def _unfinished(form: AreaForm, said: Feedback) -> Feedback:
    """Words that could not be taken last time wait in their inputs, with what is wrong."""
    problems = kept_problems(form.kept)
    return replace(said, typed=dict(form.kept), problems=problems, is_problem=bool(problems))


def my_areas(session: Session, *, actor: Actor, now: datetime, said: Feedback = SILENT) -> Face:
    """Everything open for a person."""
    summary = weeks.my_areas(session, actor=actor, now=now)
    return mine.my_areas(summary, said, for_user=actor.teams_id)


def who_owes(
    session: Session, *, actor: Actor, now: datetime, review: int, by: str = "area",
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """Who has not answered."""
    summary = oversight.outstanding(session, actor=actor, review_id=review, by=by, now=now)
    return outstanding.outstanding(summary, said, for_user=actor.teams_id)


def after_reminding(
    session: Session, *, actor: Actor, now: datetime, review: int, done: Reminded,
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """Who was reminded just now, and who was not."""
    summary = oversight.outstanding(session, actor=actor, review_id=review, by="person", now=now)
    return outstanding.reminded(summary, done, said, for_user=actor.teams_id)


def one_review(
    session: Session, *, actor: Actor, now: datetime, review: int, view: str = "summary",
    area: int = 0, said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """A review at a glance, or one of its forms."""
    summary = oversight.review_summary(session, actor=actor, review_id=review, now=now)
    if view == "summary":
        return review_card.review(summary, said, for_user=actor.teams_id)
    of_area = {"area": area} if view in ("extend", "close") else {}
    return _REVIEW[view](summary, said, **of_area)


def help_card(
    session: Session, *, actor: Actor, now: datetime, commands: tuple[str, ...] = (),
    understood: bool = True, channel: bool = False, said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """What can be typed."""
    summary = greetings.help_for(
        session, actor=actor, commands=tuple(commands), understood=understood, channel=channel
    )
    return help.help_card(summary, said)


def greeting(session: Session, *, actor: Actor, now: datetime, said: Feedback = SILENT) -> Face:
    """A person's first message."""
    return welcome.welcome(greetings.welcome_for(session, actor=actor))


def counts(session: Session, *, actor: Actor, now: datetime, said: Feedback = SILENT) -> Face:
    """Counts only, for a channel."""
    return status.status(oversight.status(session, actor=actor, now=now))


def trouble(
    sentence: str, reference: str = "", typed: tuple[str, ...] = (), *, channel: bool = False
) -> Face:
    """Something that went wrong."""
    return problem.problem(Problem(sentence, reference, typed), channel=channel)


BY_NAME: Mapping[str, Callable[..., Face]] = {
    "set_up": set_up_step,
    "week": this_week,
    "area": one_area,
    "reminded": after_reminding,
    "my_areas": my_areas,
    "outstanding": who_owes,
    "review": one_review,
    "help": help_card,
    "welcome": greeting,
    "status": counts,
    **draft_faces.BY_NAME,
    **confirm_faces.BY_NAME,
    **worksheet_faces.BY_NAME,
    **file_faces.BY_NAME,
    **action_faces.BY_NAME,
    **date_faces.BY_NAME,
    **reminder_faces.BY_NAME,
    **habit_faces.BY_NAME,
    **digest_faces.BY_NAME,
}


def by_name(
    session: Session, *, actor: Actor, name: str, now: datetime, params: Mapping[str, Any],
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """A card by its name and what it needs to know, as a delivery or a press holds them."""
    return BY_NAME[name](session, actor=actor, now=now, said=said, **params)
