"""Attacks on the pages (T9-T12, T16, X5, E3, E5): foreign forms, frames and cookies, script in what a chart says."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask

import smartapp.web
from smartapp.application import BODY_BYTES

from .test_attacks import OTHER, callback_of, two  # noqa: F401 -- a fixture
from .watching import APP, EHR, Browser, Harness, Page, launch_url, watched

WEB = Path(smartapp.web.__file__).parent


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with watched(tmp_path, consent="never") as found:
        yield found.harness


# -- T10: forms

SAME = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
FOREIGN = {
    "cross-site": {"Sec-Fetch-Site": "cross-site"},
    "same-site": {"Sec-Fetch-Site": "same-site"},
    "typed by hand": {"Sec-Fetch-Site": "none"},
    "another origin": {"Origin": "https://evil.example"},
    "the EHR's origin": {"Origin": EHR},
}


# Of a therapist without a launch: tests/journey/test_therapist_link.py attacks them.
BY_LINK = {"/t/<token>", "/t/r/<link_id>/<kind>"}


def state_changing(app: Flask) -> list[str]:
    """Every address of a launch that takes a POST. The callback is no form of ours: state protects it (T1). Nor is what
    an EHR tells of a subscription: the address is its secret, and nothing it says is believed (decision 0049)."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and "/l/" in rule.rule]
    others = {r.rule for r in app.url_map.iter_rules() if (r.methods or set()) & {"POST", "PUT", "DELETE", "PATCH"}}
    signed = {
        rule for rule in others if rule.startswith("/cds-services/")
    }  # by the EHR: tests/web/test_hook_callers.py
    beside = others - set(rules) - signed - {"/callback", "/callback/<key>", "/subscriptions/<token>"} - BY_LINK
    assert not beside, "a form outside of a launch needs its own defence and its own test"
    return sorted(rules)


def kept(harness: Harness, browser: Browser, page: Page) -> tuple[object, ...]:
    """What a form could change: the chart, the edits, the session."""
    now = browser.get(page.url)
    return (harness.writes(), now.status, re.sub(r"Reference \w+|\d\d:\d\d", "", now.words))


@pytest.mark.req("SM-T10")
def test_every_form_is_refused_without_its_token_or_from_elsewhere(harness: Harness) -> None:
    browser = harness.browser()
    other = harness.open(browser, "whitfield")
    page = harness.open(browser, "bergstrom")
    whole = {**page.form("/leave").fields, "fingerprint": page.form("/sign").fields["fingerprint"], "as": "active",
             "item": "E11.dose", "choice": "drop", "name": "stable", "on": "2026-02-01", "back": ""}  # fmt: skip
    stolen = other.form("/leave").fields["token"]
    before = kept(harness, browser, page)
    rules = state_changing(harness.app)
    assert len(rules) >= 6
    for rule in rules:
        path = re.sub(r"<[^>]+>", page.launch_id, rule, count=1)
        path = re.sub(r"<[^>]+>", "x", path)
        forms: list[tuple[Mapping[str, str], Mapping[str, str]]] = [
            ({k: v for k, v in whole.items() if k != "token"}, SAME), ({**whole, "token": stolen}, SAME),
            ({**whole, "token": ""}, SAME), *((whole, headers) for headers in FOREIGN.values()),
        ]  # fmt: skip
        for fields, headers in forms:
            answer = browser.clients[APP].post(path, base_url=APP, data=fields, headers=headers)
            # The pages of referrals know no session of a chart: it is refused before its form is looked at.
            refused = 401 if "/referrals/" in rule or "/inbox/" in rule else 403
            assert answer.status_code == refused, (rule, headers, sorted(fields))
    assert kept(harness, browser, page) == before
    allowed = browser.clients[APP].post(f"/l/{page.launch_id}/decide", base_url=APP, data=whole, headers=SAME)
    assert allowed.status_code == 303, "the form itself is right, so it was the defence that refused it"


@pytest.mark.req("SM-T10")
def test_no_state_changes_by_get(harness: Harness) -> None:
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    before = kept(harness, browser, page)
    fields = urlencode(page.form("/decide", item="E11.dose").fields)
    for rule in state_changing(harness.app):
        path = re.sub(r"<[^>]+>", page.launch_id, rule, count=1)
        answer = browser.clients[APP].get(f"{path}?{fields}", base_url=APP)
        assert answer.status_code in (404, 405), rule
    assert kept(harness, browser, page) == before


# -- T9, E3: the cookie


