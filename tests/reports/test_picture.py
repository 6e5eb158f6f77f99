"""The picture of levels by section: greys and hatching, numbers in it, no colour."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from eocif.report_summaries import Report
from eocif.reports.counts import by_section, ends_shown, in_words
from eocif.reports.picture import levels_by_section
from eocif.rules.framework import LEVEL_KEYS
from tests.reports import samples

SAMPLES = (
    samples.full, samples.five_members, samples.one_section, samples.by_area, samples.independent,
    samples.halfway, samples.hostile,
)  # fmt: skip


def drawn(report: Report) -> Image.Image:
    image = Image.open(BytesIO(levels_by_section(report)))
    assert image.format == "PNG"
    return image.convert("RGB")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.__name__)
def test_the_picture_has_no_colour_and_several_greys(sample: Callable[[], Report]) -> None:
    colours = drawn(sample()).getcolors(1 << 24) or []
    assert all(max(rgb) - min(rgb) <= 2 for _, rgb in colours if isinstance(rgb, tuple))
    common = [rgb for count, rgb in colours if count > 2000]
    assert len(common) >= 3


def test_it_is_wide_and_sharp_enough_for_a_page() -> None:
    image = drawn(samples.full())
    assert image.width >= 1300
    assert image.height < image.width


def test_each_section_in_scope_has_a_bar_and_no_other() -> None:
    one, five = (drawn(sample()) for sample in (samples.one_section, samples.full))
    assert one.height < five.height / 2


# --- the numbers in it ------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.__name__)
def test_every_statement_in_scope_is_counted_once(sample: Callable[[], Report]) -> None:
    report = sample()
    counted = sum(sum(counts.values()) for _, counts in by_section(report.areas))
    assert counted == sum(len(area.statements) + len(area.not_applicable) for area in report.areas)


def test_only_ends_that_occur_are_shown_beside_the_four_levels() -> None:
    assert ends_shown(by_section(samples.five_members().areas))[:4] == LEVEL_KEYS
    assert "set_aside" in ends_shown(by_section(samples.full().areas))
    assert "set_aside" not in ends_shown(by_section(samples.one_section().areas))
    assert "not_yet" in ends_shown(by_section(samples.halfway().areas))
    assert "not_applicable" in ends_shown(by_section(samples.independent().areas))


def test_areas_rated_as_a_whole_are_counted_without_their_indicators() -> None:
    by_area, by_indicator = samples.by_area(), samples.independent()
    left_out = by_indicator.areas[1].not_applicable
    areas = [
        replace(each, not_applicable=left_out) if each.area.number == 13 else each
        for each in by_area.areas
    ]
    assert sum(sum(counts.values()) for _, counts in by_section(areas)) == 23


def test_the_numbers_are_told_in_words_to_who_does_not_see_them() -> None:
    told = in_words(samples.EDITION, by_section(samples.halfway().areas))
    assert told.startswith("Bars by section. Leadership: ")
    assert "Not concluded yet 7" in told
