"""What a review adds to an area's worksheet, after its five fields: each part only if it has one.

Who confirmed the levels, whose words the text draws on, how people rated, why a level departs from
the rule, what was heard, what stays open, evidence, and whether the area was opened again.
"""

from collections.abc import Iterable, Mapping, Sequence

from docx.document import Document

from eocif.report_summaries import AreaReport, Dissent, EvidenceReport, Report, StatementReport
from eocif.reports import plan, word
from eocif.reports.wording import day, gap_in_words, verdict_in_words
from eocif.round_summaries import StatementResult
from eocif.rules.agreement import Kind
from eocif.rules.answers import choice_name
from eocif.rules.framework import Edition
from eocif.rules.links import BadLink, checked_link
from eocif.rules.phrases import listed, many
from eocif.rules.spread import TOO_FEW, Spread

ADDED = "Added by this review"
_RATINGS = (1.15, 2.35, 2.55, 2.2, 1.95, 2.55, 2.0, 2.25)
_BY_GROUP = (1.2, 4.1, 2.4, 2.55, 2.2, 2.0, 2.55)
_EVIDENCE = (3.4, 3.0, 5.6, 5.0)
_KINDS: Mapping[str, str] = {
    "qualitative": "Qualitative (in words)", "quantitative": "Quantitative (in numbers)",
}  # fmt: skip


def write(document: Document, report: Report, area: AreaReport) -> None:
    """All that the review adds to a concluded area."""
    word.heading(document, ADDED, 3)
    for sentence in (*confirmed(area), *_turnout(area)):
        word.paragraph(document, sentence)
    _ratings(document, report.edition, area)
    _gaps(document, area)
    _list(document, "Why a level departs from the rule", reasons(area))
    _list(document, "Views far from the level, and what was heard", heard(area))
    _dissent(document, area.dissent)
    _list(document, "Not applicable here", not_applicable(area))
    evidence(document, area.evidence)
    _opened_again(document, report, area)


def of_unfinished(document: Document, report: Report, area: AreaReport) -> None:
    """What is known of an area that is not concluded, or not concluded anew: never its answers."""
    if area.reopened or plan.of_area(report, area.area.number):
        word.heading(document, ADDED, 3)
    _opened_again(document, report, area)


def _opened_again(document: Document, report: Report, area: AreaReport) -> None:
    """When an area was opened again, and why."""
    _list(document, "Opened again", reopened(report.edition, area))


def _list(document: Document, heading: str, items: Sequence[str]) -> None:
    if items:
        word.heading(document, heading, 4)
        word.bullets(document, items)


# --- sentences --------------------------------------------------------------------------------


def confirmed(area: AreaReport) -> list[str]:
    """Who confirmed the levels and when: one sentence where it was all at once."""
    found: dict[str, list[str]] = {}
    for each in area.statements:
        if each.confirmed_on:
            found.setdefault(_confirmed(each), []).append(each.statement.short)
    if len(found) == 1:
        return [f"Levels confirmed{how}." for how in found]
    return [f"Level confirmed{how}: {listed(codes)}." for how, codes in found.items()]


def _confirmed(each: StatementReport) -> str:
    by = f" by {each.confirmed_by}" if each.confirmed_by else ""
    return f"{by} on {day(each.confirmed_on)}"


def _turnout(area: AreaReport) -> Iterable[str]:
    if area.draws_on:
        yield f"The text draws on: {'; '.join(each.short for each in area.draws_on)}."
    if area.not_cited:
        yield f"Took part, but not drawn on: {'; '.join(each.short for each in area.not_cited)}."
    if area.did_not_respond:
        people = many(area.did_not_respond, "person", "people")
        yield f"{people} did not respond to the draft. That does not count as agreement."


def reasons(area: AreaReport) -> list[str]:
    """Why a level is not the one that the rule gives, or is there though the rule gives none."""
    return [_about(each, each.reason) for each in area.statements if each.reason]


def heard(area: AreaReport) -> list[str]:
    """What was heard where someone's level was two or more away."""
    return [_about(each, each.heard) for each in area.statements if each.heard]


def _about(each: StatementReport, text: str) -> str:
    lead = ", set by the lead" if each.origin == "lead" else ""
    return f"{each.statement.name}{lead}: {text}"


def not_applicable(area: AreaReport) -> list[str]:
    """What was left out locally, with the reason."""
    return [f"{each.name}: {reason}" if reason else each.name
            for each, reason in area.not_applicable]  # fmt: skip


