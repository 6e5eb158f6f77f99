"""Every card of the set-up, in every state, keeps the rules that all cards keep."""

import json
from typing import Any

import pytest

from cards.buttons import FRAME, PHONE
from cards.elements import BREAK
from cards.setup_parts import duration
from cards.shapes import SetupStep
from cards.submissions import SetupWithoutTeams, parse
from tests.cards import samples_local, samples_setup
from tests.cards.harness import actions, events_of, inputs, lint, press, read, size, texts
from tests.cards.samples_setup import HOSTILE, LEAD, SAVED

CARDS = {**samples_setup.all_cards(), **samples_local.all_cards()}
HOSTILE_CARDS = {**samples_setup.hostile_cards(), **samples_local.hostile_cards()}
SAVING = {"details", "scope", "pace", "leads"}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_keeps_the_rules_of_cards(name: str) -> None:
    words = [HOSTILE] if name.startswith("hostile") else []
    face = CARDS[name]
    assert lint(face.content, summary=face.preview, words=words) == []


def test_microsofts_parser_finds_nothing_wrong() -> None:
    found = events_of([face.content for face in CARDS.values()])
    assert {name: said for name, said in zip(CARDS, found, strict=True) if said} == {}


@pytest.mark.parametrize("name", HOSTILE_CARDS)
def test_what_people_wrote_is_shown_and_does_nothing(name: str) -> None:
    card = CARDS[name].content
    assert HOSTILE in read(card)
    for text in live(card):
        assert "{{" not in text
        assert "<at>" not in text
        assert "](" not in text


def live(node: Any) -> list[str]:
    """Every text that Teams might act on: all but the text of TextRuns' Markdown and values."""
    if isinstance(node, list):
        return [text for item in node for text in live(item)]
    if isinstance(node, str):
        return [node]
    if not isinstance(node, dict):
        return []
    left_out = {"TextRun": {"text"}}.get(str(node.get("type")), set())
    if str(node.get("type", "")).startswith("Input."):
        left_out = {"value"}
    return [text for key, item in node.items() if key not in left_out for text in live(item)]


def test_macros_and_mentions_are_parted_even_where_markdown_is_off() -> None:
    shown = json.dumps(CARDS["hostile group"].content, ensure_ascii=False)
    assert f"{{{BREAK}{{DATE" in shown
    assert f"<{BREAK}at>" in shown


@pytest.mark.parametrize("name", CARDS)
def test_every_button_posts_what_the_server_reads(name: str) -> None:
    for action in actions(CARDS[name].content):
        if action["type"] == "Action.ToggleVisibility":
            continue
        parsed = parse(action["verb"], action["data"])
        assert getattr(parsed, "review") == 7  # noqa: B009  # a field of only some shapes


@pytest.mark.parametrize("name", CARDS)
def test_a_press_with_every_input_filled_is_read(name: str) -> None:
    card = CARDS[name].content
    for action in actions(card):
        if action["type"] == "Action.Execute":
            sent = press(card, action["title"])
            parse(sent["verb"], sent["data"])


@pytest.mark.parametrize("name", CARDS)
def test_a_preview_holds_no_name_and_no_title(name: str) -> None:
    assert "Experience of care review 2027" not in CARDS[name].preview
    assert "Amina" not in CARDS[name].preview


@pytest.mark.parametrize("step", sorted(SAVING))
def test_every_way_out_of_a_step_saves_it(step: str) -> None:
    card = CARDS[step].content
    ways = [each for each in actions(card) if each.get("verb") == f"setup.{step}"]
    found = {}
    for way in ways:
        parsed = parse(way["verb"], press(card, way["title"])["data"])
        assert isinstance(parsed, SetupStep)
        assert parsed.shown
        found[way["title"]] = parsed.go
    expected = {"Save and go on": "next", "Save and finish later": "stay"}
    if step == "pace":
        expected["Save and show the dates"] = "stay"
    if step != "details":
        expected["Back"] = "back"
    assert found == expected


