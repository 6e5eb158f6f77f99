"""Samples of the cards of actions: lists, one action in each state, its forms, and the form."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards import action_forms
from cards.action_card import action
from cards.action_form import form
from cards.action_list import actions
from cards.face import Face
from eocif.action_summaries import (
    ActionFilter,
    ActionForm,
    ActionLine,
    ActionList,
    ActionSummary,
    HistoryLine,
)
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.tags import TAGS, in_order
from eocif.summaries import Differs, Feedback
from tests.cards.samples_answering import HEAD, HOSTILE, USER
from tests.cards.samples_lead import LEAD
from tests.cards.samples_lead_work import EMOJI, LONG, TOO_LONG

EDITION = edition()
TODAY = date(2027, 3, 15)
SOON, PASSED, LATER = date(2027, 4, 1), date(2027, 3, 3), date(2027, 4, 30)
NONCE = "ab" * 8
TITLE = "Ask people at home how they want to hear from us"
MEASURE = "Half of those we ask tell us that they were heard."
EVERYTHING = ("refuse", "note", "ask_date", "done")
AS_LEAD = frozenset({"note", "edit", "withdraw", "done"})


def line(number: int = 1, area: int = 13, **more: Any) -> ActionLine:
    """An action of Ruth's, under way."""
    given: dict[str, Any] = {
        "title": TITLE, "owner": "Ruth Hollis", "is_mine": False, "has_teams": True,
        "deadline": SOON, "days_overdue": 0, "status": "under_way",
        "tags": in_order(["nqb_1a", "unpaid_carers"]),
    }  # fmt: skip
    section = EDITION.section_of(area)
    return ActionLine(number, HEAD.id, section, EDITION.area(area), **given | more)


MINE = line(1, is_mine=True)
NEW = line(2, 2, is_mine=True, status="not_started", waits="accept", title="Read ten complaints")
OVERDUE = line(3, 5, is_mine=True, deadline=PASSED, days_overdue=12, title="Print the leaflets")
DONE = line(4, 14, is_mine=True, status="done", title="Meet the carers’ group")
UNOWNED = line(5, 6, owner="", has_teams=False, status="not_started", waits="owner", deadline=None)
UNDATED = line(6, 7, deadline=None, waits="deadline", owner="Doris Whitfield", has_teams=False)
REFUSED = line(7, 8, waits="refused", status="not_started")
ASKED = line(8, 9, waits="date")
ALL = (OVERDUE, NEW, MINE, UNOWNED, UNDATED, REFUSED, ASKED, DONE)

PEOPLE = ((12, "Amina Yusuf"), (13, "Doris Whitfield"), (14, "Ruth Hollis"))


# --- lists ------------------------------------------------------------------------------


def list_of(*lines: ActionLine, by: str = "mine", **more: Any) -> ActionList:
    """A page of a list; the lead's own where `by` is all."""
    everything = by == "all"
    given: dict[str, Any] = {
        "head": HEAD if everything else None,
        "filter": ActionFilter(by, review=HEAD.id if everything else 0),
        "total": len(lines), "pages": 1, "overdue": sum(each.days_overdue > 0 for each in lines),
        "reviews": (HEAD,), "owners": PEOPLE, "sections": EDITION.sections,
        "may_add": everything, "may_see_all": everything,
    }  # fmt: skip
    return ActionList(lines=lines, **given | more)


NARROWED = list_of(
    OVERDUE, by="all",
    filter=ActionFilter("all", HEAD.id, section=2, area=5, owner=14, tag="staff", only="overdue"),
)  # fmt: skip
OTHER = replace(HEAD, id=9, title="Experience of care review 2026")
SECOND_PAGE = list_of(
    *ALL, by="all", total=70, pages=7, filter=ActionFilter("all", HEAD.id, page=2)
)
CROWD = tuple((n, f"Person {n:03}") for n in range(60))


