"""What the set-up's cards share: which step this is, the ways out of it, and dates (PURE).

A step saves whatever it holds on every way out, so that going back or leaving loses nothing.
"""

from collections.abc import Mapping, Sequence

from cards.actions import Data, Execute, card, fold, refresh
from cards.buttons import in_rows
from cards.elements import Action, Element, TextBlock, heading, pairs
from cards.face import Face
from cards.pieces import feedback, review_line, small
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import areas, many
from eocif.rules.progress import ReviewState
from eocif.rules.set_up import LONGEST_TYPED
from eocif.set_up_summaries import TimetableRow
from eocif.summaries import Feedback, GroupMember, ReviewHead

STEPS: Mapping[str, str] = {
    "details": "about the review",
    "scope": "what is in scope",
    "pace": "pace and dates",
    "group": "the review group",
    "leads": "area leads",
    "check": "check and start",
}
THE_GROUP = "The review group"
FINISH_LATER = "You can stop at any time. What you saved is kept. Type “review” to carry on."
FEW_ROWS = 3
"""A timetable of this many rows needs no folding."""


def is_draft(head: ReviewHead) -> bool:
    """Whether the review is still being set up; its group may change after that too."""
    return head.state == ReviewState.DRAFT


def step_title(step: str) -> str:
    """Which step this is: "Step 2 of 6: what is in scope"."""
    return f"{_place(step)}: {STEPS[step]}"


def _place(step: str) -> str:
    return f"Step {list(STEPS).index(step) + 1} of {len(STEPS)}"


def framed(
    head: ReviewHead,
    said: Feedback,
    title: str,
    body: Sequence[Element],
    actions: Sequence[Action],
    *,
    preview: str,
    show: Data,
    for_user: str,
) -> Face:
    """A card of the set-up; `show` holds what "setup.show" needs to bring this card back."""
    news = refresh("setup.show", opened(head, **show), [for_user]) if for_user else None
    top = [*feedback(said), heading(title), review_line(head)]
    return Face(card([*top, *body, *in_rows(actions)], refresh=news), preview)


def step_card(
    step: str,
    head: ReviewHead,
    said: Feedback,
    body: Sequence[Element],
    actions: Sequence[Action],
    for_user: str,
    later: Sequence[Action] = (),
) -> Face:
    """One of the six steps. It ends by saying that it is safe to stop here."""
    return framed(
        head,
        said,
        step_title(step),
        [*body, *in_rows(actions), small(FINISH_LATER)],
        later,
        preview=f"Set up your review: {_place(step).lower()}",
        show={"step": step},
        for_user=for_user,
    )


# --- buttons ----------------------------------------------------------------------------------


def opened(head: ReviewHead, **show: str | int) -> Data:
    """What a "setup.show" sends; what is zero or empty is left out."""
    return {"review": head.id, **{name: value for name, value in show.items() if value}}


def go_to(title: str, head: ReviewHead, *, primary: bool = False, **show: str | int) -> Execute:
    """A button that opens a step and sends nothing of what is on the card."""
    return Execute(
        title,
        verb="setup.show",
        data=opened(head, **show),
        associated_inputs="none",
        style="positive" if primary else None,
    )


def see_review(head: ReviewHead) -> Execute:
    """The way out of the set-up once the review runs."""
    return Execute("See the review", verb="review.show", data={"review": head.id})


def saved_step(
    step: str,
    head: ReviewHead,
    said: Feedback,
    body: Sequence[Element],
    shown: Mapping[str, str],
    for_user: str,
) -> Face:
    """A step with inputs. Every way out of it, on, back or later, saves what they hold."""
    verb, data = f"setup.{step}", {"review": head.id, "shown": dict(shown)}
    on = Execute("Save and go on", verb=verb, data={**data, "go": "next"}, style="positive")
    told = "Saves this step, then shows the one before it"
    back = Execute("Back", verb=verb, data={**data, "go": "back"}, tooltip=told)
    later = Execute("Save and finish later", verb=verb, data={**data, "go": "stay"})
    ways = [on] if step == next(iter(STEPS)) else [on, back]
    return step_card(step, head, said, body, ways, for_user, [later])


# --- words ------------------------------------------------------------------------------------


def duration(minutes: int) -> str:
    """A number of minutes as people say it: "25 minutes", "1 hour", "2 hours 5 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [many(hours, "hour")] if hours else []
    return " ".join([*parts, many(rest, "minute")] if rest or not hours else parts)


def named(member: GroupMember) -> str:
    """A member's name, and what a lead needs to know beside it. People's words."""
    notes = [
        "" if member.has_teams else "without Teams",
        "guest" if member.is_guest else "",
        member.unreachable,
    ]
    told = ", ".join(note for note in notes if note)
    return f"{member.name} ({told})" if told else member.name


def typed_again(said: Feedback, field: str) -> str | None:
    """What was typed into a form that was refused, as much of it as its card shows again."""
    return said.typed.get(field, "")[:LONGEST_TYPED] or None


def span(timetable: Sequence[TimetableRow]) -> tuple[str, str]:
    """The day of the first message and the day the first round ends, in words."""
    last = max(row.closes_on for row in timetable)
    return day_in_words(timetable[0].opens_on), day_in_words(last)


def every_date(timetable: Sequence[TimetableRow]) -> list[Element]:
    """When each area opens and closes; folded where they are many."""
    if not timetable:
        return []
    every = pairs([(areas(area.number for area in row.areas), _days(row)) for row in timetable])
    return [fold("Show every date", [every], "dates") if len(timetable) > FEW_ROWS else every]


def _days(row: TimetableRow) -> Element:
    return TextBlock(f"{day_in_words(row.opens_on)} to {day_in_words(row.closes_on)}")
