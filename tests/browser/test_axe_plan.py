"""Axe looks at everything that time brings: actions, reminders, habits, digest, dates, next review.

On a phone and in a wide window, in light colours and in dark ones. No line may be cut short.
"""

from datetime import timedelta

import pytest

from eocif.database import Database
from tests.browser.conftest import THURSDAY, Opener, Staged
from tests.browser.look import Look
from tests.builders import World
from tests.under_way import LAST_MORNING, under_way

pytestmark = [pytest.mark.browser, pytest.mark.covers("R65")]

HALF_PAST = LAST_MORNING + timedelta(minutes=30)
ACTION = "Action for area 2"


def plan(database: Database) -> World:
    """A fortnight after sign-off, with an action in every state."""
    world: World = under_way(database, THURSDAY)
    return world


@pytest.mark.parametrize("width", [390, 1300])
async def test_nothing_is_wrong_for_axe_or_cut_short_on_what_time_brings(
    staged: Staged, open_page: Opener, width: int
) -> None:
    look = Look(await open_page(staged(plan, HALF_PAST), width, "dark"))
    await as_owner(look)
    await as_area_lead(look)
    await as_lead(look)
    assert look.found == {}


async def as_owner(look: Look) -> None:
    """What is due today, an action with a form, and how often we write."""
    await look.desk.be("Grace Adeyemi")
    await look.desk.sees_heading("1 thing waits for you")
    await look.desk.sees("This is due today, Thursday 11 February 2027.")
    await look.at("reminders")
    await look.press("Not now", "Not now")
    await look.desk.press("Back to all reminders")
    await look.desk.press("Open this action", then=ACTION)
    await look.press("What has happened so far (4 entries)", ACTION)
    await look.desk.press("Add a note or evidence")
    await look.press("Save this note", "A note or evidence")
    await look.desk.say("help", then="Help")
    await look.press("Reminders and leave", "Reminders and leave")


async def as_area_lead(look: Look) -> None:
    """The list, narrowed, one that waits for its lead, and the form with what is not taken."""
    await look.desk.be("Tom Okafor")
    await look.desk.say("actions", then="Actions of this review")
    await look.press("Narrow this list")
    await look.desk.press("Open action 2", then=ACTION)
    await look.desk.press("Answer about the date", then="Another date?")
    await look.desk.press("Back to the action", then=ACTION)
    await look.desk.press("Change this action", then="Change this action")
    await look.desk.fill("By when?", "2027-03-31")
    await look.press("Save this action", "Change this action")


async def as_lead(look: Look) -> None:
    """The week, the dates with their forms, and what follows."""
    await look.desk.be("Amina Yusuf")
    await look.desk.sees("Its papers close today, Thursday 11 February 2027.")
    await look.desk.say("digest", then="Your week at a glance")
    await look.at("digest")
    await look.desk.press("See the review")
    await look.press("Dates and the weekly digest")
    await look.press("Add a meeting")
    await look.desk.press("Back to the dates")
    await look.press("Change the weekly digest")
    await look.desk.press("Back to the dates")
    await look.press("Start the next review")
    await look.desk.say("worksheet", then="The worksheet")
    await look.desk.press("See section 1", then="Section 1")
    await look.press("Rate area 2 again", "Rate area 2 again?")
