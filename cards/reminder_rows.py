"""Things to remember, a row each: what it is, until when, and the button for it (PURE).

Used by the card of the day's reminders and by the weekly message, which may carry some along.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from cards.actions import Execute
from cards.buttons import in_rows
from cards.elements import Action, Container, Element, TextBlock, TextRun, words
from cards.pieces import area_name, closing, review_line, small
from eocif.rules.dates import CLOSING, day_in_words, time_in_words
from eocif.rules.phrases import areas as named
from eocif.rules.progress import AreaState
from eocif.rules.reminding import Kind
from eocif.time_summaries import Remembered

MOST = 10
"""Rows with buttons of their own: the rest are named, and follow when these are done."""

MOST_NAMED = 20

Line = tuple[str, ...]
"""A sentence in parts: people's names among our words."""


def rows(
    items: Sequence[Remembered], ids: Sequence[int], *, here: int, most: int = MOST,
    primary: bool = False,
) -> list[Element]:  # fmt: skip
    """A row for each thing; `ids` are those of the message, to come back to it.

    `here` is the review that the card names at its top, `most` how many rows have buttons. With
    `primary` the first button is the one to press first on its card.
    """
    shown = items[:most]
    first = next((each for each in shown if not each.is_over), None) if primary else None
    return [
        *(_row(each, ids, here, is_first=each is first) for each in shown),
        *_after(items[most:]),
    ]


def _after(rest: Sequence[Remembered]) -> list[Element]:
    if not rest:
        return []
    more = [small(f"And {len(rest) - MOST_NAMED} more.")] if len(rest) > MOST_NAMED else []
    head = TextBlock("These follow when the ones above are done:")
    return [Container([head, *map(_title, rest[:MOST_NAMED]), *more], separator=True)]


def told(item: Remembered, here: int = 0) -> list[Element]:
    """What it is, of which review, and until when, without its buttons."""
    said = [(_OVER,)] if item.is_over else _lines(item)
    whose = [] if item.head.id == here else [review_line(item.head)]
    return [_title(item), *whose, *(words(*line) for line in said)]


_OVER = "Nothing is left to do here. Thank you."


def _row(item: Remembered, ids: Sequence[int], here: int, *, is_first: bool) -> Element:
    buttons = [] if item.is_over else [_open(item, is_first=is_first), _later(item, ids)]
    return Container([*told(item, here), *in_rows(buttons)], separator=True)


def _open(item: Remembered, *, is_first: bool) -> Action:
    title, verb, data = _press(item)
    style: Literal["positive"] | None = "positive" if is_first else None
    return Execute(title, verb=verb, data=data, style=style)


def _later(item: Remembered, ids: Sequence[int]) -> Action:
    data = {"ids": list(ids), "later": item.subject}
    return Execute("Not now", verb="reminders.show", data=data)


def closing_soon(items: Sequence[Remembered], *, today: date) -> str:
    """That rounds are about to close, in a sentence or two for each day."""
    days = {item.due_on for item in items if item.due_on}
    return " ".join(_closing_on(items, day, today) for day in sorted(days))


def _closing_on(items: Sequence[Remembered], day: date, today: date) -> str:
    numbers = [each.number for item in items if item.due_on == day for each in item.areas]
    which = (
        f"{named(numbers)} {'close' if numbers[1:] else 'closes'}" if numbers else "Rounds close"
    )
    if day == today:
        return f"{which} at {time_in_words(CLOSING)} today. You can still answer."
    return f"{which} at {closing(day)}."


def names_an_area(item: Remembered) -> bool:
    """Whether its title holds our short title of an area: the card then says that it is ours."""
    return item.kind is Kind.DRAFT or len(item.areas) == 1


# --- titles -----------------------------------------------------------------------------


def _title(item: Remembered) -> Element:
    if item.kind in _NAMED_BY_PEOPLE:
        return words(TextRun(item.title or "An action", weight="bolder"))
    return TextBlock(_our_title(item), weight="bolder")


_NAMED_BY_PEOPLE = (Kind.ACTION, Kind.ACTION_NEW, Kind.ACTION_SAID, Kind.PAPERS)


def _our_title(item: Remembered) -> str:
    if item.areas[1:]:
        return named(each.number for each in item.areas)
    if area := item.area or next(iter(item.areas), None):
        return area_name(area)
    return _TITLES[item.kind]


_TITLES: Mapping[Kind, str] = {
    Kind.SIGN_OFF: "Sign-off",
    Kind.REASSESS: "The next review",
    Kind.EDITION: "The framework itself",
}


# --- sentences --------------------------------------------------------------------------


def _lines(item: Remembered) -> Sequence[Line]:
    day = day_in_words(item.due_on) if item.due_on else ""
    return _SENTENCES[item.kind](item, day)


def _round(item: Remembered, day: str) -> Sequence[Line]:
    until = f" until {_closing(item, item.due_on)}" if item.due_on else ""
    if item.why_me:
        return [("You record answers for ", item.for_whom, f". You can do so{until}.")]
    missing = "Some of your answers are missing." if item.areas[1:] else "Your answer is missing."
    return [(f"{missing} You can answer{until}.",)]


