"""No number that anyone is shown stands for one or two people, or for what sets two apart."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import Session, col, delete, select

from cards import confirm
from eocif import area_work, conclusions, confirmations, exports, packs, reporting, results
from eocif.access import area_of
from eocif.database import Database
from eocif.errors import NotNow
from eocif.models import Member, Rating, Review, ReviewArea, View
from eocif.people import known
from eocif.report_summaries import Report
from eocif.results import TakingPart
from eocif.rules.dates import at
from eocif.rules.perspectives import PERSPECTIVES, Voice, perspective
from eocif.rules.progress import AreaState
from eocif.rules.spread import SMALLEST, TOO_FEW
from eocif.rules.visibility import Version
from tests import builders
from tests.after_the_close import NEXT_MORNING, sent
from tests.builders import MONDAY, World
from tests.cards.harness import read
from tests.confirming import form as draft_form
from tests.reports.reading import everything, opened

NOON = at(MONDAY, 12)
BY_CALENDAR = date(2027, 1, 25)
MORNING_AFTER = at(date(2027, 1, 26), 10)
ROUND_2_OPEN = at(date(2027, 2, 1), 10)
ROUND_2_CLOSES = at(date(2027, 2, 8), 17, 15)
NEVER = 0
KEYS = [each.key for each in PERSPECTIVES]
LIVED = {each.key for each in PERSPECTIVES if each.voice is Voice.LIVED_EXPERIENCE}
STATES = (AreaState.DRAFTING, AreaState.CONCLUDING, AreaState.CONCLUDED)


class Person(NamedTuple):
    """A member as a property test makes them: the round in which they first took part."""

    perspective: str
    since: int
    is_recorded: bool


SINCE = st.sampled_from([1, 1, 1, 2, 3, NEVER])
PEOPLE = st.lists(
    st.builds(Person, st.sampled_from(KEYS), SINCE, st.booleans()), min_size=9, max_size=9
)


@pytest.fixture(scope="module")
def group(sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Nine members, and two areas without an answer."""
    path = tmp_path_factory.mktemp("groups") / "eocif.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield builders.opened(database, at(date(2027, 1, 7), 10), scope=builders.SMALL)
    database.close()


# --- numbers over the rounds of an area ---------------------------------------------------------


def _answer(session: Session, world: World, people: list[Person]) -> dict[int, Person]:
    """Each of the members speaks from a perspective, and takes part from some round on."""
    area = area_of(session, review_id=world.review_id, number=2)
    members = session.exec(select(Member).where(Member.review_id == world.review_id)).all()
    for table in (Rating, View):
        session.exec(delete(table).where(col(table.area_id) == area.id))
    common: dict[str, Any] = {"tenant_id": area.tenant_id, "area_id": known(area.id)}
    for member, one in zip(members, people, strict=True):
        member.perspectives = [one.perspective]
        session.add(member)
        who = {"member_id": known(member.id), "updated_at": NOON, **common}
        if one.is_recorded:
            session.add(View(given_by=world.actors["tom"].person_id, **who))
        if one.since != NEVER:
            session.add(Rating(round=one.since, code="2a", choice="achieving", **who))
    session.flush()
    return {known(member.id): one for member, one in zip(members, people, strict=True)}


def _after(session: Session, world: World, number: int) -> TakingPart:
    """Who took part once that round has closed, and how they are cut into groups."""
    area = _moved(session, world, number)
    review = session.get_one(Review, world.review_id)
    return results.taking_part(session, review=review, areas=[area])[2]


def _moved(session: Session, world: World, number: int) -> ReviewArea:
    area = area_of(session, review_id=world.review_id, number=2)
    area.round, area.state, area.closed_at = number, STATES[number - 1], NOON
    session.add(area)
    session.flush()
    return area


def _groups(taking: TakingPart) -> set[frozenset[int]]:
    found = {
        frozenset(each for each in taking.voices if taking.group(each) == name)
        for name in taking.cut.names
    }
    return found if len(found) > 1 else {frozenset(taking.voices)}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE)
