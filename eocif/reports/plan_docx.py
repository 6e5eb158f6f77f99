"""The improvement plan as a Word document.

How it stands, actions by section, by the points of the National Quality Board's principles and by
what else they are tagged with; then each action in full, for those who carry it out.
"""

from collections.abc import Iterable
from itertools import groupby

from docx.document import Document

from eocif.report_summaries import ActionNote, ActionReport, Report
from eocif.reports import action_parts, front, plan, word
from eocif.reports.additions import shown
from eocif.reports.wording import day

_POINTS = ("Point", "Action", "Deadline", "Status")
_POINT_WIDTHS = (4.6, 6.2, 3.4, 2.8)
_TAGS = ("Tag", *_POINTS[1:])


def improvement_plan(report: Report) -> bytes:
    """The plan as a .docx file."""
    document = front.begun(report, "Improvement plan")
    _governance(document, report)
    _how_it_stands(document, report)
    action_parts.by_section(document, report)
    _principles(document, report)
    _others(document, report)
    _in_full(document, report)
    front.method(document, report)
    return word.as_bytes(document)


def _governance(document: Document, report: Report) -> None:
    facts = (
        ("Experience of care lead:", report.lead),
        ("Executive lead:", report.executive_lead),
        ("Reports to:", report.forum),
    )
    for lead, text in facts:
        if text:
            word.paragraph(document, text, lead=lead)


def _how_it_stands(document: Document, report: Report) -> None:
    word.heading(document, "How the plan stands")
    if report.actions:
        action_parts.how_it_stands(document, report)
    else:
        word.paragraph(document, "No action has been written down yet.")


# --- each action in full ----------------------------------------------------------------------


def _in_full(document: Document, report: Report) -> None:
    if report.actions:
        word.heading(document, "Each action in full", new_page=True)
    for area, inside in plan.by_area(report.actions):
        word.heading(document, f"Area {area.number}: {area.label}", 2)
        for action in inside:
            _action(document, action)


def _action(document: Document, action: ActionReport) -> None:
    """All that is known of an action, each part only if there is something."""
    word.heading(document, f"{action.number}. {action.title}", 3)
    for lead, text in _facts(action):
        if text:
            word.paragraph(document, text, lead=lead)
    if action.moved:
        word.heading(document, "Changed deadlines", 4)
        word.bullets(document, map(plan.moved, action.moved))
    if action.notes:
        word.heading(document, "Progress and evidence", 4)
    for note in action.notes:
        word.quoted(document, _said(note), lead=f"{plan.note_lead(note)}:")


def _facts(action: ActionReport) -> tuple[tuple[str, str], ...]:
    on = f" on {day(action.settled_on)}" if action.settled_on else ""
    looked_at = "Existing evidence that we looked at before collecting new data:"
    return (
        ("Status:", f"{plan.status(action)}{on}."),
        ("Owner:", action.owner or plan.NOBODY),
        ("Deadline:", plan.due(action)),
        ("How we will measure it:", action.measure or "Nothing was written here."),
        (looked_at, action.looked_at if action.collects_data else ""),
        ("What changed for people:", action.changed),
        ("Why it was withdrawn:", action.because),
        ("Tags:", plan.tags(action.tags)),
        ("", "Carried over from the review before." if action.is_carried_over else ""),
    )


def _said(note: ActionNote) -> str:
    return "\n".join(filter(None, (note.text, shown(note.link))))


# --- by principle and by tag ------------------------------------------------------------------


def _principles(document: Document, report: Report) -> None:
    word.heading(document, "By the National Quality Board’s principles")
    word.paragraph(document, _PRINCIPLES)
    for heading, points in groupby(plan.by_point(report), key=lambda each: each.heading):
        word.heading(document, f"Principle {heading.principle}: {heading.name}", 2)
        rows = [row for each in points for row in _point(each)]
        word.table(document, f"Actions by point of principle {heading.principle}", _POINTS, rows,
                   _POINT_WIDTHS)  # fmt: skip
    without = plan.without_point(report)
    if without:
        word.heading(document, "Actions without a point of the Board’s", 2)
        action_parts.listed(document, "Actions without a point of the Board’s", without)


_PRINCIPLES = (
    "The Board has three principles with 13 points. The short names are ours. "
    "An action can stand under several points."
)


def _others(document: Document, report: Report) -> None:
    """Whom actions are for, and what about their experience: tags that are in use."""
    held = list(plan.by_tag(report))
    if held:
        word.heading(document, "For whom, and what about their experience")
    for heading, points in groupby(held, key=lambda each: each.heading):
        word.heading(document, heading.name, 2)
        rows = [row for each in points for row in _point(each)]
        word.table(document, heading.name, _TAGS, rows, _POINT_WIDTHS)


def _point(point: plan.Point) -> Iterable[tuple[str | word.Cell, ...]]:
    """A row for each action, or one that says that there is none."""
    for action in point.actions:
        named = word.Cell(action.title, f"{action.number}.")
        yield point.tag.name, named, plan.due(action), plan.status(action)
    if not point.actions:
        yield point.tag.name, plan.NONE_YET, "", ""
