"""A picture of a card, drawn by Microsoft's renderer with Teams' host configuration, to look at.

    python tests/cards/shoot.py card.json out.png [--dark] [--width 420]

Teams' look (colours, sizes, buttons) comes from Microsoft's adaptivecards-designer, installed in
deploy/local beside the renderer; both are MIT-licensed.
"""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

MODULES = Path(__file__).parents[2] / "deploy" / "local" / "node_modules"
DESIGNER = MODULES / "adaptivecards-designer"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DRAW = """([card, hostConfig]) => {
    AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = window.markdownit().render(text);
        result.didProcess = true;
    };
    const drawn = new AdaptiveCards.AdaptiveCard();
    drawn.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    drawn.parse(card);
    drawn.render(document.getElementById("card"));
}"""


def shoot(card: dict[str, Any], png: str | Path, *, dark: bool = False, width: int = 420) -> None:
    """Draw a card into a PNG file, `width` CSS pixels wide and as long as the card is."""
    theme = "dark" if dark else "light"
    config = (DESIGNER / "lib/hostConfigs" / f"microsoft-teams-{theme}.json").read_text()
    styles = [
        MODULES / "adaptivecards/dist/adaptivecards.css",
        DESIGNER / f"dist/containers/teams-container-{theme}.css",
    ]
    scripts = [
        MODULES / "adaptivecards/dist/adaptivecards.min.js",
        MODULES / "markdown-it/dist/browser/markdown-it.umd.min.js",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 100}, device_scale_factor=2)
        page.set_content('<body style="margin:0"><main id="card"></main></body>')
        for style in styles:
            page.add_style_tag(path=style)
        for script in scripts:
            page.add_script_tag(path=script)
        page.evaluate(DRAW, [card, json.loads(config)])
        page.locator("#card").screenshot(path=str(png))
        browser.close()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("card", type=Path)
    parser.add_argument("png", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--width", type=int, default=420)
    given = parser.parse_args()
    shoot(json.loads(given.card.read_text()), given.png, dark=given.dark, width=given.width)


if __name__ == "__main__":
    main()
