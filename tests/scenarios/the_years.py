"""From the first message of a small review to the start of the one after it, three years on.

Five people, one area. `Years.since` tells all that was sent, a line for each message: the day,
who, and what about. What is in no list was sent to nobody.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from eocif.database import Database
from eocif.models import Delivery, DeliveryState, Person
from eocif.rules.dates import LONDON
from eocif.sample import load
from eocif.time_models import Reminder
from tests.scenarios import play
from tests.scenarios.play import Cast
from tests.scenarios.scenes import BUT_A_FEW, a_review_is_ready

UNASKED = ("prompt", "news", "nudge", "reminder", "digest")
AREA = 3
CODES = ("3a", "3b")


@dataclass
class Years:
    """A cast, and what its members were sent."""

    cast: Cast
    url: str
    _read: int = 0
    _sent: Counter[str] = field(default_factory=Counter)

    def person(self, key: str) -> play.Person:
        """Someone with Teams."""
        (found,) = self.cast(key)
        return found

    def goes_to(self, moment: str) -> None:
        """The bot lives through the time until then by itself."""
        self.cast.time.is_lived_until(moment)

    def since(self) -> str:
        """All that was sent unasked since the last look: “2026-11-30 des prompt”, a line each."""
        self.cast.stage.settle()
        database = Database(self.url)
        with database.transaction() as session:
            sent = (
                select(Delivery, Person.name)
                .join(Person, col(Person.id) == col(Delivery.person_id))
                .where(
                    col(Delivery.kind).in_(UNASKED), col(Delivery.id) > self._read,
                    Delivery.state != DeliveryState.CANCELLED,
                )
            )  # fmt: skip
            rows = session.exec(sent.order_by(col(Delivery.id))).all()
            lines = [_line(session, row, name) for row, name in rows]
        database.close()
        self._read = max((row.id or 0 for row, _ in rows), default=self._read)
        self._sent.update(line.split(" ")[1] for line in lines)
        assert self._arrived() == self._sent
        return "\n".join(["", *sorted(lines), ""])

    def _arrived(self) -> Counter[str]:
        """How many messages each found in Teams that nobody asked for: those it tells them of."""
        lines = self.cast.stage.teams.inside.world.lines
        return Counter(
            key for key in lines for line in lines[key] if line.what == "message" and line.alert
        )


def _line(session: Session, row: Delivery, name: str) -> str:
    assert (row.state, row.attempts) == (DeliveryState.SENT, 1)
    assert row.settled_at is not None
    day = row.settled_at.astimezone(LONDON).date()
    key = next(each.key for each in load().people if each.name == name)
    taken = session.exec(select(Reminder).where(Reminder.delivery_id == row.id)).all()
    about = sorted(f"{each.kind} {each.slot}" for each in taken)
    return " · ".join([f"{day} {key} {row.kind}", *about])


class Hand:
    """A person at one message of theirs, pressing what it offers."""

    def __init__(self, years: Years, key: str) -> None:
        self.person = years.person(key)
        self.message = self.person.newest()

    def opens(self, verb: str, **data: object) -> str:
        """Open a card in the message's place."""
        return self.person.shows(verb, on=self.message, **data)

    def presses(self, verb: str, where: Mapping[str, object], **typed: str) -> str:
        """Press the button of a verb that carries `where`."""
        return self.person.presses_verb(verb, where, on=self.message, **typed)


# --- the review -------------------------------------------------------------------------------


def everyone_answers_and_tom_drafts(years: Years) -> None:
    amina = a_review_is_ready(years.cast, scope=str(AREA), pace="1", without=BUT_A_FEW)
    amina.presses("Start the review")
    years.goes_to("2026-11-30 10:00")
    for key in ("amina", "des", "grace", "tom"):
        years.person(key).answers(AREA, "progressing")
    tom = years.person("tom")
    tom.presses(f"Record answers for area {AREA}")
    tom.presses("Save levels and go on to words", **tom.every("progressing"))
    tom.presses("Save their view")
    years.goes_to("2026-12-02 10:00")
    hand = Hand(years, "tom")
    hand.opens("draft.show", review=1, area=AREA, step="words")
    hand.presses(
        "draft.words", {"go": "levels"}, where_now="Few people know the strategy.",
        what_good="Everyone does.", what_do="Rewrite it with porters and carers.",
        draws_on=",".join(load().person("des").perspectives[:1]),
    )  # fmt: skip
    levels = {f"level_{code}": "progressing" for code in CODES}
    hand.presses("draft.levels", {"go": "send"}, **levels)
    hand.presses("draft.send", {"area": AREA})


