"""Files that a bot hands over: offered, taken or declined, put at a place, opened."""

from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, expect

from deploy.local.settings import Settings
from tests.browser.chromium import violations
from tests.local.conftest import Caller, Opener, Starter
from tests.local.echo_bot import EchoBot, handing_over, kept, message, offer, saved

CONTENT = b"PK a worksheet, as bytes"
WHOLE = f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}"
CHANNEL = "19:experience-of-care@thread.tacv2"


async def offered(teams: Caller, *files: dict[str, Any], key: str = "tom") -> str:
    """Offers a file in someone's own chat; the id of its message."""
    chat = await teams.chat_id(key)
    status, sent = await teams.send(chat, handing_over(*(files or [offer()])))
    assert status == 201, sent
    return str(sent["id"])


async def taken(teams: Caller, bot: EchoBot, **more: Any) -> dict[str, Any]:
    """Offers a file to Tom, who takes it; where the bot is told to put it."""
    told = await teams.control("file", person="tom", message=await offered(teams), **more)
    assert (told["status"], told["error"]) == (200, None)
    return upload_of(bot)


def upload_of(bot: EchoBot) -> dict[str, Any]:
    """Where a file that was taken last goes."""
    found: dict[str, Any] = bot.heard[-1]["value"]["uploadInfo"]
    return found


async def put(teams: Caller, url: str, said: str = WHOLE, content: bytes = CONTENT) -> int:
    """Puts a file at a place, as a bot does; the status."""
    headers = {"Content-Range": said} if said else {}
    async with teams.session.put(url, data=content, headers=headers) as reply:
        return reply.status


async def seen(teams: Caller) -> list[dict[str, Any]]:
    """The files in Tom's chat, as the page is told of them."""
    messages = (await teams.look("/control/chat?person=tom"))["messages"]
    return [one["file"] for one in messages if one["file"]]


# --- offering -------------------------------------------------------------------------------


async def test_an_offer_is_a_message_of_its_own_kind(teams: Caller) -> None:
    await offered(teams)
    assert await seen(teams) == [offer()]


@pytest.mark.parametrize(
    "wrong",
    [
        offer(name=""),
        offer() | {"content": None},
        offer() | {"content": {"description": "No size"}},
        kept({"name": "a.docx", "contentUrl": "", "uniqueId": "1", "fileType": "docx"}),
    ],
)
async def test_an_incomplete_file_card_is_refused(teams: Caller, wrong: dict[str, Any]) -> None:
    chat = await teams.chat_id("tom")
    status, answer = await teams.send(chat, handing_over(wrong))
    assert (status, answer["error"]["code"]) == (400, "BadArgument")


async def test_files_are_handed_over_in_a_personal_chat_only(teams: Caller) -> None:
    await teams.control("install", team=True)
    status, answer = await teams.send(CHANNEL, handing_over(offer()))
    assert (status, answer["error"]["code"]) == (400, "BadArgument")
    assert "personal chat only" in answer["error"]["message"]


# --- taking and declining -------------------------------------------------------------------


async def test_taking_a_file_tells_the_bot_where_to_put_it(teams: Caller, bot: EchoBot) -> None:
    upload = await taken(teams, bot)
    heard = bot.heard[-1]
    assert (heard["type"], heard["name"]) == ("invoke", "fileConsent/invoke")
    assert heard["from"]["id"] == "29:tom"
    assert heard["conversation"]["conversationType"] == "personal"
    value = heard["value"]
    assert (value["type"], value["action"], value["context"]) == (
        *("fileUpload", "accept"), {"offer": 7},
    )  # fmt: skip
    assert (upload["name"], upload["fileType"]) == ("worksheet.docx", "docx")
    assert bot.refused == []


async def test_declining_a_file_gives_no_place_for_it(teams: Caller, bot: EchoBot) -> None:
    offer_id = await offered(teams)
    await teams.control("file", person="tom", message=offer_id, answer="decline")
    value = bot.heard[-1]["value"]
    assert (value["action"], value["context"]["declined"]) == ("decline", True)
    assert "uploadInfo" not in value
    assert teams.running.inside.uploads == {}


async def test_an_answer_that_the_bot_refuses_is_told(teams: Caller, bot: EchoBot) -> None:
    bot.file_status = 400
    told = await teams.control("file", person="tom", message=await offered(teams))
    assert (told["status"], told["error"]) == (400, "Something went wrong. Please try again.")


async def test_only_an_offer_in_ones_own_chat_can_be_answered(teams: Caller) -> None:
    chat = await teams.chat_id("tom")
    _, card = await teams.send(chat, message(saved("No file")))
    mine = await offered(teams)
    for person, what in (("tom", "1:1"), ("tom", card["id"]), ("ruth", mine)):
        body = {"person": person, "message": what}
        assert (await teams.call("POST", "/control/file", body))[0] == 404
    body = {"person": "tom", "message": mine, "answer": "perhaps"}
    assert (await teams.call("POST", "/control/file", body))[0] == 400


# --- putting and opening --------------------------------------------------------------------


