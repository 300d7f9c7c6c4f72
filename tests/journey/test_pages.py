"""Every page but the review page in Chromium: axe finds nothing, light, dark, 400 px wide; and what scripts do."""

import itertools
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journey.live import Live, running
from tests.journey.test_trail_pages import OFFICES

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("LOADPATH_ARTIFACTS", ROOT / "artifacts")) / "screenshots"
LOOKS = {"light": (1280, False), "dark": (1280, True), "400": (400, False)}


@pytest.fixture(scope="module")
def live(tmp_path_factory) -> Iterator[Live]:
    with running(tmp_path_factory.mktemp("live"), OFFICES) as both:
        yield both


@pytest.fixture
def window(chrome, live) -> Iterator[Callable]:
    """Opens a window of its own; afterwards no page has complained of its policy or of a script."""
    contexts, complaints = [], []

    def open_window(width=1280, dark=False, script=True, user="okafor"):
        context = chrome.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light",
            java_script_enabled=script, reduced_motion="reduce",
        )  # fmt: skip
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_cookies([{"name": "sandbox_user", "value": user, "url": live.ehr}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
        contexts.append(context)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints


def launched(page, live, patient="bergstrom", script=True):
    """In a tab, until Loadpath shows a page of its own; that page's address."""
    page.goto(f"{live.ehr}/chart/{patient}/tab")
    if not script:
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(f"{live.app}/l/**")
    return page.url


def opened(page, live, patient="bergstrom"):
    launched(page, live, patient)
    page.locator(".headline").wait_for()
    return page.url


def violations(page, dark=False) -> list[str]:
    """Each rule broken, with the first place; and whether the page is wider than the window. In the dark only contrast
    can be another than in the light, where every page is looked at too."""
    found = axe.Axe().run(page, options={"runOnly": ["color-contrast"]} if dark else {}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : []")
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] + wide


@pytest.fixture
def slow(live, monkeypatch):
    """The EHR takes its time with procedures and plans; returns how to let one of them go on."""
    held, go = live.box.store.every, {"Procedure": threading.Event(), "CarePlan": threading.Event()}

    def every(type_, owner=None):
        if type_ in go:
            go[type_].wait(10)
        return held(type_, owner)

    monkeypatch.setattr(live.box.store, "every", every)
    yield lambda type_: go[type_].set()
    for each in go.values():
        each.set()


# -- axe


def reach(page, live):
    """The addresses of a launch's pages besides the review page."""
    base = opened(page, live)
    return {
        "sessions": f"{base}sessions",
        "audit": f"{base}audit",
        "source-value": f"{base}source/Observation/bergstrom-dxa-2",
        "source-diagnosis": f"{base}source/Condition/bergstrom-problem-1",
        "source-patient": f"{base}source/Patient/bergstrom",
        "not-found": f"{base}source/Patient/nobody",
    }


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_breaks_a_rule_of_axe(window, live, look):
    width, dark = LOOKS[look]
    page = window(width, dark)
    found = {}

    def check(name, unfold=True):
        if unfold:
            page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        found[name] = violations(page, dark)
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"page-{name}-{look}.png", full_page=name != "about-unfolded")

    for name, path in {"home": "/", "about": "/about", "standalone": "/launch/standalone", "error": "/launch"}.items():
        page.goto(f"{live.app}{path}")
        check(name, unfold=False)
    page.goto(f"{live.app}/about")
    check("about-unfolded")
    for name, address in reach(page, live).items():
        page.goto(address)
        check(name)
    assert {name: broken for name, broken in found.items() if broken} == {}


@pytest.mark.parametrize("look", LOOKS)
def test_what_privacy_officers_and_administrators_see_breaks_no_rule(window, live, look):
    width, dark = LOOKS[look]
    page = window(width, dark, user="castellan")
    base = launched(page, live).removesuffix("audit")
    found = {}
    for name, path in {"trail": "audit", "trail-day": "audit?day=soon", "admin": "admin", "hooks": "hooks"}.items():
        page.goto(f"{base}{path}")
        found[name] = violations(page, dark)
        page.screenshot(path=SHOTS / f"page-{name}-{look}.png", full_page=True)
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_a_field_to_mend_is_focused_and_keeps_what_was_typed(window, live):
    page = window(user="castellan")
    base = launched(page, live).removesuffix("audit")
    page.goto(f"{base}audit")
    page.get_by_label("Day").fill("tomorrow")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Write the day as").wait_for()
    page.wait_for_function("document.activeElement.id === 'day'")
    assert page.get_by_label("Day").input_value() == "tomorrow"


@pytest.mark.parametrize("look", LOOKS)
def test_a_draft_its_receipt_and_its_retraction_break_no_rule(window, live, look):
    """A therapist saves a draft, a physician opens it, signs and retracts: the pages on that way."""
    width, dark = LOOKS[look]
    patient = {"light": "whitfield", "dark": "haddad", "400": "moreau"}[look]
    therapist = window(width, dark, user="lindqvist")
    opened(therapist, live, patient)
    for box in therapist.get_by_role("checkbox", name="Leave").all():
        box.check()
    therapist.get_by_role("button", name="Save draft").click()
    therapist.get_by_role("heading", name="as draft").wait_for()
    page, found = window(width, dark), {}

    def check(name):
        found[name] = violations(page, dark)
        page.screenshot(path=SHOTS / f"page-{name}-{look}.png", full_page=True)

    opened(page, live, patient)
    assert page.get_by_role("heading", name="Draft by Maja Lindqvist, PT").is_visible()
    check("draft")
    for box in page.get_by_role("checkbox", name="Leave").all():
        box.check()
    page.get_by_role("button", name="Sign and send").click()
    page.get_by_role("heading", name="Saved to chart").wait_for()
    page.get_by_text("Retract", exact=True).first.click()
    check("receipt")
    page.locator("#retract-reason").fill(" ")
    page.get_by_role("button", name="Retract", exact=True).click()
    page.get_by_role("link", name="Nothing was retracted").wait_for()
    page.wait_for_function("document.activeElement.id === 'retract-reason'")
    check("receipt-reason")
    page.locator("#retract-reason").fill("Wrong level")
    page.get_by_role("button", name="Retract", exact=True).click()
    page.get_by_role("heading", name="Retracted").first.wait_for()
    check("retracted")
    page.goto(f"{live.app}{page.evaluate('location.pathname').partition('/receipt')[0]}/sessions")
    page.get_by_role("button", name="End all", exact=True).click()
    page.get_by_role("heading", name="Session ended").wait_for()
    check("left")
    assert {name: broken for name, broken in found.items() if broken} == {}


# -- pages that wait


def test_a_page_that_waits_goes_on_by_itself(window, live, slow):
    page = window()
    address = launched(page, live)
    page.get_by_text("Updates automatically.").wait_for()
    assert violations(page) == []
    assert page.get_by_role("heading", name="Reading the chart").is_visible()
    before = page.locator("[data-live]").first.inner_text()
    page.evaluate("window.here = true")
    slow("CarePlan")
    page.wait_for_function("before => document.querySelector('[data-live]').innerText !== before", arg=before)
    assert page.evaluate("window.here"), "the page was changed in place"
    slow("Procedure")
    page.locator(".headline").wait_for()
    assert page.url == address


def test_without_script_a_button_looks_again(window, live, slow):
    page = window(script=False)
    launched(page, live, script=False)
    assert page.get_by_text("Updates automatically").count() == 0
    page.get_by_role("button", name="Refresh").click()
    page.get_by_role("heading", name="Reading the chart").wait_for()
    slow("CarePlan")
    slow("Procedure")
    page.get_by_role("button", name="Refresh").click()
    page.locator(".headline").wait_for()


def test_a_receipt_on_its_way_looks_again_but_not_while_a_person_writes(window, live, monkeypatch):
    def put(*_given, **_more):
        raise RuntimeError("down")

    looks = itertools.count(1)
    monkeypatch.setattr("smartapp.web.receipt.REFRESH", 0.5)
    monkeypatch.setattr("smartapp.web.receipt.moment", lambda _: f"{next(looks)} times")
    page = window()
    opened(page, live, "kowalski")
    for box in page.get_by_role("checkbox", name="Leave").all():
        box.check()
    monkeypatch.setattr(live.box.store, "put", put)
    page.get_by_role("button", name="Sign and send").click()
    page.get_by_text("Updates automatically.").wait_for()
    looked = page.locator("[data-live]")
    page.evaluate("window.here = true")
    page.wait_for_function(
        "before => document.querySelector('[data-live]').innerText !== before", arg=looked.inner_text()
    )
    page.get_by_text("Retract", exact=True).first.click()
    page.locator("#retract-reason").fill("Still typing")
    page.wait_for_timeout(1000)
    before = looked.inner_text()
    page.wait_for_timeout(1500)
    assert looked.inner_text() == before and page.locator("#retract-reason").input_value() == "Still typing"
    page.locator("#retract-reason").blur()
    page.wait_for_function("before => document.querySelector('[data-live]').innerText !== before", arg=before)
    monkeypatch.setattr("smartapp.web.receipt.PAPERS_TO_PRINT", (("pdf", "Print another way"),))
    page.get_by_text("Something has changed: refresh when you have finished writing.").wait_for()
    assert page.evaluate("window.here"), "the page was changed in place"
    assert page.locator("#retract-reason").input_value() == "Still typing"
    page.locator("#retract-reason").fill("")
    page.locator("#retract-reason").blur()
    page.get_by_role("link", name="Print another way").wait_for()
