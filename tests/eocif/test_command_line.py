import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eocif.__main__ import main
from eocif.database import Database
from eocif.rules import framework
from tests import builders

Said = pytest.CaptureFixture[str]


def _run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "eocif", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool


def _says(said: Said, environ: dict[str, str], *arguments: str) -> str:
    assert main(arguments, environ) == 0
    out, err = said.readouterr()
    assert not err
    return out


def _refuses(said: Said, environ: dict[str, str], *arguments: str) -> str:
    assert main(arguments, environ) == 2
    out, err = said.readouterr()
    assert not out
    assert err.count("\n") == 1
    return err.strip()


# --- each command once as people run it ---------------------------------------------------


def test_migrate_twice_is_harmless(tmp_path: Path) -> None:
    environ = {"EOCIF_DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'eocif.db'}"}
    first, second = _run(environ, "migrate"), _run(environ, "migrate")
    assert (first.returncode, first.stdout) == (0, "The database is ready.\n")
    assert (second.returncode, second.stdout) == (0, "The database was up to date already.\n")
    assert json.loads(_run(environ, "reviews", "--json").stdout) == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_every_command_answers_in_a_process_of_its_own(
    database: Database, environ: dict[str, str], now: datetime
) -> None:
    builders.opened(database, now, scope=builders.SMALL)
    for arguments in (["framework"], ["reviews"], ["deliveries"], ["audit", "1"]):
        done = _run(environ, *arguments, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)
    refused = _run(environ, "audit", "99")
    assert (refused.returncode, refused.stderr) == (2, "There is no review 99.\n")


def test_a_reader_that_stops_early_sees_no_traceback() -> None:
    code = f"{sys.executable} -m eocif framework | head -n 1"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=False)  # noqa: S603, S607 - our own tool
    assert (done.stdout, done.stderr) == ("Experience of care improvement framework\n", "")


