"""Pieces that most cards share: what a press did, which review, the levels, privacy (PURE).

Summaries in, elements out. People's words go through `words`; what is ours may be a TextBlock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cards.actions import fold
from cards.elements import (
    Action,
    ActionSet,
    Container,
    Element,
    TextBlock,
    TextRun,
    banner,
    heading,
    words,
)
from cards.inputs import Input
from eocif.rules.dates import CLOSING, day_in_words, time_in_words
from eocif.rules.framework import Area, Edition, Section
from eocif.rules.phrases import many
from eocif.rules.statements import BY_AREA, BY_INDICATOR
from eocif.summaries import Differs, Feedback, Place, Privacy, ReviewHead

OURS = "The short titles of areas are ours. They are not part of the framework."
NOT_JUDGED = "There is no pass or fail. This does not assess performance."
STOP_AND_RETURN = "You can stop and come back: each step is saved."

MOST_SHOWN = 8_000
"""Units of people's words in one list: Teams refuses a card of about 100 kilobytes in UTF-16,
where an emoji takes two units and most letters one."""
MOST_TYPED = 16_000
"""Units of typed words in all inputs of a card."""
CUT = "… (There is more. All of it is kept, but this card is full.)"


MOST_NAMED = 2
"""Problems that the banner names itself; each stands at its input as well."""


def feedback(said: Feedback) -> list[Element]:
    """What the last press did: a banner at the top of the card, or nothing if there is no news.

    It holds the notice, each problem that the notice does not name already, and what differs.
    """
    if not (said.notice or said.problems or said.differs):
        return []
    problems = [each for each in said.problems.values() if each not in said.notice]
    if len(problems) > MOST_NAMED:
        problems = [f"{len(problems)} things to put right. Each is marked below."]
    news = [said.notice, *problems]
    lines: list[Element] = [words(sentence) for sentence in dict.fromkeys(news) if sentence]
    return [banner(_title_of(said), *lines, *_differences(said.differs))]


def _title_of(said: Feedback) -> str:
    if said.is_problem or said.problems or said.differs:
        return "Please check"
    return "A reminder" if said.is_reminder else "Done"


def _differences(differs: tuple[Differs, ...]) -> list[Element]:
    if not differs:
        return []
    return [
        TextBlock("Something changed after this card was shown. Both versions are here."),
        *(_difference(each) for each in differs),
        TextBlock("Press save again to keep yours."),
    ]


def _difference(differs: Differs) -> Element:
    return Container(
        [
            words(TextRun(differs.label, weight="bolder")),
            words(TextRun("Stored now: ", is_subtle=True), differs.stored or "nothing"),
            words(TextRun("You typed: ", is_subtle=True), differs.typed),
        ]
    )


def fitting(texts: Sequence[str], more: str = CUT) -> list[str]:
    """Texts as far as they fit on a card together; one that is cut ends with `more`."""
    cut = _within(texts, MOST_SHOWN)
    ends = ("" if short == text else more for text, short in zip(texts, cut, strict=True))
    return [short + end for short, end in zip(cut, ends, strict=True)]


def typed_that_fits(said: Feedback) -> Feedback:
    """What was typed, as far as the inputs of one card hold it.

    An input holds all of a text or none: a beginning that is saved would stand for the whole.
    """
    held, left = {}, MOST_TYPED
    for field, text in said.typed.items():
        if (units := len(text.encode("utf-16-le")) // 2) <= left:
            held[field], left = text, left - units
    if len(held) == len(said.typed):
        return said
    problems = {
        field: f"{said.problems.get(field, '')} {TOO_LONG_FOR_A_BOX}".strip()
        for field in said.typed.keys() - held.keys()
    }
    return replace(said, typed=held, problems={**said.problems, **problems}, is_problem=True)


TOO_LONG_FOR_A_BOX = "It does not fit in its box. It stands at the end of this card, to copy."


def _within(texts: Sequence[str], most: int) -> list[str]:
    """Each text, cut where all of them together pass so many UTF-16 units."""
    shown, left = [], most
    for text in texts:
        units = text.encode("utf-16-le")
        shown.append(units[: 2 * left].decode("utf-16-le", "ignore"))
        left = max(0, left - len(units) // 2)
    return shown


def stack(buttons: Sequence[Action]) -> list[Element]:
    """Buttons below each other: side by side, a phone cuts their titles short."""
    return [ActionSet([button], spacing="small") for button in buttons]


def asked(said: Feedback, question: Input) -> list[Element]:
    """An input, below the sentence that says what is wrong with it, if anything is."""
    problem = said.problems.get(question.id)
    return [words(problem, weight="bolder"), question] if problem else [question]


def filled(said: Feedback, field: str, stored: Mapping[str, str]) -> str | None:
    """What an input holds: what was typed into it, or else what is stored; None for nothing."""
    return said.typed.get(field) or stored.get(field) or None


def review_line(head: ReviewHead) -> Element:
    """Which review this is: title, provider and division, as its lead wrote them."""
    known = [part for part in (head.title, head.provider, head.division) if part]
    return words(" · ".join(known) or "A new review", is_subtle=True, size="small")


def area_heading(area: Area) -> Element:
    """An area's number with its short title. The card also shows `OURS`."""
    return heading(area_name(area))


