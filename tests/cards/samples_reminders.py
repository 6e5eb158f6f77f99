"""The day's reminders in every state, alone and along with the weekly message."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards.face import Face
from cards.reminders import reminders
from cards.week import week
from eocif.rules.framework import edition
from eocif.rules.progress import AreaState
from eocif.rules.reminding import Kind
from eocif.summaries import AreaTask, Feedback
from eocif.time_summaries import Remembered, RemindersCard
from tests.cards.samples_answering import HEAD, HOSTILE, NEW_WEEK, USER

TODAY = date(2027, 3, 16)
DUE = date(2027, 3, 18)
OTHER = replace(HEAD, id=9, title="Experience of care in the community", division="Community")
ATTACKED = replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE)
_AREA = edition().area(13)


def one(kind: Kind, subject: str = "", **more: Any) -> Remembered:
    """One thing to remember, of this review unless told otherwise."""
    usual: dict[str, Any] = {"head": HEAD, "due_on": DUE}
    return Remembered(kind, subject or f"{kind}:4", **usual | more)


def action(title: str = "Put the PALS poster up on every ward", **more: Any) -> Remembered:
    usual: dict[str, Any] = {"action_id": 4, "title": title, "area": _AREA}
    return one(more.pop("kind", Kind.ACTION), more.pop("subject", "action:4"), **usual | more)


ROUND = one(Kind.ROUND, "review:7", areas=(edition().area(3),))
ROUNDS = replace(ROUND, areas=tuple(map(edition().area, (1, 2, 3))))
RECORDS = replace(ROUND, why_me="no_teams", for_whom="Doris Whitfield and Jo Bell")
DRAFT = one(Kind.DRAFT, "area:13", area=_AREA, state=AreaState.DRAFTING)
CONCLUSION = replace(DRAFT, state=AreaState.CONCLUDING, days_overdue=7, due_on=date(2027, 3, 9))
LATE = action(subject="action:5", days_overdue=7, due_on=date(2027, 3, 9))
NEW = action(
    "Ask people at home what helps them", kind=Kind.ACTION_NEW, subject="action:6", state="accept"
)
SAID = action(kind=Kind.ACTION_SAID, subject="action:7", state="date", for_whom="Des Barrett")
AGREED = action(subject="action:20", answer="agreed")
KEPT = action(subject="action:21", answer="kept")
TO_ASK = replace(NEW, subject="action:22", why_me="no_teams", for_whom="Sam Estates")
REFUSED = replace(SAID, subject="action:8", state="refused")
SIGN_OFF = one(Kind.SIGN_OFF, due_on=None)
PAPERS = one(Kind.PAPERS, "meeting:2", title="Quality committee")
REASSESS = one(Kind.REASSESS, due_on=date(2030, 3, 18), months=12)
EDITION = one(Kind.EDITION, "edition:PR1209", due_on=date(2028, 2, 18), months=6)
OF_OTHERS = (
    *(
        action(subject=f"action:{10 + place}", why_me=why, for_whom="Des Barrett")
        for place, why in enumerate(("no_teams", "unreachable", "away", "overdue"))
    ),
    action(subject="action:19", why_me="unowned", due_on=None),
)
LEADS_AWAY = replace(DRAFT, for_whom="Tom Okafor", why_me="away")
ESCALATED = replace(CONCLUSION, subject="area:14", for_whom="Tom Okafor", why_me="overdue")
THREE = (replace(ROUNDS, head=OTHER), action(), DRAFT)


def today_of(*items: Remembered, name: str = "Amina") -> RemindersCard:
    return RemindersCard(name, items, tuple(range(31, 31 + len(items))))


def shown(*items: Remembered, name: str = "Amina", **more: Any) -> Face:
    said = more.pop("said", Feedback())
    return reminders(today_of(*items, name=name), said, today=TODAY, for_user=USER, **more)


def many_of(count: int, **more: Any) -> tuple[Remembered, ...]:
    return tuple(
        action(f"Action number {each}", subject=f"action:{each}", action_id=each, **more)
        for each in range(1, count + 1)
    )


SNOOZED = Feedback("You hear of this again on Monday 22 March 2027.")
TOO_SOON = Feedback(
    "", is_problem=True, problems={"until": "Monday 15 March 2027 is too soon."},
    typed={"until": "2027-03-15"},
)  # fmt: skip
UNREADABLE = Feedback(
    "", is_problem=True, problems={"until": "Tell us until when."}, typed={"until": HOSTILE},
)  # fmt: skip
ATTACK = {"head": ATTACKED, "title": HOSTILE, "for_whom": HOSTILE}
TOLD_LEAD = replace(
    NEW_WEEK, lead_tasks=(AreaTask(_AREA, AreaState.DRAFTING, DUE),)
)  # fmt: skip


def all_cards() -> dict[str, Face]:
    return {
        "one": shown(action()),
        "three": shown(*THREE),
        "round of one area": shown(ROUND),
        "answers to record": shown(RECORDS),
        "of a lead": shown(DRAFT, CONCLUSION, SIGN_OFF, PAPERS, REASSESS, EDITION),
        "what owners said": shown(LATE, NEW, SAID, REFUSED),
        "answered": shown(AGREED, KEPT, TO_ASK),
        "of others": shown(*OF_OTHERS, LEADS_AWAY, ESCALATED),
        "one done": shown(action(), replace(LATE, is_over=True)),
        "all done": shown(replace(action(), is_over=True), replace(DRAFT, is_over=True)),
        "none": shown(),
        "many": shown(*many_of(75, why_me="away", for_whom="Des Barrett")),
        "not now": shown(*THREE, later="action:4"),
        "not now, too soon": shown(*THREE, later="action:4", said=TOO_SOON),
        "not now, unreadable": shown(*THREE, later="action:4", said=UNREADABLE),
        "put off": shown(*THREE, said=SNOOZED),
        "hostile": shown(
            action(HOSTILE, head=ATTACKED), action(why_me="away", subject="action:5", **ATTACK),
            replace(SAID, **ATTACK), replace(PAPERS, title=HOSTILE), replace(RECORDS, **ATTACK),
            replace(LEADS_AWAY, **ATTACK), name=HOSTILE,
        ),
        "along with a week": week(
            NEW_WEEK, for_user=USER, also=(ROUND, action(), LATE), also_ids=(31, 32, 33)
        ),
        "along with a lead's week": week(TOLD_LEAD, also=(DRAFT, SIGN_OFF), also_ids=(31, 32)),
        "along with a hostile week": week(NEW_WEEK, also=(action(**ATTACK),), also_ids=(31,)),
    }  # fmt: skip
