"""Activities as Teams sends them, unknown fields included, posted to the running bot."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.local.settings import SAMPLE_APP_ID
from deploy.local.signing import SigningKey
from tests.cards.harness import read
from tests.scenarios.play import Cast
from tests.scenarios.scenes import everyone_has_the_app

Activity = dict[str, Any]
Load = Callable[[str], Activity]

PAYLOADS = Path(__file__).parents[1] / "payloads"
EVERY = sorted(path.stem for path in PAYLOADS.glob("*.json"))
UNREADABLE = "We could not read this card. Nothing was changed. Type “my areas” to carry on."
OURS_TO_IGNORE = (
    *("message_delete", "person_conversation", "reaction", "team_member_removed"),
    *("team_install_older", "team_renamed", "team_uninstall", "person_uninstall"),
)


@pytest.fixture
def load(cast: Cast) -> Load:
    """A payload by name, as if it came from this stand-in and this person's chat in it."""
    everyone_has_the_app(cast)
    teams = cast.stage.teams
    people = teams.inside.world.directory

    def loaded(name: str) -> Activity:
        activity: Activity = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
        activity["serviceUrl"] = f"{teams.url}/uk/"
        conversation = activity["conversation"]
        conversation["id"] = conversation["id"].partition(";")[0]
        person = people.find(activity["from"]["id"])
        if person and conversation["conversationType"] == "personal":
            conversation["id"] = cast.stage.look(f"chat?person={person.key}")["id"]
        return activity

    return loaded


# --- known ------------------------------------------------------------------------------------


def test_typed_words_are_answered_once_however_often_teams_sends_them(
    cast: Cast, load: Load
) -> None:
    words = load("personal_message")
    for _ in range(3):
        assert cast.stage.post_activity(words) == (200, "")
    assert cast.hears() == {"amina": ["Experience of care reviews: your areas"]}


def test_edited_words_are_answered_as_new(cast: Cast, load: Load) -> None:
    edited = load("message_edit")
    for _ in range(2):
        assert cast.stage.post_activity(edited)[0] == 200
    (amina,) = cast("amina")
    assert len(amina.hears()) == 1
    assert "You are not part of a review at the moment. Nothing is asked of you." in amina.reads()


def test_a_mention_opens_the_set_up_in_one_s_own_chat(cast: Cast, load: Load) -> None:
    for _ in range(2):
        assert cast.stage.post_activity(load("channel_mention"))[0] == 200
    assert cast.hears("tom") == {"tom": ["Set up your review: step 1 of 6"]}


@pytest.mark.parametrize("name", ["card_press", "card_refresh"])
def test_a_press_of_an_older_card_is_answered_with_a_card(
    cast: Cast, load: Load, name: str
) -> None:
    for _ in range(2):
        status, answer = cast.stage.post_activity(load(name))
        assert (status, answer["statusCode"]) == (200, 200)
        assert answer["type"] == "application/vnd.microsoft.card.adaptive"
        assert UNREADABLE in read(answer["value"])
    assert cast.hears() == {}


def test_an_old_client_s_press_of_an_older_card_is_answered_with_a_message(
    cast: Cast, load: Load
) -> None:
    for _ in range(2):
        assert cast.stage.post_activity(load("submit_message"))[0] == 200
    (joan,) = cast("joan")
    assert len(joan.hears()) == 1
    assert UNREADABLE in joan.reads()


def test_an_installation_is_welcomed_once(cast: Cast, load: Load) -> None:
    for _ in range(3):
        assert cast.stage.post_activity(load("person_install"))[0] == 200
    assert cast.hears() == {"tom": ["Welcome: how this app works"]}


def test_someone_who_comes_into_the_team_can_be_picked(cast: Cast, load: Load) -> None:
    for name in ("team_installation", "team_install", "team_member_added"):
        assert cast.stage.post_activity(load(name))[0] == 200
    assert cast.hears() == {}
    (amina,) = cast("amina")
    amina.says("start a review")
    amina.forges("setup.show", review=1, step="roster", perspective="volunteers")
    assert {"Joan Pettifer", "Sunil Rao (guest)"} <= set(amina.reads().splitlines())


# --- harmless ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OURS_TO_IGNORE)
def test_events_that_ask_for_nothing_are_answered_with_nothing(
    cast: Cast, load: Load, name: str
) -> None:
    for _ in range(2):
        assert cast.stage.post_activity(load(name)) == (200, "")
    assert cast.hears() == {}


