"""What one review adapts of the framework (PURE): PR1209 allows it, and outputs say so.

A lead may add local statements, put local words in the place of our help lines and short titles,
mark statements as not applicable where a service is not provided, and change the list of
perspectives. The framework's own words are never part of this: nothing here can change them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from eocif.rules.framework import Area, Edition, Indicator
from eocif.rules.perspectives import PERSPECTIVES, Perspective, Voice
from eocif.rules.statements import LOCAL

LOCAL_PERSPECTIVE = "local_"


@dataclass(frozen=True)
class LocalStatement:
    """A statement that a review adds, asked with an area; `plain` is its line of help.

    A removed one stays in the record, so that its code and its card's nonce are not used again.
    """

    code: str
    area: int
    text: str
    plain: str = ""
    nonce: str = ""
    is_removed: bool = False


@dataclass(frozen=True)
class PerspectiveChange:
    """What a review changes of a perspective, or one that it adds (key "local_1" …).

    An empty name or voice is that of our list. A removed one is no longer offered; who speaks from
    it still does.
    """

    key: str
    name: str = ""
    voice: str = ""
    nonce: str = ""
    is_removed: bool = False


Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Adaptation:
    """Everything local to one review. Pairs are in order of their first: they can be hashed.

    `help` is by statement code, `labels` by area number, `not_applicable` by code with the reason.
    """

    perspectives: tuple[PerspectiveChange, ...] = ()
    statements: tuple[LocalStatement, ...] = ()
    help: Pairs = ()
    labels: Pairs = ()
    not_applicable: Pairs = ()

    @property
    def added(self) -> tuple[LocalStatement, ...]:
        """The local statements that are asked."""
        return tuple(each for each in self.statements if not each.is_removed)


NONE = Adaptation()


# --- in and out of a review's record ----------------------------------------------------------


def parsed(raw: Mapping[str, Any]) -> Adaptation:
    """An adaptation from a review's record; what is missing there is not adapted."""
    return Adaptation(
        tuple(PerspectiveChange(**each) for each in raw.get("perspectives", ())),
        tuple(LocalStatement(**each) for each in raw.get("statements", ())),
        _pairs(raw.get("help", {})),
        _pairs(raw.get("labels", {})),
        _pairs(raw.get("not_applicable", {})),
    )


def written(adaptation: Adaptation) -> dict[str, Any]:
    """An adaptation as its review's record holds it: `parsed` reads it back."""
    return {
        "perspectives": [asdict(each) for each in adaptation.perspectives],
        "statements": [asdict(each) for each in adaptation.statements],
        "help": dict(adaptation.help),
        "labels": dict(adaptation.labels),
        "not_applicable": dict(adaptation.not_applicable),
    }


def _pairs(held: Mapping[str, str]) -> Pairs:
    return tuple(sorted((key, text) for key, text in held.items() if text))


def changed(pairs: Pairs, values: Mapping[str, str]) -> Pairs:
    """Pairs with some values set; an empty one goes."""
    return _pairs({**dict(pairs), **values})


# --- the edition ------------------------------------------------------------------------------


def adapted(edition: Edition, adaptation: Adaptation) -> Edition:
    """An edition as a review uses it.

    Local statements come last in their area; statements that do not apply here are left out, so
    that nobody is asked; local words stand in the place of ours and are marked.
    """
    local = replace(adaptation, perspectives=())
    return edition if local == NONE else _adapted(edition, local)


@lru_cache(maxsize=256)
def _adapted(edition: Edition, adaptation: Adaptation) -> Edition:
    sections = tuple(
        replace(section, areas=tuple(_area(area, adaptation) for area in section.areas))
        for section in edition.sections
    )
    return replace(edition, sections=sections)


def _area(area: Area, adaptation: Adaptation) -> Area:
    left_out, own = dict(adaptation.not_applicable), dict(adaptation.help)
    label = dict(adaptation.labels).get(str(area.number), "")
    official = (each for each in area.indicators if each.code not in left_out)
    local = (indicator(each) for each in adaptation.added if each.area == area.number)
    return replace(
        area, label=label or area.label, label_is_local=bool(label),
        indicators=(*(_with_help(each, own.get(each.code, "")) for each in official), *local),
    )  # fmt: skip


