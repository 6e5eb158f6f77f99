"""A signed-off review a year on, made by hand: its plan, and levels that moved over time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from eocif.report_summaries import ActionNote, ActionReport, MovedDeadline, Occasion, Report
from eocif.rules.reminding import days_overdue
from eocif.rules.tags import PRINCIPLES, in_order
from eocif.rules.visibility import Version
from tests.reports import samples
from tests.reports.sample_areas import EDITION, SECRET

TODAY = date(2027, 6, 14)
OWNERS = ("Tom Okafor", "Kasia Nowak", "Doris Whitfield")
RERATED_ON = date(2026, 3, 4)


def planned() -> Report:
    """The full review with a plan, carried over in part, and with two earlier sets of levels."""
    report = samples.full()
    return replace(
        report, actions=actions(), principles=PRINCIPLES, over_time=over_time(report)
    )  # fmt: skip


def plan(report: Report | None = None) -> Report:
    """The same as the improvement plan holds it."""
    return samples.as_version(report or planned(), Version.PLAN)


def small() -> Report:
    """Two concluded areas and one that is not, each with actions."""
    report, unfinished = samples.five_members(), samples.halfway().areas[-1]
    late = action(9, 6, "Ask night staff too.", "under_way", date(2027, 6, 1), "staff")
    held = [each for each in actions() if each.area.number in (2, 5)]
    return replace(report, areas=(*report.areas, unfinished), actions=(*held, late),
                   principles=PRINCIPLES)  # fmt: skip


def hostile() -> Report:
    """Hostile words wherever people write of an action."""
    report, everything = samples.hostile(), "\n".join(samples.HOSTILE)
    notes = tuple(ActionNote(TODAY, samples.HOSTILE[0], "evidence", text, text)
                  for text in samples.HOSTILE)  # fmt: skip
    spoilt = replace(
        action(1, 2, everything, "under_way", date(2027, 5, 1), "nqb_1a"), owner=everything,
        measure=everything, collects_data=True, looked_at=everything, because=everything,
        changed=everything, notes=notes,
        moved=(MovedDeadline(TODAY, everything, TODAY, None, everything),),
    )  # fmt: skip
    bare = replace(spoilt, number=2, title=samples.HOSTILE[0], notes=(), moved=())
    return replace(report, actions=(spoilt, bare), principles=PRINCIPLES)


def action(
    number: int, area: int, title: str, status: str, due: date | None, *tags: str
) -> ActionReport:
    """An action as a plan holds it."""
    is_open = status in ("not_started", "under_way")
    return ActionReport(
        number=number, section=EDITION.section_of(area), area=EDITION.area(area), title=title,
        status=status, is_carried_over=False, month=f"{due:%Y-%m}" if due else "", deadline=due,
        days_overdue=days_overdue(due, TODAY) if due and is_open else 0,
        owner=OWNERS[number % len(OWNERS)], measure="Ask 50 people in each clinic.",
        tags=in_order(tags),
    )  # fmt: skip


def actions() -> tuple[ActionReport, ...]:
    """Eight actions: two late, one done, one withdrawn, one without a point of the Board's."""
    first = action(1, 2, "Put a “you said, we did” board on every ward and in every clinic.",
                   "done", date(2027, 5, 28), "nqb_2a", "nqb_2d")  # fmt: skip
    second = action(4, 2, "Train two people in each community team to ask and to listen.",
                    "under_way", date(2027, 5, 31), "nqb_1b", "nqb_3c", "staff")  # fmt: skip
    withdrawn = action(5, 9, "Buy feedback terminals.", "withdrawn", date(2027, 9, 30), "nqb_2c")
    return (
        replace(first, settled_on=date(2027, 5, 20), changed="People see what became of it."),
        replace(second, notes=_notes(), moved=_moved()),
        replace(action(2, 5, "Write the plan in easy read.", "under_way", date(2027, 3, 31),
                       "nqb_1a", "learning_disability", "relational"),
                is_carried_over=True),
        action(3, 9, "Talk the plan through at each team's meeting, also at night.",
               "not_started", date(2028, 2, 18), "children"),
        replace(withdrawn, settled_on=date(2027, 6, 1), because="No money this year."),
        replace(action(6, 12, "Bring unpaid carers' words to the quality committee.",
                       "not_started", date(2027, 12, 17), "nqb_2e", "nqb_3d", "unpaid_carers"),
                is_carried_over=True),
        replace(action(7, 16, "Ask people who left before they were seen.", "not_started",
                       date(2027, 10, 29), "nqb_3b", "inequalities", "felt"),
                collects_data=True, looked_at="Complaints and calls to PALS of two years."),
        replace(action(8, 22, "Share what we learn with the other trusts.", "not_started", None,
                       "nqb_3a"), owner=""),
    )  # fmt: skip


def _notes() -> tuple[ActionNote, ...]:
    link = "https://northmoor.example.org/training/2027.pdf"
    return (
        ActionNote(date(2027, 4, 12), OWNERS[1], "note", f"Four teams are trained. {SECRET}", ""),
        ActionNote(date(2027, 5, 3), OWNERS[1], "evidence", "The list of courses.", link),
        ActionNote(date(2027, 5, 12), OWNERS[0], "resumed", "Two teams were left out.", ""),
    )


def _moved() -> tuple[MovedDeadline, ...]:
    return (
        MovedDeadline(date(2027, 3, 30), OWNERS[0], date(2027, 4, 1), date(2027, 5, 31),
                      "The trainer was ill."),
    )  # fmt: skip


def over_time(report: Report) -> tuple[Occasion, ...]:
    """The review of 2024, area 2 rated again in 2026, and this review."""
    levels = {
        each.statement.code: each.level or each.origin
        for area in report.areas
        for each in area.statements
        if each.origin
    }
    before = {
        each.statement.code: each.before
        for area in report.areas
        for each in area.statements
        if each.before
    }
    again = dict.fromkeys(_codes(report, 2), "achieving")
    return (
        Occasion(*report.before, False, False, before),
        Occasion("Area 2 again", RERATED_ON, True, False, again),
        Occasion(report.title, report.baseline_on, False, True, levels),
    )


def _codes(report: Report, number: int) -> Sequence[str]:
    (area,) = (each for each in report.areas if each.area.number == number)
    return [each.statement.code for each in area.statements]
