"""The weekly digest's card: what matters most first, every list cut, every button acting."""

import re
from dataclasses import replace

import pytest

from cards.digest_rows import some
from cards.face import Face
from eocif.rules.perspectives import PERSPECTIVES
from tests.cards.harness import Card, actions, button, parts, read, texts
from tests.cards.samples_digest import (
    CROWD,
    FULL,
    HOSTILE_ONE,
    LATE,
    NAMES,
    OTHERS,
    PART,
    QUIET,
    READER,
    READY,
    SIGNED_OFF,
    USUAL,
    shown,
    waits,
)
from tests.cards.samples_short import HOSTILE

WHOLE = shown(USUAL, OTHERS[0])


def headings(face: Face) -> list[str]:
    """A card's headings in their order."""
    return [each["text"] for each in parts(face.content) if each.get("style") == "heading"]


def charts(card: Card) -> list[Card]:
    return [node for node in parts(card) if str(node.get("type")).startswith("Chart.")]


def test_what_waits_comes_first_and_what_only_informs_last() -> None:
    assert headings(WHOLE) == [
        "Your week at a glance", "Waiting for you as area lead", "Actions past their date",
        "Actions that wait for a decision", "Actions due in the next two weeks",
        "Not answered yet", "Waiting for area leads", "Since Monday 1 February 2027",
        "How far each section is", "Messages that did not arrive", "Next dates",
        "Your other reviews",
    ]  # fmt: skip
    glance = "4 open areas wait for answers."
    assert read(WHOLE.content).index(glance) < read(WHOLE.content).index("A wide gap")


@pytest.mark.covers("R43")
def test_overdue_actions_stand_with_their_days_and_what_waits() -> None:
    said = read(WHOLE.content)
    assert "2 actions are past their date." in said
    assert "Ring people back · Area 2. Owner: Ruth Hollis. " in said.replace("\n", "")
    assert "This was due on Friday 29 January 2027, 10 days ago." in said
    assert "24 days ago. Its owner said “not mine”." in said
    assert button(WHOLE.content, "Open the actions")["data"] == {"by": "all", "review": 7}


def test_an_action_stands_once_where_it_matters_most() -> None:
    said = read(WHOLE.content)
    for title in ("Meet Healthwatch", "Train volunteers", "Ask carers", "Print the leaflets"):
        assert said.count(title) == 1
    assert "5 things wait for you." in said  # two areas, a person to ask, two actions


@pytest.mark.covers("R68")
def test_open_areas_stand_with_whom_they_wait_for_and_who_is_silent() -> None:
    said = read(WHOLE.content).replace("\n", "")
    alike = "Areas 6 and 7: 4 of 9 have answered the draft in each. Waiting for "
    assert f"{alike}Tom Okafor, Sunil Rao and Joan Pettifer." in said
    assert f"Area 11: 1 of 9 has answered. Waiting for {some(CROWD[:8])}." in said
    assert "Nobody has answered yet from: People and unpaid carers; Healthwatch." in said


def test_the_lead_reads_which_drafts_wait_for_whom_and_since_when() -> None:
    said = read(WHOLE.content).replace("\n", "")
    assert "Kasia Nowak: the conclusion of area 3. It is due on Friday 12 February 2027." in said
    assert "Tom Okafor: the drafts of areas 9 and 10. They were due on Monday 1 " in said


def test_its_buttons_act() -> None:
    wanted = {
        "Remind those who have not answered": ("outstanding.remind", {"review": 7}),
        "Give more time": ("review.show", {"review": 7, "view": "extend"}),
        "See everyone by name": ("outstanding.show", {"review": 7}),
        "Conclude area 4": ("draft.show", {"review": 7, "area": 4}),
        "Write the draft of area 8": ("draft.show", {"review": 7, "area": 8}),
        "Record their answers": ("mine.show", {}),
        "Show its digest": ("digest.show", {"review": 20}),
        "See the review": ("review.show", {"review": 7}),
    }
    for title, (verb, data) in wanted.items():
        pressed = button(WHOLE.content, title)
        assert (pressed["verb"], pressed["data"]) == (verb, data)


def test_a_mere_reader_has_numbers_and_no_button_that_is_not_theirs() -> None:
    card = shown(READER).content
    assert [each["title"] for each in actions(card)] == []
    assert not [name for name in NAMES if name in read(card)]
    assert "Other perspectives." in read(card)


def test_an_area_lead_reads_which_part_is_theirs() -> None:
    said = read(shown(PART).content)
    assert "Your part: areas 1 to 4." in said
    assert "Give more time" not in said
    assert "Your part" not in read(WHOLE.content)


