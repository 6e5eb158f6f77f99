"""An area's conclusion: concerns answered or let stand, and how each statement ended."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlmodel import Session, col, select

from eocif import audit, messages, results, rounds
from eocif.access import Access, area_of, enter
from eocif.errors import FieldProblem, Invalid, NotFound, NotNow
from eocif.models import Conclusion, Draft, Response, ReviewArea
from eocif.people import Actor, known
from eocif.round_summaries import StatementResult
from eocif.rules import drafting
from eocif.rules.agreement import Kind
from eocif.rules.answers import NOT_AGREED
from eocif.rules.authorisation import Act
from eocif.rules.dates import london_day
from eocif.rules.drafting import AGREED, LEAD
from eocif.rules.ending import reply_problem
from eocif.rules.merging import digest
from eocif.rules.progress import AreaState
from eocif.summaries import Differs, Feedback

CONCERN = "concern"

# --- what was concluded -----------------------------------------------------------------


def of_review(session: Session, *, review_id: int) -> dict[int, dict[str, Conclusion]]:
    """How each statement of a review ended, by the area's id and the statement's code."""
    found: dict[int, dict[str, Conclusion]] = defaultdict(dict)
    rows = session.exec(
        select(Conclusion)
        .join(ReviewArea, col(ReviewArea.id) == col(Conclusion.area_id))
        .where(ReviewArea.review_id == review_id)
    )
    for row in rows:
        found[row.area_id][row.code] = row
    return found


def of_area(session: Session, area: ReviewArea) -> dict[str, Conclusion]:
    """How each statement of an area ended, by its code; empty until it is concluded."""
    rows = session.exec(select(Conclusion).where(Conclusion.area_id == area.id))
    return {row.code: row for row in rows}


def levels(rows: Mapping[str, Conclusion]) -> dict[str, str]:
    """The levels by code: a level's key, “not_agreed” or “not_applicable”."""
    return {code: row.level or row.origin for code, row in rows.items()}


def concluded_on(area: ReviewArea) -> date | None:
    """The day an area was concluded, in London."""
    return london_day(area.concluded_at) if area.concluded_at else None


# --- concerns ---------------------------------------------------------------------------


def reply(
    session: Session, *, actor: Actor, review_id: int, number: int, response_id: int, reply: str,
    kind: str, now: datetime, shown: Mapping[str, str] | None = None,
) -> Feedback:  # fmt: skip
    """Answer a concern or a comment, or let it stand; the worksheet prints both.

    `shown` has the digest of the reply that the card showed: what another lead has written since
    is not overwritten but shown. Raises Invalid for an answer that is empty or too long.
    """
    access = enter(
        session, actor=actor, review_id=review_id, act=Act.CONCLUDE, area=number, lock=True
    )
    area = area_of(session, review_id=review_id, number=number, lock=True)
    row = session.get(Response, response_id)
    if row is None or row.area_id != area.id or not row.comment:
        raise NotFound
    if (row.reply, row.reply_kind) == (reply or row.reply, kind):
        return _SAVED  # the same press, come again
    _check_concluding(area)
    if problem := reply_problem(reply, kind):
        raise Invalid(FieldProblem("reply", problem))
    if differs := _written_by_another(access, row, reply, shown or {}):
        typed = {"reply": reply, "response": str(response_id)}
        return Feedback("", True, {}, typed, differs)
    row.reply, row.reply_kind = reply or row.reply, kind
    row.replied_by, row.replied_at = actor.person_id, now
    session.add(row)
    audit.record(
        session, f"{row.answer} replied to", tenant_id=area.tenant_id, now=now,
        who=actor.person_id, review_id=review_id, subject=f"area:{number} response:{row.id}",
        kind=kind,
    )  # fmt: skip
    return _SAVED


_SAVED = Feedback("Saved. It stands in the worksheet beside what they said.")


