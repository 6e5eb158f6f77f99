"""What the review before ended with, shown beside an area once its round 1 has closed."""

from datetime import date

from sqlmodel import Session, select

from eocif import results
from eocif.models import Conclusion, Review, ReviewArea
from eocif.report_others import compares, levels_of


def levels(
    session: Session, *, review: Review, area: ReviewArea
) -> tuple[dict[str, str], date | None]:
    """Last time's levels of an area by statement code, or “not_agreed”, and that review's baseline.

    Nothing while round 1 is open: it is blind, and an old level would steer it. Nothing either
    where the two reviews rated another unit, or by another edition: such levels do not compare.
    """
    last = session.get(Review, review.before_id) if review.before_id else None
    if last is None or last.tenant_id != review.tenant_id or not compares(review, last):
        return {}, None
    if not results.closed_round(area):
        return {}, None
    rows = session.exec(
        select(Conclusion)
        .join(ReviewArea)
        .where(ReviewArea.review_id == last.id, ReviewArea.number == area.number)
    )
    return levels_of([{row.code: row for row in rows}]), last.baseline_on
