"""What people see of actions: one of them, a list, and the form to write one."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from eocif import action_owners, reviews
from eocif.access import Access, area_of, areas_of, enter, name_of
from eocif.action_access import LIVE, Acting, goes_on, lead_of, open_action
from eocif.action_history import history
from eocif.action_lines import Led, led_by, lines, owners_for, soonest
from eocif.action_saving import blank, values_of
from eocif.action_steps import kept_for
from eocif.action_summaries import ActionFilter, ActionForm, ActionLine, ActionList, ActionSummary
from eocif.errors import NoSuchAction
from eocif.local_edition import edition_of
from eocif.models import Draft, Member, Review, ReviewArea
from eocif.people import Actor
from eocif.rules import actions as rules
from eocif.rules.action_moves import Move, Part
from eocif.rules.actions import OPEN
from eocif.rules.authorisation import Act, Role
from eocif.rules.dates import london_day
from eocif.rules.framework import Section
from eocif.rules.merging import digest
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Viewer, may_see
from eocif.summaries import ReviewHead
from eocif.time_models import Action

A_PAGE = 10
MINE, ALL = "mine", "all"

# --- one action -------------------------------------------------------------------------------


def show(session: Session, *, actor: Actor, action_id: int, now: datetime) -> ActionSummary:
    """An action as its owner, their deputy or a lead sees it.

    Raises NoSuchAction, NotYours, or NotNow before its review has started.
    """
    at = open_action(session, actor=actor, action_id=action_id, now=now)
    row, review = at.action, at.access.review
    is_deputy = Part.DEPUTY in at.parts and at.owner is not None
    return ActionSummary(
        head=reviews.head(session, review), line=line_of(session, row, reader=actor, now=now),
        measure=row.measure, collects_data=row.collects_data, looked_at=row.looked_at,
        because=row.because, changed=row.changed, refused_because=row.refused_because,
        wanted_on=row.wanted_on, wanted_because=row.wanted_because,
        lead_name=name_of(session, lead_of(session, review, row.area)), may=frozenset(at.may),
        history=history(session, row),
        for_whom=at.owner.name if is_deputy and at.owner else "",
        kept=kept_for(row, actor.person_id), what_do=_what_do(session, at.access, row.area),
        owner_left=Part.LEAD in at.parts and _has_left(session, at),
        is_lead=Part.LEAD in at.parts,
    )  # fmt: skip


def _has_left(session: Session, at: Acting) -> bool:
    left = select(Member.id).where(
        Member.review_id == at.action.review_id, Member.person_id == at.action.owner_id,
        col(Member.removed_at).is_not(None),
    )  # fmt: skip
    return session.exec(left).first() is not None


def _what_do(session: Session, access: Access, number: int) -> str:
    """What the area's worksheet says will be done, once it is concluded, for the group alone.

    A cancelled review shows nobody what others wrote in its worksheet.
    """
    area = session.exec(
        select(ReviewArea).where(
            ReviewArea.review_id == access.review_id, ReviewArea.number == number
        )
    ).first()
    if access.review.state not in LIVE or area is None or not may_see(
        Fact.OUTCOME, Viewer(access.roles), AreaState(area.state),
        area_leads_see_names=access.review.area_leads_see_names,
    ):  # fmt: skip
        return ""
    draft = session.get(Draft, area.id)
    return draft.fields.get("what_do", "") if draft else ""


# --- lists ------------------------------------------------------------------------------------


def line_of(session: Session, action: Action, *, reader: Actor | None, now: datetime) -> ActionLine:
    """One action as a list shows it."""
    return lines(session, [action], reader=reader, now=now)[0]


def lines_of(
    session: Session, *, review_ids: Collection[int], reader: Actor | None, now: datetime
) -> list[ActionLine]:
    """All actions of these reviews, settled ones last; who may see them is for the caller to ask.

    Without a reader nothing is anybody's own, and `waits` says what waits for the leads.
    """
    rows = session.exec(select(Action).where(col(Action.review_id).in_(review_ids)))
    return sorted(lines(session, rows, reader=reader, now=now), key=soonest)


def listing(session: Session, *, actor: Actor, wanted: ActionFilter, now: datetime) -> ActionList:
    """A page of someone's actions over all their reviews, or of a review that they lead.

    An area's lead sees those of their own areas. Who leads nothing gets their own instead. The
    review of a list of all is the newest that they lead, unless they chose one.
    """
    led = led_by(session, actor)
    if wanted.by == ALL and led:
        wanted = _of_one(session, actor, led, wanted)
        theirs, heads = _led_actions(session, led, wanted.review), _heads(session, led.ids)
    else:
        wanted, theirs = replace(wanted, by=MINE), _own_actions(session, actor, now)
        heads = _heads(session, {row.review_id for row in theirs})
    rows = [row for row in theirs if wanted.review in (0, row.review_id)]
    shown = lines(session, rows, reader=actor, now=now)
    found = [
        line for row, line in zip(rows, shown, strict=True) if _fits(row, line, wanted)
    ]  # fmt: skip
    found.sort(key=soonest)
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(wanted.page, 1), pages)
    head = _head(heads, wanted)
    return ActionList(
        head=head, filter=replace(wanted, page=page),
        lines=tuple(found[(page - 1) * A_PAGE : page * A_PAGE]), total=len(found), pages=pages,
        overdue=sum(line.days_overdue > 0 for line in found), reviews=heads,
        owners=_owners(rows, shown), sections=_sections(shown),
        may_add=head is not None and head.id in led.ids, may_see_all=bool(led),
    )  # fmt: skip


def _of_one(session: Session, actor: Actor, led: Led, wanted: ActionFilter) -> ActionFilter:
    review_id = wanted.review or max(led.ids)
    enter(session, actor=actor, review_id=review_id, act=Act.LEAD_ACTIONS)
    return replace(wanted, review=review_id)


def _led_actions(session: Session, led: Led, review_id: int) -> list[Action]:
    rows = session.exec(select(Action).where(Action.review_id == review_id))
    return [row for row in rows if led.holds(row)]


def _own_actions(session: Session, actor: Actor, now: datetime) -> list[Action]:
    """Theirs, and those of people for whom they stand in today; none that they refused."""
    owners = owners_for(session, actor.person_id, london_day(now))
    wanted = (
        select(Action)
        .join(Review, col(Review.id) == col(Action.review_id))
        .where(
            Action.tenant_id == actor.tenant_id, col(Action.owner_id).in_(owners),
            Action.refused_because == "", col(Review.state).in_(LIVE), ~goes_on(),
        )
    )  # fmt: skip
    return list(session.exec(wanted))


def _heads(session: Session, ids: Collection[int]) -> tuple[ReviewHead, ...]:
    """Newest first."""
    found = session.exec(
        select(Review).where(col(Review.id).in_(ids)).order_by(col(Review.id).desc())
    )
    return tuple(reviews.head(session, review) for review in found)


def _head(heads: tuple[ReviewHead, ...], wanted: ActionFilter) -> ReviewHead | None:
    chosen = [head for head in heads if wanted.review in (0, head.id)]
    return chosen[0] if len(chosen) == 1 else None


def _fits(row: Action, line: ActionLine, wanted: ActionFilter) -> bool:
    stands = {
        "": True, "overdue": line.days_overdue > 0, "open": row.status in OPEN,
        "settled": row.status not in OPEN,
    }  # fmt: skip
    return (
        stands[wanted.only]
        and wanted.section in (0, line.section.number)
        and wanted.area in (0, row.area)
        and wanted.owner in (0, row.owner_id)
        and (not wanted.tag or wanted.tag in row.tags)
    )


def _owners(rows: list[Action], shown: list[ActionLine]) -> tuple[tuple[int, str], ...]:
    names = {
        row.owner_id: line.owner for row, line in zip(rows, shown, strict=True) if row.owner_id
    }
    return tuple(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def _sections(shown: list[ActionLine]) -> tuple[Section, ...]:
    found = {line.section.number: line.section for line in shown}
    return tuple(found[number] for number in sorted(found))


def needed(session: Session, review: Review) -> tuple[str, ...]:
    """What open actions still need before sign-off (R37), a sentence for each kind of gap."""
    rows = session.exec(
        select(Action).where(
            Action.review_id == review.id, col(Action.status).in_(OPEN), ~goes_on()
        )
    ).all()
    return rules.needed(
        no_owner=[row.area for row in rows if row.owner_id is None],
        refused=[row.area for row in rows if row.owner_id and row.refused_because],
        no_deadline=[row.area for row in rows if row.deadline is None],
    )


# --- the form ---------------------------------------------------------------------------------


def form(
    session: Session, *, actor: Actor, review_id: int, area: int = 0, action_id: int = 0,
    nonce: str = "", now: datetime,
) -> ActionForm:  # fmt: skip
    """The form of an action for a lead: a new one, or one that is there.

    Without an area it is for the first that the reader leads, with the others to choose from.
    """
    if action_id:
        at = open_action(session, actor=actor, action_id=action_id, now=now)
        if review_id not in (0, at.action.review_id):
            raise NoSuchAction
        at.check(Move.EDIT)
        return _form(session, at.access, at.action, nonce, now, numbers=[at.action.area])
    access = enter(
        session, actor=actor, review_id=review_id, act=Act.LEAD_ACTIONS, area=area or None
    )
    numbers = [area_of(session, review_id=review_id, number=area).number] if area else [
        row.number
        for row in areas_of(session, review_id=review_id)
        if Role.LEAD in access.roles or row.lead_id == actor.person_id
    ]  # fmt: skip
    row = blank(access, numbers[0], "", now)
    return _form(session, access, row, nonce or secrets.token_hex(8), now, numbers=numbers)


def _form(
    session: Session, access: Access, row: Action, nonce: str, now: datetime, *,
    numbers: list[int],
) -> ActionForm:  # fmt: skip
    edition, values = edition_of(access.review), values_of(row)
    others = select(Action).where(
        Action.review_id == access.review_id, Action.area == row.area, Action.id != row.id
    )
    earlier = lines(session, session.exec(others), reader=access.actor, now=now)
    people = action_owners.possible(session, access.review)
    return ActionForm(
        head=reviews.head(session, access.review), id=row.id or 0, nonce=nonce,
        section=edition.section_of(row.area), area=edition.area(row.area),
        areas=tuple(edition.area(number) for number in numbers), values=values,
        shown={name: digest(value) for name, value in values.items()},
        owners=tuple((person_id, person.name) for person_id, person in people.items()),
        what_do=_what_do(session, access, row.area), earlier=tuple(sorted(earlier, key=soonest)),
        today=london_day(now), kept=kept_for(row, access.actor.person_id),
    )  # fmt: skip
