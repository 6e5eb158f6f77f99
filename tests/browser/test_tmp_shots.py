import pytest
from datetime import date
from eocif.rules.answers import Offered
from eocif.rules.dates import at
from eocif import drafts
from tests.after_the_close import *
from tests.after_the_close import answered
from tests import to_the_end, confirming
from tests.browser.conftest import THURSDAY
from tests.builders import codes

SAYS = {
 "amina": "We have a programme for ward managers and matrons, and about two in three have been through it. It covers listening, feedback and co-production. Bank and agency staff are not part of it.",
 "ruth": "The board gets a yearly report on leadership development. It does not yet say what difference it makes to what people experience.",
 "tom": "Consultants get one afternoon in their induction. After that it depends on the department. Some are excellent at it, others have never read a complaint.",
 "kasia": "My ward used the course well: we now ring every family the day after discharge. But I could only send two people in a year because we had nobody to cover.",
 "des": "Nobody has ever asked porters. We are with people on the way to theatre, when they are most afraid, and we learn it from each other.",
 "peter": "Governors hear a lot about plans.",
 "sunil": "People tell us that it depends on who is on. The same person can have a very good and a very bad visit in one week.",
 "doris": "Some of the nurses are lovely. The desk is not.",
 "grace": "Carers are trained to look after somebody but nobody is trained to work with carers. When I ask who is in charge I get three different answers, and I have stopped asking.",
}
MIX = {"amina":"achieving","ruth":"achieving","tom":"progressing","kasia":"progressing","des":"insufficient_progress","peter":"achieving","sunil":"progressing","doris":"insufficient_progress","grace":"insufficient_progress"}

def fill(db, areas):
    world = answered(db, THURSDAY, scope={"1": ",".join(map(str, areas)), "2":"none","3":"none","4":"none","5":"none"} , choices=MIX, areas=areas)
    for area in areas:
        for who in world.members:
            rec, for_ = (who,"") if who in world.actors else ("tom", who)
            world.write(rec, area, ANSWERED_AT, for_=for_, where_now=SAYS[who], what_good="Everyone who leads others has learned it, and it shows." )
        world.write("ruth", area, ANSWERED_AT, offered=Offered("n1"+str(area), "survey", "quantitative", "2026 inpatient survey: 71 of 100 say that staff worked well together.", "https://www.example.nhs.uk/survey"))
        world.write("grace", area, ANSWERED_AT, offered=Offered("n2"+str(area), "story", "qualitative", "Mrs Hale waited four hours in the corridor with her husband and nobody told her why.", ""))
    world.live(at(CLOSED_ON, 17, 15)); world.live(NEXT_MORNING)
    return world

LONG = dict(
 where_now="Two in three ward managers and matrons have been through our programme. People on the wards it reached notice a difference: families are rung the day after discharge. It has not reached bank and agency staff, porters or the reception desks, and people tell us that what they meet depends on who is on.",
 what_good="Everyone who leads or supervises others has learned to listen and to act on what they hear, whatever their job. People using services and unpaid carers help to teach it.",
 what_do="Open the programme to porters, reception and bank staff from April. Pay cover so that wards can send people. Ask the carers' group to teach one session in four.")

def drafting_world(db):
    world = fill(db, (1,2,3))
    for a in (3,): sent(world, a, NEXT_MORNING, **LONG)
    return world

def concl_world(db):
    world = fill(db, (1,2,3))
    for a in (1,2,3): sent(world, a, NEXT_MORNING, **LONG)
    world.live(at(confirming.ASKED_ON, 9, 0))
    T = confirming.TUESDAY
    for a in (2,3):
        confirming.respond(world, "grace", a, "concern", T, comment="The draft says families are rung. Nobody has rung me, and I have been here eleven times this year. Please do not write it as if it were done.")
        confirming.respond(world, "des", a, "agree_with_comment", T, comment="Thank you for putting porters in. Say who pays for the cover.")
        for w in ("tom","ruth","kasia"): confirming.respond(world, w, a, "agree", T)
        confirming.change(world, "sunil", a, dict.fromkeys(codes(a), "achieving"), T)
    world.live(at(date(2027,1,25), 17, 15))
    return world

