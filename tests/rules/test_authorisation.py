from itertools import product

import pytest

from eocif.errors import NotNow, NotYours
from eocif.rules.authorisation import Act, Role, check, is_allowed
from eocif.rules.progress import ReviewState

# Who may, and when, written out: L lead, A area lead, M member, F former member, R digest reader,
# - anyone; and d draft, c collecting, s signed off, x cancelled.
TABLE = {
    Act.SET_UP: ("L", "d"),
    Act.CHANGE_GROUP: ("L", "dc"),
    Act.ANSWER: ("M", "c"),
    Act.RECORD: ("LA", "c"),
    Act.SEE_OWN_ANSWER: ("MF", "csx"),
    Act.SEE_OUTSTANDING: ("LA", "c"),
    Act.REMIND: ("LA", "c"),
    Act.CHANGE_ROUND: ("L", "c"),
    Act.CANCEL: ("L", "dc"),
    Act.SEE_REVIEW: ("LAM", "dcsx"),
    Act.SEE_STATUS: ("LAMFR-", "cs"),
    Act.SEE_RESULTS: ("LA", "cs"),
    Act.DRAFT: ("LA", "c"),
    Act.CONFIRM: ("M", "c"),
    Act.CONCLUDE: ("LA", "c"),
    Act.SET_ASIDE: ("L", "c"),
    Act.SEE_OUTCOME: ("MF", "cs"),
    Act.SEE_WORKSHEET: ("LAM", "csx"),
    Act.SIGN_OFF: ("L", "c"),
    Act.REOPEN: ("L", "cs"),
    Act.REPORT: ("L", "cs"),
    Act.SEE_ACTION: ("LAMFR-", "csx"),
    Act.LEAD_ACTIONS: ("LA", "cs"),
    Act.SET_DATES: ("L", "cs"),
    Act.SEE_DIGEST: ("LAR", "cs"),
    Act.NEXT: ("L", "s"),
}
ROLES = dict(zip("LAMFR-", Role, strict=True))
STATES = dict(zip("dcsx", ReviewState, strict=True))


@pytest.mark.parametrize("act", Act)
def test_every_act_by_every_role_in_every_state(act: Act) -> None:
    roles, states = TABLE[act]
    for (letter, role), (initial, state) in product(ROLES.items(), STATES.items()):
        expected = letter in roles and initial in states
        assert is_allowed(act, [role], state) is expected
        if expected:
            check(act, [role], state)
        else:
            with pytest.raises(NotNow if letter in roles else NotYours):
                check(act, [role], state)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ReviewState.DRAFT, "This review has not started yet."),
        (ReviewState.COLLECTING, "This review has already started."),
        (ReviewState.SIGNED_OFF, "This review has been signed off."),
        (ReviewState.CANCELLED, "This review was cancelled."),
    ],
)
def test_a_wrong_moment_is_said_in_words(state: ReviewState, sentence: str) -> None:
    act = Act.SET_UP if state is not ReviewState.DRAFT else Act.CHANGE_ROUND
    with pytest.raises(NotNow) as refused:
        check(act, [Role.LEAD], state)
    assert refused.value.sentence == (
        f"{sentence} Everything saved so far is kept. "
        "Ask the review's lead if you need something changed."
    )


def test_who_was_removed_is_told_so_and_others_that_the_card_is_not_theirs() -> None:
    for roles, sentence in (
        ([Role.ANYONE], "This card is for someone else."),
        ([Role.MEMBER], "This card is for someone else."),
        ([Role.ANYONE, Role.FORMER_MEMBER], "You are no longer in this review group."),
    ):
        with pytest.raises(NotYours) as refused:
            check(Act.REMIND, roles, ReviewState.COLLECTING)
        assert refused.value.happened == sentence
