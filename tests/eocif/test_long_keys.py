"""What people and Teams put into a key: PostgreSQL's holds 2,704 bytes, a letter up to four."""

from datetime import datetime

import pytest

from eocif import files, voices
from eocif.database import Database
from eocif.errors import Invalid
from eocif.files import Place, Wanted
from eocif.models import Delivery, Hidden, View
from eocif.rules.hiding import LONGEST
from eocif.rules.text import LIMIT
from tests import after_the_close
from tests.after_the_close import NEXT_MORNING
from tests.builders import World

# Letters beyond the basic plane, in no order that could be packed.
LETTERS = "".join(chr(0x20000 + place * 7919 % 40_000) for place in range(LIMIT))


@pytest.fixture
def world(database: Database, now: datetime) -> World:
    """Area 2 waits for its draft; what Grace wrote there is as long as it may be."""
    world = after_the_close.drafting(database, now)
    with world.database.transaction() as session:
        row = world.rows(View, View.member_id == world.members["grace"])[0]
        row.what_do = LETTERS
        session.add(row)
    return world


def hide(world: World, words: str) -> None:
    key = f"{world.members['grace']}:what_do"
    world.on_review(voices.hide, number=2, key=key, words=words, reason="A name.", now=NEXT_MORNING)


def test_as_many_letters_as_may_be_hidden_are_hidden_in_any_script(world: World) -> None:
    hide(world, LETTERS[:LONGEST])
    assert [len(row.words) for row in world.rows(Hidden)] == [LONGEST]


def test_who_hides_more_is_told_to_hide_all_of_it(world: World) -> None:
    with pytest.raises(Invalid, match="Leave this empty to hide all of it"):
        hide(world, LETTERS[: LONGEST + 1])
    assert world.rows(Hidden) == []


def test_a_file_may_go_to_a_place_of_any_name(world: World) -> None:
    world.do(files.ask, wanted=Wanted(world.review_id, "csv", "group"), now=NEXT_MORNING)
    [offer] = world.rows(Delivery, Delivery.kind == files.OFFER)
    place = Place("https://example.sharepoint.com/u", "", "x", f"\0{LETTERS}", "csv")
    for _press in range(2):
        world.do(files.accept, offer_id=offer.id, place=place, now=NEXT_MORNING)
    [upload] = world.rows(Delivery, Delivery.kind == files.UPLOAD)
    assert upload.params["place"]["unique_id"] == place.unique_id
