"""Links that people give as evidence: checked by their letters, never fetched.

A link is shown with its host, so that a reader knows where it goes before pressing it. A host
with letters beyond a to z is shown in its ASCII form: look-alikes then look different.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from yarl import URL

from eocif.rules.text import clean

LONGEST = 2000
"""The most characters of a link, as typed and as stored."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://([^/?#]*)", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_LONGEST_HOST = 253
# Browsers read a host whose last part is a number, also in hexadecimal, as an address.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)


class Fault(StrEnum):
    """Why a link was not taken."""

    NOT_A_LINK = "not_a_link"
    NOT_HTTPS = "not_https"
    HAS_USER = "has_user"
    NO_HOST = "no_host"
    IS_ADDRESS = "is_address"
    TOO_LONG = "too_long"


class BadLink(ValueError):
    """A link we do not keep; `reason` says why, and callers put it in words."""

    def __init__(self, reason: Fault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Link:
    """A link fit to show: its address in ASCII, and the host to show beside it."""

    url: str
    host: str


def checked_link(text: str) -> Link:
    """The https link in `text`; raises BadLink for anything else.

    Refused: other schemes, a user name, no host, a numeric address in any notation, white space
    and control characters, and more than 2,000 characters.
    """
    typed = clean(text)
    if len(typed) > LONGEST:
        raise BadLink(Fault.TOO_LONG)
    _check_beginning(typed)
    url = _parsed(typed)
    host = _checked_host(url.raw_host or "")
    if len(str(url)) > LONGEST:
        raise BadLink(Fault.TOO_LONG)
    return Link(str(url), host)


def _check_beginning(typed: str) -> None:
    """Refuses by what stands before the path: programs disagree on odd spellings of it."""
    begins = _SCHEME.match(typed)
    if begins is None or not typed.isprintable() or any(sign in typed for sign in " \\"):
        raise BadLink(Fault.NOT_A_LINK)
    scheme, authority = begins.groups()
    if scheme.lower() != "https":
        raise BadLink(Fault.NOT_HTTPS)
    if "@" in authority:
        raise BadLink(Fault.HAS_USER)


def _parsed(typed: str) -> URL:
    try:
        return URL(typed)
    except ValueError as problem:
        raise BadLink(Fault.NOT_A_LINK) from problem


def _checked_host(host: str) -> str:
    if not host:
        raise BadLink(Fault.NO_HOST)
    host = host.removesuffix(".")
    labels = host.split(".")
    if ":" in host or _NUMBER.fullmatch(labels[-1]):
        raise BadLink(Fault.IS_ADDRESS)
    if len(host) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, labels)):
        raise BadLink(Fault.NOT_A_LINK)
    return host
