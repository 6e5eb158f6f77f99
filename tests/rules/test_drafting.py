"""What a draft holds, what the rule fills in, and what it still needs before the next step."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pytest

from eocif.round_summaries import AreaResult, StatementResult
from eocif.rules import drafting
from eocif.rules.agreement import verdict
from eocif.rules.dates import at
from eocif.rules.merging import digest
from eocif.rules.perspectives import PERSPECTIVES
from eocif.rules.spread import Spread
from eocif.rules.statements import Statement

A, B, L1 = (
    Statement("1a", "Area 1a", "Official words"),
    Statement("1b", "Area 1b", "More official words"),
    Statement("L1", "Local statement L1", "Words of ours", is_local=True),
)
AGREED, TALK_FIRST, CLOSE = (0, 2, 9, 1), (2, 0, 9, 1), (1, 2, 8, 1)
CLINICAL, EXECUTIVE = PERSPECTIVES[:2]
FULL = {
    "where_now": "Here.", "what_good": "There.", "what_do": "Go.", "draws_on": "clinical_leaders",
    "level_1a": "achieving",
}  # fmt: skip


def _rated(
    counts: Sequence[int], statement: Statement = A, *, gap: int | None = None,
    not_applicable: int = 0,
) -> StatementResult:  # fmt: skip
    spread = Spread(tuple(counts), not_applicable=not_applicable)  # type: ignore[arg-type]
    return StatementResult(statement, verdict(counts), spread, (), gap, 0, 0)


def _result(*statements: StatementResult) -> AreaResult:
    return AreaResult(1, 12, 12, statements, (CLINICAL, EXECUTIVE), ())


def _standing(result: AreaResult, fields: Mapping[str, str], **more: object) -> tuple[str, ...]:
    return drafting.standing(drafting.prefilled(fields, result), result, **more)  # type: ignore[arg-type]


# --- what the rule fills in -----------------------------------------------------------------


def test_a_level_that_people_agreed_is_filled_in() -> None:
    assert drafting.prefilled({}, _result(_rated(AGREED)))["level_1a"] == "achieving"


@pytest.mark.parametrize("counts", [TALK_FIRST, CLOSE, (4, 4, 4, 0), (0, 0, 4, 0)])
def test_where_people_differ_the_lead_chooses(counts: Sequence[int]) -> None:
    assert "level_1a" not in drafting.prefilled({}, _result(_rated(counts)))


def test_what_the_lead_chose_stays() -> None:
    result = _result(_rated(AGREED))
    chosen = drafting.prefilled({"level_1a": "not_agreed", "gap": ""}, result)
    assert chosen == {"level_1a": "not_agreed"}


# --- what is still needed -------------------------------------------------------------------


def test_a_complete_draft_of_an_agreed_area_needs_nothing_more() -> None:
    assert _standing(_result(_rated(AGREED)), FULL) == ()


def test_an_empty_draft_is_told_all_that_it_needs() -> None:
    result = _result(_rated(CLOSE), _rated(CLOSE, B, gap=-1), _rated((4, 4, 4, 0), L1, gap=2))
    assert _standing(result, {}) == (
        "Write an answer to “Where are we now?”.",
        "Write an answer to “What would good look like?”.",
        "Write an answer to “What will we do to get from where we are now to what good looks "
        "like?”.",
        "Choose which perspectives the draft draws on.",
        "Write a sentence on the gap at 1b and local statement L1: people with lived experience "
        "and staff see this differently.",
        "Choose a level, or “not agreed”, for 1a, 1b and local statement L1.",
    )


@pytest.mark.covers("R34")
@pytest.mark.parametrize(
    ("counts", "level"),
    [
        (AGREED, "excelling"),
        (AGREED, "not_agreed"),
        (TALK_FIRST, "progressing"),
        (TALK_FIRST, "not_agreed"),
        (CLOSE, "achieving"),
        ((0, 0, 4, 0), "achieving"),
    ],
)
def test_a_level_other_than_the_rules_needs_a_reason(counts: Sequence[int], level: str) -> None:
    result, fields = _result(_rated(counts)), {**FULL, "level_1a": level}
    assert drafting.departs(result.statements[0], level)
    assert _standing(result, fields) == (
        "Give a reason for 1a: the rule does not give the level you chose.",
    )
    assert _standing(result, {**fields, "reason_1a": "Because."}) == ()


@pytest.mark.parametrize(
    ("counts", "level"),
    [(AGREED, "achieving"), (CLOSE, "not_agreed"), ((4, 4, 4, 0), "not_agreed"), (AGREED, "")],
)
def test_what_the_rule_says_needs_no_reason(counts: Sequence[int], level: str) -> None:
    assert not drafting.departs(_rated(counts), level)


@pytest.mark.parametrize(
    ("counts", "chosen", "ends"),
    [
        ([0, 2, 9, 1], "achieving", "agreed"),
        ([2, 0, 9, 1], "achieving", "agreed"),
        ([0, 2, 9, 1], "excelling", "lead"),
        ([1, 2, 8, 1], "achieving", "lead"),
        ([1, 2, 8, 1], "not_agreed", "not_agreed"),
        ([0, 2, 9, 1], "", ""),
    ],
)
def test_a_level_is_agreed_only_where_it_is_the_rules(
    counts: Sequence[int], chosen: str, ends: str
) -> None:
    assert drafting.ends(_rated(counts), chosen) == ends


def test_a_far_view_is_heard_before_the_level_proposed_stands() -> None:
    result = _result(_rated(TALK_FIRST))
    assert _standing(result, FULL) == (
        "Say what was heard about 1a: someone is two or more levels away.",
    )
    assert _standing(result, {**FULL, "heard_1a": "They waited for months."}) == ()


def test_a_level_of_the_leads_own_asks_for_the_reason_alone() -> None:
    fields = {**FULL, "level_1a": "progressing", "reason_1a": "Because."}
    assert _standing(_result(_rated(TALK_FIRST)), fields) == ()


@pytest.mark.parametrize("gap", [-2, -1, 1, 2])
def test_a_gap_of_a_level_asks_for_a_sentence(gap: int) -> None:
    result = _result(_rated(AGREED, gap=gap))
    assert len(_standing(result, FULL)) == 1
    assert _standing(result, {**FULL, "gap": "We see it."}) == ()


@pytest.mark.parametrize("gap", [None, 0])
def test_without_a_gap_no_sentence_is_asked_for(gap: int | None) -> None:
    assert _standing(_result(_rated(AGREED, gap=gap)), FULL) == ()


def test_a_statement_that_everyone_marked_not_applicable_needs_no_level() -> None:
    result = _result(_rated(AGREED), _rated((0, 0, 0, 0), B, not_applicable=5))
    assert _standing(result, FULL) == ()
    some = _result(_rated(AGREED), _rated((0, 0, 1, 0), B, not_applicable=5))
    assert _standing(some, FULL) == ("Choose a level, or “not agreed”, for 1b.",)
    nobody = _result(_rated(AGREED), _rated((0, 0, 0, 0), B))
    assert _standing(nobody, FULL) == ("Choose a level, or “not agreed”, for 1b.",)


def test_an_area_that_nobody_answered_draws_on_nobody() -> None:
    empty = AreaResult(1, 12, 0, (_rated((0, 0, 0, 0)),), (), ())
    told = _standing(empty, {})
    assert "Choose a level, or “not agreed”, for 1a." in told
    assert not [sentence for sentence in told if "draws on" in sentence]


def test_words_that_were_not_saved_hold_it_back() -> None:
    held = _standing(_result(_rated(AGREED)), FULL, kept=("what_do", "reason_1a"))
    assert held == (
        "Something is not saved yet: “What will we do to get from where we are now to what good "
        "looks like?” and “Reason for 1a”.",
    )


@pytest.mark.parametrize(
    ("unanswered", "sentence"),
    [(1, "Answer 1 concern, or let it stand."), (2, "Answer 2 concerns, or let them stand.")],
)
def test_concerns_are_answered_or_let_stand_first(unanswered: int, sentence: str) -> None:
    assert _standing(_result(_rated(AGREED)), FULL, unanswered=unanswered) == (sentence,)


@pytest.mark.parametrize(
    ("fields", "kept", "step"),
    [
        ({}, (), "words"),
        ({**FULL, "level_1a": ""}, ("what_do",), "words"),
        ({**FULL, "level_1a": ""}, (), "levels"),
        ({**FULL, "level_1a": "not_agreed"}, ("reason_1a",), "levels"),
        ({**FULL, "level_1a": "not_agreed"}, (), "send"),
    ],
)
def test_a_draft_goes_on_where_it_is_not_finished(
    fields: dict[str, str], kept: tuple[str, ...], step: str
) -> None:
    assert drafting.next_step(fields, _result(_rated(CLOSE)), kept=kept) == step


# --- fields ---------------------------------------------------------------------------------


def test_each_statement_has_a_level_a_reason_and_what_was_heard() -> None:
    assert drafting.of_levels([A, L1]) == (
        "level_1a", "reason_1a", "heard_1a", "level_L1", "reason_L1", "heard_L1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("where_now", "Where are we now?"),
        ("gap", "The gap between perspectives"),
        ("level_1a", "Level for 1a"),
        ("heard_L1", "What was heard about local statement L1"),
        ("else", "else"),
    ],
)
def test_fields_are_named_as_people_read_them(field: str, label: str) -> None:
    assert drafting.label(field, [A, L1]) == label


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("level_1a", "excelling", True),
        ("level_1a", "not_agreed", True),
        ("level_1a", "dont_know", False),
        ("draws_on", "clinical_leaders,executive_lead", True),
        ("draws_on", "clinical_leaders,nobody", False),
        ("where_now", "x" * 2000, True),
        ("where_now", "x" * 2001, False),
        ("reason_1a", "x" * 2001, False),
    ],
)
def test_what_cannot_be_taken_says_why(field: str, value: str, taken: bool) -> None:
    keys = (CLINICAL.key, EXECUTIVE.key)
    sentence = drafting.problem(field, value, label="Level for 1a", perspectives=keys)
    assert (sentence is None) == taken


def test_only_words_are_kept_where_they_cannot_be_taken() -> None:
    fields = ("where_now", "gap", "reason_1a", "heard_1a", "draws_on", "level_1a")
    assert [field for field in fields if drafting.is_text(field)] == list(fields[:4])


def test_perspectives_are_stored_in_one_order_however_they_were_ticked() -> None:
    ticked = " executive_lead,,local_one,clinical_leaders,executive_lead"
    assert drafting.in_order(ticked, PERSPECTIVES) == "clinical_leaders,executive_lead,local_one"


def test_who_took_part_but_is_not_cited_is_named() -> None:
    both = (CLINICAL, EXECUTIVE)
    assert drafting.not_cited("clinical_leaders", both) == (EXECUTIVE,)
    assert drafting.not_cited("", both) == both


def test_a_card_carries_a_digest_of_each_field_it_shows_empty_ones_too() -> None:
    shown = drafting.digests({"gap": "We see it.", "what_do": "Go."}, ("gap", "where_now"))
    assert shown == {"gap": digest("We see it."), "where_now": digest("")}


# --- changed since it went round ------------------------------------------------------------

SENT = {**FULL, "level_1b": "excelling"}


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        (SENT, False),
        ({**FULL, "level_1a": ""}, False),  # left to the rule
        ({**SENT, "level_1b": "achieving"}, True),
        ({**SENT, "what_do": "Go on."}, True),
        ({**SENT, "gap": "We see it."}, True),
        ({field: text for field, text in SENT.items() if field != "what_do"}, True),
    ],
)
def test_a_draft_has_changed_only_where_a_lead_changed_it(
    fields: dict[str, str], changed: bool
) -> None:
    assert drafting.is_changed(fields, SENT) == changed


# --- when -----------------------------------------------------------------------------------

MONDAY = date(2027, 1, 11)


@pytest.mark.parametrize(
    ("now", "asked", "closes"),
    [
        (at(date(2027, 1, 14), 9, 30), date(2027, 1, 18), date(2027, 1, 25)),
        (at(date(2027, 1, 18), 8, 59), date(2027, 1, 18), date(2027, 1, 25)),
        (at(date(2027, 1, 18), 9), date(2027, 1, 25), date(2027, 2, 1)),
        # Easter Monday: this week's message goes out on Tuesday.
        (at(date(2027, 3, 29), 11), date(2027, 3, 30), date(2027, 4, 6)),
        (at(date(2027, 3, 30), 11), date(2027, 4, 5), date(2027, 4, 12)),
    ],
)
def test_a_draft_waits_for_the_next_weekly_message(
    now: datetime, asked: date, closes: date
) -> None:
    assert drafting.goes_round(MONDAY, confirm_days=5, now=now) == (asked, closes)


def test_a_lead_has_five_working_days() -> None:
    assert drafting.due_on(at(date(2027, 3, 24), 17, 15)) == date(2027, 4, 2)
