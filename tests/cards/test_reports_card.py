"""The reports card: which report for whom, and how the file comes."""

from dataclasses import replace

import pytest

from cards.reports import KINDS, Kind, reports
from cards.submissions import parse
from cards.worksheet_shapes import ReportMake
from eocif.exports import WRITERS
from eocif.rules.visibility import Version
from eocif.summaries import Feedback
from tests.cards.harness import Card, actions, inputs, press, read, texts
from tests.cards.samples_lead import GROUP, LEAD, someone
from tests.cards.samples_worksheet import AS_MEMBER, READY, SIGNED, worksheet_of


def titles(card: Card) -> list[str]:
    """The buttons, in order."""
    return [each["title"] for each in actions(card)]


def test_every_version_of_a_report_has_a_button() -> None:
    assert {each.version for each in KINDS} == {*Version}
    assert titles(reports(READY, GROUP).content) == [
        "Make the worksheet (Word)",
        "Make the board report (Word)",
        "Make the plan (Word)",
        "Make the plan (Excel)",
        "Make the plan as a table (CSV)",
        "Make the plan as data (JSON)",
        "Make the ICB version (Word)",
        "Make the public summary (Word)",
        "Make the workbook (Excel)",
        "Make the table (CSV)",
        "Make the data file (JSON)",
        "Make the pack in large print (Word)",
        "Make the form to fill in (Excel)",
        "Add what reports say besides",
        "Back to the worksheet",
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.button)
def test_each_button_asks_for_its_format_and_version_and_for_nobody(kind: Kind) -> None:
    for format_, button in ((kind.format, kind.button), *kind.also):
        pressed = press(reports(READY, GROUP).content, button)
        posted = parse(pressed["verb"], pressed["data"])
        assert isinstance(posted, ReportMake)
        assert (posted.format, posted.version, posted.member) == (format_, kind.version, 0)


@pytest.mark.covers("R41")
def test_the_plan_comes_in_every_format_there_is() -> None:
    (plan,) = (each for each in KINDS if each.version == Version.PLAN)
    formats = {plan.format, *(format_ for format_, _ in plan.also)}
    assert formats == {format_ for format_, version in WRITERS if version == Version.PLAN}


def test_each_report_says_whom_it_is_for_in_plain_words() -> None:
    shown = texts(reports(READY, GROUP).content)
    start = shown.index("The public summary")
    assert shown[start + 1] == "For everyone. It holds nothing about any person."
    workbook = shown.index("The workbook")
    assert "keep it confidential" in shown[workbook + 1]


def test_the_card_says_where_the_file_comes_and_that_teams_asks_first() -> None:
    shown = texts(reports(READY, GROUP, Feedback("Your file comes.")).content)
    assert "The file comes here, in this chat. Teams asks you before it saves it." in shown
    assert shown[:2] == ["Done", "Your file comes."]


def test_a_reader_is_offered_only_what_they_may_have() -> None:
    card = reports(AS_MEMBER, GROUP).content
    assert titles(card) == [
        "Make the worksheet (Word)",
        "Make the table (CSV)",
        "Make the data file (JSON)",
        "Back to the worksheet",
    ]
    assert inputs(card) == {}
    assert titles(reports(replace(AS_MEMBER, may_export=()), GROUP).content) == [
        "Back to the worksheet"
    ]


def test_an_answer_pack_is_made_for_a_person_without_teams_and_no_button_holds_a_name() -> None:
    card = reports(READY, GROUP).content
    assert [each["title"] for each in inputs(card)["member"]["choices"]] == ["Doris Whitfield"]
    pressed = press(card, "Make the pack in large print (Word)")
    assert parse(pressed["verb"], pressed["data"]) == ReportMake(
        review=7, format="docx", version="member", member=10
    )
    assert press(card, "Make the form to fill in (Excel)")["data"]["format"] == "xlsx"
    assert not any("Doris" in title for title in titles(card))


def test_who_was_chosen_stays_chosen_and_a_stranger_is_not() -> None:
    two = (*GROUP, someone(12, "Bill Carter", has_teams=False))
    chosen = reports(READY, two, Feedback(typed={"member": "12"}), for_user=LEAD).content
    assert inputs(chosen)["member"]["value"] == "12"
    assert "refresh" not in chosen
    stranger = reports(READY, two, Feedback(typed={"member": "99"})).content
    assert "value" not in inputs(stranger)["member"]


def test_once_a_review_is_signed_off_there_are_no_packs_as_nothing_is_asked() -> None:
    assert "Answer packs" not in texts(reports(SIGNED, GROUP).content)


def test_where_everyone_has_teams_there_are_no_packs() -> None:
    card = reports(READY, GROUP[:1], for_user=LEAD).content
    assert "Answer packs" not in texts(card)
    assert card["refresh"]["action"]["verb"] == "report.show"


@pytest.mark.covers("R49")
def test_the_card_says_that_every_report_says_that_nothing_assesses_performance() -> None:
    shown = read(reports(worksheet_of(), ()).content)
    assert "This does not assess performance. Every report says so." in shown
