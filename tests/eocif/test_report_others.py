"""What a report says of other reviews, of areas opened again, of groups, and of the plan."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from eocif import audit, sign_off
from eocif.database import Database
from eocif.models import Conclusion, Member, Person, Review, ReviewArea
from eocif.rules.visibility import Version
from tests.builders import World
from tests.reported import MADE_AT, area_of, report_of
from tests.to_the_end import signed_off


def _other(world: World, levels: Mapping[str, str], **more: Any) -> int:
    """Another review, signed off long ago, whose statements ended so; its id."""
    with world.database.transaction() as session:
        tenant_id = more.get("tenant_id", world.sample.tenant_id)
        review = Review(
            **{"tenant_id": tenant_id, "nonce": str(more), "edition": "2025-02-18",
               "lead_id": world.actors["amina"].person_id, "title": "Review of 2024",
               "state": "signed_off", "created_at": MADE_AT, "baseline_on": date(2024, 6, 14)}
            | more
        )  # fmt: skip
        session.add(review)
        session.flush()
        for number in sorted({int(code.rstrip("abcdefgh")) for code in levels}):
            area = ReviewArea(tenant_id=tenant_id, review_id=review.id or 0, number=number,
                              state="concluded", closed_at=MADE_AT, round=2)  # fmt: skip
            session.add(area)
            session.flush()
            session.add_all(
                Conclusion(
                    area_id=area.id or 0, code=code, tenant_id=tenant_id, verdict="agreed",
                    level="" if level == "not_agreed" else level,
                    origin="not_agreed" if level == "not_agreed" else "agreed",
                    confirmed_by=review.lead_id, confirmed_at=MADE_AT,
                )
                for code, level in levels.items() if code.startswith(str(number))
            )  # fmt: skip
        return review.id or 0


def _set(world: World, **values: Any) -> None:
    with world.database.transaction() as session:
        review = session.get_one(Review, world.review_id)
        for field, value in values.items():
            setattr(review, field, value)


@pytest.mark.covers("R44")
def test_last_times_levels_stand_beside_where_the_same_was_rated(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    levels = {"2a": "progressing", "3a": "not_agreed", "9a": "achieving"}
    _set(world, before_id=_other(world, levels))
    report = report_of(world)
    assert report.before == ("Review of 2024", date(2024, 6, 14))
    before = {each.statement.code: each.before for area in report.areas for each in area.statements}
    assert before == {"2a": "progressing", "2b": "", "2c": "", "3a": "not_agreed", "3b": ""}
    for unlike in (
        {"rating_unit": "area"}, {"edition": "2031-01-01"}, {"tenant_id": "another tenant"},
    ):  # fmt: skip
        _set(world, before_id=_other(world, levels, **unlike))
        report = report_of(world)
        assert report.before == ("", None)
        assert not any(each.before for area in report.areas for each in area.statements)


@pytest.mark.covers("R45")
def test_a_divisions_review_is_attached_with_its_numbers_by_section(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    theirs = _other(world, {"10a": "achieving", "10b": "achieving", "15a": "not_agreed"},
                    division="Surgery", title="Surgery 2024")  # fmt: skip
    stranger = _other(world, {"1a": "excelling"}, tenant_id="another tenant")
    _set(world, attached=[theirs, stranger])
    (each,) = report_of(world, Version.BOARD).attached
    assert (each.title, each.division, each.signed_off_on) == (
        "Surgery 2024", "Surgery", date(2024, 6, 14),
    )  # fmt: skip
    assert each.scope == "area 10 of section 3 (Collecting feedback); area 15 of section 4 " + (
        "(Analysing feedback)"
    )
    assert [(section.number, dict(counts)) for section, counts in each.sections] == [
        (3, {"achieving": 2, "not_yet": 4}), (4, {"not_agreed": 1, "not_yet": 4}),
    ]  # fmt: skip
    assert report_of(world, Version.PUBLIC).attached == ()


def test_a_divisions_review_of_whole_areas_says_what_its_numbers_count(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    theirs = _other(world, {"10": "achieving"}, division="Surgery", rating_unit="area")
    _set(world, attached=[theirs])
    (each,) = report_of(world, Version.ICB).attached
    assert each.scope == "area 10 of section 3 (Collecting feedback), each rated as a whole"
    assert [dict(counts) for _, counts in each.sections] == [{"achieving": 1}]


def test_an_area_opened_again_says_so_with_the_levels_it_had(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    world.on_review(sign_off.reopen, number=3, reason="A coroner wrote to us.", now=MADE_AT)
    report = report_of(world)
    (again,) = area_of(report, 3).reopened
    assert (again.on, again.because) == (MADE_AT.date(), "A coroner wrote to us.")
    assert again.levels == {"3a": "achieving", "3b": "achieving"}
    assert area_of(report, 3).words == {}
    assert report.method.changes == ("Area 3 was opened again on Wednesday 27 January 2027.",)
    (to_public,) = area_of(report_of(world, Version.PUBLIC), 3).reopened
    assert (to_public.on, to_public.because) == (MADE_AT.date(), "")


@pytest.mark.covers("R63")
def test_what_is_not_provided_here_is_named_with_its_reason(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    adaptation = {"not_applicable": {"2c": "We train nobody."}}
    _set(world, adaptation=adaptation)
    area = area_of(report_of(world), 2)
    assert [each.statement.code for each in area.statements] == ["2a", "2b"]
    assert [(each.code, why) for each, why in area.not_applicable] == [("2c", "We train nobody.")]
    (left_out,) = area_of(report_of(world, Version.PUBLIC), 2).not_applicable
    assert left_out[1] == ""


# --- groups of three and more -------------------------------------------------------------


def _speak_from(world: World, perspective: str, *who: str) -> None:
    with world.database.transaction() as session:
        for key in who:
            session.get_one(Member, world.members[key]).perspectives = [perspective]


def _join(world: World, perspective: str, people: int) -> None:
    """People join the group after everything was answered."""
    with world.database.transaction() as session:
        for number in range(people):
            person = Person(tenant_id=world.sample.tenant_id, name=f"{perspective} {number}")
            session.add(person)
            session.flush()
            session.add(
                Member(
                    tenant_id=person.tenant_id, review_id=world.review_id, person_id=person.id or 0,
                    perspectives=[perspective], joined_at=MADE_AT,
                )
            )  # fmt: skip


def test_a_perspective_of_three_stands_under_its_own_name(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    _speak_from(world, "service_leads_and_staff", "kasia", "des", "peter")
    report = report_of(world)
    assert report.method.participants == (
        ("Service leads, clinical, administrative and support staff", 3),
        ("Other perspectives", 6),
    )
    assert [each.short for each in area_of(report, 2).draws_on] == [
        "Other perspectives", "Service leads and staff",
    ]  # fmt: skip


def test_silence_is_told_of_perspectives_of_three_and_more_but_in_full_to_the_lead(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    _join(world, "volunteers", 3)
    _join(world, "icb_and_partners", 1)
    report = report_of(world)
    assert [each.key for each in report.method.silent] == ["volunteers"]
    found = {}
    for version in (Version.BOARD, Version.LEAD):
        result = area_of(report_of(world, version), 2).result
        assert result
        found[version] = [each.key for each in result.silent]
    assert found[Version.BOARD] == ["volunteers"]
    assert found[Version.LEAD] == ["icb_and_partners", "volunteers"]
    assert area_of(report, 2).did_not_respond == 9  # who came later was not asked


# --- what differed from the plan ----------------------------------------------------------


def _note(world: World, number: int, event: str, **detail: Any) -> None:
    with world.database.transaction() as session:
        audit.record(
            session, event, tenant_id=world.sample.tenant_id, now=MADE_AT,
            review_id=world.review_id, subject=f"area:{number}", **detail,
        )  # fmt: skip


def test_rounds_closed_early_and_drafts_sent_once_more_are_told_together(
    database: Database, now: datetime
) -> None:
    world = signed_off(database, now)
    for number, on in ((2, "2027-01-20"), (3, "2027-01-21"), (3, "2027-01-20")):
        _note(world, number, "round closes early", round=2, on=on)
    with world.database.transaction() as session:
        for area in (world.area(2), world.area(3)):
            session.get_one(ReviewArea, area.id).round = 3
    assert report_of(world).method.changes == (
        "Round 2 of areas 2 and 3 was closed early, on Wednesday 20 January 2027.",
        "The draft of areas 2 and 3 went round once more.",
    )
