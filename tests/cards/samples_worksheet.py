"""Samples of the whole review's cards, of outcomes, and of weeks with drafts and news."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards.face import Face
from cards.facts import facts
from cards.mine import my_areas
from cards.outcome import outcome
from cards.outstanding import outstanding
from cards.reopen import reopen
from cards.reports import reports
from cards.sign_off import sign_off
from cards.week import week
from cards.worksheet import worksheet
from eocif.round_summaries import (
    Outcome,
    OutcomeLine,
    Reply,
    ReportFacts,
    SignOffStep,
    Utterance,
    Worksheet,
    WorksheetArea,
)
from eocif.rules.facts import HEADINGS, PREDECESSOR, REFERENCES
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.statements import BY_AREA, BY_INDICATOR, statements
from eocif.summaries import (
    AreaTask,
    EvidenceSummary,
    Feedback,
    MyAreas,
    OutstandingArea,
    Place,
    WeekSummary,
)
from tests.cards.samples_answering import (
    FRIDAY,
    HEAD,
    HOSTILE,
    LONG,
    USER,
    progress,
    task,
    week_of,
)
from tests.cards.samples_lead import AREAS, GROUP, LEAD, PEOPLE, crowd, owed, someone
from tests.cards.samples_members import CONCERN, LONG_WORDS, WORDS

EDITION = edition()
BASELINE, AGAIN = date(2027, 3, 4), date(2030, 3, 4)
ENDS = ("progressing", "achieving", "not_agreed", "excelling", "not_applicable")
ORIGINS = ("agreed", "lead", "not_agreed", "agreed", "not_applicable")

# --- outcomes -------------------------------------------------------------------------

REASON = "Two wards showed us their minutes after the round."
HEARD = "The carers' group told us that nobody asks them at home."


def ended(number: int, unit: str = BY_INDICATOR, **more: Any) -> tuple[OutcomeLine, ...]:
    """How the statements of an area ended, beside what Kasia chose."""
    own = ("progressing", "dont_know", "excelling", "", "not_applicable")
    return tuple(
        OutcomeLine(
            each,
            "" if ENDS[place % 5] in ("not_agreed", "not_applicable") else ENDS[place % 5],
            ORIGINS[place % 5],
            own[place % 5],
            **{"reason": REASON if place % 5 == 1 else "", "heard": HEARD if not place else ""}
            | more,
        )
        for place, each in enumerate(statements(EDITION.area(number), unit))
    )


def comment(number: int, text: str = CONCERN, **more: Any) -> Reply:
    """A concern of theirs, with what the lead answered."""
    given: dict[str, Any] = {"answer": "concern", "reply": "", "reply_kind": "stands"}
    said = Utterance(f"12:comment_{number}", "", "", "comment", text)
    return Reply(number, said, **given | more)


ANSWERED = comment(2, reply="We added community teams to the third answer.", reply_kind="answered")
STANDING = comment(3, "It is still too kind.", reply="Thank you for saying so.")
HIDDEN = Utterance(
    "12:where_now", "", "", "where_now", "[hidden] never listens.",
    hidden_because=("It named a member of staff.",),
)  # fmt: skip
STORY = EvidenceSummary(
    12, "Someone’s story", "qualitative", "Told at the October board.", "https://example.org/s"
)


def outcome_of(number: int = 13, **more: Any) -> Outcome:
    """What became of an area for Kasia."""
    given: dict[str, Any] = {
        "head": HEAD,
        "concluded_on": date(2027, 1, 29),
        "concluded_by": "Ruth Hollis",
        "words": WORDS,
        "lines": ended(number),
        "replies": (),
        "hidden": (),
        "evidence": (),
        "for_name": "",
    }
    return Outcome(
        place=more.pop("place", Place(HEAD.id, (5, 13), number)),
        edition=EDITION,
        section=EDITION.section_of(number),
        area=EDITION.area(number),
        **given | more,
    )


FULL = outcome_of(replies=(ANSWERED, STANDING), hidden=(HIDDEN,), evidence=(STORY,))


def hostile_outcome() -> Outcome:
    """Every word hostile and as long as it may be."""
    long = LONG_WORDS["gap"]
    return outcome_of(
        head=replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE),
        concluded_by=HOSTILE,
        words=LONG_WORDS,
        lines=ended(13, reason=long, heard=long),
        replies=tuple(comment(n, long, reply=long) for n in range(3)),
        hidden=(replace(HIDDEN, text=long, hidden_because=(long, HOSTILE)),),
        evidence=tuple(replace(STORY, id=n, text=long, source=HOSTILE) for n in range(30)),
        for_name=HOSTILE,
    )


def outcome_cards() -> dict[str, Face]:
    """Outcomes, from the fullest to the barest."""
    own_less = tuple(replace(each, own="") for each in ended(5))
    theirs = Place(HEAD.id, (13,), 13, member_id=31)
    return {
        "outcome": outcome(FULL, for_user=USER),
        "outcome of levels alone": outcome(outcome_of(5)),
        "outcome of a whole area": outcome(outcome_of(5, lines=ended(5, BY_AREA))),
        "outcome without an answer": outcome(outcome_of(5, lines=own_less, concluded_on=None)),
        "outcome for Doris": outcome(replace(FULL, place=theirs, for_name="Doris Whitfield")),
        "outcome, hostile": outcome(hostile_outcome(), Feedback(HOSTILE)),
    }


# --- the worksheet --------------------------------------------------------------------

STATES = ("concluded", "concluded", "set_aside", "drafting", "round_2", "concluding", "round_1")


def of_worksheet(number: int, state: str = "", *, unit: str = BY_INDICATOR) -> WorksheetArea:
    """An area's line, concluded with every kind of ending or in another state."""
    area = EDITION.area(number)
    state = state or STATES[(number - 1) % len(STATES)]
    these = statements(area, unit) if state == "concluded" else ()
    return WorksheetArea(
        area=area,
        state=state,
        statements=statements(area, unit),
        levels={each.code: ENDS[place % 5] for place, each in enumerate(these)},
        origins={each.code: ORIGINS[place % 5] for place, each in enumerate(these)},
        concluded_on=date(2027, 1, 29) if these else None,
        set_aside_because="We have no such team." if state == "set_aside" else "",
        times_reopened=number == 2,
    )


