"""Presses on the weekly digest that are its own: its other buttons belong to other cards."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from bot.press import Turn, Where
from cards.time_shapes import DigestShow


def show(session: Session, turn: Turn, submission: DigestShow) -> Where:
    """The digest as it is now, of the review asked for."""
    return Where("digest", {"review": submission.review})


HANDLERS: Mapping[str, Callable[[Session, Turn, Any], Where]] = {"digest.show": show}
HOMES: Mapping[str, Callable[[Any], Where]] = {}
