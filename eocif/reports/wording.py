"""The words that every report shares (PURE): levels, verdicts, the rule, who took part.

Ours, and short: the framework's own words come from its edition.
"""

from collections.abc import Mapping
from datetime import date

from eocif.report_summaries import Method, Report, StatementReport
from eocif.rules.agreement import Kind, Settings, Verdict
from eocif.rules.answers import choice_name
from eocif.rules.dates import day_in_words
from eocif.rules.framework import Edition
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.phrases import listed, many
from eocif.rules.progress import AREA_STATES, AreaState
from eocif.rules.rule_words import rule_in_words
from eocif.rules.statements import Statement
from eocif.rules.visibility import Version

NOT_JUDGED = (
    "There is no pass or fail. The framework does not assess performance, and neither does this."
)
OURS = "Words marked “ours” are not part of the framework."

READERS: Mapping[Version, str] = {
    Version.GROUP: "The review group",
    Version.BOARD: "The board",
    Version.ICB: "The integrated care board (ICB) or system quality group",
    Version.PUBLIC: "The public",
    Version.LEAD: "The lead alone. It holds names and people's own words: keep it confidential",
    Version.PLAN: "Those who lead the plan and carry it out. It names who owns each action",
}
ORIGINS: Mapping[str, str] = {
    "agreed": "Agreed",
    "lead": "Set by the lead",
    "not_agreed": "Not agreed",
    "not_applicable": "Not applicable",
    "": "Not concluded yet",
}
VERDICTS: Mapping[Kind, str] = {
    Kind.NOT_ENOUGH: "Not enough answers",
    Kind.AGREED: "Agreed",
    Kind.TALK_FIRST: "Agreed once the far view was heard",
    Kind.CLOSE: "Close",
    Kind.NOT_AGREED: "Not agreed",
}
ANSWERS: Mapping[str, str] = {
    "agree": "Agrees with the wording",
    "agree_with_comment": "Agrees, with a comment",
    "concern": "Raises a concern",
    "": "Did not respond",
}
KINDS: Mapping[str, str] = {"qualitative": "In words", "quantitative": "In numbers"}
SOURCES: Mapping[str, str] = dict(EVIDENCE_SOURCES)


def ended(edition: Edition, statement: StatementReport) -> str:
    """How a statement ended: its level by name, or why it has none."""
    return choice_name(edition, statement.level) or ORIGINS[statement.origin]


def verdict_in_words(edition: Edition, verdict: Verdict) -> str:
    """What the rule said, with the levels it points at."""
    names = [edition.level(key).name for key in verdict.levels]
    said = VERDICTS[verdict.kind]
    return f"{said}: {listed(names)}" if names else said


def rule_in_one(rule: Settings) -> str:
    """The agreement rule in one paragraph."""
    return " ".join(rule_in_words(rule))


def took_part(method: Method) -> str:
    """Who took part, by perspective: “Healthwatch 1, Volunteers 2”; small ones are merged."""
    return ", ".join(f"{name} {count}" for name, count in method.participants)


def area_state(state: str) -> str:
    """An area's state in words, as it begins a cell."""
    words = AREA_STATES[AreaState(state)]
    return words[:1].upper() + words[1:]


def edition_line(edition: Edition) -> str:
    """Which edition of the framework: its title, publisher, reference and date."""
    day = day_in_words(edition.published_on)
    return f"{edition.title}, {edition.publisher}, {edition.reference}, published {day}"


def statement_text(statement: Statement, label: str = "") -> str:
    """A statement's own words with its bullets; an area as a whole has our short title."""
    text = statement.text or (f"{label} (short title: ours)" if label else "")
    return "\n".join([text, *(f"• {bullet}" for bullet in statement.bullets)])


def statement_name(statement: Statement) -> str:
    """How a statement is called, and that it is local where it is."""
    return f"{statement.name} (local)" if statement.is_local else statement.name


def day(when: date | None) -> str:
    """A date in full; "" for none."""
    return day_in_words(when) if when else ""


def month(iso: str) -> str:
    """A month in words, as in “February 2028”, from "2028-02"; "" for none."""
    return " ".join(day(date.fromisoformat(f"{iso}-01")).split()[-2:]) if iso else ""


def name_of(report: Report) -> str:
    """What a report is about: its title, provider and division."""
    return " · ".join(filter(None, (report.title, report.provider, report.division)))


def gap_in_words(gap: int | None) -> str:
    """How lived experience stands to staff and leadership; "" where it cannot be told."""
    if gap is None:
        return ""
    if not gap:
        return "No gap"
    side = "higher" if gap > 0 else "lower"
    return f"People with lived experience chose {many(abs(gap), 'level')} {side} than staff"


def moved_in_words(moved: int, of: int) -> str:
    """How many changed their level since round 1; "" while there is only one round."""
    return f"{moved} of {of} changed level" if of else ""
