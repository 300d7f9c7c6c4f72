"""One referral in Chromium from the signature to its end and back: clinician, coordinator, therapist, clinician."""

import re
from datetime import date

import pytest

from tests.journey.test_referrals_in_browser import violations
from tests.journey.test_therapist_in_browser import shot, signed

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

PATIENT = "bergstrom"


def window(chrome):
    return chrome.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()


def launched(live, chrome):
    """The clinician, on the patient's chart."""
    page = window(chrome)
    page.goto(f"{live.app}/launch?iss={live.ehr}/fhir&launch={live.box.new_launch(PATIENT, 'okafor')}")
    page.get_by_role("button", name="Allow").click()
    playwright.expect(page.locator(".standing")).to_be_visible()
    return page


def coordinating(live, chrome):
    """The coordinator, on the page of the one referral, found by its patient's name."""
    page = window(chrome)
    page.goto(f"{live.app}/launch/referrals")
    page.get_by_role("link", name=re.compile("EHR")).click()
    page.select_option("select[name=user]", "brandt")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Allow").click()
    page.get_by_label("Search", exact=True).fill("bergstrom")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Found\s+1"))
    page.locator(".dense tbody a").first.click()
    playwright.expect(page.locator("#act")).to_be_visible()
    return page


def move(page, words: str, **fields: str) -> None:
    """A move by its button, the form opened first where it is folded."""
    fold = page.locator("#act details.group", has=page.locator("summary", has_text=re.compile(f"^{words}$")))
    if fold.count():
        fold.locator("summary").click()
    form = page.locator("#act form", has=page.get_by_role("button", name=words, exact=True)).first
    for label, value in fields.items():
        form.get_by_label(label).fill(value)
    form.get_by_role("button", name=words, exact=True).click()
    playwright.expect(page.get_by_text("Saved to the EHR.")).to_be_visible()


def turn(page, words: str) -> None:
    playwright.expect(page.locator("#h-turn")).to_contain_text(words)


def test_from_signing_to_completion_and_back_to_the_clinician(live, chrome):
    today = date.today().isoformat()
    signed(live, chrome, PATIENT)

    desk = coordinating(live, chrome)
    turn(desk, "Accept or decline")
    move(desk, "Accept")
    turn(desk, "Book the first visit")
    move(desk, "Ask the clinician", Question="Is a collar ordered?")
    turn(desk, "Answer the question")

    clinic = launched(live, chrome)
    playwright.expect(clinic.locator(".standing")).to_contain_text("Answer the question")
    clinic.get_by_role("link", name="Where the referral stands").click()
    clinic.get_by_label("Answer", exact=True).fill("No collar.")
    clinic.get_by_role("button", name="Answer", exact=True).click()
    playwright.expect(clinic.get_by_text("Your answer is saved to the EHR.")).to_be_visible()

    desk.reload()
    turn(desk, "Book the first visit")
    playwright.expect(desk.locator("#h-history + ol")).to_contain_text("Answered: No collar.")
    move(desk, "Schedule", Day=today)
    turn(desk, "Come to the first visit")
    move(desk, "Came", Day=today)
    turn(desk, "Send the signed plan of care")
    move(desk, "Plan of care received", Day=today)
    turn(desk, "Recertify, or complete")
    move(desk, "Progress report received", Day=today)
    shot(desk, "whole-under-way")
    move(desk, "Complete", Outcome="Walks 30 min without pain")
    turn(desk, "Completed: Walks 30 min without pain")
    playwright.expect(desk.get_by_text("Nothing is open to you here.")).to_be_visible()
    assert violations(desk) == []

    clinic = launched(live, chrome)
    standing = clinic.locator(".standing")
    playwright.expect(standing).to_contain_text("Referral: Completed: Walks 30 min without pain")
    playwright.expect(standing).to_contain_text("Therapy: evaluated ")
    playwright.expect(standing).to_contain_text("plan of care received")
    shot(clinic, "whole-next-launch")
    clinic.get_by_role("link", name="Where the referral stands").click()
    playwright.expect(clinic.get_by_text("the EHR still has the order as active")).to_be_visible()
    assert violations(clinic) == []
    shot(clinic, "whole-status")
    clinic.get_by_role("button", name="Complete the order").click()
    playwright.expect(clinic.get_by_text("The order is completed in the EHR.")).to_be_visible()
    playwright.expect(clinic.get_by_role("heading", level=2).first).to_have_text("Completed: Walks 30 min without pain")

    task = next(each.resource for each in live.box.store.every("Task") if each.resource.get("status") == "completed"
                and "focus" in each.resource)  # fmt: skip
    assert {"type": {"text": "Outcome"}, "valueString": "Walks 30 min without pain"} in task["output"]
    order = next(o for o in live.in_chart("ServiceRequest", PATIENT) if task["focus"]["reference"].endswith(o["id"]))
    assert order["status"] == "completed"
