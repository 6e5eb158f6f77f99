"""What a lead does to adapt a review, on cards fresh from the server, for several tests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eocif import reviews, set_up_local, set_up_rules, set_up_steps, weeks
from eocif.models import Review
from eocif.rules.dates import at
from eocif.rules.statements import BY_AREA
from eocif.set_up_summaries import CheckStep, LocalStep
from eocif.summaries import AreaProgress, Feedback, Place
from tests.builders import MONDAY, World

NOON = at(MONDAY, 12)
ROOM = "Every ward has a quiet room."
NO_PALS = "A small charity: people come to the manager."
AREA_13 = {"3": "13"}


def review_of(world: World) -> Review:
    return world.rows(Review)[0]


def show(world: World, step: str, now: datetime, **more: Any) -> Any:
    return world.on_review(set_up_steps.show, step=step, now=now, **more)


def local(world: World, now: datetime) -> LocalStep:
    shown: LocalStep = show(world, "local", now)
    return shown


def check(world: World, now: datetime) -> CheckStep:
    shown: CheckStep = show(world, "check", now)
    return shown


def add(
    world: World, now: datetime, *, area: str = "13", text: str = ROOM, plain: str = "",
    nonce: str = "nonce-01",
) -> str:  # fmt: skip
    return world.on_review(
        set_up_local.add_statement, nonce=nonce, area=area, text=text, plain=plain, now=now
    )


def remove(world: World, code: str, now: datetime) -> None:
    world.on_review(set_up_local.remove_statement, code=code, now=now)


def save_help(
    world: World, now: datetime, *, number: int = 13, shown: Mapping[str, str] | None = None,
    **posted: str,
) -> Feedback:  # fmt: skip
    """Save an area's local words, on a fresh card unless `shown` is an older one's."""
    fresh = show(world, "local_help", now, area=number).shown
    return world.on_review(
        set_up_local.save_help, number=number, posted=posted, shown=shown or fresh, now=now
    )


def not_provided(
    world: World, now: datetime, reason: str = NO_PALS, *, is_provided: bool = False,
    shown: Mapping[str, str] | None = None, service: str = "PALS",
) -> Feedback:  # fmt: skip
    fresh = show(world, "not_provided", now, service="PALS").shown
    return world.on_review(
        set_up_local.save_not_provided, service=service, reason=reason, shown=shown or fresh,
        is_provided=is_provided, now=now,
    )  # fmt: skip


def begin(world: World, now: datetime) -> None:
    """The review starts, and its first Monday comes."""
    world.on_review(reviews.start, now=now)
    world.live(at(MONDAY, 9))


def progress(world: World, who: str, *areas: int) -> tuple[AreaProgress, ...]:
    return world.do(weeks.week, who, place=Place(world.review_id, areas), now=NOON).areas


def codes(world: World, area: int = 13) -> list[str]:
    return [each.code for each in world.form("kasia", area, NOON).statements]


def by_area(world: World, now: datetime) -> None:
    shown = show(world, "rules", now).shown
    world.on_review(set_up_rules.save_rules, posted={"rating_unit": BY_AREA}, shown=shown, now=now)
