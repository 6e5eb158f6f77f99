"""The improvement plan in Word: by section, by the Board's points, and each action in full."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from eocif.report_summaries import Report
from eocif.reports.plan_docx import improvement_plan
from eocif.rules.tags import PRINCIPLES
from eocif.rules.text import clean
from tests.reports import sample_plan, samples
from tests.reports.reading import everything, headings, opened, table_under, under

LATE = "4. Train two people in each community team to ask and to listen."


@cache
def written() -> Document:
    return opened(improvement_plan(sample_plan.plan()))


def of(report: Report) -> Document:
    return opened(improvement_plan(sample_plan.plan(report)))


def lines(document: Document, heading: str, *, after: str = "") -> list[str]:
    inside = under(document, heading, after=after)
    return [each.text for each in inside if isinstance(each, Paragraph)]


# --- how it stands ------------------------------------------------------------------------


def test_it_begins_with_how_the_plan_stands() -> None:
    assert lines(written(), "How the plan stands") == [
        "The plan has 8 actions: 4 not started, 2 under way, 1 done, 1 withdrawn.",
        "2 actions are past the deadline.",
        "Since last time 6 actions are new. 2 were carried over.",
    ]
    assert table_under(written(), "By section and status")[:3] == [
        ["Section", "Not started", "Under way", "Done", "Withdrawn", "All"],
        ["1 Leadership", "0", "1", "1", "0", "2"],
        ["2 Organisational culture", "1", "1", "0", "1", "3"],
    ]


@pytest.mark.covers("R43")
def test_what_is_past_its_deadline_is_told_with_days_the_longest_first() -> None:
    assert table_under(written(), "Past the deadline") == [
        ["Action", "Owner", "Deadline", "Days past it"],
        ["2. Write the plan in easy read.", "Doris Whitfield", "Wednesday 31 March 2027", "75"],
        [LATE, "Kasia Nowak", "Monday 31 May 2027", "14"],
    ]


def test_a_plan_in_time_has_nothing_past_its_deadline() -> None:
    report = sample_plan.planned()
    quiet = [replace(each, days_overdue=0) for each in report.actions[:1]]
    document = of(replace(report, actions=tuple(quiet), before=("", None)))
    assert "Past the deadline" not in headings(document)
    assert lines(document, "How the plan stands") == ["The plan has 1 action: 1 done."]


def test_one_is_told_as_one() -> None:
    report = sample_plan.planned()
    late, carried = report.actions[1], replace(report.actions[2], days_overdue=0)
    document = of(replace(report, actions=(late, carried)))
    assert lines(document, "How the plan stands")[1:] == [
        "1 action is past the deadline.",
        "Since last time 1 action is new. 1 was carried over.",
    ]


def test_a_review_without_actions_says_so() -> None:
    document = of(samples.five_members())
    assert lines(document, "How the plan stands") == ["No action has been written down yet."]
    assert "Each action in full" not in headings(document)


# --- by section, by point -----------------------------------------------------------------


@pytest.mark.covers("R41")
def test_actions_stand_by_section_with_owner_deadline_and_status() -> None:
    rows = table_under(written(), "Actions in section 2: Organisational culture")
    assert rows == [
        ["Action", "Area", "Owner", "Deadline", "Status"],
        ["2. Write the plan in easy read.", "5", "Doris Whitfield", "Wednesday 31 March 2027",
         "Under way, 75 days past the deadline"],
        ["3. Talk the plan through at each team's meeting, also at night.", "9", "Tom Okafor",
         "Friday 18 February 2028", "Not started"],
        ["5. Buy feedback terminals.", "9", "Doris Whitfield", "Thursday 30 September 2027",
         "Withdrawn"],
    ]  # fmt: skip
    named = [each for each in headings(written(), 2) if each.startswith("Actions in section")]
    assert len(named) == 5


@pytest.mark.covers("R38")
def test_every_point_of_the_boards_principles_is_there_also_without_any_action() -> None:
    for heading in PRINCIPLES:
        rows = table_under(written(), f"Principle {heading.principle}: {heading.name}")
        assert rows[0] == ["Point", "Action", "Deadline", "Status"]
        assert list(dict.fromkeys(row[0] for row in rows[1:])) == [t.name for t in heading.tags]
        for name, action, due, status in rows[1:]:
            tagged = [e for e in sample_plan.actions() if name in [tag.name for tag in e.tags]]
            assert bool(tagged) is (action != "No action yet")
            assert bool(due and status) is bool(tagged)


@pytest.mark.covers("R38")
def test_actions_without_a_point_are_listed_as_such() -> None:
    rows = table_under(written(), "Actions without a point of the Board’s")
    assert [row[0] for row in rows[1:]] == [
        "3. Talk the plan through at each team's meeting, also at night."
    ]
    tagged = replace(sample_plan.planned(), actions=sample_plan.actions()[:1])
    assert "Actions without a point of the Board’s" not in headings(of(tagged))


@pytest.mark.covers("R40")
def test_who_it_is_for_and_what_about_their_experience_can_be_read_by_tag() -> None:
    rows = table_under(written(), "Who it is for")
    assert [row[:2] for row in rows[1:]] == [
        ["People with the poorest experience", "7. Ask people who left before they were seen."],
        ["Unpaid carers", "6. Bring unpaid carers' words to the quality committee."],
        ["Staff and volunteers", LATE],
        ["People with a learning disability", "2. Write the plan in easy read."],
        ["Vulnerable children and young people",
         "3. Talk the plan through at each team's meeting, also at night."],
    ]  # fmt: skip
    assert len(table_under(written(), "What about their experience")) == 3


# --- in full ------------------------------------------------------------------------------


def test_an_action_in_full_has_its_facts_its_changed_deadlines_and_its_progress() -> None:
    assert lines(written(), LATE) == [
        "Status: Under way, 14 days past the deadline.", "Owner: Kasia Nowak",
        "Deadline: Monday 31 May 2027", "How we will measure it: Ask 50 people in each clinic.",
        "Tags: Working with people who have lived experience, and with staff; "
        "Improving staff experience; Staff and volunteers",
    ]  # fmt: skip
    assert lines(written(), "Changed deadlines", after=LATE) == [
        "Thursday 1 April 2027 became Monday 31 May 2027 on Tuesday 30 March 2027, "
        "by Tom Okafor. The trainer was ill."
    ]
    told = lines(written(), "Progress and evidence", after=LATE)
    assert told[0].startswith("Note, Monday 12 April 2027, Kasia Nowak: Four teams are trained.")
    assert told[1].endswith(
        "The list of courses.\nnorthmoor.example.org: "
        "https://northmoor.example.org/training/2027.pdf"
    )
    assert told[2].startswith("Taken up again, Wednesday 12 May 2027, Tom Okafor: Two teams")


def test_what_became_of_an_action_is_told() -> None:
    done = lines(written(), "1. Put a “you said, we did” board on every ward and in every clinic.")
    assert "Status: Done on Thursday 20 May 2027." in done
    assert "What changed for people: People see what became of it." in done
    withdrawn = lines(written(), "5. Buy feedback terminals.")
    assert "Why it was withdrawn: No money this year." in withdrawn
    carried = lines(written(), "2. Write the plan in easy read.")
    assert carried[-1] == "Carried over from the review before."


@pytest.mark.covers("R71")
def test_an_action_that_collects_data_says_what_was_looked_at_first() -> None:
    told = lines(written(), "7. Ask people who left before they were seen.")
    assert (
        "Existing evidence that we looked at before collecting new data: "
        "Complaints and calls to PALS of two years."
    ) in told
    assert "Existing evidence" not in "".join(lines(written(), LATE))


def test_what_is_still_to_be_said_of_an_action_is_told_as_missing() -> None:
    report = sample_plan.planned()
    bare = replace(report.actions[-1], measure="")
    document = of(replace(report, actions=(bare,)))
    told = lines(document, "8. Share what we learn with the other trusts.")
    assert told[1:4] == [
        "Owner: Nobody yet", "Deadline: Not set yet",
        "How we will measure it: Nothing was written here.",
    ]  # fmt: skip


def test_a_deadline_taken_away_and_nobody_named_is_told() -> None:
    report = sample_plan.planned()
    (moved,) = report.actions[1].moved
    bare = replace(moved, after=None, by="", because="", on=date(2027, 3, 1))
    document = of(replace(report, actions=(replace(report.actions[1], moved=(bare,)),)))
    assert lines(document, "Changed deadlines") == [
        "Thursday 1 April 2027 became no deadline on Monday 1 March 2027."
    ]


def test_who_leads_the_review_is_named_where_it_may_be() -> None:
    text = everything(written())
    for words in ("Experience of care lead: Amina Yusuf", "Executive lead: Ruth Hollis",
                  "Reports to: Quality committee"):  # fmt: skip
        assert words in text
    assert "Executive lead:" not in everything(of(samples.five_members()))


def test_hostile_words_of_an_action_print_as_they_are() -> None:
    text = everything(of(sample_plan.hostile()))
    for words in samples.HOSTILE:
        for line in clean(words).split("\n"):
            assert line.strip() in text
