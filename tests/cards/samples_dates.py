"""A review's dates, its two forms, and what follows a review: each card in each of its states."""

from dataclasses import replace
from datetime import date, timedelta

from cards.conclude import conclude
from cards.confirm import draft as member_draft
from cards.confirm import levels as member_levels
from cards.dates import dates, digest, meeting
from cards.draft import levels
from cards.face import Face
from cards.next_review import next_review, rerate
from cards.results import glance, statement
from cards.sign_off import sign_off
from cards.worksheet import worksheet
from eocif.rules.framework import edition
from eocif.summaries import Differs, Feedback
from eocif.time_summaries import Dates, MeetingLine, NextReview
from tests.cards.samples_lead import LEAD
from tests.cards.samples_lead_work import CONCLUDED, CONCLUDING, CROWDED, FRESH
from tests.cards.samples_members import confirm_form
from tests.cards.samples_short import ATTACKED, HEAD, HOSTILE
from tests.cards.samples_worksheet import READY_STEP, SIGNED, worksheet_of

TODAY = date(2027, 3, 8)
RUTH = ("a0000000-0000-4000-8000-000000000003", "Ruth Hollis")
KASIA = ("a0000000-0000-4000-8000-000000000005", "Kasia Nowak")
NONCE = "0123456789abcdef"

BOARD = MeetingLine(4, "Trust board", date(2027, 4, 1), date(2027, 3, 16))
QUALITY = MeetingLine(5, "Quality committee", date(2027, 3, 11), date(2027, 3, 4))
RUNNING = Dates(
    head=HEAD, baseline_on=None, reassess_on=None, edition_review_on=date(2028, 2, 18),
    meetings=(), values={"digest_day": "0", "digest_hour": "9"},
    shown={"digest_day": "11111111", "digest_hour": "22222222", "readers": "33333333"},
    today=TODAY, nonce=NONCE,
)  # fmt: skip
SIGNED_OFF = replace(
    RUNNING, head=replace(HEAD, state="signed_off"), baseline_on=date(2027, 3, 4),
    reassess_on=date(2030, 3, 4), meetings=(QUALITY, BOARD), readers=(KASIA, RUTH),
    may_start_next=True,
)  # fmt: skip
CROWD = replace(
    SIGNED_OFF,
    meetings=tuple(
        MeetingLine(n, f"Committee {n}", TODAY + timedelta(30 * n), TODAY + timedelta(30 * n - 7))
        for n in range(1, 41)
    ),
    readers=tuple((f"a0000000-0000-4000-8000-{n:012}", f"Person {n:03}") for n in range(60)),
)
ATTACKED_DATES = replace(
    SIGNED_OFF, head=ATTACKED, meetings=(replace(BOARD, name=HOSTILE),),
    readers=((RUTH[0], HOSTILE),),
)  # fmt: skip

NEXT = NextReview(
    head=SIGNED_OFF.head, scope="all 23 areas", members=12, left=2, open_actions=7,
    reassess_on=date(2030, 3, 4), unreached=1, start_on=date(2029, 11, 19), nonce=NONCE,
)  # fmt: skip
BARE = replace(
    NEXT, left=0, open_actions=0, reassess_on=None, unreached=0, start_on=None, members=1
)
AGAIN = replace(NEXT, area=edition().area(5), open_actions=0, scope="area 5")

NO_DAY = Feedback(
    is_problem=True,
    problems={"meets_on": "We could not read this date. Type it like 18 February 2028."},
    typed={"name": "Board", "meets_on": "in spring", "papers_days": "7", "nonce": NONCE},
)
ALL_WRONG = Feedback(
    is_problem=True,
    problems={
        "name": "Type the name of the meeting, such as “Quality committee”.",
        "meets_on": "Choose the day of the meeting.",
        "papers_days": "Type a whole number of working days from 0 to 30.",
    },
    typed={"papers_days": "many"},
)
A_DAY = Feedback(
    is_problem=True, problems={"name": "Cut 3 characters."},
    typed={"name": "x" * 203, "meets_on": "2027-04-01"},
)  # fmt: skip
STRANGER = Feedback(
    is_problem=True,
    problems={"more_readers": f"{HOSTILE} is a guest here, so they cannot get the digest."},
    typed={"more_readers": f"{KASIA[0]},{RUTH[0]}", "readers": RUTH[0]},
)
STALE = Feedback(
    is_problem=True,
    typed={"digest_day": "3", "readers": RUTH[0]},
    differs=(
        Differs("digest_day", "Day of the week", "Tuesday", "Thursday"),
        Differs("readers", "Who gets the digest", "Kasia Nowak, Ruth Hollis", "Ruth Hollis"),
    ),
)
LAST_TIME = {"13a": "progressing", "13b": "achieving", "13c": "not_agreed", "13e": "excelling"}
BEFORE_ON = date(2024, 1, 30)


