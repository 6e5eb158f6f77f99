"""The spread of levels as a chart: Teams' own shape, and bars of text where it draws none."""

import json
import re

import pytest

from cards.actions import card
from cards.charts import COLOURS, Bar, chart
from cards.elements import heading
from cards.results import glance
from eocif.rules.framework import edition
from eocif.rules.spread import Spread
from tests.cards.harness import Card, events, events_of_charts, parts, texts
from tests.cards.samples_lead_work import FRESH, WHOLE, work

NINE_OF_TWELVE = Spread((0, 2, 9, 1))
NOBODY = Spread((0, 0, 0, 0), not_applicable=12)


def drawn(*bars: Bar) -> Card:
    return card([heading("Area 13"), *chart(edition(), "How people rated it", bars)])


def charts(shown: Card) -> list[Card]:
    return [node for node in parts(shown) if str(node.get("type")).startswith("Chart.")]


def test_a_chart_has_the_shape_that_teams_draws() -> None:
    (found,) = charts(drawn(Bar("Area 13a", NINE_OF_TWELVE)))
    assert {name: found[name] for name in ("type", "title", "data")} == {
        "type": "Chart.HorizontalBar.Stacked",
        "title": "How people rated it",
        "data": [
            {
                "title": "Area 13a",
                "data": [
                    {"legend": "Insufficient progress", "value": 0, "color": "sequential2"},
                    {"legend": "Progressing", "value": 2, "color": "sequential4"},
                    {"legend": "Achieving", "value": 9, "color": "sequential6"},
                    {"legend": "Excelling", "value": 1, "color": "sequential8"},
                ],
            }
        ],
    }


def test_its_colours_are_steps_of_one_colour_and_never_say_good_or_bad() -> None:
    assert len(set(COLOURS)) == 4
    assert all(colour.startswith("sequential") for colour in COLOURS)


def test_where_teams_draws_no_chart_each_person_is_a_block_fuller_for_a_higher_level() -> None:
    (found,) = charts(drawn(Bar("Area 13a", NINE_OF_TWELVE), Bar("Area 13b", Spread((2, 0, 1, 3)))))
    assert texts(found["fallback"]) == [
        "How people rated it",
        "One block for each person: "
        "░ insufficient progress, ▒ progressing, ▓ achieving, █ excelling.",
        "Area 13a  ▒▒▓▓▓▓▓▓▓▓▓█",
        "Area 13b  ░░▓███",
    ]


def test_what_nobody_rated_has_no_bar() -> None:
    (found,) = charts(drawn(Bar("Area 13a", NINE_OF_TWELVE), Bar("Area 13g", NOBODY)))
    assert [bar["title"] for bar in found["data"]] == ["Area 13a"]
    assert charts(drawn(Bar("Area 13g", NOBODY))) == []


def test_microsofts_parser_says_one_thing_of_a_chart_and_draws_what_stands_instead() -> None:
    shown = drawn(Bar("Area 13a", NINE_OF_TWELVE))
    assert len(events_of_charts(shown)) == 1
    assert events(shown) == events_of_charts(shown)


def test_a_chart_without_something_to_fall_back_on_is_refused() -> None:
    shown = drawn(Bar("Area 13a", NINE_OF_TWELVE))
    del charts(shown)[0]["fallback"]
    with pytest.raises(AssertionError, match="no fallback"):
        events_of_charts(shown)


@pytest.mark.covers("R29")
def test_an_area_has_one_chart_and_the_same_numbers_beside_it_as_text() -> None:
    shown = glance(FRESH).content
    (found,) = charts(shown)
    beside = "\n".join(texts(shown))
    for bar in found["data"]:
        told = [
            f"{each['value']} {each['legend'].lower()}" for each in bar["data"] if each["value"]
        ]
        assert f"{', '.join(told)}." in beside


@pytest.mark.covers("R29")
def test_an_area_rated_as_a_whole_has_one_bar() -> None:
    (found,) = charts(glance(WHOLE).content)
    assert [bar["title"] for bar in found["data"]] == ["Area 5 as a whole"]


@pytest.mark.covers("R08")
def test_a_chart_shows_whole_people_only() -> None:
    for area in (FRESH, work(5, ["aapaaaaaepaa"])):
        for found in charts(glance(area).content):
            values = [point["value"] for bar in found["data"] for point in bar["data"]]
            assert all(isinstance(value, int) for value in values)
            assert not re.search(r"mean|average|score|%", json.dumps(found, ensure_ascii=False))
