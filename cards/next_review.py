"""Before the next review, or one area rated again: what is carried over and what is not (PURE)."""

from collections.abc import Sequence

from cards.actions import Execute, card, refresh
from cards.elements import Element, TextBlock, heading, words
from cards.face import Face
from cards.pieces import OURS, area_name, feedback, review_line, small, stack
from eocif.rules.dates import day_in_words
from eocif.rules.framework import Area
from eocif.rules.phrases import many
from eocif.summaries import SILENT, Feedback
from eocif.time_summaries import NextReview

_BLIND = "Nobody is shown last time’s levels of an area before its round 1 has closed."
_CHANGE = "You can change all of it in the set-up. Nobody is asked anything before you start."


def next_review(given: NextReview, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What the next review takes along, and the button that makes its draft."""
    data = {"review": given.head.id}
    back = Execute("Back to the dates", verb="dates.show", data=data)
    body = [
        *feedback(said),
        heading("The next review"),
        review_line(given.head),
        *_due(given),
        *(_started() if given.next_id else _carried(given)),
        *stack([_go(given), back]),
    ]
    renewed = refresh("next.show", data, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), "Experience of care review: the next one")


def _due(given: NextReview) -> list[Element]:
    if not given.reassess_on:
        return []
    return [TextBlock(f"It is due on {day_in_words(given.reassess_on)}.", weight="bolder")]


def _started() -> list[Element]:
    return [TextBlock("It was started already. There is only one.")]


def _go(given: NextReview) -> Execute:
    title = "Open the next review" if given.next_id else "Set up the next review"
    data = {"review": given.head.id, "nonce": given.nonce}
    return Execute(title, verb="next.start", data=data, style="positive")


# --- what is carried over ---------------------------------------------------------------------


def _carried(given: NextReview) -> list[Element]:
    actions = f"{many(given.open_actions, 'open action')}, as they stand when it starts"
    if not given.open_actions:
        actions = "No action: none is open now"
    return [
        heading("What it takes along", 2),
        words("• Scope: ", given.scope, ".", spacing="small"),
        *_lines([_people(given), f"{actions}.", "The leads of areas, and your settings."]),
        *_first_day(given),
        *_left_behind(given),
        heading("What stays here", 2),
        *_lines(["Levels, answers and worksheets."]),
        TextBlock(_BLIND),
        TextBlock(_CHANGE),
    ]


def _lines(texts: Sequence[str]) -> list[Element]:
    return [TextBlock(f"• {text}", spacing="small") for text in texts]


def _people(given: NextReview) -> str:
    return f"{many(given.members, 'member')} of the group, with their perspectives and needs."


def _first_day(given: NextReview) -> list[Element]:
    if not given.start_on:
        return []
    return [TextBlock(f"Its first day would be {day_in_words(given.start_on)}.")]


def _left_behind(given: NextReview) -> list[Element]:
    left = many(
        given.left, "person has left the group and is", "people have left the group and are"
    )
    unreached = many(given.unreached, "member does", "members do")
    look = "Look at the group before you start."
    lines = [
        (given.left, f"{left} not asked again."),
        (given.unreached, f"{unreached} not get our messages now. {look}"),
    ]
    return [TextBlock(sentence) for is_so, sentence in lines if is_so]


# --- one area rated again ---------------------------------------------------------------------


def rerate(given: NextReview, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """What rating one area again means, and the button that makes its draft."""
    area = given.area
    if area is None:
        raise ValueError("a re-rating is of one area")
    data = {"review": given.head.id, "area": area.number}
    body = [
        *feedback(said),
        heading(f"Rate area {area.number} again?"),
        review_line(given.head),
        TextBlock(f"{area_name(area)}.", weight="bolder"),
        *(_started() if given.next_id else _what_it_means(given)),
        *stack(_ways(given, area)),
        small(OURS),
    ]
    renewed = refresh("rerate.show", data, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), f"Area {area.number}: rate it again?")


def _ways(given: NextReview, area: Area) -> list[Execute]:
    new = f"Open the new rating of area {area.number}"
    title = new if given.next_id else f"Set up the new rating of area {area.number}"
    data = {"review": given.head.id, "area": area.number, "nonce": given.nonce}
    return [
        Execute(title, verb="rerate.start", data=data, style="positive"),
        Execute("Back to the worksheet", verb="worksheet.show", data={"review": given.head.id}),
    ]


def _what_it_means(given: NextReview) -> list[Element]:
    day = given.reassess_on
    stays = [TextBlock(f"The next assessment stays on {day_in_words(day)}.")] if day else []
    return [
        TextBlock("This makes a small review of its own, with its own date and two rounds."),
        TextBlock("It takes along:"),
        *_lines([_people(given), "Your settings."]),
        *_left_behind(given),
        TextBlock("The levels of this review stay as they are. Reports show the change."),
        *stays,
        TextBlock(_BLIND),
        TextBlock(_CHANGE),
    ]
