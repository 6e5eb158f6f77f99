"""What a report holds, as tables (PURE): the same rows for every sheet and file that needs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from eocif.report_summaries import AreaReport, PersonView, Report, StatementReport
from eocif.reports.wording import (
    ANSWERS,
    KINDS,
    NOT_JUDGED,
    ORIGINS,
    OURS,
    READERS,
    area_state,
    choice_name,
    day,
    edition_line,
    gap_in_words,
    moved_in_words,
    name_of,
    rule_in_one,
    statement_name,
    statement_text,
    took_part,
    verdict_in_words,
)
from eocif.round_summaries import StatementResult
from eocif.rules.answers import WORDS
from eocif.rules.dates import london_day
from eocif.rules.progress import AreaState
from eocif.rules.spread import EVERYONE, Spread
from eocif.rules.statements import Statement

Value = str | int | date | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and whether it goes where it is empty."""

    title: str
    width: int = 12
    may_go: bool = False


@dataclass(frozen=True)
class Table:
    """A named table. Every row has a value, perhaps an empty one, for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def without_empty(table: Table) -> Table:
    """The table without the columns that may go and hold nothing in any row."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if not column.may_go or any(row[place] not in ("", None) for row in table.rows)
    ]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return Table(table.name, tuple(table.columns[place] for place in kept), rows)


def tables(report: Report) -> tuple[Table, ...]:
    """Every table that has rows, in the order that people need them."""
    every = (
        about(report), levels(report), areas(report), ratings(report), concerns(report),
        evidence(report), stories(report), views(report), choices(report),
    )  # fmt: skip
    return tuple(without_empty(table) for table in every if table.rows)


# --- about ------------------------------------------------------------------------------


def about(report: Report) -> Table:
    """What this is, of whom, by which rule, and who took part."""
    columns = (Column("What", 34), Column("What it says", 100))
    return Table("About", columns, tuple((name, text) for name, text in _about(report) if text))


def _about(report: Report) -> Iterator[tuple[str, str]]:
    yield "Review", name_of(report)
    yield "Please note", NOT_JUDGED
    yield "Who this is for", f"{READERS[report.version]}."
    yield "Framework", edition_line(report.edition)
    yield "Licence", report.edition.attribution
    yield "Our words", OURS
    yield "Scope", report.scope
    yield "Agreement rule", rule_in_one(report.method.rule)
    yield from _method(report)
    yield from _governance(report)
    yield "Made on", day(london_day(report.made_at))
    yield "Seal of the audit trail", report.seal


def _method(report: Report) -> Iterator[tuple[str, str]]:
    method = report.method
    yield "Who took part", took_part(method)
    yield "People with lived experience", str(method.lived_experience or "")
    yield "People without Teams", str(method.without_teams or "")
    yield "Perspectives without a member", ", ".join(each.name for each in method.missing)
    yield "Perspectives that did not answer", ", ".join(each.name for each in method.silent)
    for each in method.rounds:
        days = " to ".join(filter(None, (day(each.first_day), day(each.last_day))))
        yield each.name, f"{each.answered} of {each.asked} answers given. {days}".strip()
    yield "Changes to the plan", "\n".join(method.changes)


def _governance(report: Report) -> Iterator[tuple[str, str]]:
    yield "Experience of care lead", report.lead
    yield "Executive lead", report.executive_lead
    yield "Reports to", report.forum
    yield "Oversight segment", report.segment
    yield "Safety", report.safety_reference
    yield "Clinical effectiveness", report.effectiveness_reference
    for heading, text in report.predecessor.items():
        yield f"2018 self-assessment: {heading}", text
    for each in report.attached:
        yield "Attached review", " · ".join(filter(None, (each.title, each.division, each.scope)))
    title, on = report.before
    yield "Last time", " · ".join(filter(None, (title, day(on))))
    yield "Signed off by", report.signed_off_by
    yield "Baseline", day(report.baseline_on)
    yield "Assess again by", day(report.reassess_on)
    yield "Why sooner than three years", report.reassess_because


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
        f"{area.section.number} {area.section.title}", area.area.number, area.area.label,
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
        area.area.number, area.area.label, area_state(area.state), *words,
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
    rows = [
        row
        for area in report.areas
        for at in area.statements
        if at.result is not None
        for row in _ratings(report, area, at.result)
    ]
    return Table("Ratings", columns, tuple(rows))


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


# --- what people said ---------------------------------------------------------------------


def concerns(report: Report) -> Table:
    """Concerns and comments that stay with the worksheet, and what was answered."""
    columns = (
        Column("Area", 7),
        Column("From", 34),
        Column("What kind", 22),
        Column("In their words", 70),
        Column("The lead's answer", 60, may_go=True),
        Column("Does it stand?", 14, may_go=True),
    )
    rows = [
        (
            area.area.number, each.group, ANSWERS[each.answer], each.text, each.reply,
            "It stands" if each.stands else "",
        )
        for area in report.areas
        for each in area.dissent
    ]  # fmt: skip
    return Table("Concerns", columns, tuple(rows))


def evidence(report: Report) -> Table:
    """Evidence by source and kind: words stay words, and numbers numbers."""
    columns = (
        Column("Area", 7),
        Column("Source", 36),
        Column("Kind", 14),
        Column("What it shows", 70, may_go=True),
        Column("Link", 50, may_go=True),
    )
    rows = [
        (each.area, each.source, KINDS[each.kind], each.text, each.link)
        for area in report.areas
        for each in area.evidence
    ]
    return Table("Evidence", columns, tuple(rows))


def stories(report: Report) -> Table:
    """Stories, each with how consent to show it was recorded."""
    columns = (
        Column("Area", 7),
        Column("Someone's story", 80),
        Column("Link", 40, may_go=True),
        Column("How consent was given", 40),
        Column("Recorded on", 28),
    )
    rows = [
        (each.area, each.text, each.link, each.consent, each.recorded_on) for each in report.stories
    ]
    return Table("Stories", columns, tuple(rows))


# --- for the lead alone ---------------------------------------------------------------------

_PERSON = (
    Column("Area", 7),
    Column("Name", 22),
    Column("Perspective", 30),
    Column("Recorded for them", 12, may_go=True),
)


def _person(view: PersonView) -> Row:
    return view.area, view.name, view.perspective, "Yes" if view.on_behalf else ""


def views(report: Report) -> Table:
    """What each member wrote, an area a row."""
    columns = (
        *_PERSON,
        *(Column(label, 50, may_go=True) for label in WORDS.values()),
        Column("Of the draft", 22, may_go=True),
        Column("Comment or concern", 50, may_go=True),
    )
    rows = [
        (
            *_person(view), *(view.words.get(field, "") for field in WORDS),
            ANSWERS[view.answer] if view.answer else "", view.comment,
        )
        for view in report.people
    ]  # fmt: skip
    return Table("Views", columns, tuple(rows))


def choices(report: Report) -> Table:
    """What each member chose, a statement a row and a round a column."""
    rounds = sorted({number for view in report.people for number in view.choices})
    columns = (*_PERSON, Column("Statement", 12), *(Column(f"Round {n}", 20) for n in rounds))
    names = {at.statement.code: at.statement for area in report.areas for at in area.statements}
    rows = [
        (
            *_person(view), statement_name(names[code]),
            *(choice_name(report.edition, view.choices.get(n, {}).get(code, "")) for n in rounds),
        )
        for view in report.people
        for code in names
        if any(code in each for each in view.choices.values())
    ]  # fmt: skip
    return Table("Choices", columns, tuple(rows))
