"""The worksheet as it stands: every section in short, or one section's areas (PURE).

States and levels stand in words. Nothing is added up: no number here could be taken for a score.
"""

from collections.abc import Mapping, Sequence

from cards.action_ways import see_actions
from cards.actions import Execute, card, refresh
from cards.area_answer import choice_name
from cards.elements import Container, Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.pieces import (
    NOT_JUDGED,
    OURS,
    area_name,
    feedback,
    fitting,
    practice,
    review_line,
    small,
    stack,
)
from cards.spreads import ended
from eocif.round_summaries import Worksheet, WorksheetArea
from eocif.rules.answers import NOT_AGREED
from eocif.rules.dates import day_in_words
from eocif.rules.framework import LEVEL_KEYS, Section
from eocif.rules.phrases import areas as named
from eocif.rules.phrases import listed
from eocif.rules.progress import NOT_APPLICABLE, AreaState, ReviewState
from eocif.rules.visibility import Version
from eocif.summaries import SILENT, Feedback

STATES: Mapping[str, str] = {
    AreaState.WAITING: "Not open yet",
    AreaState.ROUND_1: "Open for answers",
    AreaState.DRAFTING: "Being drafted by its lead",
    AreaState.ROUND_2: "Draft with the group",
    AreaState.CONCLUDING: "Being concluded by its lead",
    AreaState.CONCLUDED: "Concluded",
    AreaState.SET_ASIDE: "Set aside",
}
_AT_WORK = (AreaState.DRAFTING, AreaState.ROUND_2, AreaState.CONCLUDING)
_NOT_BEGUN = (AreaState.WAITING, AreaState.ROUND_1)  # later, its lead's own card offers the same
_ENDED = (AreaState.CONCLUDED, AreaState.SET_ASIDE)


