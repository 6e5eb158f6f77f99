"""What an answer may hold (PURE): choices, fields, evidence, each problem as a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eocif.rules.dates import day_in_words
from eocif.rules.framework import LEVEL_KEYS, Edition
from eocif.rules.links import BadLink, Fault, checked_link
from eocif.rules.perspectives import EVIDENCE_SOURCES
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE, AreaState
from eocif.rules.statements import name_of
from eocif.rules.text import too_long

CHOICES = frozenset({*LEVEL_KEYS, DONT_KNOW, NOT_APPLICABLE})
NOT_AGREED = "not_agreed"
"""How a statement may end besides: its lead's word for it, which nobody chooses as a rating."""
KINDS = ("qualitative", "quantitative")

WORDS: Mapping[str, str] = {
    "where_now": "Where are we now?",
    "what_good": "What would good look like?",
    "what_do": "What will we do to get from where we are now to what good looks like?",
    "excelling": "Evidence of how this is leading to improvement",
    "achieving": "Major omissions",
    "not_applicable": "Reason for “not applicable”",
}
CALLS_FOR_WORDS = ("excelling", "achieving", NOT_APPLICABLE)


@dataclass(frozen=True)
class Offered:
    """A piece of evidence as it was typed; the nonce makes a second press harmless."""

    nonce: str = ""
    source: str = ""
    kind: str = ""
    evidence: str = ""
    link: str = ""

    def typed(self) -> dict[str, str]:
        """What was filled in, by input id."""
        given = {
            "source": self.source, "kind": self.kind, "evidence": self.evidence, "link": self.link,
        }  # fmt: skip
        return {field: text for field, text in given.items() if text}


def is_offered(offered: Offered) -> bool:
    """Whether there is any evidence on the card: a chosen kind alone is none."""
    return bool(offered.evidence or offered.link)


def called_for(choices: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Which indicators' choices ask for words: by field, the codes in order (PR1209's levels)."""
    return {
        field: tuple(code for code, choice in choices.items() if choice == field)
        for field in CALLS_FOR_WORDS
        if field in choices.values()
    }


def choice_name(edition: Edition, choice: str) -> str:
    """What was chosen, or how it ended, in words; anything else is shown as it is."""
    return edition.level(choice).name if choice in LEVEL_KEYS else _OTHERS.get(choice, choice)


_OTHERS: Mapping[str, str] = {
    DONT_KNOW: "I don't know enough to rate this",
    NOT_APPLICABLE: "Not applicable",
    NOT_AGREED: "Not agreed",
}


def choice_problem(code: str) -> str:
    """A choice that no card of ours offers."""
    return f"We could not read the choice for {code}. Choose one from the list."


def words_problem(field: str, text: str) -> str | None:
    """What is wrong with a field of the words step, or nothing."""
    return too_long(field_label(field), text)


def evidence_problems(offered: Offered) -> dict[str, str]:
    """What is wrong with a piece of evidence, by input id."""
    problems = {}
    if offered.source not in dict(EVIDENCE_SOURCES):
        problems["source"] = "Choose where this evidence comes from. What you typed is still here."
    if offered.kind not in KINDS:
        problems["kind"] = "Choose whether this evidence is in words or in numbers."
    if sentence := words_problem("evidence", offered.evidence):
        problems["evidence"] = sentence
    if offered.link and (sentence := link_problem(offered.link)):
        problems["link"] = sentence
    return problems


_LINK_SENTENCES: Mapping[Fault, str] = {
    Fault.NOT_HTTPS: "This link does not start with https. Use a link that does, or describe it.",
}


def link_problem(link: str) -> str | None:
    """Why a link cannot be kept as evidence, as a sentence, or nothing."""
    try:
        checked_link(link)
    except BadLink as bad:
        return _LINK_SENTENCES.get(
            bad.reason,
            "We cannot take this link. Use a web address such as https://www.example.nhs.uk/report.",
        )
    return None


def field_label(field: str) -> str:
    """A field as a person reads it."""
    if field in WORDS:
        return WORDS[field]
    return "Evidence" if field == "evidence" else name_of(field.removeprefix("level_"))


KEPT_FOR_YOU = "What you just sent is not part of your answer, but we kept it for you to copy."


def late_sentence(state: str, closed_on: date | None) -> str:
    """Why an answer can not be changed now."""
    if state == AreaState.WAITING:
        return "This area is not open yet. We will write to you when it is."
    if state == AreaState.SET_ASIDE:
        return "This area was set aside. Your earlier answer is kept. You need not do anything."
    day = f" on {day_in_words(closed_on)}" if closed_on else ""
    return (
        f"This round closed{day}. Your earlier answer is kept. "
        "Ask your lead if you need to change it."
    )


def kept_problems(kept: Mapping[str, str]) -> dict[str, str]:
    """What is still wrong with words kept for their author, by input id."""
    found = {field: words_problem(field, kept[field]) for field in WORDS if field in kept}
    offered = Offered("", *(kept.get(part, "") for part in ("source", "kind", "evidence", "link")))
    problems = {field: sentence for field, sentence in found.items() if sentence}
    return problems | (evidence_problems(offered) if is_offered(offered) else {})
