"""Twelve people, 86 indicators, two rounds: from the set-up to a signed-off worksheet.

Every verdict is compared with one reckoned apart, and the reports are read with the libraries
that people open them with.
"""

from pathlib import Path

import pytest

from eocif.__main__ import main
from tests.scenarios.play import Cast
from tests.scenarios.reports_read_back import (
    every_verdict_is_the_one_reckoned_apart,
    exported,
    tables_say_the_same,
    the_worksheet_has_five_fields_for_each_area,
    versions_keep_to_their_readers,
)
from tests.scenarios.the_whole_review import (
    Review,
    amina_records_for_those_without_teams,
    every_area_is_concluded,
    every_area_is_drafted,
    everyone_but_one_answers_the_drafts,
    everyone_rates_every_indicator,
    it_is_set_up,
    it_is_signed_off,
)


@pytest.mark.covers("R17")
@pytest.mark.covers("R14")
def test_a_whole_review(cast: Cast, environ: dict[str, str], tmp_path: Path) -> None:
    review = Review(cast)
    it_is_set_up(review)
    everyone_rates_every_indicator(review)
    amina_records_for_those_without_teams(review)
    every_area_is_drafted(review)
    everyone_but_one_answers_the_drafts(review)
    every_area_is_concluded(review)
    it_is_signed_off(review)
    every_verdict_is_the_one_reckoned_apart(review, exported(environ, tmp_path, "json", "board"))
    made = {
        version: exported(environ, tmp_path, "docx", version)
        for version in ("group", "board", "icb", "public")
    }
    the_worksheet_has_five_fields_for_each_area(review, made["group"])
    tables_say_the_same(
        review, exported(environ, tmp_path, "xlsx", "board"),
        exported(environ, tmp_path, "csv", "board"),
    )  # fmt: skip
    versions_keep_to_their_readers(review, made)
    assert main(["audit", "1", "--verify"], environ) == 0
