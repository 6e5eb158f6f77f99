"""Area 5 in the page, from the first message to the worksheet in Word, as six people.

Five of them see their plan in one light, a porter in another. He, an unpaid carer and the guest
from Healthwatch read on a phone, the others in a wide window. The review is set up beforehand;
from then on people press what the page shows them, and time moves by the page's own buttons.
"""

from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from docx import Document
from playwright.async_api import expect

from tests.browser.conftest import Opener
from tests.browser.desk import Desk
from tests.scenarios.play import Cast
from tests.scenarios.scenes import PROVIDER, the_group_is_chosen
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.browser

WIDE, PHONE = 1300, 390
BUT_SIX: Final = ("joan", "peter", "kasia")
IDENTIFIES = "Sister Kelly on Ward 7"
BECAUSE = "Only one sister on Ward 7 is called Kelly."
NOW = "We have a plan, and the board signed it. Porters do not find themselves in it."
GOOD = "Everyone who works or is cared for here finds themselves in the plan."
DO = "Porters and carers write the next plan with us."
CONCERN = "Nobody asked a single porter."
COMMENT = "Say when the next plan is due."
REPLY = "Three porters join the group that writes it."
HEARD = "Porters told us how the plan passed them by."


class Voice(NamedTuple):
    """What one person says in round 1."""

    name: str
    level: str
    words: str


CLINICIAN = Voice("Tom Okafor", "Achieving", "The plan names patients and staff.")
EXECUTIVE = Voice("Ruth Hollis", "Achieving", "The board signed the plan in May.")
LEAD = Voice("Amina Yusuf", "Achieving", "We wrote it with twenty people.")
GUEST = Voice("Sunil Rao", "Achieving", "People told us that they were asked.")
CARER = Voice("Grace Adeyemi", "Progressing", "Carers are asked last.")
PORTER = Voice(
    "Des Barrett", "Insufficient progress", f"{IDENTIFIES} says that porters are in no plan."
)


class Two(NamedTuple):
    """The same stage on two screens: no one is on both at once."""

    wide: Desk
    phone: Desk


@pytest.mark.covers("R31")
@pytest.mark.covers("R65")
@pytest.mark.covers("R70")
async def test_area_five_from_the_first_message_to_the_worksheet_as_six_people(
    stage: Stage, open_page: Opener
) -> None:
    a_review_of_area_five_has_started(stage)
    screens = Two(await open_page(stage, WIDE), await open_page(stage, PHONE))
    await until_the_first_monday(screens)
    await six_people_answer(screens)
    await the_round_closes(screens)
    await amina_reads_and_hides(screens.wide)
    await amina_drafts(screens.wide)
    await amina_sends(screens.wide)
    await four_people_answer_the_draft(screens)
    await the_draft_comes_back(screens.wide)
    await amina_concludes(screens.wide)
    await members_read_what_became_of_it(screens.phone)
    await amina_takes_the_worksheet(screens.wide)


# --- round 1 --------------------------------------------------------------------------------


def a_review_of_area_five_has_started(stage: Stage) -> None:
    (amina,) = Cast(stage)("amina")
    amina.says("start a review")
    amina.presses("Save and go on", provider=PROVIDER)
    scope = {f"section_{number}": "5" if number == 2 else "" for number in range(1, 6)}
    amina.presses("Save and go on", **scope)
    amina.presses("Save and go on")
    the_group_is_chosen(amina, without=BUT_SIX)
    amina.presses("Go on to area leads")
    amina.presses("Save and go on")
    amina.presses("Start the review")


async def until_the_first_monday(screens: Two) -> None:
    for _ in range(4):
        await screens.wide.a_day_later()
    await expect(screens.wide.page.locator("#now")).to_contain_text("Monday 11 January 2027")


async def six_people_answer(screens: Two) -> None:
    """Levels and words by all, one piece of evidence; and nobody sees another's."""
    await answer(screens.wide, CLINICIAN)
    await answer(screens.wide, EXECUTIVE, evidence="61 of 100 staff say that we act on their views")
    await answer(screens.phone, GUEST)
    await answer(screens.phone, CARER)
    await answer(screens.phone, PORTER)
    await fits(screens.phone)
    await answer(screens.wide, LEAD)
    await screens.wide.sees("6 people have answered this area so far.")
    await expect(screens.wide.page.get_by_text(PORTER.words)).to_have_count(0)


async def answer(desk: Desk, voice: Voice, evidence: str = "") -> None:
    await desk.be(voice.name)
    await desk.sees_heading("Your areas this week")
    await desk.press("Start with area 5", then="Area 5: Developing the organisation")
    await desk.choose("Area 5a: which level fits best?", voice.level)
    await desk.press("Save levels and go on to words")
    await desk.sees("Every statement is rated.")
    await desk.fill("Where are we now?", voice.words)
    if evidence:
        await desk.choose("Where does this evidence come from?", "Staff survey")
        await desk.choose(
            "Is it in words or in numbers?", "Quantitative: in numbers, such as a survey score"
        )
        await desk.fill("What does it show?", evidence)
    await desk.press("Save my view")
    await desk.sees("Area 5 is answered. Thank you.", voice.level, voice.words, evidence)


