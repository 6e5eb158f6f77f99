"""A person's own areas: what is left, the next button, and a row for each area (PURE)."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from cards.actions import Execute
from cards.elements import Action, ActionSet, Container, Element, TextBlock, heading
from cards.pieces import (
    SOONER,
    about,
    area_name,
    closing,
    place_data,
    practice,
    rated_so_far,
    small,
)
from eocif.rules.framework import Section
from eocif.rules.phrases import areas as named
from eocif.rules.phrases import listed, many
from eocif.rules.progress import ReviewState
from eocif.summaries import AreaProgress, Place, WeekSummary

FIRST_DRAFT = 2
"""The round in which a draft goes to the group for the first time."""
UNFINISHED = ("part done", "to confirm", "to do")
_DONE = ("answered", "confirmed")


def left(areas: Iterable[AreaProgress]) -> list[AreaProgress]:
    """The areas still to do, most urgent first; of those that close together, what was begun."""
    waiting = (each for each in areas if each.status in UNFINISHED)
    return sorted(
        waiting, key=lambda each: (each.closes_on or date.max, UNFINISHED.index(each.status))
    )


def has_draft(progress: AreaProgress) -> bool:
    """Whether a draft is asked about, and no longer the statements."""
    return progress.round > 1


def what_is_left(summary: WeekSummary) -> list[Element]:
    """How much is left and until when, in a sentence each."""
    if summary.head.state == ReviewState.CANCELLED:
        return [TextBlock(_CANCELLED, weight="bolder")]
    waiting = left(summary.areas)
    if waiting:
        sentence = f"{_to_do(waiting)}: about {many(summary.minutes, 'minute')} in all."
        return [TextBlock(sentence, weight="bolder"), *_closings(waiting)]
    if not summary.areas:
        is_news = summary.lead_tasks or summary.concluded
        return [] if is_news else [TextBlock(_NO_AREAS)]
    if all(each.status in _DONE for each in summary.areas):
        thanks = "You have answered everything for this week. Thank you."
        return [TextBlock(thanks, weight="bolder"), *_until(summary.areas)]
    return [TextBlock("Nothing is left for you to do this week.", weight="bolder")]


_NO_AREAS = "You have no areas of your own to answer this week."
_CANCELLED = "This review was cancelled. Nobody is asked anything more. What you saved is kept."


def _to_do(waiting: Sequence[AreaProgress]) -> str:
    drafts = sum(map(has_draft, waiting))
    parts = [
        *([many(drafts, "draft to read", "drafts to read")] if drafts else []),
        *([f"{many(len(waiting) - drafts, 'area')} to do"] if len(waiting) > drafts else []),
    ]
    return listed(parts)


def _closings(areas: Sequence[AreaProgress]) -> list[Element]:
    days = _by_day(areas)
    if len(days) == 1:
        return [TextBlock(f"Round closes at {closing(day)}.") for day in days]
    return [TextBlock(_closing(days[day], day)) for day in sorted(days)]


def _by_day(areas: Sequence[AreaProgress]) -> dict[date, list[int]]:
    days: dict[date, list[int]] = {}
    for each in areas:
        if each.closes_on:
            days.setdefault(each.closes_on, []).append(each.area.number)
    return days


def _closing(numbers: Sequence[int], day: date) -> str:
    return f"{named(numbers)} {'close' if numbers[1:] else 'closes'} at {closing(day)}."


def _until(areas: Sequence[AreaProgress]) -> list[Element]:
    days = _by_day(areas)
    when = f"{closing(*days)}, {SOONER}" if len(days) == 1 else "each round closes"
    return [TextBlock(f"You can change your answers until {when}.")]


def next_button(summary: WeekSummary) -> list[Action]:
    """The one button to press first, if anything is left."""
    return [
        _open(summary.place, each, _first(each), primary=True) for each in left(summary.areas)[:1]
    ]


def _first(progress: AreaProgress) -> str:
    if progress.status == "to confirm":
        return _TITLES["to confirm"].format(progress.area.number)
    begun = progress.status == "part done"
    return f"{'Carry on' if begun else 'Start'} with area {progress.area.number}"


def _open(place: Place, progress: AreaProgress, title: str, *, primary: bool = False) -> Execute:
    # What was begun goes on where it was left, not by way of what is saved so far.
    step = {"step": "levels"} if progress.status == "part done" else {}
    data = place_data(place, progress.area.number, **step)
    return Execute(title, verb=verb_of(progress), data=data, style="positive" if primary else None)


def verb_of(progress: AreaProgress) -> str:
    """Which card an area opens: its statements, or its draft."""
    return "confirm.show" if has_draft(progress) else "area.show"


def rows(summary: WeekSummary) -> list[Element]:
    """Every area under its section; the area of the first button needs none of its own."""
    first = [each.area.number for each in left(summary.areas)[:1]]
    ordered = sorted(summary.areas, key=lambda each: each.area.number)
    return [
        element
        for section, areas in groupby(
            ordered, lambda each: summary.edition.section_of(each.area.number)
        )
        for element in (*_section(section), *(_row(summary.place, x, first) for x in areas))
    ]


def _section(section: Section) -> list[Element]:
    return [heading(f"Section {section.number}: {section.title}", 2), practice(section)]


def _row(place: Place, progress: AreaProgress, first: Sequence[int]) -> Element:
    number = progress.area.number
    items: list[Element] = [
        TextBlock(area_name(progress.area), weight="bolder"),
        small(_state(progress)),
    ]
    title = _title(progress)
    if title and number not in first:
        items.append(ActionSet([_open(place, progress, title.format(number))]))
    return Container(items)


def _title(progress: AreaProgress) -> str:
    if progress.status == "closed" and has_draft(progress):
        return _TITLES["confirmed"]
    return _TITLES.get(progress.status, "")


_TITLES = {
    "to do": "Answer area {}",
    "to confirm": "Read the draft of area {}",
    "confirmed": "See my answer to the draft of area {}",
    "part done": "Carry on with area {}",
    "answered": "See my answer to area {}",
    "withdrawn": "Answer area {} again",
    "closed": "See my answer to area {}",
    "set aside": "See my answer to area {}",
}


def _state(progress: AreaProgress) -> str:
    if progress.status == "to do":
        return f"To do: {about(progress.statements, progress.minutes, progress.unit)}."
    if progress.status == "part done":
        return rated_so_far(progress.rated, progress.statements, progress.unit)
    if progress.status == "to confirm":
        is_first = progress.round <= FIRST_DRAFT
        news = "The draft is ready." if is_first else "The draft goes round once more."
        return f"{news} About {many(progress.minutes, 'minute')} to read and answer."
    return _STATES.get(progress.status, f"{progress.status.capitalize()}.")


_STATES = {
    "confirmed": "You have answered the draft.",
    "withdrawn": "You withdrew your answer. It is deleted.",
    "closed": "This round has closed.",
    "set aside": "Set aside. You do not need to answer it.",
}
