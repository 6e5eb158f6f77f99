"""How the stand-in is set up. `__main__` reads the environment; tests build this directly."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SAMPLE_APP_ID = "0e0c1f00-5a3d-4b7e-8c11-7d1e5a9b2c40"
"""The bot's app id where none is given: made up, and the same at every start."""

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Settings:
    """One stand-in.

    `port` 0 takes a free one. `rate_scale` multiplies Teams' limits, so that a test can be quick;
    0 turns them off. `page_size` is the most a roster page holds here. `latency`,
    `invoke_seconds` and `advance_seconds` are in seconds. `state_path` None keeps all in memory.
    """

    port: int = 0
    bot_url: str = "http://127.0.0.1:3978"
    app_id: str = SAMPLE_APP_ID
    bot_name: str = "Experience of care"
    rate_scale: float = 1.0
    page_size: int = 5
    latency: float = 0.0
    invoke_seconds: float = 10.0
    advance_seconds: float = 600.0
    state_path: Path | None = None


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Settings for `python -m deploy.local`.

    `MicrosoftAppId` is the audience of the tokens, as on the bot's side. Raises ValueError where
    the port is not a number.
    """
    state = environment.get("EOCIF_STAND_IN_STATE", "")
    return Settings(
        port=int(environment.get("EOCIF_STAND_IN_PORT") or "3979"),
        bot_url=(environment.get("EOCIF_BOT_URL") or "http://127.0.0.1:3978").rstrip("/"),
        app_id=environment.get("MicrosoftAppId") or SAMPLE_APP_ID,
        state_path=Path(state) if state else None,
    )
