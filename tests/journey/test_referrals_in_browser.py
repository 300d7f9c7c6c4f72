"""The coordinator's pages in Chromium: no axe violation in any width and color, and by keyboard alone."""

import os
import re
from pathlib import Path

import pytest

from tests.journey.live import Live

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("LOADPATH_ARTIFACTS", ROOT / "artifacts")) / "screenshots"


@pytest.fixture(scope="module")
def referrals(live, chrome):
    """The address of a list with two referrals, and a window that is signed in as the coordinator."""
    for patient in ("bergstrom", "kowalski"):
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
    context = chrome.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live.app}/launch/referrals")
    page.get_by_role("link", name=re.compile("EHR")).click()
    page.select_option("select[name=user]", "brandt")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_selector(".dense")
    yield page
    context.close()


def violations(page) -> list[str]:
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 1000, 400, 320])
def test_no_page_breaks_a_rule_of_axe_or_runs_over_the_edge(referrals, live: Live, width, scheme):
    page = referrals
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(re.sub(r"(/referrals).*", r"\1", page.url))
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name in ("inbox", "referral"):
        if name == "referral":
            page.locator(".dense tbody a").first.click()
            for fold in page.locator("#act details > summary").all():
                fold.click()
        assert violations(page) == []
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} runs {over} px over the edge"
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    page.go_back()


def test_the_list_by_keyboard_selects_and_tells_its_keys(referrals):
    page = referrals
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(re.sub(r"(/referrals).*", r"\1", page.url))
    take = page.get_by_role("button", name="Take it on")
    assert take.get_attribute("aria-disabled") == "true"
    take.click(force=True)
    assert page.url.endswith("/referrals"), "nothing is selected, so nothing is sent"
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    boxes = page.locator(".dense tbody input[type=checkbox]")
    assert [box.is_checked() for box in boxes.all()] == [False, True] and take.get_attribute("aria-disabled") is None
    page.keyboard.press("k")
    assert page.locator(".dense tbody tr").nth(0).locator("a").evaluate("a => a === document.activeElement")
    page.keyboard.press("?")
    assert page.locator(".keys p").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("no such name")
    page.keyboard.press("Enter")
    playwright.expect(page.get_by_text("No referral is found.")).to_be_visible()
    playwright.expect(page.get_by_label("Search", exact=True)).to_be_focused()


def test_an_undo_counts_down_and_goes(referrals):
    page = referrals
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(re.sub(r"(/referrals).*", r"\1", page.url))
    page.locator(".dense tbody a").first.click()
    page.locator("summary", has_text="Take it on").click()
    page.get_by_role("button", name="Take it on").click()
    page.wait_for_selector(".undo")
    page.wait_for_function("Number(document.querySelector('.undo .left').textContent) < 60")
    assert violations(page) == []
    page.screenshot(path=SHOTS / "referral-undo.png", full_page=True)
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=Undone: it stands as before.")


def test_the_page_of_the_calendar_breaks_no_rule(referrals):
    page = referrals
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(re.sub(r"(/l/[^/]+)/.*", r"\1/referrals", page.url))
        page.get_by_role("link", name="Calendar").click()
        page.get_by_role("button", name=re.compile("Make a")).click()
        page.wait_for_selector("text=shown only once")
        assert violations(page) == []
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"the calendar's page runs {over} px over the edge"
        page.screenshot(path=SHOTS / f"calendar-{width}.png", full_page=True)
    page.get_by_role("link", name="Back to the list").click()


def test_by_keyboard_from_the_list_to_an_accepted_referral(referrals):
    page = referrals
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(re.sub(r"(/referrals).*", r"\1", page.url))
    page.keyboard.press("f")
    page.keyboard.type("bergs")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".dense tbody tr")).to_have_count(1)
    playwright.expect(page.locator(".dense tbody a")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#act")
    assert "bergs" not in page.url.lower()
    page.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Saved to the EHR.")
    playwright.expect(page.locator("#h-turn")).to_contain_text("Book the first visit")


def test_the_review_page_says_first_how_far_the_referral_is(referrals, live: Live, chrome):
    """At the next launch, read from the EHR, and before anything else of the plan."""
    context = chrome.new_context(viewport={"width": 1000, "height": 668})
    page = context.new_page()
    page.goto(f"{live.app}/launch?iss={live.ehr}/fhir&launch={live.box.new_launch('kowalski', 'okafor')}")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_selector(".standing")
    said = page.locator(".standing").inner_text()
    page.get_by_role("link", name="Where the referral stands").click()
    page.get_by_role("heading", name="Where the referral stands", level=1).wait_for()
    assert page.locator(".head h2").first.inner_text() in said
    assert said.startswith("Referral: ")
    context.close()
