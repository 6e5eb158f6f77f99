import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.identity.aio import ClientSecretCredential, ManagedIdentityCredential

from bot.settings import settings_from
from bot.tokens import PAUSE, SCOPE, AccessTokens, NoAccessToken, access_tokens

NINE = datetime(2027, 1, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Entra:
    """Gives tokens "t1", "t2", … that end an hour after they are given."""

    def __init__(self) -> None:
        self.now = NINE
        self.asked: list[tuple[str, ...]] = []
        self.made = self.closed = 0
        self.delay = 0.0
        self.error: Exception | None = None
        self.tokens = AccessTokens(self._new, wall=lambda: self.now)

    def _new(self) -> "Entra":
        self.made += 1
        return self

    async def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        self.asked.append(scopes)
        await asyncio.sleep(self.delay)
        if self.error is not None:
            raise self.error
        return AccessToken(f"t{len(self.asked)}", int((self.now + HOUR).timestamp()))

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def entra() -> Entra:
    return Entra()


async def test_a_token_is_kept_until_five_minutes_before_its_end(entra: Entra) -> None:
    assert await entra.tokens.get() == "t1"
    entra.now += HOUR - timedelta(minutes=5, seconds=1)
    assert await entra.tokens.get() == "t1"
    assert entra.asked == [(SCOPE,)]


async def test_a_token_is_renewed_behind_the_calls_that_still_use_it(entra: Entra) -> None:
    await entra.tokens.get()
    entra.now += HOUR - timedelta(minutes=4)
    assert await entra.tokens.get() == "t1"
    await asyncio.sleep(0.01)
    assert await entra.tokens.get() == "t2"


async def test_a_failed_renewal_leaves_the_token_that_still_holds(entra: Entra) -> None:
    await entra.tokens.get()
    entra.now += HOUR - timedelta(minutes=4)
    entra.error = ClientAuthenticationError("secret text")
    for _ in range(5):
        assert await entra.tokens.get() == "t1"
        await asyncio.sleep(0)
    assert len(entra.asked) == 2  # one failure, then a pause


async def test_an_ended_token_is_never_given(entra: Entra) -> None:
    await entra.tokens.get()
    entra.now += HOUR
    assert await entra.tokens.get() == "t2"
    entra.now += HOUR
    entra.error = OSError("no route")
    with pytest.raises(NoAccessToken):
        await entra.tokens.get()


async def test_many_calls_share_one_request(entra: Entra) -> None:
    entra.delay = 0.02
    assert set(await asyncio.gather(*(entra.tokens.get() for _ in range(50)))) == {"t1"}
    assert len(entra.asked) == 1


async def test_after_a_failure_there_is_a_pause(
    entra: Entra, caplog: pytest.LogCaptureFixture
) -> None:
    entra.error = ClientAuthenticationError("secret text")
    for _ in range(3):
        with pytest.raises(NoAccessToken):
            await entra.tokens.get()
    assert len(entra.asked) == 1
    entra.error = None
    entra.now += PAUSE
    assert await entra.tokens.get() == "t2"
    assert "secret text" not in caplog.text


async def test_a_refused_token_is_replaced_through_a_new_credential(entra: Entra) -> None:
    assert await entra.tokens.get() == "t1"
    assert await entra.tokens.get(refused="t1") == "t2"
    assert await entra.tokens.get(refused="t1") == "t2"  # another call, refused the same token
    assert (entra.made, entra.closed) == (2, 1)


async def test_a_call_that_runs_out_of_time_does_not_stop_the_request(entra: Entra) -> None:
    entra.delay = 0.05
    impatient = asyncio.create_task(entra.tokens.get())
    patient = asyncio.create_task(entra.tokens.get())
    await asyncio.sleep(0.01)
    impatient.cancel()
    assert await patient == "t1"


async def test_closing_stops_a_request(entra: Entra) -> None:
    await entra.tokens.close()
    entra.delay = 5.0
    waiting = asyncio.create_task(entra.tokens.get())
    await asyncio.sleep(0.01)
    await asyncio.wait_for(entra.tokens.close(), 1)
    assert entra.closed == 1
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_the_identity_is_the_configured_one() -> None:
    local = settings_from({"EOCIF_LOCAL": "1"})
    assert access_tokens(local) is None
    secret = replace(local, app_type="SingleTenant", app_password="made up", app_tenant_id="f" * 8)
    managed = replace(local, app_type="UserAssignedMSI")
    for settings, kind in ((secret, ClientSecretCredential), (managed, ManagedIdentityCredential)):
        tokens = access_tokens(settings)
        assert tokens is not None
        credential = tokens._new_credential()
        assert isinstance(credential, kind)
        await credential.close()
