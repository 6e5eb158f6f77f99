"""What its lead may do to a review: extend a round, close one early, cancel (PURE).

None of these cards refreshes by itself: that would wipe what is being typed.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from cards.actions import Data, Execute, card
from cards.buttons import in_rows
from cards.elements import Element, TextBlock, heading, words
from cards.face import Face
from cards.inputs import ChoiceInput, DateInput, TextInput, choice
from cards.pieces import OURS, area_name, asked, feedback, review_line, small
from cards.review import CANCEL, answers, open_areas, show
from eocif.rules.agreement import Settings
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import areas
from eocif.rules.progress import ReviewState
from eocif.rules.rule_words import needed
from eocif.rules.set_up import typed_date
from eocif.summaries import SILENT, AreaDates, Feedback, ReviewSummary

BACK = "Back to the review"
FEW = 6  # areas that can all be shown at once, with their whole titles
NONE_OPEN = "No area is open for answers now, so there is no closing day to change."


def extend(summary: ReviewSummary, said: Feedback = SILENT, *, area: int = 0) -> Face:
    """A later closing day for one open area: for `area`, or for one to choose."""
    rows = _narrowed(open_areas(summary), area)
    title = "Change a closing day"
    if not rows:
        return _form(summary, said, title, [TextBlock(NONE_OPEN)])
    body = [TextBlock(_MORE_TIME), *_which(rows, said, _closing), *_until(rows, said)]
    save = _act("Save the new closing day", "review.extend", summary, _chosen(rows))
    return _form(summary, said, title, body, save)


_MORE_TIME = (
    "A later day gives people more time. Every answer is kept. "
    "Choose a working day. The round closes at 5pm on that day."
)


def _closing(row: AreaDates) -> str:
    draft = ", its draft" if row.round > 1 else ""
    day = f", closes on {day_in_words(row.closes_on)}" if row.closes_on else ""
    return f"{area_name(row.area)}{draft}{day}"


def _until(rows: Sequence[AreaDates], said: Feedback) -> list[Element]:
    typed = said.typed.get("until", "")
    soonest = min((row.closes_on for row in rows if row.closes_on), default=None)
    question = DateInput(
        "until",
        label="New closing day",
        value=typed_date(typed),
        min=soonest + timedelta(days=1) if soonest else None,
        is_required=True,
        error_message="Choose a day after the one it closes on now.",
    )
    # A field for days can hold nothing else, so what was typed instead stands above it.
    lost = typed and question.value is None
    return [*([words("You typed: ", typed)] if lost else []), *asked(said, question)]


# --- closing early ------------------------------------------------------------------------------


def close(summary: ReviewSummary, said: Feedback = SILENT, *, area: int = 0) -> Face:
    """Close a round early: for `area`, or for one to choose among those with enough answers."""
    rows = _narrowed([row for row in open_areas(summary) if row.may_close], area)
    not_yet = [row.area.number for row in open_areas(summary) if not row.may_close]
    title = "Close a round early"
    needs = _needs(summary.rule)
    if not rows:
        return _form(summary, said, title, [TextBlock(f"No round can close early yet. {needs}")])
    body = [
        TextBlock(_HOW_IT_CLOSES),
        *_which(rows, said, _turnout),
        *([small(f"Not yet: {areas(not_yet, opening=False)}. {needs}")] if not_yet else []),
    ]
    save = _act("Close this round early", "review.close", summary, _chosen(rows))
    return _form(summary, said, title, body, save)


_HOW_IT_CLOSES = (
    "The round closes at 5pm today. If today’s working hours are over, it closes at 5pm on the "
    "next working day. Until then people can answer, and change their answers. "
    "What people save by 5.15pm still counts."
)


def _needs(rule: Settings) -> str:
    """Who must have answered, by the review's own rule."""
    who = needed(rule)
    lived = f", at least {who.lived}" if who.lived else ""
    return f"An area needs answers from {who.people} and {who.perspectives}{lived}."


def _turnout(row: AreaDates) -> str:
    return f"{area_name(row.area)}, {answers(row)}"


# --- cancelling ---------------------------------------------------------------------------------


def cancel(summary: ReviewSummary, said: Feedback = SILENT) -> Face:
    """Asks once more, and for a reason, which may be left out."""
    typed = said.typed.get("reason")
    reason = TextInput(
        "reason",
        label="Why are you cancelling it? Up to 2,000 characters. You can leave this empty.",
        value=typed or None,
        is_multiline=True,
    )
    is_draft = summary.head.state == ReviewState.DRAFT
    body = [TextBlock(_DRAFT if is_draft else _RUNNING), *asked(said, reason)]
    stop = Execute(CANCEL, verb="review.cancel", data={"review": summary.head.id})
    return _form(summary, said, "Cancel this review?", body, stop, back="Keep this review")


_RUNNING = (
    "Cancelling stops the review for good. You cannot undo it. "
    "No more messages go out, and nobody can answer. Its actions end with it. "
    "Everything saved so far is kept. People can still see their own answers."
)
_DRAFT = (
    "Cancelling stops the review for good. You cannot undo it. "
    "Nobody has been asked anything yet. What you set up is kept, but cannot be used."
)


# --- what the forms share -----------------------------------------------------------------------


def _form(
    summary: ReviewSummary,
    said: Feedback,
    title: str,
    body: Sequence[Element],
    *actions: Execute,
    back: str = BACK,
) -> Face:
    top = [*feedback(said), heading(title), review_line(summary.head)]
    buttons = in_rows([*actions, show(back, summary)])
    return Face(card([*top, *body, *buttons]), preview=title)


def _act(title: str, verb: str, summary: ReviewSummary, data: Data) -> Execute:
    return Execute(title, verb=verb, data={"review": summary.head.id, **data}, style="positive")


def _narrowed(rows: Sequence[AreaDates], area: int) -> list[AreaDates]:
    """The one row asked for, if it is among them, or else all."""
    return [row for row in rows if row.area.number == area] or list(rows)


def _chosen(rows: Sequence[AreaDates]) -> Data:
    """Where there is no choice, the button says which area is meant."""
    return {"area": rows[0].area.number} if len(rows) == 1 else {}


def _which(
    rows: Sequence[AreaDates], said: Feedback, describe: Callable[[AreaDates], str]
) -> list[Element]:
    if len(rows) == 1:
        return [TextBlock(f"{describe(rows[0])}.", weight="bolder"), small(OURS)]
    question = ChoiceInput(
        "area",
        [choice(str(row.area.number), describe(row)) for row in rows],
        label="Which area?",
        value=said.typed.get("area") or None,
        style="expanded" if len(rows) <= FEW else "compact",
        is_required=True,
        error_message="Choose an area.",
    )
    return [*asked(said, question), small(OURS)]
