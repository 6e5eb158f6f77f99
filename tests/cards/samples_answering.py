"""Samples of the cards on which people answer: summaries, and every card in each of its states."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from cards.area_closed import closed
from cards.area_levels import levels
from cards.area_saved import clear, saved, withdraw
from cards.area_words import words
from cards.face import Face
from cards.mine import my_areas
from cards.week import week
from eocif.rules.adaptation import NONE as NOTHING_LOCAL
from eocif.rules.adaptation import Adaptation, LocalStatement, adapted
from eocif.rules.answers import called_for
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.statements import BY_AREA, BY_INDICATOR, minutes, statements
from eocif.summaries import (
    AreaForm,
    AreaProgress,
    Differs,
    EvidenceSummary,
    Feedback,
    MyAreas,
    OnBehalf,
    Place,
    Privacy,
    ReviewHead,
    WeekSummary,
)

HOSTILE = "**bold** <at>x</at> {{DATE(2020-01-01)}} [a](http://x)"
FRIDAY = date(2027, 1, 8)
SAVED_AT = datetime(2027, 1, 5, 15, 15, tzinfo=UTC)
USER = "29:kasia"

HEAD = ReviewHead(
    id=7,
    title="Experience of care review 2027",
    provider="Northmoor and Elmsworth NHS Foundation Trust",
    division="Medicine",
    lead_name="Amina Yusuf",
    state="collecting",
)
PRIVACY = Privacy("Amina Yusuf", area_leads_see_names=False)
EVIDENCE = (
    EvidenceSummary(11, "Survey", "quantitative", "62 in 100 felt heard.", ""),
    EvidenceSummary(
        12, "Someone’s story", "qualitative", "", "https://www.example.org/story?person=1"
    ),
)
VIEW = {
    "where_now": "We listen well on two wards.",
    "what_good": "Every ward listens.\nEvery month.",
    "what_do": "",
}


def progress(number: int, status: str = "to do", *, rated: int = 0, **more: Any) -> AreaProgress:
    """One area as a week shows it."""
    area = edition().area(number)
    given = {"closes_on": FRIDAY, "statements": len(area.indicators),
             "minutes": minutes(area, BY_INDICATOR)}  # fmt: skip
    return AreaProgress(area=area, rated=rated, status=status, **given | more)


def task(name: str = "Doris Whitfield", *areas: AreaProgress, **more: Any) -> OnBehalf:
    """What someone without Teams still owes."""
    given = {"member_id": 31, "communication_needs": "Large print. Prefers the phone, mornings."}
    return OnBehalf(name=name, areas=areas or (progress(5), progress(6)), **given | more)


def week_of(*areas: AreaProgress, **more: Any) -> WeekSummary:
    """A week with these areas."""
    to_do = sum(each.minutes for each in areas if each.status in ("to do", "part done"))
    place = Place(HEAD.id, tuple(each.area.number for each in areas))
    summary = WeekSummary(HEAD, place, "Kasia", areas, (), to_do, PRIVACY, edition())
    return replace(summary, **more)


def form(
    number: int = 5, choices: Sequence[str] = (), *, unit: str = BY_INDICATOR,
    local: Adaptation = NOTHING_LOCAL, **more: Any,
) -> AreaForm:  # fmt: skip
    """An area with its first statements chosen in this order."""
    its_edition = adapted(edition(), local)
    area = its_edition.area(number)
    asked = statements(area, unit)
    chosen = {each.code: key for each, key in zip(asked, choices, strict=False) if key}
    words_given = {"where_now": "", "what_good": "", "what_do": ""} | more.pop("words", {})
    marks = {f"level_{each.code}": digest(chosen.get(each.code, "")) for each in asked}
    given: dict[str, Any] = {
        "place": Place(HEAD.id, (4, number, 6, 7), number),
        "state": "open",
        "closes_on": FRIDAY,
        "position": 2,
        "evidence": (),
        "kept": {},
        "left": (6, 7),
        "privacy": PRIVACY,
        "for_name": "",
        "saved_at": SAVED_AT if chosen or any(words_given.values()) else None,
        "answered": len(chosen) == len(asked),
        "withdrawn": False,
        "answered_by_how_many": 0,
    }
    return AreaForm(
        head=HEAD,
        edition=its_edition,
        section=its_edition.section_of(number),
        area=area,
        statements=asked,
        minutes=minutes(area, unit),
        choices=chosen,
        words=words_given,
        shown=marks | {field: digest(text) for field, text in words_given.items()},
        called_for=called_for(chosen),
        nonce="0123456789abcdef",
        **given | more,
    )


def for_doris(number: int = 5, choices: Sequence[str] = (), **more: Any) -> AreaForm:
    """The same, recorded by Amina for someone without Teams."""
    place = Place(HEAD.id, (number, 7), number, member_id=31)
    seen = Privacy("Amina Yusuf", area_leads_see_names=True, recorder="Amina Yusuf")
    given = {"place": place, "position": 1, "for_name": "Doris Whitfield", "privacy": seen}
    return form(number, choices, **given | more)


LOCAL_HELP = "In our trust this is about the Tuesday drop-in."
LOCAL = Adaptation(
    statements=(
        LocalStatement("L1", 13, "Every ward has a quiet room.", LOCAL_HELP),
        LocalStatement("L2", 13, HOSTILE),
    ),
    help=(("13d", LOCAL_HELP),),
    labels=(("13", "Advice and the drop-in"),),
    not_applicable=tuple((code, "We have no PALS.") for code in ("13a", "13b", "13c")),
)
EIGHT = ["not_applicable"] * 3 + ["progressing", "achieving", "excelling", "dont_know", "excelling"]
THREE = ["progressing", "excelling", "dont_know"]

NEW_WEEK = week_of(progress(5), progress(6), progress(13), progress(14))
MID_WEEK = week_of(
    progress(4, "part done", rated=2, closes_on=date(2027, 1, 4)),
    progress(5, "answered", rated=1),
    progress(6),
    progress(7, "withdrawn"),
    progress(8, "closed", rated=4),
    progress(9, "not open yet", closes_on=None),
)
DONE_WEEK = week_of(progress(5, "answered", rated=1), progress(6, "answered", rated=5))
LEADS_WEEK = week_of(
    progress(5, "answered", rated=1),
    tasks=(task(), task("Bill", progress(6, "answered", rated=5), communication_needs="")),
)

LONG = "Too long. " * 300
TOO_LONG = Feedback(
    "Your words are saved, except one answer.",
    is_problem=True,
    problems={"where_now": "“Where are we now?” is 999 characters too long. Please cut it."},
    typed={"where_now": LONG},
)
BAD_LINK = Feedback(
    is_problem=True,
    problems={"link": "This link does not start with https. Use a link that does."},
    typed={"source": "survey", "kind": "quantitative", "evidence": "62%", "link": "http://x.org"},
)
STALE_LEVEL = Feedback(
    is_problem=True,
    typed={"level_13a": "excelling"},
    differs=(Differs("level_13a", "Area 13a", "progressing", "excelling"),),
)
STALE_WORDS = Feedback(
    is_problem=True,
    typed={"where_now": "Mine"},
    differs=(Differs("where_now", "Where are we now?", "", "Mine"),),
)


def week_cards() -> dict[str, Face]:
    """The first page in each state."""
    return {
        "week new": week(NEW_WEEK, for_user=USER),
        "week under way": week(MID_WEEK),
        "week done": week(DONE_WEEK),
        "week with nothing left": week(week_of(progress(5, "closed"), progress(6, "withdrawn"))),
        "week of a lead": week(LEADS_WEEK),
        "week of a lead alone": week(week_of(tasks=(task(),))),
        "week as a pointer": week(replace(MID_WEEK, is_pointer=True)),
        "week after a press": week(NEW_WEEK, Feedback("Your levels are saved.")),
        "week with every area": week(week_of(*(progress(n) for n in range(1, 24)))),
    }


def step_cards() -> dict[str, Face]:
    """The two steps in each state."""
    return {
        "levels empty": levels(form(5), for_user=USER),
        "levels of area 1": levels(form(1)),
        "levels of area 13": levels(form(13), for_user=USER),
        "levels half filled": levels(form(13, THREE)),
        "levels all filled": levels(form(13, EIGHT)),
        "levels stale": levels(form(13, THREE), STALE_LEVEL, for_user=USER),
        "levels for Doris": levels(for_doris(6)),
        "levels of an area as a whole": levels(form(1, unit=BY_AREA), for_user=USER),
        "levels with local words": levels(form(13, ["achieving"], local=LOCAL)),
        "levels of a whole area with local words": levels(
            form(13, ["achieving"], unit=BY_AREA, local=LOCAL)
        ),
        "words empty": words(form(5)),
        "words with much called for": words(form(13, EIGHT, words=VIEW, evidence=EVIDENCE)),
        "words too long": words(form(5), TOO_LONG, for_user=USER),
        "words with a bad link": words(form(5, kept=dict(BAD_LINK.typed)), BAD_LINK),
        "words stale": words(form(5), STALE_WORDS),
        "words kept": words(form(5, kept={"where_now": LONG})),
        "words for Doris": words(for_doris(6, THREE)),
        "words on an area as a whole": words(form(13, ["excelling"], unit=BY_AREA)),
        "words with local statements": words(form(13, ["excelling"] * 7, local=LOCAL)),
    }


def saved_cards() -> dict[str, Face]:
    """The stored answer in each state, and what it can be turned into."""
    full = form(13, EIGHT, words=VIEW, evidence=EVIDENCE, answered_by_how_many=6)
    return {
        "saved in part": saved(form(13, THREE), for_user=USER),
        "saved in full": saved(full),
        "saved, the last one": saved(replace(full, left=())),
        "saved words alone": saved(form(13, words=VIEW)),
        "saved nothing": saved(form(13, closes_on=None)),
        "saved, the area as a whole": saved(form(13, ["achieving"], unit=BY_AREA)),
        "saved, the area as a whole not rated": saved(form(13, unit=BY_AREA, words=VIEW)),
        "saved with local statements": saved(form(13, ["achieving"] * 7, local=LOCAL)),
        "saved withdrawn": saved(form(5, withdrawn=True)),
        "saved with kept words": saved(form(5, kept={"where_now": LONG})),
        "saved for Doris": saved(for_doris(5, ["achieving"], left=())),
        "clear": clear(full),
        "clear nothing": clear(form(5)),
        "withdraw": withdraw(full),
        "withdraw for Doris": withdraw(for_doris(5, ["achieving"], closes_on=None)),
    }


def other_cards() -> dict[str, Face]:
    """Areas that cannot be answered, and my areas."""
    late = {"where_now": "Too late", "level_5a": "excelling", "source": "fft"}
    return {
        "closed": closed(form(5, ["achieving"], state="closed", words=VIEW, kept=late)),
        "closed unanswered": closed(form(5, state="closed", closes_on=None, left=())),
        "closed withdrawn": closed(form(5, state="closed", withdrawn=True)),
        "set aside": closed(form(5, ["achieving"], state="set aside", kept=late)),
        "cancelled": closed(form(5, state="cancelled")),
        "not open yet": closed(form(5, state="not open yet"), for_user=USER),
        "my areas": my_areas(MyAreas("Kasia", (NEW_WEEK, LEADS_WEEK), (HEAD,)), for_user=USER),
        "my areas done": my_areas(MyAreas("Kasia", (DONE_WEEK, week_of()), ())),
        "my areas, setting up": my_areas(MyAreas("Kasia", (), (replace(HEAD, state="draft"),))),
        "my areas, nothing open": my_areas(MyAreas("Kasia", (), ())),
    }


def all_cards() -> dict[str, Face]:
    """Every sample by name."""
    return {**week_cards(), **step_cards(), **saved_cards(), **other_cards()}
