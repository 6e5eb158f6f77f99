"""An action's history, newest first, folded away and a page at a time (PURE)."""

from collections.abc import Mapping, Sequence

from cards.action_parts import leave
from cards.actions import Execute, fold
from cards.area_answer import host
from cards.buttons import in_rows
from cards.elements import Container, Element, TextRun, heading, words
from eocif.action_summaries import ActionSummary, HistoryLine
from eocif.rules.actions import Event
from eocif.rules.dates import day_in_words
from eocif.rules.phrases import many

A_PAGE = 3_000
"""UTF-16 units of people's words on one page …"""
A_LINE = 250
"""… of which each line takes this many besides its own."""

DID: Mapping[str, str] = {
    Event.MADE: "wrote this action",
    Event.COPIED: "carried this action over from the review before",
    Event.CHANGED: "changed this action",
    Event.OWNER: "changed the owner",
    Event.DEADLINE: "changed the deadline",
    Event.ACCEPTED: "will do this",
    Event.REFUSED: "said “not mine”",
    Event.NOTE: "wrote a note",
    Event.EVIDENCE: "added evidence",
    Event.DATE_ASKED: "asked for another date",
    Event.DATE_REFUSED: "did not agree to another date",
    Event.DONE: "said it is done",
    Event.WITHDRAWN: "withdrew it",
    Event.RESUMED: "took it up again",
}
"""What someone did, as it follows their name."""


def history(summary: ActionSummary, page: int = 1) -> list[Element]:
    """A page of it. The first is folded away behind a button; an earlier one was asked for."""
    if not summary.history:
        return []
    pages = _pages(summary.history)
    here = min(max(page, 1), len(pages))
    lines = [_line(each) for each in pages[here - 1]]
    turn = in_rows(_turn(summary.line.id, here, len(pages)))
    if here > 1:
        title = heading("What has happened so far, continued", 2)
        return [Container([title, *lines, *turn], separator=True)]
    count = many(len(summary.history), "entry", "entries")
    return [fold(f"What has happened so far ({count})", [*lines, *turn], "history")]


def _pages(lines: Sequence[HistoryLine]) -> list[list[HistoryLine]]:
    """The lines in pages of about this size; no text is cut, and each page holds one at least."""
    found: list[list[HistoryLine]] = [[]]
    room = A_PAGE
    for each in lines:
        if found[-1] and _units(each) > room:
            found.append([])
            room = A_PAGE
        found[-1].append(each)
        room -= _units(each)
    return found


def _units(line: HistoryLine) -> int:
    held = f"{line.text}{line.by}{line.before}{line.after}"
    return len(held.encode("utf-16-le")) // 2 + A_LINE


def _line(line: HistoryLine) -> Element:
    day = f"{day_in_words(line.on)}: "
    did = f"{DID.get(line.kind, line.kind)}{_from_to(line)}."
    who = f"{line.by} {did}" if line.by else f"{did[:1].upper()}{did[1:]}"
    leads_to = f"Link to {host(line.link)}" if line.link else ""
    top = words(TextRun(day, weight="bolder", size="small"), TextRun(who, size="small"))
    told = [words(text, spacing="small") for text in (line.text, leads_to) if text]
    return Container([top, *told], spacing="medium")


def _from_to(line: HistoryLine) -> str:
    if line.before and line.after:
        return f", from {line.before} to {line.after}"
    return f": {line.after or line.before}" if line.after or line.before else ""


def _turn(action_id: int, here: int, of: int) -> list[Execute]:
    ways = [("Earlier entries", here + 1, here < of), ("Later entries", here - 1, here > 1)]
    return [
        leave(title, "action.show", {"action": action_id, "page": page})
        for title, page, is_there in ways
        if is_there
    ]
