"""Samples of the cards of members in round 2: summaries, and every card in each of its states."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cards.confirm import answer, closed, draft, levels, saved, voices
from cards.face import Face
from eocif.round_summaries import AreaResult, ConfirmForm, StatementResult, Utterance
from eocif.rules.agreement import verdict
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.rules.perspectives import PERSPECTIVES, perspective
from eocif.rules.responses import minutes
from eocif.rules.spread import Rated, gap, groups, partition, spread_of
from eocif.rules.statements import BY_AREA, BY_INDICATOR, Statement, statements
from eocif.summaries import Differs, Feedback, Place, Privacy
from tests.cards.samples_answering import FRIDAY, HEAD, HOSTILE, LONG, PRIVACY, USER

EDITION = edition()
PEOPLE = (
    *["people_and_carers"] * 3,
    "healthwatch",
    *["clinical_leaders"] * 3,
    *["service_leads_and_staff"] * 4,
    "executive_lead",
)
"""Twelve people, by the perspective they speak from."""

CHOICES = (
    "progressing progressing progressing progressing achieving achieving achieving achieving "
    "achieving achieving achieving excelling",
    "achieving achieving dont_know achieving achieving achieving achieving achieving achieving "
    "achieving achieving excelling",
    "insufficient_progress progressing progressing insufficient_progress excelling excelling "
    "excelling achieving excelling excelling achieving dont_know",
)
"""What each of them chose for three statements: close, agreed, and far apart."""


def result(these: Sequence[Statement], *, number_of_round: int = 1) -> AreaResult:
    """The twelve people's ratings, with the rule's own verdicts, spreads and groups."""
    voices_here = [perspective(key) for key in PEOPLE]
    cut = partition({key: PEOPLE.count(key) for key in PEOPLE}, PERSPECTIVES)
    found = []
    for place, statement in enumerate(these):
        chosen = CHOICES[place % len(CHOICES)].split()
        rated = [Rated(who, choice) for who, choice in zip(voices_here, chosen, strict=True)]
        spread = spread_of(chosen)
        moved = (3, spread.rated) if number_of_round > 1 else (0, 0)
        found.append(
            StatementResult(
                statement, verdict(spread.counts), spread, groups(rated, cut), gap(rated), *moved
            )
        )
    contributed = tuple(dict.fromkeys(voices_here))
    return AreaResult(number_of_round, 14, 12, tuple(found), contributed, ())


WORDS = {
    "where_now": "Two wards listen well: they meet people every month and act on what they hear. "
    "Other wards hear complaints only. Community teams hear very little.",
    "what_good": "Every ward and every community team listens every month, and says what changed.",
    "what_do": "Share how the two wards work. Name one person in each team who listens.\n"
    "Ask unpaid carers how they want to be heard.",
    "gap": "People with lived experience see less of this than staff do. We want to know why.",
}
DRAWS_ON = ("People using services and unpaid carers", "Clinical leaders from all professions")
STAFF, OTHERS = "Service leads, clinical, administrative and support staff", "Other perspectives"


def utterance(group: str, text: str, field: str = "where_now", **more: Any) -> Utterance:
    """Something that one person wrote."""
    return Utterance(f"12:{field}", group, "", field, text, **more)


SAID = (
    utterance(STAFF, "We meet people on ward 7 every month."),
    utterance(OTHERS, "Nobody asked me in two years."),
    utterance(STAFF, "Community teams are forgotten."),
    utterance(OTHERS, "Ask us at home, not in an office.", "what_do"),
    utterance(
        *(OTHERS, "Six of our visitors said so.", "evidence"),
        source="Local Healthwatch report",
        kind="qualitative",
        link="https://www.example.org/report?page=2",
    ),
    utterance(STAFF, "", "evidence", source="Survey", kind="quantitative", link="https://x.org/"),
)
PROPOSED = ("achieving", "achieving", "not_agreed")
OWN = ("progressing", "achieving", "dont_know")


def confirm_form(number: int = 5, *, unit: str = BY_INDICATOR, **more: Any) -> ConfirmForm:
    """A draft of an area as Kasia may answer it."""
    area = more.pop("area", EDITION.area(number))
    these = statements(area, unit)
    held = {"answer": "", "comment": ""} | {k: more[k] for k in ("answer", "comment") if k in more}
    own = {each.code: OWN[place % 3] for place, each in enumerate(these)}
    marks = {f"level_{code}": digest(choice) for code, choice in own.items()}
    given: dict[str, Any] = {
        "head": HEAD,
        "place": Place(HEAD.id, (4, number, 6), number),
        "state": "open",
        "round": 2,
        "closes_on": FRIDAY,
        "position": 2,
        "words": WORDS,
        "proposed": {each.code: PROPOSED[place % 3] for place, each in enumerate(these)},
        "reasons": {},
        "result": result(these),
        "draws_on": DRAWS_ON,
        "utterances": SAID,
        "own": own,
        "earlier": "",
        "kept": {},
        "left": (6,),
        "privacy": PRIVACY,
        "for_name": "",
        "answered": bool(held["answer"]),
        "answered_by_how_many": 0,
    }
    return ConfirmForm(
        edition=EDITION,
        section=EDITION.section_of(number),
        area=area,
        statements=these,
        minutes=minutes(len(these)),
        shown=marks | {field: digest(text) for field, text in held.items()},
        **given | held | more,
    )


def confirm_for_doris(number: int = 5, **more: Any) -> ConfirmForm:
    """The same, recorded by Amina for someone without Teams."""
    place = Place(HEAD.id, (number, 7), number, member_id=31)
    seen = Privacy("Amina Yusuf", area_leads_see_names=True, recorder="Amina Yusuf")
    given = {"place": place, "position": 1, "for_name": "Doris Whitfield", "privacy": seen}
    return confirm_form(number, **given | more)


BY_THE_AREA = confirm_form(5, unit=BY_AREA)
LONG_WORDS = dict.fromkeys(WORDS, f"{HOSTILE} " * 36)
EMOJI = dict.fromkeys(WORDS, "👩🏽‍⚕️" * 400)
CONCERN = "The draft leaves out community teams."


def local_form() -> ConfirmForm:
    """Area 5 with a short title and a statement of the review's own, both hostile."""
    area = EDITION.area(5)
    (first,) = area.indicators
    own = replace(
        first, code="L1", text=HOSTILE, plain="", example="", expansions=(), is_local=True,
        help_is_local=True, bullets=(), future_users=False,
    )  # fmt: skip
    return confirm_form(area=replace(area, indicators=(first, own)))


