"""Tells open pages what changed, as server-sent events."""

import asyncio
import json

from aiohttp import web


class Events:
    """Pages that listen. Each gets whose view changed; what changed it asks for itself."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[str | None]] = set()

    def tell(self, keys: frozenset[str]) -> None:
        """Something changed for these people, by key."""
        for page in self._pages:
            page.put_nowait(json.dumps(sorted(keys)))

    def close(self) -> None:
        """Let every page go, so that the server can stop at once."""
        for page in self._pages:
            page.put_nowait(None)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """One page's stream, until it goes away or the server stops."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        mine: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(mine)
        try:
            await response.write(b"retry: 1000\n\n")
            while (keys := await mine.get()) is not None:
                await response.write(f"data: {keys}\n\n".encode())
        except ConnectionResetError:
            pass
        finally:
            self._pages.discard(mine)
        return response