def _closing(item: Remembered, day: date) -> str:
    return f"{time_in_words(CLOSING)} today" if item.is_today else closing(day)


def _action(item: Remembered, day: str) -> Sequence[Line]:
    asked = [("You are asked to own this action.",)] if _asks(item) else _why_me(item)
    answered = [(_ANSWERS[item.answer],)] if item.answer else []
    return [*answered, *asked, (_deadline(item, day),)]


_ANSWERS: Mapping[str, str] = {
    "agreed": "The lead agrees to the date you asked for.",
    "kept": "You asked for another date. The lead keeps this one, and says why.",
}


def _asks(item: Remembered) -> bool:
    """Whether its reader has not said yet if they will do it."""
    own = item.kind in (Kind.ACTION, Kind.ACTION_NEW) and not item.why_me
    return own and item.state == "accept"


def _deadline(item: Remembered, day: str) -> str:
    if not day:
        return "It has no date yet."
    if item.days_overdue:
        return f"This was due on {day}. Tell us if the date needs to change."
    return f"This is due {_on(item, day)}."


def _on(item: Remembered, day: str) -> str:
    return f"today, {day}" if item.is_today else f"on {day}"


def _why_me(item: Remembered) -> Sequence[Line]:
    if item.why_me == "unowned":
        return [("Nobody owns it yet. Choose who will.",)]
    why = _TO_ASK if item.kind is Kind.ACTION_NEW else _WHY_ME.get(item.why_me, "")
    return [(item.for_whom or "Its owner", why)] if item.why_me else []


_TO_ASK = " is named as its owner and takes part without Teams. Please ask if they will do it."
_WHY_ME: Mapping[str, str] = {
    "no_teams": " owns it and takes part without Teams. Please ask how it goes.",
    "unreachable": " owns it, but our messages do not arrive. Please ask how it goes.",
    "away": " owns it and is away. You stand in for them.",
    "overdue": " owns it. You lead this work, so we tell you too.",
}


def _said(item: Remembered, day: str) -> Sequence[Line]:
    return [(item.for_whom or "Its owner", _SAID[item.state])]


_SAID: Mapping[str, str] = {
    "refused": " says that this is not theirs. Choose who will own it.",
    "date": " asks for another date. Say if you agree.",
}


def _draft(item: Remembered, day: str) -> Sequence[Line]:
    what = "Its conclusion" if item.state == AreaState.CONCLUDING else "Its draft"
    line = (f"{what} {'was' if item.days_overdue else 'is'} due {_on(item, day)}.",)
    whose = (item.for_whom, _LEADS.get(item.why_me, " leads it."))
    return [whose, line] if item.for_whom else [line]


_LEADS: Mapping[str, str] = {
    "away": " leads it and is away.",
    "unreachable": " leads it, but our messages do not arrive.",
}
_SENTENCES: Mapping[Kind, Callable[[Remembered, str], Sequence[Line]]] = {
    Kind.ROUND: _round,
    Kind.ACTION: _action,
    Kind.ACTION_NEW: _action,
    Kind.ACTION_SAID: _said,
    Kind.DRAFT: _draft,
    Kind.SIGN_OFF: lambda _, __: [("Every area has ended, so this review can be signed off.",)],
    Kind.PAPERS: lambda item, day: [(f"Its papers close {_on(item, day)}.",)],
    Kind.REASSESS: lambda item, day: [(f"The next review is due {_on(item, day)}.",)],
    Kind.EDITION: lambda _, day: [(f"NHS England reviews the framework by {day}.",)],
}


# --- buttons ------------------------------------------------------------------------------


def _press(item: Remembered) -> tuple[str, str, Mapping[str, Any]]:
    """A button's title, its verb, and what it sends."""
    if item.kind in (Kind.ACTION, Kind.ACTION_NEW, Kind.ACTION_SAID):
        title = "Say if you will do it" if _asks(item) else "Open this action"
        return title, "action.show", {"action": item.action_id}
    data: dict[str, Any] = {"review": item.head.id}
    if item.kind is Kind.ROUND:
        numbers = [each.number for each in item.areas]
        return _answer(item), "week.show", data | {"areas": numbers}
    if item.kind is Kind.DRAFT and item.area:
        concludes = item.state == AreaState.CONCLUDING
        title = "Conclude area {}" if concludes else "Write the draft of area {}"
        number = item.area.number
        return title.format(number), "draft.show", data | {"area": number}
    return *_OF_REVIEWS[item.kind], data


_OF_REVIEWS: Mapping[Kind, tuple[str, str]] = {
    Kind.SIGN_OFF: ("Take a last look and sign off", "signoff.show"),
    Kind.PAPERS: ("Get a report", "report.show"),
    Kind.REASSESS: ("Plan the next review", "next.show"),
    Kind.EDITION: ("See this review's dates", "dates.show"),
}


def _answer(item: Remembered) -> str:
    if item.why_me:
        return "Record the answers"
    return f"Answer {named((each.number for each in item.areas), opening=False)}"
