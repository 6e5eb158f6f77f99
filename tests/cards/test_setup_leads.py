"""Step 5: a lead for each section in scope, the review's lead where nobody is named."""

from dataclasses import replace

from cards.setup_leads import leads
from cards.submissions import SetupLeads, parse
from eocif.summaries import Feedback
from tests.cards.harness import actions, inputs, press, texts
from tests.cards.samples_setup import EDITION, all_cards, leads_step

CARDS = all_cards()


def test_the_reviews_lead_leads_where_nobody_is_named() -> None:
    fields = inputs(CARDS["leads"].content)
    assert fields["lead_1"]["value"] == "0"
    assert fields["lead_1"]["choices"][0] == {
        "title": "The review’s lead: Amina Yusuf",
        "value": "0",
    }
    assert fields["lead_2"]["value"] == "9"
    assert "lead_4" not in fields


def test_a_section_is_called_as_in_the_framework() -> None:
    labels = [field["label"] for field in inputs(CARDS["leads"].content).values()]
    assert labels == [f"Section {each.number}: {each.title}" for each in EDITION.sections[:3]]


def test_areas_with_different_leads_keep_them_unless_one_is_chosen() -> None:
    card = CARDS["leads"].content
    assert "value" not in inputs(card)["lead_3"]
    assert inputs(card)["lead_3"]["placeholder"] == "Keep the leads as they are"
    line = "Its areas have different leads. Choose one person to change them all."
    assert texts(card).count(line) == 1


def test_a_press_brings_the_leads_by_section() -> None:
    sent = press(CARDS["leads"].content, "Save and go on", lead_1="9")
    saved = parse(sent["verb"], sent["data"])
    assert isinstance(saved, SetupLeads)
    assert saved.leads == {"1": "9", "2": "9"}


def test_a_choice_that_was_refused_stays_under_its_reason() -> None:
    said = texts(CARDS["leads refused"].content)
    problem = "This person is not in the review group any more."
    assert said[said.index("Section 1: Leadership") - 1] == problem
    assert inputs(CARDS["leads refused"].content)["lead_1"]["value"] == "9"


def test_a_section_nobody_was_asked_about_has_the_reviews_lead() -> None:
    card = leads(leads_step(leads={}, mixed=frozenset()), Feedback(notice="Saved.")).content
    assert inputs(card)["lead_2"]["value"] == "0"


def test_once_the_review_runs_leads_can_still_change_and_no_step_follows() -> None:
    running = replace(leads_step(), head=replace(leads_step().head, state="collecting"))
    card = leads(running, for_user="29:amina").content
    assert texts(card)[0] == "Area leads"
    assert [each["title"] for each in actions(card)] == ["Save the area leads", "See the review"]
    saved = parse(**{key: press(card, "Save the area leads")[key] for key in ("verb", "data")})
    assert isinstance(saved, SetupLeads)
    assert (saved.go, saved.leads["1"]) == ("stay", "0")
    assert card["refresh"]["action"]["data"] == {"review": running.head.id, "step": "leads"}
