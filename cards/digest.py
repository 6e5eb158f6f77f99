"""The weekly digest: a review's week in thirty seconds, what matters most first (PURE).

Every list is cut, with the way to the whole beside it. Buttons act. The preview names nobody.
"""

from cards import news
from cards.actions import Execute, card, refresh
from cards.buttons import in_rows
from cards.digest_rows import (
    MOST_NAMES,
    actions,
    cut,
    how_many,
    moved,
    next_dates,
    outstanding,
    progress,
    some,
    undelivered,
    with_leads,
)
from cards.elements import Container, Element, TextBlock, banner, heading
from cards.face import Face
from cards.pieces import NOT_JUDGED, OURS, feedback, review_line, small, stack
from eocif.rules.phrases import areas, many
from eocif.summaries import SILENT, Feedback, Place, ReviewHead
from eocif.time_summaries import Digest, ReviewDigest

PREVIEW = "Experience of care reviews: your weekly digest"


def digest(summary: Digest, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A review in full, and the reader's others by name. `for_user` is a Teams user id."""
    review = summary.review
    body = [
        *feedback(said),
        heading("Your week at a glance"),
        review_line(review.head),
        *_glance(review),
        *_gaps(review),
        *_waiting(review),
        *actions(review),
        *outstanding(review),
        *with_leads(review),
        *moved(review),
        *progress(review.sections),
        *undelivered(review),
        *next_dates(review),
        *_more(review),
        *_others(summary.others),
        small(f"{_ANY_TIME} {NOT_JUDGED} {OURS}"),
    ]
    renewed = refresh("digest.show", {"review": review.head.id}, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), PREVIEW)


_ANY_TIME = "This comes once a week. Type “digest” to see it at any time."


# --- what matters most ----------------------------------------------------------------------


def _glance(review: ReviewDigest) -> list[Element]:
    """Everything in a line or two of numbers."""
    part = f"Your part: {areas(review.led, opening=False)}." if review.led else ""
    numbers = how_many(
        [
            (_waits(review), "thing waits for you", "things wait for you"),
            (len(review.overdue), "action is past its date", "actions are past their date"),
            (len(review.outstanding), "open area waits for answers", "open areas wait for answers"),
        ]
    )
    lines = [part, numbers if review.says_something else _NOTHING_NEW]
    return [TextBlock(line, weight="bolder") for line in lines if line]


_NOTHING_NEW = "There is nothing new to tell you. Nothing waits for you."


def _waits(review: ReviewDigest) -> int:
    late = {each.id for each in review.overdue}
    asked = [each for each in review.actions_waiting if each.id not in late]
    return (
        len(review.waits_for_you)
        + review.may_sign_off
        + bool(review.tasks_without_teams)
        + len(asked)
    )


def _gaps(review: ReviewDigest) -> list[Element]:
    """A wide gap is told before all else; it changes no level."""
    if not review.gaps:
        return []
    where = some(review.gaps)
    sentence = f"People with lived experience and staff are two or more levels apart at {where}."
    return [banner("A wide gap", TextBlock(sentence), TextBlock(_ASKS))]


_ASKS = "This changes no level. It asks for a sentence in the worksheet."


# --- what waits for the reader --------------------------------------------------------------


def _waiting(review: ReviewDigest) -> list[Element]:
    place = Place(review.head.id, ())
    return [
        *news.lead_tasks(place, review.waits_for_you, primary=True),
        *_to_record(review.tasks_without_teams),
        *(_sign_off(review) if review.may_sign_off else []),
    ]


def _to_record(count: int) -> list[Element]:
    if not count:
        return []
    people = many(count, "person without Teams waits", "people without Teams wait")
    told = TextBlock(f"{people} for you to record their answers.")
    return [told, *stack([Execute("Record their answers", verb="mine.show")])]


def _sign_off(review: ReviewDigest) -> list[Element]:
    data = {"review": review.head.id}
    look = Execute("Look at the sign-off", verb="signoff.show", data=data, style="positive")
    return [heading("Ready to sign off", 2), TextBlock(_READY), *stack([look])]


_READY = "Every area has ended, and every action has its owner and its day."


def _more(review: ReviewDigest) -> list[Element]:
    """The way to all that was cut, for those who may open it."""
    if not review.may_see_actions:
        return []
    data = {"review": review.head.id}
    whole = Execute("See the review", verb="review.show", data=data)
    return in_rows([whole, Execute("See the worksheet", verb="worksheet.show", data=data)])


# --- other reviews --------------------------------------------------------------------------


def _others(heads: tuple[ReviewHead, ...]) -> list[Element]:
    shown: list[Element] = [_other(head) for head in heads[:MOST_NAMES]]
    return [heading("Your other reviews", 2), *cut(shown, len(heads))] if heads else []


def _other(head: ReviewHead) -> Element:
    show = Execute("Show its digest", verb="digest.show", data={"review": head.id})
    return Container([review_line(head), *stack([show])])
