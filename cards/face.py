"""What a message shows: a card, its preview, and whether someone can type on it (PURE)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Face:
    """A rendered card.

    `preview` is the message's summary: it shows on a lock screen, so it never holds people's
    words, names or levels. While `has_inputs` is true someone may be typing on the card.
    """

    content: dict[str, Any]
    preview: str

    @property
    def has_inputs(self) -> bool:
        """Whether the card asks for anything; updating it would wipe what is being typed."""
        return any(_types(self.content))


def _types(node: Any) -> list[bool]:
    if isinstance(node, dict):
        here = [True] if str(node.get("type", "")).startswith("Input.") else []
        return here + [found for value in node.values() for found in _types(value)]
    if isinstance(node, list):
        return [found for value in node for found in _types(value)]
    return []
