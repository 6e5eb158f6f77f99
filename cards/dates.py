"""A review's dates: meetings, the weekly digest, and what comes in years (PURE)."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from cards.actions import Execute, card, refresh
from cards.buttons import in_rows
from cards.elements import Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.inputs import ChoiceInput, DateInput, Input, TextInput, choice, people
from cards.pieces import asked, feedback, filled, review_line, small, stack, typed_that_fits
from eocif.rules.dates import day_in_words, time_in_words
from eocif.rules.ending import YEARS
from eocif.rules.meetings import DIGEST_DAYS, DIGEST_HOURS, PAPERS_DAYS, USUAL_PAPERS_DAYS
from eocif.rules.phrases import listed, many
from eocif.rules.reminding import EDITION_MONTHS, PAPERS_BEFORE, REASSESS_MONTHS
from eocif.rules.set_up import LONGEST_LINE, typed_date
from eocif.summaries import SILENT, Feedback
from eocif.time_summaries import Dates, MeetingLine

PREVIEW = "Experience of care review: its dates"
MOST = 12
"""The most meetings listed, each with its button; more would make too long a card."""
BACK = "Back to the dates"


def dates(given: Dates, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Every date with what it means, and the buttons that change what can be changed."""
    body = [
        *feedback(said),
        heading("Dates"),
        review_line(given.head),
        *_meetings(given),
        *_digest(given),
        *_next_assessment(given),
        *_edition(given),
        *stack([Execute("Back to the review", verb="review.show", data=_data(given))]),
    ]
    renewed = refresh("dates.show", _data(given), [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), PREVIEW)


def _data(given: Dates) -> dict[str, int]:
    return {"review": given.head.id}


def _form(given: Dates, title: str, view: str) -> Execute:
    return Execute(title, verb="dates.show", data={**_data(given), "view": view})


def _back(given: Dates) -> Execute:
    return Execute(BACK, verb="dates.show", data=_data(given), associated_inputs="none")


# --- meetings ---------------------------------------------------------------------------------


def _meetings(given: Dates) -> list[Element]:
    shown, later = given.meetings[:MOST], given.meetings[MOST:]
    none_yet = [TextBlock(_NO_MEETING)] if not shown else []
    return [
        heading("Meetings that see your reports", 2),
        *none_yet,
        *(element for each in shown for element in _meeting(given, each)),
        *([small(f"And {many(len(later), 'later meeting')}.")] if later else []),
        *in_rows([_form(given, "Add a meeting", "meeting")]),
    ]


_NO_MEETING = "None is noted yet. Add one, and we remind you before its papers close."


def _meeting(given: Dates, line: MeetingLine) -> list[Element]:
    closes = "Its papers closed" if line.papers_on < given.today else "Papers close"
    remove = Execute(
        "Remove this meeting",
        verb="meeting.remove",
        data={**_data(given), "meeting": line.id},
    )
    return [
        words(TextRun(line.name, weight="bolder"), f"\n{day_in_words(line.meets_on)}"),
        TextBlock(f"{closes} on {day_in_words(line.papers_on)}.", spacing="none"),
        *stack([remove]),
    ]


