"""What cannot be taken: a sentence says what happened, what is kept and what to do.

And the card still holds what was typed.
"""

import pytest

from tests.scenarios.play import Cast, Device, Person
from tests.scenarios.scenes import BUT_A_FEW, a_review_has_begun

COPY = "we kept it for you to copy"


@pytest.fixture
def amina(cast: Cast) -> Person:
    """The lead of a review of areas 2 and 3, on its first morning."""
    return a_review_has_begun(cast, scope="2,3", without=BUT_A_FEW)


@pytest.fixture
def des(cast: Cast, amina: Person) -> Person:
    """Des, with this week's message before him."""
    (person,) = cast("des")
    return person


@pytest.fixture
def words(des: Person) -> Device:
    """Des on a client that checks nothing, with the words of area 2 before him."""
    des.presses("Start with area 2")
    des.presses("Save levels and go on to words", **des.every("progressing"))
    return des.has_another_device()


# --- levels ---------------------------------------------------------------------------------


def test_a_missing_level_is_no_mistake(des: Person) -> None:
    des.presses("Start with area 2")
    read = des.presses("Save levels and go on to words", level_2b="progressing")
    assert "Your levels are saved. 1 of 3 rated, the rest can wait." in read
    assert "1 of 3 rated, the rest can wait." in des.presses("Save my view")


def test_no_level_at_all_saves_nothing_and_says_so(des: Person) -> None:
    des.presses("Start with area 2")
    read = des.presses("Save levels and stop here")
    assert "Nothing is saved for area 2 yet." in read


def test_a_level_that_is_none_is_named_and_the_others_are_saved(des: Person) -> None:
    des.presses("Start with area 2")
    phone = des.has_another_device()
    read = phone.presses("Save levels and stop here", level_2a="superb", level_2b="achieving")
    assert "We could not read the choice for 2a. Choose one from the list." in read
    assert phone.sees_filled_in()["level_2b"] == "achieving"
    des.leaves_and_comes_back()
    assert "1 of 3 rated, the rest can wait." in des.reads()


# --- words ----------------------------------------------------------------------------------


def test_text_over_the_limit_is_kept_whole_with_the_number_to_cut(
    des: Person, words: Device
) -> None:
    assert "Where are we now? (optional, up to 2,000 characters)" in words.reads()
    long = "All of it matters. " * 120
    read = words.presses("Save my view", where_now=long, what_do="Ask again.")
    assert "Please check" in read
    assert (
        "“Where are we now?” is 279 characters too long. The most is 2,000. "
        "All of it is still here. Cut it and save again."
    ) in read
    assert words.sees_filled_in()["where_now"] == long.strip()
    assert words.sees_filled_in()["what_do"] == "Ask again."
    des.leaves_and_comes_back()
    des.presses("See my answer to area 2")
    assert long.strip() in des.reads()
    read = words.presses("Save my view", where_now=long[:2000])
    assert "Area 2 is answered. Thank you." in read
    assert "too long" not in read


@pytest.mark.covers("R26")
@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("http://www.example.nhs.uk/report", "This link does not start with https."),
        ("https://10.0.0.1/report", "We cannot take this link."),
        ("https://someone@example.nhs.uk/", "We cannot take this link."),
        ("javascript:alert(1)", "We cannot take this link."),
        ("the blue folder", "We cannot take this link."),
    ],
)
def test_an_odd_link_stays_on_the_card(words: Device, link: str, sentence: str) -> None:
    typed = {"source": "survey", "kind": "quantitative", "evidence": "8 in 10.", "link": link}
    read = words.presses("Save my view", where_now="It works.", **typed)
    assert sentence in read
    assert words.sees_filled_in() == {"where_now": "It works.", **typed}
    read = words.presses("Save my view", link="https://www.example.nhs.uk/report")
    assert "Survey, in numbers" in read
    assert "8 in 10." in read
    assert "Link to www.example.nhs.uk" in read


def test_evidence_needs_a_source_and_a_kind(words: Device) -> None:
    read = words.presses("Save my view", evidence="Nobody rang back.")
    assert "Choose where this evidence comes from. What you typed is still here." in read
    assert "Choose whether this evidence is in words or in numbers." in read
    assert words.sees_filled_in()["evidence"] == "Nobody rang back."


def test_odd_signs_in_words_are_only_words(des: Person, words: Device) -> None:
    odd = "**bold** <at>Amina</at> {{DATE(2026-01-01,SHORT)}} [x](https://y) \u202ereversed"
    read = words.presses("Save my view", where_now=odd)
    assert "**bold** <at>Amina</at> {{DATE(2026-01-01,SHORT)}} [x](https://y) reversed" in read


# --- too late -------------------------------------------------------------------------------


