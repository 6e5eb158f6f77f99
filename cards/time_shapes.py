"""The posted shapes of actions, reminders, digests and dates (PURE)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from cards.shapes import LARGEST_ID, Many, OneArea, OnReview, Show, Submission, Words, gathered

# --- actions --------------------------------------------------------------------------

ANY = "any"
"""What a choice sends that narrows nothing: an empty value does not arrive."""

_unless_any = BeforeValidator(lambda value: "" if value == ANY else value)


class ActionsShow(Submission):
    """A list of actions; `eocif.action_summaries.ActionFilter` says what each part means."""

    by: Literal["mine", "all"] = "mine"
    review: int = Field(0, ge=0, le=LARGEST_ID)
    section: int = Field(0, ge=0, le=LARGEST_ID)
    area: int = Field(0, ge=0, le=LARGEST_ID)
    owner: int = Field(0, ge=0, le=LARGEST_ID)
    tag: Annotated[str, _unless_any] = Field("", max_length=40)
    only: Annotated[Literal["", "overdue", "open", "settled"], _unless_any] = ""
    page: int = Field(1, ge=1, le=LARGEST_ID)


class OneAction(Submission):
    """A press on one action's card."""

    action: int = Field(gt=0, le=LARGEST_ID)


class ActionShow(OneAction):
    """An action, or one of its forms."""

    view: Literal[
        "summary", "refuse", "note", "ask_date", "answer_date", "done", "withdraw", "resume"
    ] = "summary"
    page: int = Field(1, ge=1, le=LARGEST_ID)  # of its history


class ActionNew(OnReview):
    """Opens the form for a new action; area 0 asks which."""

    area: int = Field(0, ge=0, le=LARGEST_ID)


class ActionEdit(OneAction):
    """Opens the form for an action that is there."""


class ActionSave(OnReview):
    """Makes or changes an action; `action` is 0 for a new one. `owner_name`: someone not listed.

    Inputs tags_1 … tags_5, one for each heading, are one list.
    """

    action: int = Field(0, ge=0, le=LARGEST_ID)
    area: int = Field(0, ge=0, le=LARGEST_ID)
    nonce: str = Field("", max_length=64)
    shown: dict[str, str] = Field(default_factory=dict)
    title: Words = ""
    owner: str = Field("", max_length=40)
    owner_name: Words = ""
    deadline: Words = ""
    because: Words = ""  # of a changed deadline
    measure: Words = ""
    tags: Many = ()
    collects_data: str = Field("", max_length=10)
    looked_at: Words = ""

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:
        found = gathered(data, "tags_", into="by_heading")
        ticked = ",".join(found["by_heading"].values())
        return {**found, "tags": ticked} if ticked else found


class ActionAccept(OneAction):
    """“I will do this.”"""


class ActionRefuse(OneAction):
    """“Not mine.”"""

    reason: Words = ""


class ActionNote(OneAction):
    """A progress note, evidence, or both."""

    nonce: str = Field("", max_length=64)
    note: Words = ""
    evidence: Words = ""
    link: Words = ""


class ActionAskDate(OneAction):
    """The owner asks for another date."""

    wanted_on: Words = ""
    reason: Words = ""


class ActionAnswerDate(OneAction):
    """The lead agrees to it or not."""

    answer: Literal["agree", "refuse"]
    wanted_on: str = Field("", max_length=20)  # as the card showed it: another may be asked since
    reason: Words = ""


class ActionDone(OneAction):
    """Done: what changed for people?"""

    changed: Words = ""


class ActionWithdraw(OneAction):
    """Withdrawn, with a reason."""

    reason: Words = ""


class ActionResume(OneAction):
    """Not done, or not withdrawn, after all."""

    reason: Words = ""


# --- reminders and habits ---------------------------------------------------------------


_Id = Annotated[int, Field(gt=0, le=LARGEST_ID)]


class RemindersShow(Submission):
    """The day's message again; `later` is the subject of what someone does not want to hear now."""

    ids: tuple[_Id, ...] = Field((), max_length=200)
    later: str = Field("", max_length=40)


class RemindersSnooze(RemindersShow):
    """Not to hear of one thing until a day."""

    subject: str = Field(max_length=40)
    until: Words = ""


class HabitsShow(Show):
    """When someone wants to hear from us."""


class HabitsSave(Submission):
    """The same, saved."""

    shown: dict[str, str] = Field(default_factory=dict)
    how_often: str = Field("", max_length=10)
    from_hour: str = Field("", max_length=4)
    until_hour: str = Field("", max_length=4)
    away_from: Words = ""
    away_until: Words = ""
    deputy: str = Field("", max_length=20)


class HabitsWake(Submission):
    """To hear of something again."""

    subject: str = Field(max_length=40)


class HabitsBack(Submission):
    """Back from leave early, or not going."""


# --- digests and dates ------------------------------------------------------------------


class DigestShow(Submission):
    """The digest as it is now; review 0 is the reader's first."""

    review: int = Field(0, ge=0, le=LARGEST_ID)


class DatesShow(OnReview):
    """A review's dates, or one of their forms."""

    view: Literal["summary", "meeting", "digest"] = "summary"


class DatesSave(OnReview):
    """The digest's day, hour and readers: those still ticked, and those picked besides."""

    shown: dict[str, str] = Field(default_factory=dict)
    digest_day: str = Field("", max_length=4)
    digest_hour: str = Field("", max_length=4)
    readers: Many = ()
    more_readers: Many = ()


class MeetingAdd(OnReview):
    """A forum's date."""

    nonce: str = Field(min_length=8, max_length=64)
    name: Words = ""
    meets_on: Words = ""
    papers_days: Words = ""


class MeetingRemove(OnReview):
    """A forum's date that no longer stands."""

    meeting: int = Field(gt=0, le=LARGEST_ID)


class NextShow(OnReview):
    """What the next review would carry along."""


class NextStart(OnReview):
    """Starts the set-up of the next review."""

    nonce: str = Field(min_length=8, max_length=64)


class RerateShow(OneArea):
    """What rating one area again would carry along."""


class RerateStart(OneArea):
    """Starts the set-up of a review of one area."""

    nonce: str = Field(min_length=8, max_length=64)


TIME_VERBS: Mapping[str, type[Submission]] = {
    "actions.show": ActionsShow,
    "action.show": ActionShow,
    "action.new": ActionNew,
    "action.edit": ActionEdit,
    "action.save": ActionSave,
    "action.accept": ActionAccept,
    "action.refuse": ActionRefuse,
    "action.note": ActionNote,
    "action.ask_date": ActionAskDate,
    "action.answer_date": ActionAnswerDate,
    "action.done": ActionDone,
    "action.withdraw": ActionWithdraw,
    "action.resume": ActionResume,
    "reminders.show": RemindersShow,
    "reminders.snooze": RemindersSnooze,
    "habits.show": HabitsShow,
    "habits.save": HabitsSave,
    "habits.wake": HabitsWake,
    "habits.back": HabitsBack,
    "digest.show": DigestShow,
    "dates.show": DatesShow,
    "dates.save": DatesSave,
    "meeting.add": MeetingAdd,
    "meeting.remove": MeetingRemove,
    "next.show": NextShow,
    "next.start": NextStart,
    "rerate.show": RerateShow,
    "rerate.start": RerateStart,
}
