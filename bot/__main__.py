"""`python -m bot`: the bot alone, configured by the environment."""

import sys

from aiohttp import web

from bot import logs, settings
from bot.app import build_app

PATIENCE = 6.0  # seconds for presses under way when we are told to stop


def main() -> int:
    """Serve until told to stop. Exit code 2 with one sentence where it must not start."""
    try:
        checked = settings.from_environment()
    except settings.UnsafeSettings as unsafe:
        print(unsafe, file=sys.stderr)  # noqa: T201 - the one sentence for who runs it
        return 2
    logs.set_up()
    try:
        web.run_app(
            build_app(checked), host=checked.host, port=checked.port, print=None,
            shutdown_timeout=PATIENCE, access_log=None,
        )  # fmt: skip
    except OSError as error:
        print(f"The bot cannot start: {error.strerror}.", file=sys.stderr)  # noqa: T201 - the same
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
