"""A review with an area in every state, in which everyone planted words of their own everywhere.

What is planted where stands in `planted_areas`, and what people plant in actions in
`planted_actions`.
"""

from datetime import date, datetime
from typing import Any

from eocif import (
    conclusions,
    digests,
    drafting,
    drafts,
    report_facts,
    review_groups,
    reviews,
    set_up,
    sign_off,
    voices,
)
from eocif.confirmations import save_answer
from eocif.database import Database
from eocif.models import Evidence, Response
from eocif.rules import drafting as rules
from eocif.rules.answers import WORDS, Offered
from eocif.rules.dates import at
from eocif.rules.framework import LEVEL_KEYS
from tests import builders
from tests.after_the_close import sent
from tests.builders import World, codes
from tests.confirming import form
from tests.scenarios import planted_actions
from tests.scenarios.planted_areas import (
    ANSWERED,
    AREA_LEAD,
    ASIDE,
    ASIDE_BLIND,
    CONCLUDED,
    CONCLUDING,
    DRAFTING,
    EVERYONE,
    FIRST_WEEK,
    FORMER,
    FRIDAY,
    LAST_DAY,
    LEADS,
    LIVED,
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    NOT_RATED,
    NOT_RESPONDED,
    NOW,
    RECORDER,
    REOPENED,
    ROUND_3,
    SCOPE,
    SECOND_WEEK,
    STATE_OF,
    THURSDAY,
    TOO_LONG,
    TUESDAY,
    WAITING,
    WITH_IT,
    planted,
)


def levels(world: World, area: int) -> dict[str, str]:
    """What each member who answers an area chose for each of its statements."""
    members = [each for each in world.members if each not in NOT_RATED.get(area, ())]
    lived = [level for level, n in zip(LEVEL_KEYS, LIVED[area], strict=True) for _ in range(n)]
    rest = [
        level
        for level, n, of_lived in zip(LEVEL_KEYS, EVERYONE[area], LIVED[area], strict=True)
        for _ in range(n - of_lived)
    ]
    others = [each for each in members if each not in WITH_IT]
    return {**dict(zip(WITH_IT, lived, strict=True)), **dict(zip(others, rest, strict=True))}


# --- the story ------------------------------------------------------------------------------------


def everything_planted(database: Database, *, names: bool) -> World:
    """Thursday 21 January 2027: an area in each state. `names`: whether area leads see names."""
    world = _begun(database, names=names)
    for area in FIRST_WEEK:
        _answer(world, area, TUESDAY)
    world.live(at(date(2027, 1, 13), 17, 15))
    world.live(THURSDAY)
    for area in FIRST_WEEK:
        _read_and_draft(world, area, THURSDAY)
    _set_aside(world, WAITING, FRIDAY)
    planted_actions.begin(world)
    world.live(NEXT_MONDAY)
    world.database.now(digests.queue_due, now=NEXT_MONDAY)
    for area in FIRST_WEEK:
        _respond(world, area, ANSWERED)
    for area in SECOND_WEEK:
        _answer(world, area, ANSWERED)
    _set_aside(world, ASIDE_BLIND, NEXT_TUESDAY)
    world.tick(at(date(2027, 1, 19), 17, 15))
    _the_last_day(world)
    world.tick(at(date(2027, 1, 21), 9, 30))
    return world