async def fits(desk: Desk) -> None:
    """Nothing on the page needs scrolling sideways."""
    assert await desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE


async def the_round_closes(screens: Two) -> None:
    """On the first working day after the last answer; its lead is told on the next."""
    await screens.wide.a_day_later()
    await screens.wide.a_day_later()
    await screens.wide.sees_heading("An area is ready for you")
    await screens.wide.sees("Waiting for you as area lead", "Tuesday 19 January 2027")


# --- drafting -------------------------------------------------------------------------------


async def amina_reads_and_hides(wide: Desk) -> None:
    await wide.press("Write the draft of area 5", then="Area 5: Developing the organisation")
    await wide.sees("The round has closed. Next, you write the draft.", "6 of 6 people took part.")
    await wide.sees("Close: progressing or achieving")
    await wide.sees("1 insufficient progress, 1 progressing, 4 achieving.")
    await wide.press("Read people's own words")
    for voice in (CLINICIAN, EXECUTIVE, LEAD, GUEST, CARER, PORTER):
        await wide.sees(voice.name, voice.words)
    hide = wide.page.get_by_role("button", name="Hide words that identify someone")
    texts = wide.card.locator(".ac-container").filter(has_text=PORTER.words).filter(has=hide)
    await texts.last.get_by_role("button").click()
    await wide.sees("Hidden words leave every card and report. The author is told")
    await wide.fill("Which words?", IDENTIFIES)
    await wide.fill("Why do they identify someone?", BECAUSE)
    await wide.press("Hide this and tell the author")
    await wide.sees("says that porters are in no plan.", BECAUSE)
    await wide.does_not_see(IDENTIFIES)
    await wide.press("Evidence")
    await wide.sees("Staff survey, in numbers", "61 of 100 staff")
    await wide.press("Go on to the draft")


async def amina_drafts(wide: Desk) -> None:
    """The words, then the level: the rule gives none, so the last look asks for a reason."""
    await wide.sees("Step 1 of 3: words")
    await wide.fill("Where are we now?", NOW)
    await wide.fill("What would good look like?", GOOD)
    await wide.fill("What will we do", DO)
    for perspective in await wide.card.get_by_role("checkbox").all():
        await perspective.check()
    await wide.press("Save and go on to levels")
    await wide.sees("Step 2 of 3: levels")
    await wide.choose("Area 5a: which level do you propose?", "Achieving")
    await wide.press("Save and take a last look")
    await wide.sees("Still needed before you can send this draft", "Give a reason for 5a")
    await wide.press("Change the levels")
    await wide.fill("Area 5a: your reason", "Four of six see it so, and the plan is in place.")
    await wide.press("Save and take a last look")


async def amina_sends(wide: Desk) -> None:
    await wide.sees("Nothing is missing. You can send this draft.", NOW, GOOD, DO)
    await wide.sees("we ask 6 people on Monday 18 January 2027")
    await wide.press("Send this draft to the group")
    await wide.sees("The draft of area 5 is with the group.")
    await wide.a_week_later()
    await expect(wide.page.locator("#now")).to_contain_text("Wednesday 20 January 2027")


# --- round 2 --------------------------------------------------------------------------------


async def four_people_answer_the_draft(screens: Two) -> None:
    """One changes a level and agrees, one raises a concern, one comments, one agrees."""
    await grace_changes_her_level(screens.phone)
    await des_raises_a_concern(screens.phone)
    await fits(screens.phone)
    await opens_the_draft(screens.wide, EXECUTIVE)
    await screens.wide.press("I agree, with a comment")
    await screens.wide.fill("Comment, or the reason for a concern", COMMENT)
    await screens.wide.press("Save my answer to the draft")
    await screens.wide.sees("You agree, with a comment. Thank you.", COMMENT)
    await opens_the_draft(screens.wide, CLINICIAN)
    await screens.wide.press("I agree with this wording")
    await screens.wide.sees("4 people have answered this draft so far.")


async def opens_the_draft(desk: Desk, voice: Voice) -> None:
    await desk.be(voice.name)
    await desk.sees("1 draft to read: about 2 minutes in all.")
    await desk.press("Read the draft of area 5", then="The draft")
    await desk.sees(NOW, GOOD, DO, "Proposed: achieving.", f"You chose {proposed(voice)}")
    await desk.sees("All: 1 insufficient progress")


def proposed(voice: Voice) -> str:
    """How a draft that proposes achieving says what someone chose."""
    return "the same." if voice.level == "Achieving" else f"{voice.level.lower()}."