def worksheet(summary: Worksheet, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The whole review, or the areas of the section that `summary.section` names."""
    whole = summary.section == 0
    body = [*feedback(said), *(_overview(summary) if whole else _one_section(summary))]
    data = {"review": summary.head.id, "section": summary.section}
    renewed = refresh("worksheet.show", data, [for_user]) if for_user else None
    content = card([*body, small(f"{NOT_JUDGED} {OURS}")], refresh=renewed)
    return Face(content, "Experience of care review: the worksheet")


def leads(summary: Worksheet) -> bool:
    """Whether the reader leads the review: the workbook with everyone's words is theirs alone."""
    return Version.LEAD in summary.may_export


def _sections(summary: Worksheet) -> list[Section]:
    """The sections that have areas in scope, in order."""
    inside = {each.area.number for each in summary.areas}
    return [
        section
        for section in summary.edition.sections
        if inside & {area.number for area in section.areas}
    ]


def _show(summary: Worksheet, title: str, section: int) -> Execute:
    data = {"review": summary.head.id, "section": section}
    return Execute(title, verb="worksheet.show", data=data)


def _of_review(summary: Worksheet, title: str, verb: str, *, primary: bool = False) -> Execute:
    return Execute(
        title,
        verb=verb,
        data={"review": summary.head.id},
        style="positive" if primary else None,
    )


# --- the whole review -----------------------------------------------------------------


def _overview(summary: Worksheet) -> list[Element]:
    return [
        heading("The worksheet"),
        review_line(summary.head),
        *_state(summary),
        *_before_sign_off(summary),
        *stack(_whats_next(summary)),
        *(element for each in _sections(summary) for element in _in_short(summary, each)),
    ]


def _state(summary: Worksheet) -> list[Element]:
    if summary.head.state == ReviewState.CANCELLED:
        return [TextBlock("This review was cancelled. What was saved is kept.", weight="bolder")]
    if not summary.baseline_on:
        return [TextBlock("This review is under way.", weight="bolder")]
    again = summary.reassess_on
    return [
        TextBlock(f"Signed off on {day_in_words(summary.baseline_on)}.", weight="bolder"),
        *([TextBlock(f"Next assessment: {day_in_words(again)}.")] if again else []),
    ]


def _before_sign_off(summary: Worksheet) -> list[Element]:
    """What sign-off still needs, for whoever may sign off."""
    if summary.may_sign_off:
        return [TextBlock("Every area is concluded or set aside. You can sign this review off.")]
    if not summary.standing:
        return []
    needed = [words(f"• {each}", spacing="small") for each in fitting(summary.standing)]
    return [heading("Needed before sign-off", 2), *needed]


def _whats_next(summary: Worksheet) -> list[Execute]:
    sign_off = _of_review(summary, "Go on to sign-off", "signoff.show", primary=True)
    reports = _of_review(summary, "See the reports", "report.show")
    dates = _of_review(summary, "Dates and the next review", "dates.show")
    signed_off = summary.head.state == ReviewState.SIGNED_OFF
    running = summary.head.state != ReviewState.CANCELLED
    return [
        *([sign_off] if summary.may_sign_off else []),
        *([see_actions(summary.head.id)] if running and (leads(summary) or summary.led) else []),
        *([reports] if summary.may_export else []),
        *([dates] if signed_off and leads(summary) else []),
    ]


def _in_short(summary: Worksheet, section: Section) -> list[Element]:
    numbers = {area.number for area in section.areas}
    inside = [each for each in summary.areas if each.area.number in numbers]
    title = f"Section {section.number}: {section.title}"
    see = _show(summary, f"See section {section.number}", section.number)
    return [
        heading(title, 2, separator=True),
        *(_ended_in_short(summary, each) for each in inside if each.levels),
        *_waiting([each for each in inside if not each.levels]),
        *stack([see]),
    ]


def _ended_in_short(summary: Worksheet, area: WorksheetArea) -> Element:
    name = TextRun(area_name(area.area), weight="bolder")
    return words(name, f"\n{_levels_in_short(summary, area)}", spacing="small")


def _levels_in_short(summary: Worksheet, area: WorksheetArea) -> str:
    """Each level with its statements, lowest level first: “Achieving: 1a and 1c.”"""
    found = []
    for level in (*LEVEL_KEYS, NOT_AGREED, NOT_APPLICABLE):
        codes = [each.short for each in area.statements if area.levels.get(each.code) == level]
        if codes:
            found.append(f"{choice_name(summary.edition, level)}: {listed(codes)}.")
    return " ".join(found)


def _waiting(areas: Sequence[WorksheetArea]) -> list[Element]:
    """Areas that have no level yet, by their state."""
    by_state = {
        state: [each.area.number for each in areas if each.state == state] for state in STATES
    }
    lines = [f"{STATES[state]}: {named(x, opening=False)}." for state, x in by_state.items() if x]
    return [TextBlock(line, spacing="small") for line in lines]


# --- one section ----------------------------------------------------------------------


def _one_section(summary: Worksheet) -> list[Element]:
    (section,) = (each for each in summary.edition.sections if each.number == summary.section)
    texts = fitting([each.set_aside_because for each in summary.areas])
    others = [
        _show(summary, f"See section {number}", number)
        for number in [each for each in summary.sections if each > summary.section][:1]
    ]
    return [
        heading(f"Section {section.number}: {section.title}"),
        review_line(summary.head),
        practice(section),
        *(_area(summary, each, text) for each, text in zip(summary.areas, texts, strict=True)),
        *stack([*others, _show(summary, "Back to the whole worksheet", 0)]),
    ]


def _area(summary: Worksheet, area: WorksheetArea, set_aside_because: str) -> Element:
    because = [words("The reason: ", set_aside_because)] if set_aside_because else []
    lines = [
        heading(area_name(area.area), 2),
        TextBlock(_state_of(area)),
        *because,
        *_levels(summary, area),
        *_reopened(area),
        *stack(_ways(summary, area)),
    ]
    return Container(lines, separator=True)


def _state_of(area: WorksheetArea) -> str:
    day = area.concluded_on
    return f"{STATES[area.state]}{f' on {day_in_words(day)}' if day else ''}."


def _levels(summary: Worksheet, area: WorksheetArea) -> list[Element]:
    return [
        words(
            TextRun(f"{each.short[:1].upper()}{each.short[1:]}: ", weight="bolder"),
            ended(summary.edition, area.levels[each.code], area.origins.get(each.code, "")),
            spacing="small",
        )
        for each in area.statements
        if each.code in area.levels
    ]


def _reopened(area: WorksheetArea) -> list[Element]:
    return [small("It was opened again after it had ended.")] if area.times_reopened else []


def _ways(summary: Worksheet, area: WorksheetArea) -> list[Execute]:
    """Where its reader may go on with an area: a member, its lead, and the review's lead."""
    number, state = area.area.number, area.state
    data = {"review": summary.head.id, "area": number}
    if summary.head.state == ReviewState.CANCELLED:
        return []
    its_lead = number in summary.led
    ways = [
        (summary.is_member and state == AreaState.CONCLUDED, "See what became of area {}",
         "outcome.show", {}),
        (its_lead and state in _AT_WORK, "Go on with area {}", "draft.show", {}),
        ((its_lead or leads(summary)) and state == AreaState.CONCLUDED,
         "See how area {} was rated", "draft.show", {"step": "results"}),
        ((its_lead or leads(summary)) and state == AreaState.CONCLUDED,
         "Write actions for area {}", "action.new", {}),
        (leads(summary) and state in _NOT_BEGUN, "Set area {} aside", "draft.show",
         {"step": "set_aside"}),
        (leads(summary) and state in _ENDED, "Open area {} again", "reopen.show", {}),
        (leads(summary) and _may_be_rated_again(summary, area), "Rate area {} again",
         "rerate.show", {}),
    ]  # fmt: skip
    return [
        Execute(title.format(number), verb=verb, data={**data, **more})
        for is_offered, title, verb, more in ways
        if is_offered
    ]


def _may_be_rated_again(summary: Worksheet, area: WorksheetArea) -> bool:
    """Between two reviews: a level that was signed off stands, and the new one has its own date."""
    signed_off = summary.head.state == ReviewState.SIGNED_OFF
    return signed_off and area.state == AreaState.CONCLUDED and not summary.is_rerating
