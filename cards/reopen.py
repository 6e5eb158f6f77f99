"""Asks why an area is to be opened again after it ended (PURE)."""

from cards.actions import Execute, card
from cards.elements import Element, TextBlock
from cards.face import Face
from cards.inputs import TextInput
from cards.pieces import (
    OURS,
    area_heading,
    asked,
    feedback,
    review_line,
    small,
    stack,
    typed_that_fits,
)
from cards.worksheet import STATES
from eocif.round_summaries import Worksheet
from eocif.rules.progress import ReviewState
from eocif.rules.text import LIMIT
from eocif.summaries import SILENT, Feedback


def reopen(
    summary: Worksheet, said: Feedback = SILENT, *, area: int, for_user: str = ""
) -> Face:  # fmt: skip
    """One area's form. It never renews by itself: that would wipe what is typed."""
    said = typed_that_fits(said)
    body = [
        *feedback(said),
        area_heading(summary.edition.area(area)),
        review_line(summary.head),
        *_state(summary, area),
        *(TextBlock(line) for line in _what_it_does(summary)),
        *asked(said, _reason(said)),
        *stack(_buttons(summary, area)),
        small(OURS),
    ]
    return Face(card(body), f"Area {area}: open it again")


def _state(summary: Worksheet, area: int) -> list[Element]:
    states = {each.area.number: STATES[each.state] for each in summary.areas}
    return [TextBlock(f"{states[area]} now.", weight="bolder")] if area in states else []


def _what_it_does(summary: Worksheet) -> list[str]:
    signed_off = summary.head.state == ReviewState.SIGNED_OFF
    return [
        "Opening it again takes back its levels. Its draft and what people said are kept.",
        "Every later report shows that it was opened again, and your reason.",
        *(["The review is then no longer signed off."] if signed_off else []),
    ]


def _reason(said: Feedback) -> TextInput:
    return TextInput(
        "reason",
        label=f"Why is this area opened again? (up to {LIMIT:,} characters)",
        value=said.typed.get("reason") or None,
        is_multiline=True,
        is_required=True,
        error_message="Say why this area is opened again.",
    )


def _buttons(summary: Worksheet, area: int) -> list[Execute]:
    data = {"review": summary.head.id}
    again = Execute(f"Open area {area} again", verb="reopen.do", data={**data, "area": area})
    section = {**data, "section": summary.edition.section_of(area).number}
    keep = Execute(
        "Keep it as it is", verb="worksheet.show", data=section, associated_inputs="none"
    )
    return [again, keep]
