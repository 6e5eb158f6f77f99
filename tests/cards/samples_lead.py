"""The lead's cards: usual, empty, full, hostile and refused."""

from dataclasses import replace
from datetime import date, timedelta

from cards.face import Face
from cards.outstanding import outstanding, reminded
from cards.review import members, review
from cards.review_forms import cancel, close, extend
from eocif.rules.framework import edition
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.perspectives import perspective as voice
from eocif.summaries import (
    AreaDates,
    Feedback,
    GroupMember,
    Outstanding,
    OutstandingArea,
    OutstandingPerson,
    PersonName,
    Reminded,
    ReviewSummary,
)
from tests.cards.samples_short import ATTACKED, FIRST, HEAD, HOSTILE, LATER, LEAD, short_cards

SAVED = Feedback(notice="Area 3 now closes at 5pm on Friday 5 February 2027.")

# --- who has not answered ---------------------------------------------------------------------

BLOCKED = "They removed the app from their Teams."

TOM = PersonName(2, "Tom Okafor")
SUNIL = PersonName(8, "Sunil Rao", "guest")
JOAN = PersonName(9, "Joan Pettifer", BLOCKED)
DORIS = PersonName(10, "Doris Whitfield", is_yours=True)
MABEL = PersonName(11, "Mabel Irving", recorders=("Kasia Nowak",))
MALLORY = PersonName(66, HOSTILE, "guest")


def open_area(
    number: int, closes_on: date, *waiting: PersonName, group: int = 9
) -> OutstandingArea:
    return OutstandingArea(edition().area(number), closes_on, group - len(waiting), group, waiting)


def owing(
    person: PersonName, *areas: int, on: date | None = None, may: bool = True
) -> OutstandingPerson:
    return OutstandingPerson(person, areas, on, may)


AREAS = (
    open_area(6, LATER, TOM, SUNIL, JOAN, DORIS),
    open_area(1, FIRST),
    open_area(3, FIRST, TOM, DORIS),
)
PEOPLE = (
    owing(DORIS, 3, 6, may=False),
    owing(JOAN, 6),
    owing(SUNIL, 6, on=date(2027, 1, 18), may=False),
    owing(TOM, 3, 6),
)


def owed(by: str = "area", **more: object) -> Outstanding:
    return replace(Outstanding(HEAD, by, AREAS, PEOPLE), **more)  # type: ignore[arg-type]


EVERYONE_ANSWERED = owed(areas=(open_area(1, FIRST),), people=())
NOBODY_TO_REMIND = owed(people=PEOPLE[:3])


def crowd(size: int) -> tuple[PersonName, ...]:
    return tuple(PersonName(100 + n, f"Person {n:03}") for n in range(size))


def crowded(by: str, size: int = 100) -> Outstanding:
    names = crowd(size)
    areas = tuple(open_area(n, FIRST, *names, group=size) for n in range(1, 24))
    people = tuple(owing(name, *range(1, 24), on=FIRST) for name in names)
    return Outstanding(HEAD, by, areas, people)


MIXED = Reminded(
    ("Tom Okafor",), (), (), ("Sunil Rao", "Peter Marsh"), (("Joan Pettifer", date(2027, 2, 5)),)
)
DONE = Reminded(("Tom Okafor",), ("Sunil Rao",), ("Joan Pettifer", "Doris Whitfield"))

# --- the review ---------------------------------------------------------------------------------

FIRST_MONDAY = date(2027, 1, 11)
STATES = ("round closed", "open for answers", "open for answers", "not open yet", "not open yet")


