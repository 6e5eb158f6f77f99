"""Giving an answer: levels, words, evidence, and what is kept when something cannot be taken."""

from datetime import UTC, datetime, timedelta

import pytest

from eocif import forms, views, weeks
from eocif.database import Database
from eocif.errors import NotFound, NotYours
from eocif.models import AuditEvent, Evidence, Rating, View
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif.summaries import Feedback, Place
from tests import builders
from tests.builders import MONDAY, SMALL, World

NOW = at(MONDAY, 10)


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Areas 2 and 3 are open; 2 has three statements, 3 has two."""
    return builders.opened(database, now, scope=SMALL)


def _status(world: World, who: str = "grace") -> list[tuple[int, str, int]]:
    week = world.do(weeks.week, who, place=Place(world.review_id, (2, 3)), now=NOW)
    return [(each.area.number, each.status, each.rated) for each in week.areas]


# --- levels ---------------------------------------------------------------------------------


@pytest.mark.covers("R19")
def test_a_half_filled_step_is_saved_as_it_is(world: World) -> None:
    assert world.rate("grace", 2, {"2a": "excelling", "2b": ""}, NOW) == Feedback()
    form = world.form("grace", 2, NOW)
    assert (form.choices, form.answered) == ({"2a": "excelling"}, False)
    assert _status(world) == [(2, "part done", 1), (3, "to do", 0)]


def test_a_press_that_arrives_again_is_one_event_in_the_trail(world: World) -> None:
    for _press in range(3):
        world.rate("grace", 2, {"2a": "excelling"}, NOW)
    assert len(world.rows(AuditEvent, AuditEvent.event == "answer saved")) == 1


def test_an_area_is_answered_when_every_statement_has_a_choice(world: World) -> None:
    world.rate("grace", 2, {"2a": "excelling"}, NOW)
    world.rate("grace", 2, {"2b": "dont_know", "2c": "not_applicable"}, NOW)
    assert world.form("grace", 2, NOW).answered
    assert _status(world) == [(2, "answered", 3), (3, "to do", 0)]


@pytest.mark.covers("R20")
def test_i_do_not_know_is_kept_apart_from_no_answer(world: World) -> None:
    world.rate("grace", 3, {"3a": "dont_know"}, NOW)
    assert world.form("grace", 3, NOW).choices == {"3a": "dont_know"}
    assert [row.choice for row in world.rows(Rating)] == ["dont_know"]


def test_a_choice_that_no_card_offers_is_said_and_the_others_are_saved(world: World) -> None:
    said = world.rate("grace", 2, {"2a": "brilliant", "2b": "achieving", "9z": "achieving"}, NOW)
    sentence = "We could not read the choice for 2a. Choose one from the list."
    assert said.problems == {"level_2a": sentence}
    assert said.typed == {"level_2a": "brilliant"}
    assert world.form("grace", 2, NOW).choices == {"2b": "achieving"}


def test_a_press_delivered_three_times_stores_one_answer(world: World) -> None:
    place, shown = world.place(2), {"2a": forms.digest("")}
    for _press in range(3):
        said = world.do(
            views.save_levels, "grace", place=place, levels={"2a": "achieving"}, shown=shown,
            now=NOW,
        )  # fmt: skip
        assert said == Feedback()
    assert len(world.rows(Rating)) == len(world.rows(View)) == 1


@pytest.mark.covers("R22")
@pytest.mark.covers("R23")
@pytest.mark.covers("R09")
def test_chosen_levels_call_for_words_naming_the_letters(world: World, now: datetime) -> None:
    choices = {"2a": "excelling", "2b": "achieving", "2c": "excelling"}
    world.rate("grace", 2, choices, NOW)
    assert world.form("grace", 2, NOW).called_for == {
        "excelling": ("2a", "2c"), "achieving": ("2b",),
    }  # fmt: skip
    world.rate("grace", 2, {"2a": "not_applicable", "2b": "progressing", "2c": "dont_know"}, NOW)
    assert world.form("grace", 2, NOW).called_for == {"not_applicable": ("2a",)}


@pytest.mark.covers("R09")
def test_without_a_pals_13a_to_13c_are_not_applicable_with_a_reason(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope={"3": "13"})
    world.rate("kasia", 13, dict.fromkeys(("13a", "13b", "13c"), "not_applicable"), NOW)
    world.write("kasia", 13, NOW, not_applicable="We have no such service.")
    form = world.form("kasia", 13, NOW)
    assert form.called_for == {"not_applicable": ("13a", "13b", "13c")}
    assert form.words["not_applicable"] == "We have no such service."
    assert [bool(each.where_provided) for each in form.area.indicators] == [True] * 3 + [False] * 5


# --- words ----------------------------------------------------------------------------------


@pytest.mark.covers("R19")
def test_the_questions_and_what_was_called_for_are_saved(world: World) -> None:
    said = world.write(
        "grace", 2, NOW, where_now="We are heard.", what_good="Always.", what_do="Ask.",
        excelling="Fewer complaints.", achieving="None.", not_applicable="",
    )  # fmt: skip
    assert said == Feedback()
    assert world.form("grace", 2, NOW).words == {
        "where_now": "We are heard.", "what_good": "Always.", "what_do": "Ask.",
        "excelling": "Fewer complaints.", "achieving": "None.", "not_applicable": "",
    }  # fmt: skip
    assert world.form("grace", 2, NOW).saved_at == NOW


def test_an_empty_field_never_erases(world: World) -> None:
    world.write("grace", 2, NOW, where_now="We are heard.")
    world.write("grace", 2, NOW, where_now="", what_good="Always.")
    assert world.form("grace", 2, NOW).words["where_now"] == "We are heard."


def test_words_over_the_limit_are_kept_whole_and_shown_back_with_the_number_to_cut(
    world: World,
) -> None:
    long = "é" * 2012
    said = world.write("grace", 2, NOW, where_now=long, what_good="Short.")
    assert said.problems == {
        "where_now": "“Where are we now?” is 12 characters too long. The most is 2,000. "
        "All of it is still here. Cut it and save again."
    }
    assert said.typed == {"where_now": long}
    form = world.form("grace", 2, NOW)
    assert (form.kept, form.words["where_now"]) == ({"where_now": long}, "")
    assert form.words["what_good"] == "Short."
    world.write("grace", 2, NOW, where_now=long[:2000])
    form = world.form("grace", 2, NOW)
    assert (form.kept, form.words["where_now"]) == ({}, long[:2000])


# --- changing -------------------------------------------------------------------------------


def test_an_answer_can_be_changed_until_the_round_closes(world: World) -> None:
    world.rate("grace", 3, "achieving", NOW)
    first = world.rows(View)[0].answered_at
    world.rate("grace", 3, {"3a": "progressing"}, NOW + timedelta(days=2))
    assert world.form("grace", 3, NOW).choices == {"3a": "progressing", "3b": "achieving"}
    assert world.rows(View)[0].answered_at == first


def test_a_stale_card_is_merged_and_says_what_differs(world: World) -> None:
    shown = {"where_now": forms.digest(""), "what_good": forms.digest("")}
    world.write("grace", 2, NOW, where_now="From my phone.")
    said = world.do(
        views.save_words, "grace", place=world.place(2), offered=Offered(), shown=shown, now=NOW,
        words={"where_now": "From my laptop.", "what_good": "Both."},
    )  # fmt: skip
    form = world.form("grace", 2, NOW)
    assert (form.words["where_now"], form.words["what_good"]) == ("From my phone.", "Both.")
    [differs] = said.differs
    assert (differs.field, differs.label) == ("where_now", "Where are we now?")
    assert (differs.stored, differs.typed) == ("From my phone.", "From my laptop.")
    assert (said.is_problem, said.typed) == (True, {"where_now": "From my laptop."})
    assert world.write("grace", 2, NOW, where_now="From my laptop.") == Feedback()


def test_a_level_that_moved_since_it_was_shown_is_not_overwritten(world: World) -> None:
    world.rate("grace", 2, {"2a": "achieving"}, NOW)
    said = world.do(
        views.save_levels, "grace", place=world.place(2), levels={"2a": "progressing"},
        shown={"2a": forms.digest("")}, now=NOW,
    )  # fmt: skip
    assert [(each.field, each.label) for each in said.differs] == [("level_2a", "Area 2a")]
    assert said.typed == {"level_2a": "progressing"}
    assert world.form("grace", 2, NOW).choices == {"2a": "achieving"}


# --- clearing and withdrawing ---------------------------------------------------------------


def _clear(world: World, *what: str, now: datetime = NOW) -> Feedback:
    return world.do(views.clear, "grace", place=world.place(2), what=what, now=now)


def test_parts_of_an_answer_can_be_cleared(world: World) -> None:
    world.rate("grace", 2, "achieving", NOW)
    world.write("grace", 2, NOW, where_now="Here.", what_do="Ask.", offered=_story())
    [evidence] = world.form("grace", 2, NOW).evidence
    said = _clear(
        world, "where_now", "level_2b", f"evidence_{evidence.id}", "evidence_x", "hat",
        "evidence_" + "9" * 30,
    )  # fmt: skip
    assert said == Feedback("We cleared what you chose. The rest of your answer is kept.")
    form = world.form("grace", 2, NOW)
    assert (form.words["where_now"], form.words["what_do"]) == ("", "Ask.")
    assert (set(form.choices), form.evidence, form.answered) == ({"2a", "2c"}, (), False)


def test_nobody_can_clear_the_evidence_of_another(world: World) -> None:
    world.write("tom", 2, NOW, offered=_story())
    world.write("grace", 2, NOW, where_now="Here.")
    [evidence] = world.form("tom", 2, NOW).evidence
    _clear(world, f"evidence_{evidence.id}")
    assert world.form("tom", 2, NOW).evidence == (evidence,)


def test_where_there_is_no_answer_there_is_nothing_to_clear_or_withdraw(world: World) -> None:
    assert _clear(world, "where_now") == Feedback("There is no answer to clear yet.")
    said = world.do(views.withdraw, "grace", place=world.place(2), now=NOW)
    assert said == Feedback("There was no answer to withdraw.")


def test_a_withdrawn_answer_is_gone_not_asked_for_again_and_may_be_given_again(
    world: World,
) -> None:
    world.rate("grace", 2, "achieving", NOW)
    world.rate("grace", 3, "achieving", NOW)
    world.write("grace", 2, NOW, where_now="Here.", offered=_story())
    said = world.do(views.withdraw, "grace", place=world.place(2), now=NOW)
    assert said == Feedback(
        "Your answer to this area is withdrawn. We deleted its levels and words."
    )
    form = world.form("grace", 2, NOW)
    assert (form.choices, form.evidence, form.withdrawn) == ({}, (), True)
    assert set(form.words.values()) == {""}
    assert _status(world) == [(2, "withdrawn", 0), (3, "answered", 2)]
    world.live(datetime(2027, 1, 18, 9, tzinfo=UTC))
    assert len(world.unasked("grace")) == 1

    world.rate("grace", 2, "progressing", NOW)
    assert not world.form("grace", 2, NOW).withdrawn
    assert _status(world)[0] == (2, "answered", 3)


# --- evidence -------------------------------------------------------------------------------


def _story(nonce: str = "n1", **changes: str) -> Offered:
    given = {"source": "story", "kind": "qualitative", "evidence": "A carer told us.", **changes}
    return Offered(nonce=nonce, **given)


@pytest.mark.covers("R25")
def test_evidence_names_its_source_and_several_can_be_attached(world: World) -> None:
    world.write("grace", 2, NOW, offered=_story())
    survey = Offered("n2", "survey", "quantitative", "", "https://www.example.nhs.uk/a b?x=1")
    assert world.write("grace", 2, NOW, offered=survey).problems.keys() == {"link"}
    survey = Offered("n2", "survey", "quantitative", "", "https://www.example.nhs.uk/a?x=1")
    assert world.write("grace", 2, NOW, offered=survey) == Feedback()
    shown = [(each.source, each.kind, each.text, each.link)
             for each in world.form("grace", 2, NOW).evidence]  # fmt: skip
    assert shown == [
        ("Someone’s story", "qualitative", "A carer told us.", ""),
        ("Survey", "quantitative", "", "https://www.example.nhs.uk/a?x=1"),
    ]


def test_a_press_that_arrives_again_stores_its_evidence_once(world: World) -> None:
    for _press in range(3):
        world.write("grace", 2, NOW, offered=_story())
    assert len(world.rows(Evidence)) == 1


def test_other_evidence_from_a_card_that_teams_brought_back_is_not_lost(world: World) -> None:
    world.write("grace", 2, NOW, offered=_story())
    world.write("grace", 2, NOW, offered=_story(evidence="A second carer told us."))
    assert [row.text for row in world.rows(Evidence)] == [
        "A carer told us.", "A second carer told us.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "begins"),
    [
        ({"source": "gossip"}, "source", "Choose where this evidence comes from."),
        ({"kind": ""}, "kind", "Choose whether this evidence is in words or in numbers."),
        ({"evidence": "x" * 2001}, "evidence", "“Evidence” is 1 character too long."),
        ({"link": "http://www.nhs.uk/"}, "link", "This link does not start with https."),
        ({"link": "https://me:pw@nhs.uk/"}, "link", "We cannot take this link."),
        ({"link": "https://10.0.0.1/"}, "link", "We cannot take this link."),
        ({"link": "javascript:alert(1)"}, "link", "We cannot take this link."),
    ],
)
def test_evidence_that_cannot_be_taken_is_kept_whole(
    changes: dict[str, str], field: str, begins: str, world: World
) -> None:
    offered = _story(**changes)
    said = world.write("grace", 2, NOW, offered=offered, where_now="This is saved.")
    assert said.problems.keys() == {field}
    assert said.problems[field].startswith(begins)
    form = world.form("grace", 2, NOW)
    assert (form.kept, form.evidence) == (offered.typed(), ())
    assert said.typed == offered.typed()
    assert form.words["where_now"] == "This is saved."

    world.write("grace", 2, NOW, offered=_story("n9"))
    form = world.form("grace", 2, NOW)
    assert (form.kept, len(form.evidence)) == ({}, 1)


def test_a_source_and_kind_alone_are_no_evidence(world: World) -> None:
    said = world.write("grace", 2, NOW, offered=Offered("n", "story", "qualitative"))
    assert (said, world.rows(Evidence)) == (Feedback(), [])


# --- whose answer ---------------------------------------------------------------------------


def test_an_area_out_of_scope_or_of_no_review_is_not_found(world: World) -> None:
    for place in (
        Place(world.review_id, (), 4),
        Place(world.review_id, (), 2**80),
        Place(world.review_id + 1, (), 2),
        Place(2**80, (), 2),
    ):
        with pytest.raises(NotFound):
            world.do(forms.area_form, "grace", place=place, now=NOW)


def test_who_is_not_in_the_group_is_told_so(world: World) -> None:
    with pytest.raises(NotYours) as refused:
        world.rate("joan", 2, "achieving", NOW)
    assert refused.value.sentence == (
        "This card is for someone else. Nothing was changed. "
        "Type “my areas” to see what is open for you."
    )


def test_a_card_pages_through_its_message_in_place(world: World) -> None:
    place = Place(world.review_id, (2, 3), 3)
    form = world.do(forms.area_form, "grace", place=place, now=NOW)
    assert (form.position, form.left, form.section.number, form.minutes) == (2, (2,), 1, 2)
    other = world.do(forms.area_form, "grace", place=Place(world.review_id, (2,), 3), now=NOW)
    assert other.position == 1
