"""An action in the page, from its owner's message to the digest, as three people."""

import pytest

from eocif.database import Database
from eocif.rules.dates import at
from tests import acting, to_the_end
from tests.browser.conftest import THURSDAY, Opener, Staged
from tests.browser.desk import Desk
from tests.builders import World
from tests.under_way import MADE_AT, TITLES

pytestmark = pytest.mark.browser

WIDE, PHONE = 1300, 390
FRIDAY = at(MADE_AT.date().replace(day=29), 9, 30)
ACTION = "Action for area 2"
NOTE, SHOWN = "Two wards ask people each evening.", "40 of 50 people were asked"
BECAUSE = "The builders are late."
CHANGED = "People are asked before they go home."


def with_an_action(database: Database) -> World:
    """Signed off the day before yesterday; Tom asked Grace yesterday to do something."""
    world: World = to_the_end.signed_off(database, THURSDAY)
    acting.made(world, title=TITLES[0], owner="grace", deadline="2027-02-12", now=MADE_AT)
    return world


@pytest.mark.covers("R37")
@pytest.mark.covers("R65")
async def test_an_action_is_accepted_moved_and_done_and_the_lead_reads_of_it(
    staged: Staged, open_page: Opener
) -> None:
    stage = staged(with_an_action, FRIDAY)
    phone, wide = await open_page(stage, PHONE), await open_page(stage, WIDE)
    await grace_says_yes_and_how_it_goes(phone)
    await grace_asks_for_another_date(phone)
    await wide.a_day_later()
    await tom_agrees(wide)
    for _ in range(3):  # over the weekend
        await wide.a_day_later()
    await grace_has_done_it(phone)
    await amina_reads_the_digest(wide)


async def grace_says_yes_and_how_it_goes(phone: Desk) -> None:
    await phone.be("Grace Adeyemi")
    await phone.sees_heading("1 thing waits for you")
    await phone.sees(TITLES[0], "You are asked to own this action.")
    await phone.press("Say if you will do it", then=ACTION)
    await phone.press("I will do this")
    await phone.sees("This action is accepted.")
    await phone.press("Add a note or evidence")
    await phone.fill("How is it going?", NOTE)
    await phone.fill("What shows it?", SHOWN)
    await phone.fill("A link to it", "http://example.org/asked")
    await phone.press("Save this note")
    await phone.sees("https")
    await phone.fill("A link to it", "https://example.org/asked")
    await phone.press("Save this note")
    await phone.sees("We added this to the action.", "Under way.")


async def grace_asks_for_another_date(phone: Desk) -> None:
    await phone.press("Ask for another date")
    await phone.fill("Which date do you need?", "2027-03-01")
    await phone.press("Ask for this date")
    await phone.sees("Say why you need another date.")
    await phone.fill("Why?", BECAUSE)
    await phone.press("Ask for this date")
    await phone.sees("Due on Friday 12 February 2027.", "Date asked for: Monday 1 March 2027")


async def tom_agrees(wide: Desk) -> None:
    await wide.be("Tom Okafor")
    await wide.sees_heading("1 thing waits for you")
    await wide.sees("Grace Adeyemi asks for another date.")
    await wide.press("Open this action", then=ACTION)
    await wide.press("Answer about the date", then="Another date?")
    await wide.sees(BECAUSE)
    await wide.press("Agree to this date")
    await wide.sees("The deadline is changed.", "Due on Monday 1 March 2027.")
    await wide.press("What has happened so far (6 entries)")
    await wide.sees(NOTE, SHOWN, "Link to example.org")


async def grace_has_done_it(phone: Desk) -> None:
    await phone.be("Grace Adeyemi")
    await phone.say("actions", then="Your actions")
    await phone.press("Open action 1", then=ACTION)
    await phone.press("It is done", then="It is done?")
    await phone.fill("What changed for people?", CHANGED)
    await phone.press("It is done")
    await phone.sees("This action is done. Thank you.", CHANGED)


async def amina_reads_the_digest(wide: Desk) -> None:
    await wide.be("Amina Yusuf")
    await wide.say("digest", then="Your week at a glance")
    await wide.sees("1 action is done.")
