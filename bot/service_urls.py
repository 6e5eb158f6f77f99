"""Which addresses count as Teams.

One rule for both directions: what an activity may name as its `serviceUrl`, and where the bot's
access token may be sent. It is a whole-string match on plain characters, so that no parser can
read the address differently from another: no user information, no odd ports, no query, no
dot segments, no escapes.
"""

import re

_SEGMENTS = r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?"
_TEAMS = re.compile(rf"https://([A-Za-z0-9.-]+)(?::443)?{_SEGMENTS}")
_FILES = re.compile(
    r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.sharepoint\.(?:com|us)(?::443)?/[^\s#@\\]*"
)
_LOOPBACK_FILES = re.compile(
    r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?/[^\s#@\\]*"
)
LONGEST_FILE_URL = 4096
_LOOPBACK = re.compile(rf"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{{1,5}})?{_SEGMENTS}")
MAX_LENGTH = 512


def is_loopback_url(url: str) -> bool:
    """Whether this is a plain http address on this machine."""
    return _LOOPBACK.fullmatch(url) is not None


def is_service_url(url: str, hosts: frozenset[str], *, local: bool) -> bool:
    """Whether `url` is https on one of `hosts` (lower-case names), or loopback in local mode."""
    if len(url) > MAX_LENGTH:
        return False
    found = _TEAMS.fullmatch(url)
    if found is not None:
        return found[1].lower() in hosts
    return local and is_loopback_url(url)


def is_file_url(url: str, *, local: bool) -> bool:
    """Whether a file may be put at `url`: on a SharePoint host, or on loopback in local mode.

    Teams gives such an address where a person takes a file; it carries a right of its own, so no
    token of ours goes with it.
    """
    if len(url) > LONGEST_FILE_URL:
        return False
    if _FILES.fullmatch(url) is not None:
        return True
    return local and _LOOPBACK_FILES.fullmatch(url) is not None
