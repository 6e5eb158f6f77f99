"""Samples of the weekly digest: for a lead, an area's lead and a mere reader, long and hostile."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cards.digest import digest
from cards.face import Face
from eocif.action_summaries import ActionLine
from eocif.rules import digests
from eocif.rules.framework import edition
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.progress import AREA_STATES, AreaState, ReviewState
from eocif.summaries import AreaTask, Feedback, ReviewHead
from eocif.time_summaries import Digest, Outstanding, ReviewDigest, SectionProgress, WithLead
from tests.cards.samples_actions import line
from tests.cards.samples_lead_work import LONG
from tests.cards.samples_short import ATTACKED, HEAD, HOSTILE, LEAD

EDITION = edition()
UNTIL = date(2027, 2, 8)
SINCE = UNTIL - timedelta(days=7)
FIRST, LATER = date(2027, 2, 12), date(2027, 2, 19)
S = AreaState
STATES = [
    *[S.CONCLUDED] * 2, S.SET_ASIDE, *[S.CONCLUDING] * 2, *[S.ROUND_2] * 2, *[S.DRAFTING] * 3,
    *[S.ROUND_1] * 5, *[S.WAITING] * 8,
]  # fmt: skip
SECTIONS = tuple(
    SectionProgress(
        section,
        Counter(AREA_STATES[STATES[area.number - 1]] for area in section.areas),
        len(section.areas),
    )
    for section in EDITION.sections
)
NAMES = ("Tom Okafor", "Sunil Rao", "Joan Pettifer")
CROWD = tuple(f"Person {number:03}" for number in range(40))


def waits(number: int, answered: int, names: tuple[str, ...], *, round: int = 1) -> Outstanding:
    day = FIRST if number < 12 else LATER
    return Outstanding(EDITION.area(number), round, day, answered, 9, names)


LATE = line(1, 2, title="Ring people back", days_overdue=10, deadline=date(2027, 1, 29))
SOON = line(2, 5, title="Print the leaflets", deadline=date(2027, 2, 19))
UNOWNED = line(3, 6, title="Ask carers", owner="", has_teams=False, deadline=None, waits="owner")
ASKED = line(4, 7, title="Train volunteers", deadline=date(2027, 2, 17), waits="date")
NOT_MINE = line(5, 8, title="Meet Healthwatch", deadline=date(2027, 1, 15), days_overdue=24,
                waits="refused", owner="Kasia Nowak")  # fmt: skip
DATES = (
    (FIRST, "Round 2 of areas 6 and 7 closes at 5pm"),
    (LATER, "Areas 11 to 15 close at 5pm"),
    (date(2027, 2, 22), "Papers close for Quality committee"),
    (date(2027, 3, 1), "Quality committee meets"),
)
BLOCKED = "They have blocked the app in Teams."
USUAL = ReviewDigest(
    head=HEAD, since=SINCE, until=UNTIL, is_part=False,
    moved=("Area 2 was concluded.", "The drafts of areas 6 and 7 went to the group.",
           "Areas 11 to 15 opened for answers.", "2 actions are done."),
    sections=SECTIONS,
    outstanding=(waits(6, 4, NAMES, round=2), waits(7, 4, NAMES, round=2), waits(11, 1, CROWD[:8]),
                 waits(12, 1, CROWD[:8])),
    silent=(PERSPECTIVES[4], PERSPECTIVES[5]),
    waits_for_you=(AreaTask(EDITION.area(4), S.CONCLUDING, date(2027, 2, 10)),
                   AreaTask(EDITION.area(8), S.DRAFTING, date(2027, 2, 12))),
    may_sign_off=False, due_soon=(ASKED, SOON), overdue=(NOT_MINE, LATE),
    actions_waiting=(UNOWNED, NOT_MINE, ASKED), gaps=("8a", "8c"),
    undelivered=(("Des Barrett", BLOCKED, digests.what_to_do(BLOCKED)),
                 ("Your digest of Monday 1 February 2027", digests.UNKNOWN,
                  "This one says all that it would have said.")),
    next_dates=DATES, may_remind=True, tasks_without_teams=1, may_extend=True,
    may_see_actions=True,
    with_leads=(WithLead("Kasia Nowak", S.CONCLUDING, (3,), FIRST),
                WithLead("Tom Okafor", S.DRAFTING, (9, 10), SINCE)),
)  # fmt: skip
NOTHING: dict[str, Any] = {
    "moved": (), "outstanding": (), "silent": (), "waits_for_you": (), "due_soon": (),
    "overdue": (), "actions_waiting": (), "gaps": (), "undelivered": (), "may_remind": False,
    "tasks_without_teams": 0, "with_leads": (),
}  # fmt: skip
QUIET = replace(USUAL, **NOTHING)
PART = replace(
    USUAL, is_part=True, led=(1, 2, 3, 4), sections=SECTIONS[:1], outstanding=(), silent=(),
    overdue=(LATE,), due_soon=(), actions_waiting=(), gaps=(), undelivered=(), may_extend=False,
    may_remind=False, waits_for_you=USUAL.waits_for_you[:1], with_leads=(),
)  # fmt: skip
READER = replace(
    USUAL, waits_for_you=(), actions_waiting=(), gaps=(), undelivered=(), may_remind=False,
    may_extend=False, may_see_actions=False, tasks_without_teams=0, with_leads=(),
    silent=(PERSPECTIVES[3], replace(PERSPECTIVES[0], short="Other perspectives")),
    outstanding=tuple(replace(row, names=()) for row in USUAL.outstanding),
    overdue=(replace(LATE, owner=""),), due_soon=(replace(SOON, owner=""),),
)  # fmt: skip
SIGNED_OFF = replace(
    QUIET, head=replace(HEAD, state=ReviewState.SIGNED_OFF), overdue=(LATE,), due_soon=(SOON,),
    moved=("The review was signed off.", "1 action is done."),
    sections=tuple(
        replace(row, states={AREA_STATES[S.CONCLUDED]: row.in_scope}) for row in SECTIONS
    ),
    next_dates=((date(2030, 2, 5), "The next assessment is due"),),
)  # fmt: skip
READY = replace(SIGNED_OFF, head=HEAD, may_sign_off=True, overdue=(), moved=())


def many_actions(start: int, **more: Any) -> tuple[ActionLine, ...]:
    return tuple(line(start + n, n % 23 + 1, title=LONG, **more) for n in range(40))


FULL = replace(
    USUAL,
    moved=tuple(f"Area {number} was concluded." for number in range(1, 24)),
    outstanding=tuple(
        replace(waits(number, number % 7, CROWD[number:]), closes_on=LATER)
        for number in range(1, 24)
    ),
    silent=PERSPECTIVES,
    waits_for_you=tuple(AreaTask(area, S.DRAFTING, FIRST) for area in EDITION.areas),
    may_sign_off=True,
    overdue=many_actions(100, days_overdue=10, deadline=SINCE),
    due_soon=many_actions(200, deadline=LATER),
    actions_waiting=many_actions(300, waits="owner", owner=""),
    gaps=tuple(each.code for area in EDITION.areas for each in area.indicators),
    undelivered=tuple((name, BLOCKED, digests.what_to_do(BLOCKED)) for name in CROWD),
    with_leads=tuple(WithLead(name, S.DRAFTING, (8, 9, 10), FIRST) for name in CROWD),
    next_dates=tuple((LATER + timedelta(days=n), "Board meets") for n in range(20)),
)
OTHERS = tuple(
    ReviewHead(20 + n, f"Division {n}", "Northmoor NHS Trust", "", "Amina Yusuf", "collecting")
    for n in range(12)
)
HOSTILE_ONE = replace(
    USUAL, head=ATTACKED, outstanding=(waits(6, 4, (HOSTILE,) * 3),),
    silent=(replace(PERSPECTIVES[0], short=HOSTILE),),
    overdue=(line(1, 2, title=HOSTILE, owner=HOSTILE, days_overdue=3, deadline=SINCE),),
    undelivered=((HOSTILE, BLOCKED, digests.what_to_do(BLOCKED)),),
    next_dates=((FIRST, f"{HOSTILE} meets"),),
)  # fmt: skip


def shown(review: ReviewDigest, *others: ReviewHead) -> Face:
    """As the reader gets it."""
    return digest(Digest("Amina", review, others), for_user=LEAD)


def all_cards() -> dict[str, Face]:
    """Every state of the digest."""
    return {
        "a lead's": shown(USUAL, OTHERS[0]),
        "an area lead's": shown(PART),
        "a reader's": shown(READER),
        "after sign-off": shown(SIGNED_OFF),
        "ready to sign off": shown(READY),
        "nothing new": shown(QUIET),
        "of nothing in scope": shown(replace(QUIET, sections=(), next_dates=())),
        "full": shown(FULL, *OTHERS),
        "hostile": shown(HOSTILE_ONE, ATTACKED),
        "after a press": digest(Digest("Amina", QUIET), Feedback("It is sent.")),
    }
