"""An area as one version of a report shows it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from eocif.local_edition import not_applicable_of, statements_of
from eocif.models import Conclusion, Response, ReviewArea
from eocif.people import known
from eocif.report_rows import Rows
from eocif.report_summaries import (
    AreaReport,
    Dissent,
    EvidenceReport,
    Reopening,
    StatementReport,
    Story,
)
from eocif.round_summaries import AreaResult, StatementResult, Utterance
from eocif.rules import drafting
from eocif.rules.dates import london_day
from eocif.rules.ending import STANDS
from eocif.rules.perspectives import Perspective
from eocif.rules.spread import SMALLEST
from eocif.rules.statements import Statement
from eocif.rules.visibility import Fact
from eocif.spoken import COMMENT, EVIDENCE

CONCERN = "concern"
_WORDS = (*drafting.ANSWERS, "gap")


def area_report(rows: Rows, area: ReviewArea, before: Mapping[str, str]) -> AreaReport:
    """One area. `before`: last time's levels by code, shown beside this time's alone."""
    number, edition = area.number, rows.edition
    draws_on, not_cited = _drawn_on(rows, area)
    ended, result = _ended(rows, area), _result(rows, area)
    judged = {each.statement.code: each for each in result.statements} if result else {}
    return AreaReport(
        section=edition.section_of(number), area=edition.area(number), state=area.state,
        set_aside_because=_reason(rows, area.set_aside_because), words=_words(rows, area),
        draws_on=draws_on, not_cited=not_cited,
        statements=tuple(
            _statement(rows, each, ended.get(each.code), judged.get(each.code), before)
            for each in statements_of(rows.review, number)
        ),
        not_applicable=tuple(
            (each, _reason(rows, why)) for each, why in not_applicable_of(rows.review, number)
        ),
        result=result, dissent=_dissent(rows, area), **_counts(rows, area),
        evidence=_evidence(rows, area), reopened=_reopened(rows, area),
        concluded_by=rows.name(area.concluded_by) if ended else "",
        concluded_on=_day(area.concluded_at) if ended else None,
    )  # fmt: skip


def _day(instant: datetime | None) -> date | None:
    return london_day(instant) if instant else None


def _reason(rows: Rows, text: str) -> str:
    return text if rows.may_always(Fact.LEADS_WORDS) else ""


def _words(rows: Rows, area: ReviewArea) -> dict[str, str]:
    draft = rows.drafts.get(known(area.id))
    if draft is None or not rows.may(Fact.OUTCOME, area):
        return {}
    return {field: draft.fields.get(field, "") for field in _WORDS}


# --- statements ---------------------------------------------------------------------------


def _ended(rows: Rows, area: ReviewArea) -> Mapping[str, Conclusion]:
    """How its statements ended; empty while the version may not show it."""
    return rows.conclusions.get(known(area.id), {}) if rows.may(Fact.OUTCOME, area) else {}


def _statement(
    rows: Rows, statement: Statement, row: Conclusion | None, judged: StatementResult | None,
    before: Mapping[str, str],
) -> StatementReport:  # fmt: skip
    if row is None:
        return StatementReport(statement, "", "", "", "", "", None, None, "")
    return StatementReport(
        statement, row.level, row.origin, _reason(rows, row.reason), _reason(rows, row.heard),
        rows.name(row.confirmed_by), london_day(row.confirmed_at), judged,
        before.get(statement.code, ""),
    )  # fmt: skip


def _result(rows: Rows, area: ReviewArea) -> AreaResult | None:
    """An area's ratings, without its perspectives of one or two people: those would be names."""
    if not rows.may(Fact.SPREAD, area):
        return None
    result = rows.results[area.number]
    if rows.may(Fact.WHO_HAS_ANSWERED, area):
        return result
    return replace(
        result.for_others(), contributed=rows.taking[area.number].as_shown(result.contributed),
        silent=tuple(each for each in result.silent if in_group(rows, each) >= SMALLEST),
    )  # fmt: skip


def in_group(rows: Rows, perspective: Perspective) -> int:
    """How many in the group speak from a perspective now."""
    return sum(
        member.perspectives[0] == perspective.key and member.removed_at is None
        for member in rows.members.values()
    )


