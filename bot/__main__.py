"""`python -m bot`: the bot alone, configured by the environment."""

import sys

from aiohttp import web

from bot import logs, settings
from bot.app import build_app


def main() -> int:
    """Serve until told to stop. Exit code 2 with one sentence where it must not start."""
    try:
        checked = settings.from_environment()
    except settings.UnsafeSettings as unsafe:
        print(unsafe, file=sys.stderr)  # noqa: T201 - the one sentence for who runs it
        return 2
    logs.set_up()
    web.run_app(
        build_app(checked), host=checked.host, port=checked.port, shutdown_timeout=10, print=None,
        access_log=None,
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
