"""Who may move an action how, and when (PURE).

Its owner, whoever stands in for them while they are away, and the leads of its area and review.
What a card offers and what a press may do are the same table.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from eocif.errors import EocifError, NotNow, NotYours
from eocif.rules.actions import OPEN, Status


class Part(StrEnum):
    """What someone is to one action; they may be several."""

    OWNER = "owner"
    DEPUTY = "deputy"  # of its owner, who is away
    LEAD = "lead"  # of its area, or of its review


class Move(StrEnum):
    """What can be done with an action."""

    ACCEPT = "accept"
    REFUSE = "refuse"  # “not mine”
    NOTE = "note"
    ASK_DATE = "ask_date"
    ANSWER_DATE = "answer_date"
    DONE = "done"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    EDIT = "edit"


@dataclass(frozen=True)
class Standing:
    """How an action stands. `speaks_for_owner`: its owner has no Teams, so a lead answers."""

    status: Status
    is_cancelled: bool = False  # its review
    is_carried: bool = False  # it goes on in the next review
    is_accepted: bool = False
    is_refused: bool = False
    wants_date: bool = False
    speaks_for_owner: bool = False


_OWNERS = frozenset({Part.OWNER, Part.DEPUTY})
_NO_MOVES: frozenset[Move] = frozenset()


def may(parts: Collection[Part], at: Standing) -> frozenset[Move]:
    """What someone can do with an action now.

    A lead changes the deadline instead of asking for another, and accepts or refuses only for
    owners without Teams: others say so themselves.
    """
    if at.is_cancelled or at.is_carried:
        return _NO_MOVES
    found = _NO_MOVES if _OWNERS.isdisjoint(parts) else _as_owner(at)
    if Part.LEAD in parts:
        found = (found - {Move.ASK_DATE}) | _as_lead(at)
    return found


def _as_owner(at: Standing) -> frozenset[Move]:
    if at.status not in OPEN:
        return frozenset({Move.RESUME, Move.NOTE}) if at.status is Status.DONE else _NO_MOVES
    if at.is_refused:
        return frozenset({Move.ACCEPT})
    found = {Move.REFUSE, Move.NOTE, Move.ASK_DATE, Move.DONE}
    return frozenset(found if at.is_accepted else {*found, Move.ACCEPT})


def _as_lead(at: Standing) -> frozenset[Move]:
    if at.status not in OPEN:
        return frozenset({Move.RESUME, Move.NOTE} if at.status is Status.DONE else {Move.RESUME})
    found = {Move.NOTE, Move.DONE, Move.WITHDRAW, Move.EDIT}
    if at.wants_date:
        found.add(Move.ANSWER_DATE)
    if at.speaks_for_owner:
        found |= _as_owner(at) & {Move.ACCEPT, Move.REFUSE}
    return frozenset(found)


# --- why not ----------------------------------------------------------------------------------

_OF_LEADS = frozenset({Move.WITHDRAW, Move.EDIT, Move.ANSWER_DATE})
_KEPT = "Nothing was changed."
_SETTLED: Mapping[Status, str] = {
    Status.DONE: "This action is done already.",
    Status.WITHDRAWN: "This action was withdrawn.",
}


def refusal(move: Move, parts: Collection[Part], at: Standing) -> EocifError | None:
    """Why someone cannot do this now, or nothing where they can."""
    if move in may(parts, at):
        return None
    if at.is_cancelled:
        return NotNow(
            "This review was cancelled.", kept="Its actions are kept as they were.",
            next_step="You need not do anything.",
        )  # fmt: skip
    if at.is_carried:
        return NotNow(
            "This action goes on in the next review.", kept="It is kept here as it was.",
            next_step="Type “actions” to find it there.",
        )  # fmt: skip
    if Part.LEAD not in parts and _is_for_leads(move, at):
        return NotYours(
            "Only the leads of the area and the review can do this.", kept=_KEPT,
            next_step="Ask them, or write a note.",
        )  # fmt: skip
    return NotNow(_why_not_now(move, parts, at), kept=_KEPT)


def _is_for_leads(move: Move, at: Standing) -> bool:
    return move in _OF_LEADS or (move is Move.RESUME and at.status is Status.WITHDRAWN)


def _why_not_now(move: Move, parts: Collection[Part], at: Standing) -> str:
    if at.status not in OPEN:
        return _SETTLED[at.status]
    if move is Move.RESUME:
        return "This action is open, so there is nothing to take up again."
    if move is Move.ANSWER_DATE:
        return "No other date is asked for now."
    if move is Move.ASK_DATE and Part.LEAD in parts:
        return "You lead this area, so you can change the deadline yourself."
    if at.is_refused:
        return "Its owner said that this action is not theirs."
    if move is Move.ACCEPT and at.is_accepted:
        return "This action is accepted already."
    return "Its owner answers this themselves."
