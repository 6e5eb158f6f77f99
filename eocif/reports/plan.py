"""What will be done, counted and grouped (PURE): by status, section, and point of the Board."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from eocif.report_summaries import ActionNote, ActionReport, MovedDeadline, Report
from eocif.reports.wording import day, month
from eocif.rules.actions import IN_WORDS, Event, Status
from eocif.rules.framework import Area, Section
from eocif.rules.phrases import many
from eocif.rules.tags import HEADINGS, Heading, Tag

NO_DEADLINE, NOBODY, NONE_YET = "Not set yet", "Nobody yet", "No action yet"
HEADLINES: Mapping[str, str] = {
    Event.NOTE: "Note", Event.EVIDENCE: "Evidence", Event.RESUMED: "Taken up again",
}  # fmt: skip
"""What is written of an action, as a line of it begins."""


# --- groups -------------------------------------------------------------------------------


def by_section(
    actions: Iterable[ActionReport],
) -> Iterator[tuple[Section, Sequence[ActionReport]]]:
    """The sections that have actions."""
    for section, inside in groupby(actions, key=lambda each: each.section):
        yield section, tuple(inside)


def by_area(actions: Iterable[ActionReport]) -> Iterator[tuple[Area, Sequence[ActionReport]]]:
    """The areas that have actions."""
    for area, inside in groupby(actions, key=lambda each: each.area):
        yield area, tuple(inside)


def of_area(report: Report, number: int) -> tuple[ActionReport, ...]:
    """An area's actions."""
    return tuple(each for each in report.actions if each.area.number == number)


@dataclass(frozen=True)
class Point:
    """A tag, and the actions that have it; none is worth saying of a point of the Board's."""

    heading: Heading
    tag: Tag
    actions: tuple[ActionReport, ...]


def by_point(report: Report) -> Iterator[Point]:
    """Every point of the Board's principles, also without any action."""
    for heading in report.principles:
        for tag in heading.tags:
            yield Point(heading, tag, _with(report, tag))


def without_point(report: Report) -> tuple[ActionReport, ...]:
    """The actions with no point of the Board's; none where this version shows no tags."""
    points = {tag for heading in report.principles for tag in heading.tags}
    return tuple(each for each in report.actions if points and points.isdisjoint(each.tags))


def by_tag(report: Report) -> Iterator[Point]:
    """The other tags that actions have: whom it is for, and what about their experience."""
    for heading in HEADINGS:
        for tag in () if heading.principle else heading.tags:
            if found := _with(report, tag):
                yield Point(heading, tag, found)


def _with(report: Report, tag: Tag) -> tuple[ActionReport, ...]:
    return tuple(each for each in report.actions if tag in each.tags)


def overdue(actions: Iterable[ActionReport]) -> tuple[ActionReport, ...]:
    """The actions whose deadline has passed, the longest ago first."""
    late = [each for each in actions if each.days_overdue]
    return tuple(sorted(late, key=lambda each: -each.days_overdue))


# --- words --------------------------------------------------------------------------------


def progress(report: Report) -> Iterator[str]:
    """How the plan stands, a sentence each."""
    found = Counter(each.status for each in report.actions)
    parts = ", ".join(f"{found[status]} {IN_WORDS[status]}" for status in Status if found[status])
    yield f"The plan has {many(len(report.actions), 'action')}: {parts}."
    if late := len(overdue(report.actions)):
        yield f"{many(late, 'action')} {'is' if late == 1 else 'are'} past the deadline."
    carried = sum(each.is_carried_over for each in report.actions)
    if carried or report.before[0]:
        new = len(report.actions) - carried
        yield (
            f"Since last time {many(new, 'action')} {'is' if new == 1 else 'are'} new. "
            f"{carried} {'was' if carried == 1 else 'were'} carried over."
        )


def status(action: ActionReport) -> str:
    """How far it is, and by how many days it is past its deadline."""
    words = in_words(action)
    if not action.days_overdue:
        return words
    return f"{words}, {many(action.days_overdue, 'day')} past the deadline"


def in_words(action: ActionReport) -> str:
    """How far it is, as it begins a cell."""
    return IN_WORDS[Status(action.status)].capitalize()


def due(action: ActionReport) -> str:
    """Its deadline: the day, or the month where this version shows no more."""
    return day(action.deadline) or month(action.month) or NO_DEADLINE


def moved(each: MovedDeadline) -> str:
    """A changed deadline as a sentence."""
    now = day(each.after) or "no deadline"
    by = f", by {each.by}" if each.by else ""
    because = f" {each.because}" if each.because else ""
    return f"{day(each.before)} became {now} on {day(each.on)}{by}.{because}"


def note_lead(each: ActionNote) -> str:
    """What a note is, when it was written, and by whom."""
    return ", ".join(filter(None, (HEADLINES[each.kind], day(each.on), each.by)))


def tags(held: Iterable[Tag]) -> str:
    """Tags by name."""
    return "; ".join(each.name for each in held)