def _written_by_another(
    access: Access, row: Response, reply: str, shown: Mapping[str, str]
) -> tuple[Differs, ...]:
    is_known = digest(row.reply) == shown.get("reply", digest(None))
    if is_known or row.reply == reply or row.replied_by in (None, access.actor.person_id):
        return ()
    return (Differs("reply", "Your answer", row.reply, reply or "nothing"),)


def unanswered(session: Session, area: ReviewArea) -> int:
    """How many concerns are neither answered nor let stand."""
    return sum(not row.reply_kind for row in concerns(session, [known(area.id)]))


def concerns(session: Session, area_ids: Collection[int]) -> list[Response]:
    """The concerns about areas' drafts.

    One about an earlier draft counts, unless its author has answered a later one since.
    """
    rows = session.exec(
        select(Response)
        .where(col(Response.area_id).in_(area_ids), Response.answer != "")
        .order_by(col(Response.round))
    )
    last = {(row.area_id, row.member_id): row for row in rows}
    return [row for row in last.values() if row.answer == CONCERN]


def _check_concluding(area: ReviewArea) -> None:
    if area.state != AreaState.CONCLUDING:
        raise NotNow(
            f"Area {area.number} cannot be concluded now.",
            kept="Everything saved so far is kept.",
            next_step="Type “worksheet” to see where every area stands.",
        )


# --- concluding -------------------------------------------------------------------------


def conclude(session: Session, *, actor: Actor, review_id: int, number: int, now: datetime) -> None:
    """Conclude an area: each statement gets its level, or “not agreed”, for the record.

    Raises Invalid with all that the area still needs. A press that comes again changes nothing.
    """
    access = enter(
        session, actor=actor, review_id=review_id, act=Act.CONCLUDE, area=number, lock=True
    )
    area = area_of(session, review_id=review_id, number=number, lock=True)
    if area.state == AreaState.CONCLUDED:
        return
    _check_concluding(area)
    result = results.area_result(session, review=access.review, area=area, round=area.round)
    draft = session.get_one(Draft, known(area.id))
    values = drafting.prefilled(draft.fields, result)
    if needed := drafting.standing(
        values, result, kept=draft.kept, unanswered=unanswered(session, area)
    ):
        raise Invalid(*(FieldProblem("", sentence) for sentence in needed))
    rows = [_conclusion(access, area, each, values, now) for each in result.statements]
    session.add_all(rows)
    rounds.move(area, AreaState.CONCLUDED, now)
    area.concluded_at, area.concluded_by = now, actor.person_id
    access.review.look_on = london_day(now)  # it may have been the last
    session.add_all((area, access.review))
    messages.follow(session, review_id=review_id, now=now, numbers=(number,))
    audit.record(
        session, "area concluded", tenant_id=area.tenant_id, now=now, who=actor.person_id,
        review_id=review_id, subject=f"area:{number}", round=area.round,
        origins=dict(Counter(row.origin for row in rows)),
    )  # fmt: skip


def _conclusion(
    access: Access, area: ReviewArea, result: StatementResult, values: Mapping[str, str],
    now: datetime,
) -> Conclusion:  # fmt: skip
    """How one statement ends. A reason stays where the lead departs from the rule."""
    code = result.statement.code
    chosen = values.get(f"level_{code}", "")
    origin = drafting.ends(result, chosen)
    has_level, departs = origin in (AGREED, LEAD), origin in (LEAD, NOT_AGREED)
    was_far = result.verdict.kind is Kind.TALK_FIRST
    return Conclusion(
        area_id=known(area.id), code=code, tenant_id=area.tenant_id, origin=origin,
        level=chosen if has_level else "",
        verdict=result.verdict.kind, reason=values.get(f"reason_{code}", "") if departs else "",
        heard=values.get(f"heard_{code}", "") if was_far else "",
        confirmed_by=access.actor.person_id, confirmed_at=now,
    )  # fmt: skip
