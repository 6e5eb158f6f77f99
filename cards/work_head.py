"""The top of every card of an area's lead, where its buttons lead, and how it renews (PURE)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from cards.actions import Data, Execute, Refresh, refresh
from cards.elements import Container, Element, TextBlock, heading, words
from cards.pieces import area_heading, feedback, fitting, review_line, typed_that_fits
from cards.statements import plain
from eocif.round_summaries import AreaWork
from eocif.rules.dates import LONDON, day_in_words, london_day, time_in_words
from eocif.rules.progress import AreaState
from eocif.rules.statements import Statement
from eocif.summaries import Feedback

EDITABLE = frozenset({AreaState.DRAFTING, AreaState.CONCLUDING})
ENDED = frozenset({AreaState.CONCLUDED, AreaState.SET_ASIDE})


def top(work: AreaWork, said: Feedback, line: str = "") -> list[Element]:
    """What the last press did, which area of which review, and which step."""
    step = [TextBlock(line, weight="bolder")] if line else []
    return [*feedback(said), area_heading(work.area), review_line(work.head), *step]


def is_editable(work: AreaWork) -> bool:
    """Whether the draft may be changed: not while it is with the group, nor after the end."""
    return work.state in EDITABLE


def due(work: AreaWork) -> list[Element]:
    """By when the lead's step is asked for; true before that day and after it."""
    if not (work.due_on and is_editable(work)):
        return []
    return [TextBlock(f"This step is due by {day_in_words(work.due_on)}.")]


def last_saved(work: AreaWork) -> list[Element]:
    """Who changed the draft last, and when."""
    instant = work.draft.changed_at
    if not instant:
        return []
    time = time_in_words(instant.astimezone(LONDON).time())
    when = f" at {time} on {day_in_words(london_day(instant))}."
    name = work.draft.changed_by or "someone who has left"
    return [words("Last saved by ", name, when, is_subtle=True, size="small")]


def of_area(work: AreaWork, **more: Any) -> Data:
    """What a button sends to say which area it is about."""
    return {"review": work.head.id, "area": work.area.number, **more}


def leave(
    work: AreaWork, title: str, verb: str, *, primary: bool = False, **more: Any
) -> Execute:  # fmt: skip
    """A button that sends nothing of what is typed on the card."""
    return Execute(
        title,
        verb=verb,
        data=of_area(work, **more),
        style="positive" if primary else None,
        associated_inputs="none",
    )


def step(work: AreaWork, title: str, name: str, *, primary: bool = False, **more: Any) -> Execute:
    """A button that opens another step of the lead's work on this area."""
    return leave(work, title, "draft.show", primary=primary, step=name, **more)


def voices_button(work: AreaWork, *, primary: bool = False) -> Execute:
    """A button that opens people's own words."""
    return leave(work, READ, "voices.show", primary=primary, field="where_now")


READ = "Read people's own words"
BACK = "Back to the results"


def renewed(
    work: AreaWork, verb: str, for_user: str, typed: Collection[str] = (), **more: Any
) -> Refresh | None:  # fmt: skip
    """The card renews itself for its person, unless it holds words that are stored nowhere else."""
    if not for_user or typed:
        return None
    return refresh(verb, of_area(work, **more), [for_user])


def plain_line(work: AreaWork, statement: Statement) -> list[Element]:
    """The line of help for a statement, marked as ours or local; a local statement's own text.

    For an area as a whole, the line of each statement in it.
    """
    if statement.is_local:
        return [words(statement.text, is_subtle=True, spacing="small")]
    indicators = {each.code: each for each in work.area.indicators}
    if one := indicators.get(statement.code):
        return plain(one)
    return [element for code, each in indicators.items() for element in plain(each, f"{code}: ")]


def typed_into(said: Feedback, names: Mapping[str, str]) -> tuple[Feedback, list[Element]]:
    """What was pressed last, with what was typed into these inputs, and what is too long for them.

    `names` says what each input is called, by its id. A press's other data is left out.
    """
    own = {field: text for field, text in said.typed.items() if field in names and text}
    news = typed_that_fits(replace(said, typed=own))
    rest = [field for field in own if field not in news.typed]
    return news, copies({names[field]: own[field] for field in rest})


def copies(texts: Mapping[str, str]) -> list[Element]:
    """Words that stand in no input of the card, by what they are called, to copy."""
    if not texts:
        return []
    each = [
        Container([TextBlock(name, weight="bolder"), words(text, spacing="small")])
        for name, text in zip(texts, fitting([*texts.values()]), strict=True)
    ]
    return [heading("Kept for you to copy", 2), TextBlock(_NOT_TAKEN), *each]


_NOT_TAKEN = "These are not saved with the rest. Nothing of them is lost."
