"""The tour that README describes, in a real Chromium, through the page alone.

A stranger sets a review up as its lead, becomes three members, answers, and looks at who still
owes what. Nothing is asserted but what can be read on the page.
"""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.browser

PROVIDER = "Northmoor and Elmsworth NHS Foundation Trust"
DES_SAID = "Porters hear what nobody writes down, and nobody asks us."
STATEMENTS = {1: "abcdefg", 2: "abc", 3: "ab"}  # the letters of the first areas


@pytest.mark.covers("R19")
@pytest.mark.covers("R65")
async def test_a_stranger_sets_up_answers_and_sees_who_owes_what(
    stage: Stage, open_page: Opener
) -> None:
    desk = await open_page(stage)
    await desk.be("Amina Yusuf")
    await describe(desk)
    await gather_the_group(desk)
    await check_and_start(desk)
    await until_the_first_messages(desk)
    await des_answers_and_comes_back(desk)
    await kasia_changes_her_answer(desk)
    await sunil_cannot_judge(desk)
    await amina_sees_who_owes_what(desk)
    await amina_records_for_doris(desk)
    await the_reminder_comes(desk)


# --- setting up -----------------------------------------------------------------------------


async def describe(desk: Desk) -> None:
    """Steps 1 to 3: names, scope, dates. Going back loses nothing."""
    await desk.say("start a review", then="Step 1 of 6")
    await desk.fill("Provider", PROVIDER)
    await desk.fill("Executive lead", "Ruth Hollis")
    await desk.press("Save and go on", then="Step 2 of 6")
    await desk.sees("All 23 areas are in scope.")
    await desk.press("Section 5: Learning for improvement")
    await desk.card.get_by_label("Area 23").uncheck()
    await desk.press("Save and go on", then="Step 3 of 6")
    await desk.fill("Areas a week", "3")
    await desk.press("Save and show the dates", then="Step 3 of 6")
    await desk.sees("The first message goes out on Monday 11 January 2027.")
    await desk.press("Back", then="Step 2 of 6")
    await desk.sees("22 of 23 areas are in scope.")
    await desk.press("Back", then="Step 1 of 6")
    await expect(desk.card.get_by_label("Executive lead")).to_have_value("Ruth Hollis")
    for step in (2, 3, 4):
        await desk.press("Save and go on", then=f"Step {step} of 6")


async def gather_the_group(desk: Desk) -> None:
    """Step 4: from the directory, from the team's list, and without Teams."""
    await desk.sees("Nobody is in the group yet.")
    await open_perspective(desk, "Healthwatch")
    await desk.tick("Sunil Rao, Local Healthwatch")
    await desk.press("Add these people")
    await desk.sees("Sunil Rao (guest)")
    await desk.press("Back to the group", then="Step 4 of 6")

    await open_perspective(desk, "Service leads and staff")
    await desk.press("Choose from the team’s list instead", then="Choose from the team’s list")
    await desk.tick("Des Barrett")
    await desk.tick("Kasia Nowak")
    await desk.press("Save and finish choosing")
    await desk.sees("Des Barrett", "Kasia Nowak")
    await desk.press("Back to the group", then="Step 4 of 6")

    await desk.press("Add someone without Teams", then="Someone without Teams")
    await desk.fill("Their name", "Doris Whitfield")
    await desk.choose("Perspective they speak from", "People and unpaid carers")
    await desk.fill("Communication needs", "Large print. Prefers the phone, mornings.")
    await desk.press("Add this person", then="Step 4 of 6")
    await desk.sees("4 people in the group so far. 7 perspectives have nobody yet.")


async def open_perspective(desk: Desk, name: str) -> None:
    await desk.card.get_by_title(f"Add people: {name}").click()
    await expect(desk.card.get_by_label("People to add")).to_be_visible()


async def check_and_start(desk: Desk) -> None:
    """Steps 5 and 6. Leaving the chat half-way and coming back resumes."""
    await desk.press("Go on to area leads", then="Step 5 of 6")
    await desk.choose("Section 2: Organisational culture", "Kasia Nowak")
    await desk.press("Save and go on", then="Step 6 of 6")
    await desk.be("Des Barrett")
    await desk.be("Amina Yusuf")
    await desk.say("review", then="Step 6 of 6")
    await desk.sees("Nobody speaks yet for:", "Clinical leaders", "Monday 11 January 2027")
    await desk.sees(
        "of section 5 (Learning for improvement)", "Doris Whitfield. Area leads are asked to record"
    )
    await desk.press("Start the review", then="Your review has started")
    await desk.sees("areas 1 to 3", "You cannot see what they said.")


async def until_the_first_messages(desk: Desk) -> None:
    """Nothing comes before the first day, on a weekend least of all; then everyone has one."""
    des = desk.page.locator("nav").get_by_role("button", name="Des Barrett")
    before = await des.inner_text()
    for _ in range(3):
        await desk.a_day_later()
    await expect(desk.page.locator("#now")).to_contain_text("Sunday 10 January 2027")
    assert await des.inner_text() == before
    await desk.a_day_later()
    await expect(des).to_contain_text("unread message")
    await expect(desk.page.locator("nav").get_by_role("button", name="Joan")).not_to_contain_text(
        "2 unread"
    )


