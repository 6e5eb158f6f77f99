"""The cards of an area's lead: summaries of an area's work, and every card in each state."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from eocif.round_summaries import (
    NO_RESPONSES,
    AreaResult,
    AreaWork,
    DraftSummary,
    Reply,
    Responses,
    StatementResult,
    Utterance,
)
from eocif.rules.agreement import verdict
from eocif.rules.drafting import digests, not_cited, of_levels, prefilled
from eocif.rules.framework import edition
from eocif.rules.perspectives import PERSPECTIVES, Voice, perspective
from eocif.rules.progress import DONT_KNOW, NOT_APPLICABLE
from eocif.rules.spread import Rated, gap, groups, partition, spread_of
from eocif.rules.statements import Statement, statements
from tests.cards.samples_short import ATTACKED, HEAD, HOSTILE

# --- who gave which level -------------------------------------------------------------------

LETTERS = {
    "i": "insufficient_progress",
    "p": "progressing",
    "a": "achieving",
    "e": "excelling",
    "d": DONT_KNOW,
    "n": NOT_APPLICABLE,
    "-": "",
}
GROUP = [
    *["people_and_carers"] * 3,
    *["service_leads_and_staff"] * 3,
    *["clinical_leaders"] * 3,
    *["healthwatch", "volunteers", "executive_lead"],
]
EIGHT = (
    *("aapaaaaaepaa", "iiaaaaaaeaaa", "ipapaaaaeaa-", "pppaaaeeeaaa"),
    *("iiiaaaappipp", "adddddadad-d", "nnnnnnnnnnnn", "eeeeeeeeeeee"),
)
"""Area 13's statements: each kind of verdict, close twice, one that applies to nobody."""


def result_of(statement: Statement, letters: str, group: Sequence[str] = GROUP) -> StatementResult:
    """One statement's result, by the rules themselves."""
    rated = [
        Rated(perspective(key), LETTERS[letter]) for key, letter in zip(group, letters, strict=True)
    ]
    gave = [each for each in rated if each.choice in LETTERS.values() and each.choice]
    gave = [each for each in gave if each.choice not in (DONT_KNOW, NOT_APPLICABLE)]
    spread = spread_of(each.choice for each in rated)
    lived = [each for each in gave if each.perspective.voice is Voice.LIVED_EXPERIENCE]
    ruled = verdict(
        spread.counts,
        perspectives=len({each.perspective.key for each in gave}),
        lived_experience=len(lived),
    )
    cut = partition(Counter(group), PERSPECTIVES)
    return StatementResult(statement, ruled, spread, groups(rated, cut), gap(rated), 0, 0)


def area_result(number: int, letters: Sequence[str], **more: Any) -> AreaResult:
    """An area's result; by area where there is one row of letters and more statements."""
    area, group = edition().area(number), more.pop("group", GROUP)
    by_area = len(letters) != len(area.indicators) or more.pop("whole", False)
    rows = statements(area, "area" if by_area else "indicator")
    each = tuple(result_of(row, given, group) for row, given in zip(rows, letters, strict=True))
    took_part = tuple(held for held in PERSPECTIVES if held.key in group)
    silent = (perspective("voluntary_and_community"), perspective("icb_and_partners"))
    return replace(AreaResult(1, len(group) + 2, len(group), each, took_part, silent), **more)


