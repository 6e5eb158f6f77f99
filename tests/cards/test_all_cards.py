"""What holds for every card: the set-up's, the answering ones, the lead's and the short ones."""

import json
import re
from functools import cache
from typing import Any

import pytest
import textstat

from cards.face import Face
from cards.submissions import parse
from eocif.rules.framework import edition
from eocif.rules.perspectives import PERSPECTIVES
from tests.cards import (
    samples_actions,
    samples_answering,
    samples_dates,
    samples_digest,
    samples_habits,
    samples_lead,
    samples_lead_steps,
    samples_lead_work,
    samples_local,
    samples_members,
    samples_reminders,
    samples_setup,
    samples_worksheet,
)
from tests.cards.harness import (
    Card,
    actions,
    events_of,
    events_of_charts,
    inputs,
    lint,
    parts,
    texts,
)
from tests.cards.samples_short import HOSTILE

ROOMS = {
    "answering": samples_answering,
    "set-up": samples_setup,
    "local": samples_local,
    "lead": samples_lead,
    "area's lead": samples_lead_steps,
    "members": samples_members,
    "worksheet": samples_worksheet,
    "digest": samples_digest,
    "actions": samples_actions,
    "habits": samples_habits,
    "dates": samples_dates,
    "reminders": samples_reminders,
}
NAMES = [f"Person {number:03}" for number in range(310)]
LONGEST_SENTENCE = 20  # words
HIGHEST_GRADE = 8
PROPER_NAMES = re.compile("Patient Advice and Liaison Service|Improving Patient Care Together")
PEOPLE = re.compile(rf"(Person \d{{3}}|{re.escape(HOSTILE)})(, | and )?")


@cache
def every_card() -> dict[str, Face]:
    return {
        f"{room}: {name}": face
        for room, samples in ROOMS.items()
        for name, face in samples.all_cards().items()
    }


FACES = pytest.mark.parametrize("name", list(every_card()))


@pytest.mark.covers("R65")
def test_microsofts_parser_has_nothing_to_say_about_any_card() -> None:
    names, shown = zip(*((name, face.content) for name, face in every_card().items()), strict=True)
    found = zip(names, shown, events_of(shown), strict=True)
    charts = {name: (events, events_of_charts(card)) for name, card, events in found}
    assert {name: pair for name, pair in charts.items() if pair[0] != pair[1]} == {}


@pytest.mark.covers("R65")
@FACES
def test_every_card_keeps_the_rules_of_size_labels_headings_and_peoples_words(name: str) -> None:
    face = every_card()[name]
    words = [HOSTILE, *samples_lead_work.LONG_WORDS, *_names_in(face)]
    assert lint(face.content, summary=face.preview, words=words) == []


def _names_in(face: Face) -> list[str]:
    held = json.dumps(face.content)
    return [name for name in NAMES if name in held]


@FACES
def test_every_press_is_one_that_we_understand(name: str) -> None:
    card = every_card()[name].content
    for action in actions(card):
        if action["type"] == "Action.Execute":
            alone = action.get("associatedInputs") == "none"
            parse(action["verb"], {**action["data"], **({} if alone else _typed(card))})


def _typed(card: Card) -> dict[str, str]:
    """What the inputs hold; those that Teams asks to be filled hold something."""
    held = {name: field.get("value") or _filled(field) for name, field in inputs(card).items()}
    return {name: str(value) for name, value in held.items() if value}


def _filled(field: dict[str, Any]) -> str:
    if not field.get("isRequired"):
        return ""
    if field["type"] == "Input.ChoiceSet":
        return str(next((each["value"] for each in field["choices"]), "a0000000"))
    return "2028-02-18"


@FACES
def test_every_refresh_brings_a_card(name: str) -> None:
    refresh = every_card()[name].content.get("refresh")
    if refresh:
        parse(refresh["action"]["verb"], refresh["action"]["data"])
        assert refresh["userIds"]


@pytest.mark.covers("R67")
@FACES
def test_our_own_words_speak_of_people_using_services(name: str) -> None:
    ours = [_without_proper_names(text) for text in texts(every_card()[name].content)]
    assert [text for text in ours if "patient" in text.lower()] == []


@FACES
def test_our_own_sentences_are_short(name: str) -> None:
    card = every_card()[name].content
    typed = {str(field.get("value")) for field in inputs(card).values()}
    ours = [_without_proper_names(text) for text in texts(card) if text not in typed]
    sentences = [sentence for text in ours for sentence in re.split(r"(?<=[.?!:])\s+", text)]
    assert [each for each in sentences if len(each.split()) > LONGEST_SENTENCE] == []


@pytest.mark.covers("R66")
@pytest.mark.parametrize("room", ["lead", "area's lead", "actions"])
def test_the_leads_and_the_short_cards_are_easy_to_read(room: str) -> None:
    """Over each room's words joined; names of perspectives are the framework's, not ours."""
    shown = ROOMS[room].all_cards().items()
    ours = {text for name, face in shown if "hostile" not in name for text in texts(face.content)}
    ours -= set(samples_lead_work.LONG_WORDS)
    joined = " ".join(_without_proper_names(text) for text in sorted(ours) if text[-1] in ".?!")
    assert textstat.automated_readability_index(joined) <= HIGHEST_GRADE


def _without_proper_names(text: str) -> str:
    for statement in _official():
        text = text.replace(statement, "")
    return PROPER_NAMES.sub("", PEOPLE.sub("", text))


@cache
def _official() -> tuple[str, ...]:
    """The framework's own words, which nobody may change, longest first."""
    known = edition()
    statements = [each for area in known.areas for each in area.indicators]
    practice = [each for section in known.sections for each in section.areas_of_practice]
    found = [text for each in statements for text in (each.text, *each.bullets)]
    names = [each.name for each in PERSPECTIVES]
    levels = [level.definition for level in known.levels]
    return tuple(sorted([*found, *practice, *names, *levels], key=len, reverse=True))


@pytest.mark.covers("R08")
@FACES
def test_no_card_gives_a_percentage_and_dates_are_in_full(name: str) -> None:
    blocks = [node for node in parts(every_card()[name].content) if node.get("type") == "TextBlock"]
    short = re.compile(r"\d\s*%|per cent|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
    assert [block["text"] for block in blocks if short.search(block["text"])] == []