def test_names_are_cut_to_four_and_how_many_more() -> None:
    assert some(NAMES) == "Tom Okafor, Sunil Rao and Joan Pettifer"
    assert some(CROWD[:5]) == "Person 000, Person 001, Person 002, Person 003 and Person 004"
    assert some(CROWD[:6]) == "Person 000, Person 001, Person 002, Person 003 and 2 more"


def test_every_long_list_is_cut_and_says_so() -> None:
    said = texts(shown(FULL, *OTHERS).content)
    more = [text for text in said if re.fullmatch(r"And \d+ more\.", text)]
    assert more == [
        *["And 36 more."] * 3, "And 19 more.", "And 36 more.", "And 15 more.", "And 36 more.",
        "And 16 more.", "And 8 more.",
    ]  # fmt: skip
    assert any("and 82 more" in text for text in said)  # gaps
    assert any("… · Area" in text for text in said)  # titles


# --- progress -----------------------------------------------------------------------------


def test_progress_is_a_chart_with_the_same_numbers_beside_it() -> None:
    [found] = charts(WHOLE.content)
    assert [bar["title"] for bar in found["data"]] == [f"Section {n}" for n in range(1, 6)]
    first = {point["legend"]: point["value"] for point in found["data"][0]["data"]}
    assert first == {
        "Concluded": 2, "With the lead or the group": 1, "Open for answers": 0,
        "Not open yet": 0, "Set aside": 1,
    }  # fmt: skip
    told = "Section 1, Leadership. 4 areas: 2 concluded, 1 with the lead or the group and "
    assert f"{told}1 set aside." in read(WHOLE.content)


def test_a_phone_shows_a_block_for_each_area() -> None:
    [found] = charts(WHOLE.content)
    assert texts(found["fallback"]) == [
        "One block for each area: █ concluded, ▓ with the lead or the group, ▒ open for answers, "
        "░ not open yet, – set aside.",
        "Section 1  ██▓–", "Section 2  ▓▓▓▓▓", "Section 3  ▓▒▒▒▒", "Section 4  ▒░░░",
        "Section 5  ░░░░░",
    ]  # fmt: skip


def test_progress_is_left_out_once_every_area_has_ended() -> None:
    assert charts(shown(SIGNED_OFF).content) == []
    assert "How far each section is" not in headings(shown(SIGNED_OFF))


# --- other states -------------------------------------------------------------------------


def test_a_review_that_can_be_signed_off_says_so_with_its_button() -> None:
    card = shown(READY).content
    assert "1 thing waits for you." in read(card)
    assert button(card, "Look at the sign-off")["verb"] == "signoff.show"
    assert "Look at the sign-off" not in read(WHOLE.content)


def test_where_nothing_is_new_it_says_so_and_shows_how_far_things_are() -> None:
    card = shown(QUIET).content
    assert "There is nothing new to tell you. Nothing waits for you." in read(card)
    assert charts(card)


def test_an_action_that_its_reader_is_asked_to_own_is_not_told_as_the_leads_to_decide() -> None:
    asked = replace(LATE, waits="accept", owner="", is_mine=True)
    said = read(shown(replace(QUIET, overdue=(asked,))).content).replace("\n", "")
    assert "Owner: you. This was due on" in said
    assert "Please say whether" not in said


def test_the_same_area_twice_on_a_day_is_one_line_only_with_the_same_numbers() -> None:
    rows = (waits(1, 2, ()), waits(2, 2, ()), waits(3, 3, ()), waits(4, 2, NAMES))
    said = read(shown(replace(QUIET, outstanding=rows)).content)
    for line in ("Areas 1 and 2", "Area 3", "Area 4"):
        assert f"{line}: " in said.replace("\n", "")
    assert said.count("Closes at 5pm on Friday 12 February 2027") == 1


def test_the_preview_and_the_refresh_hold_nobodys_name_or_words() -> None:
    for face in (WHOLE, shown(FULL), shown(HOSTILE_ONE)):
        assert face.preview == "Experience of care reviews: your weekly digest"
        assert face.content["refresh"]["action"]["data"] == {"review": 7}


def test_names_that_people_chose_do_nothing_on_the_card() -> None:
    blocks = [each for each in parts(shown(HOSTILE_ONE).content) if each["type"] == "TextBlock"]
    assert not [each for each in blocks if HOSTILE in each["text"]]


def test_no_more_than_four_other_reviews_have_a_button() -> None:
    pressed = [each for each in actions(shown(QUIET, *OTHERS).content) if "digest" in each["title"]]
    assert len(pressed) == 4


def test_many_silent_perspectives_are_cut_like_names() -> None:
    said = read(shown(replace(USUAL, silent=PERSPECTIVES)).content)
    assert f"{PERSPECTIVES[3].short}; and 6 more." in said.replace("\n", "")
