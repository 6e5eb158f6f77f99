"""Posted shapes of the cards between a round's close and sign-off (PURE)."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from cards.shapes import (
    LARGEST_ID,
    Many,
    OnArea,
    OneArea,
    OnReview,
    Submission,
    Words,
    kept_by_id,
)

# --- an area's lead -------------------------------------------------------------------


class ResultsShow(OneArea):
    """How an area's ratings are spread: at a glance, or one statement by group."""

    code: str = Field("", max_length=20)


class VoicesShow(OneArea):
    """People's own words on one question, a page at a time; `hide` opens a form for one text."""

    field: str = Field("where_now", max_length=40)
    page: int = 1
    hide: str = Field("", max_length=60)
    consent: str = Field("", max_length=60)


class VoicesHide(VoicesShow):
    """Hides words that identify someone, in the text whose key `hide` holds."""

    words: Words = ""
    reason: Words = ""


class VoicesUnhide(VoicesShow):
    """Shows a hidden text again."""


class VoicesConsent(VoicesShow):
    """Records how consent was given to show a story to the board; `consent` holds its key."""

    how: Words = ""


class DraftShow(OneArea):
    """A step of the lead's work; “auto” is the one that fits the area's state.

    On the step “concerns”, `response` is the one to answer, and `page` which of them are shown.
    """

    step: Literal[
        "auto", "results", "words", "levels", "send", "concerns", "conclude", "set_aside",
    ] = "auto"  # fmt: skip
    response: int = Field(0, ge=0, le=LARGEST_ID)
    page: int = 1


class DraftWords(OneArea):
    """The draft's three answers, whom it draws on, and a sentence on the gap."""

    shown: dict[str, str] = Field(default_factory=dict)
    where_now: Words = ""
    what_good: Words = ""
    what_do: Words = ""
    gap: Words = ""
    draws_on: Many = ()
    go: Literal["levels", "stop"] = "levels"


class DraftLevels(OneArea):
    """The draft's levels: inputs level_1a, reason_1a, heard_1a …, kept by their whole ids."""

    shown: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    go: Literal["send", "stop", "words", "conclude"] = "send"

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        return kept_by_id(data, ("level_", "reason_", "heard_"), into="fields")


class DraftSend(OneArea):
    """Sends the draft to the group."""


class DraftClear(OneArea):
    """Empties fields of the draft: an emptied input does not arrive."""

    what: Many = ()
    step: Literal["words", "levels"] = "words"


class SetAside(OneArea):
    """Sets an area aside."""

    reason: Words = ""


class ConcludeReply(OneArea):
    """Answers a concern, or lets it stand."""

    response: int = Field(gt=0, le=LARGEST_ID)
    shown: dict[str, str] = Field(default_factory=dict)  # the digest of “reply” as it was stored
    reply: Words = ""
    kind: Literal["answered", "stands"] = "answered"


class ConcludeFinish(OneArea):
    """Concludes the area."""


# --- members --------------------------------------------------------------------------


class ConfirmShow(OnArea):
    """Opens a draft to read it, to read others' words, to change levels, or to answer."""

    step: Literal["auto", "draft", "voices", "levels", "answer", "saved"] = "auto"
    field: str = Field("where_now", max_length=40)
    page: int = 1
    answer: str = Field("", max_length=40)  # chosen already when the answer is asked for


class ConfirmLevels(OnArea):
    """Levels changed in round 2: inputs level_1a …, kept by their whole ids."""

    shown: dict[str, str] = Field(default_factory=dict)
    fields: dict[str, str] = Field(default_factory=dict)
    go: Literal["answer", "stop"] = "answer"

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        return kept_by_id(data, ("level_",), into="fields")


class ConfirmAnswer(OnArea):
    """Agrees with the draft, or raises a concern."""

    shown: dict[str, str] = Field(default_factory=dict)
    answer: str = Field("", max_length=40)
    comment: Words = ""


class OutcomeShow(OnArea):
    """What became of an area."""


# --- the whole review -------------------------------------------------------------------


class WorksheetShow(OnReview):
    """The worksheet as it stands; with a section, its areas."""

    section: int = Field(0, ge=0, le=LARGEST_ID)


class SignOffShow(OnReview):
    """The last look before sign-off."""


class SignOffDo(OnReview):
    """Signs the review off; `offered` is the day that the card had filled in."""

    offered: str = Field("", max_length=10)
    reassess_on: Words = ""
    reassess_because: Words = ""


class ReopenShow(OneArea):
    """Asks why an area is to be opened again."""


class Reopen(OneArea):
    """Opens a concluded or set-aside area again."""

    reason: Words = ""


class FactsShow(OnReview):
    """What reports say besides."""


class FactsSave(OnReview):
    """References, the 2018 predecessor by heading, and attached reviews."""

    shown: dict[str, str] = Field(default_factory=dict)
    safety_reference: Words = ""
    effectiveness_reference: Words = ""
    predecessor_1: Words = ""
    predecessor_2: Words = ""
    predecessor_3: Words = ""
    predecessor_4: Words = ""
    predecessor_5: Words = ""
    attached: Many = ()


class ReportShow(OnReview):
    """Which reports there are."""


class ReportMake(OnReview):
    """Asks for a report in the personal chat; `member` for an answer pack."""

    format: Literal["docx", "xlsx", "csv", "json"] = "docx"
    version: Literal["group", "board", "icb", "public", "lead", "plan", "member"] = "group"
    member: int = Field(0, ge=0, le=LARGEST_ID)


WORKSHEET_VERBS: Mapping[str, type[Submission]] = {
    "results.show": ResultsShow,
    "voices.show": VoicesShow,
    "voices.hide": VoicesHide,
    "voices.unhide": VoicesUnhide,
    "voices.consent": VoicesConsent,
    "draft.show": DraftShow,
    "draft.words": DraftWords,
    "draft.levels": DraftLevels,
    "draft.clear": DraftClear,
    "draft.send": DraftSend,
    "draft.set_aside": SetAside,
    "conclude.reply": ConcludeReply,
    "conclude.finish": ConcludeFinish,
    "confirm.show": ConfirmShow,
    "confirm.levels": ConfirmLevels,
    "confirm.answer": ConfirmAnswer,
    "outcome.show": OutcomeShow,
    "worksheet.show": WorksheetShow,
    "signoff.show": SignOffShow,
    "signoff.do": SignOffDo,
    "reopen.show": ReopenShow,
    "reopen.do": Reopen,
    "facts.show": FactsShow,
    "facts.save": FactsSave,
    "report.show": ReportShow,
    "report.make": ReportMake,
}
