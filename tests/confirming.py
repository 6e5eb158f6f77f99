"""How members answer a draft in tests: each on a card fresh from the server."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from eocif import confirmations
from eocif.models import Response
from eocif.round_summaries import ConfirmForm
from eocif.rules.dates import at
from eocif.summaries import Feedback
from tests.builders import World

ASKED_ON = date(2027, 1, 18)  # the Monday after `after_the_close.in_round_2` sent its drafts
CLOSES_ON = date(2027, 1, 25)
TUESDAY = at(date(2027, 1, 19), 10)


def form(world: World, who: str, area: int, now: datetime, *, for_: str = "") -> ConfirmForm:
    """The card of an area's draft."""
    place = world.place(area, for_=for_)
    return world.do(confirmations.confirm_form, who, place=place, now=now)


def change(
    world: World, who: str, area: int, levels: Mapping[str, str], now: datetime, *, for_: str = ""
) -> Feedback:
    """Change levels, by what is rated."""
    return world.do(
        confirmations.save_levels, who, place=world.place(area, for_=for_), now=now,
        fields={f"level_{code}": choice for code, choice in levels.items()},
        shown=form(world, who, area, now, for_=for_).shown,
    )  # fmt: skip


def respond(
    world: World, who: str, area: int, answer: str, now: datetime, *, comment: str = "",
    for_: str = "",
) -> Feedback:  # fmt: skip
    """Agree, agree with a comment, or raise a concern."""
    return world.do(
        confirmations.save_answer, who, place=world.place(area, for_=for_), answer=answer,
        comment=comment, now=now, shown=form(world, who, area, now, for_=for_).shown,
    )  # fmt: skip


def respond_all(world: World, area: int, now: datetime, *, but: Iterable[str] = ()) -> None:
    """Everyone in the group agrees with a draft; Tom records for Doris."""
    for who in world.members.keys() - set(but):
        recorder = who if who in world.actors else "tom"
        respond(world, recorder, area, "agree", now, for_="" if recorder == who else who)


def stored(world: World, who: str, area: int = 2) -> Response:
    """The stored response of someone to an area's draft."""
    [found] = world.rows(
        Response,
        Response.member_id == world.members[who],
        Response.area_id == world.area(area).id,
    )
    return found