def hostile_list() -> ActionList:
    """Every word hostile, long, and many owners."""
    named = replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE)
    one = replace(OVERDUE, title=EMOJI, owner=HOSTILE, is_mine=False)
    long = replace(ASKED, title=f"{HOSTILE} {LONG}"[:2000], owner=LONG)
    everyone = list_of(*(one, long) * 5, by="all", owners=((1, HOSTILE), *CROWD))
    return replace(everyone, head=named, reviews=(named, replace(OTHER, title=HOSTILE)))


def list_cards() -> dict[str, Face]:
    """One's own, everyone's, narrowed, paged and empty."""
    unknown = ActionFilter("all", HEAD.id, owner=99, tag="gone")
    return {
        "actions": actions(list_of(NEW, OVERDUE, MINE, DONE), for_user=USER),
        "actions, one": actions(list_of(MINE)),
        "actions, none": actions(list_of()),
        "actions of two reviews": actions(
            list_of(MINE, replace(NEW, review_id=9), reviews=(HEAD, OTHER), may_see_all=True)
        ),
        "actions of a lead": actions(list_of(*ALL, by="all"), for_user=LEAD),
        "actions of a lead, none": actions(list_of(by="all")),
        "actions of a lead of two": actions(list_of(*ALL, by="all", reviews=(HEAD, OTHER))),
        "actions, narrowed": actions(NARROWED),
        "actions, nothing fits": actions(replace(NARROWED, lines=(), total=0, filter=unknown)),
        "actions, second page": actions(SECOND_PAGE, Feedback("Saved.")),
        "actions, one section": actions(
            list_of(*ALL, by="all", sections=EDITION.sections[:1], owners=PEOPLE[:1])
        ),
        "actions, hostile": actions(hostile_list(), Feedback(HOSTILE)),
    }


# --- one action -------------------------------------------------------------------------


def entry(kind: str, text: str = "", **more: Any) -> HistoryLine:
    """A line of history."""
    return HistoryLine(**{"on": PASSED, "by": "Ruth Hollis", "kind": kind, "text": text} | more)


HISTORY = (
    entry("done", "People at home are asked in their first week."),
    entry("date refused", "The board meets first.", by="Amina Yusuf", after="Friday 30 April 2027"),
    entry("date asked", "The printer is late.", after="Friday 30 April 2027"),
    entry("evidence", "Twelve people told us.", link="https://example.org/notes?person=1"),
    entry("evidence", link="https://example.org/more"),
    entry("note", "We have asked six people."),
    entry("accepted"),
    entry("owner", before="Tom Okafor", after="Ruth Hollis", by="Amina Yusuf"),
    entry("refused", "I have left the ward.", by="Tom Okafor"),
    entry("deadline", "Summer.", before="Monday 1 March 2027", after="Thursday 1 April 2027"),
    entry("copied", by=""),
)


def summary_of(one: ActionLine = MINE, *may: str, **more: Any) -> ActionSummary:
    """An action as its owner sees it, unless told otherwise."""
    given: dict[str, Any] = {
        "measure": MEASURE, "collects_data": False, "looked_at": "", "because": "", "changed": "",
        "refused_because": "", "wanted_on": None, "wanted_because": "", "lead_name": "Tom Okafor",
        "may": frozenset(may), "history": HISTORY[5:], "is_lead": "edit" in may,
    }  # fmt: skip
    return ActionSummary(line=one, **{"head": HEAD} | given | more)


OWN = summary_of(MINE, *EVERYTHING)
TO_ACCEPT = summary_of(NEW, "accept", *EVERYTHING, history=(), what_do="We ask people at home.")
WANTED = {"wanted_on": LATER, "wanted_because": "The printer is late."}
TO_ANSWER = summary_of(ASKED, "answer_date", *AS_LEAD, **WANTED)
BACK_WITH_LEAD = summary_of(REFUSED, *AS_LEAD, refused_because="I have left the ward.")
FINISHED = summary_of(
    DONE, "resume", "note", changed="People are asked in their first week.", history=HISTORY
)
GONE = summary_of(
    replace(DONE, status="withdrawn", deadline=None), "resume", because="The ward has closed."
)
MANY = tuple(entry("note", f"Entry {n}. {LONG[:180]}") for n in range(200))


