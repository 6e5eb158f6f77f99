"""What to do with a card that was filled in after the stored answer had changed.

A card carries, for each field it showed, a short digest of the value it showed. With it the
server can tell what the person changed from what changed behind their back, and never has to
trust the card for a stored value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that changed in two places: what is stored, and what was posted."""

    field: str
    stored: str
    posted: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The fields to write, and those to show to the person, who presses again to decide."""

    saved: dict[str, str]
    differs: tuple[Difference, ...]


def digest(value: str | None) -> str:
    """Eight hexadecimal characters for a value shown; None and "" are the same nothing.

    Two different values share one with a chance of one in four thousand million. It is no
    secret and proves nothing: someone who forges it can only overwrite what is theirs to change.
    """
    return blake2s((value or "").encode(), digest_size=4).hexdigest()


def merge(stored: Mapping[str, str], posted: Mapping[str, str], shown: Mapping[str, str]) -> Merged:
    """Stored values, posted values and the digests of the values shown, brought together by field.

    - missing or empty in `posted`: kept as stored; an empty input never erases
    - posted equals stored, or equals what was shown: nothing to do, the stored value stands
    - stored is still what was shown: the posted value is saved
    - otherwise both changed, to different values: not saved, and returned in `differs`

    A field without a digest in `shown` counts as shown empty. Values come cleaned. Posting the
    same again, once `saved` is stored, saves nothing more and differs in the same fields.
    """
    saved: dict[str, str] = {}
    differs: list[Difference] = []
    for field, value in posted.items():
        kept = stored.get(field, "")
        was_shown = shown.get(field, digest(None))
        if not value or value == kept or digest(value) == was_shown:
            continue
        if digest(kept) == was_shown:
            saved[field] = value
        else:
            differs.append(Difference(field, kept, value))
    return Merged(saved, tuple(differs))
