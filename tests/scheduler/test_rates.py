import asyncio
from bisect import bisect_left

import pytest

from scheduler.rates import CONVERSATION, MEMBERS, Rates
from scheduler.sender import NotSent


class Time:
    """Seconds that pass only while somebody sleeps."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        patch.setattr(asyncio, "sleep", self.sleep)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


async def call(
    rates: Rates, clock: Time, times: int, *, chat: str = "a", **more: bool
) -> list[float]:
    """When each of so many calls was made, coming back when told to."""
    made = []
    while len(made) < times:
        try:
            await rates.wait("tenant", chat, **more)
            made.append(clock.now)
        except NotSent as busy:
            await clock.sleep(busy.retry_after or 0.0)
    return made


def most_within(made: list[float], seconds: float) -> int:
    return max(bisect_left(made, start + seconds) - number for number, start in enumerate(made))


@pytest.mark.parametrize(("members", "windows"), [(False, CONVERSATION), (True, MEMBERS)])
async def test_every_window_of_a_conversation_is_kept_for_hours(
    clock: Time, members: bool, windows: tuple[tuple[int, float], ...]
) -> None:
    made = await call(Rates(1000, clock=clock), clock, 4000, members=members)
    for most, seconds in windows:
        assert most_within(made, seconds) <= most
    per_hour = windows[-1][0]
    assert made[per_hour - 1] - made[0] < 3600  # and no slower than need be


async def test_a_tenant_never_gets_more_than_its_rate(clock: Time) -> None:
    rates = Rates(40, clock=clock)
    made = []
    for number in range(400):
        made += await call(rates, clock, 1, chat=f"chat {number}")
    assert most_within(made, 1) == 40
    assert made[-1] - made[0] == pytest.approx(9.45, abs=0.2)  # 95 per cent of the rate and more


async def test_tenants_do_not_wait_for_each_other(clock: Time) -> None:
    rates = Rates(1, clock=clock)
    await rates.wait("one", "a")
    await rates.wait("another", "b")
    assert clock.now == 1000.0


async def test_while_a_tenant_is_held_nobody_calls(clock: Time) -> None:
    rates = Rates(40, clock=clock)
    rates.hold("tenant", 2.0)
    rates.hold("tenant", 1.0)  # a shorter pause does not end a longer one
    await rates.wait("tenant", "a")
    assert clock.now == 1002.0
    rates.hold("tenant", 60.0)
    with pytest.raises(NotSent) as refused:
        await rates.wait("tenant", "b")
    assert refused.value.retry_after == 60.0


async def test_conversations_that_are_long_over_are_forgotten(clock: Time) -> None:
    rates = Rates(100_000, clock=clock)
    for number in range(999):
        await rates.wait("tenant", f"chat {number}")
    await clock.sleep(3700)
    await rates.wait("tenant", "new")
    assert set(rates._calls) == {"tenant tenant", "messages new"}


async def test_waiting_together_keeps_the_rate_as_well() -> None:
    loop, made = asyncio.get_running_loop(), []
    rates = Rates(20)

    async def one(number: int) -> None:
        await rates.wait("tenant", f"chat {number}")
        made.append(loop.time())

    await asyncio.gather(*(one(number) for number in range(30)))
    assert most_within(sorted(made), 1) <= 20
