"""What cards may see of reminders, habits, digests and dates (PURE)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eocif.action_summaries import ActionLine
from eocif.rules.framework import Area, Section
from eocif.rules.perspectives import Perspective
from eocif.rules.reminding import Kind
from eocif.summaries import AreaTask, ReviewHead

# --- reminders ------------------------------------------------------------------------


@dataclass(frozen=True)
class Remembered:
    """One thing that someone is reminded of, as it stands when the card is shown.

    `is_over` where nothing is owed any more: it is done, or somebody else's. `due_on` is the
    deadline itself, not the day of the reminder. `for_whom` is whose it is, where the reader is
    not its owner: someone without Teams, someone away, or someone overdue. `title` is an action's,
    a forum's or a review's name: people's words.
    """

    kind: Kind
    subject: str
    head: ReviewHead
    due_on: date | None
    is_over: bool = False
    area: Area | None = None
    action_id: int = 0
    title: str = ""
    for_whom: str = ""
    why_me: str = ""  # "", no_teams, unreachable, away, overdue or unowned
    days_overdue: int = 0
    state: str = ""  # an AreaState, where it is a draft; what waits, where it is an action
    answer: str = ""  # to an owner who asked for another date: agreed, or kept as it was
    areas: tuple[Area, ...] = ()  # of a round that is about to close
    months: int = 0  # before a re-assessment or the national edition; 0 on the day
    is_today: bool = False  # the day it is due


@dataclass(frozen=True)
class RemindersCard:
    """The day's message: everything of today for one person, the most urgent first."""

    first_name: str
    items: tuple[Remembered, ...]
    ids: tuple[int, ...] = ()  # of the stored reminders, to show the same again


@dataclass(frozen=True)
class Habits:
    """When someone wants to hear from us. `deputies`: id and name of who could stand in.

    `values` by input id: how_often (any, weekly), from_hour, until_hour, away_from, away_until,
    deputy. `snoozed`: what they do not want to hear of, in words, with its subject and day.
    """

    first_name: str
    values: Mapping[str, str]
    shown: Mapping[str, str]
    deputies: tuple[tuple[int, str], ...]
    snoozed: tuple[tuple[str, str, date], ...] = ()
    stands_in_for: tuple[str, ...] = ()
    is_away: bool = False  # today


# --- digests --------------------------------------------------------------------------


@dataclass(frozen=True)
class SectionProgress:
    """How many areas of a section are in which state; states as AREA_STATES has them in words."""

    section: Section
    states: Mapping[str, int]
    in_scope: int


@dataclass(frozen=True)
class Outstanding:
    """An open area in the digest: who still owes an answer, by name for its leads alone."""

    area: Area
    round: int
    closes_on: date
    answered: int
    asked: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class WithLead:
    """Areas of which someone else is to write the draft or the conclusion, by `state`."""

    name: str
    state: str
    numbers: tuple[int, ...]
    due_on: date


@dataclass(frozen=True)
class ReviewDigest:
    """A review's week, for one reader. `is_part` where it is an area lead's part.

    `moved` are sentences: what ended, opened or closed since a week ago. `gaps` are statements'
    names with a gap of two levels. `undelivered`: who, and why in plain words; `what_to_do` is
    the sentence that goes with each. `next_dates`: a day and a sentence.
    """

    head: ReviewHead
    since: date
    until: date
    is_part: bool
    moved: tuple[str, ...]
    sections: tuple[SectionProgress, ...]
    outstanding: tuple[Outstanding, ...]
    silent: tuple[Perspective, ...]
    waits_for_you: tuple[AreaTask, ...]
    may_sign_off: bool
    due_soon: tuple[ActionLine, ...]  # within 14 days
    overdue: tuple[ActionLine, ...]
    actions_waiting: tuple[ActionLine, ...]  # refused, without an owner, another date asked for
    gaps: tuple[str, ...]
    undelivered: tuple[tuple[str, str, str], ...]  # who, why, what to do
    next_dates: tuple[tuple[date, str], ...]
    may_remind: bool
    tasks_without_teams: int = 0
    led: tuple[int, ...] = ()  # the areas of an area lead's part
    may_extend: bool = False
    may_see_actions: bool = False  # in their list: who only reads the digest may not
    with_leads: tuple[WithLead, ...] = ()  # for the review's lead alone

    @property
    def says_something(self) -> bool:
        """Whether there is anything that its reader does not know, or has to do."""
        return bool(
            self.moved or self.outstanding or self.silent or self.waits_for_you
            or self.may_sign_off or self.due_soon or self.overdue or self.actions_waiting
            or self.undelivered or self.with_leads
        )  # fmt: skip


@dataclass(frozen=True)
class Digest:
    """A person's weekly digest: a review in full, the others by name with a button each."""

    first_name: str
    review: ReviewDigest
    others: tuple[ReviewHead, ...] = ()


# --- dates ----------------------------------------------------------------------------


@dataclass(frozen=True)
class MeetingLine:
    """A forum's date and the day on which its papers close."""

    id: int
    name: str
    meets_on: date
    papers_on: date


@dataclass(frozen=True)
class Dates:
    """A review's dates and its digest's settings. `values`: digest_day, digest_hour (as text).

    `readers`: who gets the digest besides its leads, by Entra object id and name.
    """

    head: ReviewHead
    baseline_on: date | None
    reassess_on: date | None
    edition_review_on: date
    meetings: tuple[MeetingLine, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    readers: tuple[tuple[str, str], ...] = ()
    may_start_next: bool = False
    next_id: int = 0  # the draft or review that follows this one; 0 where there is none
    today: date = field(default=date.min)
    nonce: str = ""  # for a forum's date that is added
    is_rerating: bool = False  # of single areas: it has no next assessment of its own


@dataclass(frozen=True)
class NextReview:
    """What the next review would carry along, before it is started; or a re-rating of one area.

    `scope` names its areas in words. `next_id` is the one that was started already; 0 for none.
    """

    head: ReviewHead
    scope: str
    members: int
    left: int  # who were in the group and have left it: they are not carried along
    open_actions: int
    reassess_on: date | None
    area: Area | None = None  # where one area alone is rated again
    unreached: int = 0  # of its members, whom our messages do not reach now
    start_on: date | None = None  # as the draft would propose it
    nonce: str = ""
    next_id: int = 0
