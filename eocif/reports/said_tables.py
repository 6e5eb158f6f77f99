"""What people said and gave, as tables (PURE): in their own words, a row each, never counted."""

from eocif.report_summaries import PersonView, Report
from eocif.reports.table import Column, Row, Table
from eocif.reports.wording import ANSWERS, KINDS, statement_name
from eocif.rules.answers import WORDS, choice_name

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