def _begun(database: Database, *, names: bool) -> World:
    before = at(date(2027, 1, 7), 10)
    world = builders.drafted(database, before, scope=SCOPE)
    with database.transaction() as session:
        review = session.get_one(reviews.Review, world.review_id)
        step: dict[str, Any] = {
            "actor": world.actors["amina"], "review_id": world.review_id, "now": before,
        }  # fmt: skip
        fields = {
            "title": "title", "provider": "provider", "division": "division", "forum": "forum",
            "executive_lead": "exec", "segment": "segment",
        }  # fmt: skip
        posted = {field: planted(kind, 0, "amina") for field, kind in fields.items()}
        shown = builders.digests({field: getattr(review, field) for field in fields})
        see = {"see_names": "yes" if names else "no"}
        set_up.save_details(session, posted=posted | see, shown=shown, **step)
        wanted = {number: str(world.actors[who].person_id) for number, who in LEADS.items()}
        shown = builders.digests(set_up.leads_of(session, review))
        set_up.save_leads(session, posted=wanted, shown=shown, **step)
        review_groups.change_member(
            session, member_id=world.members["doris"], speaks_from="people_and_carers", also=(),
            named_function="", needs=planted("needs", 0, "doris"), **step,
        )  # fmt: skip
        review_groups.remove_member(session, member_id=world.members.pop("ruth"), **step)
        review.area_leads_see_names = names
        session.add(review)
    world.on_review(reviews.start, now=before)
    world.live(MONDAY)
    return world


def typed_by(who: str, area: int) -> tuple[str, str]:
    """Who types someone's answer to an area, and for whom where that is someone else."""
    return (RECORDER[area], who) if who == "doris" else (who, "")


def _answer(world: World, area: int, now: datetime) -> None:
    for who, level in levels(world, area).items():
        typist, for_ = typed_by(who, area)
        world.rate(typist, area, level, now, for_=for_)
        words = {field: planted(f"word{place}", area, who) for place, field in enumerate(WORDS)}
        words["what_do"] += f" {planted('hidden', area, who)}"
        link = f"https://{planted('host', area, who)}.org/{planted('path', area, who)}"
        for kind, source, leads_to in (
            ("evidence", "survey", link), ("told", "story", ""), ("untold", "story", ""),
        ):  # fmt: skip
            offered = Offered(kind * 8, source, "qualitative", planted(kind, area, who), leads_to)
            world.write(typist, area, now, for_=for_, offered=offered, **words)
        world.write(
            typist, area, now, for_=for_, where_now=f"{planted('kept', area, who)} {TOO_LONG}"
        )


def _read_and_draft(world: World, area: int, now: datetime) -> None:
    """The area's lead hides a word of everyone's, records consent, and sends the draft round."""
    _read(world, area, now)
    sent(world, area, now, who=AREA_LEAD[area], **_draft(area))


def _read(world: World, area: int, now: datetime) -> None:
    common: dict[str, Any] = {"who": AREA_LEAD[area], "number": area, "now": now}
    stories = {row.text: row.id for row in world.rows(Evidence)}
    for who in levels(world, area):
        member = world.members[who]
        world.on_review(
            voices.hide, key=f"{member}:what_do", words=planted("hidden", area, who),
            reason=planted("because", area, who), **common,
        )  # fmt: skip
        key = f"{member}:evidence_{stories[planted('told', area, who)]}"
        world.on_review(voices.record_consent, key=key, how=planted("consent", area, who), **common)


def _draft(area: int) -> dict[str, str]:
    """The area's draft: what was heard where the rule gives a level; else one with a reason."""
    lead, (first, *others) = AREA_LEAD[area], codes(area)
    answers = dict(zip(("where_now", "what_good", "what_do", "gap"), DRAFTED, strict=True))
    own = others[0] if area == CONCLUDED else first
    heard = {f"heard_{first}": planted("heard", area, lead)} if area == CONCLUDED else {}
    return {
        **{field: planted(kind, area, lead) for field, kind in answers.items()}, **heard,
        f"level_{own}": "progressing", f"reason_{own}": planted("reason", area, lead),
    }  # fmt: skip


DRAFTED = ("draftnow", "draftgood", "draftdo", "draftgap")


def _respond(world: World, area: int, now: datetime) -> None:
    """Everyone raises a concern or comments."""
    for place, who in enumerate(world.members):
        if who in NOT_RESPONDED.get(area, ()):
            continue
        typist, for_ = typed_by(who, area)
        answer = ("concern", "agree_with_comment")[place % 2]
        for kind in ("said", "saidkept"):
            comment = planted(kind, area, who) + (f" {TOO_LONG}" if kind == "saidkept" else "")
            _say(world, typist, area, answer, comment, now, for_)


