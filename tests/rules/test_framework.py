"""The catalogue's shape, what it answers, and that nothing can change it."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eocif.editions import files
from eocif.rules import framework
from eocif.rules.framework import CURRENT, Area, Edition, edition

AREAS_OF_PRACTICE = (4, 5, 4, 5, 5)
INDICATORS_BY_AREA = {
    1: {1: 7, 2: 3, 3: 2, 4: 5},
    2: {5: 1, 6: 5, 7: 5, 8: 4, 9: 3},
    3: {10: 6, 11: 6, 12: 5, 13: 8, 14: 3},
    4: {15: 5, 16: 2, 17: 2, 18: 3},
    5: {19: 4, 20: 2, 21: 2, 22: 2, 23: 1},
}


@pytest.fixture
def now() -> Edition:
    return edition()


def codes_where(now: Edition, field: str, value: object) -> list[str]:
    return [i.code for area in now.areas for i in area.indicators if getattr(i, field) == value]


def parts(value: object) -> Iterator[object]:
    """Every value inside, itself included."""
    yield value
    if is_dataclass(value):
        for each in fields(value):
            yield from parts(getattr(value, each.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)


@pytest.mark.covers("R01")
def test_every_section_and_area_has_its_count_of_statements(now: Edition) -> None:
    counted = {s.number: {a.number: len(a.indicators) for a in s.areas} for s in now.sections}
    assert counted == INDICATORS_BY_AREA


@pytest.mark.covers("R01")
def test_there_are_5_sections_23_areas_and_86_statements(now: Edition) -> None:
    sections = [sum(len(a.indicators) for a in s.areas) for s in now.sections]
    assert sections == [17, 18, 28, 12, 11]
    assert sum(sections) == 86
    assert [a.number for a in now.areas] == list(range(1, 24))


@pytest.mark.covers("R01")
def test_only_1a_1b_and_1e_have_bullets(now: Edition) -> None:
    found = {i.code: len(i.bullets) for a in now.areas for i in a.indicators if i.bullets}
    assert found == {"1a": 5, "1b": 2, "1e": 2}


@pytest.mark.covers("R07")
def test_four_levels_lowest_first_each_with_definition_and_reading(now: Edition) -> None:
    assert [(x.key, x.rank) for x in now.levels] == [
        ("insufficient_progress", 0),
        ("progressing", 1),
        ("achieving", 2),
        ("excelling", 3),
    ]
    for level in now.levels:
        assert level.definition.endswith(".")
        assert level.reading.startswith("For one statement:")


@pytest.mark.covers("R06")
def test_areas_of_practice_belong_to_sections_and_to_no_area(now: Edition) -> None:
    assert tuple(len(s.areas_of_practice) for s in now.sections) == AREAS_OF_PRACTICE
    practice = {each for s in now.sections for each in s.areas_of_practice}
    assert not practice & {area.label for area in now.areas}
    raw = [area for section in files.read(CURRENT)[0]["sections"] for area in section["areas"]]
    assert {" ".join(area) for area in raw} == {"number indicators"}
    assert {" ".join(x) for area in raw for x in area["indicators"]} == {"code text bullets"}
    assert {each.name for each in fields(Area)} == {
        *("number", "label", "label_is_local", "indicators")
    }


@pytest.mark.covers("R10")
def test_the_record_says_what_was_published_and_when(now: Edition) -> None:
    assert (now.id, now.reference, now.publisher) == ("2025-02-18", "PR1209", "NHS England")
    assert now.published_on == date(2025, 2, 18)
    assert now.national_review_due == date(2028, 2, 18)
    assert now.licence == "Open Government Licence v3.0"
    assert "Crown copyright" in now.attribution
    assert now.contact == "england.peopleandcommunities@nhs.net"


@pytest.mark.covers("R24")
def test_three_statements_ask_about_people_who_may_come_to_need_services(now: Edition) -> None:
    assert codes_where(now, "future_users", True) == ["1b", "1e", "11e"]


def test_three_statements_apply_only_where_pals_is_provided(now: Edition) -> None:
    assert codes_where(now, "where_provided", "PALS") == ["13a", "13b", "13c"]
    assert len(codes_where(now, "where_provided", "")) == 83
    for code in ("13a", "13b", "13c"):
        assert "where PALS is provided" in now.indicator(code).text


def test_the_worksheet_has_five_fields_three_of_them_questions(now: Edition) -> None:
    assert len(now.worksheet) == 5
    assert now.questions == (
        "Where are we now?",
        "What would good look like?",
        "What will we do to get from where we are now to what good looks like?",
    )


def test_areas_sections_statements_and_levels_are_found_by_number_code_and_key(
    now: Edition,
) -> None:
    assert now.area(13).indicators[7].code == "13h"
    assert now.section_of(14).title == "Collecting feedback"
    assert now.indicator("19c").code == "19c"
    assert now.level("achieving").name == "Achieving"


def test_what_the_edition_does_not_hold_is_refused_by_name(now: Edition) -> None:
    for find, what in ((now.area, 24), (now.section_of, 0)):
        with pytest.raises(framework.NotInEdition, match=str(what)):
            find(what)
    for look_up, key in ((now.indicator, "1h"), (now.level, "outstanding")):
        with pytest.raises(framework.NotInEdition, match=key):
            look_up(key)


def test_an_edition_is_read_once_and_is_the_current_one_unless_named(now: Edition) -> None:
    assert edition(CURRENT) is now
    assert CURRENT in framework.editions()


@pytest.mark.parametrize("wrong", ["2018", "", "../2025-02-18", "2025-02-18.ours"])
def test_an_unknown_edition_is_refused(wrong: str) -> None:
    with pytest.raises(framework.UnknownEdition, match="No edition"):
        edition(wrong)


def test_an_area_takes_half_a_minute_a_statement_and_one_more(now: Edition) -> None:
    assert [framework.minutes(now.area(n)) for n in (13, 1, 10, 2, 16, 23)] == [5, 5, 4, 3, 2, 2]


def test_no_field_of_the_edition_can_be_changed(now: Edition) -> None:
    seen = 0
    for part in parts(now):
        assert isinstance(part, str | int | date | tuple) or is_dataclass(part)
        if is_dataclass(part):
            seen += 1
            for each in fields(part):
                with pytest.raises(FrozenInstanceError):
                    setattr(part, each.name, None)
            assert not hasattr(part, "__dict__")
    assert seen == 1 + 4 + 5 + 23 + 86 + len(now.differences) + len(now.kept_as_printed)


def test_the_catalogue_prints_exactly_the_promised_keys_in_order(now: Edition) -> None:
    printed: Any = now.catalogue()
    assert " ".join(printed) == (
        "edition title publisher published_on reference licence source levels worksheet sections"
    )
    assert {" ".join(level) for level in printed["levels"]} == {"key name definition rank"}
    sections = printed["sections"]
    areas = [area for section in sections for area in section["areas"]]
    statements = [each for area in areas for each in area["indicators"]]
    assert {" ".join(section) for section in sections} == {"number title areas_of_practice areas"}
    assert {" ".join(area) for area in areas} == {"number label indicators"}
    assert {" ".join(each) for each in statements} == {"code text bullets"}
    assert (len(sections), len(areas), len(statements)) == (5, 23, 86)


def test_changing_a_printed_catalogue_changes_nothing_here(now: Edition) -> None:
    printed: Any = now.catalogue()
    printed["sections"][0]["areas"].clear()
    again: Any = now.catalogue()
    assert len(again["sections"][0]["areas"]) == 4


# --- files that do not fit -------------------------------------------------------------------


def official_and_ours() -> tuple[files.Raw, files.Raw]:
    return files.read(CURRENT)


def every_place(raw: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every dict in parsed JSON."""
    if isinstance(raw, dict):
        yield path
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for key, value in inner:
        if isinstance(value, dict | list):
            yield from every_place(value, (*path, key))