def test_no_two_tables_of_an_area_differ_by_one_or_two_who_were_there_before(
    group: World, people: list[Person]
) -> None:
    with Session(group.database.engine) as session:
        _answer(session, group, people)
        taking = [_after(session, group, number) for number in (1, 2, 3)]
        session.rollback()
    for each in taking:
        shown = _groups(each)
        if len(shown) > 1:  # the total is a table as well, and adds up to its rows
            assert min(map(len, shown)) >= SMALLEST
        assert sum(map(len, shown)) == len(each.voices)
    for before, after in ((0, 1), (1, 2), (0, 2)):
        were = frozenset(taking[before].voices)
        if len(were) >= SMALLEST:  # before that, nothing was shown
            stayed = {each & were for each in _groups(taking[after])} - {frozenset()}
            assert stayed == _groups(taking[before])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE)
def test_no_number_of_the_method_statement_sets_one_or_two_people_apart(
    group: World, people: list[Person]
) -> None:
    with Session(group.database.engine) as session:
        members = _answer(session, group, people)
        taking, report = _after(session, group, 3), _report(session, group, Version.BOARD)
        session.rollback()
    took = [each for each in members.values() if each.since != NEVER]
    cut, method = taking.cut, report.method
    assert sum(number for _, number in method.participants) == len(took)
    if len(method.participants) > 1:
        assert min(number for _, number in method.participants) >= SMALLEST
    lived = sum(each.perspective in LIVED for each in took)
    assert method.lived_experience in (0, lived)
    if method.lived_experience:
        alone = {name for name, _ in method.participants} & {each.name for each in PERSPECTIVES}
        inside = [each for each in took if perspective(each.perspective).name not in alone]
        _no_few(sum(each.perspective in LIVED for each in inside), len(inside), cut)
    without = sum(each.is_recorded for each in took)
    assert method.without_teams in (0, without)
    if method.without_teams:
        _no_few(without, len(took), cut)


def _no_few(some: int, of: int, cut: object) -> None:
    assert some not in (1, 2), cut
    assert of - some not in (1, 2), cut


def _report(session: Session, world: World, version: Version) -> Report:
    return reporting.report(session, review_id=world.review_id, version=version, now=NOON)


def test_numbers_that_set_nobody_apart_are_given(group: World) -> None:
    lived, staff = Person("healthwatch", 1, True), Person("clinical_leaders", 1, False)
    with Session(group.database.engine) as session:
        _answer(session, group, [*[lived] * 3, *[staff] * 6])
        _after(session, group, 3)
        method = _report(session, group, Version.ICB).method
        session.rollback()
    assert (method.lived_experience, method.without_teams) == (3, 3)


# --- areas in which one or two took part ----------------------------------------------------------


def _answered_by(database: Database, now: datetime, *who: str) -> World:
    """Only these people rated area 2. Its round closed by the calendar; its draft went round."""
    world = builders.opened(database, now, scope={"1": "2"})
    for key in who:
        world.rate(key, 2, "excelling", NOON)
    world.live(at(BY_CALENDAR, 17, 15))
    world.live(MORNING_AFTER)
    sent(world, 2, MORNING_AFTER, level_2a="achieving")
    return world


def _concluded(world: World) -> World:
    world.tick(ROUND_2_CLOSES)
    world.on_review(conclusions.conclude, "tom", number=2, now=ROUND_2_CLOSES)
    return world


def _files(world: World, version: str) -> dict[str, bytes]:
    made = [format for format, readers in exports.WRITERS if readers == version]
    return {
        format: world.database.now(
            exports.make, review_id=1, format=format, version=version, now=ROUND_2_CLOSES
        ).content
        for format in made
    }


def _text(format: str, content: bytes) -> str:
    if format == "docx":
        return everything(opened(content))
    if format == "xlsx":
        sheets = load_workbook(BytesIO(content)).worksheets
        return "\n".join(str(value) for sheet in sheets for row in sheet.values for value in row)
    return content.decode()


ONE_OR_TWO = pytest.mark.parametrize("who", [("grace",), ("grace", "kasia")], ids=["one", "two"])


@ONE_OR_TWO
@pytest.mark.parametrize("step", ["draft", "levels"])
def test_members_do_not_see_the_levels_of_one_or_two_people(
    database: Database, now: datetime, who: tuple[str, ...], step: str
) -> None:
    world = _answered_by(database, now, *who)
    form = draft_form(world, "des", 2, ROUND_2_OPEN)
    assert (form.result.is_withheld, form.result.statements) == (True, ())
    assert form.reasons == {"2a": "reason of 2a."}  # why there is a level, though the rule has none
    shown = read(getattr(confirm, step)(form).content)
    assert TOO_FEW in shown
    assert "All: " not in shown
    assert "1 excelling" not in shown


