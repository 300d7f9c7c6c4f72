"""SMART authorize-post (A12): browsers send the request as a form, by script or by hand; others follow an address."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.journey.harness import APP, EHR, ISSUERS, make_harness

PAGE = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}


def csp(page) -> dict[str, str]:
    rules = page.response.headers["Content-Security-Policy"].split("; ")
    return {rule.partition(" ")[0]: rule.partition(" ")[2] for rule in rules}


@pytest.mark.req("SM-A12", "SM-T17")
@pytest.mark.parametrize("shown_in", ["document", "iframe"])
def test_a_browser_gets_a_form_that_a_person_can_send(harness, shown_in):
    browser = harness.browser()
    page = browser.get(harness.launch_url("bergstrom"), headers={"Sec-Fetch-Dest": shown_in})
    form = page.form("/auth/authorize")
    assert (page.status, page.heading) == (200, "To Sandbox EHR")
    assert form.action == f"{EHR}/auth/authorize" and form.buttons[0][2] == "Continue"
    page = browser.press(page, form)
    if "/auth/" in page.url:
        page = browser.press(page, page.form("/auth/decision"), "Allow")
    assert "Daniel Erik Bergstrom" in harness.settled(browser, page).words
    first = next(url for url in browser.visited if "/auth/authorize" in url)
    assert first == f"{EHR}/auth/authorize", "launch, state and challenge are in no address"


@pytest.mark.req("SM-A1", "SM-A12", "SM-L2")
def test_the_form_holds_what_the_address_would(harness):
    url = harness.launch_url("bergstrom")
    form = harness.browser().get(url, headers=PAGE).form("/auth/authorize").fields
    address = harness.app.test_client().get(url.removeprefix(APP)).headers["Location"]
    sent = dict(parse_qsl(urlsplit(address).query))
    fresh = {"state", "nonce", "code_challenge"}
    assert {k: v for k, v in form.items() if k not in fresh} == {k: v for k, v in sent.items() if k not in fresh}
    assert form.keys() == sent.keys() and form["launch"] in url


@pytest.mark.req("SM-A12", "SM-T16")
def test_the_page_may_send_its_form_to_this_ehr_only_and_runs_no_inline_script(tmp_path):
    listed = ISSUERS.replace("client_id", 'hosts = ["login.example"]\nclient_id')
    other = '[other]\niss = "https://other.example/fhir"\nclient_id = "x"\n'
    harness = make_harness(tmp_path, issuers=f"{listed}\n{other}")
    page = harness.browser().get(harness.launch_url("bergstrom"), headers=PAGE)
    rules = csp(page)
    assert rules["form-action"] == f"'self' {EHR} https://login.example"
    assert rules["script-src"] == "'self'"
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=", page.text)
    assert re.search(r'<script src="/static/onward\.js\?v=[0-9a-f]{10}" defer>', page.text)
    assert page.response.headers["Cache-Control"] == "no-store"


def test_other_pages_may_send_forms_to_us_only(harness):
    page = harness.open(harness.browser(), "bergstrom")
    assert csp(page)["form-action"] == "'self'"


@pytest.mark.req("SM-A12")
@pytest.mark.parametrize(
    ("issuers", "headers"),
    [
        (ISSUERS.replace("client_id", 'authorize = "get"\nclient_id'), PAGE),  # the administrator says so
        (ISSUERS, {}),  # not a browser that shows pages
        (ISSUERS, {"Sec-Fetch-Dest": "empty"}),  # a script's fetch
    ],
)
def test_an_address_instead(tmp_path, issuers, headers):
    harness = make_harness(tmp_path, issuers=issuers)
    answer = harness.app.test_client().get(harness.launch_url("bergstrom").removeprefix(APP), headers=headers)
    assert answer.status_code == 303 and answer.headers["Location"].startswith(f"{EHR}/auth/authorize?")


@pytest.mark.req("SM-A12")
def test_an_ehr_that_does_not_offer_it_gets_an_address(harness):
    harness.app.extensions["loadpath"].smart.prefetch()
    shelf = harness.app.extensions["loadpath"].smart._discovery._shelf._kept
    from dataclasses import replace

    for key, (at, endpoints) in shelf.items():
        shelf[key] = (at, replace(endpoints, capabilities=()))
    answer = harness.app.test_client().get(harness.launch_url("bergstrom").removeprefix(APP), headers=PAGE)
    assert answer.status_code == 303


def test_a_wrong_word_in_the_issuers_file_is_named():
    from smartapp.ehr.issuers import parse_issuers
    from smartapp.errors import SettingsError

    with pytest.raises(SettingsError, match="authorize must be one of auto, get"):
        parse_issuers(ISSUERS.replace("client_id", 'authorize = "post"\nclient_id'), {}, True)
