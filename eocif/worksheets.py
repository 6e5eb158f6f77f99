"""The worksheet as it stands: what each area ended with, and what sign-off still waits for."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, or_, select

from eocif import action_views, conclusions, reviews
from eocif.access import Access, areas_of, enter
from eocif.local_edition import edition_of, statements_of
from eocif.models import Conclusion, Member, Review, ReviewArea
from eocif.people import Actor, known
from eocif.round_summaries import Worksheet, WorksheetArea
from eocif.rules import phrases
from eocif.rules.authorisation import RULES, Act, Role, is_allowed
from eocif.rules.progress import AreaState, ReviewState
from eocif.rules.visibility import Fact, Version, Viewer, may_see


def worksheet(
    session: Session, *, actor: Actor, review_id: int, section: int, now: datetime
) -> Worksheet:
    """The worksheet for someone of the group: all its areas, or those of one section.

    What sign-off waits for is said to who may sign off. A section that the edition does not have
    shows the whole.
    """
    access = enter(session, actor=actor, review_id=review_id, act=Act.SEE_WORKSHEET)
    review, edition = access.review, edition_of(access.review)
    areas = areas_of(session, review_id=review_id)
    wanted = section if section in {each.number for each in edition.sections} else 0
    shown = [a for a in areas if not wanted or edition.section_of(a.number).number == wanted]
    signs_off = is_allowed(Act.SIGN_OFF, access.roles, ReviewState(review.state))
    needed = standing(session, review) if signs_off else ()
    return Worksheet(
        head=reviews.head(session, review), edition=edition, section=wanted,
        areas=_lines(session, access, shown), standing=needed,
        may_sign_off=signs_off and not needed, may_export=_may_export(access),
        baseline_on=review.baseline_on, reassess_on=review.reassess_on,
        led=tuple(a.number for a in areas if (a.lead_id or review.lead_id) == actor.person_id),
        sections=tuple(sorted({edition.section_of(a.number).number for a in areas})),
        is_member=Role.MEMBER in access.roles, is_rerating=review.is_rerating,
    )  # fmt: skip


def _lines(
    session: Session, access: Access, areas: Iterable[ReviewArea]
) -> tuple[WorksheetArea, ...]:
    ended = conclusions.of_review(session, review_id=access.review_id)
    return tuple(_line(access, area, ended.get(known(area.id), {})) for area in areas)


def _line(access: Access, area: ReviewArea, rows: dict[str, Conclusion]) -> WorksheetArea:
    may, may_read = (
        may_see(
            fact, Viewer(access.roles), AreaState(area.state),
            area_leads_see_names=access.review.area_leads_see_names,
        )
        for fact in (Fact.OUTCOME, Fact.LEADS_WORDS)
    )  # fmt: skip
    return WorksheetArea(
        area=edition_of(access.review).area(area.number), state=area.state,
        statements=statements_of(access.review, area.number),
        levels=conclusions.levels(rows) if may else {},
        origins={code: row.origin for code, row in rows.items()} if may else {},
        concluded_on=conclusions.concluded_on(area),
        set_aside_because=area.set_aside_because if may_read else "",
        times_reopened=len(area.reopened),
    )  # fmt: skip


def _may_export(access: Access) -> tuple[str, ...]:
    """Every version for the lead, the worksheet for everyone else in the group."""
    state = ReviewState(access.review.state)
    if is_allowed(Act.REPORT, access.roles, state):
        return tuple(Version)
    return (Version.GROUP,) if state in RULES[Act.REPORT].states else ()


# --- what sign-off waits for ------------------------------------------------------------

_WAITS = {
    AreaState.WAITING: "not open yet.",
    AreaState.ROUND_1: "still open for answers.",
    AreaState.DRAFTING: "waiting for a draft.",
    AreaState.ROUND_2: "still with the group.",
    AreaState.CONCLUDING: "not concluded yet.",
}
_NO_REASON = "set aside without a reason. Open it again, then set it aside with one."


def standing(session: Session, review: Review) -> tuple[str, ...]:
    """What a review still needs before sign-off, a sentence for each; empty when it is ready.

    Every area in scope is to be concluded, or set aside with a reason (PR1209 names each area), and
    every open action needs an owner and a deadline.
    """
    areas = areas_of(session, review_id=known(review.id))
    found = [
        _sentence([area.number for area in areas if area.state == state], what)
        for state, what in _WAITS.items()
    ]
    found += [
        _sentence([area.number], _NO_REASON)
        for area in areas
        if area.state == AreaState.SET_ASIDE and not area.set_aside_because
    ]
    return (*(sentence for sentence in found if sentence), *action_views.needed(session, review))


def _sentence(numbers: list[int], what: str) -> str:
    verb = "is" if len(numbers) == 1 else "are"
    return f"{phrases.areas(numbers)} {verb} {what}" if numbers else ""


# --- whose worksheet -------------------------------------------------------------------

_FIRST = (ReviewState.COLLECTING, ReviewState.SIGNED_OFF, ReviewState.CANCELLED)


def reviews_of(session: Session, *, actor: Actor) -> list[Review]:
    """The started reviews that someone leads or is part of, ended ones too.

    Running ones come first, then those signed off, then those cancelled; each newest first.
    """
    member = select(Member.review_id).where(
        Member.person_id == actor.person_id, col(Member.removed_at).is_(None)
    )
    leads = select(ReviewArea.review_id).where(ReviewArea.lead_id == actor.person_id)
    wanted = select(Review).where(
        Review.tenant_id == actor.tenant_id, col(Review.started_at).is_not(None)
    )
    if not actor.is_listed:
        mine = Review.lead_id == actor.person_id
        wanted = wanted.where(or_(mine, col(Review.id).in_(member), col(Review.id).in_(leads)))
    found = session.exec(wanted.order_by(col(Review.id).desc())).all()
    return sorted(found, key=lambda review: _FIRST.index(ReviewState(review.state)))
