"""Every card of an area's lead in each of its states, and what a press brings back to it."""

from dataclasses import replace

from cards.conclude import concerns, conclude
from cards.draft import levels, words
from cards.draft_send import send
from cards.face import Face
from cards.results import glance, statement
from cards.set_aside import set_aside
from cards.voices import voices
from eocif.round_summaries import NO_RESPONSES
from eocif.summaries import Differs, Feedback
from tests.cards.samples_lead_work import (
    ALL_ANSWERED,
    CHANGED,
    CONCLUDED,
    CONCLUDING,
    CROWDED,
    DRAFT,
    EMOJI,
    FIVE,
    FRESH,
    LONG,
    ONE,
    SET_ASIDE,
    TOO_LONG,
    UNFINISHED,
    UTTERANCES,
    WHOLE,
    WITH_GROUP,
    WRITTEN,
    drafted,
    every_field,
    hostile,
    many_replied,
    many_wrote,
    work,
)
from tests.cards.samples_short import HOSTILE, LEAD

# --- what came back -------------------------------------------------------------------------

ONE_TOO_LONG = Feedback(
    "Your words are saved, except one answer.",
    is_problem=True,
    problems={"where_now": "“Where are we now?” is 1,000 characters too long. Cut it."},
    typed={"where_now": LONG + LONG[:1000], "go": "levels"},
)
STALE_LEVEL = Feedback(
    is_problem=True,
    typed={"level_13a": "excelling", "go": "send"},
    differs=(Differs("level_13a", "Level for 13a", "achieving", "excelling"),),
)
STALE_WHOM = Feedback(
    is_problem=True,
    typed={"draws_on": "healthwatch"},
    differs=(
        Differs("draws_on", "Perspectives drawn on", "volunteers", "healthwatch"),
        Differs("where_now", "Where are we now?", "Hers", "Mine"),
    ),
)
NO_REASON = Feedback(
    problems={"reason": "Say why, so that the author understands."},
    typed={"words": "Sister Anne", "hide": "1:where_now", "field": "where_now"},
)
NO_WORDS = Feedback(problems={"how": "Say how they agreed."}, typed={"how": TOO_LONG})
NO_REPLY = Feedback(
    problems={"reply": "Write your answer, or let the concern stand."},
    typed={"response": "23", "kind": "answered", "reply": TOO_LONG},
)
NO_CAUSE = Feedback(
    problems={"reason": "Say why this area is set aside."}, typed={"reason": TOO_LONG}
)


def all_cards() -> dict[str, Face]:
    """Every sample by name."""
    return _result_cards() | _voice_cards() | _draft_cards() | _send_cards() | _ending_cards()


def _result_cards() -> dict[str, Face]:
    return {
        "results": glance(FRESH, Feedback("Your draft is saved."), for_user=LEAD),
        "results of one statement": glance(ONE),
        "results of an area as a whole": glance(WHOLE),
        "results of a crowd": glance(CROWDED),
        "results of five people": glance(work(5, result=FIVE)),
        "results while the draft is with the group": glance(WITH_GROUP),
        "results while concluding": glance(replace(CONCLUDING, is_lead=True)),
        "results, concluded": glance(CONCLUDED),
        "results, concluded, for an area's lead": glance(replace(CONCLUDED, is_lead=False)),
        "results, set aside": glance(SET_ASIDE),
        "results, still blind": glance(work(state="round_1")),
        "results, hostile": glance(hostile(), Feedback(HOSTILE)),
        "statement": statement(FRESH, code="13e", for_user=LEAD),
        "statement after round 2": statement(CONCLUDING, code="13a"),
        "statement, the last": statement(FRESH, code="13h"),
        "statement that nobody rated": statement(FRESH, code="13g"),
        "statement with bullets": statement(
            work(1, ["aapaaaaaepaa"] * 7), code="1a", said=Feedback("Hello.")
        ),
        "statement of an area as a whole": statement(WHOLE, code="5"),
        "statement of five people": statement(work(5, result=FIVE), code="5a"),
        "statement that is not there": statement(FRESH, code="99z"),
        "statement, hostile": statement(hostile(), code="L1"),
    }


def _voice_cards() -> dict[str, Face]:
    named = tuple(replace(each, name="Kasia Nowak") for each in UTTERANCES)
    return {
        "voices": voices(FRESH, for_user=LEAD),
        "voices with names": voices(replace(FRESH, utterances=named, sees_names=True)),
        "voices on evidence": voices(FRESH, Feedback("It is shown again."), field="evidence"),
        "voices on a question nobody answered": voices(FRESH, field="achieving"),
        "voices on nothing at all": voices(replace(FRESH, utterances=())),
        "voices on a field that is none": voices(FRESH, field="<script>", page=99),
        "voices, concluded": voices(CONCLUDED),
        "voices, still blind": voices(replace(FRESH, state="round_1")),
        "voices of a crowd": voices(CROWDED, page=2),
        "voices of a crowd in short": voices(replace(CROWDED, utterances=many_wrote(40, "Yes."))),
        "voices of a crowd in emoji": voices(replace(CROWDED, utterances=many_wrote(40, EMOJI))),
        "voices, hostile": voices(hostile()),
        "hide": voices(FRESH, hide="1:where_now"),
        "hide, refused": voices(FRESH, NO_REASON, hide="1:where_now"),
        "hide, hostile": voices(hostile(), Feedback(HOSTILE), hide="1:where_now"),
        "hide what is hidden": voices(FRESH, hide="5:where_now"),
        "consent": voices(FRESH, field="evidence", consent="2:evidence_8"),
        "consent, once more": voices(FRESH, field="evidence", consent="6:evidence_9"),
        "consent, refused": voices(FRESH, NO_WORDS, field="evidence", consent="2:evidence_8"),
        "consent for what is no story": voices(FRESH, consent="1:where_now"),
    }


