"""The weekly message: this week's areas for one person, its first page (PURE)."""

from cards.actions import card, refresh
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
from cards.week_rows import left, next_button, rows, what_is_left
from eocif.summaries import SILENT, Feedback, WeekSummary


def week(summary: WeekSummary, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """This week's areas; with `for_user`, a Teams user id, the card renews itself for them."""
    body = [
        *feedback(said),
        *_pointer(summary),
        heading("Your areas this week"),
        review_line(summary.head),
        words("Hello ", summary.first_name, "."),
        *what_is_left(summary),
        *_start(summary),
        *rows(summary),
        *tasks(summary.place, summary.tasks),
        *_small_print(summary),
    ]
    data = place_data(summary.place)
    renewed = refresh("week.show", data, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), _preview(summary))


def _pointer(summary: WeekSummary) -> list[Element]:
    if not summary.is_pointer:
        return []
    return [banner("A newer message has taken over. The buttons below still work.")]


def _start(summary: WeekSummary) -> list[Element]:
    button = next_button(summary)
    return [ActionSet(button), small(STOP_AND_RETURN)] if button else []


def _small_print(summary: WeekSummary) -> list[Element]:
    return [small(f"{NOT_JUDGED} {OURS}"), privacy(summary.privacy)]


def _preview(summary: WeekSummary) -> str:
    if summary.is_pointer:
        return "Your areas: a newer message has taken over"
    if left(summary.areas) or summary.tasks:
        return "Experience of care review: your areas for this week"
    return "Experience of care review: nothing is left for you this week"
