"""A report as JSON, checked against the schema that is published beside it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from eocif.report_summaries import Report
from eocif.reports.json_file import as_json, plan_as_json, schema
from eocif.reports.wording import NOT_JUDGED
from eocif.rules.visibility import Version
from tests.reports import sample_plan, samples

EVERY = ("full", "five_members", "one_section", "by_area", "independent", "halfway", "hostile")
PLANNED = ("planned", "small", "hostile")
VERSIONS = (Version.GROUP, Version.BOARD, Version.ICB, Version.PUBLIC)


def _read(report: Report) -> Any:
    return json.loads(as_json(report))


def _check(value: Any) -> None:
    Draft202012Validator(schema(), format_checker=FormatChecker()).validate(value)


def test_the_schema_is_one_and_explains_itself() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["properties"]["schema_version"] == {"const": 1}
    assert "do not average or rank" in schema()["description"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", EVERY)
def test_every_report_follows_the_schema(name: str, version: Version) -> None:
    value = _read(samples.as_version(getattr(samples, name)(), version))
    _check(value)
    assert (value["version"], value["note"]) == (version.value, NOT_JUDGED)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", PLANNED)
def test_every_report_with_a_plan_follows_the_schema(name: str, version: Version) -> None:
    value = _read(samples.as_version(getattr(sample_plan, name)(), version))
    _check(value)
    assert value["actions"]
    is_tagged = version in (Version.GROUP, Version.BOARD)
    assert bool(value["by_principle"]) is is_tagged


@pytest.mark.covers("R41")
@pytest.mark.parametrize("name", PLANNED)
def test_the_plan_follows_the_schema_and_leaves_out_how_areas_ended(name: str) -> None:
    value = json.loads(plan_as_json(sample_plan.plan(getattr(sample_plan, name)())))
    _check(value)
    assert value["version"] == "plan"
    assert (value["areas"], value["over_time"], value["attached"]) == ([], [], [])
    assert value["grouping"] == {"strong": [], "to_improve": [], "consistency": []}


@pytest.mark.covers("R38")
def test_the_plan_names_every_point_of_the_boards_and_which_actions_have_it() -> None:
    held = json.loads(plan_as_json(sample_plan.plan()))["by_principle"]
    points = {p["key"]: p["actions"] for each in held["principles"] for p in each["points"]}
    assert points == {
        "nqb_1a": [2], "nqb_1b": [4], "nqb_1c": [], "nqb_1d": [], "nqb_2a": [1], "nqb_2b": [],
        "nqb_2c": [5], "nqb_2d": [1], "nqb_2e": [6], "nqb_3a": [8], "nqb_3b": [7],
        "nqb_3c": [4], "nqb_3d": [6],
    }  # fmt: skip
    assert [each["number"] for each in held["principles"]] == [1, 2, 3]
    assert held["without_point"] == [3]


def test_nothing_of_an_action_is_lost() -> None:
    held = {each["number"]: each for each in _read(sample_plan.planned())["actions"]}
    late = held[4]
    assert (late["area"], late["section"], late["status"]) == (2, 1, "under_way")
    assert (late["deadline"], late["deadline_month"], late["days_overdue"]) == (
        "2027-05-31", "2027-05", 14,
    )  # fmt: skip
    assert [tag["key"] for tag in late["tags"]] == ["nqb_1b", "nqb_3c", "staff"]
    assert [note["kind"] for note in late["notes"]] == ["note", "evidence", "resumed"]
    assert late["changed_deadlines"] == [
        {"on": "2027-03-30", "by": "Tom Okafor", "before": "2027-04-01", "after": "2027-05-31",
         "because": "The trainer was ill."}
    ]  # fmt: skip
    assert (held[1]["settled_on"], held[1]["changed"]) == (
        "2027-05-20", "People see what became of it.",
    )  # fmt: skip
    assert (held[8]["deadline"], held[8]["deadline_month"], held[8]["owner"]) == (None, None, "")


@pytest.mark.covers("R48")
def test_levels_over_time_are_told_oldest_first() -> None:
    report = sample_plan.planned()
    held = _read(report)["over_time"]
    assert [(each["on"], each["is_rerating"], each["is_this"]) for each in held] == [
        ("2024-06-14", False, False), ("2026-03-04", True, False), ("2027-06-11", False, True),
    ]  # fmt: skip
    assert held[1]["levels"] == {"2a": "achieving", "2b": "achieving", "2c": "achieving"}


def test_the_public_file_holds_the_month_of_a_deadline_alone() -> None:
    held = _read(samples.as_version(sample_plan.planned(), Version.PUBLIC))["actions"]
    assert {each["deadline"] for each in held} == {None}
    assert [each["deadline_month"] for each in held][:2] == ["2027-05", "2027-05"]
    assert {(each["owner"], each["measure"], each["days_overdue"]) for each in held} == {
        ("", "", 0)
    }


def test_the_schema_refuses_what_is_not_in_it() -> None:
    value = _read(samples.five_members())
    for broken in (
        value | {"more": 1},
        value | {"version": "lead"},
        {key: held for key, held in value.items() if key != "note"},
        value | {"made_at": 5},
    ):
        with pytest.raises(ValidationError):
            _check(broken)


def test_nothing_of_a_report_is_lost() -> None:
    report = samples.full()
    value = _read(report)
    area, given = value["areas"][0], report.areas[0]
    assert area["words"] == dict(given.words)
    for at, held in zip(given.statements, area["statements"], strict=True):
        assert (held["code"], held["level"], held["origin"]) == (
            at.statement.code, at.level, at.origin,
        )  # fmt: skip
        assert at.result is not None
        counts = tuple(held["ratings"]["everyone"]["counts"].values())
        assert counts == at.result.spread.counts
        assert [each["name"] for each in held["ratings"]["groups"]] == [
            each.name for each in at.result.groups
        ]
    assert value["method"]["rule"]["people"] == 5
    assert [each["name"] for each in value["method"]["rounds"]] == ["Round 1", "Round 2"]
    assert value["grouping"]["strong"] == list(report.strong)
    assert value["attached"][0]["sections"][0]["statements"]["achieving"] == 14
    assert value["review"]["before"] == {
        "title": "Experience of care review 2024", "baseline_on": "2024-06-14",
    }  # fmt: skip
    assert value["audit_seal"] == report.seal


@pytest.mark.covers("R26")
def test_evidence_keeps_its_kind() -> None:
    held = [each for area in _read(samples.full())["areas"] for each in area["evidence"]]
    assert {each["kind"] for each in held} == {"qualitative", "quantitative"}


def test_the_public_file_holds_nothing_about_a_person() -> None:
    report = samples.as_version(samples.full(), Version.PUBLIC)
    text = as_json(report).decode()
    assert not [name for name in (*samples.LEADS, samples.SECRET) if name in text]
    statements = [at for area in json.loads(text)["areas"] for at in area["statements"]]
    assert {at["ratings"] for at in statements} == {None}
    assert {area["responses"] for area in json.loads(text)["areas"]} == {None}


def test_hostile_words_come_back_as_they_are() -> None:
    said = [each["text"] for each in _read(samples.hostile())["areas"][0]["dissent"]]
    assert said == list(samples.HOSTILE)
    broken = replace(samples.five_members(), title="half \ud800 \x00")
    assert _read(broken)["review"]["title"] == "half ? \x00"
