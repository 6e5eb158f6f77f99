"""The board report's parts that say why, by whom and from what: each only if there is something."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from docx.document import Document

from eocif.report_summaries import AreaReport, Attached, Report, StatementReport, Story
from eocif.reports import action_parts, additions, word
from eocif.reports.counts import end_name, end_of
from eocif.reports.numbers import numbers_table
from eocif.reports.wording import VERDICTS, day, statement_text, verdict_in_words
from eocif.rules.answers import NOT_AGREED, choice_name
from eocif.rules.framework import Edition
from eocif.rules.progress import NOT_APPLICABLE, AreaState
from eocif.rules.spread import TOO_FEW
from eocif.rules.statements import Statement

_GAPS, _NOT_AGREED, _BY_LEAD = (4.4, 6.8, 5.8), (8.0, 4.5, 4.5), (6.6, 2.9, 3.2, 4.3)
_EVIDENCE, _HEADINGS, _APPENDIX = (9.0, 4.0, 4.0), (5.0, 12.0), (8.2, 2.7, 2.5, 3.6)


def write(document: Document, report: Report) -> None:
    """Differences, then what will be done, then what stands beside the levels."""
    _gaps(document, report)
    _not_agreed(document, report)
    _by_lead(document, report)
    _sentences(document, report, "Views far from the level, and what was heard", additions.heard)
    _concerns(document, report)
    _what_we_will_do(document, report)
    _set_aside(document, report)
    _sentences(document, report, "Areas opened again", _reopened(report.edition))
    _evidence(document, report)
    _stories(document, report.stories)
    _beside(document, report)
    _attached(document, report)
    _predecessor(document, report)


def _statement(area: AreaReport, statement: Statement) -> word.Cell:
    return word.Cell(statement_text(statement, area.area.label), statement.name)


def _ended(report: Report, origin: str) -> Iterator[tuple[AreaReport, StatementReport]]:
    for area in report.areas:
        yield from ((area, each) for each in area.statements if each.origin == origin)


# --- differences ------------------------------------------------------------------------------


def _gaps(document: Document, report: Report) -> None:
    rows = [
        (_named(area), "\n".join(found), area.words.get("gap", ""))
        for area in report.areas
        if (found := additions.gaps(area))
    ]
    if rows:
        word.heading(document, "Gaps between lived experience and staff")
        word.opening(document, "A gap never changes a level. It says where to look.")
    word.table(document, "Gaps, by area", ("Area", "Gap", "What the review says"), rows, _GAPS)


def _not_agreed(document: Document, report: Report) -> None:
    rows = [
        (_statement(area, each.statement), _how_rated(report.edition, area, each), each.reason)
        for area, each in _ended(report, NOT_AGREED)
    ]
    if rows:
        word.heading(document, "Not agreed")
        word.opening(document, "People see these differently. “Not agreed” is an honest result.")
    word.table(document, "Statements without an agreed level",
               ("Statement", "How people rated", "The lead’s reason"), rows,
               _NOT_AGREED)  # fmt: skip


def _how_rated(edition: Edition, area: AreaReport, each: StatementReport) -> str | word.Cell:
    if not each.result:
        return TOO_FEW if area.withholds_levels else ""
    counts = zip(edition.levels, each.result.spread.counts, strict=True)
    spread = [f"{level.name}: {count}" for level, count in counts if count]
    return word.Cell("\n" + "\n".join(spread), VERDICTS[each.result.verdict.kind])


def _by_lead(document: Document, report: Report) -> None:
    rows = [
        (_statement(area, each.statement), choice_name(report.edition, each.level),
         _rule_said(report.edition, each), each.reason)
        for area, each in _ended(report, "lead")
    ]  # fmt: skip
    if rows:
        word.heading(document, "Levels set by the lead")
        word.opening(document, "The rule gave another level here, or none. The lead set one.")
    word.table(document, "Levels set by the lead",
               ("Statement", "Level", "What the rule says", "The lead’s reason"), rows,
               _BY_LEAD)  # fmt: skip


def _rule_said(edition: Edition, each: StatementReport) -> str:
    return verdict_in_words(edition, each.result.verdict) if each.result else ""


def _sentences(
    document: Document, report: Report, heading: str, of: Callable[[AreaReport], Sequence[str]]
) -> None:
    found = [sentence for area in report.areas for sentence in of(area)]
    if found:
        word.heading(document, heading)
        word.bullets(document, found)


def _concerns(document: Document, report: Report) -> None:
    found = [area for area in report.areas if area.dissent]
    if found:
        word.heading(document, "Concerns and comments that stay with the worksheet")
    for area in found:
        word.heading(document, _named(area), 2)
        for each in area.dissent:
            additions.quote(document, each)


def _named(area: AreaReport) -> str:
    return f"Area {area.area.number}: {area.area.label}"


# --- the plan, and areas without levels -------------------------------------------------------


def _what_we_will_do(document: Document, report: Report) -> None:
    """The plan's progress; for areas that have no action yet, what their worksheet says."""
    planned = {each.area.number for each in report.actions}
    found = [
        area
        for area in report.areas
        if area.words.get("what_do") and area.area.number not in planned
    ]
    if planned or found:
        word.heading(document, "What we will do")
    action_parts.for_board(document, report)
    if planned and found:
        word.heading(document, "Areas without an action yet", 2)
        word.opening(document, "This is what their worksheets say.")
    for area in found:
        word.heading(document, _named(area), 3 if planned else 2)
        word.words(document, area.words["what_do"])


