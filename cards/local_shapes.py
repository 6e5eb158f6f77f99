"""Posted shapes of the cards on which a review decides for itself: rules, local words (PURE)."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, model_validator

from cards.shapes import LARGEST_ID, OnReview, SetupStep, Submission, Words, kept_by_id

_NONCE = Field(min_length=8, max_length=64)
_KEY = Field(max_length=60)


class SetupRules(SetupStep):
    """What is fixed before round 1. Kept as typed: the use case words what is wrong."""

    rating_unit: str = ""
    agreement_rule: str = ""
    least_people: Words = ""
    least_perspectives: Words = ""
    least_lived: Words = ""
    confirm_days: Words = ""


class LocalAdd(OnReview):
    """Adds a local statement; the nonce makes a second press harmless."""

    nonce: str = _NONCE
    area: str = ""
    text: Words = ""
    plain: Words = ""


class LocalRemove(OnReview):
    """Takes a local statement out."""

    code: str = _KEY


class LocalHelp(SetupStep):
    """An area's local words: inputs title, help_13a …, kept by their whole ids."""

    area: int = Field(gt=0, le=LARGEST_ID)
    fields: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        return kept_by_id(data, ("title", "help_"), into="fields")


class NotProvided(OnReview):
    """A service is not provided, and why; or with `provided` it is after all."""

    service: str = Field(max_length=40)
    reason: Words = ""
    provided: bool = False
    shown: dict[str, str] = Field(default_factory=dict)


class PerspectiveAdd(OnReview):
    """Adds a perspective; the nonce makes a second press harmless."""

    nonce: str = _NONCE
    name: Words = ""
    voice: str = ""


class PerspectiveChange(OnReview):
    """Renames a perspective, or gives it another voice."""

    perspective: str = _KEY
    name: Words = ""
    voice: str = ""
    shown: dict[str, str] = Field(default_factory=dict)


class PerspectiveOffer(OnReview):
    """Takes a perspective off the list, or puts it back."""

    perspective: str = _KEY
    offer: bool


LOCAL_VERBS: Mapping[str, type[Submission]] = {
    "setup.rules": SetupRules,
    "setup.local_add": LocalAdd,
    "setup.local_remove": LocalRemove,
    "setup.local_help": LocalHelp,
    "setup.not_provided": NotProvided,
    "setup.perspective_add": PerspectiveAdd,
    "setup.perspective_change": PerspectiveChange,
    "setup.perspective_offer": PerspectiveOffer,
}
