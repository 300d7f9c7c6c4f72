"""The journey in Chromium, inside the EHR's cross-site frame; screenshots are kept in artifacts/screenshots."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(os.environ.get("LOADPATH_ARTIFACTS", ROOT / "artifacts")) / "screenshots"
WIDE, PHONE, SMALLEST = (1280, 860), (400, 800), (320, 640)


@pytest.fixture
def window(chrome, live) -> Iterator[Callable]:
    """Opens windows; afterwards nobody outside was asked for anything and no page complained."""
    contexts, complaints, hosts = [], [], set()

    def is_ours(message):
        """Complaints about our own pages: a policy broken, a file missing. An error page's status is not one."""
        ours = str(message.location.get("url", "")).startswith(live.app)
        return (
            ours and message.type in ("error", "warning") and "the server responded with a status" not in message.text
        )

    def open_window(size=WIDE, dark=False, script=True, user="okafor"):
        context = chrome.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light",
            java_script_enabled=script, reduced_motion="reduce",
        )  # fmt: skip
        context.add_cookies([{"name": "sandbox_user", "value": user, "url": live.ehr}])
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if is_ours(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        contexts.append(context)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert hosts <= {"localhost", "127.0.0.1"}
    assert complaints == []


def in_frame(page, live, patient):
    """Open Loadpath inside the chart; the frame once the review page is there."""
    page.goto(f"{live.ehr}/chart/{patient}/app")
    frame = page.frame_locator("iframe[name=loadpath]")
    frame.get_by_role("button", name="Allow").click()
    frame.locator("main h1").wait_for()
    frame.locator(".headline").wait_for()
    return frame


def in_tab(page, live, patient, script=True):
    page.goto(f"{live.ehr}/chart/{patient}/tab")
    if not script:
        page.get_by_role("button", name="Continue").click()  # the form to the EHR, which otherwise sends itself
    page.get_by_role("button", name="Allow").click()
    page.locator(".headline").wait_for()


def settled(page):
    """Every point that is still open is left open."""
    for box in page.get_by_role("checkbox", name="Leave").all():
        box.check()


def shot(page, name):
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


@pytest.mark.req("SM-T12")
def test_review_edit_and_sign_inside_the_frame(live, window):
    page = window()
    frame = in_frame(page, live, "whitfield")
    shot(page, "frame-review")
    assert not frame.locator("header.patient").is_visible(), "the EHR says that it shows whose chart it is"
    assert "George Whitfield, born" in frame.locator("#whom").inner_text()
    address = page.frame(name="loadpath").url
    phase = frame.locator(".phase-big").inner_text()
    frame.get_by_role("radio", name="Fracture is stable").check()
    frame.locator("#basis-confirm-stability").select_option("Imaging")
    frame.locator("#on-confirm-stability").fill(date.today().isoformat())
    frame.locator(".confirm").first.get_by_role("button", name="Record").click()
    frame.get_by_text("Fracture stable since").wait_for()
    playwright.expect(frame.locator(".phase-big")).not_to_have_text(phase)
    assert page.frame(name="loadpath").url == address, "the page was changed in place"
    playwright.expect(frame.get_by_role("status").first).to_contain_text("recorded")
    shot(page, "frame-attested")
    settled(frame)
    frame.get_by_role("button", name="Sign and send").click()
    frame.get_by_role("heading", name="Saved to chart").wait_for()
    shot(page, "frame-receipt")
    assert len(live.in_chart("CarePlan", "whitfield")) == 1
    assert len(live.in_chart("ServiceRequest", "whitfield")) == 1
    page.frame(name="loadpath").evaluate("location.reload()")
    frame.get_by_role("heading", name="Saved to chart").wait_for()
    page.frame(name="loadpath").evaluate("history.back()")
    frame.get_by_text("This very plan is in the chart already").wait_for()
    playwright.expect(frame.get_by_role("button", name="Sign and send")).to_be_disabled()
    assert len(live.in_chart("CarePlan", "whitfield")) == 1


@pytest.mark.req("SM-T9")
def test_the_cookie_lives_in_the_frame_only(live, window):
    page = window()
    in_frame(page, live, "haddad")
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "__Host-loadpath"]
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "None" and cookie["expires"] == -1
    assert "localhost" in cookie["partitionKey"]


