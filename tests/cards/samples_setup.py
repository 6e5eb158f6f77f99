"""Every card of the set-up, with made-up people: ordinary, empty, full, hostile and refused."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from cards.face import Face
from cards.setup_check import check, started
from cards.setup_details import details
from cards.setup_group import group, perspective
from cards.setup_leads import leads
from cards.setup_pace import pace
from cards.setup_people import member, roster, without_teams
from cards.setup_scope import scope
from eocif.rules.framework import edition
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.perspectives import perspective as voice
from eocif.set_up_summaries import (
    CheckStep,
    DetailsStep,
    GroupStep,
    LeadsStep,
    MemberStep,
    PaceStep,
    PerspectiveStep,
    RosterStep,
    ScopeStep,
    TimetableRow,
    WithoutTeamsStep,
)
from eocif.summaries import Differs, Feedback, GroupMember, PersonName, ReviewHead

HOSTILE = "**bold** <at>x</at> {{DATE(2020-01-01)}} [a](http://x)"
LEAD = "29:amina"
NONCE = "0123456789abcdef"

HEAD = ReviewHead(
    7, "Experience of care review 2027", "Northmoor NHS Trust", "", "Amina Yusuf", "draft"
)
RUNNING = replace(HEAD, state="collecting")
ATTACKED = ReviewHead(7, HOSTILE, HOSTILE, HOSTILE, HOSTILE, "draft")
SAVED = Feedback(notice="Saved.")

EDITION = edition()
ALL_AREAS = frozenset(area.number for area in EDITION.areas)


# --- summaries ----------------------------------------------------------------------------------


def shown(*fields: str) -> dict[str, str]:
    return {field: "0a1b2c3d" for field in fields}


DETAILS = {
    "title": HEAD.title, "provider": HEAD.provider, "division": "", "executive_lead": "Ruth Hollis",
    "forum": "", "segment": "", "see_names": "no",
}  # fmt: skip


def details_step(**values: str) -> DetailsStep:
    return DetailsStep(HEAD, DETAILS | values, shown(*DETAILS))


def scope_step(chosen: Iterable[int] = ALL_AREAS) -> ScopeStep:
    fields = [f"section_{section.number}" for section in EDITION.sections]
    return ScopeStep(HEAD, EDITION, frozenset(chosen), shown(*fields))


def timetable(pace: int = 5, numbers: Iterable[int] = ALL_AREAS) -> tuple[TimetableRow, ...]:
    inside = sorted(numbers)
    first = date(2027, 1, 11)
    return tuple(
        TimetableRow(
            first + timedelta(weeks=week),
            first + timedelta(weeks=week + 2),
            tuple(EDITION.area(number) for number in inside[start : start + pace]),
        )
        for week, start in enumerate(range(0, len(inside), pace))
    )


PACE = {"start_on": "2027-01-11", "pace": "5", "answer_days": "10", "finish_by": ""}


def pace_step(rows: tuple[TimetableRow, ...] = timetable(), **values: str) -> PaceStep:
    return PaceStep(HEAD, PACE | values, shown(*PACE), rows, date(2027, 1, 4))


def someone(number: int, name: str, *keys: str, **more: str | bool) -> GroupMember:
    return GroupMember(number, name, tuple(voice(key) for key in keys), **more)  # type: ignore[arg-type]


AMINA = someone(1, "Amina Yusuf", "named_functions", named_function="Experience of care")
TOM = someone(2, "Tom Okafor", "clinical_leaders")
RUTH = someone(3, "Ruth Hollis", "executive_lead", "clinical_leaders")
SUNIL = someone(8, "Sunil Rao", "healthwatch", is_guest=True, unreachable="messages do not arrive")
DORIS = someone(
    10, "Doris Whitfield", "people_and_carers", has_teams=False,
    communication_needs="Large print. Prefers the phone.",
)  # fmt: skip
MALLORY = someone(66, HOSTILE, "volunteers", communication_needs=HOSTILE)
GROUP = (AMINA, DORIS, RUTH, SUNIL, TOM)


def group_step(members: tuple[GroupMember, ...] = GROUP, head: ReviewHead = HEAD) -> GroupStep:
    held = {each for one in members for each in one.perspectives}
    missing = tuple(each for each in PERSPECTIVES if each not in held)
    return GroupStep(head, members, missing, PERSPECTIVES)


def perspective_step(
    key: str, members: tuple[GroupMember, ...], head: ReviewHead = HEAD
) -> PerspectiveStep:
    return PerspectiveStep(head, voice(key), members)


def crowd(size: int) -> tuple[GroupMember, ...]:
    return tuple(someone(100 + n, f"Person {n:03}", "service_leads_and_staff") for n in range(size))


PEOPLE = (PersonName(1, "Amina Yusuf"), PersonName(8, "Sunil Rao", "guest"), PersonName(9, "Jo Li"))


def roster_step(
    page: int = 1, pages: int = 1, people: tuple[PersonName, ...] = PEOPLE
) -> RosterStep:
    return RosterStep(HEAD, voice("healthwatch"), people, frozenset({8}), page, pages)


def leads_step(**more: object) -> LeadsStep:
    step = LeadsStep(
        HEAD, EDITION, EDITION.sections[:3], PEOPLE[:1] + PEOPLE[2:], {1: 0, 2: 9, 3: 0},
        frozenset({3}), shown("lead_1", "lead_2", "lead_3"),
    )  # fmt: skip
    return replace(step, **more)  # type: ignore[arg-type]


def check_step(**more: object) -> CheckStep:
    step = CheckStep(
        HEAD, (voice("volunteers"), voice("icb_and_partners")), timetable(), 5,
        ("Doris Whitfield",), 86, 62, 18, False, "All 23 areas", (),
    )  # fmt: skip
    return replace(step, **more)  # type: ignore[arg-type]


BLOCKERS = ("No area is in scope. Choose at least one.", "Choose the first day.")
WARNING = (
    "An area can be agreed only if 5 people from 3 perspectives rate it, at least one with lived "
    "experience. Your group is too small for that so far."
)


# --- what was refused -----------------------------------------------------------------------------

TOO_LONG = Feedback(
    is_problem=True,
    problems={"forum": "Forum it reports to is too long. Cut 3 characters."},
    typed={"forum": "x" * 203},
)
MOVED = Feedback(
    is_problem=True,
    typed={"title": "Mine"},
    differs=(Differs("title", "Name of the review", "Theirs", "Mine"),),
)
NO_AREA = Feedback(is_problem=True, problems={"section_1": "No area is chosen."})
NO_DATE = Feedback(
    is_problem=True,
    problems={"start_on": "We could not read this date.", "pace": "Type a whole number."},
    typed={"start_on": "31 February", "pace": "lots"},
)
IN_THE_PAST = Feedback(
    is_problem=True,
    problems={"start_on": "Friday 1 January 2027 has passed or is too late today."},
    typed={"start_on": "2027-01-01"},
)
UNKNOWN_PERSON = Feedback(
    is_problem=True,
    problems={"people": "1 person you picked cannot get messages from this app yet."},
    typed={"people": "a-1,b-2"},
)
NO_NAME = Feedback(
    is_problem=True,
    problems={"name": "Type the person's name."},
    typed={"perspective": "volunteers", "needs": "Easy read"},
)
NO_FUNCTION = Feedback(
    is_problem=True,
    problems={"also": "Choose again.", "named_function": "Choose one of the named functions."},
    typed={"speaks_from": "named_functions", "also": "healthwatch", "needs": "Braille"},
)


# --- cards ----------------------------------------------------------------------------------------


def all_cards() -> dict[str, Face]:
    """Every card and state by name, for the tests that run over all cards."""
    return _before_the_group() | _the_group() | _the_end() | hostile_cards()


def _before_the_group() -> dict[str, Face]:
    return {
        "details": details(details_step(), for_user=LEAD),
        "details empty": details(DetailsStep(replace(HEAD, title=""), {}, {})),
        "details too long": details(details_step(), TOO_LONG),
        "details moved": details(details_step(), MOVED),
        "scope": scope(scope_step(), for_user=LEAD),
        "scope in part": scope(scope_step({1, 2, 5, 9}), SAVED),
        "scope refused": scope(scope_step(), NO_AREA),
        "pace": pace(pace_step(), SAVED, for_user=LEAD),
        "pace slow": pace(pace_step(timetable(1), finish_by="2027-12-24")),
        "pace fast": pace(pace_step(timetable(23))),
        "pace without a day": pace(pace_step((), start_on="")),
        "pace without a date": pace(pace_step(), NO_DATE),
        "pace in the past": pace(pace_step(), IN_THE_PAST),
    }


def _the_group() -> dict[str, Face]:
    return {
        "group": group(group_step(), for_user=LEAD),
        "group empty": group(group_step(())),
        "group complete": group(group_step((someone(1, "One", *(p.key for p in PERSPECTIVES)),))),
        "group while it runs": group(group_step(head=RUNNING), for_user=LEAD),
        "perspective": perspective(
            perspective_step("clinical_leaders", (RUTH, TOM)), SAVED, for_user=LEAD
        ),
        "perspective empty": perspective(perspective_step("volunteers", ())),
        "named functions": perspective(
            perspective_step("named_functions", (AMINA, replace(AMINA, named_function="")))
        ),
        "perspective unknown person": perspective(
            perspective_step("healthwatch", (SUNIL,)), UNKNOWN_PERSON
        ),
        "perspective of many": perspective(perspective_step("service_leads_and_staff", crowd(300))),
        "roster": roster(roster_step(2, 3), for_user=LEAD),
        "roster of one page": roster(roster_step()),
        "roster empty": roster(roster_step(people=())),
        "member": member(MemberStep(HEAD, RUTH, PERSPECTIVES), for_user=LEAD),
        "member with a function": member(MemberStep(HEAD, AMINA, PERSPECTIVES), SAVED),
        "member without Teams": member(MemberStep(RUNNING, DORIS, PERSPECTIVES)),
        "member refused": member(MemberStep(HEAD, TOM, PERSPECTIVES), NO_FUNCTION),
        "without Teams": without_teams(WithoutTeamsStep(HEAD, NONCE, PERSPECTIVES), for_user=LEAD),
        "without Teams refused": without_teams(
            WithoutTeamsStep(HEAD, NONCE, PERSPECTIVES), NO_NAME
        ),
    }


def _the_end() -> dict[str, Face]:
    many = tuple(PersonName(n, f"Person {n:03}") for n in range(1, 61))
    none = check_step(
        timetable=(), members=0, missing=PERSPECTIVES, without_teams=(), statements=0,
        scope="", blockers=BLOCKERS,
    )  # fmt: skip
    return {
        "leads": leads(leads_step(), for_user=LEAD),
        "leads of many": leads(leads_step(candidates=many, sections=EDITION.sections)),
        "leads refused": leads(
            leads_step(),
            Feedback(
                is_problem=True,
                problems={"lead_1": "This person is not in the review group any more."},
                typed={"lead_1": "9"},
            ),
        ),
        "check": check(check_step(), for_user=LEAD),
        "check blocked": check(none),
        "check with a warning": check(check_step(warnings=(WARNING,), area_leads_see_names=True)),
        "check with nothing missing": check(check_step(missing=(), without_teams=())),
        "started": started(check_step(head=RUNNING), for_user=LEAD),
        "started without dates": started(check_step(head=RUNNING, timetable=())),
    }


def hostile_cards() -> dict[str, Face]:
    """Every place where people's words may stand, filled with what Teams might act on."""
    typed = Feedback(
        typed={"title": HOSTILE, "needs": HOSTILE, "start_on": HOSTILE, "pace": HOSTILE},
        differs=(Differs("title", "Name of the review", HOSTILE, HOSTILE),),
    )
    values = dict.fromkeys(set(DETAILS) - {"see_names"}, HOSTILE)
    person = (PersonName(66, HOSTILE),)
    return {
        "hostile details": details(replace(details_step(**values), head=ATTACKED), typed),
        "hostile scope": scope(replace(scope_step(), head=ATTACKED)),
        "hostile pace": pace(replace(pace_step(), head=ATTACKED), typed),
        "hostile group": group(group_step((MALLORY,), ATTACKED)),
        "hostile perspective": perspective(perspective_step("volunteers", (MALLORY,), ATTACKED)),
        "hostile crowd": perspective(perspective_step("volunteers", (MALLORY,) * 13, ATTACKED)),
        "hostile roster": roster(replace(roster_step(people=person), head=ATTACKED)),
        "hostile member": member(MemberStep(ATTACKED, MALLORY, PERSPECTIVES), typed),
        "hostile form": without_teams(
            WithoutTeamsStep(ATTACKED, NONCE, PERSPECTIVES),
            Feedback(typed={"name": HOSTILE, "needs": HOSTILE}),
        ),
        "hostile leads": leads(leads_step(head=ATTACKED, candidates=person)),
        "hostile check": check(check_step(head=ATTACKED, without_teams=(HOSTILE,))),
        "hostile start": started(check_step(head=ATTACKED, without_teams=(HOSTILE,))),
    }
