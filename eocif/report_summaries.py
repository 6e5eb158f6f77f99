"""What a report may show (PURE): filled for one version, so that a writer only lays it out.

What a version may not show is not in here: names are empty, tuples are empty, and no writer
decides anything about who reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from eocif.round_summaries import AreaResult, StatementResult
from eocif.rules.agreement import Settings
from eocif.rules.framework import Area, Edition, Section
from eocif.rules.perspectives import Perspective
from eocif.rules.statements import Statement
from eocif.rules.tags import Heading, Tag
from eocif.rules.visibility import Version


@dataclass(frozen=True)
class StatementReport:
    """How one statement ended. `level` is a key, empty for not agreed, not applicable, not ended.

    `origin`: agreed, lead (“set by the lead”), not_agreed, not_applicable, or empty while the area
    is not concluded. `result` is None where the version shows no spread. `before` is last time's
    level: a key, “not_agreed”, or empty where there was none.
    """

    statement: Statement
    level: str
    origin: str
    reason: str
    heard: str
    confirmed_by: str
    confirmed_on: date | None
    result: StatementResult | None
    before: str


@dataclass(frozen=True)
class Dissent:
    """A concern or comment that stays with the worksheet. `stands`: the lead let it stand."""

    group: str
    answer: str  # agree_with_comment or concern
    text: str
    reply: str
    stands: bool


@dataclass(frozen=True)
class EvidenceReport:
    """A piece of evidence: the source and kind in words; `text` is empty where not shown."""

    area: int
    source: str
    kind: str  # qualitative or quantitative
    text: str
    link: str


@dataclass(frozen=True)
class Story:
    """Someone's story, with how their consent was recorded."""

    area: int
    text: str
    link: str
    consent: str
    recorded_on: date | None


@dataclass(frozen=True)
class Reopening:
    """An area that was opened again after it was concluded, and the levels it had."""

    on: date
    because: str
    levels: Mapping[str, str]


@dataclass(frozen=True)
class AreaReport:
    """One area. `words`: where_now, what_good, what_do, gap; empty until it is concluded."""

    section: Section
    area: Area
    state: str  # an AreaState value
    set_aside_because: str
    words: Mapping[str, str]
    draws_on: tuple[Perspective, ...]
    not_cited: tuple[Perspective, ...]
    statements: tuple[StatementReport, ...]
    not_applicable: tuple[tuple[Statement, str], ...]  # locally, with the reason
    result: AreaResult | None
    dissent: tuple[Dissent, ...]
    concerns: int
    concerns_standing: int
    did_not_respond: int
    evidence: tuple[EvidenceReport, ...]
    reopened: tuple[Reopening, ...]
    concluded_by: str
    concluded_on: date | None

    @property
    def withholds_levels(self) -> bool:
        """Whether ratings that this version would show are those of one or two people."""
        return self.result is not None and self.result.is_withheld


@dataclass(frozen=True)
class Round:
    """A round's turnout: how many were asked and how many answered, over all areas."""

    name: str  # “Round 1”
    first_day: date | None
    last_day: date | None
    asked: int
    answered: int


@dataclass(frozen=True)
class Method:
    """How it was done, after the items of ACCORD (reporting of consensus methods).

    `participants`: perspective in words and number, small ones merged. `changes`: what differed
    from the plan, such as rounds extended, areas reopened or set aside, a sentence each.
    """

    participants: tuple[tuple[str, int], ...]
    lived_experience: int
    without_teams: int
    missing: tuple[Perspective, ...]
    silent: tuple[Perspective, ...]
    rule: Settings
    rounds: tuple[Round, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Attached:
    """A divisional review: its levels by section, as counts of statements by level key."""

    title: str
    division: str
    signed_off_on: date | None
    scope: str
    sections: tuple[tuple[Section, Mapping[str, int]], ...]


@dataclass(frozen=True)
class Occasion:
    """A day from which levels hold: a review's baseline, or a re-rating of single areas.

    `levels` are by code: a key or “not_agreed”, of areas that are concluded then and now. `on` is
    None while the review that is reported has no baseline.
    """

    title: str
    on: date | None
    is_rerating: bool
    is_this: bool  # the review that is reported
    levels: Mapping[str, str]


@dataclass(frozen=True)
class ActionNote:
    """What was written of an action: a note, evidence, or why it was taken up again."""

    on: date
    by: str
    kind: str  # an `eocif.rules.actions.Event` value
    text: str
    link: str


@dataclass(frozen=True)
class MovedDeadline:
    """A deadline that was changed, with the reason; `after` is None where it was taken away."""

    on: date
    by: str
    before: date
    after: date | None
    because: str


@dataclass(frozen=True)
class ActionReport:
    """Something that will be done about an area.

    `number` is its place in the order in which the review's actions were made. Of a deadline a
    version shows the day, or its month alone: "2028-02", empty while there is none. `owner` is
    empty also while there is none.
    """

    number: int
    section: Section
    area: Area
    title: str
    status: str  # an `eocif.rules.actions.Status` value
    is_carried_over: bool  # from the review before
    month: str
    deadline: date | None = None
    days_overdue: int = 0
    owner: str = ""
    measure: str = ""
    tags: tuple[Tag, ...] = ()
    collects_data: bool = False
    looked_at: str = ""
    settled_on: date | None = None  # done or withdrawn
    because: str = ""  # it was withdrawn
    changed: str = ""  # for people, once it is done
    notes: tuple[ActionNote, ...] = ()  # oldest first
    moved: tuple[MovedDeadline, ...] = ()  # oldest first


@dataclass(frozen=True)
class PersonView:
    """One member's answer to one area, for the lead's workbook alone."""

    area: int
    name: str
    perspective: str
    on_behalf: bool
    choices: Mapping[int, Mapping[str, str]]  # by round, the choice by code
    words: Mapping[str, str]  # by field, hidden words replaced
    answer: str
    comment: str


@dataclass(frozen=True)
class Report:
    """A whole review for one version of a report.

    `strong`, `to_improve` and `consistency` are our groupings, of codes, marked so: agreed
    achieving or excelling; agreed lower; close, not agreed, or with a perspective gap.
    `principles` are the National Quality Board's, where this version shows what actions are
    tagged with. `over_time` is oldest first, and empty while there is nothing but this review.
    """

    version: Version
    made_at: datetime
    edition: Edition
    title: str
    provider: str
    division: str
    state: str  # a ReviewState value
    scope: str
    lead: str
    executive_lead: str
    forum: str
    segment: str
    unit: str  # indicator or area
    method: Method
    areas: tuple[AreaReport, ...]
    strong: tuple[str, ...]
    to_improve: tuple[str, ...]
    consistency: tuple[str, ...]
    stories: tuple[Story, ...]
    safety_reference: str
    effectiveness_reference: str
    predecessor: Mapping[str, str]  # 2018, by heading
    attached: tuple[Attached, ...]
    before: tuple[str, date | None]  # last time's title and baseline; ("", None) where none
    baseline_on: date | None
    reassess_on: date | None
    reassess_because: str
    signed_off_by: str
    people: tuple[PersonView, ...]  # for Version.LEAD alone
    seal: str  # of the audit trail when this was made
    actions: tuple[ActionReport, ...] = ()  # area by area, the soonest due first
    principles: tuple[Heading, ...] = ()
    over_time: tuple[Occasion, ...] = ()
