"""The stand-in's state in one JSON file, so that old messages can still be updated after a restart.

The file is written whole beside the old one and then renamed: a crash leaves one or the other.
"""

import asyncio
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from deploy.local.world import State

PAUSE = 0.3
"""Seconds that changes are gathered before they are written."""


def load(path: Path | None) -> State:
    """The kept state, or an empty one. Raises pydantic.ValidationError for a file not ours."""
    if path is None or not path.exists():
        return State()
    return State.model_validate_json(path.read_bytes())


def write(path: Path, text: str) -> None:
    """Put `text` in the file's place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as beside:
        beside.write(text)
        beside.flush()
        os.fsync(beside.fileno())
    Path(beside.name).replace(path)


class Keeper:
    """Writes the state a moment after it changes, and once more at the end."""

    def __init__(self, path: Path | None, state: State) -> None:
        self._path, self._state = path, state
        self._wanted = asyncio.Event()

    def changed(self) -> None:
        """There is something to write."""
        self._wanted.set()

    async def run(self) -> None:
        """Keep writing until cancelled; the last change is written then too."""
        if self._path is None:
            return
        try:
            while True:
                await self._wanted.wait()
                await asyncio.sleep(PAUSE)
                await self._save(self._path)
        finally:
            if self._wanted.is_set():
                write(self._path, self._state.model_dump_json())

    async def _save(self, path: Path) -> None:
        self._wanted.clear()
        await asyncio.to_thread(write, path, self._state.model_dump_json())
