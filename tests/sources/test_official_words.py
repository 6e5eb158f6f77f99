"""The catalogue beside the two publications it was made from.

The texts are parsed here a second time, by other means than the catalogue was made with: by the
layout of their lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from eocif.rules.framework import Difference, edition

HERE = Path(__file__).parent
FRAMEWORK = (HERE / "pr1209_framework.txt").read_text(encoding="utf-8")
GUIDANCE_TOOL = (HERE / "pr1209_guidance_tool.txt").read_text(encoding="utf-8")
LEVEL_NAMES = ["Insufficient progress", "Progressing", "Achieving", "Excelling"]
PRACTICE = "This section includes the following areas of practice:"

Statement = list[str]  # the sentence, then its bullets


@dataclass
class Printed:
    """One publication's assessment tool, with spaces and word processor's marks tidied only."""

    titles: dict[int, str] = field(default_factory=dict)
    practice: dict[int, list[str]] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)


def tidy_lines(text: str) -> list[str]:
    lines = (re.sub(r"\[bookmark: \w+\]", "", line) for line in text.splitlines())
    spaced = (" ".join(line.replace("•", " ").split()) for line in lines)
    return [line for line in spaced if line]


def tool_lines(text: str) -> Iterator[str]:
    """From the first section with areas of practice to the appendices or the end."""
    lines = tidy_lines(text)
    start = lines.index(PRACTICE) - 1
    for line in lines[start:]:
        if line.startswith("Appendix"):
            return
        yield line


def printed(text: str) -> Printed:
    result = Printed()
    current: list[str] = []
    for line in tool_lines(text):
        if section := re.match(r"Section (\d): (.+)", line):
            number = int(section[1])
            result.titles[number] = section[2]
            current = result.practice[number] = []
        elif area := re.match(r"Area\s?(\d+[a-z]):\s(.+)", line):
            current = result.statements[area[1]] = [area[2]]
        elif line != PRACTICE:
            current.append(line)
    return result


def plain_quotes(words: list[str]) -> list[str]:
    return [each.replace("’", "'").replace("‘", "'").removesuffix(":") for each in words]


def code_of(line: str) -> str:
    return str(re.findall(r"Area\s?(\d+[a-z]):", line)[0])


def shown() -> Printed:
    now = edition()
    return Printed(
        titles={s.number: s.title for s in now.sections},
        practice={s.number: list(s.areas_of_practice) for s in now.sections},
        statements={i.code: [i.text, *i.bullets] for a in now.areas for i in a.indicators},
    )


@pytest.mark.covers("R02")
@pytest.mark.parametrize("text", [FRAMEWORK, GUIDANCE_TOOL], ids=["framework", "guidance tool"])
def test_every_statement_and_bullet_is_the_publication_s(text: str) -> None:
    source = {code: plain_quotes(words) for code, words in printed(text).statements.items()}
    ours = {code: plain_quotes(words) for code, words in shown().statements.items()}
    assert len(source) == 86
    assert ours == source
    assert list(ours) == list(source)


@pytest.mark.covers("R02")
def test_statements_keep_the_framework_s_own_quotes_and_colons() -> None:
    assert shown().statements == printed(FRAMEWORK).statements


@pytest.mark.parametrize("text", [FRAMEWORK, GUIDANCE_TOOL], ids=["framework", "guidance tool"])
def test_section_titles_are_the_publication_s(text: str) -> None:
    assert shown().titles == printed(text).titles


@pytest.mark.covers("R05")
@pytest.mark.covers("R06")
def test_areas_of_practice_are_verbatim_but_for_one_corrected_misprint() -> None:
    assert shown().practice == printed(GUIDANCE_TOOL).practice
    as_printed = printed(FRAMEWORK).practice
    assert as_printed[3][3] == "ecalation and Duty of Candour"
    as_printed[3][3] = "escalation and Duty of Candour"
    assert shown().practice == as_printed


@pytest.mark.covers("R04")
@pytest.mark.parametrize("text", [FRAMEWORK, GUIDANCE_TOOL], ids=["framework", "guidance tool"])
def test_19c_is_read_although_its_space_is_missing(text: str) -> None:
    assert "Area19c:" in text
    assert "Area 19c" not in text
    assert printed(text).statements["19c"] == shown().statements["19c"]
    assert [d.shown for d in edition().differences if d.where == "19c"] == ["Area 19c"]


@pytest.mark.covers("R03")
def test_every_difference_between_the_sources_is_recorded() -> None:
    framework, tool = printed(FRAMEWORK), printed(GUIDANCE_TOOL)
    found = {
        code
        for code, words in framework.statements.items()
        for theirs, its in zip(words, tool.statements[code], strict=True)
        if theirs != its
    }
    found |= {
        f"section {number}, areas of practice"
        for number, words in framework.practice.items()
        if words != tool.practice[number]
    }
    recorded = {d.where for d in edition().differences}
    assert found == {"1e", "section 3, areas of practice"}
    assert recorded == found | {"19c", "spaces", "bookmarks"}


@pytest.mark.covers("R03")
@pytest.mark.covers("R05")
@pytest.mark.parametrize(
    "difference",
    [d for d in edition().differences if d.where not in ("spaces", "bookmarks")],
    ids=lambda d: d.framework,
)
def test_a_recorded_difference_quotes_both_sources(difference: Difference) -> None:
    assert difference.framework in FRAMEWORK
    assert difference.guidance_tool in GUIDANCE_TOOL
    assert difference.note


@pytest.mark.covers("R03")
def test_the_guidance_tool_s_stray_spaces_and_bookmarks_are_recorded_where_they_are() -> None:
    recorded = {d.where: d.guidance_tool for d in edition().differences}
    lines = [line for line in GUIDANCE_TOOL.splitlines() if re.search(r"Area\s?\d+[a-z]:", line)]
    spaces = {code_of(line) for line in lines if "\u00a0" in line}
    marks = {code_of(line) for line in lines if "[bookmark" in line}
    assert set(re.findall(r"\d+[a-z]", recorded["spaces"])) == spaces
    assert set(re.findall(r"\d+[a-z]", recorded["bookmarks"])) == marks


def test_slips_that_are_kept_are_in_the_source_and_in_what_we_show() -> None:
    now = edition()
    for kept in now.kept_as_printed:
        assert kept.text in FRAMEWORK
        if kept.where == "level progressing":
            assert kept.text in now.level("progressing").definition
        else:
            assert kept.text in now.indicator(kept.where).text


@pytest.mark.covers("R07")
def test_level_definitions_are_verbatim_and_lowest_first() -> None:
    lines = tidy_lines(FRAMEWORK)
    start = lines.index("The maturity matrix")
    matrix = {name: lines[lines.index(name, start) + 1] for name in LEVEL_NAMES}
    assert {level.name: level.definition for level in edition().levels} == matrix
    assert [level.name for level in edition().levels] == LEVEL_NAMES


def test_worksheet_questions_are_the_appendix_s_in_its_order() -> None:
    lines = tidy_lines(FRAMEWORK)
    start = lines.index("Appendix 2: Worksheet") + 2
    assert list(edition().worksheet) == lines[start : start + 5]
    assert lines[start + 5] == "Publication reference: PR1209"


@pytest.mark.covers("R10")
def test_the_reference_and_contact_are_those_printed() -> None:
    assert f"Publication reference: {edition().reference}" in FRAMEWORK
    assert edition().contact in FRAMEWORK
    assert FRAMEWORK.startswith(edition().title)
