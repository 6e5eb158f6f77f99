"""People say when they want to hear from us: how often, in which hours, and when they are away.

Everyone answers for themselves alone. The audit trail holds which fields changed and which days
were named, never why.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from eocif import audit, deliveries, snoozes
from eocif.access import name_of
from eocif.habits import stands_in_for, wish_of
from eocif.models import Member, Person, Review, TeamMember
from eocif.people import Actor, known
from eocif.rules import habit_form
from eocif.rules.dates import day_in_words, london_day
from eocif.rules.habit_form import LABELS, TOGETHER
from eocif.rules.habits import Wish, is_away, overlap, when
from eocif.set_up_saving import digests, merged
from eocif.summaries import Feedback
from eocif.time_models import Habit
from eocif.time_summaries import Habits

MOST_DEPUTIES = 300
"""A list of more names makes the card too heavy; the groups' members come first."""


def show(session: Session, *, actor: Actor, now: datetime) -> Habits:
    """What someone asked for, what they do not want to hear of yet, and for whom they stand in."""
    today = london_day(now)
    wish = wish_of(session, actor.person_id)
    values = habit_form.values(wish, today)
    away = stands_in_for(session, actor.person_id, today)
    names = tuple(sorted(name_of(session, each) for each in away))
    return Habits(
        actor.first_name, values, digests(values),
        tuple((known(each.id), each.name) for each in _deputies(session, actor, wish)),
        snoozes.waiting(session, actor=actor, now=now), names, is_away(wish, today),
    )  # fmt: skip


def save(
    session: Session, *, actor: Actor, posted: Mapping[str, str], shown: Mapping[str, str],
    now: datetime,
) -> Feedback:  # fmt: skip
    """Save what can be taken; the rest comes back as it was typed, with what is wrong."""
    today = london_day(now)
    row = _habit(session, actor)
    before = wish_of(session, actor.person_id)
    stored = habit_form.values(before, today)
    deputies = [known(each.id) for each in _deputies(session, actor, before)]
    given = habit_form.read(posted)
    said, good = merged(
        stored, given, shown,
        lambda field, value: habit_form.problem(
            field, value, today=today, deputies=deputies, own_id=actor.person_id
        ),
        LABELS,
    )  # fmt: skip
    wanted = habit_form.without_leave({**stored, **good}, good)
    said = _with(said, habit_form.at_odds(wanted))
    held = {TOGETHER[field] for field in (*said.problems, *said.typed)}
    wanted = {
        field: stored[field] if TOGETHER[field] in held else wanted[field] for field in wanted
    }
    said = replace(said, typed={**_typed(posted, held), **said.typed})
    changed = [field for field, value in wanted.items() if value != stored[field]]
    wish = habit_form.wish(wanted)
    if changed:
        _store(session, actor, row, wish, changed, now)
    return replace(said, notice=_notice(session, said, wish, changed, today))


def _with(said: Feedback, found: Mapping[str, str]) -> Feedback:
    """What does not go together, unless something else is wrong with the same fields already."""
    spoken_for = {TOGETHER[field] for field in (*said.problems, *said.typed)}
    new = {field: why for field, why in found.items() if TOGETHER[field] not in spoken_for}
    return replace(said, problems={**said.problems, **new}, is_problem=bool(said.is_problem or new))


def _typed(posted: Mapping[str, str], held: Collection[str]) -> dict[str, str]:
    return {
        field: value for field, value in posted.items() if TOGETHER.get(field) in held and value
    }


def _notice(
    session: Session, said: Feedback, leave: Wish, changed: Collection[str], today: date
) -> str:
    if said.is_problem:
        return "The rest is saved." if changed else ""
    set_out = leave.away_until is not None and "leave" in {TOGETHER[each] for each in changed}
    if leave.away_until is None or not set_out:
        return "Saved."
    back = when(leave, today=max(today, leave.away_until), is_deadline=True)
    again = f"Saved. After your leave we write to you again on {day_in_words(back)}."
    return " ".join([again, *_deputy_away(session, leave)])


def _deputy_away(session: Session, leave: Wish) -> list[str]:
    """Said, and allowed: it may be for a few days only."""
    if leave.deputy_id is None:
        return []
    theirs = wish_of(session, leave.deputy_id)
    days = overlap(leave, theirs)
    if days is None:
        return []
    name, (first, last) = name_of(session, leave.deputy_id), map(day_in_words, days)
    return [f"{name} is away too, from {first} to {last}."]


def _habit(session: Session, actor: Actor) -> Habit:
    stored = session.get(Habit, actor.person_id, with_for_update=True)
    return stored or Habit(person_id=actor.person_id, tenant_id=actor.tenant_id)


def _store(
    session: Session, actor: Actor, row: Habit, wish: Wish, changed: Collection[str], now: datetime
) -> None:
    row.is_weekly, row.from_hour, row.until_hour = wish.is_weekly, wish.from_hour, wish.until_hour
    row.away_from, row.away_until = wish.away_from, wish.away_until
    row.deputy_id = wish.deputy_id
    session.add(row)
    session.flush()
    deliveries.decide_again(session, person_id=actor.person_id, now=now)
    audit.record(
        session, "habits changed", tenant_id=actor.tenant_id, now=now, who=actor.person_id,
        fields=sorted(changed),
    )  # fmt: skip


def back(session: Session, *, actor: Actor, now: datetime) -> Feedback:
    """Someone is back before their leave ends, or does not go. Pressed again, it stays so."""
    row, today = _habit(session, actor), london_day(now)
    wish = wish_of(session, actor.person_id)
    if wish.away_until is None or wish.away_until < today:
        return Feedback("You have no leave here. We write to you as usual.")
    here = replace(wish, away_from=None, away_until=None, deputy_id=None)
    _store(session, actor, row, here, habit_form.LEAVE, now)
    hello = "Welcome back." if is_away(wish, today) else "Your leave is taken out."
    return Feedback(f"{hello} We write to you as usual.")


# --- who could stand in ----------------------------------------------------------------------


def _deputies(session: Session, actor: Actor, wish: Wish) -> list[Person]:
    """Colleagues who use Teams: of the reviews someone is in, then of their own teams.

    A guest of the tenant is not told who else is in it.
    """
    mine = select(Member.review_id).where(
        Member.person_id == actor.person_id, col(Member.removed_at).is_(None)
    )
    led = select(Review.id).where(Review.lead_id == actor.person_id)
    reviews = or_(col(Member.review_id).in_(mine), col(Member.review_id).in_(led))
    group = select(Member.person_id).where(reviews, col(Member.removed_at).is_(None))
    own = select(TeamMember.team_id).where(TeamMember.person_id == actor.person_id)
    team = select(TeamMember.person_id).where(col(TeamMember.team_id).in_(own))
    inside = col(Person.id).in_(group)
    reached = col(Person.is_guest).is_(False) & (col(Person.unreachable) == "")
    found = session.exec(
        select(Person)
        .where(
            Person.tenant_id == actor.tenant_id, col(Person.entra_id).is_not(None),
            Person.id != actor.person_id,
            or_(Person.id == wish.deputy_id, reached & (inside | col(Person.id).in_(team))),
        )
        .order_by((col(Person.id) == wish.deputy_id).desc(), inside.desc(), col(Person.name))
        .limit(MOST_DEPUTIES)
    )  # fmt: skip
    return sorted(found, key=lambda each: each.name)