def meeting(given: Dates, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """A form for one meeting. It never renews: someone may be typing."""
    said = typed_that_fits(said)
    name = TextInput(
        "name",
        label=f"Which meeting? (up to {LONGEST_LINE} characters)",
        placeholder="Board, quality committee …",
        value=filled(said, "name", {}),
    )
    papers = TextInput(
        "papers_days",
        label=f"How many working days before it do papers close? (0 to {PAPERS_DAYS[-1]})",
        value=filled(said, "papers_days", {"papers_days": str(USUAL_PAPERS_DAYS)}),
    )
    data = {**_data(given), "nonce": given.nonce}
    add = Execute("Add this meeting", verb="meeting.add", data=data, style="positive")
    body = [
        *feedback(said),
        heading("Add a meeting"),
        review_line(given.head),
        TextBlock(_HOW),
        *asked(said, name),
        *asked(said, _day(given, said)),
        *asked(said, papers),
        *stack([add, _back(given)]),
    ]
    return Face(card(body), PREVIEW)


_HOW = (
    "A board or a committee that sees your report. "
    f"We remind you {PAPERS_BEFORE} working days before its papers close."
)


def _day(given: Dates, said: Feedback) -> Input:
    """A date to pick; what is no date stays in a line of text, which can hold it."""
    value, label = filled(said, "meets_on", {}), "Day of the meeting"
    day = typed_date(value) if value else None
    if value and day is None:
        return TextInput("meets_on", label=f"{label}, like 18 February 2028", value=value)
    return DateInput("meets_on", label=label, value=day)


# --- the weekly digest ------------------------------------------------------------------------


def _digest(given: Dates) -> list[Element]:
    day, hour = given.values["digest_day"], given.values["digest_hour"]
    when = f"It comes on {DIGEST_DAYS[day]}s at {_hour(hour)}, if there is anything to say."
    others = ", ".join(name for _, name in given.readers)
    also = [words("You get it, and so do: ", TextRun(others, weight="bolder"), f". {_PARTS}")]
    return [
        heading("The weekly digest", 2),
        TextBlock(when),
        *(also if others else [TextBlock(f"You get it. {_PARTS}")]),
        *stack([_form(given, "Change the weekly digest", "digest")]),
    ]


_PARTS = "Other area leads get one of their own areas."


def _hour(text: str) -> str:
    return time_in_words(time(int(text)))


def digest(given: Dates, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """When the digest comes and who reads it. It never renews: someone may be choosing."""
    data = {**_data(given), "shown": dict(given.shown)}
    save = Execute("Save the weekly digest", verb="dates.save", data=data, style="positive")
    days = [choice(key, name) for key, name in DIGEST_DAYS.items()]
    hours = [choice(each, _hour(each)) for each in DIGEST_HOURS]
    body = [
        *feedback(said),
        heading("The weekly digest"),
        review_line(given.head),
        TextBlock("A short card of what moved and what waits. A week with nothing sends nothing."),
        *asked(said, _one(given, said, "digest_day", "Day of the week", days)),
        *asked(said, _one(given, said, "digest_hour", "Time of day", hours)),
        *_readers(given, said),
        *stack([save, _back(given)]),
    ]
    return Face(card(body), PREVIEW)


def _one(
    given: Dates, said: Feedback, field: str, label: str, choices: Sequence[Any]
) -> ChoiceInput:
    value = filled(said, field, given.values)
    return ChoiceInput(field, choices, label=label, value=value, style="compact")


def _readers(given: Dates, said: Feedback) -> list[Element]:
    """Those who read it, to untick, and a picker for more: a picker cannot be emptied."""
    ticks = ChoiceInput(
        "readers",
        [choice(key, name) for key, name in given.readers],
        label="Who gets it besides you? Untick who no longer should.",
        value=said.typed.get("readers") or ",".join(key for key, _ in given.readers),
        style="expanded",
        is_multi_select=True,
    ) if given.readers else None  # fmt: skip
    return [
        *(asked(said, ticks) if ticks else []),
        *asked(said, _picker(said)),
        small(
            "They see progress, actions and dates, never what anyone said. Guests cannot get it."
        ),
    ]


def _picker(said: Feedback) -> ChoiceInput:
    """The directory's picker. Those picked before come back by id, as their names are not ours."""
    picked = [part for part in said.typed.get("more_readers", "").split(",") if part]
    chosen = [choice(part, f"Person {place} you picked") for place, part in enumerate(picked, 1)]
    label = "People who should get it too"
    return people("more_readers", label=label, chosen=chosen, placeholder="Type a name")


# --- in years ---------------------------------------------------------------------------------


def _next_assessment(given: Dates) -> list[Element]:
    """Your own clock: when the review is done again, and the way to begin it."""
    if given.is_rerating:
        return []
    return [
        heading("Your next assessment", 2),
        *_when_again(given),
        *stack(_onward(given)),
    ]


def _when_again(given: Dates) -> list[Element]:
    if not given.reassess_on:
        return [TextBlock(f"Sign-off sets it: {YEARS} years on, or sooner with a reason.")]
    baseline = [small(f"Baseline: {day_in_words(given.baseline_on)}.")] if given.baseline_on else []
    return [
        TextBlock(f"{day_in_words(given.reassess_on)}.", weight="bolder"),
        TextBlock(f"The whole group rates every area again. {_reminded(REASSESS_MONTHS)}"),
        *baseline,
    ]


def _reminded(months: Sequence[int]) -> str:
    before = listed([str(each) for each in sorted(months, reverse=True)])
    return f"We remind you {before} months before, and on the day."


def _onward(given: Dates) -> list[Execute]:
    if given.next_id:
        after = {"review": given.next_id}
        return [Execute("See the review that follows", verb="review.show", data=after)]
    if not given.may_start_next:
        return []
    return [Execute("Start the next review", verb="next.show", data=_data(given))]


def _edition(given: Dates) -> list[Element]:
    """The framework's clock, which is another one."""
    return [
        heading("The framework’s own review", 2),
        TextBlock(f"{day_in_words(given.edition_review_on)}.", weight="bolder"),
        TextBlock("NHS England plans to look at the framework itself by then."),
        TextBlock(f"Your next assessment stays where it is. {_reminded(EDITION_MONTHS)}"),
    ]
