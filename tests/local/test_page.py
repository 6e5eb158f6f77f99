"""The page, in a real Chromium: what a person does with the mouse or the keyboard alone."""

import os

import pytest
from playwright.async_api import expect

from tests.browser.chromium import violations
from tests.local.conftest import Caller, Opener, deliver
from tests.local.echo_bot import EchoBot, greeting, message, saved

pytestmark = pytest.mark.browser

CHANNEL = "19:experience-of-care@thread.tacv2"


async def test_it_says_that_it_is_a_stand_in(open_page: Opener) -> None:
    page = await open_page()
    text = await page.locator("header").inner_text()
    assert "A local stand-in for Microsoft Teams, for trying and testing" in text


async def test_a_message_is_typed_answered_and_pressed_by_keyboard_alone(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("Skip to the chat")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("main")).to_be_focused()
    for _ in range(2):
        await page.keyboard.press("Tab")
    await page.keyboard.type("help")
    await page.keyboard.press("Enter")
    await expect(page.locator(".person .words")).to_have_text("help")
    assert bot.heard[-1]["text"] == "help"

    await deliver(teams, greeting("Hello"))
    await expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    await page.get_by_role("group", name="Card from Experience of care").focus()
    await page.keyboard.press("Tab")
    await page.keyboard.type("calm")
    button = page.get_by_role("button", name="Save my view")
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await button.evaluate("node => node === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Saved {'area': 13, 'word': 'calm'}")).to_be_visible()
    await expect(page.get_by_role("group", name="Card from")).to_be_focused()
    await expect(page.locator("#announce")).to_contain_text("The card changed. Saved")


