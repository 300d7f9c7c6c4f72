"""The pages of a therapist's link in Chromium: no axe violation in any width and color, by keyboard, without script."""

import os
import re
from pathlib import Path

import pytest

from tests.journey.harness import ISSUERS
from tests.journey.live import Live, running
from tests.journey.test_referrals_in_browser import violations

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("LOADPATH_ARTIFACTS", ROOT / "artifacts")) / "screenshots"
SIZES = [(1000, "light"), (1000, "dark"), (400, "light"), (400, "dark"), (320, "light")]


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """At a site that wants QR codes."""
    wanted = ISSUERS.replace('client_id = "loadpath"', 'client_id = "loadpath"\ntherapist_qr = true')
    with running(tmp_path_factory.mktemp("live"), wanted) as both:
        yield both


def signed(live: Live, chrome, patient: str) -> None:
    context = chrome.new_context(viewport={"width": 1000, "height": 668})
    page = context.new_page()
    page.goto(f"{live.app}/launch?iss={live.ehr}/fhir&launch={live.box.new_launch(patient, 'okafor')}")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_selector("#sign-form")
    for box in page.locator("input[name=open]").all():
        box.check()
    page.get_by_role("button", name="Sign and send").click()
    page.wait_for_selector("text=Saved to chart")
    context.close()


@pytest.fixture(scope="module")
def coordinator(live, chrome):
    """On the page of a referral."""
    signed(live, chrome, "bergstrom")
    context = chrome.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live.app}/launch/referrals")
    page.get_by_role("link", name=re.compile("EHR")).click()
    page.select_option("select[name=user]", "brandt")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_selector(".dense")
    page.locator(".dense th a[href*='/referrals/']").first.click()
    page.wait_for_selector("#therapist")
    yield page
    context.close()


@pytest.fixture(scope="module")
def link(coordinator) -> str:
    coordinator.get_by_role("link", name="Links for therapists").click()
    coordinator.get_by_label("Therapist, with title").fill("Maya Ferris, PT")
    coordinator.get_by_label("Clinic", exact=True).fill("Lakeside Physical Therapy")
    coordinator.get_by_role("button", name="Make the link").click()
    return coordinator.locator("#address").inner_text()


@pytest.fixture(scope="module")
def therapist(chrome, link):
    """A browser without script, in which the link was confirmed by keyboard."""
    context = chrome.new_context(viewport={"width": 1000, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer")
    yield page
    context.close()


def shot(page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def checked_in_all_sizes(page, name: str) -> None:
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], f"{name} {width} {scheme}"
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} runs {over} px over the edge at {width}"
        shot(page, f"{name}-{width}-{scheme}")


def test_the_desk_shows_the_link_once_with_its_code(coordinator, link):
    assert "/t/" in link and coordinator.locator("svg.qr").count() == 1
    checked_in_all_sizes(coordinator, "link-desk")


def test_the_first_page_names_no_patient_and_breaks_no_rule(chrome, link):
    context = chrome.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(link)
    assert "Bergstrom" not in page.content()
    checked_in_all_sizes(page, "link-confirm")
    context.close()


def test_the_referral_breaks_no_rule_in_any_size(chrome, therapist):
    """axe needs script: the same cookie, in a browser that has it."""
    context = chrome.new_context(storage_state=therapist.context.storage_state(), reduced_motion="reduce")
    page = context.new_page()
    page.goto(therapist.url)
    for fold in page.locator("main details > summary").all():
        fold.click()
    checked_in_all_sizes(page, "therapist")
    context.close()


def test_by_keyboard_and_without_script_from_question_to_report(therapist, coordinator, chrome):
    page = therapist
    page.get_by_role("link", name="Ask a question").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Question", exact=True).focus()
    page.keyboard.type("Collar at night?")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Your question is sent.")
    page.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Sent: you accept.")
    page.get_by_text("Progress and measures").click()
    page.get_by_label(re.compile("Worst pain")).fill("44")
    day = page.get_by_label("Day of the session")
    day.fill(day.get_attribute("max"))
    page.get_by_role("button", name="Send report").click()
    page.wait_for_selector("text=44 cannot be.")
    assert page.get_by_label(re.compile("Worst pain")).input_value() == "44"
    shot(page, "therapist-refused")
    coordinator.goto(re.sub(r"/links/([^/]+).*", r"/referrals/\1", coordinator.url))
    told = coordinator.locator("#therapist")
    assert "2 new" in told.inner_text() and "Collar at night?" in told.inner_text()
    checked_in_all_sizes(coordinator, "referral-told")
    coordinator.set_viewport_size({"width": 1280, "height": 800})
    coordinator.get_by_role("button", name=re.compile("Take over: Accept")).focus()
    coordinator.keyboard.press("Enter")
    coordinator.wait_for_selector("text=Saved to the EHR.")
    playwright.expect(coordinator.locator("#h-turn")).to_contain_text("Book the first visit")


def test_the_review_page_says_what_the_therapist_told_and_is_not_in_the_chart(coordinator, therapist, live, chrome):
    context = chrome.new_context(viewport={"width": 1000, "height": 668})
    page = context.new_page()
    page.goto(f"{live.app}/launch?iss={live.ehr}/fhir&launch={live.box.new_launch('bergstrom', 'okafor')}")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_selector(".standing")
    said = page.locator(".told").inner_text()
    assert "Told by the therapist, not yet in the chart" in said and "Asks: Collar at night?" in said
    assert violations(page) == []
    context.close()


def test_the_review_page_says_first_how_far_the_therapy_is(coordinator, therapist, live, chrome):
    fold = coordinator.locator("details.group", has=coordinator.get_by_text("Came", exact=True).first)
    fold.locator("summary").click()
    day = therapist.get_by_label("First visit").get_attribute("max")
    fold.get_by_label("Day").fill(day)
    fold.get_by_role("button", name="Came").click()
    coordinator.wait_for_selector("text=Saved to the EHR.")
    context = chrome.new_context(viewport={"width": 1000, "height": 668})
    page = context.new_page()
    page.goto(f"{live.app}/launch?iss={live.ehr}/fhir&launch={live.box.new_launch('bergstrom', 'okafor')}")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_selector(".standing")
    said = page.locator(".standing").inner_text()
    assert said.startswith("Referral: ") and "Therapy: evaluated " in said and "next review " in said
    shot(page, "review-told")
    context.close()
