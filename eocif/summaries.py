"""All that a card, digest or export may see (PURE).

Use cases return these; cards turn them into what people read. Nothing here can reach the
database, so what is not in a summary cannot be shown by mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from eocif.rules.agreement import DEFAULT, Settings
from eocif.rules.framework import Area, Edition, Section
from eocif.rules.perspectives import PERSPECTIVES, Perspective
from eocif.rules.statements import BY_AREA, BY_INDICATOR, Statement

NOTHING: Mapping[str, str] = {}


# --- what a card says back ------------------------------------------------------------


@dataclass(frozen=True)
class Differs:
    """A field that someone else, or another device, changed since this card was shown."""

    field: str
    label: str
    stored: str
    typed: str


@dataclass(frozen=True)
class Feedback:
    """What the card says about the last press, and what was typed on it.

    `problems` and `typed` are keyed by input id. Typed values fill the inputs again, so that
    nothing is lost; `differs` are fields that were not saved because the stored value moved.
    A reminder answers no press: somebody else's press sent it.
    """

    notice: str = ""
    is_problem: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    differs: tuple[Differs, ...] = ()
    is_reminder: bool = False


SILENT = Feedback()


@dataclass(frozen=True)
class PersonName:
    """A person as a list names them."""

    id: int
    name: str
    note: str = ""  # "guest", or why messages do not reach them
    recorders: tuple[str, ...] = ()  # who else records their answers, as they have no Teams
    is_yours: bool = False  # the reader records their answers


# --- reviews and their members ----------------------------------------------------------


@dataclass(frozen=True)
class ReviewHead:
    """What every card about a review says at its top."""

    id: int
    title: str
    provider: str
    division: str
    lead_name: str
    state: str


@dataclass(frozen=True)
class GroupMember:
    """A member of the review group, as the lead sees them."""

    member_id: int
    name: str
    perspectives: tuple[Perspective, ...]
    named_function: str = ""
    has_teams: bool = True
    is_guest: bool = False
    communication_needs: str = ""
    unreachable: str = ""


# --- answering ------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where a member is: which message's areas, which area, and for whom they answer.

    `member_id` is set only when a lead records answers for someone without Teams.
    """

    review_id: int
    areas: tuple[int, ...]  # the numbers that this message pages through
    area: int = 0
    member_id: int = 0


@dataclass(frozen=True)
class Privacy:
    """Who will see names and words: one line on every card that takes an answer."""

    lead_name: str
    area_leads_see_names: bool
    leads_are_shared: bool = False  # the installation names several people who lead every review
    recorder: str = ""  # who types, when it is on someone's behalf


@dataclass(frozen=True)
class EvidenceSummary:
    """A piece of evidence as its author gave it."""

    id: int
    source: str  # the source's name in words
    kind: str  # qualitative or quantitative
    text: str
    link: str


@dataclass(frozen=True)
class AreaProgress:
    """How far one person is with one area."""

    area: Area
    closes_on: date | None
    rated: int
    statements: int
    minutes: int
    status: str  # "to do", "part done", "answered", "withdrawn", "closed", "set aside", …
    round: int = 1  # from 2 on there is a draft to confirm instead of statements to rate
    unit: str = BY_INDICATOR  # what gets a level: each statement, or the whole area


@dataclass(frozen=True)
class OnBehalf:
    """Answers that someone without Teams still owes, as a task of the area lead."""

    member_id: int
    name: str
    communication_needs: str
    areas: tuple[AreaProgress, ...]


@dataclass(frozen=True)
class AreaTask:
    """An area that waits for its lead: `state` is drafting or concluding."""

    area: Area
    state: str
    due_on: date | None


@dataclass(frozen=True)
class WeekSummary:
    """This week's message for one person: their areas, and whom they record answers for."""

    head: ReviewHead
    place: Place
    first_name: str
    areas: tuple[AreaProgress, ...]
    tasks: tuple[OnBehalf, ...]
    minutes: int  # for what is left
    privacy: Privacy
    edition: Edition
    is_pointer: bool = False  # a later message has taken over from this one
    lead_tasks: tuple[AreaTask, ...] = ()  # areas that wait for this person as their lead
    concluded: tuple[Area, ...] = ()  # since their last message, where they contributed


@dataclass(frozen=True)
class HiddenWords:
    """Words of someone's own that an area's lead hid from everyone else, and why."""

    text: str
    because: str


