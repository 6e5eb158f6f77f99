"""A form's cells as answers (PURE): each mistake named by its sheet and cell, all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eocif.reports.filled_form import FilledCell
from eocif.reports.pack_words import ANSWERS, choices
from eocif.reports.wording import KINDS, SOURCES
from eocif.rules.answers import WORDS, Offered, evidence_problems, is_offered
from eocif.rules.framework import Edition
from eocif.rules.phrases import many
from eocif.rules.responses import response_problems
from eocif.rules.text import LIMIT, over_by

ROW = ("source", "kind", "evidence", "link")
_NOT_LISTED = "choose from the list."
_SENTENCES: Mapping[str, str] = {
    "source": "choose where this evidence comes from.",
    "kind": "choose whether this evidence is in words or in numbers.",
    "evidence": "say what this evidence shows, or empty the rest of its row.",
    "link": "use a web address that starts with https://, or empty this cell.",
    "answer": "choose what you say to this draft.",
    "comment": "write the comment, or the reason for the concern.",
}


@dataclass
class AreaAnswers:
    """What one sheet says, by field; `cells` says where each field stands."""

    area: int
    round: int
    sheet: str
    levels: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    evidence: list[Offered] = field(default_factory=list)
    answer: str = ""
    comment: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def wrong(self, name: str, sentence: str) -> None:
        """Note a mistake in a field's cell."""
        self.problems.append(self.at(name, sentence))

    def at(self, name: str, sentence: str) -> str:
        """A sentence about a field, with its sheet and cell."""
        return f"{self.sheet}, cell {self.cells.get(name, '?')}: {sentence}"


def by_sheet(cells: Iterable[FilledCell]) -> list[list[FilledCell]]:
    """The cells of each sheet where something was filled in, in their order."""
    found: dict[str, list[FilledCell]] = {}
    for each in cells:
        found.setdefault(each.place.sheet, []).append(each)
    return [sheet for sheet in found.values() if any(each.text for each in sheet)]


def understood(cells: list[FilledCell], edition: Edition, codes: tuple[str, ...]) -> AreaAnswers:
    """One sheet's cells as answers, with every mistake in them."""
    first = cells[0].place
    said = AreaAnswers(first.area, first.round, first.sheet)
    said.cells |= {each.place.field: each.place.cell for each in cells}
    texts = {each.place.field: each.text for each in cells if each.text and not each.is_error}
    for each in cells:
        if each.is_error:
            said.wrong(each.place.field, "Excel shows an error here. Type the words again.")
    _levels(said, texts, edition, codes)
    for name in WORDS:
        if name in texts and _fits(said, name, texts[name]):
            said.words[name] = texts[name]
    _evidence(said, texts)
    _response(said, texts)
    return said


def _levels(
    said: AreaAnswers, texts: Mapping[str, str], edition: Edition, codes: tuple[str, ...]
) -> None:
    keys = _by_name(choices(edition))
    for code in codes:
        name = f"level_{code}"
        if name not in texts:
            continue
        if key := keys.get(_folded(texts[name])):
            said.levels[code] = key
        else:
            said.wrong(name, _NOT_LISTED)


def _fits(said: AreaAnswers, name: str, text: str) -> bool:
    over = over_by(text)
    if over:
        said.wrong(name, f"cut {many(over, 'character')}. The most is {LIMIT:,}.")
    return not over


# --- evidence -------------------------------------------------------------------------------


def _evidence(said: AreaAnswers, texts: Mapping[str, str]) -> None:
    rows = [name for name in said.cells if name.startswith("evidence_")]
    for number in (name.removeprefix("evidence_") for name in rows):
        row = {part: texts.get(f"{part}_{number}", "") for part in ROW}
        if any(row.values()):
            _piece(said, number, row)


def _piece(said: AreaAnswers, number: str, row: Mapping[str, str]) -> None:
    given = Offered(
        "form", _by_name(SOURCES).get(_folded(row["source"]), ""),
        _by_name(KINDS).get(_folded(row["kind"]), ""), row["evidence"], row["link"],
    )  # fmt: skip
    wrong = [part for part in ROW if part in evidence_problems(given)]
    if not is_offered(given):
        wrong.append("evidence")
    for part in wrong:
        if part != "evidence" or _fits(said, f"evidence_{number}", row["evidence"]):
            said.wrong(f"{part}_{number}", _SENTENCES[part])
    if not wrong:
        said.evidence.append(given)


# --- a draft --------------------------------------------------------------------------------


def _response(said: AreaAnswers, texts: Mapping[str, str]) -> None:
    given, comment = texts.get("answer", ""), texts.get("comment", "")
    if not given and not comment:
        return
    said.answer, said.comment = _by_name(ANSWERS).get(_folded(given), ""), comment
    if comment and not _fits(said, "comment", comment):
        return
    for name in response_problems(said.answer, comment):
        said.wrong(name, _NOT_LISTED if name == "answer" and given else _SENTENCES[name])


# --- words to keys --------------------------------------------------------------------------


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return {_folded(name): key for key, name in names.items()}


def _folded(text: str) -> str:
    """A choice as typed: case, spaces and the kind of apostrophe do not matter."""
    return " ".join(text.replace("’", "'").split()).casefold()
