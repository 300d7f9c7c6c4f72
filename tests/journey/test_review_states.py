"""Every state of the review page in Chromium: no axe violation, nothing lost when enlarged, keys alone are enough.

One server, one browser, one window a state; colors and sizes are changed in it, so that a state is launched once.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from tests.journey.page_sizes import SIZE, WORDS, size_of, words_of

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.browser

UNFOLDED_CONTRAST = ("to-confirm", "red-flag")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Twice the letters' room WCAG 1.4.12 asks for is not asked for: exactly its values.
PROVISIONAL = {
    "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "provisional",
}  # fmt: skip
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
CLIPPED = """() => [...document.querySelectorAll('body *:not(.hidden):not(svg *)')]
    .filter(e => e.checkVisibility() && !e.closest('.hidden, pre, svg') && getComputedStyle(e).overflow !== 'visible')
    .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    .map(e => `${e.tagName}.${e.className}`).filter(name => !/^(INPUT|SELECT|TEXTAREA)/.test(name))"""
SMALL_OR_OUTSIDE = """() => [...document.querySelectorAll('button, summary, a[href], input:not([type=hidden]), select')]
    .filter(e => e.checkVisibility() && !e.matches('.skip') && !e.closest('svg'))
    .filter(e => { const r = e.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth + 1; })
    .map(e => e.textContent.trim() || e.outerHTML)"""


@dataclass(frozen=True)
class State:
    patient: str
    shows: str  # that it is this state
    user: str = "okafor"
    fault: str | None = None
    then: str = ""  # the link to follow
    signed: bool = False  # it is signed, and opened again
    again: str = ""  # what is put into the chart in between
    unconfirmed: bool = False  # the fracture of the chart is provisional


STATES = {
    "initial": State("bergstrom", "Initial"),
    "to-confirm": State("whitfield", "Fracture is stable"),
    "intermediate": State("haddad", "Intermediate"),
    "advanced": State("kowalski", "Advanced"),
    "red-flag": State("petrov", "Refer now"),
    "referral-note": State("petrov", "Nothing is ordered", then="Refer now"),
    "not-applicable": State("sato", "No active lumbar fracture found"),
    "unread": State("oyelaran", "Could not be read", fault="fhir_403"),
    "nothing-writable": State("achterberg", "Nothing can be saved there", fault="downscope"),
    "drafter": State("haddad", "Save draft for signature", user="lindqvist"),
    "unread-crowded": State("vasquez", "Could not be read", fault="fhir_403"),
    "confirm-first": State("fitzgerald", "Confirm the fracture first", unconfirmed=True),
    "signed": State("abernathy", "Signed here", signed=True),
    "signed-crowded": State("vasquez", "Signed here", signed=True),
    "follow-up": State("lindgren", "since the plan signed", signed=True, again="62292-8"),
}


@pytest.fixture(scope="module")
def windows(chrome, live) -> Iterator[Callable]:
    """The window of a state, opened once; afterwards no page has complained."""
    complaints, opened = [], {}

    def window(name):
        if name not in opened:
            context = chrome.new_context(reduced_motion="reduce")
            opened[name] = context.new_page()
            opened[name].on("pageerror", lambda error: complaints.append(str(error)))
            launch(opened[name], live, STATES[name])
        page = opened[name]
        page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
        page.emulate_media(media="screen", color_scheme="light", forced_colors="none")
        page.evaluate("document.adoptedStyleSheets = []")
        unfold(page, False)
        return page

    yield window
    for page in opened.values():
        page.context.close()
    assert not complaints


def launch(page, live, state: State) -> None:
    for stored in live.box.store.every("Condition") if state.unconfirmed else ():
        if stored.resource["subject"]["reference"].endswith(f"/{state.patient}"):
            live.box.store.put({**stored.resource, "verificationStatus": {"coding": [PROVISIONAL]}})
    open_chart(page, live, state)
    if state.signed:
        for box in page.get_by_role("checkbox", name="Leave").all():
            box.check()
        page.get_by_role("button", name="Sign and send").click()
        page.get_by_role("heading", name="Saved to chart").wait_for()
    if state.again:
        live.box.store.put({
            "resourceType": "Observation", "id": "new-vitamin", "status": "final",
            "subject": {"reference": f"Patient/{state.patient}"},
            "category": [{"coding": [{"system": CATEGORY, "code": "laboratory"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": state.again}]},
            "effectiveDateTime": date.today().isoformat(),
            "valueQuantity": {"value": 12, "unit": "ng/mL", "system": "http://unitsofmeasure.org", "code": "ng/mL"},
        })  # fmt: skip
    if state.signed:
        open_chart(page, live, state)
    if state.then:
        page.get_by_role("link", name=state.then).click()
        page.locator("#referral-note").wait_for()
    playwright.expect(page.locator("body")).to_contain_text(state.shows, use_inner_text=True)


def open_chart(page, live, state: State) -> None:
    begun = live.box.new_launch(state.patient, state.user, fault=state.fault)
    page.goto(f"{live.app}/launch?iss={live.ehr}/fhir&launch={begun}")
    page.get_by_role("button", name="Allow").click()
    page.locator("main h1").wait_for()
    page.locator(".headline, .instead-card").first.wait_for(timeout=20_000)


def unfold(page, opened: bool) -> None:
    page.evaluate("opened => document.querySelectorAll('details').forEach(e => { e.open = opened; })", opened)


def violations(page, *, contrast: bool) -> list[str]:
    """Of contrast, or of all other rules, and each id that is there twice."""
    chosen = {"runOnly": ["color-contrast"]} if contrast else {
        "runOnly": RULES, "rules": {"color-contrast": {"enabled": False}}
    }  # fmt: skip
    found = axe.Axe().run(page, options=chosen).response["violations"]
    ids = "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    twice = page.evaluate(ids)
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] + [f"id twice: {id_}" for id_ in twice]


@pytest.mark.parametrize("name", STATES)
def test_no_state_breaks_a_rule_of_axe_in_light_or_dark(windows, name):
    """Rules with everything unfolded; contrast, which takes long, folded, and unfolded where the most stands."""
    page = windows(name)
    unfold(page, True)
    assert violations(page, contrast=False) == []
    unfold(page, name in UNFOLDED_CONTRAST)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, contrast=True) == [], scheme


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_lost_at_200_and_400_percent_or_with_wider_spaced_text(windows, name):
    page = windows(name)
    for width in (640, 320):  # 1280 enlarged twice and four times
        page.set_viewport_size({"width": width, "height": 512})
        for opened in (False, True):
            unfold(page, opened)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, opened)
            assert page.evaluate(SMALL_OR_OUTSIDE) == [], (width, opened)
    page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    page.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", SPACED
    )
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZE[0]


@pytest.mark.parametrize("name", STATES)
def test_forced_colors_keep_words_and_edges(windows, name):
    page = windows(name)
    page.emulate_media(forced_colors="active")
    bare = "[...document.querySelectorAll('button:not(.text)')].filter(e => e.checkVisibility()"
    assert page.evaluate(f"{bare} && parseFloat(getComputedStyle(e).borderTopWidth) < 1).map(e => e.textContent)") == []
    wordless = "[...document.querySelectorAll('.chip, .state, .tile-state')].filter(e => !e.textContent.trim()).length"
    assert page.evaluate(wordless) == 0


@pytest.mark.parametrize("name", STATES)
def test_every_state_is_read_without_scrolling_far(windows, name):
    page = windows(name)
    size = size_of(page)
    assert size.fits(), size
    page.set_viewport_size({"width": 400, "height": 668})
    assert words_of(page) <= WORDS, "on a phone"
    signs = name not in ("red-flag", "referral-note", "not-applicable", "confirm-first", "signed")
    assert (size.stops > 0) == signs or page.get_by_role("button", name="Sign and send").is_disabled()


def test_nothing_lies_over_the_words_of_a_point(windows):
    page = windows("unread")
    over = """() => [...document.querySelectorAll('.asks')].filter(card => {
        const said = document.createRange(); said.selectNodeContents(card.querySelector('h3'));
        return [...card.querySelectorAll(':scope > details > summary, .leave')].some(control =>
            [...said.getClientRects()].some(line => { const c = control.getBoundingClientRect();
                return c.left < line.right && line.left < c.right && c.top < line.bottom && line.top < c.bottom; }));
    }).map(card => card.id)"""
    for width in (1280, 1000, 700, 640, 400, 320):
        page.set_viewport_size({"width": width, "height": 668})
        assert page.evaluate(over) == [], width


def test_the_folds_are_one_tab_stop_with_arrow_keys_and_what_is_unfolded_keeps_its_own(windows):
    page = windows("intermediate")
    focused = "document.activeElement.closest('details').id"
    page.locator("#fold-program > summary").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "fold-goals"
    page.keyboard.press("End")
    assert page.evaluate(focused) == "fold-attest"
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#fold-program > .in')")
    page.locator("#fold-program > summary").click()


def test_change_opens_its_fold_and_goes_to_the_field_by_keys_alone(windows):
    page = windows("initial")
    page.locator("#h-allowed + ul a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('details.fold').id") == "fold-program"
    assert page.evaluate("document.activeElement.matches('input, textarea, select')")
    page.locator(".order a").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "dose-item"


def test_every_sheet_of_a_printed_page_says_that_it_is_not_signed(windows):
    page = windows("to-confirm")
    unfold(page, True)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).page") == "unsigned"
    assert page.evaluate(
        "[...document.styleSheets].flatMap(s => [...s.cssRules]).some(r => r.cssText.startsWith('@page unsigned')"
        " && r.cssText.includes('Not signed'))"
    )
    if reader := shutil.which("pdftotext"):  # no package of ours reads a PDF
        read = subprocess.run([reader, "-", "-"], input=page.pdf(), capture_output=True, check=True)
        sheets = read.stdout.decode().split("\f")[:-1]
        assert len(sheets) > 2 and all("Not signed" in sheet for sheet in sheets)
        assert not any("Sign and send" in sheet for sheet in sheets)