@pytest.mark.parametrize("step", sorted(SAVING | {"group", "check"}))
def test_a_step_says_how_to_come_back(step: str) -> None:
    line = "You can stop at any time. What you saved is kept. Type “review” to carry on."
    assert line in texts(CARDS[step].content)


def test_steps_are_counted() -> None:
    titles = {
        "details": "Step 1 of 6: about the review",
        "scope": "Step 2 of 6: what is in scope",
        "pace": "Step 3 of 6: pace and dates",
        "group": "Step 4 of 6: the review group",
        "leads": "Step 5 of 6: area leads",
        "check": "Step 6 of 6: check and start",
    }
    for step, title in titles.items():
        assert title in texts(CARDS[step].content)
        assert CARDS[step].preview == f"Set up your review: {title.split(':')[0].lower()}"


REFRESHED = {
    "details": {"step": "details"},
    "scope": {"step": "scope"},
    "pace": {"step": "pace"},
    "group": {"step": "group"},
    "group while it runs": {"step": "group"},
    "perspective": {"step": "perspective", "perspective": "clinical_leaders"},
    "roster": {"step": "roster", "perspective": "healthwatch", "page": 2},
    "member": {"step": "member", "member": 3},
    "without Teams": {"step": "without_teams"},
    "leads": {"step": "leads"},
    "check": {"step": "check"},
}


@pytest.mark.parametrize("name", REFRESHED)
def test_a_card_refreshes_to_itself_for_its_person_alone(name: str) -> None:
    refresh = CARDS[name].content["refresh"]
    assert refresh["userIds"] == [LEAD]
    assert refresh["action"]["verb"] == "setup.show"
    assert refresh["action"]["data"] == {"review": 7, **REFRESHED[name]}
    parse("setup.show", refresh["action"]["data"])


def test_a_card_for_nobody_in_particular_does_not_refresh() -> None:
    assert "refresh" not in CARDS["details empty"].content
    assert "refresh" not in CARDS["started without dates"].content


def test_what_was_saved_stands_first() -> None:
    assert SAVED.notice in texts(CARDS["pace"].content)[:2]


def test_the_first_button_is_the_way_on() -> None:
    for step in ("details", "scope", "leads"):
        saving = [each for each in actions(CARDS[step].content) if each["type"] == "Action.Execute"]
        assert saving[0]["title"] == "Save and go on"
        assert saving[0]["style"] == "positive"


def test_nothing_is_required_so_that_half_a_step_can_be_saved() -> None:
    for face in CARDS.values():
        assert not any(field.get("isRequired") for field in inputs(face.content).values())


def test_a_form_pressed_twice_carries_the_same_nonce() -> None:
    sent = press(CARDS["without Teams"].content, "Add this person", name="Doris")
    parsed = parse(sent["verb"], sent["data"])
    assert isinstance(parsed, SetupWithoutTeams)
    assert parsed.nonce == "0123456789abcdef"


def test_buttons_stand_in_rows_that_a_phone_can_hold() -> None:
    for face in CARDS.values():
        for row in _rows(face.content):
            titles = [action["title"] for action in row["actions"]]
            assert len(titles) == 1 or sum(len(title) + FRAME for title in titles) <= PHONE, titles


def _rows(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [row for item in node for row in _rows(item)]
    if not isinstance(node, dict):
        return []
    here = [node] if node.get("type") == "ActionSet" else []
    return here + [row for item in node.values() for row in _rows(item)]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (62, "1 hour 2 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_time_is_told_as_people_tell_it(minutes: int, said: str) -> None:
    assert duration(minutes) == said


def test_our_own_words_never_say_patient() -> None:
    for name, face in CARDS.items():
        said = read(face.content).replace("Patient Advice and Liaison Service", "")
        assert "patient" not in said.lower(), name


def test_the_longest_card_is_far_below_the_limit() -> None:
    assert max(size(face.content) for face in CARDS.values()) < 20_000