@ONE_OR_TWO
def test_their_area_lead_sees_them_to_write_the_draft(
    database: Database, now: datetime, who: tuple[str, ...]
) -> None:
    world = _answered_by(database, now, *who)
    work = world.on_review(area_work.area_work, "tom", number=2, now=ROUND_2_OPEN)
    assert [each.spread.counts for each in work.result.statements] == [(0, 0, 0, len(who))] * 3
    assert not work.result.is_withheld


def test_a_third_person_makes_a_number_that_is_shown(database: Database, now: datetime) -> None:
    world = _answered_by(database, now, "grace", "kasia", "des")
    form = draft_form(world, "ruth", 2, ROUND_2_OPEN)
    assert [each.spread.counts for each in form.result.statements] == [(0, 0, 0, 3)] * 3
    assert TOO_FEW not in read(confirm.draft(form).content)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@ONE_OR_TWO
def test_no_report_but_the_leads_workbook_has_the_levels_of_one_or_two_people(
    database: Database, now: datetime, who: tuple[str, ...]
) -> None:
    world = _concluded(_answered_by(database, now, *who))
    for version in Version:
        with world.database.transaction() as session:
            (area,) = _report(session, world, version).areas
        shown = [each.result.spread.counts for each in area.statements if each.result]
        assert shown == ([(0, 0, 0, len(who))] * 3 if version is Version.LEAD else [])
        says_so = version not in (Version.LEAD, Version.PUBLIC, Version.PLAN)
        assert area.withholds_levels is says_so
        for format, content in _files(world, version).items():
            text = _text(format, content)
            assert (TOO_FEW in text) is (says_so and format in ("docx", "xlsx")), (format, version)
            assert version is Version.LEAD or "Excelling: 1" not in text


# --- a pack goes through other hands --------------------------------------------------------------


@pytest.fixture
def packed(database: Database, now: datetime) -> World:
    """Tom typed Doris' answers to area 2, and Kasia those to area 5. Both drafts went round."""
    world = builders.opened(database, now, scope={"1": "2", "2": "5"})
    for number, recorder in ((2, "tom"), (5, "kasia")):
        for key in world.members:
            typed_by, for_ = (key, "") if key in world.actors else (recorder, key)
            world.rate(typed_by, number, "progressing", NOON, for_=for_)
    world.live(at(date(2027, 1, 12), 17, 15))
    world.live(at(date(2027, 1, 13), 10))
    for number in (2, 5):
        sent(world, number, NEXT_MORNING)
    return world


@pytest.mark.parametrize(
    ("who", "areas"),
    [("tom", [2]), ("kasia", [5]), ("amina", [2, 5]), ("", [2, 5])],
    ids=["one area's lead", "another's", "the lead", "an administrator"],
)
def test_what_someone_chose_is_only_in_a_pack_for_who_may_see_it(
    packed: World, who: str, areas: list[int]
) -> None:
    pack = packed.database.now(
        packs.pack, review_id=1, member_id=packed.members["doris"], now=NEXT_MORNING,
        reader=packed.actors[who] if who else None,
    )  # fmt: skip
    assert [each.number for each in pack.areas] == areas
    assert all(set(each.earlier.values()) == {"progressing"} for each in pack.areas)


def test_a_lead_of_no_area_of_the_pack_gets_none(packed: World) -> None:
    for row in packed.rows(ReviewArea, ReviewArea.number == 5):
        with packed.database.transaction() as session:
            row.state = AreaState.DRAFTING
            session.add(row)
    with pytest.raises(NotNow):
        packed.database.now(
            packs.pack, review_id=1, member_id=packed.members["doris"], now=NEXT_MORNING,
            reader=packed.actors["kasia"],
        )  # fmt: skip


# --- how a draft names whom it draws on ----------------------------------------------------------


def test_members_read_a_perspective_of_one_or_two_by_its_group(packed: World) -> None:
    form = packed.do(confirmations.confirm_form, "grace", place=packed.place(2), now=NEXT_MORNING)
    few = [name for name, people in _speaking(packed).items() if people < SMALLEST]
    assert few
    assert form.draws_on
    assert not set(few) & set(form.draws_on)


def _speaking(world: World) -> Mapping[str, int]:
    rows = world.rows(Member, Member.review_id == world.review_id)
    return Counter(perspective(each.perspectives[0]).name for each in rows)
