"""A review at a glance, and who is in its group (PURE). Its forms are in `cards.review_forms`."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from cards.action_ways import see_actions
from cards.actions import Execute, Refresh, card, fold, refresh
from cards.buttons import in_rows
from cards.elements import Action, Element, Fact, FactSet, TextBlock, TextRun, heading, pairs, words
from cards.face import Face
from cards.pieces import OURS, area_name, closing, feedback, review_line, small
from cards.review_work import at_work
from eocif.rules.dates import day_in_words
from eocif.rules.perspectives import missing
from eocif.rules.phrases import areas, listed, many
from eocif.rules.progress import AREA_STATES, AreaState, ReviewState
from eocif.summaries import SILENT, AreaDates, Feedback, GroupMember, ReviewSummary

STATES = {
    ReviewState.DRAFT: "Being set up. Nobody has been asked anything yet.",
    ReviewState.COLLECTING: "Under way. Members are giving their answers.",
    ReviewState.SIGNED_OFF: "Signed off.",
    ReviewState.CANCELLED: "Cancelled. Nobody is asked anything more. Every answer is kept.",
}
UNFINISHED = (ReviewState.DRAFT, ReviewState.COLLECTING)

OPEN, WAITING = AREA_STATES[AreaState.ROUND_1], AREA_STATES[AreaState.WAITING]
WITH_GROUP = AREA_STATES[AreaState.ROUND_2]
_ENDED = (AREA_STATES[AreaState.CONCLUDED], AREA_STATES[AreaState.SET_ASIDE])
NEXT = 3
"""How many of the coming dates stand at the top; the areas below hold them all."""


def review(summary: ReviewSummary, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """State, people, dates and areas; for its lead, what can be done. `for_user`: a Teams id."""
    body = [
        *feedback(said),
        heading("The review at a glance"),
        review_line(summary.head),
        TextBlock(_state(summary), weight="bolder"),
        *_next_dates(summary.next_dates),
        *_undelivered(summary.undelivered),
        *at_work(summary),
        *_areas(summary.areas),
        *_facts(summary),
        *in_rows(_buttons(summary)),
    ]
    again = _refresh(summary, "summary", for_user)
    return Face(card(body, refresh=again), "Your review at a glance")


def _state(summary: ReviewSummary) -> str:
    state = ReviewState(summary.head.state)
    is_asked = any(row.state in _ASKED for row in summary.areas)
    return STATES[state] if is_asked or state is not ReviewState.COLLECTING else _NOT_ASKED


_ASKED = (AREA_STATES[AreaState.ROUND_1], AREA_STATES[AreaState.ROUND_2])
_NOT_ASKED = "Under way. Nothing is open for members to answer now."


def _refresh(summary: ReviewSummary, view: str, user: str) -> Refresh | None:
    data = {"review": summary.head.id, "view": view}
    return refresh("review.show", data, [user]) if user else None


# --- what can be done -------------------------------------------------------------------------


def show(title: str, summary: ReviewSummary, view: str = "summary") -> Execute:
    """A button that opens the review or one of its forms; what was typed is left behind."""
    data = {"review": summary.head.id, "view": view}
    return Execute(title, verb="review.show", data=data, associated_inputs="none")


def _buttons(summary: ReviewSummary) -> list[Action]:
    state = ReviewState(summary.head.state)
    if not summary.is_lead:
        return [_members_first(summary, state), *_worksheet(summary, state), *_actions(summary)]
    members, cancel = show("Members", summary, "members"), show(CANCEL, summary, "cancel")
    if state is ReviewState.DRAFT:
        return [_first("Carry on with the set-up", "setup.show", summary), members, cancel]
    if state is ReviewState.COLLECTING:
        who = _first("Who has not answered", "outstanding.show", summary)
        rounds = _rounds(summary)
        reports = [*_actions(summary), *_reports(summary), _its_dates(summary)]
        return [who, *_worksheet(summary, state), members, *rounds, *reports, cancel]
    is_signed_off = state is ReviewState.SIGNED_OFF
    signed_off = [*_reports(summary), _its_dates(summary)] if is_signed_off else []
    return [*_worksheet(summary, state), *_actions(summary), *signed_off, members]


CANCEL = "Cancel this review"


def _first(title: str, verb: str, summary: ReviewSummary) -> Execute:
    return Execute(title, verb=verb, data={"review": summary.head.id}, style="positive")


def _members_first(summary: ReviewSummary, state: ReviewState) -> Execute:
    if summary.is_area_lead and state is ReviewState.COLLECTING:
        return _first("Who has not answered", "outstanding.show", summary)
    return Execute("My areas", verb="mine.show", style="positive")


def _worksheet(summary: ReviewSummary, state: ReviewState) -> list[Action]:
    """The worksheet is there from the start of a review on."""
    if state is ReviewState.DRAFT:
        return []
    return [Execute("See the worksheet", verb="worksheet.show", data={"review": summary.head.id})]


def _actions(summary: ReviewSummary) -> list[Action]:
    """Its leads see every action, from the start of a review on."""
    leads = summary.is_lead or summary.is_area_lead
    running = summary.head.state in (ReviewState.COLLECTING, ReviewState.SIGNED_OFF)
    return [see_actions(summary.head.id)] if leads and running else []


def _reports(summary: ReviewSummary) -> list[Action]:
    data = {"review": summary.head.id}
    return [
        Execute("Get a report", verb="report.show", data=data),
        Execute("What reports say besides", verb="facts.show", data=data),
    ]


def _its_dates(summary: ReviewSummary) -> Action:
    title = "Dates and the weekly digest"
    return Execute(title, verb="dates.show", data={"review": summary.head.id})


def _rounds(summary: ReviewSummary) -> list[Action]:
    """A closing day can be moved only where a round is open."""
    if not open_areas(summary):
        return []
    return [
        show("Change a closing day", summary, "extend"),
        show("Close a round early", summary, "close"),
    ]


def open_areas(summary: ReviewSummary) -> list[AreaDates]:
    """The areas that take answers now, in whichever round."""
    return [row for row in summary.areas if row.state in (OPEN, WITH_GROUP)]


def answers(row: AreaDates) -> str:
    """How many have answered the round that is open, or the last: “4 of 10 have answered”."""
    of_draft = " the draft" if row.round > 1 else ""
    return f"{row.answered} of {row.members} have answered{of_draft}"


# --- at a glance ------------------------------------------------------------------------------


def _next_dates(dates: Sequence[tuple[date, str]]) -> list[Element]:
    lines = [
        words(TextRun(day_in_words(day), weight="bolder"), f": {what}.", spacing="small")
        for day, what in dates[:NEXT]
    ]
    return [heading("Next dates", 2), *lines] if lines else []


def _undelivered(lines: Sequence[str]) -> list[Element]:
    title = heading("Messages that did not arrive", 2)
    return [title, *(words(line, spacing="small") for line in lines)] if lines else []


def _facts(summary: ReviewSummary) -> list[Element]:
    rows = [
        ("Lead", summary.head.lead_name),
        ("In scope", summary.scope),
        ("Executive lead", summary.executive_lead or "Not named"),
        ("Reports to", summary.forum or "Not named"),
    ]
    if summary.members:
        rows.append(("Review group", how_many(summary.members)))
    return [heading("About this review", 2), pairs(rows)]


def how_many(members: Sequence[GroupMember]) -> str:
    """ "12 members, 2 of them without Teams"."""
    without = sum(not member.has_teams for member in members)
    group = many(len(members), "member")
    return f"{group}, {without} of them without Teams" if without else group


# --- areas, by state and by dates -------------------------------------------------------------


def _areas(rows: Sequence[AreaDates]) -> list[Element]:
    """How many areas are in each state, and every one of them folded below."""
    groups = [
        (state, [row for row in rows if row.state == state]) for state in AREA_STATES.values()
    ]
    found = [(state, inside) for state, inside in groups if inside]
    if not found:
        return []
    counts = [Fact(state.capitalize(), many(len(inside), "area")) for state, inside in found]
    every = [element for state, inside in found for element in _group(state, inside)]
    folded = fold("Show every area", [*every, *_leads(rows), small(OURS)], "every_area")
    return [heading("Areas", 2), FactSet(counts), folded]


def _group(state: str, rows: Sequence[AreaDates]) -> list[Element]:
    return [heading(state.capitalize(), 2), *_weeks(state, rows)]


def _weeks(state: str, rows: Sequence[AreaDates]) -> list[Element]:
    """Areas of one state; those with the same dates stand together, soonest first."""
    if state in _ENDED:
        return [TextBlock(f"{areas(row.area.number for row in rows)}.")]
    ordered = sorted(rows, key=lambda row: (_dates(row), row.area.number))
    return [
        element for _, same in groupby(ordered, key=_dates) for element in _week(state, list(same))
    ]


def _dates(row: AreaDates) -> tuple[date, date]:
    return row.closes_on or date.max, row.opens_on or date.max


def _week(state: str, rows: Sequence[AreaDates]) -> list[Element]:
    opens_on, closes_on = rows[0].opens_on, rows[0].closes_on
    if not (opens_on and closes_on):
        numbers = areas(row.area.number for row in rows)
        return [TextBlock(f"{numbers}. The dates are fixed when the review starts.")]
    if state == WAITING:
        numbers = areas(row.area.number for row in rows)
        opening = TextBlock(f"Opens on {day_in_words(opens_on)}", weight="bolder")
        return [opening, TextBlock(f"{numbers}, until {closing(closes_on)}.", spacing="none")]
    verb = "Closes at" if state in (OPEN, WITH_GROUP) else "Closed at"
    title = TextBlock(f"{verb} {closing(closes_on)}", weight="bolder")
    return [title, *map(_counts, rows)]


def _counts(row: AreaDates) -> Element:
    return TextBlock(f"{area_name(row.area)}. {answers(row)}.", spacing="small")


def _leads(rows: Sequence[AreaDates]) -> list[Element]:
    names = dict.fromkeys(row.lead_name for row in rows if row.lead_name)
    lines = [
        words(TextRun(name, weight="bolder"), _led(name, rows), spacing="small") for name in names
    ]
    return [heading("Area leads", 2), *lines] if lines else []


def _led(name: str, rows: Sequence[AreaDates]) -> str:
    return f": {areas(row.area.number for row in rows if row.lead_name == name)}."


# --- the group --------------------------------------------------------------------------------


def members(summary: ReviewSummary, said: Feedback = SILENT, *, for_user: str = "") -> Face:
    """The group by the perspective each member speaks from, with needs and what does not arrive."""
    body = [
        *feedback(said),
        heading("Members of the review group"),
        review_line(summary.head),
        TextBlock(f"{how_many(summary.members)}." if summary.members else _EMPTY),
        *_by_perspective(summary),
        *_missing(summary),
        *in_rows([*_group_buttons(summary), show("Back to the review", summary)]),
    ]
    again = _refresh(summary, "members", for_user)
    return Face(card(body, refresh=again), "The members of your review group")


_EMPTY = "There is nobody in the group yet."


def _group_buttons(summary: ReviewSummary) -> list[Action]:
    state, data = ReviewState(summary.head.state), {"review": summary.head.id}
    if state not in UNFINISHED:
        return []
    group = {**data, "step": "group"}
    change = Execute("Change the group", verb="setup.show", data=group, style="positive")
    if state is ReviewState.DRAFT:
        return [change]
    leads = {**data, "step": "leads"}
    return [change, Execute("Change the area leads", verb="setup.show", data=leads)]


def _by_perspective(summary: ReviewSummary) -> list[Element]:
    """Members under the perspective they speak from, in the order of the review's list."""
    group = summary.members
    held = (each.perspectives[0] for each in group if each.perspectives)
    body: list[Element] = []
    for speaking in dict.fromkeys((*summary.perspectives, *held)):
        inside = [each for each in group if each.perspectives[:1] == (speaking,)]
        body += [heading(speaking.name, 2), *map(_member, inside)] if inside else []
    rest = [each for each in group if not each.perspectives]
    return [*body, heading("No perspective chosen", 2), *map(_member, rest)] if rest else body


def _member(member: GroupMember) -> Element:
    name, more = TextRun(member.name, weight="bolder"), " ".join(_about(member))
    return words(name, *([f". {more}"] if more else []), spacing="small")


def _about(member: GroupMember) -> list[str]:
    also = [held.short for held in member.perspectives[1:]]
    known = [
        (member.named_function, f"{member.named_function}."),
        (not member.has_teams, "Takes part without Teams."),
        (member.is_guest, "Guest."),
        (also, f"Also: {listed(also)}."),
        (member.communication_needs, f"Needs: {member.communication_needs}"),
        (member.unreachable, f"Our messages do not arrive: {member.unreachable}"),
    ]
    return [sentence for is_so, sentence in known if is_so]


def _missing(summary: ReviewSummary) -> list[Element]:
    held = (each.key for member in summary.members for each in member.perspectives)
    nobody = missing(held, summary.perspectives)
    if not nobody:
        return []
    lines = [TextBlock(held.name, spacing="small") for held in nobody]
    return [heading("Perspectives that nobody holds", 2), *lines]
