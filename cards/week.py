"""The weekly message: this week's areas for one person, its first page (PURE)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from cards import news
from cards.actions import card, refresh
from cards.confirm_parts import privacy as of_drafts
from cards.elements import ActionSet, Element, banner, heading, words
from cards.face import Face
from cards.pieces import (
    NOT_JUDGED,
    OURS,
    STOP_AND_RETURN,
    feedback,
    place_data,
    privacy,
    review_line,
    small,
)
from cards.reminder_rows import rows as rows_of
from cards.reminders import habits
from cards.tasks import tasks
from cards.week_rows import has_draft, left, next_button, rows, what_is_left
from eocif.rules.progress import ReviewState
from eocif.rules.reminding import Kind
from eocif.summaries import SILENT, Feedback, WeekSummary
from eocif.time_summaries import Remembered


def week(
    summary: WeekSummary, said: Feedback = SILENT, *, for_user: str = "",
    also: Sequence[Remembered] = (), also_ids: Sequence[int] = (),
) -> Face:  # fmt: skip
    """This week's areas; with `for_user`, a Teams user id, the card renews itself for them.

    `also` is what its person is reminded of besides, with the ids of those stored reminders.
    """
    summary = _with_ended_apart(summary)
    more, is_urgent = _also(summary, also, also_ids), _is_due_before(also, summary)
    body = [
        *feedback(said),
        *_pointer(summary),
        heading(_title(summary)),
        review_line(summary.head),
        words("Hello ", summary.first_name, "."),
        *_first(summary),
        *(more if is_urgent else []),
        *rows(summary),
        *tasks(summary.place, summary.tasks),
        *([] if is_urgent else more),
        *news.concluded(summary.place, summary.concluded),
        *_small_print(summary),
    ]
    data = place_data(summary.place)
    renewed = refresh("week.show", data, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), _preview(summary))


def _pointer(summary: WeekSummary) -> list[Element]:
    if not summary.is_pointer:
        return []
    return [banner("A newer message has taken over. The buttons below still work.")]


def _is_news_alone(summary: WeekSummary) -> bool:
    """Whether nothing here asks for an answer, and something is told."""
    asks = summary.areas or summary.tasks
    return not asks and bool(summary.lead_tasks or summary.concluded)


def _title(summary: WeekSummary) -> str:
    return news.title(summary) if _is_news_alone(summary) else "Your areas this week"


def _first(summary: WeekSummary) -> list[Element]:
    """What waits for this person: as a member and as a lead, whichever is due sooner first."""
    own = [*what_is_left(summary), *_start(summary)]
    led = news.lead_tasks(summary.place, summary.lead_tasks, primary=not left(summary.areas))
    return [*led, *own] if _lead_is_due_first(summary) else [*own, *led]


def _lead_is_due_first(summary: WeekSummary) -> bool:
    due = [each.due_on for each in summary.lead_tasks if each.due_on]
    return min(due, default=date.max) < _first_closing(summary)


def _also(summary: WeekSummary, items: Sequence[Remembered], ids: Sequence[int]) -> list[Element]:
    """Reminders that go along, but for those that the card says by itself."""
    led = {each.area.number for each in summary.lead_tasks}
    rest = [each for each in items if not _is_said(each, summary.place.review_id, led)]
    if not rest:
        return []
    return [
        heading("Also waiting for you", 2),
        *rows_of(rest, ids, here=summary.place.review_id, most=news.MOST),
        habits(),
    ]


def _is_due_before(items: Iterable[Remembered], summary: WeekSummary) -> bool:
    due = [each.due_on for each in items if each.due_on and not each.is_over]
    return min(due, default=date.max) < _first_closing(summary)


def _first_closing(summary: WeekSummary) -> date:
    closing = [each.closes_on for each in left(summary.areas) if each.closes_on]
    return min(closing, default=date.max)


def _is_said(item: Remembered, review_id: int, led: Collection[int]) -> bool:
    if item.head.id != review_id:
        return False
    is_led = item.kind is Kind.DRAFT and item.area is not None and item.area.number in led
    return item.kind is Kind.ROUND or is_led


def _with_ended_apart(summary: WeekSummary) -> WeekSummary:
    """Areas that have ended stand by themselves, in an older message too: nothing is owed there."""
    rest = tuple(each for each in summary.areas if each.status != "concluded")
    ended = {each.area.number: each.area for each in summary.areas if each not in rest}
    ended |= {each.number: each for each in summary.concluded}
    if summary.head.state == ReviewState.CANCELLED:  # what became of them is shown no more
        ended = {}
    return replace(summary, areas=rest, concluded=tuple(ended[number] for number in sorted(ended)))


def _start(summary: WeekSummary) -> list[Element]:
    button = next_button(summary)
    return [ActionSet(button), small(STOP_AND_RETURN)] if button else []


def _small_print(summary: WeekSummary) -> list[Element]:
    line = small(f"{NOT_JUDGED} {OURS}")
    if _is_news_alone(summary):
        return [line]
    asked = [*summary.areas, *(each for person in summary.tasks for each in person.areas)]
    drafts_alone = bool(asked) and all(map(has_draft, asked))
    return [line, (of_drafts if drafts_alone else privacy)(summary.privacy)]


def _preview(summary: WeekSummary) -> str:
    if summary.is_pointer:
        return "Your areas: a newer message has taken over"
    if left(summary.areas) or summary.tasks:
        return "Experience of care review: your areas for this week"
    if summary.lead_tasks or summary.concluded:
        return f"Experience of care review: {news.preview(summary)}"
    return "Experience of care review: nothing is left for you this week"