async def grace_changes_her_level(phone: Desk) -> None:
    """After reading what others said: without names, and without what was hidden."""
    await opens_the_draft(phone, CARER)
    await fits(phone)
    await phone.press("Read what others said")
    await phone.sees("These are people's own words", "says that porters are in no plan.")
    await phone.does_not_see(PORTER.name, IDENTIFIES, EXECUTIVE.name)
    await phone.press("Back to the draft")
    await phone.press("Change my levels")
    question = phone.card.get_by_label("Area 5a: which level fits best now?")
    await expect(question.locator("option:checked")).to_have_text("Progressing")
    await phone.choose("Area 5a: which level fits best now?", "Achieving")
    await phone.press("Save my levels and answer the draft")
    await phone.card.get_by_label("I agree with this wording").check()
    await phone.press("Save my answer to the draft")
    await phone.sees("You agree with this wording. Thank you.", "You chose the same.")


async def des_raises_a_concern(phone: Desk) -> None:
    """A concern without its reason is asked for again."""
    await opens_the_draft(phone, PORTER)
    await phone.press("I want to raise a concern")
    await expect(phone.card.get_by_label("I want to raise a concern")).to_be_checked()
    await phone.press("Save my answer to the draft")
    await phone.sees("reason")
    await phone.fill("Comment, or the reason for a concern", CONCERN)
    await phone.press("Save my answer to the draft")
    await phone.sees("You raised a concern. The area's lead reads it before concluding.", CONCERN)


async def the_draft_comes_back(wide: Desk) -> None:
    await wide.be(LEAD.name)
    await wide.sees("1 draft to read")
    await wide.a_week_later()
    await wide.sees_heading("An area is ready for you")
    await wide.press("Conclude area 5")
    await wide.sees("What members said of the draft", "Amina Yusuf and Sunil Rao")
    await wide.sees(CONCERN, COMMENT)


# --- the end --------------------------------------------------------------------------------


async def amina_concludes(wide: Desk) -> None:
    """Now the rule gives a level, and someone two levels away has to be heard first."""
    await wide.fill("Your answer to this concern", REPLY)
    await wide.press("Answer this concern")
    await wide.sees(REPLY, "Change your answer")
    await wide.press("Go on to conclude")
    await wide.sees("Talk first: achieving", "1 of 6 changed level since round 1.")
    await wide.sees("Still needed before you can conclude this area", "Say what was heard about 5a")
    await wide.press("Change the levels")
    await wide.fill("Area 5a: what did you hear", HEARD)
    await wide.press("Save and go on to conclude")
    await wide.sees("Area 5a: Achieving, agreed", HEARD)
    await wide.press("Conclude this area")
    await wide.sees("Area 5 is concluded. We tell everyone who took part and has Teams.")
    await wide.a_day_later()


async def members_read_what_became_of_it(phone: Desk) -> None:
    """Grace of her change; Des of his concern, and of the words that were hidden and why."""
    await sees_the_outcome(phone, CARER, "You chose the same.")
    await phone.does_not_see(CONCERN, IDENTIFIES)
    await sees_the_outcome(phone, PORTER, "You chose insufficient progress.")
    await phone.sees("Your concern", CONCERN, "The lead's answer", REPLY)
    await phone.sees("Some of your words are hidden", IDENTIFIES, BECAUSE)


async def sees_the_outcome(phone: Desk, voice: Voice, own: str) -> None:
    await phone.be(voice.name)
    await phone.sees_heading("An area is concluded")
    await phone.press("See what became of area 5")
    await phone.sees(f"Area 5a: Achieving, agreed. {own}", HEARD, NOW, GOOD, DO)
    await fits(phone)


async def amina_takes_the_worksheet(wide: Desk) -> None:
    await wide.say("worksheet", then="The worksheet")
    await wide.sees("Area 5: Developing the organisation", "Achieving: 5a.")
    await wide.press("See the reports", then="Reports")
    await wide.press("Make the worksheet (Word)")
    await wide.sees("Your file comes in this chat in a moment.")
    offer = wide.pane.locator(".log li").filter(has_text=".docx")
    await expect(offer).to_contain_text("The worksheet")
    await offer.get_by_role("button", name="Allow").click()
    await wide.sees_heading("Saved")
    link = offer.get_by_role("link", name="Open the file")
    async with wide.page.expect_download() as coming:
        await link.click()
    read(await (await coming.value).path())


def read(path: Path) -> None:
    """The worksheet says what was agreed, and holds nobody's name but the lead's."""
    document = Document(BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(each.text for each in document.paragraphs), *cells])
    for wanted in (NOW, GOOD, DO, "Achieving", CONCERN, REPLY, COMMENT, HEARD):
        assert wanted in text
    for hidden in (IDENTIFIES, PORTER.name, CARER.name):
        assert hidden not in text
