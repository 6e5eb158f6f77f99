"""What cards may see once a round has closed: results, words, drafts, conclusions (PURE)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from eocif.rules.agreement import Verdict
from eocif.rules.framework import Area, Edition, Section
from eocif.rules.perspectives import Perspective
from eocif.rules.spread import SMALLEST, GroupSpread, Spread
from eocif.rules.statements import Statement
from eocif.summaries import EvidenceSummary, HiddenWords, PersonName, Place, Privacy, ReviewHead

# --- results --------------------------------------------------------------------------


@dataclass(frozen=True)
class StatementResult:
    """One statement's ratings, as far as anyone may be shown them.

    `gap` is the lower median of lived experience minus that of staff and leadership, in levels.
    `moved` of `moved_of` people changed their level since round 1; both 0 while it is round 1.
    """

    statement: Statement
    verdict: Verdict
    spread: Spread
    groups: tuple[GroupSpread, ...]
    gap: int | None
    moved: int
    moved_of: int


@dataclass(frozen=True)
class AreaResult:
    """An area's ratings after a round. `asked` were in the group; `people` took part.

    `is_withheld`: so few took part that its levels, which are left out, are for its leads alone.
    """

    round: int
    asked: int
    people: int
    statements: tuple[StatementResult, ...]
    contributed: tuple[Perspective, ...]
    silent: tuple[Perspective, ...]  # in the group, but nobody of them took part
    is_withheld: bool = False

    def for_others(self) -> "AreaResult":
        """The same for everyone but its leads: without the levels of one or two people."""
        if not 0 < self.people < SMALLEST:
            return self
        return replace(self, statements=(), is_withheld=True)


# --- people's own words ---------------------------------------------------------------


@dataclass(frozen=True)
class Utterance:
    """Something that one person wrote, as it may be shown: hidden words are replaced already.

    `key` names it for buttons: "12:where_now", "12:evidence_7", "12:comment_2" (member, then what).
    `field` is where_now, what_good, what_do, excelling, achieving, not_applicable, evidence or
    comment. `group` is the perspective it stands under, merged where few speak from it. `name` is
    empty where the reader may not see it. `hidden_because` has the lead's reasons, for leads and
    the author alone.
    """

    key: str
    group: str
    name: str
    field: str
    text: str
    source: str = ""
    kind: str = ""
    link: str = ""
    on_behalf: bool = False
    hidden_because: tuple[str, ...] = ()
    is_all_hidden: bool = False
    is_story: bool = False
    consent: str = ""
    consent_on: date | None = None


# --- the lead's work on an area -------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """What a member said of the draft, and what the lead answered.

    `answer`: agree, agree_with_comment, concern. `reply_kind`: "", answered, stands.
    """

    id: int
    utterance: Utterance
    answer: str
    reply: str
    reply_kind: str
    stays: bool = True  # with the worksheet: its author has answered no later draft


@dataclass(frozen=True)
class Responses:
    """How members answered the draft. `replies` hold those with words; `waiting_for` by name.

    While the round is open only `answered` is told: what people answered is for its close.
    """

    asked: int
    agree: int
    agree_with_comment: int
    concern: int
    replies: tuple[Reply, ...]
    waiting_for: tuple[str, ...]
    answered: int = 0

    @property
    def did_not_respond(self) -> int:
        """Never counted as agreement."""
        return self.asked - max(self.answered, self.agree + self.agree_with_comment + self.concern)


NO_RESPONSES = Responses(0, 0, 0, 0, (), ())


@dataclass(frozen=True)
class DraftSummary:
    """The area's worksheet as drafted, by input id; `shown` are digests of each field.

    Fields: where_now, what_good, what_do, draws_on (perspective keys), gap, and for each statement
    level_1a (a level key or “not_agreed”), reason_1a, heard_1a. `values` are `fields` with a level
    the rule agreed filled in where the lead has not chosen one.
    """

    fields: Mapping[str, str]
    values: Mapping[str, str]
    kept: Mapping[str, str]
    shown: Mapping[str, str]
    changed_by: str
    changed_at: datetime | None
    not_cited: tuple[Perspective, ...]  # contributed, but the draft does not draw on them


@dataclass(frozen=True)
class AreaWork:
    """All that an area's lead needs to draft it and conclude it.

    `state` is an `AreaState` value. `standing` are sentences that say what is still needed before
    the next step: sending the draft round, or concluding. `first` is round 1's result where
    `result` is a later one's. `before` are last time's levels by statement code, or “not_agreed”:
    empty until round 1 has closed.
    """

    head: ReviewHead
    edition: Edition
    section: Section
    area: Area
    state: str
    round: int
    closes_on: date | None
    due_on: date | None
    lead_name: str
    result: AreaResult
    first: AreaResult | None
    perspectives: tuple[Perspective, ...]
    utterances: tuple[Utterance, ...]
    draft: DraftSummary
    responses: Responses
    standing: tuple[str, ...]
    may_send_again: bool
    others_waiting: tuple[int, ...]  # other areas of this lead that wait for them
    sees_names: bool
    is_lead: bool
    asks: int = 0  # if the draft were sent now: how many are asked …
    asks_on: date | None = None  # … the day on which they are …
    asks_until: date | None = None  # … and the day that round would close
    to_tell: tuple[PersonName, ...] = ()  # without Teams: the lead tells them what became of it
    before: Mapping[str, str] = field(default_factory=dict)
    before_on: date | None = None  # last time's baseline


# --- members: round 2 and the outcome ---------------------------------------------------


@dataclass(frozen=True)
class ConfirmForm:
    """A draft as one member may answer it. `words`: where_now, what_good, what_do, gap.

    `proposed` maps a statement's code to the level proposed, or “not_agreed”; `own` to their own
    choice as it stands. `state`: open, closed, set aside, cancelled, left the group, not open yet.
    `answer` and `comment` are what is stored of their response; `earlier` what they said of the
    draft before this one.
    """

    head: ReviewHead
    place: Place
    edition: Edition
    section: Section
    area: Area
    statements: tuple[Statement, ...]
    state: str
    round: int
    closes_on: date | None
    position: int
    minutes: int
    words: Mapping[str, str]
    proposed: Mapping[str, str]
    reasons: Mapping[str, str]  # by code, where the lead departs from the rule
    draws_on: tuple[str, ...]
    result: AreaResult
    utterances: tuple[Utterance, ...]
    own: Mapping[str, str]
    answer: str
    comment: str
    earlier: str
    kept: Mapping[str, str]
    shown: Mapping[str, str]
    left: tuple[int, ...]
    privacy: Privacy
    for_name: str
    answered: bool
    answered_by_how_many: int
    hidden: tuple[HiddenWords, ...] = ()
    heard: Mapping[str, str] = field(default_factory=dict)  # by code, from those far away
    before: Mapping[str, str] = field(default_factory=dict)  # last time's levels, as in AreaWork
    before_on: date | None = None


@dataclass(frozen=True)
class OutcomeLine:
    """A concluded statement: `origin` is agreed, lead, not_agreed or not_applicable."""

    statement: Statement
    level: str
    origin: str
    own: str
    reason: str
    heard: str


@dataclass(frozen=True)
class Outcome:
    """What became of an area, for someone who contributed. `replies` are to their own words."""

    head: ReviewHead
    place: Place
    edition: Edition
    section: Section
    area: Area
    concluded_on: date | None
    concluded_by: str
    words: Mapping[str, str]
    lines: tuple[OutcomeLine, ...]
    replies: tuple[Reply, ...]
    hidden: tuple[Utterance, ...]  # words of theirs that were hidden, with the reason
    evidence: tuple[EvidenceSummary, ...]  # theirs, which stands in the reports
    for_name: str


# --- the whole review -------------------------------------------------------------------


@dataclass(frozen=True)
class WorksheetArea:
    """An area's line in the worksheet: `levels` by statement code, once concluded."""

    area: Area
    state: str
    statements: tuple[Statement, ...]
    levels: Mapping[str, str]  # a level key, “not_agreed” or “not_applicable”
    origins: Mapping[str, str]
    concluded_on: date | None
    set_aside_because: str
    times_reopened: int


