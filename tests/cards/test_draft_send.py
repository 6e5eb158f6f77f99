"""A last look at a draft: how it reads, what it lacks, who is asked, and what can be cleared."""

from collections.abc import Sequence
from dataclasses import replace

from cards.draft_send import send
from cards.submissions import parse
from cards.worksheet_shapes import (
    DraftClear,
    DraftSend,
)
from tests.cards.harness import Card, Node, actions, inputs, press, read, texts
from tests.cards.samples_lead_work import (
    CHANGED,
    CONCLUDING,
    DRAFT,
    FRESH,
    LONG,
    MISSING,
    UNFINISHED,
    WITH_GROUP,
    WRITTEN,
    drafted,
    every_field,
)


def titles(card: Card) -> list[str]:
    return [action["title"] for action in actions(card)]


def choices(field: Node) -> list[str]:
    return [each["value"] for each in field["choices"]]


def test_the_last_look_shows_the_draft_as_it_reads() -> None:
    shown = texts(send(WRITTEN).content)
    assert DRAFT["what_do"] in shown
    assert "People and unpaid carers and Service leads and staff" in shown
    assert "Area 13a: Achieving, agreed." in shown
    place = shown.index("Area 13c: Progressing, set by the lead.")
    assert shown[place + 1] == "Reason: The reports stopped last year."
    assert "Area 13d: Not agreed." in shown
    assert "Area 13g: Not applicable." in shown


def test_what_is_not_written_yet_says_so() -> None:
    shown = texts(send(FRESH).content)
    assert shown.count("Nothing yet.") == 4
    assert "Area 13c: No level chosen yet." in shown


def test_a_draft_that_is_ready_says_who_is_asked_and_until_when() -> None:
    shown = send(WRITTEN).content
    assert "Nothing is missing. You can send this draft." in texts(shown)
    assert "If you send it now, we ask 14 people on Monday 8 February 2027." in texts(shown)
    assert "They can answer until 5pm on Monday 15 February 2027." in texts(shown)
    sent = press(shown, "Send this draft to the group")
    assert parse(sent["verb"], sent["data"]) == DraftSend(review=7, area=13)


def test_a_draft_that_lacks_something_says_what_and_cannot_be_sent() -> None:
    shown = send(UNFINISHED).content
    place = texts(shown).index("Still needed before you can send this draft")
    assert texts(shown)[place + 1 : place + 3] == [f"• {each}" for each in MISSING]
    assert "Send this draft to the group" not in titles(shown)
    assert "If you send it now" not in read(shown)


def steps(area: object, wanted: Sequence[str]) -> list[str]:
    return [title for title in titles(send(area).content) if title in wanted]  # type: ignore[arg-type]


AGAIN = "Send the changed draft round once more"


def test_a_changed_draft_can_go_round_once_more_while_its_area_is_concluded() -> None:
    sent = press(send(CHANGED).content, AGAIN)
    assert parse(sent["verb"], sent["data"]) == DraftSend(review=7, area=13)
    assert steps(CONCLUDING, [AGAIN, "Go on to conclude"]) == ["Go on to conclude"]
    assert "You can send it once more only if you change it." in read(send(CONCLUDING).content)


def test_a_draft_with_the_group_can_be_read_and_not_changed() -> None:
    shown = send(WITH_GROUP).content
    assert steps(WITH_GROUP, ["Change the words", "Change the levels", "Clear something"]) == []
    undated = read(send(replace(WITH_GROUP, closes_on=None)).content)
    assert "The draft is with the group. You can change it after that." in undated
    assert DRAFT["where_now"] in texts(shown)


def test_clearing_has_its_own_button_for_what_is_filled() -> None:
    shown = send(WRITTEN).content
    offered = choices(inputs(shown)["what"])
    assert {"where_now", "draws_on", "level_13b", "heard_13b"} <= set(offered)
    assert "level_13a" not in offered  # the rule's, and nobody chose it
    sent = press(shown, "Clear what I ticked", what="where_now,heard_13b")
    posted = parse(sent["verb"], sent["data"])
    assert posted == DraftClear(review=7, area=13, what=("where_now", "heard_13b"), step="words")
    assert inputs(send(FRESH).content) == {}


def test_words_kept_beside_the_draft_can_be_cleared_too() -> None:
    kept = replace(FRESH, draft=drafted(FRESH.result, {}, kept={"gap": LONG * 2}))
    shown = send(kept).content
    assert choices(inputs(shown)["what"]) == ["gap"]
    assert "Kept for you to copy" in texts(shown)


def test_sending_takes_nothing_from_the_boxes_for_clearing() -> None:
    sent = press(send(WRITTEN).content, "Send this draft to the group")
    assert "what" not in sent["data"]


def test_a_long_draft_is_shown_as_far_as_it_fits_and_says_so() -> None:
    long = drafted(FRESH.result, every_field(FRESH.result, LONG))
    assert "All of it is kept" in read(send(replace(WRITTEN, draft=long)).content)
