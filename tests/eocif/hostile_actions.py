"""What follows a hostile review: actions, their owners' words and a forum's date, all hostile.

Action 1 has been through everything, 2 is owned by a name without Teams, 3 was done twice, 4 is
withdrawn, and the owner of 5 says that it is not theirs.
"""

from datetime import date

from eocif import people, review_dates, snoozes
from eocif.models import Delivery, DeliveryState
from eocif.rules.dates import at
from eocif.time_models import Reminder
from tests import acting
from tests.builders import World, seen
from tests.eocif.hostile_words import LONG, brief, line, nasty
from tests.reminded import person

PLANNED_AT, MOVED_AT = at(date(2027, 1, 26), 12), at(date(2027, 1, 28), 10)
DUE, MOVED_TO, WANTED = "2027-02-09", "2027-02-10", "2027-03-01"
LOOKED_AT = at(date(2027, 2, 11), 12)
MORNINGS = (date(2027, 2, 9), date(2027, 2, 10), date(2027, 2, 11))
LINK = "https://links.example/?q==1+1&to=<at>Everyone</at>"
MISSED = at(date(2027, 2, 10), 9)


def renamed(world: World, who: str) -> None:
    """Someone calls themselves something hostile in Teams."""
    one = world.sample.person(who)
    known_as = seen(world.sample.tenant_id, one.entra_id, one.teams_id, line(who))
    with world.database.transaction() as session:
        world.actors[who] = people.recognise(
            session, seen=known_as, leads=frozenset(), now=PLANNED_AT
        )


def planned(world: World) -> None:
    """Before sign-off, so that its worksheet holds them: four actions of area 2."""
    collects = {"collects_data": "yes", "looked_at": nasty("looked_at")}
    _made(world, 1, nasty("action1"), owner="des", measure=nasty("measure"), tags="staff,nqb_1a")
    _made(world, 2, brief("action2"), owner_name=line("owner"), **collects)
    _made(world, 3, brief("action3"), owner="des")
    _made(world, 4, brief("action4"), owner="kasia")


def _made(world: World, number: int, title: str, **fields: str) -> None:
    assert acting.made(world, title=title, deadline=DUE, now=PLANNED_AT, **fields) == number


def moved(world: World) -> None:
    """After sign-off: everything that anyone can say of an action, and the days that follow."""
    _one_has_been_through_everything(world)
    _others_end(world)
    said = world.on_review(
        review_dates.add_meeting, nonce="m" * 16, name=line("meeting"), meets_on="2027-02-18",
        papers_days="5", now=MOVED_AT,
    )  # fmt: skip
    assert not said.is_problem, said
    for morning in MORNINGS:
        world.live(at(morning, 9))
    _missed(world, "des")
    world.do(snoozes.snooze, "des", subject="action:1", until="2027-02-19", now=LOOKED_AT)
    acting.away(world, "des", deputy="tom", from_=MORNINGS[-1], until=MORNINGS[-1])


def _one_has_been_through_everything(world: World) -> None:
    now = {"now": MOVED_AT}
    acting.act(world, "accept", "des", **now)
    given = {"note": nasty("note"), "evidence": nasty("shown"), "link": LINK}
    assert not acting.note(world, "des", **given, **now).is_problem
    acting.act(world, "ask_date", "des", wanted_on=WANTED, reason=nasty("asked"), **now)
    acting.act(world, "answer_date", "tom", answer="refuse", wanted_on=WANTED,
               reason=nasty("not_agreed"), **now)  # fmt: skip
    _, said = acting.save(world, "tom", 1, deadline=MOVED_TO, because=nasty("because"), **now)
    assert not said.is_problem, said
    acting.act(world, "ask_date", "des", wanted_on=WANTED, reason=nasty("wanted"), **now)
    longer = nasty("too_long") + LONG
    assert acting.note(world, "des", nonce="k" * 8, note=longer, **now).is_problem
    assert acting.save(world, "tom", 1, title=longer, **now)[1].is_problem


def _others_end(world: World) -> None:
    now = {"now": MOVED_AT}
    acting.done(world, "des", 3, changed=nasty("too_soon"), **now)
    acting.act(world, "resume", "des", 3, reason=nasty("resumed"), **now)
    acting.done(world, "des", 3, changed=nasty("changed"), **now)
    acting.act(world, "withdraw", "tom", 4, reason=nasty("withdrawn"), **now)
    acting.made(world, title=brief("action5"), owner="grace", deadline=MOVED_TO, **now)
    acting.act(world, "refuse", "grace", 5, reason=nasty("refused"), **now)


def _missed(world: World, who: str) -> None:
    """A message to someone does not arrive."""
    with world.database.transaction() as session:
        session.add(
            Delivery(
                tenant_id=world.sample.tenant_id, kind="prompt", review_id=world.review_id,
                recipient=f"person:{person(world, who)}", person_id=person(world, who),
                subject="missed", slot="missed", state=DeliveryState.FAILED,
                error="Teams did not take the message.", created_at=MISSED, next_at=MISSED,
                settled_at=MISSED,
            )
        )  # fmt: skip


def subjects(world: World, who: str) -> list[str]:
    """What they are about, each once."""
    rows = world.rows(Reminder, Reminder.person_id == person(world, who))
    return list(dict.fromkeys(row.subject for row in rows))