async def test_a_required_input_is_asked_for_before_anything_is_sent(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await deliver(teams, greeting("Hello"))
    await page.get_by_role("button", name="Save my view").click()
    await expect(page.get_by_text("Write a word.")).to_be_visible()
    assert "invoke" not in bot.kinds()


async def test_people_are_picked_from_the_directory_by_their_entra_ids(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await deliver(teams, greeting("Hello"))
    await page.get_by_label("A word").fill("calm")
    await page.get_by_label("Ruth Hollis, Chief nurse").check()
    assert await page.get_by_role("checkbox").count() == 9
    await page.get_by_role("button", name="Save my view").click()
    await expect(page.get_by_text("Saved")).to_be_visible()
    data = bot.heard[-1]["value"]["action"]["data"]
    assert data["people"] == "a0000000-0000-4000-8000-000000000003"


async def test_a_failed_press_says_what_teams_says_and_keeps_what_was_typed(
    open_page: Opener, teams: Caller
) -> None:
    page = await open_page()
    await deliver(teams, greeting("Hello"))
    await page.get_by_label("A word").fill("calm")
    await page.get_by_role("button", name="Fail").click()
    alert = page.get_by_role("alert").filter(has_text="Something went wrong. Please try again.")
    await expect(alert).to_be_visible()
    await expect(page.get_by_label("A word")).to_have_value("calm")


async def test_a_double_press_is_sent_twice_as_teams_does(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await deliver(teams, greeting("Hello"))
    await page.get_by_role("button", name="Say").dblclick()
    await expect(page.get_by_text("Done.")).to_be_visible()
    assert bot.kinds().count("invoke") == 2


async def test_leaving_a_chat_puts_the_stored_card_back(open_page: Opener, teams: Caller) -> None:
    page = await open_page()
    await deliver(teams, greeting("Hello"))
    await page.get_by_label("A word").fill("calm")
    await page.get_by_role("button", name="Save my view").click()
    await expect(page.get_by_text("Saved")).to_be_visible()
    await page.get_by_role("button", name="Ruth Hollis").click()
    await expect(page.get_by_role("heading", name="Ruth Hollis")).to_be_visible()
    await page.get_by_role("button", name="Tom Okafor").click()
    await expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    await expect(page.get_by_label("A word")).to_have_value("")


async def test_an_update_by_the_bot_shows_at_once(open_page: Opener, teams: Caller) -> None:
    page = await open_page()
    sent = await deliver(teams, saved("Before"))
    await expect(page.get_by_text("Before")).to_be_visible()
    chat = await teams.chat_id("tom")
    path = f"/v3/conversations/{chat}/activities/{sent}"
    await teams.call("PUT", path, message(saved("After")))
    await expect(page.get_by_text("After")).to_be_visible()


async def test_a_card_that_asks_for_it_is_refreshed_when_it_is_seen(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    action = {"type": "Action.Execute", "verb": "again", "data": {"revision": 4}}
    await deliver(teams, greeting("Old", refresh={"action": action, "userIds": ["29:tom"]}))
    await expect(page.get_by_text("Saved {'revision': 4}")).to_be_visible()
    assert bot.heard[-1]["value"]["trigger"] == "automatic"


async def test_unread_messages_are_counted_and_shown(open_page: Opener, teams: Caller) -> None:
    page = await open_page()
    chat = await teams.chat_id("ruth")
    for text in ("One", "Two"):
        await teams.send(chat, message(saved(text)))
    ruth = page.get_by_role("button", name="Ruth Hollis")
    await expect(ruth).to_contain_text("2 unread messages")
    await ruth.click()
    await expect(ruth).not_to_contain_text("unread")


async def test_a_week_later_moves_the_bots_clock_day_by_day(
    open_page: Opener, bot: EchoBot
) -> None:
    page = await open_page()
    await expect(page.locator("#now")).to_have_text("Monday 4 January 2027, 09:00")
    await page.get_by_role("button", name="A week later").click()
    await expect(page.locator("#now")).to_have_text("Monday 11 January 2027, 09:00")
    await page.get_by_role("button", name="A day later").click()
    await expect(page.locator("#announce")).to_have_text(
        "It is now Tuesday 12 January 2027, 09:00."
    )


async def test_the_channel_is_posted_to_with_a_mention(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Experience of care review").click()
    await page.get_by_role("button", name="Add the app").click()
    await page.get_by_label("Post as Tom Okafor").fill("status")
    await page.keyboard.press("Enter")
    await expect(page.locator(".person .words")).to_have_text("status")
    assert bot.heard[-1]["text"] == "<at>Experience of care</at> status"


async def test_two_peoples_chats_stand_side_by_side_where_there_is_room(
    open_page: Opener, teams: Caller
) -> None:
    page = await open_page(width=1300)
    chat = await teams.chat_id("ruth")
    await teams.send(chat, message(saved("For Ruth")))
    await deliver(teams, saved("For Tom"))
    await page.get_by_label("Beside").select_option("ruth")
    await expect(page.get_by_text("For Ruth")).to_be_visible()
    await expect(page.get_by_text("For Tom")).to_be_visible()
    await page.set_viewport_size({"width": 1000, "height": 800})
    await expect(page.get_by_text("For Ruth")).to_have_count(0)


async def test_other_colours_keep_what_was_typed(open_page: Opener, teams: Caller) -> None:
    page = await open_page()
    await deliver(teams, greeting("Hello"))
    await page.get_by_label("A word").fill("calm")
    await page.get_by_role("button", name="Dark colours").click()
    await expect(page.get_by_label("A word")).to_have_value("calm")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.covers("R65")
@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (800, "dark"), (1300, "dark"), (1800, "light")]
)
async def test_axe_finds_nothing_wrong(
    open_page: Opener, teams: Caller, width: int, scheme: str
) -> None:
    page = await open_page(width=width, scheme=scheme)
    await teams.control("install", team=True)
    await teams.send(CHANNEL, message(saved("A post")))
    single = greeting("Hello")
    single["body"][3] |= {"isMultiSelect": False}
    await deliver(teams, single)
    await page.get_by_role("button", name="Save my view").click()
    await expect(page.get_by_text("Write a word.")).to_be_visible()
    await page.get_by_role("button", name="Fail").click()
    for select in await page.locator(".chooser select").all():
        await select.select_option("channel")
        await expect(page.get_by_text("A post").last).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="colours").click()
    assert await violations(page) == []


@pytest.mark.parametrize("width", [320, 390])
async def test_nothing_needs_sideways_scrolling_on_a_phone(
    open_page: Opener, teams: Caller, width: int
) -> None:
    page = await open_page(width=width)
    await deliver(teams, greeting("Hello"))
    await expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    if shots := os.environ.get("EOCIF_SHOTS"):
        await page.screenshot(path=f"{shots}/phone-{width}.png")