@pytest.mark.parametrize(
    "level", [[], ["migrate"], ["framework"], ["reviews"], ["deliveries"], ["audit"]]
)
def test_help_is_there_on_every_level(level: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as left:
        main([*level, "--help"], {})
    assert left.value.code == 0
    assert " ".join(["usage: python -m eocif", *level]) in capsys.readouterr().out


# --- what they print ------------------------------------------------------------------------


@pytest.mark.covers("R01")
@pytest.mark.covers("R10")
def test_the_catalogue_is_printed_whole(capsys: Said) -> None:
    printed = json.loads(_says(capsys, {}, "framework", "--json"))
    assert printed == framework.edition().catalogue()
    assert printed["reference"] == "PR1209"
    text = _says(capsys, {}, "framework", "--edition", "2025-02-18")
    assert "Section 5: Learning for improvement" in text
    assert "NHS England, PR1209, Tuesday 18 February 2025" in text
    assert len(re.findall(r"^ {2,3}[0-9]{1,2}[a-h]  ", text, re.MULTILINE)) == 86


def test_reviews_are_listed_with_their_areas(
    database: Database, environ: dict[str, str], now: datetime, capsys: Said
) -> None:
    assert _says(capsys, environ, "reviews") == "There is no review yet.\n"
    builders.opened(database, now, scope=builders.SMALL)
    [row] = json.loads(_says(capsys, environ, "reviews", "--json"))
    area = {"state": "round_1", "opens_on": "2027-01-11", "closes_on": "2027-01-25"}
    assert row == {
        "id": 1, "tenant": "5e1f0c2a-7b1d-4d7e-9a55-0f6c3b8d2e10",
        "title": "Experience of care review 2027",
        "provider": "Northmoor and Elmsworth NHS Foundation Trust", "edition": "2025-02-18",
        "state": "collecting", "start_on": "2027-01-11", "members": 9,
        "areas": [{"number": 2, **area}, {"number": 3, **area}],
    }  # fmt: skip
    head, line = _says(capsys, environ, "reviews").splitlines()
    assert head.split() == ["id", "state", "start_on", "members", "title", "provider"]
    assert line.index("collecting") == head.index("state")


def test_deliveries_are_listed_by_state(
    database: Database, environ: dict[str, str], now: datetime, capsys: Said
) -> None:
    world = builders.started(database, now, scope=builders.SMALL)
    world.send(now)
    world.tick(datetime(2027, 1, 11, 9, tzinfo=UTC))
    queued = json.loads(_says(capsys, environ, "deliveries", "--state", "queued", "--json"))
    assert len(queued) == 8
    assert queued[0] == {
        "id": queued[0]["id"], "tenant": world.sample.tenant_id, "kind": "prompt",
        "recipient": "person:1", "subject": "review:1", "slot": "week:0", "state": "queued",
        "attempts": 0, "created_at": "2027-01-11T09:00:00+00:00",
        "next_at": "2027-01-11T09:00:00+00:00", "error": "", "settled_at": None,
    }  # fmt: skip
    assert "roster" not in _says(capsys, environ, "deliveries", "--state", "queued")
    assert _says(capsys, environ, "deliveries", "--state", "failed") == (
        "There are no such deliveries.\n"
    )


def test_the_trail_says_who_did_what_without_names_or_words(
    database: Database, environ: dict[str, str], now: datetime, capsys: Said
) -> None:
    world = builders.opened(database, now, scope=builders.SMALL)
    later = datetime(2027, 1, 11, 12, tzinfo=UTC)
    world.write("grace", 2, later, where_now="Nobody asked us before.")
    trail = json.loads(_says(capsys, environ, "audit", "1", "--json"))
    assert trail[-1] == {
        "id": trail[-1]["id"], "at": "2027-01-11T12:00:00+00:00", "actor": "person:7",
        "event": "answer saved", "subject": f"area:2 member:{world.members['grace']}",
        "detail": {"on_behalf": False, "complete": False},
    }  # fmt: skip
    text = _says(capsys, environ, "audit", "1")
    assert "round opened" in text
    assert "Grace" not in text
    assert "Nobody asked" not in text


# --- what they refuse -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["framework", "--edition", "2018"], "There is no edition 2018 here: we keep 2025-02-18."),
        (["audit", "9"], "There is no review 9."),
        (["audit", str(10**30)], f"There is no review {10**30}."),
        (["deliveries", "--state", "lost"], "There is no state lost: the states are queued, "
         "sending, sent, failed, unknown, cancelled."),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_one_sentence(
    arguments: list[str], sentence: str, environ: dict[str, str], capsys: Said
) -> None:
    assert _refuses(capsys, environ, *arguments) == sentence


@pytest.mark.parametrize("arguments", [[], ["dance"], ["audit"], ["audit", "x"], ["reviews", "x"]])
def test_a_command_that_cannot_be_read_points_to_help(arguments: list[str], capsys: Said) -> None:
    assert _refuses(capsys, {}, *arguments).endswith("--help”.")


def test_looking_never_makes_a_database(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "none.db"
    sentence = _refuses(capsys, {"EOCIF_DATABASE_URL": f"sqlite:///{path}"}, "reviews")
    assert sentence == "There is no database yet. Run “python -m eocif migrate” first."
    assert not path.exists()


def test_a_database_without_tables_asks_for_migrate(empty_url: str, capsys: Said) -> None:
    if empty_url.startswith("sqlite"):
        path = Path(empty_url.removeprefix("sqlite:///"))
        path.parent.mkdir()
        path.touch()
    sentence = _refuses(capsys, {"EOCIF_DATABASE_URL": empty_url}, "deliveries")
    assert sentence == ("The database is not up to date. Run “python -m eocif migrate” first.")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://here", "EOCIF_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://."),
        ("postgresql+psycopg://a:b:c/d", "We could not read EOCIF_DATABASE_URL as a database's "
         "address."),
        ("postgresql+psycopg://nobody@127.0.0.1:1/none", "We could not use the database: check "
         "EOCIF_DATABASE_URL."),
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_said_so(url: str, sentence: str, capsys: Said) -> None:
    assert _refuses(capsys, {"EOCIF_DATABASE_URL": url}, "reviews") == sentence


def test_a_file_that_is_no_database_is_said_so(tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "words.txt"
    path.write_text("these are words, and not a database. " * 99)
    sentence = _refuses(capsys, {"EOCIF_DATABASE_URL": f"sqlite:///{path}"}, "reviews")
    assert sentence == "We could not use the database: check EOCIF_DATABASE_URL."


def test_the_default_is_a_file_under_var(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _says(capsys, {"EOCIF_DATABASE_URL": " "}, "migrate") == "The database is ready.\n"
    assert (tmp_path / "var" / "eocif.db").is_file()
