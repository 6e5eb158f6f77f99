"""A server in a process of its own, which says how much processor time it has used."""

import asyncio
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from aiohttp import web

_PROCESSES = get_context("spawn")  # a fork would take over threads and open databases
_USED, _STOP = "used", "stop"


class Served:
    """Runs `make(*arguments)`, an aiohttp application, on a free port of this machine.

    `make` and its arguments go to the new process by name and by value.
    """

    def __init__(self, make: Callable[..., web.Application], *arguments: Any) -> None:
        self._pipe, theirs = _PROCESSES.Pipe()
        self._process = _PROCESSES.Process(target=_serve, args=(theirs, make, arguments))

    def __enter__(self) -> Self:
        self._process.start()
        self.url = f"http://127.0.0.1:{self._pipe.recv()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pipe.send(_STOP)
        self._process.join(timeout=20)

    def used(self) -> float:
        """Processor seconds used so far, the user's and the system's, all threads together."""
        self._pipe.send(_USED)
        return float(self._pipe.recv())


def _serve(pipe: Connection, make: Callable[..., web.Application], arguments: Any) -> None:
    asyncio.run(_run(pipe, make(*arguments)))


async def _run(pipe: Connection, app: web.Application) -> None:
    runner, stopped = web.AppRunner(app, access_log=None, shutdown_timeout=2), asyncio.Event()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pipe.send(runner.addresses[0][1])
    loop = asyncio.get_running_loop()

    def answer() -> None:
        while pipe.recv() == _USED:
            pipe.send(time.process_time())
        loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=answer, daemon=True).start()
    await stopped.wait()
    await runner.cleanup()
