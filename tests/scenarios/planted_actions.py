"""What people plant in actions, forums' dates and leave: one action in every area but one.

Each goes the whole way: written, given another deadline, refused, accepted, noted on, asked to be
put off, done and taken up again. A planted word names who typed it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eocif import habit_forms, review_dates, snoozes
from eocif.models import Person
from eocif.time_models import Action
from tests import acting
from tests.builders import World
from tests.scenarios.planted_areas import (
    AREA_LEAD,
    ASIDE,
    ASIDE_BLIND,
    CONCLUDED,
    CONCLUDING,
    DRAFTING,
    FORMER,
    FRIDAY,
    LAST_DAY,
    NOW,
    REOPENED,
    ROUND_1,
    ROUND_2,
    ROUND_3,
    TOO_LONG,
    planted,
)

OUTSIDER, READER, DEPUTY = "joan", "ruth", "peter"
AWAY = (OUTSIDER, "tom")  # from the last day on, with the same deputy
ASKED_BEFORE = "sunil"  # owned the action of `ASIDE`, which is nobody's now
# Who owns the action of an area: in the group or not, gone from it, its own lead, without Teams.
OWNER: Mapping[int, str] = {
    CONCLUDED: "grace", REOPENED: OUTSIDER, CONCLUDING: FORMER, ROUND_2: "tom", ROUND_3: "",
    DRAFTING: "grace", ROUND_1: OUTSIDER, ASIDE_BLIND: "doris", ASIDE: "",
}  # fmt: skip
NAMED_BY_HAND = ROUND_3  # its owner is a name that its lead typed
# Owned by a member, by someone outside who is away, who left the group, without Teams; and done.
ONE_OF_EACH = (CONCLUDED, REOPENED, CONCLUDING, ROUND_3, DRAFTING)
OVERDUE = (CONCLUDED, REOPENED, CONCLUDING)
FIRST, SOON, LATE, WANTED = "2027-02-26", "2027-01-29", "2027-01-20", "2027-03-05"


def typist(area: int) -> str:
    """Who answers for the owner of an area's action: the area's lead where they have no Teams."""
    first = ASKED_BEFORE if area == ASIDE else OWNER[area]
    return AREA_LEAD[area] if first in ("", "doris") else first


def begin(world: World) -> None:
    """On Friday: who reads the digest, when the forum meets, and the actions."""
    _who_reads_the_digest(world)
    world.on_review(
        review_dates.add_meeting, nonce="m" * 16, name=planted("meeting", 0, "amina"),
        meets_on="2027-01-29", papers_days="5", now=FRIDAY,
    )  # fmt: skip
    for area in OWNER:
        _write(world, area)
        _answer(world, area)


def _who_reads_the_digest(world: World) -> None:
    shown = world.on_review(review_dates.dates, now=FRIDAY).shown
    reader = world.sample.person(READER).entra_id
    posted = {"more_readers": reader}
    said = world.on_review(review_dates.save, posted=posted, shown=shown, now=FRIDAY)
    assert not said.is_problem


def _write(world: World, area: int) -> None:
    """Its lead writes it, and then gives it another deadline."""
    lead = AREA_LEAD[area]
    texts = {
        field: planted(kind, area, lead)
        for field, kind in (("title", "actitle"), ("measure", "measure"), ("looked_at", "looked"))
    }
    owner = ASKED_BEFORE if area == ASIDE else OWNER[area]
    name = planted("ownername", area, lead) if area == NAMED_BY_HAND else ""
    action = acting.made(
        world, lead, area=area, deadline=FIRST, owner=_choice(world, owner), owner_name=name,
        collects_data="yes", now=FRIDAY, **texts,
    )  # fmt: skip
    day = LATE if area in OVERDUE else SOON
    moved = planted("moved", area, lead)
    _save(world, area, action, FRIDAY, deadline=day, because=moved)


def _choice(world: World, key: str) -> str:
    """How a form names someone; who is called doris there has no Teams."""
    if key != "doris":
        return key
    name = world.sample.person(key).name
    return str(world.rows(Person, Person.name == name)[0].id)


def _save(world: World, area: int, action: int, now: datetime, **fields: str) -> None:
    _, said = acting.save(world, AREA_LEAD[area], action, area=area, now=now, **fields)
    assert not said.is_problem, said


def _answer(world: World, area: int) -> None:
    """Its owner refuses and then accepts it; both write, also what is too long."""
    who, lead, action = typist(area), AREA_LEAD[area], of_area(world, area)
    _act(world, area, "refuse", reason=planted("refusal", area, who))
    _act(world, area, "accept")
    for each in dict.fromkeys((who, lead)):
        kind = "leadnote" if each == lead else "actnote"
        acting.note(
            world, each, action, nonce=f"{kind} {each}", note=planted(kind, area, each), now=FRIDAY
        )
        kept = f"{planted('actkept', area, each)} {TOO_LONG}"
        acting.note(world, each, action, nonce="kept note", note=kept, now=FRIDAY)
    link = f"https://{planted('acthost', area, who)}.org/{planted('actpath', area, who)}"
    shows = planted("actevid", area, who)
    acting.note(world, who, action, nonce="evidence", evidence=shows, link=link, now=FRIDAY)


def _act(world: World, area: int, move: str, who: str = "", **more: Any) -> None:
    given = {"now": FRIDAY, **more}
    said = acting.act(world, move, who or typist(area), of_area(world, area), **given)
    assert not said.is_problem, said


def of_area(world: World, area: int) -> int:
    """The id of an area's action."""
    [row] = world.rows(Action, Action.review_id == world.review_id, Action.area == area)
    return row.id or 0