class Shots:
    def __init__(s, desk, w): s.desk, s.w, s.n = desk, w, 0
    async def at(s, name):
        s.n += 1
        for theme in ("light","dark"):
            await s.desk.page.evaluate("t => document.documentElement.dataset.theme !== t && document.getElementById('theme').click()", theme)
            await s.desk.page.wait_for_timeout(50)
            await s.desk.card.screenshot(path=f"/tmp/shots/{s.w}-{theme}-{name}.png")
        b = await s.desk.card.bounding_box()
        print(s.w, name, "height", round(b["height"]))
    async def press(s, t, name):
        await s.desk.press(t); await s.at(name)

@pytest.mark.parametrize("w", [390,1300])
async def test_one(staged, open_page, w):
    stage = staged(drafting_world, NEXT_MORNING)
    desk = await open_page(stage, w)
    await desk.page.set_viewport_size({"width": w, "height": 9000})
    s = Shots(desk, w)
    await desk.be("Tom Okafor")
    await desk.say("my areas", then="My areas"); await s.at("a-my-areas")
    await s.press("Write the draft of area 1", "b-results")
    await desk.press("Show what each statement says"); await desk.card.screenshot(path=f"/tmp/shots/{w}-b2.png")
    await s.press("See 1a by group", "c-statement")
    await s.press("Read people's own words", "d-voices")
    await desk.card.get_by_role("button", name="Hide words that identify someone").first.click()
    await desk.is_settled(); await s.at("e-hide")
    await desk.press("Keep it as it is")
    await s.press("Evidence", "f-evidence")
    await desk.card.get_by_role("button", name="Record consent for the board").first.click()
    await desk.is_settled(); await s.at("g-consent")
    await desk.press("Keep it as it is")
    await s.press("Go on to the draft", "h-words")
    for l,t in (("Where are we now?", LONG["where_now"]),("What would good", LONG["what_good"]),("What will we do", LONG["what_do"])):
        await desk.fill(l,t)
    await s.press("Save and go on to levels", "i-levels")
    await s.press("Save and take a last look", "j-last-look")
    await desk.be("Grace Adeyemi")
    await desk.say("my areas", then="My areas"); await s.at("k-grace-areas")
    await s.press("Read the draft of area 3", "l-draft")
    await s.press("Change my levels", "m-clevels")
    await s.press("Save my levels and answer the draft", "n-answer")
    await desk.press("Back to the draft")
    await s.press("Read what others said", "o-cvoices")
    await desk.press("Back to the draft")
    await s.press("I agree with this wording", "p-saved")

@pytest.mark.parametrize("w", [390,1300])
async def test_two(staged, open_page, w):
    stage = staged(concl_world, at(date(2027,1,26), 10))
    desk = await open_page(stage, w)
    await desk.page.set_viewport_size({"width": w, "height": 9000})
    s = Shots(desk, w)
    await desk.be("Tom Okafor")
    await desk.say("my areas", then="My areas"); await s.at("q-my-areas")
    await s.press("Conclude area 2", "r-concerns")
    await desk.fill("Your answer", "You are right. We ring families on four wards only, and the draft now says so.")
    await s.press("Answer this concern", "s-answered")
    await s.press("Go on to conclude", "t-conclude")
    await desk.be("Amina Yusuf")
    await desk.say("review", then="The review"); await s.at("u-review")
    await desk.say("worksheet", then="The worksheet"); await s.at("v-worksheet")
    await s.press("See section 1", "w-section")
    await desk.press("Back to the whole worksheet")
    await s.press("See the reports", "x-reports")
    await s.press("Make the worksheet (Word)", "x2-made")
    await desk.pane.get_by_role("button", name="Allow").wait_for()
    for theme in ("light","dark"):
        await desk.page.evaluate("t => document.documentElement.dataset.theme !== t && document.getElementById('theme').click()", theme)
        await desk.pane.locator(".file:not([hidden])").last.screenshot(path=f"/tmp/shots/{w}-{theme}-y-offer.png")
    await desk.pane.get_by_role("button", name="Allow").click()
    await desk.sees_heading("Saved"); await s.at("y2-saved")
    await s.desk.page.set_viewport_size({"width": w, "height": 900})
    await s.desk.page.wait_for_timeout(300)
    await s.desk.page.screenshot(path=f"/tmp/shots/{w}-page.png")
