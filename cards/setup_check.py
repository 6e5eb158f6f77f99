"""Set-up, step 6: what will happen, what stands in the way, and what the start began (PURE)."""

from cards.actions import Execute, card, fold, refresh
from cards.buttons import in_rows
from cards.elements import Action, Element, TextBlock, heading, pairs, words
from cards.face import Face
from cards.pieces import feedback, review_line
from cards.setup_parts import (
    duration,
    every_date,
    go_to,
    see_review,
    span,
    step_card,
)
from eocif.rules.agreement import Settings
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import areas, listed, many
from eocif.rules.rule_words import PRESETS, take_part_in_words
from eocif.rules.statements import BY_AREA
from eocif.set_up_summaries import CheckStep, TimetableRow
from eocif.summaries import SILENT, Feedback, ReviewHead


def check(step: CheckStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The last step. The start button is there only when nothing stands in the way."""
    head = step.head
    start = Execute(
        "Start the review", verb="setup.start", data={"review": head.id}, style="positive"
    )
    back = go_to("Back", head, step="leads")
    ways: list[Action] = [back] if step.blockers else [start, back]
    body = [
        *_in_the_way(step),
        *_worth_knowing(step),
        heading("What will happen", 2),
        pairs(_what_will_happen(step)),
        *every_date(step.timetable),
        TextBlock("There is no pass or fail. This does not assess performance."),
        *([] if step.blockers else [fold("Change something", _changes(head), "changes")]),
    ]
    return step_card("check", head, said, body, ways, for_user)


def _in_the_way(step: CheckStep) -> list[Element]:
    """Every reason why the review cannot start, and below them the buttons that help."""
    if not step.blockers:
        return [TextBlock("Everything is ready. Nothing goes out before you start.")]
    return [
        heading("Before you can start", 2),
        *map(words, step.blockers),
        *_changes(step.head),
    ]


def _changes(head: ReviewHead) -> list[Element]:
    return in_rows(
        [
            go_to("Change the details", head, step="details"),
            go_to("Change the scope", head, step="scope"),
            go_to("Change the dates", head, step="pace"),
            go_to("Change the group", head, step="group"),
            go_to("Change the area leads", head, step="leads"),
            go_to("Change how agreement is decided", head, step="rules"),
            go_to("Add or change local words", head, step="local"),
        ]
    )


def _worth_knowing(step: CheckStep) -> list[Element]:
    missing = ", ".join(each.short for each in step.missing) if step.members else ""
    told = [f"Nobody speaks yet for: {missing}."] if missing else []
    sentences = [*told, *step.warnings]
    if not sentences:
        return []
    after_all = TextBlock("You can start all the same, and add people later.")
    return [
        heading("Good to know", 2),
        *map(words, sentences),
        *([] if step.blockers else [after_all]),
    ]


def _what_will_happen(step: CheckStep) -> list[tuple[str, str | Element]]:
    """What the start will begin, a label and a value a row; what is not set yet is left out."""
    first, last = span(step.timetable) if step.timetable else ("", "")
    told = {
        "In scope": step.scope,
        "First message": first,
        "First round ends": f"{last} at 5pm" if last else "",
        "Group": many(step.members, "member") if step.members else "",
        "Each is asked": _asked(step) if step.statements else "",
        "Time for each": _time(step) if step.statements else "",
        "Second round": f"{many(step.confirm_days, 'working day')} to answer the draft",
        "A level is agreed": _agreed(step.rule),
        **_local(step),
        "Names": _who_sees_names(step),
        "Without Teams": _without_teams(step),
    }
    return [(label, value) for label, value in told.items() if value]


def _asked(step: CheckStep) -> str:
    if step.unit == BY_AREA:
        return f"{many(step.statements, 'level')}, one for each area as a whole"
    return many(step.statements, "statement")


def _agreed(rule: Settings) -> str:
    """When a level is agreed, and who must take part."""
    return f"When {PRESETS[rule.rule]}. {take_part_in_words(rule)}"


def _local(step: CheckStep) -> dict[str, str | Element]:
    """What is asked besides the framework's statements, and what is not asked."""
    told: dict[str, str | Element] = {
        "Local statements": listed([each.code for each in step.local]),
        "Local words": many(step.changed_words, "title or line of help", "titles or lines of help")
        if step.changed_words
        else "",
    }
    for reason in dict.fromkeys(reason for _, reason in step.not_applicable):
        codes = listed([each.code for each, why in step.not_applicable if why == reason])
        told[f"Not asked: {codes}"] = words(reason)
    return told


def _time(step: CheckStep) -> str:
    return (
        f"About {duration(step.minutes_in_all)} in all. "
        f"About {duration(step.minutes_a_week)} in the fullest week."
    )


def _who_sees_names(step: CheckStep) -> str:
    leads = "Area leads do too." if step.area_leads_see_names else "Area leads do not."
    return f"You see names once a round closes. {leads} Other members never do."


def _without_teams(step: CheckStep) -> str:
    if not step.without_teams:
        return ""
    return f"{listed(step.without_teams)}. Area leads are asked to record their answers."


# --- after the start --------------------------------------------------------------------------

STARTED = "Your review has started"


def started(step: CheckStep, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The review has begun: what happens next, with real dates. Seen later, it is the review."""
    data = {"review": step.head.id}
    body = [
        *feedback(said),
        heading(STARTED),
        review_line(step.head),
        *_what_comes(step.timetable),
        *([words("Without Teams: ", apart)] if (apart := _without_teams(step)) else []),
        TextBlock("You can see who has answered. You cannot see what they said."),
        TextBlock("That changes for an area when its round closes."),
    ]
    outstanding = Execute("See who has not answered", verb="outstanding.show", data=data)
    body += in_rows([see_review(step.head), outstanding])
    later = refresh("review.show", data, [for_user]) if for_user else None
    return Face(card(body, refresh=later), STARTED)


def _what_comes(timetable: tuple[TimetableRow, ...]) -> list[Element]:
    if not timetable:
        return []
    row, (first, last) = timetable[0], span(timetable)
    opening = areas((area.number for area in row.areas), opening=False)
    return [
        TextBlock(
            f"On {first} each member gets a message with {opening}. "
            f"They can answer until 5pm on {day_in_words(row.closes_on)}."
        ),
        TextBlock("You have nothing to send. You can remind people from “outstanding”."),
        TextBlock(
            f"The first round ends at 5pm on {last}. "
            "When an area closes, we ask its lead to write the draft."
        ),
        *every_date(timetable),
    ]
