"""What one review adapts: local words beside the framework's own, which nothing can change."""

from dataclasses import replace

import pytest

from eocif.rules.adaptation import (
    NONE,
    Adaptation,
    LocalStatement,
    PerspectiveChange,
    adapted,
    changed,
    codes_of,
    every,
    offered,
    parsed,
    service_in_full,
    services,
    with_change,
    with_perspective,
    with_statement,
    without,
    without_statement,
    written,
)
from eocif.rules.framework import edition
from eocif.rules.perspectives import PERSPECTIVES, Voice
from eocif.rules.statements import name_of

EDITION = edition()
PALS = ("13a", "13b", "13c")
NO_PALS = "We have no PALS."
FULL = Adaptation(
    (
        PerspectiveChange("healthwatch", "Care watch"),
        PerspectiveChange("local_1", "Friends", "neither"),
    ),
    (LocalStatement("L1", 13, "Every ward has a quiet room.", "A place to sit.", "nonce-1"),),
    help=(("13d", "Our ideas box."),),
    labels=(("13", "Advice and ideas"),),
    not_applicable=tuple((code, NO_PALS) for code in PALS),
)  # fmt: skip


# --- its record -------------------------------------------------------------------------------


@pytest.mark.parametrize("adaptation", [NONE, FULL])
def test_what_is_written_is_read_back_the_same(adaptation: Adaptation) -> None:
    assert parsed(written(adaptation)) == adaptation


def test_a_review_that_adapts_nothing_has_an_empty_record() -> None:
    assert parsed({}) == NONE


def test_an_empty_value_brings_ours_back() -> None:
    assert changed((("2a", "Local"),), {"2a": "", "1a": "Mine"}) == (("1a", "Mine"),)


# --- the edition ------------------------------------------------------------------------------


def test_nothing_adapted_is_the_edition_itself() -> None:
    assert adapted(EDITION, NONE) is EDITION
    renamed = Adaptation(perspectives=FULL.perspectives)
    assert adapted(EDITION, renamed) is EDITION


def test_an_edition_is_adapted_once() -> None:
    assert adapted(EDITION, FULL) is adapted(EDITION, replace(FULL, perspectives=()))


@pytest.mark.covers("R60")
def test_a_local_statement_comes_last_in_its_area_marked_and_without_a_national_code() -> None:
    area = adapted(EDITION, FULL).area(13)
    *others, local = area.indicators
    assert (local.code, local.text, local.plain) == (
        "L1", "Every ward has a quiet room.", "A place to sit.",
    )  # fmt: skip
    assert local.is_local
    assert not any(each.is_local for each in others)
    assert name_of(local.code) == "Local statement L1"
    assert local.code not in {each.code for area in EDITION.areas for each in area.indicators}


@pytest.mark.covers("R62")
def test_local_help_and_titles_stand_in_the_place_of_ours_and_say_so() -> None:
    area = adapted(EDITION, FULL).area(13)
    helped = {each.code: each for each in area.indicators}
    assert (helped["13d"].plain, helped["13d"].help_is_local) == ("Our ideas box.", True)
    assert not helped["13e"].help_is_local
    assert (area.label, area.label_is_local) == ("Advice and ideas", True)
    assert adapted(EDITION, FULL).area(12) == EDITION.area(12)


@pytest.mark.covers("R62")
def test_no_adaptation_changes_a_word_of_the_framework() -> None:
    anything = replace(
        FULL,
        help=tuple((i.code, "Local") for a in EDITION.areas for i in a.indicators),
        labels=tuple((str(area.number), "Local") for area in EDITION.areas),
        not_applicable=(),
    )
    ours, local = EDITION.areas, adapted(EDITION, anything).areas
    for before, after in zip(ours, local, strict=True):
        kept = [
            (each.code, each.text, each.bullets) for each in after.indicators if not each.is_local
        ]
        assert kept == [(each.code, each.text, each.bullets) for each in before.indicators]
    assert adapted(EDITION, anything).levels == EDITION.levels