# --- answering ------------------------------------------------------------------------------


async def rate(desk: Desk, area: int, level: str) -> None:
    """Choose the same level for every statement of the area."""
    for letter in STATEMENTS[area]:
        await desk.choose(f"Area {area}{letter}: which level fits best?", level)


async def des_answers_and_comes_back(desk: Desk) -> None:
    """Levels, words, saved; and after leaving the chat it is all still there."""
    await desk.be("Des Barrett")
    await desk.sees_heading("Your areas this week")
    await desk.sees("3 areas to do: about 10 minutes in all.")
    await desk.press("Start with area 1", then="Area 1: Strategy, plan and partnership")
    await desk.sees("Step 1 of 2: levels.", "Most people take about 5 minutes.")
    await rate(desk, 1, "Excelling")
    await desk.press("Save levels and go on to words")
    await desk.sees("Step 2 of 2: words.", "Every statement is rated.", "You chose Excelling for")
    await desk.fill("Where are we now?", DES_SAID)
    await desk.press("Save my view")
    await desk.sees("Area 1 is answered. Thank you.", DES_SAID)
    await desk.be("Kasia Nowak")
    await expect(desk.page.get_by_text(DES_SAID)).to_have_count(0)
    await desk.be("Des Barrett")
    await desk.sees_heading("Your areas this week")
    await desk.sees("2 areas to do", "Start with area 2")
    await desk.press("See my answer to area 1")
    await desk.sees("Area 1 is answered. Thank you.", DES_SAID)
    await desk.press("Next: area 2", then="Area 2: Leadership development and training")


async def kasia_changes_her_answer(desk: Desk) -> None:
    """A half-filled step is saved as it is; later it is finished and changed."""
    await desk.be("Kasia Nowak")
    await desk.press("Answer area 2")
    await desk.choose("Area 2a: which level fits best?", "Progressing")
    await desk.press("Save levels and stop here")
    await desk.sees("1 of 3 rated, the rest can wait.")
    await desk.press("Carry on with area 2")
    await rate(desk, 2, "Achieving")
    await desk.press("Save levels and go on to words")
    await desk.sees("Are there any major omissions?")
    await desk.press("Save my view")
    await desk.sees("Area 2 is answered. Thank you.", "Achieving")
    await desk.press("Change my answer")
    await desk.choose("Area 2c: which level fits best?", "Progressing")
    await desk.press("Save levels and stop here")
    await desk.sees("Area 2 is answered. Thank you.", "Progressing")


async def sunil_cannot_judge(desk: Desk) -> None:
    """The guest from Healthwatch says that he does not know enough: that is an answer."""
    await desk.be("Sunil Rao")
    await desk.press("Answer area 3")
    await rate(desk, 3, "I don't know enough to rate this")
    await desk.press("Save levels and stop here")
    await desk.sees("Area 3 is answered. Thank you.", "I don't know enough to rate this")
    await desk.press("Back to this week's areas")
    await desk.sees("2 areas to do")


# --- looking after it -----------------------------------------------------------------------


async def amina_sees_who_owes_what(desk: Desk) -> None:
    """Who, never what; and those who have not answered are reminded."""
    await desk.be("Amina Yusuf")
    await desk.say("outstanding", then="Who has not answered yet")
    await desk.sees("You never see what anyone said.", "1 of 4 have answered.")
    await desk.press("Show by person", then="Waiting for")
    await desk.sees("Des Barrett: areas 2 and 3.", "Sunil Rao (guest): areas 1 and 2.")
    await desk.sees("Doris Whitfield")
    await expect(desk.page.get_by_text(DES_SAID)).to_have_count(0)
    await desk.press("Remind those who have not answered", then="We are reminding")
    await desk.sees("Des Barrett", "Kasia Nowak", "gets theirs on the next working day.")


async def amina_records_for_doris(desk: Desk) -> None:
    """What someone without Teams says is recorded by the area's lead, and marked."""
    await desk.say("my areas", then="Answers to record")
    await desk.sees("Large print. Prefers the phone, mornings.")
    await desk.press("Record answers for area 3")
    await desk.sees("You are recording answers for Doris Whitfield.", "so you see it")
    await rate(desk, 3, "Insufficient progress")
    await desk.press("Save levels and go on to words")
    await desk.fill("Where are we now?", "I never know whom to ring.")
    await desk.press("Save their view")
    await desk.sees("Area 3 is answered. Thank you.", "I never know whom to ring.")


async def the_reminder_comes(desk: Desk) -> None:
    """On the next working day, and to nobody who owes nothing."""
    kasia = desk.page.locator("nav").get_by_role("button", name="Kasia Nowak")
    await expect(kasia).not_to_contain_text("unread")
    await desk.a_day_later()
    await expect(kasia).to_contain_text("1 unread message")
    await kasia.click()
    await desk.sees("2 areas to do", "Start with area 1", "Answer area 3")
    await desk.does_not_see("Area 2")
