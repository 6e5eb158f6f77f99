"""One action, as its owner, its leads and their deputies see it (PURE). Its forms stand apart."""

from collections.abc import Mapping
from typing import NamedTuple

from cards.action_history import history
from cards.action_parts import (
    ALL,
    TAGS_ARE_OURS,
    due_line,
    leave,
    mine,
    one,
    owner,
    speaks_for,
    status,
    waits,
)
from cards.actions import Execute, card, fold, refresh
from cards.buttons import in_rows
from cards.elements import Container, Element, TextBlock, TextRun, heading, pairs, words
from cards.face import Face
from cards.pieces import OURS, area_name, feedback, fitting, review_line, small
from cards.work_head import copies
from eocif.action_summaries import ActionSummary
from eocif.rules.actions import LABELS
from eocif.rules.dates import day_in_words
from eocif.rules.text import one_line
from eocif.summaries import SILENT, Feedback


class _Texts(NamedTuple):
    """An action's words as far as they fit on a card together, the most wanted first."""

    title: str
    refused: str
    wanted: str
    changed: str
    because: str
    measure: str
    looked_at: str
    what_do: str


def action(
    summary: ActionSummary, said: Feedback = SILENT, *, page: int = 1, for_user: str = ""
) -> Face:
    """What it is, how it stands, what its reader can do now, and its history."""
    texts = _Texts(
        *fitting(
            [
                summary.line.title, summary.refused_because, summary.wanted_because,
                summary.changed, summary.because, summary.measure, summary.looked_at,
                summary.what_do,
            ]
        )
    )  # fmt: skip
    body = [
        *_top(summary, said, texts),
        *due_line(summary.line),
        *_asked_of_you(summary),
        *_told(summary, texts),
        *in_rows(_buttons(summary)),
        *_about(summary, texts),
        *copies({_KEPT.get(field, field): text for field, text in summary.kept.items()}),
        *history(summary, page),
        *_what_it_comes_from(summary, texts),
        *in_rows(_onward(summary)),
        small(OURS),
    ]
    data = {"action": summary.line.id, "page": page}
    renewed = refresh("action.show", data, [for_user]) if for_user else None
    return Face(card(body, refresh=renewed), preview=f"An action for area {_number(summary)}")


def _number(summary: ActionSummary) -> int:
    return summary.line.area.number


def _top(summary: ActionSummary, said: Feedback, texts: _Texts) -> list[Element]:
    name = TextRun(summary.for_whom, weight="bolder")
    for_whom = [words("You stand in for ", name, ".")] if summary.for_whom else []
    return [
        *feedback(said),
        heading(f"Action for area {_number(summary)}"),
        review_line(summary.head),
        words(texts.title, weight="bolder", size="medium"),
        *for_whom,
        TextBlock(status(summary.line)),
    ]


_TELL_US = "Tell us if the date needs to change."


def _asked_of_you(summary: ActionSummary) -> list[Element]:
    late = summary.line.days_overdue and "ask_date" in summary.may
    return [*([TextBlock(_TELL_US, spacing="none")] if late else []), *waits(summary.line)]


def _told(summary: ActionSummary, texts: _Texts) -> list[Element]:
    """What its owner or a lead said that matters now, each with its own words."""
    day = day_in_words(summary.wanted_on) if summary.wanted_on else ""
    lines = [
        (texts.refused, f"Not {'yours' if summary.line.is_mine else 'theirs'}, because: "),
        (day, "Date asked for: "),
        (texts.wanted, "The reason: "),
        (texts.changed, "What changed for people: "),
        (texts.because, "Withdrawn, because: "),
    ]
    return [words(TextRun(name, weight="bolder"), text) for text, name in lines if text]


# --- what can be done -------------------------------------------------------------------


_NEEDED: Mapping[str, str] = {
    "refused": "Find another owner",
    "owner": "Choose its owner",
    "deadline": "Choose its deadline",
}
"""What a lead changes an action for, where that waits for them."""


