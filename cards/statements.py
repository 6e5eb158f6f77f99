"""What is rated, as it stands on a card: its own words, then ours, then what can be chosen (PURE).

The statement is the framework's and comes first; the plain line, the example and the meanings of
hard terms are ours and say so. A local statement says that it is no part of the framework, and an
area that is rated as a whole shows every statement it holds.
"""

from cards.actions import fold
from cards.area_answer import choice_name
from cards.elements import Element, TextBlock, TextRun, words
from cards.inputs import Choice, choice
from cards.pieces import small
from eocif.rules.framework import Area, Edition, Indicator
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
from eocif.rules.statements import Statement, name_of

LOCAL = "This statement was added locally. It is not part of the framework."
FUTURE_USERS = "This asks about people who do not use services now but need to, or will."


def official(statement: Statement, area: Area) -> list[Element]:
    """A statement's own words; of an area as a whole, those of every statement in it."""
    if statement.is_whole_area:
        return [element for each in area.indicators for element in _inside(each)]
    text = [words(statement.text), *_bullets(statement.bullets)]
    return [*text, small(LOCAL)] if statement.is_local else text


def _inside(indicator: Indicator) -> list[Element]:
    name = name_of(indicator.code) if indicator.is_local else indicator.code
    code = TextRun(f"{name}: ", weight="bolder")
    return [words(code, indicator.text), *_bullets(indicator.bullets)]


def _bullets(bullets: tuple[str, ...]) -> list[Element]:
    # Not a Markdown list: Microsoft's renderer cuts its lines short on a narrow screen.
    return [words(f"• {bullet}", spacing="small") for bullet in bullets]


def explained(statement: Statement, area: Area) -> list[Element]:
    """The plain line, whom it asks about where they use no services yet, and folded help."""
    indicators = {each.code: each for each in area.indicators}
    one = indicators.get(statement.code)
    if one:
        return [*plain(one), *_help(one)]
    lines = [element for each in area.indicators for element in plain(each, f"{each.code}: ")]
    return [fold(f"Area {area.number} in plain English", lines, f"plain_{statement.code}")]


def plain(indicator: Indicator, start: str = "") -> list[Element]:
    """Our line for a statement, or the local one, marked as such; nothing where there is none."""
    if not indicator.plain:
        return []
    whose = "local words" if indicator.help_is_local else "our words"
    line = words(f"{start}In plain English ({whose}): {indicator.plain}", is_subtle=True)
    return [line, *_future_users(indicator)]


def _future_users(indicator: Indicator) -> list[Element]:
    return [TextBlock(FUTURE_USERS, weight="bolder")] if indicator.future_users else []


def _help(indicator: Indicator) -> list[Element]:
    meanings = [("For example", indicator.example), *indicator.expansions]
    lines = [
        words(TextRun(f"{term}: ", weight="bolder"), meaning)
        for term, meaning in meanings
        if meaning
    ]
    if not lines:
        return []
    ours = small("These are our words, not the framework's.")
    return [fold(f"Help with {indicator.code}", [ours, *lines], f"help_{indicator.code}")]


def choices(edition: Edition, statement: Statement, area: Area) -> list[Choice]:
    """The four levels, lowest first, then not knowing and not applying."""
    missing = {each.code: each.where_provided for each in area.indicators}.get(statement.code)
    why = f": {missing} is not provided here" if missing else ""
    return [
        *(choice(level.key, level.name) for level in edition.levels),
        choice(DONT_KNOW, choice_name(edition, DONT_KNOW)),
        choice(NOT_APPLICABLE, choice_name(edition, NOT_APPLICABLE) + why),
    ]
