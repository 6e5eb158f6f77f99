"""The digest's lists, each cut to what is read at a glance (PURE)."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from cards.action_parts import WAITS, due, owner
from cards.actions import Execute
from cards.buttons import in_rows
from cards.charts import Counted, Step, stacked
from cards.elements import Action, Element, TextBlock, TextRun, heading, words
from cards.pieces import closing, small
from eocif.action_summaries import ActionLine
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import areas, listed, many
from eocif.rules.progress import AREA_STATES, AreaState
from eocif.time_summaries import Outstanding, ReviewDigest, SectionProgress, WithLead

MOST_LINES = 4
MOST_NAMES = 4
LONGEST_TITLE = 90  # characters of an action's title


def cut(shown: Sequence[Element], of: int) -> list[Element]:
    """The first lines, and how many there are besides."""
    rest = of - len(shown)
    return [*shown, *([small(f"And {rest} more.")] if rest > 0 else [])]


def some(names: Sequence[str]) -> str:
    """The first names, and how many there are besides: “Ann, Bea and 7 more”."""
    if len(names) <= MOST_NAMES + 1:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} more"


# --- who has not answered -----------------------------------------------------------------


def outstanding(digest: ReviewDigest) -> list[Element]:
    """The open areas that wait for someone, those that close soonest first."""
    rows = digest.outstanding
    if not rows:
        return []
    days = [list(same) for _, same in groupby(rows, key=lambda row: row.closes_on)]
    lines = [line for day in days for line in _day(day)]
    return [heading("Not answered yet", 2), *lines, *_silent(digest), *in_rows(_chase(digest))]


def _day(rows: Sequence[Outstanding]) -> list[Element]:
    """Areas with the same numbers and names stand in one line."""
    alike: dict[tuple[object, ...], list[Outstanding]] = {}
    for row in rows:
        alike.setdefault((row.round > 1, row.answered, row.asked, row.names), []).append(row)
    lines = [_alike(each) for each in alike.values()]
    title = TextBlock(f"Closes at {closing(rows[0].closes_on)}", weight="bolder")
    return [title, *cut(lines[:MOST_LINES], len(lines))]


def _alike(rows: Sequence[Outstanding]) -> Element:
    first = rows[0]
    what = areas(row.area.number for row in rows)
    draft = " the draft" if first.round > 1 else ""
    each = " in each" if rows[1:] else ""
    have = "has" if first.answered == 1 else "have"
    counts = f": {first.answered} of {first.asked} {have} answered{draft}{each}."
    waiting = [" Waiting for ", some(first.names), "."] if first.names else []
    return words(TextRun(what, weight="bolder"), counts, *waiting, spacing="small")


def _silent(digest: ReviewDigest) -> list[Element]:
    """Whose perspective is missing so far; a review can have named them itself."""
    if not digest.silent:
        return []
    shown, rest = digest.silent[:MOST_NAMES], digest.silent[MOST_NAMES:]
    more = [f"and {len(rest)} more"] if rest else []
    names = "; ".join([*(each.short for each in shown), *more])
    lead = TextRun("Nobody has answered yet from: ", weight="bolder")
    return [words(lead, names, ".")]


def _chase(digest: ReviewDigest) -> list[Action]:
    data, buttons = {"review": digest.head.id}, list[Action]()
    if digest.may_remind:
        title = "Remind those who have not answered"
        buttons.append(Execute(title, verb="outstanding.remind", data=data, style="positive"))
    if digest.may_extend:
        later = {**data, "view": "extend"}
        buttons.append(Execute("Give more time", verb="review.show", data=later))
    if any(row.names for row in digest.outstanding):
        buttons.append(Execute("See everyone by name", verb="outstanding.show", data=data))
    return buttons


# --- what waits for areas' leads ------------------------------------------------------------


def with_leads(digest: ReviewDigest) -> list[Element]:
    """The drafts and conclusions that wait for other people, each with its day."""
    rows = digest.with_leads
    lines = [_with_lead(row, digest.until) for row in rows[:MOST_LINES]]
    return [heading("Waiting for area leads", 2), *cut(lines, len(rows))] if rows else []


def _with_lead(row: WithLead, today: date) -> Element:
    several = bool(row.numbers[1:])
    what = "conclusion" if row.state == AreaState.CONCLUDING else "draft"
    it = f"the {what}{'s' if several else ''} of {areas(row.numbers, opening=False)}"
    now, then = ("They are", "They were") if several else ("It is", "It was")
    due_on = f"{then if row.due_on < today else now} due on {day_in_words(row.due_on)}."
    return words(TextRun(row.name, weight="bolder"), f": {it}. {due_on}", spacing="small")


# --- actions ------------------------------------------------------------------------------


def actions(digest: ReviewDigest) -> list[Element]:
    """Those past their day, those that wait for a decision, and those due soon."""
    late = {each.id for each in digest.overdue}
    waiting = [each for each in digest.actions_waiting if each.id not in late]
    told = late | {each.id for each in waiting}
    soon = [each for each in digest.due_soon if each.id not in told]
    parts = [
        *_part("Actions past their date", digest.overdue),
        *_part("Actions that wait for a decision", waiting),
        *_part("Actions due in the next two weeks", soon),
    ]
    return [*parts, *in_rows(_open(digest))] if parts else []


def _part(title: str, lines: Sequence[ActionLine]) -> list[Element]:
    shown = [_action(each) for each in lines[:MOST_LINES]]
    return [heading(title, 2), *cut(shown, len(lines))] if shown else []


def _action(line: ActionLine) -> Element:
    whose = ["Owner: ", owner(line), ". "] if line.owner or line.is_mine else []
    waits = "" if line.waits == "accept" else WAITS.get(line.waits, "")
    return words(
        TextRun(_short(line.title), weight="bolder"),
        f" · Area {line.area.number}. ",
        *whose,
        " ".join(sentence for sentence in (due(line), waits) if sentence),
        spacing="small",
    )


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def _open(digest: ReviewDigest) -> list[Action]:
    if not digest.may_see_actions:
        return []
    data = {"by": "all", "review": digest.head.id}
    return [Execute("Open the actions", verb="actions.show", data=data)]


# --- progress -----------------------------------------------------------------------------

_STEPS = (
    (Step("Concluded", "sequential8", "█"), (AreaState.CONCLUDED,)),
    (
        Step("With the lead or the group", "sequential6", "▓"),
        (AreaState.DRAFTING, AreaState.ROUND_2, AreaState.CONCLUDING),
    ),
    (Step("Open for answers", "sequential4", "▒"), (AreaState.ROUND_1,)),
    (Step("Not open yet", "sequential2", "░"), (AreaState.WAITING,)),
    (Step("Set aside", "neutral", "–"), (AreaState.SET_ASIDE,)),
)
"""What a bar is made of, the furthest first, and the states that each step stands for."""


def progress(sections: Sequence[SectionProgress]) -> list[Element]:
    """How far each section's areas are: a chart, with its numbers in text below.

    Nothing once every area has ended.
    """
    if all(_has_ended(row) for row in sections):
        return []
    counted = [Counted(f"Section {row.section.number}", _counts(row)) for row in sections]
    steps = [step for step, _ in _STEPS]
    chart = stacked(_PROGRESS, steps, counted, each="area", is_headed=True)
    return [heading(_PROGRESS, 2), *chart, *map(_section, sections)]


_PROGRESS = "How far each section is"


def _has_ended(row: SectionProgress) -> bool:
    ended = (AREA_STATES[AreaState.CONCLUDED], AREA_STATES[AreaState.SET_ASIDE])
    return sum(row.states.get(each, 0) for each in ended) == row.in_scope


def _counts(row: SectionProgress) -> list[int]:
    return [sum(row.states.get(AREA_STATES[each], 0) for each in states) for _, states in _STEPS]


def _section(row: SectionProgress) -> Element:
    beside = zip((step.name for step, _ in _STEPS), _counts(row), strict=True)
    numbers = listed([f"{count} {name.lower()}" for name, count in beside if count])
    title = f"Section {row.section.number}, {row.section.title}"
    line = f"{title}. {many(row.in_scope, 'area')}: {numbers}."
    return TextBlock(line, is_subtle=True, size="small", spacing="small")


# --- the rest -----------------------------------------------------------------------------


def moved(digest: ReviewDigest) -> list[Element]:
    """What ended, closed or opened since."""
    lines = [TextBlock(each, spacing="small") for each in digest.moved]
    title = heading(f"Since {day_in_words(digest.since)}", 2)
    return [title, *cut(lines[: 2 * MOST_LINES], len(lines))] if lines else []


def undelivered(digest: ReviewDigest) -> list[Element]:
    """Who did not get a message, why, and what can be done about it."""
    rows = digest.undelivered
    lines = [
        words(TextRun(who, weight="bolder"), f": {why} {what_to_do}", spacing="small")
        for who, why, what_to_do in rows[:MOST_LINES]
    ]
    title = heading("Messages that did not arrive", 2)
    return [title, *cut(lines, len(rows))] if lines else []


def next_dates(digest: ReviewDigest) -> list[Element]:
    """The days that come next; a meeting's name is people's words."""
    rows = digest.next_dates
    lines = [
        words(TextRun(day_in_words(day), weight="bolder"), f": {what}.", spacing="small")
        for day, what in rows[:MOST_LINES]
    ]
    return [heading("Next dates", 2), *cut(lines, len(rows))] if lines else []


def how_many(parts: Iterable[tuple[int, str, str]]) -> str:
    """Counts that are not zero, a sentence each: (2, "area waits", "areas wait")."""
    return " ".join(f"{many(count, one, several)}." for count, one, several in parts if count)
