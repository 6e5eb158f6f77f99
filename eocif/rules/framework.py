"""The Experience of care improvement framework (NHS England, PR1209) as frozen data.

An edition is read from two files in eocif.editions: the publication's own words, which nobody
can edit, and ours beside them. The fields that hold our words are named in each class; wherever
a person reads them they are marked as ours. Areas of practice belong to a section and to no
area: the framework does not map one onto the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from eocif.editions import files

CURRENT = "2025-02-18"
LEVEL_KEYS = ("insufficient_progress", "progressing", "achieving", "excelling")


class UnknownEdition(LookupError):
    """No edition with this id is kept here."""


class NotInEdition(LookupError):
    """The edition has no such section, area, indicator or level."""


@dataclass(frozen=True, slots=True)
class Level:
    """A maturity level; ``rank`` is 0 for the lowest. Ours: ``reading``, for a single statement."""

    key: str
    name: str
    definition: str
    rank: int
    reading: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A good practice indicator, "Area 1a" to its readers.

    Ours: everything after ``bullets``. ``expansions`` pairs a hard term of the statement, or of
    our lines, with its meaning. ``future_users`` is set where the statement asks about people who
    do not use services now; ``where_provided`` names the service without which it may not apply.

    A review may add statements (``is_local``, with a code of its own) and may put a line of its own
    in the place of ``plain`` (``help_is_local``).
    """

    code: str
    text: str
    bullets: tuple[str, ...]
    plain: str
    example: str
    expansions: tuple[tuple[str, str], ...]
    future_users: bool = False
    where_provided: str = ""
    is_local: bool = False
    help_is_local: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """One of the numbered areas. Ours: ``label``, or a review's own (``label_is_local``)."""

    number: int
    label: str
    indicators: tuple[Indicator, ...]
    label_is_local: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One of the sections, with its areas of practice as printed."""

    number: int
    title: str
    areas_of_practice: tuple[str, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the framework, its guidance tool and what we show are not the same. Ours: ``note``."""

    where: str
    framework: str
    guidance_tool: str
    shown: str
    note: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A slip in the publication that we show as printed. Ours: ``note``."""

    where: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition: its record, its levels lowest first, its worksheet and its sections.

    Ours: ``voice``, the line that says who "we" is in our plain lines. The publication gives no
    version number, so ``id``, its date, serves as one.
    """

    id: str
    title: str
    publisher: str
    published_on: date
    reference: str
    licence: str
    attribution: str
    source: str
    national_review_due: date
    contact: str
    voice: str
    levels: tuple[Level, ...]
    worksheet: tuple[str, ...]
    sections: tuple[Section, ...]
    differences: tuple[Difference, ...]
    kept_as_printed: tuple[Kept, ...]

    def __hash__(self) -> int:
        # Of its id alone: what is cached by edition would else read all its words each time.
        return hash(self.id)

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area, in order."""
        return tuple(area for section in self.sections for area in section.areas)

    @property
    def questions(self) -> tuple[str, ...]:
        """The worksheet's three open questions: without the area and the assessment."""
        return self.worksheet[1:-1]

    def area(self, number: int) -> Area:
        """The area with this number, or NotInEdition."""
        for area in self.areas:
            if area.number == number:
                return area
        raise NotInEdition(f"{self.id} has no area {number}")

    def section_of(self, number: int) -> Section:
        """The section that holds the area with this number, or NotInEdition."""
        for section in self.sections:
            if any(area.number == number for area in section.areas):
                return section
        raise NotInEdition(f"{self.id} has no area {number}")

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code, such as "13a", or NotInEdition."""
        for area in self.areas:
            for indicator in area.indicators:
                if indicator.code == code:
                    return indicator
        raise NotInEdition(f"{self.id} has no indicator {code}")

    def level(self, key: str) -> Level:
        """The level with this key, or NotInEdition."""
        for level in self.levels:
            if level.key == key:
                return level
        raise NotInEdition(f"{self.id} has no level {key}")

    def catalogue(self) -> dict[str, object]:
        """What ``framework --json`` prints: fresh lists and dicts, keys in their printed order."""
        return {
            "edition": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "published_on": self.published_on.isoformat(),
            "reference": self.reference,
            "licence": f"{self.licence}. {self.attribution}",
            "source": self.source,
            "levels": [
                {"key": x.key, "name": x.name, "definition": x.definition, "rank": x.rank}
                for x in self.levels
            ],
            "worksheet": list(self.worksheet),
            "sections": [_catalogue_section(section) for section in self.sections],
        }


def minutes(area: Area) -> int:
    """How many minutes most people take for an area (ours): half for each statement, and one."""
    return (len(area.indicators) + 3) // 2


def editions() -> tuple[str, ...]:
    """The ids of the editions kept here, oldest first."""
    return files.ids()


def edition(edition_id: str = CURRENT) -> Edition:
    """The edition with this id, read and checked once; UnknownEdition where there is none."""
    if edition_id not in editions():
        raise UnknownEdition(f"No edition {edition_id} is kept here.")
    return _load(edition_id)


@cache
def _load(edition_id: str) -> Edition:
    return build(*files.read(edition_id))


def build(official: files.Raw, ours: files.Raw) -> Edition:
    """Join the publication's words with ours, both as parsed JSON, and check the result.

    Raises files.InvalidEdition for anything missing, unknown, doubled or out of order.
    """
    try:
        raw = files.join(official, ours)
        counts = raw.pop("counts")
        joined = _edition(raw)
    except (KeyError, TypeError) as error:
        # A class asked for a key that the files lack, or was given one that it does not know.
        raise files.InvalidEdition(f"an edition's files have the wrong keys: {error}") from error
    _check(joined, counts)
    return joined


def _edition(raw: files.Raw) -> Edition:
    shaped = {
        "published_on": date.fromisoformat(raw["published_on"]),
        "national_review_due": date.fromisoformat(raw["national_review_due"]),
        "levels": tuple(Level(**x) for x in raw["levels"]),
        "worksheet": tuple(raw["worksheet"]),
        "sections": tuple(_section(x) for x in raw["sections"]),
        "differences": tuple(Difference(**x) for x in raw["differences"]),
        "kept_as_printed": tuple(Kept(**x) for x in raw["kept_as_printed"]),
    }
    return Edition(**raw | shaped)


def _section(raw: files.Raw) -> Section:
    practice = tuple(raw["areas_of_practice"])
    return Section(
        **raw | {"areas_of_practice": practice, "areas": tuple(map(_area, raw["areas"]))}
    )


def _area(raw: files.Raw) -> Area:
    return Area(**raw | {"indicators": tuple(map(_indicator, raw["indicators"]))})


def _indicator(raw: files.Raw) -> Indicator:
    shaped = {"bullets": tuple(raw["bullets"]), "expansions": tuple(raw["expansions"])}
    return Indicator(**raw | shaped)


def _check(edition: Edition, counts: Mapping[str, int]) -> None:
    areas = edition.areas
    found = {
        "sections": len(edition.sections),
        "areas": len(areas),
        "indicators": sum(len(area.indicators) for area in areas),
    }
    files.require(found == counts, f"counts are {found}, not {counts}")
    files.require(
        _counts_up(s.number for s in edition.sections), "section numbers are out of order"
    )
    files.require(_counts_up(a.number for a in areas), "area numbers are out of order")
    for area in areas:
        expected = [f"{area.number}{chr(ord('a') + n)}" for n in range(len(area.indicators))]
        files.require(
            [i.code for i in area.indicators] == expected, f"area {area.number} has wrong codes"
        )
    files.require(
        tuple(x.key for x in edition.levels) == LEVEL_KEYS, "levels are wrong or out of order"
    )
    files.require([x.rank for x in edition.levels] == [0, 1, 2, 3], "ranks are out of order")


def _counts_up(numbers: Iterable[int]) -> bool:
    return all(number == place for place, number in enumerate(numbers, start=1))


def _catalogue_section(section: Section) -> dict[str, object]:
    return {
        "number": section.number,
        "title": section.title,
        "areas_of_practice": list(section.areas_of_practice),
        "areas": [
            {
                "number": area.number,
                "label": area.label,
                "indicators": [
                    {"code": i.code, "text": i.text, "bullets": list(i.bullets)}
                    for i in area.indicators
                ],
            }
            for area in section.areas
        ],
    }
