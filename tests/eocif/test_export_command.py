"""Files that are made of a review, and the two commands that hand them over."""

import json
import re
import stat
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from eocif import exports, local_clock, reviews
from eocif.__main__ import main
from eocif.clock import system_clock
from eocif.database import Database
from eocif.errors import NotFound, NotNow
from eocif.exports import CONTENT_TYPES, WRITERS
from eocif.models import AuditEvent
from eocif.report_summaries import Report
from eocif.rules.dates import at
from tests import after_the_close, builders
from tests.after_the_close import NEXT_MORNING
from tests.builders import MONDAY, SMALL, World
from tests.eocif import forms_in_excel

Said = pytest.CaptureFixture[str]
NOON = at(MONDAY, 12)
SECRET = "canary-4711"


@pytest.fixture
def world(database: Database, now: object) -> World:
    """A review in its first round, as the command sees it: the clock is moved to that Monday."""
    world = builders.opened(database, now, scope=SMALL)  # type: ignore[arg-type]
    world.database.now(local_clock.store_offset, offset=NOON - system_clock())
    return world


def _says(said: Said, environ: dict[str, str], *arguments: str) -> str:
    assert main(arguments, environ) == 0
    out, err = said.readouterr()
    assert not err
    return out.strip()


def _refuses(said: Said, environ: dict[str, str], *arguments: str) -> str:
    assert main(arguments, environ) == 2
    out, err = said.readouterr()
    assert not out
    assert err.count("\n") == 1
    return err.strip()


# --- every file -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_every_format_is_made_for_every_reader_that_the_table_names(world: World) -> None:
    for format, version in WRITERS:
        member = world.members["doris"] if version == "member" else 0
        file = world.database.now(
            exports.make, review_id=world.review_id, format=format, version=version,
            member=member, now=NOON,
        )  # fmt: skip
        assert re.fullmatch(rf"[a-z0-9-]+-2027-01-11\.{format}", file.name)
        assert file.content_type == CONTENT_TYPES[format]
        assert file.description
        opens = {"docx": docx.Document, "xlsx": load_workbook, "json": json.load}
        if format in opens:
            opens[format](BytesIO(file.content))


@pytest.mark.covers("R21")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_no_file_holds_an_answer_of_an_open_round(world: World) -> None:
    for who in ("grace", "tom"):
        world.rate(who, 2, "excelling", NOON)
        world.write(who, 2, NOON, where_now=SECRET)
    world.write("tom", 2, NOON, for_="doris", where_now=SECRET)
    for format, version in WRITERS:
        gathered = world.database.now(
            exports.gather, review_id=world.review_id, format=format, version=version,
            member=world.members["doris"], now=NOON,
        )  # fmt: skip
        assert SECRET not in repr(gathered)
        if isinstance(gathered.summary, Report):
            ratings = [at.result for area in gathered.summary.areas for at in area.statements]
            assert not any(ratings)
            assert not gathered.summary.people


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_files_name_is_plain_and_holds_no_persons_name(world: World) -> None:
    gathered = world.database.now(
        exports.gather, review_id=world.review_id, format="csv", version="board", now=NOON
    )
    title = replace(gathered.summary, title="Révue: ../../etc/passwd “2027” 👩 CON")
    name = exports.write(replace(gathered, summary=title)).name
    assert name == "revue-etc-passwd-2027-con-board-report-2027-01-11.csv"
    nothing = replace(gathered.summary, title="評価")
    assert exports.write(replace(gathered, summary=nothing)).name == "board-report-2027-01-11.csv"
    member = world.members["doris"]
    pack = world.database.now(
        exports.make, review_id=world.review_id, format="docx", version="member", member=member,
        now=NOON,
    )  # fmt: skip
    assert pack.name == f"answer-pack-{world.review_id}-{member}-2027-01-11.docx"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_there_is_no_file_of_a_review_that_has_not_begun_or_was_cancelled(
    database: Database, now: object
) -> None:
    world = builders.drafted(database, now, scope=SMALL)  # type: ignore[arg-type]
    wanted = {"review_id": world.review_id, "format": "csv", "version": "group", "now": NOON}
    with pytest.raises(NotNow, match="it has not started, or it was cancelled"):
        database.now(exports.gather, **wanted)
    world.on_review(reviews.cancel, reason="", now=NOON)
    with pytest.raises(NotNow):
        database.now(exports.gather, **wanted)
    for missing in (0, 99, 2**31):
        with pytest.raises(NotFound):
            database.now(exports.gather, **(wanted | {"review_id": missing}))