NEEDED = ("Area 4 is waiting for a draft.", "Areas 5 and 12 are still with the group.")
EVERYTHING = ("group", "board", "icb", "public", "lead", "plan")


def worksheet_of(section: int = 0, state: str = "", **more: Any) -> Worksheet:
    """The worksheet as the review's lead sees it, half way."""
    areas = [
        area.number
        for each in EDITION.sections
        for area in each.areas
        if section in (0, each.number)
    ]
    summary = Worksheet(
        HEAD, EDITION, section, tuple(of_worksheet(n, state) for n in areas), NEEDED,
        may_sign_off=False, may_export=EVERYTHING, baseline_on=None, reassess_on=None,
        led=(4, 5, 6, 7), sections=(1, 2, 3, 4, 5),
    )  # fmt: skip
    return replace(summary, **more)


AS_MEMBER = worksheet_of(standing=(), may_export=("group",), led=())
READY = worksheet_of(state="concluded", standing=(), may_sign_off=True)
SIGNED = worksheet_of(
    *(0, "concluded"), head=replace(HEAD, state="signed_off"), standing=(), baseline_on=BASELINE,
    reassess_on=AGAIN,
)  # fmt: skip


def hostile_worksheet(section: int) -> Worksheet:
    """Every word of people's hostile."""
    named = replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE, lead_name=HOSTILE)
    summary = worksheet_of(section, "set_aside", head=named, standing=(HOSTILE,) * 3)
    because = tuple(replace(x, set_aside_because=LONG_WORDS["gap"]) for x in summary.areas)
    return replace(summary, areas=because)