def second_round(number: int, letters: Sequence[str], **more: Any) -> AreaResult:
    """The same after round 2, with one in three moved on each statement that was rated."""
    found = area_result(number, letters, round=2, **more)
    moved = [
        replace(each, moved=each.spread.rated // 3, moved_of=each.spread.rated)
        if each.spread.rated
        else each
        for each in found.statements
    ]
    return replace(found, statements=tuple(moved))


# --- what people wrote ----------------------------------------------------------------------

PEOPLE, STAFF = perspective("people_and_carers").name, perspective("service_leads_and_staff").name
OTHERS = "Other perspectives"


def wrote(key: str, group: str, text: str, field: str = "where_now", **more: Any) -> Utterance:
    member = key.partition(":")[0] if ":" in key else key
    return Utterance(f"{member}:{more.pop('what', field)}", group, "", field, text, **more)


UTTERANCES = (
    wrote("1", PEOPLE, "Nobody told me about PALS. I found it by chance on a poster."),
    wrote("2", PEOPLE, "The leaflet is in English only.\nMy mother could not read it."),
    wrote(
        "3", STAFF, "[words hidden] on our ward knows PALS well. The others do not.",
        hidden_because=("It names a nurse.",),
    ),
    wrote("4", STAFF, "Posters are up on every ward since March.", on_behalf=True),
    wrote("5", OTHERS, "[this text is hidden]", hidden_because=("It describes one person.",),
          is_all_hidden=True),
    wrote("1", PEOPLE, "A poster in every waiting room, in our languages.", "what_good"),
    wrote("4", STAFF, "Someone on each ward who can explain PALS.", "what_good"),
    wrote("4", STAFF, "Ask the print room for six languages.", "what_do"),
    wrote(
        "1", PEOPLE, "", "evidence", what="evidence_7", source="Survey", kind="quantitative",
        link="https://www.example.org/survey?id=1",
    ),
    wrote(
        "2", PEOPLE, "She waited four hours, and no one came.", "evidence", what="evidence_8",
        source="Someone’s story", kind="qualitative", is_story=True,
    ),
    wrote("6", OTHERS, "We agreed this in May.", "evidence", what="evidence_9",
          source="Someone’s story", kind="qualitative", is_story=True,
          consent="In writing.", consent_on=date(2027, 2, 1)),
)  # fmt: skip

# --- the draft ------------------------------------------------------------------------------

DRAFT = {
    "where_now": "People find PALS by chance. Staff on some wards know it well.",
    "what_good": "Every waiting room shows how to reach PALS, in the languages people speak.",
    "what_do": "Print the poster in six languages.\nName one person on each ward.",
    "draws_on": "people_and_carers,service_leads_and_staff",
    "gap": "People using services see less of PALS than staff think.",
    "level_13b": "achieving",
    "heard_13b": "Two people never found the page. We add it to the front page.",
    "level_13c": "progressing",
    "reason_13c": "The reports stopped last year.",
    "level_13d": "not_agreed",
    "level_13e": "not_agreed",
    "level_13f": "not_agreed",
}
SAVED_AT = datetime(2027, 2, 2, 15, 15, tzinfo=UTC)


def drafted(result: AreaResult, fields: Mapping[str, str] = {}, **more: Any) -> DraftSummary:
    """A draft with these fields."""
    names = [
        *("where_now", "what_good", "what_do", "draws_on", "gap"),
        *of_levels(each.statement for each in result.statements),
    ]
    given: dict[str, Any] = {
        "kept": {},
        "changed_by": "Amina Yusuf" if fields else "",
        "changed_at": SAVED_AT if fields else None,
    }
    values = prefilled(fields, result)
    missed = not_cited(fields.get("draws_on", ""), result.contributed) if fields else ()
    return DraftSummary(
        fields=fields, values=values, shown=digests(values, names), not_cited=missed,
        **given | more,
    )  # fmt: skip


# --- responses ------------------------------------------------------------------------------


def reply(number: int, group: str, text: str, answer: str = "concern", **more: Any) -> Reply:
    said = wrote(str(number), group, text, "comment", what=f"comment_{number}")
    named = replace(said, name=more.pop("name", ""))
    given = {"reply": "", "reply_kind": ""}
    return Reply(id=number, utterance=named, answer=answer, **given | more)


RESPONSES = Responses(
    asked=12,
    agree=6,
    agree_with_comment=1,
    concern=2,
    replies=(
        reply(21, STAFF, "Please say which wards.", "agree_with_comment"),
        reply(22, PEOPLE, "This leaves out people at home."),
        reply(23, OTHERS, "Too rosy.", reply="We took out the word “all”.", reply_kind="answered"),
        reply(24, STAFF, "Six languages will not be enough.", reply_kind="stands"),
    ),
    waiting_for=("Tom Okafor", "Joan Pettifer", "Sunil Rao"),
    answered=9,
)
WHILE_OPEN = Responses(12, 0, 0, 0, (), RESPONSES.waiting_for, answered=9)

# --- an area's work -------------------------------------------------------------------------

DUE, CLOSES = date(2027, 2, 5), date(2027, 2, 12)
MISSING = (
    "Answer “What will we do to get from where we are now to what good looks like?”",
    "Choose a level, or “not agreed”, for 13c and 13d.",
)


def work(number: int = 13, letters: Sequence[str] = EIGHT, **more: Any) -> AreaWork:
    """An area being drafted, unless told otherwise."""
    known = edition()
    result = more.pop("result", None) or area_result(number, letters)
    given: dict[str, Any] = {
        "state": "drafting",
        "round": result.round,
        "closes_on": None,
        "due_on": DUE,
        "first": None,
        "utterances": UTTERANCES,
        "draft": drafted(result),
        "responses": NO_RESPONSES,
        "standing": (),
        "may_send_again": False,
        "others_waiting": (),
        "sees_names": False,
        "is_lead": False,
    }
    return AreaWork(
        head=HEAD, edition=known, section=known.section_of(number), area=known.area(number),
        lead_name="Amina Yusuf", result=result, perspectives=PERSPECTIVES, **given | more,
    )  # fmt: skip


FRESH = work(others_waiting=(14, 15))
WRITTEN = work(
    draft=drafted(FRESH.result, DRAFT),
    asks=14,
    asks_on=date(2027, 2, 8),
    asks_until=date(2027, 2, 15),
)
UNFINISHED = replace(WRITTEN, standing=MISSING)
AFTER = second_round(13, EIGHT)
WITH_GROUP = replace(
    WRITTEN, state="round_2", round=2, closes_on=CLOSES, responses=WHILE_OPEN, due_on=None
)
CONCLUDING = replace(
    WRITTEN, state="concluding", round=2, result=AFTER, first=FRESH.result, responses=RESPONSES,
    standing=("Answer 1 concern, or let it stand.",), draft=drafted(AFTER, DRAFT),
)  # fmt: skip
ALL_ANSWERED = replace(
    CONCLUDING,
    standing=(),
    responses=replace(RESPONSES, replies=RESPONSES.replies[2:], waiting_for=()),
)
CHANGED = replace(
    CONCLUDING,
    may_send_again=True,
    draft=drafted(AFTER, DRAFT),
)
CONCLUDED = replace(ALL_ANSWERED, state="concluded", due_on=None, is_lead=True)
SET_ASIDE = replace(FRESH, state="set_aside", is_lead=True, due_on=None)
ONE = work(5, ["aapaaaaaepaa"])
WHOLE = work(5, ["ipapaaaaeaaa"], result=area_result(5, ["ipapaaaaeaaa"], whole=True))
FIVE = area_result(5, ["apape"], group=[*GROUP[:2], *GROUP[3:5], GROUP[9]])

# --- hostile, long, many --------------------------------------------------------------------

LONG = "This goes on. " * 142 + "The end is here."  # 2,004 characters less the last few
LONG = LONG[:2000]
EMOJI = "😀" * 2000
TOO_LONG = "w" * 20_000
LONG_WORDS = (TOO_LONG, LONG, EMOJI)


def every_field(result: AreaResult, text: str) -> dict[str, str]:
    """A draft with the same words in every field that takes words."""
    fields = {field: text for field in ("where_now", "what_good", "what_do", "gap")}
    for each in result.statements:
        fields[f"level_{each.statement.code}"] = "progressing"
        fields[f"reason_{each.statement.code}"] = fields[f"heard_{each.statement.code}"] = text
    return fields | {"draws_on": "people_and_carers,healthwatch"}


def many_wrote(people: int, text: str, field: str = "where_now") -> tuple[Utterance, ...]:
    names = [PEOPLE, STAFF, OTHERS]
    return tuple(wrote(str(n), names[n % 3], text, field) for n in range(people))


def many_replied(people: int, text: str) -> Responses:
    said = tuple(reply(100 + n, (PEOPLE, STAFF)[n % 2], text) for n in range(people))
    names = tuple(f"Person {n:03}" for n in range(40))
    return Responses(people + 40, 0, 0, people, said, names)


def hostile(**more: Any) -> AreaWork:
    """An area in which every word of a person's is an attack."""
    local = Statement("L1", "Local statement L1", HOSTILE, is_local=True)
    result = area_result(5, ["aapaaaaaepaa"])
    mine = replace(perspective("volunteers"), key="local_1", name=HOSTILE, short=HOSTILE)
    row = result.statements[0]
    grouped = tuple(replace(each, name=HOSTILE) for each in row.groups)
    bad = replace(
        result,
        statements=(replace(row, statement=local, groups=grouped),),
        contributed=(mine,),
        silent=(mine,),
    )
    fields = every_field(bad, HOSTILE) | {"draws_on": "local_1"}
    text = wrote("1", HOSTILE, HOSTILE, hidden_because=(HOSTILE,), source=HOSTILE, kind=HOSTILE)
    told = replace(text, name=HOSTILE, is_story=True, consent=HOSTILE)
    answered = Reply(22, told, "concern", HOSTILE, "")
    given = {
        "result": bad,
        "utterances": (told,),
        "draft": drafted(bad, fields, changed_by=HOSTILE, kept={"where_now": HOSTILE}),
        "responses": Responses(12, 0, 0, 1, (answered,), (HOSTILE,)),
        "standing": (HOSTILE,),
    }
    attacked = work(5, **given | more)
    draft = replace(attacked.draft, not_cited=(mine,))
    return replace(attacked, head=ATTACKED, lead_name=HOSTILE, perspectives=(mine,), draft=draft)


CROWD = [*GROUP * 3, *GROUP[:4]]
CROWDED = work(
    13,
    [letters * 3 + letters[:4] for letters in EIGHT],
    result=area_result(13, [letters * 3 + letters[:4] for letters in EIGHT], group=CROWD),
    utterances=many_wrote(40, LONG),
    others_waiting=tuple(range(14, 24)),
    is_lead=True,
)
