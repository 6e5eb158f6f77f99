"""Round 1 is blind: a sentence planted in each answer reaches nobody else before the close."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from eocif import (
    audit,
    deliveries,
    forms,
    greetings,
    oversight,
    reminders,
    review_groups,
    rounds,
    set_up_steps,
    turnouts,
    views,
    weeks,
)
from eocif.database import Database
from eocif.errors import EocifError
from eocif.models import AuditEvent, Delivery
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif.summaries import Place
from tests import builders
from tests.builders import MONDAY, SMALL, World

NOON = at(MONDAY, 12)


def _canary(key: str) -> str:
    return f"canary{key}"


def _plant(world: World, key: str) -> None:
    recorder, for_ = (key, "") if key in world.actors else ("tom", key)
    word = _canary(key)
    offered = Offered(word, "story", "qualitative", f"{word} evidence", f"https://{word}.org/")
    world.rate(recorder, 2, "excelling", NOON, for_=for_)
    world.write(
        recorder, 2, NOON, for_=for_, offered=offered, where_now=word, what_good=word,
        excelling=word, what_do=word + "x" * 2000,
    )  # fmt: skip


def _everything(world: World, who: str) -> Iterator[Callable[[], Any]]:
    """Everything that a use case returns to someone, about their own answers or anyone's."""
    whole = Place(world.review_id, (2, 3))
    yield lambda: world.do(weeks.week, who, place=whole, now=NOON)
    yield lambda: world.do(weeks.my_areas, who, now=NOON)
    yield lambda: world.do(oversight.status, who, now=NOON)
    yield lambda: world.on_review(oversight.review_summary, who, now=NOON)
    for by in ("area", "person"):
        yield lambda by=by: world.on_review(oversight.outstanding, who, by=by, now=NOON)
    yield lambda: world.on_review(reminders.remind, who, now=NOON)
    for step in ("group", "started"):
        yield lambda step=step: world.on_review(set_up_steps.show, who, step=step, now=NOON)
    yield lambda: world.do(greetings.welcome_for, who)
    for member_id in (0, *world.members.values()):
        for number in (2, 3):
            place = Place(world.review_id, (2, 3), number, member_id)
            for use_case, more in _on_an_area():
                yield lambda use_case=use_case, place=place, more=more: world.do(
                    use_case, who, place=place, now=NOON, **more
                )


def _on_an_area() -> Iterator[tuple[Callable[..., Any], dict[str, Any]]]:
    yield forms.area_form, {}
    yield views.clear, {"what": ("level_9z",)}
    yield views.save_levels, {"levels": {"2a": "achieving"}, "shown": {}}
    yield views.save_words, {"words": {"where_now": "!"}, "offered": Offered(), "shown": {}}


def _said(call: Callable[[], Any]) -> str:
    try:
        return repr(call())
    except EocifError as refused:
        return repr((refused.sentence, vars(refused)))


@pytest.mark.covers("R21")
def test_nobody_sees_anothers_answer_before_the_round_closes(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    for key in world.members:
        _plant(world, key)
    for who in (*world.actors,):
        seen = "".join(_said(call) for call in _everything(world, who))
        may = {who, "doris"} if who == "tom" else {who}  # Tom types what Doris says
        for key in world.members.keys() - may:
            assert _canary(key) not in seen, f"{who} saw what {key} wrote"
        assert who == "joan" or _canary(who) in seen


@pytest.mark.covers("R21")
def test_neither_messages_nor_the_trail_nor_lists_hold_anyones_words(
    database: Database, now: datetime
) -> None:
    world = builders.opened(database, now, scope=SMALL)
    for key in world.members:
        _plant(world, key)
    world.do(views.withdraw, "grace", place=world.place(2), now=NOON)
    world.on_review(reminders.remind, now=NOON)
    world.on_review(review_groups.remove_member, member_id=world.members["des"], now=NOON)
    world.on_review(rounds.extend, number=2, until="29 January 2027", now=NOON)
    world.live(at(MONDAY, 16))
    with database.transaction() as session:
        kept = repr([
            audit.trail(session, review_id=world.review_id), deliveries.listing(session),
            oversight.listing(session), deliveries.undelivered(session, review_id=1),
            turnouts.turnouts(session, review_id=1),
        ])  # fmt: skip
    kept += repr(world.rows(AuditEvent)) + repr(world.rows(Delivery))
    assert "canary" not in kept


def test_members_see_how_many_have_answered_and_no_more(database: Database, now: datetime) -> None:
    world = builders.opened(database, now, scope=SMALL)
    for who in ("tom", "ruth", "kasia"):
        world.rate(who, 2, "achieving", NOON)
    assert world.form("grace", 2, NOON).answered_by_how_many == 3
