"""What a person is told without owing an answer: areas that wait for them, areas that ended (PURE).

An area's lead drafts and concludes; whoever contributed sees what became of what they said.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from cards.actions import Execute
from cards.elements import Container, Element, TextBlock, heading
from cards.pieces import area_name, place_data, small, stack
from eocif.rules.dates import day_in_words
from eocif.rules.framework import Area
from eocif.rules.phrases import areas as named
from eocif.rules.progress import AreaState
from eocif.summaries import AreaTask, Place, WeekSummary

MOST = 5
"""Areas with a button of their own: the rest are named, and follow when these are done."""

_PREVIEWS: Mapping[str, str] = {
    AreaState.DRAFTING: "an area is ready for you to draft",
    AreaState.CONCLUDING: "an area is ready for you to conclude",
}


def title(summary: WeekSummary) -> str:
    """What a message is about that holds no answers to give."""
    if summary.lead_tasks:
        several = bool(summary.lead_tasks[1:])
        return "Areas are ready for you" if several else "An area is ready for you"
    return "Areas are concluded" if summary.concluded[1:] else "An area is concluded"


def preview(summary: WeekSummary) -> str:
    """The same for a lock screen: no names, no levels, no areas."""
    if summary.lead_tasks:
        first, *more = summary.lead_tasks
        return "areas are ready for you as their lead" if more else _PREVIEWS[first.state]
    which = "areas are" if summary.concluded[1:] else "an area is"
    return f"{which} concluded, see what became of what you said"


# --- for an area's lead ---------------------------------------------------------------


def lead_tasks(
    place: Place, tasks: Sequence[AreaTask], *, primary: bool = False
) -> list[Element]:  # fmt: skip
    """The areas that wait for their lead, with the day for it and a button each.

    With `primary` the first button is the one to press first on its card.
    """
    if not tasks:
        return []
    rest = [each.area.number for each in tasks[MOST:]]
    more = [small(f"After these: {named(rest, opening=False)}.")] if rest else []
    shown = [_task(place, each, primary and each is tasks[0]) for each in tasks[:MOST]]
    return [heading("Waiting for you as area lead", 2), *shown, *more]


def _task(place: Place, task: AreaTask, primary: bool) -> Element:
    number, drafts = task.area.number, task.state == AreaState.DRAFTING
    what = "Its round has closed." if drafts else "The round for its draft has closed."
    asked = "Its draft" if drafts else "Its conclusion"
    day = f" {asked} is due by {day_in_words(task.due_on)}." if task.due_on else ""
    title = f"Write the draft of area {number}" if drafts else f"Conclude area {number}"
    data = {"review": place.review_id, "area": number}
    style: Literal["positive"] | None = "positive" if primary else None
    return Container(
        [
            TextBlock(area_name(task.area), weight="bolder"),
            small(f"{what}{day}"),
            *stack([Execute(title, verb="draft.show", data=data, style=style)]),
        ]
    )


# --- for whoever contributed ----------------------------------------------------------


def concluded(place: Place, areas: Sequence[Area]) -> list[Element]:
    """The areas that have ended, each with the way to what became of what this person said."""
    if not areas:
        return []
    rest = [each.number for each in areas[MOST:]]
    whole = Execute("See the worksheet", verb="worksheet.show", data={"review": place.review_id})
    more = [small(f"Also concluded: {named(rest, opening=False)}."), *stack([whole])]
    shown = [_ended(place, each) for each in areas[:MOST]]
    return [heading("Concluded", 2), *shown, *(more if rest else [])]


def _ended(place: Place, area: Area) -> Element:
    data = place_data(place, area.number)
    see = Execute(f"See what became of area {area.number}", verb="outcome.show", data=data)
    return Container([TextBlock(area_name(area), weight="bolder"), *stack([see])])
