"""Setting an area aside asks for a reason, and says what stays."""

from cards.set_aside import set_aside
from cards.submissions import parse
from cards.worksheet_shapes import DraftShow, SetAside
from tests.cards.harness import inputs, press, read, texts
from tests.cards.samples_lead_steps import NO_CAUSE
from tests.cards.samples_lead_work import FRESH, TOO_LONG
from tests.cards.samples_short import LEAD


def test_an_area_is_set_aside_with_a_reason_that_every_report_prints() -> None:
    shown = set_aside(FRESH).content
    assert "Every report prints your reason." in read(shown)
    assert "Everything people gave is kept." in read(shown)
    pressed = press(shown, "Set this area aside", reason="We have no PALS here.")
    assert parse(pressed["verb"], pressed["data"]) == SetAside(
        review=7, area=13, reason="We have no PALS here."
    )


def test_the_easy_way_out_keeps_the_area() -> None:
    pressed = press(set_aside(FRESH).content, "Keep this area")
    assert parse(pressed["verb"], pressed["data"]) == DraftShow(review=7, area=13, step="results")


def test_a_refused_reason_comes_back_with_what_is_wrong() -> None:
    shown = set_aside(FRESH, NO_CAUSE).content
    assert "Say why this area is set aside." in read(shown)
    assert any(text.startswith(TOO_LONG[:2000]) for text in texts(shown))
    assert "value" not in inputs(shown)["reason"]


def test_it_does_not_renew_itself_while_someone_types() -> None:
    assert "refresh" not in set_aside(FRESH, for_user=LEAD).content
