"""Area 5 in the page, from the first message to the worksheet, as six people.

Staff rate themselves on communicating with people who use services: a porter sees it otherwise.
The porter, the unpaid carer and the guest from Healthwatch read on a phone, the others in a wide
window. The review is set up beforehand; from then on the page's own buttons alone are pressed.
"""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.scenarios.play import Cast
from tests.scenarios.scenes import PROVIDER, the_group_is_chosen
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.browser

LEFT_OUT = ("joan", "peter", "kasia")


def set_up(stage: Stage) -> None:
    (amina,) = Cast(stage)("amina")
    amina.says("start a review")
    amina.presses("Save and go on", provider=PROVIDER)
    scope = {f"section_{number}": "5" if number == 2 else "" for number in range(1, 6)}
    amina.presses("Save and go on", **scope)
    amina.presses("Save and go on")
    the_group_is_chosen(amina, without=LEFT_OUT)
    amina.presses("Go on to area leads")
    amina.presses("Save and go on")
    amina.presses("Start the review")

import time
T0=time.time()
async def show(desk, what):
    print(f"\n======== {what} {time.time()-T0:.1f}\n", await desk.card.inner_text())

async def test_x(stage: Stage, open_page: Opener) -> None:
    set_up(stage)
    wide = await open_page(stage, 1300)
    phone = await open_page(stage, 390)
    for _ in range(4):
        await wide.a_day_later()
    people = [(wide, "Tom Okafor", "Achieving", "The strategy names patients and staff."),
        (wide, "Ruth Hollis", "Achieving", "The board signed the plan in May."),
        (phone, "Sunil Rao", "Achieving", "People told us that they were asked."),
        (phone, "Grace Adeyemi", "Progressing", "Carers come last."),
        (phone, "Des Barrett", "Insufficient progress", "Sister Kelly on Ward 7 told me that porters are in no plan."),
        (wide, "Amina Yusuf", "Achieving", "We write it together.")]
    for desk, name, level, words in people:
        await desk.be(name)
        await desk.press("Start with area 5")
        await desk.choose("Area 5a: which level fits best?", level)
        await desk.press("Save levels and go on to words")
        await desk.fill("Where are we now?", words)
        if name == "Ruth Hollis":
            await desk.choose("Where does this evidence come from?", "Staff survey")
            await desk.choose("Is it in words or in numbers?", "Quantitative: in numbers, such as a survey score")
            await desk.fill("What does it show?", "61 of 100 say that we act on what they say.")
        await desk.press("Save my view")
        await desk.sees("Area 5 is answered. Thank you.")
    for _ in range(2):
        await wide.a_day_later()
    await wide.page.wait_for_timeout(1000)
    await show(wide, "waiting")
    await wide.press("Write the draft of area 5")
    await show(wide, "results")
    await wide.press("Read people's own words")
    await show(wide, "voices")
    hide = wide.card.get_by_role("button", name="Hide words that identify someone")
    print(await hide.count())
    await wide.press("Go on to the draft")
    await show(wide, "draft words")
    await wide.fill("Where are we now?", "We have a plan that names people and staff. Porters do not find themselves in it.")
    await wide.fill("What would good look like?", "Everyone finds themselves in the plan.")
    await wide.fill("What will we do to get from", "Write it again with porters and carers.")
    for each in await wide.card.get_by_role("checkbox").all():
        await each.check()
    if await wide.card.get_by_label("What do you say about this?").count():
        await wide.fill("What do you say about this?", "Carers and porters see it from below.")
    await wide.press("Save and go on to levels")
    await show(wide, "draft levels")
    await wide.choose("Area 5a: which level do you propose?", "Achieving")
    await wide.press("Save and take a last look")
    await show(wide, "last look")
    await wide.press("Change the levels")
    await show(wide, "levels again")
    await wide.fill("Area 5a: your reason", "Most of us agree.")
    await wide.press("Save and take a last look")
    await show(wide, "last look 2")
    await wide.press("Send this draft to the group")
    await show(wide, "sent")
    await wide.page.get_by_role("button", name="A week later").click()
    await expect(wide.page.locator("#now")).to_contain_text("Wednesday 20 January", timeout=30000)
    await phone.be("Grace Adeyemi")
    await show(phone, "Grace")
    await phone.press("Read the draft of area 5")
    await show(phone, "Grace draft")
    await phone.press("Change my levels")
    await show(phone, "Grace levels")
    await phone.choose("Area 5a: which level fits best now?", "Achieving")
    await phone.press("Save my levels and answer the draft")
    await show(phone, "Grace answer")
    await phone.press("Back to the draft")
    await phone.press("I agree with this wording")
    await show(phone, "Grace saved")
    await phone.be("Des Barrett")
    await show(phone, "Des")
    await phone.press("Read the draft of area 5")
    await phone.press("Read what others said")
    await show(phone, "Des voices")
    await phone.press("Back to the draft")
    await phone.press("I want to raise a concern")
    await show(phone, "Des concern")
    await phone.fill("Comment, or the reason for a concern", "Nobody asked a single porter.")
    await phone.press("Save my answer to the draft")
    await show(phone, "Des saved")
    await wide.be("Ruth Hollis")
    await wide.press("Read the draft of area 5")
    await wide.press("I agree, with a comment")
    await wide.fill("Comment, or the reason for a concern", "Say when it is due.")
    await wide.press("Save my answer to the draft")
    await wide.be("Tom Okafor")
    await wide.press("Read the draft of area 5")
    await wide.press("I agree with this wording")
    await wide.be("Amina Yusuf")
    await show(wide, "Amina")
    await wide.say("my areas", then="My areas")
    await show(wide, "my areas")
    await wide.page.get_by_role("button", name="A week later").click()
    await expect(wide.page.locator("#now")).to_contain_text("Wednesday 27 January", timeout=30000)
    await wide.page.wait_for_timeout(1000)
    await show(wide, "Amina news")
    await wide.press("Conclude area 5")
    await show(wide, "results")
    await wide.fill("Your answer to this concern", "Porters help write the next plan.")
    await wide.press("Answer this concern")
    await show(wide, "answered")
    await wide.press("Go on to conclude")
    await show(wide, "conclude")
    await wide.press("Change the levels")
    await show(wide, "levels 3")
    await wide.fill("Area 5a: what did you hear", "Porters told us how the plan passed them by.")
    await wide.press("Save and go on to conclude")
    await show(wide, "conclude 2")
    await wide.press("Conclude this area")
    await show(wide, "concluded")
    await wide.a_day_later()
    await phone.page.wait_for_timeout(500)
    await phone.be("Grace Adeyemi")
    await phone.be("Des Barrett")
    await show(phone, "des news")
    await phone.press("See what became of area 5")
    await show(phone, "des outcome")
    await wide.be("Ruth Hollis")
    await wide.be("Amina Yusuf")
    await show(wide, "amina news")
    await wide.say("worksheet", then="The worksheet")
    await show(wide, "worksheet")
    await wide.press("See the reports")
    await show(wide, "reports")
    await wide.press("Make the worksheet (Word)")
    await show(wide, "made")
    await wide.page.wait_for_timeout(2000)
    print(await wide.pane.locator(".log").inner_text())
    await wide.page.get_by_role("button", name="Allow").click()
    await wide.page.wait_for_timeout(2000)
    print(await wide.pane.locator(".log").inner_text())