@dataclass(frozen=True)
class Worksheet:
    """The review's worksheet as it stands, section by section."""

    head: ReviewHead
    edition: Edition
    section: int  # whose areas are shown; 0 for the overview
    areas: tuple[WorksheetArea, ...]
    standing: tuple[str, ...]  # what is still needed before sign-off
    may_sign_off: bool
    may_export: tuple[str, ...]  # versions of reports that this reader may have
    baseline_on: date | None
    reassess_on: date | None
    led: tuple[int, ...]  # areas that this reader leads
    sections: tuple[int, ...] = ()  # those that have areas in scope
    is_member: bool = False  # of the group now
    is_rerating: bool = False  # of single areas, between two reviews


@dataclass(frozen=True)
class SignOffStep:
    """The last look before sign-off. `values`: reassess_on (ISO), reassess_because."""

    head: ReviewHead
    standing: tuple[str, ...]
    concluded: int
    set_aside: int
    not_agreed: int
    set_by_lead: int
    concerns_standing: int
    baseline_on: date
    latest: date  # of re-assessment: three years on
    values: Mapping[str, str]
    is_rerating: bool = False  # then no next assessment is asked for: that of the review stands


@dataclass(frozen=True)
class ReportFacts:
    """What reports say besides: references, the 2018 predecessor, attached reviews.

    `values`: safety_reference, effectiveness_reference, predecessor_1 … predecessor_5, attached
    (review ids, comma-separated). `headings` are those of 2018. `candidates`: id and title.
    """

    head: ReviewHead
    values: Mapping[str, str]
    shown: Mapping[str, str]
    headings: tuple[str, ...]
    candidates: tuple[tuple[int, str], ...]