def _with_help(indicator: Indicator, line: str) -> Indicator:
    return replace(indicator, plain=line, help_is_local=True) if line else indicator


def indicator(local: LocalStatement) -> Indicator:
    """A local statement in the shape of the framework's own, marked."""
    return Indicator(
        local.code, local.text, (), local.plain, "", (), is_local=True, help_is_local=True
    )


def services(edition: Edition) -> tuple[str, ...]:
    """The services without which some statements may not apply, in the edition's order."""
    found = (each.where_provided for area in edition.areas for each in area.indicators)
    return tuple(dict.fromkeys(service for service in found if service))


def service_in_full(edition: Edition, service: str) -> str:
    """A service's name written out as our help has it: "Patient Advice … (PALS)"."""
    meanings = dict(edition.indicator(codes_of(edition, service)[0]).expansions)
    written_out = meanings.get(service, service).partition(":")[0]
    return f"{written_out} ({service})" if written_out != service else service


def without(adaptation: Adaptation, edition: Edition, service: str, reason: str) -> Adaptation:
    """A service is not provided, for this reason: its statements do not apply. "" undoes it."""
    reasons = dict.fromkeys(codes_of(edition, service), reason)
    return replace(adaptation, not_applicable=changed(adaptation.not_applicable, reasons))


def codes_of(edition: Edition, service: str) -> tuple[str, ...]:
    """The official statements that depend on a service."""
    return tuple(
        each.code
        for area in edition.areas
        for each in area.indicators
        if service and each.where_provided == service
    )


# --- local statements -------------------------------------------------------------------------


def with_statement(
    adaptation: Adaptation, *, area: int, text: str, plain: str, nonce: str
) -> Adaptation:
    """One more local statement, with the next code; the same nonce adds nothing more."""
    held = adaptation.statements
    if any(each.nonce == nonce for each in held):
        return adaptation
    new = LocalStatement(f"{LOCAL}{len(held) + 1}", area, text, plain, nonce)
    return replace(adaptation, statements=(*held, new))


def without_statement(adaptation: Adaptation, code: str) -> Adaptation:
    """The same without one local statement: it is not asked, and its code is not used again."""
    return replace(
        adaptation,
        statements=tuple(
            replace(each, is_removed=True) if each.code == code else each
            for each in adaptation.statements
        ),
    )


# --- perspectives -----------------------------------------------------------------------------


def offered(adaptation: Adaptation) -> tuple[Perspective, ...]:
    """The perspectives in use: ours in order, then those added."""
    gone = {each.key for each in adaptation.perspectives if each.is_removed}
    return tuple(each for each in every(adaptation) if each.key not in gone)


def every(adaptation: Adaptation) -> tuple[Perspective, ...]:
    """The perspectives in use and those no longer offered, which people may still hold."""
    changes = {each.key: each for each in adaptation.perspectives}
    known = (_changed(each, changes.get(each.key)) for each in PERSPECTIVES)
    added = (
        Perspective(each.key, each.name, each.name, Voice(each.voice), is_local=True)
        for each in adaptation.perspectives
        if each.key.startswith(LOCAL_PERSPECTIVE)
    )
    return (*known, *added)


def _changed(official: Perspective, change: PerspectiveChange | None) -> Perspective:
    if change is None:
        return official
    renamed = replace(official, name=change.name, short=change.name) if change.name else official
    return replace(renamed, voice=Voice(change.voice)) if change.voice else renamed


def with_perspective(adaptation: Adaptation, *, name: str, voice: str, nonce: str) -> Adaptation:
    """One more perspective; the same nonce adds nothing more."""
    held = [each for each in adaptation.perspectives if each.key.startswith(LOCAL_PERSPECTIVE)]
    if any(each.nonce == nonce for each in held):
        return adaptation
    new = PerspectiveChange(f"{LOCAL_PERSPECTIVE}{len(held) + 1}", name, voice, nonce)
    return replace(adaptation, perspectives=(*adaptation.perspectives, new))


def with_change(adaptation: Adaptation, key: str, **change: Any) -> Adaptation:
    """A perspective's name, voice or removal set; the rest of it stays."""
    held = {each.key: each for each in adaptation.perspectives}
    held[key] = replace(held.get(key) or PerspectiveChange(key), **change)
    return replace(adaptation, perspectives=tuple(held.values()))