def test_a_closed_round_keeps_what_was_typed_to_copy(cast: Cast, words: Device) -> None:
    cast.time.goes_to("2026-12-15 10:00")
    read = words.presses("Save my view", where_now="Sent the day after.", what_do="Ask again.")
    assert "This round closed on Monday 14 December 2026. Your earlier answer is kept." in read
    assert COPY in read
    assert "Ask your lead if you need to change it." in read
    assert "Sent the day after." in read
    assert "Ask again." in read
    assert "Area 2a\nProgressing" in read


def test_a_review_cancelled_meanwhile_keeps_what_was_typed_to_copy(
    amina: Person, words: Device
) -> None:
    amina.says("review")
    amina.presses("Cancel this review")
    amina.presses("Cancel this review")
    read = words.presses("Save my view", where_now="Nobody told me.")
    assert "This review was cancelled. Everything saved before is kept." in read
    assert COPY in read
    assert "Nobody told me." in read


def test_who_was_removed_meanwhile_keeps_what_was_typed_to_copy(
    amina: Person, words: Device
) -> None:
    amina.says("review")
    amina.presses("Members")
    amina.presses("Change the group")
    amina.presses("Change", where={"perspective": "service_leads_and_staff"})
    amina.presses("Remove")
    read = words.presses("Save my view", where_now="Am I still in?")
    assert "You are no longer in this review group. The answers you gave are kept." in read
    assert "Am I still in?" in read


# --- not theirs -----------------------------------------------------------------------------


FOR_SOMEONE_ELSE: list[tuple[str, dict[str, object]]] = [
    ("setup.show", {"review": 1, "step": "details"}),
    ("setup.details", {"review": 1, "title": "Mine now"}),
    ("review.cancel", {"review": 1, "reason": "Why not"}),
    ("review.extend", {"review": 1, "area": 2, "until": "2026-12-18"}),
    ("outstanding.show", {"review": 1}),
    ("outstanding.remind", {"review": 1}),
    ("area.show", {"review": 1, "area": 2, "areas": [2], "member": 1}),
]


def test_a_card_for_someone_else_answers_plainly(des: Person) -> None:
    for verb, data in FOR_SOMEONE_ELSE:
        read = des.forges(verb, **data)
        assert "This card is for someone else. Nothing was changed." in read, verb
        assert "Type “my areas” to see what is open for you." in read, verb


def test_another_s_answer_cannot_be_recorded_or_read(cast: Cast, des: Person) -> None:
    tom, grace = cast("tom", "grace")
    grace.answers(2, "dont_know")
    opened = []
    for member in range(1, 12):
        read = tom.forges("area.show", review=1, area=2, areas=[2], member=member)
        opened += [read] if "Step 1 of 2" in read else []
        assert "Area 2 is answered." not in read
    assert len(opened) == 1
    assert "You are recording answers for Doris Whitfield." in opened[0]


OF_NO_CARD: list[tuple[str, dict[str, object]]] = [
    ("save_levels", {"review": 1}),
    ("area.levels", {"review": "one", "area": 2}),
    ("area.levels", {}),
    ("", {}),
    ("area.show", {"review": 1, "area": 2, "areas": {"2": True}}),
]


def test_a_press_that_no_card_of_ours_makes_changes_nothing(des: Person) -> None:
    unread = "We could not read this card. Nothing was changed. Type “my areas” to carry on."
    for verb, data in OF_NO_CARD:
        assert unread in des.forges(verb, **data), (verb, data)


def test_a_review_or_an_area_that_is_not_there_is_not_found(des: Person) -> None:
    for review, area in ((2, 2), (10**9, 2), (1, 22)):
        data = {"review": review, "area": area, "areas": [area], f"level_{area}a": "achieving"}
        read = des.forges("area.levels", **data)
        assert "We could not find this review. Type “my areas” to see what is open" in read


def test_a_number_that_no_card_of_ours_holds_is_not_read(des: Person) -> None:
    read = des.forges("area.levels", review=10**12, area=2, areas=[2], level_2a="achieving")
    assert "We could not read this card. Nothing was changed." in read


# --- typed words ----------------------------------------------------------------------------


@pytest.mark.covers("R72")
def test_what_is_not_understood_gets_help_with_the_nearest_word_first(des: Person) -> None:
    des.says("hepl")
    assert "What you can type" in des.reads()
    assert "“my areas” shows what is open for you, and your answers." in des.reads()
    assert "Your lead is Amina Yusuf." in des.reads()
    assert "write to england.peopleandcommunities@nhs.net." in des.reads()
    des.says("Where do I see my arreas?")
    assert des.hears()[-1] == "Experience of care reviews: your areas"
    des.says("asdf qwerty")
    assert "We did not understand that" in des.reads()
    assert "Did you mean " in des.reads()
    des.says("digest")
    assert "There is no digest for you. It is for those who lead" in des.reads()