@dataclass(frozen=True)
class AreaForm:
    """One area as one person may answer it: their own answer and nobody else's.

    `choices` maps an indicator's code to what was chosen; `words` maps a field of the words step
    to what is stored; `shown` maps each input's id to the digest of the value shown.
    `position` counts from 1 within the message's areas. `kept` are words kept for the author that
    are not part of the answer.
    """

    head: ReviewHead
    place: Place
    edition: Edition
    section: Section
    area: Area
    statements: tuple[Statement, ...]  # what gets a level: the area's own, or the whole area
    state: str  # "open", "closed", "not open yet", "set aside", "cancelled", "left the group"
    closes_on: date | None
    position: int
    minutes: int
    choices: Mapping[str, str]
    words: Mapping[str, str]  # where_now, what_good, what_do, excelling, achieving, not_applicable
    evidence: tuple[EvidenceSummary, ...]
    kept: Mapping[str, str]
    shown: Mapping[str, str]
    called_for: Mapping[str, tuple[str, ...]]  # excelling/achieving/not_applicable → codes
    left: tuple[int, ...]  # the message's other areas still to do
    privacy: Privacy
    for_name: str  # of the person without Teams; empty for one's own answer
    nonce: str
    saved_at: datetime | None
    answered: bool
    withdrawn: bool
    answered_by_how_many: int
    hidden: tuple[HiddenWords, ...] = ()

    @property
    def unit(self) -> str:
        """What gets a level: each statement, or the whole area."""
        return BY_AREA if any(each.is_whole_area for each in self.statements) else BY_INDICATOR


@dataclass(frozen=True)
class MyAreas:
    """Everything open for one person, over all their reviews."""

    first_name: str
    reviews: tuple[WeekSummary, ...]
    leads: tuple[ReviewHead, ...]  # reviews this person leads


# --- for leads ------------------------------------------------------------------------


@dataclass(frozen=True)
class OutstandingArea:
    """An open area: how many have answered and, for its leads, who has not."""

    area: Area
    closes_on: date
    answered: int
    members: int
    waiting_for: tuple[PersonName, ...]
    round: int = 1  # from 2 on it is the draft that they have not answered


@dataclass(frozen=True)
class OutstandingPerson:
    """Someone who still owes answers. Never what they said."""

    person: PersonName
    areas: tuple[int, ...]
    reminded_on: date | None
    may_remind: bool
    away_until: date | None = None  # where they are away today


@dataclass(frozen=True)
class Outstanding:
    """Who still owes what, for the lead (all) or an area lead (their areas)."""

    head: ReviewHead
    by: str  # "area" or "person"
    areas: tuple[OutstandingArea, ...]
    people: tuple[OutstandingPerson, ...]


@dataclass(frozen=True)
class AreaDates:
    """An area's state and dates; `may_close` once enough people have answered."""

    area: Area
    state: str
    opens_on: date | None
    closes_on: date | None
    answered: int
    members: int
    lead_name: str
    may_close: bool
    round: int = 1  # the latest that has begun


@dataclass(frozen=True)
class ReviewSummary:
    """A review at a glance; `areas` only for its leads, counts for everyone else."""

    head: ReviewHead
    scope: str
    executive_lead: str
    forum: str
    is_lead: bool
    is_area_lead: bool
    areas: tuple[AreaDates, ...]
    members: tuple[GroupMember, ...]
    undelivered: tuple[str, ...]
    next_dates: tuple[tuple[date, str], ...]
    perspectives: tuple[Perspective, ...] = PERSPECTIVES  # in use, in order
    rule: Settings = DEFAULT  # when a level is agreed


@dataclass(frozen=True)
class ReviewStatus:
    """Counts only, for a channel."""

    head: ReviewHead
    in_scope: int
    concluded: int
    open_now: int
    answers: int
    answers_asked_for: int
    closes_on: date | None


@dataclass(frozen=True)
class Reminded:
    """What the remind button did: whom it reminds, and who was reminded too recently.

    `weekly` chose to hear once a week; `away` are on leave until a day.
    """

    reminded: tuple[str, ...]
    too_recent: tuple[str, ...]
    cannot: tuple[str, ...]
    weekly: tuple[str, ...] = ()
    away: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class FileAnswer:
    """What became of an offered file: saved, declined, expired, unsure or not_saved."""

    review: int
    format: str
    version: str
    member: int
    what: str


# --- words ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Help:
    """What can be typed, nearest first when something was not understood."""

    first_name: str
    commands: tuple[str, ...]
    understood: bool
    channel: bool
    lead_name: str
    may_start: bool
    contact: str


@dataclass(frozen=True)
class Welcome:
    """A person's first message."""

    first_name: str
    may_start: bool
    reviews: tuple[ReviewHead, ...]


@dataclass(frozen=True)
class Problem:
    """Something that went wrong; `reference` finds it in the log."""

    sentence: str
    reference: str = ""
    typed: tuple[str, ...] = ()  # what was typed on the card that this one replaces, to copy
