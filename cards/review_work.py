"""On the review's card: the areas between a round's close and their conclusion (PURE)."""

from collections.abc import Mapping

from cards.actions import Execute
from cards.buttons import in_rows
from cards.elements import Element, heading
from cards.pieces import small
from eocif.rules.phrases import areas
from eocif.rules.progress import AREA_STATES, AreaState, ReviewState
from eocif.summaries import AreaDates, ReviewSummary

AT_WORK: Mapping[str, str] = {
    AREA_STATES[AreaState.CONCLUDING]: "conclude it",
    AREA_STATES[AreaState.DRAFTING]: "draft it",
    AREA_STATES[AreaState.ROUND_2]: "with the group",
}
"""What each waits for, the most urgent first."""

MOST = 8
"""A card holds so many buttons: the worksheet has the areas beyond them."""


def at_work(summary: ReviewSummary) -> list[Element]:
    """For its lead, while a review runs: each area to draft or conclude, with its button."""
    if not summary.is_lead or summary.head.state != ReviewState.COLLECTING:
        return []
    rows = [row for state in AT_WORK for row in summary.areas if row.state == state]
    if not rows:
        return []
    beyond = areas((row.area.number for row in rows[MOST:]), opening=False)
    return [
        heading("Areas to draft and conclude", 2),
        *in_rows([_open(summary, row) for row in rows[:MOST]]),
        *([small(f"In the worksheet: {beyond}.")] if rows[MOST:] else []),
    ]


def _open(summary: ReviewSummary, row: AreaDates) -> Execute:
    data = {"review": summary.head.id, "area": row.area.number, "step": "auto"}
    return Execute(f"Area {row.area.number}: {AT_WORK[row.state]}", verb="draft.show", data=data)
