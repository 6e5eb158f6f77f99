"""The first steps again, by someone who has no mouse: Tab, Enter, Space, arrows and typing."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.browser

FAR = 60  # more Tabs than this from one thing to the next is too far
IS_HELD = "node => node === document.activeElement"
SHOWS_FOCUS = """() => {
    const held = document.activeElement;
    const { outlineStyle, boxShadow } = getComputedStyle(held);
    const { top, bottom } = held.getBoundingClientRect();
    const inside = bottom > 0 && top < innerHeight;
    return held === document.body || inside && (outlineStyle !== "none" || boxShadow !== "none");
}"""


class Keys:
    """Someone at the keyboard. Whatever holds the focus must be seen to."""

    def __init__(self, page: Page) -> None:
        self.page, self.desk = page, Desk(page)

    async def to(self, target: Locator, *, back: bool = False) -> None:
        """Tab to something; what is passed on the way shows its focus as well."""
        for _ in range(FAR):
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
            await self.page.wait_for_function(SHOWS_FOCUS, timeout=2000)
            if await target.evaluate(IS_HELD):
                return
        raise AssertionError(f"{target} is more than {FAR} Tabs away")

    async def press(self, title: str, *, then: str, key: str = "Enter") -> None:
        """Press a button of the newest card; the card that answers takes the focus."""
        await self.to(self.desk.card.get_by_role("button", name=title, exact=True))
        await self.page.keyboard.press(key)
        await self.desk.sees(then)
        await expect(self.desk.card).to_be_focused()
        await expect(self.page.locator("#announce")).to_contain_text("The card changed.")

    async def write(self, label: str, text: str) -> None:
        """Tab into an input of the newest card and type."""
        await self.to(self.desk.card.get_by_label(label))
        await self.page.keyboard.type(text)

    async def choose(self, label: str, downs: int) -> None:
        """Tab to a list and go down it with the arrow."""
        await self.to(self.desk.card.get_by_label(label))
        for _ in range(downs):
            await self.page.keyboard.press("ArrowDown")

    async def be(self, name: str) -> None:
        """From the top of the page to someone's chat, and past the list of people into it."""
        await self.page.evaluate("document.activeElement.blur()")
        await self.to(self.page.locator("nav").get_by_role("button", name=name))
        await self.page.keyboard.press("Enter")
        await expect(self.desk.pane.get_by_role("heading", name=name)).to_be_visible()


@pytest.mark.covers("R65")
async def test_from_the_set_up_to_the_first_saved_area_without_a_mouse(
    stage: Stage, open_page: Opener
) -> None:
    keys = Keys((await open_page(stage)).page)
    await keys.be("Amina Yusuf")
    await set_up(keys)
    await gather_des(keys)
    await start(keys)
    await four_days_later(keys)
    await keys.be("Des Barrett")
    await answer_area_2(keys)


async def set_up(keys: Keys) -> None:
    await keys.to(keys.desk.pane.locator(".compose textarea"))
    await keys.page.keyboard.type("start a review")
    await keys.page.keyboard.press("Enter")
    await keys.desk.sees("Step 1 of 6")
    await keys.to(keys.desk.card.get_by_label("Provider"), back=True)
    await keys.page.keyboard.type("Northmoor and Elmsworth NHS Foundation Trust")
    await keys.press("Save and go on", then="Step 2 of 6")
    await leave_out_area_23(keys)
    await keys.press("Save and go on", then="Step 3 of 6", key="Space")
    await keys.press("Save and go on", then="Step 4 of 6")


async def leave_out_area_23(keys: Keys) -> None:
    """Unfold its section, which says that it is open, then untick it with Space."""
    opener = keys.desk.card.get_by_role("button", name="Section 5:")
    await keys.to(opener)
    await expect(opener).to_have_attribute("aria-expanded", "false")
    await keys.page.keyboard.press("Enter")
    await expect(opener).to_have_attribute("aria-expanded", "true")
    box = keys.desk.card.get_by_label("Area 23")
    await keys.to(box)
    await keys.page.keyboard.press("Space")
    await expect(box).not_to_be_checked()


async def gather_des(keys: Keys) -> None:
    await keys.to(keys.desk.card.get_by_title("Add people: Service leads and staff"))
    await keys.page.keyboard.press("Enter")
    await keys.desk.sees("In the group now")
    await expect(keys.desk.card).to_be_focused()
    await keys.to(keys.desk.card.get_by_label("Des Barrett, Porter"))
    await keys.page.keyboard.press("Space")
    await keys.press("Add these people", then="Added")
    await keys.press("Back to the group", then="Step 4 of 6")


async def start(keys: Keys) -> None:
    await keys.press("Go on to area leads", then="Step 5 of 6")
    await keys.press("Save and go on", then="Step 6 of 6")
    await keys.press("Start the review", then="Your review has started")


async def four_days_later(keys: Keys) -> None:
    """The clock's buttons are at the top of the page; they keep the focus."""
    button = keys.page.get_by_role("button", name="A day later")
    await keys.page.evaluate("document.activeElement.blur()")
    await keys.to(button)
    for day in ("Friday 8", "Saturday 9", "Sunday 10", "Monday 11"):
        await keys.page.keyboard.press("Enter")
        await expect(keys.page.locator("#announce")).to_contain_text(f"It is now {day} January")
        await expect(button).to_be_focused()


async def answer_area_2(keys: Keys) -> None:
    await keys.desk.sees("Start with area 1")
    await keys.press("Answer area 2", then="Step 1 of 2: levels.")
    for letter, downs in (("a", 3), ("b", 2), ("c", 5)):
        await keys.choose(f"Area 2{letter}: which level fits best?", downs)
    await keys.press("Save levels and go on to words", then="Step 2 of 2: words.")
    await keys.write("Where are we now?", "We train every new starter.")
    await keys.press("Save my view", then="Area 2 is answered. Thank you.")
    await keys.desk.sees("Achieving", "Progressing", "We train every new starter.")