def hostile_form(number: int = 13) -> ConfirmForm:
    """Everything that people may write, as long as it may be and hostile."""
    codes = [each.code for each in EDITION.area(number).indicators]
    return confirm_form(
        number,
        words=LONG_WORDS,
        reasons=dict.fromkeys(codes, LONG_WORDS["gap"]),
        heard=dict.fromkeys(codes, LONG_WORDS["gap"]),
        utterances=tuple(utterance(HOSTILE, LONG_WORDS["gap"]) for _ in range(30)),
        draws_on=(HOSTILE,),
        earlier=HOSTILE,
        answer="concern",
        comment=LONG_WORDS["gap"],
        kept={"comment": HOSTILE, "level_13a": "excelling"},
        head=replace(HEAD, title=HOSTILE, provider=HOSTILE, division=HOSTILE, lead_name=HOSTILE),
        for_name=HOSTILE,
        privacy=Privacy(HOSTILE, area_leads_see_names=False, recorder=HOSTILE),
    )


NEEDS_A_REASON = Feedback(
    "Please write why you are concerned.",
    is_problem=True,
    problems={"comment": "A concern needs its reason. What you typed is still here."},
    typed={"answer": "concern", "comment": "Because"},
)
MOVED = Feedback(
    is_problem=True,
    typed={"level_5a": "excelling"},
    differs=(Differs("level_5a", "Area 5a", "progressing", "excelling"),),
)
CHANGED_ELSEWHERE = Feedback(
    is_problem=True,
    typed={"answer": "agree", "comment": "agree"},
    differs=(
        Differs("answer", "Answer to the draft", "concern", "agree"),
        Differs("comment", "Comment or concern", "", "agree"),
    ),
)


