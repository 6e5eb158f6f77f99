"""Levels, spreads and verdicts in words: numbers and names, lowest level first, never a score."""

import pytest

from cards.spreads import (
    by_group,
    ended,
    gap_sentence,
    many_could_not,
    movement_sentence,
    numbers,
    verdict_name,
    verdict_sentence,
)
from eocif.rules.agreement import verdict
from eocif.rules.framework import edition
from eocif.rules.spread import Spread
from tests.cards.samples_members import result, these

EDITION = edition()


@pytest.mark.parametrize(
    ("counts", "name", "sentence"),
    [
        (
            (0, 2, 9, 1),
            "Agreed: achieving",
            "9 of 12 chose achieving. This counts as agreed.",
        ),
        (
            (2, 0, 9, 1),
            "Talk first: achieving",
            "9 of 12 chose achieving. Someone sees it very differently, and must be heard first.",
        ),
        (
            (1, 2, 8, 1),
            "Close: progressing or achieving",
            "People are between progressing and achieving. The rule chooses none of them.",
        ),
        (
            (0, 3, 6, 3),
            "Close: progressing, achieving or excelling",
            "People are between progressing, achieving and excelling. "
            "The rule chooses none of them.",
        ),
        (
            (4, 4, 4, 0),
            "Not agreed",
            "People see this differently. That is an honest result.",
        ),
        (
            (0, 0, 4, 0),
            "Not enough ratings",
            "Too few different people gave a level for the rule to say anything.",
        ),
    ],
)
def test_a_verdict_is_named_at_a_glance_and_told_in_a_sentence(
    counts: tuple[int, ...], name: str, sentence: str
) -> None:
    said = verdict(counts)
    assert verdict_name(EDITION, said) == name
    assert verdict_sentence(EDITION, said) == sentence


@pytest.mark.parametrize(
    ("spread", "line"),
    [
        (Spread((0, 3, 5, 1)), "3 progressing, 5 achieving, 1 excelling."),
        (
            Spread((1, 0, 0, 0), dont_know=2, not_applicable=3, unanswered=4),
            "1 insufficient progress. 2 did not know enough. 3 said not applicable. "
            "4 left it open.",
        ),
        (Spread((0, 0, 0, 0), dont_know=1), "Nobody gave a level. 1 did not know enough."),
        (Spread((0, 0, 0, 0)), "Nobody gave a level."),
    ],
)
def test_a_spread_is_one_line_of_numbers_lowest_level_first(spread: Spread, line: str) -> None:
    assert numbers(EDITION, spread) == line


def test_groups_are_named_once_with_a_line_for_each_statement() -> None:
    found = by_group(EDITION, result(these(16)).statements)
    assert found[0] == (
        "Clinical leaders from all professions (3 people)",
        "16a: 3 achieving.\n16b: 3 achieving.",
    )
    assert [name for name, _ in found][-1].startswith("Other perspectives (")
    assert by_group(EDITION, ()) == []


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        (None, ""),
        (0, ""),
        (
            1,
            "The middle view of people with lived experience is one level above that of staff "
            "and leaders.",
        ),
        (
            -2,
            "The middle view of people with lived experience is two levels below that of staff "
            "and leaders.",
        ),
    ],
)
def test_a_gap_is_told_in_levels_with_its_side(gap: int | None, sentence: str) -> None:
    assert gap_sentence(gap) == sentence


def test_movement_is_told_only_where_someone_gave_a_level() -> None:
    assert movement_sentence(4, 12) == "4 of 12 changed level since round 1."
    assert movement_sentence(0, 12) == "Nobody changed level since round 1."
    assert movement_sentence(0, 0) == ""


def test_above_a_third_many_could_not_judge() -> None:
    assert many_could_not(Spread((0, 0, 2, 0), dont_know=1)) == ""
    assert many_could_not(Spread((0, 0, 3, 0), dont_know=2)) == "Many people could not judge this."


@pytest.mark.parametrize(
    ("level", "origin", "words"),
    [
        ("achieving", "agreed", "Achieving, agreed"),
        ("progressing", "lead", "Progressing, set by the lead"),
        ("not_agreed", "not_agreed", "Not agreed"),
        ("", "not_agreed", "Not agreed"),
        ("", "not_applicable", "Not applicable"),
    ],
)
def test_how_a_statement_ended_says_who_set_its_level(level: str, origin: str, words: str) -> None:
    assert ended(EDITION, level, origin) == words
