"""Who sees what: everything that can be pressed, said, sent or made, by everyone, in every state.

Everyone planted words of their own in everything that takes words (`planted`). Then each person
presses everything there is (`the_walk`), and what they were shown is compared with what the tables
of `who_may_see` say.
"""

import io
from collections.abc import Iterator, Mapping, Set
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from prometheus_client import generate_latest
from sqlmodel import Session

from cards.submissions import VERBS
from eocif import exports, files, people, reporting
from eocif.__main__ import main
from eocif.errors import EocifError
from eocif.files import Wanted
from eocif.forecast import forecast
from eocif.models import Delivery
from eocif.rules.framework import LEVEL_KEYS
from eocif.rules.visibility import Version
from scheduler import faces
from tests.builders import World
from tests.reports.reading import everything, opened
from tests.scenarios import the_walk
from tests.scenarios.everything_pressed import WALK
from tests.scenarios.planted import levels
from tests.scenarios.planted_actions import DEPUTY
from tests.scenarios.planted_areas import CONCLUDED, EVERYONE, LIVED, NOW, planted
from tests.scenarios.sights import Sights, all_worlds, seen_as
from tests.scenarios.the_walk import NAMES, NOBODY, WORD, Sight
from tests.scenarios.who_may_see import (
    ACTIONS,
    AFTER_LEAVE,
    CANCELLED,
    CARDS,
    CLOSED,
    EVERYBODY,
    FILES,
    IN_PACKS,
    LEADS,
    MAY_HAVE,
    NAMED,
    NAMED_IN_TIME,
    NAMES_ON,
    OFFERED,
    PACKS,
    SIGNED_OFF,
    WITH_GROUP,
    WITH_SOONER,
    Rows,
    expected,
    in_a_file,
    in_a_pack,
    relations,
    state_of,
)


@pytest.fixture(scope="module")
def sights(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sights]:  # fmt: skip
    """Everyone in each of the four worlds; who is not asked for does not walk."""
    with all_worlds(sqlite_template, tmp_path_factory.mktemp("planted")) as found:
        yield found


# --- the walk is whole ----------------------------------------------------------------------------


def test_every_verb_there_is_is_pressed() -> None:
    assert set(WALK) == set(VERBS)


def test_every_card_there_is_was_shown_to_someone(sights: Sights) -> None:
    sights.of("amina")
    sights.of("grace")
    assert sights.reached == set(faces.BY_NAME)


def test_every_file_there_is_has_a_line_in_the_table() -> None:
    assert {*FILES, *PACKS} == set(exports.WRITERS)


def test_no_two_spreads_are_alike() -> None:
    found = [spread for area in EVERYONE for spread in _spreads(area)]
    assert len(found) == len(set(found)) == 3 * len(EVERYONE)


# --- cards ----------------------------------------------------------------------------------------


@pytest.mark.covers("R21")
@pytest.mark.parametrize("viewer", EVERYBODY)
def test_everyone_is_shown_what_the_table_says_and_nothing_else(
    sights: Sights, viewer: str
) -> None:
    _shows_exactly(sights.of(viewer), expected(sights.worlds["running"], viewer))


@pytest.mark.parametrize("viewer", ["amina", "grace"])
@pytest.mark.parametrize(
    ("world", "table"), [("signed off", SIGNED_OFF), ("cancelled", CANCELLED)],
    ids=["signed off", "cancelled"],
)  # fmt: skip
def test_so_it_is_once_the_review_is_over(
    sights: Sights, viewer: str, world: str, table: Mapping[str, Rows]
) -> None:
    _shows_exactly(sights.of(viewer, world), expected(sights.worlds[world], viewer, table))


@pytest.mark.parametrize(
    ("world", "table"), [("running", CARDS), ("named", AFTER_LEAVE)], ids=["meanwhile", "after"]
)
def test_a_deputy_sees_the_actions_of_whoever_is_away_and_no_more_of_them_after(
    sights: Sights, world: str, table: Mapping[str, Rows]
) -> None:
    sight, wanted = sights.of(DEPUTY, world), expected(sights.worlds[world], DEPUTY, table)
    assert sight.words.keys() <= wanted
    of_actions = {word for word in wanted if _kind(word) in ACTIONS}
    assert sorted(of_actions - sight.words.keys()) == []


def _kind(word: str) -> str:
    return WORD.match(word)[1]  # type: ignore[index]