def _set_aside(document: Document, report: Report) -> None:
    found = [area for area in report.areas if area.state == AreaState.SET_ASIDE]
    if found:
        word.heading(document, "Areas set aside")
        word.bullets(document, [f"{_named(area)}. {area.set_aside_because}".strip()
                                for area in found])  # fmt: skip


def _reopened(edition: Edition) -> Callable[[AreaReport], list[str]]:
    def sentences(area: AreaReport) -> list[str]:
        return [f"{_named(area)}. {again}" for again in additions.reopened(edition, area)]

    return sentences


# --- what stands beside the levels ------------------------------------------------------------


def _evidence(document: Document, report: Report) -> None:
    counts = Counter((each.source, each.kind) for area in report.areas for each in area.evidence)
    if not counts:
        return
    sources = dict.fromkeys(source for source, _ in counts)
    word.heading(document, "Evidence")
    word.opening(document, _BOTH_KINDS)
    rows = [(source, *(str(counts[source, kind]) for kind in ("qualitative", "quantitative")))
            for source in sources]  # fmt: skip
    word.table(document, "Pieces of evidence by source and kind",
               ("Source", "Qualitative (in words)", "Quantitative (in numbers)"), rows,
               _EVIDENCE)  # fmt: skip


_BOTH_KINDS = "How many pieces of evidence members gave. Neither kind outweighs the other."


def _stories(document: Document, stories: Sequence[Story]) -> None:
    if stories:
        word.heading(document, "People’s stories")
    for story in stories:
        when = f", recorded on {day(story.recorded_on)}" if story.recorded_on else ""
        word.quoted(document, story.text, lead=f"About area {story.area}:")
        if link := additions.shown(story.link):
            word.quoted(document, link, lead="Link:")
        word.quoted(document, f"{story.consent.rstrip('.')}{when}.", lead="Consent:")


def _beside(document: Document, report: Report) -> None:
    facts = (
        ("Safety:", report.safety_reference),
        ("Clinical effectiveness:", report.effectiveness_reference),
    )
    given = [(lead, text) for lead, text in facts if text]
    if given:
        word.heading(document, "Safety and clinical effectiveness, beside experience")
    for lead, text in given:
        word.quoted(document, text, lead=lead)


def _attached(document: Document, report: Report) -> None:
    if report.attached:
        word.heading(document, "Divisional reviews")
    for each in report.attached:
        word.heading(document, each.title, 2)
        word.opening(document, _about(each))
        numbers_table(document, report.edition, each.sections)


def _about(each: Attached) -> str:
    signed = f"signed off on {day(each.signed_off_on)}" if each.signed_off_on else "not finished"
    return f"{each.division}. In scope: {each.scope}. This review is {signed}."


def _predecessor(document: Document, report: Report) -> None:
    rows = [(heading, text) for heading, text in report.predecessor.items() if text]
    if rows:
        word.heading(document, "The 2018 self-assessment")
        word.opening(document, "For reference only: it followed another edition.")
    word.table(document, "The 2018 self-assessment by heading", ("Heading", "What it said"), rows,
               _HEADINGS)  # fmt: skip


# --- every statement --------------------------------------------------------------------------


def appendix(document: Document, report: Report) -> None:
    """Every statement's level, with who confirmed it and when."""
    word.heading(document, "Every statement’s level", new_page=True)
    for section, areas in groupby(report.areas, key=lambda each: each.section):
        word.heading(document, f"Section {section.number}: {section.title}", 2)
        rows = [row for area in areas for row in _levels(report.edition, area)]
        word.table(document, f"Levels in section {section.number}",
                   ("Statement", "Level", "Last time", "Confirmed"), rows, _APPENDIX)  # fmt: skip


def _levels(edition: Edition, area: AreaReport) -> Iterator[tuple[str | word.Cell, ...]]:
    for each in area.statements:
        level = end_name(edition, end_of(area, each))
        if each.origin == "lead":
            level = f"{level}, set by the lead"
        on = day(each.confirmed_on)
        confirmed = "\n".join(filter(None, (each.confirmed_by, on)))
        yield _statement(area, each.statement), level, choice_name(edition, each.before), confirmed
    for statement, _ in area.not_applicable:
        yield _statement(area, statement), end_name(edition, NOT_APPLICABLE), "", ""