def worksheet_cards() -> dict[str, Face]:
    """The overview and each section, in each state."""
    by_area = tuple(of_worksheet(n, unit=BY_AREA) for n in range(1, 24))
    one_division = replace(worksheet_of(3), section=0)
    return {
        "worksheet": worksheet(worksheet_of(), for_user=LEAD),
        "worksheet for a member": worksheet(AS_MEMBER),
        "worksheet, ready": worksheet(READY, Feedback("Area 23 is concluded.")),
        "worksheet, signed off": worksheet(SIGNED),
        "worksheet, signed off for good": worksheet(replace(SIGNED, reassess_on=None)),
        "worksheet, cancelled": worksheet(
            worksheet_of(head=replace(HEAD, state="cancelled"), standing=(), may_export=())
        ),
        "worksheet by area": worksheet(worksheet_of(areas=by_area)),
        "worksheet of one section": worksheet(one_division),
        "worksheet, hostile": worksheet(hostile_worksheet(0)),
        **{f"section {n}": worksheet(worksheet_of(n), for_user=LEAD) for n in range(1, 6)},
        **{f"section {n}, concluded": worksheet(worksheet_of(n, "concluded")) for n in (1, 3)},
        "section 1 for a member": worksheet(replace(worksheet_of(1), may_export=(), led=())),
        "section 1, hostile": worksheet(hostile_worksheet(1)),
    }


# --- reports, sign-off and the rest ---------------------------------------------------

READY_STEP = SignOffStep(
    HEAD, (), 20, 3, 5, 2, 1, BASELINE, AGAIN,
    {"reassess_on": AGAIN.isoformat(), "reassess_because": ""},
)  # fmt: skip
SOON = Feedback(
    is_problem=True,
    problems={"reassess_because": "Say why it is sooner than 3 years."},
    typed={"reassess_on": "2029-03-05"},
)
NO_DATE = Feedback(
    problems={"reassess_on": "We could not read this date. Type it like 18 February 2028."},
    typed={"reassess_on": f"soon {HOSTILE}", "reassess_because": HOSTILE},
)
TOO_LONG = Feedback(
    problems={"reason": "“Your reason” is 999 characters too long."}, typed={"reason": LONG}
)
EMPTY = dict.fromkeys((*REFERENCES, *PREDECESSOR, "attached"), "")


def facts_of(**values: str) -> ReportFacts:
    """What reports say besides; a divisional review may be attached."""
    held = EMPTY | values
    shown = {field: digest(text) for field, text in held.items()}
    candidates = ((3, "Experience of care review 2026, Surgery"), (4, "Review 2026, Maternity"))
    return ReportFacts(HEAD, held, shown, HEADINGS, candidates)


HOSTILE_FACTS = replace(
    facts_of(**dict.fromkeys(EMPTY, HOSTILE) | {"attached": "3"}),
    head=replace(HEAD, title=HOSTILE),
    candidates=((3, HOSTILE),),
)