def _shows_exactly(sight: Sight, wanted: set[str]) -> None:
    too_much = {word: where for word, where in sight.words.items() if word not in wanted}
    assert too_much == {}
    assert sorted(wanted - sight.words.keys()) == []


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_ratings_are_the_leads_at_the_close_and_the_groups_with_the_draft(
    sights: Sights, viewer: str
) -> None:
    wanted = set()
    for area in EVERYONE:
        to = relations(viewer, area, "")
        if (to & set(LEADS) and state_of(area) in CLOSED) or (
            "member" in to and state_of(area) in WITH_GROUP
        ):
            wanted |= set(_spreads(area))
    assert sights.of(viewer).spreads.keys() == wanted


def _spreads(area: int) -> list[str]:
    """How everyone rated an area, those with lived experience, and all the others, as cards say."""
    whole, lived = EVERYONE[area], LIVED[area]
    rest = tuple(all_ - some for all_, some in zip(whole, lived, strict=True))
    names = [key.replace("_", " ") for key in LEVEL_KEYS]
    return [
        ", ".join(f"{n} {name}" for n, name in zip(counts, names, strict=True) if n)
        for counts in (whole, lived, rest)
    ]


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_nobody_is_named_but_to_whom_it_was_said(sights: Sights, viewer: str) -> None:
    assert sights.of(viewer).names.keys() == NAMED[viewer]


@pytest.mark.parametrize("viewer", NAMED_IN_TIME)
def test_on_actions_and_digests_they_are_named_to_whoever_leads_or_shares_the_action(
    sights: Sights, viewer: str
) -> None:
    assert sights.of(viewer).names_in_time.keys() == NAMED_IN_TIME[viewer]


@pytest.mark.parametrize("viewer", NAMED_IN_TIME)
def test_only_colleagues_of_the_same_team_are_offered_to_choose_from(
    sights: Sights, viewer: str
) -> None:
    assert sights.of(viewer).offered.keys() == OFFERED[viewer]


@pytest.mark.parametrize(
    ("viewer", "world"), [*((each, "running") for each in EVERYBODY), ("tom", "named")]
)
def test_whose_words_they_are_is_told_to_the_lead_alone_or_to_area_leads_where_set_so(
    sights: Sights, viewer: str, world: str
) -> None:
    wanted = set()
    for area in EVERYONE:
        for who in levels(sights.worlds["running"], area):
            to = relations(viewer, area, who)
            may = "lead" in to or (world == "named" and "area lead" in to)
            if "recorder" in to or (may and state_of(area) in CLOSED):
                wanted.add((who, str(area)))
    others = {pair for pair in sights.of(viewer, world).attributed if pair[0] != viewer}
    assert others == {pair for pair in wanted if pair[0] != viewer}


def test_with_names_an_area_lead_reads_the_same_words_as_without(sights: Sights) -> None:
    # Of what Doris said they may now also open what someone else recorded.
    with_names, without = sights.of("tom", "named").words.keys(), sights.of("tom").words.keys()
    assert {WORD.match(word)[3] for word in with_names - without} <= {"doris"}  # type: ignore[index]
    assert {_kind(word) for word in without - with_names} <= ACTIONS.keys()  # not pressed there


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_no_preview_holds_words_names_or_levels(sights: Sights, viewer: str) -> None:
    assert _tells("\n".join(sights.of(viewer).previews)) == []


def _tells(text: str, *, but: Set[str] = frozenset()) -> list[str]:
    """What a text tells that it must not: planted words, names and levels."""
    words = [found[0] for found in WORD.findall(text) if found[0] not in but]
    names = [name for name in NAMES.values() if name in text]
    levels = [key.replace("_", " ") for key in LEVEL_KEYS]
    return [*words, *names, *(level for level in levels if level in text.lower())]


# --- messages -------------------------------------------------------------------------------------

IN_MESSAGES = {"title", "provider", "division", "needs", "actitle", "ownername", "meeting"}


def test_messages_hold_nobodys_words_and_no_levels(sights: Sights) -> None:
    world = sights.worlds["running"]
    rows = [row for row in world.rows(Delivery) if row.kind != "roster"]
    assert {row.kind for row in rows} >= {"prompt", "news", "update", "reminder", "digest"}
    with Session(world.database.engine) as session:
        for row in rows:
            made = the_walk.message(session, row)
            if made is not None:
                sight = Sight()
                sight.note(row.kind, str(made.content))
                assert {_kind(word) for word in sight.words} <= IN_MESSAGES, row
                assert sight.spreads == {}
                assert _tells(made.preview) == []
            session.rollback()


# --- files ----------------------------------------------------------------------------------------


