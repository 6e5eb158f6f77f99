"""What every Word report says at its beginning and at its end: of whom, of what, and how."""

from collections.abc import Iterable, Sequence

from docx.document import Document

from eocif.report_summaries import Method, Report, Round
from eocif.reports import word
from eocif.reports.wording import NOT_JUDGED, day, edition_line, name_of
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.perspectives import Perspective
from eocif.rules.phrases import many
from eocif.rules.progress import AreaState, ReviewState
from eocif.rules.rule_words import rule_in_words

_ROUNDS = (2.4, 5.2, 5.2, 4.2)
_STEPS = (
    "In round 1 nobody saw anyone else’s answer until the round closed. The lead did not either.",
    "Then the lead of each area wrote a draft. People’s own words stood beside each other. "
    "No software scored, counted or summarised them.",
    "In round 2 members saw the draft, how levels were spread, and their own earlier levels. "
    "They could change a level, agree, or raise a concern.",
    "Where someone did not answer the draft, that counts as “did not respond”. "
    "It never counts as agreement.",
    "Answers are confidential, not anonymous. Groups of fewer than 3 people are shown together.",
)


def begun(report: Report, name: str) -> Document:
    """A document with its title and what the reader should know first."""
    document = word.new(
        f"{name}: {report.title}", author=report.provider, subject=name_of(report),
        made_at=report.made_at, footer=_footer(report),
    )  # fmt: skip
    word.title(document, name, name_of(report))
    word.paragraph(document, NOT_JUDGED)
    for lead, text in _facts(report):
        if text:
            word.paragraph(document, text, lead=lead)
    return document


def _footer(report: Report) -> str:
    edition = report.edition
    return (
        f"{edition.title} {edition.attribution} Reference {edition.reference}, published "
        f"{day_in_words(edition.published_on)}. This does not assess performance."
    )


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    return (
        ("Framework:", f"{edition_line(report.edition)}."),
        ("What was in scope:", f"{report.scope}."),
        ("Where it stands:", _state(report)),
        ("To be assessed again by:", _again(report)),
        ("This document was made on:", f"{day_in_words(london_day(report.made_at))}."),
    )


def _state(report: Report) -> str:
    if report.state == ReviewState.SIGNED_OFF:
        by = f" by {report.signed_off_by}" if report.signed_off_by else ""
        return f"Signed off{by} on {day(report.baseline_on)}."
    done = sum(area.state == AreaState.CONCLUDED for area in report.areas)
    of = many(len(report.areas), "area")
    return f"This review is not finished. {done} of {of} {'is' if done == 1 else 'are'} concluded."


def _again(report: Report) -> str:
    if not report.reassess_on:
        return ""
    because = f" Sooner than three years, because: {report.reassess_because}"
    return f"{day(report.reassess_on)}.{because if report.reassess_because else ''}"


# --- how it was done --------------------------------------------------------------------------


def method(document: Document, report: Report) -> None:
    """How levels were agreed, after the items of ACCORD for reporting such work."""
    word.heading(document, "How this was done")
    word.heading(document, "Who took part", 2)
    _who(document, report.method)
    word.heading(document, "Steps", 2)
    word.bullets(document, _STEPS)
    _rounds(document, report.method.rounds)
    word.heading(document, "When a level is agreed", 2)
    word.bullets(document, rule_in_words(report.method.rule))
    if report.method.changes:
        word.heading(document, "What went differently from the plan", 2)
        word.bullets(document, report.method.changes)
    word.heading(document, "Our words and the framework’s", 2)
    word.paragraph(document, _whose_words(report))
    if report.seal:
        word.paragraph(document, report.seal, lead="Seal of the audit trail:")


def _who(document: Document, held: Method) -> None:
    rows = [(name, str(people)) for name, people in held.participants]
    word.table(document, "People who took part, by perspective", ("Perspective", "People"), rows,
               (14, 3), together=True)  # fmt: skip
    word.paragraph(document, _FEW if rows else _NOBODY)
    for lead, text in _more_of_who(held):
        if text:
            word.paragraph(document, text, lead=lead)


_FEW = "A perspective of fewer than 3 people is shown with others."
_NOBODY = "No area is concluded yet. Who took part is told once one is."


def _more_of_who(held: Method) -> tuple[tuple[str, str], ...]:
    return (
        ("With lived experience:", _people(held.lived_experience)),
        ("Taking part without Teams:", _people(held.without_teams)),
        ("Perspectives that nobody in the group holds:", _names(held.missing)),
        ("In the group, but gave no answer:", _names(held.silent)),
    )


def _people(count: int) -> str:
    return f"{many(count, 'person', 'people')}." if count else ""


def _names(perspectives: Iterable[Perspective]) -> str:
    names = "; ".join(each.short for each in perspectives)
    return f"{names}." if names else ""


def _rounds(document: Document, rounds: Sequence[Round]) -> None:
    if not rounds:
        return
    word.heading(document, "Rounds", 2)
    word.table(
        document, "Each round’s dates, and how many answers were asked for and given",
        ("Round", "First day", "Last day", "Answers given"), map(_round, rounds), _ROUNDS,
        together=True,
    )  # fmt: skip
    word.paragraph(document, "An answer is one person’s for one area.")


def _round(held: Round) -> tuple[str, ...]:
    given = f"{held.answered} of {held.asked} asked for"
    return held.name, day(held.first_day), day(held.last_day), given


def _whose_words(report: Report) -> str:
    return (
        "The statements, the levels, the areas of practice and the worksheet’s fields are NHS "
        "England’s. Short titles of areas, groupings and the agreement rule are ours or local. "
        f"{report.edition.attribution}"
    )
