"""A report as JSON, checked against the schema that is published beside it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from eocif.report_summaries import Report
from eocif.reports.json_file import as_json, schema
from eocif.reports.wording import NOT_JUDGED
from eocif.rules.visibility import Version
from tests.reports import samples

EVERY = ("full", "five_members", "one_section", "by_area", "independent", "halfway", "hostile")
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
