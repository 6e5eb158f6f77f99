"""Levels, areas and ratings as tables (PURE)."""

from collections.abc import Iterator

from eocif.report_summaries import AreaReport, Report, StatementReport
from eocif.reports.table import Column, Row, Table
from eocif.reports.wording import (
    ORIGINS,
    area_state,
    day,
    gap_in_words,
    moved_in_words,
    statement_name,
    statement_text,
    verdict_in_words,
)
from eocif.round_summaries import StatementResult
from eocif.rules.answers import choice_name
from eocif.rules.framework import Area
from eocif.rules.progress import AreaState
from eocif.rules.spread import EVERYONE, TOO_FEW, Spread
from eocif.rules.statements import Statement

# --- levels -----------------------------------------------------------------------------

LEVELS = (
    Column("Section", 20),
    Column("Area", 7),
    Column("Short title (ours)", 22),
    Column("Statement", 12),
    Column("What it says", 60),
    Column("Level", 18),
    Column("How it ended", 16),
    Column("What the rule said", 24, may_go=True),
    Column("Reason", 40, may_go=True),
    Column("What was heard", 40, may_go=True),
    Column("Grouping (ours)", 24, may_go=True),
    Column("Last time", 18, may_go=True),
    Column("Confirmed by", 20, may_go=True),
    Column("Confirmed on", 28, may_go=True),
)


def levels(report: Report) -> Table:
    """How each statement ended, with who confirmed it."""
    rows = [row for area in report.areas for row in _levels(report, area)]
    return Table("Levels", LEVELS, tuple(rows))


def _levels(report: Report, area: AreaReport) -> Iterator[Row]:
    for at in area.statements:
        yield _level(report, area, at)
    for statement, reason in area.not_applicable:
        where, nothing = _where(area, statement), ("",) * 4
        yield (*where, "", "Not applicable here", "", reason, *nothing, None)


def _where(area: AreaReport, statement: Statement) -> Row:
    """Which statement a row is about, in the first five columns."""
    return (
        f"{area.section.number} {area.section.title}", area.area.number, _label(area.area),
        statement_name(statement), statement_text(statement, area.area.label),
    )  # fmt: skip


def _level(report: Report, area: AreaReport, at: StatementReport) -> Row:
    edition = report.edition
    said = verdict_in_words(edition, at.result.verdict) if at.result else ""
    return (
        *_where(area, at.statement), choice_name(edition, at.level), how_it_ended(area, at), said,
        at.reason, at.heard, grouping(report, at.statement.code), choice_name(edition, at.before),
        at.confirmed_by, at.confirmed_on,
    )  # fmt: skip


def _label(area: Area) -> str:
    """An area's short title, which is ours unless the review wrote its own."""
    return f"{area.label} (local)" if area.label_is_local else area.label


def how_it_ended(area: AreaReport, at: StatementReport) -> str:
    """Agreed, set by the lead, not agreed …; a set-aside area has no other end."""
    return area_state(area.state) if area.state == AreaState.SET_ASIDE else ORIGINS[at.origin]


def grouping(report: Report, code: str) -> str:
    """The groups that a statement is in: ours, not the framework's."""
    groups = {
        "Strong practice": report.strong,
        "In need of improvement": report.to_improve,
        "Consistency can be improved": report.consistency,
    }
    return ", ".join(name for name, codes in groups.items() if code in codes)


# --- areas ------------------------------------------------------------------------------


def areas(report: Report) -> Table:
    """Each area's worksheet answers, and what stayed open."""
    questions = report.edition.questions
    columns = (
        Column("Area", 7),
        Column("Short title (ours)", 22),
        Column("State", 16),
        *(Column(question, 50, may_go=True) for question in questions),
        Column("On different levels", 40, may_go=True),
        Column("Draws on", 30, may_go=True),
        Column("Took part but not drawn on", 30, may_go=True),
        Column("Concerns", 10, may_go=True),
        Column("Concerns that stand", 10, may_go=True),
        Column("Did not respond", 10, may_go=True),
        Column("Why set aside", 40, may_go=True),
        Column("Opened again", 40, may_go=True),
        Column("Concluded by", 20, may_go=True),
        Column("Concluded on", 28, may_go=True),
    )
    return Table("Areas", columns, tuple(_area(each) for each in report.areas))


def _area(area: AreaReport) -> Row:
    words = [area.words.get(field, "") for field in ("where_now", "what_good", "what_do", "gap")]
    # A version without ratings has no counts either: its noughts would say that nobody objected.
    counts = (area.concerns, area.concerns_standing, area.did_not_respond)
    are_shown = area.state == AreaState.CONCLUDED and area.result is not None
    again = "\n".join(f"{day(each.on)}: {each.because}" for each in area.reopened)
    return (
        area.area.number, _label(area.area), area_state(area.state), *words,
        ", ".join(each.name for each in area.draws_on),
        ", ".join(each.name for each in area.not_cited),
        *(counts if are_shown else ("", "", "")),
        area.set_aside_because, again, area.concluded_by, area.concluded_on,
    )  # fmt: skip


# --- ratings ----------------------------------------------------------------------------


def ratings(report: Report) -> Table:
    """Each statement's spread: everyone, and then each group of three or more."""
    columns = (
        Column("Area", 7),
        Column("Statement", 12),
        Column("Who", 44),
        Column("People", 9),
        *(Column(level.name, 14) for level in report.edition.levels),
        Column("I don't know enough", 12),
        Column("Not applicable", 12),
        Column("No answer", 10),
        Column("What the rule said", 26),
        Column("Gap between voices", 30, may_go=True),
        Column("Since round 1", 20, may_go=True),
        Column("Note", 26, may_go=True),
    )
    rows = [row for area in report.areas for row in _ratings_of(report, area)]
    return Table("Ratings", columns, tuple(rows))


def _ratings_of(report: Report, area: AreaReport) -> Iterator[Row]:
    if area.withholds_levels:
        yield (area.area.number, "", EVERYONE, *[""] * 11, TOO_FEW)
    for at in area.statements:
        if at.result is not None:
            yield from _ratings(report, area, at.result)


def _ratings(report: Report, area: AreaReport, result: StatementResult) -> Iterator[Row]:
    def row(who: str, spread: Spread, *more: str) -> Row:
        people = spread.responses + spread.unanswered
        name = statement_name(result.statement)
        rest = (spread.dont_know, spread.not_applicable, spread.unanswered)
        return (area.area.number, name, who, people, *spread.counts, *rest, *more)

    many = "Many people could not judge this" if result.spread.many_could_not else ""
    yield row(
        EVERYONE, result.spread, verdict_in_words(report.edition, result.verdict),
        gap_in_words(result.gap), moved_in_words(result.moved, result.moved_of), many,
    )  # fmt: skip
    for group in result.groups:
        yield row(group.name, group.spread, "", "", "", "")