@pytest.mark.parametrize("command", ["export", "import-answers"])
def test_both_commands_explain_themselves(command: str, capsys: Said) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"], {})
    assert left.value.code == 0
    assert f"usage: python -m eocif {command}" in capsys.readouterr().out


# --- export ---------------------------------------------------------------------------------


@pytest.mark.covers("R41")
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("format", ["docx", "xlsx", "csv", "json"])
def test_the_improvement_plan_is_written_in_every_format(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path, format: str
) -> None:
    out = tmp_path / f"plan.{format}"
    asked = ("export", "1", "--format", format, "--for", "plan", "--out", str(out))
    assert _says(capsys, environ, *asked) == f"The improvement plan is in {out}."
    assert out.stat().st_size > 500


def test_a_file_is_written_for_its_owner_alone_and_the_trail_says_so(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    out = tmp_path / "worksheet.docx"
    said = _says(capsys, environ, "export", "1", "--format", "docx", "--out", str(out))
    assert said == f"The worksheet is in {out}."
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert docx.Document(str(out)).core_properties.language == "en-GB"
    event = world.rows(AuditEvent)[-1]
    assert (event.event, event.actor, event.detail) == (
        "file exported", "system", {"format": "docx", "version": "group"},
    )  # fmt: skip


@pytest.mark.covers("R14")
def test_a_pack_is_written_for_a_person_and_comes_back(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    out = tmp_path / "form.xlsx"
    asked = ["export", "1", "--format", "xlsx", "--for", "member", "Doris", "Whitfield"]
    assert _says(capsys, environ, *asked, "--out", str(out)) == f"An answer form is in {out}."
    given = {(2, "level_2a"): "Achieving", (3, "level_3a"): "Achieving",
             (3, "level_3b"): "Progressing"}  # fmt: skip
    form = tmp_path / "back.xlsx"
    form.write_bytes(forms_in_excel.filled(out.read_bytes(), given))
    assert _says(capsys, environ, "import-answers", str(form)) == (
        "We recorded what Doris Whitfield said about areas 2 and 3. "
        "Something is still to be answered in area 2."
    )
    assert world.form("tom", 3, NOON, for_="doris").answered
    done = forms_in_excel.filled(out.read_bytes(), {(3, "level_3a"): "Achieving"})
    form.write_bytes(done)
    said = _says(capsys, environ, "import-answers", str(form))
    assert said == "We recorded what Doris Whitfield said about area 3."
    assert _says(capsys, environ, "import-answers", str(out)) == (
        "Nothing was filled in for Doris Whitfield, so nothing was changed."
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "pdf"], "There is no format pdf: there are docx, xlsx, csv and json."),
        (["--format", "csv", "--for", "member", "Doris Whitfield"],
         "There is no csv file for member: there is one for group, board, icb, public or plan."),
        (["--format", "xlsx", "--for", "public"],
         "There is no xlsx file for public: there is one for group, board, icb, lead, plan or "
         "member."),
        (["--format", "docx", "--for", "lead"],
         "There is no docx file for lead: there is one for group, board, icb, public, plan or "
         "member."),
        (["--format", "docx", "--for", "member"],
         "Say whose pack it is: --for member, and then their name or number."),
        (["--format", "docx", "--for", "board", "Doris"],
         "Only a pack is for one person: leave out “Doris”, or say --for member."),
        (["--format", "docx", "--for", "member", "Nobody"],
         "Name one person who takes part without Teams, or their number: Doris Whitfield (9)."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_there_is_not_is_refused_with_what_there_is(
    world: World, environ: dict[str, str], arguments: list[str], sentence: str, capsys: Said,
    tmp_path: Path,
) -> None:  # fmt: skip
    out = tmp_path / "out"
    asked = ["export", "1", *arguments, "--out", str(out)]
    assert _refuses(capsys, environ, *asked) == sentence
    assert not out.exists()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_place_that_cannot_be_written_is_said_before_anything_is_made(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.csv"
    taken.write_text("mine")
    places = {
        str(taken): f"{taken} is there already: name another file.",
        str(tmp_path / "no" / "x.csv"): f"There is no folder {tmp_path / 'no'}.",
        str(tmp_path / ("x" * 300)): f"We could not write {tmp_path / ('x' * 300)}.",
    }
    for out, sentence in places.items():
        asked = ["export", "1", "--format", "csv", "--out", out]
        assert _refuses(capsys, environ, *asked) == sentence
    assert taken.read_text() == "mine"


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_disk_that_takes_nothing_is_said(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    asked = ["export", "1", "--format", "csv", "--out", "/proc/1/nothing.csv"]
    assert _refuses(capsys, environ, *asked) == "We could not write /proc/1/nothing.csv."


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_review_that_there_is_not_is_said(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    out = str(tmp_path / "x.csv")
    sentence = _refuses(capsys, environ, "export", "99", "--format", "csv", "--out", out)
    assert sentence == "There is no review 99."


# --- import-answers -------------------------------------------------------------------------


def test_every_mistake_stands_in_one_sentence_and_the_code_is_2(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    form = forms_in_excel.made(world, NOON)
    wrong = {(2, "level_2a"): "Good", (3, "where_now"): "x" * 2001}
    path = tmp_path / "form.xlsx"
    path.write_bytes(forms_in_excel.filled(form, wrong))
    where = forms_in_excel.cells(form)
    assert _refuses(capsys, environ, "import-answers", str(path)) == (
        "Nothing was imported. There are 2 things to put right. "
        f"Area 2, cell {where[2, 'level_2a'][1]}: choose from the list. "
        f"Area 3, cell {where[3, 'where_now'][1]}: cut 1 character. The most is 2,000."
    )


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_read_is_said(
    world: World, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        sentence = _refuses(capsys, environ, "import-answers", str(path))
        assert sentence == f"We could not read {path}."
    words = tmp_path / "words.xlsx"
    words.write_text("not a workbook")
    assert _refuses(capsys, environ, "import-answers", str(words)).startswith(
        "This is not an Excel workbook (.xlsx). Nothing was imported."
    )


@pytest.mark.covers("R14")
def test_a_pack_for_the_second_round_goes_out_and_comes_back(
    database: Database, now: object, environ: dict[str, str], capsys: Said, tmp_path: Path
) -> None:
    world = after_the_close.in_round_2(database, now)  # type: ignore[arg-type]
    afternoon = NEXT_MORNING + timedelta(hours=3)
    database.now(local_clock.store_offset, offset=afternoon - system_clock())
    out = tmp_path / "form.xlsx"
    member = str(world.members["doris"])
    _says(capsys, environ, "export", "1", "--format", "xlsx", "--for", "member", member,
          "--out", str(out))  # fmt: skip
    given = {(2, "answer"): "I agree with this wording"}
    form = tmp_path / "back.xlsx"
    form.write_bytes(forms_in_excel.filled(out.read_bytes(), given))
    said = _says(capsys, environ, "import-answers", str(form))
    assert said == "We recorded what Doris Whitfield said about area 2."
