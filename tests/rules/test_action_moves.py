from dataclasses import replace
from itertools import product

import pytest

from eocif.errors import NotNow, NotYours
from eocif.rules.action_moves import Move, Part, Standing, may, refusal
from eocif.rules.actions import Status

NEW = Standing(Status.NOT_STARTED)
ACCEPTED = replace(NEW, is_accepted=True)
REFUSED = replace(NEW, is_refused=True)
ASKED = replace(ACCEPTED, wants_date=True)
WITHOUT_TEAMS = replace(NEW, speaks_for_owner=True)
DONE, WITHDRAWN = Standing(Status.DONE, is_accepted=True), Standing(Status.WITHDRAWN)
CANCELLED, CARRIED = replace(NEW, is_cancelled=True), replace(NEW, is_carried=True)

# Who may what, written out: O owner, D their deputy, L a lead, OL a lead who is the owner.
TABLE = [
    (NEW, "O", "accept refuse note ask_date done"),
    (NEW, "D", "accept refuse note ask_date done"),
    (NEW, "L", "note done withdraw edit"),
    (NEW, "OL", "accept refuse note done withdraw edit"),
    (ACCEPTED, "O", "refuse note ask_date done"),
    (REFUSED, "O", "accept"),
    (REFUSED, "L", "note done withdraw edit"),
    (ASKED, "O", "refuse note ask_date done"),
    (ASKED, "L", "note done withdraw edit answer_date"),
    (WITHOUT_TEAMS, "L", "accept refuse note done withdraw edit"),
    (replace(WITHOUT_TEAMS, is_accepted=True), "L", "refuse note done withdraw edit"),
    (DONE, "O", "resume note"),
    (DONE, "L", "resume note"),
    (WITHDRAWN, "O", ""),
    (WITHDRAWN, "L", "resume"),
    (CANCELLED, "OL", ""),
    (CARRIED, "OL", ""),
    (NEW, "", ""),
]
PARTS = {"O": Part.OWNER, "D": Part.DEPUTY, "L": Part.LEAD}


@pytest.mark.parametrize(("at", "who", "moves"), TABLE)
def test_who_may_move_an_action_how(at: Standing, who: str, moves: str) -> None:
    parts = {PARTS[letter] for letter in who}
    assert may(parts, at) == set(moves.split())
    for move in Move:
        assert (refusal(move, parts, at) is None) is (move in moves.split())


@pytest.mark.parametrize(
    ("at", "who", "move", "kind", "sentence"),
    [
        (CANCELLED, "L", Move.EDIT, NotNow, "This review was cancelled."),
        (CARRIED, "O", Move.NOTE, NotNow, "This action goes on in the next review."),
        (NEW, "O", Move.EDIT, NotYours, "Only the leads of the area and the review can do this."),
        (WITHDRAWN, "O", Move.RESUME, NotYours, "Only the leads of the area and the review"),
        (WITHDRAWN, "O", Move.NOTE, NotNow, "This action was withdrawn."),
        (DONE, "O", Move.ACCEPT, NotNow, "This action is done already."),
        (DONE, "L", Move.EDIT, NotNow, "This action is done already."),
        (NEW, "O", Move.RESUME, NotNow, "This action is open, so there is nothing to take up"),
        (NEW, "L", Move.ANSWER_DATE, NotNow, "No other date is asked for now."),
        (NEW, "OL", Move.ASK_DATE, NotNow, "You lead this area, so you can change the deadline"),
        (REFUSED, "O", Move.NOTE, NotNow, "Its owner said that this action is not theirs."),
        (ACCEPTED, "O", Move.ACCEPT, NotNow, "This action is accepted already."),
        (NEW, "L", Move.ACCEPT, NotNow, "Its owner answers this themselves."),
        (NEW, "L", Move.REFUSE, NotNow, "Its owner answers this themselves."),
    ],
)
def test_a_refusal_says_why(
    at: Standing, who: str, move: Move, kind: type[Exception], sentence: str
) -> None:
    why = refusal(move, {PARTS[letter] for letter in who}, at)
    assert isinstance(why, kind)
    assert str(why).startswith(sentence)


def test_whoever_is_nothing_to_an_action_moves_it_in_no_state() -> None:
    flags = ("is_cancelled", "is_carried", "is_accepted", "is_refused", "wants_date")
    for status, *values in product(Status, *[(False, True)] * len(flags)):
        assert not may(set(), Standing(status, **dict(zip(flags, values, strict=True))))
