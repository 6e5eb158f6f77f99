import pytest

from eocif import deliveries, gathering, habits
from tests.eocif.test_certain import (
    test_no_message_is_a_second_one_or_untimely_or_for_nothing_and_none_is_lost as whole,
)


@pytest.fixture
def kind():
    return "sqlite"


@pytest.mark.parametrize("what", ["none", "gone", "hours", "over", "why"])
def test_mut(database, now, monkeypatch, what):
    if what == "gone":
        monkeypatch.setattr(deliveries, "gone_today", lambda *a, **k: set())
    if what == "hours":
        monkeypatch.setattr(habits, "may_go_at", lambda *a, **k: None)
    if what == "over":

        def owed(session, rows, actor, now):
            return list(zip(rows, gathering.remembered(session, rows, actor=actor, now=now)))

        monkeypatch.setattr(gathering, "_owed", owed)
    if what == "why":
        monkeypatch.setattr(gathering, "_why_not", lambda *a, **k: "")
    try:
        whole(database, now)
    except BaseException as e:
        print("CAUGHT", what, str(e)[:300].replace("\n", " "))
        return
    print("SURVIVED", what)
