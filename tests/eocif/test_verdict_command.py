"""`python -m eocif verdict`: the rule on counts."""

import json

import pytest

from eocif.__main__ import main

Said = pytest.CaptureFixture[str]


def says(said: Said, *arguments: str) -> dict[str, object]:
    assert main(["verdict", *arguments, "--json"], {}) == 0
    found: dict[str, object] = json.loads(said.readouterr().out)
    return found


def test_a_verdict_is_printed_whole(capsys: Said) -> None:
    assert says(capsys, "0,2,9,1") == {
        "verdict": "agreed", "level": "achieving", "levels": ["achieving"], "rated": 12,
        "share": "9/12",
    }  # fmt: skip


def test_where_nothing_is_agreed_there_is_no_level(capsys: Said) -> None:
    found = says(capsys, "1,2,8,1")
    assert (found["level"], found["levels"]) == (None, ["progressing", "achieving"])


def test_nobody_at_all_is_no_division_by_nothing(capsys: Said) -> None:
    assert says(capsys, "0,0,0,0") == {
        "verdict": "not_enough", "level": None, "levels": [], "rated": 0, "share": "0/0",
    }  # fmt: skip


def test_people_and_perspectives_count_where_they_are_given(capsys: Said) -> None:
    enough = ("0,0,12,0", "--perspectives", "3", "--lived-experience", "1")
    assert says(capsys, *enough)["verdict"] == "agreed"
    assert says(capsys, "0,0,12,0", "--perspectives", "2")["verdict"] == "not_enough"


def test_another_preset_may_be_asked_for(capsys: Said) -> None:
    assert says(capsys, "0,3,9,0", "--rule", "four_fifths")["verdict"] == "close"


def test_without_json_it_is_one_line(capsys: Said) -> None:
    assert main(["verdict", "0,0,6,6"], {}) == 0
    assert capsys.readouterr().out == "close (achieving, excelling): 6/12 chose the same level\n"


@pytest.mark.parametrize(
    "counts", ["1,2,3", "1,2,3,x", "", "1,2,3,4,5", "1.5,2,3,4", "9999999,0,0,0"]
)
def test_anything_but_four_counts_is_said_in_one_sentence(counts: str, capsys: Said) -> None:
    assert main(["verdict", counts], {}) == 2
    wanted = "Give four whole numbers, lowest level first, such as 0,2,9,1.\n"
    assert capsys.readouterr().err == wanted
