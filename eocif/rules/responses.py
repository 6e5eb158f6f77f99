"""What a member may answer to a draft (PURE): each problem, and each refusal, as a sentence.

The three answers are those of the brief for this product. No answer is none of them: it is never
taken for agreement.
"""

from collections.abc import Mapping
from datetime import date

from eocif.rules.answers import late_sentence
from eocif.rules.progress import AreaState
from eocif.rules.text import too_long

AGREE, WITH_COMMENT, CONCERN = "agree", "agree_with_comment", "concern"
ANSWERS = (AGREE, WITH_COMMENT, CONCERN)
LABELS: Mapping[str, str] = {"answer": "Answer to the draft", "comment": "Comment or concern"}

_MISSING = {
    WITH_COMMENT: "Write your comment, or choose that you agree with this wording.",
    CONCERN: "Write your reason. Your lead answers it or lets it stand. Either way it is printed.",
}
_UNREADABLE = "Choose one of the three answers."
NO_DRAFT_YET = frozenset({AreaState.WAITING, AreaState.ROUND_1, AreaState.DRAFTING})
"""The states of an area before there is a draft to answer."""


def meant(answer: str, comment: str) -> str:
    """What is answered: who agrees and writes something agrees with a comment."""
    return WITH_COMMENT if answer == AGREE and comment else answer


def response_problems(answer: str, comment: str) -> dict[str, str]:
    """What is wrong with an answer and its comment, by input id."""
    problems = {}
    if answer not in ANSWERS:
        problems["answer"] = _UNREADABLE
    if long := too_long(LABELS["comment"], comment):
        problems["comment"] = long
    elif not comment and answer in _MISSING:
        problems["comment"] = _MISSING[answer]
    return problems


def no_answer_now(state: str, closed_on: date | None) -> str:
    """Why a draft cannot be answered now, in this state of its area."""
    if state in NO_DRAFT_YET:
        return "The draft of this area is not ready yet. We will write to you when it is."
    return late_sentence(state, closed_on)


def kept_problems(kept: Mapping[str, str]) -> dict[str, str]:
    """What is still wrong with a comment kept for its author, by input id."""
    long = too_long(LABELS["comment"], kept.get("comment", ""))
    return {"comment": long} if long else {}


def minutes(statements: int) -> int:
    """How many minutes most people take to answer a draft (ours): two, and a quarter for each."""
    return 2 + statements // 4