# --- whose words the text draws on ----------------------------------------------------------


def _drawn_on(
    rows: Rows, area: ReviewArea
) -> tuple[tuple[Perspective, ...], tuple[Perspective, ...]]:
    """The perspectives drawn on, and those that took part and are not; small ones merged."""
    draft, taking = rows.drafts.get(known(area.id)), rows.taking[area.number]
    if draft is None or not rows.may(Fact.OUTCOME, area):
        return (), ()
    cited = drafting.split(draft.fields.get("draws_on", ""))
    drawn = taking.as_shown(each for each in taking.contributed if each.key in cited)
    left = taking.as_shown(each for each in taking.contributed if each.key not in cited)
    return drawn, tuple(_some_of(each) if each in drawn else each for each in left)


def _some_of(group: Perspective) -> Perspective:
    name = f"Some of {group.name[0].lower()}{group.name[1:]}"
    return replace(group, name=name, short=name)


# --- what members said ------------------------------------------------------------------------


def last_responses(rows: Rows, area: ReviewArea) -> dict[int, Response]:
    """What each member said last of the draft, by member id."""
    return {row.member_id: row for row in rows.responses.get(known(area.id), ())}


def _dissent(rows: Rows, area: ReviewArea) -> tuple[Dissent, ...]:
    if not rows.may(Fact.DISSENT, area):
        return ()
    by_key = {
        f"{row.member_id}:{COMMENT}_{row.round}": row for row in last_responses(rows, area).values()
    }
    return tuple(
        Dissent(each.group, row.answer, each.text, row.reply, row.reply_kind == STANDS)
        for each in rows.said[area.number]
        if (row := by_key.get(each.key))
    )


def _counts(rows: Rows, area: ReviewArea) -> dict[str, int]:
    """Concerns, those that stand, and who said nothing of the draft; 0 where not shown."""
    if not rows.may(Fact.HOW_MANY, area):
        return {"concerns": 0, "concerns_standing": 0, "did_not_respond": 0}
    last = last_responses(rows, area)
    concerns = [row for row in last.values() if row.answer == CONCERN]
    return {
        "concerns": len(concerns),
        "concerns_standing": sum(row.reply_kind == STANDS for row in concerns),
        "did_not_respond": len(asked_last(rows, area) - latest(last, area).keys()),
    }


def latest(last: Mapping[int, Response], area: ReviewArea) -> dict[int, Response]:
    """Of what members said, what is about the last draft."""
    return {member_id: row for member_id, row in last.items() if row.round == area.round}


def asked_last(rows: Rows, area: ReviewArea) -> set[int]:
    """The members who were in the group when an area was concluded."""
    end = area.concluded_at
    return {
        member_id
        for member_id, member in rows.members.items()
        if end and member.joined_at <= end and (member.removed_at or end) >= end
    }


# --- evidence and stories -----------------------------------------------------------------------


def _evidence(rows: Rows, area: ReviewArea) -> tuple[EvidenceReport, ...]:
    """Evidence of an area; a story is named here, and told only with consent, in its own place."""
    if not rows.may(Fact.OUTCOME, area):
        return ()
    return tuple(
        EvidenceReport(
            area.number, each.source, each.kind,
            "" if each.is_story else each.text, "" if each.is_story else each.link,
        )
        for each in rows.said[area.number]
        if each.field == EVIDENCE
    )  # fmt: skip


def stories(rows: Rows) -> tuple[Story, ...]:
    """The stories whose consent is recorded."""
    return tuple(
        Story(area.number, each.text, each.link, each.consent, each.consent_on)
        for area in rows.areas
        if rows.may(Fact.STORIES, area)
        for each in rows.said[area.number]
        if _is_consented(each)
    )


def _is_consented(each: Utterance) -> bool:
    return each.is_story and bool(each.consent) and not each.is_all_hidden


def _reopened(rows: Rows, area: ReviewArea) -> tuple[Reopening, ...]:
    return tuple(
        Reopening(
            london_day(datetime.fromisoformat(each["at"])), _reason(rows, each["because"]),
            dict(each["levels"]),
        )
        for each in area.reopened
    )  # fmt: skip
