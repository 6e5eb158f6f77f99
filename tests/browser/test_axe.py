"""After each main step axe looks at the page, and no line may be cut short.

On a phone and in a wide window, in light colours and in dark ones.
"""

import pytest

from tests.browser.conftest import Opener, Scope
from tests.browser.look import Look

pytestmark = [pytest.mark.browser, pytest.mark.covers("R65")]

WIDTHS = [390, 1300]
SCOPE = {"1": "3", "2": "none", "3": "13", "4": "none", "5": "none"}


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_is_wrong_for_axe_or_cut_short_while_answering(
    under_way: Scope, open_page: Opener, width: int
) -> None:
    look = Look(await open_page(under_way(SCOPE), width, "dark"))
    await look.desk.be("Des Barrett")
    await look.desk.sees_heading("Your areas this week")
    await look.at("weekly message")
    await look.press("Answer area 13", "Area 13")
    await look.press("What the four levels mean")
    await look.desk.choose("Area 13d: which level fits best?", "Excelling")
    await look.press("Save levels and go on to words", "Area 13")
    await look.desk.fill("A link to it", "http://example.nhs.uk")
    await look.press("Save my view")
    await look.desk.sees("Please check")
    await look.desk.fill("A link to it", "https://www.example.nhs.uk")
    await look.desk.choose("Where does this evidence come from?", "Survey")
    await look.desk.choose(
        "Is it in words or in numbers?", "Qualitative: in words, such as a story or comments"
    )
    await look.press("Save my view", "Area 13")
    await look.press("Clear something", "Area 13")
    assert look.found == {}


@pytest.mark.parametrize("width", WIDTHS)
async def test_nothing_is_wrong_for_axe_or_cut_short_while_leading(
    under_way: Scope, open_page: Opener, width: int
) -> None:
    look = Look(await open_page(under_way(SCOPE), width, "dark"))
    await look.desk.be("Amina Yusuf")
    for words, heading in (
        ("outstanding", "Who has not answered yet"),
        ("review", "The review at a glance"),
        ("my areas", "My areas"),
        ("help", "What you can type"),
        ("start a review", "Step 1 of 6"),
    ):
        await look.desk.say(words, then=heading)
        await look.at(words)
    await look.desk.fill("Provider", "Northmoor")
    for step in (2, 3, 4):
        await look.press("Save and go on", f"Step {step} of 6")
    await look.press("Add someone without Teams", "Someone without Teams")
    await look.desk.press("Back to the group", then="Step 4 of 6")
    await look.desk.card.get_by_title("Add people: Healthwatch").click()
    await look.desk.sees("In the group now")
    await look.at("people picker")
    await look.desk.press("Back to the group", then="Step 4 of 6")
    await look.press("Go on to area leads", "Step 5 of 6")
    await look.press("Save and go on", "Step 6 of 6")
    assert look.found == {}