def _buttons(summary: ActionSummary) -> list[Execute]:
    """The reader's next steps, what waits for them first."""
    number, needed = summary.line.id, _NEEDED.get(summary.line.waits, "")
    edit = leave(needed or "Change this action", "action.edit", {"action": number},
                 primary=bool(needed))  # fmt: skip
    answer, refuse = _answers(summary)
    ways = [
        ("accept", answer),
        ("refuse", refuse if "accept" in summary.may else None),
        ("edit", edit if needed else None),
        ("answer_date", one(number, "Answer about the date", "answer_date", primary=True)),
        ("note", one(number, "Add a note or evidence", "note")),
        ("done", one(number, "It is done", "done")),
        ("ask_date", one(number, "Ask for another date", "ask_date")),
        ("refuse", None if "accept" in summary.may else refuse),
        ("edit", None if needed else edit),
        ("withdraw", one(number, "Withdraw it", "withdraw")),
        ("resume", one(number, "Take it up again", "resume")),
    ]
    return [button for name, button in ways if button and name in summary.may]


def _answers(summary: ActionSummary) -> tuple[Execute, Execute]:
    """Yes and no to owning it; who gives them for an owner without Teams, or away, says so."""
    number, theirs = summary.line.id, speaks_for(summary.line) or bool(summary.for_whom)
    accept = Execute(
        "They will do this" if theirs else "I will do this",
        verb="action.accept",
        data={"action": number},
        style="positive",
    )
    return accept, one(number, "They say it is not theirs" if theirs else "Not mine", "refuse")


def _onward(summary: ActionSummary) -> list[Execute]:
    data = {"review": summary.head.id}
    area = {**data, "area": _number(summary)}
    another = leave("Write another for this area", "action.new", area)
    whole = leave("See all actions", "actions.show", {**data, "by": ALL})
    return [
        *([another] if "edit" in summary.may else []),
        *([whole] if summary.is_lead else []),
        mine(),
    ]


# --- what it holds ----------------------------------------------------------------------


def _about(summary: ActionSummary, texts: _Texts) -> list[Element]:
    rows: list[tuple[str, str | Element]] = [
        ("Area", TextBlock(area_name(summary.line.area))),
        ("Owner", one_line(owner(summary.line)[:1].upper() + owner(summary.line)[1:])),
        ("How we will measure it", texts.measure or "Not said yet"),
        ("Tags", _tags(summary)),
        *_data_collected(summary, texts),
        ("Area lead", summary.lead_name or "Not named"),
    ]
    notes = [
        (speaks_for(summary.line), "Reminders of it go to the area’s lead."),
        (summary.owner_left, "Its owner has left the review group."),
        (bool(summary.line.tags), TAGS_ARE_OURS),
    ]
    told = [small(sentence) for is_so, sentence in notes if is_so]
    return [heading("About this action", 2), pairs(rows), *told]


def _tags(summary: ActionSummary) -> Element:
    names = [tag.name for tag in summary.line.tags] or ["None"]
    return Container([TextBlock(name, spacing="none") for name in names])


def _data_collected(summary: ActionSummary, texts: _Texts) -> list[tuple[str, str | Element]]:
    if not summary.collects_data:
        return []
    return [("Collects new data. Looked at first", texts.looked_at or "Not said yet")]


def _what_it_comes_from(summary: ActionSummary, texts: _Texts) -> list[Element]:
    if not texts.what_do:
        return []
    return [fold("What the worksheet says we will do", [words(texts.what_do)], "what_do")]


_KEPT: Mapping[str, str] = {
    **LABELS,
    "owner_name": "Name of the owner",
    "because": "Why the deadline changes",
    "note": "Your note",
    "evidence": "Your evidence",
    "link": "Your link",
    "reason": "Your reason",
    "changed": "What changed for people",
}
