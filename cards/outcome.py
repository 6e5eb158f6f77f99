"""What was concluded about an area, and what became of what one person said (PURE)."""

from collections.abc import Mapping
from dataclasses import replace

from cards.actions import Execute, card, refresh
from cards.area_answer import MOST_PIECES
from cards.elements import Container, Element, TextBlock, TextRun, heading, words
from cards.face import Face
from cards.pieces import (
    NOT_JUDGED,
    OURS,
    area_heading,
    feedback,
    place_data,
    review_line,
    small,
    stack,
)
from cards.quotes import quote
from cards.spreads import ended, inside
from cards.worksheet_words import fitted, labelled, wording
from eocif.round_summaries import Outcome, OutcomeLine, Reply, Utterance
from eocif.rules.dates import day_in_words
from eocif.rules.ending import STANDS
from eocif.rules.phrases import many
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
from eocif.rules.responses import CONCERN
from eocif.summaries import SILENT, Feedback

Texts = Mapping[str, str]


def outcome(outcome: Outcome, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The levels beside the reader's own, what became of their words, then the worksheet."""
    texts = _of_the_worksheet(outcome)
    body = [
        *feedback(said),
        *_on_behalf(outcome),
        area_heading(outcome.area),
        review_line(outcome.head),
        *_concluded(outcome),
        heading("How each statement ended", 2),
        *(_line(outcome, each, texts) for each in outcome.lines),
        heading(f"What became of what {_you(outcome)} said", 2),
        *_became(outcome),
        heading("The worksheet", 2),
        *wording(outcome.edition, texts),
        *stack(_buttons(outcome)),
        small(f"{NOT_JUDGED} {OURS}"),
    ]
    data = place_data(outcome.place, outcome.area.number)
    renewed = refresh("outcome.show", data, [for_user]) if for_user else None
    preview = f"Area {outcome.area.number}: what became of what you said"
    return Face(card(body, refresh=renewed), preview)


def _you(outcome: Outcome) -> str:
    return "they" if outcome.for_name else "you"


def _your(outcome: Outcome) -> str:
    return "their" if outcome.for_name else "your"


def _on_behalf(outcome: Outcome) -> list[Element]:
    if not outcome.for_name:
        return []
    name = TextRun(outcome.for_name, weight="bolder")
    line = words("You recorded answers for ", name, ". Please tell them what became of them.")
    return [Container([line], style="emphasis", bleed=True)]


def _concluded(outcome: Outcome) -> list[Element]:
    day = f" on {day_in_words(outcome.concluded_on)}" if outcome.concluded_on else ""
    by = [" by ", outcome.concluded_by] if outcome.concluded_by else []
    return [words("This area was concluded", day, *by, ".")]


# --- the levels -----------------------------------------------------------------------


def _of_the_worksheet(outcome: Outcome) -> Texts:
    """The worksheet's words, and each statement's reason and what was heard, as they fit."""
    lines = {each.statement.code: each for each in outcome.lines}
    reasons = {f"reason_{code}": each.reason for code, each in lines.items()}
    heard = {f"heard_{code}": each.heard for code, each in lines.items()}
    return fitted({**outcome.words, **reasons, **heard})


def _line(outcome: Outcome, line: OutcomeLine, texts: Texts) -> Element:
    code, how = line.statement.code, ended(outcome.edition, line.level, line.origin)
    name = TextRun(f"{line.statement.name}: ", weight="bolder")
    beside = [
        ("The lead's reason: ", texts[f"reason_{code}"]),
        ("What was heard before: ", texts[f"heard_{code}"]),
    ]
    more = [words(start, text, spacing="small") for start, text in beside if text]
    return Container([words(name, f"{how}. {_own(outcome, line)}".strip()), *more], spacing="small")


def _own(outcome: Outcome, line: OutcomeLine) -> str:
    if not line.own:
        return ""
    what = _DID.get(line.own) or f"chose {_level(outcome, line)}"
    return f"{_you(outcome).capitalize()} {what}."


def _level(outcome: Outcome, line: OutcomeLine) -> str:
    return "the same" if line.own == line.level else inside(outcome.edition, line.own)


_DID = {
    DONT_KNOW: "did not know enough to rate it",
    NOT_APPLICABLE: "said that it does not apply",
}


# --- what they said -------------------------------------------------------------------


def _became(outcome: Outcome) -> list[Element]:
    texts = _of_theirs(outcome)
    found = [
        *(_reply(outcome, each, texts) for each in outcome.replies),
        *(_hidden(outcome, each, texts) for each in outcome.hidden),
        *_evidence(outcome, texts),
    ]
    if not found and not any(each.own for each in outcome.lines):
        return [TextBlock(f"{_you(outcome).capitalize()} gave no answer to this area.")]
    counts = f"What {_you(outcome)} gave counts in this result. No name stands beside it."
    return [TextBlock(f"{counts} Thank you."), *found]


def _of_theirs(outcome: Outcome) -> Texts:
    """Their words, what was answered, and why words were hidden, as they fit."""
    replies = {f"reply_{each.id}": each.reply for each in outcome.replies}
    comments = {f"said_{each.id}": each.utterance.text for each in outcome.replies}
    hidden = {each.key: each.text for each in outcome.hidden}
    reasons = {f"because_{each.key}": "\n".join(each.hidden_because) for each in outcome.hidden}
    pieces = {f"piece_{each.id}": each.text for each in outcome.evidence}
    return fitted({**replies, **comments, **reasons, **hidden, **pieces})


def _reply(outcome: Outcome, reply: Reply, texts: Texts) -> Element:
    what, answer = _what(outcome, reply), texts[f"reply_{reply.id}"]
    stood = "The lead let it stand. " if reply.reply_kind == STANDS else ""
    where = f"{'Both stay' if answer else 'It stays'} with the worksheet."
    if not reply.stays:
        where = f"The worksheet keeps what {_you(outcome)} said of a later draft."
    lines = [
        labelled(what, texts[f"said_{reply.id}"]),
        *([labelled("The lead's answer", answer)] if answer else []),
        TextBlock(f"{stood}{where}", spacing="small"),
    ]
    return Container(lines, separator=True)


def _what(outcome: Outcome, reply: Reply) -> str:
    return f"{_your(outcome).capitalize()} {'concern' if reply.answer == CONCERN else 'comment'}"


def _hidden(outcome: Outcome, hidden: Utterance, texts: Texts) -> Element:
    """Words of theirs that a lead hid, as they wrote them, with the reason."""
    because = texts[f"because_{hidden.key}"]
    title = f"Some of {_your(outcome)} words are hidden: they could tell who somebody is."
    why = [words("The reason: ", because, spacing="small")] if because else []
    return Container([labelled(title, texts[hidden.key]), *why], separator=True)


def _evidence(outcome: Outcome, texts: Texts) -> list[Element]:
    if not outcome.evidence:
        return []
    shown = outcome.evidence[:MOST_PIECES]
    more = len(outcome.evidence) - len(shown)
    rest = [TextBlock(f"{many(more, 'more piece', 'more pieces')} too.")]
    title = f"{_your(outcome).capitalize()} evidence is kept with this area:"
    pieces = [quote(replace(each, text=texts[f"piece_{each.id}"])) for each in shown]
    items = [TextBlock(title, weight="bolder"), *pieces, *(rest if more else [])]
    return [Container(items, separator=True)]


# --- where to go ----------------------------------------------------------------------


def _buttons(outcome: Outcome) -> list[Execute]:
    back = Execute("Back to this week's areas", verb="week.show", data=place_data(outcome.place))
    if outcome.for_name or not outcome.place.areas:  # it was not opened from a weekly message
        back = Execute("Back to my areas", verb="mine.show")
    whole = {"review": outcome.head.id}
    return [Execute("See the whole worksheet", verb="worksheet.show", data=whole), back]
