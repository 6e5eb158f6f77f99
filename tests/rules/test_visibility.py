from itertools import product

import pytest

from eocif.rules.authorisation import Role
from eocif.rules.progress import AreaState
from eocif.rules.visibility import Fact, Version, Viewer, may_see, report_may_show

BLIND = {AreaState.WAITING, AreaState.ROUND_1}
WITH_DRAFT = {AreaState.ROUND_2, AreaState.CONCLUDING, AreaState.CONCLUDED}
LEADS = {Role.LEAD, Role.AREA_LEAD}
GROUP = LEADS | {Role.MEMBER}
PLAN = {Fact.ACTIONS, Fact.DEADLINES, Fact.OWNERS_NAMES, Fact.ACTION_WORDS}


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


@pytest.mark.parametrize("fact", [Fact.WORDS_AND_RATINGS, Fact.SPREAD, Fact.DISSENT], ids=str)
def test_others_answers_come_to_leads_at_the_close_and_to_members_with_the_draft(
    fact: Fact,
) -> None:
    for role, state in product(Role, AreaState):
        expected = (role in LEADS and state not in BLIND) or (
            role is Role.MEMBER and state in WITH_DRAFT
        )
        assert _sees(fact, role, state) is expected


def test_a_draft_is_its_leads_until_it_goes_round_and_then_the_groups() -> None:
    for role, state in product(Role, AreaState):
        expected = (role in GROUP and state in WITH_DRAFT) or (role in LEADS and state not in BLIND)
        assert _sees(Fact.DRAFT, role, state) is expected


def test_an_outcome_is_the_groups_once_the_area_is_concluded() -> None:
    for role, state in product(Role, AreaState):
        expected = role in GROUP and state is AreaState.CONCLUDED
        assert _sees(Fact.OUTCOME, role, state) is expected


def test_names_are_the_leads_and_the_area_leads_only_where_the_review_says_so() -> None:
    for role, state, names in product(Role, set(AreaState) - BLIND, (True, False)):
        expected = role is Role.LEAD or (names and role is Role.AREA_LEAD)
        assert _sees(Fact.AUTHORS_NAME, role, state, names=names) is expected


def test_who_has_answered_is_named_to_leads_and_counted_for_the_group() -> None:
    for role, state in product(Role, AreaState):
        named = role in {Role.LEAD, Role.AREA_LEAD}
        assert _sees(Fact.WHO_HAS_ANSWERED, role, state) is named
        assert _sees(Fact.HOW_MANY, role, state) is (role in GROUP)
        for fact in (Fact.LEADS_NAMES, Fact.LEADS_WORDS, Fact.GOVERNANCE, *PLAN):
            assert _sees(fact, role, state) is (role in GROUP)


# --- reports ---------------------------------------------------------------------------

# What each version may hold of a concluded area, written out.
HOLDS = {
    Version.GROUP: "spread outcome dissent names many reasons governance plan days owners notes",
    Version.BOARD: (
        "spread outcome dissent names many reasons governance stories plan days owners notes"
    ),
    Version.ICB: "spread outcome many governance plan days",
    Version.PUBLIC: "outcome plan",
    Version.LEAD: (
        "words author waiting many spread outcome dissent names reasons governance stories "
        "plan days owners notes"
    ),
    Version.PLAN: "outcome names governance plan days owners notes",
}
SHORT = {
    Fact.WORDS_AND_RATINGS: "words", Fact.AUTHORS_NAME: "author",
    Fact.WHO_HAS_ANSWERED: "waiting", Fact.HOW_MANY: "many", Fact.SPREAD: "spread",
    Fact.DRAFT: "draft", Fact.OUTCOME: "outcome", Fact.DISSENT: "dissent",
    Fact.LEADS_NAMES: "names", Fact.LEADS_WORDS: "reasons",
    Fact.GOVERNANCE: "governance", Fact.STORIES: "stories", Fact.ACTIONS: "plan",
    Fact.DEADLINES: "days", Fact.OWNERS_NAMES: "owners", Fact.ACTION_WORDS: "notes",
}  # fmt: skip


@pytest.mark.parametrize("version", Version)
def test_every_version_holds_what_its_readers_may_see_of_a_concluded_area(
    version: Version,
) -> None:
    for fact in Fact:
        expected = SHORT[fact] in HOLDS[version].split()
        assert report_may_show(fact, version, AreaState.CONCLUDED) is expected


@pytest.mark.covers("R21")
@pytest.mark.parametrize("version", Version)
def test_no_version_holds_anything_of_a_blind_round(version: Version) -> None:
    answers = set(Fact) - PLAN
    assert not any(report_may_show(fact, version, state) for fact in answers for state in BLIND)


@pytest.mark.parametrize("version", Version)
def test_the_plan_waits_for_no_conclusion_since_it_is_nobodys_answer(version: Version) -> None:
    for fact, state in product(PLAN, AreaState):
        expected = SHORT[fact] in HOLDS[version].split()
        assert report_may_show(fact, version, state) is expected


def test_before_the_conclusion_only_the_leads_workbook_has_words_and_nothing_else() -> None:
    between = set(AreaState) - BLIND - {AreaState.CONCLUDED}
    for version, fact, state in product(Version, set(Fact) - PLAN, between):
        personal = fact in {Fact.WORDS_AND_RATINGS, Fact.AUTHORS_NAME}
        expected = version is Version.LEAD and personal
        assert report_may_show(fact, version, state) is expected
