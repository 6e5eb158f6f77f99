"""What an area's leads do with its draft, each on a card fresh from the server."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from eocif import area_work, drafts
from eocif.errors import Invalid
from eocif.models import AuditEvent, Draft
from eocif.round_summaries import AreaWork
from eocif.rules.dates import at
from eocif.summaries import Feedback
from tests.builders import World

NOON = at(date(2027, 1, 14), 12)
WORDS = {"where_now": "Here.", "what_good": "There.", "what_do": "Go."}


def work(world: World, who: str = "tom", number: int = 2, now: datetime = NOON) -> AreaWork:
    """The area as someone sees it."""
    return world.on_review(area_work.area_work, who, number=number, now=now)


def save(
    world: World, fields: Mapping[str, str], who: str = "tom", number: int = 2, *,
    shown: Mapping[str, str] | None = None, now: datetime = NOON, levels: bool = False,
) -> Feedback:  # fmt: skip
    """Save a step; with `shown`, on a card that showed something else."""
    seen = work(world, who, number, now).draft.shown if shown is None else shown
    use_case, name = (drafts.save_levels, "fields") if levels else (drafts.save_words, "words")
    return world.on_review(use_case, who, number=number, shown=seen, now=now, **{name: fields})


def save_levels(world: World, fields: Mapping[str, str], **more: Any) -> Feedback:
    """Save the levels step."""
    return save(world, fields, levels=True, **more)


def clear(world: World, *what: str, who: str = "tom", now: datetime = NOON) -> Feedback:
    """Empty fields of area 2's draft."""
    return world.on_review(drafts.clear, who, number=2, what=what, now=now)


def send(world: World, who: str = "tom", number: int = 2, now: datetime = NOON) -> date | None:
    """Send a draft round."""
    return world.on_review(drafts.send, who, number=number, now=now)


def needed(world: World, **more: Any) -> list[str]:
    """What a draft is refused for."""
    with pytest.raises(Invalid) as refused:
        send(world, **more)
    return [each.sentence for each in refused.value.problems]


def row(world: World, number: int = 2) -> Draft:
    """A draft as it is stored."""
    return world.rows(Draft, Draft.area_id == world.area(number).id)[0]


def events(world: World, event: str) -> list[AuditEvent]:
    """What the trail holds of one kind."""
    return world.rows(AuditEvent, AuditEvent.event == event)
