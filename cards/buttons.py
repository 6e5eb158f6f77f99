"""Buttons in rows that fit a phone (PURE).

Buttons side by side share the width of the card: on a phone four of them lose their titles.
"""

from collections.abc import Sequence

from cards.elements import Action, ActionSet, Element

PHONE = 46
"""How many characters of titles fit side by side on the narrowest phone …"""

FRAME = 5
"""… where a button's own frame takes as much room as this many."""


def in_rows(actions: Sequence[Action]) -> list[Element]:
    """The buttons in their order, as many in a row as a phone can show with their whole titles."""
    rows: list[list[Action]] = []
    for action in actions:
        if rows and sum(map(_width, [*rows[-1], action])) <= PHONE:
            rows[-1].append(action)
        else:
            rows.append([action])
    return [ActionSet(row, spacing="small" if place else None) for place, row in enumerate(rows)]


def _width(action: Action) -> int:
    return len(action.title) + FRAME
