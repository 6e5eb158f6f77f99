"""The moves of areas, and how often a draft may go round."""

import pytest

from eocif.rules.progress import AreaState, may_go_round, may_move_area, times_round


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (AreaState.CONCLUDED, AreaState.DRAFTING),
        (AreaState.SET_ASIDE, AreaState.DRAFTING),
        (AreaState.SET_ASIDE, AreaState.WAITING),
    ],
)
def test_an_area_may_be_opened_again(state: AreaState, to: AreaState) -> None:
    assert may_move_area(state, to)


def test_a_concluded_area_is_neither_set_aside_nor_asked_about_anew() -> None:
    assert not may_move_area(AreaState.CONCLUDED, AreaState.SET_ASIDE)
    assert not may_move_area(AreaState.CONCLUDED, AreaState.WAITING)


@pytest.mark.parametrize(("round_", "times", "may"), [(1, 0, True), (2, 1, True), (3, 2, False)])
def test_a_draft_goes_round_and_a_changed_one_once_more(round_: int, times: int, may: bool) -> None:
    assert (times_round(round_, []), may_go_round(round_, [])) == (times, may)


def test_opening_an_area_again_counts_anew() -> None:
    reopened = [{"round": 2}, {"round": 3}]
    assert [may_go_round(round_, reopened) for round_ in (3, 4, 5)] == [True, True, False]