async def test_what_was_put_there_comes_back_to_save(teams: Caller, bot: EchoBot) -> None:
    upload = await taken(teams, bot)
    assert await put(teams, upload["uploadUrl"]) == 201
    async with teams.session.get(upload["contentUrl"]) as reply:
        assert await reply.read() == CONTENT
        assert "attachment; filename*=UTF-8''worksheet.docx" in reply.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "said", ["", "bytes 0-9/10", f"bytes 1-{len(CONTENT)}/{len(CONTENT)}", "all of it"]
)
async def test_a_range_that_is_not_the_whole_file_is_refused(
    teams: Caller, bot: EchoBot, said: str
) -> None:
    upload = await taken(teams, bot)
    assert await put(teams, upload["uploadUrl"], said) == 416
    async with teams.session.get(upload["contentUrl"]) as reply:
        assert reply.status == 404


async def test_a_place_that_has_expired_takes_nothing(teams: Caller, bot: EchoBot) -> None:
    upload = await taken(teams, bot, expired=True)
    assert await put(teams, upload["uploadUrl"]) == 404


async def test_a_place_that_was_never_given_is_not_found(teams: Caller) -> None:
    assert await put(teams, f"{teams.running.url}/upload/nowhere") == 404
    assert (await teams.call("GET", "/files/nowhere/worksheet.docx"))[0] == 404


async def test_an_offer_is_there_and_can_be_answered_after_a_restart(
    starter: Starter, session: aiohttp.ClientSession, bot: EchoBot, tmp_path: Any
) -> None:
    settings = Settings(rate_scale=0, state_path=tmp_path / "stand-in.json")
    first = Caller(session, await starter(settings))
    offer_id = await offered(first)
    await first.running.stop()
    second = Caller(session, await starter(settings))
    assert await seen(second) == [offer()]
    await second.control("file", person="tom", message=offer_id)
    assert await put(second, upload_of(bot)["uploadUrl"]) == 201


# --- on the page ----------------------------------------------------------------------------


async def bot_answers(teams: Caller, offer_id: str, sentence: str) -> None:
    """The bot puts a card in the place of its offer, as it does once it was answered."""
    path = f"/v3/conversations/{await teams.chat_id('tom')}/activities/{offer_id}"
    assert (await teams.call("PUT", path, message(saved(sentence))))[0] == 200


async def tab_to(page: Page, title: str) -> None:
    """From the top of the page to a button, with the Tab key alone."""
    await page.evaluate("document.activeElement.blur()")
    button = page.get_by_role("button", name=title)
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await button.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{title} cannot be reached by keyboard")


@pytest.mark.browser
async def test_a_file_is_allowed_and_opened_by_keyboard(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    offer_id = await offered(teams)
    card = page.get_by_role("group", name="File worksheet.docx")
    await expect(card).to_contain_text("The worksheet (41 KB)")
    await tab_to(page, "Allow")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Sending…")).to_have_count(0)
    upload = upload_of(bot)
    assert await put(teams, upload["uploadUrl"]) == 201
    await bot_answers(teams, offer_id, "Saved")
    await expect(page.get_by_role("group", name="Card from Experience of care")).to_be_focused()
    await expect(page.locator("#announce")).to_contain_text("The card changed. Saved")
    await offered(teams, kept(upload))
    link = page.get_by_role("link", name="Open the file")
    async with page.expect_download() as coming:
        await link.press("Enter")
    assert (await (await coming.value).path()).read_bytes() == CONTENT


@pytest.mark.browser
async def test_a_declined_file_has_no_buttons_left(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page(width=390)
    offer_id = await offered(teams)
    await tab_to(page, "Decline")
    await page.keyboard.press("Space")
    await expect(page.get_by_text("Sending…")).to_have_count(0)
    assert bot.heard[-1]["value"]["action"] == "decline"
    await bot_answers(teams, offer_id, "Not saved")
    await expect(page.get_by_role("heading", name="Not saved")).to_be_visible()
    await expect(page.get_by_role("button", name="Allow")).to_have_count(0)


@pytest.mark.browser
async def test_an_impatient_press_takes_a_file_once(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await offered(teams)
    await page.get_by_role("button", name="Allow").dblclick()
    await expect(page.get_by_text("Sending…")).to_have_count(0)
    assert bot.kinds().count("invoke") == 1


@pytest.mark.browser
async def test_an_offer_that_went_wrong_says_so_and_can_be_tried_again(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await offered(teams)
    bot.file_status = 500
    await page.get_by_role("button", name="Allow").click()
    alert = page.get_by_role("alert").filter(has_text="Something went wrong. Please try again.")
    await expect(alert).to_be_visible()
    bot.file_status = 200
    await page.get_by_role("button", name="Allow").click()
    await expect(alert).to_have_count(0)


@pytest.mark.browser
async def test_offers_and_saved_files_are_there_when_the_page_is_loaded_again(
    open_page: Opener, teams: Caller, bot: EchoBot
) -> None:
    page = await open_page()
    await offered(teams)
    await offered(teams, kept(await taken(teams, bot)))
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await expect(page.get_by_role("button", name="Allow")).to_have_count(2)
    await expect(page.get_by_role("link", name="Open the file")).to_be_visible()


@pytest.mark.browser
@pytest.mark.covers("R65")
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1300, "dark")])
async def test_axe_finds_nothing_wrong_with_file_cards(
    open_page: Opener, teams: Caller, bot: EchoBot, width: int, scheme: str
) -> None:
    page = await open_page(width=width, scheme=scheme)
    await offered(teams, kept(await taken(teams, bot)))
    await expect(page.get_by_role("link", name="Open the file")).to_be_visible()
    assert await violations(page) == []
    await page.get_by_role("button", name="colours").click()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