def _draft_cards() -> dict[str, Face]:
    kept = drafted(FRESH.result, DRAFT, kept={"where_now": LONG * 2, "heard_13b": "Too long."})
    return {
        "draft words, empty": words(FRESH, for_user=LEAD),
        "draft words, written": words(WRITTEN),
        "draft words without a gap": words(ONE),
        "draft words, too long": words(WRITTEN, ONE_TOO_LONG, for_user=LEAD),
        "draft words, kept": words(replace(WRITTEN, draft=kept)),
        "draft words, stale": words(WRITTEN, STALE_WHOM),
        "draft words while concluding": words(CONCLUDING),
        "draft words, in emoji": words(
            replace(WRITTEN, draft=drafted(FRESH.result, every_field(FRESH.result, EMOJI)))
        ),
        "draft words, far too long": words(WRITTEN, Feedback(typed={"what_do": TOO_LONG})),
        "draft words, hostile": words(hostile(), Feedback(HOSTILE, typed={"what_do": HOSTILE})),
        "draft words, too late": words(WITH_GROUP, Feedback("Too late.", typed={"what_do": LONG})),
        "draft levels": levels(FRESH, for_user=LEAD),
        "draft levels, written": levels(WRITTEN),
        "draft levels, stale": levels(WRITTEN, STALE_LEVEL, for_user=LEAD),
        "draft levels of an area as a whole": levels(WHOLE),
        "draft levels while concluding": levels(CONCLUDING),
        "draft levels, long": levels(
            replace(WRITTEN, draft=drafted(FRESH.result, every_field(FRESH.result, LONG)))
        ),
        "draft levels, in emoji": levels(
            replace(WRITTEN, draft=drafted(FRESH.result, every_field(FRESH.result, EMOJI)))
        ),
        "draft levels, hostile": levels(hostile(), Feedback(typed={"reason_L1": HOSTILE})),
        "draft levels, too late": levels(CONCLUDED),
    }


def _send_cards() -> dict[str, Face]:
    return {
        "send": send(WRITTEN, for_user=LEAD),
        "send, unfinished": send(UNFINISHED),
        "send, nothing yet": send(FRESH),
        "send, with the group": send(WITH_GROUP),
        "send, with the group without a date": send(replace(WITH_GROUP, closes_on=None)),
        "send, changed": send(CHANGED),
        "send, not changed": send(CONCLUDING),
        "send, concluded": send(CONCLUDED),
        "send, long": send(
            replace(WRITTEN, draft=drafted(FRESH.result, every_field(FRESH.result, LONG)))
        ),
        "send, hostile": send(hostile(), Feedback(problems={"what": "Tick something."})),
    }


def _ending_cards() -> dict[str, Face]:
    crowd = replace(CONCLUDING, responses=many_replied(40, LONG))
    emoji = replace(CONCLUDING, responses=many_replied(40, EMOJI))
    short = replace(CONCLUDING, responses=many_replied(40, "No."))
    return {
        "concerns": concerns(CONCLUDING, for_user=LEAD),
        "concerns, one to answer": concerns(CONCLUDING, response=23),
        "concerns, a comment to answer": concerns(CONCLUDING, response=21),
        "concerns, refused": concerns(CONCLUDING, NO_REPLY, for_user=LEAD),
        "concerns, all answered": concerns(ALL_ANSWERED),
        "concerns while members answer": concerns(WITH_GROUP),
        "concerns without a date": concerns(replace(WITH_GROUP, closes_on=None)),
        "concerns, none": concerns(replace(CONCLUDING, responses=NO_RESPONSES)),
        "concerns, concluded": concerns(CONCLUDED),
        "concerns of a crowd": concerns(crowd, page=3),
        "concerns of a crowd in short": concerns(short),
        "concerns of a crowd in emoji": concerns(emoji, page=99),
        "concerns, hostile": concerns(hostile(state="concluding"), Feedback(HOSTILE)),
        "conclude": conclude(ALL_ANSWERED, for_user=LEAD),
        "conclude, unfinished": conclude(CONCLUDING),
        "conclude or send again": conclude(replace(CHANGED, standing=())),
        "conclude, ended": conclude(CONCLUDED),
        "conclude, hostile": conclude(hostile(state="concluding")),
        "set aside": set_aside(FRESH),
        "set aside, refused": set_aside(FRESH, NO_CAUSE),
        "set aside, hostile": set_aside(hostile(), Feedback(typed={"reason": HOSTILE})),
    }
