"""What reports say besides: references, a 2018 self-assessment, reviews of divisions."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from eocif import report_facts
from eocif.database import Database
from eocif.errors import NotYours
from eocif.models import AuditEvent, Review
from eocif.round_summaries import ReportFacts
from eocif.summaries import Feedback
from tests import builders
from tests.builders import SMALL, World


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """A running review, and four others of the provider."""
    world = builders.started(database, now, scope=SMALL)
    _other(world, now, title="Surgery 2026", division="Surgery", state="signed_off")
    _other(world, now, title="Medicine 2026", division="Medicine", state="signed_off")
    _other(world, now, title="Trust 2026", state="signed_off")
    _other(world, now, title="Theatres 2027", division="Theatres", state="collecting")
    _other(world, now, title="Elsewhere", division="Surgery", state="signed_off", tenant_id="t2")
    return world


SURGERY, MEDICINE, TRUST, THEATRES, ELSEWHERE = range(2, 7)


def _other(world: World, now: datetime, **fields: str) -> None:
    mine = world.rows(Review)[0]
    wanted = {"tenant_id": mine.tenant_id, "nonce": fields["title"], **fields}
    with world.database.transaction() as session:
        session.add(Review(edition=mine.edition, lead_id=mine.lead_id, created_at=now, **wanted))


def _facts(world: World, now: datetime) -> ReportFacts:
    return world.on_review(report_facts.facts, now=now)


def _save(
    world: World, now: datetime, shown: Mapping[str, str] | None = None, **posted: str
) -> Feedback:
    """As a card that is fresh from the server sends it, unless `shown` says otherwise."""
    seen = _facts(world, now)
    wanted = {"attached": seen.values["attached"], **posted}
    return world.on_review(
        report_facts.save, posted=wanted, shown=seen.shown if shown is None else shown, now=now
    )


def _review(world: World) -> Review:
    return world.rows(Review, Review.id == world.review_id)[0]


# --- references -------------------------------------------------------------------------------


@pytest.mark.covers("R53")
def test_references_to_safety_and_effectiveness_measures_are_recorded(
    world: World, now: datetime
) -> None:
    said = _save(world, now, safety_reference="PSIRF report", effectiveness_reference="Audit 7")
    assert (said.notice, said.is_problem) == ("Saved. The next reports say this.", False)
    review = _review(world)
    assert (review.safety_reference, review.effectiveness_reference) == ("PSIRF report", "Audit 7")
    values = _facts(world, now).values
    assert (values["safety_reference"], values["attached"]) == ("PSIRF report", "")


def test_an_empty_box_erases_nothing_and_the_word_none_empties_it(
    world: World, now: datetime
) -> None:
    _save(world, now, safety_reference="PSIRF report", predecessor_1="Strong.")
    _save(world, now, safety_reference="", predecessor_1="")
    assert _review(world).safety_reference == "PSIRF report"
    _save(world, now, safety_reference="None", predecessor_1="none")
    assert (_review(world).safety_reference, _review(world).predecessor) == ("", {})


def test_the_same_press_come_again_says_the_same_and_changes_nothing(
    world: World, now: datetime
) -> None:
    _save(world, now, safety_reference="PSIRF report")
    for posted in ({"safety_reference": "none"}, {"safety_reference": "Another"}):
        shown = _facts(world, now).shown
        first, second = (_save(world, now, shown, **posted) for _press in range(2))
        assert first == second == Feedback("Saved. The next reports say this.")
    assert len(_changes(world)) == 3


def _changes(world: World) -> list[AuditEvent]:
    return world.rows(AuditEvent, AuditEvent.event == "report facts changed")


# --- 2018 -------------------------------------------------------------------------------------


@pytest.mark.covers("R58")
def test_a_2018_self_assessment_is_recorded_under_its_own_headings(
    world: World, now: datetime
) -> None:
    _save(world, now, predecessor_5="Quarterly.", predecessor_1="Strong.")
    assert _review(world).predecessor == {"Leadership": "Strong.", "Reporting": "Quarterly."}
    facts = _facts(world, now)
    assert facts.headings[3] == "Analysis and triangulation"
    assert (facts.values["predecessor_5"], facts.values["predecessor_2"]) == ("Quarterly.", "")


def test_what_is_too_long_stays_on_the_card_and_the_rest_is_saved(
    world: World, now: datetime
) -> None:
    said = _save(world, now, predecessor_1="x" * 2_001, predecessor_2="Open.", unknown="ignored")
    assert list(said.problems) == ["predecessor_1"]
    assert said.typed == {"predecessor_1": "x" * 2_001}
    assert _review(world).predecessor == {"Organisational culture": "Open."}


def test_what_changed_elsewhere_is_shown_and_not_overwritten(world: World, now: datetime) -> None:
    old = _facts(world, now).shown
    _save(world, now, predecessor_1="Theirs.", attached=str(SURGERY))
    said = _save(world, now, old, predecessor_1="Mine.", attached=f"{MEDICINE},{SURGERY}")
    assert {each.label: (each.stored, each.typed) for each in said.differs} == {
        "Leadership": ("Theirs.", "Mine."),
        "Reviews of divisions": (
            "Surgery 2026, Surgery", "Surgery 2026, Surgery; Medicine 2026, Medicine",
        ),
    }  # fmt: skip
    assert said.typed["predecessor_1"] == "Mine."
    assert _review(world).predecessor == {"Leadership": "Theirs."}


# --- reviews of divisions ---------------------------------------------------------------------


@pytest.mark.covers("R45")
def test_signed_off_reviews_of_divisions_can_be_attached(world: World, now: datetime) -> None:
    assert _facts(world, now).candidates == (
        (MEDICINE, "Medicine 2026, Medicine"), (SURGERY, "Surgery 2026, Surgery"),
    )  # fmt: skip
    _save(world, now, attached=f"{MEDICINE},{SURGERY}")
    assert _review(world).attached == [SURGERY, MEDICINE]
    assert _facts(world, now).values["attached"] == f"{SURGERY},{MEDICINE}"


@pytest.mark.parametrize("other", [TRUST, THEATRES, ELSEWHERE, 1, 99])
def test_no_other_review_can_be(world: World, now: datetime, other: int) -> None:
    said = _save(world, now, attached=str(other))
    assert said.problems == {
        "attached": "One of these reviews cannot be attached. Choose from the list."
    }
    assert _review(world).attached == []


def test_unticking_all_of_them_attaches_none_any_more(world: World, now: datetime) -> None:
    _save(world, now, attached=f"{SURGERY}")
    shown = _facts(world, now).shown
    _save(world, now, attached="")
    assert _review(world).attached == []
    said = _save(world, now, shown, attached=f"{MEDICINE}")
    assert [(each.stored, each.typed) for each in said.differs] == [
        ("none", "Medicine 2026, Medicine")
    ]


def test_one_that_is_opened_again_meanwhile_stays_attached_until_it_is_unticked(
    world: World, now: datetime
) -> None:
    _save(world, now, attached=f"{SURGERY}")
    with world.database.transaction() as session:
        session.get_one(Review, SURGERY).state = "collecting"
    assert SURGERY in dict(_facts(world, now).candidates)
    _save(world, now, safety_reference="PSIRF report")
    assert _review(world).attached == [SURGERY]
    _save(world, now, attached=f"{MEDICINE}")
    assert _review(world).attached == [MEDICINE]


# --- who --------------------------------------------------------------------------------------


def test_only_the_reviews_lead_says_what_reports_say(world: World, now: datetime) -> None:
    for who in ("tom", "grace", "joan"):
        with pytest.raises(NotYours):
            world.on_review(report_facts.facts, who, now=now)
        with pytest.raises(NotYours):
            world.on_review(report_facts.save, who, posted={}, shown={}, now=now)


def test_the_trail_names_fields_and_holds_no_words(world: World, now: datetime) -> None:
    _save(world, now, predecessor_1="Zwetschgendatschi", safety_reference="PSIRF report")
    [event] = _changes(world)
    assert event.detail == {"fields": ["predecessor_1", "safety_reference"]}