def hostile_summary(text: str) -> ActionSummary:
    """Every word as long as it may be."""
    told = {
        name: text
        for name in ("measure", "looked_at", "because", "changed", "refused_because", "what_do")
    }
    named = replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE)
    held = replace(
        OVERDUE, title=text, owner=HOSTILE, is_mine=False, waits="date", tags=tuple(TAGS.values())
    )
    return replace(
        summary_of(held, "accept", "answer_date", "resume", *EVERYTHING, *AS_LEAD),
        head=named, lead_name=HOSTILE, for_whom=HOSTILE, collects_data=True, wanted_on=LATER,
        wanted_because=text, kept={"note": text, "other": HOSTILE},
        history=(entry("owner", text, before=HOSTILE, after=HOSTILE, by=HOSTILE), *MANY), **told,
    )  # fmt: skip


def one_action_cards() -> dict[str, Face]:
    """One action as owners, deputies and leads see it."""
    unnamed = summary_of(UNOWNED, *AS_LEAD, measure="", lead_name="")
    return {
        "action": action(OWN, for_user=USER),
        "action to accept": action(TO_ACCEPT),
        "action overdue": action(summary_of(OVERDUE, *EVERYTHING), Feedback("Your note is kept.")),
        "action overdue, for its lead": action(
            summary_of(replace(OVERDUE, is_mine=False), *AS_LEAD), for_user=LEAD
        ),
        "action for a deputy": action(replace(OWN, for_whom="Ruth Hollis")),
        "action to answer": action(TO_ANSWER),
        "action back with its lead": action(BACK_WITH_LEAD),
        "action without an owner": action(unnamed),
        "action without a deadline": action(
            summary_of(UNDATED, *AS_LEAD, collects_data=True, looked_at="The staff survey.")
        ),
        "action whose owner has left": action(replace(BACK_WITH_LEAD, owner_left=True)),
        "action that goes on": action(summary_of(replace(MINE, is_carried=True))),
        "action of someone without Teams": action(
            summary_of(replace(UNDATED, waits="accept"), "accept", "refuse", *AS_LEAD)
        ),
        "action that collects data": action(replace(OWN, collects_data=True)),
        "action done": action(FINISHED),
        "action withdrawn": action(GONE),
        "action with a long history": action(replace(OWN, history=MANY)),
        "action with a long history, page 2": action(replace(OWN, history=MANY), page=2),
        "action with a long history, last": action(replace(OWN, history=MANY), page=99),
        **{
            f"action, hostile {n}": action(hostile_summary(text), Feedback(HOSTILE))
            for n, text in enumerate((HOSTILE * 30, LONG, EMOJI))
        },
    }


# --- its forms --------------------------------------------------------------------------

PROBLEM = Feedback(
    is_problem=True,
    problems={"reason": "Say why, in a few words.", "wanted_on": "We could not read this date."},
    typed={"wanted_on": "soon", "reason": LONG, "note": LONG, "changed": LONG, "nonce": NONCE},
)


def form_cards() -> dict[str, Face]:
    """Each form, untouched, with what was typed, and with far too much."""
    late = replace(TO_ANSWER, line=replace(OVERDUE, title=LONG))
    too_long = Feedback(
        is_problem=True,
        typed=dict.fromkeys(("reason", "note", "evidence", "changed", "link"), TOO_LONG),
    )
    return {
        **{f"form {name}": make(TO_ANSWER) for name, make in action_forms.FORMS.items()},
        **{f"form {name} again": make(late, PROBLEM) for name, make in action_forms.FORMS.items()},
        **{
            f"form {name}, hostile": make(hostile_summary(EMOJI), too_long)
            for name, make in action_forms.FORMS.items()
        },
        "form refuse, for them": action_forms.refuse(summary_of(UNDATED)),
        "form answer_date, nothing asked": action_forms.answer_date(OWN),
        "form answer_date, no reason": action_forms.answer_date(
            replace(TO_ANSWER, wanted_because="")
        ),
    }


