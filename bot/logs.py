"""What is logged: fixed words and numbers. An exception's own message is left out.

Messages of errors often quote what was typed; its type and the places it passed through are
enough to find the fault.
"""

import logging
import traceback
from types import TracebackType

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Frames(logging.Formatter):
    """A formatter that prints where an exception passed, never what it said."""

    def formatException(self, ei: ErrorInfo | tuple[None, None, None]) -> str:
        """The exception's type, its cause's, and the frames."""
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        cause = error.__cause__ or error.__context__
        names = kind.__name__ + (f" from {type(cause).__name__}" if cause else "")
        frames = "".join(
            f"  {frame.filename}:{frame.lineno} {frame.name}\n"
            for frame in traceback.extract_tb(trace)
        )
        return f"{names}\n{frames}".rstrip()


def set_up() -> None:
    """Log to stderr, one line an event."""
    handler = logging.StreamHandler()
    handler.setFormatter(Frames("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