@pytest.mark.req("SM-T9", "SM-E3")
def test_the_cookie_as_the_browser_was_given_it_in_the_frame(live, window):
    """Every Set-Cookie header of the app, and what the browser sent back: seen by the browser, not by a test client."""
    page, given, sent = window(), [], {}

    def look(response):
        if response.url.startswith(live.app):
            given.extend(h["value"] for h in response.headers_array() if h["name"].lower() == "set-cookie")
            sent[urlsplit(response.url).path] = response.request.all_headers().get("cookie", "")

    page.on("response", look)
    in_frame(page, live, "haddad")
    page.wait_for_load_state("networkidle")
    name, _, value = given[0].partition(";")[0].partition("=")
    assert name == "__Host-loadpath" and len(value) >= 43
    assert sent["/callback"] == f"{name}={value}", "it came back although the frame is of another site"
    for header in given:
        attributes = {part.strip() for part in header.split(";")[1:]}
        assert attributes == {"Secure", "HttpOnly", "Path=/", "SameSite=None", "Partitioned"}
    assert name not in page.evaluate("document.cookie")
    assert page.frame(name="loadpath").evaluate("document.cookie") == "", "no script can read it"


@pytest.mark.req("SM-T16")
def test_the_browser_runs_no_script_and_no_style_that_is_not_a_file_of_ours(live, chrome):
    """What a chart could smuggle in: the policy of the page stops it, whatever the templates let through."""
    page = chrome.new_context().new_page()
    page.context.add_cookies([{"name": "sandbox_user", "value": "okafor", "url": live.ehr}])
    in_frame(page, live, "haddad")
    frame = page.frame(name="loadpath")
    stopped = frame.evaluate(
        """async () => {
            const stopped = new Set();
            document.addEventListener('securitypolicyviolation', e => stopped.add(e.effectiveDirective));
            const put = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
            put('script', {textContent: 'window.ran = 1'});
            put('style', {textContent: 'body { display: none }'});
            put('script', {src: 'https://elsewhere.example/x.js'});
            put('img', {src: 'https://elsewhere.example/x.png'});
            put('iframe', {src: 'https://elsewhere.example/'});
            document.body.insertAdjacentHTML('beforeend', '<a href="#" onclick="window.ran = 2">x</a>');
            document.body.lastElementChild.click();
            await fetch('https://elsewhere.example/').catch(() => 0);
            const until = Date.now() + 30000;  // a violation is told when the browser comes to it
            while (stopped.size < 6 && Date.now() < until) await new Promise(done => setTimeout(done, 20));
            return [...stopped].sort();
        }"""
    )
    assert frame.evaluate("window.ran") is None
    assert frame.evaluate("getComputedStyle(document.body).display") != "none"
    assert {"script-src-elem", "script-src-attr", "style-src-elem", "img-src", "frame-src", "connect-src"} <= set(
        stopped
    )
    page.context.close()


@pytest.mark.req("SM-A3", "SM-C2", "SM-T1")
def test_an_answer_carried_into_another_browser_is_refused_and_its_own_browser_can_still_finish(live, window):
    mine, theirs = window(), window()
    mine.goto(f"{live.ehr}/chart/haddad/tab")
    mine.get_by_role("button", name="Allow").wait_for()
    parked = mine.locator("input[name=request]").get_attribute("value")
    decided = mine.context.request.post(
        f"{live.ehr}/auth/decision", form={"request": parked, "answer": "allow"}, max_redirects=0
    )
    answer = decided.headers["location"]
    assert answer.startswith(f"{live.app}/callback?")
    theirs.goto(answer)
    theirs.get_by_role("heading", name="This launch does not belong to this browser window").wait_for()
    assert "/callback" not in theirs.url and "code=" not in theirs.url, "it stands at an address without the code"
    mine.goto(answer)
    mine.locator(".headline").wait_for()


