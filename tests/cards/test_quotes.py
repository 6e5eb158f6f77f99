"""People's own words: paged by size, by group, never cut and never counted."""

from hypothesis import given
from hypothesis import strategies as st

from cards.quotes import A_PAGE, pages, question, quote, topics
from eocif.round_summaries import Utterance
from eocif.rules.framework import edition
from tests.cards.harness import texts
from tests.cards.samples_members import SAID, utterance

SAYINGS = st.lists(
    st.builds(utterance, st.sampled_from("ABC"), st.text(max_size=2_000)), max_size=30
)


def units(page: list[Utterance]) -> int:
    return sum(len(each.text.encode("utf-16-le")) // 2 for each in page)


@given(SAYINGS)
def test_every_text_stands_on_one_page_whole_and_no_page_is_too_big(said: list[Utterance]) -> None:
    found = pages(said)
    assert sorted(map(id, said)) == sorted(id(each) for page in found for each in page)
    assert all(units(page) <= A_PAGE for page in found if len(page) > 1)
    assert all(found) or not said


@given(SAYINGS)
def test_each_groups_words_stand_together_in_the_order_they_came(said: list[Utterance]) -> None:
    groups = [each.group for page in pages(said) for each in page]
    assert len(dict.fromkeys(groups)) == sum(
        before != after for before, after in zip([None, *groups], groups, strict=False)
    )
    for name in set(groups):
        theirs = [id(each) for each in said if each.group == name]
        assert [id(x) for page in pages(said) for x in page if x.group == name] == theirs


def test_only_what_somebody_wrote_about_is_offered_in_order() -> None:
    assert topics(SAID) == ("where_now", "what_do", "evidence")
    assert topics(()) == ()


def test_the_worksheets_questions_are_asked_in_its_own_words() -> None:
    assert question(edition(), "where_now") == edition().questions[0]
    assert question(edition(), "evidence") == "Evidence"
    assert question(edition(), "comment") == "Comments and concerns"
    assert question(edition(), "unknown") == "unknown"


def test_a_quote_shows_what_there_is_and_a_link_only_with_its_host() -> None:
    evidence = utterance(
        "A", "62 in 100.", "evidence", source="Survey", kind="quantitative",
        link="https://www.example.org/a?b=secret",
    )  # fmt: skip
    assert texts(quote(evidence).render()) == [
        "Survey, in numbers",
        "62 in 100.",
        "Link to www.example.org",
    ]
    assert texts(quote(utterance("A", "Hello.")).render()) == ["Hello."]
    unknown = utterance("A", "", source="Talk", kind="else")
    assert texts(quote(unknown).render()) == ["Talk, else"]
