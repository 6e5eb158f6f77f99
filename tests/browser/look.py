"""A desk that axe looks at, step after step."""

from tests.browser.chromium import violations
from tests.browser.desk import Desk

CUT_SHORT = """card => [...card.querySelectorAll("*")]
    .filter(node => getComputedStyle(node).overflowX !== "visible" && !node.matches("input, select")
        && node.scrollWidth > node.clientWidth + 1)
    .map(node => `cut short: ${node.innerText.slice(0, 60)}`)"""


class Look:
    """A desk whose every step axe looks at; no line may be cut short either."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.found: dict[str, list[str]] = {}

    async def at(self, step: str) -> None:
        """Note what axe finds here, in the colours that are on and then in the others."""
        first = await self._look()
        await self.desk.page.locator("#theme").click()
        if wrong := first + await self._look():
            self.found[step] = wrong

    async def _look(self) -> list[str]:
        found = await violations(self.desk.page, older=False)
        return found + await self.desk.card.evaluate(CUT_SHORT)

    async def press(self, title: str, then: str = "") -> None:
        """Press, then look at what came."""
        await self.desk.press(title, then=then)
        await self.at(title)