@pytest.mark.req("SM-T11")
def test_a_foreign_page_cannot_frame_it(live, window):
    page = window()
    in_frame(page, live, "haddad")
    inside = page.frame(name="loadpath").url
    other = live.ehr.replace("localhost", "127.0.0.1")
    page.goto(f"{other}/")
    page.evaluate(
        """url => new Promise(loaded => {
            document.body.append(Object.assign(document.createElement('iframe'), {src: url, onload: loaded}));
        }).then(() => 0)""",
        inside,
    )
    framed = page.frames[-1]
    assert framed.url.startswith("chrome-error:") or "Loadpath" not in framed.content()


def test_everything_works_without_script(live, window):
    page = window(script=False)
    in_tab(page, live, "kowalski", script=False)
    assert page.locator("header.patient").is_visible(), "in a tab of its own nobody else shows whose chart it is"
    page.locator(".list").first.get_by_role("button", name="Remove").first.click()
    page.get_by_text("Removed by you").first.wait_for()
    page.get_by_role("button", name="Undo").first.click()
    playwright.expect(page.get_by_text("Removed by you")).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="Sign and send").click()
    page.get_by_role("heading", name="Saved to chart").wait_for()


@pytest.mark.parametrize(
    ("patient", "size", "dark"),
    [
        *((patient, WIDE, False) for patient in ("bergstrom", "oyelaran", "achterberg", "petrov", "sato", "lindgren")),
        *((patient, PHONE, False) for patient in ("bergstrom", "achterberg", "petrov", "sato")),
        ("oyelaran", WIDE, True), ("petrov", WIDE, True), ("oyelaran", PHONE, True),
    ],
)  # fmt: skip
def test_every_kind_of_page_is_legible(live, window, patient, size, dark):
    page = window(size, dark)
    in_tab(page, live, patient)
    shot(page, f"{patient}-{size[0]}{'-dark' if dark else ''}")
    assert_reachable(page)


def test_the_smallest_window_does_not_scroll_sideways(live, window):
    page = window(SMALLEST)
    in_tab(page, live, "oyelaran")
    for summary in page.locator("main summary:visible").all()[:12]:
        summary.click()
    shot(page, "oyelaran-320")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST[0]


@pytest.mark.parametrize("path", ["/about", "/launch/standalone", "/launch"])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_beside_the_chart(live, window, path, dark):
    page = window(PHONE, dark)
    page.goto(live.app + path)
    shot(page, f"page{path.replace('/', '-')}{'-dark' if dark else ''}")
    assert_reachable(page)


def test_the_picture_stays_readable_on_a_phone(live, window):
    """Text of the picture is at least 12 px on the screen, whichever drawing is shown."""
    for size in (WIDE, PHONE):
        page = window(size)
        in_tab(page, live, "oyelaran")
        heights = page.evaluate(
            "[...document.querySelectorAll('.timeline text, .strip-narrow li')].filter(t => t.checkVisibility())"
            ".map(t => parseFloat(getComputedStyle(t).fontSize))"
        )
        assert heights and min(heights) >= 12


def test_the_keyboard_reaches_the_button(live, window):
    page = window()
    in_tab(page, live, "bergstrom")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(25):
        page.keyboard.press("Tab")
        if "Sign and send" in page.evaluate("document.activeElement.textContent"):
            break
    assert "Sign and send" in page.evaluate("document.activeElement.textContent")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def assert_reachable(page) -> None:
    """Nothing scrolls sideways, nothing to press is smaller than 24 px (WCAG 2.5.8), and everything has a name."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, select, .leave, input')]"
        ".filter(e => !e.matches('[type=hidden], [type=radio], .leave *'))"
        ".filter(e => e.getClientRects().length)"
        ".map(e => [e.textContent.trim().slice(0, 40), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.height < 23.5 || r.width < 23.5).map(([t, r]) => `${t}: ${r.width}x${r.height}`)"
    )
    assert small == []
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, summary, a[href]')].filter(e => !e.textContent.trim()).length"
    )
    assert nameless == 0
