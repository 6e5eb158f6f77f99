"""What is logged: fixed words and numbers. An exception's own message is left out.

Messages of errors often quote what was typed; its type and the places it passed through are
enough to find the fault.
"""

import logging
import traceback
from copy import copy
from types import TracebackType

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Frames(logging.Formatter):
    """A formatter that prints where an exception passed, never what it said."""

    def format(self, record: logging.LogRecord) -> str:
        """One event, formatted afresh: another handler's text may have been left on the record."""
        ours = copy(record)
        ours.exc_text = None
        if record.name == "asyncio":  # its messages name a task's exception, words and all
            ours.msg, ours.args = record.getMessage().split("\n")[0], None
        return super().format(ours)

    def formatException(self, ei: ErrorInfo | tuple[None, None, None]) -> str:
        """The exception's type, what caused it, and the frames of each."""
        return "" if ei[1] is None else "\n".join(_lines(ei[1]))


def _lines(error: BaseException) -> list[str]:
    lines = [type(error).__name__]
    lines += [
        f"  {frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for each in (*inner, *([cause] if cause else [])):
        lines += ["because of", *_lines(each)]
    return lines


def set_up() -> None:
    """Log to stderr, one line an event."""
    handler = logging.StreamHandler()
    handler.setFormatter(Frames("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
