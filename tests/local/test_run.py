"""`make run` as a person meets it: one address, clean stop, data kept, or begun afresh."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    ports = {"EOCIF_PORT": str(_free_port()), "EOCIF_STAND_IN_PORT": str(_free_port())}
    return {**os.environ, **ports, "PYTHONPATH": str(ROOT)}


@contextmanager
def _running(folder: Path, environ: dict[str, str], *arguments: str) -> Iterator[str]:
    """The address that it prints; afterwards Ctrl-C, which must end it cleanly."""
    command = [sys.executable, "-m", "deploy.local.run", *arguments]
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=folder, env=environ, stdout=out, stderr=out
        )
    try:
        deadline = time.monotonic() + PATIENCE
        while "Open http://" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield next(word for word in log.read_text().split() if word.startswith("http://"))
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0, log.read_text()
    finally:
        process.kill()
        process.wait()


def _heard(address: str, who: str) -> list[str]:
    """Summaries of the messages in someone's chat, once there are any."""
    for _ in range(100):
        state: dict[str, Any] = requests.get(f"{address}/control/state", timeout=10).json()
        person = next(each for each in state["people"] if each["key"] == who)
        if found := [each["summary"] for each in person["messages"] if each.get("card")]:
            return found
        time.sleep(0.1)
    return []


def test_it_runs_stops_cleanly_and_keeps_its_data(tmp_path: Path, environ: dict[str, str]) -> None:
    with _running(tmp_path, environ) as address:
        assert _heard(address, "amina") == ["Welcome: how this app works"]
        said = {"person": "amina", "text": "start a review"}
        assert requests.post(f"{address}/control/say", json=said, timeout=10).status_code == 200
    with _running(tmp_path, environ) as address:
        assert len(_heard(address, "amina")) == 2
    with _running(tmp_path, environ, "--reset") as address:
        assert _heard(address, "amina") == ["Welcome: how this app works"]


def test_a_second_run_beside_the_first_says_so_and_deletes_nothing(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    with _running(tmp_path, environ) as address:
        command = [sys.executable, "-m", "deploy.local.run", "--reset"]
        second = subprocess.run(  # noqa: S603 - our own command
            command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )
        assert second.returncode == 1
        assert "Is another `make run` still going?" in second.stderr
        assert _heard(address, "amina") == ["Welcome: how this app works"]
