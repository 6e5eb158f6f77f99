"""The draft's steps: words, levels, and a last look before it goes to the group."""

from dataclasses import replace

import pytest

from cards.draft import levels, words
from cards.draft_send import send
from cards.submissions import parse
from cards.worksheet_shapes import (
    DraftLevels,
    DraftShow,
    DraftWords,
    VoicesShow,
)
from eocif.rules.framework import edition
from eocif.rules.merging import digest
from eocif.summaries import Feedback
from tests.cards.harness import Card, Node, actions, inputs, lint, parts, press, read, texts
from tests.cards.samples_lead_steps import ONE_TOO_LONG, STALE_LEVEL, STALE_WHOM
from tests.cards.samples_lead_work import (
    CONCLUDED,
    CONCLUDING,
    DRAFT,
    EIGHT,
    EMOJI,
    FRESH,
    LONG,
    LONG_WORDS,
    ONE,
    TOO_LONG,
    WHOLE,
    WITH_GROUP,
    WRITTEN,
    area_result,
    drafted,
    every_field,
    hostile,
    work,
)
from tests.cards.samples_short import HOSTILE, LEAD


def titles(card: Card) -> list[str]:
    return [action["title"] for action in actions(card)]


def folded(card: Card) -> list[str]:
    """The ids of inputs that stand folded away."""
    hidden = [node for node in parts(card) if node.get("isVisible") is False]
    return [each["id"] for node in hidden for each in parts(node) if "label" in each]


def choices(field: Node) -> list[str]:
    return [each["value"] for each in field["choices"]]


# --- words ----------------------------------------------------------------------------------


@pytest.mark.covers("R31")
def test_the_draft_is_the_worksheets_three_answers_as_its_lead_has_written_them() -> None:
    fields = inputs(words(WRITTEN).content)
    asked = [fields[name]["label"] for name in ("where_now", "what_good", "what_do")]
    assert asked == [f"{each} (up to 2,000 characters)" for each in edition().questions]
    assert fields["where_now"]["value"] == DRAFT["where_now"]


def test_each_way_out_of_the_words_saves_them_against_what_was_shown() -> None:
    shown = words(WRITTEN).content
    for title, go in (("Save and go on to levels", "levels"), ("Save and stop here", "stop")):
        sent = press(shown, title, what_do="Name two people.")
        posted = parse(sent["verb"], sent["data"])
        assert isinstance(posted, DraftWords)
        assert (posted.go, posted.what_do) == (go, "Name two people.")
        assert posted.shown["what_do"] == digest(DRAFT["what_do"])
        assert posted.draws_on == ("people_and_carers", "service_leads_and_staff")
        assert set(posted.shown) == {"where_now", "what_good", "what_do", "draws_on", "gap"}


def test_the_draft_says_whom_it_draws_on_out_of_those_who_took_part() -> None:
    field = inputs(words(WRITTEN).content)["draws_on"]
    assert choices(field) == [each.key for each in WRITTEN.result.contributed]
    assert field["value"] == "people_and_carers,service_leads_and_staff"


def test_those_who_took_part_and_are_not_cited_are_named() -> None:
    said = "They took part, but the saved draft does not draw on them: "
    assert f"{said}Clinical leaders, Executive lead, Healthwatch and Volunteers." in texts(
        words(WRITTEN).content
    )
    cited = replace(WRITTEN, draft=replace(WRITTEN.draft, not_cited=()))
    assert said not in read(words(cited).content)
    assert said not in read(words(FRESH).content)


def test_an_area_in_which_nobody_took_part_asks_for_no_perspectives() -> None:
    empty = area_result(5, [""], group=[])
    shown = words(work(5, result=empty, utterances=())).content
    assert "Nobody took part in this area, so there are no views to draw on." in texts(shown)
    assert "draws_on" not in inputs(shown)


@pytest.mark.covers("R32")
def test_a_gap_of_a_level_or_more_asks_for_a_sentence() -> None:
    shown = words(WRITTEN).content
    assert [text for text in texts(shown) if text.startswith(("Area 13d: ", "Area 13e: "))]
    assert "Needed before you send the draft" in inputs(shown)["gap"]["label"]
    assert "gap" not in inputs(words(ONE).content)


def test_statements_with_the_same_gap_are_named_together() -> None:
    first, *others = WRITTEN.result.statements
    alike = [replace(each, gap=-1) for each in (first, *others)]
    area = replace(WRITTEN, result=replace(WRITTEN.result, statements=tuple(alike)))
    (line,) = (text for text in texts(words(area).content) if "The middle view" in text)
    assert line.startswith("13a, 13b, 13c, 13d, 13e, 13f, 13g and 13h: ")
    assert line.count("one level below") == 1


