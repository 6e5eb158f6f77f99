"""What will be done, and levels over time, as tables (PURE)."""

from collections.abc import Iterator

from eocif.report_summaries import ActionReport, AreaReport, Report
from eocif.reports import over_time, plan
from eocif.reports.table import Column, Row, Table
from eocif.reports.wording import statement_name
from eocif.rules.answers import choice_name
from eocif.rules.tags import principles_of

_ACTION = (Column("Number", 9), Column("Action", 50))


def actions(report: Report) -> Table:
    """Every action, a row each."""
    columns = (
        *_ACTION,
        Column("Section", 24),
        Column("Area", 7),
        Column("Short title (ours)", 24),
        Column("Status", 14),
        Column("Deadline", 28),
        Column("Days past the deadline", 12, may_go=True),
        Column("Owner", 22, may_go=True),
        Column("How we will measure it", 50, may_go=True),
        Column("NQB principles", 12, may_go=True),
        Column("Tags", 40, may_go=True),
        Column("Existing evidence looked at first", 40, may_go=True),
        Column("What changed for people", 40, may_go=True),
        Column("Why withdrawn", 40, may_go=True),
        Column("Done or withdrawn on", 28, may_go=True),
        Column("Carried over", 12, may_go=True),
    )
    return Table("Actions", columns, tuple(_action(each) for each in report.actions))


def _action(each: ActionReport) -> Row:
    principles = principles_of(tag.key for tag in each.tags)
    return (
        each.number, each.title, f"{each.section.number} {each.section.title}", each.area.number,
        each.area.label, plan.in_words(each), each.deadline or plan.due(each),
        each.days_overdue or None, each.owner, each.measure, ", ".join(map(str, principles)),
        plan.tags(each.tags), each.looked_at if each.collects_data else "", each.changed,
        each.because, each.settled_on, "Yes" if each.is_carried_over else "",
    )  # fmt: skip


def principles(report: Report) -> Table:
    """Actions by point of the National Quality Board's; points and actions without one, too."""
    columns = (
        Column("Principle", 40),
        Column("Point (short name: ours)", 50),
        *_ACTION,
        Column("Deadline", 28),
        Column("Status", 14),
    )
    return Table("Principles", columns, tuple(_principles(report)))


def _principles(report: Report) -> Iterator[Row]:
    for point in plan.by_point(report):
        name = f"{point.heading.principle} {point.heading.name}"
        for each in point.actions:
            yield (name, point.tag.name, *_short(each))
        if not point.actions:
            yield name, point.tag.name, None, plan.NONE_YET, None, ""
    for each in plan.without_point(report):
        yield ("Without a point of the Board's", "", *_short(each))


def _short(each: ActionReport) -> Row:
    return each.number, each.title, each.deadline or plan.due(each), plan.in_words(each)


def progress(report: Report) -> Table:
    """What was written of each action, and each deadline that was changed, oldest first."""
    columns = (
        *_ACTION,
        Column("On", 28),
        Column("By", 22, may_go=True),
        Column("What", 18),
        Column("In words", 60, may_go=True),
        Column("Link", 40, may_go=True),
        Column("Deadline before", 28, may_go=True),
        Column("Deadline after", 28, may_go=True),
    )
    rows = [row for each in report.actions for row in _progress(each)]
    return Table("Progress", columns, tuple(rows))


def _progress(action: ActionReport) -> Iterator[Row]:
    which = (action.number, action.title)
    for note in action.notes:
        what = plan.HEADLINES[note.kind]
        yield (*which, note.on, note.by, what, note.text, note.link, None, None)
    for each in action.moved:
        what, after = "Changed deadline", each.after or plan.NO_DEADLINE
        yield (*which, each.on, each.by, what, each.because, "", each.before, after)


def timeline(report: Report) -> Table:
    """Each statement's level at each review and re-rating, oldest first."""
    columns = (
        Column("Area", 7),
        Column("Statement", 12),
        Column("On", 28),
        Column("What", 24),
        Column("Review", 40),
        Column("Level", 20),
    )
    rows = [row for area in report.areas for row in _timeline(report, area)]
    return Table("Timeline", columns, tuple(rows))


def _timeline(report: Report, area: AreaReport) -> Iterator[Row]:
    for at in area.statements:
        for place, level in over_time.of_statement(report, at.statement.code):
            occasion = report.over_time[place]
            yield (
                area.area.number, statement_name(at.statement),
                occasion.on or "Not signed off yet",
                over_time.what(occasion), occasion.title, choice_name(report.edition, level),
            )  # fmt: skip
