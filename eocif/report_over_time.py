"""Levels over time: of the reviews before this one, and of re-ratings between reviews."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from eocif.models import Review
from eocif.people import known
from eocif.report_others import compares, concluded, levels_of
from eocif.report_rows import Rows
from eocif.report_summaries import Occasion
from eocif.rules.progress import ReviewState
from eocif.rules.visibility import Fact

Links = Mapping[int, tuple[int | None, bool]]
"""By review id, the id of the review before it, and whether it is a re-rating."""


def over_time(session: Session, rows: Rows) -> tuple[Occasion, ...]:
    """The occasions on which this review's statements got a level, oldest first.

    Only of reviews that are signed off and rated the same unit of the same edition, and only of
    areas that are concluded there and here: until then last time's levels are nobody's to see.
    Empty where there is no other occasion than this review itself.
    """
    this = Occasion(
        rows.review.title, rows.review.baseline_on, rows.review.is_rerating, True, _own(rows)
    )  # fmt: skip
    others = list(_others(session, rows, this.levels))
    return tuple(sorted([*others, this], key=_when)) if others else ()


def _when(occasion: Occasion) -> tuple[date, bool, str]:
    return occasion.on or date.max, occasion.is_this, occasion.title


def _own(rows: Rows) -> dict[str, str]:
    areas = (area for area in rows.areas if rows.may(Fact.OUTCOME, area))
    return levels_of(rows.conclusions.get(known(area.id), {}) for area in areas)


def _others(session: Session, rows: Rows, own: Mapping[str, str]) -> Iterable[Occasion]:
    ids = lineage(known(rows.review.id), _links(session, rows.review)) - {rows.review.id}
    reviews = [
        each
        for each in session.exec(select(Review).where(col(Review.id).in_(ids)))
        if each.state == ReviewState.SIGNED_OFF and compares(rows.review, each)
    ]
    ended = concluded(session, rows, reviews)
    for each in reviews:
        levels = levels_of(by_code for _, by_code in ended[known(each.id)])
        shared = {code: level for code, level in levels.items() if code in own}
        if shared:
            yield Occasion(each.title, each.baseline_on, each.is_rerating, False, shared)


def _links(session: Session, review: Review) -> Links:
    found = session.exec(
        select(Review.id, Review.before_id, Review.is_rerating)
        .where(Review.tenant_id == review.tenant_id)
    )  # fmt: skip
    return {known(each): (before, is_rerating) for each, before, is_rerating in found}


def lineage(review_id: int, links: Links) -> set[int]:
    """A review, those before it, one after another, and the re-ratings that followed any of them.

    Reviews that follow a review and are no re-ratings are another line's, or still to come.
    """
    found: set[int] = set()
    step: int | None = review_id
    while step is not None and step in links and step not in found:
        found.add(step)
        step = links[step][0]
    size = 0
    while size != len(found):
        size = len(found)
        found |= {each for each, (before, again) in links.items() if again and before in found}
    return found
