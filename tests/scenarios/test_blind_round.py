"""The blind round: what someone said reaches nobody else before the round closes.

Each member plants a sentence in every field that takes words, and gives levels in a pattern that
nobody else gives. Then everyone does what they may, and all that anyone saw, was sent, logged,
counted or listed is searched.
"""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from bot.logs import Frames
from cards.area_answer import choice_name
from eocif.rules import framework
from eocif.rules.framework import LEVEL_KEYS
from tests.cards import harness
from tests.scenarios.play import Cast, Person
from tests.scenarios.scenes import NOT_AT_FIRST, a_review_has_begun

CODES = ("2a", "2b", "2c")
FIELDS = ("where_now", "what_good", "what_do", "excelling", "achieving", "evidence")
DORIS, RECORDER = "doris", "tom"
NAMES = {choice_name(framework.edition(), level): level for level in LEVEL_KEYS}


def canary(key: str) -> str:
    """A sentence that only this person writes; a field's name may follow it."""
    return f"The heron of {key} stands in the canal"


def pattern(place: int) -> dict[str, str]:
    """Levels for 2a, 2b and 2c that only the person at this place gives; two call for words."""
    choices = (("achieving", "excelling"), ("excelling", "achieving"))[place % 2]
    third = (*LEVEL_KEYS, "dont_know")[place // 2]
    return dict(zip((f"level_{code}" for code in CODES), (*choices, third), strict=True))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, at the most talkative, as the bot writes it."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(Frames("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.mark.covers("R21")
def test_nobody_sees_what_another_said_before_the_round_closes(
    cast: Cast, log: io.StringIO, environ: dict[str, str]
) -> None:
    amina = a_review_has_begun(cast, scope="2")
    members = [each for each in cast() if each.key not in NOT_AT_FIRST]
    given = {each.key: pattern(place) for place, each in enumerate(members)}
    given[DORIS] = pattern(len(members))
    for each in members:
        _writes(each, canary(each.key), given[each.key])
    _records_for_doris(cast(RECORDER)[0], given[DORIS])
    _everyone_looks_round(cast, amina)
    cast("peter")[0].blocks_the_bot()  # so that there is something to log
    cast.time.goes_to("2026-12-01 16:59")
    for key, lines in cast.stage.teams.inside.world.lines.items():
        hers = {key, *({DORIS} if key == RECORDER else ())}
        for line in lines:
            _shows_only(hers, given, line.card, f"{key} {line.what} {line.text} {line.summary}")
        seen = json.dumps([line.card for line in lines], ensure_ascii=False)
        assert {each for each in given if canary(each) in seen} == hers & given.keys()
    _is_silent(given, log.getvalue(), "the log")
    _is_silent(given, cast.stage.call("GET", f"{cast.stage.bot_url}/metrics")[1], "metrics")
    for command in (["reviews"], ["deliveries"], ["audit", "1"]):
        for how in ([], ["--json"]):
            _is_silent(given, _tool(environ, *command, *how), " ".join(command))


def _writes(person: Person, sentence: str, levels: dict[str, str]) -> None:
    person.opens_area(2)
    person.presses("Save levels and go on to words", **levels)
    _fills_in(person, sentence)


def _fills_in(person: Person, sentence: str) -> None:
    words = {field: f"{sentence}, {field}." for field in FIELDS}
    first = {"source": "story", "kind": "qualitative", **words}
    assert f"{sentence}, evidence." in person.presses("Save and add more evidence", **first)
    # What cannot be taken is kept as well, and is as private.
    odd = {"link": "http://www.example.nhs.uk", "evidence": f"{sentence}, kept."}
    read = person.presses("Save and add more evidence", **odd)
    assert "This link does not start with https." in read


def _records_for_doris(tom: Person, levels: dict[str, str]) -> None:
    tom.says("my areas")
    tom.presses("Record answers for area 2")
    tom.presses("Save levels and go on to words", **levels)
    _fills_in(tom, canary(DORIS))


def _everyone_looks_round(cast: Cast, amina: Person) -> None:
    """Whatever shows a person something, done by everyone who may, and by some who may not."""
    for each in cast():
        for words in ("my areas", "outstanding", "review", "help", "status"):
            each.says(words)
            each.leaves_and_comes_back()
        each.says("status", conversation="channel")
        for member in range(11):
            each.forges("area.show", review=1, area=2, areas=[2], member=member)
        for step in ("levels", "words", "clear", "withdraw"):
            each.forges("area.show", review=1, area=2, areas=[2], step=step)
    amina.says("review")
    for title in ("Members", "Back to the review", "Who has not answered", "See the review"):
        amina.presses(title)
    amina.presses("Close a round early")
    amina.presses("Close this round early")


# --- searching --------------------------------------------------------------------------------


def _shows_only(hers: set[str], given: dict[str, Any], card: Any, where: str) -> None:
    """A card holds nobody's sentence and nobody's levels but the reader's own."""
    text = json.dumps(card, ensure_ascii=False) + where
    for key in given.keys() - hers:
        assert canary(key) not in text, f"{where} shows what {key} wrote"
    for field, choice in _levels_in(card or {}):
        own = {given[key].get(field) for key in hers if key in given}
        assert choice in own, f"{where} shows {field} {choice}, which is not theirs"


def _levels_in(card: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Chosen levels on a card: in its inputs, and in words after an area's code."""
    for field, node in harness.inputs(card).items():
        if field.startswith("level_") and node.get("value"):
            yield field, str(node["value"])
    texts = harness.texts(card)
    for code, name in pairwise(texts):
        if code.removeprefix("Area ") in CODES and name in NAMES:
            yield f"level_{code.removeprefix('Area ')}", NAMES[name]


def _is_silent(given: dict[str, Any], text: str, where: str) -> None:
    """No sentence of anyone's, and no level."""
    assert text, f"{where} is empty"
    for key in given:
        assert canary(key) not in text, f"{where} holds what {key} wrote"
    for word in ("heron", *LEVEL_KEYS[1:], "insufficient", *NAMES):
        assert word not in text, f"{where} holds {word}"


def _tool(environ: dict[str, str], *arguments: str) -> str:
    """What `python -m eocif` prints."""
    done = subprocess.run(  # noqa: S603  # our own tool
        [sys.executable, "-m", "eocif", *arguments],
        env=environ, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout + done.stderr