@pytest.mark.req("SM-T9", "SM-E3")
def test_the_cookie_has_every_attribute_and_holds_nothing(harness: Harness) -> None:
    answer = harness.app.test_client().get(launch_url(harness).removeprefix(APP), base_url=APP)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, *attributes = cookie.split("; ")
    assert re.fullmatch(r"__Host-loadpath=[A-Za-z0-9_-]{43}", name)
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=None", "Partitioned"}


@pytest.mark.req("SM-T9", "SM-C9")
def test_a_browser_that_loses_the_cookie_is_told_why(harness: Harness) -> None:
    browser = harness.browser()
    url = callback_of(harness, browser)
    told = harness.browser().get(url)
    assert told.status == 400 and "may block cookies inside the EHR's page" in told.words
    page = harness.open(browser, "bergstrom")
    assert "may block cookies" in harness.browser().get(page.url).words


# -- T11, T12: frames


def ancestors(page: Page) -> str:
    found = re.search(r"frame-ancestors ([^;]+)", page.response.headers["Content-Security-Policy"])
    assert found
    return found[1]


@pytest.mark.req("SM-T11")
def test_only_the_ehr_of_this_launch_may_frame_it(two: tuple[Harness, Flask]) -> None:  # noqa: F811
    harness, other = two
    browser = Browser({EHR: harness.ehr, OTHER: other, APP: harness.app})
    here = harness.open(browser, "bergstrom")
    receipt = browser.press(here, here.form("/sign"))
    source = browser.get(f"{APP}/l/{here.launch_id}/source/Patient/bergstrom")
    gone = browser.get(f"{APP}/l/{here.launch_id}/source/Patient/nobody")
    for page in (here, receipt, source, gone):
        assert ancestors(page) == f"'self' {EHR}"
    token = other.extensions["sandbox"].new_launch("whitfield")
    there = harness.settled(
        browser, browser.get(f"{APP}/launch?" + urlencode({"iss": f"{OTHER}/fhir", "launch": token}))
    )
    assert ancestors(there) == "'self' https://other.example"


@pytest.mark.req("SM-T11")
def test_nobody_but_registered_ehrs_may_frame_any_page(harness: Harness) -> None:
    browser = harness.browser()
    for path in (
        "/",
        "/launch",
        "/launch?iss=x&launch=y",
        "/callback?state=x",
        "/about",
        "/l/x/",
        "/launch/standalone",
    ):
        page = browser.get(APP + path)
        assert ancestors(page) == f"'self' {EHR}"
        assert "X-Frame-Options" not in page.response.headers


@pytest.mark.req("SM-T12")
def test_nothing_leaves_the_frame() -> None:
    """The EHR's frame may be sandboxed: no page navigates the top window or counts on another one.

    Nor is there anything for a page that opened our window to talk to or to count (decision 0023): no listener for its
    messages, no use of the window's name, no frame.
    """
    files = [*WEB.glob("static/*.js"), *WEB.glob("templates/**/*.html")]
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"window\.(top|parent|opener|name|open\()|\btop\.location|_top\b|_parent\b", text), (
            file.name
        )
        assert not re.search(r"""addEventListener\(["']message|window\.onmessage|<i?frame|<object|<embed""", text), (
            file.name
        )


@pytest.mark.req("SM-T16", "SM-E5")
def test_every_page_forbids_inline_script_and_everybody_elses_content(harness: Harness) -> None:
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    receipt = browser.press(page, page.form("/sign"))
    for one in (page, receipt, browser.get(f"{APP}/about"), browser.get(f"{APP}/nothing")):
        policy = one.response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "*" not in policy
        assert "http" not in policy.split("frame-ancestors")[0].split("form-action")[0]
        assert "Access-Control-Allow-Origin" not in one.response.headers
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)|<style|\sstyle=|\son\w+=", one.text)
        outside = re.findall(r'(?:src|href)="(?!/|#|http://localhost:8081|mailto:)([^"]+)"', one.text)
        linked = [address for address in outside if not address.startswith("https://")]
        assert linked == []
        assert not re.findall(r'src="(?!/static/)', one.text)


# -- T16: what a chart says is text

PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
WORDS = ("display", "text", "family", "given", "div", "title", "description", "valueString", "name", "prefix", "data",
         "conclusion", "diagnostics", "patientInstruction", "line", "city", "comment")  # fmt: skip
FIXED = ("resourceType", "id", "reference", "system", "versionId", "lastUpdated", "status", "intent")


