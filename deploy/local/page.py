"""Serves the page, and Microsoft's renderer from the packages it is installed in."""

from pathlib import Path
from typing import Final

from aiohttp import web

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
PACKAGES: Final = HERE / "node_modules"
LIBRARIES: Final = {
    "adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js",
    "teams-light.json": "adaptivecards-designer/lib/hostConfigs/microsoft-teams-light.json",
    "teams-dark.json": "adaptivecards-designer/lib/hostConfigs/microsoft-teams-dark.json",
    "markdown-it.js": "markdown-it/dist/browser/markdown-it.umd.min.js",
}
POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def routes() -> list[web.AbstractRouteDef]:
    """The page at /, its parts under /static, the renderer under /lib."""
    return [
        web.get("/", index),
        web.get("/lib/{name}", library),
        web.static("/static", STATIC),
    ]


async def index(_: web.Request) -> web.FileResponse:
    """The page."""
    return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY})


async def library(request: web.Request) -> web.FileResponse:
    """One of the renderer's files. 404 for others, and where the packages are not installed."""
    path = PACKAGES / LIBRARIES.get(request.match_info["name"], "")
    if not path.is_file():
        raise web.HTTPNotFound(text="Run `npm ci` in deploy/local first.")
    return web.FileResponse(path)
