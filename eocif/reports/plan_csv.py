"""The improvement plan as CSV (RFC 4180): a row for each action, then for each point without one.

As the levels' CSV: UTF-8 with a byte order mark, texts that cannot become formulas, and columns
that never change. `kind` says which a row is; lists are parted by semicolons.
"""

from collections.abc import Iterable, Mapping

from eocif.report_summaries import ActionReport, Report
from eocif.reports import plan
from eocif.reports.csv_file import about, written
from eocif.rules.tags import PRINCIPLES, Tag, principles_of

ACTION, NONE_YET = "action", "point_without_action"
COLUMNS = (
    "kind", "number", "section", "section_title", "area", "area_title", "action", "status",
    "owner", "deadline", "days_overdue", "measure", "principle", "point", "tags", "collects_data",
    "looked_at", "changed_for_people", "withdrawn_because", "settled_on", "carried_over",
    "progress", "changed_deadlines", "review", "provider", "division", "version", "edition",
    "scope", "agreement_rule", "took_part", "note",
)  # fmt: skip
_POINTS = frozenset(tag for heading in PRINCIPLES for tag in heading.tags)


def plan_csv(report: Report) -> bytes:
    """One row per action, and one for each point of the Board's that no action has."""
    rows: list[Mapping[str, object]] = [
        {"kind": ACTION, **_action(each), **_said(each)} for each in report.actions
    ]
    rows += [
        {"kind": NONE_YET, "principle": each.heading.principle, "point": each.tag.name}
        for each in plan.by_point(report)
        if not each.actions
    ]
    whole = about(report)
    return written(COLUMNS, ({**row, **whole} for row in rows))


def _action(each: ActionReport) -> dict[str, object]:
    return {
        "number": each.number, "section": each.section.number, "section_title": each.section.title,
        "area": each.area.number, "area_title": each.area.label, "action": each.title,
        "status": each.status, "owner": each.owner, "deadline": each.deadline,
        "days_overdue": each.days_overdue or None, "measure": each.measure,
        "principle": "; ".join(map(str, principles_of(tag.key for tag in each.tags))),
        "point": plan.tags(tag for tag in each.tags if tag in _POINTS),
        "tags": plan.tags(_others(each.tags)), "settled_on": each.settled_on,
    }  # fmt: skip


def _others(tags: Iterable[Tag]) -> Iterable[Tag]:
    return (tag for tag in tags if tag not in _POINTS)


def _said(each: ActionReport) -> dict[str, object]:
    """What people wrote of an action, a line for each note."""
    notes = (
        f"{plan.note_lead(note)}: {' '.join(filter(None, (note.text, note.link)))}"
        for note in each.notes
    )
    return {
        "collects_data": "yes" if each.collects_data else "", "looked_at": each.looked_at,
        "changed_for_people": each.changed, "withdrawn_because": each.because,
        "carried_over": "yes" if each.is_carried_over else "", "progress": "\n".join(notes),
        "changed_deadlines": "\n".join(map(plan.moved, each.moved)),
    }  # fmt: skip
