"""Axe looks at every step from a closed round to a saved report, and no line may be cut short.

On a phone and in a wide window, in light colours and in dark ones.
"""

import pytest
from playwright.async_api import expect

from eocif.database import Database
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from tests.after_the_close import ANSWERED_AT, CLOSED_ON, NEXT_MORNING, answered, in_round_2, sent
from tests.browser.chromium import violations
from tests.browser.conftest import THURSDAY, Opener, Staged
from tests.browser.look import Look
from tests.builders import World
from tests.confirming import TUESDAY, respond
from tests.to_the_end import CONCLUDING_AT, SENT_ROUND, conclude

pytestmark = [pytest.mark.browser, pytest.mark.covers("R65")]

WIDTHS = [390, 1300]


def half_drafted(database: Database) -> World:
    """Area 2 waits for its draft, a story among its evidence; that of area 3 is with the group."""
    world = answered(database, THURSDAY)
    story = Offered("a" * 16, "story", "qualitative", "Mrs H waited four hours.", "")
    world.write("grace", 2, ANSWERED_AT, offered=story)
    world.live(at(CLOSED_ON, 17, 15))
    world.live(NEXT_MORNING)
    sent(world, 3, NEXT_MORNING)
    return world


def half_concluded(database: Database) -> World:
    """Area 2 waits to be concluded, with a concern and a comment; area 3 is concluded."""
    world = in_round_2(database, THURSDAY)
    respond(world, "grace", 2, "concern", TUESDAY, comment="Nobody has rung me.")
    respond(world, "des", 2, "agree_with_comment", TUESDAY, comment="Say who pays.")
    respond(world, "des", 3, "agree_with_comment", TUESDAY, comment="Not on nights.")
    world.live(at(SENT_ROUND, 17, 15))
    world.live(CONCLUDING_AT)
    conclude(world, 3)
    return world


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_is_wrong_for_axe_or_cut_short_while_drafting(
    staged: Staged, open_page: Opener, width: int
) -> None:
    look = Look(await open_page(staged(half_drafted, NEXT_MORNING), width, "dark"))
    await look.desk.be("Tom Okafor")
    await look.desk.say("my areas", then="My areas")
    await look.at("my areas")
    await look.press("Write the draft of area 2", "Area 2")
    await look.desk.press("Show what each statement says")
    await look.desk.press("See 2a by group", then="Area 2")
    await look.at("one statement")
    await look.press("Read people's own words", "Area 2")
    hide = look.desk.card.get_by_role("button", name="Hide words that identify someone")
    await hide.first.click()
    await look.desk.sees("Hidden words leave every card and report.")
    await look.desk.press("Hide this and tell the author")
    await look.at("a reason is asked for")
    await look.desk.press("Keep it as it is")
    await look.press("Evidence", "Area 2")
    await look.press("Record consent for the board", "Area 2")
    await look.desk.press("Keep it as it is")
    await look.press("Go on to the draft", "Area 2")
    await look.desk.fill("Where are we now?", "W" * 2_001)
    await look.press("Save and go on to levels", "Area 2")
    await look.desk.fill("Where are we now?", "Most ward managers are trained.")
    await look.press("Save and go on to levels", "Area 2")
    await look.press("Save and take a last look", "Area 2")
    assert look.found == {}


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_is_wrong_for_axe_or_cut_short_while_answering_a_draft(
    staged: Staged, open_page: Opener, width: int
) -> None:
    look = Look(await open_page(staged(half_drafted, NEXT_MORNING), width, "dark"))
    await look.desk.be("Grace Adeyemi")
    await look.desk.say("my areas", then="My areas")
    await look.press("Read the draft of area 3", "Area 3")
    await look.press("Read what others said", "Area 3")
    await look.desk.press("Back to the draft")
    await look.press("Change my levels", "Area 3")
    await look.press("Save my levels and answer the draft", "Area 3")
    await look.desk.press("Back to the draft")
    await look.desk.press("I want to raise a concern")
    await look.press("Save my answer to the draft", "Area 3")
    await look.desk.fill("Comment, or the reason for a concern", "Nobody has rung me.")
    await look.press("Save my answer to the draft", "Area 3")
    assert look.found == {}


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_is_wrong_for_axe_or_cut_short_while_concluding_and_reporting(
    staged: Staged, open_page: Opener, width: int
) -> None:
    look = Look(await open_page(staged(half_concluded, CONCLUDING_AT), width, "dark"))
    await look.desk.be("Des Barrett")
    await look.desk.say("my areas", then="My areas")
    await look.press("See what became of area 3", "Area 3")
    await look.desk.be("Amina Yusuf")
    await look.desk.say("worksheet", then="The worksheet")
    await look.at("worksheet")
    await look.press("See section 1", "Section 1")
    await look.press("Open area 3 again", "Area 3")
    await look.desk.say("worksheet", then="The worksheet")
    await look.press("See the reports", "Reports")
    await look.press("Make the worksheet (Word)", "Reports")
    await a_file_is_taken(look)
    await look.desk.say("review", then="The review at a glance")
    await look.press("Area 2: conclude it", "Area 2")
    await look.press("Let it stand", "Area 2")
    await look.press("Go on to conclude", "Area 2")
    assert look.found == {}


async def a_file_is_taken(look: Look) -> None:
    """The offer, and what comes in its place."""
    page = look.desk.page
    allow = page.get_by_role("button", name="Allow")
    await expect(allow).to_be_visible()
    assert await violations(page, older=False) == []
    await allow.click()
    await expect(page.get_by_role("link", name="Open the file")).to_be_visible()
    await look.at("a saved file")
