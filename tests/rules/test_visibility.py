from itertools import product

import pytest

from eocif.rules.authorisation import Role
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Viewer, may_see

BLIND = {AreaState.WAITING, AreaState.ROUND_1}
GROUP = {Role.LEAD, Role.AREA_LEAD, Role.MEMBER}


def _sees(fact: Fact, role: Role, state: AreaState, *, names: bool = False, **who: bool) -> bool:
    return may_see(fact, Viewer(frozenset({role}), **who), state, area_leads_see_names=names)


@pytest.mark.covers("R21")
@pytest.mark.parametrize("role", Role)
def test_before_the_close_nobody_sees_an_answer_the_lead_included(role: Role) -> None:
    for fact, state, names in product(
        (Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME), BLIND, (True, False)
    ):
        assert not _sees(fact, role, state, names=names)


@pytest.mark.parametrize("role", Role)
def test_author_and_recorder_see_what_they_gave_in_every_state(role: Role) -> None:
    for fact, state in product((Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME), AreaState):
        assert _sees(fact, role, state, is_author=True)
        assert _sees(fact, role, state, is_recorder=True)


def test_after_the_close_the_group_sees_words_and_levels() -> None:
    for role, state in product(Role, set(AreaState) - BLIND):
        assert _sees(Fact.WORDS_AND_RATINGS, role, state) is (role in GROUP)


def test_names_are_the_leads_and_the_area_leads_only_where_the_review_says_so() -> None:
    for role, state, names in product(Role, set(AreaState) - BLIND, (True, False)):
        expected = role is Role.LEAD or (names and role is Role.AREA_LEAD)
        assert _sees(Fact.AUTHORS_NAME, role, state, names=names) is expected


def test_who_has_answered_is_named_to_leads_and_counted_for_the_group() -> None:
    for role, state in product(Role, AreaState):
        named = role in {Role.LEAD, Role.AREA_LEAD}
        assert _sees(Fact.WHO_HAS_ANSWERED, role, state) is named
        assert _sees(Fact.HOW_MANY, role, state) is (role in GROUP)
