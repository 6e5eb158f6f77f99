"""What cards may see of actions (PURE)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eocif.rules.framework import Area, Section
from eocif.rules.tags import Tag
from eocif.summaries import ReviewHead


@dataclass(frozen=True)
class ActionLine:
    """An action in a list. `status` is a Status value; `waits` says what waits for its reader.

    `waits`: "" or one of accept (to own it), owner (it has none), deadline (it has none),
    refused (“not mine”), date (another date is asked for).
    """

    id: int
    review_id: int
    section: Section
    area: Area
    title: str
    owner: str  # a name; empty while there is none
    is_mine: bool
    has_teams: bool  # its owner
    deadline: date | None
    days_overdue: int  # 0 while it is not, and once it is settled
    status: str
    tags: tuple[Tag, ...]
    waits: str = ""
    is_carried: bool = False  # it goes on in the next review, and is kept here as it was


@dataclass(frozen=True)
class ActionFilter:
    """What a list is narrowed to; empty where it is not. `owner` is a person's id."""

    by: str = "mine"  # mine or all
    review: int = 0
    section: int = 0
    area: int = 0
    owner: int = 0
    tag: str = ""
    only: str = ""  # overdue, open or settled
    page: int = 1


@dataclass(frozen=True)
class ActionList:
    """Actions for one reader: theirs, or all of a review that they lead, soonest due first.

    `head` is the review whose they are; None where they are of several. `reviews`, `owners` and
    `sections` are what can be chosen to narrow it.
    """

    head: ReviewHead | None
    filter: ActionFilter
    lines: tuple[ActionLine, ...]  # of this page
    total: int
    pages: int
    overdue: int  # of all that the filter finds
    reviews: tuple[ReviewHead, ...]
    owners: tuple[tuple[int, str], ...]
    sections: tuple[Section, ...]
    may_add: bool
    may_see_all: bool


@dataclass(frozen=True)
class HistoryLine:
    """A line of an action's history; `kind` is an Event value. `before` and `after` are words."""

    on: date
    by: str
    kind: str
    text: str = ""
    link: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class ActionSummary:
    """One action as its owner, its leads or their deputies see it.

    `may` holds what this reader can do now: accept, refuse, note, ask_date, answer_date, done,
    withdraw, resume, edit. `for_whom` is the owner's name where the reader stands in for
    them. `history` is newest first. `kept` are words that could not be taken, by input id.
    """

    head: ReviewHead
    line: ActionLine
    measure: str
    collects_data: bool
    looked_at: str
    because: str  # it was withdrawn
    changed: str  # for people, once it is done
    refused_because: str
    wanted_on: date | None
    wanted_because: str
    lead_name: str  # of its area
    may: frozenset[str]
    history: tuple[HistoryLine, ...]
    for_whom: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    what_do: str = ""  # the area's worksheet answer that it comes from, once concluded
    owner_left: bool = False  # the review group, for its leads
    is_lead: bool = False  # its reader leads its area, or its review


@dataclass(frozen=True)
class ActionForm:
    """An action being written or changed by a lead. `id` is 0 for a new one.

    `values` are by input id: title, owner (a person's id as text), deadline (ISO), measure, tags
    (keys with commas), collects_data (yes, no), looked_at. `shown` are their digests. `owners` are
    the group's members, the team's roster and whoever was named before, by name. `kept` are the
    reader's own words that were too long.
    """

    head: ReviewHead
    id: int
    nonce: str
    section: Section
    area: Area
    areas: tuple[Area, ...]  # in scope, to choose from for a new one
    values: Mapping[str, str]
    shown: Mapping[str, str]
    owners: tuple[tuple[int, str], ...]
    what_do: str
    earlier: tuple[ActionLine, ...]  # of the same area
    today: date
    kept: Mapping[str, str] = field(default_factory=dict)