def all_cards() -> dict[str, Face]:
    """Every sample by name."""
    return _date_cards() | _what_follows() | _last_time()


def _date_cards() -> dict[str, Face]:
    return {
        "dates": dates(SIGNED_OFF, Feedback("Added."), for_user=LEAD),
        "dates while a review runs": dates(RUNNING),
        "dates once the next review is there": dates(replace(SIGNED_OFF, next_id=9)),
        "dates of a re-rating": dates(replace(SIGNED_OFF, is_rerating=True, reassess_on=None)),
        "dates without a baseline": dates(
            replace(SIGNED_OFF, baseline_on=None, may_start_next=False)
        ),
        "dates of a crowd": dates(CROWD),
        "dates, hostile": dates(ATTACKED_DATES, Feedback(HOSTILE)),
        "a meeting": meeting(RUNNING, for_user=LEAD),
        "a meeting, no day": meeting(RUNNING, NO_DAY),
        "a meeting, all wrong": meeting(RUNNING, ALL_WRONG),
        "a meeting with a day": meeting(RUNNING, A_DAY),
        "a meeting, hostile": meeting(
            ATTACKED_DATES, Feedback(typed={"name": HOSTILE, "meets_on": HOSTILE})
        ),
        "the digest's settings": digest(SIGNED_OFF, for_user=LEAD),
        "the digest's settings, nobody else": digest(RUNNING),
        "the digest's settings, strangers": digest(SIGNED_OFF, STRANGER),
        "the digest's settings, stale": digest(SIGNED_OFF, STALE),
        "the digest's settings of a crowd": digest(CROWD),
        "the digest's settings, hostile": digest(ATTACKED_DATES, Feedback(HOSTILE)),
    }


def _what_follows() -> dict[str, Face]:
    hostile = replace(NEXT, head=ATTACKED, scope=HOSTILE)
    here = worksheet_of(3, "concluded", head=SIGNED.head, standing=())
    return {
        "the next review": next_review(NEXT, for_user=LEAD),
        "the next review of little": next_review(BARE),
        "the next review, there already": next_review(replace(NEXT, next_id=9)),
        "the next review, hostile": next_review(hostile, Feedback(HOSTILE)),
        "an area again": rerate(AGAIN, for_user=LEAD),
        "an area again, of little": rerate(replace(BARE, area=AGAIN.area)),
        "an area again, there already": rerate(replace(AGAIN, next_id=9)),
        "an area again, hostile": rerate(replace(AGAIN, head=ATTACKED), Feedback(HOSTILE)),
        "sign-off of a re-rating": sign_off(replace(READY_STEP, is_rerating=True)),
        "the worksheet's areas to rate again": worksheet(here),
        "the worksheet of a re-rating": worksheet(replace(here, is_rerating=True)),
    }


def _last_time() -> dict[str, Face]:
    here = {"before": LAST_TIME, "before_on": BEFORE_ON}
    in_five = {"5a": "achieving", "5b": "not_agreed"}
    return {
        "results beside last time's": glance(replace(FRESH, **here), for_user=LEAD),
        "results of a crowd beside last time's": glance(replace(CROWDED, **here)),
        "results, concluded, beside last time's": glance(replace(CONCLUDED, **here)),
        "a statement beside last time's": statement(replace(FRESH, **here), code="13e"),
        "draft levels beside last time's": levels(replace(FRESH, **here)),
        "conclude beside last time's": conclude(replace(CONCLUDING, **here)),
        "a draft beside last time's": member_draft(confirm_form(before=in_five)),
        "a member's levels beside last time's": member_levels(
            confirm_form(before=in_five, before_on=BEFORE_ON)
        ),
    }