# --- the last day ---------------------------------------------------------------------------------


def go_on(world: World) -> None:
    """Dates are asked for, actions end in every way, and two of their owners go away."""
    for area in OWNER:
        _put_off(world, area)
        _end_and_begin_again(world, area)
    _ask_for_another_date(world, CONCLUDED)
    _act(world, DRAFTING, "done", changed=planted("changed", DRAFTING, "grace"), now=LAST_DAY)
    gone = planted("actgone", ASIDE_BLIND, "tom")
    _act(world, ASIDE_BLIND, "withdraw", "tom", reason=gone, now=LAST_DAY)
    _act(world, ROUND_1, "refuse", reason=planted("refusal", ROUND_1, OUTSIDER), now=LAST_DAY)
    _save(world, ASIDE, of_area(world, ASIDE), LAST_DAY, owner="none")
    world.do(
        snoozes.snooze, "grace", subject=f"action:{of_area(world, CONCLUDED)}",
        until="2027-01-29", now=LAST_DAY,
    )  # fmt: skip
    for who in AWAY:
        _leave(world, who)


def _put_off(world: World, area: int) -> None:
    """Its owner asks for another date, which its lead refuses."""
    if typist(area) == AREA_LEAD[area]:
        return  # a lead changes it without asking
    _ask_for_another_date(world, area)
    _act(
        world, area, "answer_date", AREA_LEAD[area], answer="refuse", wanted_on=WANTED,
        reason=planted("datekept", area, AREA_LEAD[area]), now=LAST_DAY,
    )  # fmt: skip


def _ask_for_another_date(world: World, area: int) -> None:
    reason = planted("wanted", area, typist(area))
    _act(world, area, "ask_date", wanted_on=WANTED, reason=reason, now=LAST_DAY)


def _end_and_begin_again(world: World, area: int) -> None:
    _act(world, area, "done", changed=planted("changed", area, typist(area)), now=LAST_DAY)
    lead = AREA_LEAD[area]
    _act(world, area, "resume", lead, reason=planted("resumed", area, lead), now=LAST_DAY)


def _leave(world: World, who: str) -> None:
    card = world.do(habit_forms.show, who, now=LAST_DAY)
    leave = {
        "away_from": "2027-01-20", "away_until": "2027-01-25",
        "deputy": str(world.actors[DEPUTY].person_id),
    }  # fmt: skip
    said = world.do(
        habit_forms.save, who, posted={**card.values, **leave}, shown=card.shown, now=LAST_DAY
    )
    assert not said.is_problem, said


# --- two other ends -------------------------------------------------------------------------------


def come_back(world: World) -> None:
    """Whoever was away is back."""
    for who in AWAY:
        world.do(habit_forms.back, who, now=NOW)


def give_owners(world: World) -> None:
    """Before sign-off, Tom takes what nobody owns."""
    for area in (ROUND_1, ASIDE):
        _save(world, area, of_area(world, area), NOW, owner="tom")
