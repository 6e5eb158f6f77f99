import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.keys import FIRST_PAUSE, REFETCH_PAUSE, STALE, KeysUnavailable, SigningKeys
from tests.bot.authority import Authority
from tests.bot.loopback_tls import contexts


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def keys(authority: Authority, http: aiohttp.ClientSession, seconds: Seconds) -> SigningKeys:
    return SigningKeys(authority.url, http, seconds)


async def test_keys_are_fetched_once_and_kept(authority: Authority, keys: SigningKeys) -> None:
    assert not keys.loaded
    assert await keys.load()
    assert await keys.load()
    first = await keys.find("first")
    assert first is not None
    assert first.endorsements == {"msteams", "webchat"}
    assert keys.loaded
    assert authority.asked == 1


async def test_a_new_key_is_taken_at_once(
    authority: Authority, keys: SigningKeys, seconds: Seconds
) -> None:
    await keys.load()
    authority.add_key("second")
    seconds.now += REFETCH_PAUSE
    assert await keys.find("second") is not None
    assert authority.asked == 2


async def test_unknown_keys_are_looked_up_once_a_minute_at_most(
    authority: Authority, keys: SigningKeys, seconds: Seconds
) -> None:
    await keys.load()
    for second in range(121):
        seconds.now = 1000.0 + second
        assert await keys.find(f"made-up-{second}") is None
    assert authority.asked == 3  # at 0, 60 and 120 seconds


async def test_many_callers_share_one_look_up(authority: Authority, keys: SigningKeys) -> None:
    authority.delay = 0.05
    found = await asyncio.gather(*(keys.find("first") for _ in range(50)))
    assert None not in found
    assert authority.asked == 1


async def test_a_caller_who_goes_away_does_not_stop_the_look_up(
    authority: Authority, keys: SigningKeys
) -> None:
    authority.delay = 0.1
    impatient = asyncio.create_task(keys.find("first"))
    patient = asyncio.create_task(keys.find("first"))
    await asyncio.sleep(0.02)
    impatient.cancel()
    assert await patient is not None
    assert authority.asked == 1


async def test_slow_keys_do_not_hold_up_those_whose_key_is_known(
    authority: Authority, keys: SigningKeys, seconds: Seconds
) -> None:
    await keys.load()
    authority.delay = 0.3
    seconds.now += REFETCH_PAUSE
    waiting = asyncio.create_task(keys.find("rotated"))
    loop, longest = asyncio.get_running_loop(), 0.0
    while not waiting.done():
        began = loop.time()
        assert await keys.find("first") is not None
        await asyncio.sleep(0)
        longest = max(longest, loop.time() - began)
    assert longest < 0.05
    assert waiting.result() is None


async def test_a_look_up_that_hangs_is_given_up_on(
    authority: Authority, keys: SigningKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.keys.TIMEOUT", 0.05)
    authority.delay = 5.0
    with pytest.raises(KeysUnavailable):
        await keys.find("first")


async def test_old_keys_stay_when_a_look_up_fails(
    authority: Authority, keys: SigningKeys, seconds: Seconds
) -> None:
    await keys.load()
    authority.status = 503
    seconds.now += REFETCH_PAUSE
    with pytest.raises(KeysUnavailable):
        await keys.find("unknown")
    assert await keys.find("first") is not None


async def test_without_any_key_the_next_look_up_comes_sooner(
    authority: Authority, keys: SigningKeys, seconds: Seconds
) -> None:
    authority.status = 500
    assert not await keys.load()
    authority.status = 200
    with pytest.raises(KeysUnavailable):
        await keys.find("first")
    seconds.now += FIRST_PAUSE
    assert await keys.find("first") is not None


async def test_a_key_withdrawn_by_microsoft_is_dropped_within_a_day(
    authority: Authority, keys: SigningKeys, seconds: Seconds
) -> None:
    authority.add_key("second")
    await keys.load()
    del authority.private["first"]
    seconds.now += STALE + 1
    assert await keys.find("first") is not None  # answered from what is held, renewed behind it
    assert await keys.find("third") is None  # waits for that same look-up
    assert await keys.find("second") is not None
    assert await keys.find("first") is None
    assert authority.asked == 2


@pytest.mark.parametrize(
    ("attribute", "document"),
    [
        ("metadata", []),
        ("metadata", {}),
        ("metadata", {"jwks_uri": "ftp://keys.example/"}),
        ("metadata", {"jwks_uri": 7}),
        ("metadata", {"padding": "x" * 300_000}),
        ("key_set", "no JSON"),
        ("key_set", "[" * 100_000),
        ("key_set", {"keys": []}),
        ("key_set", {"keys": {"kid": "first"}}),
        ("key_set", {}),
        ("key_set", {"keys": ["first", {"kid": "first", "kty": "oct", "k": "AAAA"}, {}]}),
        ("key_set", {"keys": [{"kid": "first", "kty": "RSA", "n": "AQAB", "e": "AQAB"}]}),
    ],
)
async def test_documents_that_hold_no_key_are_no_keys(
    authority: Authority, keys: SigningKeys, attribute: str, document: Any
) -> None:
    setattr(authority, attribute, document)
    assert not await keys.load()


async def test_an_odd_entry_does_not_hide_the_sound_ones(
    authority: Authority, keys: SigningKeys
) -> None:
    sound = authority.public_jwk("first")
    private = {**sound, "kid": "private", "d": "AQAB"}
    authority.extra_keys = [None, {**sound, "kid": 7}, {**sound, "endorsements": 7}, private]
    assert await keys.load()
    assert await keys.find("first") is not None
    assert await keys.find("private") is None


@pytest.mark.parametrize("plainly", [False, True])
async def test_a_document_that_came_by_https_may_only_point_to_https(
    authority: Authority, tmp_path: Path, plainly: bool
) -> None:
    server, client = contexts(tmp_path)
    safe = Authority()
    await safe.server.start_server(ssl=server)
    if plainly:
        safe.metadata = {"jwks_uri": str(authority.server.make_url("/keys"))}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=client)) as session:
        assert await SigningKeys(safe.url, session).load() is not plainly
    await safe.server.close()


async def test_a_redirect_is_not_followed(authority: Authority, keys: SigningKeys) -> None:
    authority.status = 302
    assert not await keys.load()


async def test_closing_stops_a_look_up(authority: Authority, keys: SigningKeys) -> None:
    await keys.close()
    authority.delay = 5.0
    waiting = asyncio.create_task(keys.find("first"))
    await asyncio.sleep(0.02)
    await asyncio.wait_for(keys.close(), 1)
    with pytest.raises(asyncio.CancelledError):
        await waiting
