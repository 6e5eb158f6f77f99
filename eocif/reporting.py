"""A review's report for one of its versions: all that a file may show, and nothing else."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from eocif import audit_chain
from eocif.models import Conclusion, Review
from eocif.people import known
from eocif.report_actions import actions, principles
from eocif.report_areas import area_report, stories
from eocif.report_method import method
from eocif.report_others import attached, before
from eocif.report_over_time import over_time
from eocif.report_people import people
from eocif.report_rows import Rows, read
from eocif.report_summaries import Report
from eocif.rules.agreement import Kind
from eocif.rules.answers import NOT_AGREED
from eocif.rules.drafting import AGREED
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.scope import scope_in_words
from eocif.rules.visibility import Fact, Version

_STRONG, _WEAK = LEVEL_KEYS[2:], LEVEL_KEYS[:2]
_UNEVEN = (Kind.CLOSE, Kind.NOT_AGREED)


def report(session: Session, *, review_id: int, version: Version, now: datetime) -> Report:
    """A report as of now. Who may have it is asked before; what it may show is settled here.

    Nothing of a round that is still open is in it, whatever the version.
    """
    rows = read(session, review_id=review_id, version=version)
    review, (last, levels) = rows.review, before(session, rows)
    strong, weak, uneven = _groupings(rows)
    return Report(
        version=version, made_at=now, edition=rows.edition, title=review.title,
        provider=review.provider, division=review.division, state=review.state,
        scope=scope_in_words(rows.edition, [area.number for area in rows.areas]),
        lead=rows.name(review.lead_id), unit=review.rating_unit, method=method(rows),
        areas=tuple(area_report(rows, area, levels) for area in rows.areas),
        strong=strong, to_improve=weak, consistency=uneven, stories=stories(rows),
        attached=attached(session, rows), before=last, people=people(session, rows),
        baseline_on=review.baseline_on, reassess_on=review.reassess_on,
        signed_off_by=rows.name(review.signed_off_by),
        seal=audit_chain.head(session, review_id=review_id),
        actions=actions(session, rows, now=now), principles=principles(rows),
        over_time=over_time(session, rows), **_beside(rows, review),
    )  # fmt: skip


def _beside(rows: Rows, review: Review) -> dict[str, Any]:
    """What stands beside the levels, each in the versions that may show it."""
    governance = rows.may_always(Fact.GOVERNANCE)
    words = rows.may_always(Fact.LEADS_WORDS)
    return {
        "executive_lead": review.executive_lead if rows.may_always(Fact.LEADS_NAMES) else "",
        "forum": review.forum if governance else "",
        "segment": review.segment if governance else "",
        "safety_reference": review.safety_reference if governance else "",
        "effectiveness_reference": review.effectiveness_reference if governance else "",
        "predecessor": dict(review.predecessor) if words else {},
        "reassess_because": review.reassess_because if words else "",
    }


# --- groupings (ours) -------------------------------------------------------------------------


def _groupings(rows: Rows) -> tuple[tuple[str, ...], ...]:
    """Codes: agreed achieving or excelling; agreed lower; close, not agreed, or with a gap."""
    ended = list(_ended(rows))
    agreed = [(row.code, row.level) for row, _ in ended if row.origin == AGREED]
    return (
        tuple(code for code, level in agreed if level in _STRONG),
        tuple(code for code, level in agreed if level in _WEAK),
        tuple(row.code for row, gap in ended if gap or _is_uneven(row)),
    )


def _is_uneven(row: Conclusion) -> bool:
    return row.origin == NOT_AGREED or row.verdict in _UNEVEN


def _ended(rows: Rows) -> Iterator[tuple[Conclusion, int | None]]:
    """Every conclusion that this version may show, in order, with its gap."""
    for area in rows.areas:
        if rows.may(Fact.OUTCOME, area):
            ended = rows.conclusions.get(known(area.id), {})
            for each in rows.results[area.number].statements:
                if each.statement.code in ended:
                    yield ended[each.statement.code], each.gap