def _say(
    world: World, who: str, area: int, answer: str, comment: str, now: datetime, for_: str
) -> None:
    world.do(
        save_answer, who, place=world.place(area, for_=for_), answer=answer, comment=comment,
        now=now, shown=form(world, who, area, now, for_=for_).shown,
    )  # fmt: skip


def _set_aside(world: World, area: int, now: datetime) -> None:
    reason = planted("aside", area, "amina")
    world.on_review(drafts.set_aside, number=area, reason=reason, now=now)


def _the_last_day(world: World) -> None:
    for area in (CONCLUDED, REOPENED, CONCLUDING, ROUND_3):
        _reply(world, area)
    for area in (CONCLUDED, REOPENED):
        world.on_review(conclusions.conclude, "tom", number=area, now=LAST_DAY)
    for area in (REOPENED, WAITING):
        reason = planted("again", area, "amina")
        world.on_review(sign_off.reopen, number=area, reason=reason, now=LAST_DAY)
    for area in (DRAFTING, ASIDE):
        _read(world, area, LAST_DAY)
        _write(world, area, **_draft(area))
    _set_aside(world, ASIDE, LAST_DAY)
    for area in (CONCLUDING, DRAFTING):
        _write(world, area, what_good=f"{planted('draftkept', area, 'tom')} {TOO_LONG}")
    _write(world, CONCLUDING, what_do=planted("unsent", CONCLUDING, "tom"))
    _write(world, ROUND_3, what_do=planted("draftthird", ROUND_3, "kasia"))
    world.on_review(drafts.send, "kasia", number=ROUND_3, now=LAST_DAY)
    _beside(world)
    former = world.members[FORMER]
    world.on_review(review_groups.remove_member, member_id=former, now=LAST_DAY)
    planted_actions.go_on(world)


def _write(world: World, area: int, **fields: str) -> None:
    who = AREA_LEAD[area]
    with world.database.transaction() as session:
        at_ = drafting.open_draft(
            session, actor=world.actors[who], review_id=world.review_id, number=area, now=LAST_DAY
        )
        shown = rules.digests(at_.values, at_.names)
    common: dict[str, Any] = {"number": area, "shown": shown, "now": LAST_DAY}
    world.on_review(drafts.save_words, who, words=fields, **common)
    world.on_review(drafts.save_levels, who, fields=fields, **common)


def _reply(world: World, area: int) -> None:
    names = {member_id: who for who, member_id in world.members.items()}
    for row in world.rows(Response, Response.area_id == world.area(area).id):
        if row.comment:
            world.on_review(
                conclusions.reply, AREA_LEAD[area], number=area, response_id=row.id,
                reply=planted("reply", area, names[row.member_id]), kind="answered", now=LAST_DAY,
            )  # fmt: skip


def _beside(world: World) -> None:
    """What reports say besides the worksheet."""
    facts = {
        "safety_reference": "safety", "effectiveness_reference": "effects",
        "predecessor_1": "predecessor",
    }  # fmt: skip
    posted = {field: planted(kind, 0, "amina") for field, kind in facts.items()}
    shown = world.on_review(report_facts.facts, now=LAST_DAY).shown
    world.on_review(report_facts.save, posted=posted, shown=shown, now=LAST_DAY)


# --- two other ends -------------------------------------------------------------------------------


def sign_it_off(world: World) -> None:
    """Set aside all that is not concluded, and sign the review off, to be assessed again sooner."""
    for area in STATE_OF:
        if area not in (CONCLUDED, ASIDE, ASIDE_BLIND):
            _set_aside(world, area, NOW)
    planted_actions.give_owners(world)
    world.on_review(
        sign_off.sign_off, reassess_on="2028-01-20", reassess_because=planted("sooner", 0, "amina"),
        now=NOW,
    )  # fmt: skip


def cancel_it(world: World) -> None:
    """Cancel the review, with a reason."""
    world.on_review(reviews.cancel, reason=planted("cancelled", 0, "amina"), now=NOW)
