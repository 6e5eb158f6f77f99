"""What people type wrongly, through the page: all of it comes back, with what to do."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Opener, Scope
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

LONG = ("On our ward people wait for an answer and nobody knows who gives it. " * 40)[:2105]


async def at_the_words(desk: Desk) -> None:
    """Des, with the levels of area 3 saved and the words before him."""
    await desk.be("Des Barrett")
    await desk.sees_heading("Your areas this week")
    await desk.press("Answer area 3")
    for letter in "ab":
        await desk.choose(f"Area 3{letter}: which level fits best?", "Excelling")
    await desk.press("Save levels and go on to words", then="Area 3")
    await desk.sees("Step 2 of 2: words.")


async def test_words_over_the_limit_come_back_whole_with_the_number_to_cut(
    under_way: Scope, open_page: Opener
) -> None:
    desk = await open_page(under_way())
    await at_the_words(desk)
    await desk.fill("What would good look like?", "Someone rings back.")
    await paste(desk, "Where are we now?", LONG)
    await desk.press("Save my view")
    await desk.sees("“Where are we now?” is 105 characters too long. The most is 2,000.")
    await desk.sees("All of it is still here. Cut it and save again.")
    await still_there(desk)
    await desk.be("Kasia Nowak")
    await desk.be("Des Barrett")
    await desk.press("See my answer to area 3")
    await desk.sees("Kept for you to copy", "Someone rings back.")
    await desk.press("Change my words")
    await still_there(desk)
    await desk.fill("Where are we now?", LONG[:2000])
    await desk.press("Save my view")
    await desk.sees("Area 3 is answered. Thank you.")
    await desk.does_not_see("Kept for you to copy", "too long")


async def paste(desk: Desk, label: str, text: str) -> None:
    """As from a document: clients cut a paste short where an input has a limit of its own."""
    await desk.card.get_by_label(label).focus()
    await desk.page.keyboard.insert_text(text)


async def still_there(desk: Desk) -> None:
    await expect(desk.card.get_by_label("Where are we now?")).to_have_value(LONG)
    good = desk.card.get_by_label("What would good look like?")
    await expect(good).to_have_value("Someone rings back.")


async def test_a_link_that_is_not_https_comes_back_with_the_rest_of_its_evidence(
    under_way: Scope, open_page: Opener
) -> None:
    desk = await open_page(under_way())
    await at_the_words(desk)
    await desk.fill("What does it show?", "Nine in ten would come back.")
    await desk.fill("A link to it", "http://example.nhs.uk/report")
    await desk.press("Save my view")
    await desk.sees("This link does not start with https. Use a link that does, or describe it.")
    await desk.sees("Choose where this evidence comes from. What you typed is still here.")
    shows = desk.card.get_by_label("What does it show?")
    await expect(shows).to_have_value("Nine in ten would come back.")
    await expect(desk.card.get_by_label("A link to it")).to_have_value(
        "http://example.nhs.uk/report"
    )
    await desk.choose("Where does this evidence come from?", "Survey")
    await desk.choose(
        "Is it in words or in numbers?", "Quantitative: in numbers, such as a survey score"
    )
    await desk.fill("A link to it", "https://www.example.nhs.uk/report")
    await desk.press("Save my view")
    await desk.sees("Survey, in numbers", "Link to www.example.nhs.uk")


async def test_what_must_be_chosen_is_asked_for_before_anything_is_sent(
    under_way: Scope, open_page: Opener
) -> None:
    desk = await open_page(under_way())
    await at_the_words(desk)
    await desk.fill("Where are we now?", "Good.")
    await desk.press("Save my view")
    await desk.press("Clear something")
    await desk.press("Clear these")
    await desk.sees("Choose at least one thing to clear, or keep everything.")
    await desk.press("Keep everything")
    await desk.sees("Area 3 is answered. Thank you.", "Good.")


async def test_too_long_a_name_for_a_review_is_shown_back(
    under_way: Scope, open_page: Opener
) -> None:
    desk = await open_page(under_way())
    await desk.be("Amina Yusuf")
    await desk.say("start a review", then="Step 1 of 6")
    await desk.fill("Name of the review", "R" * 205)
    await desk.press("Save and go on")
    await desk.sees(
        "Name of the review is too long. Cut 5 characters. What you typed is still here."
    )
    await expect(desk.card.get_by_label("Name of the review")).to_have_value("R" * 205)
    await desk.fill("Name of the review", "Review of 2027")
    await desk.fill("Provider", "Northmoor")
    await desk.press("Save and go on", then="Step 2 of 6")