def reopened(edition: Edition, area: AreaReport) -> list[str]:
    """When it was opened again, why, and the levels it had before."""
    return [
        " ".join(
            filter(None, (f"{day(each.on)}.", each.because, _levels_before(edition, each.levels)))
        )
        for each in area.reopened
    ]


def _levels_before(edition: Edition, levels: Mapping[str, str]) -> str:
    found: dict[str, list[str]] = {}
    for code, level in levels.items():
        found.setdefault(choice_name(edition, level), []).append(code)
    parts = [f"{name} ({listed(codes)})" for name, codes in found.items()]
    return f"Before that: {'; '.join(parts)}." if parts else ""


# --- how people rated -------------------------------------------------------------------------


def _ratings(document: Document, edition: Edition, area: AreaReport) -> None:
    results = [each.result for each in area.statements if each.result]
    if results or area.withholds_levels:
        word.heading(document, "How people rated", 4)
    if area.withholds_levels:
        word.paragraph(document, TOO_FEW)
    if not results:
        return
    levels = [level.name for level in edition.levels]
    word.table(
        document, f"How many people chose each level, area {area.area.number}",
        ("Area", *levels, "Other answers", "Changed level", "What the rule says"),
        [_rated(edition, each) for each in results], _RATINGS,
    )  # fmt: skip
    rows = [row for each in results if differs(each) for row in _by_group(each)]
    if rows:
        word.heading(document, "By perspective, where people see it differently", 4)
        word.table(document, f"How perspectives rated, area {area.area.number}",
                   ("Area", "Who", *levels, "Other answers"), rows, _BY_GROUP)  # fmt: skip


def differs(result: StatementResult) -> bool:
    """Whether people see a statement so differently that its groups are worth a look."""
    return result.verdict.kind is not Kind.AGREED or bool(result.gap)


def _rated(edition: Edition, result: StatementResult) -> tuple[str, ...]:
    said = [verdict_in_words(edition, result.verdict)]
    if result.spread.many_could_not:
        said.append("Many people could not judge this")
    moved = f"{result.moved} of {result.moved_of}" if result.moved_of else ""
    return (result.statement.code, *_spread(result.spread), moved, "\n".join(said))


def _by_group(result: StatementResult) -> Iterable[tuple[str, ...]]:
    for group in result.groups:
        who = f"{group.name} ({group.people})"
        yield (result.statement.code, who, *_spread(group.spread))


def _spread(spread: Spread) -> tuple[str, ...]:
    others = {
        "Don’t know": spread.dont_know, "Not applicable": spread.not_applicable,
        "No answer": spread.unanswered,
    }  # fmt: skip
    said = [f"{name}: {count}" for name, count in others.items() if count]
    return (*map(str, spread.counts), "\n".join(said))


def _gaps(document: Document, area: AreaReport) -> None:
    found = gaps(area)
    if found:
        word.heading(document, "Gap between lived experience and staff", 4)
        word.bullets(document, found)
        word.words(document, area.words.get("gap", ""))


def gaps(area: AreaReport) -> list[str]:
    """Statements that people with lived experience and staff rate a level or more apart."""
    return [
        f"{each.statement.name}: {gap_in_words(each.result.gap)}."
        for each in area.statements
        if each.result and each.result.gap
    ]


# --- what stays open, and evidence ------------------------------------------------------------


def _dissent(document: Document, dissent: Sequence[Dissent]) -> None:
    if dissent:
        word.heading(document, "Concerns and comments that stay with this worksheet", 4)
    for each in dissent:
        quote(document, each)


def quote(document: Document, each: Dissent) -> None:
    """A concern or comment in its author's words, and what the lead answered."""
    kind = "Concern" if each.answer == "concern" else "Comment"
    word.quoted(document, each.text, lead=f"{kind}, from {each.group}:")
    if each.reply:
        word.quoted(document, each.reply, lead="The lead’s answer:")
    if each.stands:
        word.quoted(document, "The lead let this stand.")


def evidence(document: Document, pieces: Sequence[EvidenceReport]) -> None:
    """Evidence by its source; qualitative and quantitative stay what they are."""
    if not pieces:
        return
    word.heading(document, "Evidence", 4)
    rows = [(each.source, _KINDS[each.kind], each.text, shown(each.link)) for each in pieces]
    word.table(document, "Evidence, by source", ("Source", "Kind", "What it is", "Link"), rows,
               _EVIDENCE)  # fmt: skip


def shown(link: str) -> str:
    """A link as text, after its host; "" for one that we would not keep."""
    try:
        checked = checked_link(link)
    except BadLink:
        return ""
    return f"{checked.host}: {checked.url}"
