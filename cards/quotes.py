"""People's own words, side by side by group, a page at a time (PURE).

Nothing is counted, themed or summarised: pages are cut by size, so that a card stays readable.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from cards.area_answer import KINDS_IN_SHORT, host
from cards.elements import Container, Element, TextRun, words
from eocif.round_summaries import Utterance
from eocif.rules.answers import WORDS
from eocif.rules.framework import Edition
from eocif.summaries import EvidenceSummary

A_PAGE = 3_000
"""UTF-16 units of people's words on one page: about three screens of a phone."""

TOPICS: Mapping[str, str] = {
    "where_now": "Where we are now",
    "what_good": "What good would look like",
    "what_do": "What we will do",
    "excelling": "How it leads to improvement",
    "achieving": "Major omissions",
    "not_applicable": "Why it does not apply",
    "evidence": "Evidence",
    "comment": "Comments and concerns",
}
"""What people wrote about, by field, in the order of the cards: short enough for a button."""


def topics(utterances: Sequence[Utterance]) -> tuple[str, ...]:
    """The fields in which anybody wrote, in order."""
    written = {each.field for each in utterances}
    return tuple(field for field in TOPICS if field in written)


def question(edition: Edition, field: str) -> str:
    """What people were asked, in the worksheet's own words where it is one of its questions."""
    official = dict(zip(WORDS, edition.questions, strict=False))
    return {**TOPICS, **WORDS, **official}.get(field, field)


def pages(utterances: Sequence[Utterance], most: int = A_PAGE) -> list[list[Utterance]]:
    """The words in pages of about this size, each group's together; no text is cut.

    One page at least, and one text at least on a page.
    """
    names = list(dict.fromkeys(each.group for each in utterances))
    found: list[list[Utterance]] = [[]]
    room = most
    for each in sorted(utterances, key=lambda each: names.index(each.group)):
        if found[-1] and _units(each) > room:
            found.append([])
            room = most
        found[-1].append(each)
        room -= _units(each)
    return found


def _units(utterance: Utterance) -> int:
    return len(utterance.text.encode("utf-16-le")) // 2


def by_group(page: Sequence[Utterance]) -> list[Element]:
    """Each group's name with what its people wrote, a paragraph for each text."""
    return [
        Container([_group(name), *map(quote, theirs)], separator=True)
        for name, theirs in groupby(page, lambda each: each.group)
    ]


def _group(name: str) -> Element:
    return words(TextRun(name, weight="bolder"))


def quote(said: Utterance | EvidenceSummary) -> Element:
    """One text as it may be shown: where evidence comes from, the words, where a link leads."""
    kind = KINDS_IN_SHORT.get(said.kind, said.kind)
    source = ", ".join(part for part in (said.source, kind) if part)
    leads_to = f"Link to {host(said.link)}" if said.link else ""
    lines = [line for line in (source, said.text, leads_to) if line]
    return Container([words(line, spacing="small") for line in lines])
