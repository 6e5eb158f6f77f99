"""An area that cannot be answered says why, what is kept, and what to do."""

import pytest

from cards.area_closed import closed
from cards.submissions import AreaShow, parse
from eocif.summaries import Feedback, HiddenWords
from tests.cards.harness import actions, inputs, press, read, texts
from tests.cards.samples_answering import USER, VIEW, for_doris, form


def test_a_closed_round_shows_the_stored_answer_and_takes_nothing() -> None:
    card = closed(form(5, ["achieving"], state="closed", words=VIEW)).content
    assert texts(card)[3:9] == [
        "This round closed at 5pm on Friday 8 January 2027.",
        "What you saved is kept, as shown below.",
        "Ask the lead, Amina Yusuf, if something needs to change.",
        "Next: area 6",
        "Back to this week's areas",
        "Levels",
    ]
    assert "We listen well on two wards." in texts(card)
    assert inputs(card) == {}


def test_the_author_is_told_what_was_hidden_and_why() -> None:
    hidden = (HiddenWords("Mrs Patel", "It names a person."), HiddenWords("x" * 900, "Too much."))
    shown = texts(closed(form(5, state="closed", words=VIEW, hidden=hidden)).content)
    start = shown.index("Some of your words are hidden: they could tell who somebody is.")
    assert shown[start + 1 : start + 3] == ["Mrs Patel", "The reason: It names a person."]
    assert shown[start + 3] == "x" * 200 + " …"
    assert "Some of" not in " ".join(texts(closed(form(5, state="closed")).content))


def test_of_many_hidden_words_the_first_are_shown() -> None:
    many = tuple(HiddenWords(f"Name {n}", "A name.") for n in range(7))
    shown = texts(closed(for_doris(5, state="closed", hidden=many)).content)
    assert "Some of their words are hidden: they could tell who somebody is." in shown
    assert "Name 2" in shown
    assert "Name 3" not in shown
    assert "And 4 more." in shown


def test_a_late_press_is_kept_as_a_note() -> None:
    late = {"where_now": "Too late", "level_5a": "excelling", "source": "fft", "evidence": "90%"}
    whole = texts(closed(form(5, state="closed", kept=late)).content)
    start = whole.index("Kept for you to copy")
    assert whole[start + 1 : start + 10] == [
        "You sent these after the round closed. They are not part of your answer. "
        "We kept them for you to copy.",
        "Where are we now?",
        "Too late",
        "Area 5a",
        "Excelling",
        "Where the evidence comes from",
        "Friends and Family Test (FFT)",
        "Evidence",
        "90%",
    ]


@pytest.mark.parametrize(
    ("state", "sentence", "preview"),
    [
        (
            "set aside",
            "This area was set aside. You do not need to answer it.",
            "Area 5: set aside",
        ),
        (
            "cancelled",
            "This review was cancelled. You do not need to answer it.",
            "Area 5: this review was cancelled",
        ),
        (
            "not open yet",
            "This area is not open yet. We will write to you when it is.",
            "Area 5: not open yet",
        ),
        (
            "closed",
            "This round closed at 5pm on Friday 8 January 2027.",
            "Area 5: this round has closed",
        ),
    ],
)
def test_each_state_has_its_plain_sentence(state: str, sentence: str, preview: str) -> None:
    face = closed(form(5, state=state))
    assert sentence in texts(face.content)
    assert face.preview == preview


def test_what_is_stored_is_said_even_where_it_is_nothing() -> None:
    assert "No answer is stored for this area." in texts(closed(form(5, state="closed")).content)
    withdrawn = closed(form(5, state="set aside", withdrawn=True)).content
    assert "The answer was withdrawn, so nothing is stored." in texts(withdrawn)
    assert "stored" not in read(closed(form(5, state="not open yet")).content)


def test_words_kept_in_another_state_are_there_to_copy() -> None:
    whole = texts(closed(form(5, state="cancelled", kept={"what_do": "Kept"})).content)
    assert "These are not part of your answer. We kept them for you to copy." in whole


def test_the_way_on_stands_out() -> None:
    card = closed(form(5, state="closed", closes_on=None, left=())).content
    assert "This round closed." in texts(card)
    (back,) = actions(card)
    assert (back["title"], back["style"]) == ("Back to this week's areas", "positive")
    on = press(closed(form(5, state="closed")).content, "Next: area 6")
    assert parse(on["verb"], on["data"]) == AreaShow(review=7, areas=(4, 5, 6, 7), area=6)


def test_the_press_that_came_too_late_is_answered_on_top_and_the_card_renews_itself() -> None:
    face = closed(form(5, state="closed"), Feedback("This round closed.", True), for_user=USER)
    assert texts(face.content)[:2] == ["Please check", "This round closed."]
    assert face.content["refresh"]["userIds"] == [USER]
