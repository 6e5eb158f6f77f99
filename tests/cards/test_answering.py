"""Rules that every card on which people answer keeps, in each of its states."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from cards.area_closed import closed
from cards.area_levels import levels
from cards.area_saved import clear, saved, withdraw
from cards.area_words import words
from cards.face import Face
from cards.mine import my_areas
from cards.pieces import CUT, MOST_SHOWN
from cards.submissions import VERBS, parse
from cards.week import week
from eocif.rules.framework import edition
from eocif.summaries import (
    Differs,
    EvidenceSummary,
    Feedback,
    MyAreas,
    OnBehalf,
    Place,
    Privacy,
    ReviewHead,
)
from tests.cards.harness import actions, events_of, lint, parts, read, size, texts
from tests.cards.samples_answering import (
    EIGHT,
    EVIDENCE,
    HOSTILE,
    LONG,
    NEW_WEEK,
    USER,
    VIEW,
    all_cards,
    form,
    progress,
    task,
    week_of,
)

CARDS = all_cards()
PEOPLES = [
    "Amina Yusuf",
    "Bill",
    "Doris Whitfield",
    "Kasia",
    "Large print. Prefers the phone, mornings.",
    "Medicine",
    "Northmoor and Elmsworth NHS Foundation Trust",
    "Experience of care review 2027",
    LONG,
    *(text for text in VIEW.values() if text),
    *(piece.text for piece in EVIDENCE if piece.text),
]
EVERYTHING = {field: HOSTILE for field in ("where_now", "what_good", "what_do")}


@pytest.mark.covers("R65")
@pytest.mark.parametrize("name", CARDS)
def test_every_card_keeps_our_rules(name: str) -> None:
    face = CARDS[name]
    assert lint(face.content, summary=face.preview, words=PEOPLES) == []


@pytest.mark.covers("R65")
def test_microsofts_parser_has_nothing_to_say() -> None:
    found = events_of([face.content for face in CARDS.values()])
    assert {name: said for name, said in zip(CARDS, found, strict=True) if said} == {}


@pytest.mark.parametrize("name", CARDS)
def test_every_button_posts_what_its_verb_expects(name: str) -> None:
    for action in actions(CARDS[name].content):
        if action["type"] == "Action.Execute":
            shape = VERBS[action["verb"]]
            assert set(action["data"]) <= set(shape.model_fields), action["title"]
            assert isinstance(parse(action["verb"], action["data"]), shape)


@pytest.mark.parametrize("name", CARDS)
def test_a_refresh_brings_this_card_back_to_its_person(name: str) -> None:
    refresh = CARDS[name].content.get("refresh")
    if refresh:
        press = refresh["action"]
        assert refresh["userIds"] == [USER]
        assert isinstance(parse(press["verb"], press["data"]), VERBS[press["verb"]])


def test_a_card_that_holds_unsaved_words_does_not_refresh_them_away() -> None:
    typed = Feedback(typed={"where_now": "Mine", "level_5a": "excelling"})
    for make in (levels, words):
        assert "refresh" not in make(form(), typed, for_user=USER).content
        assert "refresh" in make(form(), for_user=USER).content


def hostile_faces() -> Iterator[Face]:
    """Cards whose every word of people's is an attempt on the card."""
    head = ReviewHead(7, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "collecting")
    piece = EvidenceSummary(1, "Survey", "qualitative", HOSTILE, "https://www.example.org/a")
    private = Privacy(HOSTILE, area_leads_see_names=True, recorder=HOSTILE)
    area = replace(
        form(13, EIGHT, words=EVERYTHING, evidence=(piece,), kept={"link": HOSTILE}),
        head=head,
        privacy=private,
        for_name=HOSTILE,
        place=Place(7, (13,), 13, 31),
    )
    differs = (Differs("where_now", "Where are we now?", HOSTILE, HOSTILE),)
    typed = {**EVERYTHING, "evidence": HOSTILE, "link": HOSTILE}
    said = Feedback(HOSTILE, problems={"link": HOSTILE}, typed=typed, differs=differs)
    for make in (levels, words, saved, clear, withdraw):
        yield make(area, said)
        yield make(replace(area, answered=False, left=()), said)
    yield closed(replace(area, state="closed"), said)
    owed = OnBehalf(31, HOSTILE, HOSTILE, (progress(5),))
    tasked = replace(NEW_WEEK, head=head, first_name=HOSTILE, tasks=(owed,), privacy=private)
    yield week(tasked, said)
    yield my_areas(MyAreas(HOSTILE, (tasked,), (head,)), said)


def test_hostile_words_do_nothing_wherever_they_stand() -> None:
    faces = list(hostile_faces())
    for face in faces:
        assert HOSTILE in read(face.content)
        assert lint(face.content, summary=face.preview, words=[HOSTILE]) == []
    assert not any(events_of([face.content for face in faces]))


@pytest.mark.covers("R67")
@pytest.mark.parametrize("name", CARDS)
def test_our_words_say_people_using_services(name: str) -> None:
    official = [x for section in edition().sections for x in section.areas_of_practice]
    shown = read(CARDS[name].content).replace("Patient Advice and Liaison Service", "")
    for said in official:
        shown = shown.replace(said, "")
    assert "patient" not in shown.lower()


@pytest.mark.parametrize("name", CARDS)
def test_our_sentences_are_short(name: str) -> None:
    blocks = (
        node["text"] for node in parts(CARDS[name].content) if node.get("type") == "TextBlock"
    )
    ours = [
        text for text in blocks if not text.startswith(("In plain English", "Areas of practice"))
    ]
    for sentence in re.split(r"(?<=[.?!:]) ", " ".join(f"{text}." for text in ours)):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("number", range(1, 24))
def test_every_area_fits_where_a_week_holds_all_of_them(number: int) -> None:
    everywhere = Place(1234567, tuple(range(1, 24)), number, 1234567)
    area = replace(form(number), place=everywhere, for_name="Doris")
    codes = [each.code for each in area.area.indicators]
    problems = {f"level_{code}": f"We could not read the choice for {code}." for code in codes}
    for face in (levels(area, Feedback(problems=problems), for_user=USER), words(area)):
        assert lint(face.content, summary=face.preview) == []


def test_a_card_stays_within_what_teams_takes_however_much_was_written() -> None:
    most = "w" * 2000
    piece = EvidenceSummary(1, "Survey", "qualitative", most, "https://www.example.org/a")
    fields = dict.fromkeys(
        ("where_now", "what_good", "what_do", "excelling", "achieving", "not_applicable"), most
    )
    area = form(13, EIGHT, words=fields, evidence=(piece,) * 50, kept={"what_do": "k" * 20_000})
    for face in (saved(area), words(area), closed(replace(area, state="closed"))):
        assert size(face.content) < 80 * 1024
        assert f"{'k' * MOST_SHOWN}{CUT}" in texts(face.content)
        assert "30 more pieces are kept." in read(face.content)


def test_a_lead_with_many_people_to_record_for_still_gets_a_card() -> None:
    people = tuple(task(f"Person {n}", *(progress(x) for x in range(1, 11))) for n in range(20))
    face = week(week_of(tasks=people))
    assert lint(face.content, summary=face.preview) == []


def test_previews_say_where_to_look_and_nothing_that_was_said() -> None:
    previews: dict[str, Any] = {name: face.preview for name, face in CARDS.items()}
    names = [level.name for level in edition().levels]
    for name, preview in previews.items():
        assert not any(word in preview for word in (*PEOPLES, *names)), name
        assert len(preview) < 80
