"""What a person does at the page, named as they would say it: be someone, type, press, read."""

from dataclasses import dataclass
from typing import Final

from playwright.async_api import Locator, Page, expect

NARROW: Final = 900  # below this width the people stand in a list to choose from
A_WEEK: Final = 60_000  # milliseconds that seven days on the clock may take


@dataclass(frozen=True)
class Desk:
    """The page, open in a browser. The first pane is the one worked in."""

    page: Page

    @property
    def pane(self) -> Locator:
        """The chat that is worked in."""
        return self.page.locator(".pane").first

    @property
    def card(self) -> Locator:
        """The newest card in the chat."""
        return self.pane.locator(".log li.bot .card:not([hidden])").last

    async def be(self, name: str) -> None:
        """Come to someone's chat, which leaves the one before."""
        assert self.page.viewport_size is not None
        if self.page.viewport_size["width"] > NARROW:
            await self.page.locator("nav").get_by_role("button", name=name).click()
        else:
            chats = self.page.get_by_label("Whose chat")
            theirs = chats.get_by_role("option", name=name)  # "Des Barrett (2 unread)"
            await chats.select_option(await theirs.get_attribute("value"))
        await expect(self.pane.get_by_role("heading", name=name)).to_be_visible()
        await self.is_settled()

    async def is_settled(self) -> None:
        """Nothing is on its way to the page, so nothing typed now is wiped."""
        await expect(self.pane.locator(".log")).to_have_attribute("aria-busy", "false")
        await expect(self.card).to_have_attribute("aria-busy", "false")

    async def say(self, words: str, *, then: str) -> None:
        """Type into the chat; `then` is the heading of the card that answers."""
        box = self.pane.locator(".compose textarea")
        await box.fill(words)
        await box.press("Enter")
        await self.sees_heading(then)
        await self.is_settled()

    async def press(self, title: str, *, then: str = "") -> None:
        """Press a button of the newest card and wait for its answer."""
        await self.card.get_by_role("button", name=title, exact=True).click()
        await self.is_settled()
        if then:
            await self.sees_heading(then)

    async def sees_heading(self, title: str) -> None:
        """The newest card has this heading."""
        await expect(self.card.get_by_role("heading", name=title).first).to_be_visible()

    async def sees(self, *texts: str) -> None:
        """The newest card shows each of these texts."""
        for text in texts:
            await expect(self.card).to_contain_text(text, use_inner_text=True)

    async def does_not_see(self, *texts: str) -> None:
        """The newest card shows none of these texts."""
        for text in texts:
            await expect(self.card).not_to_contain_text(text, use_inner_text=True)

    async def fill(self, label: str, text: str) -> None:
        """Type into an input of the newest card."""
        await self.card.get_by_label(label).fill(text)

    async def choose(self, label: str, option: str) -> None:
        """Choose from a list of the newest card."""
        await self.card.get_by_label(label).select_option(label=option)

    async def tick(self, label: str) -> None:
        """Tick a box of the newest card."""
        await self.card.get_by_label(label).check()

    async def a_day_later(self) -> None:
        """Move the bot's clock by a day, as the page does it."""
        await self._clock("A day later")

    async def a_week_later(self) -> None:
        """Move the bot's clock by a week, a day at a time."""
        await self._clock("A week later")

    async def _clock(self, title: str) -> None:
        before = await self.page.locator("#now").inner_text()
        await self.page.get_by_role("button", name=title).click()
        await expect(self.page.locator("#now")).not_to_have_text(before)
        await expect(self.page.locator("#clock-says")).to_be_empty(timeout=A_WEEK)
