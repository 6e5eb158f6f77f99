"""Set-up, step 3: when the review begins, how fast it goes, and the dates that follow (PURE)."""

from datetime import date

from cards.actions import Execute
from cards.buttons import in_rows
from cards.elements import Element, TextBlock, heading
from cards.face import Face
from cards.inputs import DateInput, Input, TextInput
from cards.pieces import asked, filled, small
from cards.setup_parts import every_date, saved_step, span
from eocif.rules.dates import day_in_words
from eocif.rules.due import ANSWER_DAYS, PACES
from eocif.rules.set_up import typed_date
from eocif.set_up_summaries import PaceStep
from eocif.summaries import SILENT, Feedback


def pace(step: PaceStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """Pace and dates, then the timetable as last saved. Wrong input stays, to be put right."""
    body = [
        TextBlock("Each week some areas open. Members get one message with them."),
        *asked(said, _day(step, said, "start_on", "First day")),
        *asked(said, _number(step, said, "pace", "Areas a week", PACES)),
        *asked(said, _number(step, said, "answer_days", "Working days to answer", ANSWER_DAYS)),
        *asked(said, _day(step, said, "finish_by", "Finish by, if there is a last day")),
        *in_rows(_beside_the_dates(step)),
        heading("Your dates", 2),
        *_dates(step),
        small("Bank holidays and weekends are not working days."),
    ]
    return saved_step("pace", step.head, said, body, step.shown, for_user)


def _day(step: PaceStep, said: Feedback, field: str, label: str) -> Input:
    """A date to pick; what is no date stays in a line of text, since a date field cannot hold it.

    A field that holds too early a day sets no earliest one: it would hold back every button.
    """
    value = filled(said, field, step.values)
    day = typed_date(value) if value else None
    if value and day is None:
        return TextInput(field, label=f"{label}, like 18 February 2028", value=value)
    return DateInput(
        field,
        label=label,
        value=day,
        min=step.earliest if _in_time(day, step.earliest) else None,
        error_message=f"Choose {day_in_words(step.earliest)} or later.",
    )


def _in_time(day: date | None, earliest: date) -> bool:
    return day is None or day >= earliest


def _number(step: PaceStep, said: Feedback, field: str, label: str, allowed: range) -> Input:
    label = f"{label}, from {allowed[0]} to {allowed[-1]}"
    return TextInput(field, label=label, value=filled(said, field, step.values))


def _beside_the_dates(step: PaceStep) -> list[Execute]:
    data = {"review": step.head.id, "shown": dict(step.shown), "go": "stay"}
    show = Execute("Save and show the dates", verb="setup.pace", data=data)
    if not step.values.get("finish_by"):
        return [show]
    clear = {**data, "clear": "finish_by"}
    return [show, Execute("Remove the last day", verb="setup.pace", data=clear)]


def _dates(step: PaceStep) -> list[Element]:
    if not step.timetable:
        return [TextBlock("There are no dates yet.")]
    first, last = span(step.timetable)
    return [
        TextBlock(f"The first message goes out on {first}. The first round ends at 5pm on {last}."),
        *every_date(step.timetable),
    ]
