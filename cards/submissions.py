"""Each verb's posted shape, parsed (PURE).

A card's data names where the person is; who they are comes only from the checked activity. Inputs
arrive beside the data under their ids; an emptied input does not arrive at all. Text is cleaned
here, once; its length is judged later so that words which are too long survive.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from cards.local_shapes import LOCAL_VERBS
from cards.shapes import (
    LARGEST_ID,
    Many,
    Numbers,
    OnArea,
    OnReview,
    OnWeek,
    SetupStep,
    Show,
    Submission,
    Words,
    gathered,
)
from cards.time_shapes import TIME_VERBS
from cards.worksheet_shapes import WORKSHEET_VERBS

Step = Literal[
    "details", "scope", "pace", "group", "perspective", "roster", "member", "without_teams",
    "leads", "check", "rules", "local", "local_statement", "local_help", "not_provided",
    "perspectives", "perspective_change", "perspective_add",
]  # fmt: skip


class UnknownVerb(ValueError):
    """A press that no card of ours makes."""


# --- set-up ---------------------------------------------------------------------------------------


class StartReview(Submission):
    """Asks for a new review; the nonce makes a second press harmless."""

    nonce: str = Field(min_length=8, max_length=64)


class SetupShow(OnReview):
    """Opens a step of the set-up."""

    step: Step = "details"
    perspective: str = ""
    member: int = 0
    page: int = 1
    area: int = Field(0, ge=0, le=LARGEST_ID)
    service: str = Field("", max_length=40)


class SetupDetails(SetupStep):
    """Step 1."""

    title: Words = ""
    provider: Words = ""
    division: Words = ""
    executive_lead: Words = ""
    forum: Words = ""
    segment: Words = ""
    see_names: str = ""


class SetupScope(SetupStep):
    """Step 2: inputs section_1 … section_5, each a list of area numbers."""

    sections: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        return gathered(data, "section_", into="sections")


class SetupPace(SetupStep):
    """Step 3. Kept as typed: the use case words what is wrong with a number or a date."""

    start_on: Words = ""
    pace: Words = ""
    answer_days: Words = ""
    finish_by: Words = ""


class SetupPeople(OnReview):
    """People picked for a perspective, by Entra object id."""

    perspective: str
    people: Many = ()


class SetupRoster(OnReview):
    """People ticked on a page of the team's roster, by our own ids."""

    perspective: str
    page: int = 1
    picked: Numbers = ()
    offered: Numbers = ()  # who was on the page: unticking one removes them
    go_page: int = 0


class SetupMember(OnReview):
    """One member's perspectives, named function and communication needs."""

    member: int = Field(gt=0, le=LARGEST_ID)
    speaks_from: str = ""
    also: Many = ()
    named_function: str = ""
    needs: Words = ""


class SetupWithoutTeams(OnReview):
    """Adds someone who takes part without Teams."""

    nonce: str = Field(min_length=8, max_length=64)
    name: Words = ""
    perspective: str = ""
    needs: Words = ""


class SetupRemove(OnReview):
    """Removes a member from the group; their answers stay."""

    member: int = Field(gt=0, le=LARGEST_ID)


class SetupLeads(SetupStep):
    """Step 5: inputs lead_1 … lead_5, each a person's id."""

    leads: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        return gathered(data, "lead_", into="leads")


# --- answering ------------------------------------------------------------------------


class AreaShow(OnArea):
    """Opens an area: its answer where there is one, or one of its two steps."""

    step: Literal["auto", "levels", "words", "clear", "withdraw"] = "auto"


class AreaLevels(OnArea):
    """The levels step: inputs level_1a, level_1b …"""

    shown: dict[str, str] = Field(default_factory=dict)
    levels: dict[str, str] = Field(default_factory=dict)
    go: Literal["words", "stop"] = "words"

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        return gathered(data, "level_", into="levels")


class AreaWords(OnArea):
    """The words step: three questions, what the levels call for, and a piece of evidence."""

    shown: dict[str, str] = Field(default_factory=dict)
    nonce: str = ""
    where_now: Words = ""
    what_good: Words = ""
    what_do: Words = ""
    excelling: Words = ""
    achieving: Words = ""
    not_applicable: Words = ""
    source: str = ""
    kind: str = ""
    evidence: Words = ""
    link: Words = ""
    go: Literal["saved", "more", "levels"] = "saved"


class AreaWithdraw(OnArea):
    """Withdraws an answer, after it was asked whether they are sure."""


class AreaClear(OnArea):
    """Clears the chosen parts of an answer: fields, levels and pieces of evidence."""

    what: Many = ()


# --- for leads ------------------------------------------------------------------------


class OutstandingShow(OnReview):
    """Who still owes what."""

    by: Literal["area", "person"] = "area"


class ReviewShow(OnReview):
    """A review at a glance, or one of its forms."""

    view: Literal["summary", "extend", "close", "cancel", "members"] = "summary"
    area: int = 0


class ReviewExtend(OnReview):
    """Gives an area's round a later closing day."""

    area: int = Field(gt=0, le=LARGEST_ID)
    until: Words = ""


class ReviewClose(OnReview):
    """Closes an area's round early."""

    area: int = Field(gt=0, le=LARGEST_ID)


class ReviewCancel(OnReview):
    """Cancels a review."""

    reason: Words = ""


VERBS: Mapping[str, type[Submission]] = {
    "help.show": Show,
    "mine.show": Show,
    "review.start": StartReview,
    "setup.show": SetupShow,
    "setup.details": SetupDetails,
    "setup.scope": SetupScope,
    "setup.pace": SetupPace,
    "setup.people": SetupPeople,
    "setup.roster": SetupRoster,
    "setup.member": SetupMember,
    "setup.without_teams": SetupWithoutTeams,
    "setup.remove": SetupRemove,
    "setup.leads": SetupLeads,
    "setup.start": OnReview,
    **LOCAL_VERBS,
    "week.show": OnWeek,
    "area.show": AreaShow,
    "area.levels": AreaLevels,
    "area.words": AreaWords,
    "area.withdraw": AreaWithdraw,
    "area.clear": AreaClear,
    "outstanding.show": OutstandingShow,
    "outstanding.remind": OnReview,
    "review.show": ReviewShow,
    "review.extend": ReviewExtend,
    "review.close": ReviewClose,
    "review.cancel": ReviewCancel,
    **WORKSHEET_VERBS,
    **TIME_VERBS,
}


def parse(verb: str, data: Mapping[str, Any]) -> Submission:
    """A press's verb and data as its shape. Raises UnknownVerb where no card of ours made it."""
    shape = VERBS.get(verb)
    if shape is None:
        raise UnknownVerb("this button is not one of ours")
    try:
        return shape.model_validate(dict(data))
    except ValidationError as refused:
        raise UnknownVerb("this card's data is not as we made it") from refused