@pytest.mark.parametrize("name", ["unknown_invoke", "file_consent", "file_decline"])
def test_invokes_that_nobody_asked_for_are_declined(cast: Cast, load: Load, name: str) -> None:
    status, _ = cast.stage.post_activity(load(name))
    assert status in {200, 400}
    assert cast.hears() == {}


# --- turned away ------------------------------------------------------------------------------


def _turns(cast: Cast) -> dict[str, float]:
    """How many activities reached the bot, by outcome, as the metrics count them."""
    text = cast.stage.call("GET", f"{cast.stage.bot_url}/metrics")[1]
    counted = re.findall(r'^eocif_turns_total\{outcome="([^"]+)"\} (\S+)$', text, re.MULTILINE)
    return {outcome: float(n) for outcome, n in counted if not outcome.startswith("refused")}


def _with(activity: Activity, **changed: Any) -> Activity:
    return {**activity, **changed}


def test_what_is_not_from_teams_never_reaches_the_bot(cast: Cast, load: Load) -> None:
    url = f"{cast.stage.bot_url}/api/messages"
    stranger = SigningKey()
    loaded = [load(name) for name in EVERY]
    cast.hears()
    before = _turns(cast)
    for activity in loaded:
        service = activity["serviceUrl"]
        forged = stranger.token(SAMPLE_APP_ID, service)
        assert cast.stage.call("POST", url, activity)[0] == 401
        for token in (forged, "Bearer", "a.b.c", ""):
            headers = {"Authorization": f"Bearer {token}"}
            assert cast.stage.call("POST", url, activity, headers)[0] == 401
        for claims in ({"exp": 1}, {"aud": "someone-else"}, {"iss": "https://example.org"}):
            assert cast.stage.post_activity(activity, **claims)[0] == 401
        assert cast.stage.post_activity(activity, serviceurl="https://example.org")[0] == 403
        assert cast.stage.post_activity(_with(activity, channelId="webchat"))[0] == 403
    assert cast.hears() == {}
    assert _turns(cast) == before


def test_malformed_and_oversized_bodies_never_reach_the_bot(cast: Cast, load: Load) -> None:
    words = load("personal_message")
    before = _turns(cast)
    url = f"{cast.stage.bot_url}/api/messages"
    token = cast.stage.teams.inside.bot.key.token(SAMPLE_APP_ID, words["serviceUrl"])
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    text = json.dumps(words)
    deep = text[:-1] + ', "value": ' + "[" * 5000 + "]" * 5000 + "}"
    for body, expected in [
        (b"", 400), (b"{", 400), (b"[]", 400), (b"\xff\xfe", 400), (text[:-40].encode(), 400),
        (deep.encode(), 400), (text.replace("my areas", "\\ud83d").encode(), 400),
        (text.replace("my areas", "a" * 300_000).encode(), 413),
    ]:  # fmt: skip
        assert cast.stage.call("POST", url, body, headers)[0] == expected
    for changed in (
        {"type": None}, {"type": 7}, {"from": "Amina"}, {"from": {"id": ""}},
        {"conversation": None}, {"text": ["my areas"]}, {"channelData": "none"},
        {"from": {"id": "29:amina", "name": "Amina"}},
    ):  # fmt: skip
        assert cast.stage.post_activity(_with(words, **changed))[0] in {400, 403}
    other = {"tenant": {"id": "0" * 8 + "-0000-4000-8000-" + "0" * 12}}
    assert cast.stage.post_activity(_with(words, channelData=other))[0] == 403
    assert cast.hears() == {}
    assert _turns(cast) == before


def test_odd_values_in_a_press_get_a_card_and_never_a_500(cast: Cast, load: Load) -> None:
    press = load("card_press")
    for value in (
        None, [], "save", {}, {"action": None}, {"action": {"verb": None, "data": None}},
        {"action": {"verb": "area.levels", "data": {"review": 1e308, "area": -1}}},
        {"action": {"verb": "area.levels", "data": {"review": 10**30, "area": 10**30}}},
        {"action": {"verb": "area.words", "data": {"review": 1, "area": 1, "shown": {"x": {}}}}},
        {"action": {"verb": "setup.people", "data": {"review": 1, "people": {"a": "b"}}}},
        {"action": {"verb": "review.start", "data": {"nonce": "n" * 65}}},
    ):  # fmt: skip
        status, answer = cast.stage.post_activity(_with(press, value=value))
        assert status == 200, value
        assert "We could not do that" in read(answer["value"]), value