# --- writing one ------------------------------------------------------------------------

VALUES = {
    "title": TITLE, "owner": "14", "deadline": SOON.isoformat(), "measure": MEASURE,
    "tags": "nqb_1a,unpaid_carers", "collects_data": "yes", "looked_at": "The staff survey.",
}  # fmt: skip
EMPTY = dict.fromkeys(VALUES, "")


def action_form(action_id: int = 0, **more: Any) -> ActionForm:
    """A new action for area 13, or action 1."""
    values = VALUES if action_id else EMPTY
    given: dict[str, Any] = {
        "values": values, "shown": {field: digest(text) for field, text in values.items()},
        "owners": PEOPLE, "what_do": "We ask people at home.", "earlier": (DONE,),
        "areas": tuple(EDITION.area(n) for n in (2, 5, 13)), "today": TODAY,
    }  # fmt: skip
    return ActionForm(
        id=action_id, nonce=NONCE, section=EDITION.section_of(13), area=EDITION.area(13),
        **{"head": HEAD} | given | more,
    )  # fmt: skip


TYPED = Feedback(
    is_problem=True,
    problems={"deadline": "We could not read this date. Type it like 18 February 2028."},
    typed={
        "deadline": "soon", "title": LONG, "owner": "none", "owner_name": "Jo Li", "area": "5",
        "tags_1": "nqb_1b,nqb_1c", "tags_4": "staff", "collects_data": "yes", "nonce": "cd" * 8,
    },
)  # fmt: skip
MOVED = Feedback(
    is_problem=True,
    differs=(Differs("title", "What will be done", TITLE, "Ask people at home"),),
    typed={"title": "Ask people at home", "because": "Summer."},
)
BAD_TAGS = Feedback(
    is_problem=True, problems={"tags": "Choose tags from the list."}, typed={"tags": "none"}
)


def written_cards() -> dict[str, Face]:
    """The form, new and for a change, with problems, and as full as it gets."""
    crowd = tuple((n, f"Person {n:03}") for n in range(310))
    many = tuple(line(n, title=LONG) for n in range(30))
    named = replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE)
    typed = dict.fromkeys(("title", "measure", "looked_at", "because", "owner_name"), TOO_LONG)
    late = VALUES | {"deadline": PASSED.isoformat()}
    return {
        "new action": form(action_form()),
        "new action, area to choose": form(action_form(), is_area_known=False),
        "new action, typed": form(action_form(), TYPED, is_area_known=False),
        "new action, bare": form(action_form(what_do="", earlier=())),
        "change an action": form(action_form(1)),
        "change an overdue action": form(action_form(1, values=late), BAD_TAGS),
        "change an action, moved": form(action_form(1), MOVED),
        "change an action, kept": form(action_form(1, kept={"measure": f"{LONG}!", "reason": "x"})),
        "change an action, a crowd": form(
            action_form(1, owners=crowd, earlier=many, values=VALUES | {"owner": "305"})
        ),
        "change an action, hostile": form(
            action_form(1, head=named, owners=((1, HOSTILE), *CROWD), what_do=LONG,
                        values=VALUES | dict.fromkeys(("title", "measure"), HOSTILE)),
            Feedback(HOSTILE, True, typed=typed),
        ),
        "change an action, long": form(
            action_form(1, values=VALUES | dict.fromkeys(("title", "measure", "looked_at"), EMOJI),
                        what_do=EMOJI, owners=CROWD),
        ),
    }  # fmt: skip


def all_cards() -> dict[str, Face]:
    """Every sample by name."""
    return {**list_cards(), **one_action_cards(), **form_cards(), **written_cards()}
