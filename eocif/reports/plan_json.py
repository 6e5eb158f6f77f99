"""Actions as JSON: those of any report, and of the improvement plan."""

from datetime import date
from itertools import groupby
from typing import Any

from eocif.report_summaries import ActionReport, Report
from eocif.reports import plan

Json = dict[str, Any]


def action(each: ActionReport) -> Json:
    """One action. What its version does not show is empty, null, or an empty list."""
    return {
        "number": each.number, "section": each.section.number, "area": each.area.number,
        "title": each.title, "status": each.status, "carried_over": each.is_carried_over,
        "deadline": _day(each.deadline), "deadline_month": each.month or None,
        "days_overdue": each.days_overdue, "owner": each.owner, "measure": each.measure,
        "tags": [{"key": tag.key, "name": tag.name} for tag in each.tags],
        "collects_data": each.collects_data, "looked_at": each.looked_at,
        "settled_on": _day(each.settled_on), "because": each.because, "changed": each.changed,
        "notes": [
            {
                "on": note.on.isoformat(), "by": note.by, "kind": note.kind, "text": note.text,
                "link": note.link,
            }
            for note in each.notes
        ],
        "changed_deadlines": [
            {
                "on": moved.on.isoformat(), "by": moved.by, "before": moved.before.isoformat(),
                "after": _day(moved.after), "because": moved.because,
            }
            for moved in each.moved
        ],
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def by_principle(report: Report) -> Json | None:
    """Actions by their numbers, under every point of the Board's, also one that has none."""
    if not report.principles:
        return None
    points = groupby(plan.by_point(report), key=lambda each: each.heading)
    return {
        "principles": [
            {
                "number": heading.principle, "name": heading.name,
                "points": [
                    {
                        "key": point.tag.key, "name": point.tag.name,
                        "actions": [each.number for each in point.actions],
                    }
                    for point in inside
                ],
            }
            for heading, inside in points
        ],
        "without_point": [each.number for each in plan.without_point(report)],
    }  # fmt: skip
