"""The sandbox's own pages in Chromium: no axe violation on any, in every width and color; people and keys."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest

from tests.journey.live import Live

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.browser

WIDTHS = (1280, 1000, 400)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# the app in the frame is of another site and has tests of its own
OURS = {"exclude": [["#app-frame"], [".drawer iframe"]]}
PAGES = (
    "/", "/chart/lindgren", "/chart/bergstrom", "/chart/bergstrom/app", "/faults?patient=petrov", "/nowhere",
    "/developer", "/developer?launch=1&patient=bergstrom", "/developer?launch=1&drawer=1", "/developer/1",
    "/developer/resource/CarePlan/lindgren-plan-1?patient=lindgren",
)  # fmt: skip


@pytest.fixture
def window(chrome) -> Iterator[Callable]:
    """Opens a window of its own; afterwards no page has complained of its policy or of a script."""
    contexts, complaints = [], []

    def open_window(width=1280, dark=False, script=True):
        scheme = "dark" if dark else "light"
        size = {"width": width, "height": 800}
        context = chrome.new_context(viewport=size, color_scheme=scheme, java_script_enabled=script)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
        contexts.append(context)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not complaints


def violations(page, rules=RULES) -> list[str]:
    """Each rule broken, with the first place; and what is wider than the window or has an id twice."""
    found = axe.Axe().run(page, context=OURS, options={"runOnly": list(rules)}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth ? ['wider than the window'] : []")
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    )
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found] + wide + [f"id twice: {id_}" for id_ in twice]


def authorize(live: Live, scope: str, launch: str | None = None) -> str:
    asked = {
        "response_type": "code", "client_id": "loadpath", "redirect_uri": f"{live.app}/callback", "scope": scope,
        "state": "s", "aud": f"{live.ehr}/fhir", "code_challenge": "c" * 43, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{live.ehr}/auth/authorize?{urlencode(asked | ({'launch': launch} if launch else {}))}"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_breaks_a_rule_of_axe(window, live, width):
    page = window(width)
    for path in PAGES:
        page.goto(f"{live.ehr}{path}")
        assert violations(page) == [], path
    launch = live.box.new_launch("bergstrom")
    for address in (
        authorize(live, "launch openid patient/*.rs", launch),
        authorize(live, "launch/patient openid patient/*.rs"),
        authorize(live, "launch", "nobody's"),
        f"{live.ehr}/auth/authorize",
    ):
        page.goto(address)
        assert violations(page) == [], address


def test_dark_pages_have_contrast_too(window, live):
    page = window(dark=True)
    for path in PAGES:
        page.goto(f"{live.ehr}{path}")
        assert violations(page, ["color-contrast"]) == [], path


def test_an_open_menu_of_people_breaks_no_rule_either(window, live):
    for width in WIDTHS:
        page = window(width)
        page.goto(f"{live.ehr}/chart/haddad")
        page.get_by_text("Signed in as").click()
        assert page.get_by_role("button", name="Maja Lindqvist").is_visible()
        assert violations(page) == []


def test_people_are_switched_by_button_and_no_key_does_it_alone(window, live):
    page = window()
    page.goto(f"{live.ehr}/chart/haddad")
    menu = page.locator("details.who summary")
    menu.focus()
    page.keyboard.press("Enter")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    assert "Ngozi Okafor" in menu.inner_text()
    page.keyboard.press("Escape")
    playwright.expect(page.get_by_role("button", name="Rosa Brandt")).to_be_hidden()
    assert menu.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rosa Brandt").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{live.ehr}/chart/haddad"
    playwright.expect(page.locator("details.who summary")).to_contain_text("Rosa Brandt")


def test_people_are_switched_without_script(window, live):
    page = window(script=False)
    page.goto(f"{live.ehr}/")
    page.get_by_text("Signed in as").click()
    page.get_by_role("button", name="Kevin Tran").click()
    playwright.expect(page.locator("details.who summary")).to_contain_text("Kevin Tran")


def test_the_drawer_below_the_app_tells_what_went_over_the_wire_and_no_secret(window, live):
    page = window()
    page.goto(f"{live.ehr}/chart/haddad/app")
    app = page.frame_locator("#app-frame")
    app.get_by_role("button", name="Allow").click()
    app.locator(".headline").wait_for(timeout=60_000)
    page.locator(".drawer summary").focus()
    page.keyboard.press("Enter")
    drawer = page.frame_locator(".drawer iframe")
    drawer.get_by_text("parameters and token answer").click()
    drawer.get_by_text('"fhirUser"').wait_for()
    drawer.get_by_label("Kind").select_option("fhir")
    drawer.get_by_label("Path contains").fill("/Patient/haddad")
    drawer.get_by_role("button", name="Show").click()
    drawer.get_by_role("link", name="GET /fhir/Patient/haddad").click()
    drawer.get_by_role("button", name="Copy as curl").click()
    drawer.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl -i") and "Bearer $TOKEN" in copied
    (frame,) = (frame for frame in page.frames if "/developer/" in frame.url)
    assert "Haddad" in frame.content()
    secrets = live.box.ledger.issued()
    assert secrets and not [secret for secret in secrets if secret in frame.content()]


def test_the_developers_pages_work_without_script(window, live):
    page = window(script=False)
    page.goto(f"{live.ehr}/fhir/metadata")
    page.goto(f"{live.ehr}/developer")
    page.get_by_label("Kind").select_option("discovery")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="GET /fhir/metadata").first.click()
    assert "CapabilityStatement" in page.content()
    assert not page.get_by_role("button", name="Copy as curl").is_visible()
