"""What each step of the set-up may show (PURE)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eocif.rules.framework import Area, Edition, Section
from eocif.rules.perspectives import Perspective
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


@dataclass(frozen=True)
class PerspectiveStep:
    """Who speaks from one perspective."""

    head: ReviewHead
    perspective: Perspective
    members: tuple[GroupMember, ...]


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


@dataclass(frozen=True)
class WithoutTeamsStep:
    """A form for someone who takes part without Teams. `nonce` makes a second press harmless."""

    head: ReviewHead
    nonce: str


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
