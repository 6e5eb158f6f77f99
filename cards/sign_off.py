"""The last look before a review is signed off (PURE)."""

from collections.abc import Sequence

from cards.actions import Execute, card, refresh
from cards.elements import Element, TextBlock, heading, words
from cards.face import Face
from cards.inputs import DateInput, Input, TextInput
from cards.pieces import (
    NOT_JUDGED,
    asked,
    feedback,
    filled,
    fitting,
    review_line,
    small,
    stack,
    typed_that_fits,
)
from eocif.round_summaries import SignOffStep
from eocif.rules.dates import day_in_words
from eocif.rules.ending import YEARS
from eocif.rules.phrases import many
from eocif.rules.set_up import typed_date
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback


def sign_off(step: SignOffStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What is still needed; or, where nothing is, what is signed off and the next assessment."""
    said = typed_that_fits(said)
    body = [
        *feedback(said),
        heading("Sign this review off"),
        review_line(step.head),
        *(_needed(step.standing) if step.standing else _ready(step, said)),
        *stack(_buttons(step)),
        small(NOT_JUDGED),
    ]
    data = {"review": step.head.id}
    renewed = refresh("signoff.show", data, [for_user]) if for_user and not said.typed else None
    return Face(card(body, refresh=renewed), "Experience of care review: sign-off")


def _needed(standing: Sequence[str]) -> list[Element]:
    return [
        TextBlock("This review cannot be signed off yet. These things are still needed:"),
        *(words(f"• {each}", spacing="small") for each in fitting(standing)),
    ]


def _ready(step: SignOffStep, said: Feedback) -> list[Element]:
    today = day_in_words(step.baseline_on)
    return [
        *(TextBlock(line, spacing="small") for line in _holds(step)),
        TextBlock(f"Signing off sets the baseline to today, {today}."),
        TextBlock("After that an area can only be opened again with a reason."),
        *_when_again(step, said),
    ]


def _holds(step: SignOffStep) -> list[str]:
    """What the worksheet holds, as its lead should know it before signing."""
    concluded = f"{many(step.concluded, 'area is', 'areas are')} concluded."
    more = [
        (step.set_aside, "area is", "areas are", "set aside, with a reason."),
        (step.not_agreed, "statement is", "statements are", "“not agreed”: an honest result."),
        (step.set_by_lead, "level is", "levels are", "set by the lead, and printed so."),
        (
            step.concerns_standing,
            "concern stands,",
            "concerns stand,",
            "printed with the worksheet.",
        ),
    ]
    return [concluded, *(f"{many(count, one, several)} {end}" for count, one, several, end in more
                         if count)]  # fmt: skip


def _when_again(step: SignOffStep, said: Feedback) -> list[Element]:
    """When it is done again; not asked of single areas, as the whole review has its own day."""
    if step.is_rerating:
        return [TextBlock("The next assessment of the whole review stays where it is.")]
    return [*asked(said, _next_assessment(step, said)), *asked(said, _because(step, said))]


def _next_assessment(step: SignOffStep, said: Feedback) -> Input:
    """A date to pick; what is no date stays in a line of text, which can hold it."""
    value = filled(said, "reassess_on", step.values)
    day = typed_date(value) if value else None
    label = f"Day of the next assessment, {day_in_words(step.latest)} at the latest"
    if value and day is None:
        return TextInput("reassess_on", label=f"{label}, like 18 February 2028", value=value)
    return DateInput("reassess_on", label=label, value=day)


def _because(step: SignOffStep, said: Feedback) -> Input:
    return TextInput(
        "reassess_because",
        label=f"Why it is sooner than {YEARS} years, if it is (up to {LIMIT:,} characters)",
        value=filled(said, "reassess_because", step.values),
        is_multiline=True,
    )


def _buttons(step: SignOffStep) -> list[Execute]:
    data = {"review": step.head.id}
    back = Execute(
        "Back to the worksheet", verb="worksheet.show", data=data, associated_inputs="none"
    )
    if step.standing:
        return [back]
    offered = {**data, "offered": step.latest.isoformat()}
    sign = Execute("Sign this review off", verb="signoff.do", data=offered, style="positive")
    return [sign, back]
