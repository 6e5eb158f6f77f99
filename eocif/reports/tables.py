"""What a report holds, as tables (PURE): which there are, and the one that says what it is."""

from collections.abc import Iterable, Iterator

from eocif.report_summaries import Attached, Report
from eocif.reports.counts import end_name
from eocif.reports.level_tables import areas, levels, ratings
from eocif.reports.plan_tables import actions, principles, progress, timeline
from eocif.reports.said_tables import choices, concerns, evidence, stories, views
from eocif.reports.table import Column, Table, without_empty
from eocif.reports.wording import (
    NOT_JUDGED,
    OURS,
    READERS,
    day,
    edition_line,
    name_of,
    rule_in_one,
    took_part,
)
from eocif.rules.dates import london_day
from eocif.rules.framework import Edition


def tables(report: Report) -> tuple[Table, ...]:
    """Every table that has rows, in the order that people need them."""
    every = (
        about(report), levels(report), timeline(report), areas(report), ratings(report),
        concerns(report), evidence(report), stories(report), actions(report), progress(report),
        views(report), choices(report),
    )  # fmt: skip
    return _with_rows(every)


def plan_tables(report: Report) -> tuple[Table, ...]:
    """The tables of the improvement plan: what will be done, and by which points of the Board's."""
    return _with_rows((about(report), actions(report), principles(report), progress(report)))


def _with_rows(every: Iterable[Table]) -> tuple[Table, ...]:
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
        yield "Attached review", _attached(report.edition, each)
    title, on = report.before
    yield "Last time", " · ".join(filter(None, (title, day(on))))
    yield "Signed off by", report.signed_off_by
    yield "Baseline", day(report.baseline_on)
    yield "Assess again by", day(report.reassess_on)
    yield "Why sooner than three years", report.reassess_because


def _attached(edition: Edition, each: Attached) -> str:
    """A divisional review, with how many of its statements ended at which level."""
    lines = [" · ".join(filter(None, (each.title, each.division, each.scope)))]
    for section, counts in each.sections:
        ends = [f"{end_name(edition, end)} {count}" for end, count in counts.items() if count]
        lines.append(f"Section {section.number}: {', '.join(ends)}")
    return "\n".join(lines)