def other_cards() -> dict[str, Face]:
    """Reports, sign-off, opening again, and what reports say besides."""
    hostile = replace(READY_STEP, head=replace(HEAD, title=HOSTILE), standing=(HOSTILE,))
    without = tuple(someone(n, name.name, has_teams=False) for n, name in enumerate(crowd(60), 1))
    mallory = (someone(66, HOSTILE, has_teams=False),)
    return {
        "reports": reports(READY, GROUP, for_user=LEAD),
        "reports for a member": reports(AS_MEMBER, GROUP),
        "reports without packs": reports(READY, GROUP[:1], Feedback("Your file comes.")),
        "reports, a crowd": reports(READY, without, Feedback(typed={"member": "7"})),
        "reports, hostile": reports(hostile_worksheet(0), mallory, Feedback(typed={"member": "x"})),
        "sign-off": sign_off(READY_STEP, for_user=LEAD),
        "sign-off, not yet": sign_off(replace(READY_STEP, standing=NEEDED)),
        "sign-off, sooner": sign_off(READY_STEP, SOON, for_user=LEAD),
        "sign-off, no date": sign_off(READY_STEP, NO_DATE),
        "sign-off, nothing to say": sign_off(
            replace(READY_STEP, concluded=1, set_aside=0, not_agreed=0, set_by_lead=0,
                    concerns_standing=0, values={})
        ),
        "sign-off, hostile": sign_off(hostile, Feedback(HOSTILE)),
        "reopen": reopen(worksheet_of(1), area=1, for_user=LEAD),
        "reopen after sign-off": reopen(replace(SIGNED, areas=()), TOO_LONG, area=13),
        "facts": facts(facts_of(), for_user=LEAD),
        "facts, filled": facts(facts_of(safety_reference="See paper 12.", attached="3,4")),
        "facts, nothing to attach": facts(replace(facts_of(), candidates=())),
        "facts, hostile": facts(HOSTILE_FACTS, Feedback(typed={"predecessor_1": HOSTILE})),
    }  # fmt: skip


# --- weeks with drafts and news -------------------------------------------------------


def draft_of(number: int, status: str = "to confirm", **more: Any) -> Any:
    """One area whose draft is asked about."""
    return progress(number, status, round=2, **more)


def waiting(number: int, state: str = "drafting", due_on: date | None = FRIDAY) -> AreaTask:
    """An area that waits for its lead."""
    return AreaTask(EDITION.area(number), state, due_on)


SOONER = date(2027, 1, 6)
DRAFTS_WEEK = week_of(
    progress(6),
    draft_of(5, closes_on=SOONER),
    draft_of(7, "confirmed"),
    draft_of(8, "closed"),
    draft_of(9, "concluded"),
    tasks=(
        task(
            "Doris Whitfield",
            draft_of(5),
            progress(6),
            draft_of(7, "confirmed"),
            draft_of(8, "closed"),
        ),
    ),
    concluded=(EDITION.area(1),),
    minutes=6,
)
LEADS_NEWS = week_of(lead_tasks=(waiting(5), waiting(6, "concluding", None)))
OUTCOMES = week_of(concluded=(EDITION.area(1), EDITION.area(2)))
BUSY_LEAD = week_of(
    *(progress(n) for n in range(14, 24)),
    *(draft_of(n, "confirmed") for n in range(11, 14)),
    lead_tasks=tuple(waiting(n, due_on=SOONER) for n in range(1, 11)),
    concluded=EDITION.areas[:8],
    tasks=tuple(task(f"Person {n:03}", draft_of(11), progress(14)) for n in range(3)),
)


def week_cards() -> dict[str, Face]:
    """Weeks in which there is more than statements to rate."""
    of_drafts = OutstandingArea(EDITION.area(6), FRIDAY, 5, 9, AREAS[0].waiting_for, round=2)
    mixed = owed(areas=(of_drafts, *AREAS[1:]))
    news_alone = (LEADS_NEWS, OUTCOMES, _one(lead_tasks=(waiting(5),)))
    return {
        "week of drafts": week(DRAFTS_WEEK, for_user=USER),
        "week of drafts answered": week(week_of(draft_of(5, "confirmed"), progress(6, "answered"))),
        "week for an area's lead": week(LEADS_NEWS),
        "week for one draft to write": week(_one(lead_tasks=(waiting(5),))),
        "week of outcomes": week(OUTCOMES),
        "week of a busy lead": week(BUSY_LEAD),
        "my areas with news": my_areas(MyAreas("Kasia", (DRAFTS_WEEK, *news_alone), ())),
        "outstanding drafts by area": outstanding(mixed),
        "outstanding drafts by person": outstanding(replace(mixed, by="person", people=PEOPLE)),
    }


def _one(**more: Any) -> WeekSummary:
    return week_of(**more)


def all_cards() -> dict[str, Face]:
    """Every sample by name."""
    return {**outcome_cards(), **worksheet_cards(), **other_cards(), **week_cards()}
