"""What people wrote on areas, as it is stored: for `eocif.voices` alone, which says who reads it.

Only of rounds that have closed. However many areas are asked for, there are four queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from eocif.models import Evidence, Hidden, Response, ReviewArea, View
from eocif.people import known
from eocif.results import closed_round
from eocif.rules.answers import WORDS
from eocif.rules.dates import london_day

EVIDENCE, COMMENT = "evidence", "comment"
FIELDS = (*WORDS, EVIDENCE, COMMENT)
"""What people write about, in the order in which it is shown."""

STORY = "story"

Hiding = dict[tuple[int, str], tuple[Hidden, ...]]
"""What is hidden, by an area's id and a text's key."""


@dataclass(frozen=True)
class Said:
    """Something that one person wrote. `what` is a field of the view, evidence_7 or comment_2."""

    area_id: int
    member_id: int
    what: str
    field: str
    text: str
    given_by: int | None
    source: str = ""
    kind: str = ""
    link: str = ""
    consent: str = ""
    consent_on: date | None = None
    hidden: tuple[Hidden, ...] = ()

    @property
    def key(self) -> str:
        """How a button names it."""
        return f"{self.member_id}:{self.what}"

    @property
    def row_id(self) -> int:
        """Of a piece of evidence, its row's id."""
        return int(self.what.removeprefix(f"{EVIDENCE}_"))


def said(session: Session, *, areas: Iterable[ReviewArea]) -> dict[int, list[Said]]:
    """By area number, everything that was written there, in no order."""
    closed = {known(area.id): area for area in areas if closed_round(area)}
    hidden = _hidden(session, closed)
    written = (
        *_views(session, closed),
        *_evidence(session, closed),
        *_comments(session, closed),
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for each in written:
        marked = replace(each, hidden=hidden[each.area_id, each.key])
        found[closed[each.area_id].number].append(marked)
    return found


def _hidden(session: Session, area_ids: Collection[int]) -> Hiding:
    rows = session.exec(
        select(Hidden).where(col(Hidden.area_id).in_(area_ids)).order_by(col(Hidden.id))
    )
    found: Hiding = defaultdict(tuple)
    for row in rows:
        found[row.area_id, f"{row.member_id}:{row.what}"] += (row,)
    return found


def _views(session: Session, area_ids: Collection[int]) -> Iterator[Said]:
    for row in session.exec(select(View).where(col(View.area_id).in_(area_ids))):
        for field in WORDS:
            if text := getattr(row, field):
                yield Said(row.area_id, row.member_id, field, field, text, row.given_by)


def _evidence(session: Session, area_ids: Collection[int]) -> Iterator[Said]:
    rows = session.exec(
        select(Evidence, View)
        .join(View, col(View.id) == col(Evidence.view_id))
        .where(col(View.area_id).in_(area_ids))
    )
    for row, view in rows:
        yield Said(
            view.area_id, view.member_id, f"{EVIDENCE}_{row.id}", EVIDENCE, row.text,
            view.given_by, row.source, row.kind, row.link, row.consent,
            london_day(row.consent_at) if row.consent_at else None,
        )  # fmt: skip


def _comments(session: Session, areas: Mapping[int, ReviewArea]) -> Iterator[Said]:
    rows = session.exec(
        select(Response).where(
            col(Response.area_id).in_(areas), Response.answer != "", Response.comment != ""
        )
    )
    for row in rows:
        if row.round <= closed_round(areas[row.area_id]):
            what = f"{COMMENT}_{row.round}"
            yield Said(row.area_id, row.member_id, what, COMMENT, row.comment, row.given_by)
