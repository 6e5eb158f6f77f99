"""What was in scope, in words (PURE): every output says so."""

from collections.abc import Collection

from eocif.rules.framework import Edition
from eocif.rules.phrases import areas


def scope_in_words(edition: Edition, numbers: Collection[int]) -> str:
    """“All 23 areas”, or each section in scope with its areas where not all of them are."""
    if len(numbers) == len(edition.areas):
        return f"All {len(edition.areas)} areas"
    parts = []
    for section in edition.sections:
        inside = [area.number for area in section.areas if area.number in numbers]
        if len(inside) == len(section.areas):
            parts.append(f"section {section.number} ({section.title})")
        elif inside:
            parts.append(
                f"{areas(inside, opening=False)} of section {section.number} ({section.title})"
            )
    return "; ".join(parts)
