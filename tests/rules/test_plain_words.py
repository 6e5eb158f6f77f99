"""Our own words beside the framework's: plain, in the agreed terms, nothing unexplained."""

import re

import pytest
import textstat

from eocif.editions import files
from eocif.rules.framework import CURRENT, Area, Indicator, edition
from eocif.rules.perspectives import EVIDENCE_SOURCES, NAMED_FUNCTIONS, PERSPECTIVES

HIGHEST_GRADE = 8
LONGEST_SENTENCE = 20
PROPER_NAMES = (
    "Patient Advice and Liaison Service (PALS)",
    "Patient Advice and Liaison Service",
    "Improving Patient Care Together",
    "Friends and Family Test (FFT)",
    "Friends and Family Test",
    "Duty of Candour",
    "NHS Constitution",
    "NHS IMPACT",
    "NHS website",
    "LGBTQIA+",
    "Healthwatch",
    "PALS",
)
AREAS = edition().areas
INDICATORS = [indicator for area in AREAS for indicator in area.indicators]
TERMS: dict[str, str] = files.read(CURRENT)[1]["terms"]


def number(area: Area) -> str:
    return str(area.number)


def code(indicator: Indicator) -> str:
    return indicator.code


def without_names(text: str) -> str:
    for name in PROPER_NAMES:
        text = text.replace(name, "it")
    return text


def grade(text: str) -> float:
    """The Automated Readability Index: a school grade from the length of words and sentences."""
    return float(textstat.automated_readability_index(without_names(text)))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!:])\s", text)


def mentions(term: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None


def official_words(indicator: Indicator) -> str:
    return " ".join((indicator.text, *indicator.bullets))


def our_words() -> list[str]:
    now = edition()
    return [
        now.voice,
        *(level.reading for level in now.levels),
        *(area.label for area in now.areas),
        *(line for each in INDICATORS for line in (each.plain, each.example)),
        *TERMS,
        *TERMS.values(),
        *(difference.note for difference in now.differences),
        *(kept.note for kept in now.kept_as_printed),
        *(name for each in PERSPECTIVES for name in (each.name, each.short)),
        *(choice.name for choice in (*NAMED_FUNCTIONS, *EVIDENCE_SOURCES)),
    ]


@pytest.mark.covers("R66")
@pytest.mark.parametrize("area", AREAS, ids=number)
def test_an_area_s_plain_lines_read_at_grade_8_or_below(area: Area) -> None:
    assert grade(" ".join(each.plain for each in area.indicators)) <= HIGHEST_GRADE


@pytest.mark.parametrize("area", AREAS, ids=number)
def test_an_area_s_examples_read_at_grade_8_or_below(area: Area) -> None:
    assert grade(" ".join(each.example for each in area.indicators)) <= HIGHEST_GRADE


def test_the_level_readings_read_at_grade_8_or_below() -> None:
    assert grade(" ".join(level.reading for level in edition().levels)) <= HIGHEST_GRADE


def test_the_measure_finds_the_official_words_hard() -> None:
    hard = [
        area.number
        for area in AREAS
        if grade(" ".join(official_words(each) for each in area.indicators)) > HIGHEST_GRADE
    ]
    assert hard == [area.number for area in AREAS]


@pytest.mark.covers("R66")
@pytest.mark.parametrize("indicator", INDICATORS, ids=code)
def test_every_statement_has_a_plain_line_and_an_example(indicator: Indicator) -> None:
    for line in (indicator.plain, indicator.example):
        assert line.endswith(".")
        assert line != indicator.text
        assert max(len(each.split()) for each in sentences(line)) <= LONGEST_SENTENCE


@pytest.mark.covers("R66")
@pytest.mark.parametrize("indicator", INDICATORS, ids=code)
def test_every_known_term_of_a_statement_is_explained_beside_it(indicator: Indicator) -> None:
    words = f"{official_words(indicator)} {indicator.plain} {indicator.example}"
    expected = {term: meaning for term, meaning in TERMS.items() if mentions(term, words)}
    assert dict(indicator.expansions) == expected


@pytest.mark.covers("R66")
@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("PALS", "Patient Advice and Liaison Service"),
        ("FFT", "Friends and Family Test"),
        ("ICB", "integrated care board"),
        ("NHS IMPACT", "NHS Improving Patient Care Together"),
        ("LGBTQIA+", "lesbian, gay, bisexual, transgender"),
    ],
)
def test_an_abbreviation_is_expanded_wherever_it_stands(short: str, full: str) -> None:
    places = [
        each
        for each in INDICATORS
        if mentions(short, f"{official_words(each)} {each.plain} {each.example}")
    ]
    assert places
    for each in places:
        assert dict(each.expansions)[short].startswith(full)


@pytest.mark.covers("R66")
def test_no_other_abbreviation_is_left_unexplained() -> None:
    known = {"NHS", "LGBTQIA", "IMPACT", "PALS", "FFT", "ICB", "HR"}
    official = [*(official_words(each) for each in INDICATORS), *our_words()]
    found = {word for text in official for word in re.findall(r"\b[A-Z]{2,}\b", text)}
    assert found <= known
    for choice in (*NAMED_FUNCTIONS, *EVIDENCE_SOURCES, *PERSPECTIVES):
        for short in re.findall(r"\b[A-Z]{2,}\b", choice.name):
            assert f"({short})" in choice.name


@pytest.mark.covers("R66")
def test_every_term_we_explain_is_used_somewhere() -> None:
    assert {term for each in INDICATORS for term, _ in each.expansions} == set(TERMS)


@pytest.mark.covers("R67")
@pytest.mark.parametrize(
    "wrong", [r"\bpatients?\b", r"(?<!unpaid )\bcarers?\b", r"\bservice users?\b"]
)
def test_our_words_use_the_agreed_terms(wrong: str) -> None:
    for text in our_words():
        assert not re.search(wrong, without_names(text), re.IGNORECASE), text


@pytest.mark.covers("R24")
def test_plain_lines_say_when_people_do_not_use_services_now() -> None:
    said = [
        each.code for each in INDICATORS if re.search(r"do not use (services|care) now", each.plain)
    ]
    assert said == [each.code for each in INDICATORS if each.future_users]


def test_plain_lines_say_where_a_statement_may_not_apply() -> None:
    said = [each.code for each in INDICATORS if each.plain.startswith("Where there is a P")]
    assert said == [each.code for each in INDICATORS if each.where_provided]


@pytest.mark.parametrize("area", AREAS, ids=number)
def test_a_label_is_two_to_five_words_without_abbreviations(area: Area) -> None:
    assert 2 <= len(area.label.split()) <= 5
    assert not re.search(r"[A-Z]{2,}", area.label)
