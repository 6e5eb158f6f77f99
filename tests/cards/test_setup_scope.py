"""Step 2: everything is in scope unless a lead takes it out."""

import pytest

from cards.setup_scope import scope
from cards.submissions import SetupScope, parse
from eocif.summaries import Feedback
from tests.cards.harness import button, inputs, parts, press, texts
from tests.cards.samples_setup import EDITION, NO_AREA, all_cards, scope_step

CARDS = all_cards()


@pytest.mark.covers("R61")
def test_all_areas_are_chosen_by_default_and_sections_stay_folded() -> None:
    card = CARDS["scope"].content
    said = texts(card)
    assert "All 23 areas are in scope. If that is right, go on." in said
    assert "Every report will say what was in scope." in said
    fields = inputs(card)
    assert fields["section_1"]["value"] == "1,2,3,4"
    assert [choice["value"] for choice in fields["section_5"]["choices"]] == [
        *("19", "20", "21", "22", "23")
    ]
    assert set(folded(card)) == {f"fold_{number}" for number in range(1, 6)}


def folded(card: dict[str, object]) -> list[str]:
    return [str(node["id"]) for node in parts(card) if node.get("isVisible") is False]


def test_each_fold_opens_its_own_section() -> None:
    card = CARDS["scope"].content
    for section in EDITION.sections:
        opener = button(card, f"Section {section.number}: {section.title}")
        assert opener["targetElements"] == [f"fold_{section.number}"]


def test_areas_are_named_by_number_and_marked_as_our_titles() -> None:
    said = texts(CARDS["scope"].content)
    assert f"Area 13: {EDITION.area(13).label}" in said
    assert "The short titles of areas are ours. They are not part of the framework." in said


def test_a_section_in_part_is_open_with_what_is_chosen() -> None:
    card = CARDS["scope in part"].content
    assert "4 of 23 areas are in scope." in texts(card)
    assert inputs(card)["section_2"]["value"] == "5,9"
    assert "value" not in inputs(card)["section_3"]
    assert folded(card) == []


def test_a_press_brings_the_numbers_by_section() -> None:
    sent = press(CARDS["scope"].content, "Back", section_1="1,3", section_2="")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupScope)
    assert saved.sections == {"1": "1,3", "3": "10,11,12,13,14", "4": "15,16,17,18",
                              "5": "19,20,21,22,23"}  # fmt: skip
    assert saved.go == "back"


def test_a_scope_without_an_area_is_refused_in_words() -> None:
    card = CARDS["scope refused"].content
    assert NO_AREA.problems["section_1"] in texts(card)
    assert "fold_1" not in folded(card)


def test_what_was_ticked_survives() -> None:
    card = scope(scope_step(), Feedback(typed={"section_1": "2", "section_2": "none"})).content
    assert inputs(card)["section_1"]["value"] == "2"
    assert {"fold_1", "fold_2"}.isdisjoint(folded(card))
