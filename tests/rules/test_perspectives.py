"""Who takes part, as which voice, and what evidence may come from."""

from dataclasses import FrozenInstanceError, fields

import pytest

from eocif.rules.perspectives import (
    EVIDENCE_SOURCES,
    NAMED_FUNCTIONS,
    PERSPECTIVES,
    Choice,
    Perspective,
    UnknownPerspective,
    Voice,
    missing,
    perspective,
)

KEYS = [each.key for each in PERSPECTIVES]


def voiced(voice: Voice) -> set[str]:
    return {each.key for each in PERSPECTIVES if each.voice is voice}


def test_nine_perspectives_are_the_framework_s_and_volunteers_are_ours() -> None:
    assert KEYS == [
        "clinical_leaders",
        "executive_lead",
        "non_executives_and_governors",
        "service_leads_and_staff",
        "people_and_carers",
        "healthwatch",
        "named_functions",
        "voluntary_and_community",
        "icb_and_partners",
        "volunteers",
    ]
    assert [each.key for each in PERSPECTIVES if each.ours] == ["volunteers"]


def test_four_perspectives_speak_from_lived_experience() -> None:
    assert voiced(Voice.LIVED_EXPERIENCE) == {
        "people_and_carers",
        "healthwatch",
        "voluntary_and_community",
        "volunteers",
    }


def test_four_perspectives_speak_for_staff_and_leadership_and_two_for_neither() -> None:
    assert voiced(Voice.STAFF_AND_LEADERSHIP) == {
        "clinical_leaders",
        "executive_lead",
        "service_leads_and_staff",
        "named_functions",
    }
    assert voiced(Voice.NEITHER) == {"non_executives_and_governors", "icb_and_partners"}


def test_ten_staff_functions_can_be_named() -> None:
    assert [function.key for function in NAMED_FUNCTIONS] == [
        "governance",
        "experience_of_care",
        "data_and_analytics",
        "pals",
        "complaints",
        "communications_and_engagement",
        "bereavement",
        "chaplaincy",
        "quality_improvement",
        "hr_and_organisational_development",
    ]


def test_evidence_names_one_of_nine_sources() -> None:
    assert [source.key for source in EVIDENCE_SOURCES] == [
        "survey",
        "fft",
        "pals",
        "complaint",
        "story",
        "focus_group",
        "staff_survey",
        "board_paper",
        "other",
    ]


@pytest.mark.parametrize("choices", [PERSPECTIVES, NAMED_FUNCTIONS, EVIDENCE_SOURCES])
def test_no_two_choices_share_a_name(choices: tuple[Choice | Perspective, ...]) -> None:
    names = [each.name for each in choices]
    assert len(set(names)) == len(names)


def test_a_perspective_is_found_by_its_key_and_an_unknown_key_is_refused() -> None:
    assert perspective("healthwatch").name == "Local Healthwatch"
    with pytest.raises(UnknownPerspective, match="press_office"):
        perspective("press_office")


def test_perspectives_nobody_holds_are_listed_in_order() -> None:
    held = ["volunteers", "people_and_carers", "clinical_leaders", "clinical_leaders"]
    assert [each.key for each in missing(held)] == [key for key in KEYS if key not in held]


def test_an_empty_group_misses_all_ten_and_a_full_one_none() -> None:
    assert missing([]) == PERSPECTIVES
    assert missing(KEYS) == ()
    assert missing([*KEYS, "a local perspective"]) == ()


def test_a_perspective_cannot_be_changed() -> None:
    for each in fields(Perspective):
        with pytest.raises(FrozenInstanceError):
            setattr(PERSPECTIVES[0], each.name, None)
