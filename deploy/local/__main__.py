"""`python -m deploy.local`: the stand-in on this machine, until Ctrl-C."""

import asyncio
import contextlib
import os
import signal

from deploy.local.app import start
from deploy.local.settings import from_environment


async def run() -> None:
    """Serve until told to stop."""
    settings = from_environment(os.environ)
    running = await start(settings)
    print(f"Open {running.url}  (the bot is expected at {settings.bot_url})", flush=True)
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers on the loop
            loop.add_signal_handler(name, told.set)
    await told.wait()
    await running.stop()


if __name__ == "__main__":
    asyncio.run(run())
