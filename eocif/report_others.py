"""What a report shows of other reviews: last time's levels, and divisional reviews' counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from eocif import rounds
from eocif.local_edition import edition_of, statements_of
from eocif.models import Conclusion, Review, ReviewArea
from eocif.people import known
from eocif.report_rows import Rows
from eocif.report_summaries import Attached
from eocif.reports.counts import NOT_YET, SET_ASIDE
from eocif.rules.answers import NOT_AGREED
from eocif.rules.framework import LEVEL_KEYS, Section
from eocif.rules.progress import AreaState
from eocif.rules.scope import scope_in_words
from eocif.rules.statements import BY_AREA, LOCAL
from eocif.rules.visibility import Fact, report_may_show

Ended = tuple[ReviewArea, dict[str, Conclusion]]
NO_BEFORE: tuple[str, date | None] = ("", None)


def before(session: Session, rows: Rows) -> tuple[tuple[str, date | None], dict[str, str]]:
    """Last time's title and baseline, and its levels by code: a key or “not_agreed”.

    Only where both reviews rated the same unit of the same edition: other levels do not compare.
    """
    review = rows.review
    last = _same_tenant(session, review, [review.before_id] if review.before_id else [])
    if not last or not compares(review, last[0]):
        return NO_BEFORE, {}
    found = concluded(session, rows, last)[known(last[0].id)]
    return (last[0].title, last[0].baseline_on), levels_of(by_code for _, by_code in found)


def compares(review: Review, other: Review) -> bool:
    """Whether levels of two reviews compare: of the same unit of the same edition."""
    return (review.rating_unit, review.edition) == (other.rating_unit, other.edition)


def levels_of(areas: Iterable[Mapping[str, Conclusion]]) -> dict[str, str]:
    """By code, a level's key or “not_agreed”; a local code may be another statement elsewhere."""
    return {
        code: row.level or row.origin
        for by_code in areas
        for code, row in by_code.items()
        if not code.startswith(LOCAL) and (row.level or row.origin) in (*LEVEL_KEYS, NOT_AGREED)
    }


def attached(session: Session, rows: Rows) -> tuple[Attached, ...]:
    """The divisional reviews attached to this one: numbers of statements by level and section."""
    if not rows.may_always(Fact.GOVERNANCE):
        return ()
    others = _same_tenant(session, rows.review, rows.review.attached)
    ended = concluded(session, rows, others)
    return tuple(_attached(each, ended[known(each.id)]) for each in others)


def _attached(review: Review, areas: Iterable[Ended]) -> Attached:
    held = list(areas)
    scope = scope_in_words(edition_of(review), [area.number for area, _ in held])
    if review.rating_unit == BY_AREA:
        scope = f"{scope}, each rated as a whole"
    return Attached(
        review.title, review.division, review.baseline_on, scope,
        tuple(_by_section(review, held).values()),
    )  # fmt: skip


def _by_section(
    review: Review, areas: Iterable[Ended]
) -> dict[int, tuple[Section, Mapping[str, int]]]:
    found: dict[int, tuple[Section, Counter[str]]] = {}
    for area, ended in areas:
        section = edition_of(review).section_of(area.number)
        _, counts = found.setdefault(section.number, (section, Counter()))
        none_yet = SET_ASIDE if area.state == AreaState.SET_ASIDE else NOT_YET
        for each in statements_of(review, area.number):
            row = ended.get(each.code)
            counts[(row.level or row.origin) if row else none_yet] += 1
    return {number: (section, counts) for number, (section, counts) in found.items()}


# --- reading them -----------------------------------------------------------------------------


def _same_tenant(session: Session, review: Review, ids: Iterable[int]) -> list[Review]:
    wanted = select(Review).where(col(Review.id).in_(ids), Review.tenant_id == review.tenant_id)
    return list(session.exec(wanted.order_by(col(Review.title), col(Review.id))))


def concluded(session: Session, rows: Rows, reviews: Iterable[Review]) -> dict[int, list[Ended]]:
    """By review id, its areas, each with how its statements ended where a version may show it."""
    ids = [known(review.id) for review in reviews]
    areas = session.exec(
        select(ReviewArea)
        .where(col(ReviewArea.review_id).in_(ids))
        .order_by(col(ReviewArea.number))
    ).all()
    shown = {
        known(area.id)
        for area in areas
        if report_may_show(Fact.OUTCOME, rows.version, rounds.state_for_seeing(area))
    }
    ended: dict[int, dict[str, Conclusion]] = defaultdict(dict)
    for row in session.exec(select(Conclusion).where(col(Conclusion.area_id).in_(shown))):
        ended[row.area_id][row.code] = row
    found: dict[int, list[Ended]] = {review_id: [] for review_id in ids}
    for area in areas:
        found[area.review_id].append((area, ended[known(area.id)]))
    return found
