"""My areas: everything open for one person, over all their reviews (PURE)."""

from cards import news
from cards.actions import Execute, card, refresh
from cards.elements import Container, Element, TextBlock, heading, words
from cards.face import Face
from cards.habits import way_in
from cards.pieces import STOP_AND_RETURN, feedback, place_data, review_line, small, stack
from cards.tasks import tasks
from cards.week_rows import left, next_button, what_is_left
from eocif.rules.progress import ReviewState
from eocif.summaries import SILENT, Feedback, MyAreas, ReviewHead, WeekSummary


def my_areas(summary: MyAreas, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A short part for each review; with `for_user` the card renews itself for them."""
    body = [
        *feedback(said),
        heading("My areas"),
        words("Hello ", summary.first_name, "."),
        *_open_now(summary),
        *_led(summary),
        *stack([way_in()]),
    ]
    renewed = refresh("mine.show", {}, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), "Experience of care reviews: your areas")


def _open_now(summary: MyAreas) -> list[Element]:
    if not summary.reviews:
        nothing = "Nothing is open for you now. We will send you a message when something is."
        return [TextBlock(nothing)]
    parts = [element for review in summary.reviews for element in _review(review)]
    anything = any(left(review.areas) for review in summary.reviews)
    return [*parts, small(STOP_AND_RETURN)] if anything else parts


def _review(week: WeekSummary) -> list[Element]:
    everything = Execute("See all my areas", verb="week.show", data=place_data(week.place))
    buttons = [*next_button(week), *([everything] if week.areas else [])]
    own: list[Element] = [review_line(week.head), *what_is_left(week)]
    return [
        Container([*own, *stack(buttons)], separator=True),
        *news.lead_tasks(week.place, week.lead_tasks),
        *tasks(week.place, week.tasks),
        *news.concluded(week.place, week.concluded),
    ]


def _led(summary: MyAreas) -> list[Element]:
    if not summary.leads:
        return []
    return [heading("Reviews you lead", 2), *(_lead(head) for head in summary.leads)]


def _lead(head: ReviewHead) -> Element:
    data = {"review": head.id}
    first = Execute("See who has not answered", verb="outstanding.show", data=data)
    if head.state == ReviewState.DRAFT:
        first = Execute("Carry on with the set-up", verb="setup.show", data=data)
    review = Execute("See the review", verb="review.show", data=data)
    return Container([review_line(head), *stack([first, review])], separator=True)
