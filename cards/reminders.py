"""The day's reminders: what waits for someone, and when to hear of it again (PURE)."""

from collections.abc import Sequence
from datetime import date, timedelta

from cards.actions import Execute, card, refresh
from cards.elements import ActionSet, Element, heading, words
from cards.face import Face
from cards.habits import way_in
from cards.inputs import DateInput, Input, TextInput
from cards.pieces import OURS, asked, feedback, review_line, small, stack
from cards.reminder_rows import names_an_area, rows, told
from eocif.rules.phrases import many
from eocif.rules.set_up import typed_date
from eocif.summaries import SILENT, Feedback
from eocif.time_summaries import Remembered, RemindersCard

_DAY = timedelta(days=1)


def reminders(
    summary: RemindersCard, said: Feedback = SILENT, *, today: date, later: str = "",
    for_user: str = "",
) -> Face:  # fmt: skip
    """Everything of today; or, with the subject `later`, when to hear of that one thing again."""
    for item in summary.items:
        if item.subject == later and not item.is_over:
            return Face(card(_not_now(item, summary, said, today)), _preview(summary))
    data = {"ids": list(summary.ids)}
    renewed = refresh("reminders.show", data, [for_user]) if for_user else None
    return Face(card(_today(summary, said), refresh=renewed), _preview(summary))


def _today(summary: RemindersCard, said: Feedback) -> list[Element]:
    heads = {each.head.id: each.head for each in summary.items}
    whole = [*heads.values()] if len(heads) == 1 else []
    areas = any(map(names_an_area, summary.items))
    return [
        *feedback(said),
        heading(_title(summary.items)),
        *map(review_line, whole),
        words("Hello ", summary.first_name, "."),
        *rows(summary.items, summary.ids, here=whole[0].id if whole else 0, primary=True),
        habits(),
        *([small(OURS)] if areas else []),
    ]


def habits() -> ActionSet:
    """The way to when and how often someone hears from us."""
    return ActionSet([way_in()], separator=True)


def _waiting(items: Sequence[Remembered]) -> int:
    return sum(not each.is_over for each in items)


def _title(items: Sequence[Remembered]) -> str:
    count = _waiting(items)
    if not count:
        return "Nothing waits for you here"
    return f"{many(count, 'thing')} {'waits' if count == 1 else 'wait'} for you"


def _preview(summary: RemindersCard) -> str:
    title = _title(summary.items)
    return f"Experience of care review: {title[0].lower()}{title[1:]}"


# --- not now ----------------------------------------------------------------------------


def _not_now(
    item: Remembered, summary: RemindersCard, said: Feedback, today: date
) -> list[Element]:  # fmt: skip
    ids = list(summary.ids)
    buttons = [
        Execute(
            "Remind me from this day", verb="reminders.snooze",
            data={"ids": ids, "subject": item.subject}, style="positive",
        ),
        Execute(
            "Back to all reminders", verb="reminders.show", data={"ids": ids},
            associated_inputs="none",
        ),
    ]  # fmt: skip
    return [
        *feedback(said),
        heading("Not now"),
        *told(item),
        *asked(said, _until(said, today)),
        *([small(_IN_ANY_CASE)] if item.due_on and item.due_on > today else []),
        *stack(buttons),
    ]


_IN_ANY_CASE = "On the day that it is due, we tell you in any case."


def _until(said: Feedback, today: date) -> Input:
    label, typed = "From which day shall we remind you again?", said.typed.get("until", "")
    day = typed_date(typed)
    if typed and day is None:
        return TextInput("until", label=f"{label} Type it like 18 February 2028.", value=typed)
    return DateInput(
        "until", label=label, value=day, min=today + _DAY, is_required=True,
        error_message="Choose a day after today.",
    )  # fmt: skip
