"""What an answer pack holds (PURE): all that is open for one person who takes part without Teams.

A pack goes through other hands, so it never holds an answer of a round that is open: its forms are
blank, whatever is stored already. What they chose in rounds that have closed stands beside a draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from eocif.round_summaries import ConfirmForm
from eocif.rules.framework import Edition
from eocif.summaries import AreaForm, Privacy, ReviewHead


@dataclass(frozen=True)
class PackArea:
    """An area to rate (a blank form), or a draft to answer; one of the two is there.

    `lead_name` is who takes the answer back. `earlier` is what they chose before, by code.
    `has_answer`: something is stored for this round already, and empty cells leave it as it is.
    """

    number: int
    round: int
    lead_name: str
    rate: AreaForm | None
    confirm: ConfirmForm | None
    earlier: Mapping[str, str]
    has_answer: bool

    @property
    def form(self) -> AreaForm | ConfirmForm:
        """Whichever form it is."""
        form = self.rate or self.confirm
        if form is None:
            raise ValueError("a pack's area has a form")
        return form


@dataclass(frozen=True)
class Pack:
    """A pack for one member. `mark` ties it to this installation, review and person."""

    head: ReviewHead
    edition: Edition
    member_id: int
    name: str
    perspective: str
    needs: str
    areas: tuple[PackArea, ...]
    privacy: Privacy
    mark: str
    made_at: datetime
