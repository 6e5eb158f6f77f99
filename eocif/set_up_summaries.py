"""What each step of the set-up may show (PURE)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eocif.rules.agreement import DEFAULT, Settings
from eocif.rules.framework import Area, Edition, Section
from eocif.rules.perspectives import Perspective
from eocif.rules.statements import BY_INDICATOR, Statement
from eocif.summaries import GroupMember, PersonName, ReviewHead


@dataclass(frozen=True)
class DetailsStep:
    """Set-up, step 1: `shown` holds a digest of each value so that two editors can be merged."""

    head: ReviewHead
    values: Mapping[
        str, str
    ]  # title, provider, division, executive_lead, forum, segment, see_names
    shown: Mapping[str, str]


@dataclass(frozen=True)
class ScopeStep:
    """Set-up, step 2: which areas are in scope."""

    head: ReviewHead
    edition: Edition
    chosen: frozenset[int]
    shown: Mapping[str, str]  # by input id: section_1 … section_5


@dataclass(frozen=True)
class TimetableRow:
    """Areas that open together."""

    opens_on: date
    closes_on: date
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class PaceStep:
    """Set-up, step 3: pace and dates. `timetable` is empty until a first day is set."""

    head: ReviewHead
    values: Mapping[str, str]  # start_on, pace, answer_days, finish_by
    shown: Mapping[str, str]
    timetable: tuple[TimetableRow, ...]
    earliest: date


@dataclass(frozen=True)
class GroupStep:
    """Set-up, step 4: the group, perspective by perspective."""

    head: ReviewHead
    members: tuple[GroupMember, ...]
    missing: tuple[Perspective, ...]
    perspectives: tuple[Perspective, ...]  # in use, in order


@dataclass(frozen=True)
class PerspectiveStep:
    """Who speaks from one perspective; nobody can be added once it is not offered any more."""

    head: ReviewHead
    perspective: Perspective
    members: tuple[GroupMember, ...]
    is_offered: bool = True


@dataclass(frozen=True)
class RosterStep:
    """The team's roster, a page at a time, for clients without a people picker."""

    head: ReviewHead
    perspective: Perspective
    people: tuple[PersonName, ...]
    chosen: frozenset[int]
    page: int
    pages: int


@dataclass(frozen=True)
class MemberStep:
    """One member: perspectives held, named function, communication needs."""

    head: ReviewHead
    member: GroupMember
    perspectives: tuple[Perspective, ...]  # that they may hold


@dataclass(frozen=True)
class WithoutTeamsStep:
    """A form for someone who takes part without Teams. `nonce` makes a second press harmless."""

    head: ReviewHead
    nonce: str
    perspectives: tuple[Perspective, ...]


@dataclass(frozen=True)
class LeadsStep:
    """Set-up, step 5: area leads by section. `leads` maps a section's number to a person's id."""

    head: ReviewHead
    edition: Edition
    sections: tuple[Section, ...]
    candidates: tuple[PersonName, ...]
    leads: Mapping[int, int]
    mixed: frozenset[int]  # sections whose areas have different leads already
    shown: Mapping[str, str]


@dataclass(frozen=True)
class CheckStep:
    """Set-up, last step: what will happen, and what still stands in the way."""

    head: ReviewHead
    missing: tuple[Perspective, ...]
    timetable: tuple[TimetableRow, ...]
    members: int
    without_teams: tuple[str, ...]
    statements: int
    minutes_in_all: int
    minutes_a_week: int
    area_leads_see_names: bool
    scope: str
    blockers: tuple[str, ...]  # whole sentences; empty when the review can start
    warnings: tuple[str, ...] = ()  # whole sentences: worth knowing, and no obstacle
    unit: str = BY_INDICATOR
    rule: Settings = DEFAULT
    confirm_days: int = 5
    local: tuple[Statement, ...] = ()  # local statements that are asked
    not_applicable: tuple[tuple[Statement, str], ...] = ()  # in scope, with the reason
    changed_words: int = 0  # lines of help and short titles that are local


# --- beside the six steps: what a review decides for itself -------------------------------------


@dataclass(frozen=True)
class RulesStep:
    """What gets a level, when a level is agreed, and how long the second round takes.

    `values`: rating_unit, agreement_rule, least_people, least_perspectives, least_lived,
    confirm_days. `statements` and `areas` are the numbers of levels asked for with either unit.
    """

    head: ReviewHead
    values: Mapping[str, str]
    shown: Mapping[str, str]
    statements: int
    areas: int


@dataclass(frozen=True)
class LocalLine:
    """A local statement, the area it is asked with, and whether that area is in scope."""

    statement: Statement
    plain: str
    area: int
    is_asked: bool


@dataclass(frozen=True)
class Service:
    """A service without which statements may not apply; `reason` is empty where it is provided.

    `full` is its name written out, with the short one behind it.
    """

    name: str
    full: str
    statements: tuple[Statement, ...]
    reason: str


@dataclass(frozen=True)
class LocalStep:
    """What is local to the review so far; `areas` are those in scope, with local words."""

    head: ReviewHead
    lines: tuple[LocalLine, ...]
    services: tuple[Service, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class LocalStatementStep:
    """A form for a local statement, asked with one of these areas."""

    head: ReviewHead
    areas: tuple[Area, ...]
    nonce: str


@dataclass(frozen=True)
class LocalHelpStep:
    """A form for an area's short title and lines of help; `ours` is the area as everyone has it.

    `values`: title, and help_13a … for each official statement; empty where they are ours.
    """

    head: ReviewHead
    ours: Area
    values: Mapping[str, str]
    shown: Mapping[str, str]


@dataclass(frozen=True)
class NotProvidedStep:
    """A form for the reason why a service's statements do not apply."""

    head: ReviewHead
    service: Service
    shown: Mapping[str, str]


@dataclass(frozen=True)
class PerspectivesStep:
    """The perspectives in use, and those taken off the list."""

    head: ReviewHead
    offered: tuple[Perspective, ...]
    removed: tuple[Perspective, ...]


@dataclass(frozen=True)
class PerspectiveChangeStep:
    """A form for one perspective. `official` is its name on our list, empty for an added one.

    `values`: name, voice. Its voice is fixed once the review has started.
    """

    head: ReviewHead
    perspective: Perspective
    official: str
    is_offered: bool
    members: int
    values: Mapping[str, str]
    shown: Mapping[str, str]


@dataclass(frozen=True)
class PerspectiveAddStep:
    """A form for one more perspective."""

    head: ReviewHead
    nonce: str
