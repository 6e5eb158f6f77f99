"""A report as JSON, in the shape that `report.schema.json` beside this file describes.

The keys are the same in every version. What a version does not show, or what there is not, is an
empty text, an empty list or null. The schema's number rises when a reader would have to change.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date
from importlib import resources
from typing import Any

from eocif.report_summaries import AreaReport, Attached, Method, Report, StatementReport
from eocif.reports.plan_json import action, by_principle
from eocif.reports.wording import NOT_JUDGED, rule_in_one
from eocif.round_summaries import StatementResult
from eocif.rules.framework import LEVEL_KEYS, Edition
from eocif.rules.perspectives import Perspective
from eocif.rules.spread import Spread
from eocif.rules.statements import Statement

SCHEMA_VERSION = 1
Json = dict[str, Any]


def schema() -> Json:
    """The JSON Schema (draft 2020-12) that every report follows."""
    text = resources.files("eocif.reports").joinpath("report.schema.json").read_text("utf-8")
    held: Json = json.loads(text)
    return held


def as_json(report: Report) -> bytes:
    """The report as UTF-8. Half characters, which UTF-8 cannot hold, become question marks."""
    text = json.dumps(_report(report), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace")


def plan_as_json(report: Report) -> bytes:
    """The improvement plan: the same keys, with what will be done and without how areas ended."""
    plan = replace(
        report, areas=(), strong=(), to_improve=(), consistency=(), attached=(), over_time=()
    )
    return as_json(plan)


def _report(report: Report) -> Json:
    return {
        "schema": "eocif-report",
        "schema_version": SCHEMA_VERSION,
        "version": report.version.value,
        "made_at": report.made_at.astimezone(UTC).isoformat(),
        "note": NOT_JUDGED,
        "edition": _edition(report.edition),
        "review": _review(report),
        "method": _method(report.method),
        "areas": [_area(each) for each in report.areas],
        "grouping": {
            "strong": list(report.strong),
            "to_improve": list(report.to_improve),
            "consistency": list(report.consistency),
        },
        "stories": [
            {
                "area": each.area, "text": each.text, "link": each.link, "consent": each.consent,
                "recorded_on": _day(each.recorded_on),
            }
            for each in report.stories
        ],
        "attached": [_attached(each) for each in report.attached],
        "over_time": [
            {
                "title": each.title, "on": _day(each.on), "is_rerating": each.is_rerating,
                "is_this": each.is_this, "levels": dict(each.levels),
            }
            for each in report.over_time
        ],
        "actions": [action(each) for each in report.actions],
        "by_principle": by_principle(report),
        "audit_seal": report.seal,
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _edition(edition: Edition) -> Json:
    return {
        "id": edition.id, "title": edition.title, "publisher": edition.publisher,
        "reference": edition.reference, "published_on": edition.published_on.isoformat(),
        "licence": edition.licence, "attribution": edition.attribution,
        "levels": [
            {"key": each.key, "name": each.name, "rank": each.rank} for each in edition.levels
        ],
    }  # fmt: skip


def _review(report: Report) -> Json:
    title, baseline_on = report.before
    return {
        "title": report.title, "provider": report.provider, "division": report.division,
        "state": report.state, "scope": report.scope, "unit": report.unit, "lead": report.lead,
        "executive_lead": report.executive_lead, "forum": report.forum, "segment": report.segment,
        "safety_reference": report.safety_reference,
        "effectiveness_reference": report.effectiveness_reference,
        "predecessor_2018": dict(report.predecessor),
        "before": {"title": title, "baseline_on": _day(baseline_on)} if title else None,
        "signed_off_by": report.signed_off_by, "baseline_on": _day(report.baseline_on),
        "reassess_on": _day(report.reassess_on), "reassess_because": report.reassess_because,
    }  # fmt: skip


def _method(method: Method) -> Json:
    rule = method.rule
    return {
        "rule": {
            "key": rule.rule, "people": rule.people, "perspectives": rule.perspectives,
            "lived_experience": rule.lived_experience, "in_words": rule_in_one(rule),
        },
        "participants": [{"name": name, "people": count} for name, count in method.participants],
        "lived_experience": method.lived_experience, "without_teams": method.without_teams,
        "missing": _names(method.missing), "silent": _names(method.silent),
        "rounds": [
            {
                "name": each.name, "first_day": _day(each.first_day),
                "last_day": _day(each.last_day), "asked": each.asked, "answered": each.answered,
            }
            for each in method.rounds
        ],
        "changes": list(method.changes),
    }  # fmt: skip


def _names(perspectives: Iterable[Perspective]) -> list[str]:
    return [each.name for each in perspectives]


# --- areas ------------------------------------------------------------------------------


def _area(area: AreaReport) -> Json:
    return {
        "number": area.area.number, "label": area.area.label, "section": area.section.number,
        "section_title": area.section.title, "state": area.state,
        "set_aside_because": area.set_aside_because, "words": dict(area.words),
        "draws_on": _names(area.draws_on), "not_drawn_on": _names(area.not_cited),
        "statements": [_statement(each) for each in area.statements],
        "not_applicable": [
            _text(statement) | {"reason": reason} for statement, reason in area.not_applicable
        ],
        "responses": _responses(area) if area.result else None,
        "dissent": [
            {
                "group": each.group, "answer": each.answer, "text": each.text,
                "reply": each.reply, "stands": each.stands,
            }
            for each in area.dissent
        ],
        "evidence": [
            {"source": each.source, "kind": each.kind, "text": each.text, "link": each.link}
            for each in area.evidence
        ],
        "reopened": [
            {"on": each.on.isoformat(), "because": each.because, "levels": dict(each.levels)}
            for each in area.reopened
        ],
        "concluded_by": area.concluded_by, "concluded_on": _day(area.concluded_on),
    }  # fmt: skip


def _responses(area: AreaReport) -> Json:
    return {
        "concerns": area.concerns, "concerns_standing": area.concerns_standing,
        "did_not_respond": area.did_not_respond,
    }  # fmt: skip


def _text(statement: Statement) -> Json:
    return {
        "code": statement.code, "text": statement.text, "bullets": list(statement.bullets),
        "local": statement.is_local,
    }  # fmt: skip


def _statement(at: StatementReport) -> Json:
    return _text(at.statement) | {
        "level": at.level, "origin": at.origin, "reason": at.reason, "heard": at.heard,
        "before": at.before, "confirmed_by": at.confirmed_by,
        "confirmed_on": _day(at.confirmed_on),
        "ratings": _ratings(at.result) if at.result else None,
    }  # fmt: skip


def _ratings(result: StatementResult) -> Json:
    said = result.verdict
    return {
        "verdict": said.kind.value, "levels": list(said.levels),
        "share": f"{max(result.spread.counts)}/{said.rated}", "everyone": _spread(result.spread),
        "groups": [
            {"name": each.name, "people": each.people, **_spread(each.spread)}
            for each in result.groups
        ],
        "gap": result.gap, "moved": result.moved, "moved_of": result.moved_of,
    }  # fmt: skip


def _spread(spread: Spread) -> Json:
    return {
        "counts": dict(zip(LEVEL_KEYS, spread.counts, strict=True)),
        "dont_know": spread.dont_know, "not_applicable": spread.not_applicable,
        "no_answer": spread.unanswered,
    }  # fmt: skip


def _attached(each: Attached) -> Json:
    return {
        "title": each.title, "division": each.division, "scope": each.scope,
        "signed_off_on": _day(each.signed_off_on),
        "sections": [
            {"number": section.number, "title": section.title, "statements": dict(counts)}
            for section, counts in each.sections
        ],
    }  # fmt: skip
