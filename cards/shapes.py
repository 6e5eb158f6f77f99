"""The common parts of posted shapes (PURE)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from eocif.rules.text import clean
from eocif.summaries import Place

Words = Annotated[str, BeforeValidator(lambda text: clean(text) if isinstance(text, str) else text)]
Go = Literal["stay", "next", "back"]

LARGEST_ID = 2**31 - 1  # of a PostgreSQL integer
MOST = 200  # values in one list: more than any card of ours holds


def _commas(value: Any) -> Any:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


Many = Annotated[tuple[str, ...], BeforeValidator(_commas), Field(max_length=MOST)]
Numbers = Annotated[tuple[int, ...], BeforeValidator(_commas), Field(max_length=MOST)]


class Submission(BaseModel):
    """What every press carries. Unknown keys are ignored, as Teams adds its own."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=100_000)


class OnReview(Submission):
    """A press on a card about a review."""

    review: int = Field(gt=0, le=LARGEST_ID)


class SetupStep(OnReview):
    """A step of the set-up that saves what it holds, then goes on, back, or stays."""

    shown: dict[str, str] = Field(default_factory=dict)
    go: Go = "next"
    clear: str = ""  # a field to empty: an emptied input does not arrive, so it has its own button


class OneArea(OnReview):
    """A press on a card about one area of a review."""

    area: int = Field(gt=0, le=LARGEST_ID)


class OnWeek(OnReview):
    """A press on a message that pages through areas."""

    areas: Numbers = ()
    member: int = 0

    @property
    def place(self) -> Place:
        """Where the person is."""
        return Place(self.review, self.areas, getattr(self, "area", 0), self.member)


class OnArea(OnWeek):
    """A press on one area of such a message."""

    area: int = Field(gt=0, le=LARGEST_ID)


class Show(Submission):
    """Opens a card that needs to know nothing more."""


def gathered(data: Any, prefix: str, *, into: str) -> Any:
    """Collect the inputs whose ids share a prefix, by the rest of their id."""
    if not isinstance(data, dict):
        return data
    found = {
        key.removeprefix(prefix): value
        for key, value in data.items()
        if key.startswith(prefix) and isinstance(value, str)
    }
    return {**data, into: found}


def kept_by_id(data: Any, prefixes: tuple[str, ...], *, into: str) -> Any:
    """Collect the inputs whose ids begin with one of these, by their whole id, cleaned."""
    if not isinstance(data, Mapping):
        return data
    found = {
        key: clean(value)
        for key, value in data.items()
        if key.startswith(prefixes) and isinstance(value, str)
    }
    return {**data, into: found}
