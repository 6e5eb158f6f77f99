"""How reviews are going, for a channel."""

from cards.status import status
from eocif.summaries import Feedback
from tests.cards.harness import actions, read, texts
from tests.cards.samples_short import counts


def test_a_channel_reads_counts_only() -> None:
    assert texts(status((counts(),)).content) == [
        "How the review is going",
        "Experience of care review 2027 · Northmoor NHS Trust",
        *("In scope", "23 areas", "Open for answers", "5 areas", "Concluded", "0 areas"),
        *("Answers in", "34 of 50", "Next to close", "5pm on Friday 22 January 2027"),
        "You see counts only here. Names and answers never show in a channel. "
        "There is no pass or fail. This does not assess performance.",
    ]


def test_a_channel_never_reads_who_leads_nor_gets_a_button() -> None:
    card = status((counts(),)).content
    assert "Amina" not in read(card)
    assert actions(card) == []


def test_with_nothing_open_there_is_no_count_of_answers() -> None:
    shown = texts(status((counts(open_now=0, closes_on=None),)).content)
    assert "Answers in" not in shown
    assert "Next to close" not in shown


def test_every_running_review_has_its_own_counts() -> None:
    shown = texts(status((counts(), counts(in_scope=1))).content)
    assert shown[0] == "How the reviews are going"
    assert {"23 areas", "1 area"} <= set(shown)


def test_with_no_review_running_the_card_says_who_can_start_one() -> None:
    shown = texts(status((), Feedback("Done.")).content)
    assert "No review is under way now. Your experience of care lead can start one." in shown
