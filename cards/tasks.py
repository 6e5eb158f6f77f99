"""Answers that a lead records for people who take part without Teams (PURE)."""

from collections.abc import Sequence
from dataclasses import replace

from cards.actions import Execute
from cards.elements import Action, Container, Element, TextBlock, TextRun, heading, words
from cards.pieces import closing, place_data, stack
from cards.week_rows import has_draft, left, verb_of
from eocif.rules.phrases import areas as named
from eocif.rules.phrases import listed, many
from eocif.summaries import AreaProgress, OnBehalf, Place

MOST_BUTTONS = 12
"""Over all people: each button takes about half a kilobyte of the card's 25."""


def tasks(place: Place, owed: Sequence[OnBehalf]) -> list[Element]:
    """Each person's communication needs, areas and buttons, which carry their member id."""
    if not owed:
        return []
    each = max(1, min(6, MOST_BUTTONS // len(owed)))
    return [
        heading("Answers to record", 2),
        TextBlock("These people take part without Teams. Ask them, then record what they say."),
        *(_person(place, person, each) for person in owed),
    ]


def _person(place: Place, person: OnBehalf, most: int) -> Element:
    name = TextRun(f"Answers to record for {person.name}", weight="bolder")
    needs = person.communication_needs or "none recorded"
    items: list[Element] = [
        words(name),
        words("Communication needs: ", needs),
        TextBlock(_owed(person.areas)),
    ]
    buttons = _buttons(place, person)[:most]
    return Container([*items, *stack(buttons)], separator=True)


def _owed(areas: Sequence[AreaProgress]) -> str:
    waiting = left(areas)
    if not waiting:
        return "Everything is recorded. Thank you."
    minutes = many(sum(each.minutes for each in waiting), "minute")
    days = [each.closes_on for each in waiting if each.closes_on]
    until = f", by {closing(min(days))}" if days else ""
    return f"To record: {_which(waiting)}{until}. About {minutes} in all."


def _which(waiting: Sequence[AreaProgress]) -> str:
    drafts = [each.area.number for each in waiting if has_draft(each)]
    others = [each.area.number for each in waiting if not has_draft(each)]
    answers = f"answers to the {'drafts' if drafts[1:] else 'draft'} of"
    return listed(
        [
            *([named(others, opening=False)] if others else []),
            *([f"{answers} {named(drafts, opening=False)}"] if drafts else []),
        ]
    )


def _buttons(place: Place, person: OnBehalf) -> list[Action]:
    """What is left first, then what can still be looked at or changed."""
    numbers = tuple(each.area.number for each in person.areas)
    theirs = replace(place, areas=numbers, member_id=person.member_id)
    waiting = left(person.areas)
    others = [each for each in person.areas if each not in waiting]
    shown = [each for each in (*waiting, *others) if each.status in _TITLES]
    return [_open(theirs, each) for each in shown]


_TITLES = {
    "to do": "Record answers for area {}",
    "to confirm": "Record an answer to the draft of area {}",
    "confirmed": "See what is recorded for area {}",
    "part done": "Carry on recording area {}",
    "answered": "See what is recorded for area {}",
    "withdrawn": "Record area {} again",
    "closed": "See what is recorded for area {}",
}


def _open(place: Place, progress: AreaProgress) -> Action:
    number = progress.area.number
    title = _TITLES[progress.status].format(number)
    return Execute(title, verb=verb_of(progress), data=place_data(place, number))