def everyone_agrees_and_it_is_concluded(years: Years) -> None:
    years.goes_to("2026-12-07 10:00")
    for key in ("amina", "des", "grace", "tom"):
        hand = Hand(years, key)
        hand.opens("confirm.show", review=1, area=AREA, areas=[AREA], step="answer")
        hand.presses("confirm.answer", {"area": AREA}, answer="agree")
    tom = years.person("tom")
    tom.says("my areas")
    member = next(
        each["data"]["member"] for each in tom.buttons() if (each.get("data") or {}).get("member")
    )
    hand = Hand(years, "tom")
    hand.opens("confirm.show", review=1, area=AREA, areas=[AREA], member=member, step="answer")
    hand.presses("confirm.answer", {"area": AREA, "member": member}, answer="agree")
    years.goes_to("2026-12-09 10:00")
    hand = Hand(years, "tom")
    hand.opens("draft.show", review=1, area=AREA, step="levels")
    levels = {f"level_{code}": "progressing" for code in CODES}
    hand.presses("draft.levels", {"go": "conclude"}, **levels)
    hand.presses("conclude.finish", {"area": AREA})


# --- actions, and sign-off --------------------------------------------------------------------


def three_actions_are_written(years: Years) -> None:
    years.goes_to("2026-12-10 10:00")
    hand = Hand(years, "amina")
    _writes(hand, "Rewrite the strategy with porters", owner="Des", deadline="2027-04-01")
    _writes(hand, "Tell the board what changed", owner="Ruth", deadline="2027-01-04")
    _writes(hand, "Mend the signs", owner_name="Sam Estates", deadline="2027-03-26")


def _writes(hand: Hand, title: str, *, owner: str = "", **typed: str) -> None:
    hand.opens("action.new", review=1, area=AREA)
    if owner:
        offered = hand.person.choices("owner", hand.message)
        typed["owner"] = next(each["value"] for each in offered if each["title"].startswith(owner))
    read = hand.presses("action.save", {"area": AREA}, title=title, measure="We ask 20.", **typed)
    assert title in read


def it_is_signed_off(years: Years) -> None:
    hand = Hand(years, "amina")
    hand.opens("signoff.show", review=1)
    assert "Signed off" in hand.presses("signoff.do", {})


# --- a year of actions ------------------------------------------------------------------------


def des_does_what_is_his(years: Years) -> None:
    hand = Hand(years, "des")
    hand.opens("action.show", action=1)
    assert "This action is accepted." in hand.presses("action.accept", {"action": 1})


def ruth_asks_for_another_date_and_tom_agrees(years: Years) -> None:
    hand = Hand(years, "ruth")
    hand.opens("action.show", action=2, view="ask_date")
    hand.presses("action.ask_date", {"action": 2}, wanted_on="2027-06-30", reason="Papers.")
    years.goes_to("2027-01-27 10:00")
    hand = Hand(years, "tom")
    hand.opens("action.show", action=2, view="answer_date")
    hand.presses("action.answer_date", {"action": 2, "answer": "agree"})


def _is_done(years: Years, key: str, action: int, changed: str) -> None:
    hand = Hand(years, key)
    hand.opens("action.show", action=action, view="done")
    assert changed in hand.presses("action.done", {"action": action}, changed=changed)


def all_is_done_in_time(years: Years) -> None:
    years.goes_to("2027-03-25 10:00")
    _is_done(years, "tom", 3, "People find their way.")
    years.goes_to("2027-04-01 10:00")
    _is_done(years, "des", 1, "Porters know the strategy.")
    years.goes_to("2027-06-30 10:00")
    _is_done(years, "ruth", 2, "The board has heard it.")


def the_next_review_begins(years: Years) -> None:
    hand = Hand(years, "amina")
    hand.opens("next.show", review=1)
    hand.presses("next.start", {"review": 1})
    years.person("amina").presses("Start the review", on=hand.message)
