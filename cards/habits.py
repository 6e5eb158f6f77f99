"""When we write to someone: what they asked for, and how to change it (PURE)."""

from datetime import date, time

from cards.actions import Execute, card, fold, refresh
from cards.elements import (
    Column,
    ColumnSet,
    Element,
    TextBlock,
    TextRun,
    banner,
    heading,
    words,
)
from cards.face import Face
from cards.inputs import ChoiceInput, DateInput, Input, TextInput, choice
from cards.pieces import asked, feedback, filled, small, stack
from eocif.rules.dates import day_in_words, time_in_words
from eocif.rules.habit_form import ANY, FROM_HOURS, LABELS, LEAVE, UNTIL_HOURS, WEEKLY
from eocif.rules.phrases import listed
from eocif.rules.set_up import NONE, typed_date
from eocif.summaries import SILENT, Feedback
from eocif.time_summaries import Habits

TITLE = "Reminders and leave"
MOST_SNOOZED = 10
"""Things put off that the card names; the others come back by themselves."""


def way_in() -> Execute:
    """The button that other cards have for this one."""
    return Execute(TITLE, verb="habits.show", associated_inputs="none")


def habits(summary: Habits, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """How often, in which hours, and when they are away; then what they have put off."""
    body = [
        *feedback(said),
        heading(TITLE),
        TextBlock("We write when something waits for you, at most once on a working day."),
        *_away_now(summary),
        *_stands_in(summary),
        *_how_often(summary, said),
        *_hours(summary, said),
        *_leave(summary, said),
        *stack([_save(summary)]),
        *_snoozed(summary),
        *stack([Execute("My areas", verb="mine.show", associated_inputs="none")]),
    ]
    renewed = refresh("habits.show", {}, [for_user]) if for_user and not said.typed else None
    return Face(card(body, refresh=renewed), "When you want to hear from us")


def _save(summary: Habits) -> Execute:
    data = {"shown": dict(summary.shown)}
    return Execute("Save my choices", verb="habits.save", data=data, style="positive")


def _away_now(summary: Habits) -> list[Element]:
    until = typed_date(summary.values["away_until"])
    if not summary.is_away or until is None:
        return []
    told = TextBlock("We do not write to you before it is over.")
    return [banner(f"You are away until {day_in_words(until)}", told, *stack([_back("I am back")]))]


def _back(title: str) -> Execute:
    return Execute(title, verb="habits.back", associated_inputs="none")


def _stands_in(summary: Habits) -> list[Element]:
    if not summary.stands_in_for:
        return []
    names = TextRun(listed(summary.stands_in_for), weight="bolder")
    return [words("You stand in today for ", names, ". We remind you of their actions.")]


# --- the three questions ----------------------------------------------------------------------


def _how_often(summary: Habits, said: Feedback) -> list[Element]:
    question = ChoiceInput(
        "how_often",
        [
            choice(ANY, "As things come up"),
            choice(WEEKLY, "Once a week, and on the day something is due"),
        ],
        label="How often shall we remind you?",
        value=filled(said, "how_often", summary.values),
        style="expanded",
    )
    return [*asked(said, question), small("The weekly message with new areas comes in any case.")]


def _hours(summary: Habits, said: Feedback) -> list[Element]:
    problems = [words(said.problems[each], weight="bolder") for each in _HOURS
                if each in said.problems]  # fmt: skip
    beside = [Column([_hour(summary, said, field, hours)]) for field, hours in _HOURS.items()]
    return [TextBlock("Between which hours shall we write?"), *problems, ColumnSet(beside)]


_HOURS = {"from_hour": FROM_HOURS, "until_hour": UNTIL_HOURS}


def _hour(summary: Habits, said: Feedback, field: str, hours: range) -> Input:
    return ChoiceInput(
        field,
        [choice(str(hour), time_in_words(time(hour))) for hour in hours],
        label=LABELS[field],
        value=filled(said, field, summary.values),
        style="compact",
    )


def _leave(summary: Habits, said: Feedback) -> list[Element]:
    """Open where there is leave, or something to put right; else a button opens it."""
    fields = (*LEAVE, "deputy")
    is_set = bool(summary.values["away_from"])
    questions = [
        *(each for field in LEAVE for each in asked(said, _day(summary, said, field))),
        *_deputy(summary, said),
    ]
    if is_set or any(field in said.typed or field in said.problems for field in fields):
        ways_out = [_back("I am not going away")] if is_set and not summary.is_away else []
        return [heading("Your leave", 2), *questions, *stack(ways_out)]
    return [fold("I will be away", questions, "leave")]


def _day(summary: Habits, said: Feedback, field: str) -> Input:
    """A date to pick; what is no date stays in a line of text: a date field cannot hold it."""
    value = filled(said, field, summary.values)
    day = typed_date(value) if value else None
    if value and day is None:
        return TextInput(field, label=f"{LABELS[field]}, like 18 February 2028", value=value)
    return DateInput(field, label=LABELS[field], value=day)


def _deputy(summary: Habits, said: Feedback) -> list[Element]:
    if not summary.deputies:
        return []
    question = ChoiceInput(
        "deputy",
        [
            choice(NONE, "Nobody"),
            *(choice(str(person), name) for person, name in summary.deputies),
        ],
        label=LABELS["deputy"],
        value=filled(said, "deputy", summary.values),
        style="compact",
    )
    return [*asked(said, question), small(_WHAT_DEPUTIES_DO)]


_WHAT_DEPUTIES_DO = (
    "They hear of your actions while you are away, and can answer them. "
    "They never see your answers in a review."
)


# --- what is put off --------------------------------------------------------------------------


def _snoozed(summary: Habits) -> list[Element]:
    if not summary.snoozed:
        return []
    soonest = sorted(summary.snoozed, key=lambda each: each[2])
    rows = [part for each in soonest[:MOST_SNOOZED] for part in _put_off(*each)]
    more = [small("There are more. Each comes back by itself.")] if soonest[MOST_SNOOZED:] else []
    return [heading("What you put off", 2), *rows, *more]


def _put_off(thing: str, subject: str, until: date) -> list[Element]:
    again = Execute(
        "Remind me of this again",
        verb="habits.wake",
        data={"subject": subject},
        associated_inputs="none",
    )
    named = TextRun(thing, weight="bolder")
    return [words(named, f" · until {day_in_words(until)}"), *stack([again])]