@pytest.mark.covers("R09")
def test_without_a_service_its_statements_are_not_asked() -> None:
    assert services(EDITION) == ("PALS",)
    assert codes_of(EDITION, "PALS") == PALS
    assert codes_of(EDITION, "") == ()
    local = without(NONE, EDITION, "PALS", NO_PALS)
    assert local.not_applicable == tuple((code, NO_PALS) for code in PALS)
    asked = [each.code for each in adapted(EDITION, local).area(13).indicators]
    assert asked == ["13d", "13e", "13f", "13g", "13h"]
    assert without(local, EDITION, "PALS", "") == NONE


def test_a_service_is_written_out_where_our_help_does() -> None:
    assert service_in_full(EDITION, "PALS") == "Patient Advice and Liaison Service (PALS)"
    bare = replace(EDITION.indicator("13a"), expansions=())
    area = replace(EDITION.area(13), indicators=(bare,))
    section = replace(EDITION.section_of(13), areas=(area,))
    assert service_in_full(replace(EDITION, sections=(section,)), "PALS") == "PALS"


# --- local statements -------------------------------------------------------------------------


def _with_two() -> Adaptation:
    one = with_statement(NONE, area=2, text="One", plain="", nonce="nonce-1")
    return with_statement(one, area=3, text="Two", plain="Help", nonce="nonce-2")


def test_local_statements_are_counted_over_the_whole_review() -> None:
    assert [(each.code, each.area) for each in _with_two().added] == [("L1", 2), ("L2", 3)]


def test_the_same_nonce_adds_nothing_more() -> None:
    assert with_statement(_with_two(), area=2, text="One", plain="", nonce="nonce-1") == _with_two()


def test_a_removed_code_and_nonce_are_never_used_again() -> None:
    one = without_statement(_with_two(), "L2")
    assert [each.code for each in one.added] == ["L1"]
    assert with_statement(one, area=3, text="Two", plain="Help", nonce="nonce-2") == one
    three = with_statement(one, area=3, text="Three", plain="", nonce="nonce-3")
    assert [each.code for each in three.added] == ["L1", "L3"]
    assert without_statement(three, "L2") == three
    assert len(adapted(EDITION, three).area(3).indicators) == 3


# --- perspectives -----------------------------------------------------------------------------


def test_nothing_changed_is_our_list() -> None:
    assert offered(NONE) == every(NONE) == PERSPECTIVES


def test_a_perspective_can_be_renamed_and_given_another_voice() -> None:
    local = with_change(NONE, "icb_and_partners", name="Partners")
    local = with_change(local, "icb_and_partners", voice="staff_and_leadership")
    found = {each.key: each for each in offered(local)}["icb_and_partners"]
    assert (found.name, found.short, found.voice) == (
        "Partners", "Partners", Voice.STAFF_AND_LEADERSHIP,
    )  # fmt: skip
    back = with_change(local, "icb_and_partners", name="", voice="")
    assert offered(back) == PERSPECTIVES


@pytest.mark.covers("R13")
def test_a_perspective_taken_off_the_list_is_still_known() -> None:
    local = with_change(NONE, "executive_lead", is_removed=True)
    assert len(offered(local)) == len(PERSPECTIVES) - 1
    assert every(local) == PERSPECTIVES
    assert offered(with_change(local, "executive_lead", is_removed=False)) == PERSPECTIVES


@pytest.mark.covers("R13")
def test_added_perspectives_come_last_and_are_marked() -> None:
    local = with_perspective(NONE, name="Friends", voice="lived_experience", nonce="nonce-1")
    assert with_perspective(local, name="Friends", voice="neither", nonce="nonce-1") == local
    local = with_perspective(local, name="Trustees", voice="neither", nonce="nonce-2")
    added = offered(local)[len(PERSPECTIVES) :]
    assert [(each.key, each.name, each.voice) for each in added] == [
        ("local_1", "Friends", Voice.LIVED_EXPERIENCE), ("local_2", "Trustees", Voice.NEITHER),
    ]  # fmt: skip
    assert all(each.is_local for each in added)
    gone = with_change(local, "local_1", is_removed=True)
    assert [each.key for each in every(gone)][-2:] == ["local_1", "local_2"]
    third = with_perspective(gone, name="Volunteers at night", voice="neither", nonce="nonce-3")
    assert every(third)[-1].key == "local_3"