def _text(format: str, content: bytes) -> str:
    if format == "docx":
        return everything(opened(content))
    if format == "xlsx":
        sheets = load_workbook(io.BytesIO(content)).worksheets
        return "\n".join(str(value) for sheet in sheets for row in sheet.values for value in row)
    return content.decode()


def _made(world: World, format: str, version: str, **more: Any) -> Sight:
    """What a file holds."""
    sight = Sight()
    file = world.database.now(
        exports.make, review_id=world.review_id, format=format, version=version, now=NOW, **more
    )
    sight.note(version, _text(format, file.content))
    return sight


@pytest.mark.covers("R46")
@pytest.mark.covers("R50")
@pytest.mark.parametrize(("format", "version"), FILES)
def test_each_file_holds_what_the_table_says_and_nothing_else(
    sights: Sights, format: str, version: str
) -> None:
    world = sights.worlds["running"]
    wanted = {
        planted(kind, area, who)
        for kind, area, who in the_walk.everything_said(world)
        if in_a_file(format, version, kind, area)
    }
    sight = _made(world, format, version)
    _shows_exactly(sight, wanted)
    assert sight.names.keys() == NAMES_ON[format, version]


@pytest.mark.parametrize("version", Version)
def test_why_it_is_assessed_again_sooner_is_for_those_who_read_leads_words(
    sights: Sights, version: Version
) -> None:
    format = "xlsx" if version is Version.LEAD else "json"
    shown = _made(sights.worlds["signed off"], format, version).words
    assert (planted("sooner", 0, "amina") in shown) == (version in WITH_SOONER)


@pytest.mark.parametrize("version", Version)
def test_ratings_are_in_files_once_an_area_is_concluded_but_not_the_publics_nor_the_plan(
    sights: Sights, version: Version
) -> None:
    world = sights.worlds["running"]
    report = world.database.now(reporting.report, review_id=1, version=version, now=NOW)
    shown = {
        area.area.number for area in report.areas if any(each.result for each in area.statements)
    }
    without = version in (Version.PUBLIC, Version.PLAN)
    assert shown == (set() if without else {CONCLUDED})


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_everyone_gets_the_files_that_are_theirs(sights: Sights, viewer: str) -> None:
    database = sights.worlds["running"].database
    got = {kind for kind in exports.WRITERS if database.now(_may_have, viewer=viewer, kind=kind)}
    assert got == MAY_HAVE[viewer]


def _may_have(session: Session, *, viewer: str, kind: tuple[str, str]) -> bool:
    actor = people.recognise(session, seen=seen_as(viewer), leads=NOBODY, now=NOW)
    try:
        files.check(session, actor=actor, wanted=Wanted(1, *kind, 9))
    except EocifError:
        return False
    return True


@pytest.mark.parametrize("reader", IN_PACKS)
@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_pack_holds_what_its_member_may_read_in_the_areas_its_reader_records(
    sights: Sights, reader: str, format: str
) -> None:
    world = sights.worlds["running"]
    gathered = world.database.now(
        exports.gather, review_id=1, format=format, version="member", reader=world.actors[reader],
        member=world.members["doris"], now=NOW,
    )  # fmt: skip
    sight = Sight()
    sight.note(reader, _text(format, exports.write(gathered).content))
    wanted = {
        planted(kind, area, who)
        for kind, area, who in the_walk.everything_said(world)
        if in_a_pack(reader, kind, area, who)
    }
    _shows_exactly(sight, wanted)


# --- beside ---------------------------------------------------------------------------------------


def test_neither_the_tools_lists_nor_logs_nor_metrics_hold_anyones_words(
    sights: Sights, capsys: pytest.CaptureFixture[str]
) -> None:
    sights.of("amina")
    world = sights.worlds["running"]
    environ = {"EOCIF_DATABASE_URL": str(world.database.engine.url)}
    for line in forecast(world.database, now=NOW, until=NOW + timedelta(weeks=2)):
        # An administrator is told to whom a message goes, and for whom.
        assert set(_tells(str(line), but={"title", "ownername"})) <= set(NAMES.values())
    for command in (["reviews"], ["deliveries"], ["audit", "1"], ["audit", "1", "--verify"]):
        for more in ([], ["--json"]):
            assert main([*command, *more], environ) == 0
            said = capsys.readouterr().out
            assert said.strip()
            assert _tells(said, but={"title", "provider"}) == [], command
    assert _tells(generate_latest().decode()) == []
    assert _tells(sights.log.getvalue()) == []
