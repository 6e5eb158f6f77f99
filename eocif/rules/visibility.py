"""Who may see what of an answer (PURE). Every card, export, message and log asks here.

Round 1 is blind: until an area's round closes nobody sees an answer but its author, and whoever
typed it on the author's behalf. The lead included. A report is a reader like any other: what it
may show depends on its version, and on the state of the area alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eocif.rules.authorisation import Role
from eocif.rules.progress import AreaState


class Fact(StrEnum):
    """What might be shown."""

    WORDS_AND_RATINGS = "one person's words and ratings"
    AUTHORS_NAME = "the author's name beside them"
    WHO_HAS_ANSWERED = "who has answered, by name"
    HOW_MANY = "how many have answered"
    SPREAD = "ratings by level, and by groups of three or more"
    DRAFT = "the draft"
    OUTCOME = "what was concluded"
    DISSENT = "the words of comments and concerns, by group"
    LEADS_NAMES = "names of people who answer for the review"
    LEADS_WORDS = "reasons and notes that they wrote"
    STORIES = "someone's story, where their consent is recorded"
    GOVERNANCE = "what stands beside the levels: forum, segment, references, divisional reviews"
    ACTIONS = "what will be done, how far it is, and the month of its deadline"
    DEADLINES = "the day of a deadline, and whether it has passed"
    OWNERS_NAMES = "who owns an action, and who wrote of it"
    ACTION_WORDS = "how an action is measured, its tags, notes, evidence and reasons"


class Version(StrEnum):
    """The reports, by who reads them. `lead` is the workbook with everyone's words.

    `plan` is the improvement plan: what will be done, for those who do it.
    """

    GROUP = "group"
    BOARD = "board"
    ICB = "icb"
    PUBLIC = "public"
    LEAD = "lead"
    PLAN = "plan"


@dataclass(frozen=True)
class Viewer:
    """Someone looking: their roles, and whether the answer is theirs or typed by them."""

    roles: frozenset[Role]
    is_author: bool = False
    is_recorder: bool = False


_BLIND = frozenset({AreaState.WAITING, AreaState.ROUND_1})
_WITH_DRAFT = frozenset({AreaState.ROUND_2, AreaState.CONCLUDING, AreaState.CONCLUDED})
_LEADS = frozenset({Role.LEAD, Role.AREA_LEAD})
_GROUP = _LEADS | {Role.MEMBER}

# An action is the group's plan and nobody's answer: it waits for no round and no conclusion.
_PLAN = frozenset({Fact.ACTIONS, Fact.DEADLINES, Fact.OWNERS_NAMES, Fact.ACTION_WORDS})
# What belongs to no answer is the group's from the start.
_FOR_GROUP = _PLAN | {Fact.HOW_MANY, Fact.LEADS_NAMES, Fact.LEADS_WORDS, Fact.GOVERNANCE}
_ICB = frozenset(
    {Fact.SPREAD, Fact.OUTCOME, Fact.HOW_MANY, Fact.GOVERNANCE, Fact.ACTIONS, Fact.DEADLINES}
)
_WITH_WORDS = _PLAN | {Fact.DISSENT, Fact.LEADS_NAMES, Fact.LEADS_WORDS}

# What each version may show, once the area's state allows it.
REPORTS: Mapping[Version, frozenset[Fact]] = {
    Version.GROUP: _ICB | _WITH_WORDS,
    Version.BOARD: _ICB | _WITH_WORDS | {Fact.STORIES},
    Version.ICB: _ICB,
    Version.PUBLIC: frozenset({Fact.OUTCOME, Fact.ACTIONS}),
    Version.LEAD: frozenset(Fact) - {Fact.DRAFT},
    Version.PLAN: _PLAN | {Fact.OUTCOME, Fact.LEADS_NAMES, Fact.GOVERNANCE},
}


def is_blind(state: AreaState) -> bool:
    """Whether nothing of anyone's answer may be shown yet, but to themselves."""
    return state in _BLIND


def may_see(fact: Fact, viewer: Viewer, state: AreaState, *, area_leads_see_names: bool) -> bool:
    """Whether this viewer may be shown this fact about an area, in this state of it.

    A set-aside area keeps what it had: it stays blind if its round never closed, which callers
    express by passing the state it had before.
    """
    if fact in _FOR_GROUP:
        return not _GROUP.isdisjoint(viewer.roles)
    if fact is Fact.WHO_HAS_ANSWERED:
        return not _LEADS.isdisjoint(viewer.roles)
    if fact is Fact.DRAFT:
        return _may_see_draft(viewer.roles, state)
    if fact is Fact.OUTCOME:
        return state is AreaState.CONCLUDED and not _GROUP.isdisjoint(viewer.roles)
    if viewer.is_author or viewer.is_recorder:
        return True
    if is_blind(state):
        return False
    if fact is Fact.AUTHORS_NAME:
        return Role.LEAD in viewer.roles or (
            area_leads_see_names and Role.AREA_LEAD in viewer.roles
        )
    return _may_see_answers(viewer.roles, state)


def _may_see_draft(roles: frozenset[Role], state: AreaState) -> bool:
    if not _LEADS.isdisjoint(roles):
        return not is_blind(state)
    return state in _WITH_DRAFT and Role.MEMBER in roles


def _may_see_answers(roles: frozenset[Role], state: AreaState) -> bool:
    """Others' answers come to the leads when the round closes, to members with the draft."""
    if not _LEADS.isdisjoint(roles):
        return True
    return state in _WITH_DRAFT and Role.MEMBER in roles


def report_may_show(fact: Fact, version: Version, state: AreaState) -> bool:
    """Whether a report of this version may show this fact about an area in this state."""
    if fact not in REPORTS[version]:
        return False
    if fact in _PLAN:
        return True
    if is_blind(state):
        return False
    if version is Version.LEAD and fact in (Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME):
        return True
    return state is AreaState.CONCLUDED


def digest_may_show(
    fact: Fact, viewer: Viewer, state: AreaState, *, area_leads_see_names: bool
) -> bool:
    """Whether a digest may show its reader this fact: what cards show them, and no more.

    Who only reads the digest sees what an integrated care board may, and how an open round goes on
    in numbers.
    """
    if may_see(fact, viewer, state, area_leads_see_names=area_leads_see_names):
        return True
    if Role.READER not in viewer.roles:
        return False
    return fact is Fact.HOW_MANY or report_may_show(fact, Version.ICB, state)
