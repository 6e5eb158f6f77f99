"""Actions in the reports that are about more: the board's, and each area of the worksheet."""

from collections import Counter
from collections.abc import Sequence

from docx.document import Document

from eocif.report_summaries import ActionReport, AreaReport, Report
from eocif.reports import plan, word
from eocif.reports.wording import day
from eocif.rules.actions import IN_WORDS, Status

_LIST = ("Action", "Area", "Owner", "Deadline", "Status")
_LIST_WIDTHS = (6.6, 1.6, 2.8, 3.2, 2.8)
_IN_AREA = ("Action", "Owner", "Deadline", "Status", "How we will measure it")
_IN_AREA_WIDTHS = (4.4, 2.4, 2.9, 4.0, 3.3)
_LATE = ("Action", "Owner", "Deadline", "Days past it")
_LATE_WIDTHS = (7.4, 3.6, 3.6, 2.4)
_NUMBERS_WIDTHS = (5.2, 2.6, 2.4, 2.0, 2.4, 2.4)


def for_board(document: Document, report: Report) -> None:
    """How the plan stands, then the actions, section by section."""
    if report.actions:
        how_it_stands(document, report)
        by_section(document, report, level=2)


def by_section(document: Document, report: Report, *, level: int = 1) -> None:
    """Every action in a table for each section."""
    if report.actions:
        word.heading(document, "Actions by section", level)
    for section, actions in plan.by_section(report.actions):
        about = f"Actions in section {section.number}: {section.title}"
        word.heading(document, about, level + 1)
        listed(document, about, actions)


def how_it_stands(document: Document, report: Report) -> None:
    """Counts by status and section, and what is past its deadline, with days."""
    word.bullets(document, plan.progress(report))
    word.heading(document, "By section and status", 2)
    _numbers(document, report.actions)
    late = plan.overdue(report.actions)
    if late:
        word.heading(document, "Past the deadline", 2)
        rows = [(_named(each), each.owner, plan.due(each), str(each.days_overdue)) for each in late]
        word.table(document, "Actions past their deadline, with calendar days", _LATE, rows,
                   _LATE_WIDTHS)  # fmt: skip


def _numbers(document: Document, actions: Sequence[ActionReport]) -> None:
    head = ("Section", *(IN_WORDS[each].capitalize() for each in Status), "All")
    rows = []
    for section, inside in plan.by_section(actions):
        found = Counter(each.status for each in inside)
        counts = (str(found[each]) for each in Status)
        rows.append((f"{section.number} {section.title}", *counts, str(len(inside))))
    word.table(document, "Number of actions by section and status", head, rows, _NUMBERS_WIDTHS,
               together=True)  # fmt: skip


def listed(document: Document, about: str, actions: Sequence[ActionReport]) -> None:
    """A table of actions, a row each."""
    rows = [
        (_named(each), str(each.area.number), each.owner, plan.due(each), plan.status(each))
        for each in actions
    ]
    word.table(document, about, _LIST, rows, _LIST_WIDTHS)


def _named(action: ActionReport) -> word.Cell:
    return word.Cell(action.title, f"{action.number}.")


# --- in the worksheet -----------------------------------------------------------------------


def for_area(document: Document, report: Report, area: AreaReport) -> None:
    """What will be done about an area, after the worksheet's five fields."""
    actions = plan.of_area(report, area.area.number)
    if actions:
        word.heading(document, "Actions", 4)
    rows = [
        (_named(each), each.owner, plan.due(each), _how_far(each), each.measure) for each in actions
    ]
    word.table(document, f"Actions of area {area.area.number}", _IN_AREA, rows, _IN_AREA_WIDTHS)


def _how_far(action: ActionReport) -> str:
    """Its status, with what changed for people once it is done, or why it was withdrawn."""
    on = f" on {day(action.settled_on)}" if action.settled_on else ""
    why = action.changed or action.because
    return "\n".join(filter(None, (f"{plan.status(action)}{on}", why)))
