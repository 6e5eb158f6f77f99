"""`make run`: migrate, start the bot and the stand-in, print the one address to open.

The bot runs in its own process with its own settings, as it would anywhere; the stand-in speaks
to it over HTTP alone. Ctrl-C stops both. A second run keeps its data; `--reset` begins afresh.
"""

import argparse
import asyncio
import os
import shutil
import signal
import socket
import sys
from pathlib import Path

import aiohttp

from deploy.local.app import Running, start
from deploy.local.settings import SAMPLE_APP_ID, Settings

VAR = Path("var")
DATA = VAR / "local"
# Other ports only where these are taken; the page's address is printed.
BOT_PORT = int(os.environ.get("EOCIF_PORT") or 3978)
PAGE_PORT = int(os.environ.get("EOCIF_STAND_IN_PORT") or 3979)
PATIENCE = 60.0  # seconds to become ready


def environment(stand_in_url: str) -> dict[str, str]:
    """The bot's environment: local mode, tokens checked exactly as in production."""
    return {
        **os.environ,
        "EOCIF_LOCAL": "1",
        "MicrosoftAppId": SAMPLE_APP_ID,
        "EOCIF_DATABASE_URL": f"sqlite:///{DATA}/eocif.db",
        "EOCIF_HOST": "127.0.0.1",
        "EOCIF_PORT": str(BOT_PORT),
        "EOCIF_OPENID_METADATA_URL": f"{stand_in_url}/.well-known/openidconfiguration",
    }


async def main(reset: bool) -> int:
    """Run until told to stop; the exit code."""
    _check_free(BOT_PORT, PAGE_PORT)
    if reset:
        shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True, exist_ok=True)
    bot_url = f"http://127.0.0.1:{BOT_PORT}"
    page = await start(Settings(port=PAGE_PORT, bot_url=bot_url, state_path=DATA / "stand-in.json"))
    env = environment(page.url.rstrip("/"))
    migrated = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "eocif", "migrate", env=env
    )
    if await migrated.wait():
        return 2
    bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", env=env)
    try:
        await _ready(bot, bot_url)
        await _first_time(page)
        told = f"\nOpen {page.url}\nPress Ctrl-C to stop."
        print(told, flush=True)  # noqa: T201 - the one address to open
        await _until_told(bot)
    finally:
        await _stop(bot)
        await page.stop()
    return 0


def _check_free(*ports: int) -> None:
    """Before anything is deleted: a run that is still going needs its data."""
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise SystemExit(
                    f"Port {port} is in use. Is another `make run` still going? "
                    "EOCIF_PORT and EOCIF_STAND_IN_PORT choose other ports."
                )


async def _ready(bot: asyncio.subprocess.Process, url: str) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
        while bot.returncode is None:
            try:
                async with session.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit("The bot did not start; its reason is above.")


async def _first_time(page: Running) -> None:
    """The app is put into the sample team, and added by everyone in Teams, once."""
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{page.url}/control/state?brief=1") as answer:
            state = await answer.json()
        if state["team"]["installed"]:
            return
        people = state["people"]
        whose = [{"team": True}, *({"person": each["key"]} for each in people if each["in_teams"])]
        for each in whose:
            async with session.post(f"{page.url}/control/install", json=each) as installed:
                installed.raise_for_status()


async def _until_told(bot: asyncio.subprocess.Process) -> None:
    told = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, told.set)
    waits = {asyncio.create_task(told.wait()), asyncio.create_task(bot.wait())}
    _, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()


async def _stop(bot: asyncio.subprocess.Process) -> None:
    if bot.returncode is None:
        bot.send_signal(signal.SIGTERM)
        await bot.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="begin afresh")
    sys.exit(asyncio.run(main(parser.parse_args().reset)))
