"""The weekly message: this week's areas for one person, its first page (PURE)."""

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
from cards.tasks import tasks
from cards.week_rows import has_draft, left, next_button, rows, what_is_left
from eocif.rules.progress import ReviewState
from eocif.summaries import SILENT, Feedback, WeekSummary


def week(summary: WeekSummary, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """This week's areas; with `for_user`, a Teams user id, the card renews itself for them."""
    summary = _with_ended_apart(summary)
    body = [
        *feedback(said),
        *_pointer(summary),
        heading(_title(summary)),
        review_line(summary.head),
        words("Hello ", summary.first_name, "."),
        *_first(summary),
        *rows(summary),
        *tasks(summary.place, summary.tasks),
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
    closing = [each.closes_on for each in left(summary.areas) if each.closes_on]
    return min(due, default=date.max) < min(closing, default=date.max)


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