def at(raw: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        raw = raw[key]
    return raw


PLACES = list(every_place(files.read(CURRENT)))


@given(st.sampled_from(PLACES), st.data())
def test_an_unknown_or_missing_key_anywhere_is_refused(
    place: tuple[Any, ...], data: st.DataObject
) -> None:
    both = official_and_ours()
    there = at(both, place)
    # These may be left out: the note on a file, a term's meaning, and what does not apply.
    needed = set(there) - {"about", "future_users", "where_provided"}
    if place == (1, "terms"):
        return
    if data.draw(st.booleans()):
        there["unheard_of"] = "x"
    else:
        del there[data.draw(st.sampled_from(sorted(needed)))]
    with pytest.raises(files.InvalidEdition):
        framework.build(*both)


def test_our_words_cannot_replace_official_ones() -> None:
    official, ours = official_and_ours()
    ours["indicators"]["1a"]["text"] = "Something else"
    with pytest.raises(files.InvalidEdition, match="replace official words"):
        framework.build(official, ours)


def test_our_words_for_another_edition_are_refused() -> None:
    official, ours = official_and_ours()
    ours["edition"] = "2031-01-01"
    with pytest.raises(files.InvalidEdition, match="another edition"):
        framework.build(official, ours)


def test_a_statement_printed_twice_is_refused() -> None:
    official, ours = official_and_ours()
    indicators = official["sections"][0]["areas"][0]["indicators"]
    indicators[1] = indicators[0]
    del ours["indicators"]["1b"]
    with pytest.raises(files.InvalidEdition, match="area 1 has wrong codes"):
        framework.build(official, ours)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [("levels", "levels are wrong"), ("sections", "out of order"), ("counts", "counts are")],
)
def test_parts_out_of_order_or_miscounted_are_refused(what: str, sentence: str) -> None:
    official, ours = official_and_ours()
    if what == "counts":
        official["counts"]["areas"] = 22
    else:
        official[what].reverse()
    with pytest.raises(files.InvalidEdition, match=sentence):
        framework.build(official, ours)


def test_a_wrong_rank_is_refused() -> None:
    official, ours = official_and_ours()
    official["levels"][0]["rank"] = 1
    with pytest.raises(files.InvalidEdition, match="ranks"):
        framework.build(official, ours)
