from datetime import date
from itertools import pairwise

import pytest

from eocif.rules.agreement import Settings, is_enough
from eocif.rules.answers import (
    CHOICES,
    NOT_AGREED,
    Offered,
    called_for,
    choice_name,
    choice_problem,
    evidence_problems,
    field_label,
    is_offered,
    kept_problems,
    late_sentence,
    words_problem,
)
from eocif.rules.framework import LEVEL_KEYS, edition
from eocif.rules.progress import (
    AreaState,
    ReviewState,
    is_answered,
    may_move_area,
    may_move_review,
)
from eocif.rules.scope import scope_in_words

STORY = Offered("n", "story", "qualitative", "A carer told us.")


@pytest.mark.covers("R22")
@pytest.mark.covers("R23")
def test_excelling_achieving_and_not_applicable_call_for_words() -> None:
    choices = {"2a": "excelling", "2b": "progressing", "2c": "excelling", "3a": "achieving"}
    assert called_for(choices) == {"excelling": ("2a", "2c"), "achieving": ("3a",)}
    assert called_for({"13a": "not_applicable"}) == {"not_applicable": ("13a",)}
    assert called_for({"2a": "dont_know", "2b": "insufficient_progress"}) == {}


@pytest.mark.covers("R20")
def test_an_area_is_answered_when_every_statement_has_a_choice() -> None:
    codes = ("3a", "3b")
    assert is_answered(codes, {"3a": "dont_know", "3b": "not_applicable"})
    assert not is_answered(codes, {"3a": "dont_know"})
    assert not is_answered(codes, {"3a": "achieving", "3b": ""})


def test_words_at_the_limit_are_taken() -> None:
    assert words_problem("where_now", "x" * 2000) is None
    assert "1,000 characters too long" in str(words_problem("where_now", "x" * 3000))


def test_every_field_has_a_name_that_a_person_reads() -> None:
    fields = ("what_good", "evidence", "level_13a", "level_L1")
    names = [field_label(field) for field in fields]
    assert names == ["What would good look like?", "Evidence", "Area 13a", "Local statement L1"]
    assert choice_problem("13a").endswith("Choose one from the list.")


def test_every_choice_has_a_name_that_a_person_reads() -> None:
    others = sorted(CHOICES - {*LEVEL_KEYS})
    names = [choice_name(edition(), each) for each in ("excelling", *others)]
    assert names == ["Excelling", "I don't know enough to rate this", "Not applicable"]
    assert choice_name(edition(), NOT_AGREED) == "Not agreed"
    assert choice_name(edition(), "") == ""


def test_evidence_is_text_or_a_link_with_a_source_and_a_kind() -> None:
    assert is_offered(STORY)
    assert is_offered(Offered(link="https://www.nhs.uk/"))
    assert not is_offered(Offered(source="story", kind="qualitative"))
    assert evidence_problems(STORY) == {}
    assert evidence_problems(Offered(evidence="Text")).keys() == {"source", "kind"}


def test_what_is_still_wrong_with_kept_words_is_said_again() -> None:
    kept = {
        "where_now": "x" * 2001,
        "what_do": "Fine now.",
        "evidence": "Text",
        "link": "http://x.y",
    }
    assert kept_problems(kept).keys() == {"where_now", "source", "kind", "link"}
    assert kept_problems({"level_2a": "achieving"}) == {}


def test_a_late_answer_is_told_why_and_where_its_words_are() -> None:
    closed = late_sentence(AreaState.DRAFTING, date(2027, 1, 25))
    assert closed.startswith("This round closed on Monday 25 January 2027. Your earlier answer")
    assert late_sentence(AreaState.DRAFTING, None).startswith("This round closed. Your earlier")
    assert late_sentence(AreaState.WAITING, None).startswith("This area is not open yet.")
    assert late_sentence(AreaState.SET_ASIDE, None).startswith("This area was set aside.")


@pytest.mark.covers("R61")
def test_scope_is_said_in_words() -> None:
    framework = edition()
    assert scope_in_words(framework, range(1, 24)) == "All 23 areas"
    assert scope_in_words(framework, {1, 2, 3, 4, 12, 10, 11, 23}) == (
        "section 1 (Leadership); areas 10 to 12 of section 3 (Collecting feedback); "
        "area 23 of section 5 (Learning for improvement)"
    )


def test_enough_are_five_people_three_perspectives_and_one_with_lived_experience() -> None:
    assert is_enough(5, perspectives=3, lived_experience=1)
    for few in ((4, 3, 1), (5, 2, 1), (5, 3, 0)):
        people, perspectives, lived = few
        assert not is_enough(people, perspectives=perspectives, lived_experience=lived)
    assert is_enough(1, perspectives=1, lived_experience=0, settings=Settings(1, 1, 0))


def test_reviews_and_areas_move_forward_and_back_only_as_written() -> None:
    review = {(a, b) for a in ReviewState for b in ReviewState if may_move_review(a, b)}
    assert {f"{a} > {b}" for a, b in review} == {
        "draft > collecting", "draft > cancelled", "collecting > signed_off",
        "collecting > cancelled", "signed_off > collecting",
    }  # fmt: skip
    area = {f"{a} > {b}" for a in AreaState for b in AreaState if may_move_area(a, b)}
    forward = ["waiting", "round_1", "drafting", "round_2", "concluding", "concluded"]
    assert area == {
        *(f"{a} > {b}" for a, b in pairwise(forward)),
        *(f"{a} > set_aside" for a in forward[:-1]),
        "concluded > drafting", "set_aside > drafting", "set_aside > waiting",
        "concluding > round_2",
    }  # fmt: skip
