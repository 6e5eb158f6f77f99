"""The moves that a review and its areas may make (PURE).

draft → collecting → signed off → collecting (an area reopened)
draft or collecting → cancelled
each area: waiting → round 1 → drafting → round 2 → concluding → concluded
           a changed draft may go round once more; a concluded area may be reopened
           set aside at any time before that; reopened → drafting
           set aside before its first round closed; reopened → waiting, for a round with new dates
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any


class ReviewState(StrEnum):
    DRAFT = "draft"
    COLLECTING = "collecting"
    SIGNED_OFF = "signed_off"
    CANCELLED = "cancelled"


class AreaState(StrEnum):
    WAITING = "waiting"
    ROUND_1 = "round_1"
    DRAFTING = "drafting"
    ROUND_2 = "round_2"
    CONCLUDING = "concluding"
    CONCLUDED = "concluded"
    SET_ASIDE = "set_aside"


# As a review's summary words them, in the order people need them.
AREA_STATES: Mapping[AreaState, str] = {
    AreaState.ROUND_1: "open for answers",
    AreaState.WAITING: "not open yet",
    AreaState.DRAFTING: "round closed",
    AreaState.ROUND_2: "draft with the group",
    AreaState.CONCLUDING: "being concluded",
    AreaState.CONCLUDED: "concluded",
    AreaState.SET_ASIDE: "set aside",
}

REVIEW_MOVES: frozenset[tuple[ReviewState, ReviewState]] = frozenset(
    {
        (ReviewState.DRAFT, ReviewState.COLLECTING),
        (ReviewState.DRAFT, ReviewState.CANCELLED),
        (ReviewState.COLLECTING, ReviewState.SIGNED_OFF),
        (ReviewState.COLLECTING, ReviewState.CANCELLED),
        (ReviewState.SIGNED_OFF, ReviewState.COLLECTING),
    }
)

_FORWARD = (
    AreaState.WAITING,
    AreaState.ROUND_1,
    AreaState.DRAFTING,
    AreaState.ROUND_2,
    AreaState.CONCLUDING,
    AreaState.CONCLUDED,
)
AREA_MOVES: frozenset[tuple[AreaState, AreaState]] = frozenset(
    {
        *pairwise(_FORWARD),
        *((state, AreaState.SET_ASIDE) for state in _FORWARD[:-1]),
        (AreaState.CONCLUDING, AreaState.ROUND_2),  # a changed draft goes round once more
        (AreaState.CONCLUDED, AreaState.DRAFTING),  # reopened, with a reason
        (AreaState.SET_ASIDE, AreaState.DRAFTING),
        (AreaState.SET_ASIDE, AreaState.WAITING),  # its first round never closed: nothing to draft
    }
)


def may_move_review(now: ReviewState, to: ReviewState) -> bool:
    """Whether a review may go from one state to another."""
    return (now, to) in REVIEW_MOVES


def may_move_area(now: AreaState, to: AreaState) -> bool:
    """Whether an area may go from one state to another."""
    return (now, to) in AREA_MOVES


MOST_TIMES_ROUND = 2  # a draft goes round, and a changed one once more


def times_round(round_: int, reopened: Sequence[Mapping[str, Any]]) -> int:
    """How often a draft has gone round since the area was first opened, or last opened again.

    Rounds are counted on when an area is reopened; `reopened` are its entries, oldest first, each
    with the round that it then had.
    """
    return round_ - (reopened[-1]["round"] if reopened else 1)


def may_go_round(round_: int, reopened: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a draft may go round now: twice at most, counted anew when an area is reopened."""
    return times_round(round_, reopened) < MOST_TIMES_ROUND


DONT_KNOW = "dont_know"
NOT_APPLICABLE = "not_applicable"


def is_answered(codes: Iterable[str], choices: dict[str, str]) -> bool:
    """An area counts as answered when every indicator has a choice.

    A level, “I don't know enough to rate this” and “not applicable” all count; no choice does not.
    """
    return all(choices.get(code) for code in codes)
