"""The cards of actions: the list, one action with its forms, and the form to write one."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from cards import action_card, action_form, action_forms, action_list
from cards.face import Face
from eocif import action_views
from eocif.action_summaries import ActionFilter
from eocif.people import Actor
from eocif.summaries import SILENT, Feedback

MINE, ALL = "mine", "all"


def listing(
    session: Session, *, actor: Actor, now: datetime, by: str = "", review: int = 0,
    section: int = 0, area: int = 0, owner: int = 0, tag: str = "", only: str = "", page: int = 1,
    said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """Someone's actions, or all of a review that they lead.

    Where nobody asked for either, a lead who owns none sees all.
    """
    wanted = ActionFilter(by or MINE, review, section, area, owner, tag, only, page)
    found = action_views.listing(session, actor=actor, wanted=wanted, now=now)
    if not by and not found.total and found.may_see_all:
        everyone = ActionFilter(ALL, review)
        found = action_views.listing(session, actor=actor, wanted=everyone, now=now)
    return action_list.actions(found, said, for_user=actor.teams_id)


def action(
    session: Session, *, actor: Actor, now: datetime, action: int, view: str = "summary",
    page: int = 1, said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """One action, or one of its forms."""
    summary = action_views.show(session, actor=actor, action_id=action, now=now)
    if view in action_forms.FORMS:
        return action_forms.FORMS[view](summary, said, nonce=secrets.token_hex(8))
    return action_card.action(summary, said, page=page, for_user=actor.teams_id)


def form(
    session: Session, *, actor: Actor, now: datetime, review: int = 0, area: int = 0,
    action: int = 0, nonce: str = "", said: Feedback = SILENT,
) -> Face:  # fmt: skip
    """An action to write or to change; one that is there knows its review and area."""
    shown = action_views.form(
        session, actor=actor, review_id=review, area=area, action_id=action, nonce=nonce, now=now
    )
    return action_form.form(shown, said, is_area_known=bool(area or action))


BY_NAME: Mapping[str, Callable[..., Face]] = {
    "actions": listing,
    "action": action,
    "action_form": form,
}
