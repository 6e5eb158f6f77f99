"""The harness reads, presses and judges cards rightly; each rule is broken once."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from cards.actions import Execute, OpenUrl, card, refresh
from cards.elements import Fact, FactSet, Image, TextBlock, heading, words
from cards.inputs import ChoiceInput, TextInput, choice
from tests.cards import harness
from tests.cards.harness import Card, button, events, events_of, inputs, lint, press, read, size
from tests.cards.shoot import shoot

SAVE = Execute("Save my view", verb="save", data={"area": 13})
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def sound(*body: Any, **more: Any) -> Card:
    """A card that breaks no rule, with these elements under its heading."""
    return card([heading("Area 13"), *body], **{"actions": [SAVE], **more})


def broken(body: dict[str, Any]) -> list[str]:
    """What lint says of a card with this raw element in it."""
    shown = sound()
    shown["body"].append(body)
    return lint(shown, summary="Areas for this week")


# --- Microsoft's parser -----------------------------------------------------------------


def test_the_parser_judges_many_cards_in_their_order() -> None:
    wrong = sound()
    wrong["body"][0]["size"] = "huge"
    found = events_of([sound(), wrong, sound()])
    assert found[0] == found[2] == []
    assert found[1] == ['InvalidPropertyValue: Invalid value "huge" for property "size".']


def test_a_chart_with_a_fallback_is_one_event() -> None:
    shown = sound()
    shown["body"].append({"type": "Chart.Donut", "fallback": TextBlock("4 of 8").render()})
    assert len(events(shown)) == 1


def test_the_parser_finds_a_duplicate_id_and_an_empty_list_of_choices() -> None:
    field = {"type": "Input.ChoiceSet", "id": "a", "label": "A", "choices": []}
    shown = sound(TextInput("a", label="A"))
    shown["body"].append(field)
    assert [event.split(":")[0] for event in events(shown)] == [
        "DuplicateId",
        "CollectionCantBeEmpty",
    ]


def test_node_comes_from_the_wheel_where_the_machine_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    assert Path(harness.node()).is_file()
    assert events(sound()) == []


def test_a_missing_renderer_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "RENDERER", Path("nowhere"))
    with pytest.raises(RuntimeError, match="npm ci"):
        events(sound())


# --- Reading and pressing ---------------------------------------------------------------------


def test_a_card_is_read_in_order_with_its_buttons_last() -> None:
    shown = sound(
        words("Ann said\n", "hello {{DATE(x)}}"),
        FactSet([Fact("Pace", "5 a week")]),
        Image(DOT, alt_text="A dot"),
        TextInput("t", label="Title", placeholder="In your words", value="Mine"),
        ChoiceInput("c", [choice("a", "Achieving")], label="Area 13a", value="a"),
    )
    reordered = {"actions": shown.pop("actions"), **shown}
    assert read(reordered).splitlines() == [
        "Area 13",
        "Ann said",
        "hello {{DATE(x)}}",
        *("Pace", "5 a week", "A dot"),
        *("Title", "In your words", "Mine"),
        *("Area 13a", "Achieving"),
        "Save my view",
    ]


def test_what_only_machines_see_is_not_read() -> None:
    shown = read(sound(refresh=refresh("show", {"secret": "s"})))
    assert shown == "Area 13\nSave my view"


def test_inputs_are_found_by_their_ids() -> None:
    assert inputs(sound(TextInput("t", label="Title")))["t"]["label"] == "Title"


def test_a_button_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(AssertionError, match="Save my view"):
        button(sound(), "Withdraw")


def test_a_press_sends_the_data_and_what_the_inputs_hold() -> None:
    shown = sound(
        TextInput("t", label="T", value="kept"),
        TextInput("u", label="U", value="old"),
        TextInput("v", label="V", value="cleared"),
        TextInput("w", label="W"),
    )
    assert press(shown, "Save my view", u="new", v="") == {
        "type": "Action.Execute",
        "verb": "save",
        "data": {"area": 13, "t": "kept", "u": "new"},
    }


def test_a_press_without_inputs_leaves_them_out() -> None:
    back = Execute("Back", verb="back", associated_inputs="none")
    shown = sound(TextInput("t", label="T", is_required=True, error_message="M"), actions=[back])
    assert press(shown, "Back")["data"] == {}


def test_a_press_is_held_back_by_a_required_input_and_by_one_that_is_not_there() -> None:
    shown = sound(TextInput("t", label="T", is_required=True, error_message="M"))
    with pytest.raises(AssertionError, match="Required and empty"):
        press(shown, "Save my view")
    with pytest.raises(AssertionError, match="No inputs"):
        press(shown, "Save my view", x="y")


# --- Judging ------------------------------------------------------------------------------------


def test_a_sound_card_breaks_no_rule() -> None:
    assert lint(sound(words("hello")), summary="Areas", words=["hello", ""]) == []


BROKEN_BODIES: dict[str, dict[str, Any]] = {
    "has no label": {"type": "Input.Text", "id": "a"},
    "has no error message": {"type": "Input.Text", "id": "a", "label": "A", "isRequired": True},
    "has no id": {"type": "Input.Text", "label": "A"},
    "looks like a heading and is none": {"type": "TextBlock", "text": "x", "size": "large"},
    "no words for those who cannot see": {"type": "Image", "url": DOT},
    "color attention speaks by colour": {"type": "TextBlock", "text": "x", "color": "attention"},
    "style good speaks by colour": {"type": "Container", "items": [], "style": "good"},
    "button has no title": {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl"}]},
    "does not say what happens": {
        "type": "ActionSet",
        "actions": [Execute("OK", verb="v").render()],
    },
    "does nothing in an old client": {
        "type": "ActionSet",
        "actions": [{"type": "Action.Execute", "title": "Save", "verb": "v"}],
    },
    "More than 6 buttons": {
        "type": "ActionSet",
        "actions": [OpenUrl("Read", "https://nhs.uk").render()] * 7,
    },
}


@pytest.mark.parametrize("rule", BROKEN_BODIES)
def test_each_rule_for_elements_is_noticed(rule: str) -> None:
    found = broken(BROKEN_BODIES[rule])
    assert len(found) == 1
    assert rule in found[0]


BROKEN_FRAMES: dict[str, dict[str, Any]] = {
    "version is 1.6": {"version": "1.6"},
    "names no language": {"lang": ""},
    "more than 60 people": {"refresh": {"userIds": ["29:a"] * 61}},
    "has no heading": {"body": []},
    "first heading is not of level 1": {"body": [heading("x", 2).render()]},
}


@pytest.mark.parametrize("rule", BROKEN_FRAMES)
def test_each_rule_for_the_whole_card_is_noticed(rule: str) -> None:
    found = lint({**sound(), **BROKEN_FRAMES[rule]}, summary="Areas")
    assert len(found) == 1
    assert rule in found[0]


def test_an_id_used_twice_is_noticed_once() -> None:
    shown = sound(TextInput("a", label="A"), TextBlock("b", id="a"))
    assert lint(shown, summary="Areas") == ["The id a stands more than once."]


def test_a_fallback_with_another_verb_or_other_data_is_noticed() -> None:
    shown = sound()
    shown["actions"][0]["fallback"]["data"]["verb"] = "other"
    assert len(lint(shown, summary="Areas")) == 1


def test_the_summary_says_something_and_holds_nobodys_words() -> None:
    assert lint(sound(), summary=" ") == ["The message has no summary."]
    assert len(lint(sound(), summary="Ann was rude", words=["rude"])) == 1


def test_peoples_words_may_stand_in_runs_inputs_and_choices_only() -> None:
    said = "CANARY {{DATE(x)}}"
    fine = sound(
        words(said),
        TextInput("t", label="T", value=said),
        ChoiceInput("c", [choice("1", said)], label="C"),
    )
    assert lint(fine, summary="Areas", words=[said]) == []
    wrong = sound(
        TextBlock(said),
        FactSet([Fact("Said", said)]),
        TextInput("t", label=said, placeholder=said),
        actions=[Execute(said, verb="v", data={"said": said})],
    )
    places = [found.split(" stand in ")[1] for found in lint(wrong, summary="A", words=[said])]
    assert [place.split(": ")[0] for place in places] == [
        "TextBlock.text",
        "FactSet.facts.value",
        "Input.Text.label",
        "Input.Text.placeholder",
        "Action.Execute.title",
        "Action.Execute.data.said",
        "Action.Submit.title",
        "Action.Submit.data.said",
    ]


def test_size_counts_unescaped_bytes_as_sent() -> None:
    plain, accented = size(sound(words("e" * 100))), size(sound(words("é" * 100)))
    assert accented - plain == 100


def test_peoples_words_count_towards_the_larger_limit_only() -> None:
    said = 'She said "no"\n' * 3000
    shown = sound(words(said))
    assert size(shown) > harness.MOST_OF_OURS
    assert lint(sound(words(said[:20_000])), summary="Areas", words=[said[:20_000]]) == []
    assert "more than 25600" in lint(sound(words("x" * 26_000)), summary="Areas")[0]
    found = lint(sound(words("y" * 82_000)), summary="Areas", words=["y" * 82_000])
    assert len(found) == 1
    assert "more than 81920" in found[0]


# --- Looking ----------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here")
@pytest.mark.parametrize("dark", [False, True])
def test_a_card_can_be_looked_at(tmp_path: Path, dark: bool) -> None:
    shoot(sound(), tmp_path / "card.png", dark=dark)
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
