import pytest
pytestmark = pytest.mark.browser

async def test_try(house, open_page):
    desk = await open_page(house)
    await desk.be("Amina Yusuf")
    print(await desk.card.inner_text())
    await desk.say("start a review", then="Step 1 of 6")
    print(await desk.card.inner_text())
    await desk.page.screenshot(path="/tmp/shot1.png")
    await desk.fill("Provider", "Northmoor")
    await desk.press("Save and go on", then="Step 2 of 6")
    print(await desk.card.inner_text())
    await desk.press("Save and go on", then="Step 3 of 6")
    print(await desk.card.inner_text())
    await desk.press("Save and go on", then="Step 4 of 6")
    print(await desk.card.inner_text())
    print(await desk.card.aria_snapshot())
    assert 0

async def test_week(under_way, open_page):
    desk = await open_page(under_way)
    await desk.be("Des Barrett")
    print(await desk.card.inner_text())
    await desk.page.screenshot(path="/tmp/shot2.png")
    assert 0