def test_what_others_wrote_is_one_press_away_before_anything_is_typed() -> None:
    shown = words(FRESH).content
    assert titles(shown)[0] == "Read people's own words"
    sent = press(shown, "Read people's own words", where_now="half a sent")
    assert parse(sent["verb"], sent["data"]) == VoicesShow(review=7, area=13)


def test_who_saved_last_is_told_with_the_time() -> None:
    told = "Last saved by Amina Yusuf at 3.15pm on Tuesday 2 February 2027."
    assert told in texts(words(WRITTEN).content)
    assert "Last saved" not in read(words(FRESH).content)
    gone = replace(WRITTEN, draft=replace(WRITTEN.draft, changed_by=""))
    assert "Last saved by someone who has left at 3.15pm" in read(words(gone).content)


def test_words_that_were_too_long_come_back_into_their_box_with_what_is_wrong() -> None:
    shown = words(WRITTEN, ONE_TOO_LONG).content
    assert inputs(shown)["where_now"]["value"] == ONE_TOO_LONG.typed["where_now"]
    assert texts(shown).count(ONE_TOO_LONG.problems["where_now"]) == 2


def test_words_that_were_too_long_last_time_wait_in_their_box() -> None:
    kept = drafted(FRESH.result, DRAFT, kept={"where_now": LONG * 2, "heard_13b": "Not yet."})
    shown = words(replace(WRITTEN, draft=kept)).content
    assert inputs(shown)["where_now"]["value"] == LONG * 2
    assert "characters too long" in read(shown)
    place = texts(shown).index("What was heard about 13b")
    assert texts(shown)[place + 1] == "Not yet."


def test_words_that_no_box_holds_stand_at_the_end_to_copy() -> None:
    shown = words(WRITTEN, Feedback(typed={"what_do": TOO_LONG})).content
    assert "value" not in inputs(shown)["what_do"]
    copied = [text for text in texts(shown) if text.startswith(TOO_LONG[:100])]
    assert len(copied) == 1


def test_what_two_leads_changed_is_shown_twice_in_words() -> None:
    shown = read(words(WRITTEN, STALE_WHOM).content)
    assert "Stored now: Volunteers\nYou typed: Healthwatch" in shown
    assert "Stored now: Hers\nYou typed: Mine" in shown


def test_a_draft_that_is_with_the_group_is_shown_and_late_words_are_kept_to_copy() -> None:
    shown = words(WITH_GROUP, Feedback("Too late.", typed={"what_do": "Late words"})).content
    assert inputs(shown) == {}
    assert "Late words" in texts(shown)
    assert "The draft is with the group until 5pm on Friday 12 February 2027." in read(shown)


def test_a_card_with_words_on_it_does_not_renew_itself() -> None:
    assert "refresh" not in words(WRITTEN, ONE_TOO_LONG, for_user=LEAD).content
    renewed = words(WRITTEN, for_user=LEAD).content["refresh"]["action"]
    assert parse(renewed["verb"], renewed["data"]) == DraftShow(review=7, area=13, step="words")


def test_emptying_a_box_is_said_to_clear_nothing() -> None:
    assert "Emptying a box does not clear it." in read(words(FRESH).content)


# --- levels ---------------------------------------------------------------------------------


@pytest.mark.covers("R28")
def test_each_statement_has_its_verdict_beside_a_level_or_not_agreed() -> None:
    shown = levels(FRESH).content
    field = inputs(shown)["level_13c"]
    assert choices(field) == [
        *("insufficient_progress", "progressing", "achieving", "excelling", "not_agreed"),
    ]
    place = texts(shown).index("Close: progressing or achieving")
    assert texts(shown)[place + 1].startswith("1 insufficient progress, 2 progressing")


def test_a_level_that_people_agreed_is_chosen_already_and_no_other() -> None:
    fields = inputs(levels(FRESH).content)
    chosen = {name: field.get("value") for name, field in fields.items() if "level" in name}
    assert {name: value for name, value in chosen.items() if value} == {
        "level_13a": "achieving",
        "level_13h": "excelling",
    }


@pytest.mark.covers("R34")
@pytest.mark.parametrize(
    ("code", "when"),
    [
        ("13a", "(needed if you choose something other than achieving)"),
        ("13c", "(needed if you choose a level, as the rule gives none)"),
    ],
)
def test_each_reason_says_when_it_is_needed(code: str, when: str) -> None:
    assert when in inputs(levels(FRESH).content)[f"reason_{code}"]["label"]