def dated(
    number: int,
    state: str,
    *,
    answered: int = 0,
    lead: str = "Amina Yusuf",
    may_close: bool = False,
) -> AreaDates:
    opens_on = FIRST_MONDAY + timedelta(weeks=(number - 1) // 5)
    closes_on = opens_on + timedelta(days=11)
    area = edition().area(number)
    return AreaDates(area, state, opens_on, closes_on, answered, 10, lead, may_close)


def full_year() -> tuple[AreaDates, ...]:
    """23 areas: a closed batch, two open ones and the rest still to come."""
    leads = ("Amina Yusuf", "Ruth Hollis")
    return tuple(
        dated(
            *(number, STATES[(number - 1) // 5]),
            answered=10 - number if number < 10 else 0,
            lead=leads[number > 8],
            may_close=number in (6, 7),
        )
        for number in range(1, 24)
    )


def someone(number: int, name: str, *keys: str, **more: str | bool) -> GroupMember:
    return GroupMember(number, name, tuple(voice(key) for key in keys), **more)  # type: ignore[arg-type]


GROUP = (
    someone(1, "Amina Yusuf", "named_functions", named_function="Experience of care"),
    someone(
        *(10, "Doris Whitfield", "people_and_carers"),
        has_teams=False,
        communication_needs="Large print. Prefers the phone.",
    ),
    someone(9, "Joan Pettifer", "volunteers", unreachable=BLOCKED),
    someone(3, "Ruth Hollis", "executive_lead", "clinical_leaders"),
    someone(8, "Sunil Rao", "healthwatch", is_guest=True),
    someone(2, "Tom Okafor", "clinical_leaders"),
)
NEXT = (
    (FIRST, "Areas 1 to 5 close at 5pm"),
    (date(2027, 1, 25), "Areas 11 to 15 open"),
    (LATER, "Areas 6 to 10 close at 5pm"),
    (date(2027, 2, 1), "Areas 16 to 20 open"),
)


def at_a_glance(state: str = "collecting", **more: object) -> ReviewSummary:
    summary = ReviewSummary(
        head=replace(HEAD, state=state),
        scope="All 23 areas",
        executive_lead="Ruth Hollis",
        forum="Quality committee",
        is_lead=True,
        is_area_lead=False,
        areas=full_year(),
        members=GROUP,
        undelivered=(f"Joan Pettifer: {BLOCKED}",),
        next_dates=NEXT,
    )
    return replace(summary, **more)  # type: ignore[arg-type]


def undated() -> tuple[AreaDates, ...]:
    """Areas of a review that is still being set up."""
    return tuple(
        replace(row, state="not open yet", opens_on=None, closes_on=None) for row in full_year()
    )


SETTING_UP = at_a_glance(
    "draft", areas=undated(), next_dates=(), undelivered=(), executive_lead="", forum="", members=()
)
CANCELLED = at_a_glance(
    "cancelled", areas=tuple(replace(row, state="set aside") for row in full_year()), next_dates=()
)
CONCLUDED = at_a_glance(
    "signed_off", areas=tuple(dated(n, "concluded", answered=10) for n in range(1, 24))
)
ALL_OPEN = at_a_glance(areas=tuple(dated(n, "open for answers", answered=4) for n in range(1, 24)))
ONE_OPEN = at_a_glance(areas=(dated(3, "open for answers", answered=9, may_close=True),))
AS_MEMBER = at_a_glance(is_lead=False, members=(), undelivered=())
HOSTILE_REVIEW = at_a_glance(
    head=ATTACKED,
    executive_lead=HOSTILE,
    forum=HOSTILE,
    areas=(dated(3, "open for answers", lead=HOSTILE, may_close=True),),
    members=(
        someone(66, HOSTILE, "volunteers", communication_needs=HOSTILE, unreachable=HOSTILE),
        someone(67, HOSTILE),
    ),
    undelivered=(HOSTILE,),
)


def big_group(size: int = 100) -> tuple[GroupMember, ...]:
    keys = [each.key for each in PERSPECTIVES]
    return tuple(
        someone(100 + n, f"Person {n:03}", keys[n % 10], keys[(n + 1) % 10]) for n in range(size)
    )


TOO_SOON = Feedback(
    "Please look at the closing day.",
    is_problem=True,
    problems={"until": "Choose a working day after today."},
    typed={"area": "6", "until": "2027-02-06"},
)
NOT_A_DATE = Feedback(
    problems={"until": "We could not read this date. Type it like 18 February 2028."},
    typed={"area": "6", "until": f"soon {HOSTILE}"},
)
TOO_LONG = Feedback(
    problems={"reason": "This is too long. Cut 100 characters. What you typed is still here."},
    typed={"reason": "because " * 262 + HOSTILE},
)


def all_cards() -> dict[str, Face]:
    """Every card here, by a name that says what it shows."""
    return _owing_cards() | _review_cards() | _form_cards() | short_cards()


def _owing_cards() -> dict[str, Face]:
    attacked = Outstanding(ATTACKED, "area", (open_area(3, FIRST, MALLORY),), (owing(MALLORY, 3),))
    return {
        "outstanding by area": outstanding(owed("area"), for_user=LEAD),
        "outstanding by person": outstanding(owed("person"), for_user=LEAD),
        "outstanding, nobody": outstanding(EVERYONE_ANSWERED),
        "outstanding, nobody to remind": outstanding(NOBODY_TO_REMIND),
        "outstanding by area, a crowd": outstanding(crowded("area")),
        "outstanding by person, a crowd": outstanding(crowded("person")),
        "outstanding by area, hostile": outstanding(attacked, Feedback(HOSTILE)),
        "outstanding by person, hostile": outstanding(replace(attacked, by="person")),
        "reminded": reminded(owed(), DONE, for_user=LEAD),
        "reminded, nobody": reminded(owed(), Reminded((), ("Sunil Rao",), ())),
        "reminded, some away": reminded(owed(), MIXED),
        "reminded, hostile": reminded(
            replace(attacked),
            Reminded((HOSTILE,), (HOSTILE,), (HOSTILE,), (HOSTILE,), ((HOSTILE, FIRST),)),
        ),
    }


def _review_cards() -> dict[str, Face]:
    return {
        "review": review(at_a_glance(), SAVED, for_user=LEAD),
        "review, draft": review(SETTING_UP),
        "review, cancelled": review(CANCELLED),
        "review, signed off": review(CONCLUDED),
        "review, all open": review(ALL_OPEN),
        "review for a member": review(AS_MEMBER),
        "review without areas": review(at_a_glance(areas=())),
        "review, hostile": review(HOSTILE_REVIEW),
        "members": members(at_a_glance(), for_user=LEAD),
        "members, none": members(SETTING_UP),
        "members, a crowd": members(at_a_glance(members=big_group())),
        "members of a cancelled review": members(CANCELLED),
        "members, hostile": members(HOSTILE_REVIEW),
    }


def _form_cards() -> dict[str, Face]:
    return {
        "extend": extend(at_a_glance()),
        "extend, refused": extend(at_a_glance(), TOO_SOON),
        "extend, not a date": extend(at_a_glance(), NOT_A_DATE),
        "extend one area": extend(at_a_glance(), area=7),
        "extend, none open": extend(CANCELLED),
        "extend, all open": extend(ALL_OPEN),
        "extend, hostile": extend(HOSTILE_REVIEW),
        "close": close(at_a_glance()),
        "close the only one": close(ONE_OPEN),
        "close, none yet": close(ALL_OPEN),
        "close, hostile": close(HOSTILE_REVIEW),
        "cancel": cancel(at_a_glance()),
        "cancel a draft": cancel(SETTING_UP),
        "cancel, too long": cancel(HOSTILE_REVIEW, TOO_LONG),
    }