def poisoned(value: Any, key: str, everything: bool) -> Any:
    """The same resource with the payload in its words; with ``everything``, in place of every other string too."""
    if isinstance(value, dict):
        return {k: poisoned(v, k, everything) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(item, key, everything) for item in value]
    if not isinstance(value, str) or key in FIXED:
        return value
    if key in WORDS:
        return value + PAYLOAD
    return PAYLOAD if everything else value


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and not str(values.get("src", "")).startswith("/static/"):
            self.scripts.append(self.get_starttag_text() or "")
        addresses = [str(values.get(name) or "") for name in ("href", "src", "action")]
        bad = [name for name in values if name.startswith("on")]
        bad += [a for a in addresses if re.match(r"\s*(javascript|data|vbscript):", a, re.I)] + ["x"] * (tag == "img")
        self.handlers += bad


def poison(harness: Harness, patient: str) -> None:
    store = harness.box.store
    for kind in list(store.counts()):
        for stored in store.every(kind, patient) + [
            s for s in store.every(kind) if s.reference == f"Patient/{patient}"
        ]:
            store.put(poisoned(stored.resource, "", False))
            if kind != "Patient":
                twin = {**stored.resource, "id": f"{stored.id}-evil"[:64]}
                store.put(poisoned(twin, "", True))
    for stored in store.every("Practitioner"):
        store.put(poisoned(stored.resource, "", False))


@pytest.mark.req("SM-T16")
@pytest.mark.parametrize("patient", ["bergstrom", "lindgren", "petrov"])
def test_script_in_any_field_of_a_chart_stays_text(harness: Harness, patient: str) -> None:
    poison(harness, patient)
    browser = harness.browser()
    page = harness.open(browser, patient)
    assert page.status == 200, page.words[:500]
    pages = [page]
    pages += [browser.get(APP + path) for path in sorted(set(re.findall(r'href="(/l/[^"#]+)"', page.text)))]
    forms = [form for form in ("/sign",) if f'{form}"' in page.text]
    if forms and "disabled" not in page.text[page.text.rfind('/sign"') :].split("</form>")[0]:
        receipt = browser.press(page, page.form("/sign"))
        pages += [receipt, browser.get(page.url), browser.get(receipt.url)]
        copy = browser.get(receipt.url + "?copy=json")
        assert copy.response.mimetype == "application/fhir+json" and json.loads(copy.text)
        assert browser.get(receipt.url + "?copy=text").response.mimetype == "text/plain"
    for one in pages:
        found = Tags(one.text)
        assert not found.scripts and not found.handlers, (one.url, found.scripts[:3], found.handlers[:3])
        assert "<script>alert" not in one.text and "49" not in re.findall(r"onerror=alert\(2\)&gt;(\d\d)", one.text)
        assert one.response.headers["X-Content-Type-Options"] == "nosniff"
    assert any("&lt;script&gt;alert(1)" in one.text for one in pages), "the payload was never shown"


@pytest.mark.req("SM-T16", "SM-C3")
def test_script_in_what_the_ehr_says_about_an_error_stays_text(harness: Harness) -> None:
    browser = harness.browser()
    state = dict(parse_qsl(urlsplit(callback_of(harness, browser)).query))["state"]
    said = {"error": PAYLOAD, "error_description": PAYLOAD, "error_uri": "javascript:alert(1)", "state": state,
            "iss": f"{EHR}/auth"}  # fmt: skip
    page = browser.get(f"{APP}/callback?" + urlencode(said))
    found = Tags(page.text)
    assert page.status == 403 and "&lt;script&gt;" in page.text
    assert not found.scripts and not found.handlers


@pytest.mark.req("SM-T16")
@pytest.mark.parametrize("field", ["value", "reason"])
def test_script_in_what_a_clinician_types_stays_text(harness: Harness, field: str) -> None:
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    form = page.form("/decide", item="E11.dose")
    answer = browser.press(page, form, **{field: f"5 x 5 {PAYLOAD}"})
    found = Tags(answer.text)
    assert not found.scripts and not found.handlers


# -- T19: too much of anything


@pytest.mark.req("SM-T19")
def test_a_form_larger_than_any_real_one_is_refused(harness: Harness) -> None:
    browser = harness.browser()
    page = harness.open(browser, "bergstrom")
    form = page.form("/decide", item="E11.dose")
    refused = browser.press(page, form, reason="x" * (BODY_BYTES + 1))
    assert refused.status == 413
    many = "&".join(f"a{n}=1" for n in range(2000))
    answer = browser.clients[APP].post(
        form.action, base_url=APP, data=many, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (403, 413)
