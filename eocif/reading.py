"""A draft as members read it: what last went round, with the ratings and words it stands on.

Whoever opens a member's card reads it as a member, also a lead, and who records for somebody. The
ratings are those of the round before, which has closed: what changes meanwhile shows at the close.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from eocif import results, rounds, turnouts, voices
from eocif.answering import Answering
from eocif.models import Draft
from eocif.people import known
from eocif.round_summaries import AreaResult, Utterance
from eocif.rules import drafting
from eocif.rules.authorisation import Role
from eocif.rules.visibility import Fact, Viewer, may_see

LEVEL, _REASON, _HEARD = "level_", "reason_", "heard_"
_NO_RESULT = AreaResult(0, 0, 0, (), (), ())


@dataclass(frozen=True)
class Reading:
    """What a member may see of a draft; empty where they may see nothing of it.

    `words`, `proposed`, `reasons` and `heard` are as `ConfirmForm` has them; `draws_on` are the
    names of perspectives; `answered_by` counts the members who have answered.
    """

    words: Mapping[str, str]
    proposed: Mapping[str, str]
    reasons: Mapping[str, str]
    heard: Mapping[str, str]
    draws_on: tuple[str, ...]
    result: AreaResult
    utterances: tuple[Utterance, ...]
    answered_by: int


def draft_of(session: Session, at: Answering) -> Reading:
    """The draft of an area, as the member whose answer it is about may read it."""
    row = session.get(Draft, at.area.id) if _may(at, Fact.DRAFT) else None
    sent = row.sent if row else {}
    result = _result(session, at)
    return Reading(
        words={field: sent.get(field, "") for field in (*drafting.ANSWERS, "gap")},
        proposed=_by_code(sent, LEVEL), reasons=_reasons(sent, result),
        heard=_heard(sent, result), draws_on=_draws_on(session, at, sent),
        result=result.for_others(), utterances=_words_of_others(session, at),
        answered_by=turnouts.confirmed_by(session, at.area) if _may(at, Fact.HOW_MANY) else 0,
    )  # fmt: skip


def _roles(at: Answering) -> frozenset[Role]:
    return frozenset({Role.MEMBER}) if at.on_behalf else at.roles & {Role.MEMBER}


def _may(at: Answering, fact: Fact) -> bool:
    state, names = rounds.state_for_seeing(at.area), at.review.area_leads_see_names
    return may_see(fact, Viewer(_roles(at)), state, area_leads_see_names=names)


def _result(session: Session, at: Answering) -> AreaResult:
    if not _may(at, Fact.SPREAD):
        return _NO_RESULT
    before = at.area.round - 1
    return results.area_result(session, review=at.review, area=at.area, round=before)


def _draws_on(session: Session, at: Answering, sent: Mapping[str, str]) -> tuple[str, ...]:
    """The perspectives drawn on as the tables name them: one that few speak from is a name."""
    cited = drafting.split(sent.get("draws_on", ""))
    people = results.taking_part(session, review=at.review, areas=[at.area])[at.area.number]
    drawn = [each for each in people.contributed if each.key in cited]
    return tuple(each.name for each in people.as_shown(drawn))


def _words_of_others(session: Session, at: Answering) -> tuple[Utterance, ...]:
    if not _may(at, Fact.WORDS_AND_RATINGS):
        return ()
    member_id = known(at.member.id)
    nobody = 0  # who recorded others' answers does not see their names here
    seen = voices.utterances(
        session, review=at.review, area=at.area, roles=_roles(at), person_id=nobody,
        member_id=member_id,
    )  # fmt: skip
    return tuple(each for each in seen if not each.key.startswith(f"{member_id}:"))


def _by_code(fields: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        field.removeprefix(prefix): value
        for field, value in fields.items()
        if field.startswith(prefix) and value
    }


def _reasons(sent: Mapping[str, str], result: AreaResult) -> dict[str, str]:
    """Why the lead proposes something else than the rule, where they do."""
    levels, reasons = _by_code(sent, LEVEL), _by_code(sent, _REASON)
    own = [
        each.statement.code
        for each in result.statements
        if drafting.departs(each, levels.get(each.statement.code, ""))
    ]
    return {code: reasons[code] for code in own if code in reasons}


def _heard(sent: Mapping[str, str], result: AreaResult) -> dict[str, str]:
    """What the lead heard from those far away, where the level proposed calls for it."""
    levels, heard = _by_code(sent, LEVEL), _by_code(sent, _HEARD)
    far = [
        each.statement.code
        for each in result.statements
        if drafting.must_be_heard(each, levels.get(each.statement.code, ""))
    ]
    return {code: heard[code] for code in far if code in heard}