def draft_cards() -> dict[str, Face]:
    """The draft in each state."""
    concern = {"answer": "concern", "comment": CONCERN}
    return {
        "draft": draft(confirm_form(), for_user=USER),
        "draft of area 13": draft(confirm_form(13), for_user=USER),
        "draft of area 1": draft(confirm_form(1)),
        "draft of area 13 after round 2": draft(
            confirm_form(13, round=3, earlier=CONCERN, result=result(these(13), number_of_round=2))
        ),
        "draft of a whole area": draft(BY_THE_AREA),
        "draft of the widest area": draft(confirm_form(13, unit=BY_AREA)),
        "draft, answered": draft(confirm_form(**concern), Feedback("Your answer is saved.")),
        "draft, bare": draft(
            confirm_form(
                *(5,), closes_on=None, words={}, proposed={}, own={}, draws_on=(), utterances=(),
                left=(), result=replace(result(()), statements=()),
            )
        ),
        "draft with local parts": draft(local_form()),
        "draft with reasons": draft(confirm_form(reasons={"5a": "Most of us agree by now."})),
        "draft for Doris": draft(confirm_for_doris(13, answer="agree")),
        "draft, hostile": draft(hostile_form()),
    }  # fmt: skip


def these(number: int, unit: str = BY_INDICATOR) -> tuple[Statement, ...]:
    """What gets a level in an area."""
    return statements(EDITION.area(number), unit)


def step_cards() -> dict[str, Face]:
    """Others' words, levels and answers."""
    long_said = tuple(utterance(STAFF, f"{n}. {LONG}"[:2000]) for n in range(3))
    return {
        "voices": voices(confirm_form(), for_user=USER),
        "voices on evidence": voices(confirm_form(), field="evidence"),
        "voices, page 2": voices(confirm_form(utterances=long_said), page=2),
        "voices, nobody": voices(confirm_form(utterances=())),
        "voices, hostile": voices(hostile_form(), page=99),
        "round 2 levels": levels(confirm_form(), for_user=USER),
        "round 2 levels of area 13": levels(confirm_form(13), for_user=USER),
        "round 2 levels of area 1": levels(confirm_form(1)),
        "round 2 levels of a whole area": levels(confirm_form(13, unit=BY_AREA, closes_on=None)),
        "round 2 levels with local parts": levels(local_form()),
        "round 2 levels, stale": levels(confirm_form(), MOVED, for_user=USER),
        "round 2 levels for Doris": levels(confirm_for_doris(13)),
        "round 2 levels, hostile": levels(hostile_form()),
        "answer": answer(confirm_form(), for_user=USER),
        "answer with a concern": answer(confirm_form(), chosen="concern", for_user=USER),
        "answer, no reason": answer(confirm_form(), NEEDS_A_REASON, for_user=USER),
        "answer, stale": answer(confirm_form(answer="concern"), CHANGED_ELSEWHERE),
        "answer, too long": answer(
            confirm_form(kept={"comment": LONG}), Feedback(typed={"comment": LONG})
        ),
        "answer for Doris": answer(confirm_for_doris()),
        "answer, hostile": answer(hostile_form()),
    }


def stored_cards() -> dict[str, Face]:
    """Answers as they are stored."""
    commented = {"answer": "agree_with_comment", "comment": "Please name the carers' group."}
    return {
        "agreed": saved(confirm_form(answer="agree", answered_by_how_many=3), for_user=USER),
        "agreed with a comment": saved(confirm_form(13, left=(), **commented)),
        "concern raised": saved(confirm_form(answer="concern", comment=CONCERN)),
        "levels changed alone": saved(confirm_form(left=(), utterances=(), closes_on=None)),
        "agreed for Doris": saved(confirm_for_doris(answer="agree", left=())),
        "stored, hostile": saved(hostile_form()),
        "draft closed": closed(confirm_form(state="closed", **commented), for_user=USER),
        "draft closed, unanswered": closed(confirm_form(state="closed", closes_on=None, left=())),
        "draft closed for Doris": closed(confirm_for_doris(state="closed")),
        "draft closed, too late": closed(
            confirm_form(state="closed", kept={"answer": "concern", "comment": CONCERN})
        ),
        "draft set aside": closed(confirm_form(state="set aside", answer="agree")),
        "draft cancelled": closed(confirm_form(state="cancelled")),
        "no draft yet": closed(confirm_form(state="not open yet")),
        "left the group": closed(confirm_form(state="left the group", kept={"comment": CONCERN})),
    }


def all_cards() -> dict[str, Face]:
    """Every sample by name."""
    return {**draft_cards(), **step_cards(), **stored_cards()}
