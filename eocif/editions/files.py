"""Reads an edition's two files and lays our words beside the publication's."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

Raw = dict[str, Any]

OUR_PARTS = {"about", "edition", "voice", "level_readings", "area_labels", "terms", "indicators"}


class InvalidEdition(ValueError):
    """An edition's files contradict themselves, each other or the shape they must have."""


@cache
def ids() -> tuple[str, ...]:
    """The ids of the editions kept here, oldest first."""
    names = (entry.name for entry in resources.files("eocif.editions").iterdir())
    return tuple(sorted(n.removesuffix(".json") for n in names if re.fullmatch(r"[\d-]+\.json", n)))


def read(edition_id: str) -> tuple[Raw, Raw]:
    """The publication's words and ours, as parsed JSON."""
    return _parsed(f"{edition_id}.json"), _parsed(f"{edition_id}.ours.json")


def _parsed(name: str) -> Raw:
    text = resources.files("eocif.editions").joinpath(name).read_text(encoding="utf-8")
    raw: Raw = json.loads(text)
    return raw


def join(official: Raw, ours: Raw) -> Raw:
    """One edition from both, in the official file's shape; neither argument is changed.

    Raises InvalidEdition where ours speaks of another edition, leaves a level, area or indicator
    without words, has words for one that does not exist, or would replace an official word.
    """
    require(set(ours) == OUR_PARTS, "our words have a missing or unknown part")
    require(ours["edition"] == official["id"], "our words are for another edition")
    areas = [area for section in official["sections"] for area in section["areas"]]
    codes = [indicator["code"] for area in areas for indicator in area["indicators"]]
    _same("level readings", ours["level_readings"], (x["key"] for x in official["levels"]))
    _same("area labels", ours["area_labels"], (str(area["number"]) for area in areas))
    _same("plain lines", ours["indicators"], codes)
    levels = [
        _beside(level, {"reading": ours["level_readings"][level["key"]]})
        for level in official["levels"]
    ]
    sections = [
        section | {"areas": [_area(area, ours) for area in section["areas"]]}
        for section in official["sections"]
    ]
    record = {key: value for key, value in official.items() if key != "about"}
    return _beside(record, {"voice": ours["voice"]}) | {"levels": levels, "sections": sections}


def require(holds: bool, sentence: str) -> None:
    """Raise InvalidEdition with this sentence unless the condition holds."""
    if not holds:
        raise InvalidEdition(sentence)


def _same(what: str, held: Iterable[str], wanted: Iterable[str]) -> None:
    require(set(held) == set(wanted), f"{what} do not match the publication")


def _beside(official: Raw, ours: Raw) -> Raw:
    both = official.keys() & ours.keys()
    require(not both, f"ours would replace official words: {sorted(both)}")
    return official | ours


def _area(official: Raw, ours: Raw) -> Raw:
    indicators = [
        _indicator(x, ours["indicators"][x["code"]], ours["terms"]) for x in official["indicators"]
    ]
    label = ours["area_labels"][str(official["number"])]
    return _beside(official, {"label": label}) | {"indicators": indicators}


def _indicator(official: Raw, ours: Raw, terms: Mapping[str, str]) -> Raw:
    words = " ".join((official["text"], *official["bullets"], ours["plain"], ours["example"]))
    expansions = [(term, meaning) for term, meaning in terms.items() if _occurs(term, words)]
    return _beside(official, ours) | {"expansions": expansions}


def _occurs(term: str, words: str) -> bool:
    # The plain look-up first: most terms are not there, and it costs a fraction of the pattern.
    return term in words and bool(re.search(rf"(?<!\w){re.escape(term)}(?!\w)", words))