def area_name(area: Area) -> str:
    """An area's number with our short title, or the review's own, which says so.

    A local title holds letters, numbers and simple punctuation alone: it may stand in Markdown.
    """
    mark = " (local title)" if area.label_is_local else ""
    return f"Area {area.number}: {area.label}{mark}"


def section_title(section: Section) -> Element:
    """A section's number and title."""
    return TextBlock(f"Section {section.number}: {section.title}", weight="bolder")


def practice(section: Section) -> Element:
    """A section's areas of practice, as published; they belong to the section, to no area."""
    return small(f"Areas of practice: {'; '.join(section.areas_of_practice)}.")


def small(text: str) -> Element:
    """A quiet line of ours."""
    return TextBlock(text, is_subtle=True, size="small")


def definitions(edition: Edition, *, whole_area: bool = False) -> Element:
    """The four levels, lowest first, folded: the official words, then ours for one statement.

    Where an area is rated as a whole the official words fit as they are, and ours are left out.
    """
    items: list[Element] = [
        TextBlock("The four levels, lowest to highest, in the framework's own words:"),
        *(words(TextRun(f"{x.name}: ", weight="bolder"), x.definition) for x in edition.levels),
        *([] if whole_area else _readings(edition)),
    ]
    return fold("What the four levels mean", items, "definitions")


def _readings(edition: Edition) -> list[Element]:
    return [
        TextBlock(
            "The framework defines levels for a whole area. In our words, not the framework's, "
            "this is how each reads for a single statement:"
        ),
        *(_reading(level.name, level.reading) for level in edition.levels),
    ]


def _reading(name: str, reading: str) -> Element:
    meaning = reading.removeprefix("For one statement: ")
    return words(TextRun(f"{name}: ", weight="bolder"), meaning)


def privacy(seen: Privacy) -> Element:
    """Who will see names and words, and what not to write: on every card that takes an answer."""
    own = not seen.recorder
    whose = "your" if own else "their"
    blind = (
        "Confidential: nobody else sees your answer before the round closes. "
        if own
        else "Confidential: you type this answer, so you see it. "
        "Nobody else does before the round closes. "
    )
    return words(
        f"{blind}Then the review group sees {whose} words and levels by perspective, "
        "without a name. ",
        *who_sees_names(seen, whose),
        NAME_NOBODY,
        is_subtle=True,
        size="small",
    )


NAME_NOBODY = "Please do not name or describe someone who could be recognised."


def who_sees_names(seen: Privacy, whose: str, when: str = "then ") -> list[str]:
    """Who sees the author's name, in a sentence; `when` is empty once nothing is blind."""
    if seen.leads_are_shared:
        and_areas = "and the leads of areas " if seen.area_leads_see_names else ""
        return ["The leads of reviews here, such as ", seen.lead_name, f", {and_areas}{when}see ",
                f"{whose} name. "]  # fmt: skip
    if seen.area_leads_see_names:
        return ["The lead, ", seen.lead_name, f", and the leads of areas {when}see {whose} name. "]
    return ["Only the lead, ", seen.lead_name, f", {when}sees {whose} name. "]


def place_data(place: Place, area: int = 0, **more: Any) -> dict[str, Any]:
    """What a button sends to say where the person is; what is zero or empty is left out."""
    data = {
        "review": place.review_id,
        "areas": list(place.areas),
        "area": area,
        "member": place.member_id,
    }
    return {name: value for name, value in data.items() if value} | more


SOONER = "or sooner if everyone has answered"


def closing(closes_on: date) -> str:
    """When a round closes, as it stands in a sentence: "5pm on Friday 8 January 2027"."""
    return f"{time_in_words(CLOSING)} on {day_in_words(closes_on)}"


def about(statements: int, minutes: int, unit: str = BY_INDICATOR) -> str:
    """How much there is to answer: "8 statements, about 5 minutes"."""
    what = "one level" if unit == BY_AREA else many(statements, "statement")
    return f"{what}, about {many(minutes, 'minute')}"


def rated_so_far(rated: int, statements: int, unit: str = BY_INDICATOR) -> str:
    """How far an area is, as a sentence; a half-filled area is never a fault."""
    if unit == BY_AREA:
        return "The area has its level." if rated else "The area has no level yet."
    if rated == statements:
        return "Every statement is rated."
    return f"{rated} of {statements} rated, the rest can wait."
