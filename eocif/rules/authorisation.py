"""Who may do what, when (PURE): verb × role × state of the review.

The software's own decision, from PR1209's roles: one lead runs a review, area leads run their
areas, members answer. Membership, role and state are read in the same transaction as the act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eocif.errors import NotNow, NotYours
from eocif.rules.progress import ReviewState


class Role(StrEnum):
    """What someone is to one review; a person may be several."""

    LEAD = "lead"
    AREA_LEAD = "area lead"
    MEMBER = "member"
    FORMER_MEMBER = "former member"
    READER = "digest reader"
    ANYONE = "anyone in the tenant"


class Act(StrEnum):
    """What can be asked for."""

    SET_UP = "set up"
    CHANGE_GROUP = "change the group"
    ANSWER = "answer"
    RECORD = "record for someone"
    SEE_OWN_ANSWER = "see own answer"
    SEE_OUTSTANDING = "see who has not answered"
    REMIND = "remind"
    CHANGE_ROUND = "extend or close a round"
    CANCEL = "cancel"
    SEE_REVIEW = "see the review"
    SEE_STATUS = "see counts"
    SEE_RESULTS = "see an area's results"
    DRAFT = "draft an area"
    CONFIRM = "answer a draft"
    CONCLUDE = "conclude an area"
    SET_ASIDE = "set an area aside"
    SEE_OUTCOME = "see what became of an area"
    SEE_WORKSHEET = "see the worksheet"
    SIGN_OFF = "sign off"
    REOPEN = "reopen an area"
    REPORT = "make reports"
    SEE_ACTION = "see an action"  # whose it is, `rules.action_moves` asks besides
    LEAD_ACTIONS = "see, add and change every action"
    SET_DATES = "set dates and the digest"
    SEE_DIGEST = "see the digest"
    NEXT = "start the next review"


@dataclass(frozen=True)
class Allowed:
    """The roles that may, and the states of a review in which they may."""

    roles: frozenset[Role]
    states: frozenset[ReviewState]


_DRAFT, _RUNNING = frozenset({ReviewState.DRAFT}), frozenset({ReviewState.COLLECTING})
_SIGNED_OFF = frozenset({ReviewState.SIGNED_OFF})
_BEFORE_THE_END, _ALWAYS = _DRAFT | _RUNNING, frozenset(ReviewState)
_LEAD = frozenset({Role.LEAD})
_LEADS = frozenset({Role.LEAD, Role.AREA_LEAD})
_GROUP = _LEADS | {Role.MEMBER}

RULES: Mapping[Act, Allowed] = {
    Act.SET_UP: Allowed(_LEAD, _DRAFT),
    Act.CHANGE_GROUP: Allowed(_LEAD, _BEFORE_THE_END),
    Act.ANSWER: Allowed(frozenset({Role.MEMBER}), _RUNNING),
    Act.RECORD: Allowed(_LEADS, _RUNNING),
    Act.SEE_OWN_ANSWER: Allowed(frozenset({Role.MEMBER, Role.FORMER_MEMBER}), _ALWAYS - _DRAFT),
    Act.SEE_OUTSTANDING: Allowed(_LEADS, _RUNNING),
    Act.REMIND: Allowed(_LEADS, _RUNNING),
    Act.CHANGE_ROUND: Allowed(_LEAD, _RUNNING),
    Act.CANCEL: Allowed(_LEAD, _BEFORE_THE_END),
    Act.SEE_REVIEW: Allowed(_GROUP, _ALWAYS),
    Act.SEE_STATUS: Allowed(frozenset(Role), _RUNNING | _SIGNED_OFF),
    Act.SEE_RESULTS: Allowed(_LEADS, _RUNNING | _SIGNED_OFF),
    Act.DRAFT: Allowed(_LEADS, _RUNNING),
    Act.CONFIRM: Allowed(frozenset({Role.MEMBER}), _RUNNING),
    Act.CONCLUDE: Allowed(_LEADS, _RUNNING),
    Act.SET_ASIDE: Allowed(_LEAD, _RUNNING),
    Act.SEE_OUTCOME: Allowed(frozenset({Role.MEMBER, Role.FORMER_MEMBER}), _RUNNING | _SIGNED_OFF),
    Act.SEE_WORKSHEET: Allowed(_GROUP, _ALWAYS - _DRAFT),
    Act.SIGN_OFF: Allowed(_LEAD, _RUNNING),
    Act.REOPEN: Allowed(_LEAD, _RUNNING | _SIGNED_OFF),
    Act.REPORT: Allowed(_LEAD, _RUNNING | _SIGNED_OFF),
    Act.SEE_ACTION: Allowed(frozenset(Role), _ALWAYS - _DRAFT),
    Act.LEAD_ACTIONS: Allowed(_LEADS, _RUNNING | _SIGNED_OFF),
    Act.SET_DATES: Allowed(_LEAD, _RUNNING | _SIGNED_OFF),
    Act.SEE_DIGEST: Allowed(_LEADS | {Role.READER}, _RUNNING | _SIGNED_OFF),
    Act.NEXT: Allowed(_LEAD, _SIGNED_OFF),
}

_STATE_SENTENCES: Mapping[ReviewState, str] = {
    ReviewState.DRAFT: "This review has not started yet.",
    ReviewState.COLLECTING: "This review has already started.",
    ReviewState.SIGNED_OFF: "This review has been signed off.",
    ReviewState.CANCELLED: "This review was cancelled.",
}


def is_allowed(act: Act, roles: Iterable[Role], state: ReviewState) -> bool:
    """Whether someone with these roles may do this while the review is in this state."""
    rule = RULES[act]
    return state in rule.states and not rule.roles.isdisjoint(roles)


def check(act: Act, roles: Iterable[Role], state: ReviewState) -> None:
    """Raise NotYours or NotNow, with a sentence for the person, where it is not allowed."""
    rule, held = RULES[act], frozenset(roles)
    if rule.roles.isdisjoint(held):
        raise _not_yours(held)
    if state not in rule.states:
        raise NotNow(
            _STATE_SENTENCES[state],
            kept="Everything saved so far is kept.",
            next_step="Ask the review's lead if you need something changed.",
        )


def _not_yours(held: frozenset[Role]) -> NotYours:
    if Role.FORMER_MEMBER in held and held <= {Role.FORMER_MEMBER, Role.ANYONE}:
        return NotYours(
            "You are no longer in this review group.",
            kept="The answers you gave are kept.",
            next_step="Ask the review's lead if this is not right.",
        )
    return NotYours(
        "This card is for someone else.",
        kept="Nothing was changed.",
        next_step="Type “my areas” to see what is open for you.",
    )