def test_a_reason_is_folded_away_until_it_is_needed_given_or_refused() -> None:
    assert "reason_13a" in folded(levels(FRESH).content)
    assert "reason_13c" not in folded(levels(WRITTEN).content)
    departing = Feedback(typed={"level_13a": "excelling"})
    assert "reason_13a" not in folded(levels(FRESH, departing).content)
    refused = Feedback(problems={"reason_13h": "This is too long."})
    shown = levels(FRESH, refused).content
    assert "reason_13h" not in folded(shown)
    assert texts(shown).count("This is too long.") == 2


def test_what_was_heard_is_asked_only_where_someone_sees_it_very_differently() -> None:
    fields = inputs(levels(FRESH).content)
    assert [name for name in fields if name.startswith("heard_")] == ["heard_13b"]
    assert "needed if you choose achieving" in fields["heard_13b"]["label"]


def test_a_statement_that_applies_to_nobody_needs_no_level() -> None:
    shown = levels(FRESH).content
    assert not [name for name in inputs(shown) if name.endswith("13g")]
    assert "Nobody gave a level, so it needs none." in texts(shown)


def test_an_area_as_a_whole_has_one_level() -> None:
    fields = inputs(levels(WHOLE).content)
    assert sorted(fields) == ["level_5", "reason_5"]


@pytest.mark.parametrize(
    ("title", "go"),
    [
        ("Save and take a last look", "send"),
        ("Save and go back to words", "words"),
        ("Save and stop here", "stop"),
        ("Save so far and stop here", "stop"),
    ],
)
def test_each_way_out_of_the_levels_saves_them(title: str, go: str) -> None:
    sent = press(levels(WRITTEN).content, title, level_13d="achieving", reason_13d="We saw it.")
    posted = parse(sent["verb"], sent["data"])
    assert isinstance(posted, DraftLevels)
    assert posted.go == go
    assert posted.fields["level_13d"] == "achieving"
    assert posted.fields["reason_13d"] == "We saw it."
    assert posted.fields["heard_13b"] == DRAFT["heard_13b"]
    assert posted.shown["level_13a"] == digest("achieving")


def test_while_concluding_the_levels_lead_on_to_the_conclusion() -> None:
    sent = press(levels(CONCLUDING).content, "Save and go on to conclude")
    posted = parse(sent["verb"], sent["data"])
    assert isinstance(posted, DraftLevels)
    assert posted.go == "conclude"
    assert "Change the draft: levels" in texts(levels(CONCLUDING).content)


def test_a_level_that_another_lead_changed_is_shown_by_its_name() -> None:
    shown = levels(WRITTEN, STALE_LEVEL).content
    assert "Stored now: Achieving\nYou typed: Excelling" in read(shown)
    assert inputs(shown)["level_13a"]["value"] == "excelling"


@pytest.mark.covers("R07")
def test_the_definitions_are_folded_in_the_card() -> None:
    shown = texts(levels(FRESH).content)
    assert "What the four levels mean" in shown
    assert [text for text in shown if edition().levels[0].definition in text]


@pytest.mark.parametrize("text", [LONG, EMOJI])
def test_eight_long_reasons_fit_on_the_card_and_none_is_lost(text: str) -> None:
    area = replace(WRITTEN, draft=drafted(FRESH.result, every_field(FRESH.result, text)))
    shown = levels(area)
    assert lint(shown.content, summary=shown.preview, words=LONG_WORDS) == []
    sent = press(shown.content, "Save and stop here")
    posted = parse(sent["verb"], sent["data"])
    assert isinstance(posted, DraftLevels)
    saved = [value for name, value in posted.fields.items() if name.startswith("reason_")]
    assert set(saved) == {text}  # those that do not fit arrive empty, and that erases nothing
    assert "It does not fit in its box." in read(shown.content)


def test_levels_of_a_concluded_area_cannot_be_changed() -> None:
    shown = levels(CONCLUDED).content
    assert inputs(shown) == {}
    assert "This area has ended, so its draft cannot change." in texts(shown)


def test_hostile_words_in_every_field_do_nothing_in_any_step() -> None:
    for face in (words(hostile()), levels(hostile()), send(hostile())):
        assert lint(face.content, summary=face.preview, words=[HOSTILE]) == []
        assert HOSTILE in read(face.content)


def test_the_eight_statements_are_all_there_in_their_order() -> None:
    fields = [name for name in inputs(levels(FRESH).content) if name.startswith("level_")]
    assert fields == [f"level_13{letter}" for letter in "abcdefh"]
    assert len(EIGHT) == 8
